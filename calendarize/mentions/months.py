"""Months that head the days below them: `3 | 2(목) | 입학식`, `4월 | 운동회(4), 개교기념일(17)`.

Plans of schools and councils write the month once, as a word or as a bare number, at the head of
a line or of a row, and below or beside it only days. A number is a month where a whole column or
the heads of several lines run forward from month to month.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from calendarize.mentions.place import Place
from calendarize.report.model import Cell, Report, Table
from calendarize.timex.partial import Expression, Partial

_FEWEST = 3
"""So many months in order are no chance."""
_LONGEST_STEP = 3
_CELL = re.compile(r"(?:['\d]{2,5}[.년]\s?)?(1[0-2]|0?[1-9])\s?월?\s?(?:\(\d+일?\))?")
_LINE = re.compile(
    r"(?m)^[ \t|]{0,40}(?:[12](?:학기)?[ \t|]{2,40})?(1[0-2]|0?[1-9])[ ]?월?"
    r"(?=[ ]?[|\t\n]|[ ]?$|[ ]{2})"
)
_DAY = r"([12]\d|3[01]|0?[1-9])"
_WEEKDAY = r"(?:\([월화수목금토일]\))?"
_BARE = re.compile(rf"(?<=[가-힣A-Za-z)\]」』’”0-9])[ ]?\([ ]?(?={_DAY}{_WEEKDAY}[ ]?(?:[)~,\-∼]))")
_DAYS = re.compile(
    rf"[,]?[ ]?(?P<whole>{_DAY}{_WEEKDAY}"
    rf"(?:[ ]?[~∼-][ ]?(?:(1[0-2]|0?[1-9])[./][ ]?)?{_DAY}{_WEEKDAY})?)"
    r"(?=[ ]?[,)])"
)


def _forward(months: Sequence[int]) -> bool:
    """Tell whether numbers run forward through the year as months do."""
    steps = [(b - a) % 12 for a, b in pairwise(months)]
    return len(months) >= _FEWEST and all(1 <= step <= _LONGEST_STEP for step in steps)


class Months:
    """The months that head lines and columns of a report."""

    def __init__(self, report: Report) -> None:
        tables = {id(b.table): b.table for b in report.blocks if b.table is not None}
        self._columns = {key: _month_columns(table) for key, table in tables.items()}
        heads = [(m.start(1), int(m[1])) for m in _LINE.finditer(report.view)]
        self._lines = heads if _forward([month for _, month in heads]) else []

    def __bool__(self) -> bool:
        return bool(self._lines) or any(self._columns.values())

    def of(self, offset: int, table: Table | None, cell: Cell | None) -> int | None:
        """Return the month that heads an offset of the view, in the table and cell it is in."""
        columns = self._columns.get(id(table), {}) if table is not None else {}
        if cell is not None:
            nearest = max((c for c in columns if c < cell.column), default=None)
            if nearest is not None:
                rows = columns[nearest]
                at = bisect_right(rows, cell.row, key=lambda pair: pair[0]) - 1
                if at >= 0:
                    return rows[at][1]
        at = bisect_right(self._lines, offset, key=lambda pair: pair[0]) - 1
        return self._lines[at][1] if at >= 0 else None

    def heading(self, place: Place) -> int | None:
        """Return the month that heads a place."""
        return self.of(place.expression.start, place.table, place.cell)


def _month_columns(table: Table) -> dict[int, list[tuple[int, int]]]:
    """Return the columns whose cells are months in order: (row, month), by the column."""
    cells: dict[int, list[Cell]] = {}
    for row in table.rows[table.header_rows :]:
        for cell in row:
            if cell.text:
                cells.setdefault(cell.column, []).append(cell)
    found: dict[int, list[tuple[int, int]]] = {}
    for column, told in cells.items():
        matches = [(cell.row, _CELL.fullmatch(cell.text)) for cell in told]
        months = [(row, int(match[1])) for row, match in matches if match is not None]
        if len(months) >= 0.8 * len(told) and _forward([month for _, month in months]):
            found[column] = months
    return found


def bare_days(report: Report, months: Months) -> Iterator[Expression]:
    """Yield the bare days in brackets that stand behind their title under a month.

    `개학식(2), 수련회(12~14), 방학(24~3.4)`: weak expressions, their place decides.
    """
    if not months:
        return
    view = report.view
    for opening in _BARE.finditer(view):
        block = report.block_at(opening.start())
        table = block.table if block is not None else None
        cell = table.cell_at(opening.start()) if table is not None else None
        if months.of(opening.start(), table, cell) is None:
            continue
        at = opening.end()
        while (days := _DAYS.match(view, at)) is not None:
            first, month, last = int(days[2]), days[3], days[4]
            start, end = days.span("whole")
            items: tuple[Partial, ...] = (Partial("day", day=first),)
            if last is None:
                yield Expression(start, end, "point", items, weak=True)
            else:
                until = Partial("day", month=int(month) if month else None, day=int(last))
                yield Expression(start, end, "range", (*items, until), weak=True)
            at = days.end()
