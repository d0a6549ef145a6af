"""HTML pages as browsers save them, single files of parts (MHTML) included; read by `lxml`.

Read is what a reader came for: `<main>`, where there is one, without scripts, navigation, forms
and whatever is hidden.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from calendarize.report.readers.blocks import Block, Cell, Table

Element = Any
"""An lxml element."""

_DROPPED_TAGS = (
    "aside audio button canvas del embed footer form head iframe input map menu nav noscript "
    "object option script select style svg template textarea title video"
)
_DROPPED = frozenset(_DROPPED_TAGS.split())
_BLOCK_TAGS = (
    "address article blockquote body center dd details dialog div dl dt fieldset figcaption "
    "figure h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main ol p pre section summary ul"
)
_BLOCKS = frozenset(_BLOCK_TAGS.split())
_ROLES = frozenset(("banner", "navigation", "contentinfo", "search", "complementary", "menu"))
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_START = re.compile(
    r"(?:[\s\ufeff]|<\?xml[^>]*>|<!--(?:[^-]|-(?!->))*-->)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_DATE_ENDS = re.compile(r"\d\.$")
_WORD = re.compile(r"[가-힣]{2}(?<!부터|까지|이후|이전|에서|현재|기준)")
_WHITE = re.compile(r"[ \t\r\n\f]+")
_SIGNED = re.compile(r"\s*(?:[^\w\s(\[<'\"‘“「『]|\d{1,2}[.)]|[가-하][.)])\s*\S")
_LONG_TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9]*)\b[^<>]{20000,}>")
"""A tag full of attributes (or a picture in one): `lxml` takes quadratic time for them."""


def is_page(text: str) -> bool:
    """Tell whether a text is an HTML page (a report may well hold single tags).

    >>> is_page("<!-- saved --><!DOCTYPE html><p>5월"), is_page("<table><tr><td>5월")
    (True, False)
    """
    return _START.match(text) is not None


def page_in(data: bytes) -> bytes:
    """Return the HTML page of an MHTML file, or nothing."""
    from email import message_from_bytes

    message = message_from_bytes(data)
    pages = (part for part in message.walk() if part.get_content_type() == "text/html")
    page = next(pages, None)
    found = None if page is None else page.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""


def read(text: str) -> list[Block]:
    """Return the blocks of a page."""
    from lxml import html

    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True
    )
    text = _LONG_TAG.sub(r"<\1>", text)
    root = html.document_fromstring(text.encode("utf-8"), parser=parser)
    mains = [e for e in root.iter() if e.tag == "main" or e.get("role") == "main"]
    page = _Page()
    page.walk(mains[0] if len(mains) == 1 else root)
    return page.closed()


class _Page:
    """The blocks of a page, or of one table cell, while its elements are walked."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.line: list[str] = []
        self.marker = ""  # what stands before the paragraph that begins
        self.lists = 0
        self.items: dict[Element, int] = {}  # of ordered lists: the number of the last item

    def closed(self) -> list[Block]:
        self.flush()
        return self.blocks

    def flush(self) -> None:
        """End a paragraph."""
        lines = (_WHITE.sub(" ", line).strip(" ") for line in "".join(self.line).split("\n"))
        text = "\n".join(line for line in lines if line.strip())
        self.line.clear()
        if text:
            own = self.marker.endswith("- ") and _SIGNED.match(text)
            self.blocks.append(text if own else self.marker + text)
            self.marker = ""

    def say(self, text: str | None, as_it_is: bool = False) -> None:
        if text:
            self.line.append(text if as_it_is else _WHITE.sub(" ", text))

    def walk(self, element: Element, as_it_is: bool = False) -> None:
        """Take in an element and what is in it; `as_it_is`: its line ends count."""
        tag = element.tag
        if tag in _DROPPED or _is_hidden(element):
            return
        if tag == "br":
            self.line.append("\n")
        elif tag == "table":
            self.flush()
            for caption in element.iterchildren("caption"):
                self.walk_all(caption, as_it_is)
                self.flush()
            self.blocks.append(Table([_cells(row) for row in _rows(element)]))
        elif tag in _BLOCKS:
            self.flush()
            outer, self.marker = self.marker, self.marker_of(element)
            is_list = tag in ("ul", "ol")
            self.lists += is_list
            self.walk_all(element, as_it_is or tag == "pre")
            self.lists -= is_list
            self.flush()
            self.marker = "" if self.marker else outer
        else:
            self.part(element)
            self.walk_all(element, as_it_is)

    def part(self, element: Element) -> None:
        """Part two elements of a line that a style sets apart: a date, and a word behind it."""
        before = element.getprevious()
        if before is None or before.tail or before.tag in _BLOCKS or not self.line:
            return
        if _DATE_ENDS.search(self.line[-1]) and _WORD.match("".join(element.itertext())[:3]):
            self.line.append(" ")

    def walk_all(self, element: Element, as_it_is: bool) -> None:
        self.say(element.text, as_it_is)
        for child in element:
            self.walk(child, as_it_is)
            self.say(child.tail, as_it_is)

    def marker_of(self, element: Element) -> str:
        """Return what stands before the paragraph that a block begins with."""
        tag = element.tag
        if tag == "li":
            indent = "  " * max(0, self.lists - 1)
            parent = element.getparent()
            if parent is not None and parent.tag == "ol":
                self.items[parent] = self.items.get(parent, _number(parent.get("start"), 1) - 1) + 1
                return f"{indent}{self.items[parent]}. "
            return f"{indent}- "
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            return "#" * int(tag[1]) + " "
        return self.marker


def _is_hidden(element: Element) -> bool:
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or element.get("role") in _ROLES
        or _HIDDEN.search(element.get("style", "")) is not None
    )


def _rows(table: Element) -> Iterator[Element]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from child.iterchildren("tr")


def _cells(row: Element) -> list[Cell]:
    cells: list[Cell] = []
    for cell in row.iterchildren("td", "th"):
        inner = _Page()
        inner.walk_all(cell, False)
        rowspan, colspan = _number(cell.get("rowspan"), 1), _number(cell.get("colspan"), 1)
        cells.append(Cell(inner.closed(), rowspan, colspan, cell.tag == "th"))
    return cells


def _number(text: str | None, default: int) -> int:
    text = (text or "").strip()
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 6 else default
