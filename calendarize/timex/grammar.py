"""Text → expressions: where time is written and what the words say.

`expressions` makes one pass from left to right. At each place where a scan finds a point, the
point is completed (weekday, part of the month, clock time) and composed (ranges, lists, open
ends, rules) by looking only at the characters right behind it. What only looks like a date is
consumed as noise. Nothing here knows the report's date, its tables or its headings.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from calendarize.timex import patterns as p
from calendarize.timex.lexicon import (
    HALVES,
    HOLIDAYS,
    LUNAR_DAYS,
    MERIDIEM,
    PART_WORDS,
    RELATIVE_DAYS,
    RELATIVE_MONTHS,
    RELATIVE_TURNS,
    RELATIVE_WEEKS,
    RELATIVE_YEARS,
    ROMAN_QUARTERS,
    SAME,
    SINO_DIGITS,
    SINO_MONTHS,
    SINO_UNITS,
    WEEKDAY_INDEX,
)
from calendarize.timex.lookalikes import (
    exists,
    is_bare_year,
    is_in_brackets,
    is_length,
    is_lone_day,
    is_lone_week,
    is_weak,
)
from calendarize.timex.partial import (
    Count,
    Direction,
    Expression,
    Form,
    Hours,
    Partial,
    Shift,
    Unit,
)
from calendarize.timex.recurrence import FREQUENCIES, ONCE_PER, ORDINALS, NthWeekday, Rule

_POINT_SHAPES = p.shape_names(p.POINT)
_SCANS = (
    (p.SCAN_DIGITS, p.shape_names(p.SCAN_DIGITS)),
    (p.SCAN_WORDS, p.shape_names(p.SCAN_WORDS)),
)
_DIRECTIONS: dict[str, Direction] = {"오는": "future", "지난": "past"}
_FINER: dict[str, Unit] = {"year": "month", "month": "day"}


def _year(written: str) -> int:
    """Read a year: `2021`, `'21`, `21`, `2 0 2 1`.

    Two digits mean 1960 to 2059, without an apostrophe, as in days of birth, 1940 to 2039.
    """
    number = int(written.replace("'", "").replace(" ", ""))
    first = 60 if "'" in written else 40
    return number if number > 99 else number + (1900 if number >= first else 2000)


def sino_number(written: str) -> int:
    """Read a Sino-Korean numeral: `이천이십일` → 2021, `십오` → 15."""
    total = digit = 0
    for char in written.replace(" ", ""):
        if char in SINO_DIGITS:
            digit = SINO_DIGITS[char]
        else:
            total += (digit or 1) * SINO_UNITS[char]
            digit = 0
    return total + digit


# One production per shape: the groups of the shape → the partials that it names.

Groups = tuple[str | None, ...]


def _ymd(g: Groups) -> Partial:
    day = int((g[2] or "").replace(" ", ""))
    return Partial("day", year=_year(g[0]) if g[0] else None, month=int(g[1] or 0), day=day)


def _spaced(g: Groups) -> Partial:
    year, month = _year(g[0] or ""), int((g[1] or "").replace(" ", ""))
    if g[2] is None:
        return Partial("month", year=year, month=month)
    return Partial("day", year=year, month=month, day=int(g[2].replace(" ", "")))


def _half(g: Groups) -> Partial:
    year = _year(g[0]) if g[0] else None
    word = g[1] or ""
    return Partial("half", year=year, half=HALVES[word] if len(word) == 1 else 0)


def _quarter(g: Groups) -> Partial:
    number = g[1] or ""
    quarter = ROMAN_QUARTERS.get(number) or (
        int(number) if number.isdigit() else SINO_DIGITS[number]
    )
    return Partial("quarter", year=_year(g[0]) if g[0] else None, quarter=quarter)


def _yend(g: Groups) -> Partial:
    month = 12 if g[1] == "말" else 1
    return Partial("month", year=_year(g[0]) if g[0] else None, month=month)


def _sino(g: Groups) -> Partial:
    year = sino_number(g[0] or "")
    if g[1] is None:
        return Partial("year", year=year)
    month = SINO_MONTHS[g[1]]
    if g[2] is None:
        return Partial("month", year=year, month=month)
    return Partial("day", year=year, month=month, day=sino_number(g[2]))


def _month_day(g: Groups) -> Partial:
    return Partial("day", month=int(g[0] or 0), day=int(g[1] or 0))


def _lunar(g: Groups) -> Partial | None:
    """`음력 9월 9일`, `음력 7월 보름`; a lunar month alone is no time that a calendar has."""
    day = int(g[1]) if g[1] else LUNAR_DAYS.get(g[2] or "")
    return None if day is None else Partial("day", month=int(g[0] or 0), day=day, lunar=True)


def _turn_weekday(g: Groups) -> Partial:
    """`오는 금요일` is the next, `지난 금요일` the last one; 이번 and 다음 name the week."""
    word, weekday = g[0] or "", WEEKDAY_INDEX[g[1] or ""]
    unit: Shift = "week" if word in ("이번", "다음") else "weekday"
    return Partial("day", weekday=weekday, shift=(unit, RELATIVE_TURNS[word]))


def _turn_part(g: Groups) -> Partial:
    unit: Literal["quarter", "half"] = "quarter" if g[1] == "분기" else "half"
    return Partial(unit, shift=(unit, RELATIVE_TURNS[g[0] or ""]))


def _slash(g: Groups) -> Partial:
    """`3/7` is a day; `2/4` could be the second quarter too, and budget tables mean that."""
    if g[1] == "4" and int(g[0] or 0) <= 4:
        return Partial("quarter", quarter=int(g[0] or 0))
    return _month_day(g)


PRODUCTIONS: dict[str, Callable[[Groups], Partial | None]] = {
    "ymd": _ymd,
    "spaced": _spaced,
    "ym": lambda g: Partial("month", year=_year(g[0] or ""), month=int(g[1] or 0)),
    "yshort": lambda g: Partial("month", year=_year(f"'{g[0]}"), month=int(g[1] or g[2] or 0)),
    "yhalf": _half,
    "yquarter": _quarter,
    "yend": _yend,
    "y": lambda g: Partial("year", year=_year(g[0] or "")),
    "ybare": lambda g: Partial("year", year=_year(g[0] or "")),
    "md": _month_day,
    "mdot": _month_day,
    "mslash": _slash,
    "m": lambda g: Partial("month", month=int(g[0] or 0)),
    "d": lambda g: Partial("day", day=int(g[0] or 0)),
    "dloose": lambda g: Partial("day", day=int(g[0] or 0)),
    "dlist": lambda g: Partial("day", day=int(g[0] or 0)),
    "dweek": lambda g: Partial("day", day=int(g[0] or 0)),
    "half": lambda g: _half((None, *g)),
    "quarter": lambda g: _quarter((None, *g)),
    "lunar": _lunar,
    "dday": lambda g: Partial("day", days_before=int(g[0] or 0)),
    "sino": _sino,
    "turn_weekday": _turn_weekday,
    "turn_part": _turn_part,
    "week_part": lambda g: Partial("week", part=_WEEK_PARTS.index(g[0] or ""), shift=("week", 0)),
}
"""Shape → what its groups say. Words have productions of their own below."""

WORD_PRODUCTIONS: dict[str, Callable[[str], Partial]] = {
    "rel_year": lambda w: Partial("year", shift=("year", RELATIVE_YEARS[w])),
    "rel_month": lambda w: Partial("month", shift=("month", RELATIVE_MONTHS[w])),
    "rel_week": lambda w: Partial("week", shift=("week", RELATIVE_WEEKS[w])),
    "rel_day": lambda w: Partial("day", shift=("day", RELATIVE_DAYS[w])),
    "same": lambda w: Partial(SAME[w][0], same=SAME[w]),
    "named": lambda w: Partial("day", named=HOLIDAYS[w]),
    "sino_month": lambda w: Partial("month", month=SINO_MONTHS[w]),
}

_REFINES = {
    "year": {"m", "md", "mdot", "half", "quarter", "yend", "named", "lunar", "sino_month"},
    "month": {"d"},
}
"""A relative unit → shapes that make it finer: `내년` + `2월`, `이달` + `26일`."""
_ONLY_WITH_MORE = ("올",)
"""Words that are none alone: `올 상반기`."""
_YEAR_EDGE = re.compile(rf"{p.W}(말|초)(?=까지|부터|에|\s|$|\))")
_GAP = re.compile(p.W)
_WORD_ENDS = re.compile(r"(?![가-힣])|(?=부터|까지|에|의|은|는|과|와|도|이후|중|이전)")
_VALUE_ENDS = re.compile(r"(?![가-힣])|(?=지원|운영|접수|모집|개최|실시|추진|시행)")
_DAY_WORD_ENDS = re.compile(rf"{_WORD_ENDS.pattern}|[가로](?![가-힣])|(?=이[다며])")
_WEEK_PARTS = "초중말"
_WEEKDAY_OF_WEEK = re.compile(
    rf"{p.W}\(?([월화수목금토일])요일|(?:(중)|{p.W}([초말]))(?:(?![가-힣])|(?=까지|부터|에))"
)


class _Reader:
    """Reads expressions out of one text, left to right."""

    def __init__(self, text: str, lone_days: bool) -> None:
        self.text, self.lone_days = text, lone_days

    def point(
        self, match: re.Match[str], shapes: dict[int, str]
    ) -> tuple[Partial, int, str] | None:
        """Return (what it says, where it ends, its shape) of a matched point, or `None`."""
        group = match.lastindex
        if group is None:
            return None
        shape, end = shapes[group], match.end()
        if shape == "word":
            word = match[group]
            shape = p.KIND_OF_WORD[word]
            produce = WORD_PRODUCTIONS.get(shape)
            if produce is None or not self._word_ends(shape, end):
                return None
            partial = produce(word)
            if shape == "rel_year" and (edge := _YEAR_EDGE.match(self.text, end)):
                month = 12 if edge[1] == "말" else 1
                partial, end = partial.but(unit="month", month=month), edge.end()
            elif shape in ("rel_year", "rel_month", "same"):
                partial, end = self._refined(partial, end)
            elif shape == "rel_week":
                partial, end = self._within_week(partial, end)
            bare = shape == "rel_year" and end == match.end()
            if bare and (word in _ONLY_WITH_MORE or not _WORD_ENDS.match(self.text, end)):
                return None
        elif shape in PRODUCTIONS:
            produced = PRODUCTIONS[shape](match.groups()[group : group + 3])
            if produced is None:
                return None
            partial = produced
            if shape == "y":
                partial, end = self._refined(partial, end)
        else:
            return None
        return *self._qualified(partial, end), shape

    def _word_ends(self, shape: str, end: int) -> bool:
        """Tell whether a word is over where it was matched, or what it may grow into follows."""
        if shape == "rel_year":
            return True
        if shape == "rel_week" and _WEEKDAY_OF_WEEK.match(self.text, end):
            return True
        if shape == "rel_month" and self.text.startswith("의", end):
            return False  # `이달의 우수사원`: a name
        if shape == "rel_month" and p.PART.match(self.text, end):
            return True  # `익월말`
        ends = _DAY_WORD_ENDS if shape == "rel_day" else _WORD_ENDS
        return ends.match(self.text, end) is not None

    def _within_week(self, partial: Partial, end: int) -> tuple[Partial, int]:
        """Read the day or the part of a week: `이번 주 금요일`, `다음 주초`, `이번 주말`."""
        found = _WEEKDAY_OF_WEEK.match(self.text, end)
        if found is None:
            return partial, end
        if found[1]:
            return partial.but(unit="day", weekday=WEEKDAY_INDEX[found[1]]), found.end()
        return partial.but(part=_WEEK_PARTS.index(found[2] or found[3])), found.end()

    def _refined(self, partial: Partial, end: int) -> tuple[Partial, int]:
        """Make a year or month finer by what follows it: `내년 2월`, `같은 달 15일`."""
        gap = _GAP.match(self.text, end)
        found = p.POINT.match(self.text, gap.end() if gap else end)
        if found is None:
            return partial, end
        shape = _POINT_SHAPES[found.lastindex or 0]
        shape = p.KIND_OF_WORD[found[0]] if shape == "word" else shape
        if shape not in _REFINES.get(partial.unit, ()):
            return partial, end
        inner = self.point(found, _POINT_SHAPES)
        if inner is None or inner[0].year is not None:
            return partial, end
        finer, after, _ = inner
        return finer.but(year=partial.year, shift=partial.shift, same=partial.same), after

    def _qualified(self, partial: Partial, end: int) -> tuple[Partial, int]:
        """Take in what completes a point: its weekday, part of the month, clock time."""
        if partial.unit == "month" and (part := p.PART.match(self.text, end)):
            partial = partial.but(unit="part", part=PART_WORDS[part[part.lastindex or 0]])
            return partial, part.end()
        if partial.unit in ("year", "month") and (edge := p.EDGE_DAY.match(self.text, end)):
            month = partial.month or (12 if edge[1] else 1)
            return partial.but(unit="day", month=month, day=-1 if edge[1] else 1), edge.end()
        if partial.unit == "month" and (work := p.NTH_WORKDAY.match(self.text, end)):
            number = ORDINALS[work[1].replace(" ", "")]
            return partial.but(unit="day", nth=number, workday=True), work.end()
        if partial.unit == "month" and (nth := p.NTH_WEEKDAY.match(self.text, end)):
            number, weekday = ORDINALS[nth[1].replace(" ", "")], WEEKDAY_INDEX[nth[2]]
            partial, end = partial.but(unit="day", nth=number, weekday=weekday), nth.end()
        if partial.unit == "month" and (week := p.WEEK_OF_MONTH.match(self.text, end)):
            return partial.but(unit="week", nth=ORDINALS[week[1].replace(" ", "")]), week.end()
        if partial.unit != "day":
            return partial, end
        if partial.weekday is None and (named := p.WEEKDAY.match(self.text, end)):
            partial = partial.but(weekday=WEEKDAY_INDEX[named[named.lastindex or 0]])
            end = named.end()
        behind = p.CLOCK_BEHIND.match(self.text, end)
        if clock := p.CLOCK.match(self.text, behind.end() if behind else end):
            partial, end = partial.at(*_clock(clock)), clock.end()
        return partial, end

    def second(self, first: Partial, at: int, bare_too: bool) -> tuple[Partial, int] | None:
        """Read the far end of a range: a point, a bare number in the first's unit, a clock."""
        turn = p.NEXT_DAY.match(self.text, at) if first.unit in ("day", "minute") else None
        if turn and (clock := p.CLOCK.match(self.text, turn.end())):
            hour, minute = _clock(clock)
            return Partial("minute").at(hour + 24, minute), clock.end()
        if first.unit == "minute" and (clock := p.CLOCK.match(self.text, at)):
            begin = (first.hour or 0, first.minute or 0)
            afternoon = _AFTERNOON.search(self.text, max(0, at - _CLOCK_WIDTH), at) is not None
            same_day = Partial("minute").at(*_end_clock(clock, begin, afternoon))
            if not (clock[4] and p.POINT.match(self.text, at)):
                return same_day, clock.end()
        if first.unit == "part" and (part := p.PART.match(self.text, at)):
            return Partial("part", part=PART_WORDS[part[part.lastindex or 0]]), part.end()
        if first.unit == "week" and (week := p.WEEK_OF_MONTH.match(self.text, at)):
            return Partial("week", nth=ORDINALS[week[1].replace(" ", "")]), week.end()
        if first.weekday is not None and (named := p.LONE_WEEKDAY.match(self.text, at)):
            return self._qualified(Partial("day", weekday=WEEKDAY_INDEX[named[1]]), named.end())
        if (iso := p.SHORT_ISO.match(self.text, at)) and p.ISO_BEFORE.search(
            self.text, max(0, at - _ISO_WIDTH), at
        ):
            return self._qualified(_month_day(iso.groups()), iso.end())
        if found := p.POINT.match(self.text, at):
            inner = self.point(found, _POINT_SHAPES)
            counts_back = inner is not None and inner[0].days_before is not None
            fits = counts_back == (first.days_before is not None)
            turns_back = inner is not None and _runs_back(first, inner[0])
            if turns_back and (day := p.MONTH_AND_DAY.match(self.text, at)):
                # What would be a year of two digits is a month: `'23. 5. 8. ~ 11. 7. 1)`.
                return self._qualified(_month_day(day.groups()), day.end())
            if inner is not None and fits and (inner[2] != "rel_day" or first.shift):
                return inner[0], inner[1]
        if first.unit == "year" and (year := p.SHORT_YEAR.match(self.text, at)):
            return Partial("year", year=_year(f"'{year[1]}")), year.end()
        bare = p.BARE.match(self.text, at)
        unit = "day" if first.unit == "minute" else first.unit
        if bare and unit in ("day", "month", "quarter") and bare_too:
            number = int(bare[1])
            if 1 <= number <= {"day": 31, "month": 12, "quarter": 4}[unit]:
                return self._qualified(_bare(unit, number), bare.end())
        return None


