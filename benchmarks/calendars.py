"""How fast calendars are written, against bare icalendar: `python benchmarks/calendars.py`.

Both write the same number of VEVENTs with the same properties, in one run.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import icalendar
from throughput import seconds

from calendarize.events.assemble import assemble
from calendarize.events.model import Event
from calendarize.export import Options, render
from calendarize.export.ical import Item, items
from calendarize.export.revise import revise
from calendarize.mentions.reading import read
from calendarize.report import read_file
from calendarize.sources import samples

STAMP = datetime(2021, 5, 3, tzinfo=UTC)
OPTIONS = Options(date(2021, 5, 3), stamp=STAMP)


def sample_events(copies: int) -> list[Event]:
    """Return the events of the samples so many times, each with a UID of its own."""
    events = [
        e for path in sorted(samples().glob("*.txt")) for e in assemble(read(read_file(path)))
    ]
    return [replace(e, uid=f"{e.uid}-{n}") for n in range(copies) for e in events]


def bare(written: Sequence[icalendar.Event]) -> bytes:
    """Write events with icalendar alone: properties added one by one, as its manual does."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//bare//bare//EN")
    calendar.add("version", "2.0")
    for told in written:
        event = icalendar.Event()
        for name, value in told.property_items(recursive=False):
            if name not in ("BEGIN", "END"):
                event.add(name, getattr(value, "dt", value))
        calendar.add_component(event)
    return calendar.to_ical()


def main() -> None:
    events = sample_events(20)
    data = render("ics", events, OPTIONS)
    assert isinstance(data, bytes)
    read_back = icalendar.Calendar.from_ical(data).walk("VEVENT")
    plain = [event for event in read_back if isinstance(event, icalendar.Event)]
    floor = seconds(lambda: bare(plain), 3)
    known: dict[str, Item] = {item.uid: item for item in items(events, OPTIONS)}
    current = list(known.values())
    steps: dict[str, Callable[[], object]] = {
        "events → .ics": lambda: render("ics", events, OPTIONS),
        "update, nothing changed": lambda: revise(known, current, STAMP + timedelta(days=1)),
    }
    print(f"{'icalendar alone':24} {len(plain) / floor:8.0f} events/s")
    for name, work in steps.items():
        taken = seconds(work, 3)
        print(
            f"{name:24} {len(plain) / taken:8.0f} events/s   {taken / floor:5.2f} × icalendar alone"
        )


if __name__ == "__main__":
    main()
