"""What the renderers promise, on events made by hand."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from wcwidth import wcswidth

from calendarize.events.model import Event, Kind, Session, Source, Status
from calendarize.export import FORMATS, SUFFIXES, Approximate, Options, format_of, render
from calendarize.export.contentlines import fold
from calendarize.export.entries import SUMMARY, entries, left_out
from calendarize.export.text import clean, one_line, shorten
from calendarize.export.words import value_words
from calendarize.timex.recurrence import Rule
from calendarize.timex.resolve import Witness
from calendarize.timex.values import (
    Day,
    Half,
    Interval,
    Moment,
    Month,
    Part,
    Quarter,
    Recurring,
    Several,
    Undated,
    Value,
    Year,
)

CHECKER = Path(__file__).parents[2] / "shared" / "tools" / "check_ics.py"
TODAY = date(2021, 5, 3)
DRAWN = ("svg", "png", "pdf")
"""Formats of the drawing library, which one worker loads."""
OPTIONS = Options(
    today=TODAY,
    calendar_name='의회, 사무처; "일정"',
    stamp=datetime(2021, 5, 3, tzinfo=UTC),
    horizon=(date(2021, 1, 1), date(2021, 12, 31)),
)


def day(month: int, number: int, year: int = 2021) -> Day:
    return Day(date(year, month, number))


def at(month: int, number: int, hour: int, minute: int = 0) -> Moment:
    return Moment(datetime(2021, month, number, hour, minute))


def month(number: int, year: int = 2021) -> Month:
    return Month(year, number)


def event(title: str, value: Value, kind: Kind = "milestone", **given: Any) -> Event:
    defaults: dict[str, Any] = {
        "uid": f"uid-of-{title.encode(errors='replace').hex()[:60]}",
        "department": "서울특별시의회사무처",
        "source": Source("의회.txt", 205, "'21. 5월", "인용한 글"),
    }
    return Event(title=title, value=value, kind=kind, **(defaults | given))


def all_months(title: str, rule: str, span: Interval | None = None) -> Event:
    return event(title, Recurring(Rule.parse(rule), span))


SESSION = event(
    "제299회 임시회",
    Interval(day(2, 22), day(3, 5)),
    "session",
    uid="session-299",
    session=Session(299, "임시회"),
)
QUESTION = event("제299회 임시회 시정질문", day(2, 23), "question", parent="session-299")
CEREMONY = event(
    "서울시의회 부활 30주년 기념식 개최",
    Interval(at(7, 8, 10), at(7, 8, 11)),
    "ceremony",
    location="본회의장, 3층; A동",
    unit="의정담당관",
)
AUDIT = event(
    "행정사무감사",
    Interval(day(11, 2), day(11, 9)),
    "audit",
    dates=tuple(date(2021, 11, d) for d in (2, 3, 5, 8, 9)),
    witnesses=(
        Witness("count", "contradicts", "기간은 8일이지만 5일이라고 적혀 있습니다"),
        Witness("context", "decides", "표의 제목에 있는 해를 따랐습니다"),
    ),
)
CALENDAR = [
    SESSION,
    QUESTION,
    CEREMONY,
    AUDIT,
    event("심야 회의", Interval(at(7, 8, 22), at(7, 9, 2)), "meeting"),
    event("자정까지 회의", Interval(at(7, 8, 22), at(7, 9, 0)), "meeting"),
    event("온종일", Interval(at(7, 8, 0), at(7, 8, 23, 59))),
    event("간담회", at(6, 1, 14)),
    event("계약 체결", month(5)),
    event("결과 통보", Interval(month(5), month(6))),
    event("공사시행", Interval(month(4, 2022), month(4, 2023))),
    event("근무평정", Half(2021, 1)),
    event("중간점검", Quarter(2021, 3)),
    event("용역", Part(2021, 5, 1)),
    event("정식 운영", Interval(month(10), None)),
    event("기본계획 수립", Interval(None, month(12, 2020)), "deadline"),
    event("신청서 제출", Interval(None, at(5, 14, 18)), "deadline"),
    event("의원 임기", Interval(day(7, 1, 2018), day(6, 30, 2022)), "term"),
    event("책 발간", Several((month(3), month(6), month(9), month(12)))),
    event("방송", Several((day(10, 24), day(10, 31)))),
    event("비용추계", Interval(month(1), month(12)), "ongoing"),
    event("발간예정", Year(2022)),
    all_months("매월 제공", "FREQ=MONTHLY"),
    all_months("격주 회의", "FREQ=WEEKLY;INTERVAL=2"),
    all_months("여러 달", "FREQ=YEARLY;BYMONTH=2,3,4"),
    all_months("수요일", "FREQ=MONTHLY;BYDAY=2WE", Interval(month(4), month(12))),
    all_months("31일", "FREQ=MONTHLY;BYMONTHDAY=31"),
    all_months("월목", "FREQ=WEEKLY;BYDAY=MO,TH"),
    all_months("격주 월", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", Interval(day(3, 3), day(6, 30))),
    all_months("상담", "FREQ=DAILY", Interval(month(4), month(6))),
    all_months("신청기한", "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=20"),
    all_months("10일과 20일", "FREQ=MONTHLY;BYMONTHDAY=10,20", Interval(month(1), month(3))),
    event("의견개진", Undated("수시")),
    event(
        'C:\\new; a, "b"\\N\x07\ue000\u200b <br> \u1112\u1161\u11ab\r\n' + "가나다 " * 90,
        day(8, 30),
        source=Source("의회.txt", 1, "8. 30.", "긴 인용 " * 400),
        location="\\n",
        witnesses=(Witness("count", "contradicts", "경고 " * 40),),
    ),
    event("=SUM(A1)", day(8, 31), description="-1 + 1"),
]


def vevents(events: list[Event], options: Options = OPTIONS) -> dict[str, Any]:
    """Render as iCalendar, read back, by summary."""
    data = render("ics", events, options)
    assert isinstance(data, bytes)
    return {str(v["SUMMARY"]): v for v in Calendar.from_ical(data).walk("VEVENT")}


def days(events: list[Event], approximate: Approximate = "span") -> dict[str, tuple[str, str]]:
    """Return summary → first and last day (inclusive) of all-day entries read back."""
    options = Options(TODAY, approximate, horizon=OPTIONS.horizon)
    return {
        summary: (f"{v.start:%m-%d}", f"{v.end - timedelta(days=1):%m-%d}")
        for summary, v in vevents(events, options).items()
    }


# The package -------------------------------------------------------------------------------------


def test_importing_the_package_loads_no_library() -> None:
    code = (
        "import sys, calendarize.export; "
        "print({'icalendar', 'jinja2', 'tabulate', 'pydantic', 'dateutil', 'wcwidth'} & {*sys.modules})"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "set()"


@pytest.mark.heavy
@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=pytest.mark.xdist_group("drawn" if name in DRAWN else name))
        for name in FORMATS
    ],
)
def test_every_format_gives_the_same_bytes_again_and_bears_no_events(name: str) -> None:
    assert render(name, CALENDAR, OPTIONS) == render(name, list(CALENDAR), OPTIONS)
    assert render(name, [], OPTIONS) or name == "jsonl"


def test_file_endings_name_formats() -> None:
    assert set(SUFFIXES.values()) <= set(FORMATS)
    assert [format_of(p) for p in ("a.ICS", "b.jsonl", "c.md", "d")] == [
        "ics",
        "jsonl",
        "markdown",
        None,
    ]


@pytest.mark.parametrize(
    ("value", "status"),
    [
        (day(5, 2), "done"),
        (day(5, 3), "ongoing"),
        (day(5, 4), "planned"),
        (Interval(at(5, 2, 22), at(5, 3, 0)), "done"),
        (month(5), "ongoing"),
        (Interval(month(4), None), "ongoing"),
        (Interval(month(6), None), "planned"),
        (Interval(None, month(4)), "done"),
        (Recurring(Rule("MONTHLY")), "ongoing"),
        (Recurring(Rule("MONTHLY"), Year(2020)), "done"),
        (Undated(), "undated"),
    ],
)
def test_status_is_judged_by_the_first_and_the_last_day(value: Value, status: Status) -> None:
    assert event("일", value).status(TODAY) == status


# Words -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("2.22(월)", day(2, 22)),
        ("3. 5(금)", day(3, 5)),
        ("'22. 3. 5(토)", day(3, 5, 2022)),
        ("1998. 3. 5(목)", day(3, 5, 1998)),
        ("2.22(월)–3. 5(금)", Interval(day(2, 22), day(3, 5))),
        ("6.11(금)–15(화)", Interval(day(6, 11), day(6, 15))),
        ("'20. 12.27(일)–'21. 6.27(일)", Interval(day(12, 27, 2020), day(6, 27))),
        ("7. 8(목) 10:00", at(7, 8, 10)),
        ("7. 8(목) 10:00–11:00", Interval(at(7, 8, 10), at(7, 8, 11))),
        ("7. 8(목) 22:00–24:00", Interval(at(7, 8, 22), at(7, 9, 0))),
        ("7. 8(목) 22:00–7. 9(금) 02:00", Interval(at(7, 8, 22), at(7, 9, 2))),
        ("5월 중", month(5)),
        ("5–6월", Interval(month(5), month(6))),
        ("'22. 4월–'23. 4월", Interval(month(4, 2022), month(4, 2023))),
        ("10월~", Interval(month(10), None)),
        ("~12월", Interval(None, month(12))),
        ("~'20. 12월", Interval(None, month(12, 2020))),
        ("상반기", Half(2021, 1)),
        ("3분기", Quarter(2021, 3)),
        ("5월 중순", Part(2021, 5, 1)),
        ("2021–2023년", Interval(Year(2021), Year(2023))),
        ("3·6·9·12월", Several((month(3), month(6), month(9), month(12)))),
        ("상·하반기", Several((Half(2021, 1), Half(2021, 2)))),
        ("10.24(일), 31(일)", Several((day(10, 24), day(10, 31)))),
        ("5월 중, 6. 1(화)", Several((month(5), day(6, 1)))),
        ("4–12월 매월", Recurring(Rule("MONTHLY"), Interval(month(4), month(12)))),
        ("매월", Recurring(Rule("MONTHLY"), Year(2021))),
        ("수시", Undated("수시")),
    ],
)
def test_dates_are_written_as_a_korean_reader_writes_them(words: str, value: Value) -> None:
    assert value_words(value, 2021) == words


# Timeline and table ------------------------------------------------------------------------------

WALL = """\
서울특별시의회사무처
2021. 1. 1.–2021. 12. 31. · 2021. 5. 3.(월) 기준
✓ 지남  ▶ 진행  ○ 예정  · 수시  ( ) 날짜 미정

