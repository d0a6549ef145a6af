"""What other kinds of reports write: letters, bundles of notices, charts, lists of days."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
import recurring_ical_events
from icalendar import Calendar

from calendarize.events.assemble import assemble
from calendarize.events.checks import problems
from calendarize.export import Options, render
from calendarize.mentions.reading import Reading, read
from calendarize.report import read_text
from calendarize.timex.recurrence import Rule
from calendarize.timex.values import Interval, Month, Recurring


def reading(text: str) -> Reading:
    return read(read_text(text, "보고.txt"))


def told(text: str) -> list[tuple[str, str]]:
    """Return (title, EDTF) of the events of a report dated 3 May 2021."""
    front = "업무보고\n\n2021. 5. 3.\n\n기획과\n\n"
    return [(e.title, e.value.edtf()) for e in assemble(reading(front + text))]


def days(text: str) -> list[str]:
    return [m.value.edtf() for m in reading(text).mentions if m.role == "event"]


CHART = """□ 추진일정

구 분\t'21.11\t12\t'22.1\t2
설계\t■\t■\t\t
시공\t\t■\t■\t■
"""


def test_a_schedule_chart_gives_an_event_for_each_run_of_marks() -> None:
    assert told(CHART) == [("설계", "2021-11/2021-12"), ("시공", "2021-12/2022-02")]


def test_a_table_of_figures_by_month_is_no_chart() -> None:
    assert told(CHART.replace("■", "12")) == []


def test_a_chart_may_break_off_and_go_on() -> None:
    broken = "구 분\t1월\t2월\t3월\t4월\n순회점검\t●\t\t●\t●\n"
    assert told(broken) == [("순회점검", "2021-01"), ("순회점검", "2021-03/2021-04")]


def test_weekdays_settle_the_year_of_a_report_without_a_date() -> None:
    text = "2026학년도 수시모집 일정\n\n- 원서접수 : 9. 8.(월) ~ 9. 12.(금)\n- 면접 : 11. 1.(토)\n- 등록 : 12. 15.\n"
    assert days(text) == ["2025-09-08/2025-09-12", "2025-11-01", "2025-12-15"]


def test_one_weekday_alone_does_not_outvote_the_title() -> None:
    assert days("2026년 행사 일정\n\n- 개막 : 9. 8.(월)\n- 폐막 : 9. 20.\n")[1] == "2026-09-20"


def test_the_day_of_a_count_stands_for_a_missing_date() -> None:
    report = reading("투자사업 현황\n\n(2019. 6월말 기준)\n\n- 유료개장 : 7. 1.\n")
    assert report.day == date(2019, 6, 30)
    assert [m.value.edtf() for m in report.mentions if m.role == "event"] == ["2019-07-01"]


def test_that_the_day_is_only_of_a_count_is_told() -> None:
    assert reading("투자사업 현황\n\n(2019. 6월말 기준)\n\n- 유료개장 : 7. 1.\n").counted


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        pytest.param(
            "내년에는 3월부터 숲 교실을 운영할 예정이다.",
            "2022-03/..",
            marks=pytest.mark.xfail(
                strict=True, reason="not told yet: a year ahead of its month in a sentence"
            ),
        ),
        ("지난해 여름에는 8월 1~4일 운영했다.", "2020-08-01/2020-08-04"),
        ("지난해 6월에 문을 열었고 9월 1일에는 기념식을 가졌다.", "2020-09-01"),
        ("지난해 11월 착수해 2월 5일에 마쳤다.", "2021-02-05"),
        ("'19년 실적 : 탐사 1,105km(~11.30.)", "../2019-11-30"),
        ("- 결과 공표 : 예산 확정 후 1월 내('22. 1월)", "2022-01"),
        ("- 설계 : '20. 11월 착수, 2월 완료", "2021-02"),
    ],
)
def test_the_year_that_a_sentence_sets(sentence: str, day: str) -> None:
    assert told(f"{sentence}\n")[-1][1] == day


@pytest.mark.xfail(strict=True, reason="not told yet: lines below a period over New Year")
def test_lines_below_a_period_over_new_year_take_the_fitting_year() -> None:
    text = (
        "1. 접수 : 2020. 12. 11. ~ 2021. 2. 28.\n   - 환불 : 3. 1. ~ 3. 9.\n   - 안내 : 12. 20.\n"
    )
    assert [day for _, day in told(text)] == [
        "2020-12-11/2021-02-28",
        "2020-12-20",
        "2021-03-01/2021-03-09",
    ]


def test_a_column_names_the_year_before_the_row_does() -> None:
    table = "| 구분 | 2020년 | 2021년 |\n|---|---|---|\n| 정비 | 설계('20.5.~7.) | 공사(1~10월) |\n"
    assert "2021-01/2021-10" in [day for _, day in told(table)]


def test_a_countdown_is_counted_from_a_day_told_below() -> None:
    text = "D-14  안전 심의\nD-7 ~ D-1  무대 설치\nD-day 10. 12.  본행사\n"
    assert told(text) == [
        ("안전 심의", "2021-09-28"),
        ("무대 설치", "2021-10-05/2021-10-11"),
        ("본행사", "2021-10-12"),
    ]


def test_a_countdown_is_counted_from_a_day_that_a_bracket_calls_so() -> None:
    text = "□ 개막일(D-day) : 10. 12.(화)\n - D-7 : 최종보고\n - 무대 점검 : D-1 14:00\n"
    assert {day[:16] for _, day in told(text)} == {"2021-10-05", "2021-10-11T14:00", "2021-10-12"}


def test_lines_that_begin_with_days_are_days_without_weekdays_too() -> None:
    text = "[1학기]\n3.2(화) 개강\n4.20~4.26 중간시험\n6.15 종강\n7.6 성적 공시\n"
    assert ("1학기 종강", "2021-06-15") in told(text)


@pytest.mark.xfail(strict=True, reason="not told yet: a decimal at the beginning of a line")
def test_a_decimal_in_a_line_of_its_own_is_no_day() -> None:
    assert told("- 점수\n6.15 이상\n") == []


RULE = "2021. 5. 3.\n\n- 분과 회의 : 매월 둘째 주 화요일(3월~11월, 8월 제외)\n"


def test_a_rule_is_bounded_by_the_bracket_behind_it() -> None:
    assert assemble(reading(RULE))[0].value == Recurring(
        Rule.parse("FREQ=MONTHLY;BYMONTH=1,2,3,4,5,6,7,9,10,11,12;BYDAY=2TU"),
        Interval(Month(2021, 3), Month(2021, 11)),
    )


def test_exceptions_of_a_rule_are_no_events() -> None:
    assert len(assemble(reading(RULE))) == 1


PROGRAMMES = """2025년 정기 프로그램

