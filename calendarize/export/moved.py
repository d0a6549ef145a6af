"""From where an event moved: the times that older reports gave it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from calendarize.changes.times import Move, compared
from calendarize.events.model import Event, Telling
from calendarize.export.words import value_words
from calendarize.timex.values import Year

_SHOWN = 3
"""So many older times are written out; of more the newest and the first promise."""


class Moved(NamedTuple):
    """An older telling at another time, and whether the event slipped from it or came earlier."""

    told: Telling
    how: Move


def moves(event: Event) -> Iterator[Moved]:
    """Yield the older times from which an event moved, the newest first.

    What has only become more or less exact has not moved, nor has what goes on all year.
    """
    if event.kind == "ongoing" and isinstance(event.value, Year):
        return
    after = event.value
    for told in event.history:
        if told.day is None:
            continue
        how = compared(told.value, after)
        if how in ("slipped", "earlier"):
            yield Moved(told, how)
            after = told.value


def moved_from(event: Event, year: int | None = None) -> str:
    """Write from where an event moved: `← 8.27(금)–9.10(금) (2021. 5. 보고)`, or nothing.

    The last of several is the first promise; then it says how often the event slipped.
    """
    found = list(moves(event))
    parts = [f"← {value_words(told.value, year)} ({_report(told)} 보고)" for told, _ in found]
    slips = sum(how == "slipped" for _, how in found)
    often = f", {slips}번 밀림" if slips > 1 else ""
    return " ".join(_shortened(parts)) + often


def _shortened(parts: Sequence[str]) -> list[str]:
    return [*parts[: _SHOWN - 1], "…", parts[-1]] if len(parts) > _SHOWN else list(parts)


def _report(told: Telling) -> str:
    return f"{told.day.year}. {told.day.month}." if told.day else ""
