"""Years: which year, and of a lone day which month, a date without one is in.

Each expression that leaves its year open has candidates: the years (and months) that its line,
row, column, headings and report name, and their neighbours. Each candidate is resolved in full,
so that its weekdays, its order and its length speak for themselves. Evidence about one candidate
and about two dates that stand beside each other (in a list, row, column or section) is weighed
together over the whole report: dates form a tree, each hanging on the one that it goes on from,
and the best choice for all of them is found exactly (max-product).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from itertools import product
from typing import NamedTuple

from calendarize.mentions import words
from calendarize.mentions.decide import (
    Clue,
    Told,
    bucket,
    names_of,
    score,
    shares,
    weighed,
    weights,
)
from calendarize.mentions.months import Months
from calendarize.mentions.place import Place
from calendarize.mentions.words import SESSION
from calendarize.report.model import Cell, Report, Table
from calendarize.timex.grammar import expressions
from calendarize.timex.partial import Direction, Expression, Partial
from calendarize.timex.resolve import Anchor, Resolution, Verdict, Witness, WitnessKind, resolve
from calendarize.timex.values import Value, as_day, is_exact, last_day

_REMEMBERED = 4096
_MOST_YEARS, _MOST_MONTHS, _MOST_OPTIONS = 6, 7, 10
_HEADING_REST = 20
"""A month heads what follows where no more than this many characters stand behind it."""
_DDAY = re.compile(r"D-?day\s?\)?\s{0,4}[:(]?\s{0,4}$", re.IGNORECASE)
_ORDERED, _FEWEST_STEPS = 0.9, 3
_IMPOSSIBLE = 12.0
"""More than all that speaks for a candidate can outweigh."""
_TURN = 150
"""Days by which a later date may lie earlier in the year when the year has turned."""
_NEAR = 6
"""How many of the dates before a lone day may lend it their month."""
_FEWEST_VOTES = 2
"""From so many weekdays more than for any other year on, they disprove the others."""
_VOTED_AROUND = 3
"""How many years beyond those that a report names its weekdays may speak for."""
_COARSE = ("year", "half", "quarter")
_LIST_SIGN = re.compile(r"^\s*(?:[,·/~]|및|와|과|또는|\s|\([^)]*\)|[가-힣]{0,8}\)?\s?[,/])*\s*$")
_CLAUSE = 60
"""Dates further apart than so many characters do not go on from each other."""
_SENTENCE_BREAK = re.compile(r"[가-힣]\.\s")
_ADVERB = re.compile(
    r"^(?:\s?(?:봄|여름|가을|겨울|이맘때))?(?:에는|에도|에|엔|는|은)[\s,]"
    r"|^\s?[가-힣 ]{0,8}(?:실적|결과|성과|계획|일정)\s?:\s"
)
"""What makes a year the one that its sentence or line is about: `내년에는`, `'19년 실적 : `."""
_SAID_OF = re.compile(r"\s?[^,.:;()\n]{1,24}?(?:은|는|이|가|을|를)?\s*:?\s*")
"""What may stand between the year of a thing and its date: ` 제9회 축제는 `."""
_PAST = re.compile(
    r"^.{0,60}?(?:[했됐었았였렸쳤졌]다|하였|되었|바 있|완료|마쳤|마무리|마친|한 뒤|지난)"
)
_FUTURE = re.compile(
    r"^.{0,60}?(?:예정|계획|방침|한다|된다|할 |될 |목표|전망|앞두|바란다|바랍니다)"
)
_AIM = re.compile(r"^\s?(?:년|년도|초|말|상반기|하반기|중|까지|부터)*\s?[가-힣\s]{0,12}목표")
_MONTHS_APART = (-24, -13, -11, -7, -4, -2, -1, 0, 1, 2, 4, 7, 11, 13, 24)
_DAYS_APART = (-300, -150, -45, -20, -1, 0, 1, 20, 45, 150, 300)


Days = Sequence[tuple[int, date]]
"""The days from which the parts of a report count, each with the offset from which it holds."""


@dataclass(slots=True)
class Option:
    """One candidate: the year and month it would be, what that comes to, and what speaks of it."""

    year: int | None
    month: int | None
    resolution: Resolution
    start: date | None
    features: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Slot:
    """An expression in its place, its candidates, and the date that it goes on from.

    `parent` is the index of that date among the slots, `relation` how the two stand; `ordered`
    tells that the dates which hang together with it run forward. `told` and `months` are the years
    and months that each source names, `day` is the one from which it counts. Of one that names its
    year the only candidate is what it says.
    """

    place: Place
    options: list[Option] = field(default_factory=list)
    parent: int | None = None
    relation: str = ""
    is_lone_day: bool = False
    ordered: bool = False
    told: Mapping[str, int] = field(default_factory=dict)
    months: Mapping[str, int] = field(default_factory=dict)
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was chosen for an expression: the resolution, how sure (0–1), and the runner-up."""

    resolution: Resolution
    confidence: float
    runner_up: Resolution | None = None


