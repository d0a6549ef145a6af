"""What a Korean reader reads: the words for kinds and statuses, and dates as they are written.

`when` writes a date as a Korean report does: `2.22(월)–3. 5(금)`, `5월 중`, `5–6월`, `~12월`,
`'22. 4월–'23. 4월`, `7. 8(목) 10:00–11:00`. The year is left out where the context tells it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, time, timedelta
from itertools import pairwise

from calendarize.events.model import DOUBT, Event, Kind, Status
from calendarize.export.text import one_line
from calendarize.timex.recurrence import WEEKDAYS
from calendarize.timex.resolve import WitnessKind
from calendarize.timex.values import (
    PARTS,
    Day,
    Half,
    Interval,
    Moment,
    Month,
    Part,
    Point,
    Quarter,
    Recurring,
    Several,
    Undated,
    Value,
    Within,
    Year,
)

KINDS: dict[Kind, str] = {
    "session": "회기",
    "sitting": "본회의",
    "question": "시정질문",
    "audit": "행정사무감사",
    "budget": "예산",
    "committee": "위원회",
    "meeting": "회의",
    "ceremony": "행사",
    "holiday": "휴일",
    "election": "선거",
    "deadline": "마감",
    "term": "임기",
    "milestone": "추진",
    "ongoing": "상시",
}

STATUSES: dict[Status, str] = {
    "done": "지남",
    "ongoing": "진행",
    "planned": "예정",
    "undated": "수시",
}

WITNESSES: dict[WitnessKind, str] = {
    "weekday": "요일",
    "count": "일수",
    "range": "같은 기간",
    "list": "같은 목록",
    "context": "제목·표",
    "report": "보고일",
    "relative": "기준일",
    "order": "순서",
    "exists": "없는 날짜",
    "session": "회기",
    "repetition": "중복",
    "postponed": "연기",
    "total": "합계",
    "composition": "내역",
    "holiday": "공휴일",
}

CANCELLED = "취소"
DOUBTFUL = f"[{DOUBT}] "
"""What stands before the title of a doubtful entry where there is no room to say more."""

MARKS: dict[Status, str] = {"done": "✓", "ongoing": "▶", "planned": "○", "undated": "·"}
CANCELLED_MARK = "×"

_YEAR_ROUND = ("연중", "연간", "연 중", "연 간")


def when(event: Event, year: int | None = None) -> str:
    """Write an event's time for a reader who knows that `year` is meant (`None`: say it)."""
    if event.dates:
        return _sequence(map(_run_value, runs(event.dates)), year)
    if isinstance(event.value, Year):
        said = event.kind == "ongoing" or any(w in event.source.text for w in _YEAR_ROUND)
        if not said:
            return f"{event.value.year}년 중"
        return "연중" if event.value.year == year else f"{event.value.year}년 연중"
    return value_words(event.value, year)


def marked(event: Event, title: str) -> str:
    """Return a title with the marks of what is called off and of what is doubtful."""
    return f"{called_off(event)}{DOUBTFUL if event.is_doubtful else ''}{title}"


def called_off(event: Event) -> str:
    """Return the mark of what is called off, where the title does not say so itself."""
    return f"[{CANCELLED}] " if event.cancelled and CANCELLED not in event.title else ""


def place_behind(event: Event, title: str) -> str:
    """Return the place of an event as it stands behind its title: `· 시청 대강당`, or nothing."""
    place = one_line(event.location or "")
    return f"· {place}" if place and place not in title else ""


def standing(event: Event, today: date) -> tuple[str, str]:
    """Return the mark and the word for how an event stands on a day: `("○", "예정")`."""
    if event.cancelled:
        return CANCELLED_MARK, CANCELLED
    status = event.status(today)
    return MARKS[status], STATUSES[status]


def value_words(value: Value, year: int | None = None) -> str:
    """Write a value; see `when`."""
    match value:
        case Interval():
            return _interval(value, year)
        case Several(values):
            return _same_unit(values, "·", year) or _sequence(values, year)
        case Recurring():
            return f"{_span(value, year)}{value.repetition()}"
        case Undated(word):
            return word
        case Month():
            return f"{_point(value, year)} 중"
        case _:
            return _point(value, year)


def day_words(day: date) -> str:
    """Write a day in full: `2021. 5. 3.(월)`."""
    return Day(day).korean()


def runs(days: Iterable[date]) -> list[tuple[date, date]]:
    """Join days into runs of consecutive days: first and last of each, in order."""
    found: list[tuple[date, date]] = []
    for day in sorted(set(days)):
        if found and day - found[-1][1] == timedelta(days=1):
            found[-1] = found[-1][0], day
        else:
            found.append((day, day))
    return found