def _runs_back(first: Partial, last: Partial) -> bool:
    """Tell whether the written years of a range run back."""
    return first.year is not None and last.year is not None and last.year < first.year


def _bare(unit: Unit, number: int) -> Partial:
    """Return a point of which only a number in a unit is written: `8` of `10.6~8`."""
    partial = Partial(unit)
    setattr(partial, unit, number)
    return partial


def _clock(match: re.Match[str]) -> tuple[int, int]:
    """Return (hour, minute) of a clock time; 24 is the end of the day."""
    if match[7]:
        return (12, 0) if match[7] == "정오" else (24, 0)
    hour = int(match[2] or match[4])
    minute = int(match[3] or match[5] or (30 if match[6] else 0))
    noon = MERIDIEM.get(match[1] or "", 0)
    if noon and hour < 12 and not (match[1] == "낮" and hour == 11):
        hour += 12
    elif match[1] in ("오전", "밤", "새벽") and hour == 12:
        hour = 24 if match[1] == "밤" else 0
    return hour, minute


_AFTERNOON = re.compile(r"(?:오후|저녁|밤|낮)[ ]{0,2}\d[^~–-]*?(?:[~–-]|부터|에서)[ ]{0,3}$")
_NOON = 12
_EVENING = 18


def _end_clock(match: re.Match[str], begin: tuple[int, int], afternoon: bool) -> tuple[int, int]:
    """Return the end of a period of hours; the afternoon holds on: `오후 6시 ~ 8시 30분`.

    What begins by day and ends before it begins ends in the afternoon (`10시 30분부터 3시까지`),
    unless a leading zero shows the 24 hours of the day.
    """
    hour, minute = _clock(match)
    later = (hour + 12, minute)
    written = match[2] or match[4] or "0"
    turns = afternoon or (begin[0] < _EVENING and not written.startswith("0"))
    if turns and match[1] is None and (hour, minute) <= begin < later and hour < _NOON:
        return later
    return hour, minute


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock time or a period of hours without a day."""

    start: int
    end: int
    times: Hours


def clocks(text: str) -> Iterator[Clock]:
    """Yield the clock times and periods of a text that stand without a day, in order."""
    at = 0
    while found := p.CLOCK.search(text, at):
        at = found.end()
        first = found.end() - len(found[0].lstrip())
        if text[first - 1 : first].isdigit():
            continue
        times, at = _times(text, found)
        yield Clock(first, at, times)


def _times(text: str, first: re.Match[str]) -> tuple[Hours, int]:
    """Return a clock time and, of a period, its end; and where they end in the text."""
    link = p.RANGE.match(text, first.end())
    last = p.CLOCK.match(text, link.end()) if link else None
    if last is None:
        return (_clock(first),), first.end()
    afternoon = MERIDIEM.get(first[1] or "") == MERIDIEM["오후"]
    return (_clock(first), _end_clock(last, _clock(first), afternoon)), last.end()


def _times_at(text: str, at: int) -> tuple[Hours, int]:
    """Read the hours that stand at an offset: `14:00~16:00`, `14~16시`; else none."""
    if (hours := p.HOURS.match(text, at)) is not None:
        begin, close = _hours(hours)
        if begin < close <= _LAST_HOUR:
            return ((begin, 0), (close, 0)), hours.end()
    clock = p.CLOCK.match(text, at)
    return _times(text, clock) if clock else ((), at)


def expressions(text: str, lone_days: bool = False) -> Iterator[Expression]:
    """Yield the time expressions of a text in canonical characters, in order.

    Offsets are into `text`. Each expression is complete in itself: years that are not written
    are not guessed here. With `lone_days` every `24일` is one, as a weak expression where the
    words around it do not tell it from a length: its place has to.
    """
    reader, scanner = _Reader(text, lone_days), _Scanner(text)
    at = 0
    while (scanned := scanner.next(at)) is not None:
        match, shapes = scanned
        start = match.start()
        found = None
        if match.lastindex is not None:
            shape = shapes[match.lastindex]
            found = _rule(reader, match, shape) or _plain_word(text, match, shape)
            if found is None:
                point = reader.point(match, shapes)
                found = _composed(reader, start, *point) if point else None
        while found is not None:
            yield found
            at = found.end
            found = _continued(reader, found)
        at = max(at, match.end() if at <= start else at)


class _Scanner:
    """Finds where points may begin, by digits and by words, the earlier of both first."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.ahead: list[re.Match[str] | None] = [scan.search(text) for scan, _ in _SCANS]

    def next(self, at: int) -> tuple[re.Match[str], dict[int, str]] | None:
        """Return the next match from an offset on and the names of its shapes."""
        best: tuple[re.Match[str], dict[int, str]] | None = None
        for n, (scan, shapes) in enumerate(_SCANS):
            match = self.ahead[n]
            if match is not None and match.start() < at:
                match = self.ahead[n] = scan.search(self.text, at)
            if match is not None and (best is None or match.start() < best[0].start()):
                best = match, shapes
        return best


