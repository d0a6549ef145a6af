"""The same report written or converted in another way says the same.

Every annotated and sample report is rewritten (apostrophes, tildes, decomposed Hangul, tables as
pipes …) and must give the same values, roles and titles on the same lines.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from calendarize.mentions.reading import read
from calendarize.report import read_bytes
from calendarize.timex.values import Value
from tests.examples import EXAMPLES

REPORTS = sorted([*(Path(__file__).parent / "reports").glob("*.txt"), *EXAMPLES.glob("*.txt")])

REWRITINGS: dict[str, Callable[[str], str]] = {
    "decomposed Hangul": lambda t: unicodedata.normalize("NFD", t),
    "Windows line ends": lambda t: t.replace("\n", "\r\n"),
    "left apostrophes": lambda t: t.replace("'", "‘"),
    "acute accents": lambda t: t.replace("'", "´"),
    "tilde operators": lambda t: t.replace("~", "∼"),
    "wave dashes": lambda t: t.replace("~", "〜"),
    "full-width digits": lambda t: t.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789"}),
    "no-break spaces": lambda t: t.replace(" ", "\u00a0"),
    "bold months": lambda t: re.sub(r"('\d\d\. ?\d+월)", r"**\1**", t),
    "tables as pipes": lambda t: "\n".join(
        f"| {' | '.join(line.split(chr(9)))} |" if line.count("\t") > 1 else line
        for line in t.split("\n")
    ),
}


def told(data: bytes) -> list[tuple[int, Value, str, str | None]]:
    return [(m.line, m.value, m.role, m.title) for m in read(read_bytes(data, "x")).mentions]


def has_cells_over_lines(path: Path) -> bool:
    """Tell whether a report has rows that pipes, a row a line, cannot write."""
    report = read_bytes(path.read_bytes(), path.name)
    cells = (c for b in report.blocks if b.table is not None for c in b.table.rows[b.row])
    return any("\n" in report.view[cell.start : cell.end] for cell in cells)


CASES = [
    (path, rewriting)
    for path in REPORTS
    for rewriting in REWRITINGS
    if rewriting != "tables as pipes" or not has_cells_over_lines(path)
]


@pytest.mark.parametrize(("path", "rewriting"), CASES, ids=lambda x: getattr(x, "stem", x))
def test_a_rewritten_report_says_the_same(path: Path, rewriting: str) -> None:
    text = path.read_text(encoding="utf-8")
    rewritten = REWRITINGS[rewriting](text)
    assert told(rewritten.encode()) == told(text.encode())


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp949"])
def test_an_encoding_changes_nothing(path: Path, encoding: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert told(text.encode(encoding, errors="replace")) == told(
        text.encode(encoding, errors="replace").decode(encoding).encode()
    )


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_without_blank_lines_the_dates_stay_and_nearly_all_titles(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    dense = "\n".join(line for line in text.split("\n") if line.strip())
    whole = [(value, title) for _, value, role, title in told(text.encode()) if role == "event"]
    kept = [(value, title) for _, value, role, title in told(dense.encode()) if role == "event"]
    assert [value for value, _ in kept] == [value for value, _ in whole]
    # A headline that no blank line sets apart no longer completes the titles below it.
    same = sum(b.endswith(a) for (_, a), (_, b) in zip(kept, whole, strict=True))
    assert same >= 0.7 * len(whole)
