"""A program on the public API alone, as a user would write it; type checkers read it.

`python deadlines.py REPORT …` writes the deadlines of some reports into a calendar and a page.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import calendarize
from calendarize import CalendarizeError, Conventions, Event, Limits, Match, Mention, Report, Value


@dataclass(frozen=True)
class Deadline:
    title: str
    department: str | None
    day: date


def deadlines(reports: Sequence[Report]) -> list[Deadline]:
    found: list[Deadline] = []
    for event in calendarize.combine(reports):
        end: date | datetime | None = event.end
        if event.kind == "deadline" and end is not None:
            day = end.date() if isinstance(end, datetime) else end
            found.append(Deadline(event.title, event.department, day))
    return sorted(found, key=lambda each: each.day)


def explained(text: str, day: date) -> str:
    matches: list[Match] = calendarize.search(text, date=day, prefer="future")
    lines = [f"{text[slice(*match.span)]}: {match.start} {match.evidence}" for match in matches]
    value: Value | None = calendarize.parse(
        "추석 열흘 전", style="conversation", conventions=Conventions(prefer="future")
    )
    if value is not None and value.precision == "day":
        lines.append(value.korean)
    return "\n".join(lines)


def main(paths: Sequence[str]) -> int:
    limits = Limits(seconds=10, memory=512 << 20)
    reports = list(calendarize.read_all([Path(path) for path in paths], limits=limits))
    events: tuple[Event, ...] = calendarize.combine(reports)
    mentions: list[Mention] = [mention for report in reports for mention in report.mentions]
    Path("calendar.ics").write_bytes(
        calendarize.to_ics(events, approximate="skip", alarms=[timedelta(days=1)])
    )
    Path("calendar.html").write_text(calendarize.to_html(events), encoding="utf-8")
    problems = [problem for report in reports for problem in report.problems]
    for line in (*problems, *(f"{each.day} {each.title}" for each in deadlines(reports))):
        print(line)
    print(len(mentions), calendarize.to_json(events)[:20])
    try:
        calendarize.read(Path("없는 파일.hwp"))
    except CalendarizeError as error:
        print(error)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
