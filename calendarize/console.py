"""What the commands share: reading, choosing a format, writing."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import typer

from calendarize.errors import OutputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from calendarize import api
    from calendarize.arguments import Filters
    from calendarize.events.model import Event
    from calendarize.export.mentions import Lines
    from calendarize.export.options import Options
    from calendarize.run import Dated, Run, Work
    from calendarize.workers import Limits

T = TypeVar("T", bound="Dated")
S = TypeVar("S")


def plain_app() -> typer.Typer:
    """Return an application without colours, completion or tracebacks."""
    return typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)


def gather(
    reports: Sequence[str],
    work: Work[T],
    day: date | None = None,
    department: str | None = None,
    processes: int | None = None,
    limits: Limits | None = None,
) -> Run[T]:
    """Return what is made of the reports named by the arguments, or of those there are."""
    from calendarize.run import Run

    result = Run[T]()
    for made in outcomes(reports, work, day, department, processes, limits):
        result.add(made)
    return result


def together(made: Run[api.Found], now: date) -> tuple[api.Event, ...]:
    """Return the events of reports that were read together; `now` judges their status."""
    from calendarize import api

    return api.combine((each.report(now) for each in made.made), today=now)


def plain(events: Iterable[api.Event]) -> list[Event]:
    """Return events as what writes them takes them."""
    return [each.event for each in events]


def limits_of(timeout: int, memory: int) -> Limits:
    """Return the limits that the options `--timeout` (seconds) and `--memory` (MB) set."""
    from calendarize.workers import Limits

    return Limits(timeout, memory << 20)


def gather_dated(
    reports: Sequence[str],
    work: Work[T],
    day: date | None,
    department: str | None,
    limits: Limits | None = None,
) -> Run[T]:
    """Return what is made of the reports; `FILE@2022-09-05` gives one report its own date."""
    from calendarize import dates
    from calendarize.run import Run

    result, plain = Run[T](), list[str]()
    for name in reports:
        path, at, told = name.rpartition("@")
        if not at or Path(name).exists() or not Path(path).exists():
            plain.append(name)
            continue
        own = dates.day_named(f"{path}@", told, date.today())
        result.add(gather([path], work, own, department, limits=limits))
    if plain or not reports:
        result.add(gather(plain, work, day, department, limits=limits))
    return result


def outcomes(
    reports: Sequence[str],
    work: Work[T],
    day: date | None,
    department: str | None,
    processes: int | None,
    limits: Limits | None,
) -> Iterator[Run[T]]:
    """Yield what comes of each report, in order; a terminal shows how far it is."""
    from calendarize.output import tell
    from calendarize.report.files import own_outputs
    from calendarize.run import Job, each
    from calendarize.sources import find_sources

    sources = find_sources(reports)
    if sources.notice:
        tell(sources.notice)
    if skipped := own_outputs(map(Path, sources.paths)):
        names = ", ".join(path.name for path in skipped[:_NAMED])
        more = f" 외 {len(skipped) - _NAMED}개" if len(skipped) > _NAMED else ""
        tell(f"calendarize가 만든 파일은 읽지 않았습니다: {names}{more}.")
    total, found = each(sources.paths, Job(work, day, department), processes, limits)
    yield from following(found, total)


_NAMED = 3
"""So many skipped files are named."""


def not_a_report(output: Path | None, reports: Sequence[str]) -> None:
    """Raise `UsageError` where what is to be written is one of the reports to read."""
    from calendarize.report.own import is_own

    if output is None or not output.is_file() or is_own(output):
        return
    if any(path.is_file() and path.samefile(output) for path in map(Path, reports)):
        raise UsageError(f"{output}: 읽을 보고서에 덮어쓸 수 없습니다. 다른 이름을 지정하세요.")


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


def options_for(made: Run[Any], approximate: str, now: date, output: Path | None) -> Options:
    """Return what renderers need to know; the newest report's date stands for the clock."""
    from calendarize.export.options import Options

    width, color = None, False
    if output is None and ("COLUMNS" in os.environ or sys.stdout.isatty()):
        width = terminal_width()
    if output is None and sys.stdout.isatty():
        color = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    options = Options(
        today=now,
        approximate=approximate,  # type: ignore[arg-type]
        width=width,
        color=color,
    )
    if not made.days:
        return options
    newest = made.days[-1]
    return replace(options, stamp=datetime(newest.year, newest.month, newest.day, tzinfo=UTC))


