"""Checks: what a report writes beside a period, held against the period.

A day count (`<12일간>`, `(35일)`, `(4주간)`) is the plain length, the working days, or a mistake;
what contradicts becomes a warning and moves nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from calendarize.events.workdays import is_workday
from calendarize.timex.partial import Count
from calendarize.timex.values import Interval, Value, as_day, is_exact, last_day

_LONGEST = 1000
"""Periods of more days than this are counted in years, not in days."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What came of a day count: the days it means where they are not all, or a warning."""

    dates: tuple[date, ...] = ()
    warning: str | None = None


def counted(value: Value, count: Count | None) -> Counted:
    """Hold a count against a period of exact days.

    `6.11 ~ 15(3일)` in 2021 spans a weekend: Friday, Monday, Tuesday. Weeks may be begun ones
    (1 to 25 September is `4주간`). Without a count or an exact period nothing is said.
    """
    days = _days(value)
    if count is None or not days:
        return Counted()
    number, unit = count
    if unit == "week":
        fits = 7 * (number - 1) < len(days) <= 7 * number + 1
        return Counted() if fits else Counted(warning=_mismatch(days, f"{number}주간"))
    if number == len(days):
        return Counted()
    working = tuple(filter(is_workday, days))
    if number == len(working):
        return Counted(dates=working)
    return Counted(warning=_mismatch(days, f"{number}일"))


def _days(value: Value) -> list[date]:
    if not isinstance(value, Interval) or not is_exact(value):
        return []
    start, end = as_day(value.bounds()[0]), last_day(value)
    if start is None or end is None or not 0 <= (end - start).days < _LONGEST:
        return []
    return [start + timedelta(days=n) for n in range((end - start).days + 1)]


def _mismatch(days: list[date], written: str) -> str:
    working = sum(map(is_workday, days))
    return (
        f"일수 불일치: {days[0]}부터 {days[-1]}까지는 {len(days)}일입니다"
        f"(근무일 {working}일, 원문 '{written}')"
    )
