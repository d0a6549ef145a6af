"""The entry of one edition found again in the next: evidence weighed, then an assignment."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from math import exp
from operator import mul

from calendarize.changes import evidence
from calendarize.changes.assignment import Pair, assigned
from calendarize.changes.evidence import NAMES
from calendarize.changes.letters import Index, Likeness, Rarity, likeness, rarity, weigh
from calendarize.changes.tellings import Telling

Weights = Mapping[str, float]
_MOST = 12
"""So many of those that share most letters with a telling are compared with it."""
_LEAST = 0.2
"""Tellings less alike than this are not compared further."""
_HOPELESS = 0.5
"""What is less than this part as alike as the likest is not looked at."""
_AS_GOOD = 0.03
"""What is so little less alike than the likest is as good."""


@dataclass(frozen=True, slots=True)
class Known:
    """An entry that older editions tell: its newest telling.

    `closed` once done or given up; `gap` where the edition before did not tell of it; `first` is
    its oldest telling, whose words may come back.
    """

    last: Telling
    closed: bool = False
    gap: bool = False
    first: Telling | None = None

    @property
    def open(self) -> bool:
        """Whether it is a plan with a time that nothing has come of yet."""
        return not self.closed and self.last.told_as == "plan" and self.last.dated

    @property
    def tellings(self) -> list[Telling]:
        """The tellings whose words are compared."""
        again = self.first is None or self.first.key == self.last.key
        return [self.last] if again or self.first is None else [self.last, self.first]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two tellings that may be one entry, by their places in the two lists."""

    old: int
    new: int
    like: Likeness
    evidence: list[float]


@dataclass(frozen=True, slots=True)
class Match:
    """Two tellings of one entry: places in the lists, probability, and what speaks for it."""

    old: int
    new: int
    probability: float
    reasons: tuple[str, ...]


@lru_cache(1)
def weights() -> dict[str, float]:
    """Return the weight of each piece of evidence; learned from annotated chains."""
    text = files("calendarize.changes").joinpath("weights.json").read_text("utf-8")
    return {name: float(weight) for name, weight in json.loads(text).items()}


def rarity_in(known: Sequence[Known], found: Sequence[Telling]) -> Rarity:
    """Return how much letters tell among the tellings of two editions."""
    return rarity([*(each.last.grams for each in known), *(telling.grams for telling in found)])


def candidates(known: Sequence[Known], found: Sequence[Telling], rare: Rarity) -> list[Candidate]:
    """Return the pairs whose words are alike and that nothing rules out, with the evidence."""
    told = [(at, weigh(t.grams, rare)) for at, each in enumerate(known) for t in each.tellings]
    index = Index([weighed for _, weighed in told])
    pairs: list[tuple[int, int, Likeness]] = []
    for other, telling in enumerate(found):
        new = weigh(telling.grams, rare)
        likes: dict[int, Likeness] = {}
        for place in index.likest(new, _MOST, _LEAST):
            at, old = told[place]
            like = likeness(old, new)
            if at not in likes or like.both > likes[at].both:
                likes[at] = like
        for at, like in likes.items():
            each = known[at]
            if _alike(each.last, telling, like) and not evidence.impossible(
                each.last, telling, each.closed
            ):
                pairs.append((at, other, like))
    best_of_old: dict[int, float] = defaultdict(float)
    best_of_new: dict[int, float] = defaultdict(float)
    for at, other, like in pairs:
        best_of_old[at] = max(best_of_old[at], like.both)
        best_of_new[other] = max(best_of_new[other], like.both)
    result = []
    for at, other, like in pairs:
        if like.both < _HOPELESS * max(best_of_old[at], best_of_new[other]):
            continue
        best = (
            like.both >= best_of_old[at] - _AS_GOOD,
            like.both >= best_of_new[other] - _AS_GOOD,
        )
        result.append(_candidate(at, other, known[at], found[other], like, best))
    return result