_ISO_WIDTH = 50
_GAP_WIDTH = 50
"""A tilde and the gap behind it reach no further (`patterns.W`)."""
_COUNTED = re.compile(r"현황[ ]{0,4}\([ ]{0,4}$")
_CONTINUES = re.compile(rf"{p.W}(?:[,/·]|[과와](?= )|에서(?= )){p.W}")
_RULE_CONTINUES = re.compile(rf"{p.W}(?:\([^()\n]{{1,10}}\))?{p.W}[,·/]{p.W}")


def _continued(reader: _Reader, last: Expression) -> Expression | None:
    """Read the next day of a list right behind a day: `4.8/4.22`, `2.5(금), 3.15.(월)`."""
    if last.rule is not None and last.rule.frequency == "YEARLY" and last.rule.days:
        return _next_anniversary(reader.text, last)
    if last.form == "rule" and (also := p.RULE_ALSO.match(reader.text, last.end)):
        start = also.start() + also[0].index(",") + 1
        start += len(reader.text[start : also.end()]) - len(
            reader.text[start : also.end()].lstrip()
        )
        return Expression(start, also.end(), "rule", rule=Rule("MONTHLY", days=(int(also[1]),)))
    if last.form != "point" or last.items[0].unit not in ("day", "minute"):
        return None
    gap = _CONTINUES.match(reader.text, last.end)
    if gap is None or p.NOISE_HERE.match(reader.text, gap.end()):
        return None
    match = p.POINT.match(reader.text, gap.end())
    if match is None or _POINT_SHAPES[match.lastindex or 0] not in ("ymd", "md", "mdot", "d"):
        return None
    point = reader.point(match, _POINT_SHAPES)
    if point is None:
        return None
    partial, end, shape = point
    # Behind a day another lone one is no length: `9일과 10일에는`.
    found = _composed(reader, match.start(), partial, end, "md" if shape == "d" else shape)
    return replace(found, weak=last.weak) if found else None


