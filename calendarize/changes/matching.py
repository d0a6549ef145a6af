"""The entry of one edition found again in the next: evidence weighed, then an assignment."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from math import exp

from calendarize.changes import evidence
from calendarize.changes.assignment import Pair, assigned
from calendarize.changes.evidence import NAMES, Likeness, Weighed
from calendarize.changes.tellings import Telling

Weights = Mapping[str, float]
_FEW = 40
"""A pair of letters that more tellings than this have brings no candidates."""
_LEAST = 0.2
"""Tellings less alike than this are not compared further."""
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


def candidates(known: Sequence[Known], found: Sequence[Telling]) -> list[Candidate]:
    """Return the pairs whose words are alike and that nothing rules out, with the evidence."""
    bags = [evidence.grams(each.last) for each in known], [evidence.grams(t) for t in found]
    rare = evidence.rarity([*bags[0], *bags[1]])
    old, new = ([evidence.weigh(bag, rare) for bag in side] for side in bags)
    oldest = [
        evidence.weigh(evidence.grams(each.first), rare)
        if each.first is not None and each.first is not each.last
        else None
        for each in known
    ]
    pairs: list[tuple[int, int, Likeness]] = []
    for at, among in enumerate(_among(old, new)):
        for other in among:
            like = evidence.likeness(old[at], new[other])
            before = oldest[at]
            if before is not None:
                like = max(like, evidence.likeness(before, new[other]), key=lambda each: each.both)
            sessions = known[at].last.event.session, found[other].event.session
            if max(like.both, like.shorter) < _LEAST and (
                sessions[0] is None or sessions[0] != sessions[1]
            ):
                continue
            if not evidence.impossible(known[at].last, found[other], known[at].closed):
                pairs.append((at, other, like))
    best_of_old: dict[int, float] = defaultdict(float)
    best_of_new: dict[int, float] = defaultdict(float)
    for at, other, like in pairs:
        best_of_old[at] = max(best_of_old[at], like.both)
        best_of_new[other] = max(best_of_new[other], like.both)
    return [
        Candidate(
            at,
            other,
            like,
            evidence.evidence(
                known[at].last,
                found[other],
                like,
                (
                    like.both >= best_of_old[at] - _AS_GOOD,
                    like.both >= best_of_new[other] - _AS_GOOD,
                ),
                known[at].gap,
            ),
        )
        for at, other, like in pairs
    ]


def _among(old: Sequence[Weighed], new: Sequence[Weighed]) -> Iterator[list[int]]:
    """Yield for each old telling the new ones that share letters that not all have."""
    having: dict[str, list[int]] = defaultdict(list)
    for at, each in enumerate(new):
        for gram in (*each.own, *each.lent):
            having[gram].append(at)
    for each in old:
        shared: dict[int, None] = {}
        for gram in (*each.own, *each.lent):
            if len(places := having.get(gram, ())) <= _FEW:
                shared.update(dict.fromkeys(places))
        yield list(shared)


def score(found: Sequence[float], by: Weights) -> float:
    """Return the log-odds that two tellings are one entry."""
    return sum(by[name] * value for name, value in zip(NAMES, found, strict=True))


def matched(
    known: Sequence[Known], found: Sequence[Telling], by: Weights | None = None
) -> list[Match]:
    """Return which of the known entries the tellings of a newer edition are of.

    Each is used once, and the whole is the likeliest; what is likelier not one entry stays apart.
    """
    by = weights() if by is None else by
    seen = candidates(known, found)
    scores: dict[Pair, float] = {(c.old, c.new): score(c.evidence, by) for c in seen}
    of = {(c.old, c.new): c for c in seen}
    chosen = assigned(scores)
    return [
        Match(at, other, 1 / (1 + exp(-scores[at, other])), reasons(of[at, other]))
        for at, other in chosen.items()
    ]


_TOLD = ("같은 번호", "같은 회기", "같은 장소", "같은 단락", "같은 팀", "같은 때")
_ENOUGH = 0.5


def reasons(found: Candidate) -> tuple[str, ...]:
    """Return what speaks for a match, for a reader: `제목 0.86`, `같은 회기`."""
    named = dict(zip(NAMES, found.evidence, strict=True))
    return (
        f"제목 {found.like.both:.2f}",
        *(name for name in _TOLD if named[name] >= _ENOUGH),
    )
