"""What became of an entry from one edition to the next."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from calendarize.changes.tellings import Telling
from calendarize.changes.times import Move, coarser, compared
from calendarize.timex.values import Recurring, Undated, Year

Fate = Move | Literal["done", "cancelled", "postponed", "overdue", "dropped", "returned", "new"]
Parting = Literal["split", "joined"]


def moved(old: Telling, new: Telling) -> Move:
    """Compare the times of two plans; what goes on all year does not move."""
    if _timeless(old) or _timeless(new):
        return "same"
    return compared(old.event.value, new.event.value, new.day)


def _timeless(telling: Telling) -> bool:
    value = telling.event.value
    if isinstance(value, Recurring | Undated):
        return True
    return isinstance(value, Year) and telling.event.kind == "ongoing"


@dataclass(slots=True)
class Entry:
    """An entry through all editions of an office.

    `told` are its tellings by the place of the edition: one, or those of its parts where it was
    split, the last part first; `repeated` those that only say the same again. `steps` stand one
    for each pair of editions. `reasons` say, by edition, why it was found again, `parted` whether
    it was split or joined with others there.
    """

    told: dict[int, list[Telling]] = field(default_factory=dict)
    steps: list[Fate | None] = field(default_factory=list)
    reasons: dict[int, tuple[str, ...]] = field(default_factory=dict)
    parted: dict[int, Parting] = field(default_factory=dict)
    repeated: dict[int, list[Telling]] = field(default_factory=dict)

    @property
    def last(self) -> Telling:
        """Its newest telling."""
        return self.told[max(self.told)][0]

    @property
    def first(self) -> Telling:
        return self.told[min(self.told)][0]

    @property
    def main(self) -> list[Telling]:
        """Its telling in each edition, oldest first; that of its last part where it was split."""
        return [self.told[at][0] for at in sorted(self.told)]

    @property
    def tellings(self) -> list[Telling]:
        """All its tellings, oldest first."""
        return [t for at in sorted(self.told) for t in (*self.told[at], *self.repeated.get(at, ()))]

    @property
    def title(self) -> str:
        """Its newest title as a plan: results tell more, and less of what it is.

        Once split or joined, the one that it had as a whole by itself.
        """
        whole = min(self.parted, default=max(self.told) + 1)
        named = [self.told[at][0] for at in sorted(self.told) if at < whole]
        plans = [t for t in named if t.told_as == "plan" and t.dated]
        return (plans or named)[-1].event.title

    @property
    def closed(self) -> bool:
        """Whether it has been told as done or given up."""
        return any(telling.closes for telling in self.main)

    @property
    def plans(self) -> list[Telling]:
        """Its promises with a time, oldest first."""
        return [t for t in self.main if t.told_as == "plan" and t.dated]

    @property
    def slips(self) -> int:
        """How often it slipped as a plan."""
        return self.steps.count("slipped")

    @property
    def fate(self) -> Fate | None:
        """What it has come to at the newest edition: its last step that is told."""
        return next((step for step in reversed(self.steps) if step is not None), None)


def last_part(part: Telling) -> tuple[bool, bool, date]:
    """Sort key of the parts of an entry: what it has come to is told by the last of them.

    What is open comes behind what is done, what is done behind what was given up.
    """
    return not part.closes, part.told_as != "cancelled", part.end or part.day


def step(entry: Entry, at: int) -> Fate | None:
    """Return what became of an entry between edition `at` - 1 and edition `at`."""
    editions = [edition for edition in sorted(entry.told, reverse=True) if edition < at]
    now = entry.told.get(at)
    if not editions:
        return "new" if now else None
    before = [entry.told[edition][0] for edition in editions]
    last = before[0]
    closed = any(telling.closes for telling in before)
    if now is None:
        return _silent(entry, last, at, closed)
    new = now[0]
    if closed or last.told_as == "fact":
        return "same"
    if new.told_as == "fact":
        return moved(last, new)
    if new.told_as == "result":
        return "done"
    if new.told_as == "cancelled":
        return "cancelled"
    if new.told_as == "postponed":
        return "same" if last.told_as == "postponed" else "postponed"
    if at - 1 not in entry.told:
        return "returned"
    old = next((telling for telling in before if telling.dated), last)
    compared = moved(old, new)
    if compared == "same" and last.told_as == "postponed" and new.dated:
        return "slipped"
    due = (new if new.dated else old).end
    if due is not None and due < new.day and not _timeless(new):
        return "overdue"
    return "less exact" if old.dated and not new.dated else compared


def exactness(entry: Entry, at: int) -> Fate | None:
    """Tell whether edition `at` told a plan more or less exactly, wherever it moved.

    `more exact`, `less exact`, or `None` where it is as exact, and for what is no plan.
    """
    plans = [entry.told[n][0] for n in sorted(entry.told) if n <= at]
    old, new = plans[-2:] if len(plans) > 1 and at in entry.told else (None, None)
    if old is None or new is None or _timeless(old) or _timeless(new):
        return None
    times = coarser(old.event.value, new.event.value), coarser(new.event.value, old.event.value)
    if old.told_as != "plan" or new.told_as != "plan" or times[0] == times[1]:
        return None
    return "more exact" if times[0] else "less exact"


def _silent(entry: Entry, last: Telling, at: int, closed: bool) -> Fate | None:
    """Return what silence means: a plan is dropped once; a fact goes on while it is told later."""
    if last.told_as == "fact":
        return "same" if max(entry.told) > at else None
    return "dropped" if not closed and at - 1 in entry.told else None
