"""A report is read: its date, its mentions with role and title."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain, pairwise

from calendarize.events import words
from calendarize.events.acceptance import is_accepted, is_adverb
from calendarize.events.anchors import Context
from calendarize.events.mention import Mention
from calendarize.events.place import places, regroup
from calendarize.events.roles import is_release, role_of
from calendarize.events.titles import title_of
from calendarize.report.model import Report
from calendarize.timex.grammar import expressions
from calendarize.timex.partial import Expression
from calendarize.timex.resolve import Anchor, Witness, resolve
from calendarize.timex.values import (
    Interval,
    Point,
    Recurring,
    Several,
    Undated,
    as_day,
    is_exact,
    last_day,
)

_SEASON = 27
"""A programme lasts at least four weeks: this many days after its first."""
_OPENING_LINES = 15
"""The first lines of a document without a title page in which its date may stand alone."""
_CLOSING_LINES = 12
"""The last lines of a notice among which its date may stand alone."""
_LAST_WORD = re.compile(r"\)\s*\Z")
"""What stands behind a date in brackets that ends the document."""
_DATED_BEHIND = re.compile(r"\s?\)?\s?작성(?![가-힣])")
_MADE = r"(?:작\s?성|보\s?고|공\s?고|배\s?포|발\s?행|안\s?내|게\s?시|등\s?록|시\s?행|보\s?도)"
_DATED = re.compile(
    rf"(?:{_MADE}\s?일(?:[자시])?|작\s?성|(?<!재)배\s?포|일\s?자)\s*[:：\t |/]*$"
    r"|(?:^|\n)\s*시\s?행\s+[가-힣·\d]{2,20}\s?-\s?\d+\s*\(\s*$"
)
"""What stands before the date: a label, or the number of an official letter: `시행 총무과-12 (`."""


@dataclass(slots=True)
class Reading:
    """What a report says: its own date (`None` where it does not say) and its mentions.

    `counted`: the report gives no date of its own; `day` is the latest on which it counts
    something (`2019. 6월말 현재`). `dates_in` counts the exact dates of a block, by its start.
    `impossible` are the days that do not exist: (line, text, what is wrong).
    """

    report: Report
    day: date | None
    department: str | None
    mentions: list[Mention]
    counted: bool = False
    dates_in: Counter[int] = field(default_factory=Counter)
    impossible: list[tuple[int, str, Witness]] = field(default_factory=list)

    @property
    def source(self) -> str:
        """The report's name."""
        return self.report.source


def itself(reading: Reading) -> Reading:
    """Return a reading as it is, for those who need all of it."""
    return reading


def read(report: Report, day: date | None = None, department: str | None = None) -> Reading:
    """Find and resolve every time expression of a report.

    `day` and `department` override what the report says of itself.
    """
    own_day = day is None
    found = list(expressions(report.view))
    dated = document_date(report, found)
    if day is None and dated is not None:
        day = _first_day(dated)
    counted = day is None
    if counted:
        day = max(
            filter(None, (_first_day(e) for e in found if e.asof and _is_full(e))), default=None
        )
    accepted = [p for p in places(report, found) if is_accepted(p)]
    groups: dict[int, list[Expression]] = {}
    for place in accepted:
        if place.block is not None:
            groups.setdefault(place.block.start, []).append(place.expression)
    regroup(accepted)
    context = Context(report, day, groups)
    mentions: list[Mention] = []
    impossible: list[tuple[int, str, Witness]] = []
    for place in chain(accepted, context.waiting.values()):
        if context.has_to_wait(place):
            continue
        resolution = resolve(place.expression, context.anchor(place))
        context.remember(place, resolution.value)
        if is_adverb(place):
            continue
        line, column = report.place(place.expression.start)
        text = report.raw(place.expression.start, place.expression.end)
        if resolution.value is None:
            impossible += [
                (line, text, w) for w in resolution.witnesses if w.verdict == "contradicts"
            ]
            continue
        role = role_of(place, place.expression is dated)
        if role == "document" and own_day and _is_full(place.expression):
            context.day = as_day(resolution.value.bounds()[0])  # the next release of a bundle
        mentions.append(Mention(line, column, text, resolution.value, resolution, place, role))
    mentions.sort(key=lambda m: m.place.expression.start)
    _entitle(mentions)
    mentions = _bounded(mentions, report)
    exact = (m.place.block for m in mentions if is_exact(m.value))
    dates_in = Counter(block.start for block in exact if block is not None)
    department = department or report.department
    return Reading(report, day, department, mentions, counted, dates_in, impossible)


