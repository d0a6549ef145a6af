"""Tables: lines with tabs, Markdown pipes and HTML become rows of cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from calendarize.report.canonical import Tag
from calendarize.report.model import Cell, Table

Stretch = tuple[int, int]
"""Start and end (exclusive) in the view."""

_SPACED_OUT = re.compile(r"[가-힣](?: [가-힣\d])+(?=$| ?:| \()")


def clean(text: str) -> str:
    """Return what a reader sees: white space folded, a spaced-out label closed up.

    >>> clean("  추 진  일 정 "), clean("일 시 : 5. 3."), clean("그 밖의 일")
    ('추진일정', '일시 : 5. 3.', '그 밖의 일')
    """
    folded = " ".join(text.split())
    if folded[1:2] != " ":
        return folded
    label = _SPACED_OUT.match(folded)
    return label[0].replace(" ", "") + folded[label.end() :] if label else folded


def cell(view: str, start: int, end: int, row: int, column: int) -> Cell:
    """Return the cell of a stretch of the view, white space at its ends left out."""
    text = view[start:end]
    stripped = text.strip()
    if not stripped:
        return Cell(start, start, "", row, column)
    if len(stripped) != len(text):
        start += text.index(stripped)
    return Cell(start, start + len(stripped), clean(stripped), row, column)


# ---------------------------------------------------------------- tabs


def tab_table(view: str, rows: Sequence[Stretch]) -> Table:
    """Return the table of lines whose cells are parted by tabs.

    Tabs that only set the headings apart, more than the rows below have, part no cells.
    """
    cells = [_cut(view, at, "\t", row) for row, at in enumerate(rows)]
    first, *others = cells
    filled = [found for found in first if found.text]
    if others and len(first) > len(filled) == max(map(len, others)):
        cells[0] = [found._replace(column=column) for column, found in enumerate(filled)]
    return Table(cells, count_header_rows(_texts(cells)))


def _cut(view: str, at: Stretch, border: str, row: int) -> list[Cell]:
    """Return the cells of a stretch, cut at each border."""
    cells: list[Cell] = []
    start = at[0]
    for column, text in enumerate(view[at[0] : at[1]].split(border)):
        cells.append(cell(view, start, start + len(text), row, column))
        start += len(text) + 1
    return cells


# ---------------------------------------------------------------- columns set by spaces

_COLUMN = re.compile(r"\S+(?:\s{1,2}\S+)*")
"""The text of a column: words at most two spaces apart."""
_FEWEST_COLUMNS, _FEWEST_LINES = 3, 3


def width(text: str) -> int:
    """Return how many columns of a screen a text takes; 0 where it holds control characters."""
    from wcwidth import wcswidth  # costs more to import than most reports to read

    return max(wcswidth(text), 0)


def spaced_lines(texts: Sequence[str], first: int) -> int:
    """Return the line after those that are set in the same number of columns by wide gaps.

    The line itself where there are too few of them to be a table.
    """
    columns = len(_COLUMN.findall(texts[first])) if "   " in texts[first].strip() else 0
    at = first
    while columns >= _FEWEST_COLUMNS and at < len(texts):
        if len(_COLUMN.findall(texts[at])) != columns:
            break
        at += 1
    return at if at - first >= _FEWEST_LINES else first


def spaced_table(view: str, rows: Sequence[Stretch]) -> Table:
    """Return the table of lines whose cells are set apart by wide gaps."""
    cells = [
        [
            cell(view, found.start(), found.end(), row, column)
            for column, found in enumerate(_COLUMN.finditer(view, *at))
        ]
        for row, at in enumerate(rows)
    ]
    return Table(cells, count_header_rows(_texts(cells)), blanks_merge=False)


# ---------------------------------------------------------------- Markdown pipes

_ROW_LINES = 40
_PIPE_ROW = re.compile(r"\s*(?:[-*+]\s+)?\|")


def opens_pipe_row(line: str) -> bool:
    """Tell whether a line starts with a pipe (a list mark may stand before it)."""
    return _PIPE_ROW.match(line) is not None


def is_separator(line: str) -> bool:
    """Tell whether a line is what parts the heading of a Markdown table from its rows.

    >>> is_separator("|---|:-:|"), is_separator("| - | 5 |")
    (True, False)
    """
    return "|" in line and "--" in line and not line.strip(" \t|:-")


_BORDER = " | "


def opens_pipe_table(line: str, following: str) -> bool:
    """Tell whether a line is the first of a table with pipes.

    Markdown, or lines with as many cells as the one below them (`구분 | 기간`).
    """
    if "|" not in line:
        return False
    if is_separator(following) or (opens_pipe_row(line) and line.count("|") > 1):
        return True
    borders = line.rstrip().count("|")
    bordered = (_BORDER in line and _BORDER in following) or borders > 1
    return bordered and borders == following.count("|")


def pipe_table(
    view: str, starts: Sequence[int], texts: Sequence[str], first: int
) -> tuple[Table, list[Stretch], int]:
    """Return the Markdown table at line `first`, what its rows cover, and the line after it.

    `starts` and `texts` are lines of the view. A row goes on over line ends until it has as many
    cells as the separator and its last pipe; a separator belongs to the row before it.
    """
    separator = next(filter(is_separator, texts[first : first + 10]), "")
    borders = separator.count("|")
    open_sides = not opens_pipe_row(texts[first])
    rows: list[Stretch] = []
    cells: list[list[Cell]] = []
    header_rows = 0
    at = first
    while at < len(texts):
        if rows and is_separator(texts[at]):
            rows[-1] = (rows[-1][0], starts[at] + len(texts[at]))
            header_rows = header_rows or len(rows)
            at += 1
            continue
        if not (opens_pipe_row(texts[at]) or (open_sides and "|" in texts[at])):
            break
        last = at if open_sides else _last_line_of_row(texts, at, borders)
        rows.append((starts[at], starts[last] + len(texts[last])))
        cells.append(_pipe_cells(view, rows[-1], len(cells)))
        at = last + 1
    table = Table(cells, header_rows or count_header_rows(_texts(cells)))
    return table, rows, at


def _last_line_of_row(texts: Sequence[str], first: int, borders: int) -> int:
    """Return the index of the line that closes a row: the first, if none does."""
    seen = 0
    for at in range(first, min(first + _ROW_LINES, len(texts))):
        text = texts[at]
        if not text.strip():
            break
        if at > first and (opens_pipe_row(text) or is_separator(text)):
            return at - 1
        seen += text.count("|")
        if seen >= borders and text.rstrip().endswith("|"):
            return at
    return first


def _pipe_cells(view: str, at: Stretch, row: int) -> list[Cell]:
    start, end = at
    text = view[start:end]
    if (opening := _PIPE_ROW.match(text)) is not None:
        start += opening.end()
    stripped = text.rstrip()
    if stripped.endswith("|") and len(stripped) > start - at[0]:
        end = at[0] + len(stripped) - 1
    return _cut(view, (start, end), "|", row)


# ---------------------------------------------------------------- HTML

_MAX_DEPTH = 8
_MAX_COLSPAN = 64
_MAX_ROWSPAN = 500
_MAX_SPANNING_COLUMNS = 200


@dataclass(slots=True)
class Piece:
    """A part of a table row as it stands in the view; a nested table cuts the row in two."""

    start: int
    end: int
    table: Table
    row: int


@dataclass(slots=True)
class _RawCell:
    start: int
    end: int
    tag: Tag


@dataclass(slots=True)
class _Builder:
    """An HTML table while its tags are read."""

    end: int | None  # where its closing tag stands; None: it has none
    rows: list[list[_RawCell]] = field(default_factory=list)
    stretches: list[tuple[int, int, int]] = field(default_factory=list)  # start, end, row
    row_start: int | None = None
    cell_open: Tag | None = None
    seen: int = 0  # the end of the last tag

    def feed(self, tag: Tag) -> None:
        """Take in a tag of rows or cells."""
        self.close_cell(tag.start)
        if tag.name == "tr":
            self.close_row(tag.end if tag.closing else tag.start)
            if not tag.closing:
                self.open_row(tag.start)
        elif not tag.closing:
            if self.row_start is None:
                self.open_row(tag.start)
            self.cell_open = tag
        self.seen = tag.end

    def open_row(self, start: int) -> None:
        self.row_start = start
        self.rows.append([])

    def cut(self, start: int, end: int) -> None:
        """Leave a nested table out of the open row's stretch."""
        if self.row_start is not None:
            self.stretches.append((self.row_start, start, len(self.rows) - 1))
            self.row_start = end

    def close_cell(self, end: int) -> None:
        if self.cell_open is not None:
            self.rows[-1].append(_RawCell(self.cell_open.end, end, self.cell_open))
            self.cell_open = None

    def close_row(self, end: int) -> None:
        if self.row_start is not None:
            self.stretches.append((self.row_start, end, len(self.rows) - 1))
            self.row_start = None

    def finished(self, view: str, limit: int) -> list[Piece]:
        """Return the pieces of the table; an unclosed one ends with its last tag's line."""
        end = limit
        if self.end is None:
            line_end = view.find("\n", self.seen, limit) if self.cell_open else self.seen
            end = limit if line_end < 0 else line_end
        self.close_cell(end)
        self.close_row(end)
        kept = [row for row, cells in enumerate(self.rows) if cells]
        number = {row: i for i, row in enumerate(kept)}
        raw_rows = [self.rows[row] for row in kept]
        cells = _placed(view, raw_rows)
        merged = any(c.rowspan > 1 or c.colspan > 1 for row in cells for c in row)
        table = Table(cells, _html_header_rows(raw_rows, cells), blanks_merge=not merged)
        return [
            Piece(start, stop, table, number[row])
            for start, stop, row in self.stretches
            if row in number and view[start:stop].strip()
        ]


