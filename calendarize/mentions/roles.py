"""Roles: whether what was found is a time expression at all, and what it is for.

Both are decided from the facts of the place; the role also from what the expression came to.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from calendarize.mentions.decide import bucket, scores, shares, weights
from calendarize.mentions.mention import ROLES, Role
from calendarize.mentions.place import Place
from calendarize.mentions.years import looks, tense
from calendarize.timex.values import Value, as_day, is_exact, last_day

_DAYS_APART = (-3650, -800, -400, -200, -60, -10, -1, 0, 10, 60, 200, 400, 800, 3650)
_LENGTHS = (0, 1, 7, 31, 92, 366, 1000, 2000)
_OFFSET = re.compile(r"[가-힣)]\s?(?:전|후)\s*$")
"""`선거일전 20일부터`, `만료일 후 10일까지`: counted from another day, no day of a month."""

_CITED = re.compile(
    r"(?:(?!제)[가-힣]\s?(?:\d{0,6}[가-힣]{0,3}-(?:\d{4}-[가-힣]{1,2}-)?\d{2,6}|\d{2,6}-\d{2,6})호?"
    r"|[가-힣]{2}\s?(?:19|20)?\d\d(?:[가-힣]\d{2,6}|헌[가-힣]))\s?[,.]?\s?\(?\s?$"
)
"""The number of another document ahead of its date: `서면1팀-1352 (`, `국심2000서0552(`."""
_NUMBER = 40


def is_cited(place: Place) -> bool:
    """Tell whether a date is that of a document which is cited by its number."""
    items = place.expression.items
    if len(items) != 1 or items[0].unit != "day" or items[0].year is None:
        return False
    return _CITED.search(place.before[-_NUMBER:]) is not None


_NAMED = re.compile(
    r"(?:^|[^가-힣])[김이박최정강조윤장임한오서신권황안송류홍유남심][가-힣]{2}\s?\(\s?$"
)
"""A surname and a given name ahead of a bracket."""
_NAME, _GROWN = 6, 18


def is_birth(place: Place, day: date | None) -> bool:
    """Tell whether a day in brackets behind a name is when that person was born."""
    items = place.expression.items
    if day is None or len(items) != 1 or items[0].unit != "day" or items[0].year is None:
        return False
    grown = items[0].year <= day.year - _GROWN
    return grown and _NAMED.search(place.before[-_NAME:]) is not None


def heads_column(place: Place) -> bool:
    """Tell whether a month, quarter or year alone in its cell heads a column of a table."""
    item = place.expression.items[0] if place.expression.items else None
    coarse = item is not None and item.unit in ("year", "half", "quarter", "month")
    return coarse and place.in_header and place.alone and place.expression.form == "point"


def acceptance(facts: Sequence[str]) -> list[list[str]]:
    """Return the features of both answers: that it is no time expression, and that it is one."""
    return [["no", *(f"no|{name}" for name in facts)], ["yes"]]


def is_accepted(place: Place, facts: Sequence[str]) -> bool:
    """Tell whether what was found is a time expression in its place."""
    item = place.expression.items[0] if place.expression.items else None
    lone = item is not None and item.unit == "day" and item.month is None and not item.shift
    if lone and item is not None and item.weekday is None and _OFFSET.search(place.before):
        return False
    (no,) = scores(facts, "accept", "no")
    return weights("accept").get("yes", 0.0) >= no


def value_facts(place: Place, value: Value, day: date | None, is_own: bool) -> list[str]:
    """Return what the value of an expression tells, beside the facts of its place.

    `day` is the report's; `is_own` tells that the expression is the date of the report itself.
    """
    expression = place.expression
    unit = expression.items[0].unit if expression.items else expression.form
    told = [
        f"looks {looks(place)} {unit}",
        f"tense {tense(place)} {unit}",
        f"own {is_own}",
        f"exact {is_exact(value)} {expression.form}",
    ]
    first, last = as_day(value.bounds()[0]), last_day(value)
    if day is not None and first is not None:
        apart = bucket((first - day).days, _DAYS_APART)
        told += [f"apart {apart}", f"apart {unit} {apart}", f"same day {first == day}"]
    if first is not None and last is not None:
        told.append(f"long {unit} {bucket((last - first).days, _LENGTHS)}")
    return told


def candidates(facts: Sequence[str]) -> list[list[str]]:
    """Return the features of every role, in the order of `ROLES`."""
    return [[role, *(f"{role}|{name}" for name in facts)] for role in ROLES]


def role_of(facts: Sequence[str]) -> tuple[Role, float]:
    """Return the likeliest role and how likely it is; `facts` are those of place and value."""
    share = role_shares(facts)
    best = max(range(len(ROLES)), key=share.__getitem__)
    return ROLES[best], share[best]


def role_shares(facts: Sequence[str]) -> list[float]:
    """Return how likely every role is, in the order of `ROLES`."""
    return shares(scores(facts, "role", *ROLES))
