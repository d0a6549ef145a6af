"""DOCX: `python-docx` opens the package, this module walks the body.

The library's own view of a document knows no content controls, tracked changes, text boxes,
automatic numbers, notes or hidden text; so only its access to the parts is used. Read as in
`hwp`: body, merged and nested tables, text boxes, notes, headers and footers, numbers and
bullets. Left out: deletions, moved-away and hidden text, comments, field codes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from calendarize.report.readers.blocks import MAX_COLSPAN, Block, Cell, Table, framed, lines_of
from calendarize.report.readers.numbering import Level, Numbering

Element = Any
"""An lxml element."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_THROUGH = frozenset(
    ("hyperlink", "ins", "moveTo", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml", "dir")
)
_NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}
_MAX_LEVEL = 9
_HEXADECIMAL = re.compile(r"[0-9a-fA-F]{1,4}")


def read(data: bytes, source: str) -> list[Block]:
    """Return the blocks of a DOCX document; any error of the library: it is damaged."""
    from docx import Document

    part = Document(io.BytesIO(data)).part
    walk = _Walk()
    aside: dict[str, list[Block]] = {"header": [], "footer": []}
    related = [(_last(r.reltype), r.target_part) for r in part.rels.values() if not r.is_external]
    elements = [(kind, _root(each)) for kind, each in related if kind in _PARTS]
    for kind, root in sorted(elements, key=lambda pair: _PARTS.index(pair[0])):
        if kind == "numbering":
            walk.learn_lists(root)
        elif kind == "styles":
            walk.learn_styles(root)
        elif kind in aside:
            aside[kind] += walk.blocks(root)
        else:
            walk.notes.update(((kind, note.get(_W + "id")), note) for note in root)
    body = [b for child in part.element for b in walk.blocks(child)]
    return framed(aside["header"], body, aside["footer"])


_PARTS = ("numbering", "styles", "footnotes", "endnotes", "header", "footer")
"""The parts that are read before the body, in this order."""


def _last(relation: str) -> str:
    return relation.rpartition("/")[2]


def _root(part: Any) -> Element:
    from docx.oxml.parser import parse_xml

    return part.element if hasattr(part, "element") else parse_xml(part.blob)


