"""What speaks for and against two tellings being one entry, each piece under a name."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import log

from calendarize.changes import words
from calendarize.changes.marks import agreeing, conflict, yearly
from calendarize.changes.tellings import Telling
from calendarize.timex.values import Recurring

_COUNT = re.compile(
    r"\(?\s?(?:총|약|각|연)?\s?\d[\d,.]*\s?(?:개소|개월|개교|개|명|회|건|대|등|㎡|km|m|억|백만|천|만|원|부|팀|종|동|교|층|세대|가구|%|kw)+\w?\s?\)?"
)
_TIME = re.compile(
    r"['’‘]?\d{2,4}\s?[.년]\s?(?:\d{1,2}\s?[.월]?)?|\d{1,2}\s?[.월]\s?(?:\d{1,2}\s?[.일]?)?(?:\([월화수목금토일]\))?"
)
_SESSION = re.compile(r"(?<=\S)\s제\s?\d+회\s(?:제\d차\s)?(?:임시회|정례회)")
"""A session behind the name of what takes place in it."""
_WORD = re.compile(r"[가-힣]+|[A-Za-z]+")
_PARTICLE = re.compile(r"(?<=[가-힣]{2})(?:으로|에서|에게|까지|부터|을|를|은|는|의|에|와|과|로)$")
_WHOLE, _OUTSIDE, _LOOSE, _ACROSS = 1.0, 0.5, 0.6, 0.6
"""Weights of letters: of the title in the line, of a heading in the title, of the line alone;
and what a pair of letters that reaches over a word's end is worth."""
_DAYS_OF_MONTH = 30.4
A_YEAR_ON = (9, 15)
"""So many months later stands the next of what comes round each year."""


@lru_cache(20_000)
def _core(text: str) -> tuple[str, ...]:
    """Return the words of a text that name what it is about."""
    text = unicodedata.normalize("NFKC", text)
    text = _TIME.sub(" ", _COUNT.sub(" ", _SESSION.sub(" ", text)))
    found = []
    for word in _WORD.findall(text):
        word = _PARTICLE.sub("", word)
        short = words.ACTIONS.sub("", word)
        while short != word and len(short) >= 2:
            word, short = short, words.ACTIONS.sub("", short)
        if short or len(word) > 4:
            found.append(short if len(short) >= 2 else word if short else "")
    joined = " ".join(filter(None, found)).lower()
    for written, same in words.SAME_WORDS:
        joined = joined.replace(written, same)
    return tuple(joined.split())


@dataclass(frozen=True, slots=True)
class Grams:
    """The pairs of letters of a telling, with their weights.

    `own` stand in its line; `lent` come from headings that its title took in: they may speak for
    a likeness, but their absence speaks against none.
    """

    own: Mapping[str, float]
    lent: Mapping[str, float]

    def __iter__(self) -> Iterator[str]:
        yield from self.own
        yield from self.lent


def grams(telling: Telling) -> Grams:
    """Return the pairs of letters of a telling, each with the weight of where it stands."""
    title, label = (
        _core(telling.event.title),
        _core(f"{telling.label} {words.REASON.sub('', telling.own)}"),
    )
    if not label:
        return Grams(_pairs((word, _WHOLE) for word in title), {})
    close_title, close_label = "".join(title), "".join(label)
    own = _pairs((word, _WHOLE if word in close_title else _LOOSE) for word in label)
    lent = _pairs((word, _WHOLE if word in close_label else _OUTSIDE) for word in title)
    return Grams(own, {gram: weight for gram, weight in lent.items() if gram not in own})


def _pairs(weighed: Iterable[tuple[str, float]]) -> dict[str, float]:
    """Return the pairs of letters of words; those that reach over a word's end count less."""
    found: dict[str, float] = {}
    end, last = "", 0.0
    for word, weight in weighed:
        for gram in [word[at : at + 2] for at in range(len(word) - 1)] or [word]:
            found[gram] = max(found.get(gram, 0.0), weight)
        if end:
            across = end + word[0]
            found[across] = max(found.get(across, 0.0), _ACROSS * min(weight, last))
        end, last = word[-1], weight
    return found