2025. 2. 10.

평생학습과

- 국악교실 : 매주 수요일 14:00~16:00 (공휴일 제외)
- 야간순찰 : 매주 금요일 22:00~02:00
- 전시관람 : 매일 10:00~18:00 (월요일 휴관)
- 텃밭교실 : 매주 토요일(7~8월 제외)
- 분과회의 : 짝수월 둘째 주 목요일 14시

| 강좌 | 요일 | 시간 | 비고 |
|---|---|---|---|
| 요가교실 | 매주 화·목요일 | 10:00~11:30 | 공휴일 휴강 |
"""


def test_months_that_a_rule_leaves_out_are_no_entry_of_their_own() -> None:
    titles = [event.title for event in assemble(reading(PROGRAMMES))]
    assert titles.count("텃밭교실") == 1


def test_what_a_rule_leaves_out_is_in_no_calendar_and_its_hours_are_kept() -> None:
    file = render("ics", assemble(reading(PROGRAMMES)), Options(date(2025, 2, 10)))
    found: dict[str, list[Any]] = {}
    for at in recurring_ical_events.of(Calendar.from_ical(file)).between(
        date(2025, 1, 1), date(2026, 1, 1)
    ):
        found.setdefault(str(at["summary"]), []).append(at)
    hours = {n: f"{each[0].start:%H:%M}-{each[0].end:%H:%M}" for n, each in found.items()}
    hours.pop("[미정] 텃밭교실", None)  # the test above notices it
    assert hours == {
        "국악교실": "14:00-16:00",
        "야간순찰": "22:00-02:00",
        "전시관람": "10:00-18:00",
        "텃밭교실": "00:00-00:00",
        "분과회의": "14:00-15:00",
        "요가교실": "10:00-11:30",
    }
    days = {n: {at.start.strftime("%m%d") for at in each} for n, each in found.items()}
    assert {"0129", "1008"} & days["국악교실"] == set()  # 설 연휴, 추석 대체공휴일
    assert len(days["국악교실"]) == 50
    assert {at.start.weekday() for at in found["전시관람"]} == {1, 2, 3, 4, 5, 6}
    assert {day[:2] for day in days["텃밭교실"]} & {"07", "08"} == set()
    assert days["분과회의"] == {"0213", "0410", "0612", "0814", "1009", "1211"}
    assert {"0128", "0130", "0506", "1007"} & days["요가교실"] == set()


LETTER = """제목  정기인사 계획 알림

