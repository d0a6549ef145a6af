"""A time expression in its place: what it came to, and what it is for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from calendarize.mentions.place import Place
from calendarize.mentions.years import Chosen
from calendarize.timex.resolve import Resolution
from calendarize.timex.values import Value

Role = Literal["event", "asof", "reference", "document"]


@dataclass(slots=True)
class Mention:
    """One resolved time expression.

    `line` is 1-based, `column` 0-based in code points, `text` exactly as in that line. `title`
    is set for `event` alone.
    """

    line: int
    column: int
    text: str
    value: Value
    resolution: Resolution
    place: Place
    role: Role
    title: str | None = None
    chosen: Chosen | None = None
