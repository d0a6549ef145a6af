"""The view of a text: the same text in canonical characters, for reading by machine.

Every step keeps the length of each line, so that an offset in the view is an offset in the
text; only composing (NFC) shortens lines, and those lines carry a column map.

One form of each sign (`CHARACTERS`): ASCII instead of full-width characters, `'` for every
apostrophe and single quotation mark, `"` for the double ones, `~` for every tilde, `·` for every
middle dot, `-` for hyphens and minus, `–` for longer dashes, a space for every other white space,
zero-width or control character. Glyphs of the private use areas, by which HWP writes its bullets,
become the bullet they look like, or `□`.

Mark-up is blanked: tags, bold marks, backslashes of escapes. Of a table's tags one character
remains as barrier: a tab between cells, `\\x1e` between rows. An escaped pipe `\\|` becomes `¦`,
so that it is no cell border. A table drawn with lines becomes one of pipes: what stands upright
`|`, what parts two rows `|---|`, what only frames a table or a single cell blank.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

ROW_BARRIER = "\x1e"
CELL_BARRIER = "\t"

_ALIKE = {
    "'": "’‘‛´′`ʼ＇｀‵",
    '"': "“”„‟″",
    "~": "∼～〜˜∽⁓",
    "·": "ㆍ・∙‧･․⋅\u119e",
    "-": "‐‑−",
    "–": "—―‒─━",
    " ": "".join(
        map(
            chr,
            (
                *range(0x09),
                *range(0x0B, 0x20),
                *range(0x7F, 0xA1),
                0xAD,
                0x115F,
                0x1160,
                0x1680,
                0x180E,
                *range(0x2000, 0x2010),
                *range(0x2028, 0x2030),
                *range(0x205F, 0x2070),
                0x3000,
                0x3164,
                0xFEFF,
                0xFFA0,
            ),
        )
    ),
    # private use glyphs: HWP's boxed numbers, and symbol fonts (Wingdings at U+F000)
    "①②③④⑤⑥⑦⑧⑨⑩": "".join(map(chr, range(0xF02B1, 0xF02BB))),
    "●■□◆❖·•": "\uf06c\uf06e\uf06f\uf075\uf076\uf09e\uf09f",
    "○▪•▶→➔⇒✓": "\uf0a1\uf0a7\uf0b7\uf0d8\uf0e0\uf0e8\uf0f0\uf0fc",
}
CHARACTERS: dict[str, str] = {chr(0xFF01 + i): chr(0x21 + i) for i in range(94)}
for _one, _many in _ALIKE.items():
    _ones = _one if len(_one) == len(_many) else _one * len(_many)
    CHARACTERS.update(zip(_many, _ones, strict=True))
PRIVATE_USE_BULLET = "□"

_PRIVATE_USE = "\ue000-\uf8ff\U000f0000-\U0010fffd"
_UNUSUAL = re.compile("[" + "".join(map(re.escape, CHARACTERS)) + _PRIVATE_USE + "]")
_LOST_WEEKDAY = re.compile(
    r"(?<=\d[.일])\(\)|(?<=\d[.일] )\(\)|(?<=[./-]\d)\(\)|(?<=[./-]\d\d)\(\)"
)
"""Brackets behind a day whose sign the document's encoding did not have (`1. 12.(水)`)."""
_DOT_BETWEEN_WORDS = re.compile(r"(?<=\w)•(?=\w)")
_UPRIGHT = "│┃║"
_DRAWN = re.compile(r"^.*[│┃║┌┏╔└┗╚├┠┣╟╠].*$", re.MULTILINE)
_RULED = re.compile(r"[\s–═\u2500-\u257f]*")
_FRAME = re.compile(r"\s*[┌┏╔╒╓└┗╚╘╙]")
_LYING = str.maketrans("–═", "--")
_STANDING = str.maketrans(_UPRIGHT, "|" * len(_UPRIGHT))
_CROSSING = re.compile(r"[\u2500-\u257f]")

