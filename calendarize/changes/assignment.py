"""The assignment problem: which pairs of two sides go together so that the sum is greatest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

Pair = tuple[int, int]


def assigned(scores: Mapping[Pair, float]) -> dict[int, int]:
    """Return left → right such that each is used once and the sum of scores is the greatest.

    Only pairs that are given, with a score above 0, may go together. Each connected part is
    solved by itself, by the Hungarian method (Kuhn 1955, in the form of Jonker and Volgenant).
    """
    found: dict[int, int] = {}
    for part in _parts({pair: score for pair, score in scores.items() if score > 0}):
        lefts = sorted({left for left, _ in part})
        rights = sorted({right for _, right in part})
        gains = [[part.get((left, right), 0.0) for right in rights] for left in lefts]
        for row, column in _solved(gains):
            if gains[row][column] > 0:
                found[lefts[row]] = rights[column]
    return found


def _parts(scores: Mapping[Pair, float]) -> Iterator[dict[Pair, float]]:
    """Yield the pairs in groups that share no side with one another."""
    of_left: dict[int, list[int]] = defaultdict(list)
    of_right: dict[int, list[int]] = defaultdict(list)
    for left, right in scores:
        of_left[left].append(right)
        of_right[right].append(left)
    seen: set[int] = set()
    for first in of_left:
        if first in seen:
            continue
        seen.add(first)
        part, waiting = dict[Pair, float](), [first]
        while waiting:
            left = waiting.pop()
            for right in of_left[left]:
                part[left, right] = scores[left, right]
                for other in of_right[right]:
                    if other not in seen:
                        seen.add(other)
                        waiting.append(other)
        yield part


def _solved(gains: list[list[float]]) -> list[Pair]:
    """Return (row, column) pairs of a full matrix whose sum of gains is the greatest."""
    if len(gains) > len(gains[0]):
        turned = [list(column) for column in zip(*gains, strict=True)]
        return [(row, column) for column, row in _solved(turned)]
    height, width = len(gains), len(gains[0])
    above, beside = [0.0] * (height + 1), [0.0] * (width + 1)
    row_of, way = [0] * (width + 1), [0] * (width + 1)
    for row in range(1, height + 1):
        row_of[0], at = row, 0
        least, used = [float("inf")] * (width + 1), [False] * (width + 1)
        while row_of[at]:
            used[at] = True
            current, delta, following = row_of[at], float("inf"), 0
            for column in range(1, width + 1):
                if used[column]:
                    continue
                cost = -gains[current - 1][column - 1] - above[current] - beside[column]
                if cost < least[column]:
                    least[column], way[column] = cost, at
                if least[column] < delta:
                    delta, following = least[column], column
            for column in range(width + 1):
                if used[column]:
                    above[row_of[column]] += delta
                    beside[column] -= delta
                else:
                    least[column] -= delta
            at = following
        while at:
            row_of[at], at = row_of[way[at]], way[at]
    return [(row_of[column] - 1, column - 1) for column in range(1, width + 1) if row_of[column]]
