"""What people see on a terminal: widths, colours, plain consoles, choosing and grouping."""

from __future__ import annotations

import contextlib
import os
import pty
import re
import threading
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from calendarize.export import render
from calendarize.report.own import is_own
from tests import snapshots
from tests.examples import EXAMPLES, reports
from tests.test_cli import lines, run
from tests.test_export import day, event, month

COUNCIL = EXAMPLES / "council-2021-05.txt"
GANTT, TABLE = ("--format", "gantt"), ("--format", "table")
ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


@pytest.mark.parametrize("width", snapshots.WIDTHS)
@pytest.mark.parametrize("view", snapshots.VIEWS)
@pytest.mark.parametrize("report", reports(), ids=lambda path: path.stem)
def test_views_of_the_samples(report: Path, view: str, width: int) -> None:
    """`python -m tests.snapshots` writes the snapshots anew."""
    shown = snapshots.shown(report, view, width)
    assert shown == snapshots.path(report, view, width).read_text(encoding="utf-8")
    assert all(0 <= wcswidth(line) <= width for line in shown.splitlines())


@given(st.lists(st.text(max_size=60), max_size=4), st.integers(50, 200))
def test_no_title_breaks_the_chart(titles: list[str], width: int) -> None:
    values = (day(5, 4), month(6)) * 2
    events = [event(title, value) for title, value in zip(titles, values, strict=False)]
    for view in ("gantt", "agenda"):
        text = render(view, events, snapshots.Options(date(2021, 5, 4), width=width))
        assert isinstance(text, str)
        assert all(0 <= wcswidth(line) <= width for line in text.split("\n"))


def on_a_terminal(*arguments: str | Path, **environ: str) -> str:
    """Return what a command writes to a real pseudo-terminal."""
    primary, secondary = pty.openpty()
    pieces: list[bytes] = []

    def read() -> None:
        with contextlib.suppress(OSError):  # the other side is closed
            while piece := os.read(primary, 65536):
                pieces.append(piece)

    reader = threading.Thread(target=read)
    reader.start()
    name = Path(os.ttyname(secondary))
    run(*arguments, stdout=name, **{"TERM": "xterm", "COLUMNS": "90", **environ})
    os.close(secondary)
    reader.join()
    os.close(primary)
    return b"".join(pieces).decode().replace("\r\n", "\n")


def test_colours_are_for_terminals_that_want_them() -> None:
    coloured = on_a_terminal(COUNCIL, "--today", "2021-06-11")
    assert "\x1b[" in coloured
    assert all(wcswidth(ESCAPE.sub("", line)) <= 90 for line in coloured.splitlines())
    assert "\x1b[" not in on_a_terminal(COUNCIL, NO_COLOR="1")
    assert "\x1b[" not in on_a_terminal(COUNCIL, TERM="dumb")
    assert b"\x1b[" not in run(COUNCIL).stdout


def test_a_korean_windows_console_gets_plain_signs() -> None:
    for options, utf8 in (((), {"PYTHONUTF8": "0"}), (GANTT, {}), (TABLE, {})):
        result = run(COUNCIL, *options, PYTHONIOENCODING="cp949", **utf8)
        text = result.stdout.decode("cp949")
        assert result.returncode == 0
        assert "제302회 임시회" in text
        assert "?" not in text


@pytest.mark.parametrize(
    "command",
    [
        ("--format", "gantt", "--ascii"),
        ("sessions", "--ascii"),
        ("check", "--ascii"),
        ("next", "--ascii", "--today", "2021-04-20"),
        ("--ascii", "--milestones"),
    ],
)
def test_plain_signs_stay_aligned_where_blocks_are_two_columns_wide(command: tuple[str]) -> None:
    result = run(*command, COUNCIL, COLUMNS="80")
    lines = result.stdout.decode().splitlines()
    assert lines
    assert not set("█◆░→←│─✓▶○⚠…■") & set("".join(lines))
    assert max(map(wcswidth, lines)) <= 80


def test_plain_signs_reach_text_files_and_the_mark_of_what_was_written(tmp_path: Path) -> None:
    target = tmp_path / "일정.txt"
    assert run(COUNCIL, "--ascii", "-o", target).returncode == 0
    assert not set("█◆░→←│─✓▶○⚠…■") & set(target.read_text(encoding="utf-8"))
    assert is_own(target)


def test_plain_signs_are_for_what_is_read_on_a_screen() -> None:
    result = run(COUNCIL, "--ascii", "--format", "json")
    assert result.returncode == 2
    assert result.stderr.decode().startswith("--ascii: 화면에서 읽는 형식에")


