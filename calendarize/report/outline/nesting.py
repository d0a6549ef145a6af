"""Nesting: every block finds the one that it stands below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from calendarize.report.model import Block
from calendarize.report.outline.lines import Item
from calendarize.report.outline.looks import ENDS_IN_ASPECT
from calendarize.report.outline.marks import LISTED, Mark

_CONTENTS_LENGTH = 3


@dataclass(slots=True)
class _Level:
    """A block that is open: others may stand below it.

    `interrupts`: it is a caption (a box between the items of a list with circles).
    """

    block: Block
    mark: Mark
    interrupts: bool = False


def nest(found: Sequence[Item], front: int) -> None:
    """Set the parent of each block; nothing in the front matter is a parent of the body.

    Marks of bands 0 and 1 find their place by family: one that is open already is a sibling,
    one that is new stands below what is open in its band. Deeper marks find it by their rank.
    """
    levels: list[_Level] = []
    run: list[_Level] = []  # headings of one family that followed each other directly
    above: Block | None = None
    in_front = True
    for block, mark in found:
        if in_front and block.start >= front:
            levels.clear()
            run.clear()
            in_front = False
        if mark is None or mark.leaf:
            block.parent = levels[-1].block if levels else None
            run.clear()
        else:
            if _is_list_of_contents(run, block, mark):
                levels.pop()
            level = _opened(levels, block, mark, above)
            block.parent = levels[-1].block if levels else None
            levels.append(level)
            if run and (run[-1].mark.family != mark.family or run[0].block.marker == block.marker):
                run.clear()
            if block.kind == "heading":
                run.append(level)
            else:
                run.clear()
        above = block


def _opened(levels: list[_Level], block: Block, mark: Mark, above: Block | None) -> _Level:
    """Close the levels that end where a block begins, and return its own.

    A caption between circles is a box with content of its own: the next circle carries on the
    list that the box interrupted.
    """
    if mark.family == "circle":
        kept = _make_room(levels, block, mark)
        if levels and levels[-1].interrupts:
            if levels[-1].block is above:
                levels[-1].interrupts = False
            else:
                levels.pop()
                kept = _make_room(levels, block, mark)
        return _Level(block, kept)
    before = levels[:]
    kept = _make_room(levels, block, mark)
    closed = before[len(levels) :]
    interrupts = (
        mark.family == "caption"
        and bool(closed)
        and (closed[0].interrupts or closed[0].mark.family == "circle")
    )
    return _Level(block, kept, interrupts)


def _is_list_of_contents(run: Sequence[_Level], block: Block, mark: Mark) -> bool:
    """Tell whether headings without content are a list of what follows, beginning with `block`."""
    if len(run) < 2 or run[-1].mark.band != mark.band or run[-1].mark.family == mark.family:
        return False
    first = run[0].block.text.replace(" ", "")
    return len(run) >= _CONTENTS_LENGTH or first == block.text.replace(" ", "")


def _make_room(levels: list[_Level], block: Block, mark: Mark) -> Mark:
    """Close the levels that end where a block begins; return the mark it is to be kept under."""
    if mark.family == "hash":
        while levels and not (
            levels[-1].mark.family == "hash" and levels[-1].mark.rank < mark.rank
        ):
            levels.pop()
        return mark
    if mark.band in (2, 3, 4):
        holding = _holding(levels, block, mark)
        if holding is not None:
            del levels[holding:]
        while levels and _depth(levels[-1].mark) >= _depth(mark) and not _holds(levels[-1], mark):
            levels.pop()
        return mark
    open_at = _open_family(levels, block, mark)
    if open_at is not None:
        kept = levels[open_at].mark
        del levels[open_at:]
        return kept if kept.family == mark.family else mark
    if mark.band == LISTED:
        top = levels[-1].mark if levels else None
        if top is None or top.band < 2:
            return Mark(2, mark.family)
        return Mark(top.band, mark.family, (*top.rank, 1))
    while levels and _ends_before(levels[-1].mark, mark):
        levels.pop()
    return mark


def _holds(level: _Level, mark: Mark) -> bool:
    """Tell whether a dash stands so far in that it belongs to the dot or arrow above it."""
    if mark.family != "dash" or level.mark.family not in ("dot", "arrow"):
        return False
    return mark.rank[0] >= level.block.content - level.block.start > 0


def _holding(levels: Sequence[_Level], block: Block, mark: Mark) -> int | None:
    """Return the index of the open dot or arrow with dashes below it that a mark stands beside."""
    return next(
        (
            at
            for at, (level, below) in enumerate(pairwise(levels))
            if level.mark.family == mark.family
            and _holds(level, below.mark)
            and block.content - block.start <= level.block.content - level.block.start
        ),
        None,
    )


def _depth(mark: Mark) -> tuple[int, tuple[int, ...]]:
    return mark.band, mark.rank


def _ends_before(open_mark: Mark, mark: Mark) -> bool:
    """Tell whether an open level ends before a mark whose family is not open."""
    if open_mark.band != mark.band:
        return open_mark.band > mark.band
    if mark.family == "bare number":  # it names a project: the sections of what came before end
        return open_mark.family in ("square", "caption")
    return mark.band == 0 and open_mark.family != "hash" and open_mark.rank > mark.rank


def _outer_caption(levels: Sequence[_Level], block: Block) -> int | None:
    """Return the index of a caption in brackets alike that has boxes below it: a section."""
    alike = (
        at
        for at, level in enumerate(levels)
        if level.mark.family == "caption" and level.block.marker == block.marker
    )
    return next(alike, None)


def _open_family(levels: Sequence[_Level], block: Block, mark: Mark) -> int | None:
    """Return the index of the open level that a mark is a sibling of, or `None`.

    A caption below a box is none of the captions above the box. A number 1 in a section below
    another number begins a new list. The unmarked name of a usual section (`추진일정`) is a
    sibling of an unmarked name alike (`교육운영개요`).
    """
    restarts = mark.family != "bare number" and block.marker.strip("().") in ("1", "①", "가")
    is_section = mark.family == "square" and not block.marker
    for at in range(len(levels) - 1, -1, -1):
        family = levels[at].mark.family
        if family == mark.family:
            return at
        if is_section and family == "unmarked" and ENDS_IN_ASPECT.search(levels[at].block.text):
            return at
        if family == "square" and mark.family == "caption":
            return _outer_caption(levels[:at], block)
        if family == "square" and restarts:
            return None
    return None
