"""What stands around a date: the heading it is about, the label before it, the bracket it is in."""

from __future__ import annotations

import re
from functools import lru_cache

from calendarize.mentions.clauses import (
    BRACKET_LABEL,
    SHORT,
    blanked_brackets,
    cleaned,
    closed,
    condensed,
    is_generic,
    is_time_label,
    plain_length,
    unnumbered,
)
from calendarize.mentions.particles import end_with_particle
from calendarize.mentions.place import Place
from calendarize.report.front import office_rank
from calendarize.report.model import Block, Table
from calendarize.timex.grammar import expressions

_REMEMBERED = 1024
"""How many headings are remembered."""
SHORT_CELL = 7
"""The same in a table, whose rows are named more fully."""
_NUMBERED = re.compile(r"^(?:#|제?\d|[①-⑳IVXⅠ-Ⅹ])")
"""Markers of headings that stand for themselves: a project of the report."""
_ABOUT_LENGTH = 40
_VALUE_SIGN = re.compile(r":\s|,\s|\(")
_SESSION_WORD = re.compile(r"정례회(?!의)|임시회")
_COMMA = re.compile(r"(?<=[가-힣]),\s")
_PARTED = re.compile(r"\w.*[,/→⇒]\s*$", re.DOTALL)


def subject(place: Place, longest: int = 24) -> str:
    """Return what the nearest telling heading or bullet above is about: `화상회의시스템`.

    A short subject is made whole with the one above it; bullets longer than `longest` letters
    are passed over.
    """
    if place.name and place.table is None:
        return place.name
    found = ""
    for block in place.headings():
        if block.kind == "bullet" and not _may_be_heading(block, place.table):
            continue
        text = _about(block, longest)
        if not text or text in found:
            continue
        found = text if found and text.endswith(found) else f"{text} {found}".strip()
        if plain_length(found) >= SHORT or _NUMBERED.match(block.marker):
            break
    return found


def _may_be_heading(bullet: Block, table: Table | None) -> bool:
    """Tell whether a bullet can be the heading: above a table only its caption, without dates."""
    if table is None:
        return True
    return bullet.text == table.caption and blanked_dates(bullet.text) == bullet.text


_HEADLINE = re.compile(r"[가-힣],\s.*[가-힣]{2,}|…")
_YEAR_ALONE = re.compile(r"['\d\s.]+(?:년도?)?|\d/4\s?분기|[상하]반기")


_TIME_ALONE = re.compile(r"[\d\s.,~'()\-월화수목금토일년초중순말하상반기분까지부터이후전]+")
_ANNOUNCES = re.compile(r"(?:다음|아래)과?와? 같이|(?:니다|바람|오니)\.?$")


def _about(block: Block, longest: int) -> str:
    """Return what a heading or bullet is about, or nothing where it names a part of any report."""
    text = cleaned(BRACKET_LABEL.sub("", cleaned(block.text)))
    explains = block.parent is not None and bool(_NUMBERED.match(block.parent.marker))
    if not block.marker and explains and plain_length(text) >= 14:
        return ""
    if block.kind == "bullet":
        if _ANNOUNCES.search(text):
            return ""
        label, *value = _VALUE_SIGN.split(text)
        text = cleaned(value[0] if value and _TIME_ALONE.fullmatch(label) else label)
    if block.kind == "heading" and _HEADLINE.search(text):
        text = cleaned(blanked_dates(text))
    bare = closed(text)
    if not text or is_generic(text) or is_time_label(bare):
        return ""
    if block.parent is None and not block.marker and office_rank(text):
        return ""  # who made the report
    short = condensed(text)
    if _YEAR_ALONE.fullmatch(short):
        return ""
    limit = longest if block.kind == "bullet" else _ABOUT_LENGTH
    return short if plain_length(short) <= limit else ""


_ORDINAL_ALONE = re.compile(r"제?\d+(?:차|회|기)(?:\s?회의)?")


def whole(title: str, place: Place) -> str:
    """Complete a title that alone would say nothing with what stands above it."""
    if _ORDINAL_ALONE.fullmatch(title):
        about = subject(place) or condensed(cleaned(place.document))
        return f"{about} {title}".strip()
    length = sum(char.isalpha() for char in title)
    title = unnumbered(title)
    enough = SHORT_CELL if place.table is not None else SHORT
    heads = place.block is not None and place.block.kind == "heading"
    if length > 2 * SHORT or _SESSION_WORD.search(title) or (heads and length >= 4):
        return title
    above = subject(place, 40 if 0 < length < 7 else 24)
    if not title:
        return above
    if not above or above in title:
        return title
    bare = condensed(title)
    if plain_length(bare) >= 4 and above.endswith(bare):
        return f"{above} {title.removeprefix(bare).strip()}".strip()
    if length >= enough:
        return title
    longest = 10 if place.table is not None and length >= 4 else 18
    if plain_length(above) > longest and (length >= 7 or place.table is not None):
        return title
    return f"{above} {title}"


