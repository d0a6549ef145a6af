"""Calendar files over time: updates without duplicates, parts, reminders, tables for Excel."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calendarize.events.model import Event, Source
from calendarize.export import Options, render
from calendarize.export.calendars import LIMIT, calendars, read_previous
from calendarize.export.ical import items
from calendarize.export.revise import items_of, revise
from calendarize.timex.values import Day, Interval, Month
from tests.examples import EXAMPLES
from tests.test_cli import lines, run

COUNCIL = (EXAMPLES / "council-2021-05.txt").read_text(encoding="utf-8")
STAMP = datetime(2021, 5, 3, tzinfo=UTC)
OPTIONS = Options(date(2021, 5, 3), stamp=STAMP)


def event(number: int, title: str = "간담회", **changes: object) -> Event:
    source = Source("보고.txt", number, "5. 4.", "인용")
    day = Day(date(2021, 5, 4) + timedelta(days=number))
    made = Event(f"uid-{number}", title, day, "meeting", "총무과", source)
    return replace(made, **changes)  # type: ignore[arg-type]


def entries(path: Path) -> dict[str, icalendar.Event]:
    calendar = icalendar.Calendar.from_ical(path.read_bytes())
    return {str(e["SUMMARY"]): e for e in calendar.walk("VEVENT")}


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "보고.txt"
    path.write_text(COUNCIL, encoding="utf-8")
    return path


def edited(report: Path) -> None:
    """Move a session, withdraw an event, shift every line, tell a new one."""
    text = COUNCIL.replace("8.27(금) ~ 9.10(금)", "8.30(월) ~ 9.13(월)")
    kept = [line for line in text.splitlines() if "장서 점검" not in line]
    added = "- 의정자료실 개관 : '21. 10. 5.(화)"
    at = next(n for n, line in enumerate(kept) if "의회 개원 65주년" in line)
    report.write_text("\n".join(["", *kept[:at], added, *kept[at:]]), encoding="utf-8")


def test_an_edited_report_updates_its_calendar_event_by_event(report: Path) -> None:
    target = report.with_name("의회.ics")
    assert run(report, "-o", target).returncode == 0
    before = entries(target)
    raw = target.read_bytes()
    edited(report)
    result = run(report, "-o", target, "--update")
    said = "\n".join(lines(result))
    assert "제302회 임시회: '21. 8.27(금)–9.10(금) → '21. 8.30(월)–9.13(월)" in said
    assert "장서 점검 및 폐기 목록 확정: '21. 4.21(수) 취소" in said
    after = entries(target)
    moved, gone = after["제302회 임시회"], after["장서 점검 및 폐기 목록 확정"]
    assert (moved["SEQUENCE"], moved["UID"]) == (1, before["제302회 임시회"]["UID"])
    assert moved["LAST-MODIFIED"].dt > before["제302회 임시회"]["DTSTAMP"].dt
    assert (gone["STATUS"], gone["SEQUENCE"]) == ("CANCELLED", 1)
    kept = next(v for v in raw.split(b"BEGIN:VEVENT") if "제300회 임시회\r\n".encode() in v)
    assert kept.split(b"END:VEVENT")[0] in target.read_bytes()
    assert "SEQUENCE" not in after["제300회 임시회"]


def test_a_second_update_changes_nothing_and_lets_the_cancelled_go(report: Path) -> None:
    target = report.with_name("의회.ics")
    run(report, "-o", target)
    edited(report)
    run(report, "-o", target, "--update")
    once = target.read_bytes()
    result = run(report, "-o", target, "--update")
    assert "이전 달력과 견주어 추가 0건, 변경 0건, 취소 0건" in lines(result)
    assert "장서 점검 및 폐기 목록 확정" not in entries(target)
    twice = target.read_bytes()
    assert set(icalendar.Calendar.from_ical(twice).to_ical().splitlines()) <= set(
        icalendar.Calendar.from_ical(once).to_ical().splitlines()
    )
    run(report, "-o", target, "--update")
    assert target.read_bytes() == twice


def test_the_older_calendar_may_be_another_file(report: Path, tmp_path: Path) -> None:
    old, new = tmp_path / "옛.ics", tmp_path / "새.ics"
    run(report, "-o", old)
    raw = old.read_bytes()
    edited(report)
    result = run(report, "-o", new, "--previous", old)
    assert "추가" in lines(result)[-2]
    assert old.read_bytes() == raw
    assert entries(new)["제302회 임시회"]["SEQUENCE"] == 1


COVER = "주요업무 보고\n{}\n한빛구 기획예산과\n\n□ 추진계획\n"
EARLIER = (
    "본회의장 전자투표시스템 구축 : '22. 9. 30.",
    "중앙동 작은도서관 리모델링 : '22. 9. 1. ~ 12. 20.",
    "청사 방수공사 : '22. 10. 7.",
)
LATER = (
    "본회의장 전자표결 시스템 설치 : '22. 11. 15.",
    "작은도서관(중앙동) 새단장 공사 : '22. 10. 4. ~ '23. 2. 10.",
    "남부동 작은도서관 개관 : '22. 12. 1.",
)


def edition(path: Path, day: str, told: tuple[str, ...]) -> Path:
    path.write_text(COVER.format(day) + "".join(f" - {line}\n" for line in told), "utf-8")
    return path


def test_what_a_later_report_words_otherwise_keeps_its_uid(tmp_path: Path) -> None:
    old, new = tmp_path / "2월.ics", tmp_path / "7월.ics"
    run(edition(tmp_path / "2월.txt", "2022. 2. 7.", EARLIER), "-o", old)
    later = edition(tmp_path / "7월.txt", "2022. 7. 20.", LATER)
    result = run(later, "-o", new, "--previous", old)
    before, after = entries(old), entries(new)
    voting = after["본회의장 전자표결 시스템 설치"]
    assert (voting["UID"], voting["SEQUENCE"]) == (before["본회의장 전자투표시스템 구축"]["UID"], 1)
    for word in ("시작", "종료"):
        (was,) = (e for title, e in before.items() if title.endswith(word))
        (now,) = (e for title, e in after.items() if title.endswith(word))
        assert was["UID"] == now["UID"]
    assert after["청사 방수공사"]["STATUS"] == "CANCELLED"
    assert "추가 1건, 변경 3건, 취소 1건" in lines(result)[-2]
    moved = "'22. 9.30(금) → '22. 11.15(화)"
    assert f"본회의장 전자투표시스템 구축 → 본회의장 전자표결 시스템 설치: {moved}" in lines(result)
    again = run(later, "-o", new, "--update")
    assert "추가 0건, 변경 0건, 취소 0건" in lines(again)[-2]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "이전 달력을 읽을 수 없습니다"),
        (b"hello", "달력 파일(.ics)이 아닙니다"),
    ],
)
def test_a_bad_older_calendar_is_one_line(
    report: Path, tmp_path: Path, content: bytes | None, said: str
) -> None:
    old, new = tmp_path / "옛.ics", tmp_path / "새.ics"
    if content is not None:
        old.write_bytes(content)
    result = run(report, "-o", new, "--previous", old)
    assert result.returncode == 2
    assert said in lines(result)[-1]
    assert not new.exists()


def test_a_calendar_with_somebody_elses_entries_is_not_overwritten(report: Path) -> None:
    target = report.with_name("내 달력.ics")
    foreign = icalendar.Event()
    foreign.add("uid", "mine")
    foreign.add("dtstart", date(2021, 5, 4))
    foreign.add("summary", "치과")
    calendar = icalendar.Calendar()
    calendar.add_component(foreign)
    target.write_bytes(calendar.to_ical())
    result = run(report, "-o", target, "--update")
    assert result.returncode == 2
    assert "calendarize가 만들지 않은 일정" in lines(result)[-1]
    assert b"mine" in target.read_bytes()


def test_an_update_needs_a_file(report: Path) -> None:
    result = run(report, "--format", "ics", "--update")
    assert (result.returncode, result.stdout) == (2, b"")
    assert "-o로" in lines(result)[-1]
    result = run(report, "-o", report.with_name("없음.ics"), "--update")
    assert (result.returncode, result.stdout) == (2, b"")
    assert "처음 만들 때는 --update를 빼세요" in lines(result)[-1]


def test_a_moved_line_of_the_report_is_no_change_of_the_event() -> None:
    before = {item.uid: item for item in items([event(1)], OPTIONS)}
    moved = event(1, source=Source("보고.txt", 99, "5. 4.", "인용"))
    written, changes = revise(before, items([moved], OPTIONS), STAMP)
    assert changes == []
    assert written == list(before.values())


TITLES = st.text(max_size=40)


@settings(max_examples=40, deadline=None)
@given(st.lists(TITLES, max_size=5), st.lists(TITLES, max_size=5))
def test_any_calendar_comes_up_to_date_and_stays(old: list[str], new: list[str]) -> None:
    first = items([event(n, title) for n, title in enumerate(old)], OPTIONS)
    then = items([event(n, title) for n, title in enumerate(new)], OPTIONS)
    calendar = render("ics", [event(n, title) for n, title in enumerate(old)], OPTIONS)
    assert isinstance(calendar, bytes)
    previous = items_of(calendar)
    assert list(previous.values()) == first
    written, changes = revise(previous, then, STAMP)
    assert len(written) == max(len(old), len(new))
    assert all((c.after is None or "SEQUENCE" in c.after.raw.decode()) for c in changes if c.before)
    again, more = revise({i.uid: i for i in written}, then, STAMP)
    assert more == []
    assert again == written[: len(new)]


def test_inexact_entries_go_to_a_file_of_their_own(report: Path) -> None:
    target = report.with_name("의회.ics")
    result = run(report, "-o", target)
    assert result.returncode == 0
    apart = target.with_name("의회-미정.ics")
    assert all(e["STATUS"] == "CONFIRMED" for e in entries(target).values())
    assert all(e["STATUS"] == "TENTATIVE" for e in entries(apart).values())
    names = [
        str(icalendar.Calendar.from_ical(path.read_bytes())["X-WR-CALNAME"])
        for path in (target, apart)
    ]
    assert names == ["서울특별시의회사무처 2021", "서울특별시의회사무처 미정"]
    assert "의회-미정.ics" in lines(result)[-1]


@pytest.mark.heavy
def test_more_than_a_megabyte_is_parted_by_year() -> None:
    long = "인용 " * 400
    days = [date(2020 + n % 3, 1, 1) + timedelta(days=n % 300) for n in range(2200)]
    many = [
        event(n, f"일정 {n}", value=Day(day), source=Source("보고.txt", n, "5. 4.", long))
        for n, day in enumerate(days)
    ]
    found = calendars(many, OPTIONS)
    assert list(found.files) == ["-2020", "-2020-2", "-2021", "-2021-2", "-2022", "-2022-2"]
    assert all(len(data) <= LIMIT for data in found.files.values())
    held = [data.count(b"BEGIN:VEVENT") for data in found.files.values()]
    assert (sum(held), held) == (2200, found.counts)


def test_an_update_reads_all_parts_of_the_older_calendar(report: Path) -> None:
    target = report.with_name("의회.ics")
    run(report, "-o", target)
    parts = [target, target.with_name("의회-미정.ics")]
    count = len(read_previous(parts))
    result = run(report, "-o", target, "--update", "--preset", "all")
    assert "추가 0건, 변경 0건, 취소 0건" in lines(result)[-3]
    assert "의회-미정.ics" in lines(result)[-1]
    assert len(entries(target)) <= count == len(items_of(target.read_bytes()))


def test_reminders_stand_before_exact_entries_only() -> None:
    exact, inexact = event(1), event(2, "착공", value=Month(2021, 6))
    options = replace(OPTIONS, alarms=(timedelta(days=1), timedelta(minutes=30)))
    data = render("ics", [exact, inexact], options)
    found = {str(e["SUMMARY"]): e for e in icalendar.Calendar.from_ical(data).walk("VEVENT")}
    alarms = found["간담회"].walk("VALARM")
    assert [a["TRIGGER"].dt for a in alarms] == [timedelta(days=-1), timedelta(minutes=-30)]
    assert all(a["ACTION"] == "DISPLAY" and a["DESCRIPTION"] == "간담회" for a in alarms)
    assert found["[미정] 착공"].walk("VALARM") == []
    assert b"VALARM" not in render("ics", [exact], OPTIONS)  # type: ignore[operator]


def test_names_reminders_and_colours_on_the_command_line(report: Path) -> None:
    target = report.with_name("의회.ics")
    options = ("--name", "의사팀", "--alarm", "1d", "--alarm", "2시간", "--color", "SeaGreen")
    assert run(report, "-o", target, *options).returncode == 0
    calendar = icalendar.Calendar.from_ical(target.read_bytes())
    assert (str(calendar["NAME"]), str(calendar["COLOR"])) == ("의사팀", "seagreen")
    alarms = entries(target)["제300회 임시회"].walk("VALARM")
    assert [a["TRIGGER"].dt for a in alarms] == [timedelta(days=-1), timedelta(hours=-2)]


@pytest.mark.parametrize("options", [("--alarm", "내일"), ("--color", "파랑"), ("--color", "#12")])
def test_wrong_reminders_and_colours_are_one_line(report: Path, options: tuple[str, str]) -> None:
    result = run(report, "-o", report.with_name("의회.ics"), *options)
    assert result.returncode == 2
    assert lines(result)[-1].startswith(options[0])


def test_the_table_for_excel_has_korean_headings_and_no_formulas() -> None:
    session = event(2, "=1+1", value=Interval(Day(date(2021, 5, 4)), Day(date(2021, 5, 6))))
    data = render("excel-csv", [session, event(1, "@SUM(A1)")], OPTIONS)
    assert isinstance(data, bytes)
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert [row["제목"] for row in rows] == ["'=1+1", "'@SUM(A1)"]
    assert (rows[0]["시작"], rows[0]["종료"], rows[0]["시기"]) == (
        "2021-05-04",
        "2021-05-06",
        "'21. 5. 4(화)–6(목)",
    )
    assert rows[0]["출처"] == "보고.txt 2행"


def test_another_calendar_is_compared_with_what_is_inexact_beside_it(tmp_path: Path) -> None:
    head = "가람구 총무과\n2024. {}\n\n1. 추진 계획\n"
    older, newer = tmp_path / "1월.txt", tmp_path / "7월.txt"
    older.write_text(head.format("1. 22.") + "- 어린이 안전골든벨 : 9월\n", encoding="utf-8")
    newer.write_text(head.format("7. 15.") + "- 어린이 안전골든벨 : 9. 26.(목)\n", encoding="utf-8")
    old, new = tmp_path / "1월.ics", tmp_path / "7월.ics"
    run(older, "-o", old)
    said = lines(run(newer, "-o", new, "--previous", old))
    assert "어린이 안전골든벨: '24. 9. 1(일)–30(월) → '24. 9.26(목)" in said
    assert "이전 달력과 견주어 추가 0건, 변경 1건, 취소 0건" in said
    before = items_of((tmp_path / "1월-미정.ics").read_bytes())
    assert set(items_of(new.read_bytes())) == set(before)
