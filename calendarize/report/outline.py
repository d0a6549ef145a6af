"""Lines become blocks (headings, bullets, table rows, paragraphs) that stand under each other."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from calendarize.report.model import Block, BlockKind, Cell, Table
from calendarize.report.tables import (
    Piece,
    Stretch,
    clean,
    opens_pipe_table,
    pipe_table,
    spaced_lines,
    spaced_table,
    tab_table,
)


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


class Item(NamedTuple):
    """A block before it is nested; without a mark it stands below whatever is above it."""

    block: Block
    mark: Mark | None


# ---------------------------------------------------------------- signs

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
_LISTED = 5  # the band of a number before a sentence: an item below whatever is open
_BARE_NUMBER = Mark(1, "bare number")
_ROMAN = Mark(0, "roman", (1,))
_NOTICE = Mark(0, "notice", (0,))
_CAPTION = Mark(1, "caption")
_UNMARKED = Mark(1, "unmarked")
_SQUARE = SIGNS["□"]
_CIRCLE = SIGNS["○"]
_PAGE_NUMBER = re.compile(r"[-–]\s*\d+\s*[-–]\s*")
_NOTICE_NUMBER = re.compile(
    r"[가-힣○△][가-힣○△ ]{1,20}\s?(?:공고|고시|훈령|예규)\s?제\s?\d{4}\s?-\s?\d+\s?호"
)
_SUPPLEMENT = re.compile(r"부칙(?:\s*[<〈(][^>〉)]*[>〉)])?")
_NUMBER_ALONE = re.compile(r"\d{1,2}|[Ⅰ-Ⅻ]+\.?")

# ---------------------------------------------------------------- what a line looks like

_TITLE_LENGTH = 60
_CAPTION_LENGTH = 45
_UNMARKED_LENGTH = 25
_SUBTITLE = ("- ", "– ")
_ARTICLE_LENGTH, _ARTICLE_LINES = 50, 12
_BROKEN_LENGTH = 20
_JOINED_LENGTH = 2000
_PURPOSE_LINES = 5
_SENTENCE_END = re.compile(r"(?:[가-힣)]\s?[.。]|[?!;,:]|고자 함|[습입]니다)$")
_FINISHED = re.compile(r"(?:[가-힣)\d]\s?[.。]|[?!;:])$")
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_KEY_AND_VALUE = re.compile(r"[^\s:][^:]{0,20}?\s*:(?:\s|\D)\s*\S")
_VALUE = re.compile(r":(?!\d\d)\s*\S")
_UNIT = re.compile(
    r"\s*(?:[년월일시분초명건개회차층억원만천종편부권점]|개월|세대|가구|단계)(?![가-힣])"
)
_DATE_ALONE = re.compile(r"[\d\s.,년월일~'()월화수목금토일–-]+")
_STARTS_WITH_DATE = re.compile(r"\d{1,2}\.\s*\d{1,2}\s*\.?\s*\(|(?:\d{4}|'\d\d)\s*[.년]\s*\d")
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
_PLAIN_WORD = re.compile(r"[가-힣]{2}|[가-힣] [가-힣]")
_SUBJECT = (
    "(?:추진|향후추진|향후|사업|예산|주요|중점추진|중점|참고|관련|세부추진|세부|그간|기대|개선"
    "|소요|행사|운영|문제점)"
)
_ASPECT = (
    "(?:목표|계획|실적|일정|현황|개요|내용|방향|배경|근거|자료|방안|성과|효과|절차|목적|체계|경과"
    "|대책|사항|예산)"
)
_ENDS_IN_ASPECT = re.compile(f"{_ASPECT}$")
_SECTION = re.compile(f"{_SUBJECT}{_ASPECT}(?:및{_SUBJECT}?{_ASPECT})?")


def has_value(text: str) -> bool:
    """Tell whether a text is `key : value` (a colon in brackets or in a clock time is none)."""
    if ":" not in text:
        return False
    if "(" in text:
        text = _IN_BRACKETS.sub("", text[:200])
    return _VALUE.search(text) is not None


def is_title(text: str, length: int = _TITLE_LENGTH) -> bool:
    """Tell whether a text is short, no sentence, and gives no value."""
    return 0 < len(text) <= length and not _SENTENCE_END.search(text) and not has_value(text)


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
        return _behind(line, indent + 1, sign, _CIRCLE) if text[:2] in ("o ", "O ") else None
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


# ---------------------------------------------------------------- lines to blocks


class Lines(NamedTuple):
    """The text outside of HTML tables, line by line, and the tables' rows in between.

    `blanks` tells which lines are blank; it has one entry more, so that what lies before the
    first line (`[-1]`) and after the last is blank too.
    """

    starts: list[int]
    texts: list[str]
    pieces: list[Piece | None]
    blanks: list[bool]


def lines_of(view: str, starts: Sequence[int], pieces: Sequence[Piece]) -> Lines:
    """Return the lines of the view, with the pieces of HTML tables cut out as lines of their own.

    >>> lines_of("a\\n\\nb", [0, 2, 3], []).blanks
    [False, True, False, True]
    """
    cut_starts: list[int] = list(starts)
    texts: list[str] = view.split("\n")
    rows: list[Piece | None] = [None] * len(texts)
    if pieces:
        cut_starts, texts, rows = [], [], []
        done = 0
        for piece in [*pieces, None]:
            start = done
            free = view[done : piece.start if piece else len(view)]
            for text in free.split("\n"):
                cut_starts.append(start)
                texts.append(text)
                rows.append(None)
                start += len(text) + 1
            if piece is not None:
                cut_starts.append(piece.start)
                texts.append(view[piece.start : piece.end])
                rows.append(piece)
                done = piece.end
    return Lines(cut_starts, texts, rows, [not text.strip() for text in texts] + [True])


def line_starts(view: str) -> list[int]:
    """Return the offset of each line's start.

    >>> line_starts("ab\\n\\nc")
    [0, 3, 4]
    """
    lengths = (len(line) + 1 for line in view.split("\n"))
    return list(accumulate(lengths, initial=0))[:-1]


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


def _html_row(view: str, lines: Lines, at: int, found: list[Item]) -> int:
    """Take a row of an HTML table. All readers return the line after what they took."""
    piece = lines.pieces[at]
    if piece is None:
        return at
    if piece.row == 0 and not piece.table.caption:
        piece.table.caption = _caption(lines, at, found)
    _add_row(found, piece.table, piece.row, (piece.start, piece.end))
    return at + 1


def _tab_rows(view: str, lines: Lines, at: int, found: list[Item]) -> int:
    """Take lines with tabs; a line without one between two of them goes on in the last cell,
    or is the beginning of the first cell below, where that goes on with a range sign."""
    if "\t" not in lines.texts[at] or not (_has_cells(lines, at) or _has_cells(lines, at + 1)):
        return at
    end = at
    stretches: list[Stretch] = []
    begun: int | None = None
    borders = lines.texts[at].count("\t")
    while not lines.blanks[end] and lines.pieces[end] is None:
        text = lines.texts[end]
        if "\t" in text and stretches and _goes_on(view, stretches[-1], text, borders):
            stretches[-1] = (stretches[-1][0], lines.starts[end] + len(text))
        elif "\t" in text:
            start = lines.starts[end] if begun is None else begun
            stretches.append((start, lines.starts[end] + len(text)))
            begun = None
        elif _has_cells(lines, end + 1) and lines.texts[end + 1].lstrip().startswith("~"):
            begun = lines.starts[end]
        elif _has_cells(lines, end + 1) and marker_of(text) is None:
            stretches[-1] = (stretches[-1][0], lines.starts[end] + len(text))
        else:
            break
        end += 1
    if len(stretches) == 1 and _is_marked(lines.texts[at]):
        return at
    table = tab_table(view, stretches)
    table.caption = _caption(lines, at, found)
    for row, stretch in enumerate(stretches):
        _add_row(found, table, row, stretch)
    return end


def _goes_on(view: str, row: Stretch, line: str, borders: int) -> bool:
    """Tell whether a line goes on with the list in the last cell of the row above it.

    Both together have as many cells as the first row.
    """
    above = view.count("\t", *row)
    if above >= borders or above + line.count("\t") != borders:
        return False
    marker = marker_of(line)
    return marker is not None and marker.mark.band in (2, 3, 4)


def _has_cells(lines: Lines, at: int) -> bool:
    """Tell whether a line has a tab in its midst (one before its text may only indent it)."""
    return not lines.blanks[at] and lines.pieces[at] is None and "\t" in lines.texts[at].strip()


def _is_marked(line: str) -> bool:
    """Tell whether a line alone with a tab is a heading or a bullet all the same."""
    marker = marker_of(line)
    return marker is not None and "\t" not in line[marker.content :].strip()


def _pipe_rows(view: str, lines: Lines, at: int, found: list[Item]) -> int:
    """Take a Markdown table."""
    following = lines.texts[at + 1] if at + 1 < len(lines.texts) else ""
    if not opens_pipe_table(lines.texts[at], following):
        return at
    table, stretches, end = pipe_table(view, lines.starts, lines.texts, at)
    table.caption = _caption(lines, at, found)
    for row, stretch in enumerate(stretches):
        _add_row(found, table, row, stretch)
    return end


def _spaced_rows(view: str, lines: Lines, at: int, found: list[Item]) -> int:
    """Take lines whose columns are set by spaces."""
    end = spaced_lines(lines.texts, at)
    if end == at or any(marker_of(text) for text in lines.texts[at:end]):
        return at
    stretches = [(lines.starts[n], lines.starts[n] + len(lines.texts[n])) for n in range(at, end)]
    table = spaced_table(view, stretches)
    table.caption = _caption(lines, at, found)
    for row, stretch in enumerate(stretches):
        _add_row(found, table, row, stretch)
    return end


def _add_row(found: list[Item], table: Table, row: int, at: Stretch) -> None:
    cells = table.rows[row]
    content = next((c.start for c in cells if c.text and at[0] <= c.start < at[1]), at[0])
    text = _row_text(cells)
    found.append(Item(Block("row", at[0], at[1], content, text, table=table, row=row), None))


def _row_text(cells: Sequence[Cell]) -> str:
    return " | ".join([cell.text for cell in cells if cell.text])


def _caption(lines: Lines, at: int, found: list[Item]) -> str:
    """Return the short text right above a table, or one blank line higher."""
    above = found[-1].block if found else None
    if above is None or above.kind == "row" or len(above.text) > _CAPTION_LENGTH:
        return ""
    blank = 1 if lines.pieces[at] is None else 2  # what stands before a row: `<table>`
    earliest = lines.starts[max(0, at - 1 - blank)]
    return above.text if above.end >= earliest else ""


def _supplement(view: str, lines: Lines, at: int, found: list[Item]) -> int:
    """Take the heading of the supplementary provisions of an ordinance: `부칙 <2023. 5. 18.>`."""
    text = clean(lines.texts[at])
    if text[:1] != "부" or not _SUPPLEMENT.fullmatch(text):
        return at
    _add(found, "heading", lines, at, text, _NOTICE, "", None)
    return at + 1


def _notice(view: str, lines: Lines, at: int, found: list[Item]) -> int:
    """Take the number of a notice and its title below as one heading: a bundle holds several."""
    if "호" not in lines.texts[at] or not _NOTICE_NUMBER.fullmatch(lines.texts[at].strip()):
        return at
    below = _next_line(lines, at)
    if below is None or marker_of(lines.texts[below]) is not None:
        return at
    title = lines.texts[below]
    if not _looks_like_title(clean(title), _TITLE_LENGTH):
        return at
    start, end = lines.starts[at], lines.starts[below] + len(title)
    content = lines.starts[below] + len(title) - len(title.lstrip())
    found.append(Item(Block("heading", start, end, content, clean(title)), _NOTICE))
    return below + 1


def _next_line(lines: Lines, at: int) -> int | None:
    """Return the index of the next line with text, a few lines below at most, outside tables."""
    below = next(
        (i for i in range(at + 1, min(at + 5, len(lines.texts))) if not lines.blanks[i]), None
    )
    return None if below is None or lines.pieces[below] is not None else below


def _number_alone(view: str, lines: Lines, at: int, found: list[Item]) -> int:
    """Take a line that is only a number, and the title below it, as one heading."""
    sign = lines.texts[at].strip()
    if len(sign) > 3 or not _NUMBER_ALONE.fullmatch(sign):
        return at
    below = _next_line(lines, at)
    if below is None:
        return at
    free = lines.blanks[at - 1] and lines.blanks[below + 1]
    if not free and not (_follows(sign, found) and _section_below(lines, below)):
        return at
    title = lines.texts[below]
    text = clean(title)
    if "\t" in title or marker_of(title) is not None or not _looks_like_title(text, _TITLE_LENGTH):
        return at
    content = lines.starts[below] + len(title) - len(title.lstrip())
    end = lines.starts[below] + len(title)
    block = Block("heading", lines.starts[at], end, content, text, sign.rstrip("."))
    found.append(Item(block, _BARE_NUMBER if sign.isdigit() else _ROMAN))
    return below + 1


def _looks_like_title(text: str, length: int) -> bool:
    return (
        is_title(text, length)
        and text[0] not in "(*~→"
        and _PLAIN_WORD.search(text) is not None
        and not _DATE_ALONE.fullmatch(text)
        and not _STARTS_WITH_DATE.match(text)
    )


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
        mark = Mark(_LISTED, mark.family)
    _add(found, "heading" if heading else "bullet", lines, at, text, mark, sign, content)
    return at + 1


def _is_numbered_title(lines: Lines, at: int, text: str, sign: str, found: Sequence[Item]) -> bool:
    """Tell whether the text behind a bare number is a title, and not what is counted.

    A title stands free, or its number follows that of the last one and a section begins below.
    """
    if not _looks_like_title(text, _TITLE_LENGTH) or _UNIT.match(text):
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
        if SIGNS.get(text[:1]) == _SQUARE or _is_section(text):
            return True
        if lines.pieces[below] is not None or marker_of(lines.texts[below]) is not None:
            return False
    return False


def _is_section(text: str) -> bool:
    """Tell whether a line is just the name of a usual section: `추진일정`."""
    return len(text) <= _UNMARKED_LENGTH and bool(_SECTION.fullmatch(text.replace(" ", "")))


def _in_brackets(view: str, lines: Lines, at: int, found: list[Item]) -> int:
    """Take `〈 … 〉`, `【 … 】` and the like as a heading."""
    text = clean(lines.texts[at])
    close = _BRACKETS.get(text[0])
    if close is None or text[-1] != close or len(text) > _TITLE_LENGTH or text[0] == "「":
        return at
    inner = text[1:-1].strip()
    if not inner or text[0] in inner:
        return at
    _add(found, "heading", lines, at, clean(inner), _CAPTION, text[0], None)
    return at + 1


def _unmarked_title(view: str, lines: Lines, at: int, found: list[Item]) -> int:
    """Take a short line standing free above a blank, bulleted or table line as a heading.

    The name of a usual section (`추진일정`) is as good as one with a box, also with a value.
    """
    line = lines.texts[at]
    text = clean(line)
    if _SECTION.fullmatch(text.partition(":")[0].replace(" ", "")) and ":" in text:
        _add(found, "bullet", lines, at, text, _SQUARE, "", None)
        return at + 1
    longest = _TITLE_LENGTH if _heads_an_article(lines, at) else _UNMARKED_LENGTH
    if len(text) > longest or "\t" in line.strip():
        return at
    free = lines.blanks[at - 1] or _KEY_AND_VALUE.match(lines.texts[at - 1].strip())
    if not free and not _is_section(text):
        return at
    if not _looks_like_title(text, longest) or "~" in text:
        return at
    if not lines.blanks[at + 1]:
        following = lines.texts[at + 1]
        if "\t" not in following and "|" not in following and marker_of(following) is None:
            return at
    mark = _SQUARE if _is_section(text) else _UNMARKED
    _add(found, "heading", lines, at, text, mark, "", None)
    return at + 1


def _heads_an_article(lines: Lines, at: int) -> bool:
    """Tell whether a line stands free above a paragraph of sentences, as a headline does."""
    while not lines.blanks[at + 1] and lines.texts[at + 1].strip().startswith(_SUBTITLE):
        at += 1
    below = _next_line(lines, at) if lines.blanks[at + 1] else None
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
    closed = above.rstrip().endswith(")") and _KEY_AND_VALUE.match(above.strip())
    broken = (len(above.strip()) >= _BROKEN_LENGTH and not closed) or line.startswith("(")
    if not broken or _FINISHED.search(above[-20:].rstrip()) or _KEY_AND_VALUE.match(line):
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
    _html_row,
    _supplement,
    _notice,
    _number_alone,
    _tab_rows,
    _pipe_rows,
    _spaced_rows,
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
        block.text = _row_text(row)


def _without(view: str, start: int, end: int, gaps: Sequence[Stretch]) -> str:
    """Return a stretch of the view without the gaps in it; `gaps` are in order."""
    parts: list[str] = []
    for at in range(bisect_left(gaps, (start, 0)), bisect_left(gaps, (end, 0))):
        gap_start, gap_end = gaps[at]
        parts.append(view[start:gap_start])
        start = gap_end
    return "".join([*parts, view[start:end]])


# ---------------------------------------------------------------- nesting

_CONTENTS_LENGTH = 3


@dataclass(slots=True)
class _Level:
    """A block that is open: others may stand below it.

    `interrupts`: it is a caption (a box between the items of a list with circles).
    """

    block: Block
    mark: Mark
    interrupts: bool = False


def nest(found: Sequence[Item], front: int) -> None:
    """Set the parent of each block; nothing in the front matter is a parent of the body.

    Marks of bands 0 and 1 find their place by family: one that is open already is a sibling,
    one that is new stands below what is open in its band. Deeper marks find it by their rank.
    """
    levels: list[_Level] = []
    run: list[_Level] = []  # headings of one family that followed each other directly
    above: Block | None = None
    in_front = True
    for block, mark in found:
        if in_front and block.start >= front:
            levels.clear()
            run.clear()
            in_front = False
        if mark is None or mark.leaf:
            block.parent = levels[-1].block if levels else None
            run.clear()
        else:
            if _is_list_of_contents(run, block, mark):
                levels.pop()
            level = _opened(levels, block, mark, above)
            block.parent = levels[-1].block if levels else None
            levels.append(level)
            if run and (run[-1].mark.family != mark.family or run[0].block.marker == block.marker):
                run.clear()
            if block.kind == "heading":
                run.append(level)
            else:
                run.clear()
        above = block


def _opened(levels: list[_Level], block: Block, mark: Mark, above: Block | None) -> _Level:
    """Close the levels that end where a block begins, and return its own.

    A caption between circles is a box with content of its own: the next circle carries on the
    list that the box interrupted.
    """
    if mark.family == "circle":
        kept = _make_room(levels, block, mark)
        if levels and levels[-1].interrupts:
            if levels[-1].block is above:
                levels[-1].interrupts = False
            else:
                levels.pop()
                kept = _make_room(levels, block, mark)
        return _Level(block, kept)
    before = levels[:]
    kept = _make_room(levels, block, mark)
    closed = before[len(levels) :]
    interrupts = (
        mark.family == "caption"
        and bool(closed)
        and (closed[0].interrupts or closed[0].mark.family == "circle")
    )
    return _Level(block, kept, interrupts)


def _is_list_of_contents(run: Sequence[_Level], block: Block, mark: Mark) -> bool:
    """Tell whether headings without content are a list of what follows, beginning with `block`."""
    if len(run) < 2 or run[-1].mark.band != mark.band or run[-1].mark.family == mark.family:
        return False
    first = run[0].block.text.replace(" ", "")
    return len(run) >= _CONTENTS_LENGTH or first == block.text.replace(" ", "")


def _make_room(levels: list[_Level], block: Block, mark: Mark) -> Mark:
    """Close the levels that end where a block begins; return the mark it is to be kept under."""
    if mark.family == "hash":
        while levels and not (
            levels[-1].mark.family == "hash" and levels[-1].mark.rank < mark.rank
        ):
            levels.pop()
        return mark
    if mark.band in (2, 3, 4):
        holding = _holding(levels, block, mark)
        if holding is not None:
            del levels[holding:]
        while levels and _depth(levels[-1].mark) >= _depth(mark) and not _holds(levels[-1], mark):
            levels.pop()
        return mark
    open_at = _open_family(levels, block, mark)
    if open_at is not None:
        kept = levels[open_at].mark
        del levels[open_at:]
        return kept if kept.family == mark.family else mark
    if mark.band == _LISTED:
        top = levels[-1].mark if levels else None
        if top is None or top.band < 2:
            return Mark(2, mark.family)
        return Mark(top.band, mark.family, (*top.rank, 1))
    while levels and _ends_before(levels[-1].mark, mark):
        levels.pop()
    return mark


def _holds(level: _Level, mark: Mark) -> bool:
    """Tell whether a dash stands so far in that it belongs to the dot or arrow above it."""
    if mark.family != "dash" or level.mark.family not in ("dot", "arrow"):
        return False
    return mark.rank[0] >= level.block.content - level.block.start > 0


def _holding(levels: Sequence[_Level], block: Block, mark: Mark) -> int | None:
    """Return the index of the open dot or arrow with dashes below it that a mark stands beside."""
    return next(
        (
            at
            for at, (level, below) in enumerate(pairwise(levels))
            if level.mark.family == mark.family
            and _holds(level, below.mark)
            and block.content - block.start <= level.block.content - level.block.start
        ),
        None,
    )


def _depth(mark: Mark) -> tuple[int, tuple[int, ...]]:
    return mark.band, mark.rank


def _ends_before(open_mark: Mark, mark: Mark) -> bool:
    """Tell whether an open level ends before a mark whose family is not open."""
    if open_mark.band != mark.band:
        return open_mark.band > mark.band
    if mark.family == "bare number":  # it names a project: the sections of what came before end
        return open_mark.family in ("square", "caption")
    return mark.band == 0 and open_mark.family != "hash" and open_mark.rank > mark.rank


def _outer_caption(levels: Sequence[_Level], block: Block) -> int | None:
    """Return the index of a caption in brackets alike that has boxes below it: a section."""
    alike = (
        at
        for at, level in enumerate(levels)
        if level.mark.family == "caption" and level.block.marker == block.marker
    )
    return next(alike, None)


def _open_family(levels: Sequence[_Level], block: Block, mark: Mark) -> int | None:
    """Return the index of the open level that a mark is a sibling of, or `None`.

    A caption below a box is none of the captions above the box. A number 1 in a section below
    another number begins a new list. The unmarked name of a usual section (`추진일정`) is a
    sibling of an unmarked name alike (`교육운영개요`).
    """
    restarts = mark.family != "bare number" and block.marker.strip("().") in ("1", "①", "가")
    is_section = mark.family == "square" and not block.marker
    for at in range(len(levels) - 1, -1, -1):
        family = levels[at].mark.family
        if family == mark.family:
            return at
        if is_section and family == "unmarked" and _ENDS_IN_ASPECT.search(levels[at].block.text):
            return at
        if family == "square" and mark.family == "caption":
            return _outer_caption(levels[:at], block)
        if family == "square" and restarts:
            return None
    return None