■ 2021년 1분기 (1–3월)
  ✓ 2.22(월)–3. 5(금)     [회기] 제299회 임시회
    ✓ 2.23(화)              시정질문

■ 2021년 2분기 (4–6월)
  ▶ (5월 중)              계약 체결
  ▶ (5–6월)               결과 통보
  ── 오늘 5. 3(월) ──

■ 2021년 3분기 (7–9월)
  ○ 7. 8(목) 10:00–11:00  [행사] 서울시의회 부활 30주년 기념식 개최 · 본회의장, 3층; A동
                          (의정담당관)

■ 2021년 4분기 (10–12월)
  ○ (10월~)               정식 운영
  ○ 11. 2(화)–3(수), 5(금), 8(월)–9(화)
                          [행정사무감사] 세금
                          ⚠ 기간은 8일이지만 5일이라고 적혀 있습니다

■ 2021년 연중 · 매월 · 수시: 3건 (--all로 펼침)

총 10건, 대략 5건, 의심 1건
"""


def test_timeline_can_be_pinned_to_the_wall() -> None:
    wanted = {"계약 체결", "결과 통보", "정식 운영", "비용추계", "매월 제공", "의견개진"}
    audit = event("세금", AUDIT.value, "audit", dates=AUDIT.dates, witnesses=AUDIT.witnesses)
    chosen = [SESSION, QUESTION, CEREMONY, audit, *(e for e in CALENDAR if e.title in wanted)]
    assert render("timeline", chosen[::-1], Options(TODAY)) == WALL


@pytest.mark.parametrize("width", [40, 60, 100, 160])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    text = render("timeline", CALENDAR, Options(TODAY, width=width))
    assert isinstance(text, str)
    assert max(map(wcswidth, text.splitlines())) <= width
    assert all(wcswidth(line) >= 0 for line in text.splitlines())


def test_every_event_stands_once_in_the_unfolded_timeline() -> None:
    text = render("timeline", CALENDAR, replace(OPTIONS, folded=False))
    assert isinstance(text, str)
    text = text[text.index("■") :]
    assert sum(line.lstrip()[:2] in ("✓ ", "▶ ", "○ ", "· ") for line in text.splitlines()) == len(
        CALENDAR
    )


def test_departments_are_told_apart_where_there_are_several() -> None:
    other = event("회의", day(5, 4), department="시장비서실", unit="정무팀")
    assert "회의 (시장비서실 정무팀)" in render("timeline", [SESSION, other], OPTIONS)


def test_colour_only_where_it_is_wanted() -> None:
    assert "\x1b" not in render("timeline", CALENDAR, OPTIONS)
    assert "\x1b[2m" in render("timeline", CALENDAR, Options(TODAY, color=True))


def test_table_aligns_wide_characters() -> None:
    table = render("table", [SESSION, QUESTION, CEREMONY], Options(TODAY, tablefmt="psql"))
    assert isinstance(table, str)
    assert len({wcswidth(line) for line in table.splitlines()}) == 1
    assert "| ✓ 지남 | 회기     | 제299회 임시회" in table
    assert "의회.txt:205" in table


@pytest.mark.parametrize("tablefmt", ["simple", "psql", "grid"])
def test_table_fits_the_terminal_by_wrapping(tablefmt: str) -> None:
    table = render("table", CALENDAR, Options(TODAY, width=120, tablefmt=tablefmt))
    assert isinstance(table, str)
    assert max(map(wcswidth, table.splitlines())) <= 120


def test_markdown_keeps_a_pipe_in_its_cell() -> None:
    table = render("markdown", [event("가|나", day(5, 4))], OPTIONS)
    assert isinstance(table, str)
    assert "가\\|나" in table


# JSON --------------------------------------------------------------------------------------------

KEYS = tuple(
    re.findall(
        r"\w+",
        """uid title start end all_day precision approximate rrule dates kind status department unit
        session location description section source parent warnings confidence doubtful
        alternatives unsure cancelled reasons history quote""",
    )
)


def records(*events: Event) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(render("json", events, OPTIONS))["events"]
    return found


def test_json_has_the_keys_of_the_contract() -> None:
    for found in records(*CALENDAR):
        assert tuple(k for k in found if k != "values") == KEYS
        assert [*found["source"]] == ["report", "line", "text"]
    assert records(SESSION)[0]["session"] == {"number": 299, "type": "임시회"}


def test_json_tells_days_as_days_and_clock_times_with_offset() -> None:
    session, ceremony, month_, forever = records(
        SESSION, CEREMONY, event("달", month(5)), event("부터", Interval(month(10), None))
    )
    assert (session["start"], session["end"]) == ("2021-02-22", "2021-03-05")
    assert ceremony["start"] == "2021-07-08T10:00:00+09:00"
    assert (session["all_day"], ceremony["all_day"]) == (True, False)
    assert (session["approximate"], month_["approximate"]) == (False, True)
    assert (forever["start"], forever["end"]) == ("2021-10-01", None)


def test_json_lists_exact_days_and_several_values() -> None:
    audit, months, broadcast, session = records(
        AUDIT,
        event("달", Several((month(3), month(6)))),
        event("방송", Several((day(10, 24), day(10, 31)))),
        SESSION,
    )
    assert audit["dates"] == [f"2021-11-0{d}" for d in (2, 3, 5, 8, 9)]
    assert months["values"] == [["2021-03-01", "2021-03-31"], ["2021-06-01", "2021-06-30"]]
    assert (months["start"], months["end"], months["dates"]) == ("2021-03-01", "2021-06-30", [])
    assert broadcast["dates"] == ["2021-10-24", "2021-10-31"]
    assert session["dates"] == []
    assert "values" not in session


def test_json_lines_hold_the_same_events() -> None:
    lines = render("jsonl", CALENDAR, OPTIONS)
    assert isinstance(lines, str)
    assert [json.loads(line) for line in lines.split("\n")[:-1]] == records(*CALENDAR)


# CSV ---------------------------------------------------------------------------------------------


def rows(*events: Event) -> list[dict[str, str]]:
    data = render("csv", events, OPTIONS)
    assert isinstance(data, bytes)
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


def test_csv_rows_are_what_google_reads() -> None:
    session, ceremony = rows(SESSION, CEREMONY)
    assert [*session.values()][:6] == [
        "제299회 임시회",
        "02/22/2021",
        "",
        "03/05/2021",
        "",
        "True",
    ]
    assert [*ceremony.values()][1:6] == [
        "07/08/2021",
        "10:00 AM",
        "07/08/2021",
        "11:00 AM",
        "False",
    ]
    assert (ceremony["Location"], ceremony["Private"]) == ("본회의장, 3층; A동", "False")


def test_csv_writes_rules_out() -> None:
    found = rows(all_months("수요일", "FREQ=MONTHLY;BYDAY=2WE", Interval(month(4), month(6))))
    assert [row["Start Date"] for row in found] == ["04/14/2021", "05/12/2021", "06/09/2021"]
    daily = Interval(day(5, 1), day(5, 9))
    assert len(rows(all_months("매일", "FREQ=DAILY", daily))) == 9


@pytest.mark.parametrize("title", ["=SUM(A1)", "+82", "-1", "@x", "＝1"])
def test_csv_holds_no_formula(title: str) -> None:
    assert rows(event(title, day(5, 4)))[0]["Subject"] == f"'{title}"


# iCalendar ---------------------------------------------------------------------------------------


def test_all_day_entries_end_on_the_day_after() -> None:
    found = vevents([SESSION])["제299회 임시회"]
    assert (found.start, found.end) == (date(2021, 2, 22), date(2021, 3, 6))
    assert (found["TRANSP"], found["STATUS"]) == ("TRANSPARENT", "CONFIRMED")


def test_timed_entries_stand_in_korean_time() -> None:
    data = render("ics", [CEREMONY], OPTIONS)
    assert isinstance(data, bytes)
    assert b"DTSTART;TZID=Asia/Seoul:20210708T100000\r\n" in data
    assert b"DTEND;TZID=Asia/Seoul:20210708T110000\r\n" in data
    assert b"\r\nTRANSP:OPAQUE\r\n" in data
    assert b"\r\nX-MICROSOFT-CDO-BUSYSTATUS:BUSY\r\n" in data
    assert data.count(b"BEGIN:STANDARD") == 1
    assert b"DAYLIGHT" not in data
    assert b"LOCATION:\xeb\xb3\xb8\xed\x9a\x8c\xec\x9d\x98\xec\x9e\xa5\\, 3" in data


def test_no_time_zone_without_times_and_no_method_ever() -> None:
    data = render("ics", [SESSION], OPTIONS)
    assert isinstance(data, bytes)
    assert not any(word in data for word in (b"VTIMEZONE", b"METHOD", b"RDATE"))


def test_calendar_is_known_again_by_its_name() -> None:
    data = render("ics", [SESSION], OPTIONS)
    assert isinstance(data, bytes)
    name = '의회\\, 사무처\\; "일정"\r\n'.encode()
    assert b"NAME:" + name in data
    assert b"X-WR-CALNAME:" + name in data
    again = Calendar.from_ical(render("ics", [QUESTION], OPTIONS))
    assert Calendar.from_ical(data)["X-WR-RELCALID"] == again["X-WR-RELCALID"]


def test_the_stamp_is_the_reports_not_the_clocks() -> None:
    found = vevents([SESSION])["제299회 임시회"]
    assert found["DTSTAMP"].dt == OPTIONS.stamp


def test_a_sitting_points_to_its_session_if_it_is_there() -> None:
    both, alone = vevents([SESSION, QUESTION]), vevents([QUESTION])
    parent = both["제299회 임시회 시정질문"]["RELATED-TO"]
    assert (parent, parent.params["RELTYPE"]) == ("session-299", "PARENT")
    assert "RELATED-TO" not in alone["제299회 임시회 시정질문"]


@pytest.mark.parametrize(
    ("value", "approximate", "expected"),
    [
        (month(5), "span", {"[미정] 일": ("05-01", "05-31")}),
        (month(5), "start", {"[미정] 일": ("05-01", "05-01")}),
        (month(5), "end", {"[미정] 일": ("05-31", "05-31")}),
        (month(5), "skip", {}),
        (Interval(month(7), month(8)), "span", {"[미정] 일": ("07-01", "08-31")}),
        (Half(2021, 1), "span", {"[미정] 일": ("01-04", "01-04")}),
        (Half(2021, 2), "span", {"[미정] 일": ("07-01", "07-01")}),
        (Half(2021, 1), "end", {"[미정] 일": ("06-30", "06-30")}),
        (Interval(month(10), None), "span", {"[미정] 일 시작": ("10-01", "10-01")}),
        (Interval(None, month(12)), "span", {"[미정] 일 마감": ("12-31", "12-31")}),
        (Interval(day(4, 19), None), "skip", {"일 시작": ("04-19", "04-19")}),
        (Interval(at(7, 8, 0), at(7, 9, 0)), "span", {"일": ("07-08", "07-08")}),
        (day(5, 4), "skip", {"일": ("05-04", "05-04")}),
        (Undated(), "span", {}),
        (Recurring(Rule("MONTHLY")), "span", {"[매월] 일": ("01-04", "01-04")}),
        (Recurring(Rule("DAILY")), "span", {"[매일] 일": ("01-04", "01-04")}),
        (
            Recurring(Rule.parse("FREQ=WEEKLY;INTERVAL=2;BYDAY=WE")),
            "span",
            {"[격주 수요일] 일": ("01-04", "01-04")},
        ),
        (day(1, 1), "span", {"일": ("01-01", "01-01")}),
        (Interval(day(5, 1), day(6, 29)), "span", {"일": ("05-01", "06-29")}),
        (
            Interval(day(5, 1), day(6, 30)),
            "span",
            {"일 시작": ("05-01", "05-01"), "일 종료": ("06-30", "06-30")},
        ),
        (Recurring(Rule("MONTHLY")), "skip", {}),
        (
            Recurring(Rule.parse("FREQ=YEARLY;BYMONTH=2")),
            "span",
            {"[매년 2월] 일": ("02-01", "02-01")},
        ),
        (
            Recurring(Rule.parse("FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=20")),
            "span",
            {"일": ("01-20", "01-20")},
        ),
        (
            Interval(day(7, 1, 2018), day(6, 30, 2022)),
            "span",
            {"일 시작": ("07-01", "07-01"), "일 종료": ("06-30", "06-30")},
        ),
    ],
)
def test_no_day_is_invented(
    value: Value, approximate: Approximate, expected: dict[str, tuple[str, str]]
) -> None:
    assert days([event("일", value)], approximate) == expected


def test_a_deadline_keeps_its_hour_and_takes_no_time() -> None:
    (found,) = vevents([event("의견 제출", Interval(None, at(5, 14, 18)))]).values()
    assert f"{found.start:%m-%d %H:%M}" == "05-14 18:00"
    assert found["SUMMARY"] == "의견 제출 마감"
    assert found["TRANSP"] == "TRANSPARENT"


def test_a_yearly_rule_goes_on_for_some_years() -> None:
    rule = Recurring(Rule.parse("FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=10"))
    (found,) = vevents([event("개청기념일", rule, year=2022)]).values()
    assert found.start == date(2022, 6, 10)
    assert found["RRULE"]["UNTIL"] == [date(2026, 6, 10)]


def test_tentative_entries_say_what_was_done() -> None:
    (found,) = vevents([event("일", Half(2021, 1))]).values()
    assert found["STATUS"] == "TENTATIVE"
    assert "시기: '21. 상반기\n" in found["DESCRIPTION"]
    assert "첫날에만 표시했습니다." in found["DESCRIPTION"]


def test_a_word_is_not_said_twice() -> None:
    assert [*vevents([event("접수 마감", Interval(None, day(5, 4)))])] == ["접수 마감"]


def test_a_description_quotes_no_other_entry_of_a_long_row() -> None:
    names = ("도시재생과 주거환경 개선", "서부권 교통환경 개선", "친환경 급식 지원", "청년발전")
    row = "특별위원회 | " + ", ".join(f"{name}('21. {n}. 1.)" for n, name in enumerate(names, 1))
    told = event("청년발전", day(4, 1), source=Source("의회.txt", 9, "'21. 4. 1.", row))
    quoted = next(iter(vevents([told]).values()))["DESCRIPTION"]
    assert "원문: 특별위원회 | 청년발전('21. 4. 1.)\n" in quoted


def test_description_tells_the_source_and_every_doubt() -> None:
    text = next(iter(vevents([AUDIT]).values()))["DESCRIPTION"]
    assert text.split("\n") == [
        "원문: 인용한 글",
        "출처: 의회.txt 205행",
        "부서: 서울특별시의회사무처",
        "읽은 방법: 표의 제목에 있는 해를 따랐습니다",
        "⚠ 기간은 8일이지만 5일이라고 적혀 있습니다",
    ]


def test_days_with_gaps_are_entries_of_their_own() -> None:
    found = [(e.uid, e.first.day, e.last.day) for e in entries([AUDIT], OPTIONS)]
    uid = AUDIT.uid
    assert found == [(uid, 2, 3), (f"{uid}-2", 5, 5), (f"{uid}-3", 8, 9)]


def test_several_values_are_entries_of_their_own() -> None:
    found = entries([event("방송", Several((day(10, 24), day(10, 31))))], OPTIONS)
    assert [e.first.day for e in found] == [24, 31]
    assert len({e.uid for e in found}) == 2


@pytest.mark.parametrize(
    ("rule", "span", "written"),
    [
        (
            "FREQ=MONTHLY;BYDAY=2WE",
            Interval(month(4), month(6)),
            ["20210414 FREQ=MONTHLY;UNTIL=20210609;BYDAY=2WE"],
        ),
        (
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO",
            Interval(day(3, 3), day(4, 10)),
            ["20210315 FREQ=WEEKLY;UNTIL=20210329;INTERVAL=2;BYDAY=MO"],
        ),
        (
            "FREQ=MONTHLY;BYMONTHDAY=10,20",
            Interval(month(4), month(4)),
            ["20210410", "20210420"],
        ),
        ("FREQ=MONTHLY;BYMONTHDAY=31", Interval(month(4), month(7)), ["20210531", "20210731"]),
        ("FREQ=DAILY", Interval(day(5, 3), day(5, 4)), ["20210503 FREQ=DAILY;UNTIL=20210504"]),
    ],
)
def test_rules_end_and_fit_outlook(rule: str, span: Interval, written: list[str]) -> None:
    data = render("ics", [all_months("일", rule, span)], OPTIONS)
    assert isinstance(data, bytes)
    found = []
    for line in data.decode().replace("\r\n ", "").split("\r\n"):
        name, _, value = line.partition(":")
        if name == "BEGIN" and value == "VEVENT":
            found.append("")
        if name in ("DTSTART;VALUE=DATE", "RRULE"):
            found[-1] = " ".join(sorted(filter(None, (found[-1], value))))
    assert found == written


def test_what_is_left_out_is_told() -> None:
    assert [e.title for e in left_out(CALENDAR, OPTIONS)] == ["의견개진"]


@pytest.mark.parametrize("approximate", ["span", "start", "end", "skip"])
@pytest.mark.skipif(not CHECKER.exists(), reason="checker not here")
def test_the_checker_finds_nothing(approximate: Approximate, tmp_path: Path) -> None:
    options = Options(TODAY, approximate, OPTIONS.calendar_name, stamp=OPTIONS.stamp)
    files = []
    for name, events in {"all.ics": CALENDAR, "none.ics": [], "all.csv": CALENDAR}.items():
        data = render(name.split(".")[1], events, options)
        assert isinstance(data, bytes)
        (tmp_path / name).write_bytes(data)
        files.append(str(tmp_path / name))
    found = subprocess.run(
        [sys.executable, CHECKER, *files, "--strict", "--engines", "icalendar"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 0, found.stdout + found.stderr


# Nasty text --------------------------------------------------------------------------------------

NASTY = st.text(st.one_of(st.characters(), st.sampled_from("\\nN,;:\"'가각ᆫ\u0301\r\n\t <=")))


@given(NASTY)
def test_any_title_comes_back_from_the_calendar(title: str) -> None:
    data = render("ics", [event(title, day(5, 4), uid="u")], OPTIONS)
    assert isinstance(data, bytes)
    assert all(len(line) <= 75 and line.decode() for line in data.split(b"\r\n")[:-1])
    assert b"\n" not in data.replace(b"\r\n", b"")
    (found,) = Calendar.from_ical(data).walk("VEVENT")
    assert str(found["SUMMARY"]) == shorten(one_line(title) or "(추진)", SUMMARY)


@given(NASTY)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(NASTY)
def test_folding_loses_nothing(text: str) -> None:
    line = "SUMMARY:" + one_line(text) * 5
    folded = fold(line)
    assert folded.replace(b"\r\n ", b"").decode() == line + "\r\n"
    assert all(len(part) <= 75 and part.decode() for part in folded.split(b"\r\n")[:-1])


@given(NASTY)
def test_any_title_fits_the_timeline(title: str) -> None:
    text = render(
        "timeline",
        [event(title, day(5, 4), uid="u", witnesses=(Witness("count", "contradicts", title),))],
        OPTIONS,
    )
    assert isinstance(text, str)
    assert all(0 <= wcswidth(line) <= 100 for line in text.split("\n"))
