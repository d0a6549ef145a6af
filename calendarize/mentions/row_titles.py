"""Titles of dates in tables: the row's subject, with what the cell itself says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from calendarize.mentions import words
from calendarize.mentions.clauses import (
    COUNTS_BEHIND,
    HANGUL,
    LETTERS,
    SHORT,
    cleaned,
    closed,
    condensed,
    first_clause,
    is_generic,
    is_time_label,
    last_clause,
    plain_length,
    telling,
    unmarked,
    words_inside,
)
from calendarize.mentions.context import (
    SHORT_CELL,
    blanked,
    closing_bracket,
    document,
    label_end,
    open_bracket,
    own_end,
    parent,
    since_last,
    subject,
    whole,
)
from calendarize.mentions.place import Place
from calendarize.mentions.words import SESSION
from calendarize.report.model import Cell, Table

_MILESTONE_HEADING = re.compile(
    r"착공|착수|준공|완공|완료|개통|개강|종강|접수|마감|발표|공고|설계|보상|계약|선정|집회일|개회|폐회|임용|"
    r"^제?\d+차$|시험|면접|등록|신청|납부|공시|수립|지정|고시|승인|제출|심사|검수|납품|배치"
)
_DETAIL_HEADING = re.compile(
    r"장\s*소|인\s*원|예\s*산|사\s*업\s*비|금\s*액|담\s*당|(?:주\s*관|소\s*관)?부\s*서|위\s*치|규\s*모|비\s*고"
)
_NO_SUBJECT_HEADING = re.compile(f"{words.SCHEDULE_HEADING.pattern}|{_DETAIL_HEADING.pattern}")
_ORDINAL = re.compile(r"제\d{1,3}회|제?\d{1,2}(?:기|차|회차|차수|학기|단계|공구|권역)")
_DATED = re.compile(r"\d{1,2}월|\d\.\s?\d")
_SITTING = re.compile(r"제?\s?\d+차\s?본회의(?:\s?\([^()]*\))?")
_LIST_INSIDE = re.compile(r"(?<=\S)\s(?:1\.|①|[-○◦·•])\s")
_STEP = re.compile(
    r"^\S{0,4}\s?\S{0,2}(?:용역|설계|발주|착공|착수|준공|완공|완료|개통|개관|보상|계약|구매|납품|검수|배치|설치|철거|입주)$"
)
"""A note that is a step of its row: `설계용역('22. 8.~'23. 5.) → 준공('24. 12.)`."""
_NUMBER_BEHIND = re.compile(r"\s*\(\d+\)$")
_OF_A_SESSION = re.compile(r"질문|행정사무감사|본회의|개회식|폐회식|제안설명|심의|의결")
_TIMES = re.compile(r"^\d+회\s*")
_SHORT_STEP = re.compile(r"[가-힣·]{2,6}")
_DIGIT = re.compile(r"\d")
_CIRCLED = re.compile(r"[①-⑳]")
_COMMITTEE = re.compile(r"[가-힣·]{2,12}위원회")
_TIME_WORD = re.compile(r"\s?(?:시기|기간|일시|일자|일정|일)$")
_PLAIN, _DETAIL = 9, 10
"""Ranks of a cell whose column is not telling, and of one that says who, where or how much."""
_WHOLE_TIME = re.compile(r"^(?:예산 소진|본회의 \d|지원|운영|실시|개최|예정|계속|집중)+")


def cell_title(place: Place, table: Table, cell: Cell) -> str:
    """Title of a date in a cell: the row's subject, with what the cell itself says."""
    row = _row_subject(place, table, cell)
    heading = next(iter(reversed(table.column_headings(cell))), "")
    if own := _own_words(place):
        caption = COUNTS_BEHIND.sub("", cleaned(_NUMBER_BEHIND.sub("", table.caption)))
        if (
            table.header_rows == 0
            and 0 < plain_length(caption) <= SHORT
            and not is_generic(caption)
        ):
            return f"{own.text} {caption}"
        if is_generic(row) and heading:
            return f"{cleaned(heading)} {own.text}"
        if row and (own.adds or _belongs_to_row(own.text)):
            return f"{row} {own.text}"
        if SESSION.search(row):
            return own.text
        return whole(own.text, place)
    if not row or is_generic(row) or is_time_label(closed(row)):
        headed = bool(heading) and not is_generic(heading)
        row = cleaned(heading) if headed else parent(place)
        if headed and plain_length(row) < SHORT:
            return f"{_about(table)} {row}".strip()
        return whole(row, place) if plain_length(row) < 4 else row
    row = f"{subject(place)} {row}".strip() if _COMMITTEE.fullmatch(row) else whole(row, place)
    told = telling(closed(heading))
    tells = _MILESTONE_HEADING.search(heading) or (told and told not in row)
    step = _TIME_WORD.sub("", heading)
    told_already = heading in row or (step != heading and row.endswith(step))
    if tells and len(heading) <= 14 and not told_already:
        return f"{row} {cleaned(heading)}"
    return row


def _about(table: Table) -> str:
    """Return what the caption of a table says it is about: `<국가예산 편성 일정>`."""
    about = condensed(cleaned(table.caption))
    return "" if is_generic(about) or plain_length(about) > SHORT_CELL * 2 else about


def _belongs_to_row(own: str) -> bool:
    """Tell whether a note in a session's row is part of the session: 시정질문, not 설연휴."""
    return bool(_OF_A_SESSION.search(own))


class _Own(NamedTuple):
    text: str
    adds: bool
    """Whether the words only add to the row's subject (`24일, 31일 2회 방송`)."""


