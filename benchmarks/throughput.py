"""How fast reports become events, as ratios measured in one run: `python benchmarks/throughput.py`.

The floor is a bare `re.finditer` for digits over the same text. Growth compares reports of one,
ten and a hundred times the length: with linear cost the time per character stays the same.
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date

from calendarize.events.assemble import assemble
from calendarize.events.reading import read
from calendarize.report import read_text
from calendarize.sources import samples
from calendarize.timex.grammar import expressions


def seconds(work: Callable[[], object], rounds: int = 5) -> float:
    """Return the best of some rounds."""
    best = float("inf")
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


def main() -> None:
    text = "\n".join(p.read_text(encoding="utf-8") for p in sorted(samples().glob("*.txt")))
    day = date(2021, 5, 3)
    size = len(text.encode()) / 1e6
    floor = seconds(lambda: sum(1 for _ in re.finditer(r"\d", text)), 50)
    report = read_text(text, "sample")
    steps = {
        "document → report": seconds(lambda: read_text(text, "sample")),
        "report → expressions": seconds(lambda: list(expressions(report.view))),
        "report → events": seconds(lambda: assemble(read(report, day))),
    }
    for name, taken in steps.items():
        print(f"{name:22} {size / taken:6.2f} MB/s   {taken / floor:6.1f} × floor")
    once = seconds(lambda: assemble(read(read_text(text, "x"), day)), 3)
    for times in (10, 100):
        long = text * times
        taken = seconds(lambda long=long: assemble(read(read_text(long, "x"), day)), 1)
        print(f"{times:3} × the text: {taken / once / times:5.2f} × the time per character")
    bare = seconds(lambda: subprocess.run([sys.executable, "-c", "import typer"], check=True))
    told = seconds(
        lambda: subprocess.run(
            [sys.executable, "-m", "calendarize", "--help"], check=True, capture_output=True
        )
    )
    print(f"--help: {told / bare:.2f} × importing typer")


if __name__ == "__main__":
    main()
