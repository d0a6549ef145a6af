"""The default view: a text timeline, by year and quarter, fit to be pinned to a wall.

Entries stand in order of time, each once, where it begins (`~12월`: where it ends); one that is not
exact to the day stands at the beginning of its window, its time in brackets. So nothing that is
over stands below the line of today. What takes place in a session stands indented under it. What
lasts all year or repeats closes the year.

What began before the years that the report is about, or before a period that is asked for, stands
at the top; like what lasts all year it is told in one line where `Options.folded` says so.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from wcwidth import ljust, wcswidth, wrap

from calendarize.events.model import Event, Kind
from calendarize.export.moved import moved_from
from calendarize.export.options import Options, horizon_of, title_of
from calendarize.export.table import moment
from calendarize.export.text import one_line
from calendarize.export.words import (
    CANCELLED,
    CANCELLED_MARK,
    KINDS,
    MARKS,
    STATUSES,
    called_off,
    day_words,
    place_behind,
    standing,
    when,
)
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
_FEW = 0.15
"""A year in which so small a share of the busiest year's entries begin is none that it is about."""
_STYLES = {"head": "1", "done": "2", "ongoing": "1", "warning": "33", "today": "36"}


class Section(NamedTuple):
    """A quarter (1 to 4) of a year, what goes on from before (0), or what lasts all year (5)."""

    year: int
    quarter: int

    @property
    def year_round(self) -> bool:
        return self.quarter == _YEAR_ROUND

    @property
    def folds(self) -> bool:
        """True where it may be told in one line."""
        return self.quarter in (_CARRIED, _YEAR_ROUND)

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
    open_ = {s: found for s, found in rows.items() if not (options.folded and s.folds)} or rows
    column = _column((row for found in open_.values() for row in found), width)
    now = next((s for s in open_ if s >= section_of(Day(options.today), 0) and not s.folds), None)
    lines = [*_header(events, options, width)]
    for section, found in rows.items():
        heading = f"■ {section.heading()}"
        if section not in open_:
            lines += ["", *wrap(f"{heading}: {len(found)}건 (--all로 펼침)", width)]
            continue
        lines += ["", _paint(heading, "head", options)]
        line = _today_at(found, options.today) if section == now else None
        for at, row in enumerate(found):
            if at == line:
                lines.append(_today(options))
            lines += _lines(row, column, width, options)
        if line == len(found):
            lines.append(_today(options))
    if not events:
        lines += ["", "해당하는 일정이 없습니다."]
    return "\n".join([*lines, "", summary(events)]) + "\n"


def _today_at(rows: Sequence[Row], today: date) -> int:
    """Return before which row today stands: the first that lies ahead."""
    ahead = (at for at, row in enumerate(rows) if row.depth == 0 and stands(row.event) > today)
    return next(ahead, len(rows))


def _today(options: Options) -> str:
    day = options.today
    return _paint(
        f"{INDENT}── 오늘 {day.month}.{day.day:>2}({WEEKDAYS[day.weekday()]}) ──", "today", options
    )


