"""Where an event takes place: a column, a labelled line beside its date, or the words around it.

| written | read from |
|---|---|
| a column headed `장소`, `개최장소` | the cell in the row of the date, in tables and in `columns` |
| a column headed `비고` | a cell that is nothing but a place |
| `- 장소 : 시청 대강당` (`곳 : …`) beside `- 일시 : 3. 15.(금)` | the line under the same heading |
| a row `장소` under a row `일시` | the cell beside the label |
| `일시/장소 : 3. 15.(금) 10시, 본청 대강당` | the words behind the date, or before it |
| `- 강내면사무소 : 6. 9. 10:00` below `공청회 장소 및 일시` | the label of the date |
| `[전시] 꿈 수집가: 시립미술관 - 8. 1.~9. 30.` | words that end like a place before a dash |
| `3/15(금) 10시, 본청 대강당`, `3. 15.(금) 10:00 (대강당)` | words that end like a place |
| `설명회(시청 3층 회의실)`, `학위수여식 [대강당]` | a bracket of the title that ends like a place |
| `3월 15일 시청 대강당에서` | words that end like a place before `에서` |
| `3월 15일 제주에서 열린다` | words before `에서` and a verb of gathering |
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise

from calendarize.events.columns import MIXED, PLACE_LABEL, SAME_AS_ABOVE, places_in_columns
from calendarize.events.venues import ENDING, STATION, is_place, is_seat
from calendarize.mentions.place import Place, folded
from calendarize.mentions.reading import Reading
from calendarize.report.model import Block, Cell, Report, Table

_HEADING = re.compile(PLACE_LABEL)
_REMARKS = re.compile(r"비\s*고")
_LINE = re.compile(
    r"^(?:([가-힣]{2,4}\s?)?장\s*소|곳|어디(?:에?서)?|(접수|제출|신청|교부)\s?처"
    r"|(감사|시험|면접|행사|회의|교육|공연|대회)\s?장|(집결|출발|집합)\s?지)\s*[:：]\s*(.+)$"
)
_UNMARKED = re.compile(rf"^\s*(?:장\s*소|곳)\s+([^,/※:()\[\]]{{0,30}}?{ENDING})(?=\s*(?:[,/※(]|$))")
_INLINE = re.compile(
    r"(?:장\s*소(?:\s*[:：]|\s)|(?<![가-힣])곳\s*[:：])\s*([^,/※:\n]{2,40}?)\s*(?:[,/※)]|$)"
)
_WITH_TIME = re.compile(r"장\s*소\s*[)]?\s*[:：]([^:：]*)$")
_BOTH = re.compile(r"장\s*소.{1,4}일\s*시|일\s*시.{1,4}장\s*소")
_LABELLED = re.compile(r"^\W*([^:：]{2,40}?)\s*[:：]\s*$")
_HEADED = re.compile(rf"[:：]\s*([^,/※:()\[\]]{{0,30}}?{ENDING})\s*[-–]\s*$")
_TIME_LABEL = re.compile(
    r"^\W*([가-힣]{2,4}\s?)?(?:일\s*시|기\s*간|때|언제|시\s*간|일\s*자|일\s*정)[^:：]{0,8}(?:[:：]|$)"
)
_FOOTNOTE = re.compile(
    r"\s※|\s\*|\s?\((?:전화|문의|연락처|☎|TEL|tel)[^)]*\)?|\s?\([^()]*(?:19|20)\d\d[.년]"
)
_BEHIND = re.compile(r"^\s*[,/]?\s*([^,/※:]{2,40}?)\s*(?:[,/※]|$)")
_TAIL = re.compile(
    rf"^\s*(?:\)\s*:|[,/(@\[—–])\s*([^,/※:()\[\]]{{0,30}}?{ENDING})(?=\s*(?:[,/)(\]※→]|[-–]\s|$))"
)
_BEHIND_TITLE = re.compile(
    rf"^\s[^,/:—–*※\n]{{2,40}}?\s?[/:—–]\s((?:[^\s,/※:()~]+\s){{0,3}}[^\s,/※:()~]*?{ENDING})(?=\s*(?:[,/(※→]|$))"
)
_FIELDS = (
    re.compile(r"(?:^|\s)[/—–]\s([^/※:—–(☞]{2,25}?)\s*(?=[/—–(]\s?|$)"),
    re.compile(r"(?:(?<=[\d)시분])|^)\s?,\s([^,/※:(☞]{2,25}?)\s*(?=[,(※]|$)"),
    re.compile(r"\(([^()]{2,25})\)\s*$"),
)
"""What may be a place: what a slash parts from a title or a comma from a time, the last bracket."""
_NO_FIELD = re.compile(
    r"\d\s?명|[시군국과실팀사총교원관소의청회]장$|군수$|[의위직]원$|등$|\d\s?[.월]"
    r"|(?:자문|고시|공고|심의|의결|협의|보고|제출|착공|준공|완료|시행|개최|승인|접수|발표|선정|참석)$"
)
_BARE = re.compile(
    rf"^(?:\s?[)\]])?\s*~?\s((?:[^\s,/※:()~]+\s){{0,3}}[^\s,/※:()~]*?{ENDING})(?=\s*(?:[,/※(]|$))"
)
_CLOCK = re.compile(
    r"(?:\d:\d\d|\d\s?시(?!\s?\d)|\d\s?분)(?:까지)?,?\s"
    rf"((?:[^\s,/※:()~]+\s){{0,3}}[^\s,/※:()~]*?{ENDING})(?=\s*(?:[,)]|$))"
)
_BRACKET = re.compile(rf"[(\[]\s*([^,/※:()\[\]]{{0,30}}?{ENDING})\s*(?:[)\]]|,\s*\d)")
_LASTING = (
    r"(?:에는|에|은|는)?(?:\s(?:매주\s)?[월화수목금토일]요일(?:마다|에)?)?"
    r"(?:\s(?:오전|오후|저녁)?\s?\d{1,2}시(?:\s?\d{1,2}분|\s?반)?(?:부터|까지|에)?)?"
    r"(?:\s?\d박\s?\d일\s?(?:간|동안)?|\s?(?:이틀|사흘|나흘|닷새|\d+일)\s?(?:간|동안)?"
    r"|\s?(?:한|두|세|\d+)\s?시간\s?(?:동안|씩)?|\s?동안)?"
)
"""What may stand between a date and its place in prose: a weekday, an hour, how long it lasts."""
_WORDS_TO = r"(?:[^\s,.()]+(?<![을를에은는어고며])\s){0,4}[^\s,.()]*?"
_IN = re.compile(
    rf"^[\s),]*{_LASTING}\s*(?:오전\s|오후\s)?({_WORDS_TO}(?:{ENDING}|{STATION}))"
    r"(?:(?:에|(?<!관))서(?=[\s,])|[을를]\s시작으로)"
)
_ON_DAY = re.compile(rf"^(?:은|에는)\s({_WORDS_TO}{ENDING})(?=,\s)")
_AHEAD_IN = re.compile(
    rf"(?:^|[\s,])((?:[^\s,.()]+(?<![을를에은는어고며])\s){{0,2}}[^\s,.()]*?{ENDING})에서는?\s$"
)
_HELD = re.compile(r"^[^.]*?(?:열[리린릴렸며고]|개최|개막|공연|마련|펼쳐|진행|운영)")
_GATHERING = re.compile(
    rf"^[\s)]*{_LASTING}\s*((?:[가-힣]+\s){{0,2}}[가-힣]+?(?<![회기식제과중의황정리위선]))에서\s"
    r"(?:열[리린릴렸며고]|열었|연\s|개최|치[르러른]|막을 올|진행|마련|펼쳐|갖는)"
)
_NO_PLACE = re.compile(
    r"이틀|사흘|\d일|^(?:\d+월|추후|미정|별도|해당|각\s(?![가-힣\s]{2,9}실$)|없음|〃|개별|장소)|일시|기간|\d\s?시\s|\d\s?시$|^\d+$"
    r"|통보|참조|예정|예약|문의|마감|종료|[가-힣]로\s(?:제출|신청|접수)$"
)
_NEAR = 6
"""So many lines before and behind one may have the same fields."""
_FEWEST = 2
"""So many of them, and half, have a place in theirs."""
_AROUND = 4
"""So many lines before and behind a date may tell its place."""


def location_of(reading: Reading, place: Place, title: str) -> str | None:
    """Return where the event of a date takes place, or `None` where nothing tells it.

    `title` is the event's: a bracket in it may tell the place.
    """
    found = (folded(_FOOTNOTE.split(text)[0]).strip(" .") for text in _told(reading, place, title))
    return next((text for text in found if text and not _NO_PLACE.search(text)), None)


def _told(reading: Reading, place: Place, title: str) -> Iterator[str]:
    """Yield what may tell the place, the surest first."""
    block = place.block
    if block is not None and block.table is not None and place.cell is not None:
        yield from _in_table(block.table, place.cell)
    if not place.before.strip():
        line = reading.report.place(place.expression.start)[0] - 1
        yield from filter(None, [places_in_columns(reading.report.view).get(line)])
    if (labelled := _WITH_TIME.search(place.before)) is not None:
        ahead = labelled[1].strip(" ,/(")
        yield from [ahead] if ahead else (m[1] for m in [_BEHIND.match(place.after)] if m)
        return
    if block is not None and block.parent is not None and _BOTH.search(block.parent.text):
        yield from (found[1] for found in [_LABELLED.match(place.before)] if found)
    yield from (found[1] for found in [_HEADED.search(place.before)] if found)
    inline = _INLINE.search(place.after)
    if inline is not None and not _another_date(place, inline.start()):
        yield inline[1]
    for pattern in (_UNMARKED, _TAIL, _BEHIND_TITLE, _IN, _ON_DAY, _GATHERING, _BARE):
        if found := pattern.match(place.after):
            yield found[1]
    ahead_in = (
        _AHEAD_IN.search(place.before)
        if place.before.rstrip().endswith(("에서", "에서는"))  # what is looked for from every word
        else None
    )
    if ahead_in is not None and _HELD.match(place.after):
        yield ahead_in[1]
    for pattern in (_CLOCK, _BRACKET):
        found = pattern.search(place.after)
        if found is not None and not _another_date(place, found.start()):
            yield found[1]
    yield from _in_brackets(reading.report, place, title)
    yield from _in_fields(reading.report, place)
    if block is not None and block.table is None:
        yield from _beside(reading, block, place)


def _another_date(place: Place, at: int) -> bool:
    """Tell whether another date of the line stands before an offset behind this one."""
    end = place.expression.end
    return any(0 < other.start - end < at for other in place.siblings if other.start > end)


def _in_table(table: Table, cell: Cell) -> Iterator[str]:
    for other in table.near(cell):
        headings = table.column_headings(other) if other is not cell else []
        if any(map(_HEADING.fullmatch, headings)):
            text = _repeated(table, other)
            mixed = any(map(MIXED.search, headings))
            if not mixed or is_seat(text):
                yield text
        elif any(map(_REMARKS.fullmatch, headings)) and is_place(other.text):
            yield other.text
    labelled = any(_TIME_LABEL.search(heading.text) for heading in table.row_headings(cell))
    for row in table.rows[cell.row + 1 : cell.row + 1 + _AROUND] if labelled else ():
        for label, beside in pairwise(row):
            if _HEADING.fullmatch(label.text) and beside.column <= cell.column:
                yield beside.text


def _repeated(table: Table, cell: Cell) -> str:
    """Return the text of a cell, that of a cell above where it says `〃`."""
    for row in reversed(table.rows[max(0, cell.row - _AROUND) : cell.row]):
        if not SAME_AS_ABOVE.fullmatch(cell.text):
            break
        cell = next((c for c in row if c.column == cell.column), cell)
    return cell.text


def _in_fields(report: Report, place: Place) -> Iterator[str]:
    """Yield the field behind a date and what takes place where the lines around have places there.

    `10:30 개소식 / 청년센터 마루 / 시장` beside `09:00 간부회의 / 대회의실 / 국·과장`.
    """
    block = place.block
    if block is None or block.table is not None:
        return
    at = bisect_right(report.blocks, block.start, key=lambda b: b.start)
    others = report.blocks[max(0, at - _NEAR) : at + _NEAR]
    others = [b for b in others if b is not block and b.table is None]
    for pattern in _FIELDS:
        field = pattern.search(place.after)
        if field is None or _NO_FIELD.search(field[1]) or _another_date(place, field.start()):
            continue
        beside = [found[1] for b in others if (found := pattern.search(b.text))]
        if max(_FEWEST, len(beside) / 2) <= sum(map(is_place, beside)):
            yield field[1]


def _in_brackets(report: Report, place: Place, title: str) -> Iterator[str]:
    """Yield places in the brackets of what is the title: before the date, or in the next line."""
    if place.alone and place.table is None:
        at = report.view.find("\n", place.expression.end) + 1
        around = report.view[at : report.view.find("\n", at)] if at else ""
    else:
        around = place.before
    yield from (found[1] for found in _BRACKET.finditer(f"{around}\n{title}"))


def _beside(reading: Reading, block: Block, place: Place) -> Iterator[str]:
    """Yield labelled lines near a date: its own children, else its sisters up to the next date."""
    report = reading.report
    at = bisect_right(report.blocks, block.start, key=lambda b: b.start)
    label = _TIME_LABEL.search(place.before)
    following = report.blocks[at] if at < len(report.blocks) else block
    listed = block.kind == following.kind == "bullet" and following.parent is block.parent
    if place.alone and listed and is_place(following.text):
        yield following.text
    for other in report.blocks[at : at + _AROUND]:
        child = other.parent is block
        if not child and (other.parent is not block.parent or other.kind == "heading"):
            break
        if found := _labelled(other):
            if child or (label and _same_thing(label[1], found[0])):
                yield found[1]
            break
        if reading.dates_in[other.start] and not child:
            break
    for other in _above(report, at - 1) if label else ():
        if other.parent is not block.parent or reading.dates_in[other.start]:
            break
        if label and (found := _labelled(other)) and _same_thing(label[1], found[0]):
            yield found[1]
            break


def _labelled(block: Block) -> tuple[str | None, str] | None:
    """Return what a line of a place speaks of (`접수장소 : …`) and the place."""
    if (found := _LINE.match(block.text)) is not None:
        return next(filter(None, found.groups()[:-1]), None), found[found.re.groups]
    unmarked = _UNMARKED.match(block.text)
    return (None, unmarked[1]) if unmarked else None


def _same_thing(time: str | None, place: str | None) -> bool:
    """Tell whether labels of a time and of a place speak of one thing (`접수기간`, `접수장소`)."""
    return not (time and place) or time.strip() == place.strip()


def _above(report: Report, at: int) -> Iterator[Block]:
    return reversed(report.blocks[max(0, at - _AROUND) : at])
