"""The council's calendar: sessions in many layouts, references to them, several reports."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from calendarize.events.assemble import assemble
from calendarize.events.checks import problems
from calendarize.events.model import Event, Session
from calendarize.events.references import references
from calendarize.export.sessions import session_table
from calendarize.mentions.reading import Reading, read
from calendarize.report import read_text
from calendarize.timex.values import Several, Within
from tests.examples import EXAMPLES
from tests.test_cli import run

PLAN = """\
2021년 도담구의회 연간 회기운영 계획

2020. 12. 21.

도담구의회사무국

회기\t기간\t주요 안건
제299회 임시회\t2.22(월) ~ 3. 5(금) <12일간>\t업무보고
제300회 임시회\t4.19(월) ~ 5. 4(화) <16일간>\t안건처리
제301회 정례회\t6.10(목) ~ 6.30(수) <21일간>\t결산
제302회 임시회\t8.27(금) ~ 9.10(금) <15일간>\t안건
제303회 정례회\t11.1(월) ~ 12.22(수) <52일간>\t예산안

□ 의회 업무

"""
OFFICE = "주요 업무 보고\n\n2021. 5. 3.\n\n도담구 기획예산과\n\n□ 추진계획\n\n"


def reading(text: str, name: str = "보고.txt") -> Reading:
    return read(read_text(text, name))


def told(line: str) -> Event:
    """Return what becomes of a line of another report when the council's plan is at hand."""
    events = assemble(reading(PLAN, "회기.txt"), reading(f"{OFFICE}{line}\n", "업무.txt"))
    (event,) = [e for e in events if e.source.report == "업무.txt"]
    return event


@pytest.mark.parametrize(
    ("line", "first", "last", "number"),
    [
        pytest.param(
            "- 최종 평가결과 제301회 정례회 보고 : '21. 6월",
            (6, 10),
            (6, 30),
            301,
            marks=pytest.mark.xfail(strict=True, reason="not told yet: its title is another's"),
        ),
        ("- 결산 승인안 제301회 정례회 상정 : 상반기", (6, 10), (6, 30), 301),
        ("- 예산안 제303회 정례회 의결 : '21. 12월", (12, 1), (12, 22), 303),
        ("- 제300회 임시회 폐회중 동의안 제출('21. 5월)", (5, 5), (5, 31), 300),
        ("- 행정기구 조례 개정안 상정 : 제302회 임시회", (8, 27), (9, 10), 302),
        ("- 이번 회기 중 추경예산안 처리", (4, 19), (5, 4), 300),
        ("- 예산안 제출 (제303회 정례회)", (11, 1), (12, 22), 303),
        ("- 조례 정비계획 보고 : 다음 회기", (6, 10), (6, 30), 301),
        ("- 조례 개정안 입법예고 : 제302회 임시회 전", (7, 1), (8, 26), 302),
        ("추진내용\t시기\n공유재산 관리계획 심의\t제302회 임시회", (8, 27), (9, 10), 302),
    ],
)
def test_a_reference_is_narrowed_to_its_session_and_says_why(
    line: str, first: tuple[int, int], last: tuple[int, int], number: int
) -> None:
    event = told(line)
    assert event.value == Within(date(2021, *first), date(2021, *last))
    assert event.session is not None
    assert event.session.number == number
    assert event.approximate
    assert any(f"제{number}회" in reason for reason in event.reasons)


@pytest.mark.parametrize(
    "line",
    [
        "- 제12회 마포나루 축제 개최 : 10월",
        "- 다음 회기 대비 현안 점검 : 5월",
        "- 국회 회기 중 법안 통과 건의 : 5월",
        "- 해달구의회 제302회 임시회 참관 : 10월",
    ],
)
def test_what_is_no_reference_moves_nothing(line: str) -> None:
    event = told(line)
    assert not any(w.kind == "session" for w in event.witnesses)


def test_a_time_outside_of_the_session_named_is_doubtful_and_stays() -> None:
    event = told("- 조례안 제302회 임시회 의결 : '21. 7월")
    assert (event.start, event.end) == (date(2021, 7, 1), date(2021, 7, 31))
    assert [warning.split(":")[0] for warning in event.warnings] == ["회기 불일치"]


@pytest.mark.parametrize(
    "line",
    [
        "- 평가결과 보고(제301회 정례회) : '21. 6월",
        pytest.param(
            "- 평가결과 제301회 정례회 보고 : '21. 6월",
            marks=pytest.mark.xfail(
                strict=True,
                reason="not told yet: a first date with a year is taken for the report's",
            ),
        ),
    ],
)
def test_sessions_of_another_council_do_not_answer(line: str) -> None:
    other = OFFICE.replace("도담구", "해달구") + f"{line}\n"
    events = assemble(reading(PLAN, "회기.txt"), reading(other, "업무.txt"))
    (event,) = [e for e in events if e.source.report == "업무.txt"]
    assert (event.start, event.end) == (date(2021, 6, 1), date(2021, 6, 30))
    assert event.parent is None


