"""A Gantt chart for the terminal: months or weeks across, an event a row, sessions on top.

Each column stands for the same number of days. Spans are bars, days diamonds, what is not exact
to the day is shaded, an open side ends in an arrow, today is a column of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from wcwidth import clip, ljust, wcswidth, wrap

from calendarize.events.model import Event
from calendarize.export.moved import moves
from calendarize.export.options import Options, horizon_of, title_of
from calendarize.export.table import chronological
from calendarize.export.text import one_line
from calendarize.export.words import day_words, marked
from calendarize.timex.values import (
    Interval,
    Recurring,
    Several,
    Undated,
    Value,
    as_day,
    is_exact,
    last_day,
)

BAR, DAY, SHADE, OPEN_END, OPEN_START, TODAY = "█◆░→←│"
OLD_BAR, OLD_DAY = "□◇"
"""Outlines of where an event stood in older reports."""
WIDTH, NARROWEST = 100, 50
OLD_LEGEND = f"{OLD_BAR} {OLD_DAY} 지난 보고의 때"
LEGEND = f"{BAR} 기간  {DAY} 하루  {SHADE} 미정  {OPEN_END} 끝 없음  {TODAY} 오늘"
_LABEL = 34
"""The widest column of titles."""
_MONTHLY = 5.5
"""At most so many days a column: months are written with their unit."""
_SPILL = timedelta(days=120)
"""How far exact events may widen the report's year; longer ones are cut at its ends."""
_WEEKLY = 2.0
"""At most so many days a column: weeks are written above, else months."""


@dataclass(frozen=True, slots=True)
class Scale:
    """The days that the chart shows: `first` to `last` inclusive over `columns` columns."""

    first: date
    last: date
    columns: int

    @property
    def days(self) -> float:
        """How many days a column stands for."""
        return ((self.last - self.first).days + 1) / self.columns

    def column(self, day: date) -> int:
        """Return the column of a day, those outside of the chart at its edges."""
        at = int((day - self.first).days / self.days)
        return max(0, min(at, self.columns - 1))