def _next_anniversary(text: str, last: Expression) -> Expression | None:
    """Read the next day of a yearly list: `매년 1. 20.(상반기) / 7. 20.(하반기)`."""
    gap = _RULE_CONTINUES.match(text, last.end)
    day = p.RULE_DATE.match(text, gap.end()) if gap else None
    if day is None:
        return None
    start = day.start() + len(day[0]) - len(day[0].lstrip())
    return Expression(start, day.end(), "rule", rule=_anniversary(Rule("YEARLY"), day))


def _several(
    text: str, start: int, first: Partial, end: int
) -> tuple[tuple[Partial, ...], int] | None:
    """Read the rest of a list whose elements share a unit: `3` of `3, 6, 9, 12월`."""
    if first.unit == "year" and (years := _YEAR_LIST.match(text, end)):
        written = re.findall(r"\d{4}", years[1])
        return (first, *(Partial("year", year=int(n)) for n in written)), years.end()
    if first.unit != "month":
        return None
    if text[end - 1].isdigit():
        rest = _MONTH_LIST.match(text, end)
    else:
        in_brackets = _RULE_BRACKET.search(text, max(0, start - 8), start)
        rest = _NAMED_MONTHS.match(text, end) if in_brackets else None
    if rest is None:
        return None
    numbers = [int(n) for n in re.findall(r"\d{1,2}", rest[1])]
    if not all(1 <= n <= 12 for n in numbers):
        return None
    return (first, *(Partial("month", month=n) for n in numbers)), rest.end()


