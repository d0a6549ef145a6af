"""The main job: reports in, what they tell out; one bad report never costs the others anything.

Every report is read in another process, within limits of time and memory. What comes of reports,
and in which order, does not depend on how many processes there are.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Generic, Protocol, TypeVar, cast

from calendarize.errors import CalendarizeError
from calendarize.mentions.reading import Reading, read
from calendarize.report import Document, ReportError, documents, files, find_reports, read_document
from calendarize.report.model import Report
from calendarize.wordlists import word_lists
from calendarize.workers import Limits, Lost, Pool, Step


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


File = Path | tuple[str, bytes] | str
"""A file to read, the name and the bytes of what was read already, or what is wrong with one."""


V = TypeVar("V", bound=File)
M = TypeVar("M")


@dataclass(frozen=True, slots=True)
class Job(Generic[T]):
    """What to do with each report; `day` and `department` override what it says of itself."""

    work: Work[T]
    day: date | None = None
    department: str | None = None

    def __call__(self, file: File) -> Iterator[Step]:
        """Yield a step for the report in a file, or for each of those in an archive of reports."""
        if isinstance(file, str):
            yield file, partial(Run[T], problems=[file])
            return
        try:
            name, data = file if isinstance(file, tuple) else (file.name, files.read(file))
        except ReportError as error:
            yield str(file), partial(Run[T], problems=[str(error)])
            return
        for document in documents(data, name):
            yield document.source, partial(self._read, document)

    def _read(self, document: Document) -> Run[T]:
        try:
            return self._done(read_document(document))
        except ReportError as error:
            return Run(problems=[str(error)])

    def _done(self, report: Report) -> Run[T]:
        try:
            reading = read(report, self.day, self.department)
            made = self.work(reading)
        except MemoryError:
            raise
        except Exception as error:  # a fault of ours must not cost the user the other reports
            return Run(problems=[str(_fault(report.source, type(error).__name__))])
        return Run([made], notices=missing(reading))


def _fault(source: str, what: str) -> ReportError:
    problem = f"읽는 중에 프로그램 오류가 났습니다({what})"
    return ReportError(source, problem, "이 보고서를 빼고 실행하거나 개발자에게 알려 주세요.")


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


def each(
    paths: Sequence[str], job: Job[T], processes: int | None = None, limits: Limits | None = None
) -> tuple[int, Iterator[Run[T]]]:
    """Return how many files paths name, and what comes of each report, in the order of the paths.

    At most as many `processes` as named, or as there are cores, do the work; each report has to
    keep within the `limits`.
    """
    limits = limits or Limits()
    word_lists()  # read once for all processes, and told of where they cannot be read
    planned: list[File] = []
    for path in paths:
        problems: list[str] = []
        planned += (_file(found) for found in found_files([path], problems))
        planned += problems
    return len(planned), _in_order(planned, job, min(processes or cores(), len(planned)), limits)


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _file(path: Path) -> File:
    """Return what is to be read; standard input is read at once: one may take one's time for it."""
    return ("-", sys.stdin.buffer.read(files.MAX_FILE_BYTES + 1)) if str(path) == "-" else path


def _in_order(planned: Sequence[File], job: Job[T], count: int, limits: Limits) -> Iterator[Run[T]]:
    with Pool[File, Run[T]](job, count, limits) as pool:
        for _, made in outcomes(planned, pool):
            yield made


def outcomes(planned: Sequence[V], pool: Pool[V, Run[T]]) -> Iterator[tuple[V, Run[T]]]:
    """Yield what comes of each report in the files, in their order, with the file it is in."""
    for file, made in pool.results(planned):
        if isinstance(made, Lost):
            source = made.name or (file.name if isinstance(file, Path) else str(file[0]))
            yield file, Run(problems=[str(told_lost(source, made.cause, pool.limits))])
        else:
            yield file, made


def alone(source: str, make: Callable[[], M], limits: Limits) -> M:
    """Return what `make` makes of one report, in a process of its own.

    `make` and its result have to be picklable; `source` names the report where the process is
    lost. Raises the `CalendarizeError` that `make` raises, `ReportError` for whatever else.
    """
    with Pool[Callable[[], M], _Tried[M]](_once, 1, limits) as pool:
        for _, made in pool.results([make]):
            if isinstance(made, Lost):
                raise told_lost(source, made.cause, limits)
            if made.error is not None:
                raise made.error
            if made.fault is None:
                return cast(M, made.made)
            raise _fault(source, made.fault)
    raise _fault(source, "중단")


@dataclass(frozen=True, slots=True)
class _Tried(Generic[M]):
    """What was made of a report, or why nothing was."""

    made: M | None = None
    error: CalendarizeError | None = None
    fault: str | None = None


def _once(make: Callable[[], M]) -> Iterator[Step]:
    yield "", partial(_tried, make)


def _tried(make: Callable[[], M]) -> _Tried[M]:
    try:
        return _Tried(make())
    except CalendarizeError as error:
        return _Tried(error=error)
    except MemoryError:
        raise
    except Exception as error:
        return _Tried(fault=type(error).__name__)


def told_lost(source: str, cause: str, limits: Limits) -> ReportError:
    """Say that a report cost its process too much (`Lost.cause`), and what to do."""
    if cause == "time":
        problem = f"읽는 데 {limits.seconds:g}초가 넘게 걸려 그만두었습니다"
        remedy = "제한 시간(--timeout)을 늘리거나 이 보고서를 빼고 실행하세요."
        return ReportError(source, problem, remedy)
    if cause == "memory":
        problem = f"읽는 데 메모리가 {limits.memory >> 20}MB 넘게 들어 그만두었습니다"
        remedy = "메모리 제한(--memory)을 늘리거나 이 보고서를 빼고 실행하세요."
        return ReportError(source, problem, remedy)
    return _fault(source, "프로세스 중단")
