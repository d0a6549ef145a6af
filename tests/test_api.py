"""The public API: what a developer who builds on calendarize holds on to."""

from __future__ import annotations

import ast
import doctest
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import calendarize
from calendarize import api
from tests import corpus
from tests.command import run

PACKAGE = Path(calendarize.__file__).parent
REPORT = "2021. 5. 3.\n의회사무처\n○ 제300회 임시회 : 4. 19.(월) ~ 5. 4.(화)\n○ 간담회 : 5. 20.(목) 14:00\n○ 조례 정비 : '21. 5~6월 중\n"
DAY = date(2021, 5, 3)
SEOUL = ZoneInfo("Asia/Seoul")


def test_a_text_becomes_events_with_real_dates() -> None:
    report = calendarize.read(REPORT)
    assert (report.date, report.department) == (DAY, "의회사무처")
    session, meeting, ordinance = sorted(report.events, key=lambda e: e.source.line)
    assert (session.title, session.start, session.end) == (
        "제300회 임시회",
        date(2021, 4, 19),
        date(2021, 5, 4),
    )
    assert meeting.start == datetime(2021, 5, 20, 14, tzinfo=SEOUL)
    assert (ordinance.approximate, ordinance.precision) == (True, "month")
    assert "'21. 5~6월 중" in ordinance.quote


def test_a_file_its_path_and_its_bytes_tell_the_same(tmp_path: Path) -> None:
    path = tmp_path / "보고.txt"
    path.write_text(REPORT, encoding="utf-8")
    read = [calendarize.read(each) for each in (path, str(path), path.read_bytes(), REPORT)]
    assert len({tuple((e.title, e.start, e.end) for e in report.events) for report in read}) == 1


def test_what_cannot_be_read_is_one_error_of_one_family(tmp_path: Path) -> None:
    with pytest.raises(calendarize.CalendarizeError) as told:
        calendarize.read("없는 파일.hwp")
    assert isinstance(told.value, calendarize.ReportError)
    assert "\n" not in str(told.value)
    assert issubclass(calendarize.UsageError, calendarize.CalendarizeError)


def test_one_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"")
    (tmp_path / "c.txt").write_text(REPORT, encoding="utf-8")
    reports = list(calendarize.read_all([tmp_path]))
    assert [(r.source, len(r.events), len(r.problems)) for r in reports] == [
        ("a.txt", 3, 0),
        ("b.txt", 0, 1),
        ("c.txt", 3, 0),
    ]
    assert len(calendarize.combine(reports)) == 3


def test_a_date_in_a_sentence_knows_where_it_stands() -> None:
    text = "시는 설명회를\n오는 5월 12일(수) 오후 2시에 연다고 밝혔다."
    (match,) = calendarize.search(text, date=DAY)
    assert text[slice(*match.span)] == match.text
    assert match.start == match.end == datetime(2021, 5, 12, 14, tzinfo=SEOUL)
    assert match.evidence


@pytest.mark.parametrize(("prefer", "year"), [("nearest", 2021), ("past", 2021), ("future", 2022)])
def test_a_preference_decides_a_year_that_nothing_else_does(prefer: str, year: int) -> None:
    for style in ("report", "conversation"):
        found = calendarize.parse("3월 5일", date=DAY, prefer=prefer, style=style)  # type: ignore[arg-type]
        assert found is not None
        assert found.start == date(year, 3, 5)
    written = calendarize.parse("2021. 3. 5.", date=DAY, prefer=prefer)  # type: ignore[arg-type]
    assert written is not None
    assert written.start == date(2021, 3, 5)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: calendarize.parse("내일", style="talk"),  # type: ignore[arg-type]
        lambda: calendarize.parse("3월", date=DAY, prefer="last"),  # type: ignore[arg-type]
        lambda: calendarize.to_ics([], approximate="middle"),  # type: ignore[arg-type]
        lambda: calendarize.to_frame([], "excel"),  # type: ignore[arg-type]
        lambda: calendarize.select([], calendarize.Choice(preset="none")),
        lambda: calendarize.select([], calendarize.Choice(sort="size")),
        lambda: calendarize.select([], calendarize.Choice(kinds=["party"])),
    ],
)
def test_a_word_that_is_not_known_is_told_with_those_that_are(wrong: Callable[[], object]) -> None:
    with pytest.raises(calendarize.UsageError, match="있는 값: "):
        wrong()


