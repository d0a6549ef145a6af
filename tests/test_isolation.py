"""One bad document costs nobody anything: limits of time and memory, and clean ends."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from calendarize.workers import Limits
from tests.command import apart, run
from tests.examples import EXAMPLES
from tests.hostile import run_of, take_over
from tests.test_many import REPORT

ROOT = Path(__file__).parent.parent
ENVIRON = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "PYTHONUTF8": "1"}
SMALL = Limits(seconds=2, memory=512 << 20)
AT_ONCE = 30
"""Seconds that even a busy machine needs not: far less than a report may take, and than for ever."""
HARM = {
    "멈춤": "2초가 넘게 걸려 그만두었습니다",
    "커짐": "메모리가 512MB 넘게 들어 그만두었습니다",
    "죽음": "프로그램 오류가 났습니다(프로세스 중단)",
    "깊음": "프로그램 오류가 났습니다(",
}


def report(n: int) -> str:
    return REPORT.format(month=n % 12 + 1, dept="총무과", n=n, day=n % 28 + 1)


@pytest.fixture
def good(tmp_path: Path) -> Path:
    folder = tmp_path / "좋음"
    folder.mkdir()
    for n in range(50):
        (folder / f"보고{n:02}.txt").write_text(report(n), encoding="utf-8")
    return folder


def started(*arguments: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.hostile", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=ENVIRON,
        cwd=ROOT,
    )


@pytest.mark.parametrize("harm", HARM)
def test_a_report_that_does_harm_is_one_line(harm: str, tmp_path: Path) -> None:
    for name in ("가.txt", f"{harm}.txt", "힣.txt"):
        (tmp_path / name).write_text(report(1), encoding="utf-8")
    outcomes = apart(run_of, tmp_path, 1, SMALL)
    assert [made.made[0].source for made in outcomes if made.made] == ["가.txt", "힣.txt"]
    [problem] = outcomes[1].problems
    assert problem.startswith(f"{harm}.txt: ")
    assert HARM[harm] in problem


@pytest.mark.heavy
@pytest.mark.parametrize("processes", [pytest.param(1, marks=pytest.mark.heavy), 3])
def test_a_member_of_an_archive_costs_none_of_the_others(processes: int, tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for at, name in enumerate(("가", "멈춤", "나", "죽음1", "죽음2", "다", "커짐", "라")):
            archive.writestr(f"{at}/{name}.txt", report(at))
    (tmp_path / "묶음.zip").write_bytes(stream.getvalue())
    (tmp_path / "힣.txt").write_text(report(9), encoding="utf-8")
    outcomes = apart(run_of, tmp_path, processes, SMALL)
    told = [each_told.source for made in outcomes for each_told in made.made]
    assert [name[-5] for name in told] == list("가나다라힣")
    assert [len(made.problems) for made in outcomes] == [0, 1, 0, 1, 1, 0, 1, 0, 0]
    assert outcomes[1].problems[0].startswith("묶음.zip/1/멈춤.txt: ")


@pytest.mark.heavy
def test_twenty_hostile_files_cost_fifty_good_ones_nothing(good: Path, tmp_path: Path) -> None:
    alone = started(good, "--format", "jsonl", "--jobs", 2).communicate()[0]
    mixed = tmp_path / "섞임"
    mixed.mkdir()
    for path in good.iterdir():
        (mixed / path.name).write_bytes(path.read_bytes())
    for at, harm in enumerate(list(HARM) * 5):
        (mixed / f"{harm}{at}.txt").write_text(report(at), encoding="utf-8")
    limits = ("--timeout", 1, "--memory", 256)
    process = started(mixed, "--format", "jsonl", "--jobs", 2, *limits)
    out, said = process.communicate(timeout=120)
    assert out == alone
    lines = said.decode().splitlines()
    assert (process.returncode, len(lines)) == (1, 20)
    assert [line.partition(".txt")[0].rstrip("0123456789") for line in lines] == sorted(
        list(HARM) * 5
    )


@pytest.mark.heavy
@pytest.mark.parametrize("command", ["open", "changes"])
def test_other_commands_have_the_deadline_that_is_named(command: str, tmp_path: Path) -> None:
    (tmp_path / "멈춤.txt").write_text(report(1), encoding="utf-8")
    done = run(command, tmp_path, "--timeout", "1", first=take_over)
    assert done.returncode == 1
    assert "1초가 넘게 걸려 그만두었습니다" in done.stderr.decode()


@pytest.mark.heavy
def test_explain_of_a_line_has_the_deadline_too(tmp_path: Path) -> None:
    for name in ("멈춤.txt", "가.txt"):
        (tmp_path / name).write_text(report(1), encoding="utf-8")
    line = report(1).splitlines().index("- 개원 기념식 개최 1 : '21. 7. 2.") + 1
    late = run("explain", f"{tmp_path / '멈춤.txt'}:{line}", "--timeout", "1", first=take_over)
    assert late.returncode == 2
    assert late.stderr.decode().startswith("멈춤.txt: 읽는 데 1초가 넘게 걸려 그만두었습니다")
    good = run("explain", f"{tmp_path / '가.txt'}:{line}", first=take_over)
    assert good.returncode == 0
    assert "결과: " in good.stdout.decode()


@pytest.mark.heavy
def test_the_library_keeps_documents_of_strangers_within_limits(tmp_path: Path) -> None:
    import calendarize

    (tmp_path / "길다.txt").write_text("회의 : 2021. 5. 3.(월) 14:00\n" * 50_000, encoding="utf-8")
    (tmp_path / "빈.txt").write_bytes(b"")
    limits = calendarize.Limits(seconds=0.3)
    with pytest.raises(calendarize.ReportError, match=r"길다\.txt: 읽는 데 0\.3초가 넘게"):
        calendarize.read(tmp_path / "길다.txt", limits=limits)
    with pytest.raises(calendarize.ReportError, match=r"길다\.txt: 읽는 데 0\.3초가 넘게"):
        calendarize.check(tmp_path / "길다.txt", limits=limits)
    [told] = calendarize.read_all([tmp_path / "길다.txt"], limits=limits)
    assert told.problems[0].startswith("길다.txt: 읽는 데 0.3초가 넘게")
    with pytest.raises(calendarize.ReportError, match=r"빈\.txt: .*빈 파일"):
        calendarize.read(tmp_path / "빈.txt", limits=calendarize.Limits())
    alone = calendarize.read(report(1), limits=calendarize.Limits())
    assert alone == calendarize.read(report(1))
    assert alone.events


@pytest.fixture
def hanging(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A run that writes a file, with one process that hangs and one that has nothing to do."""
    folder = tmp_path / "보고"
    folder.mkdir()
    for name in ("가.txt", "나.txt", "멈춤.txt"):
        (folder / name).write_text(report(1), encoding="utf-8")
    process = started(folder, "-o", tmp_path / "out.jsonl", "--jobs", 2)
    try:
        end = time.monotonic() + 60
        while time.monotonic() < end:
            children = psutil.Process(process.pid).children()
            if any(child.cpu_times().user > 0.3 for child in children):
                break
            time.sleep(0.05)
        yield process
    finally:
        process.kill()


