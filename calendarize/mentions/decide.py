"""The one way in which mentions are decided: named features × weights from a data file.

Every decision (which year, which role, which title) is a choice between candidates. A candidate
has features, each under a name; `weights.json` holds a weight for each name, learned from
annotated reports (`python -m tests.train`). The sum decides, and what it leaves to the runner-up
tells how sure the choice is.
"""

from __future__ import annotations

import json
from bisect import bisect_left
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
def weights_for(decision: str, answer: str) -> Weights:
    """Return the weights of facts (`fact`) for one answer of a decision (`answer|fact`)."""
    lead = f"{answer}|"
    told = weights(decision).items()
    return {name.removeprefix(lead): each for name, each in told if name.startswith(lead)}


def use(models: Mapping[str, Weights]) -> None:
    """Decide with other weights from now on, as when they are judged on what they were not
    learned from."""
    _models().clear()
    _models().update(models)
    for forget in (weights_for.cache_clear, crossed.cache_clear, *_FORGETTING):
        forget()


@cache
def crossed(decision: str, sign: str) -> Mapping[str, Weights]:
    """Return the weights of features that cross two facts (`left sign right`): by the left one,
    then by the right one; nothing on the left is `""`."""
    told: dict[str, dict[str, float]] = {}
    for name, weight in weights(decision).items():
        left, found, right = f" {name}".partition(f" {sign} ")
        if found:
            told.setdefault(left.removeprefix(" "), {})[right] = weight
    return told


_Facts = TypeVarTuple("_Facts")
_FORGETTING: list[Callable[[], None]] = []
"""What has to forget when other weights are used."""


class Clue(Generic[*_Facts]):
    """Features that a few facts come to: their names, and what they weigh together.

    What they weigh is remembered for each combination of facts.
    """

    def __init__(self, decision: str, names: Callable[[*_Facts], Iterable[str]]) -> None:
        @lru_cache(_REMEMBERED)
        def weight(*facts: *_Facts) -> float:
            return score(names(*facts), weights(decision))

        self.names = names
        self.weight = cast(Callable[[*_Facts], float], weight)
        _FORGETTING.append(weight.cache_clear)


Told = tuple[Clue[*tuple[Any, ...]], tuple[Any, ...]]
"""Clue with the facts that it is about."""


def names_of(told: Iterable[Told]) -> list[str]:
    """Return the names of all the features of some evidence."""
    return [name for evidence, facts in told for name in evidence.names(*facts)]


def weighed(told: Iterable[Told]) -> float:
    """Return what some evidence weighs together."""
    return sum([evidence.weight(*facts) for evidence, facts in told], 0.0)


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