# What the report tells, gathered once.


def explicit(expression: Expression) -> Partial | None:
    """Return the point of month precision or finer whose year an expression writes."""
    return next((i for i in expression.items if i.year is not None and i.unit != "year"), None)


@lru_cache(_REMEMBERED)
def named_year(text: str, coarse: bool = False) -> int | None:
    """Return the year a heading names for what stands under it, fiscal years left out.

    `coarse`: days are left out, too, as those on which it was written.
    """
    for found in expressions(text):
        if not found.items or found.items[0].year is None:
            continue
        if coarse and found.items[0].day is not None:
            continue
        if found.items[0].unit == "year" and words.FISCAL_AFTER.match(text[found.end :]):
            continue
        return found.items[0].year
    return None


@lru_cache(_REMEMBERED)
def named_month(text: str) -> int | None:
    """Return the month that a heading, caption or cell names for what stands under it."""
    if "월" not in text:
        return None
    for found in expressions(text):
        item = found.items[0] if found.items else None
        if item is not None and item.unit == "month" and found.form == "point":
            return item.month
    return None


class Evidence:
    """Everything that a report tells of the years of its dates, before any is decided."""

    def __init__(self, report: Report, days: Days, places: Sequence[Place]) -> None:
        self.report, self.days = report, days
        day = self.day = days[0][1] if days else None
        self.title_year = self._aim_left_out(report.title)
        if self.title_year is None:
            front = report.view[: report.front]
            self.title_year = self._aim_left_out(front, coarse=day is not None)
        self.written: dict[int, list[tuple[int, Partial]]] = {}
        self.same_day: dict[tuple[int | None, int | None], set[int]] = {}
        self.sessions: dict[str, int] = {}
        self._named_above: dict[tuple[int, int], list[tuple[int, int]]] = {}
        years: Counter[int] = Counter()
        for place in places:
            point = explicit(place.expression)
            if point is None or point.year is None or _AIM.match(place.after):
                continue
            years[point.year] += 1
            if place.block is not None:
                self.written.setdefault(place.block.start, []).append(
                    (place.expression.start, point)
                )
            last = place.expression.items[-1]
            end = last.year or point.year + ((last.month or 12) < (point.month or 1))
            for item, year in ((point, point.year), (last, end)):
                if item.day is not None:
                    self.same_day.setdefault((item.month, item.day), set()).add(year)
            if (number := session_number(place)) is not None:
                self.sessions.setdefault(number, point.year)
        self.most_written = max(years, key=lambda y: (years[y], y), default=None)
        self.latest_written = max(years, default=None)
        named = {item.year for place in places for item in place.expression.items}
        near = {*named, self.title_year, day.year if day else None} - {None}
        dated = [i for place in places for i in place.expression.items if i.waits_for_year]
        self.voted, self.votes, self.fitting = _voted(dated, {y for y in near if y is not None})

    @cached_property
    def month_heads(self) -> Months:
        """The months that head lines and columns, asked for by lone days alone."""
        return Months(self.report)

    def _aim_left_out(self, text: str, coarse: bool = False) -> int | None:
        """Return the year that a text names, unless it is an aim: `2050 탄소중립`."""
        year = named_year(text, coarse) if text else None
        latest = self.day.year + 1 if self.day is not None else None
        return None if year is None or (latest is not None and year > latest) else year

    def day_at(self, place: Place) -> date | None:
        """Return the day from which a place counts: that of its release in a bundle."""
        at = bisect_right(self.days, place.expression.start, key=lambda pair: pair[0]) - 1
        return self.days[max(at, 0)][1] if self.days else None

    def years(self, place: Place) -> dict[str, int]:
        """Return the year that each source names for a place, by the name of the source."""
        told = {
            "line": self._own_line(place),
            "bracket": self._bracket(place),
            "sentence": self._sentence(place),
            "subject": self._subject(place),
            "session": self.sessions.get(session_number(place) or ""),
            "same_day": self._same_day(place),
            "title": self.title_year,
            "vote": self.voted,
            "most": self.most_written if self.day is None else None,
            "report": day.year if (day := self.day_at(place)) is not None else None,
        }
        told |= self._table(place)
        told |= self._headings(place)
        return {name: year for name, year in told.items() if year is not None}

    def _own_line(self, place: Place) -> int | None:
        """Return the year of the nearest date before it in its line or cell that writes one."""
        points = self.written.get(place.block.start, ()) if place.block is not None else ()
        first = place.cell.start if place.cell is not None else 0
        before = [p for start, p in points if first <= start < place.expression.start]
        return before[-1].year if before else None

    def _bracket(self, place: Place) -> int | None:
        """Return the year of the same month in the bracket right behind: `1월 내('17. 1월)`."""
        if place.index + 1 >= len(place.siblings) or not place.expression.items:
            return None
        following = place.siblings[place.index + 1]
        point = explicit(following)
        between = self.report.view[place.expression.end : following.start]
        same = point is not None and point.month == place.expression.items[0].month
        return point.year if point is not None and same and between.strip() == "(" else None

    def _sentence(self, place: Place) -> int | None:
        """Return the year that its sentence sets: `내년에는 3월부터`, `지난해 4월 …, 6월`."""
        day = self.day_at(place)
        for before in reversed(place.siblings[: place.index]):
            between = self.report.view[before.end : place.expression.start]
            if _SENTENCE_BREAK.search(between):
                return None
            item = before.items[0] if before.items else None
            if item is None:
                continue
            year = item.year
            if item.shift is not None and item.shift[0] == "year" and day is not None:
                year = day.year + item.shift[1]
            if year is not None and (item.unit != "year" or _ADVERB.match(between)):
                return year
        return None

    def _subject(self, place: Place) -> int | None:
        """Return the year of what a date is said of: `2013년 제9회 축제는 10월 11일`."""
        for before in reversed(place.siblings[: place.index]):
            item = before.items[0] if before.items else None
            between = self.report.view[before.end : place.expression.start]
            if item is None or _SENTENCE_BREAK.search(between):
                return None
            if item.unit == "year" and item.year is not None and _SAID_OF.fullmatch(between):
                return item.year
        return None

    def _same_day(self, place: Place) -> int | None:
        """Return the one year with which the report writes the last day of an expression."""
        item = place.expression.items[-1] if place.expression.items else None
        if item is None or item.day is None:
            return None
        years = self.same_day.get((item.month, item.day), set())
        return next(iter(years)) if len(years) == 1 else None

    def _table(self, place: Place) -> dict[str, int | None]:
        if place.table is None or place.cell is None:
            return {}
        columns = map(named_year, place.table.column_headings(place.cell))
        left = (named_year(c.text) for c in reversed(place.table.row_headings(place.cell)))
        points = self.written.get(place.block.start, ()) if place.block is not None else ()
        behind = [p.year for start, p in points if start > place.expression.start]
        before = [p.year for start, p in points if start < place.expression.start]
        return {
            "column_head": next(filter(None, columns), None),
            "row_head": next(filter(None, left), None),
            "row_before": before[-1] if before else None,
            "row_behind": behind[0] if behind else None,
        }

    def _headings(self, place: Place) -> dict[str, int | None]:
        told: dict[str, int | None] = {}
        for above in place.headings():
            if above.kind == "heading":
                name, year = "heading", self._aim_left_out(above.text)
            else:
                points = self.written.get(above.start)
                name, year = "line_above", points[0][1].year if points else None
            if year is not None:
                told.setdefault(name, year)
        return told

    def months(self, place: Place) -> dict[str, int]:
        """Return the month that each source names for a lone day, by the name of the source."""
        told: dict[str, int | None] = {}
        if place.table is not None and place.cell is not None:
            left = (named_month(c.text) for c in reversed(place.table.row_headings(place.cell)))
            told["row_head"] = next(filter(None, left), None)
            told["column_head"] = self._month_above(place.table, place.cell)
            told["caption"] = named_month(place.table.caption)
        told |= self._months_ahead(place)
        told["bare"] = self.month_heads.heading(place)
        above = (named_month(block.text) for block in place.headings())
        told["heading"] = next(filter(None, above), None)
        told["title"] = named_month(self.report.title)
        told["report"] = day.month if (day := self.day_at(place)) is not None else None
        return {name: month for name, month in told.items() if month is not None}

    def _month_above(self, table: Table, cell: Cell) -> int | None:
        """Return the month that the nearest cell above in its column names."""
        key = id(table), cell.column
        if key not in self._named_above:
            column = (c for row in table.rows for c in row if c.column == cell.column)
            self._named_above[key] = [(c.row, m) for c in column if (m := named_month(c.text))]
        named = self._named_above[key]
        at = bisect_left(named, cell.row, key=lambda pair: pair[0]) - 1
        return named[at][1] if at >= 0 else None

    def _months_ahead(self, place: Place) -> dict[str, int | None]:
        """Return the month that the nearest date before a lone day names, in its sentence
        (`3월 9일 수도권을 시작으로 11일`) and in its paragraph."""
        day = self.day_at(place)
        told: dict[str, int | None] = {}
        for before in reversed(place.siblings[: place.index]):
            month = _month_of(before.items[-1], day) if before.items else None
            if month is not None:
                between = self.report.view[before.end : place.expression.start]
                if not _SENTENCE_BREAK.search(between):
                    told["sentence"] = month
                told["paragraph"] = month
                break
        return told


