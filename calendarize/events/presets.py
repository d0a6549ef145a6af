"""What a reader wants of many events: the sessions, the milestones, what is exact, or all.

A milestone is what a head of department would ask about. It is told by what an entry is, not by
where it stands:

| entry | a milestone |
|---|---|
| a session, at any precision | always |
| what belongs to a session; ceremony, election, deadline | where its days are told |
| a meeting, a budget, a plan's step | where its days are told: it decides, opens, calls, is held |
| a term, a committee's life, what goes on for longer than two months | never |
| what is sent, printed, advertised, counted, repeated | never |
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

from calendarize.events.model import Event, Kind
from calendarize.timex.values import Recurring, Undated, as_day, last_day
from calendarize.wordlists import words_of


def days_told(event: Event) -> bool:
    """Tell whether the days of an event are told, so that a calendar can hold it as it is."""
    return bool(event.dates) or not (isinstance(event.value, Undated) or event.approximate)


_ALWAYS: frozenset[Kind] = frozenset(
    ("sitting", "question", "audit", "ceremony", "election", "deadline")
)
_NEVER: frozenset[Kind] = frozenset(("term", "holiday", "ongoing"))
LONG = timedelta(days=60)
"""What is exact and goes on for longer than this is a state rather than something that happens."""
_NUMBERED = re.compile(r"제\s?\d{1,4}\s?(?:회|차|호)(?!\s?[~∼])")


def is_milestone(event: Event) -> bool:
    """Tell whether a head of department would ask about an event; the table above says how."""
    if event.kind == "session":
        return True
    if not days_told(event) or isinstance(event.value, Recurring) or event.kind in _NEVER:
        return False
    first, last = as_day(event.start), last_day(event.value)
    if first and last and last - first >= LONG:
        return False
    if event.kind in _ALWAYS or event.parent:
        return True
    title = _NUMBERED.sub("", event.title)
    if words_of("routine").search(title):
        return False
    return words_of("milestones").search(event.title) is not None


def of_sessions(events: Sequence[Event]) -> list[Event]:
    """Return the sessions among events and what belongs to them, nothing else."""
    sessions = {e.uid for e in events if e.kind == "session"}
    return [e for e in events if e.uid in sessions or e.parent in sessions]


PRESETS: Mapping[str, Callable[[Sequence[Event]], list[Event]]] = {
    "sessions": of_sessions,
    "milestones": lambda events: [e for e in events if is_milestone(e)],
    "exact": lambda events: [e for e in events if days_told(e)],
    "all": list,
}
"""What may be asked for → the events that are meant."""
