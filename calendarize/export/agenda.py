"""What comes next: day by day for some days ahead, then what goes on, then what has no day yet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from wcwidth import ljust, wcswidth, wrap

from calendarize.events.model import Event
from calendarize.export.entries import NOTES, TENTATIVE, Entry, entries
from calendarize.export.options import Options, title_of
from calendarize.export.text import one_line
from calendarize.export.words import KINDS, day_words, value_words, when
from calendarize.timex.values import Day, Interval, Moment, Point, as_day

WIDTH, NARROWEST = 100, 40
_NOTHING = "예정된 일정이 없습니다."

Row = tuple[str, str, Entry]
"""How far ahead, when, and what."""


def render(events: Sequence[Event], options: Options) -> str:
    """Return the agenda from `Options.today` to `Options.last`, both inclusive.

    A period stands on its first day, under 진행 중 once it has begun; a deadline on its last.
    """
    today, last = options.today, options.last or options.today
    width = max(options.width or WIDTH, NARROWEST)
    placed = entries(events, options)
    coming = sorted(
        ((day, entry) for entry in placed if not entry.tentative for day in entry.days
         if today <= day <= last),
        key=lambda pair: pair[0],
    )  # fmt: skip
    going = [e for e in placed if not e.tentative and not e.rrule and _goes_on(e, today)]
    loose = [e for e in placed if e.tentative and _as_day(e.first) <= last and e.last >= today]
    sections: list[tuple[str, list[Row]]] = [
        ("", [(_ahead(day, today), _when(day, entry), entry) for day, entry in coming]),
        ("진행 중", [("", when(e.event, today.year), e) for e in going]),
        ("이 기간 중(날짜 미정)", [("", when(e.event, today.year), e) for e in loose]),
    ]
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


def _goes_on(entry: Entry, today: date) -> bool:
    return _as_day(entry.first) < today <= _as_day(entry.last)


def _ahead(day: date, today: date) -> str:
    distance = (day - today).days
    return "오늘" if distance == 0 else "내일" if distance == 1 else f"D-{distance}"


def _when(day: date, entry: Entry) -> str:
    """Write the days or hours of an entry; `day` is that of an instance where it repeats."""
    start: Point = Day(day)
    end: Point = Day(_as_day(entry.last)) if not entry.instances else start
    if isinstance(entry.first, datetime) and isinstance(entry.last, datetime):
        start = Moment(datetime.combine(day, entry.first.time()))
        told = entry.note != NOTES["clock"]
        end = Moment(start.at + (entry.last - entry.first)) if told else start
    return value_words(start if start == end else Interval(start, end), day.year)


def _lines(rows: Sequence[Row], width: int) -> Iterator[str]:
    ahead = max(wcswidth(distance) for distance, _, _ in rows)
    column = min(max(wcswidth(written) for _, written, _ in rows), width // 3)
    for distance, written, entry in rows:
        head = f"  {ljust(distance, ahead)}{'  ' if ahead else ''}"
        margin = wcswidth(head) + column + 2
        if wcswidth(written) > column:
            yield head + written
            head, written = " " * wcswidth(head), ""
        head = f"{head}{ljust(written, column)}  "
        for line in wrap(_what(entry), width - margin) or [""]:
            yield head + line
            head = " " * margin
        for warning in entry.event.warnings:
            for at, line in enumerate(wrap(one_line(warning), width - margin - 2)):
                yield f"{head}{'  ' if at else '⚠ '}{line}"


def _what(entry: Entry) -> str:
    """Return the kind where the title does not tell it, the title, place and unit."""
    event = entry.event
    tag, title = KINDS[event.kind], entry.summary.removeprefix(TENTATIVE)
    mark = f"[{tag}] " if event.kind in ("session", "deadline") and tag not in title else ""
    where = " ".join(filter(None, (event.location, event.unit and f"({event.unit})")))
    return f"{mark}{title} {one_line(where)}".rstrip()
