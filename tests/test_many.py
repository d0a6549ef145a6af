"""Many reports at once: the same whatever the number of processes, and none stops the others."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from tests.command import apart
from tests.examples import EXAMPLES
from tests.hostile import run_of
from tests.test_cli import lines, run
from tests.test_terminal import on_a_terminal

REPORT = """\
업무 보고

2021. {month}. 3.

{dept}

□ 추진일정

- 설계공모 {n} : '21. 5~6월 중
- 개원 기념식 개최 {n} : '21. 7. {day}.
- 제302회 임시회 보고 {n} : '21. 8월
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for path in EXAMPLES.glob("*.txt"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    for n in range(24):
        text = REPORT.format(month=n % 12 + 1, dept=f"{'가나다라마바'[n % 6]}람과", n=n, day=n + 1)
        (tmp_path / f"보고{n:02}.txt").write_text(text, encoding="utf-8")
    (tmp_path / "깨짐.hwpx").write_bytes(b"PK\x03\x04 broken")
    (tmp_path / "빈.txt").write_bytes(b"")
    return tmp_path


_HEAVY = [pytest.param(form, marks=pytest.mark.heavy) for form in ("json", "mentions", "ics")]


@pytest.mark.parametrize("form", ["jsonl", "timeline", *_HEAVY])
def test_the_number_of_processes_changes_nothing(folder: Path, form: str) -> None:
    results = [run(folder, "--format", form, "--jobs", str(n)) for n in (1, 3)]
    assert [r.returncode for r in results] == [1, 1]
    assert len({r.stdout for r in results}) == 1
    assert len({r.stderr for r in results}) == 1
    assert len([line for line in lines(results[0]) if "깨짐.hwpx" in line or "빈.txt" in line]) == 2
    assert len(results[0].stdout) > 5000


def test_json_lines_are_written_report_by_report(folder: Path) -> None:
    result = run(folder, "--format", "jsonl")
    events = [json.loads(line) for line in result.stdout.splitlines()]
    sources = [event["source"]["report"] for event in events]
    assert sources == sorted(sources)
    assert len(set(sources)) == 27
    assert {"uid", "title", "start", "warnings"} <= set(events[0])


def test_json_lines_can_be_chosen_and_limited(folder: Path) -> None:
    chosen = run(folder, "--format", "jsonl", "--dept", "가람과", "--limit", "5")
    events = [json.loads(line) for line in chosen.stdout.splitlines()]
    assert len(events) == 5
    assert {event["department"] for event in events} == {"가람과"}
    target = folder / "out.jsonl"
    nobody = run(folder, "--format", "jsonl", "--dept", "없는과", "-o", target)
    assert nobody.returncode == 2
    assert "있는 부서: " in lines(nobody)[0]
    assert not target.exists()


def test_nothing_is_written_where_nothing_could_be_read(tmp_path: Path) -> None:
    bad, target = tmp_path / "빈.txt", tmp_path / "out.jsonl"
    bad.write_bytes(b"")
    result = run(bad, "-o", target)
    assert (result.returncode, len(lines(result)), target.exists()) == (1, 1, False)


def test_a_report_that_kills_its_process_stops_no_other(folder: Path) -> None:
    (folder / "보고07.txt").rename(folder / "죽음07.txt")
    results = apart(run_of, folder, 2)
    told = [each_told.source for made in results for each_told in made.made]
    assert len(told) == 26
    (problem,) = [p for made in results for p in made.problems if "프로그램 오류" in p]
    assert problem.startswith("죽음07.txt:")


def test_an_interruption_leaves_no_half_file(folder: Path) -> None:
    for n in range(400):
        (folder / f"더{n:03}.txt").write_bytes((EXAMPLES / "council-2021-05.txt").read_bytes())
    target = folder / "out.jsonl"
    process = subprocess.Popen(
        [sys.executable, "-m", "calendarize", str(folder), "-o", str(target), "--jobs", "2"],
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONUTF8": "1"},
        cwd=Path(__file__).parent.parent,
    )
    while not psutil.Process(process.pid).children():  # none of them reads yet
        assert process.poll() is None
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert said.decode().splitlines() == ["중단했습니다."]
    assert [p.name for p in folder.iterdir() if "out" in p.name] == []


def test_a_terminal_shows_how_far_it_is(folder: Path) -> None:
    assert "제302회 임시회" in on_a_terminal(folder, "--format", "jsonl")


@pytest.mark.heavy
def test_memory_does_not_grow_with_the_number_of_reports(tmp_path: Path) -> None:
    text = (EXAMPLES / "council-2021-05.txt").read_text(encoding="utf-8")
    code = (
        "import resource, sys; from calendarize.cli import main; sys.argv = ['x', *sys.argv[1:]];"
        "exec('try:\\n main()\\nexcept SystemExit: pass');"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)"
    )
    peaks = []
    for count in (10, 60):
        folder = tmp_path / str(count)
        folder.mkdir()
        for n in range(count):
            (folder / f"{n:03}.txt").write_text(text, encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-c", code, str(folder), "--format", "jsonl", "--jobs", "1"],
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONUTF8": "1"},
            cwd=Path(__file__).parent.parent,
        )
        peaks.append(int(done.stderr.split()[-1]))
    assert peaks[1] < peaks[0] * 1.05  # a fifth more, were they kept
