"""CSV: as Google Calendar imports it, and as a table for Excel.

Google wants English headings, MM/DD/YYYY and inclusive ends, and knows no rules: what repeats
is written out, an instance a row. The table has Korean headings, an event a row, and a byte
order mark, without which Excel takes UTF-8 for the code page of the machine.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime

from calendarize.events.model import Event
from calendarize.export.describe import description
from calendarize.export.entries import SUMMARY, Entry, entries
from calendarize.export.moved import moved_from
from calendarize.export.options import Options
from calendarize.export.table import chronological
from calendarize.export.text import belonging, one_line, shorten
from calendarize.export.words import KINDS, standing, when
from calendarize.timex.values import Bound

HEADINGS = (
    "Subject",
    "Start Date",
    "Start Time",
    "End Date",
    "End Time",
    "All Day Event",
    "Description",
    "Location",
    "Private",
)
COLUMNS = (
    "시작",
    "종료",
    "시기",
    "제목",
    "구분",
    "상태",
    "부서",
    "팀",
    "회기",
    "장소",
    "바뀐 것",
    "주의",
    "출처",
    "원문",
)
"""Headings of the table for Excel; 종료 is the last day, 시기 the date as a reader writes it."""
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")


def render(events: Sequence[Event], options: Options) -> bytes:
    """Return the events as UTF-8 CSV without a byte order mark, a row an entry."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADINGS)
    for entry in entries(events, options):
        writer.writerows(map(_row, _written_out(entry)))
    return out.getvalue().encode()


def render_table(events: Sequence[Event], options: Options) -> bytes:
    """Return the events as UTF-8 CSV with a byte order mark for Excel, in order of time."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for event in sorted(events, key=chronological):
        writer.writerow(map(guarded, map(one_line, _cells(event, options.today))))
    return out.getvalue().encode("utf-8-sig")


def _cells(event: Event, today: date) -> tuple[str, ...]:
    source = event.source
    return (
        _bound(event.start),
        _bound(event.end),
        when(event),
        event.title,
        KINDS[event.kind],
        standing(event, today)[1],
        event.department or "",
        event.unit or "",
        str(event.session or ""),
        event.location or "",
        moved_from(event),
        " / ".join(event.doubts),
        f"{source.report} {source.line}행",
        belonging(source.quote, source.text, event.title) or source.text,
    )


def _bound(bound: Bound) -> str:
    """Write a bound as Excel reads dates in any locale."""
    return f"{bound:%Y-%m-%d %H:%M}" if isinstance(bound, datetime) else str(bound or "")


def guarded(cell: str) -> str:
    """Return a cell that Excel does not take for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _written_out(entry: Entry) -> Iterator[Entry]:
    if not entry.instances:
        yield entry
    for day in entry.instances:
        if isinstance(entry.first, datetime) and isinstance(entry.last, datetime):
            start = datetime.combine(day, entry.first.time())
            end = start + (entry.last - entry.first)
            yield replace(entry, first=start, last=end, instances=())
        else:
            yield replace(entry, first=day, last=day, instances=())


def _row(entry: Entry) -> list[str]:
    cells = (
        entry.summary,
        f"{entry.first:%m/%d/%Y}",
        _clock(entry.first),
        f"{entry.last:%m/%d/%Y}",
        _clock(entry.last),
        str(not entry.timed),
        description(entry),
        shorten(one_line(entry.event.location or ""), SUMMARY),
        "False",
    )
    return [guarded(cell) for cell in cells]


def _clock(at: date) -> str:
    """Write a clock time as Google wants it, whatever the locale: `10:00 AM`."""
    if not isinstance(at, datetime):
        return ""
    return f"{at.hour % 12 or 12}:{at.minute:02} {'AM' if at.hour < 12 else 'PM'}"
