"""The main job: reports in, mentions and events out; one bad report never stops the others."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from calendarize.events.assemble import assemble
from calendarize.events.model import Event
from calendarize.events.reading import Reading, read
from calendarize.report import ReportError, files, read_all
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

    def events(self) -> list[Event]:
        """Return the events of all reports in order of time."""
        return assemble(*self.readings)


def run(paths: Sequence[str], day: date | None = None, department: str | None = None) -> Run:
    """Read reports named by files, folders or `-`; `day` and `department` override theirs."""
    result = Run()
    for report in _reports(paths, result.problems):
        try:
            reading = read(report, day, department)
        except Exception as error:  # a fault of ours must not cost the user the other reports
            result.problems.append(
                f"{report.source}: 읽는 중에 프로그램 오류가 났습니다({type(error).__name__}). "
                "이 보고서를 빼고 실행하거나 개발자에게 알려 주세요."
            )
            continue
        result.notices += _missing(reading)
        result.readings.append(reading)
    return result


def _missing(reading: Reading) -> list[str]:
    """Say what a report does not tell of itself, and how to tell it."""
    told = (
        (reading.day, "작성일을 찾지 못해 연도를 알 수 있는 날짜만 읽었습니다(--date로 지정)"),
        (reading.department, "부서를 찾지 못했습니다(--as-dept로 지정)"),
    )
    missing = [words for known, words in told if known is None]
    return [f"{reading.report.source}: {', '.join(missing)}."] if missing else []


def _reports(paths: Iterable[str], problems: list[str]) -> Iterator[Report]:
    for data, name in _opened(paths, problems):
        for found in read_all(data, name):
            if isinstance(found, ReportError):
                problems.append(str(found))
            else:
                yield found


def _opened(paths: Iterable[str], problems: list[str]) -> Iterator[tuple[bytes, str]]:
    """Yield the bytes and the name of each file."""
    for path in paths:
        if path == "-":
            yield sys.stdin.buffer.read(), "-"
            continue
        try:
            found = files.find_reports([Path(path)])
        except ReportError as error:
            problems.append(str(error))
            continue
        for file in found:
            try:
                yield files.read(file), file.name
            except ReportError as error:
                problems.append(str(error))
