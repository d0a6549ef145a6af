"""Properties of the grammar: what is written in any notation is read back, and nothing crashes."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from calendarize.timex.grammar import expressions
from calendarize.timex.recurrence import WEEKDAYS, Rule, korean_rule
from calendarize.timex.resolve import Anchor, resolve
from calendarize.timex.values import (
    Day,
    Half,
    Interval,
    Moment,
    Month,
    Part,
    Quarter,
    Value,
    Year,
)
from tests.whole import read_value

TODAY = date(2021, 5, 3)
days = st.dates(date(1960, 1, 1), date(2059, 12, 31))
months = st.builds(Month, st.integers(1960, 2059), st.integers(1, 12))

DAY_NOTATIONS = {
    "official": lambda d: f"{d.year}. {d.month}. {d.day}.",
    "official with weekday": lambda d: f"{d.year}. {d.month}. {d.day}.({WEEKDAYS[d.weekday()]})",
    "short year": lambda d: f"'{d:%y}. {d.month}. {d.day}.",
    "short year, tight": lambda d: f"'{d:%y}.{d.month}.{d.day}",
    "typographic apostrophe": lambda d: f"’{d:%y}. {d.month}. {d.day}.",
    "Korean": lambda d: f"{d.year}년 {d.month}월 {d.day}일",
    "Korean with weekday": lambda d: (
        f"{d.year}년 {d.month}월 {d.day}일({WEEKDAYS[d.weekday()]}요일)"
    ),
    "ISO 8601": lambda d: d.isoformat(),
    "slashes": lambda d: f"{d.year}/{d.month}/{d.day}",
    "spaced out": lambda d: " ".join(f"{d.year}.{d.month}.{d.day}."),
    "full width": lambda d: f"{d.year}. {d.month}. {d.day}.".translate(
        {ord(c): ord(c) + 0xFEE0 for c in "0123456789."}
    ),
}


@pytest.mark.parametrize("notation", DAY_NOTATIONS)
@given(day=days)
def test_a_day_is_read_back_from_every_notation(notation: str, day: date) -> None:
    assert read_value(DAY_NOTATIONS[notation](day), TODAY) == Day(day)


@given(value=months)
def test_a_month_is_read_back_from_every_notation(value: Month) -> None:
    year, month = value.year, value.month
    for text in (
        f"{year}. {month}.",
        f"{year}년 {month}월",
        f"'{year % 100:02d}.{month}월",
        f"'{year % 100:02d}. {month}월 중",
        f"{year}.{month}월",
        f"{year}-{month:02d}",
    ):
        assert read_value(text, TODAY) == value, text


@given(year=st.integers(1960, 2059), number=st.integers(1, 4), part=st.integers(0, 2))
def test_coarse_points_are_read_back(year: int, number: int, part: int) -> None:
    half = (number + 1) // 2
    cases: dict[str, Value] = {
        f"{year}년": Year(year),
        f"'{year % 100:02d}년도": Year(year),
        f"{year}년 {'상하'[half - 1]}반기": Half(year, half),
        f"'{year % 100:02d}. {'상하'[half - 1]}반기 중": Half(year, half),
        f"{year}년 {number}/4분기": Quarter(year, number),
        f"'{year % 100:02d}년 {number}분기": Quarter(year, number),
        f"{year}년 {number}월 {('초', '중순', '말')[part]}": Part(year, number, part),
        f"'{year % 100:02d}. {number}월 {('초순', '중순', '하순')[part]}": Part(year, number, part),
    }
    for text, value in cases.items():
        assert read_value(text, TODAY) == value, text


@given(first=days, last=days)
def test_a_range_of_full_days_is_read_back(first: date, last: date) -> None:
    first, last = min(first, last), max(first, last)
    for sign in ("~", " ~ ", "～", " ∼ ", "부터 ", " – "):
        text = (
            f"{first.year}. {first.month}. {first.day}.{sign}{last.year}. {last.month}. {last.day}."
        )
        assert read_value(text, TODAY) == Interval(Day(first), Day(last)), text


@given(at=st.datetimes(datetime(1970, 1, 1), datetime(2049, 12, 31)))
def test_a_moment_is_read_back(at: datetime) -> None:
    at = at.replace(second=0, microsecond=0)
    day = f"{at.year}. {at.month}. {at.day}.({WEEKDAYS[at.weekday()]})"
    noon = "오후" if at.hour >= 12 else "오전"
    for clock in (
        f"{at:%H:%M}",
        f"{at.hour}시 {at.minute}분",
        f"{noon} {at.hour % 12 or 12}시 {at.minute}분",
    ):
        if noon == "오전" and at.hour == 0 and clock.startswith("오전"):
            continue  # 오전 12시 is said of midnight and of noon
        assert read_value(f"{day} {clock}", TODAY) == Moment(at), clock


@given(
    value=st.one_of(
        days.map(Day), months, st.builds(Half, st.integers(1960, 2059), st.integers(1, 2))
    )
)
def test_the_korean_form_of_a_value_reads_back_as_the_value(value: Value) -> None:
    assert read_value(value.korean(), TODAY) == value
    assert read_value(f"{value.korean()} ~", TODAY) == Interval(value, None)  # type: ignore[arg-type]
    assert read_value(f"~ {value.korean()}", TODAY) == Interval(None, value)  # type: ignore[arg-type]


dateish = st.text(
    alphabet="0123456789.,~'/-()· \n\t년월일시분초말중반기상하매주격연수요금까지부터이후현재제회",
    max_size=60,
)


@given(text=st.one_of(st.text(max_size=80), dateish))
@example("2021. 2. 30.")
@example("9999. 12. 31. ~ '00. 0. 0.")
@example("D-999 전년도 12월 33일 24시")
def test_any_text_is_read_without_a_crash(text: str) -> None:
    last = 0
    for found in expressions(text):
        assert last <= found.start < found.end <= len(text)
        last = found.end
        value = resolve(found, Anchor(report=TODAY)).value
        if value is not None:
            start, end = (b.date() if isinstance(b, datetime) else b for b in value.bounds())
            assert start is None or end is None or start <= end
            assert value.edtf()
            assert value.korean()


def test_a_written_year_never_depends_on_the_report() -> None:
    for text in (
        "'21. 5~6월",
        "2021. 2. 22.(월) ~ 3. 5.(금)",
        "~'20.12월",
        "'20.9.30.(수)~10.2.(금)",
    ):
        values = {read_value(text, date(year, 1, 1)) for year in (1999, 2016, 2026)}
        assert len(values) == 1
        assert None not in values


def test_a_weekday_decides_the_year_and_is_kept_as_the_reason() -> None:
    (found,) = expressions("4. 7(수)")
    resolution = resolve(found, Anchor(report=date(2020, 9, 1)))
    assert resolution.value == Day(date(2021, 4, 7))
    assert resolution.reasons == ["요일(수)이 맞는 2021년"]


def test_a_weekday_that_contradicts_warns_and_never_moves_the_date() -> None:
    (found,) = expressions("5. 3.(화)")
    resolution = resolve(found, Anchor(report=TODAY))
    assert resolution.value == Day(date(2021, 5, 3))
    assert resolution.warnings == ["요일 불일치: 2021-05-03는 월요일입니다(원문 '(화)')"]


def test_a_day_that_does_not_exist_is_no_date() -> None:
    assert read_value("2021. 2. 29.", TODAY) is None
    assert read_value("2020. 2. 29.", TODAY) == Day(date(2020, 2, 29))


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("FREQ=YEARLY;BYMONTH=1,2,3,4,5,6", "매년 1~6월"),
        ("FREQ=YEARLY;BYMONTH=3,9", "매년 3·9월"),
        ("FREQ=YEARLY;INTERVAL=2", "격년"),
        ("FREQ=MONTHLY;BYMONTH=2,4,6,8,10,12;BYDAY=3FR", "짝수월 셋째 주 금요일"),
        ("FREQ=MONTHLY;BYMONTHDAY=20,21,22,23,24,25", "매월 20~25일"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "매월 말일"),
    ],
)
def test_a_rule_is_told_as_a_reader_would(rule: str, told: str) -> None:
    assert korean_rule(Rule.parse(rule)) == told
    assert str(Rule.parse(rule)) == rule


@pytest.mark.parametrize(
    "written",
    ["", "매월", "FREQ=HOURLY", "FREQ=MONTHLY;BYMONTH=13", "FREQ=MONTHLY;BYDAY=9WE",
     "FREQ=WEEKLY;BYDAY=XX", "FREQ=DAILY;UNTIL=20210101", "FREQ=MONTHLY;INTERVAL=0"],
)  # fmt: skip
def test_what_no_report_tells_is_no_rule(written: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Rule.parse(written)
