"""What the words say: expressions as written, before anything outside them is asked.

A `Partial` is one point with only the fields that were written (`2.22(월)` is month 2, day 22,
a Monday). An `Expression` is one time expression of a text: where it stands and how its
partials are composed. Nothing here knows a report date; `resolve` turns these into values.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any, Literal

from calendarize.timex.recurrence import Rule

Unit = Literal["year", "half", "quarter", "month", "part", "week", "day", "minute"]
Form = Literal["point", "range", "from", "until", "several", "rule", "ongoing", "undated"]
Direction = Literal["past", "future"]
Shift = Literal["year", "half", "quarter", "month", "week", "weekday", "day"]
Count = tuple[int, Literal["day", "week", "month", "year"]]
"""A length written beside a period: `<12일간>` is (12, "day"), `(4년)` is (4, "year")."""


Hours = tuple[tuple[int, int], ...]
"""Clock times as (hour, minute), 24 the end of the day: the begin, of a period also its end."""


@dataclass(slots=True)
class Partial:
    """One point as written; a field that was not written is `None`.

    `shift` counts units from the report's own (`내년` is year +1, `지난달` month -1, `이번 주`
    week 0, `오는 금요일` weekday +1); `same` counts from the previous mention instead (`같은 달` is
    month 0, `이듬해` year 1).
    `named` is a holiday, `lunar` marks month and day of the lunar calendar, `days_before` counts
    back from a D-day. `day` may be -1: the month's last. `nth` counts the weekday, the week or
    the working day (`workday`) within its month (`둘째 주 수요일` is 2, the last is -1). `part` is
    0 초, 1 중순, 2 말 of a month; 0 주초, 1 주중, 2 주말 of a week. `hour` may be 24: the end of
    the day.
    """

    unit: Unit
    year: int | None = None
    half: int | None = None
    quarter: int | None = None
    month: int | None = None
    part: int | None = None
    day: int | None = None
    weekday: int | None = None
    nth: int | None = None
    hour: int | None = None
    minute: int | None = None
    shift: tuple[Shift, int] | None = None
    same: tuple[Literal["year", "month", "day"], int] | None = None
    named: str | None = None
    lunar: bool = False
    days_before: int | None = None
    workday: bool = False

    def at(self, hour: int, minute: int) -> Partial:
        """Return the same day at a clock time."""
        return self.but(unit="minute", hour=hour, minute=minute)

    @property
    def is_lone_day(self) -> bool:
        """Tell whether it is a day, or a time of it, whose month is not told."""
        relative = self.shift or self.same or self.named or self.days_before is not None
        is_day = self.unit in ("day", "minute") and self.day is not None
        return is_day and self.month is None and not relative

    @property
    def waits_for_year(self) -> bool:
        """Tell whether it is a month and day with a weekday, which tells the year that is not."""
        return self.year is None and bool(self.month and self.day) and self.weekday is not None

    def fits(self, year: int) -> bool:
        """Tell whether a month and day with a weekday have it in a year."""
        try:
            return date(year, self.month or 0, self.day or 0).weekday() == self.weekday
        except ValueError:
            return False

    def but(self, **changes: Any) -> Partial:
        """Return a copy with some fields changed (`dataclasses.replace` costs three times this)."""
        changed = Partial(*_FIELDS(self))
        for name, value in changes.items():
            setattr(changed, name, value)
        return changed


_FIELDS = attrgetter(*Partial.__slots__)


@dataclass(slots=True)
class Expression:
    """One time expression; `start` and `end` are offsets into the text (end exclusive).

    `items` holds the partials: one for a point, `from` and `until`, two for a range; for
    `several` each item is a point or the first of a pair. `rule` is set where that is
    the form; `items` then bound it. `word` is the word of an `ongoing` or `undated` expression.
    `hours` are the (hour, minute) at which each instance of a rule begins and, where told, ends.
    `asof` tells that 현재 or 기준 follows, `direction` that 지난 or 오는 precedes, `count` the
    length written beside it, `weak` that only its place can tell it from a decimal number.
    """

    start: int
    end: int
    form: Form
    items: tuple[Partial, ...] = ()
    rule: Rule | None = None
    hours: Hours = ()
    word: str = ""
    weak: bool = False
    asof: bool = False
    direction: Direction | None = None
    count: Count | None = None

    @property
    def is_open(self) -> bool:
        """Tell whether it leaves its year to its place."""
        if self.form == "ongoing":
            return True
        if not self.items or self.form == "undated":
            return False
        first, last = self.items[0], self.items[-1]
        relative = first.shift or first.same or first.days_before is not None
        return first.year is None and last.year is None and not relative
