"""PDF, read by `pdfplumber` (MIT): words and ruled tables with their places, put in reading order.

A PDF knows neither lines nor paragraphs, so this module finds them: lines by their height,
columns by the gutter between them, running heads by their return at the same height, paragraphs
by lines that are full. `pypdfium2` alone gives the text forty times faster, but no tables;
`PyMuPDF` is AGPL. Watermarks (text that is not upright) are left out.
"""

from __future__ import annotations

import io
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median
from typing import Any

from calendarize.report.errors import ReportError
from calendarize.report.outline.marks import marker_of
from calendarize.report.readers.blocks import Block, Cell, Table
from calendarize.report.readers.pdf_bounds import bounded

MAX_PAGES = 1500
_CID = re.compile(r"\(cid:\d+\)")
_MAX_CID_SHARE = 0.3

_WORD_GAP = 0.25
"""A gap this wide, in heights of the line, is a space that the PDF does not hold."""

_COLUMN_GAP = 1.0
"""A gap this wide may be a gutter between columns."""

_WIDE_GAP = 3.0
"""A gap this wide sets apart what stands on one line (in a column it is justification)."""

_APART = "    "

_SPACE = 0.35
"""How wide a space is, in heights of the line."""

_COLUMN_LINES = 5
_FULL = 0.6
_SAME_PLACE = 4.0
_SAME_EDGE = 3.0
_PAGE_NUMBER = re.compile(
    r"[-–—<\[(]?\s*(?:page\s*)?\d{1,4}\s*(?:[/|]\s*\d{1,4}\s*)?(?:쪽|페이지)?\s*[-–—>\])]?",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_SENTENCE_END = re.compile(r"[가-힣]\s?[.。]$|[;!?]$")
_IN_A_WORD = re.compile(r"(?s)(?=.*[가-힣])[\w)·~]\n[\w(·]")
_WORD_OVER = re.compile(r"(?:\b(?:및|또는|바)|하여|되어|위한|대한|통한|관한|따른)$")
_OPEN_END = re.compile(r"(?:[~,(∼～-]|\d\.)$")
_DOT_IN_A_WORD = re.compile(r"[·ㆍ‧]\S")


@dataclass(slots=True)
class _Line:
    """A line of text; places in points from the top left of the page.

    `room` is how wide the line could have been from its start. `spaced` tells whether a space
    stands behind its last word. `first` is the width of its first word.
    """

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    first: float
    spaced: bool
    room: float = 0.0

    @property
    def height(self) -> float:
        return self.bottom - self.top


@dataclass(slots=True)
class _Box(Cell):
    """A cell that is filled from its lines when the whole document is known."""

    lines: list[_Line] = field(default_factory=list)


@dataclass(slots=True)
class _Ruled:
    """A ruled table and its place; `edges` are where its columns begin and end."""

    rows: list[list[_Box]]
    top: float
    bottom: float
    edges: list[float]


_Item = _Line | _Ruled


@dataclass(slots=True)
class _Page:
    height: float
    lines: list[_Line] = field(default_factory=list)
    tables: list[_Ruled] = field(default_factory=list)


def read(data: bytes, source: str) -> list[Block]:
    """Return the blocks of a PDF; any error of the library: it is damaged."""
    with bounded(source):
        pages = _pages(data, source)
    _refuse_unreadable(pages, source)
    _drop_running_heads(pages)
    gutters = _gutters(pages)
    in_order = (_in_order(page, at) for page, at in zip(pages, gutters, strict=True))
    items = _whole_tables(item for page_items in in_order for item in page_items)
    boxes = [box for item in items if isinstance(item, _Ruled) for row in item.rows for box in row]
    spaced = _keeps_spaces([items, *(box.lines for box in boxes)])
    for box in boxes:
        box.blocks += _paragraphs(box.lines, spaced)
    return _paragraphs(items, spaced)


def _pages(data: bytes, source: str) -> list[_Page]:
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect

    from calendarize.report.readers.pdf_pages import pages

    try:
        document = pdfplumber.open(io.BytesIO(data))
    except Exception as error:
        if any(isinstance(each, PDFPasswordIncorrect) for each in (error, *error.args)):
            raise ReportError(
                source, "암호가 걸린 PDF입니다", "암호를 풀고 다시 저장하세요."
            ) from error
        raise
    found = list(pages(document))
    if len(found) > MAX_PAGES:
        problem = f"쪽이 너무 많습니다({len(found):,}쪽, 한도 {MAX_PAGES:,}쪽)"
        raise ReportError(source, problem, "필요한 쪽만 따로 저장하세요.")
    read = []
    for page in found:
        read.append(_page(page))
        page.close()
    return read


def _refuse_unreadable(pages: Sequence[_Page], source: str) -> None:
    """Raise `ReportError` for a PDF of pictures, or of glyphs that name no characters."""
    text = "".join(line.text for page in pages for line in page.lines)
    rows = [row for page in pages for table in page.tables for row in table.rows]
    text += "".join(line.text for row in rows for box in row for line in box.lines)
    unknown = sum(map(len, _CID.findall(text)))
    if unknown > _MAX_CID_SHARE * max(1, len(text)):
        problem = "글꼴 정보가 없어 글자를 알 수 없는 PDF입니다"
        raise ReportError(source, problem, "원본 문서를 지정하거나 다시 PDF로 저장하세요.")
    if not text.strip():
        problem = "글자가 없는 PDF입니다(스캔한 그림)"
        raise ReportError(source, problem, "글자 인식(OCR)을 거친 PDF나 원본 문서를 지정하세요.")


# ---------------------------------------------------------------- words to lines and tables


def _page(page: Any) -> _Page:
    """Return the lines and tables of a page."""
    from pdfplumber.utils.text import extract_words

    from calendarize.report.readers.pdf_pages import printed_once

    chars = list(printed_once(char for char in page.chars if char["upright"]))
    words = extract_words(chars, x_tolerance_ratio=_WORD_GAP)
    blanks = [char for char in chars if char["text"].isspace()]
    found = _Page(page.height)
    for ruled in page.find_tables():
        x0, top, x1, bottom = ruled.bbox
        inside = [w for w in words if x0 <= _middle(w) <= x1 and top <= _mid_height(w) <= bottom]
        if inside:
            found.tables.append(_ruled(ruled.cells, inside, blanks))
            taken = set(map(id, inside))
            words = [word for word in words if id(word) not in taken]
    found.lines = _lines(words, blanks, split=True)
    return found


def _middle(word: dict[str, Any]) -> float:
    return float(word["x0"] + word["x1"]) / 2


def _mid_height(word: dict[str, Any]) -> float:
    return float(word["top"] + word["bottom"]) / 2


def _lines(words: list[dict[str, Any]], blanks: list[dict[str, Any]], split: bool) -> list[_Line]:
    """Return the lines that words make; where `split`, wide gaps part them."""
    from pdfplumber.utils.clustering import cluster_objects

    found: list[_Line] = []
    for row in cluster_objects(words, _mid_height, 3):
        row.sort(key=lambda word: word["x0"])
        height = max(word["bottom"] - word["top"] for word in row)
        parts = [[row[0]]]
        for one, following in pairwise(row):
            if split and following["x0"] - one["x1"] > _COLUMN_GAP * height:
                parts.append([])
            parts[-1].append(following)
        found += [_line(part, blanks) for part in parts]
    return found


def _line(words: list[dict[str, Any]], blanks: list[dict[str, Any]]) -> _Line:
    last = words[-1]
    return _Line(
        " ".join(word["text"] for word in words),
        words[0]["x0"],
        last["x1"],
        min(word["top"] for word in words),
        max(word["bottom"] for word in words),
        words[0]["x1"] - words[0]["x0"],
        any(
            abs(blank["x0"] - last["x1"]) < 2 and abs(blank["bottom"] - last["bottom"]) < 2
            for blank in blanks
        ),
    )


def _ruled(
    boxes: Iterable[tuple[float, float, float, float]],
    words: list[dict[str, Any]],
    blanks: list[dict[str, Any]],
) -> _Ruled:
    """Return the table of some boxes (left, top, right, bottom); a larger box is a merged cell."""
    boxes = sorted(set(boxes), key=lambda box: (box[1], box[0]))
    columns = _edges(edge for box in boxes for edge in (box[0], box[2]))
    rows = _edges(edge for box in boxes for edge in (box[1], box[3]))
    grid: dict[int, list[tuple[int, _Box]]] = defaultdict(list)
    for x0, top, x1, bottom in boxes:
        inside = [w for w in words if x0 <= _middle(w) <= x1 and top <= _mid_height(w) <= bottom]
        lines = _lines(inside, blanks, split=False)
        margin = min((line.x0 for line in lines), default=x0) - x0
        for line in lines:
            line.room = x1 - margin - line.x0 if margin * 3 < x1 - x0 else line.x1 - line.x0
        row, column = _nearest(rows, top), _nearest(columns, x0)
        rowspan = max(1, _nearest(rows, bottom) - row)
        colspan = max(1, _nearest(columns, x1) - column)
        grid[row].append((column, _Box([], rowspan, colspan, lines=lines)))
    placed = [
        [box for _, box in sorted(grid[row], key=lambda pair: pair[0])]
        for row in range(len(rows) - 1)
    ]
    top, bottom = min(box[1] for box in boxes), max(box[3] for box in boxes)
    return _Ruled(placed, top, bottom, columns)


def _edges(found: Iterable[float]) -> list[float]:
    """Return edges in order; those within `_SAME_EDGE` points are one."""
    edges: list[float] = []
    for edge in sorted(found):
        if not edges or edge - edges[-1] > _SAME_EDGE:
            edges.append(edge)
    return edges


def _nearest(edges: Sequence[float], at: float) -> int:
    return min(range(len(edges)), key=lambda i: abs(edges[i] - at))


# ---------------------------------------------------------------- order on the page


def _drop_running_heads(pages: Sequence[_Page]) -> None:
    """Take out page numbers, and of what returns in the margins of pages all but the first."""
    margins = [(page, line) for page in pages for line in page.lines if _is_marginal(page, line)]
    returns = Counter(_place(line) for _, line in margins)
    enough = max(2, len(pages) // 2)
    told: set[tuple[str, int]] = set()
    for page, line in margins:
        place = _place(line)
        if _PAGE_NUMBER.fullmatch(line.text) or (returns[place] >= enough and place in told):
            page.lines.remove(line)
        told.add(place)


def _place(line: _Line) -> tuple[str, int]:
    text = _DIGITS.sub("0", "".join(line.text.split()))
    return text, round(line.top / _SAME_PLACE)


def _is_marginal(page: _Page, line: _Line) -> bool:
    """Tell whether a line may be a running head or foot: at the edge of the page, no list item."""
    at_edge = line.bottom < 0.12 * page.height or line.top > 0.88 * page.height
    return at_edge and marker_of(line.text) is None


def _in_order(page: _Page, gutter: float) -> list[_Item]:
    """Return what is on a page in the order of reading, the lines with the room they had."""
    left, right, across = _parted(page.lines, gutter)
    for lines in (left, right, across):
        _measure(lines)
    whole: list[_Item] = [*across, *page.tables]
    found: list[_Item] = []
    for part in sorted(whole, key=lambda item: item.top):
        for column in (left, right):
            found += [line for line in column if line.top < part.top]
            column[:] = [line for line in column if line.top >= part.top]
        found.append(part)
    return [*found, *left, *right]


def _gutters(pages: Sequence[_Page]) -> list[float]:
    """Return the gutter of each page; on a page that is not full it is where it usually is."""
    found = [_gutter(page.lines) for page in pages]
    usual = Counter(filter(None, found)).most_common(1)
    if usual:
        for at, page in enumerate(pages):
            left, right, across = _parted(page.lines, usual[0][0])
            if not found[at] and len(across) <= min(len(left), len(right)):
                found[at] = usual[0][0]
    return found


def _gutter(lines: Sequence[_Line]) -> float:
    """Return where the gutter between two columns of text is; 0 where there is none.

    Columns are several lines on either side that fill their side; words and values set apart on
    one line do not.
    """
    x0, x1 = (
        min((line.x0 for line in lines), default=0),
        max((line.x1 for line in lines), default=0),
    )
    ends = {line.x1 + 1 for line in lines if 0.35 < (line.x1 - x0) / (x1 - x0) < 0.65}
    if not ends:
        return 0
    gutter = min(ends, key=lambda at: (sum(line.x0 < at < line.x1 for line in lines), -at))
    left, right, across = _parted(lines, gutter)
    are_full = all(
        len(side) >= _COLUMN_LINES
        and median(line.x1 - line.x0 for line in side)
        >= _FULL * (max(line.x1 for line in side) - min(line.x0 for line in side))
        for side in (left, right)
    )
    return gutter if are_full and len(across) <= min(len(left), len(right)) else 0


def _parted(lines: Sequence[_Line], gutter: float) -> tuple[list[_Line], list[_Line], list[_Line]]:
    """Return the lines left and right of a gutter and those across it, each in one piece."""
    left = [line for line in lines if line.x1 <= gutter]
    right = [line for line in lines if line.x0 >= gutter > 0]
    across = [line for line in lines if line.x0 < gutter < line.x1 or not gutter]
    return _joined(left, " "), _joined(right, " "), _joined(across, _APART)


def _joined(lines: Sequence[_Line], apart: str) -> list[_Line]:
    """Return lines in one piece again that gaps parted; `apart` stands for a wide gap."""
    whole: list[_Line] = []
    for line in lines:
        above = whole[-1] if whole else None
        if above is not None and abs(above.bottom - line.bottom) < 3 and line.x0 >= above.x1:
            gap = apart if line.x0 - above.x1 > _WIDE_GAP * line.height else " "
            top, bottom = min(above.top, line.top), max(above.bottom, line.bottom)
            text = above.text + gap + line.text
            whole[-1] = replace(
                above, text=text, x1=line.x1, spaced=line.spaced, top=top, bottom=bottom
            )
        else:
            whole.append(replace(line))
    return whole


def _measure(lines: Sequence[_Line]) -> None:
    """Set the room of lines that stand in one column; the indent of list items becomes spaces."""
    left = min((line.x0 for line in lines), default=0.0)
    right = max((line.x1 for line in lines), default=0.0)
    for line in lines:
        line.room = right - line.x0
        if marker_of(line.text) is not None:
            line.text = " " * round((line.x0 - left) / (_SPACE * line.height)) + line.text


# ---------------------------------------------------------------- lines to paragraphs


def _keeps_spaces(columns: Iterable[Sequence[_Item]]) -> bool:
    """Tell whether the PDF keeps the space at which a line was broken.

    If so, a line that ends without one was broken within a word, as Hangul allows.
    """
    return any(
        line.spaced
        for items in columns
        for line, below in pairwise(items)
        if isinstance(line, _Line) and isinstance(below, _Line) and _goes_on(line, below)
    )


def _paragraphs(items: Sequence[_Item], keeps_spaces: bool) -> list[Block]:
    """Return lines that were broken at the margin as paragraphs, tables over pages as one."""
    blocks: list[Block] = []
    above: _Item | None = None
    for item in items:
        if isinstance(item, _Line):
            if isinstance(above, _Line) and _goes_on(above, item):
                edge = f"{above.text[-1]}\n{item.text[0]}"
                within = keeps_spaces and not above.spaced and not _WORD_OVER.search(above.text)
                joint = "" if within and _IN_A_WORD.match(edge) else " "
                blocks[-1] = f"{blocks[-1]}{joint}{item.text}"
            else:
                blocks.append(item.text)
        else:
            blocks.append(Table([list(row) for row in item.rows]))
        above = item
    return blocks


def _goes_on(line: _Line, below: _Line) -> bool:
    """Tell whether a line was broken because the first word of the one below did not fit."""
    width = line.x1 - line.x0
    is_near = below.top < line.top or below.top - line.bottom < 1.2 * line.height
    is_new = marker_of(below.text) is not None and not (
        _DOT_IN_A_WORD.match(below.text)
        or (below.text[0].isdigit() and _OPEN_END.search(line.text))
    )
    return (
        width > 0.5 * line.room
        and width + below.first + 0.2 * line.height > line.room
        and is_near
        and abs(line.height - below.height) < 0.2 * line.height
        and not is_new
        and not _SENTENCE_END.search(line.text)
    )


# ---------------------------------------------------------------- tables over pages


def _whole_tables(items: Iterable[_Item]) -> list[_Item]:
    """Return the items with tables that go over pages as one."""
    found: list[_Item] = []
    for item in items:
        above = found[-1] if found else None
        if isinstance(item, _Ruled) and isinstance(above, _Ruled) and _carries_on(above, item):
            _append(above, item)
        else:
            found.append(item)
    return found


def _carries_on(above: _Ruled, below: _Ruled) -> bool:
    """Tell whether a table is the rest of one on the page before."""
    return (
        below.top < above.bottom
        and len(above.edges) == len(below.edges)
        and all(
            abs(one - other) < _SAME_EDGE
            for one, other in zip(above.edges, below.edges, strict=True)
        )
    )


def _append(table: _Ruled, rest: _Ruled) -> None:
    """Add the rest of a table: without the headings again, a row broken in two made one."""
    rows = rest.rows
    if _told(table.rows[0]) == _told(rows[0]):
        rows = rows[1:]
    last = table.rows[-1]
    if rows and len(last) == len(rows[0]) and not rows[0][0].lines:
        pairs = list(zip(last, rows[0], strict=True))
        ends = [(one.lines[-1], two.lines[0]) for one, two in pairs if one.lines and two.lines]
        if any(_goes_on(line, below) for line, below in ends):
            for one, two in pairs:
                one.lines += two.lines
            rows = rows[1:]
    table.rows += rows
    table.top, table.bottom = rest.top, rest.bottom


def _told(row: Sequence[_Box]) -> list[str]:
    return [line.text for box in row for line in box.lines]