@dataclass(frozen=True, slots=True)
class Rarity:
    """How much a pair of letters tells, from how many tellings have it."""

    often: Mapping[str, int]
    total: int

    def of(self, gram: str) -> float:
        return log((self.total + 1) / (self.often.get(gram, 0) + 0.5))


def rarity(found: Iterable[Grams]) -> Rarity:
    """Count how many tellings have each pair of letters."""
    often, total = Counter[str](), 0
    for each in found:
        often.update(each)
        total += 1
    return Rarity(often, total)


@dataclass(frozen=True, slots=True)
class Likeness:
    """How far the words of two tellings are the same: 0 to 1, of both and of the shorter."""

    both: float
    shorter: float


@dataclass(frozen=True, slots=True)
class Weighed:
    """Pairs of letters with their weights times rarity; `total` is the sum of the own ones."""

    own: Mapping[str, float]
    lent: Mapping[str, float]
    total: float


def weigh(found: Grams, rare: Rarity) -> Weighed:
    """Return the weights of the pairs of letters with their rarity."""
    own = {gram: weight * rare.of(gram) for gram, weight in found.own.items()}
    lent = {gram: weight * rare.of(gram) for gram, weight in found.lent.items()}
    return Weighed(own, lent, sum(own.values()))


def likeness(one: Weighed, other: Weighed) -> Likeness:
    """Compare the weighed letters of two tellings."""
    a, b = one.own, other.own
    shared = sum(min(weight, b[gram]) for gram, weight in a.items() if gram in b)
    left = sum(min(weight, a[gram]) for gram, weight in other.lent.items() if gram in a)
    right = sum(min(weight, b[gram]) for gram, weight in one.lent.items() if gram in b)
    totals = one.total + right, other.total + left
    shared += left + right
    least, both = min(totals), sum(totals)
    return Likeness(2 * shared / both if both else 0.0, shared / least if least else 0.0)


def _months(one: date, other: date) -> float:
    return (other - one).days / _DAYS_OF_MONTH


def middle(telling: Telling) -> date | None:
    """Return the middle of a telling's time; of what is open, the end that it has."""
    start, end = telling.start or telling.end, telling.end or telling.start
    return start + (end - start) / 2 if start and end else None


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
    first, second = middle(old), middle(new)
    if first is None or second is None or isinstance(new.event.value, Recurring):
        return False
    if words.CARRIED_OVER.search(new.behind) or first.year == second.year:
        return False
    comes_round = (old.recurs and new.recurs) or yearly(new.marks)
    other_half = _within_half(old, new) + _within_half(new, old) < 0
    return comes_round and (other_half or _months(first, second) >= A_YEAR_ON[0])


@lru_cache(20_000)
def _amounts(text: str) -> frozenset[str]:
    return frozenset("".join(found.split()).strip("()") for found in _COUNT.findall(text))


def _within_half(named: Telling, timed: Telling) -> float:
    """Tell whether the time of one lies in the half of a year that the other is named by."""
    halves, when = named.marks.get("반기"), middle(timed)
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
    first, second = middle(old), middle(new)
    apart = _months(old.end, new.end) if old.end and new.end else 0.0
    round_on = _months(first, second) if first and second else 0.0
    later, earlier = max(apart, 0.0), max(-apart, 0.0)
    units = old.marks.keys() ^ new.marks.keys()
    stages = old.phases, new.phases
    return [
        1.0,
        like.both,
        like.shorter,
        max(like.both, like.shorter * 0.9) ** 2,
        float(best[0] and best[1]),
        float(best[0] or best[1]),
        float(min(agreeing(old.marks, new.marks), 2)),
        float(len(units)),
        float(bool(stages[0] and stages[1] and not stages[0] & stages[1])),
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
        float(bool(_amounts(old.named) & _amounts(new.named))),
        float(not new.dated),
        float(gap),
        _within_half(old, new) + _within_half(new, old),
        float(round_on >= A_YEAR_ON[0] and not words.CARRIED_OVER.search(new.behind)),
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
        word[at : at + 2] for word in _WORD.findall(text) for at in range(len(word) - 1)
    )


def _sections(one: Sequence[str], other: Sequence[str]) -> float:
    """Return how far the headings above two entries are the same, 0 to 1."""
    a, b = _section_words(tuple(one)), _section_words(tuple(other))
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0
