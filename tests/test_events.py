"""Events: what becomes of the dates of a report."""

from __future__ import annotations

import unicodedata
from datetime import date

import icalendar
import pytest

from calendarize.events.assemble import assemble
from calendarize.events.model import Event, Session
from calendarize.export import Options, render
from calendarize.export.mentions import iso
from calendarize.mentions.particles import unmarked
from calendarize.mentions.reading import read
from calendarize.report import read_text
from calendarize.timex.values import Day, Interval, Month


def events(body: str, front: str = "주요 업무 보고\n2021. 5. 3.\n총무과\n\n") -> list[Event]:
    return assemble(read(read_text(front + body, "보고.txt")))


def titles(body: str) -> list[str]:
    return [event.title for event in events(body)]


@pytest.mark.parametrize(
    ("body", "title"),
    [
        (
            "□ 추진일정\n\n- 상반기 운영 결과 보고서 발간 : '21. 7월\n",
            "상반기 운영 결과 보고서 발간",
        ),
        (
            "1 시의회 청사 재배치 및 리모델링 추진\n\n□ 추진일정\n\n- 설계공모 : '21. 6월\n",
            "시의회 청사 재배치 및 리모델링 설계공모",
        ),
        (
            "1 개원 기념식 개최\n\n□ 행사개요\n\n- 일 시 : 5. 20.(목) 14:00\n- 장 소 : 대강당\n",
            "개원 기념식 개최",
        ),
        ("□ 추진실적\n\n- 주민감사청구 조례 개정('21.3)\n", "주민감사청구 조례 개정"),
        (
            "□ 행사\n\n- 개원 기념 학술세미나 일시/장소 : 7. 8.(목), 대강당\n",
            "개원 기념 학술세미나",
        ),
        (
            "□ 일정\n\n사 업 명\t추진시기\t비 고\n정보화 기본계획 수립\t'21. 6월\t용역\n시설 안전 점검\t'21. 7월\t\n",
            "정보화 기본계획 수립",
        ),
        (
            "□ 일정\n\n- 분야별 자문위원 위촉식(6.3), 제1차 전체회의(6.17)\n",
            "분야별 자문위원 위촉식",
        ),
        ("○ 시는 오는 20일(목) 시청에서 시민 원탁회의를 연다고 밝혔다.\n", "시민 원탁회의"),
    ],
)
def test_titles_are_what_a_secretary_would_write(body: str, title: str) -> None:
    assert titles(body)[0] == title


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (
            "심의위원회 2회 개최 : 제1차(4. 21.), 제2차(7. 14.)",
            ["제1차 심의위원회", "제2차 심의위원회"],
        ),
        (
            "문화센터 건립공사 착공 : 12월 / 준공 : 내년 8월",
            ["문화센터 건립공사 착공", "문화센터 건립공사 준공"],
        ),
    ],
)
def test_each_of_several_in_a_line_has_its_own_name(line: str, told: list[str]) -> None:
    assert titles(f"□ 계획\n\n- {line}\n") == told


def test_the_place_line_beside_the_time_is_the_location() -> None:
    (event,) = events(
        "1 개원 기념식 개최\n\n□ 개요\n\n- 일 시 : 5. 20.(목) 14:00\n- 장 소 : 대강당\n"
    )
    assert event.location == "대강당"


def test_an_event_told_several_times_is_one_with_its_most_exact_date() -> None:
    (event,) = events(
        "□ 총괄\n\n- 개원 65주년 기념식 개최 : '21. 7월\n\n"
        "1 개원 65주년 기념식 개최\n\n□ 개요\n\n- 일 시 : '21. 7. 8.(목)\n- 장 소 : 중앙홀\n\n"
        "□ 추진일정\n\n- 개원 65주년 기념식 개최 : '21. 7. 8.(목)\n"
    )
    assert event.value == Day(date(2021, 7, 8))
    assert event.location == "중앙홀"


def test_events_of_one_name_at_different_times_stay_apart() -> None:
    assert len(events("- 정기 점검 실시 : '21. 6월\n- 정기 점검 실시 : '21. 9월\n")) == 2
    assert len(events("- 예산 심사 : '21. 6월\n- 추경예산 심사 : '21. 6월\n")) == 2


