"""Particles: words told apart into a noun and what is joined to it (한글 맞춤법 제41항).

The form of most particles depends on whether the syllable before them ends in a consonant; nouns
that end like one (협의, 평가, 도로) are listed. Pure functions from text to text.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_REMEMBERED = 8192
"""How many words are remembered: they come back for every date near them."""
_FIRST, _FINALS = ord("가"), 28
"""Unicode orders Hangul syllables by their final consonant last: 28 of each, the first none."""
_RIEUL = 8
_AFTER_CONSONANT = ("으로는", "으로", "이나", "은", "을", "이", "과")
_AFTER_VOWEL = ("는", "를", "가", "와", "로")
_ALWAYS = (
    "에서는", "에서도", "에게서", "에서", "에게", "에는", "에도", "께서", "까지", "부터", "보다",
    "처럼", "마다", "에", "의", "도",
)  # fmt: skip
_PARTICLES = sorted((*_AFTER_CONSONANT, *_AFTER_VOWEL, *_ALWAYS), key=len, reverse=True)
_ENDING_IN = {end: [p for p in _PARTICLES if p[-1] == end] for end in {p[-1] for p in _PARTICLES}}
"""The particles by their last syllable: most nouns end in none of them."""
_TOO_SHORT = ("도", "로", "가", "이", "과", "의")
"""Behind a single syllable these are the end of a word: 지도, 평가."""
_LIKE_PARTICLE = re.compile(
    r"(?:[협회심건결강논합발편유주동토문정예제호임창상]의|[평국추허인참증원물단시휴여전대작농]가|"
    r"(?:어린|놀|차|높|길|깊|먹거|나|종|모|아|맞|나들|볼거|구|사)이|"
    r"(?:도|진|경|선|수|통|항|활주|산책|둘레|가|회|미|대|신|종)로|"
    r"[효성결학초경통부의내외치안약전투교]과|"
    r"(?:제|지|철|상수|하수|인|속|온|정|용|의|각|강|년|학년|회계연|한|경기|전라|충청|강원)도|"
    r"(?:만족|인지|완성|난이|신뢰|선호|청렴|참여|중요|기여|숙련|체감|안전)도|"
    r"마을|가을|노을|겨울|서울|고을|[전현]?대로|따로|서로|바로|새로)$"
)
"""Nouns and adverbs that end like a particle: 협의, 평가, 도로, 효과, 제도."""
BEHIND_NOUN = re.compile(r"(?:에서는?|으로|에게|까지|부터|[을를이가은는의와과도에로])(?=[\s,.]|$)")
"""A particle where a noun has just ended."""
_BEHIND_TIME = re.compile(r"(?:부터|까지|에서|에는|에도|에|과|와|은|는|의)(?![가-힣])")
_QUOTES = "'‘’\"“”「」『』<>《》〈〉)"
_POINTING = re.compile(r",?\s(?:오는|지난)$")


class Word(NamedTuple):
    """A word as a noun and its particle (nothing where it has none)."""

    noun: str
    particle: str


@lru_cache(_REMEMBERED)
def parted(word: str) -> Word:
    """Part a word into noun and particle.

    >>> parted("본회의를"), parted("도로")
    (Word(noun='본회의', particle='를'), Word(noun='도로', particle=''))
    """
    bare = word.rstrip(",.·")
    particles = _ENDING_IN.get(bare[-1:], ())
    if not particles or _LIKE_PARTICLE.search(bare):
        return Word(bare, "")
    for particle in particles:
        noun = bare.removesuffix(particle)
        if noun not in ("", bare) and _takes(noun, particle):
            return Word(noun, particle)
    return Word(bare, "")


def _takes(noun: str, particle: str) -> bool:
    """Tell whether a noun has a particle in that form."""
    if len(noun) == 1 and particle in _TOO_SHORT:
        return False
    last = noun.rstrip(_QUOTES)[-1:]
    if not "가" <= last <= "힣":
        return last.isalnum() or noun[-1] in _QUOTES
    final = (ord(last) - _FIRST) % _FINALS
    if particle in _AFTER_CONSONANT:
        return final != 0
    return particle not in _AFTER_VOWEL or final == 0 or (particle == "로" and final == _RIEUL)


def end_with_particle(text: str, end: int) -> int:
    """Return where a time expression that ends at an offset ends with its particle."""
    particle = _BEHIND_TIME.match(text, end)
    return particle.end() if particle is not None else end


def unmarked(text: str) -> str:
    """Drop the particle at the end of a text: `축제를` → `축제`; 협의 and 도로 have none."""
    ahead, space, last = _POINTING.sub("", text).rpartition(" ")
    return f"{ahead}{space}{parted(last).noun}"
