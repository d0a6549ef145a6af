"""Two times of one entry, compared: later, earlier, more or less exact, or the same."""

from __future__ import annotations

from datetime import date
from typing import Literal

from calendarize.timex.values import (
    Day,
    Interval,
    Moment,
    Recurring,
    Undated,
    Value,
    Within,
    as_day,
    last_day,
)

Move = Literal["same", "slipped", "earlier", "more exact", "less exact"]
Bounds = tuple[date | None, date | None]
_FINENESS = {
    "year": 0,
    "half": 1,
    "quarter": 2,
    "month": 3,
    "part": 4,
    "day": 6,
    "minute": 6,
}


def days(value: Value) -> Bounds:
    """Return the first and the last day of a time, both inclusive; `None` is open."""
    first, last = value.bounds()
    return as_day(first), last_day(value) or as_day(last)


def compared(old: Value, new: Value, day: date | None = None) -> Move:
    """Compare the times that two reports give an entry; `day` is that of the newer report.

    Slipped is what ends later, or ends as before and begins later. Where one period holds the
    other the entry has only become more or less exact, unless what is left of the wider one after
    the new report's day leaves the narrower out. Rules and what has no time do not move.
    """
    if isinstance(old, Recurring | Undated) or isinstance(new, Recurring | Undated):
        return "same"
    (a, b), (c, d) = days(old), days(new)
    if (a, b) == (c, d):
        return "same"
    if isinstance(new, Interval) and new.start is not None and d is None and _once(old):
        return compared(old, new.start, day)
    if b is None or d is None:
        return _begins(a, c)
    if _holds((a, b), (c, d)):
        return _narrowed(old, new)
    left_out = day is not None and b < day
    if _holds((c, d), (a, b)) and coarser(new, old) and not left_out:
        return "less exact"
    if d != b:
        return "slipped" if d > b else "earlier"
    return _begins(a, c)


def coarser(one: Value, other: Value) -> bool:
    """Tell whether one time is told less exactly than another."""
    return _fineness(one) < _fineness(other)


def _begins(a: date | None, c: date | None) -> Move:
    if a is None or c is None or a == c:
        return "same"
    return "slipped" if c > a else "earlier"


def _holds(outer: Bounds, inner: Bounds) -> bool:
    (a, b), (c, d) = outer, inner
    starts = a is None or (c is not None and a <= c)
    return starts and b is not None and d is not None and d <= b


def _narrowed(old: Value, new: Value) -> Move:
    """Judge a new time that lies within the old one: more exact, unless both are as exact."""
    if _once(old) or coarser(old, new):
        return "more exact"
    (a, b), (c, d) = days(old), days(new)
    if b == d:
        return _begins(a, c)
    return "earlier" if a == c or a is None else "more exact"


def _once(value: Value) -> bool:
    """Tell whether a value is a period in which something happens or begins once."""
    return not isinstance(value, Interval | Day | Moment)


def _fineness(value: Value) -> int:
    if isinstance(value, Within):
        return _FINENESS["month"]
    if isinstance(value, Interval) and value.precision is None:
        ends = [p.precision for p in (value.start, value.end) if p is not None]
        return min(_FINENESS.get(p or "month", 3) for p in ends)
    return _FINENESS.get(value.precision or "month", 3)
