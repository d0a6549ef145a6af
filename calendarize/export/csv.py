"""CSV as Google Calendar imports it: English headings, MM/DD/YYYY, inclusive ends.

The format knows no rules: what repeats is written out, an instance a row.
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
from calendarize.export.options import Options
from calendarize.export.text import one_line, shorten

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
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")


def render(events: Sequence[Event], options: Options) -> bytes:
    """Return the events as UTF-8 CSV without a byte order mark, a row an entry."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADINGS)
    for entry in entries(events, options):
        writer.writerows(map(_row, _written_out(entry)))
    return out.getvalue().encode()


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
