"""JSON and JSON Lines for programs; the models below are the promise of the keys."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict

from calendarize.events.model import Event, Kind, SessionType, Source, Status, Telling
from calendarize.export.entries import entries
from calendarize.export.options import Options
from calendarize.export.words import runs
from calendarize.timex.values import Bound, Day, Precision, Recurring, Several


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SessionRecord(_Record):
    """A council session."""

    number: int
    type: SessionType | None


class SourceRecord(_Record):
    """Where an event was read: the report, its 1-based line, the expression as it stands."""

    report: str
    line: int
    text: str


class TellingRecord(_Record):
    """An older telling of an event: the time it gave, and the day of its report."""

    start: str | None
    end: str | None
    day: date | None
    source: SourceRecord


class EventRecord(_Record):
    """One event. `start` and `end` are inclusive: a day, or a clock time with offset, or open.

    `reasons` tell what decided a time not written in full, `history` older tellings, newest first.
    """

    uid: str
    title: str
    start: str | None
    end: str | None
    all_day: bool
    precision: Precision | None
    approximate: bool
    rrule: str | None
    dates: list[str]
    values: list[tuple[str | None, str | None]] | None = None
    kind: Kind
    status: Status
    department: str | None
    unit: str | None
    session: SessionRecord | None
    location: str | None
    description: str
    section: list[str]
    source: SourceRecord
    parent: str | None
    warnings: list[str]
    reasons: list[str]
    history: list[TellingRecord]


class Document(_Record):
    """The whole of `--format json`."""

    events: list[EventRecord]


def render(events: Sequence[Event], options: Options) -> str:
    """Return `{"events": [...]}`, indented."""
    return _dumps({"events": [_keys(e, options.today) for e in events]}, indent=2)


def render_lines(events: Sequence[Event], options: Options) -> str:
    """Return JSON Lines: one event a line."""
    return "".join(_dumps(_keys(e, options.today)) for e in events)


def record(event: Event, today: date) -> EventRecord:
    """Return the record of an event; `today` judges its status."""
    start, end, session = event.start, event.end, event.session
    return EventRecord(
        uid=event.uid,
        title=event.title,
        start=bound_text(start),
        end=bound_text(end),
        all_day=not isinstance(start, datetime) and not isinstance(end, datetime),
        precision=event.precision,
        approximate=event.approximate,
        rrule=event.rrule,
        dates=[day.isoformat() for day in _dates(event, today)],
        values=_values(event),
        kind=event.kind,
        status=event.status(today),
        department=event.department,
        unit=event.unit,
        session=SessionRecord(number=session.number, type=session.type) if session else None,
        location=event.location,
        description=event.description,
        section=list(event.section),
        source=_source(event.source),
        parent=event.parent,
        warnings=list(event.warnings),
        reasons=list(event.reasons),
        history=[_telling(told) for told in event.history],
    )


def _source(source: Source) -> SourceRecord:
    return SourceRecord(report=source.report, line=source.line, text=source.text)


def _telling(told: Telling) -> TellingRecord:
    start, end = map(bound_text, told.value.bounds())
    return TellingRecord(start=start, end=end, day=told.day, source=_source(told.source))


def _keys(event: Event, today: date) -> dict[str, Any]:
    """Return the keys of an event; `values` stands only where one expression names several."""
    found = record(event, today)
    return found.model_dump(mode="json", exclude=None if found.values else {"values"})


def _dumps(data: object, indent: int | None = None) -> str:
    return json.dumps(data, ensure_ascii=False, indent=indent) + "\n"


def bound_text(bound: Bound) -> str | None:
    """Write a bound as JSON has it: a day, or a clock time with offset; `None` is open."""
    if isinstance(bound, datetime):
        return f"{bound:%Y-%m-%dT%H:%M:%S}+09:00"
    return bound.isoformat() if bound else None


def _values(event: Event) -> list[tuple[str | None, str | None]] | None:
    if not isinstance(event.value, Several):
        return None
    bounds = (value.bounds() for value in event.value.values)
    return [(bound_text(start), bound_text(end)) for start, end in bounds]


def _dates(event: Event, today: date) -> Sequence[date]:
    """Return the exact days of an event where they are not simply its start to its end.

    Those of a rule only where it leaves out public holidays, of which RFC 5545 knows nothing.
    """
    if isinstance(event.value, Recurring) and event.value.skips_holidays:
        placed = entries([event], Options(today, approximate="skip"))
        return [day for entry in placed for day in entry.days]
    if event.dates:
        return sorted(set(event.dates))
    if isinstance(event.value, Several):
        days = [v.date for v in event.value.values if isinstance(v, Day)]
        gaps = len(runs(days)) > 1
        return days if gaps and len(days) == len(event.value.values) else ()
    return ()
