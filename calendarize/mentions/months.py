"""Months that head the days below them: `3 | 2(목) | 입학식`, `4월 | 운동회(4), 개교기념일(17)`.

Plans of schools and councils write the month once, as a word or as a bare number, at the head of
a line, of a row or of a column, and below or beside it only days. A number is a month where a
whole column or the heads of several lines run forward from month to month.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from calendarize.mentions.place import Place
from calendarize.mentions.weekdays import weekday_beside
from calendarize.report.model import Cell, Report, Table
from calendarize.report.tables import width
from calendarize.timex.partial import Expression, Form, Partial

_FEWEST = 3
"""So many months in order are no chance."""
_FEWEST_WRITTEN = 2
"""So many are none where a column holds them as words."""
_LONGEST_STEP = 3
_COLUMN = 14
"""So far right of its days, in columns of a screen, may a month stand that heads them."""
_BARE_MONTH = re.compile(r"(?:1[0-2]|0?[1-9])(?![\d월.년/]|[ ]월)")
_CELL = re.compile(r"(?:['\d]{2,5}[.년]\s?)?(1[0-2]|0?[1-9])\s?월?\s?(?:\(\d+일?\))?")
_HEAD = re.compile(
    r"(?m)^[ \t|]{0,40}(?P<mark>[^\w\s|]{1,3}[ ]?)?(?:['’]?(?:19|20)?\d\d[.년][ ]?)?"
    r"(?:[12](?:학기)?[ \t|]{2,40})?(?P<month>1[0-2]|0?[1-9])[ ]?(?P<word>월)?"
    r"(?:[ ]?\([A-Za-z.]{3,9}\))?[^\w\s|(]{0,3}(?=[ ]?[|\t]|[ ]?\n(?P<below>[ ]?\d)?|[ ]?$|[ ]{2})"
)
_MONTH = r"(?:((?:19|20)\d\d)[년.][ ]?)?(1[0-2]|[1-9])월"
_SIDE_BY_SIDE = re.compile(rf"(?m)^[ ]*{_MONTH}(?:[ ]{{3,}}{_MONTH}){{1,3}}[ ]*$")
_TITLE_MONTH = re.compile(r"(?<!\d)(1[0-2]|0?[1-9])월(?!요)")

_DAY = r"([12]\d|3[01]|0?[1-9])"
_WEEKDAY = r"(?:\([월화수목금토일]\))?"
_SPAN = (
    rf"(?P<whole>(?<!\d){_DAY}{_WEEKDAY}"
    rf"(?:[ ]?[~∼–-][ ]?(?:(1[0-2]|0?[1-9])[./][ ]?)?{_DAY}{_WEEKDAY}"
    r"|(부터|까지)|[ ]([01]?\d|2[0-3]):([0-5]\d)(?!\d))?)(?![\d.:/%])"
)
_BARE = re.compile(rf"(?<=[가-힣A-Za-z)\]」』’”0-9])[ ]?\([ ]?(?={_DAY}{_WEEKDAY}[ ]?(?:[)~,\-∼]))")
_DATED = re.compile(rf"^\W*{_DAY}\([월화수목금토일]\)")
"""What has its day at its head: a number in brackets behind it is of anything else, as a grade."""
_GAP = re.compile(r"[|\t\n/]|[ ]{2,}")
_SHORTLY = 80
"""So many characters before a bracket tell whether its title has a day already."""
_DAYS = re.compile(rf",?[ ]?{_SPAN}(?=[ ]?[,)])")
_WORDS = r"(?:\d{1,2}[·,]?){0,3}[가-힣A-Za-z'‘“\"「『(\[<]"
_LEADING = re.compile(
    rf"(?m)^[ \t]{{0,20}}(?:[-·○•∙ㅇ◦*∘][ ]{{0,2}})?{_SPAN}(?=[ ]?:?[ \t]{{1,20}}{_WORDS}|[ ]?$)"
)
_BEHIND = re.compile(rf"(?<=[가-힣])[ ](?={_DAY}[ ]?[~∼-]){_SPAN}(?=[ ]?(?:[),|\t\n]|$))")
_IN_COLUMN = re.compile(rf"(?:(?m:^)[ ]*|(?<=[ ]{{3}})){_SPAN}(?=[ ]{{2,}}{_WORDS})")
_CELL_DAYS = re.compile(rf"{_SPAN}일?")
_DAY_HEAD = re.compile(r"일|날|일[자시정]|기간|날짜|월일|일정")
"""What heads a column of days."""
_CERTAIN = re.compile(r"[~∼–-]|\([월화수목금토일]\)|부터|까지")
"""A period, an end or a weekday: no number of anything else."""


@dataclass(frozen=True, slots=True)
class _Head:
    """A month at the head of a line: where it stands in the view; on a screen; its year if told."""

    start: int
    month: int
    column: int = 0
    year: int | None = None


def _chain(months: Sequence[int]) -> list[int]:
    """Return the positions of the longest run of numbers that goes on as months do."""
    ends: dict[int, tuple[int, int]] = {}  # month → (length of the run that ends in it, position)
    before: list[int | None] = []
    for position, month in enumerate(months):
        steps = ((month - step - 1) % 12 + 1 for step in range(1, _LONGEST_STEP + 1))
        length, last = max((ends[m] for m in steps if m in ends), default=(0, -1))
        before.append(last if length else None)
        ends[month] = length + 1, position
    at = max(ends.values())[1] if ends else None
    run: list[int] = []
    while at is not None:
        run.append(at)
        at = before[at]
    return run[::-1]


def _forward(months: Sequence[int], fewest: int) -> bool:
    """Tell whether numbers run forward through the year as months do."""
    return len(months) >= fewest and len(_chain(months)) == len(months)


def _heads(report: Report) -> tuple[list[_Head], list[_Head]]:
    """Return the months that head lines, and all that may, in order.

    Those written as words that go on as months do, else bare numbers, unless they count from one.
    """
    view = report.view
    found = [
        m for m in _HEAD.finditer(view)
        if m["word"] or (not m["mark"] and (m["below"] or view[m.end() : m.end() + 1] != "\n"))
    ]  # fmt: skip
    found = [m for m in found if m["word"] or not weekday_beside(report, *m.span("month"))]
    written = [m for m in found if m["word"]]
    loose = [_Head(m.start("month"), int(m["month"])) for m in written]
    for heads in (written, found):
        months = [int(m["month"]) for m in heads]
        run = _chain(months)
        counts = not heads or (not heads[run[0]]["word"] and months[run[0]] == 1)
        if len(run) >= _FEWEST and 2 * len(run) > len(heads) and (len(run) > 9 or not counts):
            return [_Head(heads[at].start("month"), months[at]) for at in run], loose
    return [], loose


def _side_by_side(view: str) -> list[tuple[_Head, ...]]:
    """Return the lines of two or more months, each a head of the columns below it.

    A year is told once and goes on; where it does not, it is the next after December.
    """
    lines: list[tuple[_Head, ...]] = []
    for line in _SIDE_BY_SIDE.finditer(view):
        heads: list[_Head] = []
        for at, found in enumerate(re.finditer(_MONTH, line[0])):
            month, year = int(found[2]), int(found[1]) if found[1] else None
            above = lines[-1][at] if lines and at < len(lines[-1]) else None
            if year is None and above is not None and above.year is not None:
                year = above.year + (month < above.month)
            column = width(line[0][: found.start()])
            heads.append(_Head(line.start() + found.start(), month, column, year))
        lines.append(tuple(heads))
    return lines


class Months:
    """The months that head lines and columns of a report; `lines` are those at heads of lines."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.tables = list({id(b.table): b.table for b in report.blocks if b.table}.values())
        self._columns = {id(table): _month_columns(table) for table in self.tables}
        self.lines, self._loose = _heads(report)
        self._beside = _side_by_side(report.view)
        title = {int(month) for month in _TITLE_MONTH.findall(report.title)}
        self._title = title.pop() if len(title) == 1 else None

    def of(self, offset: int, table: Table | None, cell: Cell | None) -> int | None:
        """Return the month that heads an offset of the view, in the table and cell it is in."""
        columns = self._columns.get(id(table), {}) if table is not None else {}
        if cell is not None and columns:
            left = max((c for c in columns if c < cell.column), default=None)
            right = min((c for c in columns if c > cell.column), default=None)
            nearest = left if left is not None else right
            rows = columns[nearest] if nearest is not None else []
            at = bisect_right(rows, cell.row, key=lambda pair: pair[0]) - 1
            if at >= 0 and (left is not None or rows[at][0] == cell.row):
                return rows[at][1]
        return _last(self.lines, offset)

    def at(self, offset: int) -> int | None:
        """Return the month that heads an offset of the view, wherever it stands."""
        block = self.report.block_at(offset)
        table = block.table if block is not None else None
        return self.of(offset, table, table.cell_at(offset) if table is not None else None)

    def loosely(self, offset: int) -> int | None:
        """Return the month of the last line above that is headed by one, else the title's."""
        return _last(self._loose, offset) or self._title

    def heading(self, place: Place) -> int | None:
        """Return the month that heads a place."""
        return self.of(place.expression.start, place.table, place.cell)

    def cells(self) -> Iterator[Cell]:
        """Yield the cells of tables that hold a month which heads what is beside or below them."""
        for table in self.tables:
            for column, rows in self._columns[id(table)].items():
                for row, _ in rows:
                    yield from (cell for cell in table.rows[row] if cell.column == column)

    def columns(self) -> Iterator[tuple[int, int, tuple[_Head, ...]]]:
        """Yield each line of months that stand side by side with the part of the view below it."""
        ends = [*(heads[0].start for heads in self._beside[1:]), len(self.report.view)]
        for heads, end in zip(self._beside, ends, strict=False):
            yield self.report.view.find("\n", heads[-1].start), end, heads