def _run_value(run: tuple[date, date]) -> Point | Interval:
    first, last = run
    return Day(first) if first == last else Interval(Day(first), Day(last))


def _year_of(point: Point) -> int:
    match point:
        case Day(day):
            return day.year
        case Moment(at):
            return at.year
        case _:
            return point.year


def _prefix(year: int, known: int | None) -> str:
    if year == known:
        return ""
    return f"'{year % 100:02d}. " if 2000 <= year < 2100 else f"{year}. "


def _day(day: date) -> str:
    return f"{day.month}.{day.day:>2}({WEEKDAYS[day.weekday()]})"


def _numbered(point: Point | Interval) -> tuple[str, str] | None:
    """Split a point that is a number of a unit: `5월` → `5`, `월`."""
    match point:
        case Month(_, month):
            return str(month), "월"
        case Quarter(_, quarter):
            return str(quarter), "분기"
        case Half(_, half):
            return "상하"[half - 1], "반기"
        case _:
            return None


def _point(point: Point, year: int | None) -> str:
    if isinstance(point, Year):
        return f"{point.year}년"
    prefix = _prefix(_year_of(point), year)
    match point:
        case Day(day):
            return prefix + _day(day)
        case Moment(at):
            return f"{prefix}{_day(at.date())} {at:%H:%M}"
        case Part(_, month, part):
            return f"{prefix}{month}월 {PARTS[part]}"
        case Within(first, last):
            return f"{_interval(Interval(Day(first), Day(last)), year)} 중"
        case _:
            return prefix + "".join(_numbered(point) or ())


def _same_unit(values: Sequence[Point | Interval], joint: str, year: int | None) -> str | None:
    """Write points of one unit and year as one: `3·6·9월`, `5–6월`; `None` where they differ."""
    numbered = [(_year_of(v), *n) for v in values if not isinstance(v, Interval)
                if (n := _numbered(v))]  # fmt: skip
    if len(numbered) < len(values) or len({(y, unit) for y, _, unit in numbered}) != 1:
        return None
    (first_year, _, unit), *_ = numbered
    return _prefix(first_year, year) + joint.join(number for _, number, _ in numbered) + unit


def _span(value: Recurring, year: int | None) -> str:
    """Write the bounds of a rule, unless they are just the year that is meant anyway."""
    span = value.span
    if span is None or (isinstance(span, Year) and span.year == year):
        return ""
    return value_words(span, year).removesuffix(" 중") + " "


def _interval(value: Interval, year: int | None) -> str:
    start, end = value.start, value.end
    if start is None or end is None:
        return f"{_point(start, year)}~" if start else f"~{_point(end, year)}" if end else ""
    if start == end:
        return value_words(start, year)
    if merged := _same_unit((start, end), "–", year):
        return merged
    match start, end:
        case Moment(a), Moment(b) if a.date() == b.date():
            return f"{_point(start, year)}–{b:%H:%M}"
        case Moment(a), Moment(b) if f"{b:%H:%M}" == "00:00" and (b.date() - a.date()).days == 1:
            return f"{_point(start, year)}–24:00"
        case Day(a), Day(b) if (a.year, a.month) == (b.year, b.month):
            return f"{_point(start, year)}–{b.day}({WEEKDAYS[b.weekday()]})"
        case Year(a), Year(b):
            return f"{a}–{b}년"
    if _year_of(start) != _year_of(end):
        return f"{_point(start, None)}–{_last(end, None)}"
    return f"{_point(start, year)}–{_last(end, _year_of(start))}"


def _last(point: Point, year: int | None) -> str:
    """Write the end of a period: 00:00 is 24:00 of the day before, as Korean offices write."""
    if isinstance(point, Moment) and point.at.time() == time():
        return f"{_point(Day(point.at.date() - timedelta(days=1)), year)} 24:00"
    return _point(point, year)


def _ends(value: Point | Interval) -> tuple[Point | None, Point | None]:
    return (value.start, value.end) if isinstance(value, Interval) else (value, value)


def _sequence(values: Iterable[Point | Interval], year: int | None) -> str:
    """Write values one after another, a year or month not said twice: `10.24(일), 31(일)`."""
    return ", ".join(_followed(list(values), year))


def _followed(values: list[Point | Interval], year: int | None) -> Iterator[str]:
    if values:
        yield value_words(values[0], year)
    for before, value in pairwise(values):
        last, first = _ends(before)[1], _ends(value)[0]
        words = value_words(value, _year_of(last) if last else year)
        match last, first:
            case Day(a), Day(b) if (a.year, a.month) == (b.year, b.month):
                yield words.split(".", 1)[1].lstrip()
            case _:
                yield words
