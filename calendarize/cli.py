"""The command line: options in, the four steps, the result out; no logic of its own."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from calendarize import __version__
from calendarize.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calendarize.events.model import Event
    from calendarize.export.options import Options
    from calendarize.run import Run

EPILOG = """\
\b
예)  calendarize --dept 의회사무처
     calendarize 업무보고.txt --quarter 2021Q2
     calendarize 보고서폴더 -o council.ics
     calendarize 업무보고.txt --from "'21.5월" --to 2021-06-30 --format table
     calendarize explain "6.11 ~ 15(3일)" --date 2021-05-03   (왜 그 날짜인지)
     calendarize check 업무보고.txt   (요일·일수·합계가 맞는지)
     calendarize sessions 업무보고.txt -o 회기.ics   (회기만)

\b
종료 코드: 0 모두 읽음, 1 읽지 못한 보고서 있음(나머지는 처리), 2 잘못된 사용법
"""


class Format(StrEnum):
    timeline = "timeline"
    table = "table"
    ics = "ics"
    csv = "csv"
    json = "json"
    jsonl = "jsonl"
    mentions = "mentions"


class StatusName(StrEnum):
    done = "done"
    ongoing = "ongoing"
    planned = "planned"
    undated = "undated"


class Approximate(StrEnum):
    span = "span"
    start = "start"
    end = "end"
    skip = "skip"


app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)


def _help(context: typer.Context, wanted: bool) -> None:
    if wanted:
        typer.echo(context.get_help())
        raise typer.Exit


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"calendarize {__version__}")
        raise typer.Exit


@app.command(
    help="보고서에 흩어진 날짜를 찾아 부서별 일정표와 달력 파일로 만듭니다.",
    epilog=EPILOG,
    add_help_option=False,
)
def calendarize(
    reports: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="REPORT",
            help="보고서 파일이나 폴더(하위 폴더 포함), 표준 입력은 '-'. "
            "없으면 환경 변수 CALENDARIZE_REPORTS나 설정 파일의 보고서, 그것도 없으면 내장 예시.",
            show_default=False,
        ),
    ] = None,
    dept: Annotated[
        list[str] | None,
        typer.Option(
            "--dept",
            metavar="부서",
            help="이 부서의 일정만(여러 번 쓸 수 있음). 이름 끝부분만 써도 됩니다.",
        ),
    ] = None,
    first: Annotated[
        str | None,
        typer.Option(
            "--from", metavar="날짜", help="이날부터의 일정. 예: 2021-05-03, '21.5월, 2021년 하반기"
        ),
    ] = None,
    last: Annotated[
        str | None, typer.Option("--to", metavar="날짜", help="이날까지의 일정.")
    ] = None,
    quarter: Annotated[
        str | None, typer.Option("--quarter", metavar="2021Q2", help="한 분기의 일정.")
    ] = None,
    year: Annotated[
        int | None, typer.Option("--year", metavar="2021", help="한 해의 일정.")
    ] = None,
    kind: Annotated[
        list[str] | None,
        typer.Option(
            "--kind",
            metavar="종류",
            help="종류로 거르기: session(회기), meeting(회의), deadline(마감) 등.",
        ),
    ] = None,
    status: Annotated[
        list[StatusName] | None,
        typer.Option("--status", help="상태로 거르기: 완료, 진행, 예정, 날짜 없음."),
    ] = None,
    output_format: Annotated[
        Format | None,
        typer.Option(
            "--format", help="출력 형식. 기본은 timeline(분기별 일정표).", show_default=False
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="파일",
            help="파일로 저장. 형식은 확장자를 따릅니다(.ics .csv .json .txt).",
            show_default=False,
        ),
    ] = None,
    approximate: Annotated[
        Approximate,
        typer.Option(
            "--approximate",
            help="'5~6월 중'처럼 날짜가 정해지지 않은 일정을 달력에 넣는 법: "
            "기간 전체, 첫날, 마지막 날, 빼기.",
        ),
    ] = Approximate.span,
    today: Annotated[
        str | None,
        typer.Option("--today", metavar="날짜", help="완료·예정을 가르는 기준일. 기본은 오늘."),
    ] = None,
    report_date: Annotated[
        str | None,
        typer.Option(
            "--date", metavar="날짜", help="보고서의 작성일(보고서에 없거나 잘못 적혀 있을 때)."
        ),
    ] = None,
    as_dept: Annotated[
        str | None,
        typer.Option(
            "--as-dept", metavar="부서", help="보고서의 부서(보고서에 없거나 잘못 적혀 있을 때)."
        ),
    ] = None,
    show_help: Annotated[
        bool,
        typer.Option(
            "--help", "-h", callback=_help, is_eager=True, help="이 도움말을 보여 줍니다."
        ),
    ] = False,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="판 번호를 보여 줍니다."),
    ] = False,
) -> None:
    from calendarize import dates

    now = dates.day_named("--today", today, date.today()) or date.today()
    period = dates.period_named(first, last, quarter, year, now)
    made = _run(reports or [], dates.day_named("--date", report_date, now), as_dept)
    chosen = _format(output_format, output)
    if chosen == "mentions":
        from calendarize.export import mentions

        content: str | bytes = "".join(
            mentions.lines(r.report.source, r.mentions) for r in made.readings
        )
    else:
        from calendarize.events import select

        events = select.of_departments(made.events(), dept or [])
        events = select.select(
            events,
            first=period[0],
            last=period[1],
            kinds=select.known_kinds(kind or []),
            statuses=[s.value for s in status or []],
            today=now,
        )
        options = _options(made, approximate.value, now, output)
        options = replace(options, first=period[0], last=period[1])
        content = _rendered(chosen, events, options)
        if chosen in ("ics", "csv"):
            made.notices += _left_out(events, options)
    _finish(made, content, output)


def _run(reports: Sequence[str], day: date | None, department: str | None) -> Run:
    from calendarize.run import run
    from calendarize.sources import find_sources

    sources = find_sources(reports)
    if sources.notice:
        typer.echo(sources.notice, err=True)
    return run(sources.paths, day, department)


def _format(chosen: Format | None, output: Path | None) -> str:
    """Return the format asked for, else the one of the file's ending, else the timeline."""
    from calendarize.export import format_of

    if chosen is not None:
        return chosen.value
    if output is None:
        return "timeline"
    told = format_of(output.name)
    if told is None:
        raise UsageError(f"{output}: 확장자로 형식을 알 수 없습니다. --format으로 지정하세요.")
    return told


