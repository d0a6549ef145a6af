"""The one way in which mentions are decided: named features × weights from a data file.

Every decision (which year, which role, which title) is a choice between candidates. A candidate
has features, each under a name; `weights.json` holds a weight for each name, learned from
annotated reports (`python -m tests.train`). The sum decides, and what it leaves to the runner-up
tells how sure the choice is.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from math import exp
from typing import Any, Generic, TypeVarTuple, cast

Weights = Mapping[str, float]
"""Weights by the name of the feature; a feature without one weighs nothing."""

_DATA = "weights.json"
_REMEMBERED = 16384
"""How many sums of a kind are remembered: what is told of one date is told of many."""


@cache
def _models() -> dict[str, Weights]:
    """Return the weights of every decision, by its name."""
    text = (files(__package__) / _DATA).read_text(encoding="utf-8")
    found: dict[str, Weights] = json.loads(text)
    return found


def weights(decision: str) -> Weights:
    """Return the weights of a decision: `own_date`, `year`, `role` or `title`."""
    return _models().get(decision, {})


@cache
def weights_for(decision: str, *answers: str) -> Mapping[str, Sequence[float]]:
    """Return what facts (`fact`) weigh for each of the answers of a decision (`answer|fact`)."""
    told: defaultdict[str, list[float]] = defaultdict(lambda: [0.0] * len(answers))
    at = {answer: k for k, answer in enumerate(answers)}
    for name, weight in weights(decision).items():
        answer, sign, fact = name.partition("|")
        if sign and answer in at:
            told[fact][at[answer]] = weight
    return dict(told)


def scores(facts: Iterable[str], decision: str, *answers: str) -> list[float]:
    """Return what some facts weigh for each of the answers of a decision."""
    weight = weights_for(decision, *answers)
    alone = weights(decision)
    told: list[Sequence[float]] = [[alone.get(answer, 0.0) for answer in answers]]
    told += [weight[fact] for fact in facts if fact in weight]
    return [sum(each) for each in zip(*told, strict=True)]


def use(models: Mapping[str, Weights]) -> None:
    """Decide with other weights from now on, as when they are judged on what they were not
    learned from."""
    _models().clear()
    _models().update(models)
    weights_for.cache_clear()
    begun.cache_clear()
    crossed.cache_clear()
    for clue in _CLUES:
        clue.cache_clear()


@cache
def begun(decision: str, word: str) -> Weights:
    """Return the weights of the features whose names begin with a word, by what follows it."""
    head = f"{word} "
    told = weights(decision).items()
    return {name[len(head) :]: weight for name, weight in told if name.startswith(head)}


@cache
def crossed(decision: str, sign: str) -> Mapping[str, Weights]:
    """Return the weights of features that cross two facts (`left sign right`): by the left one,
    then by the right one; nothing on the left is `""`."""
    told: defaultdict[str, dict[str, float]] = defaultdict(dict)
    between = f" {sign} "
    for name, weight in weights(decision).items():
        if sign in name:
            left, found, right = f" {name}".partition(between)
            if found:
                told[left[1:]][right] = weight
    return dict(told)


_Facts = TypeVarTuple("_Facts")


class Clue(Generic[*_Facts]):
    """Features that a few facts come to: their names, and what they weigh together.

    What they weigh is remembered for each combination of facts; `cache_clear` forgets it. Where
    there are many names, `weigh` finds it without making them.
    """

    def __init__(
        self,
        decision: str,
        names: Callable[[*_Facts], Iterable[str]],
        weigh: Callable[[*_Facts], float] | None = None,
    ) -> None:
        def weight(*facts: *_Facts) -> float:
            return score(names(*facts), weights(decision))

        remembered = lru_cache(_REMEMBERED)(weigh or weight)
        self.names = names
        self.weight = cast(Callable[[*_Facts], float], remembered)
        self.cache_clear = remembered.cache_clear
        _CLUES.append(self)


_CLUES: list[Clue[*tuple[Any, ...]]] = []
"""What has to forget when other weights are used."""
Told = tuple[Clue[*tuple[Any, ...]], tuple[Any, ...]]
"""A clue with the facts that it is about."""


def names_of(told: Iterable[Told]) -> list[str]:
    """Return the names of all the features of some clues."""
    return [name for clue, facts in told for name in clue.names(*facts)]


def weighed(told: Iterable[Told]) -> float:
    """Return what some clues weigh together."""
    return sum([clue.weight(*facts) for clue, facts in told], 0.0)


def score(features: Iterable[str], weight: Weights) -> float:
    """Return the sum of the weights of some features."""
    get = weight.get
    return sum([get(name, 0.0) for name in features])


def bucket(value: float, edges: Sequence[float]) -> int:
    """Return the index of the first of some rising edges that a value does not pass, else their
    number."""
    return bisect_left(edges, value)


def shares(scores: Sequence[float]) -> list[float]:
    """Return the probability of each candidate (softmax); the scores must not be empty."""
    top = max(scores)
    parts = [exp(each - top) for each in scores]
    total = sum(parts)
    return [part / total for part in parts]
