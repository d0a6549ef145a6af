"""A server of the Model Context Protocol: assistants read reports and write calendars.

It stands on the public API alone. Files are read and written only inside the folders named at the
start, links followed before that is judged; only names below them are told. Every report is read
in a process of its own, within limits. It listens on 127.0.0.1 where it does not speak over
standard input and output.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import Any, Literal, ParamSpec, TypeVar

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError

import calendarize
from calendarize import CalendarizeError, Limits, Report, UsageError
from calendarize.export.calendars import read_previous
from calendarize.output import write_file

P = ParamSpec("P")
T = TypeVar("T")

INSTRUCTIONS = (
    "한국 관공서 보고서(HWP, HWPX, DOCX, XLSX, PDF, 텍스트)의 날짜와 일정을 읽습니다. "
    "보고서는 시작할 때 정한 폴더 안의 상대 경로로 가리킵니다."
)


def server(folders: Sequence[Path], limits: Limits | None = None) -> MCPServer:
    """Return a server whose tools see nothing outside of some folders.

    Each report has to keep within the limits (default: 60 seconds, 1 GiB).
    """
    within = limits or Limits()
    roots = [folder.resolve(strict=True) for folder in folders]
    made = MCPServer("calendarize", instructions=INSTRUCTIONS, version=calendarize.__version__)

    def inside(path: str) -> Path:
        for root in roots:
            found = (root / path).resolve()
            if found.is_relative_to(root) and (found.exists() or found.parent.is_dir()):
                return found
        raise UsageError(f"{path}: 열어 둔 폴더 안에 없습니다. list_reports로 이름을 확인하세요.")

    def read_each(reports: Sequence[str]) -> tuple[list[Report], list[str]]:
        """Return the reports that can be read, and a line for each of the others.

        Raises `UsageError` where none can.
        """
        paths = [inside(report) for report in reports]
        for report, path in zip(reports, paths, strict=True):
            if not path.is_file():
                raise UsageError(f"{report}: 파일이 아닙니다. list_reports로 이름을 확인하세요.")
        read = list(calendarize.read_all(paths, limits=within))
        problems = [problem for report in read for problem in report.problems]
        if problems and len(problems) == len(read):
            raise UsageError(problems[0])
        return read, problems

    def tool(function: Callable[P, T]) -> Callable[P, T]:
        """Register a tool; an error that can be mended is one line for the assistant."""

        @wraps(function)
        def told(*args: P.args, **kwargs: P.kwargs) -> T:
            try:
                return function(*args, **kwargs)
            except CalendarizeError as error:
                raise ToolError(str(error)) from None

        made.tool()(told)
        return told

    def day(text: str | None) -> date | None:
        if text is None:
            return None
        value = calendarize.parse(text)
        start = value.start if value else None
        if start is None:
            raise UsageError(f"{text}: 날짜로 읽을 수 없습니다. 예: 2021-05-03")
        return start.date() if isinstance(start, datetime) else start

    @tool
    def list_reports(pattern: str = "**/*") -> list[str]:
        """읽을 수 있는 폴더 안의 파일 이름을 보여 줍니다(pattern: glob)."""
        if ".." in Path(pattern).parts or Path(pattern).is_absolute():
            raise UsageError(f"{pattern}: 폴더 안의 glob만 쓸 수 있습니다. 예: **/*.hwp")
        found = ((root, path) for root in roots for path in root.glob(pattern))
        names = {str(p.relative_to(root)) for root, p in found if p.resolve().is_relative_to(root)
                 and p.is_file()}  # fmt: skip
        return sorted(names)

    @tool
    def read_report(report: str, report_date: str | None = None) -> dict[str, Any]:
        """보고서의 작성일, 부서, 일정(제목, 시작, 끝, 근거 문장)을 읽습니다."""
        found = calendarize.read(inside(report), date=day(report_date), limits=within)
        return {
            "date": found.date.isoformat() if found.date else None,
            "department": found.department,
            "events": [event.model_dump(mode="json") for event in found.events],
            "notices": list(found.notices),
        }

    @tool
    def search_dates(
        text: str,
        base_date: str | None = None,
        style: Literal["report", "conversation"] = "conversation",
    ) -> list[dict[str, Any]]:
        """문장에서 날짜·시각 표현을 찾아 위치와 값을 돌려줍니다."""
        matches = calendarize.search(text, date=day(base_date), style=style)
        return [
            {
                "text": match.text,
                "span": list(match.span),
                "start": match.start.isoformat() if match.start else None,
                "end": match.end.isoformat() if match.end else None,
                "precision": match.precision,
                "rrule": match.rrule,
                "korean": match.value.korean,
            }
            for match in matches
        ]

    @tool
    def next_events(reports: list[str], days: int = 30, today: str | None = None) -> str:
        """보고서들에서 앞으로 며칠 동안의 일정을 날짜 순으로 보여 줍니다."""
        read, problems = read_each(reports)
        told = calendarize.agenda(calendarize.combine(read), today=day(today), days=days)
        return "\n".join([told, *problems])

    @tool
    def check_report(report: str, report_date: str | None = None) -> list[dict[str, Any]]:
        """보고서 안에서 서로 어긋나는 날짜(요일, 일수, 없는 날짜)를 찾습니다."""
        found = calendarize.check(inside(report), date=day(report_date), limits=within)
        return [asdict(problem) for problem in found]

    @tool
    def write_calendar(
        reports: list[str],
        output: str,
        approximate: Literal["span", "start", "end", "skip"] = "span",
    ) -> str:
        """보고서들의 일정을 달력 파일(.ics)로 씁니다."""
        target = inside(output)
        if target.suffix.lower() != ".ics":
            raise UsageError(f"{output}: 달력 파일 이름은 .ics로 끝나야 합니다.")
        if target.exists():
            read_previous([target], overwritten=True)
        read, problems = read_each(reports)
        events = calendarize.combine(read)
        write_file(target, (calendarize.to_ics(events, approximate=approximate),))
        return "\n".join([f"{output}: 일정 {len(events)}건에서 달력을 썼습니다.", *problems])

    return made


def run(folders: Sequence[Path], port: int | None, limits: Limits) -> None:
    """Serve over standard input and output, or over HTTP on a port of 127.0.0.1, until stopped."""
    made = server(folders, limits)
    if port is None:
        made.run()
    else:
        made.run("streamable-http", host="127.0.0.1", port=port)
