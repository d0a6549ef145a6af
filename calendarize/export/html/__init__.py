"""One HTML file that needs nothing but a browser: timeline, list, filters, calendar file.

The list is plain HTML and can be read without any script. What the script needs beside it (where
to draw, what to filter by, the lines of the calendar file) stands in the page as JSON. The page's
policy lets nothing in from outside and runs only the script and style that are written here, so
that no text of a report can become either.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from importlib.resources import files
from typing import Any

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from calendarize.events.model import DOUBT, Event, Source
from calendarize.export import ical
from calendarize.export.colors import COLORS
from calendarize.export.entries import Entry
from calendarize.export.html.pieces import Piece, pieces_of, pieces_told
from calendarize.export.moved import moved_from, moves
from calendarize.export.options import Options, horizon_of, title_of
from calendarize.export.text import belonging, readable
from calendarize.export.timeline import Row, Section, period, rows_of, summary
from calendarize.export.words import CANCELLED, KINDS, MARKS, STATUSES, day_words, standing, when
from calendarize.report.canonical import one_form
from calendarize.timex.values import month_end
from calendarize.timex.workdays import public_holidays

_EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Item:
    """An event with all that the page shows of it.

    `older` is where it stood in older reports; `notes` tell how it stands in the calendar.
    """

    row: Row
    section: Section
    title: str
    pieces: tuple[Piece, ...]
    older: tuple[Piece, ...]
    notes: tuple[str, ...]
    quote: tuple[tuple[str, bool], ...]


def render(events: Sequence[Event], options: Options) -> bytes:
    """Return the page as UTF-8. The same events and options give the same bytes."""
    options = replace(options, horizon=horizon_of(events, options))
    calendar = ical.parts(events, options)
    items = list(_items(events, options, calendar))
    title = _line(options.calendar_name or title_of(events))
    style = Markup(asset("page.css") + "\n".join(_colors()))
    scripts = [Markup(asset("timeline.js")), Markup(asset("page.js"))]
    sections: defaultdict[Section, list[tuple[int, Item]]] = defaultdict(list)
    for at, item in enumerate(items):
        sections[item.section].append((at, item))
    page = environment().from_string(asset("page.html"))
    return page.render(
        policy=policy(style, scripts),
        style=style,
        scripts=scripts,
        title=title,
        department=_line(title_of(events)),
        today=day_words(options.today),
        period=period(events, options),
        summary=summary(events),
        sections=sections.items(),
        choices=_choices(items, options),
        many=len({e.department for e in events}) > 1,
        data=_data(title, items, calendar, events, options),
        status=lambda item: item.row.event.status(options.today),
        line=_line,
        last=_last,
        older=any(item.older for item in items),
        moved_from=moved_from,
        DOUBT=DOUBT,
        KINDS=KINDS,
        STATUSES=STATUSES,
        MARKS=MARKS,
        standing=lambda item: " ".join(standing(item.row.event, options.today)),
    ).encode()


def marked(source: Source) -> Iterator[tuple[str, bool]]:
    """Split the quote of a source into stretches, true where the expression that was read stands.

    A source does not tell which of several equal expressions was meant: each is marked. Where the
    quote does not hold it (it was cut, or stood in another cell), the expression comes first.
    """
    quote, text = _line(source.quote), _line(source.text)
    words = r"\s*".join(map(re.escape, one_form(text).split()))
    found = [*re.finditer(rf"(?<!\d){words}(?!\d)", one_form(quote))] if words else []
    if not found and text:
        yield text, True
        yield f" … {quote}" if quote else "", False
        return
    at = 0
    for match in found:
        yield quote[at : match.start()], False
        yield quote[match.start() : match.end()], True
        at = match.end()
    yield quote[at:], False


def _items(events: Sequence[Event], options: Options, calendar: ical.Parts) -> Iterator[Item]:
    placed: defaultdict[int, list[Entry]] = defaultdict(list)
    for entry, _ in calendar.entries:
        placed[id(entry.event)].append(entry)
    for section, rows in rows_of(events, options).items():
        for row in rows:
            event = row.event
            entries = placed[id(event)]
            yield Item(
                row=row,
                section=section,
                title=_line(event.title) or f"({KINDS[event.kind]})",
                pieces=pieces_of(event, entries, horizon_of(events, options)),
                older=tuple(p for old, _ in moves(event) for p in pieces_told(old.value)),
                notes=tuple(dict.fromkeys(entry.note for entry in entries if entry.note)),
                quote=tuple(marked(_own(event))),
            )


def _own(event: Event) -> Source:
    """Return where an event was read, quoting what belongs to it."""
    source = event.source
    return replace(source, quote=belonging(source.quote, source.text, event.title))


def _data(
    title: str,
    items: Sequence[Item],
    calendar: ical.Parts,
    events: Sequence[Event],
    options: Options,
) -> dict[str, Any]:
    """Return what the script reads; days are counted from 1970-01-01."""
    firsts = [p.first for i in items for p in i.pieces]
    lasts = [p.last for i in items for p in i.pieces]
    first, last = min(firsts, default=options.today), max(lasts, default=options.today)
    today_seen = first <= options.today <= last
    horizon = horizon_of(events, options)
    focus = options.first or (options.today if today_seen else horizon[0])
    return {
        "title": title,
        "today": _number(options.today),
        "focus": _number(focus),
        "first": _number(first),
        "last": _number(last),
        "holidays": list(map(_number, public_holidays(first.year, last.year))),
        "events": [_drawn(item, options) for item in items],
        "calendar": _calendar(items, calendar, events, options),
    }


def _drawn(item: Item, options: Options) -> dict[str, Any]:
    event = item.row.event
    status = event.status(options.today)
    doubt = f" ⚠{DOUBT}" if event.is_doubtful else ""
    known = f"{KINDS[event.kind]}, {standing(event, options.today)[1]}"
    called_off = f" ×{CANCELLED}" if event.cancelled else ""
    return {
        "label": item.title + called_off + doubt,
        "words": f"{_line(when(event))} {item.title} ({known}){doubt}",
        "kind": event.kind,
        "status": status,
        "department": _line(event.department or ""),
        "unit": _line(event.unit or ""),
        "yearRound": item.section.year_round,
        "pieces": [_piece(piece) for piece in item.pieces],
        "older": [_piece(piece) for piece in item.older],
    } | ({"cancelled": True} if event.cancelled else {})


def _piece(piece: Piece) -> dict[str, Any]:
    told: dict[str, Any] = {"first": _number(piece.first), "last": _number(piece.last)}
    return (
        told
        | ({"rough": True} if piece.rough else {})
        | ({"open": piece.open} if piece.open else {})
    )


def _calendar(
    items: Sequence[Item], calendar: ical.Parts, events: Sequence[Event], options: Options
) -> dict[str, Any]:
    """Return the pieces of the calendar file.

    What is chosen of one department is a calendar of its name, as when it is asked for alone:
    `departments` has the lines that then stand for `begin`.
    """
    at = {id(item.row.event): number for number, item in enumerate(items)}
    uids = {entry.uid for entry, _ in calendar.entries}
    alone: defaultdict[str, list[Event]] = defaultdict(list)
    for event in events:
        alone[_line(event.department or "")].append(event)
    return {
        "begin": calendar.begin.decode(),
        "departments": {name: ical.begin(those, options).decode() for name, those in alone.items()},
        "zone": calendar.zone.decode(),
        "end": calendar.end.decode(),
        "entries": [
            {
                "event": at[id(entry.event)],
                "uid": entry.uid,
                "timed": entry.timed,
                "tentative": entry.tentative,
                "parent": entry.event.parent if entry.event.parent in uids else None,
                "text": text.decode(),
            }
            for entry, text in calendar.entries
        ],
    }


def _choices(items: Sequence[Item], options: Options) -> dict[str, Any]:
    """Return what there is to choose among: departments with their units, kinds, statuses."""
    events = [item.row.event for item in items]
    units: defaultdict[str, set[str]] = defaultdict(set)
    for event in events:
        units[_line(event.department or "")] |= {_line(event.unit)} if event.unit else set()
    return {
        "departments": [(name, sorted(units[name])) for name in sorted(units)],
        "kinds": [kind for kind in KINDS if any(e.kind == kind for e in events)],
        "statuses": [s for s in STATUSES if any(e.status(options.today) == s for e in events)],
    }


def _colors() -> Iterator[str]:
    """Yield the style of the kinds: in the colours that they have in a calendar."""
    for kind, color in COLORS.items():
        yield f".{kind} {{ --kind: {color}; }}"


def policy(style: str, scripts: Sequence[str]) -> str:
    """Return the page's Content-Security-Policy: its own style and scripts, nothing else."""
    directives = (
        "default-src 'none'",
        f"script-src {' '.join(map(_hash, scripts))}",
        f"style-src {_hash(style)}",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
    return "; ".join(directives)


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def asset(name: str) -> str:
    """Return the text of a file that pages are made of."""
    return files(__name__).joinpath(name).read_text(encoding="utf-8")


def environment() -> Environment:
    """Return the templates' environment: everything is escaped, nothing may be undefined."""
    found = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    found.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    return found


def _line(text: str) -> str:
    return readable(text).replace("\n", " ")


def _last(section: Section) -> int:
    """Return the last day of a section's quarter, of its year where it lasts all year."""
    return _number(month_end(section.year, 3 * min(section.quarter, 4)))


def _number(day: date) -> int:
    return day.toordinal() - _EPOCH