def test_a_folder_is_read_by_its_name_alone(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
    for folder in (tmp_path, str(tmp_path), [tmp_path]):
        assert [report.source for report in calendarize.read_all(folder)] == ["a.txt"]
    with pytest.raises(calendarize.ReportError, match="폴더"):
        calendarize.read(str(tmp_path))


def test_a_day_given_as_a_text_is_told_at_once() -> None:
    for ask in (calendarize.read, calendarize.parse, calendarize.search):
        with pytest.raises(TypeError, match=r"datetime\.date"):
            ask("○ 회의 : 5. 7.\n○ 회의 : 5. 8.", date="2021-05-03")  # type: ignore[operator]


def test_what_is_no_time_is_none_and_finds_nothing() -> None:
    assert calendarize.parse("제3조제2항", date=DAY) is None
    assert calendarize.parse("회의는 5월 7일", date=DAY) is None
    assert calendarize.search("예산 집행률 3.5%", date=DAY) == []


def test_events_survive_json() -> None:
    events = calendarize.read(REPORT).events
    again = [calendarize.Event.model_validate_json(e.model_dump_json()) for e in events]
    assert [e.model_dump() for e in again] == [e.model_dump() for e in events]
    assert calendarize.to_ics(again).count(b"BEGIN:VEVENT") == calendarize.to_ics(events).count(
        b"BEGIN:VEVENT"
    )


def test_calendar_and_tables_come_from_the_same_events() -> None:
    events = calendarize.read(REPORT).events
    calendar = calendarize.to_ics(events, name="의회", alarms=[timedelta(days=1)])
    assert calendar == calendarize.to_ics(events, name="의회", alarms=[timedelta(days=1)])
    assert "제300회 임시회".encode() in calendar
    assert b"BEGIN:VALARM" in calendar
    assert calendarize.to_ics(events, approximate="skip").count(b"BEGIN:VEVENT") == 2
    assert calendarize.to_csv(events).startswith(b"Subject,")
    assert calendarize.to_csv(events, excel=True).startswith(b"\xef\xbb\xbf")
    assert "<html" in calendarize.to_html(events)
    assert "<svg" in calendarize.to_svg(events, name="의회", first=date(2021, 1, 1))
    assert json.loads(calendarize.to_json(events))["events"][0]["title"]


@pytest.mark.heavy
@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_data_frame_can_be_filtered_and_sorted(library: str) -> None:
    pytest.importorskip(library)
    reports = sorted((PACKAGE.parent / "examples").glob("*.txt"))
    events = [event for report in reports for event in calendarize.read(report).events]
    frame = calendarize.to_frame(events, library)  # type: ignore[arg-type]
    assert len(frame) == len(events)
    assert list(frame.columns) == list(calendarize.Event.model_fields)
    first = datetime(2021, 4, 1, tzinfo=ZoneInfo("Asia/Seoul"))
    chosen = (
        frame[frame["start"] > first]
        if library == "pandas"
        else frame.filter(frame["start"] > first)
    )
    ordered = chosen.sort_values("start") if library == "pandas" else chosen.sort("start")
    days = [f"{day:%Y-%m-%d}" for day in ordered["start"]]
    starts = [
        f"{e.start:%Y-%m-%d}" for e in events if e.start and f"{e.start:%Y-%m-%d}" > "2021-04-01"
    ]
    assert days == sorted(starts)
    hours = [e for e in events if not e.all_day]
    assert hours
    told = dict(zip(frame["uid"], frame["start"], strict=True))
    assert told[hours[0].uid] == hours[0].start
    assert list(calendarize.to_frame([], library).columns) == list(frame.columns)  # type: ignore[arg-type]


def test_without_a_data_frame_library_the_user_is_told_which(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(calendarize.UsageError, match="pandas"):
        calendarize.to_frame(calendarize.read(REPORT).events)


def test_json_and_json_lines_are_as_the_schema_says(tmp_path: Path) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = calendarize.schema()
    line = {"$ref": "#/$defs/EventRecord", "$defs": schema["$defs"]}
    whole, one = (jsonschema.validators.validator_for(s)(s) for s in (schema, line))
    for report in sorted((PACKAGE.parent / "examples").glob("*.txt")):
        events = calendarize.read(report).events
        whole.validate(json.loads(calendarize.to_json(events)))
        for each in calendarize.to_json(events, lines=True).splitlines():
            one.validate(json.loads(each))
    assert json.loads(run("schema").stdout) == schema


def test_everything_public_is_there_and_documented() -> None:
    assert sorted(calendarize.__all__) == sorted(api.__all__)
    for name in calendarize.__all__:
        assert getattr(calendarize, name).__doc__, name
    with pytest.raises(AttributeError):
        calendarize.nothing  # noqa: B018


def test_the_examples_in_the_docstrings_run() -> None:
    for module in (calendarize, api):
        assert doctest.testmod(module).failed == 0


_LOADED = "import sys; before = set(sys.modules); {}; print(len(set(sys.modules) - before))"


def test_the_import_is_light() -> None:
    def loaded(code: str) -> int:
        told = subprocess.run(
            [sys.executable, "-c", _LOADED.format(code)], capture_output=True, check=True
        )
        return int(told.stdout)

    assert loaded("import calendarize") <= 2 * loaded("import json, datetime")


FLOORS = ("report", "timex", "mentions", "events", "export")
"""The packages, lowest first: each imports only those before it."""
FRONT = {
    "cli",
    "commands",
    "arguments",
    "console",
    "__main__",
    "serve",
    "push",
    "explain",
    "mcp",
    "output",
    "sources",
    "dates",
}
"""What stands on the library: the command line, the servers."""


def imported(path: Path, typing_too: bool = True) -> set[str]:
    """Return the first component below calendarize of everything that a module imports."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    typing = [
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    ]
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (typing_too or node not in typing):
            module = node.module or ""
            inner = [f"{module}.{name.name}" for name in node.names]
            names |= {module} if module != "calendarize" else set(inner)
    return {name.split(".")[1] for name in names if name.startswith("calendarize.")}


def test_data_flows_one_way() -> None:
    for path in PACKAGE.rglob("*.py"):
        room = path.relative_to(PACKAGE).parts[0]
        if room in FLOORS:
            above = {*FLOORS[FLOORS.index(room) + 1 :], *FRONT, "api", "run"}
            if room == "timex":
                above |= {"report"} if path.name != "whole.py" else set()
            assert not imported(path) & above, path
    assert not imported(PACKAGE / "api.py") & FRONT


BELOW = {*FLOORS, "changes"} - {"export"}
"""What the command line asks the library for; `export` writes."""
EXCEPT = {
    "explain": BELOW,  # shows how dates are read
    "commands": {"mentions", "events", "changes"},  # `check` looks into readings, `changes`
    "console": {"report", "events"},  # which files calendarize wrote itself; groups of a listing
}


def test_the_command_line_stands_on_the_library() -> None:
    for name in FRONT:
        below = imported(PACKAGE / f"{name}.py", typing_too=False) & BELOW
        assert below <= EXCEPT.get(name, set()), name


@pytest.mark.heavy
def test_several_reports_come_together_as_on_the_command_line() -> None:
    reports = sorted((PACKAGE.parent / "docs" / "editions").glob("*.txt"))
    today = date(2022, 3, 1)
    together = calendarize.combine(calendarize.read_all(reports), today=today)
    told = json.loads(run(*reports, "--format", "json", "--today", str(today)).stdout)
    assert json.loads(calendarize.to_json(together)) == told
    assert any(event.history for event in together)
    choice = calendarize.Choice(today, ["의회사무처"], preset="milestones", limit=5)
    chosen = calendarize.select(together, choice)
    arguments = ["--dept", "의회사무처", "--milestones", "--limit", "5", "--format", "json"]
    told = json.loads(run(*reports, *arguments, "--today", str(today)).stdout)
    assert json.loads(calendarize.to_json(chosen)) == told
    with pytest.raises(calendarize.UsageError, match="의회사무처"):
        calendarize.select(together, calendarize.Choice(departments=["없는 부서"]))


@pytest.mark.parametrize("form", ["ics", "csv", "excel-csv", "html", "json", "jsonl", "svg"])
def test_the_command_line_and_the_library_write_the_same(form: str, tmp_path: Path) -> None:
    report = PACKAGE.parent / "examples" / "mayors-office-2021-05.txt"
    today = date(2021, 6, 1)
    events = calendarize.read(report, today=today).events
    written: dict[str, Callable[[], bytes]] = {
        "ics": lambda: calendarize.to_ics(events),
        "csv": lambda: calendarize.to_csv(events),
        "excel-csv": lambda: calendarize.to_csv(events, excel=True, today=today),
        "html": lambda: calendarize.to_html(events, today=today).encode(),
        "json": lambda: calendarize.to_json(events).encode(),
        "jsonl": lambda: calendarize.to_json(events, lines=True).encode(),
        "svg": lambda: calendarize.to_svg(events, today=today).encode(),
    }
    output = tmp_path / "out"
    arguments = ["--format", form, "-o", str(output), "--preset", "all", "--today", str(today)]
    assert run(report, *arguments).returncode == 0
    assert output.read_bytes() == written[form]()


def test_the_command_line_and_the_library_tell_the_same_next() -> None:
    report = PACKAGE.parent / "examples" / "council-2021-05.txt"
    today = date(2021, 5, 3)
    told = run("next", report, "--today", str(today)).stdout.decode()
    events = calendarize.read(report, today=today).events
    assert told == calendarize.agenda(events, today=today)


def test_the_corpus_is_read_by_the_public_api() -> None:
    for value, precision, _, examples in corpus.POSITIVE[:10]:
        for example in examples:
            found = calendarize.search(f"일정 : {example}", date=corpus.REPORT_DATE)
            assert [m.precision for m in found] == [precision], (value, example)