def html_tables(view: str, tags: Sequence[Tag]) -> list[Piece]:
    """Return the table rows that the tags make, in the order of the text.

    Tables may be nested, left unclosed, or be rows without a table around them.
    """
    closings = _closing_tags(tags)
    pieces: list[Piece] = []
    open_tables: list[_Builder] = []

    def finish_top(limit: int) -> None:
        pieces.extend(open_tables.pop().finished(view, limit))

    for index, tag in enumerate(tags):
        if tag.name != "table":
            if not open_tables:
                if tag.closing:
                    continue
                open_tables.append(_Builder(None))
            open_tables[-1].feed(tag)
        elif tag.closing:
            if open_tables and open_tables[-1].end is None:
                finish_top(tag.start)
            if open_tables and open_tables[-1].end == tag.start:
                finish_top(tag.start)
        else:
            if open_tables and open_tables[-1].end is None:
                finish_top(tag.start)
            closing = closings.get(index)
            if len(open_tables) >= _MAX_DEPTH:
                continue
            if closing is not None and open_tables:
                open_tables[-1].cut(tag.start, closing.end)
            open_tables.append(_Builder(closing.start if closing is not None else None))
    while open_tables:
        finish_top(len(view))
    pieces.sort(key=lambda piece: piece.start)
    return _without_overlap(pieces)