def terminal_width() -> int:
    """Return the columns of the terminal or of `COLUMNS`, 100 where neither tells."""
    import shutil

    return shutil.get_terminal_size((100, 24)).columns


def rendered(
    name: str, events: list[Event], options: Options, group: str | None = None
) -> str | bytes:
    """Return events in a format, in groups one after another if wanted.

    Heavy libraries are imported only now. Data formats know no groups.
    """
    from calendarize.events.select import grouped
    from calendarize.export import render
    from calendarize.export.words import KINDS

    if group is None or name not in SHOWN_FORMATS:
        return render(name, events, options)
    parts = []
    for title, found in grouped(events, group):
        heading = KINDS.get(title, title) if group == "kind" else title  # type: ignore[call-overload]
        part = render(name, found, replace(options, calendar_name=heading))
        parts.append(part if name == "timeline" else f"[{heading}]\n\n{part!s}")
    return "\n".join(map(str, parts))


def marked(name: str, content: str | bytes) -> str | bytes:
    """Return what is to be a file, marked so that it is never read as a report."""
    from calendarize.report.own import marked

    return marked(str(content)) if name in SHOWN_FORMATS else content


def left_out_notice(events: list[Event], options: Options) -> list[str]:
    """Say what a calendar file does not hold."""
    from calendarize.export.entries import left_out

    count = len(left_out(events, options))
    return (
        [f"달력에 넣지 않은 일정 {count}건: 날짜가 없거나 뺀 일정은 timeline으로 볼 수 있습니다."]
        if count
        else []
    )


SHOWN_FORMATS = ("timeline", "table", "gantt", "markdown")
"""Formats that people read, in which events may be grouped."""
PAGE_FORMATS = ("svg", "png", "pdf")
"""Formats of one page, which hold the milestones unless something else is asked for."""
CALENDAR_FORMATS = ("ics", "csv")
"""Formats that hold only what has a date."""


def color_named(name: str | None) -> str | None:
    """Return a CSS3 colour name as calendars want it; `UsageError` where there is none such."""
    if name is None:
        return None
    from webcolors import name_to_hex

    try:
        name_to_hex(name)
    except ValueError:
        raise UsageError(
            f"--color {name}: 그런 색 이름은 없습니다. 예: royalblue, seagreen, crimson"
        ) from None
    return name.lower()


def chosen_by(filters: Filters, now: date, preset: str | None = None) -> api.Choice:
    """Return what the options of a user choose, judged on the day `now`.

    `preset` stands where they name none.
    """
    from calendarize import api, dates

    first, last = dates.period_named(
        filters.first, filters.last, filters.quarter, filters.year, now
    )
    return api.Choice(
        today=now,
        departments=filters.dept or (),
        first=first,
        last=last,
        kinds=kinds_named(filters.kind or []),
        statuses=statuses_named(filters.status or []),
        preset=filters.preset or preset or "all",
        starts_in=filters.starts_in,
        no_done=filters.no_done,
        sort=filters.sort.value,
        limit=filters.limit,
    )


def kinds_named(names: Sequence[str]) -> list[str]:
    """Return the kinds that a user names, in Korean or as JSON has them.

    Raises `UsageError` where one is none.
    """
    from calendarize.export.words import KINDS

    return _named("--kind", "종류", names, {word: kind for kind, word in KINDS.items()})


def statuses_named(names: Sequence[str]) -> list[str]:
    """Return the statuses that a user names; see `kinds_named`."""
    known = {"완료": "done", "진행": "ongoing", "예정": "planned", "수시": "undated"}
    other = {"지남": "done", "진행중": "ongoing", "날짜없음": "undated"}
    names = [other.get(name.replace(" ", ""), name) for name in names]
    return _named("--status", "상태", names, known)


