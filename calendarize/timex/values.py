"""Resolved time values: what an expression came to, one type per meaning.

Every value tells its bounds (both inclusive, Asia/Seoul wall time), its precision, its
ISO 8601-2 (EDTF) form and the form a Korean reader writes. An exact day, a month in which
something happens, a period, a rule and "whenever needed" are different types, so that no
consumer can mistake one for another.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from functools import lru_cache
from typing import Literal

from calendarize.timex.recurrence import WEEKDAYS, Rule, korean_rule

Precision = Literal["year", "half", "quarter", "month", "part", "day", "minute"]
Bound = date | datetime | None
"""A day (`date`), a moment (`datetime`, naive Asia/Seoul wall time) or open (`None`)."""

KST = timezone(timedelta(hours=9), "Asia/Seoul")
"""Korea Standard Time, without summer time since 1988 (표준시에 관한 법률)."""

PARTS = ("초", "중순", "말")
PART_DAYS = ((1, 10), (11, 20), (21, 31))


@lru_cache(4096)
def month_end(year: int, month: int) -> date:
    """Return the last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


@dataclass(frozen=True, slots=True)
class Year:
    """A calendar year."""

    year: int

    precision: Precision | None = "year"

    def bounds(self) -> tuple[Bound, Bound]:
        return date(self.year, 1, 1), date(self.year, 12, 31)

    def edtf(self) -> str:
        return f"{self.year:04d}"

    def korean(self) -> str:
        return f"{self.year}년"


