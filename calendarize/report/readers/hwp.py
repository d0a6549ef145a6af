"""HWP 5 and HWPX, the documents of Hancom Office.

Both are read through `python-hwpx` (Apache-2.0, pure Python over lxml, released often), which
has either as one OWPML tree (KS X 6101; `hwp5` makes it of HWP 5); this module walks that tree.
What was weighed:

- `syhwp` (MIT) flattens nested tables, loses the merged cells and line breaks of HWPX tables,
  and knows neither tracked changes nor automatic numbers; it opens documents for distribution;
- `hwp-hwpx-parser` (Apache-2.0) gives Markdown tables without merged cells;
- `unhwp` (MIT, Rust) rewrites `□` as `-`, so that the outline is lost, and puts bold marks into
  the midst of dates;
- `rhwp-python` (MIT, Rust) did not load on Debian 12 (its FreeType symbols were not found);
- `pyhwp` is AGPL.

Read: body, tables with merged and nested cells, captions, text boxes, word art, foot- and
endnotes (below the paragraph, as `※`), headers and footers (once, at the beginning and the end),
automatic numbers and bullets. Left out: tracked deletions, hidden comments, memos, equations.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from calendarize.report.readers.blocks import Block, Cell, Table, framed, lines_of
from calendarize.report.readers.numbering import Level, Numbering

Element = Any
"""An lxml element."""

_SPACES = {"tab": "\t", "nbSpace": " ", "fwSpace": " ", "lineBreak": "\n", "hyphen": "-"}


def read(data: bytes, source: str) -> list[Block]:
    """Return the blocks of an HWP 5 or HWPX document; any error of the library: it is damaged."""
    heads, sections = _parts(data, source)
    walk = _Walk()
    body: list[Block] = []
    for head in heads:
        walk.learn(head)
    for section in sections:
        body += walk.section(section)
    return framed(walk.headers, body, walk.footers)


def _parts(data: bytes, source: str) -> tuple[list[Element], list[Element]]:
    """Return the headers and the sections of a document as OWPML has them."""
    from hwpx import HwpxDocument

    if not data.startswith(b"PK"):
        from calendarize.report.readers.hwp5 import parts

        head, sections = parts(data, source)
        return [head], sections
    document = HwpxDocument.open(data)
    return [h.element for h in document.oxml.headers], [s.element for s in document.sections]


def _name(element: Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _children(element: Element, name: str) -> Iterator[Element]:
    return (child for child in element if _name(child) == name)


def _descendants(element: Element, name: str) -> Iterator[Element]:
    return element.iter("{*}" + name)  # type: ignore[no-any-return]


@dataclass(slots=True)
class _Walk:
    """One walk through a document: what has been learned of it, and where the walk is."""

    numbering: Numbering = field(default_factory=lambda: Numbering({}))
    listed: dict[str, tuple[str, str, int]] = field(default_factory=dict)  # by paragraph shape
    outline: str = "1"
    deleted: bool = False
    headers: list[Block] = field(default_factory=list)
    footers: list[Block] = field(default_factory=list)

    def learn(self, head: Element) -> None:
        """Take in the lists and paragraph shapes of a header part."""
        lists: dict[str, list[Level]] = {}
        for numbering in _descendants(head, "numbering"):
            lists["NUMBER" + numbering.get("id", "")] = [
                Level(level.text or "", level.get("numFormat", ""), _number(level, "start", 1))
                for level in _children(numbering, "paraHead")
            ]
        for bullet in _descendants(head, "bullet"):
            lists["BULLET" + bullet.get("id", "")] = [Level(bullet.get("char", ""))] * 10
        self.numbering = Numbering(lists)
        for shape in _descendants(head, "paraPr"):
            for heading in _descendants(shape, "heading"):
                kind = heading.get("type", "NONE")
                if kind != "NONE":
                    listed = (kind, heading.get("idRef", ""), _number(heading, "level", 0))
                    self.listed.setdefault(shape.get("id", ""), listed)

    def section(self, section: Element) -> list[Block]:
        properties = next(_descendants(section, "secPr"), None)
        if properties is not None:
            self.outline = properties.get("outlineShapeIDRef", self.outline)
        return self.paragraphs(section)

    def paragraphs(self, parent: Element) -> list[Block]:
        """Return the blocks among the children of a section or list; other programs leave out
        the paragraph round a table."""
        blocks: list[Block] = []
        for child in parent:
            blocks += self.paragraph(child) if _name(child) == "p" else self.object(child)
        return blocks

    def paragraph(self, paragraph: Element) -> list[Block]:
        """Return the blocks of a paragraph: its text and what is anchored in it.

        What stands in the line like a character keeps its place; the rest comes below.
        """
        blocks: list[Block] = []
        line: list[str] = []
        below: list[Block] = []

        def flush() -> None:
            text = "".join(line)
            if text.strip():
                blocks.append(self.marker(paragraph) + text if not blocks else text)
            line.clear()

        for run in paragraph:
            for part in _chosen(run) if _name(run) == "run" else (run,):
                name = _name(part)
                if name == "t":
                    line.append(self.text(part))
                elif name == "ctrl":
                    below += self.controls(part)
                elif name in ("dutmal", "compose"):
                    main = next(_children(part, "mainText"), None)
                    line.append(part.get("composeText", "") if main is None else main.text or "")
                elif not self.deleted:
                    placed = self.object(part)
                    position = next(_children(part, "pos"), None)
                    if position is not None and position.get("treatAsChar") == "1" and placed:
                        flush()
                        blocks += placed
                    else:
                        below += placed
        flush()
        return [*blocks, *below]

    def marker(self, paragraph: Element) -> str:
        """Return the number or bullet before a paragraph."""
        listed = self.listed.get(paragraph.get("paraPrIDRef", ""))
        if listed is None:
            return ""
        kind, of_list, level = listed
        if kind == "OUTLINE":
            kind, of_list = "NUMBER", self.outline
        return self.numbering.marker(kind + of_list, level)

    def text(self, text: Element) -> str:
        """Return what is seen of a stretch of text; a deletion may reach over several."""
        parts = [] if self.deleted else [text.text or ""]
        for mark in text:
            name = _name(mark)
            if name in ("deleteBegin", "deleteEnd"):
                self.deleted = name == "deleteBegin"
            elif not self.deleted:
                parts.append(_SPACES.get(name, ""))
            if not self.deleted:
                parts.append(mark.tail or "")
        return "".join(parts)

    def controls(self, control: Element) -> list[Block]:
        """Return the notes of a control; headers and footers are put aside."""
        notes: list[Block] = []
        for part in control:
            name = _name(part)
            if name not in ("header", "footer", "footNote", "endNote"):
                continue
            blocks = [b for body in _children(part, "subList") for b in self.paragraphs(body)]
            if name == "header":
                self.headers += blocks
            elif name == "footer":
                self.footers += blocks
            elif not self.deleted and (note := " ".join(lines_of(blocks))):
                notes.append(f"※ {note}")
        return notes

    def object(self, shape: Element) -> list[Block]:
        """Return what a table or a drawing holds, its caption first."""
        blocks: list[Block] = []
        for caption in _children(shape, "caption"):
            for body in _children(caption, "subList"):
                blocks += self.paragraphs(body)
        name = _name(shape)
        if name == "tbl":
            blocks.append(Table([self.row(row) for row in _children(shape, "tr")]))
        elif name == "textart":
            blocks.append(shape.get("text", ""))
        for part in shape:
            if _name(part) == "drawText":
                for body in _children(part, "subList"):
                    blocks += self.paragraphs(body)
            elif name == "container" and _name(part) != "caption":
                blocks += self.object(part)
        return blocks

    def row(self, row: Element) -> list[Cell]:
        cells: list[Cell] = []
        for cell in _children(row, "tc"):
            span = next(_children(cell, "cellSpan"), cell)
            blocks = [b for body in _children(cell, "subList") for b in self.paragraphs(body)]
            rowspan, colspan = _number(span, "rowSpan", 1), _number(span, "colSpan", 1)
            cells.append(Cell(blocks, rowspan, colspan, cell.get("header") == "1"))
        return cells


def _chosen(run: Element) -> Iterator[Element]:
    """Yield the parts of a run, of a switch those of its first choice."""
    for part in run:
        if _name(part) == "switch":
            yield from next(iter(part), ())
        else:
            yield part


def _number(element: Element, attribute: str, default: int) -> int:
    value = element.get(attribute, "")
    return int(value) if value.isascii() and value.isdigit() else default
