"""The subcommands: explain, check, sessions, next, open, changes, push, serve, schema, mcp,
archive."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from calendarize.arguments import (
    MEGABYTES,
    SECONDS,
    Alarms,
    Approximate,
    ApproximateOption,
    Ascii,
    AsDept,
    Dept,
    First,
    Help,
    Kinds,
    Last,
    Memory,
    Output,
    PresetOption,
    ReportDate,
    Reports,
    TableFormat,
    Timeout,
    Today,
)
from calendarize.console import (
    conclude,
    finish,
    following,
    format_for,
    gather,
    gather_dated,
    kinds_named,
    limits_of,
    options_for,
    plain,
    plain_app,
    rendered,
    table_format,
    terminal_width,
    together,
    write,
)
from calendarize.errors import ServiceError, UsageError
from calendarize.usage import KoreanCommand

explain_app = plain_app()


class ExplainFormat(StrEnum):
    text = "text"
    json = "json"


class ExplainStyle(StrEnum):
    report = "report"
    conversation = "conversation"


@explain_app.command(
    cls=KoreanCommand,
    help="날짜 표현을 어떻게 읽었는지, 무엇을 근거로 정했는지 보여 줍니다.",
    epilog='예)  calendarize explain "6.11 ~ 15(3일)" --date 2021-05-03',
    add_help_option=False,
)
def explain(
    what: Annotated[
        str, typer.Argument(metavar="표현", help="날짜 표현, 또는 보고서의 한 줄(보고서.txt:12).")
    ],
    report_date: ReportDate = None,
    as_dept: Annotated[
        str | None, typer.Option("--as-dept", "--dept", metavar="부서", help="보고서의 부서.")
    ] = None,
    output_format: Annotated[
        ExplainFormat, typer.Option("--format", help="출력 형식.")
    ] = ExplainFormat.text,
    style: Annotated[
        ExplainStyle,
        typer.Option("--style", help="보고서 표현(report) 또는 일상 표현(conversation)."),
    ] = ExplainStyle.report,
    timeout: Timeout = SECONDS,
    memory: Memory = MEGABYTES,
    show_help: Help = False,
) -> None:
    from calendarize import dates, explain
    from calendarize.output import write_out

    day = dates.day_named("--date", report_date, date.today())
    if style is ExplainStyle.conversation:
        told = explain.explain_conversation(what, day)
    else:
        told = explain.explain(what, day, as_dept, limits_of(timeout, memory))
    if output_format is ExplainFormat.json:
        import json

        records = [explain.record(each) for each in told]
        write_out((json.dumps(records, ensure_ascii=False, indent=2), "\n"))
    else:
        write_out(("\n\n".join(map(explain.words, told)), "\n"))


check_app = plain_app()
_NOTHING_CONTRADICTS = "어긋나는 날짜가 없습니다.\n"


@check_app.command(
    cls=KoreanCommand,
    help="보고서 안에서 서로 어긋나는 날짜(요일, 일수, 회기, 합계, 없는 날짜)와 "
    "다르게도 읽히는 날짜를 찾습니다.",
    epilog="어긋나는 것이 있으면 종료 코드 1(의심만 있으면 0). 보고서를 내보내기 전에 돌려 보세요.",
    add_help_option=False,
)
def check(
    reports: Reports = None,
    report_date: ReportDate = None,
    ascii_only: Ascii = False,
    timeout: Timeout = SECONDS,
    memory: Memory = MEGABYTES,
    show_help: Help = False,
) -> None:
    from calendarize import dates
    from calendarize.events.assemble import assemble
    from calendarize.events.checks import problems, unsure
    from calendarize.export.doubts import doubt_list
    from calendarize.export.table import problem_table
    from calendarize.mentions.reading import itself
    from calendarize.output import summed, tell, write_out

    day = dates.day_named("--date", report_date, date.today())
    made = gather(reports or [], itself, day, limits=limits_of(timeout, memory))
    events = assemble(*made.made)
    found = [p for reading in made.made for p in problems(reading, events)]
    if found or made.made:
        width = terminal_width()
        told = problem_table(found, width) if found else _NOTHING_CONTRADICTS
        write_out((told, doubt_list(unsure(made.made, events), width)))
    tell(*summed(made.problems))
    if found or made.problems:
        raise typer.Exit(1)


sessions_app = plain_app()


@sessions_app.command(
    cls=KoreanCommand,
    help="의회 회기를 표로 보여 주거나, 회기와 그 일정만 담은 달력 파일을 만듭니다.",
    epilog="예)  calendarize sessions 업무보고.txt -o sessions.ics",
    add_help_option=False,
)
def sessions(
    reports: Reports = None,
    dept: Dept = None,
    first: First = None,
    last: Last = None,
    output: Output = None,
    report_date: ReportDate = None,
    ascii_only: Ascii = False,
    timeout: Timeout = SECONDS,
    memory: Memory = MEGABYTES,
    show_help: Help = False,
) -> None:
    from calendarize import api, dates
    from calendarize.export.sessions import session_table

    now = date.today()
    start, end = dates.period_named(first, last, None, None, now)
    day = dates.day_named("--date", report_date, now)
    made = gather(reports or [], api.found, day, limits=limits_of(timeout, memory))
    choice = api.Choice(now, dept or (), start, end, preset="sessions")
    chosen = plain(api.select(together(made, now), choice))
    if output is None:
        table = session_table(chosen, terminal_width())
        content: str | bytes = table or "회기를 찾지 못했습니다.\n"
    else:
        content = rendered(format_for(None, output), chosen, options_for(made, "span", now, output))
    finish(made, {output: content})


next_app = plain_app()


@next_app.command(
    cls=KoreanCommand,
    help="앞으로 며칠 동안의 일정을 날짜 순으로 보여 줍니다.",
    epilog="예)  calendarize next --days 30 --dept 의회사무처",
    add_help_option=False,
)
def next_days(
    reports: Reports = None,
    days: Annotated[
        int, typer.Option("--days", metavar="30", min=1, max=3660, help="앞으로 며칠.")
    ] = 30,
    dept: Dept = None,
    kind: Kinds = None,
    today: Today = None,
    output: Output = None,
    report_date: ReportDate = None,
    as_dept: AsDept = None,
    ascii_only: Ascii = False,
    timeout: Timeout = SECONDS,
    memory: Memory = MEGABYTES,
    show_help: Help = False,
) -> None:
    from calendarize import api, dates

    now = dates.day_named("--today", today, date.today()) or date.today()
    last = now + timedelta(days=days)
    day = dates.day_named("--date", report_date, now)
    made = gather(reports or [], api.found, day, as_dept, limits=limits_of(timeout, memory))
    choice = api.Choice(now, dept or (), now, last, kinds_named(kind or []))
    chosen = api.select(together(made, now), choice)
    finish(made, {output: api.agenda(chosen, today=now, days=days)})


open_app = plain_app()


@open_app.command(
    cls=KoreanCommand,
    help="보고서의 일정을 웹 문서로 만들어 브라우저에서 엽니다.",
    epilog="예)  calendarize open 업무보고.hwp   (보고서를 끌어다 놓을 바로 가기에 쓰기 좋습니다)",
    add_help_option=False,
)
def open_page(
    reports: Reports = None,
    dept: Dept = None,
    report_date: ReportDate = None,
    as_dept: AsDept = None,
    timeout: Timeout = SECONDS,
    memory: Memory = MEGABYTES,
    show_help: Help = False,
) -> None:
    import tempfile
    import webbrowser

    from calendarize import api, dates

    now = date.today()
    day = dates.day_named("--date", report_date, now)
    made = gather(reports or [], api.found, day, as_dept, limits=limits_of(timeout, memory))
    chosen = api.select(together(made, now), api.Choice(now, dept or ()))
    page = Path(tempfile.mkdtemp(prefix="calendarize-")) / "calendarize.html"
    if made.made:
        write((api.to_html(chosen, today=now),), page)
        webbrowser.open(page.as_uri())
        made.notices.append(f"브라우저에서 열었습니다: {page}")
    conclude(made)


changes_app = plain_app()


class ChangesFormat(StrEnum):
    timeline = "timeline"
    table = "table"
    json = "json"
    csv = "csv"
    html = "html"


@changes_app.command(
    cls=KoreanCommand,
    help="같은 부서의 보고서 여러 판을 견주어, 밀린 일·끝난 일·사라진 일을 하나하나 보여 줍니다.",
    epilog="예)  calendarize changes 5월보고.hwp 9월보고.hwp --only slipped,dropped   "
    "(부서와 작성일로 판을 가립니다. 작성일은 파일@2022-09-05 꼴로 줄 수 있습니다.)",
    add_help_option=False,
)
def changes(
    reports: Reports = None,
    output_format: Annotated[
        ChangesFormat | None,
        typer.Option("--format", help="출력 형식. 기본은 timeline.", show_default=False),
    ] = None,
    output: Output = None,
    only: Annotated[
        str | None,
        typer.Option(
            "--only",
            metavar="결과,…",
            help="이렇게 된 것만: slipped(밀림), overdue(기한 지남), dropped(언급 없음), "
            "cancelled(취소), postponed(연기), returned, earlier, done, new, same 등. "
            "한국어로도 씁니다.",
        ),
    ] = None,
    dept: Dept = None,
    first: First = None,
    last: Last = None,
    report_date: ReportDate = None,
    as_dept: AsDept = None,
    tablefmt: TableFormat = "simple",
    timeout: Timeout = SECONDS,
    memory: Memory = MEGABYTES,
    show_help: Help = False,
) -> None:
    from calendarize import dates
    from calendarize.changes.compare import chosen, compare
    from calendarize.changes.editions import part
    from calendarize.export.changes import FORMATS, fates_named

    now = date.today()
    start, end = dates.period_named(first, last, None, None, now)
    fates = fates_named(only)
    name = format_for(output_format and output_format.value, output)
    if name not in FORMATS:
        raise UsageError(f"{output}: changes는 {', '.join(FORMATS)} 형식으로만 씁니다.")
    day = dates.day_named("--date", report_date, now)
    made = gather_dated(reports or [], part, day, as_dept, limits_of(timeout, memory))
    compared = compare(made.made)
    made.notices = compared.notices
    made.problems += compared.left_out
    every = compared.changes
    shown = chosen(every, dept or (), start, end, fates, same=name == "json")
    options = replace(options_for(made, "span", now, output), tablefmt=table_format(tablefmt))
    finish(made, {output: FORMATS[name](shown, every, options)})


push_app = plain_app()


@push_app.command(
    cls=KoreanCommand,
    help="보고서의 일정을 CalDAV 달력(넥스트클라우드, 애플, 패스트메일 등)에 올리고 갱신합니다.",
    epilog="calendarize가 만든 일정만 건드립니다. 비밀번호는 환경 변수 CALENDARIZE_PASSWORD, "
    "키링(서비스 이름 calendarize:서버), 물음 순으로 얻습니다.",
    add_help_option=False,
)
def push(
    url: Annotated[str, typer.Argument(metavar="URL", help="달력의 CalDAV 주소.")],
    reports: Reports = None,
    user: Annotated[
        str | None, typer.Option("--user", metavar="아이디", help="서버의 아이디.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="무엇이 바뀔지 보여 주기만 합니다.")
    ] = False,
    dept: Dept = None,
    first: First = None,
    last: Last = None,
    kind: Kinds = None,
    preset: PresetOption = None,
    approximate: ApproximateOption = None,
    alarm: Alarms = None,
    report_date: ReportDate = None,
    as_dept: AsDept = None,
    timeout: Timeout = SECONDS,
    memory: Memory = MEGABYTES,
    show_help: Help = False,
) -> None:
    from calendarize import api, dates
    from calendarize.export.revise import summary
    from calendarize.push import Remote, account, carry_out, plan

    now = date.today()
    start, end = dates.period_named(first, last, None, None, now)
    told = account(url, user)
    day = dates.day_named("--date", report_date, now)
    made = gather(reports or [], api.found, day, as_dept, limits=limits_of(timeout, memory))
    every = together(made, now)
    choice = api.Choice(
        now, dept or (), start, end, kinds_named(kind or []), preset=preset or "all"
    )
    chosen, everything = plain(api.select(every, choice)), plain(every)
    alarms = tuple(dates.duration_named("--alarm", text) for text in alarm or ())
    told_how = approximate or (Approximate.span if preset else Approximate.skip)
    options = replace(options_for(made, told_how.value, now, None), alarms=alarms)
    remote = Remote(told)
    stored = remote.entries()
    names = {each.source for each in made.made}
    planned = plan(stored, chosen, everything, names, options)
    done = 0
    try:
        if not dry_run:
            work = carry_out(remote, stored, planned.changes, options)
            for _ in following(work, len(planned.changes)):
                done += 1
    except ServiceError as error:
        raise ServiceError(
            f"{error} ({len(planned.changes)}건 중 {done}건을 올렸습니다. "
            "다시 실행하면 이어서 올립니다.)"
        ) from error
    made.notices += [f"다른 일정과 겹쳐 올리지 않았습니다: {title}" for title in planned.taken]
    lines = [*map(str, planned.changes), summary(planned.changes, planned.kept, dry_run)]
    finish(made, {None: "\n".join(lines) + "\n"})


serve_app = plain_app()


@serve_app.command(
    cls=KoreanCommand,
    help="보고서의 일정을 구독 주소로 엽니다: 아웃룩과 구글 캘린더가 읽어 갑니다.",
    epilog="예)  calendarize serve 보고서폴더 --port 8080   (http://127.0.0.1:8080/의회사무처.ics)",
    add_help_option=False,
)
def serve(
    reports: Reports = None,
    port: Annotated[
        int, typer.Option("--port", metavar="8080", min=0, max=65535, help="포트. 0은 아무거나.")
    ] = 8080,
    host: Annotated[
        str, typer.Option("--host", metavar="주소", help="여는 주소. 기본은 이 컴퓨터만.")
    ] = "127.0.0.1",
    host_name: Annotated[
        list[str] | None,
        typer.Option(
            "--host-name",
            metavar="이름",
            help="다른 컴퓨터가 이 서버를 부르는 이름(여러 번 쓸 수 있음). 예: cal.example.go.kr",
        ),
    ] = None,
    report_date: ReportDate = None,
    as_dept: AsDept = None,
    timeout: Timeout = SECONDS,
    memory: Memory = MEGABYTES,
    show_help: Help = False,
) -> None:
    from calendarize import dates
    from calendarize.output import tell
    from calendarize.serve import Watched
    from calendarize.serve import serve as serve_feeds
    from calendarize.sources import find_sources

    sources = find_sources(reports or [])
    if "-" in sources.paths:
        raise UsageError("serve는 표준 입력을 읽지 않습니다. 보고서 파일이나 폴더를 지정하세요.")
    if sources.notice:
        tell(sources.notice)
    day = dates.day_named("--date", report_date, date.today())
    limits = limits_of(timeout, memory)
    serve_feeds(
        Watched(sources.paths, day, as_dept, tell, limits), host, port, tell, host_name or ()
    )


schema_app = plain_app()


@schema_app.command(
    cls=KoreanCommand,
    help="--format json과 jsonl이 내놓는 자료의 JSON Schema를 보여 줍니다.",
    add_help_option=False,
)
def schema(show_help: Help = False) -> None:
    import json

    from calendarize import api
    from calendarize.output import write_out

    write_out((json.dumps(api.schema(), ensure_ascii=False, indent=2), "\n"))


mcp_app = plain_app()


@mcp_app.command(
    cls=KoreanCommand,
    help="인공지능 도우미가 보고서를 읽게 하는 MCP 서버를 엽니다(표준 입출력 또는 127.0.0.1).",
    epilog="예)  calendarize mcp 보고서폴더\n\n지정한 폴더 밖의 파일은 읽지도 쓰지도 않습니다.",
    add_help_option=False,
)
def mcp(
    folders: Annotated[list[Path], typer.Argument(metavar="폴더", help="읽고 쓸 수 있게 할 폴더.")],
    port: Annotated[
        int | None,
        typer.Option("--port", metavar="8000", min=1, max=65535, help="HTTP로 열 포트."),
    ] = None,
    timeout: Timeout = SECONDS,
    memory: Memory = MEGABYTES,
    show_help: Help = False,
) -> None:
    for folder in folders:
        if not folder.is_dir():
            raise UsageError(f"{folder}: 폴더가 아닙니다. 보고서가 든 폴더를 지정하세요.")
    try:
        from calendarize.mcp import run
    except ModuleNotFoundError as error:
        raise UsageError("MCP 서버에는 pip install 'calendarize[mcp]'가 필요합니다.") from error
    run(folders, port, limits_of(timeout, memory))


def archive(arguments: Sequence[str], prog_name: str) -> None:
    """Run a command of an archive."""
    from calendarize.archive.commands import archive

    archive(arguments, prog_name)


COMMANDS: dict[str, Callable[..., object]] = {
    "explain": explain_app,
    "check": check_app,
    "sessions": sessions_app,
    "next": next_app,
    "open": open_app,
    "changes": changes_app,
    "push": push_app,
    "serve": serve_app,
    "schema": schema_app,
    "mcp": mcp_app,
    "archive": archive,
}
"""Subcommands: a first argument of such a name is that command (a file of it is `./explain`)."""
