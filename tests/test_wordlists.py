"""A user's own words, beside the configuration, count like those of the package."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from calendarize.errors import UsageError
from calendarize.wordlists import OWN as FILE
from calendarize.wordlists import word_lists
from tests.command import Done, fresh, run

REPORT = """디지털플랫폼

2021. 5. 3.

○ 직원 조찬모임 : 5. 12.(수)
○ 새 청사 개청 : 5. 20.(목)
○ 주민 축제 : 5. 21.(금)
"""
OWN = """
offices = ["디지털플랫폼"]
milestones = ["개청"]
routine = ["주민 축제"]

[[kinds]]
kind = "meeting"
words = ["조찬모임"]
"""


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "업무보고.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


def configured(folder: Path, own: str) -> str:
    """Write a user's words beside the configuration; return where configurations are."""
    path = folder / "config" / "calendarize" / FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(own, encoding="utf-8")
    return str(path.parent.parent)


def read(report: Path, own: str, *options: str) -> Done:
    home = configured(report.parent, own)
    return fresh(report, "--format", "json", *options, XDG_CONFIG_HOME=home)


def told(result: Done) -> dict[str, tuple[str | None, str]]:
    assert result.returncode == 0, result.stderr.decode()
    events = json.loads(result.stdout)["events"]
    return {event["title"]: (event["department"], event["kind"]) for event in events}


def test_own_words_name_offices_kinds_and_milestones(report: Path) -> None:
    before, after = told(run(report, "--format", "json")), told(read(report, OWN))
    assert before["직원 조찬모임"] == (None, "milestone")
    assert after["직원 조찬모임"] == ("디지털플랫폼", "meeting")
    assert list(told(run(report, "--format", "json", "--milestones"))) == ["주민 축제"]
    assert list(told(read(report, OWN, "--milestones"))) == ["새 청사 개청"]


@pytest.mark.heavy
def test_a_broken_list_is_one_line_and_wrong_usage(report: Path) -> None:
    result = read(report, "milestones = 3")
    assert result.returncode == 2
    (line,) = result.stderr.decode().splitlines()
    assert "words.toml: 낱말 목록을 읽을 수 없습니다" in line


@pytest.mark.parametrize(
    ("own", "problem"),
    [
        ("milestones = [1]", "낱말은"),
        ('milestones = ["("]', r"'\('"),
        ('holidays = ["개청일"]', "'holidays' 목록은 없습니다"),
        ('[[kinds]]\nkind = "party"\nwords = ["회식"]', "'party'"),
        ("kinds = 3", "낱말"),
        ("milestones = [", "낱말"),
    ],
)
def test_what_is_wrong_with_a_list_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, own: str, problem: str
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", configured(tmp_path, own))
    with pytest.raises(UsageError, match=problem):
        word_lists.__wrapped__()