def _name(element: Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _find(element: Element | None, *path: str) -> Element | None:
    for name in path:
        element = None if element is None else element.find(_W + name)
    return element


def _value(element: Element | None, *path: str) -> str | None:
    found = _find(element, *path)
    return None if found is None else found.get(_W + "val", "")


def _is_on(element: Element | None, *path: str) -> bool:
    """Tell whether a switch is set: present, and not explicitly off."""
    return _value(element, *path) not in (None, "0", "false", "off")


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else default


def _sign(code: str) -> str:
    """Return the sign of a font that a hexadecimal number names."""
    return chr(int(code, 16)) if _HEXADECIMAL.fullmatch(code) else " "


@dataclass(frozen=True, slots=True)
class _Style:
    """What a paragraph style says: its level as a heading (1 the highest), and its list."""

    heading: int = 0
    of_list: str = ""
    level: int = 0


@dataclass(slots=True)
class _Walk:
    """One walk through a document: what has been learned of it so far."""

    numbering: Numbering = field(default_factory=lambda: Numbering({}))
    abstract: dict[str, str] = field(default_factory=dict)  # what a list of numbers is one of
    restarts: set[str] = field(default_factory=set)
    styles: dict[str, _Style] = field(default_factory=dict)
    notes: dict[tuple[str, str], Element] = field(default_factory=dict)

    def learn_lists(self, root: Element) -> None:
        lists: dict[str, Sequence[Level]] = {}
        for definition in root.findall(_W + "abstractNum"):
            levels = [Level("")] * _MAX_LEVEL
            for level in definition.findall(_W + "lvl"):
                at = _number(level.get(_W + "ilvl"), 0)
                if at < _MAX_LEVEL and _value(level, "numFmt") != "none":
                    levels[at] = Level(
                        _value(level, "lvlText") or "",
                        _value(level, "numFmt") or "",
                        _number(_value(level, "start"), 1),
                    )
            lists[definition.get(_W + "abstractNumId", "")] = levels
        self.numbering = Numbering(lists)
        for number in root.findall(_W + "num"):
            name = number.get(_W + "numId", "")
            self.abstract[name] = _value(number, "abstractNumId") or ""
            if _find(number, "lvlOverride", "startOverride") is not None:
                self.restarts.add(name)

    def learn_styles(self, root: Element) -> None:
        found = {style.get(_W + "styleId", ""): style for style in root.findall(_W + "style")}

        def of(name: str, depth: int) -> _Style:
            style = found.get(name)
            if style is None or depth > _MAX_LEVEL:
                return _Style()
            base = of(_value(style, "basedOn") or "", depth + 1)
            properties = _find(style, "pPr")
            outline = _value(properties, "outlineLvl")
            heading = base.heading if outline is None else _number(outline, _MAX_LEVEL) + 1
            return _Style(
                heading if heading <= _MAX_LEVEL else 0,
                _value(properties, "numPr", "numId") or base.of_list,
                _number(_value(properties, "numPr", "ilvl"), base.level),
            )

        self.styles = {name: of(name, 0) for name in found}

    def blocks(self, parent: Iterable[Element]) -> list[Block]:
        """Return the blocks among the children of a body, cell, note or text box."""
        found: list[Block] = []
        for child in parent:
            name = _name(child)
            if name == "p":
                found += self.paragraph(child)
            elif name == "tbl":
                found.append(self.table(child))
            elif name in _THROUGH:
                found += self.blocks(child)
        return found

    def paragraph(self, paragraph: Element) -> list[Block]:
        """Return a paragraph, and below it the text boxes and notes anchored in it."""
        below: list[Block] = []
        text = "".join(self.inline(paragraph, below))
        if not text.strip():
            return below
        return [self.marker(paragraph, text) + text, *below]

    def marker(self, paragraph: Element, text: str) -> str:
        """Return what stands before a paragraph: its number or bullet, `#` for a heading."""
        properties = _find(paragraph, "pPr")
        style = self.styles.get(_value(properties, "pStyle") or "", _Style())
        outline = _value(properties, "outlineLvl")
        heading = style.heading if outline is None else _number(outline, _MAX_LEVEL) + 1
        of_list = _value(properties, "numPr", "numId") or style.of_list
        level = _number(_value(properties, "numPr", "ilvl"), style.level)
        if of_list in self.restarts:
            self.restarts.discard(of_list)
            self.numbering.restart(self.abstract[of_list])
        marker = self.numbering.marker(self.abstract.get(of_list, ""), level)
        if 0 < heading <= _MAX_LEVEL and "\n" not in text:
            return "#" * min(heading, 6) + " " + marker.lstrip()
        return marker

    def inline(self, parent: Element, below: list[Block]) -> Iterator[str]:
        """Yield the texts of a paragraph's runs; what is anchored in them goes `below`."""
        for child in parent:
            name = _name(child)
            if name == "r":
                if not _is_on(child, "rPr", "vanish"):
                    yield from self.run(child, below)
            elif name in _THROUGH:
                yield from self.inline(child, below)

    def run(self, run: Element, below: list[Block]) -> Iterator[str]:
        for part in run:
            name = _name(part)
            if name == "t":
                yield part.text or ""
            elif name in _SIGNS:
                yield _SIGNS[name]
            elif name == "sym":
                yield _sign(part.get(_W + "char", ""))
            elif name == "ruby":
                for base in part.findall(_W + "rubyBase"):
                    yield from self.inline(base, below)
            elif name in _NOTES:
                note = self.notes.get((_NOTES[name], part.get(_W + "id")))
                if note is not None and (said := " ".join(lines_of(self.blocks(note)))):
                    below.append(f"※ {said}")
            elif name in ("drawing", "pict", "object", "AlternateContent"):
                below += self.boxes(part)

    def boxes(self, drawing: Element) -> list[Block]:
        """Return what the text boxes of a drawing hold; of alternatives the first is read."""
        found: list[Block] = []
        for child in drawing:
            name = _name(child)
            if name == "txbxContent":
                found += self.blocks(child)
            elif name != "Fallback":
                found += self.boxes(child)
        return found

    def table(self, table: Element) -> Table:
        """Return a table; a cell that only carries on the one above lengthens that one."""
        rows: list[list[Cell]] = []
        above: dict[int, Cell] = {}  # by column
        for row in _rows(table):
            properties = _find(row, "trPr")
            if _find(properties, "del") is not None:
                continue
            heading = _is_on(properties, "tblHeader")
            column = min(_number(_value(properties, "gridBefore"), 0), MAX_COLSPAN)
            cells = [Cell(colspan=column)] if column else []
            for cell in _cells(row):
                shape = _find(cell, "tcPr")
                colspan = min(max(1, _number(_value(shape, "gridSpan"), 1)), MAX_COLSPAN)
                merge = _value(shape, "vMerge")
                if merge is not None and merge != "restart" and column in above:
                    above[column].rowspan += 1
                else:
                    above[column] = Cell(self.blocks(cell), 1, colspan, heading)
                    cells.append(above[column])
                column += colspan
            rows.append(cells)
        return Table(rows)


def _rows(table: Element) -> Iterator[Element]:
    return _within(table, "tr")


def _cells(row: Element) -> Iterator[Element]:
    return _within(row, "tc")


def _within(parent: Element, name: str) -> Iterator[Element]:
    """Yield the children of that name, also those in content controls."""
    for child in parent:
        if _name(child) == name:
            yield child
        elif _name(child) in _THROUGH:
            yield from _within(child, name)
