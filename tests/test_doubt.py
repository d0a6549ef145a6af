"""A day that may be another one is never told without a warning."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import icalendar
import jsonschema
import pytest
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader
from wcwidth import wcswidth

import calendarize
from calendarize.events.assemble import assemble
from calendarize.events.checks import problems, unsure
from calendarize.events.merge import merged
from calendarize.events.model import Alternative, Event, Source
from calendarize.export import Options, render
from calendarize.export.calendars import calendars
from calendarize.export.doubts import doubt_list
from calendarize.mentions.doubt import THRESHOLD
from calendarize.mentions.reading import read
from calendarize.mentions.suspicions import doubted
from calendarize.report import read_text
from calendarize.timex.resolve import Resolution, Witness
from calendarize.timex.values import Day, Moment, Month
from calendarize.weighing import ROLE_NAMES, weighed
from tests.test_cli import run

OPTIONS = Options(date(2021, 5, 3), width=100)
SURE = Event(
    "sure", "준공식", Day(date(2021, 6, 1)), "ceremony", "의회사무처",
    Source("보고.txt", 3, "6. 1.", "준공식 : 6. 1."),
)  # fmt: skip
DOUBTFUL = replace(
    SURE,
    uid="doubtful",
    title="개관식",
    value=Day(date(2021, 3, 10)),
    source=Source("보고.txt", 7, "3. 10.", "개관식 : 3. 10."),
    confidence=0.61,
    alternatives=(Alternative(Day(date(2022, 3, 10)), ("제목의 연도에 따라 2022년",)),),
    unsure="연도가 적혀 있지 않습니다",
)
TIMED = replace(DOUBTFUL, uid="timed", title="간담회", value=Moment(datetime(2021, 3, 11, 10)))
SENTENCE = "의심: 2022. 3. 10.(목)일 수도 있습니다(연도가 적혀 있지 않습니다)"


@pytest.mark.parametrize("name", ["timeline", "agenda", "html", "csv", "excel-csv"])
def test_every_text_says_which_entry_is_doubtful_and_what_else_it_may_be(name: str) -> None:
    options = replace(
        OPTIONS, today=date(2021, 3, 1), first=date(2021, 3, 1), last=date(2021, 12, 31)
    )
    made = render(name, [SURE, DOUBTFUL], options)
    text = " ".join((made.decode() if isinstance(made, bytes) else made).split())
    assert text.count(SENTENCE) >= 1
    assert SENTENCE not in str(render(name, [SURE], options))


@pytest.mark.parametrize("name", ["table", "markdown", "gantt", "csv"])
def test_titles_bear_the_mark_where_there_is_no_room_for_more(name: str) -> None:
    made = render(name, [SURE, DOUBTFUL], OPTIONS)
    text = made.decode() if isinstance(made, bytes) else made
    assert "[의심] 개관식" in text
    assert "[의심] 준공식" not in text


def test_the_timeline_counts_what_is_doubtful() -> None:
    assert "의심 1건" in str(render("timeline", [SURE, DOUBTFUL], OPTIONS))


def test_tables_for_office_programs_have_the_doubt_beside_the_entry() -> None:
    rows = list(
        csv.reader(io.StringIO(render("excel-csv", [SURE, DOUBTFUL], OPTIONS).decode("utf-8-sig")))
    )  # type: ignore[union-attr]
    told = {row[3]: row[rows[0].index("주의")] for row in rows[1:]}
    assert told == {"개관식": SENTENCE, "준공식": ""}
    book = load_workbook(io.BytesIO(render("xlsx", [SURE, DOUBTFUL], OPTIONS)))  # type: ignore[arg-type]
    cells = [[cell.value for cell in row] for row in book.active.iter_rows()]
    assert cells[0][-1] == "주의"
    assert {row[1]: row[-1] or "" for row in cells[1:]} == {"[의심] 개관식": SENTENCE, "준공식": ""}
    (table,) = Document(io.BytesIO(render("docx", [SURE, DOUBTFUL], OPTIONS))).tables  # type: ignore[arg-type]
    assert f"[의심] 개관식\n⚠ {SENTENCE}" in [row.cells[1].text for row in table.rows]


def vevents(*events: Event) -> dict[str, Any]:
    calendar = icalendar.Calendar.from_ical(render("ics", events, OPTIONS))
    return {str(each["UID"]): each for each in calendar.walk("VEVENT")}


def test_calendars_show_a_doubtful_day_as_tentative_and_say_why() -> None:
    found = vevents(SURE, DOUBTFUL, TIMED)
    assert found["sure"]["STATUS"] == "CONFIRMED"
    entry = found["doubtful"]
    assert entry["SUMMARY"] == "[의심] 개관식"
    assert (entry["STATUS"], entry["X-CALENDARIZE-CONFIDENCE"]) == ("TENTATIVE", "0.61")
    assert "의심" in entry["CATEGORIES"].cats
    assert f"⚠ {SENTENCE}" in str(entry["DESCRIPTION"])
    assert found["timed"]["X-MICROSOFT-CDO-BUSYSTATUS"] == "TENTATIVE"
    assert found["timed"]["TRANSP"] == "OPAQUE"


def test_a_doubtful_day_is_a_day_and_stays_in_the_calendar_of_days() -> None:
    rough = replace(SURE, uid="rough", value=Month(2021, 9))
    made = calendars([SURE, DOUBTFUL, rough], OPTIONS, apart=True)
    assert b"[\xec\x9d\x98\xec\x8b\xac]" in made.files[""]
    assert [b"UID:rough" in data for data in made.files.values()] == [False, True]


def test_doubtful_entries_keep_their_alarms() -> None:
    options = replace(OPTIONS, alarms=(timedelta(hours=1),))
    assert str(render("ics", [DOUBTFUL], options)).count("BEGIN:VALARM") == 1


def test_json_tells_how_sure_a_day_is_and_brings_it_back() -> None:
    (told,) = json.loads(str(render("json", [DOUBTFUL], OPTIONS)))["events"]
    assert (told["confidence"], told["doubtful"], told["warnings"]) == (0.61, True, [])
    assert told["alternatives"] == [
        {
            "start": "2022-03-10",
            "end": "2022-03-10",
            "approximate": False,
            "reasons": ["제목의 연도에 따라 2022년"],
        }
    ]
    jsonschema.validate({"events": [told]}, calendarize.schema())
    back = calendarize.Event.model_validate(told)
    assert "[의심] 개관식" in calendarize.to_ics([back]).decode()


def test_what_two_places_tell_alike_is_as_sure_as_the_surer_one() -> None:
    again = replace(DOUBTFUL, source=replace(DOUBTFUL.source, line=9), confidence=1.0,
                    alternatives=(), unsure="")  # fmt: skip
    (event,) = merged([DOUBTFUL, again])
    assert (event.is_doubtful, event.doubts) == (False, ())


def test_a_session_told_by_its_two_days_is_as_sure_as_the_less_sure_day() -> None:
    text = (
        "2021년도 회기운영 계획\n\n2021. 1. 4.\n의회사무과\n\n"
        "회기\t개회일\t폐회일\n제300회 임시회\t2. 22.(월)\t2. 26.(금)\n"
    )
    reading = read(read_text(text, "계획.txt"))
    closing = next(m for m in reading.mentions if m.text == "2. 26.(금)")
    unsure = replace(closing, confidence=0.4, doubt="연도가 적혀 있지 않습니다")
    reading.mentions = [unsure if m is closing else m for m in reading.mentions]
    (event,) = assemble(reading)
    assert (str(event.session), event.start, event.end) == (
        "제300회 임시회", date(2021, 2, 22), date(2021, 2, 26)
    )  # fmt: skip
    assert event.is_unsure
    assert event.doubts == ("의심: 다른 때일 수도 있습니다(연도가 적혀 있지 않습니다)",)


# What is doubtful, and what is not

RELEASE = """의회 소식

