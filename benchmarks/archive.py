"""How fast an archive is filled, brought up to date and asked: `python benchmarks/archive.py`.

Arguments: numbers of generated documents (default 1000), and folders of real ones. The tables are
those of docs/benchmarks.md: what was measured, and what follows for far more documents.

Speed and cost are told by processor time, which other programs on the machine hardly change.
Efficiency is what two processes of one run do of what two runs of half the documents each do at
the same time: the best of several in turn.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from calendarize.sources import samples

Row = tuple[str, ...]
HEAD = (
    "documents", "a core-second", "2 processes", "efficiency", "nothing changed", "1 % changed",
    "query", "memory", "stored",
)  # fmt: skip
ON_PAPER = ("documents", "core-hours", "64 cores", "cost", "stored")
MANY = (1_000_000, 100_000_000)
CORES = 64
DOLLARS = 0.05
"""What an hour of a rented core costs, about."""
_ENTRIES = 12
"""So many lines of a sample report make a generated document."""
_FEW, _LONG = 3000, 20_000
"""Of fewer documents the best of three runs counts; so many are not read once more to compare."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What a command took: seconds by the clock and of processors, MB of its largest process."""

    clock: float
    processor: float
    memory: float


def generated(count: int) -> Iterator[bytes]:
    """Yield documents of a few entries each, no two of them alike."""
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
        yield f"{head}\n{body}\n".encode()


def taken(*commands: tuple[object, ...]) -> Taken:
    """Run some commands of an archive at the same time.

    The processes that read end behind the command that had them started: they are waited for.
    """
    start = time.perf_counter()
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "calendarize", "archive", *map(str, arguments)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for arguments in commands
    ]
    used = {}
    clock = 0.0
    commanded = {process.pid: process for process in running}
    with suppress(ChildProcessError):
        while True:
            pid, status, told = os.wait4(-1, 0)
            used[pid] = told
            if pid in commanded:
                commanded[pid].returncode = os.waitstatus_to_exitcode(status)
                clock = time.perf_counter() - start
    processor = sum(told.ru_utime + told.ru_stime for told in used.values())
    return Taken(clock, processor, max(used[pid].ru_maxrss for pid in commanded) / 1024)


def adopt_all() -> None:
    """Become the parent of all processes below this one that lose theirs (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(36, 1)  # PR_SET_CHILD_SUBREAPER


def filled(folders: Sequence[Path], work: Path, processes: int) -> Taken:
    """Fill an archive anew from each of some folders, all at the same time."""
    archives = [work / f"archive{n}" for n, _ in enumerate(folders)]
    for archive in archives:
        shutil.rmtree(archive, ignore_errors=True)
    pairs = zip(folders, archives, strict=True)
    return taken(*(("add", source, "--to", to, "--jobs", processes) for source, to in pairs))


def measured(name: str, documents: Iterable[bytes], work: Path) -> tuple[Row, list[Row]]:
    """Return the rows of a corpus: what was measured, and what follows from it on paper."""
    folder, archive = work / "in", work / "archive0"
    halves = [folder / half for half in "01"]
    for half in halves:
        half.mkdir(parents=True)
    for n, data in enumerate(documents):
        Path(halves[n % 2], f"{n:06}.{name}").write_bytes(data)
    files = sorted(filter(Path.is_file, folder.rglob("*")))
    count = len(files)
    apart, together = [], []
    for _ in range(3 if count < _FEW else 1):
        if count < _LONG:
            apart.append(filled(halves, work, 1).clock)
        together.append(filled([folder], work, 2))
    both = min(together, key=lambda run: run.clock)
    stored = sum(path.stat().st_size for path in archive.rglob("*") if path.is_file()) / count
    same = taken(("add", folder, "--to", archive))
    for path in files[:: min(100, count)]:
        path.write_bytes(path.read_bytes() + b"\n")
    some = taken(("add", folder, "--to", archive))
    asked = taken(("query", archive, "2021년 3분기 마감", "--format", "json"))
    shutil.rmtree(folder)
    rate = count / both.processor
    row = (
        f"{count:,} {name}", f"{rate:.0f}", f"{both.clock:.1f} s",
        f"{min(apart) / both.clock:.2f}" if apart else "",
        _part(same, both), _part(some, both), f"{asked.processor:.1f} s",
        f"{max(both.memory, some.memory):.0f} MB", f"{stored:,.0f} bytes each",
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


def corpus(told: str) -> tuple[str, Iterable[bytes]]:
    """Return what an argument names: the ending of documents, and their bytes."""
    if told.isdigit():
        return "txt", generated(int(told))
    files = sorted(filter(Path.is_file, Path(told).rglob("*")))
    return files[0].suffix[1:], (path.read_bytes() for path in files)


def table(head: Row, rows: Iterable[Row]) -> None:
    print(f"| {' | '.join(head)} |\n|{'---|' * len(head)}", flush=True)
    for row in rows:
        print(f"| {' | '.join(row)} |", flush=True)
    print()


def main() -> None:
    adopt_all()
    follows: list[Row] = []

    def rows(work: str) -> Iterator[Row]:
        for told in sys.argv[1:] or ["1000"]:
            row, on_paper = measured(*corpus(told), Path(work))
            follows.extend(on_paper)
            yield row

    with TemporaryDirectory() as work:
        table(HEAD, rows(work))
    table(ON_PAPER, follows)


if __name__ == "__main__":
    main()
