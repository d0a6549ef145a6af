"""Weekdays that stand beside their day, in the next cell or line: `4. 15. | 수 | 선거일`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from calendarize.report.model import Report
from calendarize.timex.partial import Expression, Partial
from calendarize.timex.recurrence import WEEKDAYS

_DAY = rf"\(?([{WEEKDAYS}])(?:요일)?\)?"
_TOLD = rf"{_DAY}(?:[ ]?[~∼–·,-][ ]?{_DAY})?"
_CELL = re.compile(_TOLD)
_IN_LINE = re.compile(rf"[ \t|]{{1,24}}{_TOLD}(?=[ \t]{{2}}|[ ]?[\t|\n]|[ ]?$)")
_BELOW = re.compile(rf"[ \t]*\n(?:[ \t]*\n)?[ \t]*{_TOLD}[ \t]*(?=\n|$)")


def with_weekdays(report: Report, found: Sequence[Expression]) -> Iterator[Expression]:
    """Yield the expressions, days without a weekday with the one that stands beside them."""
    for expression in found:
        told = None
        if _lacks_weekday(expression):
            told = weekday_beside(report, expression.start, expression.end)
        yield expression if told is None else replace(expression, items=_taught(expression, told))


def _lacks_weekday(expression: Expression) -> bool:
    days = [item for item in expression.items if item.unit in ("day", "minute") and item.day]
    return (
        bool(days)
        and len(days) == len(expression.items) <= 2
        and expression.form in ("point", "range", "from", "until")
        and all(item.weekday is None for item in days)
    )


def weekday_beside(report: Report, start: int, end: int) -> re.Match[str] | None:
    """Return the weekday in the cell behind a day, behind it in its line, or in the line below.

    `start` and `end` are the offsets of the day in the view; its groups are the weekday and, of
    a period, the second one.
    """
    view = report.view
    block = report.block_at(start)
    table = block.table if block is not None else None
    cell = table.cell_at(start) if table is not None else None
    if table is not None and cell is not None:
        if len(cell.text) > 2 * (end - start):
            return None
        following = next((c for c in table.near(cell) if c.column > cell.column and c.text), None)
        return _CELL.fullmatch(following.text) if following is not None else None
    if (in_line := _IN_LINE.match(view, end)) is not None:
        return in_line
    alone = not view[view.rfind("\n", 0, start) + 1 : start].strip()
    return _BELOW.match(view, end) if alone else None


def _taught(expression: Expression, told: re.Match[str]) -> tuple[Partial, ...]:
    """Return the points of an expression with their weekdays: two for two, else the one."""
    items = expression.items
    if (told[2] is not None) != (len(items) == 2):
        return items
    return tuple(
        item.but(weekday=WEEKDAYS.index(day))
        for item, day in zip(items, filter(None, (told[1], told[2])), strict=True)
    )
