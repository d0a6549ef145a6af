"""Arguments and options that commands share, each told once: type, name and Korean help."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from functools import wraps
from pathlib import Path
from typing import Annotated, Any

import typer


class Approximate(StrEnum):
    span = "span"
    start = "start"
    end = "end"
    skip = "skip"


def _show(context: typer.Context, wanted: bool) -> None:
    if wanted:
        typer.echo(context.get_help())
        raise typer.Exit


Help = Annotated[
    bool,
    typer.Option("--help", "-h", callback=_show, is_eager=True, help="이 도움말을 보여 줍니다."),
]
Reports = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="REPORT",
        help="보고서 파일이나 폴더(하위 폴더 포함), 표준 입력은 '-'. "
        "없으면 환경 변수 CALENDARIZE_REPORTS나 설정 파일의 보고서, 그것도 없으면 내장 예시.",
        show_default=False,
    ),
]
Dept = Annotated[
    list[str] | None,
    typer.Option(
        "--dept",
        metavar="부서",
        help="이 부서의 일정만(여러 번 쓸 수 있음). 이름 끝부분만 써도 됩니다.",
    ),
]
First = Annotated[
    str | None,
    typer.Option(
        "--from", metavar="날짜", help="이날부터의 일정. 예: 2021-05-03, '21.5월, 2021년 하반기"
    ),
]
Last = Annotated[str | None, typer.Option("--to", metavar="날짜", help="이날까지의 일정.")]
Statuses = Annotated[
    list[str] | None,
    typer.Option(
        "--status",
        metavar="상태",
        help="상태로 거르기: 완료(done), 진행(ongoing), 예정(planned), 수시(undated).",
    ),
]
Quarter = Annotated[str | None, typer.Option("--quarter", metavar="2021Q2", help="한 분기의 일정.")]
Year = Annotated[int | None, typer.Option("--year", metavar="2021", help="한 해의 일정.")]
Kinds = Annotated[
    list[str] | None,
    typer.Option(
        "--kind",
        metavar="종류",
        help="종류로 거르기: 회기(session), 회의(meeting), 마감(deadline) 등.",
    ),
]
Today = Annotated[
    str | None,
    typer.Option("--today", metavar="날짜", help="완료·예정을 가르는 기준일. 기본은 오늘."),
]
ReportDate = Annotated[
    str | None,
    typer.Option(
        "--date", metavar="날짜", help="보고서의 작성일(보고서에 없거나 잘못 적혀 있을 때)."
    ),
]
AsDept = Annotated[
    str | None,
    typer.Option(
        "--as-dept", metavar="부서", help="보고서의 부서(보고서에 없거나 잘못 적혀 있을 때)."
    ),
]
Jobs = Annotated[
    int | None,
    typer.Option(
        "--jobs",
        metavar="2",
        min=1,
        help="보고서를 나누어 읽을 프로세스 수. 기본은 많을 때 코어 수만큼.",
        show_default=False,
    ),
]
Timeout = Annotated[
    int,
    typer.Option(
        "--timeout", metavar="60", min=1, max=86400, help="보고서 하나를 읽는 데 쓸 시간(초)."
    ),
]
Memory = Annotated[
    int,
    typer.Option(
        "--memory",
        metavar="1024",
        min=256,
        max=1 << 20,
        help="보고서 하나를 읽는 데 쓸 메모리(MB). 넘으면 그 보고서만 그만둡니다.",
    ),
]
SECONDS = 60
MEGABYTES = 1024
"""The limits without those options."""


def _plain(wanted: bool) -> bool:
    if wanted:
        from calendarize.output import use_plain_signs

        use_plain_signs()
    return wanted


Ascii = Annotated[
    bool,
    typer.Option(
        "--ascii",
        callback=_plain,
        help="막대와 기호를 화면과 -o 텍스트 파일에 #*!>처럼 씁니다(█◆⚠가 두 칸인 글꼴에서).",
    ),
]
Output = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--output",
        metavar="파일",
        help="파일로 저장. 형식은 확장자를 따릅니다(.ics .html .csv .json .txt).",
        show_default=False,
    ),
]


class Group(StrEnum):
    dept = "dept"
    kind = "kind"
    section = "section"
    session = "session"


class Sort(StrEnum):
    by_date = "date"
    by_title = "title"
    by_kind = "kind"
    by_dept = "dept"
    by_end = "end"


GroupOption = Annotated[
    Group | None,
    typer.Option("--group", help="묶기: 부서, 종류, 보고서의 장, 회기.", show_default=False),
]
SortOption = Annotated[
    Sort,
    typer.Option("--sort", help="표에서의 차례: 날짜, 제목, 종류, 부서, 끝나는 날."),
]
Limit = Annotated[
    int | None, typer.Option("--limit", metavar="20", min=1, help="앞에서부터 이만큼만.")
]
NoDone = Annotated[bool, typer.Option("--no-done", help="이미 지난 일정은 뺍니다.")]
TableFormat = Annotated[
    str,
    typer.Option(
        "--tablefmt",
        metavar="모양",
        help="표의 모양: simple, plain, grid, github, html, latex 등(tabulate의 이름).",
    ),
]
ApproximateOption = Annotated[
    Approximate | None,
    typer.Option(
        "--approximate",
        help="'5~6월 중'처럼 날짜가 정해지지 않은 일정을 달력에 넣는 법: "
        "기간 전체(기본), 첫날, 마지막 날, 빼기.",
        show_default=False,
    ),
]


class PresetName(StrEnum):
    sessions = "sessions"
    milestones = "milestones"
    exact = "exact"
    all = "all"


PresetOption = Annotated[
    PresetName | None,
    typer.Option(
        "--preset",
        help="무엇을 볼지: 회기와 그 일정, 주요 일정, 날짜가 정해진 일정, 접지 않고 모두. "
        "지정하지 않은 달력은 날짜가 정해진 일정만 담고 나머지는 '이름-미정.ics'에 둡니다.",
        show_default=False,
    ),
]
Milestones = Annotated[
    bool, typer.Option("--milestones", help="주요 일정만(--preset milestones와 같음).")
]
Exact = Annotated[
    bool, typer.Option("--exact", help="날짜가 정해진 일정만(--preset exact와 같음).")
]
All = Annotated[bool, typer.Option("--all", help="접은 일정까지 모두 펼쳐서(--preset all과 같음).")]
StartsIn = Annotated[
    bool, typer.Option("--starts-in", help="기간 안에 시작하는 일정만(이어지는 일정은 뺍니다).")
]
Name = Annotated[
    str | None,
    typer.Option("--name", metavar="이름", help="달력 이름. 기본은 부서와 연도."),
]
Alarms = Annotated[
    list[str] | None,
    typer.Option(
        "--alarm",
        metavar="1d",
        help="이만큼 전에 알림: 30m, 2h, 1d, 1w 또는 30분, 2시간, 1일, 1주(여러 번 쓸 수 있음).",
    ),
]
Color = Annotated[
    str | None, typer.Option("--color", metavar="색", help="달력의 색(CSS 이름). 예: royalblue")
]
Previous = Annotated[
    Path | None,
    typer.Option(
        "--previous",
        metavar="이전.ics",
        help="전에 만든 달력. 그대로인 일정은 그대로 두고, 바뀐 것과 없어진 것을 표시합니다.",
        show_default=False,
    ),
]
Update = Annotated[
    bool,
    typer.Option("--update", help="덮어쓸 파일을 이전 달력으로 삼아 고칩니다(--previous 참고)."),
]


@dataclass(frozen=True, slots=True)
class Filters:
    """Which events are meant: the options of every command that shows some of them."""

    dept: Dept = None
    first: First = None
    last: Last = None
    quarter: Quarter = None
    year: Year = None
    kind: Kinds = None
    status: Statuses = None
    preset: PresetOption = None
    starts_in: StartsIn = False
    no_done: NoDone = False
    sort: SortOption = Sort.by_date
    limit: Limit = None
    today: Today = None


def spread(command: Callable[..., None]) -> Callable[..., None]:
    """Return a command that takes the fields of a group of options where it names the group.

    A group is a dataclass as a parameter's type; the command gets it whole.
    """
    told = inspect.signature(command, eval_str=True)
    groups: dict[str, Any] = {
        p.name: p.annotation for p in told.parameters.values() if is_dataclass(p.annotation)
    }
    parameters: list[inspect.Parameter] = []
    for parameter in told.parameters.values():
        if parameter.name in groups:
            within = inspect.signature(groups[parameter.name], eval_str=True)
            parameters += within.parameters.values()
        else:
            parameters.append(parameter)
    parameters = [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in parameters]

    @wraps(command)
    def spread_out(**values: Any) -> None:
        for name, group in groups.items():
            values[name] = group(**{f.name: values.pop(f.name) for f in fields(group)})
        command(**values)

    spread_out.__signature__ = told.replace(parameters=parameters)  # type: ignore[attr-defined]
    spread_out.__annotations__ = {p.name: p.annotation for p in parameters}
    return spread_out
