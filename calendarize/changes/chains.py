"""The editions of one office, linked: every entry through all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from calendarize.changes.evidence import overlap
from calendarize.changes.fates import Entry, step
from calendarize.changes.letters import likeness, rarity, weigh
from calendarize.changes.marks import conflict
from calendarize.changes.matching import Known, Weights, matched
from calendarize.changes.tellings import Telling

_REMEMBERED = {False: 4, True: 2}
"""An entry told so many editions ago is not looked for any more: if open, if closed."""
_ALIKE = 0.7


@dataclass(frozen=True, slots=True)
class Edition:
    """What an office's reports of one day tell.

    `lines` are lines without a time that may still tell what became of an entry; `headings` are
    those there are.
    """

    office: str
    day: date
    reports: tuple[str, ...]
    tellings: tuple[Telling, ...]
    lines: tuple[Telling, ...] = ()
    headings: frozenset[str] = frozenset()


def linked(editions: Sequence[Edition], by: Weights | None = None) -> list[Entry]:
    """Return the entries of editions (oldest first) with their steps."""
    entries: list[Entry] = []
    for at, edition in enumerate(editions):
        _take_in(entries, edition, at, by)
    for entry in entries:
        entry.steps = [step(entry, at) for at in range(1, len(editions))]
    return entries


def _take_in(entries: list[Entry], edition: Edition, at: int, by: Weights | None) -> None:
    """Add the tellings of an edition to the entries they are of; the rest are new entries."""
    recent = [e for e in entries if at - max(e.told) <= _REMEMBERED[e.closed]]
    known = [
        Known(entry.last, entry.closed, at - 1 not in entry.told, entry.first) for entry in recent
    ]
    found = [*edition.tellings, *edition.lines]
    taken: dict[int, Entry] = {}
    for match in matched(known, found, by):
        entry = recent[match.old]
        entry.told[at] = [found[match.new]]
        entry.reasons[at] = match.reasons
        taken[match.new] = entry
    again = _told_again(edition.tellings, taken)
    for place, telling in enumerate(edition.tellings):
        if place in taken:
            continue
        if place in again:
            owner = taken.get(again[place])
            if owner is not None:
                owner.told[at].append(telling)
                continue
        entries.append(entry := Entry({at: [telling]}))
        taken[place] = entry


def _told_again(tellings: Sequence[Telling], taken: dict[int, Entry]) -> dict[int, int]:
    """Return which tellings of an edition tell again what another one of it tells."""
    rare = rarity([telling.grams for telling in tellings])
    weighed = [weigh(telling.grams, rare) for telling in tellings]
    by_end: dict[date | None, list[int]] = defaultdict(list)
    for place, telling in enumerate(tellings):
        if telling.dated:
            by_end[telling.end].append(place)
    again: dict[int, int] = {}
    for group in by_end.values():
        for place in group:
            if place in taken:
                continue
            for other in group:
                if other == place or other in again or (other not in taken and other > place):
                    continue
                one, two = tellings[place], tellings[other]
                if one.event.source.line == two.event.source.line or conflict(one.marks, two.marks):
                    continue
                same = one.told_as == two.told_as and overlap(one, two)
                if same and likeness(weighed[place], weighed[other]).both >= _ALIKE:
                    again[place] = other
                    break
    return again
