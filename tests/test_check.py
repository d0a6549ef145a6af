"""`check` finds what contradicts in a report and nothing else; `explain` says why."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from pathlib import Path

import icalendar
import pytest
import recurring_ical_events
from wcwidth import wcswidth

from calendarize.events.assemble import assemble
from calendarize.events.checks import problems
from calendarize.explain import explain_text, words
from calendarize.mentions.reading import read
from calendarize.report import read_file, read_text
from tests.annotated import load
from tests.annotated import reading as read_once
from tests.examples import EXAMPLES
from tests.explained import EXPRESSIONS, PAGE, page
from tests.parts import each_part
from tests.table import holds
from tests.test_cli import run

COUNCIL = (EXAMPLES / "council-2021-05.txt").read_text(encoding="utf-8")
SHARED = Path(__file__).parents[2] / "shared" / "reports"


def witnesses(text: str) -> list[str]:
    reading = read(read_text(text, "보고.txt"))
    return [problem.witness for problem in problems(reading, assemble(reading))]


PLANTED = [
    ("2.22(월) ~ 3. 5(금)", "2.22(화) ~ 3. 5(금)", ["weekday"]),
    ("8.27(금) ~ 9.10(금)", "8.27(목) ~ 9.10(금)", ["weekday"]),
    ("'21. 9. 3.(금)", "'21. 9. 3.(토)", ["weekday"]),
    ("<52일간>", "<53일간>", ["count"]),
    ("8.30 ~ 8.31(2일)", "8.30 ~ 8.31(3일)", ["count"]),
    ("6.11 ~ 15(3일)", "6.11 ~ 15(4일)", ["count"]),
    ("8.30 ~ 8.31(2일)", "10.14 ~ 10.15(2일)", ["session"]),
    ("11.2 ~ 15(14일)", "10.19 ~ 11.1(14일)", ["session"]),
    ("총 5회 116일", "총 5회 118일", ["total"]),
    ("정례회 2회 73일", "정례회 3회 73일", ["total"]),
    ("임시회 3회 43일", "임시회 3회 34일", ["total"]),
    ("본회의 2일 상임위 10일", "본회의 3일 상임위 10일", ["composition"]),
    ("상임위·예결위 10일 토·공휴일 6일", "상임위·예결위 11일 토·공휴일 5일", ["holiday"]),
    (
        "장서 점검 및 폐기 목록 확정 : '21. 4. 21.",
        "장서 점검 및 폐기 목록 확정 : '21. 4. 31.",
        ["exists"],
    ),
    (
        "'21. 10월 ~ '22. 1월",
        "'21. 10월 ~ '21. 1월",
        ["order"],
    ),
]


def test_a_sound_report_has_no_problems() -> None:
    for path in EXAMPLES.glob("*.txt"):
        assert witnesses(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(("sound", "planted", "found"), PLANTED, ids=lambda x: str(x)[:30])
def test_a_planted_mistake_is_found_and_nothing_else(
    sound: str, planted: str, found: list[str]
) -> None:
    assert sound in COUNCIL
    assert witnesses(COUNCIL.replace(sound, planted)) == found


PLAN = """\
2023년도 의회 운영 및 청사 정비 계획

2022. 12. 19.(월)

도담구의회사무국

□ 회기운영

회기\t집회일\t기간\t일수\t비고
제289회 임시회\t1. 30.(월)\t1. 30.(월) ~ 2. 7.(화)\t9일\t업무보고
제290회 정례회\t6. 7.(수)\t6. 7.(수) ~ 6. 28.(수)\t22일\t행정사무감사(6. 9. ~ 6. 16.)

- 결산안 제290회 정례회 의결 : '23. 6월
- 도담의정관 개관식 : 2023. 3. 2.(목) 14:00

□ 청사 정비

