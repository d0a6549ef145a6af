"""Reports that do harm by their names: what a hostile document does to a library, without one.

`python -m tests.hostile ARGUMENTS` is the command line with such reports.
"""

from __future__ import annotations

import os
import re
import signal
from typing import Any

from calendarize import explain
from calendarize.changes import editions
from calendarize.events import assemble
from calendarize.mentions.reading import Reading

_tell, _part, _assemble = assemble.tell, editions.part, assemble.assemble


def tell(reading: Reading) -> Any:
    """Do what the report's name says, else what the command line does."""
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


if __name__ == "__main__":
    from calendarize.cli import main

    assemble.tell, editions.part, explain.assemble = tell, part, assembled
    main()
