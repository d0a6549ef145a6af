"""Schedule charts (추진일정표): rows of tasks, columns of months, a mark where a task goes on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from calendarize.mentions.mention import Mention
from calendarize.mentions.place import places, regroup
from calendarize.mentions.reading import Reading
from calendarize.mentions.titles import entitled
from calendarize.report.model import Cell, Table
from calendarize.timex.partial import Expression
from calendarize.timex.resolve import Resolution
from calendarize.timex.values import Interval, Month

_MARK = re.compile(r"[■□▣◼◻●○◎◉★☆◆◇▲△▶▷►➡→⇒⟶━─═←↔✓✔√Vv*◈❍·\s]+")
_FEWEST_COLUMNS = 3
_NUMBER = re.compile(r"(\d{1,2})월?")


def charted(reading: Reading) -> Iterator[Mention]:
    """Yield a mention for each unbroken run of marks: from its first month to its last.

    A table whose month columns hold anything but marks is none (figures by month).
    """
    tables: dict[int, tuple[Table, list[Mention]]] = {}
    for mention in reading.mentions:
        if mention.place.in_header and isinstance(mention.value, Month):
            table = mention.place.table
            assert table is not None  # it is in its heading
            tables.setdefault(id(table), (table, []))[1].append(mention)
    found = [run for table, heads in tables.values() for run in _runs_of(table, heads)]
    found.sort(key=lambda run: run[0].start)
    report = reading.report
    points = [Expression(cell.start, cell.end, "point") for cell, _ in found]
    marks = places(report, points)
    for place in marks:
        regroup([place])
    titles = entitled(report, marks, [m.place for m in reading.mentions])
    for (cell, value), place, named in zip(found, marks, titles, strict=True):
        line, column = report.place(cell.start)
        resolution = Resolution(value)
        yield Mention(line, column, cell.text, value, resolution, place, "event", named.title)


def _runs_of(table: Table, heads: Sequence[Mention]) -> Iterator[tuple[Cell, Month | Interval]]:
    """Yield the first cell of each run of marks in a chart, and from when to when it goes."""
    months = _months(table, heads)
    rows = [
        [cell for cell in row if cell.text and cell.column in months]
        for row in table.rows[table.header_rows :]
    ]
    marks = [cell for row in rows for cell in row]
    if len(months) < _FEWEST_COLUMNS or not all(_MARK.fullmatch(c.text) for c in marks):
        return
    for row in rows:
        for run in _runs(row):
            last = run[-1]
            first = months[run[0].column]
            end = months.get(last.column + last.colspan - 1, months[last.column])
            yield run[0], first if first == end else Interval(first, end)


def _months(table: Table, heads: Sequence[Mention]) -> dict[int, Month]:
    """Return the month of each column: as it is written, or the next one where a number goes on.

    `'21.11 | 12 | '22.1 | 2`; an empty heading belongs to the one on its left.
    """
    months: dict[int, Month] = {}
    for head in heads:
        cell = head.place.cell
        if cell is not None and isinstance(head.value, Month):
            months.update((cell.column + i, head.value) for i in range(cell.colspan))
    width = max((cell.column + cell.colspan for row in table.rows for cell in row), default=0)
    for left, column in pairwise(range(min(months), width)):
        if column in months or left not in months:
            continue
        beside, here = (table.column_headings(Cell(0, 0, "", 99, at)) for at in (left, column))
        number = _NUMBER.fullmatch(here[-1]) if here else None
        last = months[left]
        if number is not None and int(number[1]) == last.month % 12 + 1:
            months[column] = Month(last.year + last.month // 12, last.month % 12 + 1)
        elif here and here[0] == beside[0] and len(here) > 1:
            months[column] = last
    return months


def _runs(row: Sequence[Cell]) -> list[list[Cell]]:
    """Return the marks of a row, those without a gap between them together."""
    runs: list[list[Cell]] = []
    for cell in row:
        if runs and runs[-1][-1].column + runs[-1][-1].colspan == cell.column:
            runs[-1].append(cell)
        else:
            runs.append([cell])
    return runs
