"""Where results go: links, pipes, devices, full disks, and what may stand on a terminal."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import pytest

from tests.command import run
from tests.test_cli import REPORT, lines
from tests.test_isolation import ENVIRON, ROOT

FULL = Path("/dev/full")


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "업무보고.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


def titles(data: bytes) -> list[str]:
    return [event["title"] for event in json.loads(data)["events"]]


def test_a_link_leads_to_its_target(report: Path, tmp_path: Path) -> None:
    (tmp_path / "여기").mkdir()
    link = tmp_path / "여기" / "일정.json"
    link.symlink_to(Path("..") / "저기.json")
    for _ in range(2):  # the target is made, then replaced
        assert run(report, "-o", link).returncode == 0
        assert link.is_symlink()
        assert titles((tmp_path / "저기.json").read_bytes())
    assert sorted(p.name for p in tmp_path.iterdir()) == ["업무보고.txt", "여기", "저기.json"]
    link.unlink()
    link.symlink_to(link.name)
    result = run(report, "-o", link)
    assert (result.returncode, len(lines(result))) == (2, 1)


def test_a_pipe_is_written_into(report: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.json"
    os.mkfifo(pipe)
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()), daemon=True)
    reader.start()
    assert run(report, "-o", pipe).returncode == 0
    reader.join(5)
    assert titles(got[0])
    assert pipe.is_fifo()


def test_a_pipe_gets_one_calendar_and_nothing_stands_beside_it(tmp_path: Path) -> None:
    report = tmp_path / "업무보고.txt"
    report.write_text(REPORT + "\n- 평가결과 보고 : '21. 6월 중\n", encoding="utf-8")
    pipe, got = tmp_path / "달력.ics", list[bytes]()
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    result = run(report, "-o", pipe)
    reader.join(30)
    assert result.returncode == 0
    assert got[0].startswith(b"BEGIN:VCALENDAR")
    assert "만 담았습니다. 미정" in result.stderr.decode()
    assert {path.name for path in tmp_path.iterdir()} == {report.name, pipe.name}


@pytest.mark.parametrize("name", ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"])
def test_standard_output_may_be_named_as_a_file(name: str, report: Path, tmp_path: Path) -> None:
    if not Path(name).exists():
        pytest.skip(f"no {name}")
    assert titles(run(report, "-o", name, "--format", "json").stdout)
    behind = tmp_path / "behind"
    behind.write_bytes(b"before\n")
    assert run(report, "-o", name, "--format", "json", stdout=behind).returncode == 0
    first, rest = behind.read_bytes().split(b"\n", 1)
    assert first == b"before"
    assert titles(rest)


@pytest.mark.heavy
@pytest.mark.skipif(not FULL.exists(), reason="no /dev/full")
@pytest.mark.parametrize("form", ["timeline", "jsonl"])
def test_a_full_or_closed_output_is_one_line(form: str, report: Path, tmp_path: Path) -> None:
    (tmp_path / "빈.txt").touch()
    closed = ">&-" if form == "timeline" else "0<&- >&-"
    command = [sys.executable, "-m", "calendarize", str(tmp_path), "--format", form]
    shell = ["sh", "-c", f'exec "$@" {closed}', "sh", *command]
    for done in (
        run(tmp_path, "--format", form, stdout=FULL),
        subprocess.run(shell, capture_output=True, env=ENVIRON, cwd=ROOT, check=False),
    ):
        said = [line for line in done.stderr.decode().splitlines() if "찾지 못" not in line]
        assert done.returncode == 1
        assert len(said) == 2
        assert said[0].startswith("빈.txt: ")
        assert "표준 출력에 쓸 수 없습니다" in said[1]


def test_nobody_reading_on_is_no_error(report: Path) -> None:
    shell = f'"{sys.executable}" -m calendarize "{report}" --format jsonl | head -c 1'
    done = subprocess.run(["sh", "-c", shell], capture_output=True, env=ENVIRON, cwd=ROOT)
    assert done.stderr.decode().count("\n") <= 1
    assert b"Traceback" not in done.stderr


def test_names_cannot_steer_the_terminal(tmp_path: Path) -> None:
    hostile = "가\x1b[2J\u202etxt.\x07"
    raw = os.fsencode(tmp_path) + b"/x\xff.txt"
    Path(os.fsdecode(raw)).write_text(REPORT, encoding="utf-8")
    (tmp_path / f"{hostile}.txt").touch()
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(f"{hostile}1.txt", "")
        archive.writestr(f"{hostile}2.txt", REPORT)
    (tmp_path / "묶음.zip").write_bytes(stream.getvalue())
    result = run(tmp_path, tmp_path / f"{hostile}없음", "--format", "jsonl")
    assert result.returncode == 1
    assert len(lines(result)) == 3
    events = map(json.loads, result.stdout.splitlines())
    assert {event["source"]["report"] for event in events} == {
        "x\ufffd.txt",
        "묶음.zip/가\ufffd[2J\ufffdtxt.\ufffd2.txt",
    }
    for sign in ("\x1b", "\u202e", "\x07"):
        assert sign not in result.stderr.decode()
    for form in ("timeline", "table", "ics", "mentions"):
        assert run(tmp_path, "--format", form).returncode == 1


def test_thousands_of_alike_lines_are_summed_up(tmp_path: Path) -> None:
    for n in range(40):
        (tmp_path / f"{n:02}.txt").touch()
    result = run(tmp_path)
    assert result.returncode == 1
    said = lines(result)
    assert len(said) == 4
    assert said[0].startswith("00.txt: 빈 파일입니다.")
    assert said[3].startswith("그 밖에 37개: 빈 파일입니다.")