def _options(made: Run, approximate: str, now: date, output: Path | None) -> Options:
    """Return what renderers need to know; the newest report's date stands for the clock."""
    from calendarize.export.options import Options

    width = None
    if output is None and sys.stdout.isatty():
        import shutil

        width = shutil.get_terminal_size((100, 24)).columns
    options = Options(
        today=now,
        approximate=approximate,  # type: ignore[arg-type]
        width=width,
    )
    if not made.days:
        return options
    newest = made.days[-1]
    return replace(options, stamp=datetime(newest.year, newest.month, newest.day, tzinfo=UTC))


def _rendered(name: str, events: list[Event], options: Options) -> str | bytes:
    from calendarize.export import render

    return render(name, events, options)


def _left_out(events: list[Event], options: Options) -> list[str]:
    """Say what a calendar file does not hold."""
    from calendarize.export.entries import left_out

    count = len(left_out(events, options))
    return (
        [f"달력에 넣지 않은 일정 {count}건: 날짜가 없거나 뺀 일정은 timeline으로 볼 수 있습니다."]
        if count
        else []
    )


def _finish(made: Run, content: str | bytes, output: Path | None) -> None:
    """Write the result, then what could not be read; the exit status tells which."""
    from calendarize.output import write_file, write_out

    if made.readings and output is not None:
        write_file(output, content)
    elif made.readings:
        write_out(content)
    for line in (*made.notices, *made.problems):
        typer.echo(line, err=True)
    if made.problems:
        raise typer.Exit(1)


explain_app = typer.Typer(
    add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False
)


class ExplainFormat(StrEnum):
    text = "text"
    json = "json"


@explain_app.command(
    help="날짜 표현을 어떻게 읽었는지, 무엇을 근거로 정했는지 보여 줍니다.",
    epilog='예)  calendarize explain "6.11 ~ 15(3일)" --date 2021-05-03',
    add_help_option=False,
)
def explain(
    what: Annotated[
        str, typer.Argument(metavar="표현", help="날짜 표현, 또는 보고서의 한 줄(보고서.txt:12).")
    ],
    report_date: Annotated[
        str | None, typer.Option("--date", metavar="날짜", help="보고서의 작성일.")
    ] = None,
    as_dept: Annotated[
        str | None, typer.Option("--as-dept", "--dept", metavar="부서", help="보고서의 부서.")
    ] = None,
    output_format: Annotated[
        ExplainFormat, typer.Option("--format", help="출력 형식.")
    ] = ExplainFormat.text,
    show_help: Annotated[
        bool,
        typer.Option(
            "--help", "-h", callback=_help, is_eager=True, help="이 도움말을 보여 줍니다."
        ),
    ] = False,
) -> None:
    from calendarize import dates, explain
    from calendarize.output import write_out

    day = dates.day_named("--date", report_date, date.today())
    told = list(explain.explain(what, day, as_dept))
    if output_format is ExplainFormat.json:
        import json

        records = [explain.record(each) for each in told]
        write_out(json.dumps(records, ensure_ascii=False, indent=2) + "\n")
    else:
        write_out("\n\n".join(map(explain.words, told)) + "\n")