def _last(heads: Sequence[_Head], offset: int) -> int | None:
    at = bisect_right(heads, offset, key=lambda head: head.start) - 1
    return heads[at].month if at >= 0 else None


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
        fewest = _FEWEST_WRITTEN if all("월" in cell.text for cell in told) else _FEWEST
        if len(months) >= 0.8 * len(told) and _forward([month for _, month in months], fewest):
            found[column] = months
    return found


# Bare months and days


def bare_months(report: Report, months: Months) -> Iterator[Expression]:
    """Yield the bare numbers that are the months at the heads of lines and rows: weak ones."""
    starts = {head.start for head in months.lines}
    starts |= {cell.start for cell in months.cells()}
    for start in sorted(starts):
        found = _BARE_MONTH.match(report.view, start)
        if found is not None:
            month = Partial("month", month=int(found[0]))
            yield Expression(start, found.end(), "point", (month,), weak=True)


def bare_days(report: Report, months: Months) -> Iterator[Expression]:
    """Yield the bare days under a month: weak expressions, their place decides.

    In brackets behind their title (`개학식(2), 수련회(12~14), 방학(24~3.4)`), at the head of a
    line (`13~14   원격수업 적응`), alone in a cell of a column of days, a period behind its
    title (`국내연수 22~24`), in columns below months side by side, beside their weekday.
    """
    yield from _side_days(report, months)
    yield from _in_brackets(report, months)
    view = report.view
    for found in _BEHIND.finditer(view):
        if months.at(found.start("whole")) is not None:
            yield _days(found)
    for found in _LEADING.finditer(view):
        start, end = found.span("whole")
        block = report.block_at(start)
        if block is not None and block.table is not None and block.table.cell_at(start):
            continue
        if months.at(start) or (months.loosely(start) and weekday_beside(report, start, end)):
            yield _days(found)
    for table in months.tables:
        for cell, headed in _day_cells(table):
            found_in_cell = _CELL_DAYS.match(view, cell.start, cell.end)
            if found_in_cell is None:
                continue
            loose = headed or weekday_beside(report, *found_in_cell.span("whole"))
            if months.of(cell.start, table, cell) or (loose and months.loosely(cell.start)):
                yield _days(found_in_cell)


