"""The `Event`: one entry of a calendar or timeline, and where it was read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal

from calendarize.mentions.doubt import is_doubtful
from calendarize.timex.values import (
    Bound,
    Precision,
    Recurring,
    Undated,
    Value,
    as_day,
    is_exact,
    last_day,
)

if TYPE_CHECKING:
    from calendarize.timex.resolve import Witness

DOUBT = "의심"
"""What a doubtful entry is called in every output."""

Kind = Literal[
    "session",
    "sitting",
    "question",
    "audit",
    "budget",
    "committee",
    "meeting",
    "ceremony",
    "holiday",
    "election",
    "deadline",
    "term",
    "milestone",
    "ongoing",
]
Status = Literal["done", "ongoing", "planned", "undated"]
SessionType = Literal["정례회", "임시회"]


def names_days(value: Recurring) -> bool:
    """Tell whether a rule says on which days it falls.

    `매월` does not; nor does what comes every second week from nobody knows when, nor `매일`
    without bounds.
    """
    rule, (start, _) = value.rule, value.bounds()
    if rule.frequency == "DAILY":
        return start is not None
    if not rule.on_days:
        return False
    if rule.interval == 1:
        return True
    exact = value.span is not None and is_exact(value.span)
    return exact if rule.frequency == "WEEKLY" else start is not None


@dataclass(frozen=True, slots=True)
class Session:
    """A council session (회기), such as 제299회 임시회; `type` is `None` where it is not told."""

    number: int
    type: SessionType | None = None

    def __str__(self) -> str:
        return f"제{self.number}회" + (f" {self.type}" if self.type else "")


@dataclass(frozen=True, slots=True)
class Source:
    """Where an event was read: the report, its 1-based line, the expression, and its context.

    `quote` is the sentence or table row as a reader sees it (one line, cleaned).
    """

    report: str
    line: int
    text: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Telling:
    """An older telling of an event: where it stands, the time it gave, the report's day."""

    source: Source
    value: Value
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Alternative:
    """The time that an event would have by the next best reading; `reasons` speak for it."""

    value: Value
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """One event; `value` carries its time (both bounds inclusive, Asia/Seoul).

    `dates` are the exact days where they are not simply start to end, else empty. `parent` is
    the `uid` of the session it belongs to. `witnesses` spoke for or against its time. `history`
    are older tellings of it, the newest first. `year` is that of its plan, else the report's own:
    where a rule without bounds (`매월`) and what has no date at all belong. `confidence` (0 to 1)
    is how sure its time is; where that is too little, `alternatives` are the next best times, the
    likeliest first, and `unsure` says why in Korean. `cancelled`: the report says that it does not
    take place.
    """

    uid: str
    title: str
    value: Value
    kind: Kind
    department: str | None
    source: Source
    unit: str | None = None
    session: Session | None = None
    location: str | None = None
    description: str = ""
    section: tuple[str, ...] = ()
    parent: str | None = None
    dates: tuple[date, ...] = ()
    witnesses: tuple[Witness, ...] = ()
    history: tuple[Telling, ...] = ()
    year: int | None = None
    confidence: float = 1.0
    alternatives: tuple[Alternative, ...] = ()
    unsure: str = ""
    cancelled: bool = False

    @property
    def is_unsure(self) -> bool:
        """True where its time is less sure than the threshold of doubt."""
        return is_doubtful(self.confidence)

    @property
    def is_doubtful(self) -> bool:
        """True where a reader should look at it: unsure, or contradicted."""
        return self.is_unsure or bool(self.warnings)

    @property
    def doubts(self) -> tuple[str, ...]:
        """Why a reader should look at it, as Korean sentences: what contradicts, what is unsure."""
        if not self.is_unsure:
            return self.warnings
        others = " 또는 ".join(other.value.korean() for other in self.alternatives)
        maybe = f"{others}일 수도 있습니다" if others else "다른 때일 수도 있습니다"
        return (*self.warnings, f"{DOUBT}: {maybe}" + (f"({self.unsure})" if self.unsure else ""))

    @property
    def warnings(self) -> tuple[str, ...]:
        """What contradicts, as Korean sentences for the reader."""
        return tuple(w.note for w in self.witnesses if w.verdict == "contradicts")

    @property
    def reasons(self) -> tuple[str, ...]:
        """What decided a time that was not written in full, in Korean."""
        return tuple(w.note for w in self.witnesses if w.verdict == "decides")

    @property
    def start(self) -> Bound:
        return self.value.bounds()[0]

    @property
    def end(self) -> Bound:
        return self.value.bounds()[1]

    @property
    def precision(self) -> Precision | None:
        return self.value.precision

    @property
    def approximate(self) -> bool:
        """True when the time is coarser than a day, or a rule that does not say on which days."""
        value = self.value
        return not (names_days(value) if isinstance(value, Recurring) else is_exact(value))

    @property
    def all_day(self) -> bool:
        """True unless a clock time is told."""
        return not any(isinstance(bound, datetime) for bound in self.value.bounds())

    @property
    def rrule(self) -> str | None:
        return str(self.value.rule) if isinstance(self.value, Recurring) else None

    def status(self, today: date) -> Status:
        """Judge the event against a day: done before it, planned after it, else ongoing."""
        if isinstance(self.value, Undated):
            return "undated"
        first, last = as_day(self.start), last_day(self.value)
        if last and last < today:
            return "done"
        return "planned" if first and first > today else "ongoing"
