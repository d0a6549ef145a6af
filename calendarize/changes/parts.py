"""What is left after the assignment may be a part: of an entry told as several, of several as one.

An entry has been split where a telling that nobody took says a part of it which the telling found
for it leaves out; it has been joined where the telling found for another entry says it too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from calendarize.changes.evidence import impossible
from calendarize.changes.matching import Known
from calendarize.changes.tellings import Telling

_COVERED = 0.5
"""So much of a part at least stands in the whole."""
_ADDED = 0.12
"""So much of the whole at least only this part tells."""
_NUMBERED = frozenset(("단계", "구간", "공구", "구역", "권역", "지구", "차"))
"""Units that number the parts of one thing."""

Pairs = Iterator[tuple[int, int]]
"""Places in the known entries and in the tellings of the newer edition."""


class Parts:
    """Two editions after the assignment: `pairs` are the places of what was found again."""

    def __init__(
        self, known: Sequence[Known], found: Sequence[Telling], pairs: Mapping[int, int]
    ) -> None:
        self._known, self._found, self._pairs = known, found, dict(pairs)

    def split(self, left: Iterable[int]) -> Pairs:
        """Yield the known entries of which tellings that are `left` over are a part."""
        index = _Index({old: self._known[old].last for old in self._pairs})
        for new in left:
            part = self._found[new]
            for old in index.covering(part):
                whole, rest = self._known[old], self._found[self._pairs[old]]
                if _told_apart(part, whole.last, rest) and not impossible(
                    whole.last, part, whole.closed
                ):
                    yield old, new
                    break

    def joined(self, left: Iterable[int]) -> Pairs:
        """Yield the tellings of which known entries that are `left` over are a part."""
        partner = {new: old for old, new in self._pairs.items()}
        index = _Index({new: self._found[new] for new in partner})
        for old in left:
            part = self._known[old]
            for new in index.covering(part.last):
                whole, rest = self._found[new], self._known[partner[new]].last
                if _told_apart(part.last, whole, rest) and not impossible(
                    part.last, whole, part.closed
                ):
                    yield old, new
                    break


class _Index:
    """Tellings by their letters, to find those in which the words of others stand."""

    def __init__(self, wholes: Mapping[int, Telling]) -> None:
        self._having: dict[str, list[int]] = defaultdict(list)
        for place, whole in wholes.items():
            for gram in {*whole.grams}:
                self._having[gram].append(place)

    def covering(self, part: Telling) -> list[int]:
        """Return the places of the tellings that have most words of a part, the fullest first."""
        words = part.grams.own
        covered: dict[int, float] = defaultdict(float)
        for gram, weight in words.items():
            for place in self._having.get(gram, ()):
                covered[place] += weight
        least = _COVERED * sum(words.values())
        enough = (place for place, much in covered.items() if much >= least)
        return sorted(enough, key=lambda place: -covered[place])


def _told_apart(part: Telling, whole: Telling, rest: Telling) -> bool:
    """Tell whether a part says of a whole what the rest leaves out, or numbers another part.

    A stage that the whole does not speak of (착공) is another step, no part; that all of it ends
    needs no saying.
    """
    if part.phases - whole.phases - {"end"}:
        return False
    words = whole.grams.own
    added = sum(words[gram] for gram in words.keys() & part.grams.own.keys() - {*rest.grams})
    return added >= _ADDED * sum(words.values()) or _numbered(part, whole, rest)


def _numbered(part: Telling, whole: Telling, rest: Telling) -> bool:
    """Tell whether two tellings number the parts of a whole that numbers none, or both."""
    for unit in _NUMBERED & part.marks.keys() & rest.marks.keys():
        one, other = part.marks[unit], rest.marks[unit]
        if not one & other and whole.marks.get(unit, one | other) >= one | other:
            return unit != "차" or _one_year(part, rest)
    return False


def _one_year(one: Telling, other: Telling) -> bool:
    return bool(one.middle and other.middle and one.middle.year == other.middle.year)