def _named(option: str, what: str, names: Sequence[str], known: Mapping[str, str]) -> list[str]:
    found = []
    for name in names:
        value = known.get(name, name if name in known.values() else None)
        if value is None:
            listed = ", ".join(f"{word}({value})" for word, value in known.items())
            raise UsageError(f"{option} {name}: 그런 {what}는 없습니다. 있는 {what}: {listed}")
        found.append(value)
    return found


_CALENDARS = "달력에 쓰는 옵션입니다. -o 이름.ics처럼 달력으로 저장할 때 쓰세요."
_SHOWN = "화면에서 읽는 형식에 쓰는 옵션입니다. --format timeline, table, gantt와 함께 쓰세요."
_NAMED_FORMATS = ("ics", "html", "timeline", "svg", "png", "pdf", "docx", "hwpx")
_SUITED: Mapping[str, tuple[tuple[str, ...], str]] = {
    "--approximate": (("ics", "csv", "excel-csv", "html"), _CALENDARS),
    "--alarm": (("ics", "html"), _CALENDARS),
    "--color": (("ics", "html"), _CALENDARS),
    "--name": (
        _NAMED_FORMATS,
        f"이름이 적히는 형식({', '.join(_NAMED_FORMATS)})에 쓰는 옵션입니다.",
    ),
    "--previous": (("ics",), _CALENDARS),
    "--update": (("ics",), _CALENDARS),
    "--ascii": (SHOWN_FORMATS, _SHOWN),
}
"""Options that say how something is written → the formats that they mean something to, and why."""


def unsuited(chosen: str, told: Sequence[str]) -> None:
    """Raise `UsageError` where an option is told that means nothing to the chosen format."""
    for option in told:
        formats, why = _SUITED[option]
        if chosen not in formats:
            raise UsageError(f"{option}: {why}")


def preset_named(preset: str | None, flags: Sequence[str]) -> str | None:
    """Return what is to be shown, as `--preset` or one of the short options says.

    Raises `UsageError` where they say different things.
    """
    named = list(dict.fromkeys([*([str(preset)] if preset else []), *flags]))
    if len(named) > 1:
        raise UsageError(f"{', '.join(named)}: 이 가운데 하나만 지정하세요.")
    return named[0] if named else None


def table_format(name: str) -> str:
    """Check the name of a tabulate format; `UsageError` lists those there are."""
    from tabulate import tabulate_formats

    if name not in tabulate_formats:
        known = ", ".join(tabulate_formats)
        raise UsageError(f"--tablefmt {name}: 그런 모양은 없습니다. 있는 모양: {known}")
    return name


@dataclass(frozen=True, slots=True)
class CalendarWanted:
    """How a calendar is to be written: where to, inexact entries `apart`, against which older."""

    output: Path | None
    apart: bool = False
    previous: Path | None = None
    update: bool = False


def finish_calendar(
    made: Run[Any], events: list[Event], options: Options, wanted: CalendarWanted
) -> None:
    """Write a calendar in one or several files; say what changed and which files there are."""
    from calendarize.export.calendars import LIMIT, calendars, read_previous, written_before
    from calendarize.export.revise import told
    from calendarize.output import is_stream

    output = wanted.output
    if output is None and wanted.update:
        raise UsageError("--update: -o로 달력 파일 이름을 지정하세요.")
    older = written_before(output) if wanted.update and output is not None else []
    if wanted.update and not older:
        raise UsageError(
            f"--update: 고칠 달력 {output}이(가) 없습니다. 처음 만들 때는 --update를 빼세요."
        )
    previous = None
    if wanted.update or wanted.previous is not None:
        named = _with_parts(wanted.previous) if wanted.previous is not None else []
        previous = {**read_previous(older, overwritten=True), **read_previous(named)}
    single = output is None or is_stream(output)
    limit = sys.maxsize if single else LIMIT
    found = calendars(events, options, previous, apart=wanted.apart, limit=limit)
    made.notices += told(found.changes) if found.changes is not None else []
    if output is None or single:
        shown, *apart = found.counts
        if apart:
            made.notices.append(
                f"날짜가 정해진 {shown}건만 담았습니다. 미정 {sum(apart)}건은 -o 파일로 쓰면 "
                "'…-미정.ics'에, --preset all이면 함께 담깁니다."
            )
        finish(made, {output: next(iter(found.files.values()))})
        return
    files: dict[Path | None, str | bytes] = {
        output.with_stem(output.stem + part): data for part, data in found.files.items()
    }
    counted = ", ".join(map(_counted, files, found.counts))
    made.notices.append(
        f"나누어 썼습니다: {counted}" + (". 한 파일로 쓰려면 --preset all." if wanted.apart else "")
        if len(files) > 1
        else f"썼습니다: {counted}"
    )
    if stale := [path.name for path in older if path not in files]:
        made.notices.append(f"이제 쓰지 않는 파일입니다. 지워도 됩니다: {', '.join(stale)}")
    finish(made, files)