class _Vote(NamedTuple):
    """The year with which the weekdays of a report agree best, by how many more than with the
    next, and the years near it with which any of them agrees."""

    year: int | None = None
    lead: int = 0
    fitting: frozenset[int] = frozenset()


def _voted(days: Sequence[Partial], years: set[int]) -> _Vote:
    """Return what the weekdays of a report say of its year, near those that are named."""
    if not years or not days:
        return _Vote()
    around = range(min(years) - _VOTED_AROUND, max(years) + _VOTED_AROUND + 1)
    near = {year: min(abs(year - other) for other in years) for year in around}
    votes = {year: sum(item.fits(year) for item in days) for year in around}
    best, *rest = sorted(around, key=lambda year: (-votes[year], near[year]))
    # Years whose days have the same weekdays (2017, 2023) lie five or more years apart.
    lead = votes[best] - max((votes[y] for y in rest if abs(y - best) < 5), default=0)
    return _Vote(best, lead, frozenset(y for y in around if votes[y])) if lead > 0 else _Vote()


def session_number(place: Place) -> str | None:
    """Return the number of the council session that the words before a date or its row name."""
    row = place.block.text if place.table is not None and place.block is not None else ""
    for text in (place.before, row):
        if "회" in text and (numbers := [found[1] for found in SESSION.finditer(text)]):
            return numbers[-1]
    return None


