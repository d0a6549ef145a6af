"""The main job: reports in, what they tell out; one bad report never stops the others.

Many reports are read by as many processes as there are cores. What comes of them, and in which
order, does not depend on how many there are.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from calendarize.events.reading import Reading, read
from calendarize.report import ReportError, files, find_reports, read_all
from calendarize.report.model import Report


class Dated(Protocol):
    """What is made of a report knows the report's name and its own date."""

    @property
    def source(self) -> str: ...
    @property
    def day(self) -> date | None: ...


T = TypeVar("T", bound=Dated)
Work = Callable[[Reading], T]
"""What is to be made of each report, in whichever process reads it."""


@dataclass(slots=True)
class Run(Generic[T]):
    """What was made of some reports, and one Korean line for each problem.

    `notices` are things the user should know that are no failure.
    """

    made: list[T] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    @property
    def days(self) -> list[date]:
        """The reports' own dates, those that could be found, in order."""
        return sorted(made.day for made in self.made if made.day)

    def add(self, other: Run[T]) -> None:
        """Take in what came of further reports."""
        self.made += other.made
        self.problems += other.problems
        self.notices += other.notices


@dataclass(frozen=True, slots=True)
class Job(Generic[T]):
    """What to do with each report; `day` and `department` override what it says of itself."""

    work: Work[T]
    day: date | None = None
    department: str | None = None

    def __call__(self, file: Path) -> Run[T]:
        """Read the report or the archive of reports in a file (`-`: standard input)."""
        result = Run[T]()
        try:
            data = sys.stdin.buffer.read() if str(file) == "-" else files.read(file)
        except ReportError as error:
            result.problems.append(str(error))
            return result
        for found in read_all(data, file.name):
            if isinstance(found, ReportError):
                result.problems.append(str(found))
            else:
                result.add(self._done(found))
        return result

    def _done(self, report: Report) -> Run[T]:
        try:
            reading = read(report, self.day, self.department)
            made = self.work(reading)
        except Exception as error:  # a fault of ours must not cost the user the other reports
            return Run(problems=[_fault(report.source, type(error).__name__)])
        return Run([made], notices=missing(reading))


def _fault(source: str, what: str) -> str:
    return (
        f"{source}: 읽는 중에 프로그램 오류가 났습니다({what}). "
        "이 보고서를 빼고 실행하거나 개발자에게 알려 주세요."
    )


def missing(reading: Reading) -> list[str]:
    """Say what a report does not tell of itself, and how to tell it."""
    missing: list[str] = []
    if reading.day is None:
        missing.append("작성일을 찾지 못해 연도를 알 수 있는 날짜만 읽었습니다(--date로 지정)")
    elif reading.counted:
        missing.append(
            f"작성일을 찾지 못해 기준일({reading.day})을 작성일로 보았습니다(--date로 지정)"
        )
    if reading.department is None:
        missing.append("부서를 찾지 못했습니다(--as-dept로 지정)")
    return [f"{reading.report.source}: {', '.join(missing)}."] if missing else []


def found_files(paths: Iterable[str], problems: list[str]) -> Iterator[Path]:
    """Yield the files that paths name; what is not there becomes a line of `problems`."""
    for path in paths:
        if path == "-":
            yield Path("-")
            continue
        try:
            yield from find_reports([Path(path)])
        except ReportError as error:
            problems.append(str(error))


_WORTH = 1_000_000
"""At so many bytes in several files, other processes are worth their start."""


def each(
    paths: Sequence[str], job: Job[T], processes: int | None = None
) -> tuple[int, Iterator[Run[T]]]:
    """Return how many files paths name, and what comes of each, in the order of the paths.

    Without a number of `processes`, as many as there are cores do the work where it is worth it.
    """
    planned: list[Path | str] = []
    for path in paths:
        problems: list[str] = []
        planned += found_files([path], problems)
        planned += problems
    count = processes if processes is not None else _useful(planned)
    return len(planned), _in_order(planned, job, min(count, len(planned)))


def _useful(planned: Sequence[Path | str]) -> int:
    found = [file for file in planned if isinstance(file, Path) and file.is_file()]
    large = len(found) > 1 and sum(file.stat().st_size for file in found) >= _WORTH
    return len(os.sched_getaffinity(0)) if large and hasattr(os, "sched_getaffinity") else 1


def _in_order(planned: Sequence[Path | str], job: Job[T], count: int) -> Iterator[Run[T]]:
    if count <= 1:
        yield from map(partial(_outcome, job), planned)
        return
    left = list(planned)
    try:
        with ProcessPoolExecutor(count, initializer=_ignore_interrupts) as pool:
            for made in pool.map(partial(_outcome, job), planned):
                left.pop(0)
                yield made
    except BrokenProcessPool:  # a report has torn its process down: the rest one by one
        for file in left:
            yield _alone(file, job)


def _ignore_interrupts() -> None:
    """Leave Ctrl-C to the process that the user sees."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _outcome(job: Job[T], file: Path | str) -> Run[T]:
    return Run(problems=[file]) if isinstance(file, str) else job(file)


def _alone(file: Path | str, job: Job[T]) -> Run[T]:
    with ProcessPoolExecutor(1, initializer=_ignore_interrupts) as pool:
        try:
            return pool.submit(_outcome, job, file).result()
        except BrokenProcessPool:
            return Run(problems=[_fault(Path(file).name, "프로세스 중단")])
