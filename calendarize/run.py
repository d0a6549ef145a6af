"""The main job: reports in, mentions and events out; one bad report never stops the others."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from calendarize.events.assemble import assemble
from calendarize.events.model import Event
from calendarize.events.reading import Reading, read
from calendarize.report import ReportError, files, find_reports, read_all
from calendarize.report.model import Report


@dataclass(slots=True)
class Run:
    """What came of some reports: what was read, and one Korean line for each problem.

    `notices` are things the user should know that are no failure.
    """

    readings: list[Reading] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    @property
    def days(self) -> list[date]:
        """The reports' own dates, those that could be found, in order."""
        return sorted(r.day for r in self.readings if r.day)

    def add(self, other: Run) -> None:
        """Take in what came of further reports."""
        self.readings += other.readings
        self.problems += other.problems
        self.notices += other.notices

    def events(self) -> list[Event]:
        """Return the events of all reports in order of time."""
        return assemble(*self.readings)


def run(paths: Sequence[str], day: date | None = None, department: str | None = None) -> Run:
    """Read reports named by files, folders or `-`; `day` and `department` override theirs."""
    result = Run()
    for file in found_files(paths, result.problems):
        result.add(read_one(file, day, department))
    return result


def found_files(paths: Sequence[str], problems: list[str]) -> Iterator[Path]:
    """Yield the files that paths name; what is not there becomes a line of `problems`."""
    for path in paths:
        if path == "-":
            yield Path("-")
            continue
        try:
            yield from find_reports([Path(path)])
        except ReportError as error:
            problems.append(str(error))


def read_one(file: Path, day: date | None = None, department: str | None = None) -> Run:
    """Read the report or the archive of reports in a file (`-`: standard input)."""
    result = Run()
    try:
        data = sys.stdin.buffer.read() if str(file) == "-" else files.read(file)
    except ReportError as error:
        result.problems.append(str(error))
        return result
    for found in read_all(data, file.name):
        if isinstance(found, ReportError):
            result.problems.append(str(found))
        else:
            result.add(_read(found, day, department))
    return result


def _read(report: Report, day: date | None, department: str | None) -> Run:
    try:
        reading = read(report, day, department)
    except Exception as error:  # a fault of ours must not cost the user the other reports
        problem = (
            f"{report.source}: 읽는 중에 프로그램 오류가 났습니다({type(error).__name__}). "
            "이 보고서를 빼고 실행하거나 개발자에게 알려 주세요."
        )
        return Run(problems=[problem])
    return Run([reading], notices=_missing(reading))


def _missing(reading: Reading) -> list[str]:
    """Say what a report does not tell of itself, and how to tell it."""
    told = (
        (reading.day, "작성일을 찾지 못해 연도를 알 수 있는 날짜만 읽었습니다(--date로 지정)"),
        (reading.department, "부서를 찾지 못했습니다(--as-dept로 지정)"),
    )
    missing = [words for known, words in told if known is None]
    return [f"{reading.report.source}: {', '.join(missing)}."] if missing else []