def looks(place: Place) -> str:
    """Return where the headings above look: `past` (추진실적), `future` (향후계획) or nowhere;
    else, so marked, where the title of the report does."""
    for above in place.headings():
        if words.LOOKS_FORWARD.search(above.text):
            return "future"
        if words.LOOKS_BACK.search(above.text):
            return "past"
    if words.TITLE_LOOKS_FORWARD.search(place.document):
        return "title future"
    return "title past" if words.TITLE_LOOKS_BACK.search(place.document) else "none"


def tense(place: Place) -> str:
    """Return the tense of the clause behind a date: `past`, `future` or nothing told."""
    past, future = _PAST.match(place.after), _FUTURE.match(place.after)
    if past and (not future or past.end() < future.end()):
        return "past"
    return "future" if future else "none"


# Candidates


def slots(report: Report, days: Days, places: Sequence[Place]) -> list[Slot]:
    """Return every expression with its candidates and what each source says of them."""
    evidence = Evidence(report, days, places)
    found = [Slot(place) for place in places]
    tree = _Tree(report, found)
    for at, slot in enumerate(found):
        items = slot.place.expression.items
        slot.is_lone_day = bool(items) and items[0].is_lone_day
        slot.parent, slot.relation = tree.parent(at)
        slot.options = _not_disproved(list(_options(evidence, found, at)), evidence)
    _mark_ordered(found)
    return found


def _mark_ordered(found: Sequence[Slot]) -> None:
    """Mark the dates that hang together and run forward through the year, or years."""
    roots: list[int] = []
    steps: dict[int, list[bool]] = {}
    for at, slot in enumerate(found):
        roots.append(at if slot.parent is None else roots[slot.parent])
        days = [_day_of_year(found[k]) for k in (at, slot.parent) if k is not None]
        if len(days) == 2 and days[0] is not None and days[1] is not None:
            step = days[0] - days[1]
            steps.setdefault(roots[at], []).append(0 <= step < 366 - _TURN or step < -_TURN)
    ordered = {
        root
        for root, told in steps.items()
        if len(told) >= _FEWEST_STEPS and sum(told) >= _ORDERED * len(told)
    }
    for root, slot in zip(roots, found, strict=True):
        slot.ordered = root in ordered


def _day_of_year(slot: Slot) -> int | None:
    items = slot.place.expression.items
    if not items or items[0].month is None:
        return None
    return items[0].month * 31 + (items[0].day or 1)