1. 관련: 총무과-2345(2021. 4. 30.)호
2. 정기인사를 다음과 같이 추진하오니 협조하여 주시기 바랍니다.
  가. 인사 시기: 7. 1.자
  나. 희망보직 신청: 5. 13.(목) ~ 5. 17.(월)

시행 총무과-2501 (2021. 5. 8.)  접수
"""


def test_an_official_letter_is_dated_by_its_number() -> None:
    letter = reading(LETTER)
    assert letter.day == date(2021, 5, 8)
    roles = [(m.text, m.role) for m in letter.mentions]
    assert ("2021. 4. 30.", "reference") in roles
    assert [e.title for e in assemble(letter)] == ["희망보직 신청", "정기인사"]


def test_each_notice_of_a_bundle_stands_for_itself() -> None:
    text = (
        "가온시 공고 제2021 - 512호\n\n조례안 입법예고\n\n1. 의견제출 : 5. 20.까지\n\n"
        "가온시 공고 제2021 - 513호\n\n도로구역 결정안 열람\n\n○ 열람기간 : 5. 5. ~ 5. 19.\n"
    )
    front = "2021. 5. 3.\n\n"
    assert [e.title for e in assemble(reading(front + text))] == [
        "도로구역 결정안 열람",
        "의견제출",
    ]


def test_a_day_broken_over_two_lines_of_a_cell_is_one_period() -> None:
    text = "월 일\t행 사 명\t장 소\n4. 19.(월)\t추념식\t현충탑\n4. 20.(화)\n~4. 23.(금)\t벚꽃 축제\t하천\n"
    assert told(text) == [("추념식", "2021-04-19"), ("벚꽃 축제", "2021-04-20/2021-04-23")]


@pytest.mark.xfail(strict=True, reason="not told yet: what is asked of those who apply")
def test_what_only_tells_who_may_apply_is_no_event() -> None:
    text = "2. 응시자격\n - 경력 : 2018. 8. 14.부터 2020. 8. 13.까지 3년 이상 근무한 자\n - 자격증은 8. 28.까지 취득\n"
    assert told(text) == []


def test_a_session_of_which_only_the_month_is_told_is_one_and_no_false_total() -> None:
    text = (
        "- 회의 총일수 : 임시회 2회 18일\n\n### 제284회 임시회 (2. 5. ~ 2. 14.)\n"
        "- 제1차 본회의 : 2. 5.\n\n### 제285회 임시회 (3월 중, 8일간)\n- 시정질문 : 3. 24.\n"
    )
    report = reading(f"2021. 1. 5.\n\n{text}")
    events = assemble(report)
    sessions = {e.uid: str(e.session) for e in events if e.kind == "session"}
    assert list(sessions.values()) == ["제284회 임시회", "제285회 임시회"]
    assert [sessions[e.parent] for e in events if e.parent] == list(sessions.values())
    assert problems(report, events) == []


@pytest.mark.parametrize("count", ["21일간", "22일간"])
def test_the_days_of_a_notice_may_be_counted_without_the_first(count: str) -> None:
    report = reading(f"2021. 3. 2.\n\n- 예고 기간 : 2021. 3. 4. ~ 3. 25.({count})\n")
    assert problems(report, assemble(report)) == []


def test_elsewhere_the_first_day_counts() -> None:
    report = reading("2021. 3. 2.\n\n- 전시 : 2021. 3. 4. ~ 3. 25.(21일간)\n")
    assert [problem.witness for problem in problems(report, assemble(report))] == ["count"]


def test_a_line_beside_the_time_names_the_event() -> None:
    text = "□ 개 요\n - 행사명 : 한빛 음악회\n - 일 시 : 5. 20.(목) 19:00\n - 장 소 : 문화회관\n"
    assert told(text) == [("한빛 음악회", "2021-05-20T19:00+09:00")]


def test_each_step_behind_an_arrow_is_an_event() -> None:
    text = "- 사진 공모전 : 9. 1. ~ 9. 30. 접수 → 10월 중순 심사 → 10. 31. 시상\n"
    assert [title for title, _ in told(text)] == [
        "사진 공모전 접수",
        "사진 공모전 심사",
        "사진 공모전 시상",
    ]


def test_courses_of_a_table_are_told_apart_by_their_number() -> None:
    text = "과정명\t기수\t교육기간\t교육장소\n신규 과정\t1기\t6. 1.~6. 4.\t인재개발원\n\t2기\t7. 5.~7. 9.\t인재개발원\n"
    assert [title for title, _ in told(text)] == [
        "신규 과정 1기",
        "신규 과정 2기",
    ]


def test_the_month_of_a_label_is_not_told_beside_its_day() -> None:
    (_, day), *more = told("- 6월 정례조회 : 6. 1.(화) 09:00\n")
    assert (day, more) == ("2021-06-01T09:00+09:00", [])


PRESS = """건강교실 인기

