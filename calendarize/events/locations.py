"""Where an event takes place: a column, a labelled line beside its date, or the words behind it.

| written | read from |
|---|---|
| a column headed `장소`, `개최장소` | the cell in the row of the date |
| `- 장소 : 시청 대강당` beside `- 일시 : 3. 15.(금)` | the line under the same heading |
| a row `장소` under a row `일시` | the cell beside the label |
| `일시/장소 : 3. 15.(금) 10시, 본청 대강당` | the words behind the date |
| `3/15(금) 10시, 본청 대강당`, `3. 15.(금) 10:00 (대강당)` | words that end like a place |
| `3월 15일 시청 대강당에서` | words that end like a place before `에서` |
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise

from calendarize.mentions.place import Place, folded
from calendarize.mentions.reading import Reading
from calendarize.report.model import Block, Report, Table

_NAME = r"(?:(?:개최|행사|회의|교육|집결|시험|접수|제출|열람|감사|발표|공연|설치|운영)\s?)?장\s*소"
_HEADING = re.compile(rf"^{_NAME}$")
_LINE = re.compile(rf"^{_NAME}\s*[:：]\s*(.+)$")
_INLINE = re.compile(rf"{_NAME}\s*[:：]?\s*([^,/※:\n]{{2,40}}?)\s*(?:[,/※)]|$)")
_WITH_TIME = re.compile(rf"{_NAME}\s*[)]?\s*[:：][^:]*$")
_TIME_LABEL = re.compile(r"일\s*시|기\s*간|때|시\s*간|일\s*자|일\s*정")
_FOOTNOTE = re.compile(r"\s※|\s\*")
_BEHIND = re.compile(r"^\s*[,/]\s*([^,/※:]{2,40}?)\s*(?:[,/※]|$)")
_ENDING = (
    r"(?:강당|[가-힣]홀|(?<![현사부내과])실|(?<![휴기주개이소])관|[가-힣]센터|(?:회의|운동|공연|전시|경기|시험|"
    r"행사|훈련|교육|체험|예식)장|광장|공원|청사|[시도군구]청|호텔|극장|문화원|캠퍼스|[가-힣]학교|"
    r"(?:성|식|전)당|\d층|(?<![제\d])\d{1,4}호)"
)
_TAIL = re.compile(rf"^\s*[,/(@]\s*([^,/※:()]{{0,30}}?{_ENDING})(?=\s*(?:[,/)※]|$))")
_IN = re.compile(rf"^[\s)]*((?:[^\s,.()]+\s){{0,3}}[^\s,.()]*?{_ENDING})에서(?=\s)")
_NO_PLACE = re.compile(r"이틀|사흘|\d일|^(?:추후|미정|별도|해당|각\s|없음|〃)|일시|기간|\d\s?시\s")
_AROUND = 4
"""So many lines before and behind a date may tell its place."""


def location_of(reading: Reading, place: Place) -> str | None:
    """Return where the event of a date takes place, or `None` where nothing tells it."""
    found = (folded(_FOOTNOTE.split(text)[0]).strip(" .") for text in _told(reading, place))
    return next((text for text in found if text and not _NO_PLACE.search(text)), None)


def _told(reading: Reading, place: Place) -> Iterator[str]:
    """Yield what may tell the place, the surest first."""
    block = place.block
    if block is not None and block.table is not None and place.cell is not None:
        yield from _in_table(block.table, place)
    if _WITH_TIME.search(place.before):
        yield from (found[1] for found in (_BEHIND.match(place.after),) if found)
        return
    inline = _INLINE.search(place.after)
    if inline is not None and not _another_date(place, inline.start()):
        yield inline[1]
    for pattern in (_TAIL, _IN):
        if found := pattern.match(place.after):
            yield found[1]
    if block is not None and block.table is None:
        yield from _beside(reading, block, place)


def _another_date(place: Place, at: int) -> bool:
    """Tell whether another date of the line stands before an offset behind this one."""
    end = place.expression.end
    return any(0 < other.start - end < at for other in place.siblings if other.start > end)


def _in_table(table: Table, place: Place) -> Iterator[str]:
    cell = place.cell
    assert cell is not None
    for other in table.near(cell):
        if other is not cell and any(map(_HEADING.match, table.column_headings(other))):
            yield other.text
    labelled = any(_TIME_LABEL.search(heading.text) for heading in table.row_headings(cell))
    for row in table.rows[cell.row + 1 : cell.row + 1 + _AROUND] if labelled else ():
        for label, beside in pairwise(row):
            if _HEADING.match(label.text) and beside.column <= cell.column:
                yield beside.text


def _beside(reading: Reading, block: Block, place: Place) -> Iterator[str]:
    """Yield labelled lines near a date: its own children, else its sisters up to the next date."""
    report = reading.report
    at = bisect_right(report.blocks, block.start, key=lambda b: b.start)
    labelled = bool(_TIME_LABEL.search(place.before))
    for other in report.blocks[at : at + _AROUND]:
        child = other.parent is block
        if not child and (other.parent is not block.parent or other.kind == "heading"):
            break
        if label := _LINE.match(other.text):
            if child or labelled:
                yield label[1]
            break
        if reading.dates_in[other.start]:
            break
    for other in _above(report, at - 1) if labelled else ():
        if other.parent is not block.parent or reading.dates_in[other.start]:
            break
        if label := _LINE.match(other.text):
            yield label[1]
            break


def _above(report: Report, at: int) -> Iterator[Block]:
    return reversed(report.blocks[max(0, at - _AROUND) : at])
