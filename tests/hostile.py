"""Reports that do harm by their names: what a hostile document does to a library, without one.

`python -m tests.hostile ARGUMENTS` is the command line with such reports.
"""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Sequence
from multiprocessing import active_children
from pathlib import Path
from typing import Any

from calendarize import api, explain
from calendarize.changes import editions
from calendarize.events import assemble
from calendarize.mentions.reading import Reading
from calendarize.run import Job, Run, each, outcomes
from calendarize.workers import Limits, Pool

_found, _tell, _part, _assemble = api.found, assemble.tell, editions.part, assemble.assemble


def found(reading: Reading) -> Any:
    """Do what the report's name says, else what the command line does."""
    _harm(reading)
    return _found(reading)


def tell(reading: Reading) -> Any:
    """Do what the report's name says, else tell its events."""
    _harm(reading)
    return _tell(reading)


def part(reading: Reading) -> Any:
    """Do what the report's name says, else what `changes` does."""
    _harm(reading)
    return _part(reading)


def assembled(reading: Reading) -> Any:
    """Do what the report's name says, else what `explain` does."""
    _harm(reading)
    return _assemble(reading)


def run_of(folder: Path, processes: int, limits: Limits | None = None) -> list[Run[Any]]:
    """Return what comes of each report of a folder, in order."""
    total, found = each([str(folder)], Job(tell), processes, limits)
    runs = list(found)
    assert len(runs) >= total
    return runs


def run_of_files(
    files: Sequence[tuple[str, bytes]], processes: int, limits: Limits
) -> list[tuple[str, Run[Any]]]:
    """Return what comes of each document of some files, with the file's name; nobody stays."""
    with Pool(Job(tell), processes, limits) as pool:
        runs = [(name, made) for (name, _), made in outcomes(files, pool)]
    for process in active_children():
        process.join(60)  # a busy machine takes its time
        assert process.exitcode is not None
    return runs


def cost_of_files(
    files: Sequence[tuple[str, bytes]], processes: int, limits: Limits
) -> tuple[list[tuple[str, Run[Any]]], float]:
    """Return what comes of some files, and the processor time of those who read them, seconds.

    How long it takes by the clock, a busy machine tells.
    """
    runs = run_of_files(files, processes, limits)
    return runs, sum(os.times()[2:4])


def _harm(reading: Reading) -> None:
    name = reading.source.rpartition("/")[2]
    if name.startswith("멈춤"):
        re.match("(a|a)*b", "a" * 100)  # holds the interpreter until it is killed
    if name.startswith("커짐"):
        held = []
        while True:
            held.append(bytes(1 << 24))
    if name.startswith("죽음"):
        os.kill(os.getpid(), signal.SIGKILL)
    if name.startswith("깊음"):
        _deep(0)


def _deep(depth: int) -> int:
    return _deep(depth + 1) + 1


def take_over() -> None:
    """Let reports do harm to the command line of this process."""
    api.found, editions.part, explain.assemble = found, part, assembled


def take_over_archives() -> None:
    """Let documents do harm to those that read for an archive of this process."""
    from calendarize.archive import reading

    reading.tell = tell


if __name__ == "__main__":
    from calendarize.cli import main

    take_over()
    main()