김새벽 소장은 지난 12월부터 운영 중인 '건강교실'이 호응을 얻고 있다고 1월 18일 밝혔다.

교실은 12월 5일부터 오는 2월 28일까지 매주 월·수·금 오후 2시에 열린다. 지난 3일에는 평가회를 가졌다.

문의는 건강증진팀으로 하면 된다. (2024. 1. 18.)
"""


def test_a_press_release_is_dated_by_its_last_word_and_by_what_it_says_that_day() -> None:
    press = reading(PRESS)
    assert press.day == date(2024, 1, 18)
    assert [(m.text, m.value.edtf()) for m in press.mentions] == [
        ("12월부터", "2023-12/.."),
        ("1월 18일", "2024-01-18"),
        ("12월 5일부터 오는 2월 28일까지 매주 월·수·금 오후 2시", "2023-12-05/2024-02-28"),
        ("3일", "2024-01-03"),
        ("2024. 1. 18.", "2024-01-18"),
    ]
    assert [m.role for m in press.mentions if m.text != "1월 18일"] == [*["event"] * 3, "document"]


EMBARGO = "이 자료는 2023년 11월 28일(화) 조간부터 보도하여 주시기 바랍니다.\n\n시는 지난 24일 기준 1만 명을 넘었다고 27일(월) 밝혔다. 신청은 내년 1월에 받는다.\n"


def test_a_press_release_may_be_dated_only_by_when_it_may_be_used() -> None:
    mentions = reading(EMBARGO).mentions
    assert [m.value.edtf() for m in mentions] == [
        "2023-11-28",
        "2023-11-24",
        "2023-11-27",
        "2024-01",
    ]
    assert [m.role for m in mentions if m.text != "27일(월)"] == ["document", "asof", "event"]


@pytest.mark.parametrize(("text", "said"), [(PRESS, "1월 18일"), (EMBARGO, "27일(월)")])
@pytest.mark.xfail(strict=True, reason="not told yet: the day on which it was said")
def test_the_day_on_which_it_was_said_is_no_event(text: str, said: str) -> None:
    assert [m.role for m in reading(text).mentions if m.text == said] == ["document"]


@pytest.mark.xfail(strict=True, reason="not told yet: a history without a day of its own")
def test_what_points_from_an_unknown_day_in_a_report_of_several_years_is_left_out() -> None:
    text = "연혁\n\n- 설립 : 2015. 3. 2.\n- 이전 : 2019. 7. 1.\n\n지난 12월에 문을 열었다.\n"
    assert days(text) == ["2015-03-02", "2019-07-01"]


@pytest.mark.parametrize(
    "text",
    [
        "9월 업무계획\n\n도서관정책과(2021. 1. 21.)\n\n- 전시 : 2. 1.\n",
        "업무계획\n\n- 전시 : 2. 1.\n- 강연 : 3. 2.\n\n2021. 1. 21. 작성\n",
        "입찰공고\n\n8. 기타\n - 문의 : 총무과\n\n위와 같이 공고합니다.\n2021. 1. 21.\n새빛시장\n",
    ],
)
def test_where_else_a_report_says_its_date(text: str) -> None:
    assert reading(text).day == date(2021, 1, 21)


@pytest.mark.xfail(
    strict=True, reason="not told yet: the day below a heading is taken for the report's"
)
def test_a_date_right_below_a_numbered_heading_is_not_the_reports() -> None:
    assert reading("채용 공고\n\n⑦ 임용예정일\n2021. 10. 4.(월)\n").day is None


def test_json_tells_the_days_of_a_rule_that_leaves_out_holidays() -> None:
    told_as = json.loads(render("json", assemble(reading(PROGRAMMES)), Options(date(2025, 2, 10))))
    dates = {event["title"]: event["dates"] for event in told_as["events"]}
    assert len(dates["국악교실"]) == 50
    assert "2025-10-08" not in dates["국악교실"]
    assert dates["야간순찰"] == []


PIPES = """사 업 | 추진시기 | 비 고
선별진료소 운영 | 연중 | PCR
노바백스 접종 | 5.14.~ | 18세 이상
역학조사반 교육 | 격월 | 12명
"""
SPACES = """   품목        교육일시                    장소
   사과        5. 13.(목) 13:30            농업기술센터
   고추        5. 17.(월) 13:30            남부면 복지회관
