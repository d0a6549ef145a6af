"""Expressions → values: what was written, resolved against what its place tells.

The year (and of a lone day the month) that is not written is settled by who asks (`mentions`
tries several), else it is the nearest to the report's day with which the written weekdays agree,
else the one that the direction of its words tells. A witness that contradicts is kept; it never
moves a date.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Literal

from dateutil.relativedelta import relativedelta
from dateutil.relativedelta import weekday as nth_of

from calendarize.timex.lexicon import WEEK_PARTS
from calendarize.timex.named_days import lunar_day, named_day
from calendarize.timex.partial import Expression, Hours, Partial
from calendarize.timex.recurrence import WEEKDAYS
from calendarize.timex.values import (
    Day,
    Half,
    Interval,
    Moment,
    Month,
    Part,
    Point,
    Quarter,
    Recurring,
    Several,
    Undated,
    Value,
    Within,
    Year,
    as_day,
    month_end,
)
from calendarize.timex.workdays import is_workday

WitnessKind = Literal[
    "weekday",
    "count",
    "range",
    "list",
    "context",
    "report",
    "relative",
    "order",
    "exists",
    "session",
    "repetition",
    "postponed",
    "total",
    "composition",
    "holiday",
]
"""Who can speak for a date; `session` and what follows it speak only once events are known."""
Verdict = Literal["decides", "agrees", "contradicts"]

_NEIGHBOUR_MONTHS = 9
"""How far from the report, in months, a weekday alone may move a day into another year."""
_PAST_SLACK = 1
"""A result may lie this many months after the report's month (reports are dated early)."""
_FUTURE_SLACK = 6
"""A plan may lie this many months before the report's month (plans are copied on)."""


@dataclass(frozen=True, slots=True)
class Witness:
    """What one witness said of a date.

    `note` is a Korean sentence for the reader, `proposal` what to look at where it contradicts.
    """

    kind: WitnessKind
    verdict: Verdict
    note: str
    proposal: str = ""


@dataclass(slots=True)
class Anchor:
    """What the place of an expression tells.

    `report` is the report's date (its first day where only a month is given); `previous` the
    value before it in the same list or sentence; `dday` the D-day that the heading names;
    `settled` the year, and of a lone day the month, that it is to be in.
    """

    report: date | None = None
    previous: Value | None = None
    dday: date | None = None
    settled: tuple[int, int | None] | None = None


@dataclass(slots=True)
class Resolution:
    """A value and the witnesses for it; `value` is `None` where no anchor could be found."""

    value: Value | None
    witnesses: list[Witness] = field(default_factory=list)

    @property
    def warnings(self) -> list[str]:
        return [w.note for w in self.witnesses if w.verdict == "contradicts"]

    @property
    def reasons(self) -> list[str]:
        return [w.note for w in self.witnesses if w.verdict == "decides"]


def resolve(expression: Expression, anchor: Anchor) -> Resolution:
    """Resolve one expression; never raises on what a text can hold."""
    report = anchor.report
    if report is None or anchor.settled is not None:
        return _resolved(expression, anchor)
    if expression.form == "ongoing":
        told = Witness("report", "decides", f"보고 연도({report.year}년) 기준")
        return Resolution(Year(report.year), [told])
    if not expression.is_open:
        return _resolved(expression, replace(anchor, settled=(report.year, report.month)))
    return _nearest(expression, anchor, report)


def _resolved(expression: Expression, anchor: Anchor) -> Resolution:
    resolver = _Resolver(expression, anchor)
    try:
        value = resolver.value()
    except (ValueError, OverflowError):
        lasting = "".join(map(_last_of_month, expression.items))
        return Resolution(None, [Witness("exists", "contradicts", "없는 날짜입니다", lasting)])
    return Resolution(value, resolver.witnesses)


