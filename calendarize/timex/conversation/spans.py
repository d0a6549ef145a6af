"""The algebra of conversation: spans of time, and what moves, contains and orders them.

A `Span` is half-open, `[start, end)`, and knows the unit that its words named. Everything that
people say composes from few operations (after timenorm): the unit around a moment, a span moved
by an amount, the nth of something within a span, and the candidate of a cycle that a preference
picks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice, pairwise
from typing import Literal, NamedTuple

from calendarize.timex.values import (
    Day,
    Half,
    Interval,
    Moment,
    Month,
    Point,
    Quarter,
    Within,
    Year,
    month_end,
)

Unit = Literal[
    "year", "half", "season", "quarter", "month", "third", "week", "days", "day", "part",
    "hour", "minute", "second",
]  # fmt: skip
"""`third` is 초순, 중순 or 하순 of a month, `part` a part of a day, `days` several days."""
Amount = tuple[tuple[float, Unit], ...]
"""A length as said: `1년 3개월` is ((1, "year"), (3, "month"))."""
Preference = Literal["nearest", "future", "past"]

_RANKS: dict[Unit, int] = {
    "year": 0, "half": 1, "season": 1, "quarter": 1, "month": 2, "third": 3, "week": 3, "days": 4,
    "day": 4, "part": 5, "hour": 6, "minute": 7, "second": 8,
}  # fmt: skip
_MONTHS: dict[Unit, int] = {"year": 12, "half": 6, "quarter": 3, "month": 1}
CLOCK_UNITS = ("hour", "minute", "second")
_SECONDS: dict[Unit, int] = {"week": 604800, "day": 86400, "hour": 3600, "minute": 60, "second": 1}


def is_descending(units: Sequence[Unit]) -> bool:
    """Tell whether each unit is finer than the one before, or its half (`한 달 반`)."""
    ranks = [_RANKS[unit] for unit in units]
    return all(one < other for one, other in pairwise(ranks))


class Span(NamedTuple):
    """From `start` up to, not including, `end`; naive wall time of Asia/Seoul.

    `within` is the unit in which what follows is looked for, where that is not the span itself:
    `2주 뒤` is a day, but `2주 뒤 월요일` lies in the week around it.
    """

    start: datetime
    end: datetime
    unit: Unit
    within: Unit | None = None

    @property
    def rank(self) -> int:
        """Coarse units have low ranks."""
        return _RANKS[self.within or self.unit]

    def holder(self) -> Span:
        """Return the span in which what follows is looked for."""
        return around(self.start, self.within) if self.within else self


def midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def of_day(start: datetime, within: Unit | None = None) -> Span:
    """Return the span of one day, from its midnight on."""
    return Span(start, start + _DAY, "day", within)


_DAY = timedelta(days=1)


def days(first: date, last: date, unit: Unit = "days") -> Span:
    """Return the span of whole days, both inclusive."""
    return Span(midnight(first), midnight(last) + timedelta(days=1), unit)


@lru_cache(4096)
def around(moment: datetime, unit: Unit) -> Span:
    """Return the calendar unit around a moment; weeks begin on Monday."""
    if unit in _MONTHS:
        size = _MONTHS[unit]
        first = datetime(moment.year, (moment.month - 1) // size * size + 1, 1)
        return Span(first, step(first, size, "month"), unit)
    day = midnight(moment.date())
    if unit == "week":
        monday = day - timedelta(days=day.weekday())
        return Span(monday, monday + timedelta(weeks=1), unit)
    if unit == "day":
        return Span(day, day + timedelta(days=1), unit)
    fields = {"hour": ("minute", "second"), "minute": ("second",)}.get(unit, ())
    start = moment.replace(microsecond=0, **dict.fromkeys(fields, 0))  # type: ignore[arg-type]
    return Span(start, step(start, 1, unit), unit)


def step(moment: datetime, count: float, unit: Unit) -> datetime:
    """Move a moment by so many units; months keep the day, as far as the month has it."""
    if unit not in _MONTHS:
        return moment + timedelta(seconds=round(count * _SECONDS[unit]))
    year, month = divmod(moment.year * 12 + moment.month - 1 + round(count * _MONTHS[unit]), 12)
    last = month_end(year, month + 1)
    return moment.replace(year=year, month=month + 1, day=min(moment.day, last.day))


def plus(moment: datetime, amount: Amount, sign: int = 1) -> datetime:
    """Move a moment by an amount."""
    for count, unit in amount:
        moment = step(moment, sign * count, unit)
    return moment


@lru_cache(4096)
def neighbour(span: Span, count: int) -> Span:
    """Return the calendar unit so many units on."""
    return around(step(span.start, count, span.unit), span.unit)


def moved(base: Span | None, now: datetime, amount: Amount, sign: int) -> Span:
    """Move a span, or now, by an amount; lengths of days and more leave the clock alone.

    What is before a period is before its first day, `월말 이틀 전` before the last of the month.
    """
    unit = max((unit for _, unit in amount), key=_RANKS.__getitem__)
    if base is not None and len(amount) == 1 and amount[0][1] == base.unit and base.unit != "day":
        return neighbour(base, sign * int(amount[0][0]))
    unit = "hour" if any(n != int(n) for n, u in amount if u == "day") else unit
    if base is not None and base.unit in CLOCK_UNITS:
        start = plus(base.start, amount, sign)
        return Span(start, start + (base.end - base.start), base.unit)
    if unit in CLOCK_UNITS:
        start = plus(now if base is None else base.start, amount, sign)
        return around(start, "second" if unit == "second" else "minute")
    before = base is not None and sign < 0 and not (base.unit == "third" and base.end.day == 1)
    origin = now if base is None else base.start if before else base.end - timedelta(days=1)
    return of_day(plus(midnight(origin.date()), amount, sign), unit)


def nth_of(holder: Span, nth: int, fits: Callable[[date], bool]) -> Span | None:
    """Return the nth day (from the end where negative) of a span that fits."""
    fitting = filter(fits, each_day(holder, backward=nth < 0))
    day = next(islice(fitting, abs(nth) - 1, None), None) if nth else None
    return days(day, day, "day") if day else None


def nth_weekday(holder: Span, nth: int, weekday: int) -> Span | None:
    """Return the nth such weekday (from the end where negative) of a span of whole days."""
    if nth > 0:
        ahead = (weekday - holder.start.weekday()) % 7 + 7 * (nth - 1)
        day = holder.start + timedelta(days=ahead)
    else:
        last = holder.end - timedelta(days=1)
        day = last - timedelta(days=(last.weekday() - weekday) % 7 - 7 * (nth + 1))
    return of_day(day) if nth and holder.start <= day < holder.end else None


def each_day(span: Span, *, backward: bool = False) -> Iterator[date]:
    """Yield the days of a span in order, or from its last on."""
    numbers = range((span.end - span.start).days)
    first = span.start.date()
    return (first + timedelta(days=n) for n in (reversed(numbers) if backward else numbers))


def pick(candidates: Iterable[Span | None], now: datetime, prefer: Preference) -> Span | None:
    """Return the candidate of a cycle that a preference picks.

    What holds now counts as both past and future. To `nearest` the future is half as far as the
    past: people speak of what comes.
    """
    found = [span for span in candidates if span is not None]
    if prefer == "future":
        return min((s for s in found if s.end > now), key=lambda s: s.start, default=None)
    if prefer == "past":
        return max((s for s in found if s.start <= now), key=lambda s: s.start, default=None)
    return min(found, key=lambda s: _distance(s, now), default=None)


def _distance(span: Span, now: datetime) -> timedelta:
    if span.start <= now < span.end:
        return timedelta(0)
    return (span.start - now) / 2 if span.start > now else now - span.end


_VALUES: dict[Unit, Callable[[date, date, datetime], Point]] = {
    "year": lambda first, last, start: Year(first.year),
    "half": lambda first, last, start: Half(first.year, (first.month + 5) // 6),
    "quarter": lambda first, last, start: Quarter(first.year, (first.month + 2) // 3),
    "month": lambda first, last, start: Month(first.year, first.month),
    "week": lambda first, last, start: Within(first, last),
    "third": lambda first, last, start: Within(first, last),
    "day": lambda first, last, start: Day(first),
    "hour": lambda first, last, start: Moment(start),
    "minute": lambda first, last, start: Moment(start),
    "second": lambda first, last, start: Moment(start),
}


def value_of(span: Span) -> Point | Interval:
    """Return the value that a span is: an exact day, a month, a moment, a period."""
    start, end, unit, _ = span
    first, last = start.date(), (end - timedelta(seconds=1)).date()
    if (made := _VALUES.get(unit)) is not None:
        return made(first, last, start)
    if start.time() == end.time() == time():
        return Interval(Day(first), Day(last))
    return Interval(Moment(start), Moment(end))
