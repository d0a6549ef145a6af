"""XLSX, read by `openpyxl`: the stored values as a reader sees them, merged cells, visible sheets.

Rows of one filled cell before and behind a table are paragraphs: the title and the notes that
people write above and below it. Hidden sheets, rows and columns are left out.
"""

from __future__ import annotations

import io
import re
import warnings
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from calendarize.report.errors import ReportError
from calendarize.report.readers.archive import opened
from calendarize.report.readers.blocks import Block, Cell, Table

if TYPE_CHECKING:
    from openpyxl.worksheet.cell_range import CellRange
    from openpyxl.worksheet.worksheet import Worksheet

MAX_SHEETS_XML = 24 * 1024 * 1024
"""How long the sheets may be together, bytes of XML: reading took 11 times as much memory."""

MAX_CELLS = 1_000_000
"""How many cells, blank ones among them, a sheet's filled rows and columns may make."""

_YEAR_MONTH_DAY = 'yyyy"년" mm"월" dd"일"'
_KOREAN_FORMATS = {
    **dict.fromkeys((27, 31, 36, 50, 57), _YEAR_MONTH_DAY),
    **dict.fromkeys((28, 29, 51, 54, 58), "mm-dd"),
    **dict.fromkeys((30, 34, 35, 52, 53, 55, 56), "yyyy-mm-dd"),
    **dict.fromkeys((32, 33), "h:mm"),
}
"""Built-in formats of Korean Excel (ECMA-376 part 1, 18.8.30), which `openpyxl` leaves out."""

