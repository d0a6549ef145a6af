"""Learn the weights of the matcher from the annotated chains: `python -m tests.learning`.

A logistic regression whose weights are drawn towards what one would expect (`EXPECTED`) and keep
the sign of it, because few hundred pairs alone cannot tell all evidence apart. Beside the pairs
of the chains as they are, each half of the known entries is shown what the other half became:
pairs of neighbours that are all wrong, as where an entry has been dropped.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from math import exp
from pathlib import Path
from typing import NamedTuple

from calendarize.changes import matching
from calendarize.changes.chains import Edition
from calendarize.changes.editions import editions, part
from calendarize.changes.evidence import NAMES
from calendarize.changes.matching import Known, candidates, rarity_in
from calendarize.changes.tellings import Telling
from calendarize.events.assemble import every_event
from calendarize.mentions.reading import Reading, read
from calendarize.report import read_text
from tests.chains import Chain, chains
from tests.gold_values import corrected

EXPECTED = {
    "바탕": -4.0,
    "제목": 2.0,
    "제목 포함": 1.0,
    "제목 일치": 2.0,
    "서로 가장 비슷": 1.5,
    "한쪽에서 가장 비슷": 1.0,
    "같은 번호": 1.0,
    "번호 한쪽만": -0.7,
    "다른 단계": -2.0,
    "같은 단계": 0.7,
    "같은 회기": 3.0,
    "같은 종류": 0.3,
    "같은 단락": 0.7,
    "같은 팀": 0.5,
    "같은 장소": 1.0,
    "같은 때": 1.5,
    "겹치는 때": 0.7,
    "늦은 달수": -1.0,
    "이른 달수": -1.5,
    "실적으로 말함": 0.0,
    "때 지나 실적": 0.5,
    "때 지나 계획": -0.5,
    "같은 사실": 4.0,
    "같은 수량": 0.5,
    "날짜 없음": -0.5,
    "한 판 거름": -0.7,
    "반기": 1.0,
    "한 해 뒤": -1.5,
}
_PULL = 3.0
"""How strongly weights are drawn to what is expected."""
_NEIGHBOURS = 0.1
"""What a pair of neighbours counts against a pair of the chains as they are."""
_ROUNDS = 25
_STEP = 2.0
_STILL = 1e-9
"""Weights that move no more than this have been learned."""


class Sample(NamedTuple):
    """Two tellings: the evidence, whether they are one entry, and how much it counts."""

    evidence: list[float]
    same: bool
    counts: float


def editions_of(chain: Chain, gold: bool = False) -> list[Edition]:
    """Return a chain's editions as read, or with the times of the gold."""
    parts = []
    for at, (name, text) in enumerate(chain.editions):
        reading = _read(name, text, chain.name)
        events = corrected(every_event(reading), chain, at) if gold else None
        parts.append(part(reading, events))
    (found,) = editions(parts).offices.values()
    return found


@cache
def _read(name: str, text: str, department: str) -> Reading:
    """Return an edition as read: with dates as read and those of the gold, it is one reading."""
    return read(read_text(text, name), department=department)


def samples(chain: Chain) -> list[Sample]:
    """Return the pairs of tellings that come up when the gold's links are followed."""
    owner = _owners(chain)
    state: dict[str, tuple[Telling, bool, int, Telling]] = {}
    result: list[Sample] = []
    for at, edition in enumerate(editions_of(chain, gold=True)):
        names = list(state)
        known = [
            Known(last, closed, told < at - 1, first)
            for last, closed, told, first in state.values()
        ]
        found = [*edition.tellings, *edition.lines]
        owners = [owner(at, telling) for telling in found]
        rare = rarity_in(known, found)
        for pair in candidates(known, found, rare):
            result.append(Sample(pair.evidence, names[pair.old] == owners[pair.new], 1.0))
        for half in (0, 1):
            shown = [t for t, name in zip(found, owners, strict=True) if name not in names[half::2]]
            for pair in candidates(known[half::2], shown, rare):
                result.append(Sample(pair.evidence, False, _NEIGHBOURS))
        told: dict[str, Telling] = {}
        for telling, name in zip(found, owners, strict=True):
            source = telling.event.source
            if name is not None or telling.dated:
                told.setdefault(name or f"{at}:{source.line}:{source.text}", telling)
        for name, telling in told.items():
            before = state.get(name)
            closed = before is not None and before[1]
            closed = closed or telling.told_as in ("result", "cancelled")
            state[name] = telling, closed, at, before[3] if before else telling
    return result


