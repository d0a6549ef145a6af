"""Events as JSON text and back, exactly: every value keeps its own form (`2021년 상반기`).

The public JSON tells times as days; this form is for the archive alone, and holds no code.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime, time
from functools import cache
from typing import Any

from calendarize.events import model
from calendarize.timex import values
from calendarize.timex.recurrence import Rule
from calendarize.timex.resolve import Witness

_CLASSES: dict[str, type[Any]] = {
    kind.__name__: kind
    for kind in (
        *(model.Event, model.Session, model.Source, model.Telling),
        *(model.Alternative, Witness),
        *(values.Year, values.Half, values.Quarter, values.Month, values.Part, values.Day),
        *(values.Moment, values.Within, values.Interval, values.Several, values.Recurring),
        values.Undated,
    )
}
_READ: dict[str, Callable[[str], Any]] = {
    **{kind.__name__: kind.fromisoformat for kind in (datetime, date, time)},
    Rule.__name__: Rule.parse,
}
"""What is kept as it is written: days and clock times (ISO 8601), rules (RFC 5545)."""
_KIND = "is"


def encoded(event: model.Event) -> str:
    """Return an event as JSON text."""
    return json.dumps(_plain(event), ensure_ascii=False, separators=(",", ":"))


def decoded(text: str) -> model.Event:
    """Return the event that `encoded` wrote; `ValueError` where it wrote none."""
    event = json.loads(text, object_hook=_made)
    if not isinstance(event, model.Event):
        raise ValueError(text[:80])
    return event


def _plain(what: Any) -> Any:
    if what is None or isinstance(what, str | int | float):
        return what
    if isinstance(what, date | time | Rule):
        written = str(what) if isinstance(what, Rule) else what.isoformat()
        return {_KIND: type(what).__name__, "at": written}
    if is_dataclass(what):
        kind: Any = type(what)
        told = {_KIND: kind.__name__}
        for name, default in _fields(kind):
            value = getattr(what, name)
            if default is MISSING or value != default:
                told[name] = _plain(value)
        return told
    return [_plain(each) for each in what]


@cache
def _fields(kind: type[Any]) -> list[tuple[str, Any]]:
    """Return the names of the fields of a class with their defaults."""
    return [(each.name, each.default) for each in fields(kind)]


def _made(told: dict[str, Any]) -> Any:
    kind = told.pop(_KIND, None)
    if kind in _READ:
        return _READ[kind](told["at"])
    if kind not in _CLASSES:
        raise ValueError(str(kind))
    return _CLASSES[kind](**{name: _tuples(value) for name, value in told.items()})


def _tuples(value: Any) -> Any:
    return tuple(map(_tuples, value)) if isinstance(value, list) else value
