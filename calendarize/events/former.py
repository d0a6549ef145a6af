"""Times that a line tells only to say that they hold no longer: `당초 6월 → 10월`.

| told as | former |
|---|---|
| `당초 6월 → 10월`, `8월→10월`, `8월 연기 → 10월`, `8월 연기(10월)`, `10월(당초 6월)` | 6월, 8월 |
| `7월 예정이었으나 … 12월로 연기` | 7월; what is put off keeps its name |
| in a table 당초 beside 변경, 계획 beside 실적, both told | what stands under 당초, 계획 |

Where nothing takes its place, a former time stays: `7월 예정이었으나 취소`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from calendarize.mentions.mention import Mention
from calendarize.timex.values import Recurring

_OLD_HEADING = re.compile(
    r"^(?:당\s?초|기존|종전|변경\s?전)|^(?:계획|예정|목표)\s?(?:일[정자]?|시기)?$"
)
_NEW_HEADING = re.compile(
    r"^(?:변경(?!\s?전)|조정|수정)|^(?:추진\s?)?(?:실적|완료|실제|결과)\s?(?:일[정자]?|시기)?$"
)
_BESIDE = 2
"""The time that takes the place of a former one stands at most so many columns to its right."""
_ELSE = 6
"""A cell that says more letters than this beside a time tells more than the time."""
_PUT_OFF = r"(?:연기|순연|변경)(?:됨|되어|하여)?"
_ARROW = re.compile(
    rf"^\s*(?:{_PUT_OFF}\s*)?(?:→|⇒|➡|➜|->)\s*\(?\s*(?:변경\s?[:：]?\s*)?$|^\s*{_PUT_OFF}\s*[(:]\s*$"
)
_AT_FIRST = re.compile(r"(?:당초|기존|종전|변경\s?전|애초)\s?(?:계획)?\s?[:(]?\s?$")
_WAS_TO_BE = re.compile(
    r"^[^.;:※]{0,12}?(?:예정|계획|하려|기로)\S{0,3}"
    r"(?:었|였|했|던)(?:으나|지만|는데|던|\s|$)"
)
_NEAR = 12


def current(mentions: Sequence[Mention]) -> list[Mention]:
    """Return the event mentions of a report, in the order of its text, without former times."""
    lines: dict[int, list[Mention]] = defaultdict(list)
    for mention in mentions:
        if mention.place.block is not None:
            lines[id(mention.place.block)].append(mention)
    former: set[int] = set()
    named: dict[int, str | None] = {}
    for line in lines.values():
        if len(line) > 1:
            former |= {id(mention) for mention in _former(line)}
            named |= {id(new): old.title for old, new in _put_off(line)}
    return [
        replace(mention, title=named[id(mention)]) if id(mention) in named else mention
        for mention in mentions
        if id(mention) not in former
    ]


def _former(line: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the former times among those of a line or row, which has other ones too."""
    first = [m for m in line if _AT_FIRST.search(m.place.before[-_NEAR:])]
    if len(first) < len(line):
        yield from first
    for old, new in pairwise(line):
        is_rule = isinstance(old.value, Recurring)
        if not is_rule and _ARROW.match(_between(old, new) or "-"):
            yield old
    yield from (old for old, _ in _put_off(line))
    yield from _in_old_columns(line)


def _put_off(line: Sequence[Mention]) -> Iterator[tuple[Mention, Mention]]:
    """Yield times at which something was to be, each with the next time of the sentence."""
    for old, new in pairwise(line):
        between = _between(old, new)
        if between is not None and _WAS_TO_BE.match(between):
            yield old, new


def _between(one: Mention, other: Mention) -> str | None:
    """Return the text between two times of a segment, `None` where they do not share one."""
    if one.place.segment != other.place.segment:
        return None
    length = other.place.expression.start - one.place.expression.end
    return one.place.after[:length] if 0 <= length <= len(one.place.after) else None


def _in_old_columns(row: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the times of a row for which a column beside theirs tells another one."""
    columns: dict[int, tuple[Mention, list[str]]] = {}
    for mention in row:
        table, cell = mention.place.table, mention.place.cell
        if table is not None and cell is not None and _is_all(mention, cell.text):
            columns[cell.column] = mention, table.column_headings(cell)
    for at, (mention, headings) in columns.items():
        if not headings or not _OLD_HEADING.search(headings[-1]):
            continue
        beside = (columns[at + n] for n in range(1, _BESIDE + 1) if at + n in columns)
        if any(_NEW_HEADING.search(h[-1]) and h[:-1] == headings[:-1] for _, h in beside if h):
            yield mention


def _is_all(mention: Mention, cell: str) -> bool:
    """Tell whether a cell tells nothing but a time."""
    return sum(map(str.isalnum, cell)) - sum(map(str.isalnum, mention.place.written)) <= _ELSE
