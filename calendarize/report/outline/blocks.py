"""Blocks: lines become headings, bullets, table rows and paragraphs, not nested yet."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence

from calendarize.report.model import Block, BlockKind
from calendarize.report.outline.lines import Item, Lines, next_line
from calendarize.report.outline.looks import (
    KEY_AND_VALUE,
    SECTION,
    TITLE_LENGTH,
    UNMARKED_LENGTH,
    is_section,
    is_title,
    looks_like_title,
)
from calendarize.report.outline.marks import (
    BARE_NUMBER,
    CAPTION,
    LISTED,
    NOTICE,
    ROMAN,
    SIGNS,
    SQUARE,
    UNMARKED,
    Mark,
    marker_of,
)
from calendarize.report.outline.rows import html_row, pipe_rows, row_text, spaced_rows, tab_rows
from calendarize.report.tables import Stretch, clean

_BRACKETS = {
    "〈": "〉",
    "<": ">",
    "[": "]",
    "【": "】",
    "《": "》",
    "≪": "≫",
    "〔": "〕",
    "「": "」",
}

_NOTICE_NUMBER = re.compile(
    r"[가-힣○△][가-힣○△ ]{1,20}\s?(?:공고|고시|훈령|예규)\s?제\s?\d{4}\s?-\s?\d+\s?호"
)
_SUPPLEMENT = re.compile(r"부칙(?:\s*[<〈(][^>〉)]*[>〉)])?")
_NUMBER_ALONE = re.compile(r"\d{1,2}|[Ⅰ-Ⅻ]+\.?")
_SUBTITLE = ("- ", "– ")
_ARTICLE_LENGTH, _ARTICLE_LINES = 50, 12
_BROKEN_LENGTH = 20
_JOINED_LENGTH = 2000
_PURPOSE_LINES = 5
_FINISHED = re.compile(r"(?:[가-힣)\d]\s?[.。]|[?!;:])$")
_UNIT = re.compile(
    r"\s*(?:[년월일시분초명건개회차층억원만천종편부권점]|개월|세대|가구|단계)(?![가-힣])"
)
_BEGINS_WITH_TIME = re.compile(
    r"D\s?[-+]|D-?day|(?:(?:19|20)\d\d|'\s?\d\d)\s?[.년]|\d{1,2}\s?[./월]\s?\d{1,2}|\d{1,2}월\s|\(?\d{1,2}:\d\d"
)
_TITLE_BLOCKS = 5
_SIGNED = re.compile(
    r"[가-힣○△·]{2,14}(?:실|국|과|처|본부|단|관|소|원|청|팀|센터|위원회|의회|재단|공사|공단)$"
    r"|(?:(?:19|20)\d\d|'\s?\d\d)\s?[.년]\s?\d{1,2}\s?[.월]"
)
"""What stands below a title without being the rest of it: an office, a date."""
_BEGINS_WITH_NAME = re.compile(r"[<〈【《]\s*[^<>〈〉【】《》]{2,40}\s*[>〉】》]\s{1,4}\S")


Reader = Callable[[str, Lines, int, list[Item]], int]


def items(view: str, lines: Lines) -> list[Item]:
    """Return the blocks of the lines in order, not nested yet."""
    found: list[Item] = []
    at = 0
    while at < len(lines.texts):
        if lines.blanks[at]:
            at += 1
            continue
        for reader in _READERS:
            following = reader(view, lines, at, found)
            if following > at:
                at = following
                break
    return found


def _supplement(view: str, lines: Lines, at: int, found: list[Item]) -> int:
    """Take the heading of the supplementary provisions of an ordinance: `부칙 <2023. 5. 18.>`."""
    text = clean(lines.texts[at])
    if text[:1] != "부" or not _SUPPLEMENT.fullmatch(text):
        return at
    _add(found, "heading", lines, at, text, NOTICE, "", None)
    return at + 1


def _notice(view: str, lines: Lines, at: int, found: list[Item]) -> int:
    """Take the number of a notice and its title below as one heading: a bundle holds several."""
    if "호" not in lines.texts[at] or not _NOTICE_NUMBER.fullmatch(lines.texts[at].strip()):
        return at
    below = next_line(lines, at)
    if below is None or marker_of(lines.texts[below]) is not None:
        return at
    title = lines.texts[below]
    if not looks_like_title(clean(title), TITLE_LENGTH):
        return at
    start, end = lines.starts[at], lines.starts[below] + len(title)
    content = lines.starts[below] + len(title) - len(title.lstrip())
    found.append(Item(Block("heading", start, end, content, clean(title)), NOTICE))
    return below + 1


def _number_alone(view: str, lines: Lines, at: int, found: list[Item]) -> int:
    """Take a line that is only a number, and the title below it, as one heading."""
    sign = lines.texts[at].strip()
    if len(sign) > 3 or not _NUMBER_ALONE.fullmatch(sign):
        return at
    below = next_line(lines, at)
    if below is None:
        return at
    free = lines.blanks[at - 1] and lines.blanks[below + 1]
    if not free and not (_follows(sign, found) and _section_below(lines, below)):
        return at
    title = lines.texts[below]
    text = clean(title)
    if "\t" in title or marker_of(title) is not None or not looks_like_title(text, TITLE_LENGTH):
        return at
    content = lines.starts[below] + len(title) - len(title.lstrip())
    end = lines.starts[below] + len(title)
    block = Block("heading", lines.starts[at], end, content, text, sign.rstrip("."))
    found.append(Item(block, BARE_NUMBER if sign.isdigit() else ROMAN))
    return below + 1


def _marked(view: str, lines: Lines, at: int, found: list[Item]) -> int:
    """Take a line that opens with a marker."""
    line = lines.texts[at]
    marker = marker_of(line)
    if marker is None:
        return at
    sign, content, mark = marker
    text = clean(line[content:])
    if mark.family == "bare number" and not _is_numbered_title(lines, at, text, sign, found):
        return at
    heading = mark.band < 2 and is_title(text)
    if mark.band == 0 and not heading and mark.family != "hash":
        return at
    if mark.band == 1 and not heading and mark.family != "square":
        mark = Mark(LISTED, mark.family)
    _add(found, "heading" if heading else "bullet", lines, at, text, mark, sign, content)
    return at + 1


def _is_numbered_title(lines: Lines, at: int, text: str, sign: str, found: Sequence[Item]) -> bool:
    """Tell whether the text behind a bare number is a title, and not what is counted.

    A title stands free, or its number follows that of the last one and a section begins below.
    """
    if not looks_like_title(text, TITLE_LENGTH) or _UNIT.match(text):
        return False
    free = lines.blanks[at - 1] and lines.blanks[at + 1]
    below = _section_below(lines, at) or (sign != "1" and _list_below(lines, at))
    return free or (_follows(sign, found) and below)


def _follows(sign: str, found: Sequence[Item]) -> bool:
    """Tell whether a bare number is the one after the last, or begins anew."""
    numbers = (
        item.block.marker
        for item in reversed(found)
        if item.mark is not None and item.mark.family == "bare number"
    )
    last = next(numbers, "0")
    return sign == "1" or (sign.isdigit() and last.isdigit() and int(sign) == int(last) + 1)


def _list_below(lines: Lines, at: int) -> bool:
    """Tell whether a list begins in the line right below a title."""
    if at + 1 >= len(lines.texts) or lines.pieces[at + 1] is not None:
        return False
    marker = marker_of(lines.texts[at + 1])
    return marker is not None and marker.mark.band in (2, 3)


def _section_below(lines: Lines, at: int) -> bool:
    """Tell whether a section begins in the lines right below a title, at most a purpose between."""
    for below in range(at + 1, min(at + _PURPOSE_LINES, len(lines.texts))):
        text = lines.texts[below].strip()
        if SIGNS.get(text[:1]) == SQUARE or is_section(text):
            return True
        if lines.pieces[below] is not None or marker_of(lines.texts[below]) is not None:
            return False
    return False


def _in_brackets(view: str, lines: Lines, at: int, found: list[Item]) -> int:
    """Take `〈 … 〉`, `【 … 】` and the like as a heading."""
    text = clean(lines.texts[at])
    close = _BRACKETS.get(text[0])
    if close is None or text[-1] != close or len(text) > TITLE_LENGTH or text[0] == "「":
        return at
    inner = text[1:-1].strip()
    if not inner or text[0] in inner:
        return at
    _add(found, "heading", lines, at, clean(inner), CAPTION, text[0], None)
    return at + 1


def _unmarked_title(view: str, lines: Lines, at: int, found: list[Item]) -> int:
    """Take a short line standing free above a blank, bulleted or table line as a heading.

    The name of a usual section (`추진일정`) is as good as one with a box, also with a value.
    """
    line = lines.texts[at]
    text = clean(line)
    if SECTION.fullmatch(text.partition(":")[0].replace(" ", "")) and ":" in text:
        _add(found, "bullet", lines, at, text, SQUARE, "", None)
        return at + 1
    longest = TITLE_LENGTH if _heads_an_article(lines, at) else UNMARKED_LENGTH
    if len(text) > longest or "\t" in line.strip():
        return at
    free = lines.blanks[at - 1] or KEY_AND_VALUE.match(lines.texts[at - 1].strip())
    if not free and not is_section(text):
        return at
    if not looks_like_title(text, longest) or "~" in text:
        return at
    if not lines.blanks[at + 1]:
        following = lines.texts[at + 1]
        if "\t" not in following and "|" not in following and marker_of(following) is None:
            return at
    mark = SQUARE if is_section(text) else UNMARKED
    _add(found, "heading", lines, at, text, mark, "", None)
    return at + 1


def _heads_an_article(lines: Lines, at: int) -> bool:
    """Tell whether a line stands free above a paragraph of sentences, as a headline does."""
    while not lines.blanks[at + 1] and lines.texts[at + 1].strip().startswith(_SUBTITLE):
        at += 1
    below = next_line(lines, at) if lines.blanks[at + 1] else None
    if below is None:
        return False
    last = next(i for i in range(below, len(lines.blanks)) if lines.blanks[i + 1])
    text = " ".join(lines.texts[below : min(last + 1, below + _ARTICLE_LINES)]).strip()
    return len(text) > _ARTICLE_LENGTH and text.endswith("다.")


def _continued(view: str, lines: Lines, at: int, found: list[Item]) -> int:
    """Take a line that carries on the bullet or paragraph broken off right above it."""
    if not found or lines.blanks[at - 1] or "\t" in lines.texts[at]:
        return at
    block = found[-1].block
    above = lines.texts[at - 1]
    line = lines.texts[at].strip()
    if block.kind not in ("bullet", "paragraph") or block.end != lines.starts[at] - 1:
        return at
    if not any(map(str.isalnum, above)):
        return at  # a ruled line
    closed = above.rstrip().endswith(")") and KEY_AND_VALUE.match(above.strip())
    broken = (len(above.strip()) >= _BROKEN_LENGTH and not closed) or line.startswith("(")
    if not broken or _FINISHED.search(above[-20:].rstrip()) or KEY_AND_VALUE.match(line):
        return at
    if block.end - block.start > _JOINED_LENGTH:
        return at
    on_title_page = len(found) < _TITLE_BLOCKS
    if _BEGINS_WITH_NAME.match(line) or (on_title_page and _SIGNED.match(line)):
        return at
    if _BEGINS_WITH_TIME.match(line) and _BEGINS_WITH_TIME.match(view[block.content : block.end]):
        return at  # a list of days, each on a line of its own
    block.end = lines.starts[at] + len(lines.texts[at])
    block.text += " " + clean(line)
    return at + 1


def _paragraph(view: str, lines: Lines, at: int, found: list[Item]) -> int:
    """Take any line."""
    _add(found, "paragraph", lines, at, clean(lines.texts[at]), None, "", None)
    return at + 1


def _add(
    found: list[Item],
    kind: BlockKind,
    lines: Lines,
    at: int,
    text: str,
    mark: Mark | None,
    sign: str,
    content: int | None,
) -> None:
    line, start = lines.texts[at], lines.starts[at]
    if content is None:
        content = len(line) - len(line.lstrip())
    block = Block(kind, start, start + len(line), start + content, text, sign)
    found.append(Item(block, mark))


_READERS: tuple[Reader, ...] = (
    html_row,
    _supplement,
    _notice,
    _number_alone,
    tab_rows,
    pipe_rows,
    spaced_rows,
    _marked,
    _in_brackets,
    _continued,
    _unmarked_title,
    _paragraph,
)


def close_gaps(view: str, found: Sequence[Item], unseen: Sequence[Stretch]) -> None:
    """Take the spaces out of texts that only blanked marks left (`기획**조정**실`)."""
    starts = [item.block.start for item in found]
    touched: dict[int, list[Stretch]] = {}
    for gap in unseen:
        touched.setdefault(bisect_right(starts, gap[0]) - 1, []).append(gap)
    for at, gaps in touched.items():
        if at < 0:
            continue
        block = found[at].block
        if block.table is None:
            text = clean(_without(view, block.content, block.end, gaps))
            block.text = text[1:-1].strip() if block.marker in _BRACKETS else text
            continue
        row = block.table.rows[block.row]
        row[:] = [
            c._replace(text=clean(_without(view, c.start, c.end, gaps))) if c.text else c
            for c in row
        ]
        block.text = row_text(row)


def _without(view: str, start: int, end: int, gaps: Sequence[Stretch]) -> str:
    """Return a stretch of the view without the gaps in it; `gaps` are in order."""
    parts: list[str] = []
    for at in range(bisect_left(gaps, (start, 0)), bisect_left(gaps, (end, 0))):
        gap_start, gap_end = gaps[at]
        parts.append(view[start:gap_start])
        start = gap_end
    return "".join([*parts, view[start:end]])