"""


def test_lines_with_as_many_pipes_are_a_table() -> None:
    assert told(PIPES) == [
        ("선별진료소 운영", "2021"),
        ("노바백스 접종", "2021-05-14/.."),
        ("역학조사반 교육", "../.."),
    ]


def test_columns_set_by_spaces_are_a_table() -> None:
    assert [value for _, value in told(SPACES)] == [
        "2021-05-13T13:30+09:00",
        "2021-05-17T13:30+09:00",
    ]


@pytest.mark.xfail(strict=True, reason="not told yet: a place is no part of the name")
def test_the_place_in_a_column_set_by_spaces_is_not_in_the_title() -> None:
    assert [title for title, _ in told(SPACES)] == ["사과 교육일시", "고추 교육일시"]


def test_a_year_that_is_an_aim_lends_itself_to_no_date() -> None:
    assert told("1. 2050 탄소중립 전략\n\n- 소등행사 : 10. 1.\n") == [("소등행사", "2021-10-01")]


def test_january_in_a_report_of_december_lies_ahead() -> None:
    text = "군정 소식\n\n2025. 12. 10.\n\n- 휴관일 : 1월 1일\n- 개막식 : 12월 24일\n"
    assert days(text) == ["2026-01-01", "2025-12-24"]


SESSIONS = """회 수\t회 기\t안 건
제260회 임시회\t'20. 9. 1.(화)~9. 14.(월)\t조례안
제261회 정례회\t11. 9.(월)~12. 18.(금)\t행정사무감사(11. 10.~20.)