_LAST_DAY = 31
_DECEMBER = 12


def _days(text: str, first: Partial, end: int) -> tuple[tuple[Partial, ...], int] | None:
    """Read the further days of a list in one month: `8/10·11·17·18`."""
    rest = p.DAY_LIST.match(text, end)
    if rest is None and text[end - 1].isdigit():
        rest = p.DAYS_OF_ONE_UNIT.match(text, end)
    if rest is None or first.unit != "day" or not first.day:
        return None
    numbers = [first.day, *(int(n) for n in re.findall(r"\d{1,2}", rest[1]))]
    if numbers[-1] > _LAST_DAY:
        return None
    if numbers != sorted(set(numbers)):
        return None
    days = [first.but(day=n, weekday=None) for n in numbers[1:]]
    return (first, *days), rest.end()


def _hours_of_day(text: str, first: Partial, end: int) -> tuple[tuple[Partial, ...], int] | None:
    """Read the further hours of one day: `19:00` of `4. 6.(토) 15:00, 19:00`."""
    rest = p.MORE_HOURS.match(text, end) if first.unit == "minute" else None
    if rest is None:
        return None
    hours = [(int(hour), int(minute)) for hour, minute in _HOUR.findall(rest[1])]
    begin = (first.hour or 0, first.minute or 0)
    if [begin, *hours] != sorted({begin, *hours}):
        return None
    return (first, *(first.at(hour, minute) for hour, minute in hours)), rest.end()