def _options(evidence: Evidence, found: Sequence[Slot], at: int) -> Iterator[Option]:
    slot = found[at]
    place, expression = slot.place, slot.place.expression
    day = slot.day = evidence.day_at(place)
    if not expression.is_open:
        if expression.items and (expression.items[0].same or expression.items[0].days_before):
            return
        resolution = resolve(expression, Anchor(report=day))
        if resolution.value is not None:
            yield Option(None, None, resolution, as_day(resolution.value.bounds()[0]))
        return
    told = slot.told = evidence.years(place)
    months = slot.months = evidence.months(place) if slot.is_lone_day else {}
    if slot.is_lone_day:
        slot_months = list(dict.fromkeys([*_months_before(found, at, day), *months.values()]))
        if day is not None:
            slot_months += [(day.month + step - 1) % 12 + 1 for step in (1, -1)]
        tried: Sequence[int | None] = list(dict.fromkeys(slot_months))[:_MOST_MONTHS]
    else:
        tried = [None]
    options: list[Option] = []
    for year, month in product(_years(told), tried):
        resolution = resolve(expression, Anchor(report=day, settled=(year, month)))
        value = resolution.value
        if value is not None:
            start = as_day(value.bounds()[0]) or last_day(value)
            options.append(Option(year, month, resolution, start))
    pointed = _pointed_at(expression.direction, day, [o.start for o in options if o.start])
    for option in options:
        option.features = list(_features(slot, option, evidence))
        if pointed is not None:
            option.features.append(f"{expression.direction} nearest:{option.start == pointed}")
        yield option


def _pointed_at(direction: Direction | None, day: date | None, days: list[date]) -> date | None:
    """Return the one of some days that `지난` or `오는` points at: the nearest to the report's."""
    if day is None or direction is None:
        return None
    if direction == "past":
        return max((each for each in days if each <= day), default=None)
    return min((each for each in days if each >= day), default=None)


def _not_disproved(options: Sequence[Option], evidence: Evidence) -> list[Option]:
    """Leave out the years that weekdays disprove where they prove another.

    Both weekdays of a period contradict the one and fit the other; or its only one does, and the
    report's other days with a weekday fit the other, too, and none of them the one.
    """
    told = [[w.verdict for w in o.resolution.witnesses if w.kind == "weekday"] for o in options]
    both = any(verdicts.count("agrees") >= 2 for verdicts in told)
    alike = evidence.votes >= _FEWEST_VOTES and any(
        option.year == evidence.voted and "agrees" in verdicts
        for option, verdicts in zip(options, told, strict=True)
    )
    return [
        option
        for option, verdicts in zip(options, told, strict=True)
        if not (both and verdicts.count("contradicts") >= 2)
        and not (alike and "contradicts" in verdicts and option.year not in evidence.fitting)
    ]


SOURCES = {
    "bracket": "괄호 속 날짜", "line": "같은 줄의 연도", "sentence": "같은 문장의 연도",
    "subject": "같은 문장의 연도",
    "session": "같은 회기의 연도", "row_before": "같은 행의 연도", "column_head": "표 머리의 연도",
    "row_head": "표 머리의 연도", "row_behind": "같은 행의 연도", "line_above": "윗줄의 연도",
    "heading": "제목의 연도", "same_day": "연도를 적은 같은 날짜", "title": "문서 제목",
    "vote": "적힌 요일", "most": "보고서에 가장 많이 적힌 연도",
    "report": "보고일",
}  # fmt: skip
"""What each source of a year is called for a reader."""


def _reasoned(slot: Slot, option: Option) -> Resolution:
    """Return what a candidate comes to, with what speaks for its month and year in Korean."""
    resolution, told, months, day = option.resolution, slot.told, slot.months, slot.day
    if not told:
        return resolution
    reasons: list[Witness] = []
    by_report = f"보고일({day})에 따라"
    proven = any(w.kind == "weekday" and w.verdict == "agrees" for w in option.resolution.witnesses)
    nearest = next((name for name in (*_NAMED, "report") if name in told), None)
    if option.month is not None:
        near = day is not None and months.get("report") == option.month
        moved = proven and bool(months) and next(iter(months.values())) != option.month
        whose = "요일이 맞는" if moved else "보고일에 따라" if near else "둘레의 달에 따라"
        kind: WitnessKind = "weekday" if moved else "report" if near else "list"
        reasons.append(Witness(kind, "decides", f"{whose} {option.month}월"))
    source = next((name for name in _NEAREST if told.get(name) == option.year), None)
    if proven and nearest is not None and told[nearest] != option.year:
        against = f"{SOURCES[nearest]}에 따르면 {told[nearest]}년이지만"
        reasons.append(Witness("weekday", "decides", f"{against} 요일이 맞는 {option.year}년"))
    elif source is not None:
        note = f"{SOURCES[source]}에 따라 {option.year}년"
        reasons.append(Witness("weekday" if source == "vote" else "context", "decides", note))
    elif told.get("report") == option.year:
        reasons.append(Witness("report", "decides", f"{by_report} {option.year}년"))
    else:
        reasons.append(Witness("context", "decides", f"둘레의 날짜에 따라 {option.year}년"))
    return Resolution(resolution.value, [*resolution.witnesses, *reasons])


