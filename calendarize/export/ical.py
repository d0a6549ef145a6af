"""iCalendar (RFC 5545, 7986, 9253) that every calendar program reads alike.

The `icalendar` library writes properties and escapes; around it stand the things that programs
stumble over: a fixed DTSTAMP, a VTIMEZONE of Korea without its summer times of 1987 and 1988,
whole characters at folds, and no METHOD (an import file is no invitation).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from icalendar import (
    Alarm,
    Calendar,
    Component,
    Timezone,
    TimezoneStandard,
    vDuration,
    vRecur,
    vText,
)
from icalendar import Event as VEvent

from calendarize.events.model import DOUBT, Event
from calendarize.export.colors import COLORS
from calendarize.export.contentlines import fold, unfold
from calendarize.export.describe import description
from calendarize.export.entries import SUMMARY, Entry, entries
from calendarize.export.kept import KEPT, kept_of
from calendarize.export.options import Options, horizon_of, title_of
from calendarize.export.text import one_line, shorten
from calendarize.export.words import DOUBTFUL, KINDS

PRODID = "-//calendarize//calendarize//KO"
NAMESPACE = UUID("8f4b7c52-6d0e-5f3a-9c41-2b7a4e0d1c63")
SEOUL = ZoneInfo("Asia/Seoul")


@dataclass(frozen=True, slots=True)
class Item:
    """One VEVENT of a calendar file: its UID and its content lines, folded, as bytes."""

    uid: str
    raw: bytes

    def properties(self) -> list[tuple[str, str]]:
        """Return (name with parameters, value as written) of each property, without alarms."""
        found, depth = [], 0
        for line in unfold(self.raw):
            head, value = _PROPERTY.match(line).groups()  # type: ignore[union-attr]
            depth += {"BEGIN": 1, "END": -1}.get(head, 0)
            if depth == 1 and head not in ("BEGIN", "END"):
                found.append((head, value))
        return found

    def get(self, name: str) -> str:
        """Return the value of a property as it is written, or an empty text."""
        return next((v for head, v in self.properties() if head.split(";")[0] == name), "")

    @property
    def inexact(self) -> bool:
        """True where it is tentative because no day is told, not because the day is doubtful."""
        return b"\r\nSTATUS:TENTATIVE\r\n" in self.raw and _DOUBTFUL not in self.raw

    @property
    def cancelled(self) -> bool:
        return b"\r\nSTATUS:CANCELLED\r\n" in self.raw

    @property
    def year(self) -> int:
        """The year in which the entry begins."""
        return int(self.get("DTSTART")[:4])


_DOUBTFUL = f"\r\nSUMMARY:{DOUBTFUL}".encode()
_PROPERTY = re.compile(r'^((?:[^":]|"[^"]*")*):(.*)$', re.DOTALL)


class Parts(NamedTuple):
    """A calendar in pieces, each whole lines, from which any choice of entries can be put together.

    `zone` belongs behind `begin` where an entry is timed or there is none at all (a calendar holds
    a component at least, RFC 5545 section 3.6).
    """

    begin: bytes
    zone: bytes
    entries: tuple[tuple[Entry, bytes], ...]
    end: bytes


_END = b"END:VCALENDAR\r\n"


def render(events: Sequence[Event], options: Options) -> bytes:
    """Return one VCALENDAR with the events in order of time, as UTF-8 with CRLF line ends.

    Events without any date are left out. The same events and options give the same bytes.
    """
    return document(items(events, options), events, options)


def parts(events: Sequence[Event], options: Options) -> Parts:
    """Return the pieces of the calendar of events, its entries in order of time."""
    placed = entries(events, options)
    uids = {entry.uid for entry in placed}
    written = tuple((entry, _folded(_vevent(entry, options, uids))) for entry in placed)
    return Parts(begin(events, options), _folded(_seoul()), written, _END)


def begin(events: Sequence[Event], options: Options) -> bytes:
    """Return the lines before the first component: the calendar's name, told or the events'."""
    name = options.calendar_name or f"{title_of(events)} {horizon_of(events, options)[0].year}"
    return _folded(_calendar(one_line(name), options)).removesuffix(_END)


def items(events: Sequence[Event], options: Options) -> list[Item]:
    """Return the VEVENTs of events in order of time."""
    return [Item(entry.uid, raw) for entry, raw in parts(events, options).entries]


def document(found: Sequence[Item], events: Sequence[Event], options: Options) -> bytes:
    """Return a VCALENDAR that holds VEVENTs as they are, with the time zone that they need."""
    timed = not found or any(b";TZID=" in item.raw for item in found)
    zone = _folded(_seoul()) if timed else b""
    return b"".join((begin(events, options), zone, *(item.raw for item in found), _END))


def _folded(component: Component) -> bytes:
    return b"".join(fold(str(line)) for line in component.content_lines() if line)


def _calendar(name: str, options: Options) -> Calendar:
    """Return an empty calendar; Outlook knows it again by X-WR-RELCALID (MS-OXCICAL).

    Its colour is a CSS3 name (RFC 7986 section 5.9); Apple wants it in hexadecimal digits. How
    often to look again is REFRESH-INTERVAL (section 5.7); Outlook reads X-PUBLISHED-TTL.
    """
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODID)
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", vText(name))  # icalendar would not escape a plain string here
    calendar.add("x-wr-calname", vText(name))
    calendar.add("x-wr-timezone", SEOUL.key)
    calendar.add("x-wr-relcalid", str(uuid5(NAMESPACE, name)))
    if options.calendar_color is not None:
        from webcolors import name_to_hex

        calendar.add("color", options.calendar_color)
        calendar.add("x-apple-calendar-color", name_to_hex(options.calendar_color))
    if options.refresh is not None:
        interval = vDuration(options.refresh)
        calendar.add("refresh-interval", interval, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", interval)
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


def _vevent(entry: Entry, options: Options, uids: set[str]) -> VEvent:
    """Return an entry as VEVENT (RFC 5545 section 3.6.1); `uids` are those of the file."""
    event, item, stamp = entry.event, VEvent(), options.stamp
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
    if entry.excluded:
        item.add("exdate", _at_its_time(entry), {} if entry.timed else _DATES)
    item.add("summary", entry.summary)
    item.add("description", description(entry))
    if location := one_line(event.location or ""):
        item.add("location", shorten(location, SUMMARY))
    item.add("categories", [KINDS[event.kind], *([DOUBT] if event.is_doubtful else [])])
    item.add("color", COLORS[event.kind])
    item.add("status", _status(entry))
    item.add("transp", "OPAQUE" if entry.busy else "TRANSPARENT")
    item.add("x-microsoft-cdo-busystatus", _busy_status(entry))
    if event.parent in uids and event.parent != entry.uid:
        item.add("related-to", event.parent, parameters={"RELTYPE": "PARENT"})
    item.add("x-calendarize-report", one_line(event.source.report))
    item.add(KEPT, vText(kept_of(event), params={"VALUE": "TEXT"}))
    if event.is_doubtful:
        item.add("x-calendarize-confidence", f"{event.confidence:.2f}")
    for ahead in () if entry.tentative or event.cancelled else options.alarms:
        item.add_component(_alarm(entry.summary, ahead))
    return item


def _status(entry: Entry) -> str:
    """Return how sure an entry is (RFC 5545 section 3.8.1.11)."""
    if entry.event.cancelled:
        return "CANCELLED"
    return "TENTATIVE" if entry.tentative or entry.event.is_doubtful else "CONFIRMED"


def _busy_status(entry: Entry) -> str:
    """Return how Outlook shows the reader's time: a doubtful sitting hatched (MS-OXCICAL)."""
    if not entry.busy:
        return "FREE"
    return "TENTATIVE" if entry.event.is_doubtful else "BUSY"


_DATES = {"VALUE": "DATE"}


def _at_its_time(entry: Entry) -> list[date]:
    """Return the excluded days as EXDATE needs them: in the form of DTSTART (3.8.5.1)."""
    if not isinstance(entry.first, datetime):
        return list(entry.excluded)
    clock = entry.first.time()
    return [datetime.combine(day, clock, SEOUL) for day in entry.excluded]


def _alarm(summary: str, ahead: timedelta) -> Alarm:
    """Return a reminder so long before the start of an entry (RFC 5545 section 3.6.6)."""
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", -ahead)
    return alarm
