"""XLSX, read by `openpyxl`: the stored values as a reader sees them, merged cells, visible sheets.

Rows of one filled cell before and behind a table are paragraphs: the title and the notes that
people write above and below it. Hidden sheets, rows and columns are left out.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import groupby
from typing import TYPE_CHECKING, Any

from calendarize.report.errors import ReportError
from calendarize.report.readers.archive import opened
from calendarize.report.readers.blocks import Block, Cell, Table

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

MAX_SHEETS_XML = 24 * 1024 * 1024
"""How long the sheets may be together, bytes of XML: a cell of 40 takes 500 in memory."""

_PLAIN_NAME = re.compile(r"(?:sheet|시트)\s*\d*", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')


def read(data: bytes, source: str) -> list[Block]:
    """Return the blocks of an XLSX workbook; any error of the library: it is damaged."""
    from openpyxl import load_workbook

    parts = opened(data, source).infolist()
    if sum(p.file_size for p in parts if p.filename.startswith("xl/worksheets/")) > MAX_SHEETS_XML:
        raise ReportError(source, "표가 너무 큽니다", "필요한 시트만 따로 저장하세요.")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of extensions that only drawing needs
        workbook = load_workbook(io.BytesIO(data), data_only=True)
    sheets = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
    return [block for sheet in sheets for block in _sheet(sheet)]


def _sheet(sheet: Worksheet) -> Iterator[Block]:
    rows = _rows(sheet)
    name = (sheet.title or "").strip()
    if any(any(c.blocks for c in row) for row in rows) and not _PLAIN_NAME.fullmatch(name):
        yield f"# {name}"
    for filled, region in groupby(rows, key=lambda row: any(cell.blocks for cell in row)):
        if filled:
            yield from _region(list(region))


def _region(rows: list[list[Cell]]) -> Iterator[Block]:
    """Yield a stretch of filled rows: lines, a table, lines."""
    wide = [at for at, row in enumerate(rows) if sum(bool(cell.blocks) for cell in row) > 1]
    first, last = (wide[0], wide[-1] + 1) if wide else (len(rows), len(rows))
    last = max(last, *(at + cell.rowspan for at in range(first, last) for cell in rows[at]), 0)
    for row in rows[:first]:
        yield from (block for cell in row for block in cell.blocks)
    if wide:
        yield Table(rows[first:last])
    for row in rows[last:]:
        yield from (block for cell in row for block in cell.blocks)


def _rows(sheet: Worksheet) -> list[list[Cell]]:
    """Return the visible rows; a merged cell spans the visible rows and columns it is over."""
    shown_rows = [r for r in range(1, sheet.max_row + 1) if not sheet.row_dimensions[r].hidden]
    hidden = _hidden_columns(sheet)
    shown_columns = [c for c in range(1, sheet.max_column + 1) if c not in hidden]
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    for area in sheet.merged_cells.ranges:
        rows = [r for r in shown_rows if area.min_row <= r <= area.max_row]
        columns = [c for c in shown_columns if area.min_col <= c <= area.max_col]
        if rows and columns:
            covered.update((r, c) for r in rows for c in columns)
            covered.discard((rows[0], columns[0]))
            spans[rows[0], columns[0]] = (len(rows), len(columns))
    found: list[list[Cell]] = []
    for r in shown_rows:
        row: list[Cell] = []
        for c in shown_columns:
            if (r, c) not in covered:
                text = _shown(sheet.cell(r, c))
                row.append(Cell([text] if text else [], *spans.get((r, c), (1, 1))))
        found.append(row)
    return found


def _hidden_columns(sheet: Worksheet) -> set[int]:
    hidden: set[int] = set()
    for dimension in sheet.column_dimensions.values():
        if dimension.hidden and dimension.min and dimension.max:
            hidden.update(range(dimension.min, min(dimension.max, sheet.max_column) + 1))
    return hidden


def _shown(cell: Any) -> str:
    """Return what a reader sees in a cell; dates in one form, as exact as they are shown."""
    value, form = cell.value, _QUOTED.sub("", cell.number_format or "").lower()
    if value is None:
        return ""
    if isinstance(value, datetime):
        return _date(value, form)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and "%" in form:
        return f"{value * 100:.4g}%"
    if isinstance(value, (int, float)):
        return f"{value:,.10g}" if ",#" in form else f"{value:.10g}"
    return str(value).rstrip()


def _date(value: datetime, form: str) -> str:
    """Return a date; a format without days names a month (if a year is shown or it is alone)."""
    if "h" in form and (value.hour or value.minute):
        return f"{value:%Y-%m-%d %H:%M}"
    if "d" in form or value.day != 1 or not form.strip("; @_-"):
        return f"{value:%Y-%m-%d}"
    return f"{value:%Y. }{value.month}." if "m" in form else f"{value.year}년"
