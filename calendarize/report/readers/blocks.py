"""What every reader gives: paragraphs and tables, and the one way they are written as text.

The text is what the rest of `report/` reads best: a paragraph is a line with a blank line behind
it, a forced line break is a line end, a table is an HTML `<table>` with a row a line (the lines of
a cell are lines too), so that merged cells stay merged. Tables that only lay out a page become
paragraphs: a box round a text, a frame of one column, a number beside a heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

Block: TypeAlias = "str | Table"
"""A paragraph (with `\\n` at forced line breaks) or a table."""


MAX_ROWSPAN = 1000
MAX_COLSPAN = 256
"""Over how many rows and columns a cell is taken to be merged at most."""
_SPANNED_COLUMNS = 1000
"""How many columns may be merged over several rows; those beyond begin anew in each row."""


@dataclass(slots=True)
class Cell:
    """A cell that begins here; the places it is merged over are no cells of their own.

    Spans beyond all tables are cut to the largest there may be.
    """

    blocks: list[Block] = field(default_factory=list)
    rowspan: int = 1
    colspan: int = 1
    heading: bool = False

    def __post_init__(self) -> None:
        self.rowspan = min(self.rowspan, MAX_ROWSPAN)
        self.colspan = min(self.colspan, MAX_COLSPAN)


@dataclass(slots=True)
class Table:
    """A table as rows of cells, as in HTML."""

    rows: list[list[Cell]]


_TAB = "    "
_NO_LETTERS = re.compile(r"[\W\d_]*")
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_LIKE_A_TAG = re.compile(r"<(?=/?[a-zA-Z!])")
_SPACES_AT_END = re.compile(r"[ \u00a0\u3000]+$", re.MULTILINE)
_NUMBER_CELL = re.compile(
    r"(?:\d{1,2}|[Ⅰ-Ⅻ]|[IVX]{1,4}|[가-하])[.)]?|(?:붙임|별첨|별지|참고|첨부|부록)\s?\d{0,2}"
)
_TITLE_LENGTH = 80


def text_of(blocks: Iterable[Block]) -> str:
    """Return the text of a document's blocks.

    >>> print(text_of(["일정", Table([[Cell(["일시"]), Cell(["5. 3."], colspan=2)]])]), end="")
    일정
    <BLANKLINE>
    <table><tr><td>일시</td><td colspan="2">5. 3.</td></tr></table>
    """
    return "\n\n".join(_written(blocks)) + "\n"


def lines_of(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield the lines of the paragraphs among blocks, those in tables too, blank ones left out."""
    for block in blocks:
        if isinstance(block, Table):
            for row in block.rows:
                for cell in row:
                    yield from lines_of(cell.blocks)
        else:
            yield from filter(None, map(str.strip, block.split("\n")))


def framed(top: Iterable[Block], body: list[Block], bottom: Iterable[Block]) -> list[Block]:
    """Return the body between those lines of headers and footers that say something new.

    Headers often repeat the title or each other, footers hold page numbers.
    """
    said = {"".join(line.split()) for line in lines_of(body)}

    def new(blocks: Iterable[Block]) -> list[Block]:
        lines = {"".join(line.split()): line for line in lines_of(blocks)}
        found = [(close, line) for close, line in lines.items() if close not in said]
        said.update(lines)
        return [line for close, line in found if not _NO_LETTERS.fullmatch(close)]

    first = new(top)
    return [*first, *body, *new(bottom)]


def _written(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield each paragraph and each table as it is written, empty ones left out."""
    for block in blocks:
        if not isinstance(block, Table):
            if text := _plain(block):
                yield text
        elif (inner := _laid_out(block)) is not None:
            yield from _written(inner)
        else:
            yield _table(block)


def _plain(text: str) -> str:
    """Return a paragraph without what the text path would take for mark-up or cell borders."""
    text = _UNWANTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", _TAB))
    lines = _SPACES_AT_END.sub("", _LIKE_A_TAG.sub("〈", text)).split("\n")
    return "\n".join(line for line in lines if line)


def _laid_out(table: Table) -> list[Block] | None:
    """Return the blocks of a table that only lays out the page, or `None` for a real one."""
    filled = [
        [(column, cell) for column, cell in row if any(lines_of(cell.blocks))]
        for row in _with_columns(table)
    ]
    rows = [row for row in filled if row]
    if len({column for row in rows for column, _ in row}) <= 1:
        return [block for row in rows for _, cell in row for block in cell.blocks]
    if len(rows) == 1 and len(rows[0]) == 2:
        number, title = (" ".join(lines_of(cell.blocks)) for _, cell in rows[0])
        if _NUMBER_CELL.fullmatch(number) and len(title) <= _TITLE_LENGTH:
            return [f"{number} {title}"]
    return None


def _with_columns(table: Table) -> Iterator[list[tuple[int, Cell]]]:
    """Yield each row's cells with the columns they begin at."""
    free_from: dict[int, int] = {}  # column -> first row in which it is free
    for at, row in enumerate(table.rows):
        placed: list[tuple[int, Cell]] = []
        column = 0
        for cell in row:
            while free_from.get(column, 0) > at:
                column += 1
            placed.append((column, cell))
            if cell.rowspan > 1 and column < _SPANNED_COLUMNS:
                free_from.update((column + i, at + cell.rowspan) for i in range(cell.colspan))
            column += cell.colspan
        yield placed


def _table(table: Table) -> str:
    rows = ("".join(map(_cell, row)) for row in table.rows)
    return "<table>" + "\n".join(f"<tr>{row}</tr>" for row in rows if row) + "</table>"


def _cell(cell: Cell) -> str:
    name = "th" if cell.heading else "td"
    spans = "".join(
        f' {side}span="{span}"'
        for side, span in (("row", cell.rowspan), ("col", cell.colspan))
        if span > 1
    )
    return f"<{name}{spans}>" + "\n".join(_written(cell.blocks)) + f"</{name}>"
