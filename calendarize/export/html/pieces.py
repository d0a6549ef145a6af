"""Where an event stands on the axis of days: pieces that the page draws as they are.

| time | pieces |
|---|---|
| a day, a clock time, a period | one |
| days with gaps, several values | one for each run of days, one for each value |
| inexact | one over the whole window, marked `rough` |
| open side | the point that is told, marked `open` on the other side |
| a rule that names its days | one for each run of days |
| a rule without days (`매월`) | one rough piece over the rule's bounds, else the report's year |
| undated | none |
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from calendarize.events.model import Event
from calendarize.export.entries import Entry
from calendarize.export.words import runs
from calendarize.timex.values import (
    Interval,
    Point,
    Recurring,
    Several,
    Undated,
    Value,
    as_day,
    is_exact,
    last_day,
)


@dataclass(frozen=True, slots=True)
class Piece:
    """Days from `first` to `last`, both inclusive.

    `rough`: something happens in them, nobody knows when. `open` is the side on which it goes on
    without a bound.
    """

    first: date
    last: date
    rough: bool = False
    open: Literal["start", "end"] | None = None


def pieces_of(
    event: Event, placed: Sequence[Entry], horizon: tuple[date, date]
) -> tuple[Piece, ...]:
    """Return the pieces of an event in order of time.

    `placed` are its entries in a calendar, which know the days of a rule; `horizon` is the first
    and last day of the report's year.
    """
    if event.dates:
        return tuple(_exact(event.dates))
    if isinstance(event.value, Recurring):
        return tuple(_repeated(event, placed, horizon))
    return pieces_told(event.value)


def pieces_told(value: Value) -> tuple[Piece, ...]:
    """Return the pieces of a time that is no rule, as it is told."""
    match value:
        case Undated() | Recurring():
            return ()
        case Several(values):
            return tuple(piece for each in values for piece in _single(each))
        case _:
            return tuple(_single(value))


def _exact(days: Iterable[date]) -> Iterator[Piece]:
    return (Piece(first, last) for first, last in runs(days))


def _single(value: Point | Interval) -> Iterator[Piece]:
    first, last, rough = as_day(value.bounds()[0]), last_day(value), not is_exact(value)
    if first and last:
        yield Piece(first, max(first, last), rough)
    elif isinstance(value, Interval) and (told := value.start or value.end):
        (piece,) = _single(told)
        yield replace(piece, open="end" if first else "start")


def _repeated(event: Event, placed: Sequence[Entry], horizon: tuple[date, date]) -> Iterator[Piece]:
    if event.year:
        horizon = date(event.year, 1, 1), date(event.year, 12, 31)
    first, last = as_day(event.start) or horizon[0], last_day(event.value) or horizon[1]
    days = [day for entry in placed for day in entry.days if first <= day <= last]
    if any(entry.tentative for entry in placed) or not days:
        yield Piece(first, max(first, last), rough=True)
    else:
        yield from _exact(days)