def _with_parts(path: Path) -> list[Path]:
    """Return a calendar that was exported, with what stands in `…-미정.ics` and parts beside it."""
    from calendarize.export.calendars import written_before

    return written_before(path) or [path]


def _counted(path: Path | None, count: int) -> str:
    return f"{path.name if path else '-'}({count}건)"


_MANY = 20


def following(work: Iterable[S], total: int) -> Iterator[S]:
    """Yield from some work; where there is much of it, a terminal shows how far it is."""
    if total < _MANY or not sys.stderr.isatty():
        yield from work
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(work, "", total, console=Console(stderr=True), transient=True)


def finish(made: Run[Any], contents: Mapping[Path | None, str | bytes]) -> None:
    """Write results to files (`None`: standard output), then what could not be read.

    The exit status tells whether all could be.
    """
    try:
        for path, content in contents.items() if made.made else ():
            write((content,), path)
    except OutputError as error:
        made.problems.append(str(error))
    conclude(made)


STREAMED_FORMATS = ("mentions", "jsonl")
"""Formats that are written report by report, so that many take no more memory than one."""


class _NothingRead(Exception):
    """No report could be read: nothing is written either."""


def stream(name: str, found: Iterable[Run[Any]], choice: api.Choice, output: Path | None) -> None:
    """Write what comes of each report as it comes, then what could not be read.

    Each report stands by itself: what several of them tell is not brought together.
    """
    from calendarize.run import Run

    summary = Run[Any]()
    pieces = _mentions(found, summary) if name == "mentions" else _events(found, choice, summary)
    try:
        write(pieces, output)
    except _NothingRead:
        pass
    except OutputError as error:
        summary.problems.append(str(error))
    conclude(summary)


def _mentions(found: Iterable[Run[Lines]], summary: Run[Any]) -> Iterator[str]:
    count = 0
    for made in found:
        summary.add(replace(made, made=[]))
        count += len(made.made)
        yield from (lines.text for lines in made.made)
    if not count:
        raise _NothingRead


def _events(
    found: Iterable[Run[api.Found]], choice: api.Choice, summary: Run[Any]
) -> Iterator[str]:
    from calendarize import api

    count, left = 0, choice.limit
    departments: dict[str | None, api.Event] = {}
    for made in found:
        summary.add(replace(made, made=[]))
        count += len(made.made)
        for each in made.made:
            events = each.report(choice.today).events
            departments.update((event.department, event) for event in events)
            kept = [event for event in events if choice.is_of_department(event.event)]
            asked = replace(choice, departments=(), sort="date", limit=left)
            chosen = api.select(kept, asked)
            left = None if left is None else left - len(chosen)
            yield api.to_json(chosen, lines=True)
    if not count:
        raise _NothingRead
    api.select(departments.values(), choice)  # no department of that name is an error


def write(pieces: Iterable[str | bytes], path: Path | None) -> None:
    """Write pieces to a file, or to standard output as they come."""
    from calendarize.output import write_file, write_out

    if path is None:
        write_out(pieces)
    else:
        write_file(path, pieces)


def conclude(made: Run[Any]) -> None:
    """Tell what the user should know and what could not be read; the exit status tells which."""
    from calendarize.output import summed, tell

    tell(*summed(made.notices), *summed(made.problems))
    if made.problems:
        raise typer.Exit(1)
