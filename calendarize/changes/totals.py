"""What was due between two editions, and what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from calendarize.changes.chains import Edition
from calendarize.changes.fates import Entry, Fate
from calendarize.changes.tellings import Telling

Kept = Literal["in time", "late", "unknown"]
_FEWEST = 3
"""A section of fewer entries that is gone is told entry by entry."""


def kept(entry: Entry, at: int | None = None) -> tuple[Kept, Kept] | None:
    """Tell whether a result came in time: against the first and the last promise.

    `None` while there is no result, or there was no promise. A result without a day counts as of
    its report, where that came in time; else it is unknown.
    """
    result = next((t for t in entry.main if t.told_as == "result"), None)
    promises = [t for t in entry.plans if result is not None and t.day < result.day and t.end]
    if result is None or not promises:
        return None
    return _judged(promises[0], result), _judged(promises[-1], result)


def _judged(promise: Telling, result: Telling) -> Kept:
    """Judge a result by a promise; one told only by a period that holds the promise is no later."""
    if promise.end is None:
        return "unknown"
    if result.end is None:
        return "in time" if result.day <= promise.end else "unknown"
    holds = result.event.approximate and (result.start or result.end) <= promise.end
    return "in time" if holds or result.end <= promise.end else "late"


@dataclass(frozen=True, slots=True)
class Totals:
    """Of the entries whose last promise fell between two editions: how many were done in time,
    late, at a day not told, given up, are open still, are not told any more; and all the fates.
    """

    due: int
    in_time: int
    late: int
    undated: int
    given_up: int
    open: int
    silent: int
    fates: Counter[Fate]


def totals(entries: Iterable[Entry], editions: Sequence[Edition], at: int) -> Totals:
    """Count what was due between edition `at` - 1 and edition `at`, and the fates of that step."""
    fates, became = Counter[Fate](), Counter[str]()
    first, last = editions[at - 1].day, editions[at].day
    for entry in entries:
        step = entry.steps[at - 1]
        if step is not None:
            fates[step] += 1
        promise = next((t for t in reversed(entry.plans) if t.day < last), None)
        if promise is None or promise.end is None or not first < promise.end <= last:
            continue
        if step == "done":
            judged = kept(entry)
            became[judged[1] if judged else "unknown"] += 1
        elif step in ("cancelled", "postponed"):
            became["given up"] += 1
        elif step == "dropped" or (step is None and not entry.closed):
            became["silent"] += 1
        elif step is not None:
            became["open"] += 1
    return Totals(
        due=became.total(),
        in_time=became["in time"],
        late=became["late"],
        undated=became["unknown"],
        given_up=became["given up"],
        open=became["open"],
        silent=became["silent"],
        fates=fates,
    )


def vanished(
    entries: Iterable[Entry], editions: Sequence[Edition], at: int
) -> dict[str, list[Entry]]:
    """Return the headings of the older edition that are gone, each with its entries.

    All that stood under them is told no more.
    """
    under: dict[str, list[Entry]] = {}
    for entry in entries:
        if at - 1 in entry.told and (section := entry.told[at - 1][0].event.section):
            under.setdefault(section[-1], []).append(entry)
    return {
        heading: found
        for heading, found in under.items()
        if len(found) >= _FEWEST
        and heading not in editions[at].headings
        and all(entry.steps[at - 1] == "dropped" for entry in found)
    }


def passed(entry: Entry, day: date) -> bool:
    """Tell whether the last promise of an entry had passed by a day."""
    promise = entry.plans[-1] if entry.plans else None
    return promise is None or promise.end is None or promise.end < day