def test_today_stands_in_its_quarter() -> None:
    told = run(COUNCIL, "--today", "2021-06-11").stdout.decode().splitlines()
    at = told.index("  ── 오늘 6.11(금) ──")
    assert "시정질문" in told[at - 1]
    assert told[at + 1] == ""
    assert "오늘" not in run(COUNCIL, "--today", "2025-06-11").stdout.decode()


def test_the_chart_draws_each_sort_of_time() -> None:
    chart = run(COUNCIL, "--format", "gantt", "--today", "2021-06-01").stdout.decode()
    rows = {line[:34].strip(): line for line in chart.splitlines() if line.strip()}
    columns = {title: set(line) & set("█◆░→←") for title, line in rows.items()}
    assert columns["제303회 정례회"] == {"█"}
    assert columns["재·보궐선거"] == {"◆"}
    assert columns["모의조례 경진대회"] == {"░"}
    assert columns["조례 입법평가 결과 보고"] == {"←", "◆"}
    sessions = [title for title in rows if title.startswith("제") and "시정" not in title]
    assert sessions[0] == "제299회 임시회"


def test_what_comes_next_is_told_day_by_day() -> None:
    told = run("next", COUNCIL, "--days", "40", "--today", "2021-06-09").stdout.decode()
    assert re.search(r"내일  시작  6\.10\(목\)–30\(수\) +\[회기\] 제301회 정례회", told)
    assert re.search(r"D-21  끝    6\.10\(목\)–30\(수\) +\[회기\] 제301회 정례회", told)
    assert re.search(r"D-36 +7\.15\(목\) +", told)
    assert "■ 진행 중" in told
    assert "제302회" not in told
    nothing = run("next", COUNCIL, "--days", "3", "--today", "2030-01-01").stdout.decode()
    assert "예정된 일정이 없습니다." in nothing


def test_events_are_grouped() -> None:
    by_session = run(COUNCIL, "--group", "session").stdout.decode().splitlines()
    assert by_session.index("제299회 임시회") < by_session.index("제300회 임시회")
    by_kind = run(COUNCIL, "--group", "kind", "--format", "table").stdout.decode()
    assert "[회기]" in by_kind
    assert run(EXAMPLES, "--group", "dept").stdout.decode().count(" 기준\n") == 3


def test_events_are_sorted_and_limited() -> None:
    options = ("--format", "table", "--tablefmt", "plain", "--limit", "3")
    by_title = run(COUNCIL, "--sort", "title", *options).stdout.decode().splitlines()
    assert "결산검사" in by_title[1]
    assert sum("council-2021-05.txt:" in line for line in by_title) == 3


def test_past_events_can_be_left_out() -> None:
    told = run(COUNCIL, "--no-done", "--today", "2021-06-11").stdout.decode()
    assert "제299회" not in told
    assert "제302회" in told


def test_tables_come_in_the_formats_of_tabulate() -> None:
    assert run(COUNCIL, "--format", "table", "--tablefmt", "html").stdout.startswith(b"<table>")
    wrong = run(COUNCIL, "--format", "table", "--tablefmt", "fancy")
    assert wrong.returncode == 2
    assert lines(wrong)[-1].startswith("--tablefmt fancy:")


def test_columns_align_whatever_stands_in_them() -> None:
    titles = (
        "한글 제목",
        "議會 漢字",
        "🎉 개관식 👨‍👩‍👧",
        "（전각）：，．",
        "plain ASCII",
        "ｆｕｌｌ",
    )
    events = [event(title, day(5, at)) for at, title in enumerate(titles, 3)]
    for tablefmt in ("simple", "grid", "github"):
        text = render("table", events, snapshots.Options(date(2021, 5, 4), tablefmt=tablefmt))
        assert isinstance(text, str)
        widths = {wcswidth(line) for line in text.splitlines() if line.strip()}
        assert len(widths) == 1 or tablefmt == "simple"
        starts = {
            wcswidth(line[: line.index("의회.txt")])
            for line in text.splitlines()
            if "의회.txt" in line
        }
        assert len(starts) == 1


def test_places_stand_behind_titles_within_eighty_columns(tmp_path: Path) -> None:
    report = tmp_path / "보고.txt"
    report.write_text(
        "업무보고\n\n2024. 3. 4.\n총무과\n\n - 시민과의 대화 : 3. 15.(금) 10시, 본청 대강당\n"
        " - 대강당 개관식 : 3. 18.(월) 10시, 대강당\n",
        encoding="utf-8",
    )
    for command in ((), ("next",)):
        shown = run(*command, report, "--today", "2024-03-05", COLUMNS="80").stdout.decode()
        assert "시민과의 대화 · 본청 대강당" in shown
        assert "대강당 개관식\n" in shown  # the title tells the place
        assert max(map(wcswidth, shown.splitlines())) <= 80
