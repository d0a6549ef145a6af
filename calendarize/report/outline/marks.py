"""Marks: what a line opens with (`□`, `○`, `-`, `1.`, `가.`) and its place in the outline."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import NamedTuple


class Mark(NamedTuple):
    """How a block takes its place in the outline.

    `band`: 0 chapters, 1 numbered and boxed headings, 2 circles, 3 dashes, 4 small marks,
    5 numbers before sentences.
    `family`: marks of one family are siblings. `rank` orders marks of one band: the deeper, the
    larger. A `leaf` has nothing below it.
    """

    band: int
    family: str
    rank: tuple[int, ...] = ()
    leaf: bool = False


class Marker(NamedTuple):
    """A marker found at the start of a line: the sign, where the text begins, its place."""

    sign: str
    content: int
    mark: Mark


SIGNS: dict[str, Mark] = {
    sign: mark
    for signs, mark in (
        ("□■◇◆▣❏❐❑❒❖◈☐▢▤", Mark(1, "square")),
        ("○◦●◯⚪◎⊙ㅇ⚫", Mark(2, "circle")),
        ("-–", Mark(3, "dash")),
        ("·•▪▫▸◾◽✓✔☞☑+", Mark(4, "dot")),
        ("▶▷►➔➜➡→⇒⇨⇢➢➤↳", Mark(4, "arrow")),
        ("※*†‡", Mark(4, "note", leaf=True)),
        ("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", Mark(1, "circled number")),
        ("❶❷❸❹❺❻❼❽❾❿➊➋➌➍➎➏➐➑➒➓", Mark(1, "black circled number")),
        ("⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽", Mark(1, "bracketed number")),
        ("㉮㉯㉰㉱㉲㉳㉴㉵㉶㉷㉸㉹㉺㉻", Mark(1, "circled letter")),
        ("㉠㉡㉢㉣㉤㉥㉦㉧㉨㉩", Mark(1, "circled consonant")),
    )
    for sign in signs
}
_NAMED_SIGNS: tuple[tuple[str, str], ...] = (
    ("SQUARE", "□"),
    ("DIAMOND", "□"),
    ("CIRCLE", "○"),
    ("ARROW", "▶"),
    ("RIGHT-POINTING", "▶"),
    ("POINTING INDEX", "▶"),
    ("BULLET", "·"),
    ("SPOT", "·"),
    ("STAR", "·"),
    ("ASTERISK", "·"),
    ("PRIVATE USE", "·"),
)
"""Part of a sign's Unicode name → the sign that it is like; private use is Hancom's own."""
_NOT_A_DATE = r"(?!\s*\d{1,2}\s*(?:[.~,/(월일]|\s|$))(?!\s*[~–-]\s*\d)"
_NUMBERINGS: tuple[tuple[re.Pattern[str], Mark], ...] = tuple(
    (re.compile(pattern), mark)
    for pattern, mark in (
        (r"#{1,6}(?=\s)", Mark(0, "hash")),
        (r"제\s?\d{1,2}\s?[편부](?=[\s.:])", Mark(0, "part", (0,))),
        (r"제\s?\d{1,2}\s?장(?=[\s.:])", Mark(0, "chapter", (1,))),
        (r"제\s?\d{1,2}\s?절(?=[\s.:])", Mark(0, "section", (2,))),
        (r"(?:[Ⅰ-Ⅻ]+\s*[.)]?|[IVX]{1,5}\s*\.)(?=\s*\S)", Mark(0, "roman", (1,))),
        (r"\d{1,2}\.(?![\d])" + _NOT_A_DATE + r"(?=\s*\S)", Mark(1, "number")),
        (r"\d{1,2}-\d{1,2}\.(?=\s+\S)", Mark(1, "subnumber")),
        (r"\d{1,2}\s\|(?=\s\S)", Mark(0, "boxed", (1,))),
        (r"\d{1,2}\)(?=\s*\S)", Mark(1, "number)")),
        (r"\(\d{1,2}\)(?=\s*\S)", Mark(1, "bracketed number")),
        (r"[가나다라마바사아자차카타파하]\.(?=\s\s*\S)", Mark(1, "letter")),
        (r"[가나다라마바사아자차카타파하]\)(?=\s*\S)", Mark(1, "letter)")),
        (r"\([가나다라마바사아자차카타파하]\)(?=\s*\S)", Mark(1, "bracketed letter")),
        (
            r"\d{1,2}(?=(?:\t\s*| +)(?:[가-힣「『‘“'\"(<A-Za-z一-龥]|(?:19|20)\d\d))",
            Mark(1, "bare number"),
        ),
    )
)
_NUMBERING_STARTS = frozenset("#제(0123456789IVXⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ가나다라마바사아자차카타파하")
LISTED = 5  # the band of a number before a sentence: an item below whatever is open
BARE_NUMBER = Mark(1, "bare number")
ROMAN = Mark(0, "roman", (1,))
NOTICE = Mark(0, "notice", (0,))
CAPTION = Mark(1, "caption")
UNMARKED = Mark(1, "unmarked")
SQUARE = SIGNS["□"]
CIRCLE = SIGNS["○"]
_PAGE_NUMBER = re.compile(r"[-–]\s*\d+\s*[-–]\s*")


def marker_of(line: str) -> Marker | None:
    """Return the marker that a line of the view opens with, or `None`.

    >>> marker_of(" - ▶ 기간").sign, marker_of("□ 추진일정").sign, marker_of("5. 3.(월)")
    ('▶', '□', None)
    """
    text = line.lstrip()
    indent = len(line) - len(text)
    sign = text[:1]
    mark = SIGNS.get(sign) or (_like(sign) if sign > "\u2000" and text[1:2] == " " else None)
    if mark is None:
        if sign in _NUMBERING_STARTS and (found := _numbering(line, text, indent)) is not None:
            return found
        return _behind(line, indent + 1, sign, CIRCLE) if text[:2] in ("o ", "O ") else None
    if text[1:2] == sign and mark.family == "circle":
        return None  # a name left out: ○○구
    if mark.family == "dash":
        return _dash(line, text, indent)
    if mark.family == "note" and text.startswith("**"):
        return _behind(line, indent + 2, "**", mark)
    if sign == "+" and text[1:2] != " ":
        return None
    return _behind(line, indent + 1, sign, mark)


@cache
def _like(sign: str) -> Mark | None:
    """Return the mark of a sign that is not listed, by its Unicode name."""
    if unicodedata.category(sign) not in ("So", "Sm", "Po", "Co"):
        return None
    name = unicodedata.name(sign, "PRIVATE USE")
    return next((SIGNS[known] for part, known in _NAMED_SIGNS if part in name), None)


def _behind(line: str, end: int, sign: str, mark: Mark) -> Marker | None:
    """Return the marker with the place of the text behind it; `None` when there is no text."""
    content = line[end:].lstrip()
    return Marker(sign, len(line) - len(content), mark) if content else None


def _dash(line: str, text: str, indent: int) -> Marker | None:
    """Return the marker of a dash and of the sign behind it (`- ▶`), as Markdown lists have it."""
    behind = text[1:].lstrip()
    if not behind or text[1].isdigit() or (behind[0] in "-–" and not behind.strip("-– ")):
        return None
    if behind[-1] in "-–" and _PAGE_NUMBER.fullmatch(text):
        return None
    content = len(line) - len(behind)
    inner = SIGNS.get(behind[0])
    if inner is not None and behind[0] != "+" and content > indent + 1:
        below = 1 if inner.band == 4 or inner.family == "dash" else 0
        mark = Mark(3, "dash", (indent, below), inner.leaf)
        if (found := _behind(line, content + 1, behind[0], mark)) is not None:
            return found
    return Marker(text[0], content, Mark(3, "dash", (indent, 0)))


def _numbering(line: str, text: str, indent: int) -> Marker | None:
    for pattern, mark in _NUMBERINGS:
        match = pattern.match(text)
        if match is not None:
            if mark.family == "hash":
                return _hash(line, indent + match.end(), match[0])
            return _behind(line, indent + match.end(), match[0], mark)
    return None


def _hash(line: str, end: int, sign: str) -> Marker | None:
    """Return the marker of a Markdown heading; a second marker (`## Ⅰ. …`) is left out too."""
    found = _behind(line, end, sign, Mark(0, "hash", (len(sign),)))
    if found is None or line[found.content] == "#":
        return found
    inner = marker_of(line[found.content :])
    return found if inner is None else found._replace(content=found.content + inner.content)
