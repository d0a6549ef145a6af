"""Text made fit for calendars and terminals: one character set, no traps, sane lengths."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_UNWANTED = {"Cc", "Cf", "Co", "Cs"}
_JOINER = "\u200d"
_SPACES = re.compile(r"[^\S\n]+")
_BREAKS = re.compile(r"\r\n?|[\n\v\f\x1c-\x1e\x85\u2028\u2029]")
_TAG = re.compile(r"<(?=[/!A-Za-z])")
_REPLACED = str.maketrans({"\\": "＼", "\ufffd": "?"})


def _wanted(char: str) -> bool:
    if char in "\n\t" or char == _JOINER:
        return True
    nonchar = ord(char) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(char) <= 0xFDEF
    return not nonchar and unicodedata.category(char) not in _UNWANTED


def _line(line: str) -> str:
    """Fold white space and drop combining marks that have nothing to stand on."""
    line = _SPACES.sub(" ", line).strip()
    while line and (unicodedata.combining(line[0]) or line[0] == _JOINER):
        line = line[1:].lstrip()
    return line


def readable(text: str) -> str:
    """Return text as a page may show it, lines kept.

    NFC; no control, format, private-use or damaged characters (HWP and PDF text is full of them).
    """
    text = _BREAKS.sub("\n", text)
    if not text.replace("\n", "").isprintable():  # the most text needs no look at each character
        text = "".join(filter(_wanted, text))
    text = unicodedata.normalize("NFC", text)
    return "\n".join(filter(None, map(_line, text.split("\n"))))


def clean(text: str) -> str:
    r"""Return readable text as a calendar may hold it, lines kept.

    A backslash becomes its full-width form, because programs disagree on what an escaped one
    before `n` or `N` means (RFC 5545 section 3.3.11); so does a `<` that a mail or calendar
    program would take for HTML.
    """
    return _TAG.sub("＜", readable(text.translate(_REPLACED)))


def one_line(text: str) -> str:
    """Return cleaned text as a single line."""
    return clean(text).replace("\n", " ")


def shorten(text: str, limit: int) -> str:
    """Return text of at most `limit` characters, with an ellipsis where it was cut."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


_CELL = " | "
_LONG = 80
"""What is longer may hold more than one entry."""
_APART = re.compile(r"[,;/]\s|\s(?=[※*]\s)")
_DATED = re.compile(r"\([^()]*\d[^()]*\)")
_FEWEST = 3


def belonging(quote: str, text: str, title: str = "") -> str:
    """Return what belongs to an expression of a row: its cells, of a long list its item alone.

    A list parts its items by commas, and most have their time in brackets behind them. Where
    several have the same, the one in the words of the title is meant.

    >>> committees = "도시재생과 주거환경 개선('20. 9.), 서부권 교통환경 개선('20. 12.), "
    >>> several = f"특위 (5) | {committees}친환경('21. 1.), 청년('21. 3.), 항공기소음('21. 3.)"
    >>> belonging(several, "'21. 3.", "항공기소음")
    "특위 (5) | 항공기소음('21. 3.)"
    """
    cells = quote.split(_CELL)
    own = next((cell for cell in cells if text in cell), None)
    if len(quote) <= _LONG or own is None:
        return quote
    kept = (cell for cell in cells if cell is own or len(cell) <= _LONG)
    return _CELL.join(_item(cell, text, title) if cell is own else cell for cell in kept)


def _item(cell: str, text: str, title: str) -> str:
    """Return the item of a long list that holds a text, with what stands before its colon."""
    label, colon, rest = cell.partition(" : ")
    if not colon or text in label or len(label) > _LONG:
        label, colon, rest = "", "", cell
    items = list(_items(rest))
    dated = [item for item in items if _DATED.search(item)]
    own = [item for item in items if text in item]
    if len(cell) <= _LONG or len(dated) < _FEWEST or 2 * len(dated) < len(items) or not own:
        return cell
    words = title.split()
    return label + colon + max(own, key=lambda item: sum(word in item for word in words))


def _items(text: str) -> Iterator[str]:
    """Yield the items of a list, parted by commas, slashes or note marks outside of brackets."""
    begin = depth = at = 0
    for match in _APART.finditer(text):
        between = text[at : match.start()]
        depth = max(0, depth + between.count("(") - between.count(")"))
        at = match.start()
        if not depth:
            yield text[begin:at].strip()
            begin = match.end()
    yield text[begin:].strip()