check_app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)


@check_app.command(
    help="보고서 안에서 서로 어긋나는 날짜를 찾습니다: 요일, 일수, 회기, 합계, 없는 날짜.",
    epilog="어긋나는 것이 있으면 종료 코드 1. 보고서를 내보내기 전에 돌려 보세요.",
    add_help_option=False,
)
def check(
    reports: Annotated[
        list[str] | None,
        typer.Argument(metavar="REPORT", help="보고서 파일이나 폴더.", show_default=False),
    ] = None,
    report_date: Annotated[
        str | None, typer.Option("--date", metavar="날짜", help="보고서의 작성일.")
    ] = None,
    show_help: Annotated[
        bool,
        typer.Option(
            "--help", "-h", callback=_help, is_eager=True, help="이 도움말을 보여 줍니다."
        ),
    ] = False,
) -> None:
    from calendarize import dates
    from calendarize.events.assemble import assemble
    from calendarize.events.checks import problems
    from calendarize.export.table import problem_table
    from calendarize.output import write_out

    made = _run(reports or [], dates.day_named("--date", report_date, date.today()), None)
    found = [p for reading in made.readings for p in problems(reading, assemble(reading))]
    write_out(problem_table(found) if found else "어긋나는 날짜가 없습니다.\n")
    for line in made.problems:
        typer.echo(line, err=True)
    if found or made.problems:
        raise typer.Exit(1)


sessions_app = typer.Typer(
    add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False
)


@sessions_app.command(
    help="의회 회기를 표로 보여 주거나, 회기와 그 일정만 담은 달력 파일을 만듭니다.",
    epilog="예)  calendarize sessions 업무보고.txt -o sessions.ics",
    add_help_option=False,
)
def sessions(
    reports: Annotated[
        list[str] | None,
        typer.Argument(metavar="REPORT", help="보고서 파일이나 폴더.", show_default=False),
    ] = None,
    dept: Annotated[
        list[str] | None, typer.Option("--dept", metavar="부서", help="이 부서의 회기만.")
    ] = None,
    first: Annotated[
        str | None, typer.Option("--from", metavar="날짜", help="이날부터의 회기.")
    ] = None,
    last: Annotated[
        str | None, typer.Option("--to", metavar="날짜", help="이날까지의 회기.")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="파일", help="달력 파일(.ics).", show_default=False),
    ] = None,
    report_date: Annotated[
        str | None, typer.Option("--date", metavar="날짜", help="보고서의 작성일.")
    ] = None,
    show_help: Annotated[
        bool,
        typer.Option(
            "--help", "-h", callback=_help, is_eager=True, help="이 도움말을 보여 줍니다."
        ),
    ] = False,
) -> None:
    from calendarize import dates
    from calendarize.events import select
    from calendarize.export.sessions import of_sessions, session_table

    now = date.today()
    start, end = dates.period_named(first, last, None, None, now)
    made = _run(reports or [], dates.day_named("--date", report_date, now), None)
    chosen = select.of_departments(made.events(), dept or [])
    chosen = of_sessions(select.select(chosen, first=start, last=end, today=now))
    if output is None:
        content: str | bytes = session_table(chosen) or "회기를 찾지 못했습니다.\n"
    else:
        content = _rendered(_format(None, output), chosen, _options(made, "span", now, output))
    _finish(made, content, output)


COMMANDS = {"explain": explain_app, "check": check_app, "sessions": sessions_app}
"""Subcommands: a first argument of such a name is that command (a file of it is `./explain`)."""


def main() -> None:
    """Run the command line; errors that a user can mend are one line."""
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    try:
        if name in COMMANDS:
            COMMANDS[name](sys.argv[2:], prog_name=f"calendarize {name}")
        else:
            app(prog_name="calendarize")
    except UsageError as error:
        typer.echo(str(error), err=True)
        raise SystemExit(2) from None
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(0) from None
