"""What a report calls off or puts off is not exported as if it took place."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import icalendar
import pytest

from calendarize.events.assemble import assemble
from calendarize.events.model import Event
from calendarize.export import Options, render
from calendarize.mentions.reading import read
from calendarize.report import read_text
from tests.test_cli import lines, run

HEAD = "가람시 문화체육과\n\n2024년 하반기 업무보고\n\n2024. 7. 15.\n\n1. 추진 계획\n"
TABLE = "\n| 행사명 | 일시 | 장소 | 비고 |\n|---|---|---|---|\n"
OPTIONS = Options(date(2024, 7, 16), alarms=(timedelta(days=1),))


def told(body: str) -> list[Event]:
    return assemble(read(read_text(HEAD + body + "\n", "보고.txt")))


@pytest.mark.parametrize(
    "body",
    [
        " ○ 시민의 날 기념식 : 9. 12.(목) 10:00, 시청 대강당 (취소)",
        " ○ 가을 음악회(10. 5.) : 우천으로 취소",
        " ○ 주민설명회 : 8. 20.(화) 14:00, 동 주민센터 2층 - 취소",
        " ○ 봄 전시회 4. 2. ~ 4. 20. 코로나19로 취소",
        " ○ 8. 30. 시민의 날 기념식 취소",
        " ○ 치맥축제 8. 31. 개최 예정이었으나 감염병 확산에 따라 전면 취소",
        " ○ 포럼 : 11. 8.(금) 취소 결정",
        " ○ [취소] 드론쇼 : 9. 27.(금)",
        " ○ 불꽃놀이(취소) : 9. 28.(토)",
        " ○ 소년체전 : 10. 7. ~ 10. 13.\n   - 코로나19 확산으로 취소",
        TABLE + "| 한가위 큰잔치 | 9. 14.(토) | 가람광장 | 우천으로 취소 |",
    ],
)
def test_what_is_called_off_is_cancelled_in_the_calendar(body: str) -> None:
    (event,) = told(body)
    assert event.cancelled
    calendar = icalendar.Calendar.from_ical(render("ics", [event], OPTIONS))
    (entry,) = calendar.walk("VEVENT")
    assert entry["STATUS"] == "CANCELLED"
    assert entry["TRANSP"] == "TRANSPARENT"
    assert "취소" in entry["SUMMARY"]
    assert not entry.walk("VALARM")


@pytest.mark.parametrize(
    "body",
    [
        " ○ 정기연주회 : 9. 3.(화) 19:00, 우천 시 취소",
        " ○ 야외영화제 : 9. 6.(금) (우천 시 연기)",
        " ○ 수강신청 8. 1., 취소 8. 5.",
        " ○ 8. 29. 음식점 영업허가 취소",
        " ○ 예약 취소 기한 8. 9.(금) 18:00",
        " ○ 학술대회 : 11. 7.(목) (식전행사 취소)",
        " ○ 주민설명회 : 11월 초순 → 12월 중순으로 연기(독감)",
        " ○ 문화유산 답사 : 10. 18.(금) → 10. 25.(금)로 연기",
        TABLE + "| 교면포장 | 9. 18. ~ 10. 10. | 서천교 | 당초 8월에서 연기 |",
        TABLE + "| 등록취소 처분 청문 | 9. 25.(수) 14:00 | 소회의실 | |",
    ],
)
def test_what_stands_is_neither_cancelled_nor_doubtful(body: str) -> None:
    events = told(body)
    assert events
    assert not any(event.cancelled or event.warnings for event in events)


def test_each_time_of_a_line_has_its_own_outcome() -> None:
    events = told(" ○ 걷기대회 : 9. 21.(토) 취소 → 9. 28.(토) 개최")
    assert [event.cancelled for event in events] == [True, False]


@pytest.mark.parametrize(
    "body",
    [
        " ○ 체육대회 : 10. 19.(토) → 연기",
        " ○ 착공식 9. 11.(수) 무기한 연기",
        TABLE + "| 빛 축제 | 12. 1. ~ 12. 31. | 중앙로 | 잠정 연기 |",
    ],
)
def test_what_is_put_off_without_a_new_day_is_doubtful(body: str) -> None:
    (event,) = told(body)
    assert event.is_doubtful
    assert "새 날짜가 없습니다" in " ".join(event.doubts)
    assert b"STATUS:TENTATIVE" in render("ics", [event], OPTIONS)  # type: ignore[operator]


def test_what_is_put_off_to_a_day_stands_on_that_day_alone() -> None:
    (event,) = told(" ○ 문화제 : 10. 17. 연기 → 10. 31.")
    assert event.start == date(2024, 10, 31)
    assert not event.is_doubtful


def test_every_view_marks_what_is_called_off(tmp_path: Path) -> None:
    report = tmp_path / "보고.txt"
    report.write_text(HEAD + " ○ 드론쇼 : 9. 27.(금) (취소)\n", encoding="utf-8")
    for form in ("timeline", "table", "gantt", "csv", "excel-csv", "html"):
        assert "취소" in run(report, "--format", form).stdout.decode("utf-8-sig"), form
    assert "[취소] 드론쇼" in run("next", report, "--today", "2024-09-20").stdout.decode()
    timeline = run(report, "--today", "2024-07-16").stdout.decode()
    assert "  × 9.27(금)  [취소] 드론쇼\n" in timeline
    (event,) = json.loads(run(report, "--format", "json").stdout)["events"]
    assert event["cancelled"] is True


def test_an_update_says_that_an_entry_was_called_off(tmp_path: Path) -> None:
    report, target = tmp_path / "보고.txt", tmp_path / "달력.ics"
    report.write_text(HEAD + " ○ 드론쇼 : 9. 27.(금)\n", encoding="utf-8")
    run(report, "-o", target)
    report.write_text(HEAD + " ○ 드론쇼 : 9. 27.(금) → 취소\n", encoding="utf-8")
    updated = run(report, "-o", target, "--update")
    assert "드론쇼: '24. 9.27(금) 취소" in lines(updated)
    written = target.read_bytes()
    assert written.count(b"STATUS:CANCELLED") == 1
    assert b"SEQUENCE:1" in written
    run(report, "-o", target, "--update")
    assert target.read_bytes() == written


OFFICE = "가람시 문화체육과\n{day}\n\n1. 추진 계획\n"


@pytest.mark.parametrize(
    ("line", "cancelled"),
    [
        (" ○ 드론쇼 개최 : 예산 삭감으로 취소", True),
        ("\n| 행사 | 시기 |\n|---|---|\n| 드론쇼 개최 | 추진 취소 |", True),
        (" ○ 드론쇼 개최 : 예산 협의 중", False),
        (" ○ 도서관 건립 : 부지 미확보로 취소", False),
    ],
)
def test_what_a_later_report_gives_up_without_a_day_is_cancelled(
    line: str, cancelled: bool, tmp_path: Path
) -> None:
    for name, day, body in (
        ("1월", "2024. 1. 15.", " ○ 드론쇼 개최 : 하반기\n ○ 걷기대회 : 9. 28.(토)\n"),
        ("7월", "2024. 7. 15.", f" ○ 걷기대회 : 9. 28.(토)\n{line}\n"),
    ):
        text = OFFICE.format(day=day) + body
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    for names in (("1월", "7월"), ("7월", "1월")):
        paths = [tmp_path / f"{name}.txt" for name in names]
        found = json.loads(run(*paths, "--format", "json").stdout)["events"]
        assert {e["title"]: e["cancelled"] for e in found} == {
            "드론쇼 개최": cancelled,
            "걷기대회": False,
        }
