"""A calendar that was exported before, brought up to date without duplicates.

An entry that says the same stays byte for byte; one that changed counts its SEQUENCE up; one
that is gone goes out once as cancelled (RFC 5545 sections 3.8.7.4 and 3.8.1.11). The reader is
told what changed, event by event.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from icalendar import Component
from icalendar import Event as VEvent

from calendarize.export.contentlines import fold, raw_events, unfold
from calendarize.export.ical import Item
from calendarize.export.words import value_words
from calendarize.timex.values import Day, Interval, Moment, Value

_VERSIONS = frozenset(("DTSTAMP", "SEQUENCE", "LAST-MODIFIED", "CREATED"))
"""Properties that tell of the telling, not of the event."""
_SOURCE_LINE = re.compile(r"\\n출처: .*?(?=\\n|$)")
"""Where the event stands in its report: a line moved is no change of the event."""
_STAMP = "%Y%m%dT%H%M%SZ"
_MARKS = re.compile(r"^(?:\[[^\]]+\] )+")
"""What stands before a title: `[미정]`, `[의심]`, `[취소]`."""

What = Literal["added", "changed", "cancelled"]


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one entry; `before` and `after` are as they stand in the calendars."""

    what: What
    uid: str
    before: Item | None
    after: Item | None

    def __str__(self) -> str:
        """Say it in Korean: `제302회 임시회: 8.27(금)–9.10(금) → 8.30(월)–9.13(월)`."""
        if self.after is None or self.before is None:
            item = self.after or self.before
            return f"{_title(item)}: {_when(item)} 추가" if item else ""
        if self.what == "cancelled":
            return f"{_title(self.before)}: {_when(self.before)} 취소"
        times = _when(self.before), _when(self.after)
        title = _retitled(_title(self.before), _title(self.after))
        if times[0] != times[1]:
            return f"{title}: {times[0]} → {times[1]}"
        named = (_NAMES.get(head.split(";")[0]) for head in _differing(self.before, self.after))
        told = ", ".join(dict.fromkeys(filter(None, named))) or "내용"
        return f"{title}: {told} 바뀜({times[1]})"


_NAMES: Mapping[str, str] = {
    "SUMMARY": "제목",
    "DESCRIPTION": "설명",
    "LOCATION": "장소",
    "STATUS": "상태",
    "RRULE": "반복",
    "CATEGORIES": "구분",
    "VALARM": "알림",
}


def items_of(*calendars: bytes) -> dict[str, Item]:
    """Return the entries of exported calendars by UID; what cannot be read is left out.

    Entries without a UID, and changed instances of a rule (RECURRENCE-ID), are none of ours.
    """
    found = (Item("", raw) for data in calendars for raw in raw_events(data))
    named = (Item(item.get("UID"), item.raw) for item in found if not item.get("RECURRENCE-ID"))
    return {item.uid: item for item in named if item.uid and item.get("DTSTART")}


def revise(
    previous: Mapping[str, Item], current: Sequence[Item], stamp: datetime
) -> tuple[list[Item], list[Change]]:
    """Return the entries to write now, and what changed.

    `stamp` is when the newest report was made: the time of every change, unless the entry has
    been changed at that time or later; then it is a second after.
    """
    written, changes = list[Item](), list[Change]()
    for item in current:
        before = previous.get(item.uid)
        if before is None:
            written.append(item)
            changes.append(Change("added", item.uid, None, item))
        elif same(before, item):
            written.append(before)
        else:
            after = _versioned(item.raw, before, stamp)
            what: What = "cancelled" if after.cancelled and not before.cancelled else "changed"
            written.append(after)
            changes.append(Change(what, item.uid, before, after))
    present = {item.uid for item in current}
    for uid, before in previous.items():
        if uid not in present and before.get("STATUS") != "CANCELLED":
            after = cancelled(before, stamp)
            written.append(after)
            changes.append(Change("cancelled", uid, before, after))
    return written, changes