def _years(told: Mapping[str, int]) -> list[int]:
    """Return the years to try: those that are named, and those after and before them."""
    steps = [year + step for step in (0, 1, -1) for year in told.values()]
    return list(dict.fromkeys(steps))[:_MOST_YEARS]


def _months_before(found: Sequence[Slot], at: int, day: date | None) -> Iterator[int]:
    """Yield the months that the dates shortly before a lone day name, and the ones after them.

    `day` is that of the report, from which `내달 1일` counts.
    """
    place = found[at].place
    near = [found[at].parent] if found[at].parent is not None else []
    near += range(at - 1, max(-1, at - 1 - _NEAR), -1)
    items = (i for j in near if j is not None for i in reversed(found[j].place.expression.items))
    written = [month for item in items if (month := _month_of(item, day)) is not None]
    near_by = [m for block in place.headings() if (m := named_month(block.text)) is not None]
    for month in dict.fromkeys([*near_by[:1], *written]):
        yield month
    for month in dict.fromkeys(written[:2]):
        yield month % 12 + 1


def _month_of(item: Partial, day: date | None) -> int | None:
    """Return the month that a point names, by number or by its distance from the report's."""
    if item.shift is not None and item.shift[0] == "month" and day is not None:
        return (day.month + item.shift[1] - 1) % 12 + 1
    return item.month


# Features


def _features(slot: Slot, option: Option, evidence: Evidence) -> Iterator[str]:
    """Yield what speaks of one candidate by itself."""
    place, start, told, months, day = slot.place, option.start, slot.told, slot.months, slot.day
    for witness in option.resolution.witnesses:
        if witness.kind in ("weekday", "order", "count") and witness.verdict != "decides":
            yield f"{witness.kind}:{witness.verdict}"
            if witness.kind == "weekday":
                voted = f"{min(evidence.votes, 3)} {evidence.voted == option.year}"
                yield f"weekday:{witness.verdict} {voted}"
    year = option.year or 0
    for name, month in months.items():
        yield f"month {name}:{(option.month or 0) == month}"
    if months:
        own_month = next(iter(months))
        yield f"nearest month={own_month}:{months[own_month] == option.month}"
    if slot.is_lone_day and slot.relation in _YEAR_OF:
        return
    for name, told_year in told.items():
        yield f"{name}:{max(-2, min(2, year - told_year))}"
    own = next((n for n in _NEAREST if n in told), "none")
    yield f"nearest={own}:{max(-2, min(2, year - told.get(own, year)))}"
    if day is not None and start is not None:
        apart = (start.year - day.year) * 12 + start.month - day.month
        months_apart = bucket(apart, _MONTHS_APART)
        section, clause = looks(place), tense(place)
        pointing = place.expression.direction or "none"
        yield f"apart:{months_apart}"
        yield f"apart {pointing}:{months_apart}"
        yield f"apart {section} {clause}:{months_apart}"
        yield f"apart {place.expression.form}:{months_apart}"
        side = (start > day) - (start < day)
        yield f"side {pointing}:{side}"
        yield f"side {section} {clause}:{side}"
        if slot.is_lone_day:
            yield f"lone apart {own}:{months_apart}"
    if evidence.voted is not None:
        apart = max(-2, min(2, year - evidence.voted))
        yield f"votes {min(evidence.votes, 5)} {day is not None}:{apart}"


_NEAREST = (
    "bracket", "line", "sentence", "subject", "session", "row_before", "column_head", "row_head",
    "row_behind", "line_above", "heading", "same_day", "title", "vote", "most",
)  # fmt: skip
"""The sources from the nearest to the farthest."""
_YEAR_OF = ("month", "row", "column", "list")
"""Where a lone day stands so to another date, its year is that one's: it tells nothing anew."""
_NAMED = tuple(name for name in _NEAREST if name not in ("vote", "most"))
"""Those that name a year themselves."""


def pair_features(slot: Slot, option: Option, before: Option) -> list[str]:
    """Return what speaks of a candidate beside the one chosen for the date it goes on from."""
    return names_of(_beside(slot, option, before))


def _beside(slot: Slot, option: Option, before: Option) -> Iterator[Told]:
    """Yield the clues to a candidate beside the one of the date that it goes on from."""
    start, first = option.start, before.start
    if start is None or first is None:
        return
    years = start.year - first.year
    days = bucket((start - first).days, _DAYS_APART)
    yield _ORDER, (slot.relation, slot.ordered, max(-2, min(2, years)), days)
    if slot.is_lone_day:
        months = years * 12 + start.month - first.month
        relation = f"{slot.relation} {'lone' if before.month is not None else 'named'}"
        yield _LONE, (relation, start.day < first.day, max(-2, min(3, months)))


