"""Mentions as JSON Lines: one time expression a line, in the order of the text."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from calendarize.events.mention import Mention
from calendarize.timex.values import Bound, Recurring, Several


def iso(bound: Bound) -> str | None:
    """Write a bound: `YYYY-MM-DD`, with a clock time `YYYY-MM-DDTHH:MM`, or `None`."""
    if isinstance(bound, datetime):
        return f"{bound:%Y-%m-%dT%H:%M}"
    return bound.isoformat() if bound else None


def record(source: str, mention: Mention) -> dict[str, Any]:
    """Return one mention with the keys of the contract."""
    value = mention.value
    start, end = value.bounds()
    result: dict[str, Any] = {
        "source": source,
        "line": mention.line,
        "column": mention.column,
        "text": mention.text,
        "start": iso(start),
        "end": iso(end),
    }
    if isinstance(value, Several):
        result["values"] = [[iso(a), iso(b)] for a, b in (v.bounds() for v in value.values)]
    result |= {
        "precision": value.precision,
        "rrule": value.rrule if isinstance(value, Recurring) else None,
        "role": mention.role,
    }
    if mention.title is not None:
        result["title"] = mention.title
    return result


def lines(source: str, mentions: Iterable[Mention]) -> str:
    """Return mentions as JSON Lines, UTF-8 text kept readable."""
    return "".join(
        json.dumps(record(source, mention), ensure_ascii=False) + "\n" for mention in mentions
    )
