"""Suspicions: how sure the time of a mention is, all things considered.

What the choice leaves to the runner-up is one measure. There are others: readings that turned out
wrong more often than the choice itself knows, each with what it would be otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from calendarize.mentions.doubt import is_doubtful
from calendarize.mentions.mention import Mention
from calendarize.timex.resolve import Resolution
from calendarize.timex.values import Day, Moment, Month, Value, as_day, last_day

SETTLED = 0.9999
"""A choice surer than this has every other evidence on its side."""
_UNSURE = 0.8
"""A report's own day less sure than this makes doubtful what counts from it."""
_DAYS_ON = re.compile(r"\s*(\d{1,2})(?!\d)")
_MOST_OF_A_YEAR = timedelta(days=300)
_FAR_AHEAD = timedelta(days=6000)
_CENTURY = relativedelta(years=100)


class Suspicion(NamedTuple):
    """A reading that is often wrong, though the choice may be sure of it.

    `other` returns what it would be otherwise, `None` where there is no such suspicion; its
    arguments are the mention, the day before it in the text, and the report's. `right` is the
    share of such readings that was right in the annotated documents, `note` why in Korean.
    """

    right: float
    note: str
    other: Callable[[Mention, date | None, date | None], Resolution | None]


def doubted(mentions: Sequence[Mention], day: date | None, sure: float = 1.0) -> Iterator[Mention]:
    """Yield mentions with all that is known of how sure they are.

    `day` is the report's, `sure` how sure it is that it is.
    """
    before: date | None = None
    for mention in mentions:
        leans = sure < _UNSURE and _leans_on_report(mention)
        yield _doubted(_less_sure(mention, sure) if leans else mention, before, day)
        before = _day_of(mention.value) or before


def _leans_on_report(mention: Mention) -> bool:
    """Tell whether the report's own day tells the year."""
    return any(w.kind == "report" and w.verdict == "decides" for w in mention.resolution.witnesses)


def _less_sure(mention: Mention, sure: float) -> Mention:
    confidence = min(mention.confidence, sure)
    return replace(mention, confidence=confidence, doubt="보고일 자체가 확실하지 않습니다")


def _doubted(mention: Mention, before: date | None, day: date | None) -> Mention:
    mention = _weekday_kept(mention, before)
    for suspicion in SUSPICIONS:
        other = suspicion.other(mention, before, day)
        if other is not None and suspicion.right < mention.confidence:
            mention = replace(
                mention, confidence=suspicion.right, runner_up=other, doubt=suspicion.note
            )
    if is_doubtful(mention.confidence) and not mention.doubt:
        return replace(mention, doubt=_open(mention))
    return mention


def _weekday_kept(mention: Mention, before: date | None) -> Mention:
    """Propose the time that its weekday fits, rather than another weekday.

    Where there is such a time and it is nearer to the day before it in the text, or only the day
    of the month is written: then the month is more often wrong than the weekday.
    """
    other = mention.runner_up
    if other is None or other.value is None or _weekdays(other) != {"agrees"}:
        return mention
    lone, nearer = _is_lone_day(mention), _is_nearer(other.value, mention.value, before)
    if not (lone or nearer):
        return mention
    fits = f"요일이 맞는 {other.value.korean()}인지 확인하세요."
    told = [
        replace(w, proposal=fits if nearer else f"{fits} 아니면 {w.proposal}")
        if (w.kind, w.verdict) == ("weekday", "contradicts")
        else w
        for w in mention.resolution.witnesses
    ]
    return replace(mention, resolution=Resolution(mention.resolution.value, told))


def _is_nearer(one: Value, other: Value, day: date | None) -> bool:
    first, second = _day_of(one), _day_of(other)
    if first is None or second is None or day is None:
        return False
    return abs(first - day) < abs(second - day)


def _is_lone_day(mention: Mention) -> bool:
    items = mention.place.expression.items
    return bool(items) and items[0].month is None and items[0].day is not None


def _weekdays(resolution: Resolution) -> set[str]:
    told = resolution.witnesses
    return {w.verdict for w in told if w.kind == "weekday" and w.verdict != "decides"}


def _open(mention: Mention) -> str:
    """Say what is not written, so that other readings are nearly as likely."""
    if _is_lone_day(mention):
        return "몇 월인지 적혀 있지 않고, 둘레의 날짜가 한쪽만 가리키지 않습니다"
    return "연도가 적혀 있지 않고, 둘레의 날짜가 한쪽만 가리키지 않습니다"


def _day_of(value: Value) -> date | None:
    return as_day(value.bounds()[0]) or last_day(value)


def _with_its_day(mention: Mention, before: date | None, day: date | None) -> Resolution | None:
    """`2012. 12 14`: the number behind a month may be its day."""
    value, number = mention.value, _DAYS_ON.match(mention.place.after)
    if not isinstance(value, Month) or number is None or mention.runner_up is not None:
        return None
    try:
        return Resolution(Day(date(value.year, value.month, int(number[1]))))
    except ValueError:
        return None


def _a_century_ago(mention: Mention, before: date | None, day: date | None) -> Resolution | None:
    """`57.03.11` in a report of 2008: a birthday, not a plan."""
    value = mention.value
    if not isinstance(value, Day) or day is None or value.date - day < _FAR_AHEAD:
        return None
    return Resolution(Day(value.date - _CENTURY))


def _a_week_on(mention: Mention, before: date | None, day: date | None) -> Resolution | None:
    """`다음 주 수요일`: a release is dated by the day on which it was written or came out."""
    items = mention.place.expression.items
    if not items or items[0].shift is None or items[0].shift[0] != "week":
        return None
    match mention.value:
        case Day(at):
            return Resolution(Day(at + timedelta(weeks=1)))
        case Moment(moment):
            return Resolution(Moment(moment + timedelta(weeks=1)))
    return None


def _by_the_report_alone(
    mention: Mention, before: date | None, day: date | None
) -> Resolution | None:
    """Nothing but the report's own day tells the year."""
    told = [w.kind for w in mention.resolution.witnesses
            if w.verdict == "decides" and w.kind in ("context", "report", "weekday")]  # fmt: skip
    alone = told[-1:] == ["report"] and mention.confidence < SETTLED
    return mention.runner_up if alone else None


def _long_after(mention: Mention, before: date | None, day: date | None) -> Resolution | None:
    """It lies most of a year behind the day that stands before it."""
    first = _day_of(mention.value)
    if first is None or before is None or first - before <= _MOST_OF_A_YEAR:
        return None
    return mention.runner_up if mention.confidence < SETTLED else None


SUSPICIONS = (
    Suspicion(0.30, "뒤에 이어지는 숫자가 날일 수 있습니다", _with_its_day),
    Suspicion(0.20, "두 자리로 적힌 연도가 지난 세기일 수 있습니다", _a_century_ago),
    Suspicion(0.85, "보고일이 글을 쓴 날인지 낸 날인지에 따라 한 주가 달라집니다", _a_week_on),
    Suspicion(0.89, "연도나 달이 적혀 있지 않아 보고일만으로 정했습니다", _by_the_report_alone),
    Suspicion(0.83, "연도가 적혀 있지 않고, 바로 앞 날짜보다 열 달 넘게 뒤입니다", _long_after),
)
"""What is suspicious, the most telling first."""
