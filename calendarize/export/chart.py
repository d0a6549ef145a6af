"""One A4 page for a meeting: sessions as bands, entries in order of time, today as a line.

Drawn by matplotlib as SVG, PNG or PDF, in the Nanum Gothic that `koreanize-matplotlib` brings, so
that it looks the same on every machine and asks nothing of a network. As many entries stand on
the page as stay readable: those with days of their own before those without, what lies ahead
before what is over; the rest is counted in the footer.
"""

from __future__ import annotations

import io
import logging
import warnings
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wcwidth import wcswidth

from calendarize.changes.times import days
from calendarize.errors import UsageError
from calendarize.events.model import Event
from calendarize.export.colors import COLORS
from calendarize.export.moved import moves
from calendarize.export.options import Options, title_of
from calendarize.export.text import one_line, shorten
from calendarize.export.timeline import chronological, period, stands, years_of
from calendarize.export.words import day_words, marked, when
from calendarize.report.own import NAME
from calendarize.timex.values import Interval, Recurring, Undated, as_day, last_day, month_end

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties

A4 = (11.69, 8.27)
"""Width and height of the page in inches, landscape."""
ROWS = 32
"""So many entries a page holds in letters that can be read across a table."""
_TITLE = 48
_LEAST = timedelta(days=60)
"""The shortest span of time that the page shows."""
_COLUMNS = 178
"""So many columns of letters the chart is wide."""
_PALE = "#8a8a8a"
_OUTLINE = "#8a8a8a"
_ARROW = 9
"""How many days long the arrow of an open side is."""


def render_svg(events: Sequence[Event], options: Options) -> bytes:
    """Return the page as SVG; its letters are outlines, so that no font is needed to see it."""
    return _page(events, options, "svg")


def render_png(events: Sequence[Event], options: Options) -> bytes:
    """Return the page as PNG, 200 dots an inch."""
    return _page(events, options, "png")


def render_pdf(events: Sequence[Event], options: Options) -> bytes:
    """Return the page as PDF, its text as text."""
    return _page(events, options, "pdf")


_METADATA: dict[str, dict[str, Any]] = {
    "svg": {"Creator": NAME, "Date": None},
    "png": {"Software": NAME},
    "pdf": {"Producer": NAME, "Creator": NAME, "CreationDate": None},
}


def _page(events: Sequence[Event], options: Options, form: str) -> bytes:
    try:
        import matplotlib
        from matplotlib.figure import Figure
    except ImportError as error:
        raise _missing() from error
    # what stands in the file must not depend on the hour or the run
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    settings: Any = {"svg.hashsalt": NAME, "pdf.fonttype": 42}
    with matplotlib.rc_context(settings), warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # a sign that the font lacks becomes a box
        figure = Figure(figsize=A4)
        _draw(figure, events, options)
        written = io.BytesIO()
        figure.savefig(written, format=form, dpi=200, metadata=_METADATA[form])
    return written.getvalue()


def _missing() -> UsageError:
    return UsageError(
        "그림 라이브러리가 없습니다. 다음으로 설치하세요: pip install 'calendarize[chart]'"
    )


def _font(bold: bool = False, size: float = 9) -> FontProperties:
    from matplotlib.font_manager import FontProperties

    found = find_spec("koreanize_matplotlib")
    if found is None or found.origin is None:
        raise _missing()
    name = "NanumGothicBold.ttf" if bold else "NanumGothic.ttf"
    return FontProperties(fname=str(Path(found.origin).parent / "fonts" / name), size=size)


def _draw(figure: Figure, events: Sequence[Event], options: Options) -> None:
    sessions, rows, left = _chosen(events, options)
    name = one_line(options.calendar_name or title_of(events))
    figure.text(0.04, 0.945, name, fontproperties=_font(bold=True, size=17))
    told = " · ".join(filter(None, (period(events, options), f"{day_words(options.today)} 기준")))
    figure.text(0.04, 0.915, told, fontproperties=_font(size=9), color="#555555")
    axes = figure.add_axes((0.04, 0.07, 0.92, 0.815))
    first, last = _span([*sessions, *rows], options)
    _axis(axes, first, last, len(rows))
    _bands(axes, sessions, first, last)
    if first <= options.today <= last:
        axes.axvline(_at(options.today) + 0.5, color="#d32f2f", linewidth=1.1, zorder=4)
    for at, event in enumerate(rows):
        _row(axes, event, at, first, last, options)
    footer = f"일정 {len(sessions) + len(rows)}건" + (
        f", 이 쪽에 없는 일정 {left}건" if left else ""
    )
    figure.text(0.04, 0.025, footer, fontproperties=_font(size=8), color="#555555")
    figure.text(
        0.96, 0.025,
        "◆ 하루   ■ 기간   " + ("◇ □ 지난 보고의 때   " if any(any(moves(e)) for e in rows) else "")
        + "옅은 띠: 회기   붉은 선: 기준일",
        fontproperties=_font(size=8), color="#555555", ha="right",
    )  # fmt: skip


def _chosen(events: Sequence[Event], options: Options) -> tuple[list[Event], list[Event], int]:
    """Return the sessions, the entries for the rows in order of time, and how many are left out."""
    a, b = years_of(events, options)
    shown = [
        e
        for e in events
        if not isinstance(e.value, Undated | Recurring) and a <= stands(e).year <= b
    ]
    sessions = [e for e in shown if e.kind == "session"]
    others = [e for e in shown if e.kind != "session"]
    ahead = [e for e in others if e.status(options.today) != "done"]
    over = [e for e in others if e.status(options.today) == "done"]
    ahead.sort(key=chronological)
    over.sort(key=chronological, reverse=True)
    likely = sorted([*ahead, *over], key=lambda event: event.approximate)
    kept = sorted(likely[:ROWS], key=chronological)
    return sessions, kept, len(events) - len(sessions) - len(kept)


