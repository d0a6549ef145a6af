"""How alike the words of two tellings are: pairs of letters, the rare ones counting most.

Offices write one thing in many ways (`전자투표시스템 구축`, `전자표결 시스템 설치`), with spaces
or without, in any order: pairs of letters see through all of that where whole words do not.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import nlargest
from math import log

from calendarize.changes import words

AMOUNT = re.compile(
    r"\(?\s?(?:총|약|각|연)?\s?\d[\d,.]*\s?(?:개소|개월|개교|개|명|회|건|대|등|㎡|km|m|억|백만|천|만|원|부|팀|종|동|교|층|세대|가구|%|kw)+\w?\s?\)?"
)
_TIME = re.compile(
    r"['’‘]?\d{2,4}\s?[.년]\s?(?:\d{1,2}\s?[.월]?)?|\d{1,2}\s?[.월]\s?(?:\d{1,2}\s?[.일]?)?(?:\([월화수목금토일]\))?"
)
_SESSION = re.compile(r"(?<=\S)\s제\s?\d+회\s(?:제\d차\s)?(?:임시회|정례회)")
"""A session behind the name of what takes place in it."""
_WORD = re.compile(r"[가-힣]+|[A-Za-z]+")
_PARTICLE = re.compile(r"(?<=[가-힣]{2})(?:으로|에서|에게|까지|부터|을|를|은|는|의|에|와|과|로)$")
_WHOLE, _TITLED, _HEADED, _LOOSE, _ACROSS = 1.0, 0.8, 0.5, 0.6, 0.6
"""Weights of letters: of the title in the line, of the title alone, of headings, of the line alone;
and what a pair of letters that reaches over a word's end is worth."""
_RAREST = 5.0
"""What a pair of letters tells that none of the tellings compared has."""
_FREQUENT = 60
"""A pair of letters that more tellings than this have brings none of them up."""


@lru_cache(20_000)
def core(text: str) -> tuple[str, ...]:
    """Return the words of a text that name what it is about."""
    text = unicodedata.normalize("NFKC", text)
    text = _TIME.sub(" ", AMOUNT.sub(" ", _SESSION.sub(" ", text)))
    found = []
    for word in _WORD.findall(text):
        word = _PARTICLE.sub("", word)
        if words.LABELS.fullmatch(word):
            continue
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


def grams(title: str, label: str, above: str = "") -> Grams:
    """Return the pairs of letters of a title, of the words of its line and of the headings above.

    Where neither title nor line name anything, the headings do.
    """
    titled, named, headed = core(title), core(label), core(above)
    if not named:
        own = _pairs((word, _WHOLE) for word in titled or headed)
        lent: dict[str, float] = {}
    else:
        close_title, close_label = "".join(titled), "".join(named)
        own = _pairs((word, _WHOLE if word in close_title else _LOOSE) for word in named)
        lent = _pairs((word, _WHOLE if word in close_label else _TITLED) for word in titled)
    lent = _pairs((word, _HEADED) for word in headed) | lent
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


Rarity = Mapping[str, float]
"""How much a pair of letters tells."""


def rarity(found: Sequence[Grams]) -> Rarity:
    """Return how much each pair of letters tells, from how many have it."""
    often = Counter(gram for each in found for gram in each)
    return {gram: log((len(found) + 1) / (count + 0.5)) for gram, count in often.items()}


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
    own = {gram: weight * rare.get(gram, _RAREST) for gram, weight in found.own.items()}
    lent = {gram: weight * rare.get(gram, _RAREST) for gram, weight in found.lent.items()}
    return Weighed(own, lent, sum(own.values()))


def likeness(one: Weighed, other: Weighed) -> Likeness:
    """Compare the weighed letters of two tellings."""
    a, b = one.own, other.own
    shared = _shared(a, b)
    left = _shared(other.lent, a) if other.lent else 0.0
    right = _shared(one.lent, b) if one.lent else 0.0
    totals = one.total + right, other.total + left
    shared += left + right
    least, both = min(totals), sum(totals)
    return Likeness(2 * shared / both if both else 0.0, shared / least if least else 0.0)


def _shared(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    total = 0.0
    for gram in a.keys() & b.keys():
        one, other = a[gram], b[gram]
        total += one if one < other else other
    return total


class Index:
    """Tellings by their letters, to find those that are likest without comparing all."""

    def __init__(self, found: Sequence[Weighed]) -> None:
        self._totals = [each.total for each in found]
        self._having: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for at, each in enumerate(found):
            for side in (each.own, each.lent):
                for gram, weight in side.items():
                    self._having[gram].append((at, weight))

    def likest(self, to: Weighed, most: int, least: float) -> list[int]:
        """Return the places of at most so many tellings that share most with one.

        Those that share less than a part `least` of its letters, and of their own, are left out.
        """
        shared: dict[int, float] = defaultdict(float)
        for side in (to.own, to.lent):
            for gram, weight in side.items():
                having = self._having.get(gram, ())
                if len(having) <= _FREQUENT:
                    for at, other in having:
                        shared[at] += weight if weight < other else other
        enough = [
            at for at, much in shared.items() if much >= least * min(to.total, self._totals[at])
        ]
        return nlargest(most, enough, key=shared.__getitem__) if len(enough) > most else enough
