"""The editions of one office, linked: every entry through all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from calendarize.changes.evidence import overlap
from calendarize.changes.fates import Entry, last_part, step
from calendarize.changes.letters import likeness, rarity, weigh
from calendarize.changes.marks import conflict
from calendarize.changes.matching import Known, Weights, matched
from calendarize.changes.parts import Parts
from calendarize.changes.tellings import Telling

_REMEMBERED = {False: 4, True: 2}
"""An entry told so many editions ago is not looked for any more: if open, if closed."""
_ALIKE, _COVERED = 0.7, 0.9
"""How alike what is told again in one edition is; two neighbours have each a word of its own."""


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
    known, owners = _known(recent, at)
    found = [*edition.tellings, *edition.lines]
    taken: dict[int, list[Entry]] = {}
    pairs: dict[int, int] = {}
    for match in matched(known, found, by):
        pairs[match.old], taken[match.new] = match.new, owners[match.old]
        for entry in owners[match.old]:
            entry.told.setdefault(at, []).append(found[match.new])
            entry.reasons[at] = match.reasons
    again = _told_again(edition.tellings, taken)
    parts = Parts(known, found, pairs)
    free = (n for n, _ in enumerate(edition.tellings) if n not in taken and n not in again)
    for old, new in list(parts.split(free)):
        taken[new] = owners[old]
        for entry in owners[old]:
            entry.told[at].append(found[new])
            entry.parted[at] = "split"
    dropped = (n for n, each in enumerate(known) if n not in pairs and each.open)
    for old, new in list(parts.joined(dropped)):
        for entry in owners[old]:
            entry.told[at] = [found[new]]
        taken[new] = [*taken[new], *owners[old]]
        for entry in taken[new]:
            entry.parted[at] = "joined"
    for place, telling in enumerate(edition.tellings):
        if place not in taken:
            taken[place] = taken.get(again.get(place, place), [])
            for entry in taken[place]:
                entry.repeated.setdefault(at, []).append(telling)
            if not taken[place]:
                entries.append(entry := Entry({at: [telling]}))
                taken[place] = [entry]
    for entry in recent:
        entry.told.get(at, []).sort(key=last_part, reverse=True)


def _known(entries: Sequence[Entry], at: int) -> tuple[list[Known], list[list[Entry]]]:
    """Return what may be told again, and of which entries each is.

    Each part of an entry that was split is known by itself; what was joined is known once.
    """
    known: list[Known] = []
    owners: dict[int, list[Entry]] = {}
    for entry in entries:
        parts = entry.told[max(entry.told)]
        for part in parts:
            if id(part) not in owners:
                owners[id(part)] = []
                whole = len(parts) == 1
                closed, first = (entry.closed, entry.first) if whole else (part.closes, None)
                known.append(Known(part, closed, at - 1 not in entry.told, first))
            owners[id(part)].append(entry)
    return known, list(owners.values())


def _told_again(tellings: Sequence[Telling], taken: Collection[int]) -> dict[int, int]:
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
                like = likeness(weighed[place], weighed[other])
                same = one.told_as == two.told_as and overlap(one, two)
                if same and like.both >= _ALIKE and like.shorter >= _COVERED:
                    again[place] = other
                    break
    return again