def test_reports_count_figures_without_making_events_of_them() -> None:
    assert events("□ 인력 : 정원 343명(’21. 4. 25. 현재)\n\n('21.4.25. 기준 / 단위:천원)\n") == []
    assert events("사업명\t예산\t집행률\t~2/4\t3/4\t4/4\n홍보\t120\t4.6\t40\t60\t20\n") == []
    assert events("구분\t1월\t2월\t3월\n처리건수\t128건\t133건\t154건\n") == []


def test_a_years_name_is_no_event() -> None:
    assert titles("□ 계획\n\n- 2022년도 예산안 편성 : '21. 10월\n") == ["2022년도 예산안 편성"]


def test_the_section_looks_back_for_the_year() -> None:
    (back,) = events("□ 추진실적\n\n- 실태조사 완료(11월)\n", "업무 보고\n2021. 2. 1.\n총무과\n\n")
    assert back.value == Month(2020, 11)


def test_the_section_looks_forward_for_the_year() -> None:
    (forward,) = events(
        "□ 향후계획\n\n- 실태조사 착수(2월)\n", "업무 보고\n2021. 11. 1.\n총무과\n\n"
    )
    assert forward.value == Month(2022, 2)


@pytest.mark.xfail(strict=True, reason="not told yet: the year of a heading below a title")
def test_a_heading_names_the_year_of_what_stands_under_it() -> None:
    (event,) = events("□ 2019년 협약 체결 현황\n\n- 계룡시(5.11) : 문화 교류\n")
    assert event.value == Day(date(2019, 5, 11))
    assert any("제목" in reason for reason in event.reasons)


def test_a_timetable_turns_the_year_after_december() -> None:
    found = events(
        "월\t일\t내용\n12월\t16(목)~20(월)\t기말고사\n1월\t3(월)\t계절학기 개강\n",
        "2021학년도 학사일정\n2021. 1. 4.\n교무처\n\n",
    )
    assert [e.value for e in found] == [
        Interval(Day(date(2021, 12, 16)), Day(date(2021, 12, 20))),
        Day(date(2022, 1, 3)),
    ]


def test_a_contradicting_weekday_is_a_warning_on_the_event() -> None:
    (event,) = events("- 설명회 개최 : '21. 5. 4.(월)\n")
    assert event.value == Day(date(2021, 5, 4))
    assert event.warnings == ("요일 불일치: 2021-05-04는 화요일입니다(원문 '(월)')",)


def test_the_session_of_a_row_and_its_parts() -> None:
    session, question = events(
        "회 수\t회 기\t비 고\n"
        "제31회 임시회\t6. 7.(월) ~ 6. 15.(화) <9일간>\t※ 구정질문 : 6.14 ~ 15(2일)\n"
        "제32회 정례회\t11. 1.(월) ~ 11. 30.(화) <30일간>\t\n"
    )[:2]
    assert (session.kind, session.session) == ("session", Session(31, "임시회"))
    assert (question.kind, question.parent) == ("question", session.uid)
    assert question.title == "제31회 임시회 구정질문"


def test_uids_come_from_what_an_event_is_not_from_its_date_or_line() -> None:
    (before,) = events("- 기본계획 수립 용역 착수 : '21. 6월\n")
    (after,) = events("\n\n□ 일정\n\n- 기본계획 수립 용역 착수 : '21. 8. 2.\n")
    assert before.uid == after.uid


def test_decomposed_hangul_is_read_and_placed_in_the_original_text() -> None:
    text = unicodedata.normalize(
        "NFD", "업무 보고\n2021. 5. 3.\n총무과\n\n- 설명회 개최 : '21. 6월 중\n"
    )
    mentions = read(read_text(text, "보고.txt")).mentions
    line = text.split("\n")[4]
    mention = mentions[-1]
    assert mention.line == 5
    assert line[mention.column :].startswith(mention.text)
    assert unicodedata.normalize("NFC", mention.text) == "'21. 6월 중"