_TAGS = (
    "a abbr article aside b big blockquote body br caption center cite code col colgroup dd del "
    "details dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 head header hr html "
    "i img input ins kbd label li link main mark meta nav ol p pre q s samp script section small "
    "span strike strong style sub summary sup table tbody td tfoot th thead time title tr tt u ul "
    "var wbr"
)
_MARKUP = re.compile(
    r"""[<&\\*_](?:
      (?<=<)(?P<close>/?)(?P<tag>NAMES)(?=[\s/>])(?P<attributes>[^<>]*)>
    | (?<=&)(?P<entity>\#\d{1,7}|\#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});
    | (?<=\\)(?P<escaped>[!-/:-@\[-`{-~])
    | (?<=\*)(?P<stars>\*{1,2})
    | (?<!__)(?<=_)(?P<line>_)(?!_)
    )""".replace("NAMES", _TAGS.replace(" ", "|")),
    re.IGNORECASE | re.VERBOSE,
)
_SPAN = re.compile(r"\b(row|col)span\s*=\s*[\"']?\s*(\d{1,4})", re.IGNORECASE)
_TABLE_TAGS = frozenset({"table", "tr", "td", "th"})
_INLINE_TAGS = frozenset(
    ("a", "b", "em", "font", "i", "mark", "s", "small", "span", "strong", "sub", "sup", "u")
)
_BARRIERS = {"tr": ROW_BARRIER, "td": CELL_BARRIER, "th": CELL_BARRIER}
_NOT_LINE_BREAK = re.compile(r"[^\n]")


@dataclass(frozen=True, slots=True)
class Tag:
    """A table tag as it stood in the text: offsets in the view, end exclusive."""

    name: str
    closing: bool
    start: int
    end: int
    rowspan: int = 1
    colspan: int = 1


class Canonical(NamedTuple):
    """The view of a text.

    `columns` maps lines (by index) whose length differs to raw columns; `tags` are the table tags;
    `unseen` are the stretches blanked in the midst of words (bold marks, backslashes), between
    which a reader sees no space.
    """

    view: str
    columns: dict[int, list[int]]
    tags: list[Tag]
    unseen: list[tuple[int, int]]


def canonical(text: str) -> Canonical:
    """Return the view of a text, its table tags, and the column maps of composed lines."""
    columns: dict[int, list[int]] = {}
    view = text
    if not unicodedata.is_normalized("NFC", text):
        view = _composed(text.split("\n"), columns)
    view = one_form(view)
    view, tags, unseen = _without_markup(view)
    if "()" in view:
        view = _LOST_WEEKDAY.sub("  ", view)
    if "•" in view:
        view = _DOT_BETWEEN_WORDS.sub("·", view)
    if any(sign in view for sign in _UPRIGHT):
        view = _DRAWN.sub(_piped, view)
    return Canonical(view, columns, tags, unseen)


def one_form(text: str) -> str:
    """Return a text with each character in its canonical form; the length stays.

    >>> one_form("’２１．５．３．～")
    "'21.5.3.~"
    """
    return _UNUSUAL.sub(_character, text)


def _character(match: re.Match[str]) -> str:
    return CHARACTERS.get(match[0], PRIVATE_USE_BULLET)


def _piped(line: re.Match[str]) -> str:
    """Return a line of a drawn table as one of a table with pipes.

    A line that frames a table or a single cell is blank.
    """
    text = line[0]
    if _RULED.fullmatch(text):
        if _FRAME.match(text):
            return " " * len(text)
        text = _CROSSING.sub("|", text.translate(_LYING))
    text = text.translate(_STANDING)
    boxed = text.lstrip().startswith("|") and text.count("|") <= 2
    return text.replace("|", " ") if boxed else text


