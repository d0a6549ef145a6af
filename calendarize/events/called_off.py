"""What the line of a time says of it: that it is called off, or put off without a new day.

| written | taken as |
|---|---|
| `기념식 : 9. 12.(목) (취소)`, `→ 취소`, `우천으로 취소`, `예정이었으나 취소` | called off |
| `[취소] 기념식 : 9. 12.`, a line `- 코로나19로 취소` below | called off |
| `취소`, `우천으로 취소` alone in a cell of its row | called off |
| `체육대회 : 10. 19.(토) → 연기`, `잠정 연기`, where no other day stands beside it | put off |
| `우천 시 취소`, `일부 취소`, `등록 취소 9. 12.`, `11월로 연기`, `연기 → 10. 26.` | neither |
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Literal

from calendarize.mentions.mention import Mention
from calendarize.mentions.place import Place
from calendarize.mentions.reading import Reading
from calendarize.timex.resolve import Witness

Outcome = Literal["cancelled", "postponed"]

_WORDS: tuple[tuple[Outcome, str], ...] = (
    ("cancelled", r"취소|백지화|무산|미개최|(?:개최|실시|시행|운영)하지\s?(?:않|못)\S*"),
    ("postponed", r"연기|순연"),
)
_SAID = r"\s?(?:됨|됐\S*|되었\S*|되어|된|하였\S*|했\S*|함|하기로\S*|키로\S*|결정|조치|통보|음)?"
_HOW = r"(?:(?:전면|전격|최종|잠정|무기한|부득이|행사|개최|일정|추진|회의)(?:이|가|를|을)?\s?){0,3}"
_TURNS = r"(?:[^로]{0,10}(?:예정|계획)\S{0,3}(?:으나|이나|지만|는데|다가?)\s)?"
_WHY = (
    r"(?:(?!으?로|까지).{1,24}?"
    r"(?:(?<![\s월일중말초순기])으?로|따라|따른|인해|인하여|의해|때문에)\s?)?"
)
"""Why: `우천으로`, `감염병 확산에 따라`; not when: `11월로`."""
_OUTCOMES = [
    (outcome, re.compile(rf"{_TURNS}{_WHY}{_HOW}(?:{words}){_SAID}")) for outcome, words in _WORDS
]
_APART = re.compile(r"[()\[\]<>,;※→⇒➡]|\.\s|(?:^|\s)[\-–:](?:\s|$)")
"""What parts words on how it stands from a place and a title before them."""
_FLAG = re.compile(r"[(\[<]([^()\[\]<>]{2,40})[)\]>]")
_GIVEN_UP = re.compile(
    r"(?:취소|철회|백지화|무산|미추진|미개최|(?:추진|개최)하지 않(?:기로|음))\S{0,3}$"
)
_LIST_SIGN = re.compile(r"^[\s,·및/]*$")
_LONGEST = 40
"""A cell or a line longer than this tells more than what became of a plan."""
_BELOW = 3
"""So many lines below that of a time may tell what became of it."""
NOTE = "연기된 것으로 적혀 있고 새 날짜가 없습니다"


_ACT = re.compile(
    r"(?:허가|인가|등록|지정|승인|면허|예약|신청|수강|계약|자격|처분|결정|선정|인증|접수|결제|원서|지원|참가)$"
)
"""What is cancelled by an act that has a day of its own: `영업허가 취소 9. 12.`"""
_TOLD_IN_TITLE = re.compile(rf"\s?(?:{'|'.join(words for _, words in _WORDS)}){_SAID}$")
_FORMER = re.compile(r"당초|\d\s?월|\d\.\s?\d")
"""A cell that tells another time tells what became of that."""
_STANDING = re.compile(r"비\s?고|상\s?태|추진|여부|사유|변경|결과|현황")
"""Headings of the cells that tell what became of a row, on whichever side of its time."""


def outcome_of(reading: Reading, mention: Mention, title: str) -> Outcome | None:
    """Return what the line of a mention, its row or a line below say became of the event."""
    place = mention.place
    told = (_after(place, title), *_cells(place), *_notes(reading, place))
    pieces = [piece for text in told for piece in _APART.split(text)]
    pieces += _FLAG.findall(_before(place))
    found = [
        outcome
        for piece in pieces
        for outcome, pattern in _OUTCOMES
        if pattern.fullmatch(piece.strip(" .:*·"))
    ]
    others = place.block is not None and reading.dates_in[place.block.start] > 1
    return next((outcome for outcome in found if outcome == "cancelled" or not others), None)


def says_given_up(text: str) -> bool:
    """Tell whether a line ends with words by which something is given up: `… | 추진 취소`."""
    pieces = (piece.strip(" .:*·") for piece in text.split(" | "))
    return any(map(_GIVEN_UP.search, pieces))


def put_off(mention: Mention) -> Witness:
    """Return the witness against the time of what was put off without a new day."""
    note = f"{NOTE}(원문 '{mention.text}')"
    return Witness("postponed", "contradicts", note, "새 일정이 정해졌는지 확인하세요.")


def _after(place: Place, title: str) -> str:
    """Return what stands behind a time, without its title, up to and with the next time's first
    character: `접수 9. 1., 취소 9. 5.` calls nothing off.

    Of times that a list names together, what stands behind the last is said of all.
    """
    begin = end = place.expression.end
    for other in place.siblings[place.index + 1 :]:
        if not _LIST_SIGN.match(place.after[end - begin : other.start - begin]):
            return _without(title, place.after[end - begin : other.start - begin + 1])
        end = other.end
    return _without(title, place.after[end - begin :])


def _before(place: Place) -> str:
    """Return what stands between the time before one in its line and this one."""
    if place.index == 0:
        return place.before
    return place.before[max(0, place.siblings[place.index - 1].end - place.start) :]


def _without(title: str, text: str) -> str:
    named = _TOLD_IN_TITLE.sub("", title)
    return text if not named or _ACT.search(named) else text.replace(named, " ", 1)


def _cells(place: Place) -> Iterator[str]:
    """Yield the short cells of a time's row that stand behind it, or say how its row stands."""
    table, own = place.table, place.cell
    if table is None or own is None or place.in_header:
        return
    for cell in table.near(own):
        if cell is not own and len(cell.text) <= _LONGEST and not _FORMER.search(cell.text):
            headings = table.column_headings(cell) if cell.column < own.column else ()
            if cell.column > own.column or any(map(_STANDING.search, headings)):
                yield cell.text


def _notes(reading: Reading, place: Place) -> Iterator[str]:
    """Yield the short lines without a day right below that of a time."""
    block, blocks = place.block, reading.report.blocks
    if block is None or block.table is not None:
        return
    at = bisect_right(blocks, block.start, key=lambda b: b.start)
    for other in blocks[at : at + _BELOW]:
        if other.parent is not block or reading.dates_in[other.start]:
            return
        if len(other.text) <= _LONGEST:
            yield other.text
