"""Clauses: the words of a report cut down to what a title can use.

Pure functions from text to text; nothing here knows where a text stands.
"""

from __future__ import annotations

import re
from functools import lru_cache

from calendarize.mentions import words
from calendarize.mentions.place import folded

_REMEMBERED = 4096
"""How many texts are remembered: headings come back for every date below them."""
_BREAKS = r"(?<=완료|병행|총력),\s|(?<=\d[%명건]),\s|(?<=이나|으나|지만)\s"
_SEPARATOR = re.compile(
    rf"{_BREAKS}|[;→⇒➔➡…]|※|(?<=[가-힣])\.(?:\s|$)|\)\s*,\s*|\s/\s|[◦■●]|(?<!○)○\s|,\s+(?=\S{{0,3}}[「『《‘'])|\n\s*\n|\n\s*[-–○□※▪▸·]\s"
)
_CLAUSE_END = re.compile(
    r"[;→⇒➔➡※◦■●…]|(?<!○)○\s|(?<=[다음함임됨])\.(?:\s|$)|\s/\s|\n\s*[-○□※*]|(?<=[며고나])\s|(?<=[며고나서해여지])\s*,\s"
)
_SENTENCE_OVER = re.compile(r"[다음함임됨]\.\s*$")
_BULLET_INSIDE = re.compile(r"\s[◦●▪]\s")
_COUNTDOWN = re.compile(r"^D\s?-?\s?(?:day|\d{1,3})\s*", re.IGNORECASE)
_CONJUNCTION = re.compile(r"^(?:한편|또한|아울러|특히|이어|이와 함께|그리고|다만|단)[,\s]\s*")
_EMPTY_OR_TELEPHONE = re.compile(r"\((?:\s*|\s*(?:☎|전화|문의|T\.|Tel)[^()]{0,40})\)")
_BRACKETS = "()<>[]〈〉《》「」『』【】"
_PAIRS = tuple(zip(_BRACKETS[::2], _BRACKETS[1::2], strict=True))
_BRACKET = re.compile(rf"[{re.escape(_BRACKETS)}]")
_STRAY = " ,.:;/~·-–|"
"""Signs that begin and end no title."""
_BRACKETED = re.compile(r"\([^()]{0,120}\)")
LETTERS = re.compile(r"[가-힣A-Za-z一-龥]")
PARTICLE = re.compile(
    r"^(?:\)?\s*(?:부터|까지|에는|에서|에|은|는|이며|로|으로|자로|중에|중|경|경에|의|이후|이전)(?=[\s,]))?[\s,.:)\]>~-]*"
)
COUNT_AHEAD = re.compile(
    r"^[<(\[]?\s*(?:총\s*)?\d+\s*(?:일간|주간|개월간|박\s?\d일|일)[>)\]]?(?:의\s(?:일정|회기)으?로)?\s*"
    r"|^(?:첫|둘|셋|넷|다섯)째\s?주\s*"
)
_VERB_END = re.compile(
    r"(?:을|를|이|가|은|는)?\s*(?:열(?:리며|린다고?|렸다|리는|릴)|연다고?|열었다고?|가졌다|갖는다|밝혔다|한다고?|했다고?|된다|됐다|하였다|되었다|"
    r"있다|진행한다|할|합니다|됩니다|하기로 했다|할 예정이다|할 계획이다|예정이다|이다)\.?\s*$"
    r"|(?<=[가-힣])(?:이|가|을|를|은|는)\s\S{1,5}(?:며|고|으나|지만|면서|하여|되어)\s*$"
)
BRACKET_LABEL = re.compile(r"^\([^()]{1,14}\)\s*")
_OBJECT = re.compile(r"(?<=[가-힣])[을를]\s(?=(?:개회|폐회|개최|실시|진행|운영)$)")
_BY_MEANS_OF = re.compile(r"(?:을|를)?\s(?:통해|통하여)\s.*$")
_BRACKET_BEHIND = re.compile(r"\s*\([^()]*\)$")
_TELLING = 6
_AMOUNT_BEHIND = re.compile(r"\s?\((?![^()]*\d\s?(?:차|단계|기|공구|호선|구간))[^()]*\d[^()]*\)$")
"""A number, amount or list of them in brackets at the end: `발족(위원 112명)`."""
_LONG = 60
SHORT = 9
"""A title of fewer letters than this is made whole with its heading."""


def closed(text: str) -> str:
    """Close up a label: `접수 기간` → `접수기간`."""
    return "".join(text.split())


def plain_length(text: str) -> int:
    """Count the letters and digits of a text."""
    return sum(map(str.isalnum, text))