_HOUR = re.compile(r"(\d{1,2}):(\d\d)")


_YEAR_LIST = re.compile(rf"((?:{p.W}[·,]{p.W}(?:19|20)\d\d){{1,5}}){p.W}년(?:도)?")
_NAMED_MONTHS = re.compile(
    rf"((?:{p.W}[,·/]{p.W}\d{{1,2}}{p.W}월){{1,11}})(?={p.W}(?:\)|[초중말]))"
)
_RULE_BRACKET = re.compile(r"(?:[분반]기별|매[ ]?[분반]기)[ ]?\([ ]?$")
"""Before months that a rule tells: `반기별(6월, 12월)`."""
_MONTH_LIST = re.compile(rf"((?:{p.W}[,·/]{p.W}\d{{1,2}}){{1,11}}){p.W}월")


def _composed(
    reader: _Reader, start: int, first: Partial, end: int, shape: str
) -> Expression | None:
    """Compose a point with what follows and precedes it."""
    text = reader.text
    weak = is_weak(text, start, end, shape, first)
    if shape == "ybare" and not is_bare_year(text, start, end):
        return None
    if shape == "y" and is_length(text, start):
        return None
    if not exists(first) and shape not in ("ymd", "md"):
        return None  # 2.30 is a number, but 2021. 2. 30. a day that does not exist
    if several := _several(text, start, first, end):
        items, end = several
        return Expression(start, end, "several", items)
    if days := _days(text, first, end):
        items, end = days
        if shape == "dloose" and not reader.lone_days:
            return None
        return Expression(start, end, "several", items, weak=shape == "dloose")
    if hours := _hours_of_day(text, first, end):
        items, end = hours
        return Expression(start, end, "several", items, weak=weak)
    if shape in ("dlist", "dloose") or not is_lone_week(text, start, end, first):
        return None
    if first.unit == "half" and first.half == 0:
        halves = tuple(first.but(half=n) for n in (1, 2))
        return Expression(start, end, "several", halves)
    direction = _DIRECTIONS.get(text[max(0, start - 3) : start].strip()[-2:])
    found = _ranged(reader, start, first, end, direction)
    if found is None:
        near = "~" in text[max(0, start - _GAP_WIDTH) : start]
        tilde = p.OPENING_TILDE.search(text, max(0, start - 30), start) if near else None
        after = p.AFTER.match(text, end)
        if after and after.lastgroup in ("since", "from"):
            found = Expression(start, after.end(), "from", (first,))
        elif after or tilde:
            sign = text.rindex("~", 0, start) if tilde else start
            found = Expression(sign, after.end() if after else end, "until", (first,))
        else:
            if shape == "d" and not is_lone_day(text, start, end, first):
                if not reader.lone_days and not is_in_brackets(text, start, end):
                    return None
                weak = True
            found = Expression(start, end, "point", (first,))
        weak = weak and (found.form == "point" or first.unit == "quarter")
    else:
        weak = weak and shape == "mslash"
    if during := p.DURING.match(text, found.end):
        found.end, weak = during.end(), False
    found.direction = direction
    lead = text[max(0, start - 12) : start]
    counted = found.form == "point" and "현황" in lead and _COUNTED.search(lead) is not None
    found.asof = counted or p.ASOF.match(text, found.end) is not None
    found.weak = weak and not found.asof
    if found.asof and shape == "yend" and first.month == _DECEMBER:
        found.items = (first.but(unit="day", day=-1),)
    found.count = _count(text, found)
    return _bounded_rule(text, found)


def _count(text: str, found: Expression) -> Count | None:
    """Read the length behind a period, or right before its bracket: `10일간(3.2~3.11)`."""
    first = max(0, found.start - 12)
    near = "간" in text[first : found.start]
    ahead = p.COUNT_AHEAD.search(text, first, found.start) if near else None
    count = p.COUNT.match(text, found.end) or ahead
    if count is None:
        return None
    number, unit = (part for part in count.groups() if part)
    return int(number), p.COUNT_UNITS[unit]


def _ranged(
    reader: _Reader, start: int, first: Partial, end: int, direction: Direction | None
) -> Expression | None:
    """Read `A ~ B` and `A ~`; `None` where no range sign follows."""
    text = reader.text
    if first.unit == "day" and (hours := p.HOURS.match(text, end)):
        begin, close = _hours(hours)
        if begin < close <= _LAST_HOUR:
            items = (first.at(begin, 0), Partial("minute").at(close, 0))
            return Expression(start, hours.end(), "range", items)
    link = p.RANGE.match(text, end)
    if link is None:
        return _with_clocks_in_brackets(text, start, first, end)
    kind = link.lastgroup
    present = p.PRESENT.match(text, link.end())
    if present and kind != "hyphen":
        return Expression(start, present.end(), "from", (first,))
    # Behind a hyphen or a line break a bare number may be anything, a page's number too.
    second = reader.second(first, link.end(), kind != "hyphen" and "\n" not in link[0])
    if "\n" in link[0] and second is not None and p.RANGE.match(text, second[1]):
        second = None  # what begins a range of its own on the next line ends none
    if second is not None and exists(second[0]):
        last, after = second if first.unit != "day" else _without_daily_hours(text, *second)
        until = p.UNTIL.match(text, after)
        if kind == "word" and _is_another(text, link, first, last, after):
            return None
        if until:
            after = until.end()
        return Expression(start, after, "range", (first, last))
    if kind == "hard" and "~" in link[0]:
        sign = text.index("~", end) + 1
        return Expression(start, sign, "from", (first,))
    return None


