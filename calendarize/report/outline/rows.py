"""Rows: lines of tables, set by tags, tabs, pipes or spaces, become blocks."""

from __future__ import annotations

from collections.abc import Sequence

from calendarize.report.model import Block, Cell, Table
from calendarize.report.outline.lines import Item, Lines
from calendarize.report.outline.marks import marker_of
from calendarize.report.tables import (
    Stretch,
    opens_pipe_table,
    pipe_table,
    spaced_lines,
    spaced_table,
    tab_table,
)

_CAPTION_LENGTH = 45
"""A caption has no more letters."""


def html_row(view: str, lines: Lines, at: int, found: list[Item]) -> int:
    """Take a row of an HTML table. All readers return the line after what they took."""
    piece = lines.pieces[at]
    if piece is None:
        return at
    if piece.row == 0 and not piece.table.caption:
        piece.table.caption = _caption(lines, at, found)
    add_row(found, piece.table, piece.row, (piece.start, piece.end))
    return at + 1


def tab_rows(view: str, lines: Lines, at: int, found: list[Item]) -> int:
    """Take lines with tabs; a line without one between two of them goes on in the last cell,
    or is the beginning of the first cell below, where that goes on with a range sign."""
    if "\t" not in lines.texts[at] or not (_has_cells(lines, at) or _has_cells(lines, at + 1)):
        return at
    end = at
    stretches: list[Stretch] = []
    begun: int | None = None
    borders = lines.texts[at].count("\t")
    while not lines.blanks[end] and lines.pieces[end] is None:
        text = lines.texts[end]
        if "\t" in text and stretches and _goes_on(view, stretches[-1], text, borders):
            stretches[-1] = (stretches[-1][0], lines.starts[end] + len(text))
        elif "\t" in text:
            start = lines.starts[end] if begun is None else begun
            stretches.append((start, lines.starts[end] + len(text)))
            begun = None
        elif _has_cells(lines, end + 1) and lines.texts[end + 1].lstrip().startswith("~"):
            begun = lines.starts[end]
        elif _has_cells(lines, end + 1) and marker_of(text) is None:
            stretches[-1] = (stretches[-1][0], lines.starts[end] + len(text))
        else:
            break
        end += 1
    if len(stretches) == 1 and _is_marked(lines.texts[at]):
        return at
    table = tab_table(view, stretches)
    table.caption = _caption(lines, at, found)
    for row, stretch in enumerate(stretches):
        add_row(found, table, row, stretch)
    return end


def _goes_on(view: str, row: Stretch, line: str, borders: int) -> bool:
    """Tell whether a line goes on with the list in the last cell of the row above it.

    Both together have as many cells as the first row.
    """
    above = view.count("\t", *row)
    if above >= borders or above + line.count("\t") != borders:
        return False
    marker = marker_of(line)
    return marker is not None and marker.mark.band in (2, 3, 4)


def _has_cells(lines: Lines, at: int) -> bool:
    """Tell whether a line has a tab in its midst (one before its text may only indent it)."""
    return not lines.blanks[at] and lines.pieces[at] is None and "\t" in lines.texts[at].strip()


def _is_marked(line: str) -> bool:
    """Tell whether a line alone with a tab is a heading or a bullet all the same."""
    marker = marker_of(line)
    return marker is not None and "\t" not in line[marker.content :].strip()


def pipe_rows(view: str, lines: Lines, at: int, found: list[Item]) -> int:
    """Take a Markdown table."""
    following = lines.texts[at + 1] if at + 1 < len(lines.texts) else ""
    if not opens_pipe_table(lines.texts[at], following):
        return at
    table, stretches, end = pipe_table(view, lines.starts, lines.texts, at)
    table.caption = _caption(lines, at, found)
    for row, stretch in enumerate(stretches):
        add_row(found, table, row, stretch)
    return end


def spaced_rows(view: str, lines: Lines, at: int, found: list[Item]) -> int:
    """Take lines whose columns are set by spaces."""
    end = spaced_lines(lines.texts, at)
    if end == at or any(marker_of(text) for text in lines.texts[at:end]):
        return at
    stretches = [(lines.starts[n], lines.starts[n] + len(lines.texts[n])) for n in range(at, end)]
    table = spaced_table(view, stretches)
    table.caption = _caption(lines, at, found)
    for row, stretch in enumerate(stretches):
        add_row(found, table, row, stretch)
    return end


def add_row(found: list[Item], table: Table, row: int, at: Stretch) -> None:
    cells = table.rows[row]
    content = next((c.start for c in cells if c.text and at[0] <= c.start < at[1]), at[0])
    text = row_text(cells)
    found.append(Item(Block("row", at[0], at[1], content, text, table=table, row=row), None))


def row_text(cells: Sequence[Cell]) -> str:
    return " | ".join([cell.text for cell in cells if cell.text])


def _caption(lines: Lines, at: int, found: list[Item]) -> str:
    """Return the short text right above a table, or one blank line higher."""
    above = found[-1].block if found else None
    if above is None or above.kind == "row" or len(above.text) > _CAPTION_LENGTH:
        return ""
    blank = 1 if lines.pieces[at] is None else 2  # what stands before a row: `<table>`
    earliest = lines.starts[max(0, at - 1 - blank)]
    return above.text if above.end >= earliest else ""