@dataclass(frozen=True, slots=True)
class Half:
    """상반기 (1) or 하반기 (2) of a year; EDTF level 2 codes 40 and 41."""

    year: int
    half: int

    precision: Precision | None = "half"

    def bounds(self) -> tuple[Bound, Bound]:
        first = 6 * self.half - 5
        return date(self.year, first, 1), month_end(self.year, first + 5)

    def edtf(self) -> str:
        return f"{self.year:04d}-{39 + self.half}"

    def korean(self) -> str:
        return f"{self.year}년 {'상하'[self.half - 1]}반기"


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter of a calendar year; EDTF level 2 codes 33 to 36."""

    year: int
    quarter: int

    precision: Precision | None = "quarter"

    def bounds(self) -> tuple[Bound, Bound]:
        first = 3 * self.quarter - 2
        return date(self.year, first, 1), month_end(self.year, first + 2)

    def edtf(self) -> str:
        return f"{self.year:04d}-{32 + self.quarter}"

    def korean(self) -> str:
        return f"{self.year}년 {self.quarter}분기"


@dataclass(frozen=True, slots=True)
class Month:
    """A month in which something happens (not one through which it goes on)."""

    year: int
    month: int

    precision: Precision | None = "month"

    def bounds(self) -> tuple[Bound, Bound]:
        return date(self.year, self.month, 1), month_end(self.year, self.month)

    def edtf(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    def korean(self) -> str:
        return f"{self.year}년 {self.month}월"


@dataclass(frozen=True, slots=True)
class Part:
    """초 (0: 1st to 10th), 중순 (1: 11th to 20th) or 말 (2: 21st to last) of a month."""

    year: int
    month: int
    part: int

    precision: Precision | None = "part"

    def bounds(self) -> tuple[Bound, Bound]:
        first, last = PART_DAYS[self.part]
        end = month_end(self.year, self.month)
        return date(self.year, self.month, first), min(end, end.replace(day=min(last, end.day)))

    def edtf(self) -> str:
        first, last = self.bounds()
        return f"{first}/{last}"

    def korean(self) -> str:
        return f"{self.year}년 {self.month}월 {PARTS[self.part]}"


@dataclass(frozen=True, slots=True)
class Day:
    """One exact day."""

    date: date

    precision: Precision | None = "day"

    def bounds(self) -> tuple[Bound, Bound]:
        return self.date, self.date

    def edtf(self) -> str:
        return self.date.isoformat()

    def korean(self) -> str:
        d = self.date
        return f"{d.year}. {d.month}. {d.day}.({WEEKDAYS[d.weekday()]})"


@dataclass(frozen=True, slots=True)
class Moment:
    """One minute of one day, Asia/Seoul wall time; 24시 is 00:00 of the next day."""

    at: datetime

    precision: Precision | None = "minute"

    def bounds(self) -> tuple[Bound, Bound]:
        return self.at, self.at

    def edtf(self) -> str:
        return f"{self.at:%Y-%m-%dT%H:%M}+09:00"

    def korean(self) -> str:
        return f"{Day(self.at.date()).korean()} {self.at:%H:%M}"


@dataclass(frozen=True, slots=True)
class Within:
    """Some day between two days, both inclusive: during a session, between two of them.

    EDTF writes it as one of a set (ISO 8601-2 section 7.2: `[2021-04-19..2021-05-04]`).
    """

    first: date
    last: date

    precision: Precision | None = None

    @property
    def year(self) -> int:
        return self.first.year

    def bounds(self) -> tuple[Bound, Bound]:
        return self.first, self.last

    def edtf(self) -> str:
        return f"[{self.first}..{self.last}]"

    def korean(self) -> str:
        return f"{Day(self.first).korean()} ~ {Day(self.last).korean()} 중"


Point = Year | Half | Quarter | Month | Part | Day | Moment | Within


@dataclass(frozen=True, slots=True)
class Interval:
    """From one point to another, both inclusive; `None` is an open side, never both."""

    start: Point | None
    end: Point | None

    @property
    def precision(self) -> Precision | None:
        """The precision both ends share; `None` where they differ."""
        ends = {p.precision for p in (self.start, self.end) if p is not None}
        return ends.pop() if len(ends) == 1 else None

    def bounds(self) -> tuple[Bound, Bound]:
        return (
            self.start.bounds()[0] if self.start else None,
            self.end.bounds()[1] if self.end else None,
        )

    def edtf(self) -> str:
        return "/".join(p.edtf() if p else ".." for p in (self.start, self.end))

    def korean(self) -> str:
        start, end = (p.korean() if p else "" for p in (self.start, self.end))
        return f"{start}~{end}" if not (start and end) else f"{start} ~ {end}"


@dataclass(frozen=True, slots=True)
class Several:
    """Several separate points or intervals named by one expression (`3, 6, 9, 12월`)."""

    values: tuple[Point | Interval, ...]

    @property
    def precision(self) -> Precision | None:
        found = {v.precision for v in self.values}
        return found.pop() if len(found) == 1 else None

    def bounds(self) -> tuple[Bound, Bound]:
        return self.values[0].bounds()[0], self.values[-1].bounds()[1]

    def edtf(self) -> str:
        return "{" + ",".join(v.edtf() for v in self.values) + "}"

    def korean(self) -> str:
        return ", ".join(v.korean() for v in self.values)


@dataclass(frozen=True, slots=True)
class Recurring:
    """What repeats by a rule, bounded where the text bounds it.

    `precision` is set only where the rule names a day or a month (`매년 1. 20.`); `at` and `to`
    are the clock times at which each instance begins and ends (`매주 수요일 14:00~16:00`),
    Asia/Seoul; one that ends before it begins ends on the next day. `skips_holidays`: instances
    on public holidays are left out.
    """

    rule: Rule
    span: Interval | Point | None = None
    precision: Precision | None = None
    at: time | None = None
    to: time | None = None
    skips_holidays: bool = False

    def bounds(self) -> tuple[Bound, Bound]:
        return self.span.bounds() if self.span else (None, None)

    def edtf(self) -> str:
        return self.span.edtf() if self.span else "../.."

    def korean(self) -> str:
        return f"{self.span.korean()} {self.repetition()}" if self.span else self.repetition()

    def repetition(self) -> str:
        """Write the rule without its bounds: `매주 수요일 14:00–16:00(공휴일 제외)`."""
        hours = "–".join(f"{moment:%H:%M}" for moment in (self.at, self.to) if moment is not None)
        rule = f"{korean_rule(self.rule)} {hours}".rstrip()
        return f"{rule}(공휴일 제외)" if self.skips_holidays else rule


@dataclass(frozen=True, slots=True)
class Undated:
    """상시, 수시, 필요시: whenever it is needed; no date at all."""

    word: str = "수시"

    precision: Precision | None = None

    def bounds(self) -> tuple[Bound, Bound]:
        return None, None

    def edtf(self) -> str:
        return "../.."

    def korean(self) -> str:
        return self.word


Value = Point | Interval | Several | Recurring | Undated


def as_day(bound: Bound) -> date | None:
    """Return the day a bound lies on; a moment at 00:00 that ends a period still counts."""
    return bound.date() if isinstance(bound, datetime) else bound


def last_day(value: Value) -> date | None:
    """Return the last day a value touches: a period that ends at 00:00 ends the day before."""
    start, end = value.bounds()
    if isinstance(end, datetime):
        ends_at_midnight = end.hour == end.minute == 0 and start != end
        return end.date() - timedelta(days=1) if ends_at_midnight else end.date()
    return end


def is_exact(value: Value) -> bool:
    """True where a value is exact to the day or finer (the contract's `approximate` is its not)."""
    if isinstance(value, Recurring):
        return value.span is None or is_exact(value.span)
    if isinstance(value, Interval):
        return all(p is None or p.precision in ("day", "minute") for p in (value.start, value.end))
    if isinstance(value, Several):
        return all(is_exact(v) for v in value.values)
    return value.precision in ("day", "minute")
