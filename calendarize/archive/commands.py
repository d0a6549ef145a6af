"""The commands of an archive: add, query, export, changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from calendarize.arguments import (
    MEGABYTES,
    SECONDS,
    Approximate,
    ApproximateOption,
    Dept,
    Filters,
    First,
    Help,
    Jobs,
    Last,
    Memory,
    Name,
    Output,
    TableFormat,
    Timeout,
    spread,
)
from calendarize.console import (
    CALENDAR_FORMATS,
    CalendarWanted,
    chosen_by,
    conclude,
    finish,
    finish_calendar,
    format_for,
    left_out_notice,
    limits_of,
    options_for,
    plain_app,
    rendered,
    table_format,
    terminal_width,
    write,
)
from calendarize.errors import UsageError
from calendarize.usage import KoreanCommand, perhaps

if TYPE_CHECKING:
    from calendarize.archive.query import Wanted
    from calendarize.archive.store import Store

VARIABLE = "CALENDARIZE_ARCHIVE"

Place = Annotated[
    str | None,
    typer.Option(
        "--to",
        "--archive",
        metavar="보관소",
        envvar=VARIABLE,
        show_envvar=False,
        help="보관소 폴더나 주소(s3://…). 없으면 환경 변수 CALENDARIZE_ARCHIVE.",
    ),
]
Asked = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[보관소] [찾을 말 …]",
        help="보관소(--archive로 지정했으면 생략)와 찾을 말. 예: 보관소 '올해 3분기 마감'",
        show_default=False,
    ),
]
FormatName = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="형식",
        help="출력 형식: timeline, table, json, jsonl, csv, excel-csv, ics, html 등.",
        show_default=False,
    ),
]


def _opened(place: str | None, told: Sequence[str] | None) -> tuple[Store, str]:
    """Return the archive that is meant and the words beside it."""
    words = list(told or ())
    if place is None:
        if not words:
            raise UsageError("보관소를 지정하세요. 예: calendarize archive query 보관소")
        place = words.pop(0)
    store = _store(place)
    if not store.exists():
        raise UsageError(
            f"{place}: 보관소가 아닙니다. 먼저 만드세요: "
            f"calendarize archive add 보고서폴더 --to {place}"
        )
    return store, " ".join(words)


def _store(place: str) -> Store:
    try:
        import duckdb  # noqa: F401
        import pyarrow  # noqa: F401
    except ImportError as error:
        raise UsageError("보관소에는 pip install 'calendarize[archive]'가 필요합니다.") from error
    from calendarize.archive.store import Store

    return Store(place)


add_app = plain_app()


@add_app.command(
    cls=KoreanCommand,
    help="폴더의 문서를 읽어 보관소에 넣습니다. 이미 읽은 문서는 다시 읽지 않고, "
    "바뀌거나 없어진 문서는 고쳐 둡니다.",
    epilog="예)  calendarize archive add 보고서폴더 --to 보관소   "
    "(중간에 멈추면 다시 실행하세요. 이어서 합니다.)",
    add_help_option=False,
)
def add(
    folders: Annotated[
        list[str], typer.Argument(metavar="폴더 …", help="문서가 든 폴더나 파일, 주소(s3://…).")
    ],
    place: Place = None,
    engine: Annotated[
        str,
        typer.Option(
            "--engine",
            metavar="local",
            help="읽는 곳: 이 컴퓨터(local) 또는 Dask 클러스터(dask://서버:8786).",
        ),
    ] = "local",
    retry: Annotated[
        bool, typer.Option("--retry", help="전에 읽지 못한 문서를 다시 읽습니다.")
    ] = False,
    again: Annotated[
        bool, typer.Option("--again", help="모두 다시 읽습니다(새 판의 calendarize로 바꾼 뒤).")
    ] = False,
    log: Annotated[
        Path | None,
        typer.Option("--log", metavar="파일", help="진행 상황을 1분에 한 줄씩 JSON으로 적습니다."),
    ] = None,
    jobs: Jobs = None,
    timeout: Timeout = SECONDS,
    memory: Memory = MEGABYTES,
    show_help: Help = False,
) -> None:
    if place is None:
        raise UsageError("--to로 보관소를 지정하세요. 예: calendarize archive add 폴더 --to 보관소")
    from calendarize.archive.engines import engine_named

    chosen = engine_named(engine, jobs, limits_of(timeout, memory), at_once=True)
    store = _store(place)
    from calendarize.archive.ingest import add as add_to
    from calendarize.archive.ingest import count
    from calendarize.archive.progress import Progress
    from calendarize.output import write_out
    from calendarize.run import Run

    progress = Progress(count(folders), log)
    try:
        added = add_to(store, folders, chosen, progress, retry=retry, again=again)
    finally:
        progress.close()
    made = Run[Any](problems=added.problems)
    if added.known:
        made.notices.append(
            f"전에 읽지 못한 문서 {added.known}개는 그대로입니다(다시 읽으려면 --retry)."
        )
    write_out((f"{added}\n",))
    conclude(made)


query_app = plain_app()


@query_app.command(
    cls=KoreanCommand,
    help="보관소에서 일정을 찾아 보여 줍니다.",
    epilog="예)  calendarize archive query 보관소 '올해 3분기 마감' --dept 의회사무처\n\n"
    "     calendarize archive query 보관소 "
    "--sql 'SELECT department, count(*) FROM events GROUP BY 1'",
    add_help_option=False,
)
@spread
def query(
    asked: Asked = None,
    place: Place = None,
    sql: Annotated[
        str | None,
        typer.Option(
            "--sql",
            metavar="질의",
            help="SQL(DuckDB)로 묻기. 표는 events, documents, files. "
            "형식은 table, csv, json, jsonl.",
        ),
    ] = None,
    *,
    filters: Filters,
    output_format: FormatName = None,
    output: Output = None,
    tablefmt: TableFormat = "simple",
    show_help: Help = False,
) -> None:
    store, phrase = _opened(place, asked)
    if sql is not None:
        if phrase:
            raise UsageError("--sql과 찾을 말을 함께 쓸 수 없습니다. 조건은 SQL에 적으세요.")
        _answer(store, sql, output_format, output, table_format(tablefmt))
        return
    wanted = _wanted(phrase, filters)
    chosen = format_for(output_format, output) if output_format or output else "table"
    _write(store, wanted, chosen, output, None, table_format(tablefmt))


export_app = plain_app()


@export_app.command(
    cls=KoreanCommand,
    help="보관소의 일정을 달력이나 표, 웹 문서, JSON으로 내보냅니다.",
    epilog="예)  calendarize archive export 보관소 --dept 의회사무처 --year 2021 -o council.ics",
    add_help_option=False,
)
@spread
def export(
    asked: Asked = None,
    place: Place = None,
    *,
    filters: Filters,
    output_format: FormatName = None,
    output: Output = None,
    approximate: ApproximateOption = None,
    name: Name = None,
    show_help: Help = False,
) -> None:
    store, phrase = _opened(place, asked)
    if output_format is None and output is None:
        raise UsageError(
            "-o 파일이나 --format으로 무엇으로 내보낼지 지정하세요. 예: -o council.ics"
        )
    wanted = _wanted(phrase, filters)
    _write(
        store, wanted, format_for(output_format, output), output, filters.preset, "simple",
        (approximate or Approximate.span).value, name,
    )  # fmt: skip


def _wanted(phrase: str, filters: Filters) -> Wanted:
    from calendarize import dates
    from calendarize.archive.query import wanted_by

    now = dates.day_named("--today", filters.today, date.today()) or date.today()
    return wanted_by(phrase, chosen_by(filters, now))


def _write(
    store: Store,
    wanted: Wanted,
    name: str,
    output: Path | None,
    preset: str | None,
    tablefmt: str,
    approximate: str = "span",
    calendar_name: str | None = None,
) -> None:
    """Write the events asked for in a format."""
    from calendarize.archive import query
    from calendarize.export import FORMATS
    from calendarize.run import Run

    if name not in FORMATS:
        raise UsageError(f"--format {name}: 쓸 수 있는 값은 {', '.join(FORMATS)}입니다.")
    choice = wanted.choice
    if name == "jsonl":
        write(_lines(store, wanted), output)
        return
    told, events = query.events(store, wanted)
    made = Run[Any](told)
    if not events:
        made.notices.append("찾은 일정이 없습니다.")
    options = replace(
        options_for(made, approximate, choice.today, output),
        folded=preset is None,
        first=choice.first,
        last=choice.last,
        calendar_name=calendar_name,
        tablefmt=tablefmt,
        sort=choice.sort,
    )
    if name in CALENDAR_FORMATS:
        made.notices += left_out_notice(events, options)
    if name == "ics" and told:
        finish_calendar(made, events, options, CalendarWanted(output, preset is None))
        return
    write((rendered(name, events, options),), output)
    conclude(made)


def _lines(store: Store, wanted: Wanted) -> Iterator[str]:
    from calendarize.archive import query
    from calendarize.export.json import render_lines
    from calendarize.export.options import Options

    options = Options(wanted.choice.today)
    return (render_lines(events, options) for events in query.each(store, wanted))


def _answer(store: Store, sql: str, name: str | None, output: Path | None, tablefmt: str) -> None:
    """Write the answer to a question in SQL."""
    from calendarize.archive.answers import ANSWERS
    from calendarize.archive.query import sql as ask

    chosen = format_for(name, output) if name or output else "table"
    if chosen not in ANSWERS:
        raise UsageError(f"--format {chosen}: --sql의 답은 {', '.join(ANSWERS)}로만 씁니다.")
    names, rows = ask(store, sql)
    write((ANSWERS[chosen](names, rows, tablefmt, terminal_width()),), output)


changes_app = plain_app()


@changes_app.command(
    cls=KoreanCommand,
    help="보관소에 있는 같은 부서의 여러 판을 견주어, 밀린 일·끝난 일·사라진 일을 보여 줍니다.",
    epilog="예)  calendarize archive changes 보관소 --dept 의회사무처 --only slipped,dropped   "
    "(원래 문서를 다시 읽으므로 문서가 제자리에 있어야 합니다.)",
    add_help_option=False,
)
def changes(
    asked: Asked = None,
    place: Place = None,
    output_format: FormatName = None,
    output: Output = None,
    only: Annotated[
        str | None,
        typer.Option("--only", metavar="결과,…", help="이렇게 된 것만. calendarize changes 참고."),
    ] = None,
    dept: Dept = None,
    first: First = None,
    last: Last = None,
    tablefmt: TableFormat = "simple",
    jobs: Jobs = None,
    timeout: Timeout = SECONDS,
    memory: Memory = MEGABYTES,
    show_help: Help = False,
) -> None:
    from calendarize import dates
    from calendarize.changes.compare import chosen, compare
    from calendarize.export.changes import FORMATS, fates_named

    store, phrase = _opened(place, asked)
    if phrase:
        raise UsageError(f"{phrase}: 필요 없는 인자입니다. 부서는 --dept로 지정하세요.")
    now = date.today()
    start, end = dates.period_named(first, last, None, None, now)
    fates = fates_named(only)
    name = format_for(output_format, output)
    if name not in FORMATS:
        raise UsageError(f"{output or name}: changes는 {', '.join(FORMATS)} 형식으로만 씁니다.")
    from calendarize.archive.query import editions

    made = editions(store, dept or (), jobs, limits_of(timeout, memory))
    compared = compare(made.made)
    made.notices = compared.notices
    made.problems += compared.left_out
    every = compared.changes
    shown = chosen(every, dept or (), start, end, fates, same=name == "json")
    options = replace(options_for(made, "span", now, output), tablefmt=table_format(tablefmt))
    finish(made, {output: FORMATS[name](shown, every, options)})


COMMANDS = {"add": add_app, "query": query_app, "export": export_app, "changes": changes_app}
_HELP = """\
사용법: calendarize archive 명령 …

  많은 문서를 읽어 두고 찾습니다: 아는 문서는 다시 읽지 않습니다.

명령(자세히는 calendarize archive 명령 --help):
  add 폴더 … --to 보관소      읽어 넣기, 바뀐 것과 없어진 것 고치기
  query 보관소 [찾을 말]      찾기, --sql로 묻기
  export 보관소 -o 파일       달력, 표, 웹 문서, JSON으로 내보내기
  changes 보관소 --dept 부서  여러 판 사이에 밀린 일, 끝난 일, 사라진 일
"""


def archive(arguments: Sequence[str], prog_name: str) -> None:
    """Run a command of an archive; `UsageError` where there is none of that name."""
    name, *rest = arguments or ("--help",)
    if name in ("--help", "-h"):
        typer.echo(_HELP, nl=False)
        return
    if name not in COMMANDS:
        like = perhaps(name, COMMANDS)
        raise UsageError(f"archive {name}: 그런 명령은 없습니다.{like}")
    COMMANDS[name](rest, prog_name=f"{prog_name} {name}")
