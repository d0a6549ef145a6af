"""What the terminal shows for the samples, at several widths; run as a module to write it anew."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from calendarize.events.assemble import assemble
from calendarize.events.select import select
from calendarize.export import Options, render
from calendarize.mentions.reading import read
from calendarize.report import read_file
from tests.examples import EXAMPLES, reports

FOLDER = Path(__file__).parent / "snapshots"
WIDTHS = (80, 100, 120)
VIEWS = ("timeline", "table", "gantt", "agenda")
TODAY = date(2021, 6, 11)
NEXT = date(2021, 8, 31)


def shown(report: Path, view: str, width: int) -> str:
    """Return what a view shows of a sample report on a terminal of a width."""
    events = assemble(read(read_file(report)))
    options = Options(TODAY, width=width, stamp=datetime(2021, 5, 3, tzinfo=UTC))
    if view == "agenda":
        events = select(events, first=TODAY, last=NEXT, today=TODAY)
        options = Options(TODAY, width=width, first=TODAY, last=NEXT)
    text = render(view, events, options)
    assert isinstance(text, str)
    return text


def path(report: Path, view: str, width: int) -> Path:
    return FOLDER / f"{report.stem}.{view}.{width}.txt"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for each in reports():
        for name in VIEWS:
            for columns in WIDTHS:
                written = shown(each, name, columns)
                path(each, name, columns).write_text(written, encoding="utf-8")
    print(f"{EXAMPLES.name}: {len(list(FOLDER.iterdir()))}")