def _with_clocks_in_brackets(text: str, start: int, first: Partial, end: int) -> Expression | None:
    """Read the hours of a day that stand in brackets of their own: `6. 2.(수) (06:00~18:00)`."""
    opening = p.BRACKETED.match(text, end) if first.unit == "day" else None
    if opening is None:
        return None
    times, after = _times_at(text, opening.end())
    if not times or text[after : after + 1] != ")":
        return None
    items = (first.at(*times[0]), *(Partial("minute").at(*time) for time in times[1:]))
    return Expression(start, after + 1, "range" if times[1:] else "point", items)


def _is_another(text: str, link: re.Match[str], first: Partial, last: Partial, end: int) -> bool:
    """Tell whether what follows 부터 or 에서 is a date of its own and no end.

    `10월부터 2025년 지원사업`; `5. 16.에서 5. 22.로 변경`; `9. 20.로부터 30일`.
    """
    if "에서" in link[0] and p.CHANGED.match(text, end):
        return True
    coarser = last.unit == "year" and first.unit != "year"
    length = "로부터" in link[0] and last.unit == "day" and last.month is None
    return (coarser or length) and not p.UNTIL.match(text, end)


def _without_daily_hours(text: str, last: Partial, end: int) -> tuple[Partial, int]:
    """Leave the hours of each day out of a period: `5. 3. ~ 5. 7. 09:00~18:00`, `…, 10:00`."""
    if last.unit != "minute" or last.day is None:
        return last, end
    clocks_before = p.CLOCK.finditer(text, max(0, end - _CLOCK_WIDTH), end)
    clock = next((found for found in clocks_before if found.end() == end), None)
    if clock is None:
        return last, end
    link = p.RANGE.match(text, end)
    daily = link is not None and p.CLOCK.match(text, link.end()) is not None
    if daily or (clock[0].lstrip().startswith(",") and not p.UNTIL.match(text, end)):
        return last.but(unit="day", hour=None, minute=None), clock.start()
    return last, end


_CLOSED_THEN = re.compile(r"[^()\n]{0,12}(?:휴관|휴무|휴강|휴원|휴장|제외)")
_NOUN = re.compile(r"\s[가-힣]")
_CLOCK_WIDTH = 24
_LAST_HOUR = 24


def _hours(match: re.Match[str]) -> tuple[int, int]:
    """Return the hours of `오후 2~4시`: a part of the day before the first holds for both."""
    begin, close = int(match[2]), int(match[4])
    first = MERIDIEM.get(match[1] or "", 0)
    last = MERIDIEM.get(match[3] or match[1] or "", 0)
    return begin + (first if begin < 12 else 0), close + (last if close < 12 else 0)


def _bounded_rule(text: str, found: Expression) -> Expression:
    """Take in a rule in brackets right behind a period: `'21. 4~12월(매월)`."""
    behind = p.RULE_BEHIND.match(text, found.end)
    if behind is None or found.form not in ("range", "from", "point"):
        return found
    if _CLOSED_THEN.match(text, behind.end()):
        return found  # `9. 23. ~ 11. 9. (매주 월요일 휴관)`
    coarse = found.items[0].unit in ("month", "quarter", "half", "year")
    if found.form == "point" and ("(" in behind[0] or not coarse):
        return found
    word = FREQUENCIES[(behind[1] or behind[2]).replace(" ", "")]
    rule, end = _detailed(text, word, behind.end())
    if found.form == "point":
        if rule == word and _NOUN.match(text, end):
            return found  # `2018년 분기별 추진실적`
        found = replace(found, items=(found.items[0], found.items[0]))
    hours, end = _times_at(text, end) if rule != word else ((), end)
    end += text[end : end + 1] == ")"
    return replace(found, form="rule", end=end, rule=rule, hours=hours)


def _plain_word(text: str, match: re.Match[str], shape: str) -> Expression | None:
    """Read a word that stands for itself: 연중, 상시."""
    if shape != "word":
        return None
    kind = p.KIND_OF_WORD[match[0]]
    if kind not in ("ongoing", "undated") or not _VALUE_ENDS.match(text, match.end()):
        return None
    form: Form = "ongoing" if kind == "ongoing" else "undated"
    return Expression(match.start(), match.end(), form, word=match[0])


def _rule(reader: _Reader, match: re.Match[str], shape: str) -> Expression | None:
    """Read what repeats: 매월, 월 1회, 매년 1. 20., 매월 둘째 주 수요일, 매주 수요일 14:00."""
    text, end = reader.text, match.end()
    if shape == "rate":
        unit, times = match[match.lastindex or 0], re.search(r"(\d+)", match[0])
        per = re.match(r"분기|반기|[월주연년]", unit)
        if per is None or times is None or (per[0] in "연년" and int(times[1]) > 1):
            return None  # four times a year is a rate: no rule tells when
        rule, end = _detailed_in_brackets(text, FREQUENCIES[ONCE_PER[per[0]]], end)
        return Expression(match.start(), end, "rule", rule=rule)
    if shape != "word" or p.KIND_OF_WORD[match[0]] != "rule":
        return None
    word = FREQUENCIES[match[0].replace(" ", "")]
    rule, end = _detailed(text, word, end)
    if rule == word:
        rule, end = _detailed_in_brackets(text, word, end)
    if end == match.end() and not _WORD_ENDS.match(text, end):
        return None
    hours, end = _times_at(text, end) if rule != word else ((), end)
    if not hours and (until := p.UNTIL.match(text, end)):
        end = until.end()
    return Expression(match.start(), end, "rule", rule=rule, hours=hours)


