"""What repeats, as people say it: `매일`, `월요일마다`, `2주마다 금요일`, `매달 1일과 15일`.

What reports say too (`매주 화요일 14:00`, `매월 둘째 주 수요일`) is left to `timex.grammar`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from calendarize.timex.conversation.pieces import AMOUNT, amount
from calendarize.timex.conversation.spans import Unit
from calendarize.timex.recurrence import WEEKDAYS, Frequency, NthWeekday, Rule

_DAY = "[월화수목금토일]"
_AND = r"\s?(?:[,·]|와|과|하고|이랑|랑|)\s?"
_WEEKDAYS = rf"(?:{_DAY}(?:요일|욜|){_AND}){{0,6}}{_DAY}(?:요일|욜)"
_EVERY = re.compile(
    r"(?P<daily>매 ?일(?![가-힣])|매일(?=에)|날마다)"
    r"|(?:매주\s?|)(?P<part>주말|평일)마다|매\s?(?:주\s?|)(?P<each>주말|평일)"
    rf"|(?:매주\s?|)(?P<days>{_WEEKDAYS})\s?마다"
    rf"|(?P<amount>{AMOUNT})\s?마다(?:\s(?P<on>{_WEEKDAYS}))?"
    rf"|매[월달]\s?(?P<monthdays>\d{{1,2}}일(?:{_AND}\d{{1,2}}일)+)"
)
_PARTS = {"주말": (5, 6), "평일": (0, 1, 2, 3, 4)}
_FREQUENCIES: dict[Unit, Frequency] = {
    "day": "DAILY", "week": "WEEKLY", "month": "MONTHLY", "year": "YEARLY",
}  # fmt: skip
_LAST_MONTHDAY = 31


class Repeats(NamedTuple):
    """A rule said at some place of a text, and where it ends there."""

    rule: Rule
    end: int


def repeats_at(text: str, at: int) -> Repeats | None:
    """Return the rule that stands at an offset of a text, or `None`.

    >>> str(repeats_at("2주마다 금요일에", 0).rule)
    'FREQ=WEEKLY;INTERVAL=2;BYDAY=FR'
    """
    if "매" not in text and "마다" not in text:
        return None
    match = _EVERY.match(text, at)
    rule = _rule(match) if match is not None else None
    return Repeats(rule, match.end()) if match is not None and rule is not None else None


def _rule(match: re.Match[str]) -> Rule | None:
    if match["daily"]:
        return Rule("DAILY")
    if part := match["part"] or match["each"]:
        return _weekly(_PARTS[part])
    if match["days"]:
        return _weekly(_named(match["days"]))
    if match["monthdays"]:
        days = tuple(map(int, re.findall(r"\d+", match["monthdays"])))
        return Rule("MONTHLY", days=days) if max(days) <= _LAST_MONTHDAY else None
    ((count, unit), *finer) = amount(match["amount"])
    frequency = _FREQUENCIES.get(unit)
    on = _named(match["on"] or "")
    if finer or count != int(count) or frequency is None or (on and frequency != "WEEKLY"):
        return None
    return Rule(frequency, int(count), weekdays=tuple(map(NthWeekday, on)))


def _weekly(weekdays: Sequence[int]) -> Rule:
    return Rule("WEEKLY", weekdays=tuple(map(NthWeekday, weekdays)))


def _named(written: str) -> list[int]:
    """Return the weekdays of a list: `월·수요일`, `토요일과 일요일`."""
    names = re.sub("요일|욜", "", written)
    return [n for n, name in enumerate(WEEKDAYS) if name in names]
