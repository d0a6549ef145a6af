"""The command line: options in, the four steps, the result out; no logic of its own."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Annotated

import typer

from calendarize import __version__
from calendarize.arguments import (
    Alarms,
    Approximate,
    ApproximateOption,
    AsDept,
    Color,
    Dept,
    First,
    GroupOption,
    Help,
    Jobs,
    Kinds,
    Last,
    Limit,
    Name,
    NoDone,
    Output,
    Previous,
    Quarter,
    ReportDate,
    Reports,
    Sort,
    SortOption,
    SplitApproximate,
    TableFormat,
    Today,
    Update,
    Year,
)
from calendarize.commands import COMMANDS
from calendarize.console import (
    CALENDAR_FORMATS,
    STREAMED_FORMATS,
    CalendarWanted,
    color_named,
    finish,
    finish_calendar,
    format_for,
    gather,
    left_out_notice,
    options_for,
    outcomes,
    plain_app,
    rendered,
    stream,
    table_format,
)
from calendarize.errors import ServiceError, UsageError

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
     changes 지난보고 이번보고         두 보고 사이에 밀린 일, 끝난 일, 사라진 일
     push https://서버/… 업무보고.hwp  CalDAV 달력에 올리기
     serve 보고서폴더                  구독 주소로 열기

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
    json = "json"
    jsonl = "jsonl"
    mentions = "mentions"


class StatusName(StrEnum):
    done = "done"
    ongoing = "ongoing"
    planned = "planned"
    undated = "undated"


app = plain_app()


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
    reports: Reports = None,
    dept: Dept = None,
    first: First = None,
    last: Last = None,
    quarter: Quarter = None,
    year: Year = None,
    kind: Kinds = None,
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
    output: Output = None,
    group: GroupOption = None,
    sort: SortOption = Sort.by_date,
    limit: Limit = None,
    no_done: NoDone = False,
    tablefmt: TableFormat = "simple",
    approximate: ApproximateOption = Approximate.span,
    split_approximate: SplitApproximate = False,
    name: Name = None,
    alarm: Alarms = None,
    color: Color = None,
    previous: Previous = None,
    update: Update = False,
    today: Today = None,
    report_date: ReportDate = None,
    as_dept: AsDept = None,
    jobs: Jobs = None,
    show_help: Help = False,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="판 번호를 보여 줍니다."),
    ] = False,
) -> None:
    from calendarize import dates
    from calendarize.changes.together import combined
    from calendarize.events import select
    from calendarize.events.assemble import tell
    from calendarize.export import mentions

    now = dates.day_named("--today", today, date.today()) or date.today()
    period = dates.period_named(first, last, quarter, year, now)
    day = dates.day_named("--date", report_date, now)
    chosen = format_for(output_format and output_format.value, output)
    choice = select.Choice(
        today=now,
        departments=dept or (),
        first=period[0],
        last=period[1],
        kinds=select.known_kinds(kind or []),
        statuses=[s.value for s in status or []],
        no_done=no_done,
        sort=sort.value,
        limit=limit,
    )
    if chosen in STREAMED_FORMATS:
        work = mentions.lines if chosen == "mentions" else tell
        found = outcomes(reports or [], work, day, as_dept, jobs)
        stream(chosen, found, choice, output)
        return
    made = gather(reports or [], tell, day, as_dept, jobs)
    events = choice.of(combined(made.made))
    options = replace(
        options_for(made, approximate.value, now, output),
        first=period[0],
        last=period[1],
        calendar_name=name,
        tablefmt=table_format(tablefmt),
        sort=sort.value,
        calendar_color=color_named(color),
        alarms=tuple(dates.duration_named("--alarm", text) for text in alarm or ()),
    )
    if chosen in CALENDAR_FORMATS:
        made.notices += left_out_notice(events, options)
    if chosen == "ics":
        wanted = CalendarWanted(output, split_approximate, previous, update)
        finish_calendar(made, events, options, wanted)
        return
    finish(made, {output: rendered(chosen, events, options, group and group.value)})


_INTERRUPTED = 130
"""The exit status of typer after Ctrl-C, as shells have it: 128 and the signal's number."""


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
    except ServiceError as error:
        typer.echo(str(error), err=True)
        raise SystemExit(1) from None
    except SystemExit as ending:
        if ending.code == _INTERRUPTED:
            typer.echo("중단했습니다.", err=True)
        raise
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(0) from None