def _detailed_in_brackets(text: str, rule: Rule, end: int) -> tuple[Rule, int]:
    """Return a rule with the days that alone stand in brackets: `매주(수)`, `주 2회(월·목)`."""
    weekly_or_monthly = rule.frequency in ("WEEKLY", "MONTHLY")
    opening = p.BRACKETED.match(text, end) if weekly_or_monthly else None
    if opening is None:
        return rule, end
    detailed, after = _detailed(text, rule, opening.end())
    closed = detailed != rule and text[after : after + 1] == ")"
    return (detailed, after + 1) if closed else (rule, end)


def _detailed(text: str, rule: Rule, end: int) -> tuple[Rule, int]:
    """Return a rule with the months and days written behind its word, and where they end."""
    read = _DETAILS.get(rule.frequency)
    return (read and read(text, rule, end)) or (rule, end)


def _days_of_year(text: str, rule: Rule, end: int) -> tuple[Rule, int] | None:
    if day := p.RULE_DATE.match(text, end):
        return _anniversary(rule, day), day.end()
    months = p.RULE_MONTHS.match(text, end)
    numbers = _rule_months(months) if months is not None else ()
    if months is None or not numbers:
        return None
    rule = replace(rule, months=numbers)
    if nth := p.NTH_WEEKDAY.match(text, months.end()):
        return replace(rule, weekdays=(_nth_weekday(nth),)), nth.end()
    return rule, months.end()


def _anniversary(rule: Rule, day: re.Match[str]) -> Rule:
    return replace(rule, months=(int(day[1]),), days=(int(day[2]),))


def _days_of_month(text: str, rule: Rule, end: int) -> tuple[Rule, int] | None:
    if (due := p.NEXT_MONTHDAY.match(text, end)) and 1 <= int(due[1]) <= 31:
        return replace(rule, days=(int(due[1]),)), due.end()
    if several := p.RULE_NTH.match(text, end):
        weekday = WEEKDAY_INDEX[several[2]]
        nths = (ORDINALS[word] for word in p.NTH.findall(several[1]))
        return replace(rule, weekdays=tuple(NthWeekday(weekday, n) for n in nths)), several.end()
    if nth := p.NTH_WEEKDAY.match(text, end):
        return replace(rule, weekdays=(_nth_weekday(nth),)), nth.end()
    if days := p.RULE_MONTHDAYS.match(text, end):
        return replace(rule, days=_rule_monthdays(int(days[1]), int(days[3] or 31))), days.end()
    if listed := p.RULE_SEVERAL_DAYS.match(text, end):
        numbers = tuple(int(n) for n in re.findall(r"\d+", listed[1]))
        if all(1 <= n <= 31 for n in numbers):
            return replace(rule, days=numbers), listed.end()
    if day := p.RULE_MONTHDAY.match(text, end):
        number = -1 if day[1] == "말일" else int(day[1].replace(" ", "").removesuffix("일"))
        if number == -1 or 1 <= number <= 31:
            return replace(rule, days=(number,)), day.end()
    return None


def _days_of_week(text: str, rule: Rule, end: int) -> tuple[Rule, int] | None:
    days = p.WEEKDAYS.match(text, end)
    return (replace(rule, weekdays=_rule_weekdays(days[1])), days.end()) if days else None


_DETAILS = {"YEARLY": _days_of_year, "MONTHLY": _days_of_month, "WEEKLY": _days_of_week}
"""Frequency → what reads the months and days behind its word."""


def _nth_weekday(match: re.Match[str]) -> NthWeekday:
    return NthWeekday(WEEKDAY_INDEX[match[2]], ORDINALS[match[1].replace(" ", "")])


def _rule_monthdays(first: int, last: int) -> tuple[int, ...]:
    """Return the days of `매월 20일~25일`; the whole month needs none."""
    days = range(first, last + 1)
    return tuple(days) if 1 <= first < last <= 31 and len(days) < 31 else ()


def _rule_months(match: re.Match[str]) -> tuple[int, ...]:
    first = int(match[1])
    if match[3] is None:
        numbers: tuple[int, ...] = (first,)
    elif match[2] in "~–":
        numbers = tuple(range(first, int(match[3]) + 1))
    else:
        numbers = (first, int(match[3]), *map(int, re.findall(r"\d+", match[4] or "")))
    return numbers if all(1 <= n <= 12 for n in numbers) else ()


def _rule_weekdays(written: str) -> tuple[NthWeekday, ...]:
    names = re.sub(r"요일|[^월화수목금토일~]", "", written.replace("부터", "~"))
    if "~" in names:
        first, last = WEEKDAY_INDEX[names[0]], WEEKDAY_INDEX[names[-1]]
        return tuple(map(NthWeekday, range(first, last + 1)))
    return tuple(NthWeekday(WEEKDAY_INDEX[name]) for name in names)