@pytest.mark.parametrize(
    ("name", "status"),
    [
        pytest.param("SIGINT", 130, marks=pytest.mark.heavy),
        ("SIGTERM", 143),
        pytest.param("SIGHUP", 129, marks=pytest.mark.heavy),
        ("SIGKILL", -9),
    ],
)
def test_no_end_leaves_a_process_or_a_file(
    name: str, status: int, hanging: subprocess.Popen[bytes], tmp_path: Path
) -> None:
    children = psutil.Process(hanging.pid).children()
    assert children
    hanging.send_signal(getattr(signal, name))
    _, said = hanging.communicate(timeout=AT_ONCE)  # a process that stays would hold the pipe
    assert hanging.returncode == status
    assert b"Traceback" not in said
    assert psutil.wait_procs(children, timeout=AT_ONCE)[1] == []
    assert [path.name for path in tmp_path.iterdir()] == ["보고"]


@pytest.mark.heavy
@pytest.mark.skipif(len(os.sched_getaffinity(0)) < 2, reason="one core")
def test_serve_reads_others_while_one_report_hangs(tmp_path: Path) -> None:
    import requests

    for path in EXAMPLES.glob("*.txt"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    process = started("serve", tmp_path, "--port", 0, "--timeout", 600)
    try:
        assert process.stderr is not None
        address = f"{process.stderr.readline().decode().split()[0]}전체.ics"
        requests.get(address, timeout=AT_ONCE)
        for name in ("멈춤.txt", "힣.txt"):
            (tmp_path / name).write_text(report(7), encoding="utf-8")
        end = time.monotonic() + AT_ONCE
        while "기념식 개최 7" not in requests.get(address, timeout=AT_ONCE).text:
            assert time.monotonic() < end
            time.sleep(0.1)
    finally:
        process.kill()


@pytest.mark.heavy
def test_serve_answers_while_reports_hang(tmp_path: Path) -> None:
    import requests

    for path in EXAMPLES.glob("*.txt"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    process = started("serve", tmp_path, "--port", 0, "--timeout", 600, "--memory", 256)
    try:
        assert process.stderr is not None
        url = process.stderr.readline().decode().split()[0]
        address = f"{url}의회사무처.ics"
        before = requests.get(address, timeout=AT_ONCE).content
        for at, harm in enumerate(["죽음", "커짐", "깊음", "멈춤"] * 5):  # in this order
            folder = tmp_path / f"{at:02}"
            folder.mkdir()
            (folder / f"{harm}{at}.txt").write_text(report(at), encoding="utf-8")
        answers, hangs = 0, False
        while not hangs or answers < 20:
            assert requests.get(address, timeout=AT_ONCE).content == before
            answers += 1
            children = psutil.Process(process.pid).children(recursive=True)
            hangs = hangs or any(child.cpu_times().user > 1 for child in children)
            time.sleep(0.1)
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=AT_ONCE)
        assert psutil.wait_procs(children, timeout=AT_ONCE)[1] == []
        lines = said.decode().splitlines()
        assert sum("그만두었습니다" in line or "오류가 났습니다" in line for line in lines) >= 2
        slow = [line for line in lines if "오래 걸립니다" in line]
        assert len(slow) == len(set(slow)) >= 1
        assert b"Traceback" not in said
    finally:
        process.kill()