@pytest.mark.parametrize(
    "form",
    [
        "html",
        pytest.param(
            "pipes",
            marks=pytest.mark.xfail(
                strict=True, reason="not told yet: the first row below a rule of pipes"
            ),
        ),
    ],
)
def test_a_table_gives_the_same_events_in_every_form(form: str) -> None:
    tabs = "사업명\t시기\t비고\n가로등 정비\t'21. 6월\t1차\n보도 정비\t7. 5.(월)~7. 9.(금)\t\n"
    rows = [line.split("\t") for line in tabs.splitlines()]
    html = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows)
    pipes = "\n".join("| " + " | ".join(row) + " |" for row in rows).replace(
        "\n", "\n|---|---|---|\n", 1
    )
    other = {"html": f"<table>{html}</table>\n", "pipes": pipes + "\n"}[form]
    told = [(e.title, e.value) for e in events(tabs)]
    assert [title for title, _ in told] == ["가로등 정비", "보도 정비"]
    assert [(e.title, e.value) for e in events(other)] == told


@pytest.mark.parametrize(
    ("period", "dates", "warned"),
    [
        ("'21. 2. 22.(월) ~ 3. 5.(금) <12일간>", [], False),
        ("'21. 4. 13. ~ 5. 17.(35일)", [], False),
        ("'21. 6. 11. ~ 15.(3일)", [(6, 11), (6, 14), (6, 15)], False),
        ("'21. 9. 17. ~ 9. 24.(3일)", [(9, 17), (9, 23), (9, 24)], False),
        ("'21. 9. 1. ~ 9. 25.(4주간)", [], False),
        ("'21. 2. 22.(월) ~ 3. 5.(금) <13일간>", [], True),
        ("'21. 9. 1. ~ 9. 25.(3주간)", [], True),
        ("'21. 6. 11. ~ 15.(4일)", [], True),
    ],
)
def test_a_day_count_agrees_names_the_working_days_or_warns(
    period: str, dates: list[tuple[int, int]], warned: bool
) -> None:
    (event,) = events(f"- 상반기 결산 검사 : {period}\n")
    assert list(event.dates) == [date(2021, month, day) for month, day in dates]
    assert [w.startswith("일수 불일치") for w in event.warnings] == [True] * warned


def test_a_duty_with_a_clock_time_keeps_it_in_the_calendar() -> None:
    (event,) = events("- 정례 간부회의 : 매주 수요일 14:00\n")
    calendar = icalendar.Calendar.from_ical(render("ics", [event], Options(date(2021, 5, 3))))
    (entry,) = calendar.walk("VEVENT")
    assert entry["DTSTART"].dt.strftime("%A %H:%M") == "Wednesday 14:00"
    assert entry["RRULE"]["BYDAY"] == ["WE"]


def test_what_a_convening_notice_lists_belongs_to_its_session() -> None:
    session, *parts = sorted(
        events(
            "1. 회기: 2021. 2. 22.(월) ~ 3. 5.(금) 12일간\n2. 의사일정\n"
            " - 2. 22.(월) 14:00 제1차 본회의\n - 3. 4.(목) 10:00 제2차 본회의(구정질문)\n",
            "가온구의회 제299회 임시회 소집 공고\n\n2021. 2. 15.\n가온구의회\n\n",
        ),
        key=lambda event: event.kind != "session",
    )
    assert (session.kind, session.session) == ("session", Session(299, "임시회"))
    assert [part.parent for part in parts] == [session.uid, session.uid]


