"""The sessions of a council as a table: number, kind, days, and what belongs to each."""

from __future__ import annotations

from collections.abc import Sequence

from tabulate import tabulate

from calendarize.events.model import Event, Kind
from calendarize.export.text import one_line
from calendarize.export.words import when
from calendarize.timex.values import as_day, last_day

HEADINGS = ("회기", "종류", "기간", "일수", "본회의", "시정질문", "행정사무감사", "그 밖")
_COLUMNS: tuple[Kind, ...] = ("sitting", "question", "audit")


def of_sessions(events: Sequence[Event]) -> list[Event]:
    """Return the sessions among events and what belongs to them, nothing else."""
    sessions = {e.uid for e in events if e.kind == "session"}
    return [e for e in events if e.uid in sessions or e.parent in sessions]


def session_table(events: Sequence[Event]) -> str:
    """Return the sessions in order of time, a row each; an empty text where there are none."""
    sessions = [e for e in events if e.kind == "session" and e.session is not None]
    rows = [_row(session, [e for e in events if e.parent == session.uid]) for session in sessions]
    if not rows:
        return ""
    return tabulate(rows, HEADINGS, tablefmt="simple", disable_numparse=True) + "\n"


def _row(session: Event, parts: Sequence[Event]) -> list[str]:
    start, end = as_day(session.start), last_day(session.value)
    year = start.year if start else None
    days = f"{(end - start).days + 1}일" if start and end else ""
    told = [", ".join(when(e, year) for e in parts if e.kind == kind) for kind in _COLUMNS]
    others = (
        f"{e.title.removeprefix(str(session.session)).strip()} {when(e, year)}"
        for e in parts
        if e.kind not in _COLUMNS
    )
    number = f"제{session.session.number}회" if session.session else ""
    kind = (session.session.type or "") if session.session else ""
    cells = [number, kind, when(session), days, *told, ", ".join(others)]
    marked = f"{cells[0]} ⚠" if session.warnings else cells[0]
    return [one_line(cell) for cell in (marked, *cells[1:])]
