"""The command line: options in, the four steps, the result out; no logic of its own."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from calendarize import __version__
from calendarize.commands import COMMANDS
from calendarize.console import (
    Help,
    finish,
    format_for,
    gather,
    left_out_notice,
    options_for,
    plain_app,
    rendered,
)
from calendarize.errors import UsageError

if TYPE_CHECKING:
    pass

EPILOG = """\
\b
예)  calendarize --dept 의회사무처
     calendarize 업무보고.txt --quarter 2021Q2
     calendarize 보고서폴더 -o council.ics
     calendarize 보고서폴더 -o council.html   (브라우저로 보는 일정표)
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
    html = "html"
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
            help="파일로 저장. 형식은 확장자를 따릅니다(.html .ics .csv .json .txt).",
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
    show_help: Help = False,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="판 번호를 보여 줍니다."),
    ] = False,
) -> None:
    from calendarize import dates

    now = dates.day_named("--today", today, date.today()) or date.today()
    period = dates.period_named(first, last, quarter, year, now)
    made = gather(reports or [], dates.day_named("--date", report_date, now), as_dept)
    chosen = format_for(output_format and output_format.value, output)
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
        options = options_for(made, approximate.value, now, output)
        options = replace(options, first=period[0], last=period[1])
        content = rendered(chosen, events, options)
        if chosen in ("ics", "csv"):
            made.notices += left_out_notice(events, options)
    finish(made, content, output)


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
