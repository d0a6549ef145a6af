"""The command line: options in, the four steps, the result out; no logic of its own."""

from __future__ import annotations

import signal
import sys
from dataclasses import replace
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from calendarize import __version__
from calendarize.arguments import (
    MEGABYTES,
    SECONDS,
    Alarms,
    All,
    Approximate,
    ApproximateOption,
    Ascii,
    AsDept,
    Color,
    Exact,
    Filters,
    GroupOption,
    Help,
    Jobs,
    Memory,
    Milestones,
    Name,
    Output,
    Previous,
    ReportDate,
    Reports,
    TableFormat,
    Timeout,
    Update,
    spread,
)
from calendarize.commands import COMMANDS
from calendarize.console import (
    CALENDAR_FORMATS,
    PAGE_FORMATS,
    STREAMED_FORMATS,
    CalendarWanted,
    chosen_by,
    color_named,
    finish,
    finish_calendar,
    format_for,
    gather,
    left_out_notice,
    limits_of,
    marked,
    not_a_report,
    options_for,
    outcomes,
    plain,
    plain_app,
    preset_named,
    rendered,
    stream,
    table_format,
    together,
    unsuited,
)
from calendarize.errors import OutputError, ServiceError, UsageError
from calendarize.garbage import look_seldom
from calendarize.usage import KoreanCommand

EPILOG = """\
\b
예)  calendarize --dept 의회사무처
     calendarize 업무보고.hwp --quarter 2021Q2
     calendarize 보고서폴더 -o council.ics
     calendarize 업무보고.hwp --from "'21.5월" --to 2021-06-30 --format table
     calendarize 업무보고.hwp -o council.html     (연표와 목록이 든 웹 문서)
     calendarize 업무보고.hwp -o council.ics --update   (고친 보고서로 달력 갱신)

\b
다른 명령(자세히는 calendarize 명령 --help):
     explain "6.11 ~ 15(3일)" --date 2021-05-03   왜 그 날짜인지
     check 업무보고.hwp                요일·일수·합계가 맞는지
     sessions 업무보고.hwp             의회 회기만 표나 달력으로
     next --days 30                    앞으로의 일정
     open 업무보고.hwp                 웹 문서로 만들어 브라우저에서 열기
     changes 지난보고 이번보고         두 보고 사이에 밀린 일, 끝난 일, 사라진 일
     push https://서버/… 업무보고.hwp  CalDAV 달력에 올리기
     serve 보고서폴더                  구독 주소로 열기
     mcp 보고서폴더                    인공지능 도우미에게 열기
     archive add 보고서폴더 --to 보관소  많은 문서를 읽어 두고 찾기(query, export)
     schema                            JSON의 JSON Schema

\b
종료 코드: 0 모두 읽음, 1 읽지 못한 보고서 있음(나머지는 처리), 2 잘못된 사용법
"""


class Format(StrEnum):
    timeline = "timeline"
    table = "table"
    gantt = "gantt"
    html = "html"
    ics = "ics"
    csv = "csv"
    excel_csv = "excel-csv"
    svg = "svg"
    png = "png"
    pdf = "pdf"
    xlsx = "xlsx"
    docx = "docx"
    hwpx = "hwpx"
    json = "json"
    jsonl = "jsonl"
    mentions = "mentions"


app = plain_app()


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"calendarize {__version__}")
        raise typer.Exit