def _nearest(expression: Expression, anchor: Anchor, report: date) -> Resolution:
    """Resolve an expression in the year and month nearest to the report that its weekdays allow."""
    first = expression.items[0]
    lone = first.is_lone_day
    steps = (0,) if lone and expression.direction is not None else (0, 1, -1)
    if lone:
        near = _month_near(expression, report)
        tried = [near + relativedelta(months=step) for step in steps]
    else:
        year = _year_near(expression, report)
        tried = [date(year + step, _first_month(first) or report.month, 1) for step in steps]
    found: list[tuple[date, Resolution]] = []
    for at in tried:
        away = (at.year - report.year) * 12 + at.month - report.month
        if found and abs(away) > _NEIGHBOUR_MONTHS:
            continue
        settled = at.year, at.month if lone else None
        found.append((at, _resolved(expression, replace(anchor, settled=settled))))
    fitting = (pair for pair in found if pair[1].value is not None and not pair[1].warnings)
    at, best = next(fitting, found[0])
    unit, number = ("월", at.month) if lone else ("년", at.year)
    weekday = next((i.weekday for i in expression.items if i.weekday is not None), None)
    if at != found[0][0] and weekday is not None:
        note = Witness("weekday", "decides", f"요일({WEEKDAYS[weekday]})이 맞는 {number}{unit}")
    else:
        note = Witness("report", "decides", f"보고일({report})에 따라 {number}{unit}")
    return Resolution(best.value, [note, *best.witnesses])


def _month_near(expression: Expression, report: date) -> date:
    """Return the month of a lone day: the report's, that of the last (지난 24일) or next (오는 3일)
    such day."""
    day, step = expression.items[0].day or 0, 0
    if expression.direction == "future":
        step = 1 if day < report.day else 0
    elif expression.direction == "past":
        step = -1 if day > report.day else 0
    return report + relativedelta(day=1, months=step)


def _year_near(expression: Expression, report: date) -> int:
    """Return the report's year, or its neighbour where the words look that way.

    `12월 5일부터 2월 28일까지` of 18 January began in the year before; what a report of December
    says of January lies ahead.
    """
    first, last = expression.items[0], expression.items[-1]
    month, direction = _first_month(first), expression.direction
    if not month:
        return report.year
    if direction != "future" and first.month and last.month and first.month > last.month:
        lies_in = (last.month, last.day or 31) >= (report.month, report.day)
        if expression.form == "range" and first.weekday is None and lies_in:
            return report.year - 1
    due = expression.form == "until" and month - report.month <= _DUE_SOON
    if direction == "past" and month > report.month + _PAST_SLACK and not due:
        return report.year - 1
    if direction == "future" and month < report.month - _FUTURE_SLACK:
        return report.year + 1
    turns = direction is None and month + 12 - report.month <= _SOON
    return report.year + turns


def _last_of_month(item: Partial) -> str:
    """Say how long a month is whose written day does not exist."""
    if item.year is None or not item.month or item.month > 12:
        return ""
    last = month_end(item.year, item.month).day
    beyond = item.day is not None and item.day > last
    return f"{item.year}년 {item.month}월은 {last}일까지입니다." if beyond else ""


def _year_of(value: Value | None) -> int | None:
    if value is None:
        return None
    start, end = value.bounds()
    day = as_day(end) or as_day(start)
    return day.year if day else None


def _nth_weekday(year: int, month: int, nth: int, weekday: int) -> date:
    """Return the nth weekday of a month (-1 the last); `ValueError` where there is none."""
    anchor = date(year, month, 1) if nth > 0 else month_end(year, month)
    day = anchor + relativedelta(weekday=nth_of(weekday, nth))
    if day.month != month:
        raise ValueError("no such weekday in the month")
    return day


def _nth_week(year: int, month: int, nth: int) -> Within:
    """Return a week of a month, Monday to Sunday: the first is that of its first Thursday.

    As ISO 8601 counts the weeks of a year (KS X ISO 8601); -1 is the last.
    """
    thursday = _nth_weekday(year, month, min(nth, 1), 3) + timedelta(weeks=max(nth, 1) - 1)
    monday = thursday - timedelta(days=3)
    return Within(monday, monday + timedelta(days=6))


def _part_of_week(monday: date, part: int | None) -> Point | Interval:
    """Return 주초 (0), 주중 (1), 주말 (2) of a week, or some day of all of it."""
    if part is None:
        return Within(monday, monday + timedelta(days=6))
    first, last = (monday + timedelta(days=n) for n in WEEK_PARTS["초중말"[part]])
    return Interval(Day(first), Day(last)) if part == _WEEKEND else Within(first, last)


_WEEKEND = 2


def _nth_workday(year: int, month: int, nth: int) -> date:
    """Return the nth working day of a month (-1 the last)."""
    last = month_end(year, month).day
    days = [day for n in range(1, last + 1) if is_workday(day := date(year, month, n))]
    if not 0 < abs(nth) <= len(days):
        raise ValueError("no such working day in the month")
    return days[nth - 1 if nth > 0 else nth]


