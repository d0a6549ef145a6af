"""Where a time expression stands: its block, its cell, the words around it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from calendarize.report.model import Block, Cell, Report, Table
from calendarize.timex.partial import Expression

_SPACES = re.compile(r"\s+")


def folded(text: str) -> str:
    """Fold white space and trim."""
    return _SPACES.sub(" ", text).strip()


@dataclass(slots=True)
class Place:
    """The surroundings of one expression.

    The segment is the cell or, outside of tables, the block that holds it: `start`/`end` are
    its offsets in the view, `before`, `written` and `after` its text before, in and behind the
    expression.
    `siblings` are all expressions of the segment, this one included, in order.
    """

    expression: Expression
    block: Block | None
    cell: Cell | None
    start: int
    end: int
    before: str
    written: str
    after: str
    siblings: list[Expression] = field(default_factory=list)

    @property
    def table(self) -> Table | None:
        return self.block.table if self.block else None

    @property
    def in_header(self) -> bool:
        """Tell whether the expression stands in a heading row of its table."""
        return bool(self.table and self.cell and self.cell.row < self.table.header_rows)

    @property
    def alone(self) -> bool:
        """Tell whether nothing but the expression stands in the segment."""
        return not self.before.strip(" (<[") and not self.after.strip(" )>].")

    def headings(self) -> Iterator[Block]:
        """Yield the headings and bullets above, nearest first."""
        if self.block is not None:
            yield from self.block.ancestors()


def places(report: Report, found: Sequence[Expression]) -> list[Place]:
    """Locate expressions (in order) in the blocks and cells of their report."""
    view, result = report.view, list[Place]()
    segments: dict[tuple[int, int], list[Expression]] = {}
    starts = [block.start for block in report.blocks]
    for expression in found:
        at = bisect_right(starts, expression.start) - 1
        block = report.blocks[at] if at >= 0 and expression.start < report.blocks[at].end else None
        cell = block.table.cell_at(expression.start) if block and block.table else None
        if cell is not None:
            start, end = cell.start, cell.end
        elif block is not None:
            start, end = min(block.content, expression.start), block.end
        else:
            start = view.rfind("\n", 0, expression.start) + 1
            end = view.find("\n", expression.start)
            end = len(view) if end < 0 else end
        siblings = segments.setdefault((start, end), [])
        siblings.append(expression)
        before, after = view[start : expression.start], view[expression.end : max(end, expression.end)]
        written = view[expression.start : expression.end]
        result.append(Place(expression, block, cell, start, end, before, written, after, siblings))
    return result


def regroup(kept: Sequence[Place]) -> None:
    """Make the siblings of each place the kept expressions of its segment only."""
    segments: dict[tuple[int, int], list[Expression]] = {}
    for place in kept:
        place.siblings = segments.setdefault((place.start, place.end), [])
        place.siblings.append(place.expression)
