"""The `Report`: what every reader gives, whatever the format of the document was."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal, NamedTuple

_WIDE = 20
"""How many cells on either side of one can tell what it is."""
BlockKind = Literal["heading", "bullet", "row", "paragraph"]


class Cell(NamedTuple):
    """One table cell.

    `start` and `end` are offsets into `Report.view` (end exclusive); a cell broken over several
    lines reaches over them. `text` is what a reader sees: no tags, no bold marks, no `<br>`,
    white space folded, bullets inside the cell kept.
    """

    start: int
    end: int
    text: str
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1


@dataclass(slots=True)
class Table:
    """A table as rows of cells; `header_rows` first rows are headings.

    `blanks_merge`: the text told nothing of merged cells (tabs, pipes, HTML without spans), so
    that an empty cell stands for a part of the cell beside or above it. Without it `rowspan` and
    `colspan` tell.
    """

    rows: list[list[Cell]]
    header_rows: int = 1
    caption: str = ""
    blanks_merge: bool = True
    _cells: list[Cell] | None = field(default=None, init=False, repr=False, compare=False)
    _headings: list[list[str]] | None = field(default=None, init=False, repr=False, compare=False)
    _above: dict[tuple[int, int], list[str]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _reaching: list[list[Cell]] | None = field(default=None, init=False, repr=False, compare=False)

    def cell_at(self, offset: int) -> Cell | None:
        """Return the cell whose text holds that offset of the view."""
        if self._cells is None:
            self._cells = sorted((c for row in self.rows for c in row), key=lambda c: c.start)
        at = bisect_right(self._cells, offset, key=lambda c: c.start) - 1
        return self._cells[at] if at >= 0 and offset < self._cells[at].end else None

    def column_headings(self, cell: Cell) -> list[str]:
        """Return the texts of the heading cells above a cell, top first, empty ones left out."""
        key = cell.column, min(self.header_rows, cell.row)
        if key not in self._above:
            if self._headings is None:
                self._headings = self._heading_grid()
            column, depth = key
            texts = [row[column] for row in self._headings[:depth] if column < len(row)]
            self._above[key] = [text for text, _ in groupby(texts) if text]
        return self._above[key]

    def near(self, cell: Cell) -> list[Cell]:
        """Return the cells of a cell's row, in a very wide row those around it."""
        row = self.rows[cell.row]
        at = bisect_left(row, cell.column, key=lambda c: c.column)
        return row[max(0, at - _WIDE) : at + _WIDE + 1]

    def row_headings(self, cell: Cell) -> list[Cell]:
        """Return the cells to the left of a cell in its row (spans included), leftmost first."""
        if self._reaching is None:
            self._reaching = self._cells_reaching_down()
        row = [*self._reaching[cell.row][:_WIDE], *self.near(cell)]
        left = [c for c in row if c.column < cell.column and c.text]
        return sorted(left, key=lambda c: c.column)

    def _heading_grid(self) -> list[list[str]]:
        """Return the text that heads each column, for each heading row."""
        rows = self.rows[: self.header_rows]
        width = max((c.column + c.colspan for row in rows for c in row), default=0)
        grid = [[""] * width for _ in rows]
        for cell in (c for row in rows for c in row):
            for row in range(cell.row, min(cell.row + cell.rowspan, len(rows))):
                grid[row][cell.column : cell.column + cell.colspan] = [cell.text] * cell.colspan
        return _merged_sideways(grid) if self.blanks_merge else grid

    def _cells_reaching_down(self) -> list[list[Cell]]:
        """Return for each row the cells above that are merged down into it."""
        reaching: list[list[Cell]] = [[] for _ in self.rows]
        above: dict[int, Cell] = {}
        for index, row in enumerate(self.rows):
            if self.blanks_merge:
                if index < self.header_rows:
                    continue
                for cell in row:
                    if cell.text:
                        break
                    if cell.column in above:
                        reaching[index].append(above[cell.column])
                above.update((c.column, c) for c in row if c.text)
            else:
                for cell in row:
                    for below in range(index + 1, min(index + cell.rowspan, len(self.rows))):
                        reaching[below].append(cell)
        return reaching