def render(events: Sequence[Event], options: Options) -> str:
    """Return the chart; no line is wider than `Options.width` columns (50 at least)."""
    width = max(options.width or WIDTH, NARROWEST)
    first, last = _period(events, options)
    shown = [e for e in events if _drawn(e.value, first, last)]
    shown.sort(key=lambda e: (e.kind != "session", *chronological(e)))
    titles = [marked(e, one_line(e.title)) for e in shown]
    label = min(max(map(wcswidth, titles), default=0), _LABEL, width * 2 // 5)
    scale = Scale(first, last, width - label - 1)
    heading = f"{title_of(events)} · {day_words(first)}–{day_words(last)}"
    legend = f"{LEGEND}  {OLD_LEGEND}" if any(any(moves(e)) for e in shown) else LEGEND
    lines = [*wrap(heading, width), *wrap(legend, width), ""]
    lines += [f"{' ' * label} {line}" for line in _header(scale)]
    for event, title in zip(shown, titles, strict=True):
        lines.append(f"{ljust(_cut(title, label), label)} {_row(event, scale, options.today)}")
    left = len(events) - len(shown)
    if left:
        note = f"날짜가 없거나 이 기간 밖인 일정 {left}건은 timeline으로 볼 수 있습니다."
        lines += ["", *wrap(note, width)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _period(events: Sequence[Event], options: Options) -> tuple[date, date]:
    """Return the days asked for, else the report's year with the exact days beside it."""
    start, end = horizon_of(events, options)
    if options.first or options.last:
        return options.first or min(start, options.last or start), options.last or max(
            end, options.first or end
        )
    for event in events:
        first, last = as_day(event.start), last_day(event.value)
        if first and last and not event.approximate and last - first <= _SPILL:
            if first < start <= last or start - _SPILL <= first < start:
                start = first
            if first <= end < last or end < last <= end + _SPILL:
                end = last
    return start, end


def _drawn(value: Value, first: date, last: date) -> bool:
    if isinstance(value, Undated | Recurring):
        return False
    start, end = as_day(value.bounds()[0]), last_day(value)
    return (start or end) is not None and (start or first) <= last and (end or last) >= first


def _header(scale: Scale) -> Iterator[str]:
    """Yield the lines above the chart: years, months, and weeks where there is room for them."""
    months = [day for day in _days(scale) if day.day == 1 or day == scale.first]
    years = [day for day in months if day.month == 1 or day == scale.first]
    yield _placed(scale, years, [f"{day.year}년" for day in years])
    unit = "월" if scale.days <= _MONTHLY else ""
    yield _placed(scale, months, [f"{day.month}{unit}" for day in months])
    if scale.days <= _WEEKLY:
        mondays = [day for day in _days(scale) if day.weekday() == 0]
        yield _placed(scale, mondays, [str(day.day) for day in mondays])


def _days(scale: Scale) -> Iterator[date]:
    for n in range((scale.last - scale.first).days + 1):
        yield scale.first + timedelta(days=n)


def _placed(scale: Scale, days: Sequence[date], texts: Sequence[str]) -> str:
    """Write texts above their days; one that would touch the one before it is left out."""
    line = ""
    for day, text in zip(days, texts, strict=True):
        at = scale.column(day)
        room = at - wcswidth(line)
        if (room > 0 or not line) and at + wcswidth(text) <= scale.columns:
            line += " " * room + text
    return line


def _row(event: Event, scale: Scale, today: date) -> str:
    """Return the columns of an event."""
    cells = [" "] * scale.columns
    if scale.first <= today <= scale.last:
        cells[scale.column(today)] = TODAY
    for moved in moves(event):
        _outline(cells, moved.told.value, scale)
    parts: Sequence[Value] = event.value.values if isinstance(event.value, Several) else ()
    for value in parts or (event.value,):
        _draw(cells, value, scale)
    if event.dates:
        for day in event.dates:
            cells[scale.column(day)] = BAR if len(event.dates) > 1 else DAY
    return "".join(cells)


def _ends(value: Value) -> tuple[date | None, date | None]:
    """Return the first and last day of a value; what is open on one side stands by the other."""
    start, end = as_day(value.bounds()[0]), last_day(value)
    return start or end, end or start


def _is_day(value: Value) -> bool:
    first, last = _ends(value)
    return first == last


def _columns(value: Value, scale: Scale) -> tuple[int, int] | None:
    """Return the first and last column of a value, `None` where it lies outside of the chart."""
    first, last = _ends(value)
    if first is None or last is None or first > scale.last or last < scale.first:
        return None
    return scale.column(first), scale.column(last)


def _outline(cells: list[str], value: Value, scale: Scale) -> None:
    if (columns := _columns(value, scale)) is not None:
        a, b = columns
        cells[a : b + 1] = OLD_DAY if _is_day(value) else OLD_BAR * (b + 1 - a)


def _draw(cells: list[str], value: Value, scale: Scale) -> None:
    if (columns := _columns(value, scale)) is None:
        return
    a, b = columns
    if not is_exact(value):
        cells[a : b + 1] = SHADE * (b + 1 - a)
    elif _is_day(value):
        cells[a] = DAY
    else:
        cells[a : b + 1] = BAR * (b + 1 - a)
    if isinstance(value, Interval) and value.end is None and b + 1 < scale.columns:
        cells[b + 1] = OPEN_END
    if isinstance(value, Interval) and value.start is None and a > 0:
        cells[a - 1] = OPEN_START


def _cut(title: str, width: int) -> str:
    """Return a title cut to a display width: its beginning and its end, which tell the most."""
    if wcswidth(title) <= width:
        return title
    head = clip(title, 0, width // 2).rstrip()
    room = width - 1 - wcswidth(head)
    tail = next(t for at in range(len(title)) if wcswidth(t := title[at:].lstrip()) <= room)
    return f"{head}…{tail}"