def _owners(chain: Chain) -> Callable[[int, Telling], str | None]:
    told = {
        (t.edition, t.line, t.text): entry.name for entry in chain.entries for t in entry.tellings
    }

    def owner(edition: int, telling: Telling) -> str | None:
        source = telling.event.source
        here = {
            text: name
            for (e, line, text), name in told.items()
            if (e, line) == (edition, source.line)
        }
        parts = (name for text, name in here.items() if text in source.text or source.text in text)
        only = next(iter(here.values())) if len(here) == 1 and not telling.dated else None
        return here.get(source.text) or next(parts, only)

    return owner


def learned(found: Sequence[Sample]) -> dict[str, float]:
    """Return the weights that samples teach (Newton's method, signs kept)."""
    expected = [EXPECTED[name] for name in NAMES]
    weights = list(expected)
    size = len(NAMES)
    for _ in range(_ROUNDS):
        pull = [0.0, *[_PULL] * (size - 1)]
        slope = [-p * (w - e) for p, w, e in zip(pull, weights, expected, strict=True)]
        curve = [[pull[i] + 1e-6 if i == j else 0.0 for j in range(size)] for i in range(size)]
        for evidence, same, counts in found:
            there = [i for i in range(size) if evidence[i]]
            odds = sum(weights[i] * evidence[i] for i in there)
            likely = 1 / (1 + exp(-max(-30.0, min(30.0, odds))))
            miss, spread = (same - likely) * counts, likely * (1 - likely) * counts
            for i in there:
                slope[i] += miss * evidence[i]
                for j in there:
                    curve[i][j] += spread * evidence[i] * evidence[j]
        step = _solved(curve, slope)
        longest = max(map(abs, step))
        scale = min(1.0, _STEP / longest) if longest else 1.0
        before, weights = (
            weights,
            [
                w + scale * s if at == 0 else _signed(w + scale * s, expected[at])
                for at, (w, s) in enumerate(zip(weights, step, strict=True))
            ],
        )
        if max(abs(a - b) for a, b in zip(before, weights, strict=True)) < _STILL:
            break
    return dict(zip(NAMES, weights, strict=True))


def _signed(weight: float, expected: float) -> float:
    if not expected:
        return weight
    return max(0.0, weight) if expected > 0 else min(0.0, weight)


def _solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Solve a system of linear equations (Gauss and Jordan, with pivots)."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    size = len(rows)
    for i in range(size):
        pivot = max(range(i, size), key=lambda r: abs(rows[r][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        for r in range(size):
            if r != i and rows[r][i]:
                factor = rows[r][i] / rows[i][i]
                rows[r] = [a - factor * b for a, b in zip(rows[r], rows[i], strict=True)]
    return [rows[i][size] / rows[i][i] for i in range(size)]


def left_out(every: Sequence[Chain]) -> Iterator[tuple[Chain, dict[str, float]]]:
    """Yield each chain with the weights that all the others teach."""
    of = {chain.name: samples(chain) for chain in every}
    for chain in every:
        yield chain, learned([s for name, those in of.items() if name != chain.name for s in those])


def main() -> None:
    """Write the weights that all chains teach."""
    weights = learned([sample for chain in chains() for sample in samples(chain)])
    path = Path(matching.__file__).with_name("weights.json")
    rounded = {name: round(weight, 2) + 0.0 for name, weight in weights.items()}
    path.write_text(json.dumps(rounded, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(path.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
