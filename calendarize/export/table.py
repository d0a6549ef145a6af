"""A table for the terminal or a document, aligned by display width."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time

from tabulate import tabulate
from wcwidth import wcswidth, wrap

from calendarize.events.checks import Problem
from calendarize.events.model import Event
from calendarize.export.moved import moved_from
from calendarize.export.options import Options
from calendarize.export.text import one_line
from calendarize.export.words import KINDS, WITNESSES, marked, standing, when
from calendarize.timex.values import Bound

HEADINGS = ("날짜", "상태", "구분", "제목", "부서/팀", "출처")
_TITLE = HEADINGS.index("제목")
_LIMITS: tuple[Mapping[str, int], ...] = (
    {"날짜": 24, "부서/팀": 16},
    {"날짜": 16, "구분": 8, "부서/팀": 8, "출처": 14},
)
"""How wide columns may be before they are wrapped: the first that leaves enough to the titles."""
_ENOUGH, _LEAST = 28, 16
"""How wide titles should be, and are at least."""
_BORDERS, _SPACES = 19, 10
"""What the signs between columns take, and in formats without any."""
_WRAPPING = ("simple", "plain", "grid", "simple_grid", "rounded_grid", "fancy_grid", "psql")
_PIPES = ("github", "pipe")
"""Formats in which a `|` ends a cell, and tabulate leaves it as it is."""


def render(events: Sequence[Event], options: Options) -> str:
    """Return the events in order of time, in a format of `tabulate` (`Options.tablefmt`).

    Titles are wrapped to make the table fit `Options.width`, in formats that can show it.
    """
    ordered = sorted(events, key=chronological) if options.sort == "date" else events
    rows = [_row(event, options.today) for event in ordered]
    if options.tablefmt in _PIPES:
        rows = [[cell.replace("|", "\\|") for cell in row] for row in rows]
    if options.width and options.tablefmt in _WRAPPING:
        borders = _SPACES if options.tablefmt in ("simple", "plain") else _BORDERS
        rows = _wrapped(rows, options.width, borders)
    return tabulate(rows, HEADINGS, tablefmt=options.tablefmt, disable_numparse=True) + "\n"


def _wrapped(rows: list[list[str]], width: int, borders: int) -> list[list[str]]:
    """Wrap the other columns at their limits, and titles in the room that is left."""
    for named in _LIMITS:
        wrapped = [
            _wrap(row, {HEADINGS.index(n): limit for n, limit in named.items()}) for row in rows
        ]
        columns = enumerate(zip(HEADINGS, *wrapped, strict=True))
        others = (_column_width(*column) for at, column in columns if at != _TITLE)
        room = width - borders - sum(others)
        if room >= _ENOUGH:
            break
    return [_wrap(row, {_TITLE: max(room, _LEAST)}) for row in wrapped]


def _column_width(heading: str, *cells: str) -> int:
    """Return how wide tabulate makes a column: headings get two columns more."""
    return max(_width(heading) + 2, *map(_width, cells), 0)


def _wrap(row: list[str], limits: Mapping[int, int]) -> list[str]:
    return [
        "\n".join(line for text in cell.split("\n") for line in wrap(text, limits[at]))
        if at in limits
        else cell
        for at, cell in enumerate(row)
    ]


def _width(cell: str) -> int:
    return max(map(wcswidth, cell.split("\n")))


def fitted(
    headings: Sequence[str], rows: Sequence[Sequence[str]], width: int, rigid: int = 1
) -> str:
    """Return a table no wider than `width` columns where wrapping its cells can make it so.

    The widest columns are wrapped first, the `rigid` first ones never.
    """
    widths = [_column_width(*column) for column in zip(headings, *rows, strict=True)]
    least = [_width(heading) + 2 for heading in headings]
    while sum(widths) + 2 * (len(widths) - 1) > width:
        loose = [at for at in range(rigid, len(widths)) if widths[at] > least[at]]
        if not loose:
            break
        widths[max(loose, key=widths.__getitem__)] -= 1
    limits = dict(enumerate(widths))
    wrapped = [_wrap(list(row), limits) for row in rows]
    return tabulate(wrapped, headings, "simple", disable_numparse=True) + "\n"


def render_markdown(events: Sequence[Event], options: Options) -> str:
    """Return the events as a table of GitHub's Markdown."""
    return render(events, replace(options, tablefmt="github"))


def problem_table(problems: Sequence[Problem], width: int) -> str:
    """Return contradictions of reports as a table that fits a terminal of `width` columns."""
    cells = ((f"{p.report}:{p.line}", p.text, WITNESSES[p.witness], p.message, p.proposal)
             for p in problems)  # fmt: skip
    rows = [list(map(one_line, row)) for row in cells]
    headings = ("곳", "원문", "근거", "어긋난 점", "제안")
    return fitted(headings, rows, width, rigid=0)


def chronological(event: Event) -> tuple[bool, datetime, datetime, str]:
    """Order events by start, those without any date last."""
    first, last = event.start or event.end, event.end or event.start
    return first is None, moment(first), moment(last), event.uid


def moment(bound: Bound) -> datetime:
    """Return a bound as a moment for sorting: a day as its beginning, open as the end of time."""
    if isinstance(bound, datetime):
        return bound
    return datetime.combine(bound or date.max, time())


def _row(event: Event, today: date) -> list[str]:
    source = event.source
    where = " ".join(filter(None, (event.department, event.unit)))
    cells = (
        when(event),
        " ".join(standing(event, today)),
        KINDS[event.kind],
        f"{marked(event, event.title)} {moved_from(event)}",
        where,
        f"{source.report}:{source.line}",
    )
    return [one_line(cell) for cell in cells]
