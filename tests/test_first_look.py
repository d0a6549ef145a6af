"""What a reader sees first: the default calendar in a month view, the timeline on a page."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest

from calendarize.events.assemble import assemble
from calendarize.events.model import Event
from calendarize.events.presets import PRESETS, is_milestone
from calendarize.export import Options, render
from calendarize.export.entries import Entry, entries
from calendarize.mentions.reading import read
from calendarize.report import read_file
from calendarize.timex.values import as_day
from tests.annotated import load, reading
from tests.command import run
from tests.examples import EXAMPLES
from tests.parts import each_folder

SHARED = Path(__file__).resolve().parents[2] / "shared" / "reports"
REPORTS = sorted(EXAMPLES.glob("*.txt")) + sorted(SHARED.glob("*.txt"))
ROWS = 4
"""How many bars a week of a month view shows before it says `+3`."""

each_report = pytest.mark.parametrize(
    "path",
    [
        pytest.param(
            path,
            id=path.stem,
            marks=[pytest.mark.xdist_group(path.stem)]
            + ([pytest.mark.heavy] if path.parent == SHARED else []),
        )
        for path in REPORTS
    ],
)


@cache
def events_of(path: Path) -> list[Event]:
    return assemble(read(read_file(path)))


def default_calendar(path: Path) -> list[Entry]:
    events = events_of(path)
    return [e for e in entries(events, Options(date(2021, 5, 10))) if not e.tentative]


def days_of(entry: Entry) -> list[date]:
    if entry.instances:
        return list(entry.instances)
    first, last = as_day(entry.first), as_day(entry.last)
    assert first is not None
    assert last is not None
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def seen(entries: Sequence[Entry]) -> dict[date, list[Entry]]:
    """Return what a month view shows each day: by start, the longest first, in the free rows."""
    spans = {id(e): days_of(e) for e in entries}
    ordered = sorted(entries, key=lambda e: (spans[id(e)][0], -len(spans[id(e)]), e.timed))
    rows: defaultdict[date, dict[int, Entry]] = defaultdict(dict)
    for entry in ordered:
        weeks = defaultdict(list)
        for day in spans[id(entry)]:
            weeks[day - timedelta(days=(day.weekday() + 1) % 7)].append(day)
        for days in weeks.values():
            row = next(n for n in range(99) if all(n not in rows[day] for day in days))
            for day in days:
                rows[day][row] = entry
    return {day: [e for row, e in found.items() if row < ROWS] for day, found in rows.items()}


@each_report
def test_every_session_is_visible_in_a_month_view(path: Path) -> None:
    found = default_calendar(path)
    visible = seen(found)
    for entry in found:
        if entry.event.kind == "session":
            assert all(entry in visible[day] for day in days_of(entry)), entry.summary


@each_report
def test_no_day_has_more_than_eight_bars_and_new_year_none_that_is_inexact(path: Path) -> None:
    bars = Counter(day for entry in default_calendar(path) for day in days_of(entry))
    assert max(bars.values(), default=0) <= 8
    everything = entries(events_of(path), Options(date(2021, 5, 10)))
    new_year = [e for e in everything if e.tentative and e.first == e.last == date(2021, 1, 1)]
    assert new_year == []


TODAYS = (date(2020, 9, 10), date(2021, 5, 10), date(2021, 6, 15))


@each_report
@pytest.mark.parametrize("today", TODAYS, ids=str)
@pytest.mark.parametrize("folded", [True, False])
def test_nothing_that_is_over_stands_below_today(path: Path, today: date, folded: bool) -> None:
    text = render("timeline", events_of(path), Options(today, folded=folded))
    assert isinstance(text, str)
    _, found, below = text.partition("── 오늘")
    rows = [line for line in below.splitlines() if line.lstrip().startswith("✓")]
    assert not found or rows == []


@each_report
def test_milestones_are_a_page_and_hold_every_session(path: Path) -> None:
    events = events_of(path)
    chosen = PRESETS["milestones"](events)
    text = render("timeline", chosen, Options(date(2021, 5, 10)))
    assert isinstance(text, str)
    assert len(text.splitlines()) <= 60
    assert [e for e in events if e.kind == "session"] == [e for e in chosen if e.kind == "session"]


def test_nothing_chosen_says_how_much_there_is(tmp_path: Path) -> None:
    report = tmp_path / "계획.txt"
    report.write_text("업무 계획\n2021. 5. 3.\n총무과\n\n- 조례 개정 : 6월 중\n", encoding="utf-8")
    told = run(report, "--milestones").stderr.decode()
    assert "고른 조건에 맞는 일정이 없습니다. 보고서의 일정은 모두 1건입니다." in told


# Milestones of annotated documents ---------------------------------------------------------------


@each_folder
def test_milestones_are_what_a_head_of_department_would_ask_about(folder: str) -> None:
    """Every entry of sixteen documents is marked by hand, of five that nothing was learned from."""
    here = Path(__file__).parent
    with (here / "milestones.tsv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["folder"] == folder]
    outcomes: Counter[tuple[bool, bool]] = Counter()
    for name in dict.fromkeys(row["document"] for row in rows):
        document = load(here / folder / f"{name}.txt")
        chosen: defaultdict[tuple[int, str], bool] = defaultdict(bool)
        for event in assemble(reading(document.path, document.give_date)):
            chosen[event.source.line, event.source.text] |= is_milestone(event)
        for row in (row for row in rows if row["document"] == name):
            where = int(row["line"]), row["text"]
            if where in chosen:
                outcomes[chosen[where], row["milestone"] == "yes"] += 1
    both, alone, missed = outcomes[True, True], outcomes[True, False], outcomes[False, True]
    assert both / (both + alone) >= 0.9, outcomes
    assert both / (both + missed) >= {"reports": 0.85, "frozen": 0.7}[folder], outcomes
