"""What a rule leaves out: `8월 제외`, `공휴일 휴강`, `월요일 휴관`."""

from __future__ import annotations

import re
from dataclasses import replace

from calendarize.timex.recurrence import WEEKDAYS, NthWeekday, Rule
from calendarize.timex.values import Recurring

_OUT = r"(?:은|는|에는)?\s?(?:제외|빼고|휴무|휴관|휴강|휴원|휴장|휴업|미운영|쉽니다|쉼)"
_NEAR = r"^[^\n]{0,40}?"
_MONTHS = re.compile(rf"{_NEAR}(?<![\d.])(\d{{1,2}}(?:\s?[~,·]\s?\d{{1,2}}){{0,5}})월{_OUT}")
_DAYS = r"(?:[월화수목금토일](?:요일)?|주말)"
_WEEKDAYS = re.compile(
    rf"{_NEAR}(?<![가-힣])({_DAYS}(?:\s?[,·/및]\s?{_DAYS}){{0,5}})(?:\s?[,·/및]\s?(?:법정)?공휴일)?{_OUT}"
)
_HOLIDAYS = re.compile(rf"{_NEAR}공휴일{_OUT}")
_WEEKEND = "토일"
_ALONE = re.compile(
    r"^(?:[\s,·/~]|공휴일|(?:첫|둘|셋|넷|다섯)째|마지막|첫|\d{1,2}월|주|일)*(?:은|는|에는)?\s?(?:제외|빼고|미운영)"
)
"""Nothing between a time and the word that leaves it out but weeks, months and holidays."""


def is_left_out(after: str) -> bool:
    """Tell whether the words behind a time leave it out of a rule before it.

    >>> is_left_out(" 마지막 주 제외)"), is_left_out(" 마지막 주 수요일 개최)")
    (True, False)
    """
    return _ALONE.match(after) is not None


def excepted(value: Recurring, after: str) -> Recurring:
    """Leave out of a rule what the words behind it leave out.

    Months and weekdays become part of the rule, public holidays (관공서의 공휴일에 관한 규정) are
    marked on it. What names neither stays as it is.
    """
    if _HOLIDAYS.match(after):
        value = replace(value, skips_holidays=True)
    rule = value.rule
    if (found := _MONTHS.match(after)) is not None and not rule.months:
        out = _numbers(found[1])
        rest = tuple(n for n in range(1, 13) if n not in out)
        rule = replace(rule, months=rest) if len(rest) < 12 else rule
    if (found := _WEEKDAYS.match(after)) is not None and rule == Rule("DAILY"):
        closed = found[1].replace("주말", _WEEKEND).replace("요일", "")
        open_ = tuple(NthWeekday(n) for n, name in enumerate(WEEKDAYS) if name not in closed)
        rule = Rule("WEEKLY", weekdays=open_) if open_ else rule
    return replace(value, rule=rule)


def _numbers(written: str) -> set[int]:
    """Return the months of a list: `7~8` is both, `1,2` too."""
    numbers = [int(n) for n in re.findall(r"\d+", written)]
    through = "~" in written and len(numbers) == 2
    return set(range(numbers[0], numbers[1] + 1)) if through else set(numbers)