@pytest.mark.parametrize(
    ("sentence", "title"),
    [
        pytest.param(
            "4월 27일부터 5월 31일까지 실시한 동 명칭 공모에는 6,300명이 참여했다.",
            "명칭 공모",
            marks=pytest.mark.xfail(strict=True, reason="not told yet: the noun behind a clause"),
        ),
        pytest.param(
            "올해 10월에는 비행성능을 확인하기 위해 시험발사체를 발사할 예정이다.",
            "시험발사체 발사",
            marks=pytest.mark.xfail(strict=True, reason="not told yet: the deed, not its aim"),
        ),
        (
            "구는 오는 15일(토) 구민회관에서 ‘청소년 진로박람회’를 개최한다고 밝혔다.",
            "청소년 진로박람회",
        ),
        (
            "구는 지난 3월 주민 300명을 대상으로 만족도 조사를 실시했다.",
            "만족도 조사",
        ),
        ("신청은 5월 3일부터 14일까지 구 누리집에서 할 수 있다.", "신청"),
        ("개관식은 5월 20일 오후 2시 도서관 앞마당에서 열린다.", "개관식"),
        ("시는 오는 7월 1일부터 버스 요금을 1,400원으로 인상한다고 밝혔다.", "버스 요금 인상"),
        pytest.param(
            "6월 1일부터 시행되는 개정 조례에 따라 과태료가 부과된다.",
            "개정 조례 시행",
            marks=pytest.mark.xfail(strict=True, reason="not told yet: the noun behind a clause"),
        ),
        pytest.param(
            "최종 결과는 6월 30일 개별 통보할 예정이다.",
            "최종 결과 개별 통보",
            marks=pytest.mark.xfail(strict=True, reason="not told yet: what is done with it"),
        ),
        (
            "앞서 시는 지난 4월 12일 관련 업체와 업무협약을 체결한 바 있다.",
            "관련 업체와 업무협약",
        ),
        ("도서관은 매주 월요일 휴관한다.", "도서관 휴관"),
        pytest.param(
            "시는 2025년 9월까지 총 500억 원을 투입해 정비사업을 완료할 방침이다.",
            "정비사업 완료",
            marks=pytest.mark.xfail(strict=True, reason="not told yet: the deed, not its means"),
        ),
        pytest.param(
            "도서관은 공사로 인해 7월 1일부터 9월 30일까지 임시 휴관한다.",
            "도서관 임시 휴관",
            marks=pytest.mark.xfail(strict=True, reason="not told yet: the subject far ahead"),
        ),
        pytest.param(
            "오는 9월 개관을 앞둔 문화센터는 공정률 85%를 보이고 있다.",
            "문화센터 개관",
            marks=pytest.mark.xfail(strict=True, reason="not told yet: the noun behind a clause"),
        ),
        pytest.param(
            "지난해 12월 국토교통부 공모에 선정돼 국비를 확보했다.",
            "국토교통부 공모 선정",
            marks=pytest.mark.xfail(strict=True, reason="not told yet: whose call it was"),
        ),
        (
            "구는 내달 2일까지 ‘창업 지원사업’ 참여자를 모집한다고 밝혔다.",
            "'창업 지원사업' 참여자 모집",
        ),
        ("구는 5월 한 달간 불법 주정차 집중 단속을 벌인다.", "불법 주정차 집중 단속"),
        ("사업비 120억 원을 들여 2023년 12월 완공을 목표로 추진 중이다.", "완공"),
    ],
)
def test_titles_out_of_full_sentences(sentence: str, title: str) -> None:
    assert titles(f"○ {sentence}\n") == [title]


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        pytest.param(
            "이번 공사는 6월 착공해 내년 3월 준공할 계획이다.",
            ["공사 착공", "공사 준공"],
            marks=pytest.mark.xfail(strict=True, reason="not told yet: two deeds of one subject"),
        ),
        (
            "시는 지난해 9월 기본계획을 수립하고, 올해 2월 설계 공모를 거쳐 당선작을 선정했다.",
            ["기본계획 수립", "설계 공모"],
        ),
    ],
)
def test_a_sentence_may_hold_several_events(sentence: str, told: list[str]) -> None:
    assert titles(f"○ {sentence}\n") == told


@pytest.mark.parametrize(
    "line",
    [
        "보도일시 : 2021. 9. 4.(토) 조간부터 보도해 주시기 바랍니다.",
        pytest.param(
            "이 자료는 2021. 9. 3. 12:00 이후 보도해 주시기 바랍니다.",
            marks=pytest.mark.xfail(strict=True, reason="not told yet: an embargo in a sentence"),
        ),
        "배포일시\t2021. 9. 3.(금) 09:00\t담당부서\t총무과",
    ],
)
def test_an_embargo_is_no_event(line: str) -> None:
    assert titles(f"{line}\n") == []


def test_lone_days_take_the_month_of_their_column_and_their_weekday() -> None:
    body = (
        "일자\t시간\t행사명\n6. 1.(화)\t10:00\t월례조회\n23(수)\t14:00\t규제개혁위원회\n"
        "12(토)\t09:00\t도서관 축제\n5(월)\t15:00\t착공 보고회\n"
    )
    found = {e.title: e for e in events(f"□ 행사계획\n\n{body}")}
    starts = {title.split()[-1]: f"{e.start:%m-%d %H:%M}" for title, e in found.items() if e.start}
    assert starts == {
        "월례조회": "06-01 10:00",
        "규제개혁위원회": "06-23 14:00",
        "축제": "06-12 09:00",
        "보고회": "07-05 15:00",
    }
    assert not any(e.warnings for e in found.values())