@app.command(
    cls=KoreanCommand,
    help="보고서에 흩어진 날짜를 찾아 부서별 일정표와 달력 파일로 만듭니다.",
    epilog=EPILOG,
    add_help_option=False,
)
@spread
def calendarize(
    reports: Reports = None,
    *,
    filters: Filters,
    output_format: Annotated[
        Format | None,
        typer.Option(
            "--format", help="출력 형식. 기본은 timeline(분기별 일정표).", show_default=False
        ),
    ] = None,
    output: Output = None,
    group: GroupOption = None,
    milestones: Milestones = False,
    exact: Exact = False,
    everything: All = False,
    tablefmt: TableFormat = "simple",
    ascii_only: Ascii = False,
    approximate: ApproximateOption = None,
    name: Name = None,
    alarm: Alarms = None,
    color: Color = None,
    previous: Previous = None,
    update: Update = False,
    report_date: ReportDate = None,
    as_dept: AsDept = None,
    jobs: Jobs = None,
    timeout: Timeout = SECONDS,
    memory: Memory = MEGABYTES,
    show_help: Help = False,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="판 번호를 보여 줍니다."),
    ] = False,
) -> None:
    from calendarize import api, dates
    from calendarize.export import mentions

    now = dates.day_named("--today", filters.today, date.today()) or date.today()
    day = dates.day_named("--date", report_date, now)
    not_a_report(output, reports or [])
    chosen = format_for(output_format and output_format.value, output)
    told = {
        "--ascii": ascii_only,
        "--approximate": approximate,
        "--alarm": alarm,
        "--name": name,
        "--color": color,
        "--previous": previous,
        "--update": update,
    }
    unsuited(chosen, [option for option, value in told.items() if value])
    flags = {"milestones": milestones, "exact": exact, "all": everything}
    shown = preset_named(filters.preset, [name for name, wanted in flags.items() if wanted])
    usual = "milestones" if chosen in PAGE_FORMATS else "all"
    choice = chosen_by(filters, now, shown or usual)
    limits = limits_of(timeout, memory)
    if chosen in STREAMED_FORMATS:
        work = mentions.lines if chosen == "mentions" else api.found
        found = outcomes(reports or [], work, day, as_dept, jobs, limits)
        stream(chosen, found, choice, output)
        return
    made = gather(reports or [], api.found, day, as_dept, jobs, limits)
    every = together(made, now)
    events = plain(api.select(every, choice))
    if every and not events:
        made.notices.append(
            f"고른 조건에 맞는 일정이 없습니다. 보고서의 일정은 모두 {len(every)}건입니다."
        )
    options = replace(
        options_for(made, (approximate or Approximate.span).value, now, output),
        folded=shown is None,
        first=choice.first,
        last=choice.last,
        calendar_name=name,
        tablefmt=table_format(tablefmt),
        sort=choice.sort,
        calendar_color=color_named(color),
        alarms=tuple(dates.duration_named("--alarm", text) for text in alarm or ()),
    )
    if chosen in CALENDAR_FORMATS:
        made.notices += left_out_notice(events, options)
    if chosen == "ics":
        wanted = CalendarWanted(output, shown is None, previous, update)
        finish_calendar(made, events, options, wanted)
        return
    content = rendered(chosen, events, options, group and group.value)
    finish(made, {output: content if output is None else marked(chosen, content)})


_INTERRUPTED = 130
"""The exit status of typer after Ctrl-C, as shells have it: 128 and the signal's number."""


def _end(number: int, _: object) -> NoReturn:
    """End in order, so that nothing half done and no other process stays."""
    raise SystemExit(128 + number)


def _end_in_order() -> None:
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, _end)


def _no_such_command(name: str) -> None:
    """Raise `UsageError` for what is no file and looks like the name of a command."""
    if name in COMMANDS or not name.isascii() or not name.isalpha() or Path(name).exists():
        return
    if name == "help":
        raise UsageError("help: 그런 파일이 없습니다. 혹시 calendarize --help?")
    if like := get_close_matches(name, COMMANDS, 1, 0.6):
        raise UsageError(f"{name}: 그런 명령이나 파일이 없습니다. 혹시 {like[0]}?")


def main() -> None:
    """Run the command line; errors that a user can mend are one line."""
    from calendarize.output import open_streams, tell

    look_seldom()
    open_streams()
    _end_in_order()
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    try:
        _no_such_command(name)
        if name in COMMANDS:
            COMMANDS[name](sys.argv[2:], prog_name=f"calendarize {name}")
        else:
            app(prog_name="calendarize")
    except UsageError as error:
        tell(str(error))
        raise SystemExit(2) from None
    except (ServiceError, OutputError) as error:
        tell(str(error))
        raise SystemExit(1) from None
    except SystemExit as ending:
        if ending.code == _INTERRUPTED:
            tell("중단했습니다.")
        raise
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(0) from None
