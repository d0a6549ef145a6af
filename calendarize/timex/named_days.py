"""Named days of Korea: public holidays and lunar dates, from libraries.

Fixed solar holidays follow 공휴일에 관한 법률; lunar dates are converted with
`korean_lunar_calendar` (KARI tables, 1000 to 2050).
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from calendarize.timex.workdays import is_substitute

SOLAR: dict[str, tuple[int, int]] = {
    "new_year": (1, 1),
    "march_1": (3, 1),
    "arbor_day": (4, 5),
    "labour_day": (5, 1),
    "childrens_day": (5, 5),
    "parents_day": (5, 8),
    "teachers_day": (5, 15),
    "memorial_day": (6, 6),
    "constitution_day": (7, 17),
    "liberation_day": (8, 15),
    "foundation_day": (10, 3),
    "hangul_day": (10, 9),
    "christmas": (12, 25),
}
LUNAR: dict[str, tuple[int, int]] = {
    "seollal": (1, 1),
    "daeboreum": (1, 15),
    "buddhas_birthday": (4, 8),
    "dano": (5, 5),
    "chilseok": (7, 7),
    "chuseok": (8, 15),
}


@cache
def lunar_day(year: int, month: int, day: int) -> date | None:
    """Return the solar day of a day of the Korean lunar calendar, `None` where there is none."""
    from korean_lunar_calendar import KoreanLunarCalendar

    calendar = KoreanLunarCalendar()
    if not calendar.setLunarDate(year, month, day, False):
        return None
    return date(calendar.solarYear, calendar.solarMonth, calendar.solarDay)


@cache
def named_day(key: str, year: int) -> tuple[date, date] | None:
    """Return first and last day (inclusive) of a named day in a solar year.

    설 연휴 and 추석 연휴 are the day before to the day after, and the substitute holiday that
    follows (관공서의 공휴일에 관한 규정, articles 2 and 3).
    """
    holidays = key.removesuffix("_holidays")
    if holidays in SOLAR:
        day: date | None = date(year, *SOLAR[holidays])
    else:
        day = lunar_day(year, *LUNAR[holidays])
    if day is None:
        return None
    if not key.endswith("_holidays"):
        return day, day
    last = day + timedelta(days=1)
    while is_substitute(last + timedelta(days=1)):
        last += timedelta(days=1)
    return day - timedelta(days=1), last
