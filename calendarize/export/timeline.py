"""The default view: a text timeline, by year and quarter, fit to be pinned to a wall.

Within a quarter stand exact days first, then exact periods, then what is not exact to the day;
a period stands once, in the quarter in which it begins (`~12월`: in which it ends). What
belongs to a session stands indented under it. What lasts all year or repeats closes the year.
Where a period is asked for, what began before it stands in a section of its own at the top.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from wcwidth import ljust, wcswidth, wrap

from calendarize.events.model import Event, Kind
from calendarize.export.options import Options, horizon_of, title_of
from calendarize.export.table import chronological
from calendarize.export.text import one_line
from calendarize.export.words import KINDS, MARKS, STATUSES, day_words, moved_from, when
from calendarize.timex.recurrence import WEEKDAYS
from calendarize.timex.values import (
    Day,
    Interval,
    Month,
    Recurring,
    Undated,
    Value,
    Year,
    as_day,
    is_exact,
    last_day,
)

WIDTH, NARROWEST = 100, 40
INDENT = "  "
DATE_COLUMN = 24
"""A date wider than this stands on a line of its own."""

TAGS: frozenset[Kind] = frozenset(KINDS) - {"meeting", "milestone", "ongoing", "question"}
"""Kinds whose word helps a reader, where the title does not say it."""

_CARRIED = 0
_YEAR_ROUND = 5
_STYLES = {"head": "1", "done": "2", "ongoing": "1", "warning": "33", "today": "36"}


class Section(NamedTuple):
    """A quarter (1 to 4) of a year, what goes on from before (0), or what lasts all year (5)."""

    year: int
    quarter: int

    @property
    def year_round(self) -> bool:
        return self.quarter == _YEAR_ROUND

    def heading(self) -> str:
        if self.quarter == _CARRIED:
            return "그 전부터 이어지는 일정"
        if self.quarter == _YEAR_ROUND:
            return f"{self.year}년 연중 · 매월 · 수시"
        last = 3 * self.quarter
        return f"{self.year}년 {self.quarter}분기 ({last - 2}–{last}월)"


@dataclass(frozen=True, slots=True)
class Row:
    """An event as it is printed, `depth` levels below the margin."""

    event: Event
    when: str
    what: str
    depth: int


def render(events: Sequence[Event], options: Options) -> str:
    """Return the timeline; no line is wider than `Options.width` columns (40 at least)."""
    width = max(options.width or WIDTH, NARROWEST)
    rows = rows_of(events, options)
    column = _column((row for found in rows.values() for row in found), width)
    lines = [*_header(events, options, width)]
    for section, found in rows.items():
        lines += ["", _paint(f"■ {section.heading()}", "head", options)]
        now = _today_at(section, found, options.today)
        for at, row in enumerate(found):
            if at == now:
                lines.append(_today(options))
            lines += _lines(row, column, width, options)
        if now == len(found):
            lines.append(_today(options))
    if not events:
        lines += ["", "해당하는 일정이 없습니다."]
    return "\n".join([*lines, "", summary(events)]) + "\n"


def _today_at(section: Section, rows: Sequence[Row], today: date) -> int | None:
    """Return before which row today stands: the first exact one that lies ahead."""
    if section != section_of(Day(today), today.year):
        return None
    tops = ((at, row.event) for at, row in enumerate(rows) if row.depth == 0)
    ahead = (at for at, e in tops if _rank(e) > 1 or ((start := as_day(e.start)) and start > today))
    return next(ahead, len(rows))


def _today(options: Options) -> str:
    day = options.today
    return _paint(
        f"{INDENT}── 오늘 {day.month}.{day.day:>2}({WEEKDAYS[day.weekday()]}) ──", "today", options
    )


def section_of(value: Value, year: int) -> Section:
    """Return where a value stands; `year` is the one of what has no date at all."""
    day = as_day(value.bounds()[0]) or last_day(value)
    if day is None or isinstance(value, Recurring | Undated) or _all_year(value):
        return Section(day.year if day else year, _YEAR_ROUND)
    return Section(day.year, (day.month + 2) // 3)


def rows_of(events: Sequence[Event], options: Options) -> dict[Section, list[Row]]:
    """Return the sections in order of time, each with its rows in order."""
    found = _sections(events, horizon_of(events, options)[0].year, options.first)
    return {section: list(_rows(section, those, events)) for section, those in found.items()}


def _all_year(value: Value) -> bool:
    match value:
        case Year():
            return True
        case Interval(Month(a, 1), Month(b, 12)):
            return a == b
        case _:
            return False


def _sections(events: Sequence[Event], year: int, first: date | None) -> dict[Section, list[Event]]:
    found: defaultdict[Section, list[Event]] = defaultdict(list)
    for event in sorted(events, key=lambda e: (_rank(e), *chronological(e))):
        section = section_of(event.value, event.year or year)
        if first is not None and section < Section(first.year, (first.month + 2) // 3):
            section = Section(0, _CARRIED)
        found[section].append(event)
    return dict(sorted(found.items()))


def _rank(event: Event) -> int:
    """Order the sorts of time within a section: days, periods, inexact, without any date."""
    value = event.value
    if isinstance(value, Recurring | Undated):
        return 3
    if not is_exact(value) and not event.dates:
        return 2
    return 1 if isinstance(value, Interval) and value.start != value.end else 0


def _rows(section: Section, found: list[Event], events: Sequence[Event]) -> Iterator[Row]:
    """Yield the rows of a section, what belongs to a session after it."""
    many = len({e.department for e in events if e.department}) > 1
    top = {e.uid: e for e in found if e.kind == "session"}
    nested: defaultdict[str, list[Event]] = defaultdict(list)
    for event in found:
        if event.uid not in top and event.parent in top:
            nested[event.parent].append(event)
    below = {id(e) for children in nested.values() for e in children}
    for event in found:
        if id(event) in below:
            continue
        yield _row(event, section.year, many)
        if top.get(event.uid) is event:
            for child in nested[event.uid]:
                yield _row(child, section.year, many, under=event)


def _row(event: Event, year: int, many: bool, under: Event | None = None) -> Row:
    title = one_line(event.title) or f"({KINDS[event.kind]})"
    if under:
        title = title.removeprefix(one_line(under.title)).lstrip(" ,:·-") or title
    tag = KINDS[event.kind]
    where = " ".join(filter(None, (event.department if many else None, event.unit)))
    parts = (
        f"[{tag}]" if event.kind in TAGS and tag not in title else "",
        title,
        f"({one_line(where)})" if where else "",
        one_line(moved_from(event, year)),
    )
    return Row(event, one_line(when(event, year)), " ".join(filter(None, parts)), int(bool(under)))


def _column(rows: Iterable[Row], width: int) -> int:
    """Return the width of the column of dates: of the widest that still leaves room for titles."""
    room = min(DATE_COLUMN, width * 2 // 5)
    widths = (wcswidth(row.when) for row in rows)
    return max((w for w in widths if w <= room), default=room)


def _lines(row: Row, column: int, width: int, options: Options) -> Iterator[str]:
    """Yield the lines of a row: mark, date, title, wrapped under itself; then the warnings."""
    event, status = row.event, row.event.status(options.today)
    head = f"{INDENT * (1 + row.depth)}{MARKS[status]} "
    margin = " " * (len(head) + column) + INDENT
    titles = wrap(row.what, width - len(margin), break_on_hyphens=False) or [""]
    if wcswidth(row.when) <= column:
        yield _paint(f"{head}{ljust(row.when, column)}{INDENT}{titles.pop(0)}", status, options)
    else:
        for line in wrap(row.when, width - len(head)):
            yield _paint(head + line, status, options)
            head = " " * len(head)
    for line in titles:
        yield _paint(margin + line, status, options)
    for warning in event.warnings:
        for at, line in enumerate(wrap(one_line(warning), width - len(margin) - 2)):
            yield _paint(f"{margin}{'  ' if at else '⚠ '}{line}", "warning", options)


def _header(events: Sequence[Event], options: Options, width: int) -> Iterator[str]:
    names = (options.calendar_name or "", title_of(events))
    for name in dict.fromkeys(filter(None, map(one_line, names))):
        for line in wrap(name, width):
            yield _paint(line, "head", options)
    marks = "  ".join(f"{mark} {STATUSES[status]}" for status, mark in MARKS.items())
    told = filter(None, (period(events, options), f"{day_words(options.today)} 기준", marks))
    yield from wrap(" · ".join(told), width)


def period(events: Sequence[Event], options: Options) -> str:
    """Write the period that was asked for, else the one that the events cover."""
    if options.first or options.last:
        return "–".join(_dots(day) if day else "" for day in (options.first, options.last))
    firsts = [day for e in events if (day := as_day(e.start) or last_day(e.value))]
    lasts = [day for e in events if (day := last_day(e.value) or as_day(e.start))]
    return f"{_dots(min(firsts))}–{_dots(max(lasts))}" if firsts else ""


def _dots(day: date) -> str:
    return f"{day.year}. {day.month}. {day.day}."


def summary(events: Sequence[Event]) -> str:
    """Count the events, those that are not exact to the day, and those with a warning."""
    approximate = sum(e.approximate and not isinstance(e.value, Undated) for e in events)
    doubtful = sum(bool(e.warnings) for e in events)
    return f"총 {len(events)}건, 대략 {approximate}건, 의심 {doubtful}건"


def _paint(line: str, style: str, options: Options) -> str:
    code = _STYLES.get(style) if options.color else None
    return f"\x1b[{code}m{line}\x1b[0m" if code else line