MONTHS_PLAN = (
    "2021년 6월 주요 행사 계획\n2021. 5. 26.\n총무과\n\n○ 다음 달 주요 행사\n - 조례 : 6. 1.(화)\n"
)


def test_a_month_in_the_title_of_a_plan_is_no_event() -> None:
    assert [e.start for e in assemble(read(read_text(MONTHS_PLAN, "x")))] == [date(2021, 6, 1)]


def test_an_assembly_below_a_heading_of_events_is_named() -> None:
    (event,) = assemble(read(read_text(MONTHS_PLAN, "x")))
    assert "조례" in event.title


def test_a_merged_day_is_told_for_each_of_its_rows() -> None:
    body = (
        "일자\t시간\t행사명\n6. 1.(화)\t10:00\t월례조회\n\t14:00~15:30\t규제개혁위원회\n"
        "6. 2.(수)\t종일\t직원 연수\n"
    )
    found = {e.title.split()[-1]: (str(e.start), e.source.line) for e in events(body)}
    assert found == {
        "월례조회": ("2021-06-01 10:00:00", 6),
        "규제개혁위원회": ("2021-06-01 14:00:00", 7),
        "연수": ("2021-06-02", 8),
    }


def test_a_merged_day_in_html_is_told_for_each_of_its_rows() -> None:
    html = (
        "<table><tr><th>일자</th><th>행사명</th></tr><tr><td rowspan=2>6. 1.(화)</td>"
        "<td>월례조회</td></tr><tr><td>안전점검의 날</td></tr></table>\n"
    )
    assert [(e.title.split()[-1], str(e.start)) for e in events(html)] == [
        ("월례조회", "2021-06-01"),
        ("날", "2021-06-01"),
    ]


def test_an_empty_date_behind_a_subject_is_no_day() -> None:
    body = "사업명\t준공일\n도서관 증축\t6. 1.(화)\n체육관 보수\t\n"
    assert len(events(body)) == 1


SERVICES = """| 노선 | 개통일 | 첫차~막차 |
|---|---|---|
| 101번 | 5. 20. | 05:30~23:10 |

| 시설 | 이용시간 | 개관일 |
|---|---|---|
| 도서관 | 09:00~22:00 | 5. 20. |

- 303번 개통 : 5. 20.(목) (운행시간 05:30~23:10)
"""
HOURS = "| 행사명 | 운영일 | 운영시간 |\n|---|---|---|\n| 체험교실 | 5. 20. | 10:00~12:00 |\n"


@pytest.mark.parametrize(("body", "all_day"), [(SERVICES, True), (HOURS, False)])
def test_the_hours_of_a_service_are_not_those_of_its_opening(body: str, all_day: bool) -> None:
    found = events(body)
    assert {str(e.start)[:10] for e in found} == {"2021-05-20"}
    assert all(e.all_day is all_day and ":" not in e.title for e in found)


def test_a_deadline_and_a_rehearsal_keep_their_hours() -> None:
    body = "- 의견제출 4월 28일 18:00까지\n- 기념식 5. 20.(목) 19:00\n  ※ 예행연습 : 5. 20. 14:00\n"
    assert {str(e.end) for e in events(body)} == {
        "2021-04-28 18:00:00",
        "2021-05-20 14:00:00",
        "2021-05-20 19:00:00",
    }


def test_the_quote_of_prose_is_its_sentence() -> None:
    told = events("시는 5월 7일 회의를 연다. 이어 5월 20일 공청회를 마련한다. 누구나 올 수 있다.\n")
    assert [event.source.quote for event in told] == [
        "시는 5월 7일 회의를 연다.",
        "이어 5월 20일 공청회를 마련한다.",
    ]


