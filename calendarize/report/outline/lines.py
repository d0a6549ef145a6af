"""Lines: the text of a document line by line, with the rows of HTML tables in between."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from calendarize.report.model import Block
from calendarize.report.outline.marks import Mark
from calendarize.report.tables import Piece


class Item(NamedTuple):
    """A block before it is nested; without a mark it stands below whatever is above it."""

    block: Block
    mark: Mark | None


class Lines(NamedTuple):
    """The text outside of HTML tables, line by line, and the tables' rows in between.

    `blanks` tells which lines are blank; it has one entry more, so that what lies before the
    first line (`[-1]`) and after the last is blank too.
    """

    starts: list[int]
    texts: list[str]
    pieces: list[Piece | None]
    blanks: list[bool]


def lines_of(view: str, starts: Sequence[int], pieces: Sequence[Piece]) -> Lines:
    """Return the lines of the view, with the pieces of HTML tables cut out as lines of their own.

    >>> lines_of("a\\n\\nb", [0, 2, 3], []).blanks
    [False, True, False, True]
    """
    cut_starts: list[int] = list(starts)
    texts: list[str] = view.split("\n")
    rows: list[Piece | None] = [None] * len(texts)
    if pieces:
        cut_starts, texts, rows = [], [], []
        done = 0
        for piece in [*pieces, None]:
            start = done
            free = view[done : piece.start if piece else len(view)]
            for text in free.split("\n"):
                cut_starts.append(start)
                texts.append(text)
                rows.append(None)
                start += len(text) + 1
            if piece is not None:
                cut_starts.append(piece.start)
                texts.append(view[piece.start : piece.end])
                rows.append(piece)
                done = piece.end
    return Lines(cut_starts, texts, rows, [not text.strip() for text in texts] + [True])


def line_starts(view: str) -> list[int]:
    """Return the offset of each line's start.

    >>> line_starts("ab\\n\\nc")
    [0, 3, 4]
    """
    lengths = (len(line) + 1 for line in view.split("\n"))
    return list(accumulate(lengths, initial=0))[:-1]


def next_line(lines: Lines, at: int) -> int | None:
    """Return the index of the next line with text, a few lines below at most, outside tables."""
    below = next(
        (i for i in range(at + 1, min(at + 5, len(lines.texts))) if not lines.blanks[i]), None
    )
    return None if below is None or lines.pieces[below] is not None else below
