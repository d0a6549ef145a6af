"""Events with the times of the gold: what the matcher does where every date is read right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from calendarize.events.model import Event
from calendarize.timex.values import Day, Half, Interval, Month, Part, Point, Quarter, Value, Year
from tests.chains import Chain, GoldTelling


def corrected(events: Iterable[Event], chain: Chain, edition: int) -> list[Event]:
    """Give the events of an edition the times of the gold, where those differ."""
    gold = [t for e in chain.entries for t in e.tellings if t.edition == edition]
    return [_corrected(event, gold) for event in events]


def _corrected(event: Event, gold: list[GoldTelling]) -> Event:
    for telling in gold:
        same = (telling.line, telling.text) == (event.source.line, event.source.text)
        value = value_of(telling.start, telling.end)
        if same and value is not None and value.bounds() != event.value.bounds():
            return replace(event, value=value)
    return event


def value_of(start: str | None, end: str | None) -> Value | None:
    """Return the simplest value with these bounds."""
    if start is None and end is None:
        return None
    if start is None or end is None:
        day = Day(date.fromisoformat(start or end or ""))
        return Interval(day, None) if start else Interval(None, day)
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    if first == last:
        return Day(first)
    year, month = first.year, first.month
    points: list[Point] = [
        Month(year, month),
        *(Part(year, month, part) for part in range(3)),
        *(Quarter(year, quarter) for quarter in range(1, 5)),
        *(Half(year, half) for half in (1, 2)),
        Year(year),
    ]
    single = next((p for p in points if p.bounds() == (first, last)), None)
    if single is not None:
        return single
    if first.day == 1 and (last + timedelta(days=1)).day == 1:
        return Interval(Month(year, month), Month(last.year, last.month))
    return Interval(Day(first), Day(last))
