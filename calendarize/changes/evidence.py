"""What speaks for and against two tellings being one entry, each piece under a name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from calendarize.changes import words
from calendarize.changes.letters import Likeness
from calendarize.changes.marks import agreeing, conflict, yearly
from calendarize.changes.tellings import Telling
from calendarize.timex.values import Recurring

_DAYS_OF_MONTH = 30.4
_A_YEAR_ON = 9
"""From so many months later on stands the next of what comes round each year."""
_SYLLABLES = re.compile(r"[가-힣]+|[A-Za-z]+")


def _months(one: date, other: date) -> float:
    return (other - one).days / _DAYS_OF_MONTH


def impossible(old: Telling, new: Telling, closed: bool) -> bool:
    """Tell whether two tellings cannot be one entry.

    `closed`: the old one has been told as done or given up before. A result from before the
    promise fulfils nothing; numbers, sessions and years must not contradict.
    """
    a, b = old.event, new.event
    if conflict(old.marks, new.marks) or _other_stage(old, new):
        return True
    if a.kind == "session" or b.kind == "session":
        same = a.session is not None and b.session is not None
        if not same or a.kind != b.kind or a.session.number != b.session.number:  # type: ignore[union-attr]
            return True
    if (
        (old.told_as == "fact") != (new.told_as == "fact")
        and a.kind != "session"
        and not _same_time(old, new)
    ):
        return True
    if (
        isinstance(a.value, Recurring)
        and new.told_as == "result"
        and not isinstance(b.value, Recurring)
    ):
        return True
    if closed and new.told_as in ("plan", "postponed"):
        return not _same_time(old, new)
    if closed and new.told_as == "cancelled":
        return old.told_as != "cancelled"
    if new.told_as == "result" and new.end is not None and not closed:
        return new.end < old.day and not overlap(old, new)
    if closed and new.dated and old.dated:
        return not overlap(old, new)
    return old.told_as == "plan" and new.told_as == "plan" and _next_round(old, new)


_FINISHED = frozenset(("end", "open"))
"""What is finished and what is opened may be told of as one."""
_STAGES = frozenset(("begin", "middle", "end"))


def _other_stage(old: Telling, new: Telling) -> bool:
    """Tell whether one is about the beginning of works, the other about their end."""
    a, b = old.phases & _STAGES, new.phases & _STAGES
    return bool(a and b and not a & b)


def _same_time(old: Telling, new: Telling) -> bool:
    return old.dated and (old.start, old.end) == (new.start, new.end)


def overlap(old: Telling, new: Telling) -> bool:
    """Tell whether two times share days; open ends reach as far as one likes."""
    a, b, c, d = old.start, old.end, new.start, new.end
    if not (a or b) or not (c or d):
        return False
    return (a is None or d is None or a <= d) and (c is None or b is None or c <= b)


def _next_round(old: Telling, new: Telling) -> bool:
    """Tell whether the new telling is the next of something that comes round each year."""
    first, second = old.middle, new.middle
    if first is None or second is None or isinstance(new.event.value, Recurring):
        return False
    if old.event.kind == new.event.kind == "ongoing":
        return False
    if first.year == second.year or new.carried_over:
        return False
    comes_round = (old.recurs and new.recurs) or yearly(new.marks)
    other_half = _within_half(old, new) + _within_half(new, old) < 0
    return comes_round and (other_half or _months(first, second) >= _A_YEAR_ON)


def _within_half(named: Telling, timed: Telling) -> float:
    """Tell whether the time of one lies in the half of a year that the other is named by."""
    halves, when = named.marks.get("반기"), timed.middle
    if not halves or when is None or "반기" in timed.marks:
        return 0.0
    return 1.0 if (when.month > 6) + 1 in halves else -1.0


def evidence(
    old: Telling, new: Telling, like: Likeness, best: tuple[bool, bool], gap: bool
) -> list[float]:
    """Return the pieces of evidence, in the order of `NAMES`.

    `best`: whether each is what is likest to the other among all there are; `gap`: whether the
    edition before did not tell of it.
    """
    a, b = old.event, new.event
    first, second = old.middle, new.middle
    apart = _months(old.end, new.end) if old.end and new.end else 0.0
    round_on = _months(first, second) if first and second else 0.0
    later, earlier = max(apart, 0.0), max(-apart, 0.0)
    half = _within_half(old, new) + _within_half(new, old)
    units = (old.marks.keys() ^ new.marks.keys()) - ({"반기"} if half > 0 else set())
    stages = old.phases, new.phases
    other = bool(stages[0] and stages[1]) and not stages[0] & stages[1]
    other = other and not stages[0] | stages[1] <= _FINISHED
    return [
        1.0,
        like.both,
        like.shorter,
        max(like.both, like.shorter * 0.9) ** 2,
        float(best[0] and best[1]),
        float(best[0] or best[1]),
        float(min(agreeing(old.marks, new.marks), 2)),
        float(len(units)),
        float(other),
        float(bool(stages[0] & stages[1])),
        float(a.kind == b.kind == "session"),
        float(a.kind == b.kind and a.kind not in ("milestone", "ongoing")),
        _sections(a.section, b.section),
        float(bool(a.unit) and a.unit == b.unit),
        float(bool(a.location) and a.location == b.location),
        float(_same_time(old, new)),
        float(old.dated and new.dated and overlap(old, new)),
        min(later, 24.0) / 12,
        min(earlier, 24.0) / 12,
        float(new.told_as == "result"),
        float(new.told_as == "result" and old.end is not None and old.end < new.day),
        float(new.told_as == "plan" and old.end is not None and old.end < new.day),
        float(old.told_as == new.told_as == "fact" and _same_time(old, new)),
        float(bool(old.amounts & new.amounts)),
        float(not new.dated),
        float(gap),
        half,
        float(round_on >= _A_YEAR_ON and not new.carried_over),
    ]


NAMES = (
    "바탕",
    "제목",
    "제목 포함",
    "제목 일치",
    "서로 가장 비슷",
    "한쪽에서 가장 비슷",
    "같은 번호",
    "번호 한쪽만",
    "다른 단계",
    "같은 단계",
    "같은 회기",
    "같은 종류",
    "같은 단락",
    "같은 팀",
    "같은 장소",
    "같은 때",
    "겹치는 때",
    "늦은 달수",
    "이른 달수",
    "실적으로 말함",
    "때 지나 실적",
    "때 지나 계획",
    "같은 사실",
    "같은 수량",
    "날짜 없음",
    "한 판 거름",
    "반기",
    "한 해 뒤",
)
"""The pieces of evidence, as the reader is told them."""


@lru_cache(4096)
def _section_words(section: tuple[str, ...]) -> frozenset[str]:
    text = words.GENERIC_SECTION.sub(" ", " ".join(section))
    return frozenset(
        word[at : at + 2] for word in _SYLLABLES.findall(text) for at in range(len(word) - 1)
    )


def _sections(one: Sequence[str], other: Sequence[str]) -> float:
    """Return how far the headings above two entries are the same, 0 to 1."""
    a, b = _section_words(tuple(one)), _section_words(tuple(other))
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0