def _composed(lines: list[str], columns: dict[int, list[int]]) -> str:
    """Return the lines composed and joined; note column maps of those that became shorter."""
    cluster = _cluster_pattern()
    known: dict[str, str] = {}
    for index, line in enumerate(lines):
        if line.isascii() or unicodedata.is_normalized("NFC", line):
            continue
        parts: list[str] = []
        column_map: list[int] = []
        for match in cluster.finditer(line):
            raw = match[0]
            composed = known.get(raw)
            if composed is None:
                composed = known[raw] = unicodedata.normalize("NFC", raw)
            parts.append(composed)
            last = len(raw) - 1
            column_map += [match.start() + min(i, last) for i in range(len(composed))]
        lines[index] = "".join(parts)
        if len(lines[index]) != len(line):
            columns[index] = [*column_map, len(line)]
    return "\n".join(lines)


@lru_cache(maxsize=1)
def _cluster_pattern() -> re.Pattern[str]:
    """Return the pattern of a character with what composes onto it.

    At most 30 marks, as in Unicode's stream-safe text: normalizing endless runs of marks would
    take quadratic time.
    """
    marks = "".join(
        chr(code)
        for code in range(0x300, 0x1F000)
        if unicodedata.combining(chr(code)) or unicodedata.category(chr(code)) == "Mc"
    )
    return re.compile(f"(?s:.)[\u1160-\u11ff\ud7b0-\ud7fb{marks}]{{0,30}}")


def _without_markup(text: str) -> tuple[str, list[Tag], list[tuple[int, int]]]:
    """Return the text with its mark-up blanked, as long as before, its table tags, the unseen."""
    tags: list[Tag] = []
    unseen: list[tuple[int, int]] = []
    if "<!--" in text:
        text = _without_comments(text)
    if not any(sign in text for sign in ("<", "&", "\\", "**", "__")):
        return text, tags, unseen

    def blanked(match: re.Match[str]) -> str:
        kind = match.lastgroup
        if kind == "attributes":
            name = match["tag"].lower()
            blank = _blank(match[0])
            if name in _INLINE_TAGS:
                unseen.append(match.span())
            if name not in _TABLE_TAGS:
                return blank
            spans = {which.lower(): int(n) for which, n in _SPAN.findall(match["attributes"])}
            start, end = match.span()
            closing = bool(match["close"])
            tags.append(Tag(name, closing, start, end, spans.get("row", 1), spans.get("col", 1)))
            barrier = _BARRIERS.get(name)
            if barrier is None:
                return blank
            return barrier + blank[1:] if closing else blank[:-1] + barrier
        if kind == "entity":
            unseen.append((match.start(), match.end() - 1))
            return _entity(match["entity"]).rjust(len(match[0]))
        if kind == "escaped":
            unseen.append((match.start(), match.start() + 1))
            return " ¦" if match["escaped"] == "|" else " " + match["escaped"]
        if kind == "stars" and _is_footnote_mark(text, match):
            return match[0]
        unseen.append(match.span())
        return " " * len(match[0])

    return _MARKUP.sub(blanked, text), tags, unseen


def _is_footnote_mark(text: str, match: re.Match[str]) -> bool:
    """Tell whether stars open a line and a space follows: a footnote, not bold."""
    start, end = match.span()
    opens_line = start == 0 or text[start - 1] == "\n"
    return opens_line and text[end : end + 1] == " "


def _blank(text: str) -> str:
    return " " * len(text) if "\n" not in text else _NOT_LINE_BREAK.sub(" ", text)


def _without_comments(text: str) -> str:
    """Blank `<!-- … -->`; one that is not closed stays."""
    parts: list[str] = []
    done = 0
    while (start := text.find("<!--", done)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        parts += [text[done:start], _blank(text[start : end + 3])]
        done = end + 3
    return "".join([*parts, text[done:]])


def _entity(name: str) -> str:
    """Return the character that an HTML entity stands for, in canonical form, or a blank."""
    from html import unescape

    character = unescape(f"&{name};")
    if len(character) > 1:  # unknown, or one that stands for two characters
        return f"&{name};" if character.startswith("&") else " "
    character = one_form(character)
    return " " if character.isspace() or not character else character