_PLAIN_NAME = re.compile(r"(?:sheet|시트)\s*\d*", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')


def read(data: bytes, source: str) -> list[Block]:
    """Return the blocks of an XLSX workbook; any error of the library: it is damaged."""
    from openpyxl import load_workbook
    from openpyxl.styles.numbers import BUILTIN_FORMATS

    BUILTIN_FORMATS.update(_KOREAN_FORMATS)
    _read_leanly()
    parts = opened(data, source).infolist()
    sizes = (part.file_size for part in parts if part.filename.startswith("xl/worksheets/"))
    if sum(sizes) > MAX_SHEETS_XML:
        raise _too_large(source)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of extensions that only drawing needs
        workbook = load_workbook(io.BytesIO(data), data_only=True)
    blocks: list[Block] = []
    for sheet in workbook.worksheets:
        if sheet.sheet_state == "visible":
            regions = list(_regions(sheet, source))
            name = (sheet.title or "").strip()
            if regions and not _PLAIN_NAME.fullmatch(name):
                blocks.append(f"# {name}")
            blocks += (block for region in regions for block in _blocks(region))
    return blocks


@cache
def _read_leanly() -> None:
    """Let the library read of a sheet what is read here.

    It makes a cell of every place that a merged area or a link covers: a line of XML would make
    millions of them.
    """
    from openpyxl.reader import excel
    from openpyxl.worksheet._reader import WorksheetReader
    from openpyxl.worksheet.cell_range import CellRange

    class Lean(WorksheetReader):  # type: ignore[misc]
        def bind_all(self) -> None:
            self.bind_cells()
            self.bind_col_dimensions()
            self.bind_row_dimensions()
            merged = self.parser.merged_cells
            self.ws.merged_cells.ranges = (
                [CellRange(each.ref) for each in merged.mergeCell] if merged else []
            )

    excel.WorksheetReader = Lean


def _too_large(source: str) -> ReportError:
    return ReportError(source, "표가 너무 큰 엑셀 문서입니다", "필요한 시트만 따로 저장하세요.")


def _regions(sheet: Worksheet, source: str) -> Iterator[list[list[Cell]]]:
    """Yield the visible cells as rows, parted where a row is blank.

    Columns that hold nothing in a region are left out; a merged cell spans what is left of it.
    """
    hidden = _hidden_columns(sheet)
    # what the file holds: the public ways go over all cells up to the last, and make them
    rows: dict[int, dict[int, str]] = {}
    for (at, column), cell in sheet._cells.items():
        if column not in hidden and not _is_hidden(sheet, at) and (text := _shown(cell)):
            rows.setdefault(at, {})[column] = text
    areas = _drop_covered(rows, sheet.merged_cells.ranges, source)
    for region in _parted(sheet, sorted(rows)):
        columns = sorted({column for at in region for column in rows[at]})
        if len(region) * len(columns) > MAX_CELLS:
            raise _too_large(source)
        covered: set[tuple[int, int]] = set()
        table: list[list[Cell]] = []
        for at in region:
            row: list[Cell] = []
            for column in columns:
                if (at, column) in covered:
                    continue
                over, along = [at], [column]
                found = rows[at].get(column)
                if found and (area := areas.get((at, column))) is not None:
                    over = _within(region, at, area.max_row)
                    along = _within(columns, column, area.max_col)
                    covered.update((below, beside) for below in over for beside in along)
                row.append(Cell([found] if found else [], len(over), len(along)))
            table.append(row)
        yield table


def _drop_covered(
    rows: dict[int, dict[int, str]], areas: Iterable[CellRange], source: str
) -> dict[tuple[int, int], CellRange]:
    """Take out the cells that merged areas cover; return the areas by the cell they show.

    An area over an area is no real one.
    """
    filled = sorted(rows)
    kept: dict[tuple[int, int], CellRange] = {}
    left = MAX_CELLS
    for area in areas:
        kept[area.min_row, area.min_col] = area
        for at in _within(filled, area.min_row, area.max_row):
            left -= len(rows[at])
            if left < 0:
                raise _too_large(source)
            for column in list(rows[at]):
                first = (at, column) == (area.min_row, area.min_col)
                if area.min_col <= column <= area.max_col and not first:
                    del rows[at][column]
    for at in filled:
        if not rows[at]:
            del rows[at]
    return kept


def _within(places: list[int], first: int, last: int) -> list[int]:
    """Return those of sorted places that lie between two, both inclusive."""
    return places[bisect_left(places, first) : bisect_right(places, last)]


def _is_hidden(sheet: Worksheet, row: int) -> bool:
    return row in sheet.row_dimensions and bool(sheet.row_dimensions[row].hidden)


def _parted(sheet: Worksheet, rows: Sequence[int]) -> Iterator[list[int]]:
    """Yield the stretches of rows between blank ones."""
    region: list[int] = []
    for at in rows:
        if region and not all(_is_hidden(sheet, between) for between in range(region[-1] + 1, at)):
            yield region
            region = []
        region.append(at)
    if region:
        yield region


def _blocks(rows: list[list[Cell]]) -> Iterator[Block]:
    """Yield a stretch of filled rows: lines, a table, lines."""
    wide = [at for at, row in enumerate(rows) if sum(bool(cell.blocks) for cell in row) > 1]
    first, last = (wide[0], wide[-1] + 1) if wide else (len(rows), len(rows))
    reach = max((at + cell.rowspan for at in range(first, last) for cell in rows[at]), default=last)
    for row in rows[:first]:
        yield from (block for cell in row for block in cell.blocks)
    if wide:
        yield Table(rows[first:reach])
    for row in rows[reach:]:
        yield from (block for cell in row for block in cell.blocks)


def _hidden_columns(sheet: Worksheet) -> set[int]:
    hidden: set[int] = set()
    for dimension in sheet.column_dimensions.values():
        if dimension.hidden and dimension.min and dimension.max:
            hidden.update(range(dimension.min, min(dimension.max, sheet.max_column) + 1))
    return hidden


def _shown(cell: Any) -> str:
    """Return what a reader sees in a cell; dates in one form, as exact as they are shown."""
    value, form = cell.value, _unquoted(cell.number_format or "")
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


@lru_cache(256)
def _unquoted(form: str) -> str:
    """Return a number format without what it only says: quoted text, colours."""
    return _QUOTED.sub("", form).lower()


def _date(value: datetime, form: str) -> str:
    """Return a date; a format without days names a month (if a year is shown or it is alone)."""
    if "h" in form and (value.hour or value.minute):
        return f"{value:%Y-%m-%d %H:%M}"
    if "d" in form or value.day != 1 or not form.strip("; @_-"):
        return f"{value:%Y-%m-%d}"
    return f"{value:%Y. }{value.month}." if "m" in form else f"{value.year}년"
