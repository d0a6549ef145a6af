"""A program on the public API passes the strict checks of mypy and pyright, and runs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.examples import EXAMPLES

pytestmark = pytest.mark.heavy
PROGRAM = Path(__file__).parent / "project" / "deadlines.py"


@pytest.mark.parametrize("checker", [("mypy", "--strict", "--config-file="), ("pyright",)])
def test_type_checkers_have_nothing_to_say(checker: tuple[str, ...], tmp_path: Path) -> None:
    pytest.importorskip(checker[0])
    version = [sys.executable, "-m", checker[0], "--version"]  # pyright is fetched when first run
    if subprocess.run(version, capture_output=True, check=False).returncode:
        pytest.skip(f"{checker[0]} does not run here")
    program = tmp_path / "deadlines.py"
    program.write_text(PROGRAM.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "pyrightconfig.json").write_text('{"typeCheckingMode": "strict"}', encoding="utf-8")
    command = [sys.executable, "-m", *checker, str(program)]
    command += ["--pythonpath", sys.executable] if checker[0] == "pyright" else []
    told = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert told.returncode == 0, told.stdout + told.stderr


def test_it_does_what_it_says(tmp_path: Path) -> None:
    reports = [str(path.resolve()) for path in sorted(EXAMPLES.glob("*.txt"))]
    command = [sys.executable, str(PROGRAM), *reports, "없는 보고.txt"]
    told = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert told.returncode == 1
    assert told.stdout.startswith("없는 보고.txt: ")
    assert "없는 파일.hwp: " in told.stdout
    assert (tmp_path / "calendar.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")
    assert not told.stderr
