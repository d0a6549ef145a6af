"""What a calendar entry keeps of its event, so that the event can be found again in a later report.

A summary and days are not enough to know an event again that a later report words otherwise. Its
office, the headings above it, the expression in its line and its whole period stand in a property
of their own; the line itself is quoted in the description.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date

from calendarize.events.kinds import session_in
from calendarize.events.model import Event, Source
from calendarize.export.text import one_line
from calendarize.timex.recurrence import Rule
from calendarize.timex.values import (
    Day,
    Interval,
    Recurring,
    Undated,
    Value,
    Within,
    as_day,
    last_day,
)

KEPT = "X-CALENDARIZE-EVENT"
_QUOTED = re.compile(r"^원문: (.*)$", re.MULTILINE)
_PLACE = re.compile(r"^출처: (.*) (\d+)행$", re.MULTILINE)


def kept_of(event: Event) -> str:
    """Return what is kept of an event, as JSON without backslashes; `event_of` reads it."""
    first, last = as_day(event.start), last_day(event.value)
    told = {
        "title": _plain(event.title),
        "kind": event.kind,
        "department": _plain(event.department or ""),
        "unit": _plain(event.unit or ""),
        "section": [_plain(heading) for heading in event.section],
        "text": _plain(event.source.text),
        "first": first.isoformat() if first else "",
        "last": last.isoformat() if last else "",
        "about": event.approximate,
        "rule": event.rrule,
    }
    known = {name: value for name, value in told.items() if value}
    return json.dumps(known, ensure_ascii=False, separators=(",", ":"))


def _plain(text: str) -> str:
    return one_line(text).replace('"', "”")


def event_of(uid: str, kept: str, description: str) -> Event | None:
    """Return the event of what was kept of it; `None` where that is not what `kept_of` writes."""
    quoted, place = _QUOTED.search(description), _PLACE.search(description)
    try:
        told = json.loads(kept)
        return Event(
            uid=uid,
            title=told["title"],
            value=_value(told),
            kind=told["kind"],
            department=told.get("department"),
            source=Source(
                place[1] if place else "",
                int(place[2]) if place else 0,
                told.get("text", ""),
                quoted[1] if quoted else told["title"],
            ),
            unit=told.get("unit"),
            session=session_in(told["title"]),
            section=tuple(told.get("section", ())),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _value(told: Mapping[str, str]) -> Value:
    if "rule" in told:
        return Recurring(Rule.parse(told["rule"]))
    first, last = (
        date.fromisoformat(told[bound]) if bound in told else None for bound in ("first", "last")
    )
    if first is None or last is None:
        open_side = Interval(Day(first) if first else None, Day(last) if last else None)
        return open_side if first or last else Undated(told.get("text", ""))
    if told.get("about"):
        return Within(first, last)
    return Day(first) if first == last else Interval(Day(first), Day(last))