def _ends_early(slot: Slot, option: Option, before: Option) -> float:
    """Return what is held against the end of a period told in two dates that lies before its
    beginning: a hard rule."""
    if slot.relation != "span" or option.start is None or before.start is None:
        return 0.0
    return _IMPOSSIBLE if option.start < before.start else 0.0


def _order_names(relation: str, ordered: bool, years: int, days: int) -> Iterator[str]:
    yield f"{relation} years:{years}"
    yield f"{relation} days:{days}"
    yield f"years:{years}"
    yield f"days:{days}"
    yield f"ordered {ordered} years:{years}"
    yield f"ordered {ordered} days:{days}"


def _lone_names(relation: str, turns: bool, months: int) -> Iterator[str]:
    yield f"{relation} {turns}:{months}"
    yield f"lone {turns}:{months}"
    yield f"lone:{months}"


_ORDER = Clue("year", _order_names)
_LONE = Clue("year", _lone_names)


# The tree of dates


class _Tree:
    """Tells of each date which one before it it goes on from."""

    def __init__(self, report: Report, found: Sequence[Slot]) -> None:
        self.report, self.found = report, found
        self.segments: dict[int, int] = {}
        self.rows: dict[int, int] = {}
        self.columns: dict[tuple[int, int], int] = {}
        self.sections: dict[int, int] = {}
        self.headings: dict[int, int] = {}
        self.month: int | None = None
        self.last: int | None = None

    def parent(self, at: int) -> tuple[int | None, str]:
        """Return the index of the date that a date goes on from, and how the two stand."""
        place = self.found[at].place
        answer = self._parent(at, place)
        self._remember(at, place)
        return answer

    def _parent(self, at: int, place: Place) -> tuple[int | None, str]:
        items = place.expression.items
        if not items or not place.expression.is_open:
            return None, ""
        block, lone = place.block, items[0].is_lone_day
        if (before := self.segments.get(place.segment)) is not None:
            first = self.found[before].place.expression
            between = self.report.view[first.end : place.expression.start][:200]
            spans = (first.form, place.expression.form) == ("from", "until")
            relation = _relation(between)
            return before, "span" if spans and relation != "segment" else relation
        if place.table is not None and place.cell is not None and block is not None:
            if (before := self.rows.get(block.start)) is not None:
                return before, "row"
            if (before := self.columns.get((id(place.table), place.cell.column))) is not None:
                return before, "column"
        if lone and self.month is not None:
            return self.month, "month"
        section = self.sections.get(id(block.parent)) if block is not None else None
        if section is not None:
            return section, "section"
        for above in place.headings():
            if (before := self.headings.get(above.start)) is not None:
                return before, "heading"
        return self.last, "text"

    def _remember(self, at: int, place: Place) -> None:
        expression = place.expression
        item = expression.items[0] if expression.items else None
        if (
            item is None
            or expression.form in ("rule", "ongoing", "undated")
            or item.unit in _COARSE
        ):
            return
        block = place.block
        self.segments[place.segment] = self.last = at
        if item.unit == "month" and expression.form == "point" and self._heads(expression):
            self.month = at
        if block is None:
            return
        if place.table is not None and place.cell is not None:
            self.rows[block.start] = at
            self.columns[id(place.table), place.cell.column] = at
        elif block.kind == "heading":
            self.headings[block.start] = at
        self.sections.setdefault(id(block.parent), at)
        if not place.before.strip():
            self.sections[id(block.parent)] = at

    def _heads(self, expression: Expression) -> bool:
        """Tell whether a month heads what follows: it begins a short line."""
        before, after = _line(self.report.view, expression)
        return not any(map(str.isalnum, before)) and len(after.strip()) <= _HEADING_REST


def _relation(between: str) -> str:
    """Return how two dates of a segment stand by what is written between them."""
    if _LIST_SIGN.match(between):
        return "list"
    return "segment" if len(between) > _CLAUSE or _SENTENCE_BREAK.search(between) else "sentence"


def _line(view: str, expression: Expression) -> tuple[str, str]:
    """Return what stands before and behind an expression in its line."""
    start = view.rfind("\n", 0, expression.start) + 1
    end = view.find("\n", expression.end)
    return view[start : expression.start], view[expression.end : end if end >= 0 else len(view)]


# The choice


def choose(found: Sequence[Slot]) -> list[Chosen | None]:
    """Choose for every expression the candidate that fits best together with all the others.

    `None` where an expression has no candidate. The runner-up is the best candidate of another
    value, everything else chosen anew for it.
    """
    scored = zip(found, totals(found), strict=True)
    return [_chosen(slot, scores) for slot, scores in scored]


