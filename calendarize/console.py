"""What the commands share: reading, choosing a format, writing, the help option."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from calendarize.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calendarize.events.model import Event
    from calendarize.export.options import Options
    from calendarize.run import Run


def plain_app() -> typer.Typer:
    """Return an application without colours, completion or tracebacks."""
    return typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)


def show(context: typer.Context, wanted: bool) -> None:
    if wanted:
        typer.echo(context.get_help())
        raise typer.Exit


Help = Annotated[
    bool,
    typer.Option("--help", "-h", callback=show, is_eager=True, help="이 도움말을 보여 줍니다."),
]
"""The help option of every command."""


def gather(reports: Sequence[str], day: date | None, department: str | None) -> Run:
    """Read the reports named by the arguments, or those there are without any."""
    from calendarize.run import run
    from calendarize.sources import find_sources

    sources = find_sources(reports)
    if sources.notice:
        typer.echo(sources.notice, err=True)
    return run(sources.paths, day, department)


def format_for(chosen: str | None, output: Path | None) -> str:
    """Return the format asked for, else the one of the file's ending, else the timeline."""
    from calendarize.export import format_of

    if chosen is not None:
        return chosen
    if output is None:
        return "timeline"
    told = format_of(output.name)
    if told is None:
        raise UsageError(f"{output}: 확장자로 형식을 알 수 없습니다. --format으로 지정하세요.")
    return told


def options_for(made: Run, approximate: str, now: date, output: Path | None) -> Options:
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


def rendered(name: str, events: list[Event], options: Options) -> str | bytes:
    """Return events in a format; heavy libraries are imported only now."""
    from calendarize.export import render

    return render(name, events, options)


def left_out_notice(events: list[Event], options: Options) -> list[str]:
    """Say what a calendar file does not hold."""
    from calendarize.export.entries import left_out

    count = len(left_out(events, options))
    return (
        [f"달력에 넣지 않은 일정 {count}건: 날짜가 없거나 뺀 일정은 timeline으로 볼 수 있습니다."]
        if count
        else []
    )


def finish(made: Run, content: str | bytes, output: Path | None) -> None:
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
