"""The value of a text that is one time expression, as the engine has it."""

from __future__ import annotations

from datetime import date

from calendarize.timex.resolve import Anchor, resolve
from calendarize.timex.values import Value
from calendarize.timex.whole import read_expression


def read_value(text: str, today: date) -> Value | None:
    """Return the value; years that are not written come from `today`."""
    found = read_expression(text)
    return resolve(found, Anchor(report=today)).value if found else None
