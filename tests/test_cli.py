"""The command line as people and scripts meet it."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import icalendar
import pytest

from tests.command import Done, fresh, run

REPORT = """\
주요 업무 보고
2021. 5. 3.
○○시의회사무국

□ 추진일정
 - 청사 이전 설계공모 : '21. 5~6월 중
 - 개원 기념식 개최 : '21. 7. 8.(목)
 - 민원 상담 : 매월
 - 조례 정비 결과 보고(의정담당관) : ~'21.12월
"""


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "업무보고.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


def lines(result: Done) -> list[str]:
    return result.stderr.decode().splitlines()


def test_without_arguments_the_samples_are_read_and_that_is_said() -> None:
    result = run("--dept", "의회사무처")
    assert result.returncode == 0
    assert "내장 예시 보고서" in result.stderr.decode()
    assert "제301회 정례회" in result.stdout.decode()


def test_the_environment_names_the_reports(report: Path) -> None:
    result = run(CALENDARIZE_REPORTS=str(report))
    assert result.returncode == 0
    assert result.stderr == b""
    assert "개원 기념식" in result.stdout.decode()


def test_the_configuration_file_names_the_reports(tmp_path: Path, report: Path) -> None:
    folder = tmp_path / "config" / "calendarize"
    folder.mkdir(parents=True)
    (folder / "config.toml").write_text('reports = ["../../업무보고.txt"]\n', encoding="utf-8")
    result = run(XDG_CONFIG_HOME=str(tmp_path / "config"))
    assert result.returncode == 0
    assert "개원 기념식" in result.stdout.decode()


def test_a_broken_configuration_file_is_one_line_and_wrong_usage(tmp_path: Path) -> None:
    folder = tmp_path / "calendarize"
    folder.mkdir()
    (folder / "config.toml").write_text("reports = 3\n", encoding="utf-8")
    result = run(XDG_CONFIG_HOME=str(tmp_path))
    assert result.returncode == 2
    assert len(lines(result)) == 1


def test_a_department_is_found_by_the_end_of_its_name(report: Path) -> None:
    for name in ("의회사무국", "○○시의회 사무국"):
        result = run(report, "--dept", name)
        assert result.returncode == 0, result.stderr.decode()


def test_a_unit_in_brackets_is_a_department(report: Path) -> None:
    only = run(report, "--dept", "의정담당관").stdout.decode()
    assert "조례 정비" in only
    assert "기념식" not in only


def test_an_unknown_department_lists_those_there_are(report: Path) -> None:
    result = run(report, "--dept", "없는과")
    assert result.returncode == 2
    assert lines(result) == ["'없는과' 부서를 찾을 수 없습니다. 있는 부서: ○○시의회사무국"]
    assert result.stdout == b""


def test_periods_keep_what_touches_them(report: Path) -> None:
    def titles(*options: str) -> set[str]:
        result = run(report, "--format", "json", *options)
        assert result.returncode == 0, result.stderr.decode()
        return {event["title"] for event in json.loads(result.stdout)["events"]}

    second = titles("--quarter", "2021Q2")
    assert "청사 이전 설계공모" in second
    assert "개원 기념식 개최" not in second
    assert "개원 기념식 개최" in titles("--from", "2021년 하반기")
    assert "개원 기념식 개최" not in titles("--to", "'21.6월")
    assert "민원 상담" in titles("--year", "2021")
    assert not {"청사 이전 설계공모", "민원 상담"} & titles("--year", "2022")


def test_json_has_the_keys_of_the_contract(report: Path) -> None:
    events = json.loads(run(report, "--format", "json").stdout)["events"]
    event = next(e for e in events if e["title"] == "개원 기념식 개최")
    assert event["start"] == event["end"] == "2021-07-08"
    assert event["all_day"] is True
    assert event["approximate"] is False
    assert event["department"] == "○○시의회사무국"
    assert event["source"] == {"report": "업무보고.txt", "line": 7, "text": "'21. 7. 8.(목)"}
    assert event["section"] == ["추진일정"]
    assert {
        "uid",
        "precision",
        "rrule",
        "dates",
        "kind",
        "status",
        "unit",
        "session",
        "location",
    } <= set(event)
    assert {"description", "parent", "warnings"} <= set(event)


def test_mentions_stand_where_they_say(report: Path) -> None:
    found = [json.loads(line) for line in run(report, "--format", "mentions").stdout.splitlines()]
    text = REPORT.split("\n")
    for mention in found:
        line = text[mention["line"] - 1]
        assert line[mention["column"] :].startswith(mention["text"])
    assert [m["role"] for m in found] == ["document", "event", "event", "event", "event"]
    assert found[3]["rrule"] == "FREQ=MONTHLY"


def test_an_ics_file_opens_with_the_same_days(report: Path, tmp_path: Path) -> None:
    target = tmp_path / "의회.ics"
    result = run(report, "-o", target)
    assert result.returncode == 0
    assert result.stdout == b""
    calendar = icalendar.Calendar.from_ical(target.read_bytes())
    starts = {str(e["SUMMARY"]): e["DTSTART"].dt for e in calendar.walk("VEVENT")}
    assert starts["개원 기념식 개최"] == date(2021, 7, 8)
    assert run(report, "--format", "ics").stdout == target.read_bytes()


def test_the_reports_own_date_and_department_can_be_given() -> None:
    text = "○ 회의 개최 : 5. 20.(목)\n".encode()
    unknown = run("-", "--format", "mentions", stdin=text)
    assert unknown.stdout == b""
    assert "--date" in unknown.stderr.decode()
    known = run("-", "--format", "json", "--date", "2021-05-03", "--as-dept", "총무과", stdin=text)
    (event,) = json.loads(known.stdout)["events"]
    assert (event["start"], event["department"]) == ("2021-05-20", "총무과")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp949"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "보고.txt"
    path.write_bytes(REPORT.replace("○○", "가나").encode(encoding))
    assert "개원 기념식" in run(path).stdout.decode()


def test_bad_files_are_one_line_each_and_the_others_are_still_done(
    report: Path, tmp_path: Path
) -> None:
    empty, binary, large = tmp_path / "빈.txt", tmp_path / "이진.txt", tmp_path / "큰.txt"
    empty.write_bytes(b"")
    binary.write_bytes(bytes(range(256)) * 40)
    large.write_bytes(b"1" * 50_000_000)
    missing, folder = tmp_path / "없음.txt", tmp_path / "폴더"
    folder.mkdir()
    result = run(missing, empty, binary, large, folder, report)
    assert result.returncode == 1
    assert "개원 기념식" in result.stdout.decode()
    said = lines(result)
    assert len(said) == 5
    for path, line in zip((missing, empty, binary, large, folder), said, strict=True):
        assert path.name in line
    assert "Traceback" not in result.stderr.decode()


def test_nothing_readable_prints_nothing_and_writes_nothing(tmp_path: Path) -> None:
    target = tmp_path / "out.ics"
    result = run(tmp_path / "없음.txt", "-o", target)
    assert result.returncode == 1
    assert result.stdout == b""
    assert list(tmp_path.iterdir()) == []


def test_an_unwritable_output_is_one_line_and_leaves_nothing(report: Path, tmp_path: Path) -> None:
    result = run(report, "-o", tmp_path / "없는폴더" / "out.ics")
    assert result.returncode == 2
    assert len(lines(result)) == 1
    assert sorted(p.name for p in tmp_path.iterdir()) == ["업무보고.txt"]


@pytest.mark.parametrize(
    "options",
    [
        ("--from", "어느 날"),
        ("--quarter", "2021Q5"),
        ("--kind", "잔치"),
        ("--format", "rtf"),
        ("--date", "~5월"),
        ("-o", "x.unknown"),
    ],
)
def test_wrong_usage_is_status_2_without_a_traceback(
    report: Path, options: tuple[str, str]
) -> None:
    result = run(report, *options)
    assert result.returncode == 2
    assert "Traceback" not in result.stderr.decode()
    assert result.stdout == b""


def test_help_is_korean_and_quick_to_import() -> None:
    result = fresh("--help")
    assert result.returncode == 0
    assert "보고서" in result.stdout.decode()
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, calendarize.cli; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parent.parent,
    ).stdout.split()
    for heavy in ("icalendar", "pydantic", "tabulate", "holidays", "calendarize.timex.patterns"):
        assert heavy not in loaded


def test_a_folder_is_read_in_order_and_stdout_carries_the_result_alone(tmp_path: Path) -> None:
    for name in ("나.txt", "가.txt"):
        (tmp_path / name).write_text(REPORT, encoding="utf-8")
    found = [json.loads(x) for x in run(tmp_path, "--format", "mentions").stdout.splitlines()]
    assert [m["source"] for m in found] == ["가.txt"] * 5 + ["나.txt"] * 5