def totals(found: Sequence[Slot]) -> list[list[float]]:
    """Return for every candidate the score of the best choice for all that it is part of.

    Of the candidates of a slot only the likeliest are kept.
    """
    weight = weights("year")
    own: list[list[float]] = []
    for slot in found:
        scored = [score(option.features, weight) for option in slot.options]
        if len(scored) > _MOST_OPTIONS:
            best = sorted(range(len(scored)), key=lambda k: -scored[k])[:_MOST_OPTIONS]
            slot.options = [slot.options[k] for k in sorted(best)]
            scored = [scored[k] for k in sorted(best)]
        own.append(scored)
    up = [list(scores) for scores in own]
    sent: list[list[float]] = [[] for _ in found]
    pairs: list[list[list[float]]] = [[] for _ in found]
    for at in range(len(found) - 1, -1, -1):
        slot = found[at]
        if slot.parent is None or not slot.options or not found[slot.parent].options:
            continue
        above = found[slot.parent].options
        pairs[at] = [
            [
                weighed(_beside(slot, option, before)) - _ends_early(slot, option, before)
                for option in slot.options
            ]
            for before in above
        ]
        sent[at] = [max(p + u for p, u in zip(row, up[at], strict=True)) for row in pairs[at]]
        for k, message in enumerate(sent[at]):
            up[slot.parent][k] += message
    total: list[list[float]] = []
    for at, slot in enumerate(found):
        if not pairs[at] or slot.parent is None:
            total.append(up[at])
            continue
        outside = [t - s for t, s in zip(total[slot.parent], sent[at], strict=True)]
        total.append(
            [
                u + max(o + row[k] for o, row in zip(outside, pairs[at], strict=True))
                for k, u in enumerate(up[at])
            ]
        )
    return total


def _chosen(slot: Slot, scores: Sequence[float]) -> Chosen | None:
    options = slot.options
    if not options:
        return None
    order = sorted(range(len(options)), key=lambda k: -scores[k])
    best = options[order[0]]
    share = shares(scores)
    same = [k for k in order if options[k].resolution.value == best.resolution.value]
    others = [options[k] for k in order if k not in same]
    if _weekdays(best.resolution) == {"contradicts"}:
        # What fits the weekday is what it may be otherwise.
        others.sort(key=lambda other: _weekdays(other.resolution) != {"agrees"})
    other = _reasoned(slot, others[0]) if others else None
    return Chosen(_reasoned(slot, best), sum(share[k] for k in same), other)


def _weekdays(resolution: Resolution) -> set[Verdict]:
    """Return what its weekdays say of a candidate."""
    return {w.verdict for w in resolution.witnesses if w.kind == "weekday"} - {"decides"}


def decided(report: Report, days: Days, places: Sequence[Place]) -> Iterator[tuple[Place, Chosen]]:
    """Yield every place with what its expression came to.

    `days` are the days from which the parts of the report count (in a bundle of releases more
    than one), each with the offset from which it holds.
    What counts from another date (`같은 달 15일`, `D-14`) is resolved once that one is known.
    """
    found = slots(report, days, places)
    day = days[0][1] if days else None
    ddays = _Ddays(report)
    waiting: list[Place] = []
    before: dict[int, tuple[Value, float]] = {}
    last: tuple[Value | None, float] = None, 1.0
    for slot, chosen in zip(found, choose(found), strict=True):
        place, items = slot.place, slot.place.expression.items
        if items and items[0].days_before is not None:
            waiting.append(place)
            continue
        repeats = bool(items) and items[0].same is not None
        if chosen is None or repeats:
            previous, sure = before.get(place.segment, last)
            anchor = Anchor(report=day, previous=previous)
            chosen = Chosen(resolve(place.expression, anchor), sure if repeats else 1.0)
        value = chosen.resolution.value
        if value is not None and any(value.bounds()):
            last = before[place.segment] = value, chosen.confidence
        ddays.remember(place, value)
        yield place, chosen
    for place in waiting:
        yield (
            place,
            Chosen(resolve(place.expression, Anchor(report=day, dday=ddays.of(place))), 1.0),
        )


class _Ddays:
    """The days from which `D-14` counts back: one that is called so, else that of a heading."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.named: date | None = None
        self.headings: dict[int, date] = {}

    def remember(self, place: Place, value: Value | None) -> None:
        if value is None:
            return
        if _DDAY.search(place.before):
            self.named = as_day(value.bounds()[0])
        day = as_day(value.bounds()[0]) if is_exact(value) else None
        if day is not None and place.block is not None and place.block.kind == "heading":
            self.headings[place.block.start] = day

    def of(self, place: Place) -> date | None:
        headed = (self.headings.get(block.start) for block in place.headings())
        return self.named or next(filter(None, headed), None)
