"""Mentions become events: kind, session, place, unit; the same event told twice becomes one."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from uuid import UUID, uuid5

from calendarize.events import words
from calendarize.events.checks import counted
from calendarize.events.clauses import cleaned, condensed
from calendarize.events.kinds import kind_of, session_in
from calendarize.events.mention import Mention
from calendarize.events.model import Event, Session, Source
from calendarize.events.place import folded
from calendarize.events.reading import Reading
from calendarize.report.model import Block, Report
from calendarize.timex.values import Value, as_day, last_day

NAMESPACE = UUID("7f4df0a5-4e1c-5c1e-9a52-9a4d6d1f9b3e")
"""Namespace of the events' UUIDv5 (RFC 9562 section 5.5)."""

_OF_A_SESSION = ("sitting", "question", "audit", "committee")
"""Kinds that belong to the session which the document is about."""
_QUOTE = 600
"""A quote is cut after this many characters."""
_PLACE_LABEL = re.compile(r"^장\s*소\s*[:：]\s*(.+)$")
_PLACE_BEHIND = re.compile(r"^\s*[,/]\s*([^,/※:]{2,40}?)\s*(?:[,/※]|$)")


def assemble(reading: Reading) -> list[Event]:
    """Return the events of a read report, in order of time then of the text."""
    told = [_event(reading, mention) for mention in reading.mentions if mention.role == "event"]
    events = _merged(told)
    return _identified(sorted(events, key=order))


def order(event: Event) -> tuple[date, date, int]:
    """Sort key of events: first day, last day, line; what has no start stands by its end."""
    start, end = as_day(event.start), last_day(event.value)
    return start or end or date.max, end or start or date.max, event.source.line


def _event(reading: Reading, mention: Mention) -> Event:
    place = mention.place
    title, unit = mention.title or "", None
    row = place.block.text if place.table is not None and place.block is not None else ""
    if found := words.UNIT.search(title) or words.UNIT.search(row):
        unit = found[1]
        title = cleaned(words.UNIT.sub("", title, count=1)) or title
    quote = _quote(mention)
    kind = kind_of(mention, title)
    session = session_in(title) or (session_in(row) if place.table is not None else None)
    if session is None and kind in _OF_A_SESSION:
        session = session_in(place.document)
    count = counted(mention.value, place.expression.count)
    return Event(
        uid="",
        title=title,
        value=mention.value,
        kind=kind,
        department=reading.department,
        source=Source(reading.report.source, mention.line, mention.text, quote),
        unit=unit,
        session=session,
        location=_location(reading.report, mention),
        section=_section(place.block),
        dates=count.dates,
        warnings=(*mention.resolution.warnings, *filter(None, (count.warning,))),
        reasons=tuple(mention.resolution.reasons),
        year=reading.day.year if reading.day else None,
    )


def _quote(mention: Mention) -> str:
    """Return the sentence or table row as a reader sees it."""
    place = mention.place
    block = place.block
    if block is None:
        return folded(place.before + place.written + place.after)
    text = block.text
    if place.table is not None:
        text = " | ".join(c.text for c in place.table.rows[block.row] if c.text)
    return folded(text[:_QUOTE])


def _section(block: Block | None) -> tuple[str, ...]:
    if block is None:
        return ()
    above = [cleaned(b.text) for b in block.ancestors() if b.kind == "heading"]
    return tuple(text for text in reversed(above) if text)


def _location(report: Report, mention: Mention) -> str | None:
    """Return the place from a `장소 :` line beside the date, or from behind `일시/장소 : …,`."""
    place = mention.place
    if re.search(r"장\s*소\s*[)]?\s*[:：][^:]*$", place.before):
        behind = _PLACE_BEHIND.match(place.after)
        return folded(behind[1]) if behind else None
    if place.block is None or not re.search(r"일\s*시|기\s*간|때|시\s*간", place.before):
        return None
    for beside in _beside(report, place.block):
        label = _PLACE_LABEL.match(beside.text)
        if label:
            return folded(re.split(r"\s※|\s\*", label[1])[0])
    return None


