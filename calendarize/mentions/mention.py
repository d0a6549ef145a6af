"""A time expression in its place: what it came to, and what it is for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from calendarize.mentions.place import Place
from calendarize.timex.resolve import Resolution
from calendarize.timex.values import Value

Role = Literal["event", "asof", "reference", "document"]
ROLES: tuple[Role, ...] = ("event", "asof", "reference", "document")


@dataclass(frozen=True, slots=True)
class Mention:
    """One resolved time expression.

    `line` is 1-based, `column` 0-based in code points, `text` exactly as in that line. `title`
    is set for `event` alone. `confidence` (0 to 1) is how sure its time is; `runner_up` is the
    next best time with what speaks for it, where there is one; `doubt` says in Korean why its
    time is doubtful, where it is; `other_title` is the next best title.
    """

    line: int
    column: int
    text: str
    value: Value
    resolution: Resolution
    place: Place
    role: Role
    title: str | None = None
    confidence: float = 1.0
    runner_up: Resolution | None = None
    doubt: str = ""
    other_title: str | None = None