@lru_cache(_REMEMBERED)
def cleaned(text: str) -> str:
    """Strip markers, list numbers, dangling brackets and stray punctuation from both ends."""
    if "(" in text:
        text = _EMPTY_OR_TELEPHONE.sub("", text)
    text = folded(text).replace(" )", ")").replace("( ", "(").replace(",)", ")")
    text = _BULLET_INSIDE.sub(", ", text)
    previous = None
    while previous != text:
        previous = text
        marker = words.ENUMERATOR.match(text)
        text = text[marker.end() if marker else 0 :].strip(_STRAY)
    return _balanced(text)


def _balanced(text: str) -> str:
    """Drop a bracket at either end that has no partner."""
    if not _BRACKET.search(text):
        return text
    for opening, closing in _PAIRS:
        more = text.count(opening) - text.count(closing)
        if more > 0 and text.endswith(opening):
            text, more = text[:-1], more - 1
        elif more < 0 and text.endswith(closing):
            text, more = text[:-1], more + 1
        elif more < 0 and text.startswith(closing):
            text, more = text[1:], more + 1
        if more > 0 and text.startswith(opening):
            text = text[1:]
    return text.strip(" ,.:;/~")


def last_clause(text: str) -> str:
    """Return the last clause of the words before a date."""
    if _SENTENCE_OVER.search(text):
        return ""
    spans = _split(text)
    return cleaned(_CONJUNCTION.sub("", cleaned(spans[-1]))) if spans else ""


def first_clause(text: str) -> str:
    """Return the first clause of the words behind a date, its verb made a noun."""
    text = COUNT_AHEAD.sub("", PARTICLE.sub("", text, count=1))
    end = _CLAUSE_END.search(blanked_brackets(text))
    clause = folded(text[: end.start()] if end else text)
    clause = _BY_MEANS_OF.sub("", clause)
    return cleaned(_OBJECT.sub(" ", cleaned(_VERB_END.sub("", clause))))


def blanked_brackets(text: str) -> str:
    """Blank what stands in brackets, the length kept: a list in brackets ends no clause."""
    return _BRACKETED.sub(lambda found: "(" + "_" * (len(found[0]) - 2) + ")", text)


def _split(text: str) -> list[str]:
    """Split a text at separators outside of brackets; parts without letters are left out."""
    parts, start = [], 0
    for found in _SEPARATOR.finditer(blanked_brackets(text)):
        parts.append(text[start : found.start()] + (")" if found[0].startswith(")") else ""))
        start = found.end()
    parts.append(text[start:])
    return [part for part in parts if LETTERS.search(part)]


@lru_cache(_REMEMBERED)
def condensed(heading: str) -> str:
    """Reduce a heading to its subject: purpose clauses and closing action words go."""
    text = words.MEANS.sub("", heading)
    text = words.PURPOSE.sub("", text)
    text = _BRACKET_BEHIND.sub("", text)
    short = words.TRAILING_ACTION.sub("", text)
    return cleaned(short if plain_length(short) >= 3 else text)


def unnumbered(title: str) -> str:
    """Drop an amount in brackets at the end: `추진협의회 발족(위원 112명)`."""
    bare = _AMOUNT_BEHIND.sub("", title)
    return bare if plain_length(bare) >= _TELLING else title


def shortened(title: str) -> str:
    """Cut an overlong title at a word."""
    title = cleaned(_COUNTDOWN.sub("", cleaned(title)))
    if (
        len(title) > _LONG // 2
        and plain_length(behind := words.LEADING_CLAUSE.sub("", title)) >= SHORT
    ):
        title = cleaned(behind)
    if len(title) <= _LONG:
        return title
    cut = title.rfind(" ", _LONG // 2, _LONG)
    return cleaned(title[: cut if cut > 0 else _LONG])


@lru_cache(_REMEMBERED)
def is_generic(heading: str) -> bool:
    """Tell whether a heading names a part of any report rather than its subject."""
    return bool(words.GENERIC_HEADING.match(heading))


def is_generic_label(label: str) -> bool:
    """Tell whether a label before a value names a part of any report (`고발개요`)."""
    return is_generic(label) or bool(words.GENERIC_LABEL.match(closed(label)))


def is_time_label(bare: str) -> bool:
    """Tell whether a label (spaces closed) only says "when": `일시`, `접수기간`."""
    return bool(words.TIME_LABEL.match(bare))


def telling(label: str) -> str:
    """Return the part of a time label that belongs into the title, or nothing."""
    found = words.TIME_LABEL.match(label)
    if found is None:
        return ""
    what = found["term"] or found["day"] or found["what"] or ""
    return "" if what in words.PLAIN_WHATS else what
