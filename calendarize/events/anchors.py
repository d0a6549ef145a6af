"""Anchors: what the place of an expression tells about its year, month and direction."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from itertools import chain

from dateutil.relativedelta import relativedelta

from calendarize.events import words
from calendarize.events.acceptance import MONTH_CELL
from calendarize.events.kinds import SESSION
from calendarize.events.place import Place
from calendarize.report.model import Block, Cell, Report, Table
from calendarize.timex.grammar import expressions
from calendarize.timex.partial import Direction, Expression, Partial
from calendarize.timex.resolve import Anchor
from calendarize.timex.values import Month, Value, Year, as_day, is_exact

_HALF_A_YEAR = 6
_FEWEST_VOTES = 2
_REMEMBERED = 4096
"""How many headings are remembered: they come back for every date below them."""
_OWN_LINE = "같은 줄의 연도"
_OWN_SENTENCE = "같은 문장의 연도"
_LINE_ABOVE = "윗줄의 연도"
_TITLE = "문서 제목"
_WRITTEN_BEFORE = "앞에 적힌 날짜"
_OF_WEEKDAYS = "여러 날짜의 요일에 맞는 연도"
_SESSION = "같은 회기의 연도"
_MOST_WRITTEN = "보고서에 가장 많이 적힌 연도"
_SOFT = (_LINE_ABOVE, _TITLE, _WRITTEN_BEFORE, _OF_WEEKDAYS, _MOST_WRITTEN)
"""Years that a weekday may overrule."""
_STATE_HEADING = re.compile(r"(?:추진|진행)\s?(?:상황|현황)|비\s?고")
"""Columns that tell how things stand now."""
_ADVERB = re.compile(r"^(?:\s?(?:봄|여름|가을|겨울|이맘때))?(?:에는|에도|에|엔|는|은)[\s,]")
_HEADS_LINE = re.compile(r"^\s?[가-힣 ]{0,8}(?:실적|결과|성과|계획|일정)\s?:\s")
_SENTENCE_BREAK = re.compile(r"[가-힣]\.\s")
_DDAY = re.compile(r"D-?day\s*[:(]?\s*$", re.IGNORECASE)
_LIST_SIGN = re.compile(r"^\s*(?:[,·/~]|및|와|과|또는|\s|\([^)]*\)|[가-힣]{0,8}\)?\s?[,/])*\s*$")


def explicit(expression: Expression) -> Partial | None:
    """Return the point of month precision or finer whose year an expression writes."""
    return next((i for i in expression.items if i.year is not None and i.unit != "year"), None)


def _voted(groups: Iterable[Sequence[Expression]], written: set[int | None]) -> int | None:
    """Return the year with which the weekdays of a report agree best, of the years around those
    that it writes; `None` where fewer than two weekdays tell them apart."""
    days = [
        item
        for group in groups
        for expression in group
        for item in expression.items
        if item.year is None and item.month and item.day and item.weekday is not None
    ]
    years = sorted({year + step for year in written if year for step in (-1, 0, 1)})
    votes = Counter({year: sum(_fits(item, year) for item in days) for year in years})
    (best, most), (_, second) = (*votes.most_common(2), (None, 0), (None, 0))[:2]
    return best if most >= _FEWEST_VOTES and most > second else None


def _fits(item: Partial, year: int) -> bool:
    try:
        return date(year, item.month or 0, item.day or 0).weekday() == item.weekday
    except ValueError:
        return False


def _points(expression: Expression) -> bool:
    """Tell whether an expression points at its year: `지난 6월`, `지난해 11월`."""
    shift = expression.items[0].shift if expression.items else None
    return expression.direction is not None or (shift is not None and shift[0] == "year")


@lru_cache(_REMEMBERED)
def named_year(text: str) -> int | None:
    """Return the year a heading names for what stands under it, fiscal years left out."""
    for found in expressions(text):
        if not found.items or found.items[0].year is None:
            continue
        if found.items[0].unit == "year" and words.FISCAL_AFTER.match(text[found.end :]):
            continue
        return found.items[0].year
    return None


class Context:
    """Builds the anchor of each expression in turn, remembering what came before it."""

    def __init__(
        self, report: Report, day: date | None, found: dict[int, list[Expression]]
    ) -> None:
        self.report, self.day = report, day
        # The dates with a year in each block, and the last year where its first is a period.
        self.written: dict[int, list[tuple[int, Partial]]] = {}
        self.lasts: dict[int, int] = {}
        for start, group in found.items():
            points = [(e.start, point) for e in group if (point := explicit(e)) is not None]
            if points:
                self.written[start] = points
            end = group[0].items[-1].year if group[0].form == "range" else None
            if end is not None:
                self.lasts[start] = end
        self.heading_years: dict[int, int | None] = {}
        self.title_year = named_year(report.title) if report.title else None
        if self.title_year is None and day is None:
            self.title_year = named_year(report.view[: report.front])
        years = Counter(
            point.year
            for points in self.written.values()
            for _, point in points
            if point.year is not None
        )
        self.all_years = frozenset(years)
        self.title_year = self.near(self.title_year)
        self.usual_year = self.title_year, _TITLE
        if day is None and (voted := _voted(found.values(), {*years, self.title_year})):
            self.usual_year = voted, _OF_WEEKDAYS
        elif day is None and self.title_year is None and years:
            self.usual_year = max(years, key=lambda year: (years[year], year)), _MOST_WRITTEN
        # The years in which a month and day are written in full somewhere in the report.
        self.years_of_day: dict[tuple[int | None, int | None], set[int]] = {}
        for expression in (e for group in found.values() for e in group):
            point = explicit(expression)
            if point is None or point.year is None:
                continue
            last = expression.items[-1]
            turns = (last.month or 12) < (point.month or 1)
            for item, year in ((point, point.year), (last, last.year or point.year + turns)):
                if item.day is not None:
                    self.years_of_day.setdefault((item.month, item.day), set()).add(year)
        self.last: tuple[Place, Value] | None = None
        self.dday: date | None = None
        # D-14 and the like whose D-day stands further below, by where they stand.
        self.waiting: dict[int, Place] = {}
        # Where a year was last written: the block above, the table, the year.
        self.latest: tuple[Block | None, Table | None, int] | None = None
        # The months of a timetable, by table: how often they began anew, and the last one.
        self.timetables: dict[int, tuple[int, int]] = {}
        self.columns: dict[tuple[int, int], date] = {}
        # The days told under a heading, by the number of their day: `10일` may be one again.
        self.told: dict[tuple[int, int], date] = {}
        # The day that a heading names, by where it starts.
        self.days: dict[int, date] = {}
        # The year of each council session, by its number.
        self.sessions: dict[str | None, int] = {}
        # The last time that points at a year (`내년에는`, `지난 6월`): what follows in its
        # sentence is in that year, or in the next where the months begin anew.
        self.adverb: tuple[Place, int, int] | None = None

    def anchor(self, place: Place) -> Anchor:
        """Return what the place tells; `remember` has to be called after each resolution."""
        previous, in_list = self.before(place)
        year, year_from = self.year(place)
        month = self.month(place)
        turns = self.turns_of_year(place, month)
        if year is not None and year_from not in (_OWN_LINE, _OWN_SENTENCE):
            year += turns
        return Anchor(
            report=self.day,
            year=year,
            year_from=year_from,
            month=month,
            previous=previous,
            in_list=in_list,
            direction=self.direction(place),
            dday=self.dday or self.day_of_heading(place),
            written_years=self.all_years if year_from in _SOFT else frozenset(),
        )

    def day_of_heading(self, place: Place) -> date | None:
        """Return the day that a heading names, from which D-14 below it counts back."""
        return next((d for b in place.headings() if (d := self.days.get(b.start))), None)

    def has_to_wait(self, place: Place) -> bool:
        """Put an expression that counts back from a D-day aside until that day is known."""
        items = place.expression.items
        waits = bool(items) and items[0].days_before is not None and self.dday is None
        if not waits or place.expression.start in self.waiting:
            return False
        self.waiting[place.expression.start] = place
        return True

    def remember(self, place: Place, value: Value | None) -> None:
        """Keep the value for what follows it in the same segment."""
        if (value is not None and as_day(value.bounds()[0])) or (value and value.bounds()[1]):
            self.last = (place, value)
        day = as_day(value.bounds()[0]) if value is not None and is_exact(value) else None
        if day is not None and place.block is not None and place.block.kind == "heading":
            self.days[place.block.start] = day
        if day is not None and (session := _session_number(place)) is not None:
            self.sessions.setdefault(session, day.year)
        if day is not None and _names_month(place.expression):
            self.told[_heading_of(place), day.day] = day
        if place.table is not None and place.cell is not None and day is not None:
            self.columns[id(place.table), place.cell.column] = day
        if value is not None and _DDAY.search(place.before):
            self.dday = as_day(value.bounds()[0])
        if (written := explicit(place.expression)) is not None and written.year is not None:
            parent = place.block.parent if place.block is not None else None
            self.latest, self.adverb = (parent, place.table, written.year), None
        heads = not place.before.strip() and _HEADS_LINE.match(place.after)
        if isinstance(value, Year) and (heads or _ADVERB.match(place.after)):
            self.adverb = (place, value.year, 1)
        elif day is not None or isinstance(value, Month):
            first = as_day(value.bounds()[0]) if value is not None else None
            if first is not None and _points(place.expression):
                self.adverb = (place, first.year, first.month)

    def before(self, place: Place) -> tuple[Value | None, bool]:
        """Return the value before it in the same segment, and whether one list holds both."""
        if self.last is None or self.last[0].segment != place.segment:
            return None, False
        last, value = self.last
        between = self.report.view[last.expression.end : place.expression.start][:200]
        coarse = value.precision in ("year", "half")
        return value, bool(_LIST_SIGN.match(between)) and not coarse

    def year(self, place: Place) -> tuple[int | None, str]:
        """Return the year that the same line, row, column or a heading names, and which."""
        if place.block is None:
            return self.title_year, _TITLE
        if (year := self.year_of_sentence(place)) is not None:
            return year, _OWN_SENTENCE
        if (year := self.year_in_brackets(place) or self.own_year(place)) is not None:
            return year, _OWN_LINE
        session = _session_number(place)
        if session in self.sessions:
            return self.sessions[session], _SESSION
        if place.table is not None and place.cell is not None:
            headings = place.table.column_headings(place.cell)
            if year := next(filter(None, map(named_year, headings)), None):
                return year, "표 머리의 연도"
            tells_now = any(_STATE_HEADING.search(heading) for heading in headings)
            if not tells_now and (year := self.row_year(place)) is not None:
                return year, _OWN_LINE
            left = (named_year(c.text) for c in place.table.row_headings(place.cell))
            if not tells_now and (year := next(filter(None, left), None)):
                return year, "표 머리의 연도"
        for above in place.block.ancestors():
            written = above.kind == "bullet" and above.start in self.written
            if written and (year := self.year_above(place, above)) is not None:
                return year, _LINE_ABOVE
            points_from_report = place.expression.direction is not None and self.day is not None
            if not points_from_report and (year := self.heading_year(above)) is not None:
                return year, "제목의 연도"
        if self.day is None and (year := self.year_of_same_day(place)) is not None:
            return year, "연도를 적은 같은 날짜"
        if self.title_year is None and self.day is not None:
            return None, ""
        if (year := self.year_before(place)) is not None:
            return year, "같은 줄의 앞 날짜"
        parent = place.block.parent
        beside = self.latest is not None and (
            self.latest[0] is parent or self.latest[1] is place.table is not None
        )
        if self.latest is not None and beside and self.usual_year[1] == _MOST_WRITTEN:
            return self.latest[2], _WRITTEN_BEFORE
        return self.usual_year

    def year_before(self, place: Place) -> int | None:
        """Return the year of the day before it in the same block, or the one after it."""
        item = place.expression.items[0] if place.expression.items else None
        if self.last is None or self.last[0].block is not place.block or item is None:
            return None
        _, value = self.last
        day = as_day(value.bounds()[0]) if is_exact(value) else None
        if day is None or item.month is None:
            return None
        return day.year + (item.month < day.month - _HALF_A_YEAR)

    def year_of_same_day(self, place: Place) -> int | None:
        """Return the one year with which the report writes the last day of an expression."""
        item = place.expression.items[-1] if place.expression.items else None
        if item is None or item.day is None:
            return None
        years = self.years_of_day.get((item.month, item.day), set())
        return next(iter(years)) if len(years) == 1 else None

    def year_of_sentence(self, place: Place) -> int | None:
        """Return the year that its sentence sets: `내년에는 3월부터`, `올해에는 …를 거쳐 9월에`."""
        if self.adverb is None or self.adverb[0].segment != place.segment:
            return None
        adverb, year, month = self.adverb
        between = self.report.view[adverb.expression.end : place.expression.start]
        item = place.expression.items[0] if place.expression.items else None
        if item is None or _SENTENCE_BREAK.search(between):
            return None
        return year + (item.month is not None and item.month < month - _HALF_A_YEAR)

    def year_above(self, place: Place, above: Block) -> int | None:
        """Return the year of the date in the line above, of a period over New Year the fitting."""
        first = self.written[above.start][0][1]
        last = self.lasts.get(above.start)
        item = place.expression.items[0] if place.expression.items else None
        if last is not None and self.day is not None and last > (first.year or 0) + 1:
            return None  # the years of a term of office
        if last is None or item is None or not item.month or not first.month:
            return first.year
        return last if item.month < first.month else first.year

    def own_year(self, place: Place) -> int | None:
        """Return the year that a date before it in the line or cell writes, or the next one where
        the months begin anew: `'20. 12월 착수, 3월 완료`."""
        if place.block is None:
            return None
        first = place.cell.start if place.cell is not None else place.block.start
        points = self.written.get(place.block.start, ())
        before = [(s, p) for s, p in points if first <= s < place.expression.start]
        item = place.expression.items[0] if place.expression.items else None
        if not before or (year := before[-1][1].year) is None:
            return None
        start, point = before[-1]
        turns = item is not None and (item.month or 12) < (point.month or 1) - _HALF_A_YEAR
        if turns and _SENTENCE_BREAK.search(self.report.view, start, place.expression.start):
            return year
        return year + turns

    def year_in_brackets(self, place: Place) -> int | None:
        """Return the year of the same month in the bracket right behind: `1월 내('17. 1월)`."""
        if place.index + 1 >= len(place.siblings) or not place.expression.items:
            return None
        following = place.siblings[place.index + 1]
        point = explicit(following)
        between = self.report.view[place.expression.end : following.start]
        same = point is not None and point.month == place.expression.items[0].month
        return point.year if point is not None and same and between.strip() == "(" else None

    def row_year(self, place: Place) -> int | None:
        """Return the year that a date in another cell of the row writes.

        The columns of a row follow each other in time: 11. 25. stands before 2025. 1. 10.
        """
        if place.block is None or not place.expression.items:
            return None
        points = self.written.get(place.block.start, ())
        before = [point for start, point in points if start < place.expression.start]
        if before:
            return before[-1].year
        behind = [point for start, point in points if start > place.expression.start]
        if not behind:
            return None
        later, item = behind[0], place.expression.items[0]
        falls_after = (item.month or 0, item.day or 0) > (later.month or 12, later.day or 31)
        # A period in January stands beside the days of December on which one could apply.
        turns = (later.month or 0) - (item.month or 12) > _HALF_A_YEAR
        return (later.year or 0) - falls_after + turns

    def near(self, year: int | None) -> int | None:
        """Return the year that a title or heading names unless it is an aim: `2050 탄소중립`."""
        latest = self.day.year if self.day is not None else max(self.all_years, default=year)
        return None if year is None or latest is None or year > latest + 1 else year

    def heading_year(self, block: Block) -> int | None:
        if block.kind != "heading":
            return None
        if block.start not in self.heading_years:
            self.heading_years[block.start] = self.near(named_year(block.text))
        return self.heading_years[block.start]

    def month(self, place: Place) -> int | None:
        """Return the month that a lone day stands under: its row's, list's or heading's."""
        item = place.expression.items[0] if place.expression.items else None
        if item is None or item.month is not None or item.day is None:
            return None
        if place.table is not None and place.cell is not None:
            left = reversed(place.table.row_headings(place.cell))
            column = reversed(_cells_above(place.table, place.cell))
            told = (_month_of(c.text) for c in chain(left, column))
            if (month := next(filter(None, told), None)) is not None:
                return month
        if self.last is not None and self.last[0].segment == place.segment:
            return None
        if (month := self.month_above(place, item)) is not None:
            return month
        again = self.told.get((_heading_of(place), item.day)) if place.table is None else None
        if again is not None and place.expression.direction is None:
            return again.month
        for above in place.headings():
            if (month := _month_of(above.text)) is not None:
                return month
        return _month_of(self.report.title)

    def month_above(self, place: Place, item: Partial) -> int | None:
        """Return the month of the date above a lone day in its column, or the one after it.

        A weekday tells which of the two; without one the days of a column go on in time.
        """
        if place.table is None or place.cell is None or item.day is None:
            return None
        above = self.columns.get((id(place.table), place.cell.column))
        if above is None:
            return None
        following = above + relativedelta(day=1, months=1)
        for month in (above, following):
            day = month + relativedelta(day=item.day)
            if (day.day, day.weekday()) == (item.day, item.weekday):
                return day.month
        return above.month if item.day >= above.day else following.month

    def turns_of_year(self, place: Place, month: int | None) -> int:
        """Return how often the months of a timetable have begun anew: 12월, then 1월."""
        item = place.expression.items[0] if place.expression.items else None
        if place.table is None or item is None or place.expression.form != "point":
            month = month or None
        elif item.unit == "month" and place.alone and item.year is None:
            month = item.month
        if place.table is None or month is None:
            return 0
        turns, last = self.timetables.get(id(place.table), (0, month))
        turns += last > month + _HALF_A_YEAR
        self.timetables[id(place.table)] = turns, month
        return turns

    def direction(self, place: Place) -> Direction | None:
        """Return where the nearest telling heading looks: 추진실적 back, 향후계획 forward."""
        for above in place.headings():
            if words.LOOKS_FORWARD.search(above.text):
                return "future"
            if words.LOOKS_BACK.search(above.text):
                return "past"
            if above.kind == "heading":
                return None
        return None


def _heading_of(place: Place) -> int:
    """Return what tells the heading of a place from others."""
    return next((b.start for b in place.headings() if b.kind == "heading"), -1)


def _cells_above(table: Table, cell: Cell) -> list[Cell]:
    """Return the cells above one that hold a month and nothing else, top first."""
    above = (c for row in table.rows[: cell.row] for c in row if c.column == cell.column)
    return [c for c in above if MONTH_CELL.match(c.text)]


def _names_month(expression: Expression) -> bool:
    return bool(expression.items) and expression.items[0].month is not None


def _session_number(place: Place) -> str | None:
    """Return the number of the council session that the words before a date or its row name."""
    row = place.block.text if place.table is not None and place.block is not None else ""
    for text in (place.before, row):
        if "회" in text and (numbers := [found[1] for found in SESSION.finditer(text)]):
            return numbers[-1]
    return None


@lru_cache(_REMEMBERED)
def _month_of(text: str) -> int | None:
    if "월" not in text:
        return None
    for found in expressions(text):
        item = found.items[0] if found.items else None
        if item is not None and item.unit == "month" and found.form == "point":
            return item.month
    return None
