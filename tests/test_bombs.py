"""Tiny files that cost far more than they weigh are read or refused well within the limits.

One in thirty-six of them by default, the others where `heavy` tests are asked for.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from calendarize.events.assemble import tell
from calendarize.mentions.reading import read
from calendarize.report import ReportError, read_all
from calendarize.workers import Limits
from tests import bombs
from tests.command import apart
from tests.hostile import cost_of_files

LIMITS = Limits(seconds=120, memory=512 << 20)
SECONDS = {"every month": 30}
"""What does tell so many entries (40,000) that each may take its part of a millisecond."""
FEW_SECONDS = 10
NAMES = [
    pytest.param(name, marks=[pytest.mark.heavy] if at % 36 else [])
    for at, name in enumerate(bombs.BOMBS)
]


@pytest.mark.parametrize("name", NAMES)
def test_a_bomb_is_read_or_refused_within_the_limits(name: str) -> None:
    found, seconds = apart(cost_of_files, [("폭탄", bombs.BOMBS[name]())], 1, LIMITS)
    assert found
    assert seconds < SECONDS.get(name, FEW_SECONDS)
    for _, made in found:
        for problem in made.problems:
            assert problem.startswith("폭탄")
            assert "\n" not in problem
            assert not any(said in problem for said in ("그만두었습니다", "프로그램 오류"))


GROWING: dict[str, Callable[[int], bytes]] = {
    "text": lambda n: bombs.text(bombs.LINE * n),
    "a line": lambda n: bombs.text("5. 3. " * n),
    "a table of a text": lambda n: bombs.text("회의 | 5. 3. | 비고\n" * n),
    "HTML": lambda n: bombs.html("<ol>" + "<li>회의 <b>5. 3.</b></li>" * n + "</ol>"),
    "HTML table": lambda n: bombs.html("<table>" + "<tr><td>회의<td>5. 3." * n + "</table>"),
    "HWPX": lambda n: bombs.changed("hwpx", section0=bombs.section(bombs.P * n)),
    "HWP": lambda n: bombs.hwp(lambda plain: plain + bombs.PARAGRAPH * n),
    "DOCX": lambda n: bombs.body(bombs.WP * n),
    "XLSX": lambda n: bombs.many_cells(n, 3),
    "PDF": lambda n: bombs.page(
        bombs.stream(
            b"".join(b"BT /F1 9 Tf 50 %d Td (5. 3.) Tj ET\n" % (k % 700) for k in range(n))
        ),
        bombs.FONT,
    ),
    "ZIP": lambda n: bombs.packed(
        {f"{k}.txt": (bombs.HEAD + bombs.LINE).encode() for k in range(n // 10)}
    ),
}


def cost(data: bytes) -> float:
    start = time.process_time()
    for report in read_all(data, "보고"):
        assert not isinstance(report, ReportError), report
        tell(read(report))
    return time.process_time() - start


@pytest.mark.heavy
@pytest.mark.parametrize("form", GROWING)
def test_ten_times_the_size_takes_ten_times_the_time(form: str) -> None:
    make = GROWING[form]
    cost(make(50))  # imports
    # What grows with the square grows so each time; what another process takes away, it does not.
    assert any(cost(make(3000)) <= 12 * cost(make(300)) + 0.1 for _ in range(6))


def test_a_column_merged_to_the_bottom_of_the_sheet_costs_nothing(tmp_path: Path) -> None:
    report = next(iter(read_all(bombs.merged("A1:A1048576"), "표.xlsx")))
    assert not isinstance(report, ReportError)
    assert "2021. 5. 3." in report.lines
