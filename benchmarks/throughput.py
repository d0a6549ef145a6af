"""How fast reports become events, as ratios in one run: `python benchmarks/throughput.py`.

The floor is a bare `re.finditer` for digits over the same text. Peers that are installed (the
`bench` extra) read the same text line by line, as their users would. Growth compares reports of
one, ten and a hundred times the length, and runs over 1, 10, 100 and 1,000 reports. With a file
name the table is written there as Markdown.
"""

from __future__ import annotations

import contextlib
import io
import platform
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from calendarize.events.assemble import assemble
from calendarize.mentions.reading import read
from calendarize.report import read_file, read_text
from calendarize.report.canonical import one_form
from calendarize.sources import samples
from calendarize.timex.grammar import expressions
from calendarize.timex.resolve import Anchor, Resolution, resolve
from calendarize.timex.values import Value

DAY = date(2021, 5, 3)
DOCUMENTS = Path(__file__).parent.parent / "tests" / "documents"
Row = tuple[str, str, str]


def seconds(work: Callable[[], object], rounds: int = 5) -> float:
    """Return the best of some rounds."""
    best = float("inf")
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


def text_of_samples() -> str:
    return "\n".join(p.read_text(encoding="utf-8") for p in sorted(samples().glob("*.txt")))


def _rate(name: str, size: float, taken: float, floor: float) -> Row:
    return name, f"{size / taken:.2f} MB/s", f"{taken / floor:.1f} × the floor"


def steps(text: str) -> Iterator[Row]:
    """Yield how fast each step is."""
    size = len(text.encode()) / 1e6
    floor = seconds(lambda: sum(1 for _ in re.finditer(r"\d", text)), 50)
    report = read_text(text, "sample")
    reading = read(report, DAY)
    yield "digits alone (the floor)", f"{size / floor:.0f} MB/s", ""
    yield _rate("text → report", size, seconds(lambda: read_text(text, "x")), floor)
    found = seconds(lambda: list(expressions(report.view)))
    yield _rate("report → expressions", size, found, floor)
    yield _rate("report → mentions", size, seconds(lambda: read(report, DAY)), floor)
    yield _rate("mentions → events", size, seconds(lambda: assemble(reading)), floor)
    whole = seconds(lambda: assemble(read(read_text(text, "x"), DAY)))
    yield _rate("text → events", size, whole, floor)
    alone = seconds(lambda: dates(text))
    yield _rate("text → dates, as the peers below", size, alone, floor)
    for name, work in peers(text):
        taken = seconds(work, 3)
        ratio = f"{taken / whole:.1f} × the time to events, {taken / alone:.1f} × that to dates"
        yield name, f"{size / taken:.2f} MB/s", ratio


def dates(text: str) -> list[Resolution]:
    """Find and resolve the dates of a text, without its outline, roles, titles and events."""
    found: list[Resolution] = []
    previous: Value | None = None
    for expression in expressions(one_form(text)):
        found.append(resolve(expression, Anchor(report=DAY, previous=previous)))
        previous = found[-1].value or previous
    return found


def peers(text: str) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield other finders of Korean dates, those that are installed."""
    lines = [line for line in text.split("\n") if line.strip()]
    moment = datetime(2021, 5, 3)
    with contextlib.suppress(ImportError):
        from dateparser.search import search_dates

        settings = {"RELATIVE_BASE": moment}
        yield (
            "dateparser.search",
            lambda: [search_dates(x, languages=["ko"], settings=settings) for x in lines],
        )
    with contextlib.suppress(ImportError):
        import korean_datetime

        yield "korean-datetime", lambda: [korean_datetime.parse_all(x) for x in lines]
    with contextlib.suppress(ImportError):
        import duckling

        duckling.init()
        zones = duckling.load_time_zones("/usr/share/zoneinfo")
        now = duckling.parse_ref_time(zones, "Asia/Seoul", int(moment.timestamp()))
        locale = duckling.default_locale_lang(duckling.parse_lang("KO"))
        context = duckling.Context(now, locale)
        wanted = duckling.parse_dimensions(["time"])
        yield (
            "duckling (native)",
            lambda: [duckling.parse(x, context, wanted, False) for x in lines],
        )


def formats() -> Iterator[Row]:
    """Yield how long the same report takes in each format of document."""
    base = None
    for path in sorted(DOCUMENTS.glob("council-2021-05.*"), key=lambda p: p.suffix):
        taken = seconds(lambda path=path: assemble(read(read_file(path))), 3)
        base = base or taken
        yield path.suffix, f"{taken * 1000:.0f} ms", f"{path.stat().st_size / 1000:.0f} KB"


def growth(text: str) -> Iterator[Row]:
    """Yield how cost grows with the length of a report and the number of reports."""
    once = seconds(lambda: assemble(read(read_text(text, "x"), DAY)), 3)
    for times in (10, 100):
        long = text * times
        taken = seconds(lambda long=long: assemble(read(read_text(long, "x"), DAY)), 1)
        yield (
            f"a report {times} times as long",
            f"{taken / once / times:.2f}",
            "× the time a character",
        )
    base = None
    for count in (1, 10, 100, 1000):
        taken, memory = _run(text, count)
        base = base or (taken, memory)
        told = f"{memory / base[1]:.2f} × the memory of one"
        yield f"{count} reports as JSON lines", f"{taken:.2f} s", told


_PEAK = """
import resource, sys
from calendarize.cli import main
sys.argv = ["calendarize", *sys.argv[1:]]
try:
    main()
except SystemExit:
    pass
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)
"""


def _run(text: str, count: int) -> tuple[float, int]:
    """Return how many seconds and kilobytes a run over copies of a report takes."""
    with TemporaryDirectory() as folder:
        for n in range(count):
            Path(folder, f"{n:04}.txt").write_text(text, encoding="utf-8")
        start = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-c", _PEAK, folder, "--format", "jsonl", "--jobs", "1"],
            check=True,
            capture_output=True,
        )
        return time.perf_counter() - start, int(done.stderr.split()[-1])


def imports() -> Iterator[Row]:
    bare = seconds(lambda: subprocess.run([sys.executable, "-c", "import typer"], check=True))
    command = [sys.executable, "-m", "calendarize", "--help"]
    told = seconds(lambda: subprocess.run(command, check=True, capture_output=True))
    yield "--help", f"{told * 1000:.0f} ms", f"{told / bare:.2f} × importing typer"


def main() -> None:
    text = text_of_samples()
    sections = {
        "Throughput": [*steps(text)],
        "Documents": [*formats()],
        "Growth": [*growth(text)],
        "Start": [*imports()],
    }
    out = io.StringIO()
    machine = f"{_processor()}, Python {platform.python_version()}, one process"
    print(
        f"# Benchmarks\n\n{date.today()}, {machine}. Made by `python benchmarks/throughput.py`.",
        file=out,
    )
    for title, rows in sections.items():
        print(f"\n## {title}\n\n| | | |\n|---|---:|---|", file=out)
        for row in rows:
            print(f"| {' | '.join(row)} |", file=out)
    print(out.getvalue())
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(out.getvalue(), encoding="utf-8")


def _processor() -> str:
    with contextlib.suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()


if __name__ == "__main__":
    main()
