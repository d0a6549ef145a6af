"""A document becomes a `Report`: its lines, its outline, its tables; nothing about time yet."""

from __future__ import annotations

from pathlib import Path

from calendarize.report.canonical import canonical
from calendarize.report.encoding import decode
from calendarize.report.errors import ReportError
from calendarize.report.files import find_reports, read
from calendarize.report.front import department_of, front_end, title_of
from calendarize.report.model import Block, Cell, Report, Table
from calendarize.report.outline import close_gaps, items, line_starts, lines_of, nest
from calendarize.report.tables import html_tables

__all__ = [
    "Block",
    "Cell",
    "Report",
    "ReportError",
    "Table",
    "find_reports",
    "read_bytes",
    "read_file",
    "read_text",
]


def read_text(text: str, source: str) -> Report:
    """Return the report that a text is; any text is one.

    >>> report = read_text("□ 추진일정\\n\\n- 회의 : ’21. 5. 3.", "예.txt")
    >>> [(block.kind, block.text) for block in report.blocks]
    [('heading', '추진일정'), ('bullet', "회의 : '21. 5. 3.")]
    """
    view, columns, tags, unseen = canonical(text)
    starts = line_starts(view)
    found = items(view, lines_of(view, starts, html_tables(view, tags) if tags else []))
    if unseen:
        close_gaps(view, found, unseen)
    front = front_end(view, starts, found)
    nest(found, front)
    blocks = [item.block for item in found]
    title_page = [block for block in blocks if block.start < front]
    return Report(
        source=source,
        lines=text.split("\n"),
        view=view,
        blocks=blocks,
        front=front,
        title=title_of(title_page, blocks),
        department=department_of(view, title_page, found),
        line_starts=starts,
        columns=columns,
    )


def read_bytes(data: bytes, source: str) -> Report:
    """Return the report in a document's bytes; `ReportError` when they are no text."""
    return read_text(decode(data, source), source)


def read_file(path: Path) -> Report:
    """Return the report in a file; `ReportError` when it cannot be read."""
    path = Path(path)
    return read_bytes(read(path), path.name)