def _entitle(mentions: Sequence[Mention]) -> None:
    """Give every event mention its title; years that are part of a name stay in it."""
    named = ("year", "half")
    kept = (m for m in mentions if m.role != "reference" or m.value.precision not in named)
    regroup([m.place for m in kept])
    titles: dict[int, str] = {}
    for mention in mentions:
        if mention.role == "event":
            mention.title = title_of(mention.place, titles)
            titles[mention.place.expression.start] = mention.title


def document_date(report: Report, found: Sequence[Expression]) -> Expression | None:
    """Return the expression that is the report's own date.

    It stands alone on a line of the front matter or the first lines, behind a label such as
    작성일, alone among the last lines of a notice, or in brackets at the very end; the first of
    them counts, a day before a month. Else it is when a press release may be used.
    """
    dates = [e for e in found if _is_full(e)]
    alone = [e for e in dates if _alone_on_line(report, e) and not _is_value(report, e)]
    opening = max(report.front, report.line_starts[: _OPENING_LINES + 1][-1])
    leading = [e for e in alone if e.start < opening]
    if leading:
        return next((e for e in leading if e.items[0].unit == "day"), leading[0])
    for expression in dates:
        before = _DATED.search(report.view, max(0, expression.start - 40), expression.start)
        if before or _DATED_BEHIND.match(report.view, expression.end):
            return expression
    closing = report.line_starts[-_CLOSING_LINES:][0] if report.line_starts else 0
    signed = next((e for e in alone if e.start >= closing), None)
    last = dates[-1] if dates else None
    if signed is None and last is not None and _LAST_WORD.match(report.view, last.end):
        signed = last if report.view[: last.start].endswith("(") else None
    return signed or next((e for e in dates if is_release(report.view[e.end :][:60])), None)


def _is_full(expression: Expression) -> bool:
    """Tell whether an expression is one point whose year is written, a month or finer."""
    if expression.form != "point":
        return False
    item = expression.items[0]
    return item.year is not None and item.unit in ("month", "part", "day", "minute")


def _is_value(report: Report, expression: Expression) -> bool:
    """Tell whether a date stands right below a numbered heading of the body, as its value."""
    block = report.block_at(expression.start) if expression.start >= report.front else None
    parent = block.parent if block is not None else None
    if parent is None or parent.marker in ("", "#"):
        return False
    return not report.view[parent.end : expression.start].strip()


def _first_day(expression: Expression) -> date | None:
    value = resolve(expression, Anchor()).value
    return as_day(value.bounds()[0]) if value else None


def _alone_on_line(report: Report, expression: Expression) -> bool:
    """Tell whether nothing but the department stands beside a date in its line."""
    view = report.view
    start = view.rfind("\n", 0, expression.start) + 1
    end = view.find("\n", expression.end)
    rest = view[start : expression.start] + view[expression.end : end if end >= 0 else len(view)]
    return not rest.replace(report.department or "", "").strip(" \t\x1e|,./()[]<>-·□○*")


def _is_season(span: Point | Interval) -> bool:
    """Tell whether a period is long enough to be that of a programme which has days of its own."""
    start, end = as_day(span.bounds()[0]), last_day(span)
    return start is not None and end is not None and (end - start).days >= _SEASON


def _bounded(mentions: Sequence[Mention], report: Report) -> list[Mention]:
    """Bound rules by the period in the bracket behind them, or that their table row gives.

    `매월 둘째 주 화요일 14시 (3월~11월, …)`; `'21. 1~12월 | 12회(매월)` for a rule without days.
    A period alone in its bracket is part of the rule's expression.
    """
    taken: set[int] = set()
    for mention, following in pairwise(mentions):
        value, period = mention.value, following.value
        start, end = mention.place.expression.start, following.place.expression.end
        between = report.view[mention.place.expression.end : following.place.expression.start]
        if not isinstance(value, Recurring) or value.span or between.strip() != "(":
            continue
        if words.NOT_AN_ENTRY_AFTER.match(following.place.after):
            continue  # `매주 토요일(7~8월 제외)`
        if isinstance(period, Interval) and all(period.bounds()):
            mention.value = replace(value, span=period)
            following.role, following.title = "reference", None
            if following.place.after.startswith(")"):
                mention.text = report.raw(start, end + 1)
                taken.add(id(following))
    rows: dict[tuple[int, int], Point | Interval] = {}
    for mention in mentions:
        block = mention.place.block
        if mention.place.table is None or block is None:
            continue
        key = (id(mention.place.table), block.row)
        value = mention.value
        if isinstance(value, Recurring) and value.span is None:
            span = rows.get(key)
            if span is not None and ("BY" not in value.rrule or _is_season(span)):
                mention.value = replace(value, span=span)
        elif mention.role != "event" or isinstance(value, Recurring | Several | Undated):
            continue
        elif mention.place.alone and all(value.bounds()):
            rows.setdefault(key, value)
    return [m for m in mentions if id(m) not in taken]
