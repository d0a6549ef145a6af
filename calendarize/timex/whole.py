"""A text that is one time expression from end to end."""

from __future__ import annotations

from calendarize.report.canonical import one_form
from calendarize.timex.grammar import expressions
from calendarize.timex.partial import Expression


def read_expression(text: str) -> Expression | None:
    """Read one time expression that makes up a whole text; `None` where the text is none."""
    view = one_form(text.strip())
    found = next(expressions(view), None)
    if found is None or view[: found.start].strip() or view[found.end :].strip():
        return None
    return found
