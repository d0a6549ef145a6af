"""JSON and JSON Lines for programs; the models below are the promise of the keys."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, PrivateAttr

from calendarize.events.model import (
    Alternative,
    Event,
    Kind,
    Session,
    SessionType,
    Source,
    Status,
    Telling,
)
from calendarize.export.entries import entries
from calendarize.export.options import Options
from calendarize.export.words import runs
from calendarize.timex.recurrence import Rule
from calendarize.timex.values import (
    KST,
    Bound,
    Day,
    Interval,
    Moment,
    Point,
    Precision,
    Recurring,
    Several,
    Undated,
    Value,
    Within,
    as_day,
    is_exact,
)


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

    start: date | datetime | None
    end: date | datetime | None
    day: date | None
    source: SourceRecord


class AlternativeRecord(_Record):
    """Another time that an event may have: its bounds as those of the event, and why, in Korean."""

    start: date | datetime | None
    end: date | datetime | None
    approximate: bool
    reasons: list[str]


class EventRecord(_Record):
    """One event. `start` and `end` are inclusive: a day, or a clock time with offset, or open.

    `confidence` (0 to 1) is how sure its time is; it is `doubtful` where that is too little, or
    something in the report contradicts it (`warnings`). `alternatives` are the next best times,
    `unsure` tells why there are such, in Korean. `cancelled`: the report says that it does not take
    place.
    `reasons` tell what decided a time not written in full, `history` older tellings, newest first.
    `quote` is the sentence or row in which it was read. Clock times are those of Asia/Seoul.
    """

    uid: str
    title: str
    start: date | datetime | None
    end: date | datetime | None
    all_day: bool
    precision: Precision | None
    approximate: bool
    rrule: str | None
    dates: list[date]
    values: list[tuple[date | datetime | None, date | datetime | None]] | None = None
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
    confidence: float = 1.0
    doubtful: bool = False
    alternatives: list[AlternativeRecord] = []
    unsure: str = ""
    cancelled: bool = False
    reasons: list[str]
    history: list[TellingRecord]
    quote: str = ""

    _event: Event | None = PrivateAttr(default=None)
    _report_date: date | None = PrivateAttr(default=None)

    @property
    def report_date(self) -> date | None:
        """The date of the report it was read in; `None` where the record comes from JSON."""
        return self._report_date

    @property
    def event(self) -> Event:
        """What renderers take; made anew where the record comes from JSON."""
        return self._event or _restored(self)


class Document(_Record):
    """The whole of `--format json`."""

    events: list[EventRecord]


def render(events: Sequence[Event], options: Options) -> str:
    """Return `{"events": [...]}`, indented."""
    return written(record(event, options.today) for event in events)


def render_lines(events: Sequence[Event], options: Options) -> str:
    """Return JSON Lines: one event a line."""
    return written_lines(record(event, options.today) for event in events)


def written(records: Iterable[EventRecord]) -> str:
    """Return records as `{"events": [...]}`, indented."""
    return _dumps({"events": list(map(_keys, records))}, indent=2)


def written_lines(records: Iterable[EventRecord]) -> str:
    """Return records as JSON Lines."""
    return "".join(_dumps(_keys(each)) for each in records)


def record(event: Event, today: date, report_date: date | None = None) -> EventRecord:
    """Return the record of an event; `today` judges its status."""
    start, end, session = event.start, event.end, event.session
    made = EventRecord(
        uid=event.uid,
        title=event.title,
        start=_bound(start),
        end=_bound(end),
        all_day=not isinstance(start, datetime) and not isinstance(end, datetime),
        precision=event.precision,
        approximate=event.approximate,
        rrule=event.rrule,
        dates=list(_dates(event, today)),
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
        confidence=round(event.confidence, 4),
        doubtful=event.is_doubtful,
        alternatives=[_alternative(other) for other in event.alternatives],
        unsure=event.unsure,
        cancelled=event.cancelled,
        reasons=list(event.reasons),
        history=[_telling(told) for told in event.history],
        quote=event.source.quote,
    )
    made._event, made._report_date = event, report_date
    return made


def _restored(record: EventRecord) -> Event:
    """Return the event that a record tells of."""
    told, source = record.session, record.source
    return Event(
        record.uid,
        record.title,
        _value(record),
        record.kind,
        record.department,
        Source(source.report, source.line, source.text, record.quote),
        unit=record.unit,
        session=Session(told.number, told.type) if told else None,
        location=record.location,
        description=record.description,
        section=tuple(record.section),
        parent=record.parent,
        dates=tuple(record.dates),
        confidence=record.confidence,
        alternatives=tuple(map(_other, record.alternatives)),
        unsure=record.unsure,
        cancelled=record.cancelled,
    )


def _other(told: AlternativeRecord) -> Alternative:
    return Alternative(_span(told.start, told.end, told.approximate), tuple(told.reasons))


def _value(record: EventRecord) -> Value:
    if record.values:
        return Several(tuple(_span(*bounds, record.approximate) for bounds in record.values))
    if record.start is None and record.end is None:
        return Recurring(Rule.parse(record.rrule)) if record.rrule else Undated(record.source.text)
    span = _span(record.start, record.end, record.approximate)
    return Recurring(Rule.parse(record.rrule), span, record.precision) if record.rrule else span


def _span(start: Bound, end: Bound, approximate: bool) -> Point | Interval:
    first, last = as_day(start), as_day(end)
    if approximate and first and last:
        return Within(first, last)
    points = [_point(bound) for bound in (start, end)]
    whole = points[0] if points[0] == points[1] else None
    return whole or Interval(points[0], points[1])


def _point(bound: Bound) -> Point | None:
    if isinstance(bound, datetime):
        return Moment(bound.replace(tzinfo=None))
    return Day(bound) if bound else None


def _source(source: Source) -> SourceRecord:
    return SourceRecord(report=source.report, line=source.line, text=source.text)


def _alternative(other: Alternative) -> AlternativeRecord:
    start, end = map(_bound, other.value.bounds())
    rough = not is_exact(other.value)
    return AlternativeRecord(start=start, end=end, approximate=rough, reasons=list(other.reasons))


def _telling(told: Telling) -> TellingRecord:
    start, end = map(_bound, told.value.bounds())
    return TellingRecord(start=start, end=end, day=told.day, source=_source(told.source))


def _keys(record: EventRecord) -> dict[str, Any]:
    """Return the keys of a record; `values` stands only where one expression names several."""
    return record.model_dump(mode="json", exclude=None if record.values else {"values"})


def _dumps(data: object, indent: int | None = None) -> str:
    return json.dumps(data, ensure_ascii=False, indent=indent) + "\n"


def _bound(bound: Bound) -> Bound:
    return bound.replace(tzinfo=KST) if isinstance(bound, datetime) else bound


def bound_text(bound: Bound) -> str | None:
    """Write a bound as JSON has it: a day, or a clock time with offset; `None` is open."""
    at = _bound(bound)
    return at.isoformat() if at is not None else None


def _values(event: Event) -> list[tuple[Bound, Bound]] | None:
    if not isinstance(event.value, Several):
        return None
    bounds = (value.bounds() for value in event.value.values)
    return [(_bound(start), _bound(end)) for start, end in bounds]


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
