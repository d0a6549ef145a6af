"""How fast an archive is filled, brought up to date and asked: `python benchmarks/archive.py`.

Arguments: numbers of generated documents (default 1000), and folders of real ones. The rows are
for the table in docs/benchmarks.md.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from calendarize.sources import samples

Row = tuple[str, ...]
HEAD = (
    "documents", "1 process", "2 processes", "efficiency", "nothing changed", "1 % changed",
    "query", "memory",
)  # fmt: skip
_ENTRIES = 12
"""So many lines of a sample report make a generated document."""


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


def timed(*arguments: object) -> tuple[float, float]:
    """Return how many seconds and MB (of the largest process) a command takes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    start = time.perf_counter()
    command = [sys.executable, "-m", "calendarize", "archive", *map(str, arguments)]
    subprocess.run(command, check=False, capture_output=True)
    taken = time.perf_counter() - start
    return taken, max(before, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) / 1024


def measured(name: str, folder: Path, work: Path) -> Row:
    count = sum(1 for path in folder.rglob("*") if path.is_file())
    alone, _ = timed("add", folder, "--to", work / "one", "--jobs", 1)
    both, memory = timed("add", folder, "--to", work / "two", "--jobs", 2)
    same, _ = timed("add", folder, "--to", work / "two", "--jobs", 2)
    copy = work / "changed"
    subprocess.run(["cp", "-r", str(folder), str(copy)], check=True)
    timed("add", copy, "--to", work / "two", "--jobs", 2)
    for path in islice(sorted(filter(Path.is_file, copy.rglob("*"))), max(1, count // 100)):
        path.write_bytes(path.read_bytes() + b"\n")
    some, _ = timed("add", copy, "--to", work / "two", "--jobs", 2)
    asked, _ = timed("query", work / "one", "2021년 3분기 마감", "--format", "json")
    return (
        f"{count} {name}", f"{count / alone:.0f}/s", f"{count / both:.0f}/s",
        f"{alone / both / 2:.2f}", f"{same:.1f} s ({same / both:.1%})",
        f"{some:.1f} s ({some / both:.1%})", f"{asked:.1f} s", f"{memory:.0f} MB",
    )  # fmt: skip


def rows(arguments: list[str]) -> Iterator[Row]:
    for told in arguments or ["1000"]:
        with TemporaryDirectory() as work:
            if told.isdigit():
                folder = Path(work, "in")
                folder.mkdir()
                generated(folder, int(told))
                yield measured("generated", folder, Path(work))
            else:
                yield measured("real", Path(told), Path(work))


def main() -> None:
    print(f"| {' | '.join(HEAD)} |\n|{'---|' * len(HEAD)}")
    for row in rows(sys.argv[1:]):
        print(f"| {' | '.join(row)} |", flush=True)


if __name__ == "__main__":
    main()