@pytest.mark.parametrize(
    ("line", "firsts"),
    [
        ("- 회의록 발간 : 매 회기 종료 후", [(3, 6), (5, 5), (7, 1), (9, 11)]),
        ("- 방청 안내 : 회기 중", [(2, 22), (4, 19), (6, 10), (8, 27), (11, 1)]),
        ("- 의원 연수 : 폐회 중", [(3, 6), (5, 5), (7, 1), (9, 11)]),
        ("- 의사일정 게시 : 제300~302회 회기 중", [(4, 19), (6, 10), (8, 27)]),
        ("- 의사일정 게시 : 제300회 ~ 제302회", [(4, 19), (6, 10), (8, 27)]),
    ],
)
def test_a_reference_to_several_sessions_is_as_many_times(
    line: str, firsts: list[tuple[int, int]]
) -> None:
    events = assemble(reading(f"{PLAN}{line}\n"))
    (event,) = [e for e in events if e.kind != "session"]
    assert isinstance(event.value, Several)
    assert [v.bounds()[0] for v in event.value.values] == [date(2021, *day) for day in firsts]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("제299~303회", (299, 300, 301, 302, 303)),
        ("제299회 ~ 제303회", (299, 300, 301, 302, 303)),
        ("제299회∼제301회 임시회", (299, 300, 301)),
        ("제299·301회 임시회", (299, 301)),
        ("제300회 임시회", (300,)),
    ],
)
def test_a_range_of_numbers_means_each_session(text: str, numbers: tuple[int, ...]) -> None:
    (reference,) = references(text)
    assert reference.numbers == numbers


def test_a_session_told_between_two_is_a_doubt() -> None:
    text = OFFICE.replace("2021. 5. 3.", "2021. 7. 15.") + "- 이번 회기 중 조례안 처리\n"
    events = assemble(reading(PLAN, "회기.txt"), reading(text, "업무.txt"))
    (event,) = [e for e in events if e.source.report == "업무.txt"]
    assert event.session == Session(302, "임시회")
    assert "다음 회기" in event.warnings[0]


