"""What several reports of an office tell stands once, however it was reworded, with its history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from calendarize.changes.chains import Edition, linked
from calendarize.changes.editions import offices_of
from calendarize.changes.fates import Entry
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
    newest: dict[int, Event] = {}
    absorbed: set[int] = set()
    for office, editions in groups.items():
        if len(editions) < 2:
            continue
        for entry in linked([_edition(office, day, editions[day]) for day in sorted(editions)]):
            if len(entry.told) > 1:
                newest[id(entry.last.event)] = _with_history(entry)
                absorbed |= {id(telling.event) for telling in _older(entry)}
    return [newest.get(id(event), event) for event in kept if id(event) not in absorbed]


def _edition(office: str, day: date, events: Sequence[Event]) -> Edition:
    return Edition(office, day, (), tuple(tellings(events, day, {})))


def _older(entry: Entry) -> list[Telling]:
    """Return the main tellings before the newest, the newest of them first."""
    at = sorted(entry.told, reverse=True)[1:]
    return [entry.told[edition][0] for edition in at]


def _of_office(event: Event, offices: Mapping[str, str]) -> Event:
    """Name the office of an event as most of its reports do."""
    office = offices.get(event.department or "")
    return event if office in (None, event.department) else replace(event, department=office)


def _with_history(entry: Entry) -> Event:
    history = list(entry.last.event.history)
    for telling in _older(entry):
        event = telling.event
        history += [model.Telling(event.source, event.value, telling.day), *event.history]
    history.sort(key=lambda told: told.day or date.min, reverse=True)
    return replace(entry.last.event, history=tuple(history))
