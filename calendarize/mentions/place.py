"""Where a time expression stands: its block, its cell, the words around it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from calendarize.report.model import Block, Cell, Report, Table
from calendarize.timex.partial import Expression


def folded(text: str) -> str:
    """Fold white space and trim."""
    return " ".join(text.split())


_REACH = 400
"""How many characters on either side of an expression can matter to it."""
_FEWEST_DAYS = 2
_NEIGHBOURS = 8
"""How many expressions of the segment on either side of one can matter to it."""


@dataclass(slots=True)
class Place:
    """The surroundings of one expression.

    The segment is the cell or, outside of tables, the block that holds it; `segment` is where
    it begins in the view. `before`, `written` and `after` are its text before, in and behind
    the expression as far as it can matter; `start` is the offset of `before`. `siblings` are
    the neighbouring expressions of the segment in order, this one at `index` among them.
    `document` is the title of the report, `name` what a line beside it calls its subject
    (`- 행사명 : …`). `listed`: it begins a line among lines that begin with days.
    """

    expression: Expression
    block: Block | None
    cell: Cell | None
    segment: int
    start: int
    before: str
    written: str
    after: str
    document: str
    name: str = ""
    listed: bool = False
    siblings: list[Expression] = field(default_factory=list)
    index: int = 0

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


_NAME_LABEL = re.compile(
    r"(?:회의|행사|사업|과제|공사|용역|대회|축제|교육|과정|프로그램)\s?명\s?:\s?(\S.{1,60})"
)


def _names(blocks: Sequence[Block]) -> dict[int, str]:
    """Return, by the start of a block, what a line above it under the same heading names."""
    named: dict[int, str] = {}
    current: dict[int, str] = {}
    for block in blocks:
        if block.kind == "heading":
            current.clear()
        elif block.table is None and (label := _NAME_LABEL.match(block.text)) is not None:
            current[id(block.parent)] = folded(label[1])
        elif current and id(block.parent) in current:
            named[block.start] = current[id(block.parent)]
    return named


def places(report: Report, found: Sequence[Expression]) -> list[Place]:
    """Locate expressions (in order) in the blocks and cells of their report."""
    view, result = report.view, list[Place]()
    names = _names(report.blocks)
    for expression in found:
        block = report.block_at(expression.start)
        cell = block.table.cell_at(expression.start) if block and block.table else None
        if cell is not None:
            segment, end = cell.start, cell.end
        elif block is not None:
            segment, end = min(block.content, expression.start), block.end
        else:
            segment = view.rfind("\n", 0, expression.start) + 1
            end = view.find("\n", expression.start)
            end = len(view) if end < 0 else end
        start = max(segment, expression.start - _REACH)
        result.append(
            Place(
                expression,
                block,
                cell,
                segment,
                start,
                before=view[start : expression.start],
                written=view[expression.start : expression.end],
                after=view[expression.end : max(min(end, expression.end + _REACH), expression.end)],
                document=report.title,
                name=names.get(block.start, "") if block else "",
            )
        )
    _mark_lists(result)
    return result


def _mark_lists(found: Sequence[Place]) -> None:
    """Mark the places that begin a line under a heading with several lines that begin so."""
    first = [p for p in found if p.block is not None and p.table is None and not p.before.strip()]
    days = Counter(
        id(p.block.parent) for p in first if p.block is not None and not p.expression.weak
    )
    for place in first:
        if place.block is not None and days[id(place.block.parent)] >= _FEWEST_DAYS:
            place.listed = True


def regroup(kept: Sequence[Place]) -> None:
    """Make the siblings of each place the kept expressions of its segment only."""
    segments: dict[int, list[Place]] = {}
    for place in kept:
        segments.setdefault(place.segment, []).append(place)
    for group in segments.values():
        expressions = [place.expression for place in group]
        for at, place in enumerate(group):
            first = max(0, at - _NEIGHBOURS)
            place.siblings = expressions[first : at + _NEIGHBOURS + 1]
            place.index = at - first
