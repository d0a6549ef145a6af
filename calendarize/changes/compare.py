"""Reports in, what became of their entries out, office by office."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from calendarize.changes.chains import Edition, linked
from calendarize.changes.editions import Part, editions
from calendarize.changes.fates import Entry
from calendarize.events.select import department_key, no_department, touches


@dataclass(frozen=True, slots=True)
class Changes:
    """What became of the entries of one office through its editions, oldest first."""

    office: str
    editions: tuple[Edition, ...]
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """The changes of each office; Korean lines for reports left out, and for the user to know."""

    changes: list[Changes]
    left_out: list[str]
    notices: list[str]


def compare(parts: Sequence[Part]) -> Compared:
    """Return the changes of each office with two editions or more.

    The order of the reports does not matter.
    """
    placed = editions(parts)
    changes, notices = list[Changes](), [*placed.notices]
    for office, those in placed.offices.items():
        if len(those) > 1:
            changes.append(Changes(office, tuple(those), tuple(linked(those))))
        else:
            only = ", ".join(those[0].reports)
            notices.append(f"{office}: 한 판뿐이라 견줄 것이 없습니다({only}, {those[0].day}).")
    return Compared(changes, placed.left_out, notices)


def chosen(
    changes: Sequence[Changes],
    departments: Collection[str] = (),
    first: date | None = None,
    last: date | None = None,
    fates: Collection[str] = (),
    same: bool = False,
) -> list[Changes]:
    """Keep the offices, the entries that touch a period, and those that came to some fates.

    `UsageError` lists the offices at no match. Without fates: all entries of which anything else
    than `same` is told, or with `same` all.
    """
    offices = [c for c in changes if not departments or _is_office(c.office, departments)]
    if not offices and changes:
        raise no_department(tuple(departments), {c.office for c in changes})
    return [
        replace(
            each,
            entries=tuple(
                entry
                for entry in each.entries
                if (entry.fate in fates if fates else same or _moved(entry))
                and any(touches(t.event, first, last) for t in entry.tellings)
            ),
        )
        for each in offices
    ]


def _moved(entry: Entry) -> bool:
    return any(step not in (None, "same") for step in entry.steps)


def _is_office(office: str, names: Collection[str]) -> bool:
    return any(department_key(office).endswith(department_key(name)) for name in names)
