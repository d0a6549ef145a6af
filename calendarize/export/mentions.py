"""Mentions as JSON Lines: one time expression a line, in the order of the text."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from calendarize.mentions.mention import Mention
from calendarize.mentions.reading import Reading
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
        "rrule": str(value.rule) if isinstance(value, Recurring) else None,
        "role": mention.role,
    }
    if mention.title is not None:
        result["title"] = mention.title
    return result


@dataclass(frozen=True, slots=True)
class Lines:
    """The mentions of a report as JSON Lines, UTF-8 text kept readable."""

    source: str
    day: date | None
    text: str


def lines(reading: Reading) -> Lines:
    """Return the mentions of a report as JSON Lines."""
    source = reading.report.source
    records = (record(source, mention) for mention in reading.mentions)
    text = "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in records)
    return Lines(source, reading.day, text)
