"""The sessions of a council as a table: number, kind, days, and what belongs to each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from calendarize.events.beside import days_of
from calendarize.events.kinds import composition
from calendarize.events.model import Event, Kind
from calendarize.export.moved import moved_from
from calendarize.export.table import fitted
from calendarize.export.text import one_line
from calendarize.export.words import KINDS, when
from calendarize.mentions.words import SESSION
from calendarize.timex.values import as_day, last_day

_PARTS: tuple[Kind, ...] = ("sitting", "question", "audit")
HEADINGS = ("회기", "기간", "일수", "내용")


def session_table(events: Sequence[Event], width: int) -> str:
    """Return the sessions in order of time, a row each; an empty text where there are none.

    What belongs to a session stands beside it a line each, wrapped to fit `width` columns.
    """
    sessions = [e for e in events if e.kind == "session" and e.session is not None]
    rows = [_row(session, [e for e in events if e.parent == session.uid]) for session in sessions]
    if not rows:
        return ""
    return fitted(HEADINGS, rows, width, rigid=3)


def _row(session: Event, parts: Sequence[Event]) -> list[str]:
    start, end = as_day(session.start), last_day(session.value)
    year = start.year if start else None
    days = f"{(end - start).days + 1}일" if start and end and not session.approximate else ""
    told = (
        (KINDS[kind], _told(session, kind, [e for e in parts if e.kind == kind], year))
        for kind in _PARTS
    )
    lines = [f"{name} {days}" for name, days in told if days]
    lines += _notes(session, parts, year)
    cells = (str(session.session), when(session), days)
    return [*map(one_line, cells), "\n".join(map(one_line, lines))]


def _told(session: Event, kind: Kind, parts: Sequence[Event], year: int | None) -> str:
    """Return when the parts of a kind are; days that lie in another's period are not repeated."""
    spans = {id(e): _days(e) for e in parts}
    alone = [e for e in parts if not any(spans[id(e)] < spans[id(o)] for o in parts)]
    counts = dict(composition(session.source.quote))
    counted = f"{counts[KINDS[kind]]}일" if KINDS[kind] in counts else ""
    return ", ".join(dict.fromkeys(when(e, year) for e in alone)) or counted


def _days(event: Event) -> frozenset[date]:
    day = as_day(event.start)
    return frozenset(days_of(event.value) or ([day] if day else []))


def _notes(session: Event, parts: Sequence[Event], year: int | None) -> list[str]:
    """Return from where a session moved, what else belongs to it, what is doubtful about it."""
    others = (
        f"{SESSION.sub('', e.title, count=1).strip() or e.title} {when(e, year)} "
        f"{moved_from(e, year)}".rstrip()
        for e in parts
        if e.kind not in _PARTS and not (e.title.endswith("집회일") and e.start == session.start)
    )
    moved = filter(None, (moved_from(session, year),))
    return [*moved, *(f"⚠ {doubt}" for doubt in session.doubts), *others]
