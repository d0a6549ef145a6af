"""From when to when a rule lives: what a reader of the whole page would enter."""

from __future__ import annotations

from datetime import date

import pytest

from calendarize.events.assemble import assemble
from calendarize.events.model import Event
from calendarize.export.entries import Entry, entries
from calendarize.export.options import Options
from calendarize.export.words import when
from calendarize.mentions.reading import read
from calendarize.report import read_text


def events_of(title: str, day: str, text: str) -> list[Event]:
    return assemble(read(read_text(f"{title}\n\n{day}\n평생교육과\n\n{text}", "운영계획.txt")))


def repeated(title: str, day: str, text: str) -> list[Entry]:
    """Return the calendar entries of the rules of a report."""
    events = events_of(title, day, text)
    return [e for e in entries(events, Options(date(2025, 4, 1))) if e.event.rrule]


PLAN = "2025년 평생학습 운영계획", "2025. 4. 20."
ROWS = """| 강좌명 | 접수 시작 | 요일 | 개강 | 종강 |
|---|---|---|---|---|
| 수채화 교실 | 4. 22. | {} | 5. 12. | 7. 28. |
"""
LINES = """□ 서예 교실
 ○ 신청기간 : 4. 22. ~ 5. 9.
 ○ 운영기간 : 5. 12. ~ 7. 28.
 ○ 운영시간 : 매주 월요일 10:00~12:00
"""
TWO_LINES = """□ 합창단
 ○ 개강 : 5. 13.(화)
 ○ 종강 : 7. 29.(화)
 ○ 연습 : 매주 화요일 19:00
"""
ONE_LINE = "□ 목공 교실 : 5. 12. ~ 7. 28. 매주 월요일 14:00~16:00"
FORM = """| 구분 | 내용 |
|---|---|
| 강좌명 | 드론 교실 |
| 접수기간 | 4. 1. ~ 4. 20. |
| 교육기간 | 5. 12. ~ 7. 28. |
| 교육일시 | 매주 월요일 15:00 |
"""


@pytest.mark.parametrize(
    ("text", "first", "last", "times"),
    [
        (ROWS.format("매주 월"), "05-12", "07-28", 12),
        (ROWS.format("격주 월 10:00~12:00"), "05-12", "07-21", 6),
        (LINES, "05-12", "07-28", 12),
        (TWO_LINES, "05-13", "07-29", 12),
        (ONE_LINE, "05-12", "07-28", 12),
        (FORM, "05-12", "07-28", 12),
    ],
)
def test_a_rule_lives_from_the_bounds_beside_it(
    text: str, first: str, last: str, times: int
) -> None:
    (found,) = repeated(*PLAN, text)
    assert not found.tentative
    assert (f"{found.days[0]:%m-%d}", f"{found.days[-1]:%m-%d}") == (first, last)
    assert len(found.days) == times


def test_the_period_of_something_else_bounds_no_rule() -> None:
    text = "□ 서예 교실\n ○ 신청기간 : 4. 22. ~ 5. 20.\n ○ 운영시간 : 매주 월요일 10:00~12:00\n"
    (found,) = repeated(*PLAN, text)
    assert [found.days[0], found.days[-1]] == [date(2025, 1, 6), date(2025, 12, 29)]


def test_a_rule_of_a_plan_for_half_a_year_lives_in_it() -> None:
    (found,) = repeated("2025년 하반기 운영계획", "2025. 6. 20.", "□ 소식지 발간 : 매주 금요일\n")
    assert [found.days[0], found.days[-1]] == [date(2025, 7, 4), date(2025, 12, 26)]


@pytest.mark.parametrize(
    ("rule", "first"),
    [
        ("매주 월요일 09:00", date(2026, 1, 5)),
        ("매월 첫째 주 월요일", date(2026, 1, 5)),
        ("매년 6월 10일", date(2026, 6, 10)),
    ],
)
def test_a_plan_for_next_year_dates_its_rules_there(rule: str, first: date) -> None:
    (found,) = repeated("2026년도 주요업무계획", "2025. 12. 10.", f"□ 직원 조례 : {rule}\n")
    assert found.days[0] == first


def test_the_nearest_heading_that_names_a_year_decides() -> None:
    text = "□ 내년도 추진계획\n ○ 부서 회의 : 매주 월요일\n□ 추진실적\n ○ 상담 : 매주 수요일\n"
    first = {e.summary: e.days[0].year for e in repeated(*PLAN, text)}
    assert first == {"부서 회의": 2026, "상담": 2025}


@pytest.mark.parametrize("rule", ["격주 수요일", "매월", "분기별"])
def test_a_rule_that_does_not_say_its_days_is_inexact(rule: str) -> None:
    (event,) = events_of(*PLAN, f"□ 부서 회의 : {rule}\n")
    (entry,) = entries([event], Options(date(2025, 4, 1)))
    assert event.approximate
    assert entry.tentative


@pytest.mark.parametrize(
    "rule",
    [
        "매주 월요일 09:00 (매월 마지막 주 제외)",
        "매주 월요일 09:00, 매월 첫째 주는 제외",
        "매주 월요일 09:00 (7~8월 제외)",
        "매주 월요일 09:00(공휴일, 매월 첫째 주 제외)",
    ],
)
def test_what_a_rule_leaves_out_is_no_entry(rule: str) -> None:
    found = events_of("2021년 업무 계획", "2021. 5. 3.", f"- 간부회의 : {rule}\n")
    assert [event.title for event in found] == ["간부회의"]


@pytest.mark.parametrize(
    ("rule", "said", "first", "out"),
    [
        ("매주 월요일 10:00 (매월 마지막 주 제외)", "매주 월요일(마지막 주 제외) 10:00", "0106", {"0127", "0224"}),
        ("매주 수요일, 매월 첫째·셋째 주 제외", "매주 수요일(첫째·셋째 주 제외)", "0108", {"0101", "0115"}),
        ("매주 월요일 10:00 (첫째 주와 마지막 주 제외)", "매주 월요일(첫째·마지막 주 제외) 10:00", "0113", {"0106", "0127", "0203", "0224"}),
        ("매주 수요일(첫째·마지막 주 제외)", "매주 수요일(첫째·마지막 주 제외)", "0108", {"0101", "0129", "0205", "0226"}),
        ("매주 월~금 (마지막 주 금요일 제외)", "매주 월~금요일(마지막 주 금요일 제외)", "0101", {"0131", "0228"}),
        ("매주 월~금 (수요일 휴강)", "매주 월·화·목·금요일", "0102", {"0101", "0108"}),
        ("매주 화, 목 (7~8월, 공휴일 제외)", "매주 화·목요일(7·8월 제외)(공휴일 제외)", "0102", {"0128", "0701"}),
    ],
)  # fmt: skip
def test_weeks_days_and_months_left_out_are_in_no_calendar(
    rule: str, said: str, first: str, out: set[str]
) -> None:
    (event,) = events_of(*PLAN, f"□ 부서 회의 : {rule}\n")
    (entry,) = entries([event], Options(date(2025, 4, 1)))
    assert when(event, 2025) == said
    days = [f"{day:%m%d}" for day in entry.instances]
    assert days[0] == first
    assert not out & set(days)
    assert len(days) > 26
    assert (entry.rrule or "").startswith("FREQ=WEEKLY")  # as Outlook can hold it
