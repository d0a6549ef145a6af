"""Pages as `pdfplumber` has them, with no more about each character than is asked of it.

The library tells two dozen things of every character, colours and matrices among them, and looks
for letters that are printed twice in a time that grows with the square of their number.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from pdfminer.layout import LTChar, LTItem
from pdfminer.pdfpage import PDFPage
from pdfplumber.page import Page
from pdfplumber.pdf import PDF

Char = dict[str, Any]
_BLANK = re.compile(r"[\x00-\x1f\x7f]")
"""Fonts that draw control characters like the space make printers (Skia's) name it by the first
of them."""


class _Page(Page):
    def process_object(self, obj: LTItem) -> Char:
        if not isinstance(obj, LTChar):
            return super().process_object(obj)
        left, above = self.mediabox[:2]
        top = self.height - obj.y1 + above
        return {
            "object_type": "char",
            "text": _BLANK.sub(" ", obj.get_text()),
            "fontname": obj.fontname,
            "size": obj.size,
            "upright": obj.upright,
            "x0": obj.x0 + left,
            "x1": obj.x1 + left,
            "top": top,
            "bottom": self.height - obj.y0 + above,
            "doctop": top,
        }


def pages(document: PDF) -> Iterator[Page]:
    """Yield the pages of a document."""
    for number, page in enumerate(PDFPage.create_pages(document.doc), 1):
        yield _Page(document, page, number)


def printed_once(chars: Iterable[Char]) -> Iterator[Char]:
    """Yield characters without those that are printed again within a point, to look bold."""
    seen: defaultdict[tuple[object, ...], list[tuple[float, float]]] = defaultdict(list)
    for char in chars:
        kind = (char["text"], char["fontname"], char["size"])
        x0, top = char["x0"], char["top"]
        cells = {(*kind, (x0 + x) // 2, (top + y) // 2) for x in (-1, 1) for y in (-1, 1)}
        near = (place for cell in cells if cell in seen for place in seen[cell])
        if not any(abs(x - x0) <= 1 and abs(y - top) <= 1 for x, y in near):
            yield char
        seen[(*kind, x0 // 2, top // 2)].append((x0, top))
