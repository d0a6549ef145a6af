"""What several reports of an office tell stands once, however it was reworded, with its history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from calendarize.changes.chains import Edition, linked
from calendarize.changes.editions import offices_of
from calendarize.changes.tellings import Telling, tellings
from calendarize.events import model
from calendarize.events.assemble import Told, combine
from calendarize.events.merge import retold
from calendarize.events.model import Event


def combined(reports: Sequence[Told]) -> list[Event]:
    """Return the events of reports that were read together; see `combine`.

    What is told in the same words is brought together first, then what the evidence says.
    """
    return combine(reports, _retold_reworded)


def _retold_reworded(told: Sequence[tuple[date | None, Sequence[Event]]]) -> list[Event]:
    names = [event.department for _, events in told for event in events if event.department]
    offices = offices_of(names)
    named = [(day, [_of_office(event, offices) for event in events]) for day, events in told]
    days = {event.source.report: day for day, events in named for event in events}
    kept = retold(named)
    groups: dict[str, dict[date, list[Event]]] = defaultdict(lambda: defaultdict(list))
    for event in kept:
        day = days[event.source.report]
        if day is not None and event.department is not None:
            groups[event.department][day].append(event)
    older: dict[int, list[model.Telling]] = defaultdict(list)
    absorbed: set[int] = set()
    for office, editions in groups.items():
        if len(editions) < 2:
            continue
        for entry in linked([_edition(office, day, editions[day]) for day in sorted(editions)]):
            *before, newest = sorted(entry.told)
            for part in entry.told[newest] if before else ():
                for at in before:
                    older[id(part.event)] += _history(entry.told[at][0])
            for at in before:
                same = (*entry.told[at], *entry.repeated.get(at, ()))
                absorbed |= {id(telling.event) for telling in same}
    return [
        _with_history(event, older[id(event)]) if id(event) in older else event
        for event in kept
        if id(event) not in absorbed
    ]


def _edition(office: str, day: date, events: Sequence[Event]) -> Edition:
    return Edition(office, day, (), tuple(tellings(events, day, {})))


def _of_office(event: Event, offices: Mapping[str, str]) -> Event:
    """Name the office of an event as most of its reports do."""
    office = offices.get(event.department or "")
    return event if office in (None, event.department) else replace(event, department=office)


def _history(telling: Telling) -> list[model.Telling]:
    event = telling.event
    return [model.Telling(event.source, event.value, telling.day), *event.history]


def _with_history(event: Event, older: Sequence[model.Telling]) -> Event:
    history = sorted(
        dict.fromkeys((*event.history, *older)), key=lambda told: told.day or date.min, reverse=True
    )
    return replace(event, history=tuple(history))
