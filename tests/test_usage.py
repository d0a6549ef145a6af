"""Traps that would cost trust: own outputs, wrong usage, words of the framework."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from calendarize.commands import COMMANDS
from tests.examples import EXAMPLES
from tests.test_cli import lines, run

COUNCIL = EXAMPLES / "council-2021-05.txt"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(COUNCIL, tmp_path / "업무보고.txt")
    return tmp_path


def count(folder: Path) -> int:
    return len(json.loads(run(folder, "--format", "json").stdout)["events"])


OWN = ("out.html", "out.txt", "out.md")


def test_what_was_written_is_never_read_as_a_report(folder: Path) -> None:
    before = count(folder)
    for name in OWN:
        assert run(folder, "-o", folder / name).returncode == 0
    result = run(folder, "--format", "json")
    assert len(json.loads(result.stdout)["events"]) == before
    (said,) = lines(result)
    assert said.startswith("calendarize가 만든 파일은 읽지 않았습니다: ")
    assert all(name in said for name in OWN)
    named = run(folder / "out.html")
    assert (named.returncode, named.stdout) == (1, b"")
    assert "calendarize가 만든 파일입니다" in lines(named)[-1]


def test_a_report_is_never_overwritten_by_what_it_tells(folder: Path) -> None:
    report = folder / "업무보고.txt"
    before = report.read_bytes()
    result = run(report, "-o", report)
    assert (result.returncode, report.read_bytes()) == (2, before)
    assert "덮어쓸 수 없습니다" in lines(result)[-1]


WRONG = {
    "--from 2021-06-01 --to 2021-05-01": "기간이 비었습니다",
    "--quarter 2021Q2 --year 2022": "기간이 비었습니다",
    "--year 21": "네 자리",
    "--year abc": "--year: 수를",
    "--limit 0": "--limit: 1 이상",
    "--format foo": "쓸 수 있는 값",
    "--fro 2021": "혹시 --from?",
    "--color royalblue": "달력에 쓰는 옵션",
    "--alarm 1d --format table": "달력에 쓰는 옵션",
    "--name 의사팀 --format csv": "이름이 적히는 형식",
    "--update -o /nonexistent/a.ics": "--update를 빼세요",
    "--kind 회식": "있는 종류: 회기(session)",
    "--status 몰라": "있는 상태: 완료(done)",
    "--milestones --exact": "하나만",
    "expalin": "혹시 explain?",
    "chek": "혹시 check?",
    "help": "혹시 calendarize --help?",
    "explain": "빠졌습니다",
    "explain 5.3. 5.4.": "필요 없는 인자",
    "next --days": "값을 함께",
    "schema --all": "그런 옵션은 없습니다",
    "mcp": "빠졌습니다",
    "mcp . --port x": "--port: 수를",
    "open --timeout 0": "--timeout: 1 이상",
    "changes --memory 1": "--memory: 256 이상",
}


@pytest.mark.parametrize("arguments", WRONG)
def test_wrong_usage_is_one_korean_line(arguments: str) -> None:
    result = run(*arguments.split(), CALENDARIZE_REPORTS=str(COUNCIL))
    assert (result.returncode, result.stdout) == (2, b"")
    (said,) = lines(result)
    assert WRONG[arguments] in said
    assert not re.search(r"Error|Usage|Invalid|Missing|No such", said)


def test_an_empty_department_is_wrong_usage() -> None:
    result = run(COUNCIL, "--dept", "")
    assert (result.returncode, result.stdout) == (2, b"")
    assert "부서 이름이 비었습니다" in lines(result)[-1]


def test_kinds_and_statuses_may_be_told_in_korean() -> None:
    told = run(
        COUNCIL, "--kind", "회기", "--status", "완료", "--today", "2021-06-01", "--format", "json"
    )
    names = [event["title"] for event in json.loads(told.stdout)["events"]]
    assert names == ["제299회 임시회", "제300회 임시회"]


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_speaks_korean(command: str) -> None:
    told = run(*command.split(), "--help").stdout.decode()
    assert told.startswith("사용법: calendarize")
    assert not re.search(r"Usage|Options|Arguments|default|required|<list|<=x", told)
    reads = command not in ("schema", "archive")
    assert ("--timeout" in told, "--memory" in told) == (reads, reads)


def test_open_makes_a_page_and_shows_it(tmp_path: Path) -> None:
    result = run("open", COUNCIL, TMPDIR=str(tmp_path), BROWSER="true")
    assert result.returncode == 0
    (page,) = tmp_path.glob("*/calendarize.html")
    assert "제299회 임시회" in page.read_text(encoding="utf-8")


def test_check_of_nothing_does_not_say_that_all_is_well() -> None:
    result = run("check", "없는파일.txt")
    assert (result.returncode, result.stdout) == (1, b"")