def clock_times(hours: Hours) -> tuple[time | None, time | None]:
    """Return the clock times at which something begins and ends; 24시 is 00:00."""
    begin, end, *_ = (*(time(hour % 24, minute) for hour, minute in hours), None, None)
    return begin, end


def _first_month(partial: Partial) -> int:
    """Return the month in which a partial begins, 0 where it says none."""
    if partial.half:
        return 6 * partial.half - 5
    return 3 * partial.quarter - 2 if partial.quarter else partial.month or 0


def _exists(year: int, month: int, day: int) -> bool:
    return 1 <= day <= month_end(year, month).day


_LAST = -1
"""The day of a partial that names the last of its month."""
_DUE_SOON = 3
"""How many months ahead a deadline may lie that stands among results."""
_SOON = 2
"""How many months over the turn of the year still are the next ones."""


class _Resolver:
    def __init__(self, expression: Expression, anchor: Anchor) -> None:
        self.expression = expression
        self.anchor = anchor
        self.witnesses: list[Witness] = []

    def tell(self, kind: WitnessKind, verdict: Verdict, note: str, proposal: str = "") -> None:
        witness = Witness(kind, verdict, note, proposal)
        if witness not in self.witnesses:
            self.witnesses.append(witness)

    def value(self) -> Value | None:
        form, items = self.expression.form, self.expression.items
        if form == "undated":
            return Undated(self.expression.word)
        if form == "ongoing":
            return Year(self.anchor.settled[0]) if self.anchor.settled else None
        if form == "rule":
            return self.rule()
        if form == "several":
            return self.several(items)
        if form == "range":
            return self.range(*items)
        point = self.point(items[0])
        if point is None:
            return None
        if form == "from":
            begun = self.outer(point, first=True)
            return Interval(Day(begun.first) if isinstance(begun, Within) else begun, None)
        if form == "until":
            return Interval(None, self.deadline(point))
        return point

    @staticmethod
    def outer(point: Point | Interval, first: bool) -> Point:
        """Return the first or last point of a period (설 연휴), a point as it is."""
        if not isinstance(point, Interval):
            return point
        inner = (point.start or point.end) if first else (point.end or point.start)
        assert inner is not None  # an interval is open on one side at most
        return inner

    def deadline(self, point: Point | Interval) -> Point:
        """Return the end of `~X`: 12월말까지 and 연말까지 end with the month's last day."""
        last = self.outer(point, first=False)
        end = as_day(last.bounds()[1])
        named_end = isinstance(last, Within) or (isinstance(last, Part) and last.part == 2)
        return Day(end) if named_end and end is not None else last

    def rule(self) -> Value | None:
        items, rule = self.expression.items, self.expression.rule
        if rule is None:
            return None
        precision: Literal["day", "month"] | None = None
        if rule.frequency == "YEARLY" and rule.months:
            precision = "day" if rule.on_days else "month"
        at, to = clock_times(self.expression.hours)
        if not items:
            return Recurring(rule, precision=precision, at=at, to=to)
        if len(items) == 2:
            span = self.range(*items)
        else:
            start = self.point(items[0])
            span = Interval(self.outer(start, first=True), None) if start else None
        if span is None:
            return None
        return Recurring(rule, span, precision or span.precision, at, to)

    def several(self, items: tuple[Partial, ...]) -> Value | None:
        """Resolve points that run forward: `11, 12, 1월` goes on into the next year."""
        values: list[Point | Interval] = []
        for before, item in zip((None, *items), items, strict=False):
            if values and before is not None and item.year is None:
                turns = bool(item.month and before.month and item.month < before.month)
                item = item.but(year=(_year_of(values[-1]) or 0) + turns)
            value = self.point(item)
            if value is None:
                return None
            values.append(value)
        return Several(tuple(values))

    def range(self, first: Partial, last: Partial) -> Point | Interval | None:
        """Resolve both ends; each lends the other the fields that are not written."""
        if first.year is None and first.shift is None and last.year is not None:
            first = self.lend_year(first, last)
        start = self.point(first)
        if start is None:
            return None
        told = len(self.witnesses)
        written = self.point(self.inherit(last, start))
        if written is None:
            return None
        end = self.rolled(start, written, last)
        day = as_day(end.bounds()[1])
        if end != written and day is not None and day.weekday() == last.weekday:
            # its weekday is that of the day in the next month or year
            self.witnesses[told:] = (w for w in self.witnesses[told:] if w.kind != "weekday")
            self.check_weekday(last, day)
        start, end = self.outer(start, first=True), self.outer(end, first=False)
        if _before(end, start):
            self.tell(
                "order",
                "contradicts",
                f"끝({end.korean()})이 시작({start.korean()})보다 앞섭니다",
                "앞뒤 날짜의 연도와 월을 확인하세요.",
            )
            return start
        bounds = as_day(start.bounds()[0]), as_day(end.bounds()[1])
        if isinstance(start, Within) or isinstance(end, Within):
            return Within(bounds[0] or date.min, bounds[1] or date.max)  # of weeks: no exact ends
        return Interval(start, end)

    @staticmethod
    def lend_year(first: Partial, last: Partial) -> Partial:
        """Give the first end the year of the last, or the year before where it lies later.

        A lone day gets the last one's month or the one before: `23. ~ 2025. 1. 14.`
        """
        if first.is_lone_day and last.month:
            wraps = (first.day or 0) > (last.day or 31)
            first = first.but(month=(last.month - wraps - 1) % 12 + 1)
        year = last.year or 0
        if (_first_month(first), first.day or 1) > (_first_month(last) or 12, last.day or 31):
            year -= 1
        return first.but(year=year)

    def inherit(self, last: Partial, start: Point | Interval) -> Partial:
        """Complete the far end from the near one: `10.6~8`, `'21. 5~6월`, `10:00~11:00`."""
        day = as_day(start.bounds()[0])
        if day is None or last.shift or last.named:
            return last
        if last.weekday is not None and last.month is last.day is last.nth is None:
            day += timedelta(days=(last.weekday - day.weekday()) % 7)
            return last.but(year=day.year, month=day.month, day=day.day)
        if last.year is None and last.month is None and last.unit in ("day", "minute"):
            if last.day is None:
                return last.but(year=day.year, month=day.month, day=day.day)
            return last.but(year=day.year, month=day.month)
        if last.unit == "week":
            day += timedelta(days=3)  # the Thursday tells the month of a week
            month = last.month or day.month
            return last.but(year=last.year or day.year + (month < day.month), month=month)
        if last.unit == "part" and last.month is None:
            return last.but(year=day.year, month=day.month)
        if last.year is None:
            self.tell("range", "decides", f"같은 기간의 앞 날짜에 따라 {day.year}년")
            return last.but(year=day.year)
        return last

    @staticmethod
    def rolled(start: Point | Interval, end: Point | Interval, last: Partial) -> Point | Interval:
        """Move an end without a written year past the year's end: `11월~2월`, `12.28~1.3`."""
        if last.year is not None or not _before(end, start):
            return end
        match end:
            case Day(day) if _exists(day.year + 1, day.month, day.day):
                if last.month is None:
                    following = month_end(day.year, day.month) + timedelta(days=1)
                    if _exists(following.year, following.month, day.day):
                        return Day(following.replace(day=day.day))
                return Day(day.replace(year=day.year + 1))
            case Month(year, month):
                return Month(year + 1, month)
            case Part(year, month, part):
                return Part(year + 1, month, part)
            case Quarter(year, quarter):
                return Quarter(year + 1, quarter)
            case Half(year, half):
                return Half(year + 1, half)
            case Moment(at):
                if last.day is None:
                    return Moment(at + timedelta(days=1))
                return Moment(at.replace(year=at.year + 1))
        return end

    def point(self, partial: Partial) -> Point | Interval | None:
        """Resolve one partial to a point (설 연휴 is a period of days)."""
        if partial.shift or partial.same:
            return self.relative(partial)
        if partial.days_before is not None:
            if self.anchor.dday is None:
                return None
            self.tell(
                "context", "decides", f"D-day({self.anchor.dday})에서 {partial.days_before}일 전"
            )
            day = self.anchor.dday - timedelta(days=partial.days_before)
            return self.clocked(partial, day)
        year, month = self.anchor.settled or (None, None)
        if partial.unit in ("day", "minute") and partial.day and partial.month is None:
            partial = partial.but(month=month)
        year = partial.year if partial.year is not None else year
        if year is None:
            return None
        if partial.named or partial.lunar:
            return self.named(partial, year)
        return self.at(partial, year)

    def named(self, partial: Partial, year: int) -> Point | Interval | None:
        if partial.lunar:
            day = lunar_day(year, partial.month or 1, partial.day or 1)
            if day is None:
                return None
            self.tell("relative", "decides", f"음력 {partial.month}월 {partial.day}일의 양력 날짜")
            return Day(day)
        days = named_day(partial.named or "", year)
        if days is None:
            return None
        return Day(days[0]) if days[0] == days[1] else Interval(Day(days[0]), Day(days[1]))

    def at(self, partial: Partial, year: int) -> Point | None:
        """Build the point in a year; `None` where a month is needed and nothing tells it."""
        match partial.unit:
            case "year":
                return Year(year)
            case "half":
                return Half(year, partial.half or 1)
            case "quarter":
                return Quarter(year, partial.quarter or 1)
        month = partial.month
        if month is None:
            return None
        if partial.unit == "part":
            if self.expression.asof and partial.part == 2:
                return Day(month_end(year, month))
            return Part(year, month, partial.part or 0)
        if partial.unit == "week":
            return _nth_week(year, month, partial.nth or 1)
        if partial.nth is not None and partial.workday:
            return self.clocked(partial, _nth_workday(year, month, partial.nth))
        if partial.nth is not None and partial.weekday is not None:
            return self.clocked(partial, _nth_weekday(year, month, partial.nth, partial.weekday))
        if partial.day is None:
            return Month(year, month)
        last = month_end(year, month)
        day = last if partial.day == _LAST else last.replace(day=partial.day)
        self.check_weekday(partial, day)
        return self.clocked(partial, day)

    def check_weekday(self, partial: Partial, day: date) -> None:
        if partial.weekday is None:
            return
        if day.weekday() == partial.weekday:
            self.tell("weekday", "agrees", f"{day}는 {WEEKDAYS[day.weekday()]}요일이 맞습니다")
        else:
            right, written = WEEKDAYS[day.weekday()], WEEKDAYS[partial.weekday]
            shift = (partial.weekday - day.weekday() + 3) % 7 - 3
            near = day + timedelta(days=shift)
            self.tell(
                "weekday",
                "contradicts",
                f"요일 불일치: {day}는 {right}요일입니다(원문 '({written})')",
                f"요일을 ({right})로 고치거나, 날짜가 {near.month}. {near.day}.({written})인지 "
                "확인하세요.",
            )

    def relative(self, partial: Partial) -> Point | Interval | None:
        """Resolve what counts from the report's day or repeats the previous mention's field."""
        base = self.anchor.report
        if partial.same is not None:
            start, end = self.anchor.previous.bounds() if self.anchor.previous else (None, None)
            base = as_day(start) or as_day(end) or base
        if base is None:
            return None
        unit, count = partial.shift or partial.same or ("day", 0)
        self.tell("relative", "decides", f"기준일({base})에서 셈")
        if unit == "year":
            written = partial.but(shift=None, same=None, year=base.year + count)
            return self.point(written)
        if unit == "month":
            index = base.year * 12 + base.month - 1 + count
            year, month = divmod(index, 12)
            filled = partial.but(shift=None, same=None, month=month + 1)
            return self.at(filled, year)
        if unit == "week":
            monday = base + timedelta(days=7 * count - base.weekday())
            if partial.weekday is None:
                return _part_of_week(monday, partial.part)
            return self.clocked(partial, monday + timedelta(days=partial.weekday))
        if unit == "weekday":
            ahead = ((partial.weekday or 0) - base.weekday()) % 7
            return self.clocked(
                partial, base + timedelta(days=(ahead or 7) if count > 0 else ahead - 7)
            )
        if unit in ("quarter", "half"):
            months = 3 if unit == "quarter" else 6
            index = (base.year * 12 + base.month - 1) // months + count
            year, number = divmod(index, 12 // months)
            return Quarter(year, number + 1) if unit == "quarter" else Half(year, number + 1)
        return self.clocked(partial, base + timedelta(days=count))

    @staticmethod
    def clocked(partial: Partial, day: date) -> Point:
        if partial.hour is None:
            return Day(day)
        midnight = datetime(day.year, day.month, day.day)
        return Moment(midnight + timedelta(hours=partial.hour, minutes=partial.minute or 0))


def _before(end: Point | Interval, start: Point | Interval) -> bool:
    """Tell whether a period ends before it starts, days and moments compared as days first."""
    first, last = start.bounds()[0], end.bounds()[1]
    if isinstance(first, datetime) and isinstance(last, datetime):
        return last < first
    return (as_day(last) or date.max) < (as_day(first) or date.min)
