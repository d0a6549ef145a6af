"""What several reports of an office tell stands once, however it was reworded, with its history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from calendarize.changes.chains import Edition, linked
from calendarize.changes.editions import offices_of
from calendarize.changes.tellings import Telling, tellings, tellings_of_line
from calendarize.events import model
from calendarize.events.assemble import Told, combine
from calendarize.events.merge import retold
from calendarize.events.model import Event
from calendarize.timex.resolve import Witness


def combined(reports: Sequence[Told]) -> list[Event]:
    """Return the events of reports that were read together; see `combine`.

    What is told in the same words is brought together first, then what the evidence says. What a
    later report gives up in a line without a time is cancelled.
    """
    given_up = [(each.day, event) for each in reports for event in each.given_up]
    return combine(reports, partial(_retold_reworded, given_up=given_up))


def _retold_reworded(
    told: Sequence[tuple[date | None, Sequence[Event]]],
    given_up: Sequence[tuple[date | None, Event]],
) -> list[Event]:
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
    lines: dict[tuple[str | None, date], list[Telling]] = defaultdict(list)
    for day, event in given_up:
        if day is not None:
            line = _of_office(event, offices)
            lines[line.department, day] += _giving_up(line, day)
    older: dict[int, list[model.Telling]] = defaultdict(list)
    cancelled: dict[int, Telling] = {}
    absorbed: set[int] = set()
    for office, events in groups.items():
        if len(events) < 2 and not any(name == office for name, _ in lines):
            continue
        days_of_office = sorted({*events, *(day for name, day in lines if name == office)})
        editions = [
            _edition(office, day, events.get(day, ()), lines.get((office, day), ()))
            for day in days_of_office
        ]
        for entry in linked(editions):
            told_in = sorted(entry.told)
            last = entry.told[told_in[-1]][0]
            if last.told_as == "cancelled" and not last.dated and len(told_in) > 1:
                told_in.pop()
                cancelled |= {id(each.event): last for each in entry.told[told_in[-1]]}
            *before, newest = told_in
            for part in entry.told[newest] if before else ():
                for at in before:
                    older[id(part.event)] += _history(entry.told[at][0])
            for at in before:
                same = (*entry.told[at], *entry.repeated.get(at, ()))
                absorbed |= {id(telling.event) for telling in same}
    return [
        _with_history(_called_off(event, cancelled.get(id(event))), older.get(id(event), ()))
        for event in kept
        if id(event) not in absorbed
    ]


def _giving_up(line: Event, day: date) -> Iterator[Telling]:
    return (each for each in tellings_of_line(line, day) if each.told_as == "cancelled")


def _called_off(event: Event, line: Telling | None) -> Event:
    """Return an event as cancelled where a line of a later report gives it up."""
    if line is None:
        return event
    source = line.event.source
    note = f"{source.report} {source.line}행에서 취소: {source.quote}"
    witness = Witness("repetition", "decides", note)
    return replace(event, cancelled=True, witnesses=(*event.witnesses, witness))


def _edition(office: str, day: date, events: Sequence[Event], lines: Sequence[Telling]) -> Edition:
    return Edition(office, day, (), tuple(tellings(events, day, {})), tuple(lines))


def _of_office(event: Event, offices: Mapping[str, str]) -> Event:
    """Name the office of an event as most of its reports do."""
    office = offices.get(event.department or "")
    return event if office in (None, event.department) else replace(event, department=office)


def _history(telling: Telling) -> list[model.Telling]:
    event = telling.event
    return [model.Telling(event.source, event.value, telling.day), *event.history]


def _with_history(event: Event, older: Sequence[model.Telling]) -> Event:
    if not older:
        return event
    history = sorted(
        dict.fromkeys((*event.history, *older)), key=lambda told: told.day or date.min, reverse=True
    )
    return replace(event, history=tuple(history))
