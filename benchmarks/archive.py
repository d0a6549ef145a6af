"""How fast an archive is filled, brought up to date and asked: `python benchmarks/archive.py`.

Arguments: numbers of generated documents (default 1000), and folders of real ones. The tables are
those of docs/benchmarks.md: what was measured, and what follows for far more documents.

Speed and cost are told by processor time, which other programs on the machine hardly change;
efficiency, which cannot be, by the best of several runs in turn.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from calendarize.sources import samples

Row = tuple[str, ...]
HEAD = (
    "documents", "a core-second", "1 process", "2 processes", "efficiency", "nothing changed",
    "1 % changed", "query", "memory", "stored",
)  # fmt: skip
ON_PAPER = ("documents", "core-hours", "64 cores", "cost", "stored")
MANY = (1_000_000, 100_000_000)
CORES = 64
DOLLARS = 0.05
"""What an hour of a rented core costs, about."""
_ENTRIES = 6
"""So many lines of a sample report make a generated document."""
_ENOUGH = 3000
"""From so many documents on one run of each kind is enough; of fewer the best of up to five."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What a command took: seconds by the clock and of processors, MB of its largest process."""

    clock: float
    processor: float
    memory: float


def generated(folder: Path, count: int) -> None:
    """Write documents of a few entries each, no two of them alike."""
    lines = [
        line
        for path in sorted(samples().glob("*.txt"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]
    for n in range(count):
        body = "\n".join(lines[(n * 7 + k) % len(lines)] for k in range(_ENTRIES))
        head = (
            f"업무 보고 {n}\n\n{2015 + n % 10}. {n % 12 + 1}. 3.\n\n가람시 제{n % 40}과\n\n□ 계획"
        )
        Path(folder, f"{n:06}.txt").write_text(f"{head}\n{body}\n", encoding="utf-8")


def taken(*arguments: object) -> Taken:
    """Run a command of an archive."""
    command = [sys.executable, "-m", "calendarize", "archive", *map(str, arguments)]
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, process.returncode, used = os.wait4(process.pid, 0)
    clock = time.perf_counter() - start
    return Taken(clock, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def filled(folder: Path, archive: Path, processes: int) -> Taken:
    """Fill an archive anew."""
    shutil.rmtree(archive, ignore_errors=True)
    return taken("add", folder, "--to", archive, "--jobs", processes)


def measured(name: str, folder: Path, archive: Path) -> tuple[Row, list[Row]]:
    """Return the rows of a corpus: what was measured, and what follows from it on paper.

    The files of the folder are changed.
    """
    files = sorted(filter(Path.is_file, folder.rglob("*")))
    count = len(files)
    runs = [
        (filled(folder, archive, 1), filled(folder, archive, 2))
        for _ in range(max(1, min(5, _ENOUGH // count)))
    ]
    alone = min((one for one, _ in runs), key=lambda run: run.clock)
    both = min((two for _, two in runs), key=lambda run: run.clock)
    stored = sum(path.stat().st_size for path in archive.rglob("*") if path.is_file()) / count
    same = taken("add", folder, "--to", archive)
    for path in files[:: max(1, count // max(1, count // 100))]:
        path.write_bytes(path.read_bytes() + b"\n")
    some = taken("add", folder, "--to", archive)
    asked = taken("query", archive, "2021년 3분기 마감", "--format", "json")
    rate = count / both.processor
    row = (
        f"{count:,} {name}", f"{rate:.0f}", f"{count / alone.clock:.0f}/s",
        f"{count / both.clock:.0f}/s", f"{alone.clock / both.clock / 2:.2f}",
        _part(same, both), _part(some, both), f"{asked.processor:.1f} s",
        f"{max(alone.memory, both.memory, some.memory):.0f} MB", f"{stored:,.0f} bytes each",
    )  # fmt: skip
    return row, [_on_paper(many, name, rate, stored) for many in MANY]


def _part(run: Taken, first: Taken) -> str:
    return f"{run.processor:.1f} s ({run.processor / first.processor:.1%})"


def _on_paper(many: int, name: str, rate: float, stored: float) -> Row:
    hours = many / rate / 3600
    return (
        f"{many:,} {name}", f"{hours:,.1f}", f"{hours / CORES:,.1f} h", f"${hours * DOLLARS:,.2f}",
        f"{many * stored / 1e9:,.1f} GB",
    )  # fmt: skip


def corpora(arguments: list[str], work: Path) -> Iterator[tuple[str, Path]]:
    for n, told in enumerate(arguments or ["1000"]):
        folder = work / str(n)
        if told.isdigit():
            folder.mkdir()
            generated(folder, int(told))
            yield "generated", folder
        else:
            shutil.copytree(told, folder, copy_function=shutil.copyfile)
            yield "real", folder


def table(head: Row, rows: Iterable[Row]) -> None:
    print(f"| {' | '.join(head)} |\n|{'---|' * len(head)}")
    for row in rows:
        print(f"| {' | '.join(row)} |", flush=True)
    print()


def main() -> None:
    with TemporaryDirectory() as work:
        made = [
            measured(name, folder, Path(work, "archive"))
            for name, folder in corpora(sys.argv[1:], Path(work))
        ]
    table(HEAD, (row for row, _ in made))
    table(ON_PAPER, (row for _, rows in made for row in rows))


if __name__ == "__main__":
    main()
