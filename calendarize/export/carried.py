"""What a later report tells in other words stays the entry that it is in a calendar.

What is told under the same UID is the same. Of the rest, `changes.matching` finds again in the
reports of now what a calendar has from older ones, office by office; its UID is carried on.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from icalendar import Component

from calendarize.changes.editions import offices_of
from calendarize.changes.matching import Known, matched
from calendarize.changes.tellings import Telling, tellings
from calendarize.events.model import Event
from calendarize.export.contentlines import fold, unfold
from calendarize.export.ical import Item
from calendarize.export.kept import KEPT, event_of

_NUMBER = re.compile(r"-\d{1,4}$")
"""What is added to an event's UID where it has several entries."""
_NAMES_UID = re.compile(r"(?:UID|RELATED-TO)[;:]")


def carried_on(previous: Iterable[Item], told: Iterable[Item]) -> dict[str, str]:
    """Return for events that reports tell now the UID under which a calendar has them otherwise.

    `previous` are the calendar's entries, `told` those of all that the reports tell. Events that
    both have under one UID are left alone, and so are cancelled ones.
    """
    before = _events(item for item in previous if not item.cancelled)
    now = _events(told)
    olds = list(_told(item for uid, item in before.items() if uid not in now))
    news = list(_told(item for uid, item in now.items() if uid not in before))
    offices = offices_of([t.event.department for t in (*olds, *news) if t.event.department])
    groups: dict[str | None, tuple[list[Telling], list[Telling]]] = defaultdict(lambda: ([], []))
    for side, found in enumerate((olds, news)):
        for telling in found:
            groups[offices.get(telling.event.department or "")][side].append(telling)
    return {
        there[match.new].event.uid: here[match.old].event.uid
        for here, there in groups.values()
        for match in matched([Known(telling, telling.closes) for telling in here], there)
    }


def under(uids: Mapping[str, str], items: Sequence[Item]) -> list[Item]:
    """Return entries under the UIDs that `carried_on` gives their events, references too."""
    return [_renamed(item, uids) for item in items] if uids else list(items)


def _renamed(item: Item, uids: Mapping[str, str]) -> Item:
    lines = unfold(item.raw)
    for at, line in enumerate(lines):
        if _NAMES_UID.match(line):
            head, _, uid = line.rpartition(":")
            lines[at] = f"{head}:{_other(uid, uids)}"
    return Item(_other(item.uid, uids), b"".join(map(fold, lines)))


def _other(uid: str, uids: Mapping[str, str]) -> str:
    event = _NUMBER.sub("", uid)
    return uids.get(event, event) + uid[len(event) :]


def _events(items: Iterable[Item]) -> dict[str, Item]:
    """Return the first entry of each event, by the event's UID."""
    found: dict[str, Item] = {}
    for item in items:
        found.setdefault(_NUMBER.sub("", item.uid), item)
    return found


def _told(items: Iterable[Item]) -> Iterator[Telling]:
    """Yield the events of entries as they were told, those of one report and line side by side."""
    days: dict[date, list[Event]] = defaultdict(list)
    for item in items:
        written = Component.from_ical(item.raw)
        kept, description = (str(written.get(name, "")) for name in (KEPT, "DESCRIPTION"))
        event = event_of(_NUMBER.sub("", item.uid), kept, description)
        if event is not None:
            days[_day(item.get("DTSTAMP"))].append(event)
    for day, events in days.items():
        yield from (telling for telling in tellings(events, day, {}) if telling.dated)


def _day(stamp: str) -> date:
    try:
        return date.fromisoformat(stamp[:8])
    except ValueError:
        return date.min