2021. 9. 2.

도담구의회사무국

- 현장방문 : 다음 주 수요일 오후 2시
- 개관식 : 2021. 10. 6.(수)
"""


def entries(text: str) -> dict[str, Event]:
    return {event.title: event for event in assemble(read(read_text(text, "보고.txt")))}


def test_what_is_written_in_full_is_never_doubtful() -> None:
    assert entries(RELEASE)["개관식"].confidence == 1.0


def test_a_week_that_hangs_on_the_day_of_the_release_is_doubtful() -> None:
    event = entries(RELEASE)["현장방문"]
    assert event.confidence < THRESHOLD
    assert [str(other.value.bounds()[0]) for other in event.alternatives] == ["2021-09-15 14:00:00"]
    assert event.is_doubtful
    assert event.warnings == ()


def test_a_year_of_two_digits_may_be_of_the_last_century() -> None:
    (event,) = assemble(read(read_text("공고\n\n2008. 5. 16.\n\n- 입주 : '57.03.11\n", "보고.txt")))
    assert [str(other.value.bounds()[0]) for other in event.alternatives] == ["1957-03-11"]
    assert event.is_unsure


# check

WRONG = RELEASE.replace("2021. 10. 6.(수)", "2021. 10. 6.(목)")


@pytest.mark.parametrize(("text", "status"), [(RELEASE, 0), (WRONG, 1)])
def test_check_ends_with_what_is_least_certain(tmp_path: Path, text: str, status: int) -> None:
    report = tmp_path / "보고.txt"
    report.write_text(text, encoding="utf-8")
    result = run("check", report, COLUMNS="80")
    told = result.stdout.decode()
    assert result.returncode == status
    listed = told[told.index("이 1건을 확인하세요") :]
    assert " 1. 보고.txt:7  '다음 주 수요일 오후 2시'  현장방문" in listed
    assert "읽음    2021. 9. 8.(수) 14:00" in listed
    assert "아니면  2021. 9. 15.(수) 14:00" in listed
    assert "까닭    보고일이 글을 쓴 날인지" in listed
    assert max(map(wcswidth, told.splitlines())) <= 80
    assert ("요일" in told[: told.index("이 1건을")]) == bool(status)


def test_the_number_is_that_of_the_list_and_the_least_certain_comes_first() -> None:
    surer = replace(DOUBTFUL, title="기공식", confidence=0.9)
    reading = read(read_text(RELEASE, "보고.txt"))
    found = unsure([reading], [surer, SURE, DOUBTFUL])
    assert [event.title for event in found] == ["개관식", "기공식"]
    told = doubt_list(found, 80)
    assert told.lstrip().startswith("이 2건을 확인하세요")
    assert "아니면  2022. 3. 10.(목) (제목의 연도에 따라 2022년)" in told


def test_nothing_is_asked_where_everything_is_sure() -> None:
    assert doubt_list([], 80) == ""


@pytest.mark.parametrize("end", ["1. 10.(금)", "2014. 1. 10.(금)"])
def test_the_weekday_of_an_end_is_that_of_the_year_after(end: str) -> None:
    text = RELEASE.replace("2021. 9. 2.", "2013. 9. 2.").replace(
        "2021. 10. 6.(수)", "2013. 11. 6.(수)"
    )
    text += f"- 겨울 특강 : 2013. 12. 16.(월) ~ {end}\n"
    reading = read(read_text(text, "보고.txt"))
    assert problems(reading, assemble(reading)) == []


PLAN = """2013학년도 학사일정