BESIDE = "| 사업명 | 당초 | 변경 | 사유 |\n|---|---|---|---|\n| 풋살장 포장 | 6월 | {new} | 예산 조정 |\n"
DONE = "| 사업명 | 계획 | 실적 |\n|---|---|---|\n| 풋살장 포장 | 4월 | {new} |\n"


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("- 풋살장 포장 : 당초 6월 → 10월\n", [("풋살장 포장", "2021-10-01")]),
        ("- 풋살장 포장(6월→10월)\n", [("풋살장 포장", "2021-10-01")]),
        ("- 풋살장 포장 : 10월 완료 예정(당초 6월)\n", [("풋살장 포장", "2021-10-01")]),
        (
            "- 풋살장 포장은 6월 예정이었으나 자재 지연으로 10월로 연기\n",
            [("풋살장 포장", "2021-10-01")],
        ),
        (BESIDE.format(new="10월"), [("풋살장 포장", "2021-10-01")]),
        (BESIDE.format(new="변동 없음"), [("풋살장 포장", "2021-06-01")]),
        (DONE.format(new="5. 12."), [("풋살장 포장", "2021-05-12")]),
        (
            "- 접수(6월) → 심사(7월) → 발표(8월)\n",
            [("접수", "2021-06-01"), ("심사", "2021-07-01"), ("발표", "2021-08-01")],
        ),
    ],
)
def test_a_former_time_is_no_event_where_another_takes_its_place(
    body: str, told: list[tuple[str, str]]
) -> None:
    assert [(e.title, str(e.start)) for e in events(f"□ 추진계획\n\n{body}")] == told


HOURS = [
    ("2021-05-12T08:30", "확대간부회의"),
    ("2021-05-12T14:00", "장학금 기탁식"),
    ("2021-05-13T10:00", "시민의 날 기념식"),
]


@pytest.mark.parametrize(
    "body",
    [
        """\
■ 5. 12.(수)
  ㅇ 08:30  확대간부회의 / 상황실
  ㅇ 오후 2시  장학금 기탁식 / 시장실
■ 5. 13.(목)
  ㅇ 10:00  시민의 날 기념식 / 시청광장
""",
        """\
5. 12.(수) 08:30 확대간부회의
14:00 장학금 기탁식
5. 13.(목) 10:00 시민의 날 기념식
""",
        """\
일시\t행사명\t장소
5. 12.(수) 08:30\t확대간부회의\t상황실
\t14:00\t장학금 기탁식\t시장실
5. 13.(목) 10:00\t시민의 날 기념식\t시청광장
""",
        """\
5월 12일(수) ▲확대간부회의(오전 8시 30분, 상황실) ▲장학금 기탁식(오후 2시, 시장실)
5월 13일(목) ▲시민의 날 기념식(오전 10시, 시청광장)
""",
        "\n\n".join(
            [
                "일자",
                "시간",
                "내용",
                "5.12.(수)",
                "08:30",
                "확대간부회의",
                "14:00",
                "장학금_기탁식",
                "5.13.(목)",
                "10:00",
                "시민의_날_기념식",
            ]
        ).replace("_", " "),
    ],
    ids=("list", "first hour beside the day", "tabs", "behind the day", "one cell a line"),
)
def test_hours_below_their_day_are_entries_of_that_day(body: str) -> None:
    assert [(iso(e.start), e.title) for e in events(body)] == HOURS


def test_an_hour_of_the_day_told_above_is_an_entry_of_that_day() -> None:
    concert = "□ 가을음악회 : 5. 20.(목) 19:00\n - 리허설 : 당일 14:00\n - 관람료 : 무료\n"
    assert {(iso(e.start), e.title) for e in events(concert)} == {
        ("2021-05-20T14:00", "가을음악회 리허설"),
        ("2021-05-20T19:00", "가을음악회"),
    }
    other = "□ 가을음악회 : 5. 20.(목)\n□ 준비물\n - 신분증 : 당일 14:00 확인\n"
    assert [e.title for e in events(other)] == ["가을음악회"]


@pytest.mark.parametrize(
    ("words", "bare"),
    [
        ("제2차 본회의를", "제2차 본회의"),
        ("조례안 심의", "조례안 심의"),
        ("요금 제도", "요금 제도"),
        ("연구 성과", "연구 성과"),
        ("코로나", "코로나"),
        ("‘빛축제’는", "‘빛축제’"),
        ("시청에서", "시청"),
        ("참여 희망자, 오는", "참여 희망자"),
    ],
)
def test_particles_are_told_from_the_ends_of_nouns(words: str, bare: str) -> None:
    assert unmarked(words) == bare


def test_the_day_of_birth_of_a_person_is_no_event() -> None:
    members = "○ 위원 : 김철수(1972.4.5.), 박영희(1980. 1. 2.생), 이영수('75. 3. 2.)\n"
    assert [e.title for e in events(f"{members}○ 위촉식 : 5. 20.(목) 14:00\n")] == ["위촉식"]