def section_of(value: Value, year: int) -> Section:
    """Return where a value stands; `year` is the one of what has no date at all."""
    day = as_day(value.bounds()[0]) or last_day(value)
    span = value.span if isinstance(value, Recurring) else value
    if day is None or span is None or isinstance(span, Undated) or _all_year(span):
        return Section(day.year if day else year, _YEAR_ROUND)
    return Section(day.year, (day.month + 2) // 3)


def rows_of(events: Sequence[Event], options: Options) -> dict[Section, list[Row]]:
    """Return the sections in order of time, each with its rows in order."""
    found = _sections(events, options)
    return {section: list(_rows(section, those, events)) for section, those in found.items()}


def _all_year(value: Value) -> bool:
    match value:
        case Year():
            return True
        case Interval(Month(a, 1), Month(b, 12)):
            return a == b
        case _:
            return False


def _sections(events: Sequence[Event], options: Options) -> dict[Section, list[Event]]:
    found: defaultdict[Section, list[Event]] = defaultdict(list)
    year = horizon_of(events, options)[0].year
    first = options.first or date(years_of(events, options)[0], 1, 1)
    for event in sorted(events, key=chronological):
        section = section_of(event.value, event.year or year)
        if section < section_of(Day(first), 0):
            section = Section(0, _CARRIED)
        found[section].append(event)
    return dict(sorted(found.items()))


def years_of(events: Sequence[Event], options: Options) -> tuple[int, int]:
    """Return the first and last of the years that the events are about: the busiest ones."""
    years = Counter(stands(e).year for e in events if stands(e) != date.max)
    most = max(years.values(), default=0)
    busy = [year for year, count in years.items() if count >= _FEW * most]
    year = horizon_of(events, options)[0].year
    return min(busy, default=year), max(busy, default=year)


def stands(event: Event) -> date:
    """Return the day at which an event stands: its first, its last where that alone is told."""
    return as_day(event.start) or last_day(event.value) or date.max


def chronological(event: Event) -> tuple[date, bool, datetime, datetime, str]:
    """Order events by the day at which they stand; on one day, what is exact comes first."""
    first, last = event.start or event.end, event.end or event.start
    inexact = event.approximate and not event.dates
    return stands(event), inexact, moment(first), moment(last), event.uid


def _rows(section: Section, found: list[Event], events: Sequence[Event]) -> Iterator[Row]:
    """Yield the rows of a section, what takes place in a session after it."""
    many = len({e.department for e in events if e.department}) > 1
    top = {e.uid: e for e in found if e.kind == "session"}
    nested: defaultdict[str, list[Event]] = defaultdict(list)
    for event in found:
        session = top.get(event.parent or "")
        if session is not None and event is not session and _takes_place_in(event, session):
            nested[session.uid].append(event)
    below = {id(e) for children in nested.values() for e in children}
    for event in found:
        if id(event) in below:
            continue
        yield _row(event, section.year, many)
        if top.get(event.uid) is event:
            for child in nested[event.uid]:
                yield _row(child, section.year, many, under=event)


def _takes_place_in(event: Event, session: Event) -> bool:
    first, last = as_day(session.start), last_day(session.value)
    return first is not None and last is not None and first <= stands(event) <= last


def _row(event: Event, year: int, many: bool, under: Event | None = None) -> Row:
    title = one_line(event.title) or f"({KINDS[event.kind]})"
    if under:
        title = title.removeprefix(one_line(under.title)).lstrip(" ,:·-") or title
    tag = KINDS[event.kind]
    where = " ".join(filter(None, (event.department if many else None, event.unit)))
    parts = (
        called_off(event).rstrip(),
        f"[{tag}]" if event.kind in TAGS and tag not in title else "",
        title,
        place_behind(event, title),
        f"({one_line(where)})" if where else "",
        one_line(moved_from(event, year)),
    )
    written = one_line(when(event, year))
    loose = event.approximate and not event.dates and section_of(event.value, year).quarter < 5
    written = f"({written})" if loose else written
    return Row(event, written, " ".join(filter(None, parts)), int(bool(under)))


def _column(rows: Iterable[Row], width: int) -> int:
    """Return the width of the column of dates: of the widest that still leaves room for titles."""
    room = min(DATE_COLUMN, width * 2 // 5)
    widths = (wcswidth(row.when) for row in rows)
    return max((w for w in widths if w <= room), default=room)


def _lines(row: Row, column: int, width: int, options: Options) -> Iterator[str]:
    """Yield the lines of a row: mark, date, title, wrapped under itself; then what is doubtful."""
    event, status = row.event, row.event.status(options.today)
    head = f"{INDENT * (1 + row.depth)}{standing(event, options.today)[0]} "
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
    for doubt in event.doubts:
        for at, line in enumerate(wrap(one_line(doubt), width - len(margin) - 2)):
            yield _paint(f"{margin}{'  ' if at else '⚠ '}{line}", "warning", options)


def _header(events: Sequence[Event], options: Options, width: int) -> Iterator[str]:
    names = (options.calendar_name or "", title_of(events))
    for name in dict.fromkeys(filter(None, map(one_line, names))):
        for line in wrap(name, width):
            yield _paint(line, "head", options)
    marks = [f"{mark} {STATUSES[status]}" for status, mark in MARKS.items()]
    marks += [f"{CANCELLED_MARK} {CANCELLED}"] if any(e.cancelled for e in events) else []
    told = filter(None, (period(events, options), f"{day_words(options.today)} 기준"))
    yield from wrap(" · ".join(told), width)
    yield from wrap("  ".join((*marks, "( ) 날짜 미정")), width)


def period(events: Sequence[Event], options: Options) -> str:
    """Write the period that was asked for, else that of the years the events are about.

    What lies outside of these is counted apart: one founding year must not stretch a plan.
    """
    if options.first or options.last:
        return "–".join(_dots(day) if day else "" for day in (options.first, options.last))
    a, b = years_of(events, options)
    days = sorted(stands(e) for e in events if stands(e) != date.max)
    main = [day for day in days if a <= day.year <= b]
    if not main:
        return ""
    ends = [day for e in events if (day := last_day(e.value)) and a <= day.year <= b]
    told = f"{_dots(main[0])}–{_dots(max((*ends, main[-1])))}"
    outside = [_outside([d for d in days if d.year < a]), _outside([d for d in days if d.year > b])]
    return told + (
        f" (그 밖에 {', '.join(outside)})" if (outside := [*filter(None, outside)]) else ""
    )


def _outside(days: Sequence[date]) -> str:
    if not days:
        return ""
    first, last = days[0].year, days[-1].year
    return f"{first}년 {len(days)}건" if first == last else f"{first}–{last}년 {len(days)}건"


def _dots(day: date) -> str:
    return f"{day.year}. {day.month}. {day.day}."


def summary(events: Sequence[Event]) -> str:
    """Count the events, those that are not exact to the day, and those that are doubtful."""
    approximate = sum(e.approximate and not isinstance(e.value, Undated) for e in events)
    doubtful = sum(e.is_doubtful for e in events)
    return f"총 {len(events)}건, 대략 {approximate}건, 의심 {doubtful}건"


def _paint(line: str, style: str, options: Options) -> str:
    code = _STYLES.get(style) if options.color else None
    return f"\x1b[{code}m{line}\x1b[0m" if code else line
