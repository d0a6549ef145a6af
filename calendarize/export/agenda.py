"""What comes next: day by day what begins and what ends, then what goes on or has no day yet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from wcwidth import ljust, wcswidth, wrap

from calendarize.events.model import Event
from calendarize.export.entries import NOTES, TENTATIVE, Entry, entries
from calendarize.export.moved import moved_from
from calendarize.export.options import Options, title_of
from calendarize.export.text import one_line
from calendarize.export.words import KINDS, day_words, marked, place_behind, value_words, when
from calendarize.timex.values import Day, Interval, Moment, Point, as_day, last_day

WIDTH, NARROWEST = 100, 40
_NOTHING = "예정된 일정이 없습니다."
_BEGINS, _ENDS = "시작", "끝"
_SHORT = timedelta(days=2)
"""The end of so short a period is in sight where it begins."""


class Row(NamedTuple):
    """How far ahead something is, whether it begins or ends then, when it is, and what."""

    ahead: str
    mark: str
    written: str
    what: str
    event: Event


def render(events: Sequence[Event], options: Options) -> str:
    """Return the agenda from `Options.today` to `Options.last`, both inclusive.

    A period of several days stands on its first and on its last day; under 진행 중 where both
    lie outside. A deadline stands on its day.
    """
    today, last = options.today, options.last or options.today
    width = max(options.width or WIDTH, NARROWEST)
    placed = entries(events, options)
    coming = sorted(
        ((day, mark, entry) for entry in placed if not entry.tentative
         for day, mark in _days(entry) if today <= day <= last),
        key=lambda found: found[0],
    )  # fmt: skip
    going = [e for e in events if _goes_on(e, today, last)]
    loose = [e for e in placed if e.tentative and _as_day(e.first) <= last and e.last >= today]
    sections: list[tuple[str, list[Row]]] = [
        ("", [Row(_ahead(day, today), mark, _when(day, entry), _what(entry.event, entry.summary),
                  entry.event) for day, mark, entry in coming]),
        ("진행 중", [Row("", "", when(e, today.year), _what(e, marked(e, one_line(e.title))), e)
                  for e in going]),
        ("이 기간 중(날짜 미정)", [Row("", "", when(e.event, today.year), _what(e.event, e.summary),
                                e.event) for e in loose]),
    ]  # fmt: skip
    lines = wrap(f"{day_words(today)}–{day_words(last)} · {title_of(events)}", width)
    if not coming:
        lines += ["", f"  {_NOTHING}"]
    for title, rows in sections:
        if rows:
            lines += ["", *([f"■ {title}"] if title else []), *_lines(rows, width)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _as_day(bound: date) -> date:
    day = as_day(bound)
    assert day is not None  # entries have both of their ends
    return day


def _days(entry: Entry) -> Sequence[tuple[date, str]]:
    """Return the days on which an entry is told, and whether it begins or ends then."""
    if entry.instances:
        return [(day, "") for day in entry.instances]
    first, last = _as_day(entry.first), _as_day(entry.last)
    if first == last or entry.busy:
        return [(first, "")]
    return [(first, _BEGINS), (last, _ENDS)] if last - first > _SHORT else [(first, _BEGINS)]


def _goes_on(event: Event, today: date, until: date) -> bool:
    """Tell whether an event has begun before a period and ends after it."""
    if event.approximate or event.rrule or event.dates:
        return False
    first, last = as_day(event.start), last_day(event.value)
    return first is not None and last is not None and first < today and last > until


def _ahead(day: date, today: date) -> str:
    distance = (day - today).days
    return "오늘" if distance == 0 else "내일" if distance == 1 else f"D-{distance}"


def _when(day: date, entry: Entry) -> str:
    """Write the days or hours of an entry; `day` is that of an instance where it repeats."""
    first, last = (day, day) if entry.instances else (_as_day(entry.first), _as_day(entry.last))
    start: Point = Day(first)
    end: Point = Day(last)
    if isinstance(entry.first, datetime) and isinstance(entry.last, datetime):
        start = Moment(datetime.combine(first, entry.first.time()))
        told = entry.note != NOTES["clock"]
        end = Moment(start.at + (entry.last - entry.first)) if told else start
    return value_words(start if start == end else Interval(start, end), day.year)


def _lines(rows: Sequence[Row], width: int) -> Iterator[str]:
    ahead = max(wcswidth(row.ahead) for row in rows)
    marked = max(wcswidth(row.mark) for row in rows)
    column = min(max(wcswidth(row.written) for row in rows), width // 3)
    for row in rows:
        told = [ljust(row.ahead, ahead)] if ahead else []
        told += [ljust(row.mark, marked)] if marked else []
        head, written = "  ".join(["", *told, ""]), row.written
        margin = wcswidth(head) + column + 2
        if wcswidth(written) > column:
            yield head + written
            head, written = " " * wcswidth(head), ""
        head = f"{head}{ljust(written, column)}  "
        for line in wrap(row.what, width - margin) or [""]:
            yield head + line
            head = " " * margin
        for doubt in row.event.doubts:
            for at, line in enumerate(wrap(one_line(doubt), width - margin - 2)):
                yield f"{head}{'  ' if at else '⚠ '}{line}"


def _what(event: Event, title: str) -> str:
    """Return the kind where the title does not tell it, title, place, unit, from where it moved."""
    tag, title = KINDS[event.kind], title.removeprefix(TENTATIVE)
    mark = f"[{tag}] " if event.kind in ("session", "deadline") and tag not in title else ""
    unit = f"({one_line(event.unit)})" if event.unit else ""
    told = (f"{mark}{title}", place_behind(event, title), unit, one_line(moved_from(event)))
    return " ".join(filter(None, told))
