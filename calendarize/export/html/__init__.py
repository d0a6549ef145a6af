"""One self-contained page: a timeline to look at, a list to read, a calendar to take along.

The list stands in the page itself, so that it can be read, searched and printed without any
script; the script draws the timeline, filters, and hands out the chosen events as the calendar
file that `ical` made of them. Nothing is fetched: a strict Content-Security-Policy allows only
the style and script of the page, by their hashes.
"""

from __future__ import annotations

import base64
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, get_args

from calendarize.events.model import Event, Status
from calendarize.export.entries import entries
from calendarize.export.ical import COLORS, document, items
from calendarize.export.options import Options, horizon_of, title_of
from calendarize.export.table import chronological
from calendarize.export.text import one_line
from calendarize.export.timeline import section_of
from calendarize.export.words import KINDS, MARKS, STATUSES, day_words, when
from calendarize.timex.values import (
    Interval,
    Recurring,
    Several,
    Undated,
    Value,
    as_day,
    is_exact,
    last_day,
)


@dataclass(frozen=True, slots=True)
class Row:
    """An event of the list: what the page shows of it, all of it text."""

    id: str
    when: str
    title: str
    kind: str
    kind_name: str
    status: str
    status_name: str
    mark: str
    department: str
    unit: str
    location: str
    quote: tuple[str, str, str]
    source: str
    section: str
    warnings: tuple[str, ...]
    reasons: tuple[str, ...]


def render(events: Sequence[Event], options: Options) -> str:
    """Return the page; the same events and options give the same text."""
    ordered = sorted(events, key=chronological)
    horizon = horizon_of(events, options)
    year = horizon[0].year
    ids = {id(event): f"e{at}" for at, event in enumerate(ordered)}
    sections: defaultdict[str, list[Row]] = defaultdict(list)
    placed = sorted(ordered, key=lambda e: section_of(e.value, e.year or year))
    for event in placed:
        section = section_of(event.value, event.year or year)
        sections[section.heading()].append(_row(event, ids[id(event)], section.year, options.today))
    style, script = _asset("style.css"), _asset("view.js")
    page: str = _template().render(
        title=options.calendar_name or f"{title_of(events)} {year}",
        today=day_words(options.today),
        policy=_policy(style, script),
        style=style,
        script=script,
        sections=sections,
        departments=sorted({row.department for rows in sections.values() for row in rows} - {""}),
        kinds={kind: KINDS[kind] for kind in KINDS if any(e.kind == kind for e in events)},
        statuses={status: STATUSES[status] for status in get_args(Status)},
        total=len(events),
        approximate=sum(e.approximate and not isinstance(e.value, Undated) for e in events),
        doubtful=sum(bool(e.warnings) for e in events),
        data={
            **_data(ordered, ids, options),
            "horizon": [day.isoformat() for day in horizon],
            "today": options.today.isoformat(),
        },
    )
    return page


def _row(event: Event, name: str, year: int, today: date) -> Row:
    status, source = event.status(today), event.source
    return Row(
        id=name,
        when=one_line(when(event, year)),
        title=one_line(event.title) or f"({KINDS[event.kind]})",
        kind=event.kind,
        kind_name=KINDS[event.kind],
        status=status,
        status_name=STATUSES[status],
        mark=MARKS[status],
        department=one_line(event.department or ""),
        unit=one_line(event.unit or ""),
        location=one_line(event.location or ""),
        quote=_highlighted(one_line(source.quote), one_line(source.text)),
        source=f"{one_line(source.report)} {source.line}행",
        section=" › ".join(map(one_line, event.section)),
        warnings=tuple(map(one_line, event.warnings)),
        reasons=tuple(map(one_line, event.reasons)),
    )


def _highlighted(quote: str, expression: str) -> tuple[str, str, str]:
    """Split a quote at its expression, so that a reader sees what was read."""
    before, found, after = quote.partition(expression)
    return (before, found, after) if found else ("", expression, f" {quote}".rstrip())


def _data(events: Sequence[Event], ids: dict[int, str], options: Options) -> dict[str, Any]:
    """Return what the script needs: where to draw each event, and its calendar entries.

    Each entry has its place in the calendar file, so that any choice of them keeps the order.
    """
    written: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    placed = zip(entries(events, options), items(events, options), strict=True)
    for at, (entry, item) in enumerate(placed):
        written[id(entry.event)].append((at, item.raw.decode()))
    empty = document((), events, options).decode()
    begin, end = empty.index("BEGIN:VTIMEZONE"), empty.index("END:VCALENDAR")
    return {
        "events": [
            {
                "id": ids[id(event)],
                "title": one_line(event.title),
                "kind": event.kind,
                "color": COLORS[event.kind],
                "spans": list(_spans(event)),
                "ics": written[id(event)],
            }
            for event in events
        ],
        "calendar": {"head": empty[:begin], "zone": empty[begin:end], "end": empty[end:]},
    }


def _spans(event: Event) -> Iterable[dict[str, Any]]:
    """Yield the periods to draw: first and last day inclusive, how exact, which side is open."""
    if event.dates:
        for day in event.dates:
            yield {"first": day.isoformat(), "last": day.isoformat(), "sort": "exact"}
        return
    parts: Sequence[Value] = (event.value,)
    if isinstance(event.value, Several):
        parts = event.value.values
    for value in parts:
        if isinstance(value, Undated | Recurring):
            continue
        start, end = as_day(value.bounds()[0]), last_day(value)
        if first := start or end:
            span = {"first": first.isoformat(), "last": (end or first).isoformat()}
            span["sort"] = "exact" if is_exact(value) else "inexact"
            if isinstance(value, Interval) and None in (start, end):
                span["open"] = "start" if start is None else "end"
            yield span


def _policy(style: str, script: str) -> str:
    return (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


@cache
def _asset(name: str) -> str:
    return files(__name__).joinpath(name).read_text(encoding="utf-8")


@cache
def _template() -> Any:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(_asset("page.html.jinja"))