def _candidate(
    at: int, other: int, old: Known, new: Telling, like: Likeness, best: tuple[bool, bool]
) -> Candidate:
    return Candidate(at, other, like, evidence.evidence(old.last, new, like, best, old.gap))


def _alike(old: Telling, new: Telling, like: Likeness) -> bool:
    session = old.event.session
    same_session = session is not None and session == new.event.session
    return same_session or max(like.both, like.shorter) >= _LEAST


def _in_the_same_words(known: Sequence[Known], found: Sequence[Telling]) -> list[Pair]:
    """Return the pairs that say the same in the same words, where only one on each side does.

    Of several in the same words those of the same time go first, as many as both sides have of
    one time in their order.
    """
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for timed in (True, False):
        olds: dict[object, list[int]] = defaultdict(list)
        news: dict[object, list[int]] = defaultdict(list)
        for at, each in enumerate(known):
            if at not in pairs:
                olds[_said(each.last, timed)].append(at)
        for at, telling in enumerate(found):
            if telling.dated and at not in taken:
                news[_said(telling, timed)].append(at)
        for said, those in news.items():
            same = olds.get(said, [])
            if len(same) != len(those) or (len(same) > 1 and not timed):
                continue
            for old, new in zip(same, those, strict=True):
                each = known[old]
                if not evidence.impossible(each.last, found[new], each.closed):
                    pairs[old] = new
                    taken.add(new)
    return list(pairs.items())


def _said(telling: Telling, timed: bool) -> tuple[object, ...]:
    """Return what a telling says: its words, and its time too where that counts."""
    return telling.key, *((telling.start, telling.end) if timed else ())


def score(found: Sequence[float], by: Weights) -> float:
    """Return the log-odds that two tellings are one entry."""
    odds: float = sum(map(mul, map(by.__getitem__, NAMES), found))
    return odds


def matched(
    known: Sequence[Known], found: Sequence[Telling], by: Weights | None = None
) -> list[Match]:
    """Return which of the known entries the tellings of a newer edition are of.

    What is told in the same words is found first, then what has a time, last the lines without
    one that tell of what is still open. Each is used once, and of each group the whole is the
    likeliest; what is likelier not one entry stays apart.
    """
    by = weights() if by is None else by
    rare = rarity_in(known, found)
    result = []
    for at, other in _in_the_same_words(known, found):
        same = _candidate(at, other, known[at], found[other], Likeness(1.0, 1.0), (True, True))
        result.append(_match(at, other, same, by))
    for dated in (True, False):
        taken = {match.old for match in result}, {match.new for match in result}
        olds = [
            at for at, each in enumerate(known) if at not in taken[0] and (dated or not each.closed)
        ]
        news = [
            at for at, telling in enumerate(found) if at not in taken[1] and telling.dated is dated
        ]
        seen = candidates([known[at] for at in olds], [found[at] for at in news], rare)
        of = {(c.old, c.new): c for c in seen}
        scores: dict[Pair, float] = {pair: score(c.evidence, by) for pair, c in of.items()}
        result += [
            _match(olds[old], news[new], of[old, new], by) for old, new in assigned(scores).items()
        ]
    return result


def _match(at: int, other: int, found: Candidate, by: Weights) -> Match:
    probability = 1 / (1 + exp(-score(found.evidence, by)))
    return Match(at, other, probability, reasons(found))


_TOLD = ("같은 번호", "같은 회기", "같은 장소", "같은 단락", "같은 팀", "같은 때")
_ENOUGH = 0.5


def reasons(found: Candidate) -> tuple[str, ...]:
    """Return what speaks for a match, for a reader: `제목 0.86`, `같은 회기`."""
    named = dict(zip(NAMES, found.evidence, strict=True))
    return (
        f"제목 {found.like.both:.2f}",
        *(name for name in _TOLD if named[name] >= _ENOUGH),
    )