def _own_words(place: Place) -> _Own | None:
    """Return the words of the cell that tell what its date is: `※ 시정질문 : 2.23(1일)`."""
    if place.cell is None or place.alone:
        return None
    bracket = open_bracket(place.before)
    if bracket >= 0:
        head = COUNTS_BEHIND.sub("", last_clause(since_last(place.before[:bracket], place)))
        item = head.rpartition(", ")[2]
        head = item if plain_length(item) >= 4 else head
        inside = words_inside(
            since_last(place.before[bracket + 1 :], place, place.start + bracket + 1),
            blanked(place.after[: closing_bracket(place.after)], place, place.expression.end),
        )
        if plain_length(head) < 2:
            inside = _TIMES.sub("", inside)
            return _Own(inside, True) if inside else None
        return _Own(f"{head} {inside}".strip(), bool(_STEP.search(head)) or plain_length(head) < 4)
    colon = label_end(place.before, place)
    if colon >= 0:
        label = last_clause(since_last(place.before[:colon], place))
        if not label or is_time_label(closed(label)):
            return None
        return _Own(label, bool(_ORDINAL.fullmatch(label)))
    lead = last_clause(since_last(place.before, place))
    if plain_length(lead) >= 2:
        return _Own(unmarked(lead), plain_length(lead) < 4)
    if place.after.lstrip().startswith(("<", "(")):
        return None
    tail = first_clause(blanked(place.after[: own_end(place)], place, place.expression.end))
    is_step = len(place.siblings) > 1 and _SHORT_STEP.fullmatch(tail)
    if is_step or words.MILESTONE.fullmatch(tail):
        return _Own(tail, True)
    if plain_length(tail) < 3 or tail[:1].isdigit() or _WHOLE_TIME.match(tail):
        return None
    return _Own(tail, plain_length(tail) < 5)


def _adds(table: Table, cell: Cell) -> bool:
    """Tell whether a cell can add to its row's subject: no time, place or amount, no plan for
    the time that its column names."""
    if len(cell.text) > 60 or _DATED.search(cell.text):
        return False
    headings = table.column_headings(cell)
    return not any(_NO_SUBJECT_HEADING.search(h) or _DIGIT.search(h) for h in headings)


def _is_detail(table: Table, cell: Cell) -> bool:
    return any(_DETAIL_HEADING.search(h) for h in table.column_headings(cell))


def _row_subject(place: Place, table: Table, cell: Cell) -> str:
    """Return the text of the row's subject, with its group where it says too little.

    A cell that says who, where or how much is one only beside a date alone in its cell, and says
    it of what the table is about.
    """
    left = [c for c in table.row_headings(cell) if _is_label(c.text)]
    behind = [c for c in table.near(cell) if c.column > cell.column and HANGUL.search(c.text)]
    candidates = [c for c in (*left, *behind[:3]) if not (place.alone and is_generic(c.text))]
    chosen = _best_subject(table, candidates or left, behind)
    if chosen is None or (_is_detail(table, chosen) and not place.alone):
        return ""
    title = cleaned(words.UNIT.sub("", _first_item(chosen.text)))
    if chosen not in left and _is_detail(table, chosen):
        return f"{subject(place) or document(place)} {title}".strip()
    if chosen not in left:
        return title
    if SESSION.search(title):
        return title
    own_row = [c for c in left if c.row == cell.row and c is not chosen and _adds(table, c)]
    ordinal = next((c for c in table.row_headings(cell) if _ORDINAL.fullmatch(c.text)), None)
    if ordinal is not None and ordinal.row == cell.row and ordinal.text not in title:
        named = (ordinal.text, title) if ordinal.text.endswith("회") else (title, ordinal.text)
        return " ".join(named)
    if chosen.row != cell.row and own_row:
        return f"{title} {cleaned(own_row[0].text)}"
    if plain_length(title) < SHORT_CELL and not _CIRCLED.match(chosen.text):
        groups = [cleaned(c.text) for c in left if c.column < chosen.column]
        if groups and groups[-1] not in title:
            return f"{groups[-1]} {title}"
        details = [c for c in own_row if c.column > chosen.column and HANGUL.search(c.text)]
        if details:
            return f"{title} {cleaned(details[0].text)}"
    return title


def _first_item(text: str) -> str:
    """Return what heads a list within a cell: `제1차 본회의 1. 회기결정의 건 2. …`."""
    head = _LIST_INSIDE.split(text, 1)[0]
    return head if plain_length(head) >= 4 else text


def _best_subject(table: Table, cells: Sequence[Cell], behind: Sequence[Cell]) -> Cell | None:
    """Return the cell that names the row: a session, a numbered item, the most telling column.

    A cell behind the date names it only where its column is the more telling one; one that says
    who, where or how much only where no other does.
    """

    def rank(cell: Cell) -> tuple[int, bool, int]:
        late = cell in behind
        headings = " ".join(table.column_headings(cell))
        if SESSION.search(cell.text) or _SITTING.fullmatch(cell.text):
            return 0, late, cell.column
        if _CIRCLED.match(cell.text):
            return 1, late, cell.column
        for at, pattern in enumerate(words.SUBJECT_HEADINGS):
            if pattern.search(headings):
                return 2 + at, late, cell.column
        if _is_detail(table, cell):
            return _DETAIL, late, cell.column
        return _PLAIN, late, cell.column if late else -cell.column

    return min(cells, key=rank, default=None)


def _is_label(text: str) -> bool:
    letters = len(LETTERS.findall(text))
    telling_enough = bool(HANGUL.search(text)) or letters >= 4
    return telling_enough and sum(c.isdigit() for c in text) <= letters and len(text) <= 120