LAYOUTS = {
    "other columns": (
        "2023년도 의회 운영계획\n\n2022. 12. 19.\n\n도담구의회사무국\n\n"
        "연번\t회의일수\t집회일\t기 간\t회 기\t주요 안건\n"
        "1\t9일\t1. 30.(월)\t1. 30.(월) ~ 2. 7.(화)\t제289회 임시회\t업무보고\n"
        "2\t22일\t6. 7.(수)\t6. 7.(수) ~ 6. 28.(수)\t제290회 제1차 정례회\t결산\n"
    ),
    "opening and closing": (
        "2023년도 회기 일정\n\n2022. 12. 19.\n\n도담구의회사무국\n\n"
        "| 구분 | 개회일 | 폐회일 | 일수 |\n|---|---|---|---|\n"
        "| 제289회 임시회 | 1. 30.(월) | 2. 7.(화) | 9일 |\n"
        "| 제290회 정례회 | 6. 7.(수) | 6. 28.(수) | 22일 |\n"
    ),
    "bullets": (
        "2023년도 회기 일정\n\n2022. 12. 19.\n\n도담구의회사무국\n\n"
        "○ 제289회 임시회 : 2023. 1. 30.(월) ~ 2. 7.(화), 9일간\n"
        "○ 제290회 정례회 : 2023. 6. 7.(수) ~ 6. 28.(수), 22일간\n"
    ),
    "prose": (
        "보도자료\n\n2023. 1. 16.\n\n도담구의회사무국\n\n"
        "○ 도담구의회는 오는 30일부터 2월 7일까지 9일간 제289회 임시회를 연다.\n"
        "○ 이어 6월 7일부터 28일까지 22일간의 일정으로 제290회 정례회를 개회한다.\n"
    ),
    "pipes, by month": (
        "도담구의회 2023년 회기일정(안)\n\n2022. 12. 12.\n\n도담구의회사무국\n\n"
        "| 월별 | 회기별 | 기 간 | 일수 | 주요 안건 |\n|---|---|---|---|---|\n"
        "| 1~2월 | 제289회 임시회 | 1.30.(월) ~ 2.7.(화) | 9일 | 2023년 주요업무 보고 |\n"
        "| 6월 | 제290회 제1차 정례회 | 6.7.(수) ~ 6.28.(수) | 22일 | 결산 승인, 행정사무감사 |\n"
    ),
    "bare numbers, days first": (
        "2023년 회기 운영 계획\n(도담구의회)\n\n2022. 12. 20.\n\n"
        "기간\t회차\t구분\t주요내용\t일수\n"
        "1.30.(월)~2.7.(화)\t289회\t임시회\t신년 업무보고\t9\n"
        "6.7.(수)~6.28.(수)\t290회\t정례회\t결산검사, 행정사무감사\t22\n"
    ),
    "bare numbers, opening and closing": (
        "2023년도 회기일정표\n\n도담구의회\n\n"
        "일수 | 회차 | 개회일 | 폐회일 | 종류\n"
        "9일 | 289회 | 2023. 1. 30. | 2023. 2. 7. | 임시회\n"
        "22일 | 290회 | 2023. 6. 7. | 2023. 6. 28. | 정례회\n"
    ),
    "a cell a line": (
        "2023년도 도담군의회 연간 회기 운영계획\n\n2022. 12. 15.\n\n도담군의회사무과\n\n"
        "1. 연간 회기 운영 총괄\n\n구분\n회기\n기간\n일수\n비고\n"
        "제289회\n임시회\n1. 30.(월) ~ 2. 7.(화)\n9일\n업무계획 보고\n"
        "제290회\n제1차 정례회\n6. 7.(수) ~ 6. 28.(수)\n22일\n행정사무감사\n"
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_sessions_are_found_in_any_layout(layout: str) -> None:
    events = assemble(reading(LAYOUTS[layout]))
    sessions = [e for e in events if e.kind == "session"]
    assert [(e.session.number, e.start, e.end) for e in sessions if e.session] == [
        (289, date(2023, 1, 30), date(2023, 2, 7)),
        (290, date(2023, 6, 7), date(2023, 6, 28)),
    ]
    assert [e.warnings for e in sessions] == [(), ()]


SCHEDULE = """\
제311회 도담구의회 임시회 의사일정

2023. 9. 1.

도담구의회사무국

□ 회기 : 2023. 9. 4.(월) ~ 9. 12.(화) <9일간>

일자\t시간\t의사일정\t장소
9. 4.(월)\t10:00\t제1차 본회의(개회식)\t본회의장
9. 5.(화) ~ 9. 8.(금)\t10:00\t상임위원회 안건 심사\t각 위원회실
9. 11.(월)\t\t구정질문\t본회의장
9. 12.(화)\t14:00\t제2차 본회의(안건 의결, 폐회)\t본회의장
"""


def test_a_schedule_day_by_day_belongs_to_its_session_with_its_clock_times() -> None:
    events = assemble(reading(SCHEDULE))
    session = next(e for e in events if e.kind == "session")
    assert (session.session, session.start) == (Session(311, "임시회"), date(2023, 9, 4))
    parts = [e for e in events if e.parent == session.uid]
    sittings = [f"{e.start:%m-%d %H:%M}" for e in parts if e.kind == "sitting" and e.start]
    assert sittings == ["09-04 10:00", "09-12 14:00"]
    assert {"question", "sitting", "committee"} <= {e.kind for e in parts}
    table = session_table(events, 100)
    assert "9. 4(월) 10:00, 12(화) 14:00" in table or "9. 4(월) 10:00, 9.12(화) 14:00" in table


def test_a_session_told_by_two_reports_is_one_as_the_newer_tells_it() -> None:
    moved = PLAN.replace("2020. 12. 21.", "2021. 7. 1.").replace(
        "8.27(금) ~ 9.10(금)", "8.30(월) ~ 9.13(월)"
    )
    for order in ((PLAN, moved), (moved, PLAN)):
        events = assemble(*(reading(text, f"{at}.txt") for at, text in enumerate(order)))
        sessions = [e for e in events if e.kind == "session"]
        assert [e.session.number for e in sessions if e.session] == [299, 300, 301, 302, 303]
        (session,) = [e for e in sessions if e.session == Session(302, "임시회")]
        assert (session.start, session.end) == (date(2021, 8, 30), date(2021, 9, 13))
        assert [told.value.bounds()[0] for told in session.history] == [date(2021, 8, 27)]


def test_parts_from_one_report_hang_below_the_session_of_another() -> None:
    event = told("- 구정질문 : 6. 14.(월) 10:00")
    assert event.session == Session(301, "정례회")
    assert event.parent is not None
    assert any("제301회" in w.note for w in event.witnesses if w.verdict == "agrees")


@pytest.mark.xfail(
    strict=True, reason="not told yet: a first date with a year is taken for the report's"
)
def test_the_command_reads_several_reports(tmp_path: Path) -> None:
    title = "평가결과 제301회 정례회 보고"
    plan, office = tmp_path / "회기.txt", tmp_path / "업무.txt"
    plan.write_text(PLAN, encoding="utf-8")
    office.write_text(f"{OFFICE}- {title} : '21. 6월\n", encoding="utf-8")
    result = run(office, plan, "--format", "json")
    events = {e["title"]: e for e in json.loads(result.stdout)["events"]}
    report = events[title]
    assert (report["start"], report["end"]) == ("2021-06-10", "2021-06-30")
    assert report["parent"] == events["제301회 정례회"]["uid"]
    table = run("sessions", office, plan).stdout.decode()
    assert title in table or "보고 6.10(목)–30(수) 중" in table


def test_sessions_of_the_sample_say_how_they_sit() -> None:
    table = run("sessions", EXAMPLES / "council-2021-05.txt").stdout.decode()
    assert table.splitlines()[0].split() == ["회기", "기간", "일수", "내용"]
    assert "본회의 3일" in table
    assert "연휴" not in table  # remarked in its row, before it begins
    assert "선거" not in table


def test_days_of_a_session_in_two_columns_are_held_against_their_number() -> None:
    text = LAYOUTS["opening and closing"].replace("22일", "21일")
    plan = reading(text)
    (problem,) = problems(plan, assemble(plan))
    assert (problem.line, problem.witness) == (10, "count")
    assert "22일입니다(근무일 16일, 원문 '21일')" in problem.message


def test_nothing_is_wrong_with_a_sound_plan() -> None:
    plan = reading(PLAN)
    assert problems(plan, assemble(plan)) == []


def test_sessions_of_narrow_columns_and_of_periods_are_sessions() -> None:
    text = (
        "2016년도 회기운영 계획\n\n2016. 1. 4.\n의회사무과\n\n"
        "| 회기 | 회의기간 |\n|---|---|\n| 제201회(임) | 1.25(월) ~ 2. 2(화) |\n"
        "| 제204회(정) | 6.13(월) ~ 6.30(목) |\n| 205회 임시회 | 7. 4.(월) ~ 7. 6.(수) |\n"
    )
    events = assemble(read(read_text(text, "계획.txt")))
    assert [(str(e.session), e.kind) for e in events] == [
        ("제201회 임시회", "session"),
        ("제204회 정례회", "session"),
        ("제205회 임시회", "session"),
    ]


def test_a_line_that_counts_the_sessions_tells_none_again() -> None:
    text = (
        "업무보고\n\n2021. 5. 3.\n의회사무처\n\n□ 회기 운영\n\n"
        "○ 정례회 1회 21일(1차 : 6.10), 임시회 3회 43일\n\n"
        "| 회기 | 기간 |\n|---|---|\n| 제301회 정례회 | 6.10(목) ~ 6.30(수) |\n"
    )
    events = assemble(read(read_text(text, "보고.txt")))
    assert [event.title for event in events] == ["제301회 정례회"]


@pytest.mark.parametrize(
    ("text", "session"),
    [
        ("회 별\n\n기 간\n\n일 수\n\n제201회\n\n(임시회)\n\n1. 20(수) ~ 1. 24(일)\n\n5\n", "제201회 임시회"),
        ("| 회 별 | 회 기 |\n|---|---|\n| 제202회 | 2. 22(월) ~ 2. 26(금) |\n", "제202회"),
        ("가. 제1차 정례회(제207회) : 6. 8.(화)~6. 29.(화)\n", "제207회 정례회"),
        ("다음 회기인 제232회 임시회는 9월 2일부터 11일까지 열린다.\n", "제232회 임시회"),
    ],
)  # fmt: skip
def test_a_session_is_known_by_its_number(text: str, session: str) -> None:
    front = "2021년도 연간 회기운영 계획\n\n2021. 1. 4.\n의회사무과\n\n"
    (found,) = assemble(read(read_text(front + text, "계획.txt")))
    assert (found.kind, str(found.session)) == ("session", session)


def test_a_number_is_no_session_where_none_are_told_of() -> None:
    text = "문화 행사 계획\n\n2021. 1. 4.\n문화과\n\n- 제14회 : 6. 8.(화)~6. 12.(토)\n"
    (found,) = assemble(read(read_text(text, "계획.txt")))
    assert (found.kind, found.session) == ("milestone", None)


def test_sessions_without_a_type_are_extraordinary_where_both_regular_ones_are_told() -> None:
    text = (
        "2021년도 연간 회기운영 계획\n\n2021. 1. 4.\n의회사무과\n\n"
        "회 별\n회 기\n일수\n제201회\n2. 22(월) ~ 2. 26(금)\n5\n제202회\n제1차 정례회\n"
        "6. 8.(화) ~ 6. 22.(화)\n15\n제203회\n제2차 정례회\n11. 22.(월) ~ 12. 20.(월)\n29\n"
    )
    events = assemble(read(read_text(text, "계획.txt")))
    assert [str(e.session) for e in events if e.kind == "session"] == [
        "제201회 임시회",
        "제202회 정례회",
        "제203회 정례회",
    ]
