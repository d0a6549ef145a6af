"""Time expressions: text → expressions (`grammar`) → values (`resolve`)."""

from __future__ import annotations

from datetime import date

from calendarize.timex.values import Value


def read_value(text: str, today: date) -> Value | None:
    """Read one time expression that makes up a whole text, such as a user's `--from`.

    Returns `None` where the text is none. Years that are not written come from `today`.
    """
    from calendarize.report.canonical import one_form
    from calendarize.timex.grammar import expressions
    from calendarize.timex.resolve import Anchor, resolve

    view = one_form(text.strip())
    found = list(expressions(view))
    if len(found) != 1 or view[: found[0].start].strip() or view[found[0].end :].strip():
        return None
    return resolve(found[0], Anchor(report=today)).value