_REST_ENDS = re.compile(r"[,;/※→◦○|…]|\)\s*및\s|\)\s(?=\S)")


_NO_WORDS = re.compile(
    r"(?:지난|오는)(?:[ ]{2,}(?:에는|에|부터|까지)?(?![가-힣])|[ ]?$)"
    r"|(?<!\d)\d{1,2}:\d{2}(?:\s?[~∼-]\s?\d{1,2}:\d{2})?(?!\d)"
)
"""What points at a date, and hours: both belong to the time."""


def _emptied(text: str, start: int, end: int) -> str:
    """Blank a time expression in a text, and the particle that stands behind it."""
    end = end_with_particle(text, end)
    return f"{text[:start]}{' ' * (end - start)}{text[end:]}"


def blanked(text: str, place: Place, offset: int) -> str:
    """Blank the time expressions of the segment in a piece of it that starts at an offset."""
    for other in place.siblings:
        if other.items and other.items[0].named:
            continue  # the name of a day tells what it is
        start, end = max(other.start - offset, 0), min(other.end - offset, len(text))
        if start < end:
            text = _emptied(text, start, end)
    return _NO_WORDS.sub(lambda found: " " * len(found[0]), text)


@lru_cache(_REMEMBERED)
def blanked_dates(text: str) -> str:
    """Blank every time expression of a heading; the name of a day (`설날`) is a name."""
    for found in expressions(text):
        if found.items and found.items[0].named:
            continue
        text = _emptied(text, found.start, found.end)
    return text


def since_last(text: str, place: Place, offset: int = -1) -> str:
    """Return the words behind the last other date of a piece of the segment, without its rest.

    `DB접근제어시스템(4~5월), 정보통신관리시스템` → `정보통신관리시스템`. Where nothing stands
    behind that date, the whole piece with its dates blanked.
    """
    offset = place.start if offset < 0 else offset
    earlier = [
        e.end
        for e in place.siblings
        if offset <= e.start and e.end <= offset + len(text) and not (e.items and e.items[0].named)
    ]
    masked = blanked(text, place, offset)
    rest = masked[earlier[-1] - offset :] if earlier else ""
    if not earlier or rest.strip() == ")":
        return masked
    sign = _REST_ENDS.search(blanked_brackets(rest))
    rest = rest[sign.end() :] if sign else rest
    return rest if plain_length(rest) <= 25 else _COMMA.split(rest)[-1]


def own_end(place: Place) -> int:
    """Return the offset behind the words that belong to a date: `'19. 8월 착공, '20. 3월 준공`."""
    if place.index + 1 < len(place.siblings):
        until = place.siblings[place.index + 1].start - place.expression.end
        between = place.after[: max(until, 0)]
        parted = _PARTED.search(between)
        if parted and between.count("(") <= between.count(")"):
            return until
    return len(place.after)


def open_bracket(before: str) -> int:
    """Return the offset of the bracket that is open at the end of a text, or -1."""
    depth = 0
    for at in range(len(before) - 1, max(-1, len(before) - 120), -1):
        if before[at] in ")>]":
            depth += 1
        elif before[at] in "(<[":
            if depth == 0:
                return at
            depth -= 1
    return -1


def closing_bracket(after: str) -> int:
    """Return the offset of the bracket that closes the one the expression stands in."""
    depth = 0
    for at, char in enumerate(after[:200]):
        if char in "(<[":
            depth += 1
        elif char in ")>]":
            if depth == 0:
                return at
            depth -= 1
    return min(len(after), 200)


def label_end(before: str, place: Place) -> int:
    """Return the offset of the colon whose value the expression is part of, or -1."""
    colon = max(before.rfind(":"), before.rfind("："))
    while colon > 0 and before[colon - 1].isdigit() and before[colon + 1 : colon + 2].isdigit():
        colon = before.rfind(":", 0, colon)
    if colon < 0:
        return -1
    between = blanked(before[colon + 1 :], place, place.start + colon + 1)
    return colon if plain_length(between) <= 16 and "※" not in between else -1
