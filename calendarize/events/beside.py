"""What is written beside a date: the length of a period, the clock time of a day.

A length (`<12일간>`, `(4주간)`, `(15개월)`, `(4년)`) is the plain length, the working days, or a
mistake; what contradicts moves nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from dateutil.relativedelta import relativedelta

from calendarize.events.exceptions import excepted
from calendarize.mentions.mention import Mention
from calendarize.mentions.place import Place
from calendarize.mentions.reading import Reading
from calendarize.report.model import Cell, Table
from calendarize.timex.grammar import clocks
from calendarize.timex.partial import Count
from calendarize.timex.resolve import Witness, clock_times
from calendarize.timex.values import (
    Day,
    Interval,
    Moment,
    Month,
    Recurring,
    Value,
    Year,
    as_day,
    is_exact,
    last_day,
)
from calendarize.timex.workdays import is_workday

_LONGEST = 5000
"""Periods of more days than this are not written out day by day."""
UNITS = {"day": "일", "week": "주", "month": "개월", "year": "년"}


@dataclass(frozen=True, slots=True)
class Told:
    """What the words beside a date make of its value, and what they say as a witness.

    `dates` are the days meant where they are not all days of the value.
    """

    value: Value
    witness: Witness | None = None
    dates: tuple[date, ...] = ()


def told(reading: Reading, mention: Mention) -> Told:
    """Return what the words beside a mention make of it."""
    value, place = mention.value, mention.place
    if place.expression.count is not None:
        return counted(value, place.expression.count, is_notice=_is_notice(place))
    if place.table is not None and place.cell is not None and place.alone:
        column = held_against_column(value, place.table, place.cell)
        if column is not None:
            return Told(value, column)
    beside = _rest_of_line(reading, mention)
    if isinstance(value, Recurring):
        value = excepted(value, f"{place.after}\n" if place.table is None else beside)
    return clocked(value, beside)


def _rest_of_line(reading: Reading, mention: Mention) -> str:
    """Return the rest of the line or row of a day that is the only date in it."""
    block = mention.place.block
    if block is None or mention.place.expression.form not in ("point", "rule"):
        return ""
    if reading.dates_in[block.start] > 1:
        return ""
    view, expression = reading.report.view, mention.place.expression
    if not block.start <= expression.start < block.end:  # a row that the day's cell reaches into
        return view[block.start : block.end]
    beside = f"{view[block.start : expression.start]} {view[expression.end : block.end]}"
    return _without_service_hours(beside, mention.place)


_SERVICE = re.compile(
    r"첫\s?차|막\s?차|배\s?차|(?:운행|영업|이용|개방|관람|운영|개장|근무|상담)\s?시간(?:대)?"
)
"""Words for the hours of a service, which it has every day."""
_OPENING = re.compile(r"개통|개관|개장|개소|개원|개점|오픈|운행\s?개시|시행일|준공|신설|설치|조성")
"""Words for the day from which there is a service."""
_SERVICE_HOURS = re.compile(rf"(?:{_SERVICE.pattern})\s*[:：(]?\s*\d[\d:시분~∼\s-]*")


def _without_service_hours(beside: str, place: Place) -> str:
    """Return the rest of a line or row without hours that are those of a service, every day.

    `| 101번 | 5. 20. | 05:30~23:10 |` under `노선 | 개통일 | 첫차~막차`.
    """
    if _OPENING.search(beside):
        beside = _SERVICE_HOURS.sub(" ", beside)
    if place.table is None or place.cell is None:
        return beside
    table, cell = place.table, place.cell
    opens = any(map(_OPENING.search, [*table.column_headings(cell), cell.text]))
    for other in table.near(cell) if opens else ():
        if any(map(_SERVICE.search, table.column_headings(other))):
            beside = beside.replace(other.text, " ")
    return beside


_NOTICE = re.compile(r"예고|공고|열람|공람|게시|고시")
_NEAR = 30
"""So near behind a period may stand what it is."""


def _is_notice(place: Place) -> bool:
    """Tell whether a period is one in which something is made public."""
    above = next((block.text for block in place.headings()), "")
    return bool(_NOTICE.search(f"{place.before} {place.after[:_NEAR]} {above}"))


def counted(value: Value, count: Count | None, is_notice: bool = False) -> Told:
    """Hold a count against a period.

    `6.11 ~ 15(3일)` in 2021 spans a weekend: Friday, Monday, Tuesday. Begun weeks, months and
    years of exact days count in full or not at all (1 to 25 September is `4주간`). A period of
    which only the start is told (`3. 2.부터 10일간`) ends with the count. The days of a notice may
    be counted without the first (민법 제157조).
    """
    if count is None or not isinstance(value, Interval):
        return Told(value)
    if isinstance(value.start, Day | Month) and value.end is None:
        return _ended(value, count)
    fitting = _LENGTHS[count[1]](value)
    if not fitting:
        return Told(value)
    number, unit = count
    written = f"{number}{UNITS[unit]}"
    if number in fitting:
        return Told(value, Witness("count", "agrees", f"기간의 길이와 맞습니다({written})"))
    days = days_of(value)
    if is_notice and unit == "day" and number == len(days) - 1:
        return Told(value, Witness("count", "agrees", f"첫날을 빼고 센 길이와 맞습니다({written})"))
    working = tuple(filter(is_workday, days))
    if unit == "day" and number == len(working):
        note = f"{written}은 토·일요일과 공휴일을 뺀 근무일 수"
        return Told(value, Witness("count", "decides", note), working)
    return Told(value, _mismatch(value, days, working, count))


_DAYS_HEADING = re.compile(r"^(?:회기|회의|총)?\s?일\s?수(?:\s?\(일\))?$")
_DAYS = re.compile(r"^(\d{1,3})\s?일?(?:간)?$")


def held_against_column(value: Value, table: Table, cell: Cell) -> Witness | None:
    """Hold a period against the `일수` column of its row: all days, or the working days of it."""
    days = days_of(value)
    for beside in table.rows[cell.row] if days else ():
        heading = "".join(table.column_headings(beside)[-1:])
        number = _DAYS.match(beside.text.strip())
        if number is None or not _DAYS_HEADING.match(heading.strip()):
            continue
        working = tuple(filter(is_workday, days))
        if int(number[1]) in (len(days), len(working)):
            return Witness("count", "agrees", f"일수 칸과 맞습니다({beside.text})")
        return _mismatch(value, days, working, (int(number[1]), "day"))
    return None


def clocked(value: Value, text: str) -> Told:
    """Give a day or a rule the only clock time of the words beside it.

    `19(수) | 제1차 본회의 10:00`; `매주 화요일 | 14:00~16:00`.
    """
    repeats = isinstance(value, Recurring) and value.at is None and value.rule.on_days
    found = list(clocks(text)) if repeats or isinstance(value, Day) else []
    if len(found) != 1:
        return Told(value)
    timed: Value = value
    if isinstance(value, Day):
        midnight = datetime.combine(value.date, time())
        begin, *ends = (Moment(midnight + timedelta(hours=h, minutes=m)) for h, m in found[0].times)
        timed = Interval(begin, ends[0]) if ends and begin.at < ends[0].at else begin
    elif isinstance(value, Recurring):
        at, to = clock_times(found[0].times)
        timed = replace(value, at=at, to=to)
    note = f"같은 줄의 시각({text[found[0].start : found[0].end].strip()})"
    return Told(timed, Witness("context", "decides", note))


def days_of(value: Value) -> list[date]:
    """Return every day of an exact period, nothing for any other value."""
    if not isinstance(value, Interval) or not is_exact(value):
        return []
    start, end = as_day(value.bounds()[0]), last_day(value)
    if start is None or end is None or not 0 <= (end - start).days < _LONGEST:
        return []
    return [start + timedelta(days=n) for n in range((end - start).days + 1)]


def _ended(value: Interval, count: Count) -> Told:
    """Return a period of which the start and the length are told with its end."""
    number, unit = count
    start = as_day(value.bounds()[0])
    if start is None or (isinstance(value.start, Month) and unit not in ("month", "year")):
        return Told(value)
    last = start + relativedelta(**{f"{unit}s": number}) - timedelta(days=1)  # type: ignore[arg-type]
    end = Month(last.year, last.month) if isinstance(value.start, Month) else Day(last)
    note = f"시작부터 {number}{UNITS[unit]}간"
    return Told(Interval(value.start, end), Witness("count", "decides", note))


def _in_days(value: Interval) -> Collection[int]:
    days = len(days_of(value))
    return {days} if days else ()


def _in_weeks(value: Interval) -> Collection[int]:
    days = len(days_of(value))
    weeks = {-(-days // 7)}
    return weeks | {days // 7} - {0} if days % 7 <= 1 else weeks


def _in_months(value: Interval) -> Collection[int]:
    match value.start, value.end:
        case Month(y1, m1), Month(y2, m2):
            return {(y2 - y1) * 12 + m2 - m1 + 1}
    length = _length(value)
    if length is None:
        return ()
    months = length.years * 12 + length.months
    return {months, months + bool(length.days)} - {0}


def _in_years(value: Interval) -> Collection[int]:
    match value.start, value.end:
        case Year(first), Year(last):
            return {last - first, last - first + 1}
        case Month(y1, m1), Month(y2, m2):
            months = (y2 - y1) * 12 + m2 - m1 + 1
            return {months // 12, -(-months // 12)} - {0}
    length = _length(value)
    if length is None:
        return ()
    return {length.years, length.years + bool(length.months or length.days)} - {0}


def _length(value: Interval) -> relativedelta | None:
    start, end = as_day(value.bounds()[0]), last_day(value)
    exact = isinstance(value.start, Day | Moment) and isinstance(value.end, Day | Moment)
    if not exact or start is None or end is None:
        return None
    return relativedelta(end + timedelta(days=1), start)


_LENGTHS: dict[str, Callable[[Interval], Collection[int]]] = {
    "day": _in_days,
    "week": _in_weeks,
    "month": _in_months,
    "year": _in_years,
}
"""Unit → the counts that fit a period; none where the period cannot be counted in the unit."""


def _mismatch(value: Value, days: list[date], working: tuple[date, ...], count: Count) -> Witness:
    number, unit = count
    if unit == "day":
        length = f"{len(days)}일입니다(근무일 {len(working)}일, "
        last = days[0] + timedelta(days=number - 1)
        proposal = (
            f"{len(days)}일로 고치거나, 끝나는 날이 {last.month}. {last.day}.인지 확인하세요."
        )
    else:
        fitting = min(_LENGTHS[unit](value))  # type: ignore[arg-type]
        length = f"{fitting}{UNITS[unit]}입니다("
        proposal = f"{fitting}{UNITS[unit]}로 고치거나, 앞뒤 날짜를 확인하세요."
    first, end = value.bounds()
    period = f"{as_day(first)}부터 {as_day(end)}까지"
    note = f"일수 불일치: {period}는 {length}원문 '{number}{UNITS[unit]}')"
    return Witness("count", "contradicts", note, proposal)
