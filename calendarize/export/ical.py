"""iCalendar (RFC 5545, 7986, 9253) that every calendar program reads alike.

The `icalendar` library writes properties and escapes; around it stand the things that programs
stumble over: a fixed DTSTAMP, a VTIMEZONE of Korea without its summer times of 1987 and 1988,
whole characters at folds, and no METHOD (an import file is no invitation).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from icalendar import Calendar, Timezone, TimezoneStandard, vRecur, vText
from icalendar import Event as VEvent

from calendarize.events.model import Event, Kind
from calendarize.export.describe import description
from calendarize.export.entries import SUMMARY, Entry, entries
from calendarize.export.options import Options, title_of
from calendarize.export.text import one_line, shorten
from calendarize.export.words import KINDS

PRODID = "-//calendarize//calendarize//KO"
NAMESPACE = UUID("8f4b7c52-6d0e-5f3a-9c41-2b7a4e0d1c63")
SEOUL = ZoneInfo("Asia/Seoul")

COLORS: dict[Kind, str] = {
    "session": "royalblue",
    "sitting": "steelblue",
    "question": "teal",
    "audit": "darkorange",
    "budget": "olivedrab",
    "committee": "cadetblue",
    "meeting": "slateblue",
    "ceremony": "mediumvioletred",
    "holiday": "crimson",
    "election": "purple",
    "deadline": "firebrick",
    "term": "darkslategray",
    "milestone": "seagreen",
    "ongoing": "gray",
}
"""CSS3 colour names, as RFC 7986 section 5.9 wants."""


class Parts(NamedTuple):
    """A calendar in pieces, each whole lines, from which any choice of entries can be put together.

    `zone` belongs behind `begin` where an entry is timed or there is none at all (a calendar holds
    a component at least, RFC 5545 section 3.6).
    """

    begin: bytes
    zone: bytes
    entries: tuple[tuple[Entry, bytes], ...]
    end: bytes


def render(events: Sequence[Event], options: Options) -> bytes:
    """Return one VCALENDAR with the events in order of time, as UTF-8 with CRLF line ends.

    Events without any date are left out. The same events and options give the same bytes.
    """
    made = parts(events, options)
    timed = any(entry.timed for entry, _ in made.entries) or not made.entries
    written = (text for _, text in made.entries)
    return b"".join((made.begin, made.zone if timed else b"", *written, made.end))


def parts(events: Sequence[Event], options: Options) -> Parts:
    """Return the pieces of the calendar of events, its entries in order of time."""
    placed = entries(events, options)
    uids = {entry.uid for entry in placed}
    vevents = tuple((e, _lines(_vevent(e, options.stamp, uids))) for e in placed)
    return Parts(begin(events, options), _lines(_seoul()), vevents, _END)


def begin(events: Sequence[Event], options: Options) -> bytes:
    """Return the lines before the first component: the calendar's name, told or the events'."""
    name = one_line(options.calendar_name or title_of(events))
    return _lines(_calendar(name)).removesuffix(_END)


_END = b"END:VCALENDAR\r\n"


def _lines(component: Calendar | Timezone | VEvent) -> bytes:
    return b"".join(fold(str(line)) for line in component.content_lines() if line)


def fold(line: str) -> bytes:
    """Fold a content line at 75 octets between characters (RFC 5545 section 3.1), CRLF added.

    A mark that combines with the character before it stays with it.
    """
    pieces, room = [b""], 75
    for cluster in _clusters(line):
        octets = cluster.encode()
        if len(pieces[-1]) + len(octets) > room:
            pieces.append(b"")
            room = 74  # the space that begins a continuation counts
        pieces[-1] += octets
    return b"\r\n ".join(pieces) + b"\r\n"


def _clusters(line: str) -> Iterator[str]:
    """Split a line where it may be folded: into characters with what combines with them."""
    if line.isascii():
        yield from line
        return
    cluster = ""
    for char in line:
        if cluster and not (_combines(char) and len(cluster) < 12):
            yield cluster
            cluster = ""
        cluster += char
    if cluster:
        yield cluster


def _combines(char: str) -> bool:
    return (
        unicodedata.combining(char) > 0
        or "\u1160" <= char <= "\u11ff"  # Hangul vowels and final consonants
        or "\ufe00" <= char <= "\ufe0f"  # variation selectors
        or char == "\u200d"
    )


def _calendar(name: str) -> Calendar:
    """Return an empty calendar; Outlook knows it again by X-WR-RELCALID (MS-OXCICAL)."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODID)
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", vText(name))  # icalendar would not escape a plain string here
    calendar.add("x-wr-calname", vText(name))
    calendar.add("x-wr-timezone", SEOUL.key)
    calendar.add("x-wr-relcalid", str(uuid5(NAMESPACE, name)))
    return calendar


def _seoul() -> Timezone:
    """Return Korea's time zone as one STANDARD (RFC 5545 section 3.6.5).

    With the summer times of 1987 and 1988 Outlook would shift every event from May to October.
    """
    zone, standard = Timezone(), TimezoneStandard()
    standard.add("dtstart", datetime(1970, 1, 1))
    standard.add("tzoffsetfrom", timedelta(hours=9))
    standard.add("tzoffsetto", timedelta(hours=9))
    standard.add("tzname", "KST")
    zone.add("tzid", SEOUL.key)
    zone.add_component(standard)
    return zone


def _vevent(entry: Entry, stamp: datetime, uids: set[str]) -> VEvent:
    """Return an entry as VEVENT (RFC 5545 section 3.6.1); `uids` are those of the file."""
    event, item = entry.event, VEvent()
    item.add("uid", entry.uid)
    item.add("dtstamp", stamp.replace(tzinfo=stamp.tzinfo or UTC).astimezone(UTC))
    if isinstance(entry.first, datetime) and isinstance(entry.last, datetime):
        item.add("dtstart", entry.first.replace(tzinfo=SEOUL))
        item.add("dtend", entry.last.replace(tzinfo=SEOUL))
    else:
        item.add("dtstart", entry.first)
        item.add("dtend", entry.last + timedelta(days=1))
    if entry.rrule:
        item.add("rrule", vRecur.from_ical(entry.rrule))
    item.add("summary", entry.summary)
    item.add("description", description(entry))
    if location := one_line(event.location or ""):
        item.add("location", shorten(location, SUMMARY))
    item.add("categories", [KINDS[event.kind]])
    item.add("color", COLORS[event.kind])
    item.add("status", "TENTATIVE" if entry.tentative else "CONFIRMED")
    item.add("transp", "OPAQUE" if entry.busy else "TRANSPARENT")
    item.add("x-microsoft-cdo-busystatus", "BUSY" if entry.busy else "FREE")
    if event.parent in uids and event.parent != entry.uid:
        item.add("related-to", event.parent, parameters={"RELTYPE": "PARENT"})
    return item