def same(one: Item, other: Item) -> bool:
    """Tell whether two entries say the same of an event, whenever and from wherever told."""
    return not _differing(one, other)


def _differing(one: Item, other: Item) -> list[str]:
    a, b = _content(one), _content(other)
    return [head for head in {**a, **b} if a.get(head) != b.get(head)]


def _content(item: Item) -> dict[str, str]:
    """Return the properties that tell of the event; servers and clients add `X-` ones."""
    content = {
        head: _SOURCE_LINE.sub("", value)
        for head, value in item.properties()
        if head not in _VERSIONS and not head.startswith("X-")
    }
    alarms = b"".join(_VALARM.findall(item.raw)).decode(errors="replace")
    return {**content, "VALARM": alarms}


_VALARM = re.compile(rb"^TRIGGER[^\r\n]*", re.MULTILINE)


def cancelled(item: Item, stamp: datetime) -> Item:
    """Return an entry as it goes out when its event has been withdrawn."""
    lines = unfold(item.raw)
    status = [at for at, line in enumerate(lines) if line.startswith("STATUS:")]
    for at in status:
        lines[at] = "STATUS:CANCELLED"
    if not status:
        lines.insert(-1, "STATUS:CANCELLED")
    return _versioned(b"".join(map(fold, lines)), item, stamp)


def _versioned(raw: bytes, before: Item, stamp: datetime) -> Item:
    """Return an entry as the next version of one exported before."""
    sequence = int(before.get("SEQUENCE") or 0) + 1
    last = max(_moment(before.get(name)) for name in ("LAST-MODIFIED", "DTSTAMP"))
    modified = f"{max(stamp, last + timedelta(seconds=1)).astimezone(UTC):{_STAMP}}"
    versions = {"DTSTAMP": modified, "LAST-MODIFIED": modified, "SEQUENCE": str(sequence)}
    lines = [line for line in unfold(raw) if line.split(":")[0] not in versions]
    lines[1:1] = [f"{name}:{value}" for name, value in versions.items()]
    return Item(before.uid, b"".join(map(fold, lines)))


def _moment(written: str) -> datetime:
    try:
        return datetime.strptime(written, _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return datetime(1970, 1, 1, tzinfo=UTC)


def _title(item: Item) -> str:
    return str(_component(item).get("SUMMARY", ""))


def _retitled(before: str, after: str) -> str:
    """Return the title of now, behind the one of before where the words differ."""
    same = _MARKS.sub("", before) == _MARKS.sub("", after)
    return after if same else f"{before} → {after}"


def _when(item: Item) -> str:
    """Write the time of an entry as a Korean reader does, the year with it."""
    start, end = _component(item).start, _component(item).end
    value: Value
    if isinstance(start, datetime) and isinstance(end, datetime):
        first, last = (at.replace(tzinfo=None) for at in (start, end))
        value = Interval(Moment(first), Moment(last)) if first < last else Moment(first)
    else:
        day: date = end - timedelta(days=1)
        value = Interval(Day(start), Day(day)) if start < day else Day(start)
    return value_words(value)


def _component(item: Item) -> VEvent:
    component = Component.from_ical(item.raw)
    assert isinstance(component, VEvent)
    return component


def told(changes: Sequence[Change]) -> list[str]:
    """Return what changed as lines for the reader: a line each, and how many of each kind."""
    return [*map(str, changes), f"이전 달력과 견주어 {_counts(changes)}"]


def summary(changes: Sequence[Change], kept: int, planned: bool) -> str:
    """Return what was done to a collection, or would be, in one Korean line."""
    doing = "올릴 것(--dry-run이라 올리지 않음)" if planned else "올림"
    return f"{doing}: {_counts(changes)}, 그대로 {kept}건"


def _counts(changes: Iterable[Change]) -> str:
    counts = Counter(change.what for change in changes)
    return ", ".join(f"{name} {counts[what]}건" for what, name in _WORDS.items())


_WORDS: Mapping[What, str] = {"added": "추가", "changed": "변경", "cancelled": "취소"}