def _without_overlap(pieces: list[Piece]) -> list[Piece]:
    """Cut off what broken mark-up made overlap."""
    for one, following in pairwise(pieces):
        one.end = min(one.end, following.start)
    return [piece for piece in pieces if piece.start < piece.end]


def _closing_tags(tags: Sequence[Tag]) -> dict[int, Tag]:
    """Return for each opening `<table>` (by index) the tag that closes it, if there is one."""
    pairs: dict[int, Tag] = {}
    waiting: list[int] = []
    for index, tag in enumerate(tags):
        if tag.name == "table":
            if not tag.closing:
                waiting.append(index)
            elif waiting:
                pairs[waiting.pop()] = tag
    return pairs


def _placed(view: str, raw_rows: list[list[_RawCell]]) -> list[list[Cell]]:
    """Return the cells at the columns that the spans of the cells above leave free."""
    taken: dict[int, int] = {}  # column -> first row in which it is free again
    rows: list[list[Cell]] = []
    for row, raw_cells in enumerate(raw_rows):
        cells: list[Cell] = []
        column = 0
        for raw in raw_cells:
            while taken.get(column, 0) > row:
                column += 1
            plain = cell(view, raw.start, raw.end, row, column)
            colspan = max(1, min(raw.tag.colspan, _MAX_COLSPAN))
            rowspan = max(1, min(raw.tag.rowspan, _MAX_ROWSPAN, len(raw_rows) - row))
            if column > _MAX_SPANNING_COLUMNS:
                rowspan = 1
            cells.append(Cell(plain.start, plain.end, plain.text, row, column, rowspan, colspan))
            if rowspan > 1:
                taken.update((column + i, row + rowspan) for i in range(colspan))
            column += colspan
        rows.append(cells)
    return rows


def _html_header_rows(raw_rows: list[list[_RawCell]], rows: list[list[Cell]]) -> int:
    """Return how many rows are headings: rows of `<th>`, else by the look of the cells."""
    marked = 0
    for raw_cells in raw_rows:
        if not all(raw.tag.name == "th" for raw in raw_cells):
            break
        marked += 1
    count = marked or count_header_rows(_texts(rows))
    if count and len({c.rowspan for c in rows[0]}) > 1:
        count = max(count, *(c.rowspan for c in rows[0]))
    return min(count, len(rows))


def _texts(rows: Iterable[Iterable[Cell]]) -> list[list[str]]:
    """Return the texts of rows, an empty one where a merged cell goes on."""
    grid: list[list[str]] = []
    for row in rows:
        texts: list[str] = []
        for one in row:
            texts += [""] * (one.column - len(texts))
            texts += [one.text, *[""] * (one.colspan - 1)]
        grid.append(texts)
        if len(grid) > _MAX_HEADER_ROWS + 1:
            break
    return grid


