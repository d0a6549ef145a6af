"""A report is read: its date, its mentions with role and title."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise

from calendarize.mentions import words
from calendarize.mentions.acceptance import is_accepted, is_adverb
from calendarize.mentions.mention import Mention
from calendarize.mentions.own_date import first_day, is_full, own_dates
from calendarize.mentions.place import places, regroup
from calendarize.mentions.roles import role_of
from calendarize.mentions.titles import title_of
from calendarize.mentions.years import Days, decided
from calendarize.report.model import Report
from calendarize.timex.grammar import expressions
from calendarize.timex.partial import Expression
from calendarize.timex.resolve import Witness
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
    found = list(expressions(report.view))
    dated = own_dates(report, found)
    days = _days(dated) if day is None else [(0, day)]
    counted = not days
    if counted:
        counts = filter(None, (first_day(e) for e in found if e.asof and is_full(e)))
        days = [(0, max_day) for max_day in sorted(counts)[-1:]]
    day = days[0][1] if days else None
    accepted = [p for p in places(report, found) if is_accepted(p)]
    regroup(accepted)
    mentions: list[Mention] = []
    impossible: list[tuple[int, str, Witness]] = []
    for place, chosen in decided(report, days, accepted):
        resolution = chosen.resolution
        line, column = report.place(place.expression.start)
        text = report.raw(place.expression.start, place.expression.end)
        if resolution.value is None:
            impossible += [
                (line, text, w) for w in resolution.witnesses if w.verdict == "contradicts"
            ]
            continue
        if is_adverb(place):
            continue
        role = role_of(place, place.expression in dated)
        mentions.append(
            Mention(line, column, text, resolution.value, resolution, place, role, chosen=chosen)
        )
    mentions.sort(key=lambda m: m.place.expression.start)
    _entitle(mentions)
    mentions = _bounded(mentions, report)
    exact = (m.place.block for m in mentions if is_exact(m.value))
    dates_in = Counter(block.start for block in exact if block is not None)
    department = department or report.department
    return Reading(report, day, department, mentions, counted, dates_in, impossible)


def _days(dated: Sequence[Expression]) -> Days:
    """Return from where each of the report's own dates holds; the likeliest is the report's."""
    told = [(e.start, day) for e in dated if (day := first_day(e)) is not None]
    return [(0, day) for _, day in told[:1]] + sorted(told[1:])


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
