"""Time expressions: text → expressions (`grammar`) → values (`resolve`)."""

from __future__ import annotations

from datetime import date

from calendarize.report.canonical import one_form
from calendarize.timex.grammar import expressions
from calendarize.timex.partial import Expression
from calendarize.timex.resolve import Anchor, resolve
from calendarize.timex.values import Value


def read_expression(text: str) -> Expression | None:
    """Read one time expression that makes up a whole text; `None` where the text is none."""
    view = one_form(text.strip())
    found = next(expressions(view), None)
    if found is None or view[: found.start].strip() or view[found.end :].strip():
        return None
    return found


def read_value(text: str, today: date) -> Value | None:
    """Read one time expression that makes up a whole text, such as a user's `--from`.

    Returns `None` where the text is none. Years that are not written come from `today`.
    """
    found = read_expression(text)
    return resolve(found, Anchor(report=today)).value if found else None
