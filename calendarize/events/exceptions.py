"""What a rule leaves out: `8월 제외`, `공휴일 휴강`, `월요일 휴관`, `매월 마지막 주 제외`."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from calendarize.timex.recurrence import (
    ORDINALS,
    WEEKDAYS,
    WEEKS,
    NthWeekday,
    Rule,
    weeks_but,
)
from calendarize.timex.values import Interval, Point, Recurring, as_day, last_day

_OUT = r"(?:은|는|에는)?\s?(?:제외|빼고|휴무|휴관|휴강|휴원|휴장|휴업|미운영|쉽니다|쉼)"
_AND = r"\s?(?:[,·/]|및|[와과]|하고)\s?"
_DAY = r"(?:[월화수목금토일](?:요일)?|주말)"
_DAYS = rf"{_DAY}(?:{_AND}{_DAY}){{0,5}}"
_NTH = r"(?:(?:첫|둘|셋|넷|다섯)째|첫|마지막|제[1-5])"
_WEEKS = re.compile(rf"((?:{_NTH}(?:{_AND})?){{1,5}})\s?주(?:\s?({_DAYS}))?")
_MONTHS = re.compile(r"(?<![\d.])(\d{1,2}(?:\s?[~,·]\s?\d{1,2}){0,5})월")
_ITEM = rf"(?:(?:매월\s?)?{_WEEKS.pattern}|{_MONTHS.pattern}|(?:법정)?공휴일|{_DAYS})"
_LEFT_OUT = re.compile(
    rf"^[^\n]{{0,40}}?(?<![가-힣\d~.])(?P<list>(?:{_ITEM}{_AND}){{0,4}}{_ITEM}{_OUT})"
)
_WEEKDAY = re.compile(rf"(?<![가-힣]){_DAYS}(?={_AND}|{_OUT})")
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

    Months, weeks and weekdays become part of the rule, public holidays (those of 관공서의 공휴일에
    관한 규정) are marked on it. Months that bounded it are no bounds where they are left out:
    `매주 화요일(7~8월, 공휴일 제외)`. What names none of these stays as it is.
    """
    if (found := _LEFT_OUT.match(after)) is None:
        return value
    told, rule = found["list"], value.rule
    if (months := _MONTHS.search(told)) is not None:
        out = _numbers(months[1])
        rule = _without_months(rule, out)
        if value.span is not None and _months_of(value.span) <= out:
            value = replace(value, span=None)
    if weeks := [*_WEEKS.finditer(told)]:
        nth = {word for week in weeks for word in re.findall(_NTH, week[1])}
        rule = _without_weeks(rule, nth, _named("".join(week[2] or "" for week in weeks)))
    elif (days := _WEEKDAY.search(told)) is not None:
        rule = _without_days(rule, _named(days[0]))
    return replace(value, rule=rule, skips_holidays=value.skips_holidays or "공휴일" in told)


def _without_months(rule: Rule, out: set[int]) -> Rule:
    rest = tuple(n for n in range(1, 13) if n not in out)
    return rule if rule.months or not 0 < len(rest) < 12 else replace(rule, months=rest)


def _months_of(span: Interval | Point) -> set[int]:
    """Return the months of a period; those of one that is open or longer than a year are all."""
    first, last = as_day(span.bounds()[0]), last_day(span)
    if first is None or last is None or last - first > timedelta(days=366):
        return set(range(1, 13))
    return {(first.month + n - 1) % 12 + 1 for n in range(_months_between(first, last) + 1)}


def _months_between(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month


def _without_days(rule: Rule, closed: set[int]) -> Rule:
    """Leave weekdays out of what takes place every day, or on several days of every week."""
    daily = rule.frequency == "DAILY" and not rule.on_days
    if rule.interval > 1 or not (daily or rule.frequency == "WEEKLY"):
        return rule
    days = tuple(map(NthWeekday, range(7))) if daily else rule.weekdays
    open_ = tuple(day for day in days if day.weekday not in closed)
    return replace(rule, frequency="WEEKLY", weekdays=open_) if open_ else rule


def _without_weeks(rule: Rule, words: set[str], closed: set[int]) -> Rule:
    """Leave weeks of the month out of a weekly rule, for the weekdays named or for all of its own.

    A rule that does not become one of weeks of the month stays as it is.
    """
    kept = weeks_but({ORDINALS[word] for word in words})
    if rule.frequency != "WEEKLY" or rule.interval > 1 or kept is None:
        return rule
    every = range(1, WEEKS + 1)
    days = tuple(
        NthWeekday(weekday, nth)
        for weekday, _ in rule.weekdays
        for nth in (kept if not closed or weekday in closed else every)
    )
    return replace(rule, frequency="MONTHLY", weekdays=days) if days else rule


def _named(written: str) -> set[int]:
    """Return the weekdays of a list: `토·일요일`, `주말`."""
    named = written.replace("주말", _WEEKEND).replace("요일", "")
    return {weekday for weekday, name in enumerate(WEEKDAYS) if name in named}


def _numbers(written: str) -> set[int]:
    """Return the months of a list: `7~8` is both, `1,2` too."""
    numbers = [int(n) for n in re.findall(r"\d+", written)]
    through = "~" in written and len(numbers) == 2
    return set(range(numbers[0], numbers[1] + 1)) if through else set(numbers)
