"""Places in columns that no table holds.

| written | a row is |
|---|---|
| labels one a line (`일시`, `행사명`, `장소`), then cells one a line | a day and what follows |
| a line of labels set by spaces, then lines set by spaces | a line that begins with a day |

A row whose cells are as many as the labels gives the cell below `장소`; one with fewer or more
gives the first that reads like a place. Below `장소 및 방법` only what reads like a place is one,
below `비고` it is the last line of a row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from calendarize.events.venues import is_place, is_seat
from calendarize.report.tables import width

PLACE_LABEL = (
    r"(?:[가-힣]{2,4}\s?)?장\s*소(?:\s?(?:·|및|/)\s?(?:방\s*법|대\s*상|비\s*고)|\s?\([^()]{1,8}\))?"
)
"""What heads a column of places."""
MIXED = re.compile(r"방\s*법|대\s*상")
"""What else a column of places may tell."""
SAME_AS_ABOVE = re.compile(r'〃|"|상동|위와 같음')
_TIME_LABEL = re.compile(
    r"[가-힣]{0,4}(?:일\s*시|일\s*자|일\s*정|날\s*짜|시\s*기|기\s*간|시\s*간|월\s*일)(?:\([^()]*\))?"
)
_LABEL = re.compile(
    rf"{PLACE_LABEL}|{_TIME_LABEL.pattern}|요\s*일|구\s*분|단\s*계|순\s*번|연\s*번|번\s*호|차\s*수|비\s*고"
    r"|(?:행\s*사|사\s*업|과\s*정|강\s*좌|교\s*실|프로그램|행\s*사\s*내\s*용|회\s*의)\s*명?|내\s*용|주요\s*내용"
    r"|의\s*사\s*일\s*정|(?:부\s*의\s*)?안\s*건|실\s*시\s*사\s*항|추진사항|인\s*원|대\s*상|참\s*석(?:자|대상|인원)?|주\s*[관최재]"
    r"|담\s*당(?:부서|자)?|부\s*서(?:명)?|소관(?:부서)?|세부|분야|방\s*법"
)
_REMARKS = re.compile(r"비\s*고")
_PLACES = re.compile(PLACE_LABEL)
_BEGINS_WITH_DAY = re.compile(
    r"~?\s?(?:(?:(?:19|20)\d\d|'\s?\d\d)\s?[.년/-]\s?)?"
    r"\d{1,2}(?:\s?[./월]\s?\d{1,2}(?!\d)|\s?월|\s?일|\s?\([월화수목금토일])"
)
_BARE_DAY = re.compile(r"\d{1,2}(?:\s?~\s?\d{1,2})?")
_WEEKDAY = re.compile(r"[월화수목금토일](?:\s?[~·,]\s?[월화수목금토일])?")
_HOUR = re.compile(r"\d{1,2}\s?:\s?\d\d")
_GAP = re.compile(r"\S+(?: {1,2}\S+)*")
_ENDS_THE_ROWS = re.compile(r"[※□■▣▶◆◎*+]|[가-힣]\.\s|\d{1,2}\.\s[가-힣]")
_IN_BRACKETS = re.compile(r"\(|〔|\[")
_WEEKDAY_ALONE = re.compile(r"\([월화수목금토일]\)$")
"""What goes on with the cell before it: brackets behind a cell, a weekday behind its day."""
_FEWEST = 3
_LABEL_LENGTH = 20
_MOST_LINES = 400
_MOST_IN_A_ROW = 30
_WIDEST = 400
_NEAR = 4
"""A cell stands below a label that is no more columns beside it."""


class _Row(NamedTuple):
    """A day's line (by index) and the cells behind it.

    `whole`: no cell of the next row is among them.
    """

    line: int
    cells: list[str]
    whole: bool


class _Labels(NamedTuple):
    """A run of labels, one a line; its rows are the lines from `first` to `last` (exclusive)."""

    texts: list[str]
    first: int
    last: int


@lru_cache(maxsize=1)
def places_in_columns(view: str) -> Mapping[int, str]:
    """Return the text of the place by the index of the line of its day."""
    found: dict[int, str] = {}
    if not (_PLACES.search(view) or _REMARKS.search(view)):
        return found
    lines = view.split("\n")
    for labels in _labels(lines):
        found |= _one_a_line(lines, labels)
    for at, line in enumerate(lines):
        if "   " in line.strip() and _heads_columns(line):
            found |= _set_by_spaces(lines, at)
    return found


# ---------------------------------------------------------------- one cell a line


def _labels(lines: Sequence[str]) -> Iterator[_Labels]:
    """Yield the runs of labels: one a line, empty lines between them or not, or all in one."""
    runs: list[tuple[list[str], int, int]] = []
    texts: list[str] = []
    begin = 0
    for at, line in enumerate([*lines, "."]):
        text = line.strip()
        words = text.split()
        if len(words) >= _FEWEST and all(map(_LABEL.fullmatch, words)):
            runs.append((words, at, at + 1))
            texts = []
        elif text and len(text) <= _LABEL_LENGTH and _LABEL.fullmatch(text):
            begin = begin if texts else at
            texts.append(text)
        elif text:
            if len(texts) >= _FEWEST:
                runs.append((texts, begin, at))
            texts = []
    ends = [begin for _, begin, _ in runs[1:]] + [len(lines)]
    for (texts, _, first), end in zip(runs, ends, strict=False):
        yield _Labels(texts, first, end)


def _one_a_line(lines: Sequence[str], labels: _Labels) -> dict[int, str]:
    """Return the places below a run of labels."""
    time = _index(labels.texts, _TIME_LABEL)
    here = _index(labels.texts, _PLACES)
    remarks = here is None
    here = _index(labels.texts, _REMARKS) if here is None else here
    if time is None or here is None or here < time:
        return {}
    others = len(labels.texts) - 1
    found: dict[int, str] = {}
    above = ""
    for row in _rows(lines, labels, others):
        if remarks:
            told = next(filter(is_place, row.cells[-1:]), "")
        else:
            told = _below(row, here - time - 1, others, time)
        if MIXED.search(labels.texts[here]) and not is_seat(told):
            told = ""
        above = told = above if SAME_AS_ABOVE.fullmatch(told) else told
        if told:
            found[row.line] = told
    return found


def _index(texts: Sequence[str], label: re.Pattern[str]) -> int | None:
    """Return the index of the first text that is such a label."""
    return next((i for i, text in enumerate(texts) if label.fullmatch(text)), None)


def _rows(lines: Sequence[str], labels: _Labels, most: int) -> Iterator[_Row]:
    """Yield the rows below labels: a line that begins with a day, and what stands behind it.

    An empty line ends a row of `most` cells; one with fewer goes on, as pages lay out tables.
    """
    at, last = labels.first, labels.last
    spaced = at + 1 < last and not lines[at - 1].strip() and not lines[at + 1].strip()
    seen = at
    while at < last and at - seen < _MOST_IN_A_ROW and not _ENDS_THE_ROWS.match(lines[at].strip()):
        if not _is_day(lines, at):
            at += 1
            continue
        line, cells, whole = at, list[str](), True
        at += 1
        while at < last and len(cells) < _MOST_IN_A_ROW:
            text = lines[at].strip()
            if not text and not spaced and len(cells) >= most:
                break
            if _is_day(lines, at):
                if cells or not text.startswith("~"):
                    whole = False
                    break
            elif text and not (_IN_BRACKETS if cells else _WEEKDAY_ALONE).match(text):
                cells.append(text)
            at += 1
        seen = at
        yield _Row(line, cells, whole)


def _is_day(lines: Sequence[str], at: int) -> bool:
    """Tell whether a line begins with a day, or is one with its weekday in the next line."""
    text = lines[at].strip()
    if _BARE_DAY.fullmatch(text):
        return at + 1 < len(lines) and _WEEKDAY.fullmatch(lines[at + 1].strip()) is not None
    return _BEGINS_WITH_DAY.match(text) is not None


def _below(row: _Row, at: int, others: int, before: int) -> str:
    """Return the cell of a row below the label; `before` cells of the next row stand in it.

    A row of several hours has cells of several lines, which nothing parts.
    """
    cells = row.cells
    if sum(map(bool, map(_HOUR.fullmatch, cells))) > 1:
        return ""
    full = others - before if row.whole else others
    if at < len(cells) and (len(cells) == full or (row.whole and len(cells) < full)):
        return cells[at]
    own = cells if row.whole else cells[: max(len(cells) - before, 0)]
    return next(filter(is_place, own), "")


# ---------------------------------------------------------------- set by spaces


def _set_by_spaces(lines: Sequence[str], at: int) -> dict[int, str]:
    """Return the places below a line of labels that is set by spaces."""
    labels = lines[at]
    place = _PLACES.search(labels)
    if place is None or not _heads_columns(labels):
        return {}
    left, right = width(labels[: place.start()]), width(labels[: place.end()])
    found: dict[int, str] = {}
    above = ""
    for index in range(at + 1, min(len(lines), at + _MOST_LINES)):
        text = lines[index]
        if (
            not text.strip()
            or len(text) > _WIDEST
            or _ENDS_THE_ROWS.match(text.strip())
            or _heads_columns(text)
        ):
            break
        cells = [*_GAP.finditer(text)]
        if len(cells) < _FEWEST or not _BEGINS_WITH_DAY.match(text.strip()):
            continue
        shared = [
            min(width(text[: cell.end()]), right) - max(width(text[: cell.start()]), left)
            for cell in cells
        ]
        nearest = shared.index(max(shared))
        if nearest == 0 or shared[nearest] < -_NEAR:
            continue
        told = cells[nearest][0]
        above = told = above if SAME_AS_ABOVE.fullmatch(told) else told
        found[index] = told
    return found


def _heads_columns(text: str) -> bool:
    """Tell whether a line has labels of a time and of a place."""
    if any(map(str.isdigit, text)):
        return False
    return bool(_PLACES.search(text) and _TIME_LABEL.search(text))
