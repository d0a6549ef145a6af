"""The pieces of conversation: what a word or a number with its unit does to the span before it.

A phrase is a fold: each piece narrows (`내년` · `3월` · `둘째 주` · `금요일` · `오후 3시`), moves
(`추석` · `10일 전`) or stretches (`내일부터` · `3일 동안`) what stands before it. A piece with a
`cycle` that has nothing before it is looked for in the cycles around now. New ways of saying
things are new rows of `PIECES`, and compose with all others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from calendarize.timex import lexicon
from calendarize.timex.conversation import words as w
from calendarize.timex.conversation.spans import (
    CLOCK_UNITS,
    Amount,
    Span,
    Unit,
    around,
    days,
    is_descending,
    midnight,
    moved,
    neighbour,
    nth_of,
    nth_weekday,
    of_day,
    pick,
    plus,
)
from calendarize.timex.grammar import sino_number
from calendarize.timex.named_days import lunar_day, named_day
from calendarize.timex.patterns import trie
from calendarize.timex.workdays import is_workday


class Setting(NamedTuple):
    """What a phrase is read against: now, the conventions, and the near end of a range.

    `left` is a reading of its beginning that is not wanted: the next one of the cycle is.
    """

    now: datetime
    conventions: w.Conventions
    near: Span | None = None
    left: Span | None = None


Produce = Callable[[re.Match[str], Span | None, Setting], Span | None]


class Piece(NamedTuple):
    """A pattern and what it does to the span before it (`None`: nothing stands before it)."""

    pattern: re.Pattern[str]
    produce: Produce


# Numbers and lengths.

_SINO = "[일이삼사오육칠팔구십백천]{1,6}"
_NATIVE = trie(w.NATIVE)
_N = rf"(?:\d{{1,3}}(?:\.5|)|{_NATIVE}|{_SINO})"
_SINO_UNIT = r"(?:주일|주간|주(?!말|차|년|[ ]?[월화수목금토일]요일)|시간|개월|세기|분기|년(?!도|생)|일(?!요일|본|정)|분(?!기)|초(?!순|하루))"
_UNIT = rf"(?:{_SINO_UNIT}|달|해|날)"
_COUNTED = rf"(?:(?:\d{{1,3}}(?:\.5|)|{_NATIVE})\s?{_UNIT}|\d{{4,5}}\s?(?:일|시간|분|초)|{_SINO}\s?{_SINO_UNIT})"
"""A number with its unit; years of four digits are names, and 이달 is this month, not two."""
_LENGTH = rf"(?:{trie((*w.DAY_COUNTS, *w.HALF_UNITS))}|{_COUNTED}(?:\s?반(?![가-힣])|))"
AMOUNT = rf"{_LENGTH}(?:\s?(?:하고\s|){_LENGTH}){{0,2}}"
_PART_OF_AMOUNT = re.compile(
    rf"(?P<word>{trie((*w.DAY_COUNTS, *w.HALF_UNITS))})|(?P<n>\d+(?:\.5|)|{_NATIVE}|{_SINO})\s?(?P<unit>{_UNIT})(?P<half>\s?반)?"
)


def number(written: str) -> float:
    """Read a numeral: digits, native (`열두`) or Sino-Korean (`이십사`)."""
    if written[0].isdigit():
        return float(written)
    return w.NATIVE[written] if written in w.NATIVE else sino_number(written)


@lru_cache(1024)
def amount(written: str) -> Amount:
    """Read a length: `1년 3개월`, `이틀`, `한 시간 반`; `ValueError` where a unit comes again."""
    parts = tuple(_lengths(written))
    if len(parts) > 1 and not is_descending([unit for _, unit in parts]):
        raise ValueError(written)  # `1일 사흘 전` is three days before the 1st
    return parts


def _lengths(written: str) -> Iterator[tuple[float, Unit]]:
    for found in _PART_OF_AMOUNT.finditer(written):
        if (word := found["word"]) is not None:
            yield (w.DAY_COUNTS[word], "day") if word in w.DAY_COUNTS else w.HALF_UNITS[word]
            continue
        size, unit = w.UNITS[found["unit"]]
        count, half = number(found["n"]) * size, found["half"]
        yield count + (0.5 if half and unit not in _HALVES else 0), unit
        if half and unit in _HALVES:
            yield _HALVES[unit]


_HALVES: dict[Unit, tuple[float, Unit]] = {"year": (6, "month"), "month": (15, "day")}
"""What half a unit of uneven length amounts to: `한 달 반`."""


# Cycles: a piece with nothing before it lies in one of the units around now.

_REACH = {"year": 8, "month": 3, "week": 3, "day": 2}
"""How many cycles away a reading may lie (leap days: eight years)."""


def cyclic(
    cycle: Unit,
    build: Callable[[re.Match[str], Span, Setting], Span | None],
    *,
    current: bool = False,
) -> Produce:
    """Return the production of a piece that a preference places where nothing else does.

    A word that turns before it (`지난 3월`, `다음 추석`) stands in the group `turn`. Of a `current`
    piece the nearest is that of the cycle which holds now: `월말` is the end of this month; other
    weekdays, days of a month and hours may be of the next one: said on a Friday, `월요일` is ahead.
    """

    def produce(match: re.Match[str], base: Span | None, setting: Setting) -> Span | None:
        turn = match["turn"] if "turn" in match.re.groupindex else None
        if base is None and turn in _BESIDE_ONLY:
            return None
        if base is not None and turn is None:
            within = cycle == "day" and base.unit in ("day", "part")
            return build(match, base if within else base.holder(), setting)
        if base is not None:
            return _beside(match, base, cycle, lambda holder: build(match, holder, setting))
        here = around((setting.near.start if setting.near else setting.now), cycle)
        if setting.near is not None and turn is None:
            ahead = (build(match, neighbour(here, n), setting) for n in range(_REACH[cycle]))
            start = setting.near.start
            return next((span for span in ahead if span is not None and span.start >= start), None)
        if turn is not None:
            return turned(turn, here, setting, lambda holder: build(match, holder, setting))
        first = -1
        if setting.conventions.prefer == "nearest" and (current or cycle != "year"):
            this = build(match, here, setting)
            ahead_of_us = this is not None and this.end > setting.now
            if current or (ahead_of_us and setting.conventions.weekday_today == "included"):
                return this
            first = 0
        candidates = [build(match, neighbour(here, n), setting) for n in range(first, 2)]
        if None in candidates or setting.left is not None:  # 29 February, the fifth Friday
            reach = range(-_REACH[cycle], _REACH[cycle] + 1)
            candidates = [build(match, neighbour(here, n), setting) for n in reach]
        if cycle == "week" and setting.conventions.weekday_today == "excluded":
            today = midnight(setting.now.date())
            candidates = [s for s in candidates if s and not (s.unit == "day" and s.start == today)]
        if setting.left is not None:
            left, sign = setting.left.start, 1 if setting.conventions.prefer == "future" else -1
            found = [s for s in candidates if s and (s.start - left) * sign > timedelta(0)]
            return min(found, key=lambda s: abs(s.start - left), default=None)
        return pick(candidates, setting.now, setting.conventions.prefer)

    return produce


def turned(
    word: str, here: Span, setting: Setting, build: Callable[[Span], Span | None]
) -> Span | None:
    """Return what 지난, 이번 or 다음 names: the closest, or in the cycle before or after.

    Of weekdays the conventions say which; months, feasts and seasons are the closest.
    """
    count = w.TURNS[word]
    if count == 0:
        prefer = setting.conventions.prefer
        if here.unit != "year" or prefer == "nearest":
            return build(here)
        return pick((build(neighbour(here, n)) for n in (-1, 0, 1)), setting.now, prefer)
    calendar = abs(count) > 1
    if here.unit == "week" and word not in ("오는", "돌아오는", "다가오는"):
        rule = setting.conventions.next_weekday if count > 0 else setting.conventions.last_weekday
        this = build(here)
        calendar = calendar or rule == "calendar" or (this is not None and this.unit != "day")
    if calendar or here.unit == "day":
        return build(neighbour(here, count))
    prefer = "future" if count > 0 else "past"
    candidates = [build(neighbour(here, n)) for n in range(-2, 3)]
    today = around(setting.now, "day")
    elsewhere = (s for s in candidates if s and not s.start <= today.start < s.end)
    return pick(elsewhere, setting.now, prefer)


def _beside(
    match: re.Match[str], base: Span, cycle: Unit, build: Callable[[Span], Span | None]
) -> Span | None:
    """Return the closest before or behind a day: `추석 다음 금요일`, `추석 직전 주말`."""
    word = match["turn"]
    if cycle != "week" or word not in _BESIDE or base.rank < _DAYS_RANK or _is_listed(match):
        return None
    here = around(base.start, cycle)
    near = [span for n in range(-1, 3) if (span := build(neighbour(here, n))) is not None]
    if w.TURNS[word] < 0:
        return max((s for s in near if s.end <= base.start), key=lambda s: s.start, default=None)
    return min((s for s in near if s.start >= base.end), key=lambda s: s.start, default=None)


def _is_listed(match: re.Match[str]) -> bool:
    """Tell whether a comma parts a piece from the one before: no `추석 다음 주`."""
    return match.string[: match.start()].rstrip().endswith(",")


_BESIDE_ONLY = ("전", "바로 전", "그 전")
"""Before a week or a weekday that stands behind a day; else 전 may be `저는`."""
_BESIDE = ("다음", "그다음", "그 다음", "바로 다음", "직전", *_BESIDE_ONLY)
_DAYS_RANK = Span(datetime.min, datetime.min, "days").rank


# Years and their parts.


def _century(written: str) -> int:
    year = int(written)
    return year if year > 99 else year + (1900 if year >= 60 else 2000)


def _year(match: re.Match[str], base: Span | None, setting: Setting) -> Span | None:
    written = match["year"]
    year = _century(written) if written.isdigit() else sino_number(written)
    return around(datetime(year, 1, 1), "year") if base is None and 0 < year < 9999 else None


def _relative(table: dict[str, int], unit: Unit) -> Produce:
    def produce(match: re.Match[str], base: Span | None, setting: Setting) -> Span | None:
        if base is not None and unit != "day":
            return None
        here = around(setting.now, unit) if base is None else None
        return neighbour(here, table[match[0]]) if here else None

    return produce


def _day_beside(match: re.Match[str], base: Span | None, setting: Setting) -> Span | None:
    count = w.DAYS_BESIDE[match["beside"]]
    if base is None:
        return neighbour(around(setting.now, "day"), count)
    if count == 0:
        return base if base.unit == "day" else None
    beside = base.end - timedelta(days=1) if count > 0 else base.start
    beside += timedelta(days=count)
    return around(beside, "day") if base.unit in ("day", "days", "week", "month", "part") else None


def _turned_unit(match: re.Match[str], base: Span | None, setting: Setting) -> Span | None:
    """`다음 주`, `지난 분기`; the one beside what stands before it: `추석 다음 주`."""
    unit, word = w.TURNED[match["what"]], match["turn"]
    if base is None:
        if word in _BESIDE_ONLY:
            return None
        return neighbour(around(setting.now, unit), w.TURNS[word])
    if word not in _BESIDE or base.rank <= around(base.start, unit).rank or _is_listed(match):
        return None
    edge = base.start if w.TURNS[word] < 0 else base.end - timedelta(days=1)
    return neighbour(around(edge, unit), w.TURNS[word])


def _part_of_year(unit: Unit, table: dict[str, int]) -> Produce:
    def build(match: re.Match[str], base: Span, setting: Setting) -> Span | None:
        if base.unit != "year":
            return None
        months = 6 if unit == "half" else 3
        written = match["part"]
        index = table[written] if written in table else int(written)
        if not 1 <= index <= 12 // months:
            return None
        return around(datetime(base.start.year, months * (index - 1) + 1, 1), unit)

    return cyclic("year", build)


def _season(match: re.Match[str], base: Span, setting: Setting) -> Span | None:
    if base.unit != "year":
        return None
    year, name = base.start.year, match["part"]
    if setting.conventions.seasons == "solar":
        first, last = w.SOLAR_SEASONS[name]
        return days(date(year, *first), date(year + (last < first), *last), "season")
    start = datetime(year, w.SEASONS[name], 1)
    return Span(start, plus(start, ((3, "month"),)), "season")


def _month(match: re.Match[str], base: Span, setting: Setting) -> Span | None:
    written = match["month"]
    month = int(written) if written.isdigit() else lexicon.SINO_MONTHS[f"{written}월"]
    if base.unit not in ("year", "half", "quarter", "season") or not 1 <= month <= 12:
        return None
    return _inside(around(datetime(base.start.year, month, 1), "month"), base)


def _inside(span: Span | None, base: Span) -> Span | None:
    return span if span and base.start <= span.start < base.end else None


# Days.


def _date(year: int, month: int, day: int) -> Span | None:
    try:
        return of_day(datetime(year, month, day))
    except ValueError:
        return None


def _full_date(match: re.Match[str], base: Span | None, setting: Setting) -> Span | None:
    if base is not None:
        return None
    return _date(_century(match["year"]), int(match["month"]), int(match["day"]))


def _iso_month(match: re.Match[str], base: Span | None, setting: Setting) -> Span | None:
    return (
        around(datetime(int(match["year"]), int(match["month"]), 1), "month") if not base else None
    )


def _month_and_day(match: re.Match[str], base: Span, setting: Setting) -> Span | None:
    if base.unit != "year":
        return None
    return _on_weekday(_date(base.start.year, int(match["month"]), int(match["day"])), match)


def _on_weekday(span: Span | None, match: re.Match[str]) -> Span | None:
    """Return a day unless a weekday behind it (`20일 금요일`) says that it is another."""
    if span is None or "weekday" not in match.re.groupindex:
        return span
    return span if span.start.weekday() == lexicon.WEEKDAY_INDEX[match["weekday"]] else None


def _monthday(match: re.Match[str], base: Span, setting: Setting) -> Span | None:
    written = match["day"]
    day = w.NAMED_MONTHDAYS.get(written) or int(number(written))
    if base.unit not in ("month", "third"):
        return None
    if day < 0:
        return nth_of(base, -1, lambda _: True)
    return _on_weekday(_inside(_date(base.start.year, base.start.month, day), base), match)


def _weekday(match: re.Match[str], base: Span, setting: Setting) -> Span | None:
    weekday = lexicon.WEEKDAY_INDEX[match["weekday"]]
    if base.unit == "day":
        turns = "turn" in match.re.groupindex and match["turn"] is not None
        another = _is_listed(match) and base.start.weekday() != weekday
        return None if turns or another else base
    if base.unit == "days" and base.end - base.start <= timedelta(weeks=1):
        return nth_weekday(base, 1, weekday)
    if base.unit != "week":
        return None
    return of_day(base.start + timedelta(days=weekday))


def _several_weekdays(match: re.Match[str], base: Span | None, setting: Setting) -> Span | None:
    """`다음 주 월~금`, `월~금요일`, `이번 주 토일`: days that follow each other."""
    numbers = [lexicon.WEEKDAY_INDEX[n] for n in match["days"] if n in lexicon.WEEKDAY_INDEX]
    first, last = numbers[0], numbers[-1]
    listed = not {*match["days"]} & {"~", "-"}
    if first >= last or (listed and numbers != list(range(first, last + 1))):
        return None
    if base is None and (match["full"] == "" or listed):
        return None
    week = base or around(setting.now, "week")
    return _weekdays(week, first, last) if week.unit == "week" else None


def _weekend(match: re.Match[str], base: Span, setting: Setting) -> Span | None:
    if base.unit != "week":
        return None
    monday = base.start
    if setting.conventions.weekend == "friday-evening":
        return Span(monday + timedelta(days=4, hours=18), base.end, "part")
    return Span(monday + timedelta(days=5), base.end, "days")


def _part_of_week(match: re.Match[str], base: Span, setting: Setting) -> Span | None:
    if base.unit != "week":
        return None
    return _weekdays(base, *lexicon.WEEK_PARTS[match["part"]])


def _weekdays(week: Span, first: int, last: int) -> Span:
    """Return some days of a week, from one weekday to another."""
    monday = week.start.date()
    return days(monday + timedelta(days=first), monday + timedelta(days=last))


def _working_week(match: re.Match[str], base: Span, setting: Setting) -> Span | None:
    return _weekdays(base, 0, 4) if base.unit == "week" else None


def _feast(match: re.Match[str], base: Span, setting: Setting) -> Span | None:
    if base.unit != "year":
        return None
    name, year = match["name"], base.start.year
    if name in w.FEASTS:
        return _date(year, *w.FEASTS[name])
    found = named_day(lexicon.HOLIDAYS.get(name) or w.FEAST_NAMES[name], year)
    if found is None:
        return None
    return days(*found, "day" if found[0] == found[1] else "days")


def _lunar(match: re.Match[str], base: Span, setting: Setting) -> Span | None:
    written = match["day"]
    day = w.NAMED_MONTHDAYS.get(written) or (15 if "보름" in written else int(number(written)))
    if base.unit != "year":
        return None
    month = 1 if match["month"] in (None, "정") else int(match["month"])
    found = lunar_day(base.start.year, month, day)
    return days(found, found, "day") if found else None


# The nth of something, and the edges of months, years and weeks.

_COARSE = ("year", "half", "quarter", "month")


def _ordinal(written: str) -> int:
    return w.ORDINAL_STEMS.get(written) or int(written.strip("제번째"))


def _nth_weekday(match: re.Match[str], base: Span, setting: Setting) -> Span | None:
    weekday = lexicon.WEEKDAY_INDEX[match["weekday"]]
    if base.unit not in _COARSE:
        return None
    nth = _ordinal(match["nth"])
    if match["week"] and setting.conventions.weeks == "rows":
        return nth_weekday(_row(base, nth), 1, weekday)
    if match["week"] and setting.conventions.weeks == "whole":
        week = _whole_week(base, nth)
        return week and nth_weekday(week, 1, weekday)
    return nth_weekday(base, nth, weekday)


def _nth_unit(match: re.Match[str], base: Span, setting: Setting) -> Span | None:
    nth, what = _ordinal(match["nth"]), match["what"]
    if what == "날" and base.unit in (*_COARSE, "season", "week", "days"):
        return nth_of(base, nth, lambda _: True)
    if base.unit not in (*_COARSE, "week"):
        return None
    if what in ("영업일", "근무일", "평일"):
        return nth_of(base, nth, is_workday)
    if what in ("달", "월"):
        units = [neighbour(around(base.start, "month"), n) for n in range(12)]
        inside = [u for u in units if u.end <= base.end]
        return inside[nth - 1 if nth > 0 else nth] if abs(nth) <= len(inside) else None
    if base.unit == "week":
        return None
    if what == "주말":
        saturday = nth_weekday(base, nth, _SATURDAY)
        return (
            Span(saturday.start, saturday.start + timedelta(days=2), "days") if saturday else None
        )
    if setting.conventions.weeks == "rows":
        return _row(base, nth)
    if setting.conventions.weeks == "whole":
        return _whole_week(base, nth)
    thursday = nth_weekday(base, nth, _THURSDAY)  # ISO 8601: a week's Thursday
    if thursday is None and 0 < nth <= 6:
        first = nth_weekday(base, 1, _THURSDAY)
        thursday = first and neighbour(around(first.start, "day"), 7 * (nth - 1))
    return around(thursday.start, "week") if thursday else None


_THURSDAY, _SATURDAY, _SUNDAY = 3, 5, 6


def _row(base: Span, nth: int) -> Span:
    """Return a row of the month as wall calendars print it: the first holds the 1st."""
    edge = around(base.start if nth > 0 else base.end - timedelta(days=1), "week")
    return neighbour(edge, nth - 1 if nth > 0 else nth + 1)


def _whole_week(base: Span, nth: int) -> Span | None:
    """Return the nth of the weeks that lie in a span from Monday to Sunday."""
    inside = Span(base.start + timedelta(days=6), base.end, base.unit)
    sunday = nth_weekday(inside, nth, _SUNDAY)
    return sunday and around(sunday.start, "week")


_THIRDS = {
    "초순": 0, "상순": 0, "초반": 0, "초": 0, "중순": 1, "중반": 1, "하순": 2, "후반": 2, "말": 2, "말경": 2,
}  # fmt: skip


def _edge(match: re.Match[str], base: Span, setting: Setting) -> Span | None:
    """`5월 말`, `올해 초`, `작년 말`, `2월 말일`: thirds of a month, first or last month of a year."""
    part = match["part"]
    if part == "말일":
        return nth_of(base, -1, lambda _: True) if base.unit in _COARSE else None
    third = _THIRDS[part]
    if base.unit == "month":
        first = base.start + timedelta(days=10 * third)
        return Span(first, base.end if third == 2 else first + timedelta(days=10), "third")
    if base.unit == "year":
        month = (1, 6, 12)[third]
        return around(datetime(base.start.year, month, 1), "month")
    if base.unit in ("quarter", "half") and third != 1:
        return around(base.start if third == 0 else base.end - timedelta(days=1), "month")
    if base.unit == "week" and part in _WEEK_EDGES:
        return _weekdays(base, *lexicon.WEEK_PARTS[_WEEK_EDGES[part]])
    return _weekend(match, base, setting) if base.unit == "week" and part == "말" else None


_WEEK_EDGES = {"초": "초", "초반": "초", "중반": "중"}


def _named_edge(match: re.Match[str], base: Span, setting: Setting) -> Span | None:
    unit: Unit = "year" if match["unit"] in "연년" else "month"
    return _edge(match, base, setting) if base.unit == unit else None


# Clocks and parts of the day.


def _is_bare(match: re.Match[str], hour: int, rule: str) -> bool:
    """Tell whether an hour of the twelve stands without a part of the day: `3시`, not `15:00`.

    Where the `next` such hour is meant, that of a clock's digits is bare too: `3:00`.
    """
    groups = match.groupdict()
    told = groups.get("meridiem") or groups.get("ampm") or groups.get("noon")
    return not told and (rule == "next" or not groups.get("hour24")) and 1 <= hour <= _NOON


_NOON = 12


def _hours(groups: dict[str, str | None]) -> tuple[int, int, int] | None:
    if (noon := groups.get("noon")) is not None:
        return (12, 0, 0) if noon in ("정오", "낮 열두시") else (24, 0, 0)
    written = groups.get("hour") or groups.get("hour24") or "0"
    hour = int(number(written))
    minutes = groups.get("minutes") or groups.get("minute24")
    minute = int(number(minutes)) if minutes else 30 if groups.get("half") else 0
    seconds = groups.get("seconds") or groups.get("second24")
    second = int(number(seconds)) if seconds else 0
    part = groups.get("meridiem") or groups.get("ampm")
    hour = _by_part(hour, _AMPM.get(part[0].lower(), part) if part else None)
    return (hour, minute, second) if minute < 60 and second < 60 else None


_AMPM = {"a": "오전", "p": "오후"}
_NIGHTS = ("밤", "한밤", "심야")
_NOONS = ("낮", "한낮", "점심")
_EVENINGS = ("오후", "저녁", "초저녁")


def _by_part(hour: int, part: str | None) -> int:
    """Return the hour of the day that a part of the day tells; nights go on to the next day."""
    if part in _NIGHTS:
        return 24 + hour % 12 if hour == 12 or hour <= 4 else hour % 12 + 12
    if (part in _EVENINGS and hour < 12) or (part in _NOONS and hour < 10):
        return hour + 12
    return 0 if hour == 12 and part in ("오전", "새벽", "아침") else hour


def _clock(match: re.Match[str], base: Span, setting: Setting) -> Span | None:
    fine = match.groupdict()
    if base.unit not in ("day", "part") or (told := _hours(fine)) is None:
        return None
    hour, minute, second = told
    if fine.get("noon") == "자정" and setting.conventions.midnight == "start":
        hour = 0
    unit: Unit = (
        "second" if fine.get("seconds") or fine.get("second24")
        else "minute" if minute or fine.get("minute24") else "hour"
    )  # fmt: skip
    start = midnight(base.start.date()) + timedelta(hours=hour, minutes=minute, seconds=second)
    if fine.get("less"):
        start -= timedelta(minutes=number(fine["less"]))
        unit = "minute"
    if base.unit == "part" and start < base.start and start + timedelta(hours=12) < base.end:
        start += timedelta(hours=12)
    near = setting.near
    later = start + timedelta(hours=12)
    if near is not None and near.unit in CLOCK_UNITS and not fine.get("meridiem"):
        if start <= near.start < later and hour < _NOON and later.date() == near.start.date():
            start = later
    elif (
        base.unit == "day"
        and (rule := setting.conventions.hours) != "24"
        and _is_bare(match, hour, rule)
    ):
        start = _by_daylight(start, hour, setting)
    return Span(start, around(start, unit).end, unit)


def _by_daylight(start: datetime, hour: int, setting: Setting) -> datetime:
    """Place a bare hour: today the next such hour, on other days as the conventions say."""
    if hour == _NOON:
        start -= timedelta(hours=_NOON)
    today = midnight(setting.now.date())
    if midnight(start.date()) == today:
        return next(
            (t for n in (0, 12, 24) if (t := start + timedelta(hours=n)) >= setting.now), start
        )
    if setting.conventions.hours == "next":
        return start + timedelta(hours=_NOON) if hour == _NOON else start
    return start if _DAYLIGHT <= hour < _NOON else start + timedelta(hours=_NOON)


_DAYLIGHT = 7


def _day_part(match: re.Match[str], base: Span, setting: Setting) -> Span | None:
    if base.unit != "day":
        return None
    first, last = setting.conventions.day_parts[match["part"]]
    return Span(base.start + timedelta(hours=first), base.start + timedelta(hours=last), "part")


# Lengths: they move what stands before them, or stretch from it.


def _now(match: re.Match[str], base: Span | None, setting: Setting) -> Span | None:
    return around(setting.now, "second") if base is None else None


def _offset(match: re.Match[str], base: Span | None, setting: Setting) -> Span | None:
    sign = -1 if match["way"].startswith(("전", "이전", "앞")) else 1
    if setting.conventions.offsets == "finer" and base is None and setting.near is None:
        length = amount(match["amount"])
        finest = length[-1][1]
        there = plus(setting.now, length, sign)
        return around(there, _FINER.get(finest, finest))._replace(within=_LOOKED_IN.get(finest))
    return moved(base or setting.near, setting.now, amount(match["amount"]), sign)


_FINER: dict[Unit, Unit] = {
    "year": "month", "quarter": "month", "month": "day", "week": "day", "day": "hour", "hour": "minute",
    "minute": "second",
}  # fmt: skip
_LOOKED_IN: dict[Unit, Unit] = {"year": "year", "month": "month", "week": "week", "day": "day"}
"""In which unit what stands behind an offset is looked for."""


def _about(match: re.Match[str], base: Span | None, setting: Setting) -> Span | None:
    """`2~3일 뒤`, `두세 시간 전`, `사나흘 후`: from the lesser to the greater."""
    written = match["word"] or match["numbers"]
    low, high = _ABOUT.get(written) or map(int, re.split("[~-]", written))
    unit = w.UNITS[match["unit"] or "일"][1]
    sign = -1 if match["way"].endswith("전") else 1
    ends = [moved(base or setting.near, setting.now, ((n, unit),), sign) for n in (low, high)]
    first, last = ends[::sign]
    if first.unit in CLOCK_UNITS:
        return Span(first.start, last.start, "part")
    return Span(first.start, last.end, "days") if low < high else None


_ABOUT = w.ABOUT | w.ABOUT_DAYS


def _same(match: re.Match[str], base: Span | None, setting: Setting) -> Span | None:
    """`1년 전 오늘`, `내년 이맘때`: the day of today; `일주일 뒤 이 시간`, `내일 이맘때`: the time of now."""
    now = setting.now
    if base is None:
        return None
    clock = match["clock"]
    of_day = clock != "이맘때" or base.within not in ("year", "month")
    day = base if base.unit == "day" and clock is not None and of_day else None
    if day is None and (day := _same_day(base.holder(), now)) is None:
        return None
    if clock is None or (clock == "이맘때" and day is not base):
        return day
    return around(datetime.combine(day.start.date(), now.time()), "minute")


def _same_day(holder: Span, now: datetime) -> Span | None:
    """Return the day of a week, month or year that is what today is of its own."""
    if holder.unit == "week":
        return neighbour(around(holder.start, "day"), now.weekday())
    if holder.unit not in ("year", "month"):
        return None
    month = now.month if holder.unit == "year" else holder.start.month
    return _date(holder.start.year, month, now.day)


def _same_month(match: re.Match[str], base: Span | None, setting: Setting) -> Span | None:
    """`작년 동월`: the month of a year that it is now."""
    if base is None or base.unit != "year":
        return None
    return around(datetime(base.start.year, setting.now.month, 1), "month")


def _era(match: re.Match[str], base: Span | None, setting: Setting) -> Span | None:
    """`1990년대`, `21세기`."""
    if base is not None:
        return None
    if match["century"] is not None:
        last = int(match["century"]) * 100
        return days(date(last - 99, 1, 1), date(last, 12, 31))
    first = _century(match["decade"])
    return days(date(first, 1, 1), date(first + 9, 12, 31))


_BACK = ("전", "이전", "직전", "지난")


def _workdays(match: re.Match[str], base: Span | None, setting: Setting) -> Span | None:
    """`3영업일 뒤`, `영업일 기준 3일 이내`, `추석 다음 영업일`."""
    back = match["way"] in _BACK
    step = timedelta(days=-1 if back else 1)
    edge = setting.now
    if base is not None:
        edge = base.start if back else base.end - timedelta(days=1)
    first = day = edge.date()
    told = match.groupdict()
    written = told.get("n")
    left = int(number(written)) if written else w.DAY_COUNTS.get(told.get("days") or "", 1)
    while left:
        day += step
        left -= is_workday(day)
    if match["way"] in ("이내", "안", "내"):
        return days(first, day)
    return days(day, day, "day")


def _window(match: re.Match[str], base: Span | None, setting: Setting) -> Span | None:
    if base is not None:
        return None
    sign = 1 if match["ahead"] else -1
    return _stretch(None, amount(match["amount"]), setting, sign, windowed=True)


def _stretch(
    base: Span | None, length: Amount, setting: Setting, sign: int, *, windowed: bool = False
) -> Span | None:
    if all(unit in CLOCK_UNITS for _, unit in length) or (base and base.unit in CLOCK_UNITS):
        origin = base.start if base else setting.now
        other = plus(origin, length, sign)
        return Span(min(origin, other), max(origin, other), "part")
    today = around(base.start if base else setting.now, "day")
    rule = setting.conventions.window if base is None and windowed else "rolling"
    if rule == "before-today" and sign < 0:
        return Span(plus(today.start, length, -1), today.start, "days")
    if rule == "whole":
        unit = length[-1][1]
        here = around(setting.now, unit)
        origin = here.end if sign > 0 else here.start
        other = plus(origin, length, sign)
        return Span(min(origin, other), max(origin, other), "days")
    if sign > 0:
        return Span(today.start, plus(today.start, length), "days")
    return Span(plus(today.start, length, -1), today.end, "days")


def _length(match: re.Match[str], base: Span | None, setting: Setting) -> Span | None:
    """`3일 뒤` moves; `2주 이내` and `사흘 동안` stretch from now, or from what stands before."""
    if match["way"] is not None:
        of_month = (
            base is not None and base.unit == "month" and _MONTHDAY.fullmatch(match["amount"])
        )
        return None if of_month else _offset(match, base, setting)
    if match["during"] is not None and base is not None and base.unit not in _STRETCHED:
        return None
    return _stretch(base, amount(match["amount"]), setting, 1)


_MONTHDAY = re.compile(r"\d{1,2}\s?일")
"""What is a day of the month before it, no length: `다음 달 10일 이후`."""
_STRETCHED = ("day", "days", *CLOCK_UNITS)
"""What a length behind it stretches without 부터; `5월 사흘 동안` are some days of May."""


def _lasting(match: re.Match[str], base: Span | None, setting: Setting) -> Span | None:
    """`2018년부터 3년간`, `지금부터 두 시간`."""
    return _stretch(base, amount(match["amount"]), setting, 1)


def _whole(match: re.Match[str], base: Span | None, setting: Setting) -> Span | None:
    """`올 한 해`, `5월 한 달`: all of what stands before it."""
    return base if base is not None and base.unit == w.UNITS[match["unit"]][1] else None


_TURN = rf"(?:(?P<turn>{trie(t for t in w.TURNS if len(t) > 1 or t in _BESIDE_ONLY)})\s?|)"
_ORD = rf"(?P<nth>{trie(w.ORDINAL_STEMS)}|제?[1-9](?:번?째|))"
_MONTHS = trie(word.removesuffix("월") for word in lexicon.SINO_MONTHS)
_ON = r"(?:\(\s?)?(?P<weekday>[월화수목금토일])(?:요일|욜|(?<=\(.)(?=\)))\)?\.?"
_MER = rf"(?:(?P<meridiem>{trie(w.DAY_PARTS)}|[ap]\.?m\.?)\s?|)"
_NATIVE_HOURS = trie(word for word, n in w.NATIVE.items() if n <= 12)
_OVER = r"(?![가-힣])|(?=에|의|은|는|이[다었라]|까지|부터|으?로|쯤|경|도|과|와|[가나](?![가-힣]))"


_WORKDAY = "(?:영업일|근무일)"
_WORKDAY_WAYS = "뒤|후|이후|전|이전|이내|안|내"
_LENGTH_ROW = (
    rf"(?:(?:약|딱|대략|거의|앞으로|한(?=\s))\s?|)(?P<amount>{AMOUNT})\s?(?:(?:정도|쯤|가량)\s?|)"
    r"(?:(?P<way>있다가|지나서|지난\s?[뒤후]|이후|뒤|후|이전|전|앞)|이내|안|내(?!내)|(?P<during>동안|내내|간))"
    rf"(?:{_OVER})"
)


class Head(Enum):
    """What a piece may begin with: a digit (or an apostrophe), anything else, either."""

    NUMBER = 0
    WORD = 1
    EITHER = 2


NUMBER, WORD, EITHER = Head


def _rows() -> Iterable[tuple[Head, str, Produce]]:
    """The pieces, the most telling first: (its head, pattern, what it does)."""
    yield (
        NUMBER,
        r"(?P<year>\d{4})\s?(?P<sep>[-./])\s?(?P<month>\d{1,2})\s?(?P=sep)\s?(?P<day>\d{1,2})(?!\d)(?:일|\.(?!\d))?(?:T(?=\d))?",
        _full_date,
    )
    yield NUMBER, r"(?P<year>\d{4})년\s?(?P<month>\d{1,2})월\s?(?P<day>\d{1,2})일", _full_date
    yield (
        NUMBER,
        r"'?(?P<year>\d\d)\.\s?(?P<month>\d{1,2})\.\s?(?P<day>\d{1,2})(?![\d%])\.?",
        _full_date,
    )
    yield NUMBER, r"(?P<year>(?:19|20)\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)(?!\d)", _full_date
    yield NUMBER, r"(?P<year>(?:19|20)\d\d)[-.](?P<month>0[1-9]|1[0-2])(?![\d-])", _iso_month
    yield (
        NUMBER,
        rf"(?P<month>\d{{1,2}})월\s?(?P<day>\d{{1,2}})일\s?{_ON}",
        cyclic("year", _month_and_day),
    )
    yield NUMBER, r"(?P<month>\d{1,2})월\s?(?P<day>\d{1,2})일(?!간)", cyclic("year", _month_and_day)
    yield (
        NUMBER,
        r"(?P<month>\d{1,2})월\s?(?P<day>\d{1,2})(?=\s?[~-]\s?\d{1,2}일)",
        cyclic("year", _month_and_day),
    )
    yield NUMBER, rf"(?P<day>\d{{1,2}})일\s?{_ON}", cyclic("month", _monthday)
    yield (
        NUMBER,
        r"(?P<month>1[0-2]|0?[1-9])/(?P<day>[12]\d|3[01]|0?[1-9])(?![/\d]|\s?분기)",
        cyclic("year", _month_and_day),
    )
    yield (
        NUMBER,
        r"(?P<month>1[0-2]|0?[1-9])\.\s?(?P<day>[12]\d|3[01]|0?[1-9])(?:\.(?!\d)|(?=\s?\([월화수목금토일]))",
        cyclic("year", _month_and_day),
    )
    yield (
        NUMBER,
        r"(?P<month>1[0-2]|0[1-9])-(?P<day>[12]\d|3[01]|0[1-9])(?![-\d])",
        cyclic("year", _month_and_day),
    )
    yield (
        WORD,
        rf"(?:음력\s?(?P<month>\d{{1,2}}|정)|정)월\s?(?P<day>\d{{1,2}}(?=일)|대?보름|{trie(w.NAMED_MONTHDAYS)})일?",
        cyclic("year", _lunar),
    )
    # Lengths before numbers with the same units.
    yield EITHER, rf"(?P<n>{_N})\s?{_WORKDAY}\s?(?P<way>{_WORKDAY_WAYS})", _workdays
    yield (
        WORD,
        rf"{_WORKDAY}\s?(?:기준|)(?:으?로|)\s?(?:(?P<n>{_N})일|(?P<days>{trie(w.DAY_COUNTS)}))\s?(?P<way>{_WORKDAY_WAYS})",
        _workdays,
    )
    yield WORD, rf"(?P<way>그?다음|익|{trie(_BACK)})\s?{_WORKDAY}", _workdays
    yield (
        WORD,
        r"(?P<turn>오는|돌아오는|다가오는|지난)\s?(?P<month>\d{1,2})월\s?(?P<day>\d{1,2})일(?!간)",
        cyclic("year", _month_and_day),
    )
    yield (
        WORD,
        r"(?P<turn>오는|돌아오는|다가오는)\s?(?P<day>\d{1,2})일(?!간|\s?동안)",
        cyclic("month", _monthday),
    )
    yield (
        EITHER,
        (
            rf"(?:(?P<word>{trie(w.ABOUT_DAYS)})|(?P<numbers>\d{{1,3}}[~-]\d{{1,3}}|{trie(w.ABOUT)})\s?(?P<unit>{_UNIT}))"
            rf"\s?(?:정도\s?|쯤\s?|)(?P<way>이후|뒤|후|이전|전)(?:{_OVER})"
        ),
        _about,
    )
    yield EITHER, _LENGTH_ROW, _length
    yield (
        WORD,
        rf"(?:{trie(w.BACKWARD)}|(?P<ahead>{trie(w.FORWARD)}))\s?(?P<amount>{AMOUNT})(?:\s?(?:동안|간|이내|내|안|사이))?",
        _window,
    )
    yield WORD, r"한\s?(?P<unit>해|달|주)(?:\s?(?:동안|내내|간)|)", _whole
    # Years and their parts.
    yield NUMBER, r"(?P<decade>(?:19|20)?\d0)\s?년대|(?P<century>[12]\d)세기(?!\s?[전후뒤])", _era
    yield EITHER, r"(?:(?:오는|지난)\s|)(?P<year>\d{4})(?:\s?년도?|(?=\s?[~-]\s?\d{4}\s?년))", _year
    yield NUMBER, r"'(?P<year>\d\d)\s?년?(?!\d)", _year
    yield NUMBER, r"(?P<year>\d\d)년(?=\s?(?:\d{1,2}월|[상하]반기|\d분기|[가-힣]{1,2}월|$))", _year
    yield WORD, rf"(?P<year>이천{_SINO}?|이천|천구백{_SINO})\s?년도?", _year
    yield WORD, trie(w.RELATIVE_YEARS), _relative(w.RELATIVE_YEARS, "year")
    yield WORD, rf"{_TURN}(?P<part>[상하전후])반기", _part_of_year("half", lexicon.HALVES)
    yield (
        EITHER,
        rf"{_TURN}(?:제)?(?P<part>[1-4일이삼사ⅠⅡⅢⅣ])\s?(?:/\s?4|사)?\s?분기",
        _part_of_year("quarter", _QUARTERS),
    )
    yield WORD, rf"{_TURN}(?P<part>[봄]|여름|가을|겨울)철?", cyclic("year", _season)
    # Parts of weeks, weekdays, ordinals, before the units that turn.
    yield (
        EITHER,
        rf"{_ORD}\s?(?P<week>주\s?)?(?P<weekday>[월화수목금토일])요일",
        cyclic("month", _nth_weekday, current=True),
    )
    yield WORD, rf"{_TURN}주말", cyclic("week", _weekend, current=True)
    yield (
        WORD,
        rf"{_TURN}주(?P<part>[초중])(?![가-힣])",
        cyclic("week", _part_of_week, current=True),
    )
    yield WORD, rf"{_TURN}평일", cyclic("week", _working_week, current=True)
    yield WORD, rf"{_TURN}(?P<weekday>[월화수목금토일])(?:요일|욜)", cyclic("week", _weekday)
    yield WORD, r"\(\s?(?P<weekday>[월화수목금토일])(?:요일)?\s?\)\.?", _needs_base(_weekday)
    yield (
        WORD,
        r"(?P<days>[월화수목금토일](?:\s?[~-]\s?[월화수목금토일]|(?:(?:[·,]\s?|)[월화수목금토일]){1,4}))(?P<full>요일|)(?![가-힣])",
        _several_weekdays,
    )
    yield (
        EITHER,
        rf"{_ORD}\s?(?P<what>주차|주말|주(?![일간년])|날|달|영업일|근무일|평일)(?!\s?(?:뒤|후|전|이내|동안))",
        cyclic("month", _nth_unit, current=True),
    )
    yield (
        WORD,
        rf"(?P<turn>{trie(t for t in w.TURNS if t not in _BESIDE_ONLY)})\s?(?:한\s|)(?P<what>주(?!년|[ ]?요일)|달|월|분기|반기|해|년)",
        _turned_unit,
    )
    yield (
        WORD,
        (
            rf"(?P<turn>{trie(_BESIDE_ONLY)})\s?(?P<what>주)"
            r"(?:(?=\s?(?:[월화수목금토일]요|까지|부터|동안|$))|(?<=\s주)(?=에|\W))"
        ),
        _turned_unit,
    )
    yield WORD, trie(lexicon.RELATIVE_MONTHS), _relative(lexicon.RELATIVE_MONTHS, "month")
    yield WORD, trie(lexicon.RELATIVE_WEEKS), _relative(lexicon.RELATIVE_WEEKS, "week")
    # Months, days, feasts.
    yield (
        EITHER,
        rf"{_TURN}(?P<month>1[0-2]|0?[1-9])(?:\s?월(?!요|드)달?|(?=\s?[~-]\s?\d{{1,2}}월))",
        cyclic("year", _month),
    )
    yield WORD, rf"{_TURN}(?P<month>{_MONTHS})월(?!요|드|급|세)달?", cyclic("year", _month)
    yield (
        EITHER,
        rf"{_TURN}(?P<name>{trie((*lexicon.HOLIDAYS, *w.FEASTS, *w.FEAST_NAMES))})",
        cyclic("year", _feast),
    )
    yield WORD, r"동월|같은 달", _same_month
    yield WORD, r"(?P<clock>이 ?시[간각]|같은 시[간각]|이맘때)|오늘|같은 날", _same
    yield WORD, trie(w.RELATIVE_DAYS), _relative(w.RELATIVE_DAYS, "day")
    yield WORD, rf"(?:바로\s|)(?P<beside>{trie(w.DAYS_BESIDE)})", _day_beside
    yield (
        WORD,
        r"어젯(?=밤)|간(?=밤)|엊(?=저녁)",
        _relative({"어젯": -1, "간": -1, "엊": -1}, "day"),
    )
    yield (
        EITHER,
        rf"(?P<day>(?:3[01]|[12]\d|0?[1-9])(?=\s?일)|{_SINO}(?=일))\s?일(?!간|차|째|씩|본|요)날?",
        cyclic("month", _monthday),
    )
    yield NUMBER, r"(?P<day>\d{1,2})(?=\s?[~-]\s?\d{1,2}일(?!간))", cyclic("month", _monthday)
    yield WORD, rf"(?P<day>{trie(w.NAMED_MONTHDAYS)})", cyclic("month", _monthday, current=True)
    yield WORD, r"(?P<unit>[연년])(?P<part>말|초)", cyclic("year", _named_edge, current=True)
    yield WORD, r"(?P<unit>월)(?P<part>말|초)", cyclic("month", _named_edge, current=True)
    yield WORD, rf"(?P<part>{trie((*_THIRDS, '말일'))})", _needs_base(_edge)
    # Clocks.
    yield (
        EITHER,
        rf"{_MER}(?P<hour>2[0-4]|[01]?\d|{_NATIVE_HOURS})\s?시\s?(?P<less>[0-5]?\d|{_SINO})\s?분\s?전(?:{_OVER})",
        cyclic("day", _clock),
    )
    yield (
        EITHER,
        rf"{_MER}(?P<hour24>2[0-4]|[01]?\d):(?P<minute24>[0-5]\d)(?::(?P<second24>[0-5]\d)(?:\.\d+)?)?\s?(?P<ampm>[ap]\.?m\.?)?(?!\d)",
        cyclic("day", _clock),
    )
    yield (
        EITHER,
        rf"{_MER}(?P<hour>2[0-4]|[01]?\d|{_NATIVE_HOURS})(?:\s?시(?!간)|(?=\s?[~-]\s?\d{{1,2}}\s?시(?!간)))(?:\s?정각|\s?(?:(?P<minutes>[0-5]?\d|{_SINO})\s?분(?:\s?(?P<seconds>[0-5]?\d|{_SINO})\s?초)?|(?P<half>반)))?",
        cyclic("day", _clock),
    )
    yield NUMBER, r"(?P<hour>1[0-2]|0?[1-9])\s?(?P<ampm>[ap]\.?m\.?)", cyclic("day", _clock)
    yield WORD, r"(?P<noon>정오|자정)", cyclic("day", _clock)
    yield (
        WORD,
        rf"{_TURN}(?P<part>{trie(w.DAY_PARTS)})(?:\s?시간(?![대\s]))?",
        cyclic("day", _day_part),
    )
    yield WORD, trie(w.NOW_WORDS), _now


_QUARTERS = {**lexicon.ROMAN_QUARTERS, **{c: n for n, c in enumerate("일이삼사", 1)}}


def _needs_base(build: Callable[[re.Match[str], Span, Setting], Span | None]) -> Produce:
    def produce(match: re.Match[str], base: Span | None, setting: Setting) -> Span | None:
        return build(match, base.holder(), setting) if base is not None else None

    return produce


def _piece(pattern: str, produce: Produce) -> Piece:
    return Piece(re.compile(pattern, re.IGNORECASE), produce)


AFTER_FROM = (
    _piece(rf"(?P<n>{_N})\s?{_WORKDAY}\s?(?P<way>{_WORKDAY_WAYS})", _workdays),
    _piece(rf"(?P<amount>{AMOUNT})\s?(?:동안|내내|간)(?:{_OVER})", _lasting),
    _piece(_LENGTH_ROW, _length),
    _piece(rf"(?P<amount>{AMOUNT})(?:(?<=주일)|(?<!일))(?=\s*$|\s?동안)", _lasting),
)
"""Lengths, before which 부터 and 에서 are no range."""
_GROUP_NAMES = re.compile(r"\(\?P<\w+>")


def _first(rows: Sequence[tuple[Head, str, Produce]], head: Head) -> First:
    """Return one pattern of the pieces that may begin so, an empty group behind each."""
    numbers = [n for n, row in enumerate(rows) if row[0] in (head, Head.EITHER)]
    nameless = (_GROUP_NAMES.sub("(?:", rows[n][1]).replace("(?P=sep)", "[-./]") for n in numbers)
    pattern = "|".join(f"(?:{pattern})()" for pattern in nameless)
    return re.compile(pattern, re.IGNORECASE), [PIECES[n:] for n in numbers]


First = tuple[re.Pattern[str], list[tuple[Piece, ...]]]
_ROWS = tuple(_rows())
PIECES = tuple(_piece(pattern, produce) for _, pattern, produce in _ROWS)
_NUMBERS, _WORDS = _first(_ROWS, Head.NUMBER), _first(_ROWS, Head.WORD)


def pieces_at(text: str, at: int) -> tuple[Piece, ...]:
    """Return the pieces from the first on whose pattern matches at an offset."""
    pattern, pieces = _NUMBERS if text[at].isdigit() or text[at] == "'" else _WORDS
    found = pattern.match(text, at)
    return pieces[(found.lastindex or 1) - 1] if found else ()