- 공사기간 : '23. 3월 ~ 9월(7개월)
- 착공 : '23. 3월
- 준공 : '23. 9월
- 절차 : 설계공모('23. 1월) → 계약('23. 2월) → 개관('23. 10월)
- 위탁기간 : 2023. 1. 1. ~ 2025. 12. 31.(3년)
- 특별점검 : 2023. 4. 3. ~ 4. 28.(4주간)

□ 홍보

- 개관식 안내문 배부 : 2월 중
- 도담의정관 개관식 : 2023. 3. 2.(목) 14:00 의정관 앞
"""
"""A sound plan of another council, in another layout."""

PLANTED_IN_PLAN = [
    ("제289회 임시회\t1. 30.(월)", "제289회 임시회\t1. 31.(화)", ["session"]),
    ("2. 7.(화)\t9일", "2. 7.(화)\t8일", ["count"]),
    ("의결 : '23. 6월", "의결 : '23. 8월", ["session"]),
    ("2023. 3. 2.(목) 14:00 의정관", "2023. 3. 3.(금) 14:00 의정관", ["repetition"]),
    ("- 준공 : '23. 9월", "- 준공 : '23. 11월", ["order"]),
    ("- 착공 : '23. 3월", "- 착공 : '23. 2월", ["order"]),
    ("계약('23. 2월)", "계약('22. 12월)", ["order"]),
    ("9월(7개월)", "9월(8개월)", ["count"]),
    ("12. 31.(3년)", "12. 31.(2년)", ["count"]),
    ("4. 28.(4주간)", "4. 28.(5주간)", ["count"]),
    ("2022. 12. 19.(월)", "2022. 12. 19.(화)", ["weekday"]),
    ("1. 30.(월) ~ 2. 7.(화)", "2. 7.(화) ~ 1. 30.(월)", ["count", "order", "session"]),
]


def test_a_sound_plan_has_no_problems() -> None:
    assert witnesses(PLAN) == []


@pytest.mark.parametrize(("sound", "planted", "found"), PLANTED_IN_PLAN, ids=lambda x: str(x)[:30])
def test_a_mistake_planted_in_the_plan_is_found_and_nothing_else(
    sound: str, planted: str, found: list[str]
) -> None:
    assert sound in PLAN
    assert sorted(witnesses(PLAN.replace(sound, planted, 1))) == found


def test_many_mistakes_in_one_report_are_all_found() -> None:
    text = COUNCIL
    for sound, planted, _ in PLANTED[:3]:
        text = text.replace(sound, planted)
    assert witnesses(text) == ["weekday"] * 3


WITNESSES = [
    # weekday: agrees, decides a year, contradicts
    ("2. 22.(월)", "weekday", "agrees", "2021-02-22"),
    ("12. 28.(월)", "weekday", "decides", "2020-12-28"),
    ("2021. 2. 24.(화)", "weekday", "contradicts", "2021-02-24"),
    # length: agrees in days, weeks, months, years; decides the days or the end; contradicts
    ("2. 22. ~ 3. 5. <12일간>", "count", "agrees", "2021-02-22"),
    ("2. 22. ~ 3. 5.(총 12일)", "count", "agrees", "2021-02-22"),
    ("'20. 11. 2. ~ '21. 7. 31.(272일간)", "count", "agrees", "2020-11-02"),
    ("9. 1. ~ 9. 25.(4주간)", "count", "agrees", "2021-09-01"),
    ("'21. 4월 ~ '22. 6월(15개월)", "count", "agrees", "2021-04-01"),
    ("2018. 7. 1. ~ 2022. 6. 30.(4년)", "count", "agrees", "2018-07-01"),
    ("6. 11. ~ 6. 15.(3일)", "count", "decides", "2021-06-11"),
    ("6. 11.부터 10일간", "count", "decides", "2021-06-11"),
    ("'21. 3월부터 6개월간", "count", "decides", "2021-03-01"),
    ("2. 22. ~ 3. 5. <13일간>", "count", "contradicts", "2021-02-22"),
    ("9. 1. ~ 9. 25.(5주간)", "count", "contradicts", "2021-09-01"),
    ("'21. 4월 ~ '22. 6월(14개월)", "count", "contradicts", "2021-04-01"),
    ("2018. 7. 1. ~ 2022. 6. 30.(3년)", "count", "contradicts", "2018-07-01"),
    # range, report's day, relative, order, days that do not exist
    ("'21. 11월 ~ 2월", "range", "decides", "2021-11-01"),
    ("5월", "report", "decides", "2021-05-01"),
    ("내년 상반기", "relative", "decides", "2022-01-01"),
    ("'21. 10월 ~ '21. 1월", "order", "contradicts", "2021-10-01"),
    ("2021. 2. 30.", "exists", "contradicts", None),
]


@pytest.mark.parametrize(("text", "kind", "verdict", "start"), WITNESSES)
def test_each_witness_says_its_word(text: str, kind: str, verdict: str, start: str | None) -> None:
    (explanation,) = explain_text(text, date(2021, 5, 3))
    assert (kind, verdict) in {(w.kind, w.verdict) for w in explanation.witnesses}
    assert explanation.start == start


def test_every_contradiction_comes_with_a_proposal() -> None:
    for text, _, verdict, _ in WITNESSES:
        (explanation,) = explain_text(text, date(2021, 5, 3))
        doubts = [w for w in explanation.witnesses if w.verdict == "contradicts"]
        assert bool(doubts) == (verdict == "contradicts")
        assert all(w.proposal.endswith(".") for w in doubts)


def test_the_page_of_explained_expressions_is_what_the_program_says() -> None:
    assert len(EXPRESSIONS) >= 20
    assert PAGE.read_text(encoding="utf-8") == page()


WRONG_IN_ITSELF = {
    "association-assembly-2012": ["weekday"],  # 6 March 2012 was a Tuesday
    "campaign-listening-2009": ["weekday"],  # 13 October 2009 was a Tuesday
    "council-plan-city-2007": ["weekday"],  # 12 September 2007 was a Wednesday
    "council-daily-plan-2018": ["weekday"],  # 8 October 2018 was a Monday
    "councilcells-damwol-2017": ["weekday"],  # 27 October 2017 was a Friday
    "corp-housing-notice-2010": ["weekday"],  # 24 June 2010 was a Thursday
    "district-council-sessions": ["total", "total"],  # not the totals of its table
    "elementary-calendar-2017": ["weekday"],  # 17 April 2017 was a Monday
    "grants-oreum-2020": ["weekday"],  # 5 June 2020 was a Friday
    "highletter-eunsasi-2011": ["weekday"],  # 18 May 2011 was a Wednesday
    "hirenotice-areum-2013": ["weekday"],  # 4 December 2013 was a Wednesday
    "hospital-notice-hansaem-2005": ["weekday"],  # 16 August 2005 was a Tuesday
    "letter-county-flood-2008": ["count"],  # 5 May is a holiday: nine working days
    "election-byelection-2011": ["weekday"],  # 18 October 2011 was a Tuesday
    "museum-programme-2007": ["weekday"],  # 18 August 2007 was a Saturday
    "middletable-mulpure-2018": ["weekday"],  # 30 March 2018 was a Friday
    "police-plan-sanho-2025": ["weekday"],  # 2 May 2025 was a Friday
    "police-schoolviolence-jjille-2013": ["weekday"],  # 13 March 2013 was a Wednesday
    "recruit-facility-corp-2026": ["weekday"],  # 5 March 2026 was a Thursday
    "school-letter-elem-2009": ["weekday"],  # 23 October 2009 was a Friday
    "unicalendar-saeron-2021": ["weekday"],  # 10 September 2021 was a Friday
    "univ-calendar-baekhak-2013": ["weekday"],  # the 14th was no Thursday
    "workreport-neulbom-health-2011": ["weekday"],  # 31 May 2011 was a Tuesday
    "workreport-traffic-haneul-2011": ["weekday"],  # 27 June 2011 was a Monday
}
"""Reports that do contradict themselves, and by what."""

FALSE_ALARMS = {
    "city-presslist-2024": "an arrow between two rates is no order of days",
    "council-basic-plan-province-2024": "sessions told in sentences, of which some are missed",
    "council-year-county-2011": "an inspection below its session",
    "election-local-gureumjae-2026": "a prohibition named after the election",
    "plan-haesol-waterworks-2017": "steps of one project below the period of another",
    "press-seoneul-2014": "a session announced for the next month",
    "councilpress-dasolgu-2022": "the month of a session in a bundle of news",
    "report-safety-handunchi-2024": "an arrow in a note is no order",
    "dayplan-hangyeol-2017": "a day of another session in a plan by days",
    "session-basic-saebyeol-2026": "some of the days of a month",
}
"""Reports in which something right is doubted, and what is not understood."""


@pytest.mark.heavy
@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the larger reports")
def test_real_reports_give_no_false_alarm() -> None:
    def check(name: str) -> None:
        reading = read(read_file(SHARED / f"{name}.txt"))
        assert problems(reading, assemble(reading)) == []

    holds(check, [(path.stem,) for path in sorted(SHARED.glob("*.txt"))], FALSE_ALARMS)


@each_part
def test_the_annotated_reports_give_no_false_alarm(reports: list[Path]) -> None:
    def check(name: str, path: Path) -> None:
        reading = read_once(path, load(path).give_date)
        found = [problem.witness for problem in problems(reading, assemble(reading))]
        assert found == WRONG_IN_ITSELF.get(name, [])

    holds(check, [(path.stem, path) for path in reports], FALSE_ALARMS)


def test_a_contradicting_weekday_never_moves_a_date_against_its_heading() -> None:
    reading = read(read_text(COUNCIL.replace("8.27(금)", "8.27(목)"), "보고.txt"))
    session = next(e for e in assemble(reading) if e.title == "제302회 임시회")
    assert (session.start, session.end) == (date(2021, 8, 27), date(2021, 9, 10))
    assert session.warnings == ("요일 불일치: 2021-08-27는 금요일입니다(원문 '(목)')",)


def test_the_command_tells_by_its_status(tmp_path: Path) -> None:
    wrong = tmp_path / "보고.txt"
    wrong.write_text(COUNCIL.replace("<52일간>", "<53일간>"), encoding="utf-8")
    result = run("check", wrong)
    assert result.returncode == 1
    assert "보고.txt:32" in result.stdout.decode()
    assert "52일입니다" in result.stdout.decode()
    sound = run("check", EXAMPLES / "council-2021-05.txt")
    assert (sound.returncode, sound.stdout.decode()) == (0, "어긋나는 날짜가 없습니다.\n")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("6.11 ~ 15(3일)", ["결정: [일수]", "날짜: 2021-06-11, 2021-06-14, 2021-06-15"]),
        ("2021. 5. 4.(월)", ["어긋남: [요일]", "결과: 2021. 5. 4.(화)"]),
        ("12.28(월)", ["결정: [요일] 보고일에 따르면 2021년이지만 요일이 맞는 2020년"]),
        ("'21. 5~6월 중", ["EDTF: 2021-05/2021-06"]),
        ("~'20.12월", ["EDTF: ../2020-12"]),
        ("매월 둘째 주 수요일", ["iCalendar: RRULE:FREQ=MONTHLY;BYDAY=2WE"]),
        ("내년 상반기", ["결정: [기준일]", "EDTF: 2022-40"]),
        ("'21. 7. 8(목) 10:00~11:00", ["일치: [요일]", "DTEND;TZID=Asia/Seoul:20210708T110000"]),
        ("2021. 2. 30.", ["없는 날짜입니다", "결과: 알 수 없음"]),
    ],
)
def test_explanations(text: str, told: list[str]) -> None:
    (explanation,) = explain_text(text, date(2021, 5, 3))
    written = words(explanation)
    for part in told:
        assert part in written


def test_sessions_are_a_table_and_a_calendar_of_their_own(tmp_path: Path) -> None:
    text = run("sessions", EXAMPLES / "council-2021-05.txt").stdout.decode()
    assert session_numbers(text) == list(range(299, 304))
    assert "시정질문 6.11(금), 14(월)–15(화)" in text
    assert "행정사무감사 11. 2(화)–15(월)" in text
    target = tmp_path / "회기.ics"
    assert run("sessions", EXAMPLES / "council-2021-05.txt", "-o", target).returncode == 0
    entries = icalendar.Calendar.from_ical(target.read_bytes()).walk("VEVENT")
    titles = {str(entry["SUMMARY"]) for entry in entries}
    assert {"제303회 정례회", "제303회 정례회 행정사무감사"} <= titles
    assert not any("설계공모" in title or "연휴" in title for title in titles)
    later = run("sessions", EXAMPLES / "council-2021-05.txt", "--from", "2021-09-01")
    assert session_numbers(later.stdout.decode()) == [302, 303]


@pytest.mark.parametrize("one_in", [8, pytest.param(1, marks=pytest.mark.heavy)])
@pytest.mark.parametrize("width", [80, pytest.param(120, marks=pytest.mark.heavy)])
def test_tables_for_the_terminal_fit_it(width: int, one_in: int) -> None:
    reports = sorted((EXAMPLES.parent / "tests" / "reports").glob("*council*.txt"))
    for command in ("sessions", "check"):
        told = run(command, *reports[::one_in], COLUMNS=str(width)).stdout.decode()
        assert max(map(wcswidth, told.splitlines())) <= width, command


def session_numbers(table: str) -> list[int]:
    return [int(n) for n in re.findall(r"^제(\d+)회", table, re.MULTILINE)]


def test_question_time_is_on_its_working_days_also_when_another_library_expands_the_file(
    tmp_path: Path,
) -> None:
    target = tmp_path / "회기.ics"
    assert run("sessions", EXAMPLES / "council-2021-05.txt", "-o", target).returncode == 0
    calendar = icalendar.Calendar.from_ical(target.read_bytes())
    in_june = recurring_ical_events.of(calendar).between(date(2021, 6, 1), date(2021, 7, 1))
    days = [
        entry.start + timedelta(days=n)
        for entry in in_june
        if "시정질문" in str(entry["SUMMARY"])
        for n in range((entry.end - entry.start).days)
    ]
    assert sorted(days) == [date(2021, 6, 11), date(2021, 6, 14), date(2021, 6, 15)]


def test_explain_reads_a_line_of_a_report_in_its_place() -> None:
    result = run("explain", f"{EXAMPLES / 'council-2021-05.txt'}:32", "--format", "json")
    assert result.returncode == 0
    session = json.loads(result.stdout)[0]
    assert (session["start"], session["end"]) == ("2021-11-01", "2021-12-22")
    assert {"weekday", "count"} <= {w["kind"] for w in session["witnesses"]}


def test_explain_says_in_one_line_what_it_cannot_read() -> None:
    result = run("explain", "아무 말")
    assert result.returncode == 2
    assert result.stderr.decode().splitlines() == ["'아무 말': 날짜 표현을 찾지 못했습니다."]


TOTALS = """2021년 업무보고

2021. 1. 20.

가온시의회

□ 2020년 : 총 2회 12일

회 수\t회 기\t일수
제300회 임시회\t'20. 3. 2. ~ 3. 6.\t5
제301회 임시회\t'20. 4. 6. ~ 4. 12.\t7

□ 2021년 : 총 2회 10일

회 수\t회 기\t일수
제302회 임시회\t3. 2. ~ 3. 6.\t5
제303회 임시회\t4. 6. ~ 4. 11.\t6
"""


def test_a_total_is_held_against_its_own_table() -> None:
    reading = read(read_text(TOTALS, "보고.txt"))
    (problem,) = problems(reading, assemble(reading))
    assert (problem.witness, problem.text) == ("total", "총 2회 10일")
    assert "총 2회 11일" in problem.message


def test_a_total_of_sessions_of_which_some_are_left_out_is_not_held_against_the_rest() -> None:
    reading = read(read_text(TOTALS.replace("제303회", "제305회"), "보고.txt"))
    assert problems(reading, assemble(reading)) == []


def test_only_the_session_that_is_named_is_compared() -> None:
    plan = "회기운영 계획\n2020. 12. 21.\n의회사무처\n\n제299회 임시회 : 2. 22.(월) ~ 3. 5.(금)\n"
    plan += "제301회 정례회 : 6. 10.(목) ~ 6. 30.(수)\n"
    text = "업무보고\n2021. 5. 3.\n의회사무처\n\n- 제296회 정례회 폐회중 현장방문 : '20. 8월\n"
    readings = [read(read_text(plan, "계획.txt")), read(read_text(text, "보고.txt"))]
    events = assemble(*readings)
    assert [p for reading in readings for p in problems(reading, events)] == []


def test_two_reports_of_a_day_that_disagree_are_told_by_the_timeline_and_by_check(
    tmp_path: Path,
) -> None:
    head = "업무보고\n\n2024. 5. 3.\n\n가람시의회사무국\n\n"
    one, other = tmp_path / "하나.txt", tmp_path / "둘.txt"
    one.write_text(f"{head} - 개원 기념식 : 6. 5.(수) 10:00\n", encoding="utf-8")
    other.write_text(f"{head} - 개원 기념식 : 6. 7.(금) 10:00\n", encoding="utf-8")
    shown = run(one, other, "--today", "2024-05-04").stdout.decode()
    assert "6. 5(수) 10:00" in shown
    assert "6. 7(금) 10:00" in shown
    assert shown.count("⚠ 같은 날 보고서") == 2
    found = run("check", one, other, COLUMNS="120").stdout.decode()
    assert "하나.txt:7" in found
    assert "둘.txt:7" in found
    assert "같은 날 보고서 하나.txt 7행에는" in found