def _span(events: Sequence[Event], options: Options) -> tuple[date, date]:
    """Return the days that the page shows: those asked for, else whole months that hold most."""
    starts = sorted(day for e in events if (day := stands(e)) != date.max)
    if not starts:
        starts = [options.today]
    first = (options.first or starts[0]).replace(day=1)
    ends = [end for e in events if (end := last_day(e.value)) and end.year == starts[-1].year]
    last = options.last or max([starts[-1], *ends])
    return first, max(month_end(last.year, last.month), first + _LEAST)


def _at(day: date) -> int:
    return day.toordinal()


def _axis(axes: Axes, first: date, last: date, rows: int) -> None:
    axes.set_xlim(_at(first), _at(last) + 1)
    axes.set_ylim(max(rows, 8) - 0.3, -1.9)
    axes.set_yticks([])
    axes.set_xticks([])
    for side in ("top", "left", "right", "bottom"):
        axes.spines[side].set_visible(False)
    for month in _months(first, last):
        axes.axvline(_at(month), color="#e0e0e0", linewidth=0.8, zorder=0)
        year = f"{month.year}년 " if month.month == 1 or month == first else ""
        axes.text(
            _at(month) + 0.4, -1.55, f"{year}{month.month}월",
            fontproperties=_font(size=8.5), color="#444444", va="center", clip_on=True,
        )  # fmt: skip


def _months(first: date, last: date) -> Iterator[date]:
    day = first
    while day <= last:
        yield day
        day = (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _bands(axes: Axes, sessions: Sequence[Event], first: date, last: date) -> None:
    for session in sessions:
        start, end = as_day(session.start), last_day(session.value)
        if start is None or end is None or end < first or start > last:
            continue
        axes.axvspan(_at(start), _at(end) + 1, color=COLORS["session"], alpha=0.13, zorder=0)
        middle = (_at(max(start, first)) + _at(min(end, last)) + 1) / 2
        title = marked(session, str(session.session or one_line(session.title)))
        name = f"{title}\n{when(session, start.year)}"
        axes.text(
            middle, -0.95, name, fontproperties=_font(bold=True, size=7.5),
            color=COLORS["session"], ha="center", va="center", linespacing=1.3,
        )  # fmt: skip


def _row(axes: Axes, event: Event, at: int, first: date, last: date, options: Options) -> None:
    before = list(_before(event, first, last))
    for left, right in before:
        _outline(axes, left, right, at)
    start = as_day(event.start) or last_day(event.value) or first
    end = last_day(event.value) or start
    opens = isinstance(event.value, Interval) and event.value.end is None
    a, b = _at(max(start, first)), _at(min(end, last)) + 1
    over = event.cancelled or event.status(options.today) == "done"
    color = _PALE if over else COLORS[event.kind]
    if b - a <= 1:
        axes.plot([a + 0.5], [at], "D", color=color, markersize=5.5, zorder=3, clip_on=False)
    else:
        hatch = "////" if event.approximate else None
        axes.barh(
            at, b - a, left=a, height=0.5, color="none" if hatch else color,
            edgecolor=color, hatch=hatch, linewidth=0.6, zorder=3,
        )  # fmt: skip
    if opens:
        axes.annotate(
            "", (min(b + _ARROW, _at(last) + 1), at), (b, at),
            arrowprops={"arrowstyle": "->", "color": color}, zorder=3,
        )  # fmt: skip
    known = start.year if start.year == first.year else None
    label = f"{when(event, known)}  {shorten(marked(event, one_line(event.title)), _TITLE)}"
    whole, gap = _at(last) - _at(first), (_at(last) - _at(first)) / 130
    inside = b - a > 0.45 * whole
    if not inside:
        a = min([a, *(left for left, _ in before)])
        b = max([b, *(right for _, right in before)])
    room, behind = a - _at(first), _at(last) - b
    needed = whole * wcswidth(label) / _COLUMNS + gap + (_ARROW if opens else 0)
    right = inside or behind >= needed or behind > room
    place = a + gap if inside else b + gap + (_ARROW if opens else 0) if right else a - gap
    axes.text(
        place, at, label, fontproperties=_font(size=8.2),
        color="#777777" if over else "#111111", va="center", ha="left" if right else "right",
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.2} if inside else None, zorder=5,
    )  # fmt: skip


def _before(event: Event, first: date, last: date) -> Iterator[tuple[int, int]]:
    """Yield from where to where an event stood in older reports, as far as the page shows it."""
    for moved in moves(event):
        start, end = days(moved.told.value)
        start, end = start or end, end or start
        if start and end and start <= last and end >= first:
            yield _at(max(start, first)), _at(min(end, last)) + 1


def _outline(axes: Axes, a: int, b: int, at: int) -> None:
    if b - a <= 1:
        axes.plot([a + 0.5], [at], "D", mfc="none", mec=_OUTLINE, mew=0.8, markersize=5.5, zorder=2)
    else:
        axes.barh(
            at, b - a, left=a, height=0.5, color="none", edgecolor=_OUTLINE, linewidth=0.8,
            linestyle=(0, (2, 1.5)), zorder=2,
        )  # fmt: skip
