"""From when to when a rule lives: what its row, its line, its neighbours or its plan tell.

| written | `매주 월` lives |
|---|---|
| columns `개강` 5. 12., `종강` 7. 28. in its row | from 5. 12. to 7. 28. |
| a row or a line `교육기간 : 5. 12. ~ 7. 28.` beside it | so long |
| lines `개강 : 5. 12.`, `종강 : 7. 28.` beside it | so long |
| `5. 12. ~ 7. 28. 매주 월` | so long |
| below `2021년 하반기 운영계획` | in that half, unless its weeks must be counted from a day |
| below `2022년 운영계획` | in that year (`Event.year`) |
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import takewhile
from operator import attrgetter

from calendarize.mentions.mention import Mention
from calendarize.mentions.place import Place
from calendarize.mentions.reading import Reading
from calendarize.report.model import Block
from calendarize.timex.values import (
    Day,
    Half,
    Interval,
    Month,
    Quarter,
    Recurring,
    Value,
    Year,
    as_day,
    is_exact,
    last_day,
)

_SEASON = 13
"""A rule of which both ends are told lives for two weeks at least: so many days after its first."""
_OTHERS = re.compile(r"접수|신청|모집|공고|게시|등록|제출|납부|임기|예약|추첨|발표|심사|선발")
"""Words for what goes before a programme and has a time of its own."""
_BEGINS = re.compile(r"개강|개시|개학|개막|시작|착수|시\s?작\s?일")
_ENDS = re.compile(r"종강|종료|종\s?료\s?일|폐막|수료|마감|끝")
_PERIOD = re.compile(r"기\s*간|일\s*정|학\s*기|시\s*기|일\s*시|때")


def bounded(reading: Reading, mention: Mention) -> Value:
    """Return the value of a mention; a rule without bounds gets those that its place tells."""
    value = mention.value
    if not isinstance(value, Recurring) or value.span is not None:
        return value
    beside = [m for m in _beside(reading, mention) if m is not mention]
    span = _programme(beside) or (
        _of_its_plan(reading, mention) if value.rule.interval == 1 else None
    )
    return value if span is None else replace(value, span=span)


def plan_year(reading: Reading, mention: Mention) -> int | None:
    """Return the year that a mention's plan is for: that of a heading, the title or the report.

    Where a heading or the title names two years, it says nothing.
    """
    years = {value.year for value in _plan(reading, mention)}
    if len(years) == 1:
        return years.pop()
    return reading.day.year if reading.day else None


def _beside(reading: Reading, mention: Mention) -> Iterator[Mention]:
    """Yield the mentions of the row or line of a rule, then of the rows and lines beside it."""
    place = mention.place
    block = place.block
    if block is None:
        return
    yield from _in(reading, block, place.expression.start)
    if block.table is None or any(map(_PERIOD.search, _labels(place))):
        for other in _neighbours(reading, block):
            yield from _in(reading, other)


def _neighbours(reading: Reading, block: Block) -> Iterator[Block]:
    """Yield the rows of the same form, or the lines under the same heading, of a block."""
    blocks = reading.report.blocks
    at = bisect_left(blocks, block.start, key=lambda b: b.start)
    for found in (reversed(blocks[max(0, at - _NEAR) : at]), blocks[at + 1 : at + 1 + _NEAR]):
        for other in found:
            if other.table is not block.table or other.kind == "heading":
                break
            if other.parent is block.parent:
                yield other


_NEAR = 6
"""So many lines before and behind a rule may tell its bounds."""
_START = attrgetter("place.expression.start")
_MOST = 8
"""So many mentions on either side of a rule in its line may do so."""


def _programme(beside: list[Mention]) -> Interval | None:
    """Return the period that mentions beside a rule tell, by one label or by two."""
    begin = end = None
    for mention in beside:
        value = mention.value
        if not isinstance(value, Interval | Day) or not is_exact(value):
            continue
        labels = _labels(mention.place)
        if any(map(_OTHERS.search, labels)):
            continue
        if isinstance(value, Interval) and mention.place.expression.form != "rule":
            if _is_season(value) and (_is_named(mention.place, labels)):
                return _in_days(value)
        elif isinstance(value, Day):
            if begin is None and any(map(_BEGINS.search, labels)):
                begin = value
            elif end is None and any(map(_ENDS.search, labels)):
                end = value
    if begin is None and end is None:
        return None
    span = Interval(begin, end)
    return span if begin is None or end is None or _is_season(span) else None


def _is_named(place: Place, labels: list[str]) -> bool:
    """Tell whether a period is that of the programme: alone in its cell or line, or so labelled."""
    return place.alone or any(map(_PERIOD.search, labels)) or not place.before.strip()


def _labels(place: Place) -> list[str]:
    """Return what says what a time is for: the headings of its cell, the words before it."""
    told = [re.split(r"[,(]", place.before)[-1]]
    if place.table is not None and place.cell is not None:
        told += place.table.column_headings(place.cell)
        told += [cell.text for cell in place.table.row_headings(place.cell)[-1:]]
    return told


def _is_season(span: Interval) -> bool:
    start, end = as_day(span.bounds()[0]), last_day(span)
    return start is not None and end is not None and (end - start).days >= _SEASON


def _in_days(value: Interval) -> Interval:
    start, end = as_day(value.bounds()[0]), last_day(value)
    return Interval(Day(start) if start else None, Day(end) if end else None)


def _of_its_plan(reading: Reading, mention: Mention) -> Interval | None:
    """Return the days of the only half, quarter or month that a mention's plan is for."""
    bounds = [value.bounds() for value in _plan(reading, mention) if not isinstance(value, Year)]
    if len(bounds) != 1:
        return None
    first, last = map(as_day, bounds[0])
    return Interval(Day(first), Day(last)) if first and last else None


def _plan(reading: Reading, mention: Mention) -> list[Year | Half | Quarter | Month]:
    """Return the times that the nearest heading with any names, else those of the title page."""
    for block in mention.place.headings():
        if block.kind == "heading" and (found := _coarse(_in(reading, block))):
            return found
    front = reading.report.front
    return _coarse(takewhile(lambda m: m.place.expression.start < front, reading.mentions))


def _coarse(mentions: Iterable[Mention]) -> list[Year | Half | Quarter | Month]:
    told = (m.value for m in mentions if m.role not in ("document", "asof"))
    return list(dict.fromkeys(v for v in told if isinstance(v, Year | Half | Quarter | Month)))


def _in(reading: Reading, block: Block, around: int = 0) -> Iterator[Mention]:
    """Yield the mentions of a block, of very many those around an offset or the first."""
    found = reading.mentions
    at = bisect_left(found, block.start, key=_START)
    if around:
        at = max(at, bisect_left(found, around, lo=at, key=_START) - _MOST)
    for mention in found[at : at + 2 * _MOST]:
        if mention.place.expression.start >= block.end:
            return
        yield mention
