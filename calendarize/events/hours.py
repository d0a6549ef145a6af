"""Hours of a day: below it, alone in its line, `08:30 확대간부회의`; or listed behind it.

| below `10. 12.(월)`, or below `10. 12.(월) 09:00 주간회의` | what happens |
|---|---|
| `ㅇ 10:30  확대간부회의 / 상황실` | what stands behind the clock time, up to a gap |
| `14:00`, alone in its line | the next line: a table of a web page, one cell a line |
| `\\| 10:00 \\| 기념식 \\| 시민회관 \\|` | the cell behind that of the clock time |

Behind it, each with its mark: `8일(화) ▲위원회 회의(오전 11시, 중회의실) ▲개강식(오후 2시)`. By its
name below it: `- 리허설 : 당일 14:00`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import replace

from calendarize.events.beside import clocked
from calendarize.mentions.clauses import LETTERS, cleaned
from calendarize.mentions.mention import Mention
from calendarize.mentions.place import Place
from calendarize.mentions.reading import Reading
from calendarize.report.model import Block
from calendarize.timex.grammar import Clock, clocks
from calendarize.timex.values import Day, Interval, Moment, Value

_AHEAD = re.compile(r"[^\w(\[]*")
"""Bullets and spaces before a clock time."""
_GAP = re.compile(r"\s[/—–]\s|\s{2,}|\t|\|")
_FURTHEST = 6
"""So many lines may stand between two hours of a day: place, attendants, remarks."""


def hourly(reading: Reading) -> Mapping[int, list[Mention]]:
    """Return, by the offset of a day, what the hours below it tell."""
    found: dict[int, list[Mention]] = {}
    for mention in reading.mentions:
        told = (
            list(_hours(reading, mention)) if _heads(mention) else list(_listed(reading, mention))
        )
        if told:
            found[mention.place.expression.start] = told
    return found


_MARK = re.compile(r"[\s=:]*([▲△▶▷▸◆◇■□●○◎•])")


def _listed(reading: Reading, mention: Mention) -> Iterator[Mention]:
    """Yield the entries listed behind a day that begins its line, where each has its hour."""
    place = mention.place
    mark = _MARK.match(place.after)
    opens = not place.before.rpartition("\n")[2].strip()
    if mark is None or not opens or place.block is None or place.table is not None:
        return
    if mention.role != "event" or not isinstance(mention.value, Day):
        return
    at = place.expression.end + mark.end()
    view = reading.report.view
    end = view.find("\n", at, place.block.end)
    parts = view[at : end if end >= 0 else place.block.end].split(mark[1])
    hours = [list(clocks(part)) for part in parts]
    if any(len(found) != 1 for found in hours):
        return
    for part, (clock,) in zip(parts, hours, strict=True):
        bracket = part.rfind("(", 0, clock.start)
        title = cleaned(part[:bracket] if bracket >= 0 else part[clock.end :])
        if LETTERS.search(title):
            yield replace(
                mention,
                column=reading.report.place(at)[1],
                value=clocked(mention.value, part).value,
                place=_place(place, place.block, part[clock.end :]),
                title=title,
            )
        at += len(part) + len(mark[1])


_ON_THE_DAY = re.compile(r"([^:]{2,30}?)\s?:\s?당일\s(?=\D{0,4}\d)")


def on_the_day(reading: Reading) -> Iterator[Mention]:
    """Yield what lines below an event date by its day: `리허설 : 당일 14:00` below a concert."""
    blocks = reading.report.blocks
    for mention in reading.mentions:
        place, start = mention.place, _starts_at(mention.value)
        day = mention.value if start is None else Day(start.at.date())
        if mention.role != "event" or place.block is None or not isinstance(day, Day):
            continue
        at = bisect_right(blocks, place.block.start, key=lambda b: b.start)
        for block in blocks[at : at + _FURTHEST]:
            beside = block.parent is place.block or block.parent is place.block.parent
            if not beside or reading.dates_in[block.start] or _opens_section(block):
                break
            told = _ON_THE_DAY.match(block.text)
            value = clocked(day, block.text).value if told else day
            if told is not None and value is not day:
                line, column = reading.report.place(block.start)
                yield replace(
                    mention,
                    line=line,
                    column=column,
                    value=value,
                    place=_place(place, block, ""),
                    title=f"{mention.title} {cleaned(told[1])}",
                )


def _heads(mention: Mention) -> bool:
    """Tell whether hours may stand below a mention: a day alone in its line, or a line or row
    that begins with a day and its hour."""
    place, value = mention.place, mention.value
    if mention.role not in ("event", "reference") or place.block is None:
        return False
    if isinstance(value, Day):
        return place.table is None and place.alone
    in_front = place.cell is None or place.cell.column == 0
    return _starts_at(value) is not None and in_front and not place.before.strip()


def _starts_at(value: Value) -> Moment | None:
    """Return the moment that an hour or a time of day begins with."""
    start = value.start if isinstance(value, Interval) else value
    return start if isinstance(start, Moment) else None


def _hours(reading: Reading, mention: Mention) -> Iterator[Mention]:
    """Yield an entry for each clock time below a day, up to the next date or heading."""
    report = reading.report
    assert mention.place.block is not None  # it heads hours
    at = bisect_right(report.blocks, mention.place.block.start, key=lambda b: b.start)
    start = _starts_at(mention.value)
    day = mention.value if start is None else Day(start.at.date())
    last = at
    for here, block in enumerate(report.blocks[at:], at):
        if here - last > _FURTHEST or _opens_section(block):
            return
        clock = _clock_ahead(block)
        if clock is None:
            if reading.dates_in[block.start]:
                return
            continue
        last = here
        following = report.blocks[here + 1] if here + 1 < len(report.blocks) else None
        if (told := _entry(block, clock, following)) is not None:
            title, after = told
            line, column = report.place(block.start)
            yield replace(
                mention,
                line=line,
                column=column,
                value=clocked(day, block.text[: clock.end]).value,
                place=_place(mention.place, block, after),
                title=title,
            )


def _opens_section(block: Block) -> bool:
    """Tell whether a line is a heading with a marker; a short line alone may be a cell."""
    return block.kind == "heading" and bool(block.marker)


def _clock_ahead(block: Block) -> Clock | None:
    """Return the clock time that a line or row begins with."""
    first = next(clocks(block.text), None)
    ahead = _AHEAD.match(block.text)
    return first if first is not None and ahead and first.start <= ahead.end() else None


def _entry(block: Block, clock: Clock, following: Block | None) -> tuple[str, str] | None:
    """Return what happens at a clock time and what is written behind that."""
    rest = block.text[clock.end :]
    if not LETTERS.search(rest):
        if following is None or _clock_ahead(following) or _opens_section(following):
            return None
        rest = following.text
    begin = len(rest) - len(rest.lstrip(" \t|~:"))
    gap = _GAP.search(rest, begin)
    end = gap.start() if gap else len(rest)
    title = cleaned(rest[begin:end])
    return (title, rest[end:]) if LETTERS.search(title) else None


def _place(day: Place, block: Block, after: str) -> Place:
    """Return the place of a day as if it stood where the clock time does."""
    cell = next((c for c in block.table.rows[block.row] if c.text), None) if block.table else None
    return replace(day, block=block, cell=cell, before="", after=after)