2013. 1. 30.

가온대학교

- 개강 : 2013. 3. 4.(월)
- 종강 : 2013. 12. 20.(금)
- 성적 공고 : 1. 3.(금)
- 등록 : 1. 20.(월) ~ 24.(금)
"""


def test_a_weekday_that_fits_another_year_is_not_corrected() -> None:
    reading = read(read_text(PLAN, "보고.txt"))
    told = problems(reading, assemble(reading))
    assert not any("요일을 (" in problem.proposal for problem in told)


@pytest.mark.parametrize(
    ("day_before", "proposal"),
    [
        ("2022. 9. 30.(금)", "요일이 맞는 2022. 10. 6.(목)인지 확인하세요."),
        ("2021. 9. 30.(목)", "요일을 (수)로 고치거나, 날짜가 10. 7.(목)인지 확인하세요."),
    ],
)
def test_weekday_and_order_together_prove_another_year(day_before: str, proposal: str) -> None:
    """6 October was a Wednesday in 2021 and a Thursday in 2022."""
    text = WRONG.replace("다음 주 수요일 오후 2시", day_before)
    *_, before, mention = read(read_text(text, "보고.txt")).mentions
    agrees = Witness("weekday", "agrees", "2022-10-06는 목요일이 맞습니다")
    other = Resolution(Day(date(2022, 10, 6)), [agrees])
    *_, told = doubted([before, replace(mention, runner_up=other)], date(2021, 9, 2))
    assert [w.proposal for w in told.resolution.witnesses if w.proposal] == [proposal]


@pytest.mark.xdist_group("drawn")
def test_the_chart_marks_what_is_doubtful() -> None:
    page = PdfReader(io.BytesIO(render("pdf", [SURE, DOUBTFUL], OPTIONS))).pages[0]  # type: ignore[arg-type]
    text = page.extract_text()
    assert "[의심] 개관식" in text
    assert "[의심] 준공식" not in text


# explain


def test_explain_shows_the_candidates_of_a_date_and_what_decided(tmp_path: Path) -> None:
    told = run("explain", "12.28(월)", "--date", "2021-05-03").stdout.decode()
    candidates = re.search(
        r"날짜 후보: 2020\. 12\. 28\.\(월\) (\d+)%(?: 이상)? \| 2021\. 12\. 28\.\(화\)", told
    )
    assert candidates
    assert int(candidates[1]) > 50
    assert re.search(r"정한 근거: 요일", told)
    assert "보고일에 따르면 2021년이지만 요일이 맞는 2020년" in told


def test_explain_of_a_line_shows_role_and_title_too(tmp_path: Path) -> None:
    report = tmp_path / "보고.txt"
    report.write_text(RELEASE, encoding="utf-8")
    told = run("explain", f"{report}:7").stdout.decode()
    assert re.search(r"의심: 2021\. 9\. 15\.\(수\) 14:00일 수도 있습니다\(보고일이", told)
    assert re.search(r"역할 후보: 일정 \d+%", told)
    assert re.search(r"제목 후보: 현장방문 \d+%", told)
    (record,) = json.loads(run("explain", f"{report}:7", "--format", "json").stdout)
    choices = {choice["asked"]: choice for choice in record["choices"]}
    assert [*choices] == ["role", "title"]  # its time hangs on no candidates
    assert choices["title"]["candidates"][0]["text"] == "현장방문"
    for choice in choices.values():
        shares = [candidate["share"] for candidate in choice["candidates"]]
        assert shares == sorted(shares, reverse=True)
        assert 0 < sum(shares) <= 1.001


def test_what_is_written_in_full_has_no_candidates() -> None:
    (record,) = json.loads(run("explain", "2021. 5. 4.", "--format", "json").stdout)
    assert record["choices"] == []


def test_bare_days_under_a_month_are_explained(tmp_path: Path) -> None:
    report = tmp_path / "계획.txt"
    rows = "3월\t입학식(4)\n4월\t체육대회(19)\n5월\t수련회(8~10)\n"
    report.write_text(f"2024학년도 연간계획\n\n2024. 2. 20.\n\n{rows}", encoding="utf-8")
    told = json.loads(run("explain", f"{report}:7", "--format", "json").stdout)
    assert [(each["text"], each["start"], each["end"]) for each in told] == [
        ("5월", "2024-05-01", "2024-05-31"),
        ("8~10", "2024-05-08", "2024-05-10"),
    ]


def test_the_choice_that_is_explained_is_the_one_that_was_made() -> None:
    reading = read(read_text(PLAN, "보고.txt"))
    told = weighed(reading, reading.mentions)
    for mention, choices in zip(reading.mentions, told, strict=True):
        named = {choice.asked: choice.candidates[0].text for choice in choices}
        assert named.get("time", mention.value.korean()) == mention.value.korean()
        assert named.get("title", mention.title) == mention.title
        if mention.role != "document":
            assert named["role"] == ROLE_NAMES[mention.role]