# ---------------------------------------------------------------- which rows are headings

_MAX_HEADER_ROWS = 5
_LABEL_LENGTH = 25
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_DATE = re.compile(
    r"\d{4}\s*[.년]|'\s*\d\d|\d{1,2}\s*월|(?<![\d.,])\d{1,2}\.\s*\d{1,2}(?![\d%])|\d{1,2}:\d\d"
)
_NUMBER = re.compile(
    r"[\s\d.,%()+\-–/△Δ:·천백만억조원명건개회]*\d[\s\d.,%()+\-–/△Δ:·천백만억조원명건개회]*"
)
_YEAR_OR_QUARTER = re.compile(r"'?\d{2}년?도?|\d{4}년?도?|~?\s*[1-4]/4(?:분기)?")
_YEAR_BEFORE = re.compile(r"^'?\d{2,4}년도?\s*(?=\D)")
_NO_DIGIT = re.compile(r"\D*")
_LIST_MARK = tuple("○◦●•·-–□■◆▶※*①②→⇒'")
_CORNER = re.compile(
    r"구분|분류|항목|종류|부서명?|기관명?|단체명?|성명|이름|연번|순번|번호|순서|연도|년도|월별?|회차|회수"
    r"|일시|일자|날짜|시간|기간|요일|분야|단계|과정명?|사업명|세부사업명?|과제명?|행사명?|위원회명?|명칭"
    r"|지역|대상|합계|제목|안건명?|직위|직급|.{0,8}구분|.{1,8}명|No\.?|NO\.?"
)
_COLUMN_WORD = re.compile(
    r".{0,8}(?:내용|업무|사항|일정|시기|기간|일시|일자|날짜|시간|비고|금액|예산|실적|목표|계획|현황|장소|인원"
    r"|대상|부서|기관|방법|결과|명칭|횟수|건수|직위|연락처|주제|기한|구분|합계|계)"
)


def count_header_rows(rows: Sequence[Sequence[str]]) -> int:
    """Return how many of the first rows are headings; `rows` are the texts of the cells.

    A heading row has short labels. Below it, rows whose first cell is empty (it is merged with
    the corner) carry on. A first row of one single text is the table's title and counts with
    the heading below it.
    """
    if len(rows) < 2:
        return 0
    start = 1 if _is_title_row(rows[0]) and _is_heading(rows, 1) else 0
    if not _is_heading(rows, start):
        return 0
    count = start + 1
    while count < min(len(rows) - 1, _MAX_HEADER_ROWS) and _carries_on(rows[count]):
        count += 1
    return count


def _is_title_row(row: Sequence[str]) -> bool:
    return len(row) > 2 and bool(row[0]) and not any(row[1:]) and _is_label(row[0])


def _is_heading(rows: Sequence[Sequence[str]], at: int) -> bool:
    row = rows[at]
    filled = [text for text in row if text]
    following = rows[at + 1] if at + 1 < len(rows) else ()
    if len(filled) < 2 or not following or not row[0]:
        return False
    if len(row) == 2:
        return bool(_CORNER.fullmatch(_close(row[0])) and _COLUMN_WORD.fullmatch(_close(row[1])))
    if not _is_label(filled[0]):
        return False
    if all(_is_label(text) for text in filled):
        return True
    columns = [i for i, text in enumerate(row) if text and _DATE.search(text) and i]
    return len(columns) > 1 and not any(
        _DATE.search(following[i]) for i in columns if i < len(following)
    )


def _carries_on(row: Sequence[str]) -> bool:
    filled = [text for text in row if text]
    return bool(row) and not row[0] and bool(filled) and all(map(_is_label, filled))


def _is_label(text: str) -> bool:
    """Tell whether a text can head a column: short, no date, no number, no list."""
    if len(text) > 4 * _LABEL_LENGTH:
        return False
    if "(" in text:
        text = _IN_BRACKETS.sub("", text).strip() or text
    if len(text) > _LABEL_LENGTH or text.startswith(_LIST_MARK) or ", " in text:
        return False
    if _NO_DIGIT.fullmatch(text) or _YEAR_OR_QUARTER.fullmatch(text):
        return True
    return not _NUMBER.fullmatch(text) and not _DATE.search(_without_year(text))


def _without_year(text: str) -> str:
    """Return a label without its year: `2021년 예산` is a label, `2021년 5월` is a date."""
    return _YEAR_BEFORE.sub("", text)


def _close(text: str) -> str:
    return text.replace(" ", "")
