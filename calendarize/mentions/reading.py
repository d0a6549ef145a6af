"""A report is read: its date, its mentions with role and title."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise

from calendarize.mentions import words
from calendarize.mentions.facts import facts as facts_of
from calendarize.mentions.mention import Mention, Role
from calendarize.mentions.months import Months, bare_days, bare_months
from calendarize.mentions.own_date import first_day, held_on, is_full, own_dates
from calendarize.mentions.place import Place, places, regroup
from calendarize.mentions.roles import (
    heads_column,
    is_accepted,
    is_birth,
    is_cited,
    role_of,
    value_facts,
)
from calendarize.mentions.suspicions import doubted
from calendarize.mentions.titles import Entitled, entitled
from calendarize.mentions.weekdays import with_weekdays
from calendarize.mentions.years import Chosen, Days, decided
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
    Value,
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
    `impossible` are the days that do not exist: (line, text, what is wrong). `days` are those
    from which its parts count, each with the offset from which it holds.
    """

    report: Report
    day: date | None
    department: str | None
    mentions: list[Mention]
    counted: bool = False
    dates_in: Counter[int] = field(default_factory=Counter)
    impossible: list[tuple[int, str, Witness]] = field(default_factory=list)
    days: Days = ()

    @property
    def source(self) -> str:
        """The report's name."""
        return self.report.source


@dataclass(slots=True)
class _Draft:
    """A mention before its title is known."""

    line: int
    column: int
    text: str
    value: Value
    chosen: Chosen
    place: Place
    role: Role

    def mention(self, entitled: Entitled | None) -> Mention:
        """Return the mention, with its title where it is an event."""
        return Mention(
            self.line, self.column, self.text, self.value, self.chosen.resolution, self.place,
            self.role,
            title=entitled.title if entitled is not None else None,
            confidence=self.chosen.confidence,
            runner_up=self.chosen.runner_up,
            other_title=entitled.runner_up if entitled is not None else None,
        )  # fmt: skip


def itself(reading: Reading) -> Reading:
    """Return a reading as it is, for those who need all of it."""
    return reading


def read(report: Report, day: date | None = None, department: str | None = None) -> Reading:
    """Find and resolve every time expression of a report.

    `day` and `department` override what the report says of itself.
    """
    found = found_in(report)
    own, sure = own_dates(report, [e for e in found if not e.weak])
    days, sure = (_days(own), sure) if day is None else ([(0, day)], 1.0)
    counted = not days
    if counted:
        counts = filter(None, (first_day(e) for e in found if e.asof and is_full(e)))
        stand_in = max(counts, default=None) or held_on(report, found)
        days = [(0, stand_in)] if stand_in is not None else []
    day = days[0][1] if days else None
    own_starts = {expression.start for expression in own}
    drafts: list[_Draft] = []
    impossible: list[tuple[int, str, Witness]] = []
    accepted, facts = accepted_places(report, found)
    for place, chosen in decided(report, days, accepted):
        expression = place.expression
        line, column = report.place(expression.start)
        text = report.raw(expression.start, expression.end)
        value = chosen.resolution.value
        if value is None:
            told = chosen.resolution.witnesses
            impossible += [(line, text, w) for w in told if w.verdict == "contradicts"]
            continue
        is_own = expression.start in own_starts
        place_and_value = [*facts[expression.start], *value_facts(place, value, day, is_own)]
        role: Role = "document" if is_own else role_of(place_and_value)[0]
        if role == "event" and (is_cited(place) or heads_column(place) or is_birth(place, day)):
            role = "reference"
        drafts.append(_Draft(line, column, text, value, chosen, place, role))
    drafts.sort(key=lambda draft: draft.place.expression.start)
    mentions = list(doubted(_entitled(report, _bounded(drafts, report)), day, sure))
    exact = (m.place.block for m in mentions if is_exact(m.value))
    dates_in = Counter(block.start for block in exact if block is not None)
    department = department or report.department
    return Reading(report, day, department, mentions, counted, dates_in, impossible, days)


def found_in(report: Report) -> list[Expression]:
    """Return what may be a time expression, in order: what its words tell, and bare
    months and days.

    Where both overlap the longer one stands (`방학(24~3.4)`, whose `~3.4` is one alone).
    """
    months = Months(report)
    bare = (*bare_months(report, months), *bare_days(report, months))
    found = [*expressions(report.view, lone_days=True), *bare]
    kept: list[Expression] = []
    for expression in sorted(found, key=lambda e: (e.start, -e.end)):
        if not kept or kept[-1].end <= expression.start:
            kept.append(expression)
    return list(with_weekdays(report, kept))


def _days(dated: Sequence[Expression]) -> Days:
    """Return from where each of the report's own dates holds; the likeliest is the report's."""
    told = [(e.start, day) for e in dated if (day := first_day(e)) is not None]
    return [(0, day) for _, day in told[:1]] + sorted(told[1:])


def accepted_places(
    report: Report, found: Sequence[Expression]
) -> tuple[list[Place], dict[int, list[str]]]:
    """Return the places of what are time expressions, and their facts by the start of each."""
    located = places(report, found)
    regroup(located)
    following = [*found[1:], None]
    facts = {
        place.expression.start: facts_of(report, place, after)
        for place, after in zip(located, following, strict=False)
    }
    accepted = [p for p in located if is_accepted(p, facts[p.expression.start])]
    regroup(accepted)
    return accepted, facts


def regroup_named(named: Iterable[tuple[Place, Role, Value]]) -> None:
    """Leave years and halves that are part of a name in it: they part no words of a title."""
    coarse = ("year", "half")
    regroup([p for p, role, v in named if role != "reference" or v.precision not in coarse])


def _entitled(report: Report, drafts: Sequence[_Draft]) -> list[Mention]:
    """Return the mentions, those that are events with their titles."""
    regroup_named((d.place, d.role, d.value) for d in drafts)
    events = [d.place for d in drafts if d.role == "event"]
    titles = iter(entitled(report, events, [d.place for d in drafts]))
    return [draft.mention(next(titles) if draft.role == "event" else None) for draft in drafts]


def _is_season(span: Point | Interval) -> bool:
    """Tell whether a period is long enough to be that of a programme which has days of its own."""
    start, end = as_day(span.bounds()[0]), last_day(span)
    return start is not None and end is not None and (end - start).days >= _SEASON


def _bounded(mentions: Sequence[_Draft], report: Report) -> list[_Draft]:
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
            following.role = "reference"
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
            is_bare = not (value.rule.months or value.rule.on_days)
            if span is not None and (is_bare or _is_season(span)):
                mention.value = replace(value, span=span)
        elif mention.role != "event" or isinstance(value, Recurring | Several | Undated):
            continue
        elif mention.place.alone and all(value.bounds()):
            rows.setdefault(key, value)
    return [m for m in mentions if id(m) not in taken]