def _merged_sideways(grid: list[list[str]]) -> list[list[str]]:
    """Fill the empty heading cells that are part of the one to their left.

    Empty below a text: merged with it from above, stays empty. Empty otherwise: merged with the
    left neighbour, as long as both stand under the same heading.
    """
    merged: list[list[str]] = []
    owners: list[list[tuple[int, int]]] = []  # the cell (row, column) each place belongs to
    for r, row in enumerate(grid):
        texts: list[str] = []
        owner: list[tuple[int, int]] = []
        for c, text in enumerate(row):
            own = (r, c)
            if not text:
                under = owners[r - 1][c] if r else None
                first_of_its_heading = c == 0 or (r > 0 and owners[r - 1][c - 1] != under)
                if under is not None and under[1] == c:
                    own = under
                elif not first_of_its_heading:
                    text, own = texts[c - 1], owner[c - 1]
            texts.append(text)
            owner.append(own)
        merged.append(texts)
        owners.append(owner)
    return merged


@dataclass(slots=True)
class Block:
    """One item of the outline: a heading, a bullet, a table row or a paragraph.

    `start`/`end` are offsets into `Report.view`; `content` is where its text begins, behind the
    marker (`□`, `-`, `①`, `1.`). `parent` is the block it stands under (its heading or the
    bullet above it), or `None` at the top.
    """

    kind: BlockKind
    start: int
    end: int
    content: int
    text: str
    marker: str = ""
    parent: Block | None = field(default=None, repr=False)
    table: Table | None = field(default=None, repr=False)
    row: int = 0

    def ancestors(self) -> Iterator[Block]:
        """Yield the blocks above this one, nearest first."""
        above = self.parent
        while above is not None:
            yield above
            above = above.parent


@dataclass(slots=True)
class Report:
    """A document as calendarize sees it.

    `lines` are the lines of the text exactly as split on `\\n`. `view` is the same text in
    canonical characters for reading by machine (ASCII digits, one apostrophe, one tilde, tags
    and bold marks blanked, cell borders as tabs or `|`, NFC), with the same line breaks.
    `front` is the end offset (in `view`) of the front matter: the title page before the body.
    `line_starts` are the offsets in `view` at which lines start; `columns` maps the lines (by
    index) that composing made shorter: the raw column of each column of the view.
    `numbered` is where the date stands that the document bears beside its own number
    (`재일46014-1790 (1999.10.07)`): offsets in `view`, the brackets left out, end exclusive.
    """

    source: str
    lines: list[str]
    view: str
    blocks: list[Block]
    front: int = 0
    title: str = ""
    department: str | None = None
    line_starts: list[int] = field(default_factory=list)
    columns: dict[int, list[int]] = field(default_factory=dict, repr=False)
    numbered: tuple[int, int] | None = None

    def place(self, offset: int) -> tuple[int, int]:
        """Return (line, column) in `lines` of an offset of `view`: 1-based, 0-based code points."""
        index, column = self._place(offset)
        return index + 1, column

    def raw(self, start: int, end: int) -> str:
        """Return the text between two offsets of the view exactly as it stands in its line.

        Of a stretch that reaches over line ends: the part in its first line.
        """
        index, column = self._place(start)
        last = self.line_starts[index + 1] - 1 if index + 1 < len(self.lines) else len(self.view)
        return self.lines[index][column : self._place(min(max(start, end), last))[1]]

    def _place(self, offset: int) -> tuple[int, int]:
        """Return (index of the line, raw column) of an offset of the view."""
        offset = max(0, min(offset, len(self.view)))
        index = bisect_right(self.line_starts, offset) - 1
        column = offset - self.line_starts[index]
        column_map = self.columns.get(index) if self.columns else None
        return index, column_map[column] if column_map else column

    def block_at(self, offset: int) -> Block | None:
        """Return the innermost block that holds an offset of the view."""
        at = bisect_right(self.blocks, offset, key=lambda b: b.start) - 1
        return self.blocks[at] if at >= 0 and offset < self.blocks[at].end else None