def _day_cells(table: Table) -> Iterator[tuple[Cell, bool]]:
    """Yield the cells that hold bare days alone, with whether their column is headed so."""
    columns: dict[int, list[Cell]] = {}
    for cell in (c for row in table.rows for c in row):
        if _CELL_DAYS.fullmatch(cell.text):
            columns.setdefault(cell.column, []).append(cell)
    for cells in columns.values():
        heads = "".join("".join(table.column_headings(cells[-1])[-1:]).split())
        headed = _DAY_HEAD.fullmatch(heads) is not None
        if headed or any(_CERTAIN.search(cell.text) for cell in cells):
            yield from ((cell, headed) for cell in cells)


def _in_brackets(report: Report, months: Months) -> Iterator[Expression]:
    for opening in _BARE.finditer(report.view):
        if months.at(opening.start()) is None or _DATED.search(_ahead(report, opening.start())):
            continue
        at = opening.end()
        while (found := _DAYS.match(report.view, at)) is not None:
            yield _days(found)
            at = found.end()


def _ahead(report: Report, at: int) -> str:
    """Return what stands shortly before an offset in its cell, else in its line, up to a gap."""
    near = report.view[max(0, at - _SHORTLY) : at]
    return _GAP.split(near)[-1]


def _side_days(report: Report, months: Months) -> Iterator[Expression]:
    """Yield the days in columns below months that stand side by side, with their months."""
    for start, end, heads in months.columns():
        for found in _IN_COLUMN.finditer(report.view, start, end):
            line = report.view.rfind("\n", 0, found.start("whole")) + 1
            column = width(report.view[line : found.start("whole")])
            near = [head for head in heads if head.column <= column + _COLUMN]
            head = near[-1] if near else heads[0]
            yield _days(found, head.month, head.year)


def _days(found: re.Match[str], month: int | None = None, year: int | None = None) -> Expression:
    """Return the expression of a day, of two, or of one from or until which something lasts."""
    whole = found.re.groupindex["whole"]
    first, until_month, last, sign, hour, minute = found.groups()[whole : whole + 6]
    start, end = found.span("whole")
    day = Partial("day", year=year, month=month, day=int(first))
    items: tuple[Partial, ...] = (day,)
    form: Form = "point"
    if last is not None:
        wraps = until_month is not None and month is not None and int(until_month) < month
        ends = year + wraps if year is not None else None
        ends_in = int(until_month) if until_month else month
        items, form = (day, Partial("day", year=ends, month=ends_in, day=int(last))), "range"
    elif sign is not None:
        form = "from" if sign == "부터" else "until"
    elif hour is not None:
        items = (day.at(int(hour), int(minute)),)
    return Expression(start, end, form, items, weak=True)
