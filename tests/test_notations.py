"""The same report written or converted in another way says the same.

Every annotated and sample report is rewritten (apostrophes, tildes, decomposed Hangul, tables as
pipes …) and must give the same values, roles and titles on the same lines: each report in one
way and one encoding, in all of them where `heavy` tests are asked for.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from calendarize.mentions.reading import Reading, read
from calendarize.report import read_bytes, read_file
from calendarize.timex.values import Value
from tests.annotated import reading
from tests.examples import EXAMPLES
from tests.parts import REPORTS, each_part
from tests.table import holds

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


def told(reading: Reading) -> list[tuple[int, Value, str, str | None]]:
    return [(m.line, m.value, m.role, m.title) for m in reading.mentions]


def rewritten(path: Path, rewriting: Callable[[str], str]) -> Reading:
    text = rewriting(path.read_text(encoding="utf-8"))
    return read(read_bytes(text.encode(), path.name))


def has_cells_over_lines(path: Path) -> bool:
    """Tell whether a report has rows that pipes, a row a line, cannot write."""
    report = read_file(path)
    cells = (c for b in report.blocks if b.table is not None for c in b.table.rows[b.row])
    return any("\n" in report.view[cell.start : cell.end] for cell in cells)


NOT_YET = {
    ("council-office-2022-05", "tables as pipes"),
    ("council-tab-solbaram-2007", "tables as pipes"),
    ("councilorder-tabs-yulpo-2021", "tables as pipes"),
    ("council-office-2022-05", "bold months"),
    ("dayplan-hangyeol-2017", "tables as pipes"),
    ("work-report-bomnae-2008", "bold months"),
    ("workreport-health-2013", "tables as pipes"),
    ("workreport-women-2007", "tables as pipes"),
    ("edugrad-fromto-baekya-2006", "tables as pipes"),
    ("exam-plan-local-2009", "tables as pipes"),
    ("hanbit-gu-council-2021-11", "tables as pipes"),
    ("health-bureau", "bold months"),
    ("middletable-mulpure-2018", "tables as pipes"),
    ("notices", "bold months"),
    ("plan-onnuri-economy-2008", "bold months"),
    ("press-ministry-battery-2027", "tables as pipes"),
    ("report-councillaw-haedeundo-2027", "tables as pipes"),
    ("report-land-saetteum-2006", "bold months"),
}
"""Reports of which a rewriting still changes a title or a date."""


def is_told_again(case: tuple[str, str], path: Path) -> None:
    assert told(rewritten(path, REWRITINGS[case[1]])) == told(reading(path))


def cases(path: Path) -> list[tuple[tuple[str, str], Path]]:
    """Return the ways to rewrite a report, as rows of a table."""
    return [
        ((path.stem, rewriting), path)
        for rewriting in REWRITINGS
        if rewriting != "tables as pipes" or not has_cells_over_lines(path)
    ]


@each_part
@pytest.mark.parametrize("way", ["one", pytest.param("others", marks=pytest.mark.heavy)])
def test_a_rewritten_report_says_the_same(reports: list[Path], way: str) -> None:
    def turn(case: tuple[str, str], path: Path) -> bool:
        return case[1] == list(REWRITINGS)[REPORTS.index(path) % len(REWRITINGS)]

    rows = [row for path in reports for row in cases(path) if turn(*row) == (way == "one")]
    holds(is_told_again, rows, NOT_YET)


def test_a_rewritten_sample_says_the_same() -> None:
    holds(is_told_again, [row for path in sorted(EXAMPLES.glob("*.txt")) for row in cases(path)])


@each_part
def test_an_encoding_changes_nothing(reports: list[Path]) -> None:
    for encoding in ("utf-8-sig", "utf-16", "cp949"):
        for path in reports:
            data = path.read_text(encoding="utf-8").encode(encoding, errors="replace")
            plain = data.decode(encoding).encode()
            assert read_bytes(data, "x").view == read_bytes(plain, "x").view, path.name


def dense(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if line.strip())


@pytest.mark.parametrize(
    "reports",
    [
        pytest.param(REPORTS[::24], id="some", marks=pytest.mark.xdist_group("reports 0")),
        pytest.param(REPORTS, id="all", marks=pytest.mark.heavy),
    ],
)
def test_without_blank_lines_nearly_all_dates_and_most_titles_stay(reports: list[Path]) -> None:
    entries = dates = titles = 0
    for path in reports:
        whole = [(v, title) for _, v, role, title in told(reading(path)) if role == "event"]
        kept = [(v, title) for _, v, role, title in told(rewritten(path, dense)) if role == "event"]
        entries += len(whole)
        dates += sum(
            (Counter(str(v) for v, _ in whole) & Counter(str(v) for v, _ in kept)).values()
        )
        titles += sum((Counter(map(str, whole)) & Counter(map(str, kept))).values())
    assert dates >= 0.95 * entries
    assert titles >= 0.7 * entries