- 시정질문 : 제261회 정례회 8명(11. 24.~25.)
"""


def test_the_parts_of_a_session_are_in_its_year() -> None:
    found = dict(told(SESSIONS))
    assert found["제261회 정례회 행정사무감사"] == "2020-11-10/2020-11-20"
    assert "2020-11-24/2020-11-25" in found.values()


def test_the_parts_of_a_session_are_told_by_their_label() -> None:
    assert dict(told(SESSIONS))["제261회 정례회 시정질문"] == "2020-11-24/2020-11-25"


def test_a_term_of_office_lends_its_years_to_no_date() -> None:
    text = "- 의정모니터 임기 : 2020. 4. 1. ~ 2023. 3. 31.\n  · 표창 : 6, 12월\n"
    assert ("표창", "{2021-06,2021-12}") in [(t.split()[-1], v) for t, v in told(text)]


def test_the_days_on_which_it_is_closed_are_no_days_of_an_exhibition() -> None:
    assert told("- 닥종이 인형전 : 5. 23. ~ 7. 9. (매주 월요일 휴관)\n")[0] == (
        "닥종이 인형전",
        "2021-05-23/2021-07-09",
    )


def test_days_in_brackets_belong_to_the_month_of_their_row() -> None:
    table = "시 기\t주요 일정\n5월\t임시회 폐회(22일), 적극행정위원회(28일)\n"
    assert [value for _, value in told(table)] == ["2021-05-22", "2021-05-28"]


@pytest.mark.parametrize(
    "line",
    [
        "- 반입량 : 11.2만톤 → 10.1만톤 → 5.3만톤",
        pytest.param(
            "- 회의록 : 임시회의록 익일 게시",
            marks=pytest.mark.xfail(strict=True, reason="not told yet: the day after any sitting"),
        ),
        "- 예산 : 전년 대비 4.5% 증액",
        "- 부분개통 : 추석 전",
    ],
)
def test_what_is_no_time_of_its_own(line: str) -> None:
    assert told(f"{line}\n") == []


@pytest.mark.parametrize(
    "line",
    [
        "- 근거 : 「지역문화진흥법」 및 조례 제8조(2017. 3. 10. 일부개정)",
        "- 청사 : 본관(1993년 준공), 별관(2018. 5. 신축)",
        pytest.param(
            "- 투자 : ’18년까지 1,977억원, ’20년 이후 2,151억원",
            marks=pytest.mark.xfail(strict=True, reason="not told yet: sums of years"),
        ),
        pytest.param(
            "- 관광객 최다 : ’18. 10월 612천명",
            marks=pytest.mark.xfail(strict=True, reason="not told yet: a month with its count"),
        ),
        "- 발언 : '19년 61건 → '20년 74건 → '21. 1~4월 19건",
    ],
)
def test_what_only_counts_or_cites_is_no_entry(line: str) -> None:
    assert told(f"{line}\n") == []


MONTHS_ABOVE = """월\t6월\t7월\t8월
일자\t4(금)\t5(월)\t4(수)
주제\t화재예방\t축대 점검\t등산로 정비
"""


def test_days_stand_under_the_month_of_their_column() -> None:
    assert [value for _, value in told(MONTHS_ABOVE)] == ["2021-06-04", "2021-07-05", "2021-08-04"]


def test_d_days_count_back_from_the_day_of_their_heading() -> None:
    text = "1. 재난대응 훈련 (실시일 6. 16.(수))\n\n일 정\t내 용\nD-30\t기획회의\nD-7\t예행연습\n"
    assert [value for _, value in told(text)][:2] == ["2021-05-17", "2021-06-09"]


def test_a_period_lies_beside_the_days_of_its_applications() -> None:
    table = "단 계\t사업기간\t신청접수\n1단계\t1. 9. ~ 4. 7.\t'20. 12. 1. ~ 12. 9.\n"
    assert [value for _, value in told(table)] == [
        "2020-12-01/2020-12-09",
        "2021-01-09/2021-04-07",
    ]


BELOW_MONTHS = {
    "at the head of lines": (
        ("해솔고 2022학년도 학사일정\n\n◈ 3월\n2   입학식\n8~11   학부모 상담주간\n\n◈ 4월\n5   식목 행사\n"
        "25~28   1차 지필평가\n\n◈ 5월\n4   체육대회\n27~6.2   수련활동\n"),
        ["2022-03-02", "2022-03-08/2022-03-11", "2022-04-05", "2022-04-25/2022-04-28",
         "2022-05-04", "2022-05-27/2022-06-02"],
    ),
    "in columns side by side": (
        ("2022학년도 학사력\n\n      2022년 3월                         2022년 9월\n"
        "   2        입학식 및 개강              1         2학기 개강\n"
        "   7~11     수강신청 변경               5~8       수강신청 변경\n\n"
        "      4월                                10월\n"
        "   20~26    중간고사                    19~25     중간고사\n"),
        ["2022-03-02", "2022-09-01", "2022-03-07/2022-03-11", "2022-09-05/2022-09-08",
         "2022-04-20/2022-04-26", "2022-10-19/2022-10-25"],
    ),
    "beside their weekdays": (
        ("2027년 5월 월간 주요행사 계획\n\n일\t요일\t시각\t행사명\n3\t월\t09:00\t월례회의\n"
        "5\t수\t10:00\t어린이날 큰잔치\n24~28\t월~금\t\t을지연습 사전교육\n"),
        ["2027-05-03T09:00+09:00", "2027-05-05T10:00+09:00", "2027-05-24/2027-05-28"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("layout", BELOW_MONTHS)
def test_bare_days_below_a_month_are_days(layout: str) -> None:
    text, expected = BELOW_MONTHS[layout]
    found = [e.value.edtf() for e in assemble(reading(text)) if "월" not in e.source.text]
    assert sorted(found) == sorted(expected)


def test_a_weekday_in_the_next_cell_proves_the_year() -> None:
    text = (
        "마을금고 선거 일정\n\n시행일\t요일\t할 일\n1. 14.까지\t화\t선거관리 위탁신청\n"
        "1. 21.\t화\t예비후보자등록 신청\n2. 7.\t금\t위원회의\n3. 5.\t수\t선거일\n\n작성 2024. 12. 2.\n"
    )
    assert days(text)[1:] == ["2025-01-21", "2025-02-07", "2025-03-05"]


@pytest.mark.parametrize(
    "before",
    ["[별지 제4호서식] <개정 2005. 12. 30>\n", "의료법인 온샘 설립일 2005. 3. 2.\n"],
)
def test_a_document_is_not_of_the_day_of_a_law_or_a_foundation(before: str) -> None:
    text = f"{before}\n체육대회 계획\n\n- 참가신청 : 8. 9(수)\n- 대진 추첨 : 9. 14(목) 14:00\n"
    assert days(text)[-2:] == ["2006-08-09", "2006-09-14T14:00+09:00"]


def test_the_year_of_what_a_date_is_said_of() -> None:
    text = "축제 결과보고\n\n2012. 11. 5.\n\n문화과\n\n- 2013년 제9회 축제는 10월 11일(금)~14일(월) 개최\n"
    assert "2013-10-11/2013-10-14" in days(text)