def _beside(report: Report, block: Block) -> list[Block]:
    """Return the few blocks right behind one that stand under the same heading."""
    at = bisect_right(report.blocks, block.start, key=lambda b: b.start)
    return [b for b in report.blocks[at : at + 4] if b.parent is block.parent]


# The same event told twice


@lru_cache(4096)
def core(title: str) -> str:
    """Reduce a title to what the event is, for comparing: letters and digits, no action words."""
    text = unicodedata.normalize("NFKC", condensed(title) or title)
    return "".join(char for char in text if char.isalnum()).lower()


def _merged(events: Sequence[Event]) -> list[Event]:
    """Make one of events told several times: the same title, or a shorter one at the same time."""
    kept: list[Event] = []
    by_core: dict[str, list[int]] = {}
    by_time: dict[Value, list[int]] = {}
    for event in events:
        key = core(event.title)
        alike = (at for at in by_core.get(key, ()) if _same_time(kept[at], event))
        shorter = (at for at in by_time.get(event.value, ()) if _ends_alike(kept[at], event))
        same = next(alike, None) if by_core.get(key) else None
        same = next(shorter, None) if same is None else same
        if same is None:
            by_core.setdefault(key, []).append(len(kept))
            by_time.setdefault(event.value, []).append(len(kept))
            kept.append(event)
        else:
            kept[same] = _more_exact(kept[same], event)
    return kept


_WORDS = re.compile(r"[^\W_]+")


@lru_cache(4096)
def _words(title: str) -> list[str]:
    return _WORDS.findall(condensed(title))


def _ends_alike(one: Event, other: Event) -> bool:
    """Tell whether one title is the other with its project named before it.

    `본관 경관조명 개선` and `전기 – 본관 경관조명 개선` on the same days; one word alone
    (`설명회`) is too little.
    """
    if one.session != other.session or one.kind == "session":
        return False
    a, b = _words(one.title), _words(other.title)
    short, long = sorted((a, b), key=len)
    return len(short) >= 2 and long[-len(short) :] == short


def _same_time(one: Event, other: Event) -> bool:
    """Tell whether one period lies within the other and neither is open."""
    if type(one.value) is type(other.value) and one.value == other.value:
        return True
    a, b = _days(one), _days(other)
    if None in a or None in b or one.rrule or other.rrule:
        return False
    within = (a[0] <= b[0] and b[1] <= a[1]) or (b[0] <= a[0] and a[1] <= b[1])  # type: ignore[operator]
    return within and (one.approximate or other.approximate or a == b)


def _days(event: Event) -> tuple[date | None, date | None]:
    return as_day(event.start), last_day(event.value)


def _exactness(event: Event) -> tuple[bool, bool, int]:
    start, end = _days(event)
    length = (end - start).days if start and end else 10**6
    return event.approximate, event.all_day, length


def _more_exact(one: Event, other: Event) -> Event:
    best, rest = sorted((one, other), key=_exactness)
    title = max((one.title, other.title), key=len)
    warnings = tuple(dict.fromkeys((*best.warnings, *rest.warnings)))
    return replace(
        best,
        title=title,
        unit=best.unit or rest.unit,
        session=best.session or rest.session,
        location=best.location or rest.location,
        dates=best.dates or rest.dates,
        warnings=warnings,
    )


# Sessions and identity


def _identified(events: list[Event]) -> list[Event]:
    """Give every event its UID and its session's UID."""
    seen: dict[str, int] = {}
    identified: list[Event] = []
    for event in events:
        key = "|".join((event.department or "", core(event.title), str(event.session or "")))
        occurrence = seen[key] = seen.get(key, 0) + 1
        identified.append(replace(event, uid=str(uuid5(NAMESPACE, f"{key}|{occurrence}"))))
    sessions: dict[Session, str] = {
        e.session: e.uid for e in identified if e.kind == "session" and e.session is not None
    }
    return [
        replace(e, parent=sessions.get(e.session))
        if e.session is not None and e.kind != "session"
        else e
        for e in identified
    ]
