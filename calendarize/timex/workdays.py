"""Working days of Korean offices: Monday to Friday without public holidays.

Public holidays with their substitutes come from the `holidays` library (관공서의 공휴일에 관한
규정, 공휴일에 관한 법률).
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from holidays import HolidayBase


@cache
def _public_holidays(year: int) -> HolidayBase:
    from holidays import country_holidays

    return country_holidays("KR", years=year, language="ko")


def is_public_holiday(day: date) -> bool:
    """Tell whether a day is a public holiday or its substitute."""
    return day in _public_holidays(day.year)


def is_substitute(day: date) -> bool:
    """Tell whether a day is a holiday only because another fell on a Sunday or a holiday."""
    return "대체" in (_public_holidays(day.year).get(day) or "")


def public_holidays(first: int, last: int) -> list[date]:
    """Return the public holidays of some years, both inclusive, in order."""
    return sorted(day for year in range(first, last + 1) for day in _public_holidays(year))


def is_workday(day: date) -> bool:
    """Tell whether offices are open on a day."""
    return day.weekday() < 5 and not is_public_holiday(day)
