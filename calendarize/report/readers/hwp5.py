"""HWP 5 as OWPML: of the tree that `python-hwpx` converts it to, what `hwp` reads of it.

The library writes all that a page looks like as well, packs it as an HWPX file and parses that
again. This takes its converter of sections alone, and leaves out what only a layout needs: six
times as fast on real documents, with the same text.
"""

from __future__ import annotations

import re
import struct
from typing import Any

from hwpx.hwp5 import bodytext, docinfo, records
from hwpx.hwp5.cfb import CompoundFile, build_compound_file, read_all_streams
from hwpx.hwp5.errors import Hwp5Error
from hwpx.hwp5.owpml import HEADING, NUMBER_FORMAT, q, token, xml_text
from hwpx.hwp5.reader import Hwp5File, read_hwp5
from hwpx.hwp5.section_common import ConversionReport
from hwpx.hwp5.section_xml import SectionWriter
from lxml import etree

from calendarize.report.errors import ReportError

Element = Any
"""An lxml element."""

_FLAGS_AT = 36
"""Where the properties stand in the stream `FileHeader` (HWP 5.0 specification, 3.2.1)."""
_SIGNATURE = b"HWP Document File"
_DISTRIBUTED = 0x04
_PROTECTIONS = (
    (
        0x02 | 0x100,
        "암호가 걸린 한글(HWP) 문서입니다",
        "한글에서 열어 암호를 풀고 다시 저장하세요.",
    ),
    (0x10 | 0x400, "DRM으로 보호된 한글(HWP) 문서입니다", "보호를 푼 원본 문서를 지정하세요."),
)
_KEY_RECORD = slice(4, 260)
"""Where in a section of a document for distribution the record stands that holds its key."""
_HALF = re.compile("[\ud800-\udfff]")
MAX_RECORDS = 300_000
"""How many records a section may have; a paragraph has three or four of them."""
MAX_UNPACKED = 64 * 1024 * 1024
"""How long a section may be unpacked, bytes."""


def parts(data: bytes, source: str) -> tuple[Element, list[Element]]:
    """Return the header and the sections of an HWP 5 file.

    Raises `ReportError` where it is protected or too long, any error of the library where it is
    damaged.
    """
    records.MAX_RECORDS, records.MAX_INFLATED_BYTES = MAX_RECORDS, MAX_UNPACKED
    try:
        document = read_hwp5(_unlocked(data, source))
    except Hwp5Error as error:
        if error.code == "hwp5-limit-exceeded":
            problem = "지나치게 긴 한글(HWP) 문서입니다"
            raise ReportError(source, problem, "문서를 나누어 저장하세요.") from error
        raise
    try:
        sections = list(map(_section, document.sections))
    except UnicodeEncodeError:
        _mend_halves(document)
        sections = list(map(_section, document.sections))
    return _head(document.docinfo), sections


def _unlocked(data: bytes, source: str) -> bytes:
    """Return an HWP 5 file as it was before it was saved for distribution (배포용).

    Raises `ReportError` where the file says of itself that it is protected otherwise.
    """
    at = data.find(_SIGNATURE)
    flags = int.from_bytes(data[at + _FLAGS_AT : at + _FLAGS_AT + 4], "little") if at >= 0 else 0
    for flag, problem, remedy in _PROTECTIONS:
        if flags & flag:
            raise ReportError(source, problem, remedy)
    if not flags & _DISTRIBUTED:
        return data
    try:
        return _undistributed(data)
    except Exception as error:
        problem = "읽을 수 없는 배포용(복사·인쇄 제한) 한글(HWP) 문서입니다"
        remedy = "배포용으로 저장하기 전의 원본 문서를 지정하세요."
        raise ReportError(source, problem, remedy) from error


def _undistributed(data: bytes) -> bytes:
    """Return a document with its sections where they usually are, the key being in the file."""
    from syhwp._crypt import decrypt_section, section_key

    streams = dict(read_all_streams(CompoundFile(data)))
    sections = [name for name in streams if name.startswith("ViewText/Section")]
    if not sections:
        raise ValueError("no section to show")
    for name in sections:
        section = streams.pop(name)
        clear = decrypt_section(section[_KEY_RECORD.stop :], section_key(section[_KEY_RECORD]))
        streams[name.replace("ViewText", "BodyText")] = clear
    header = bytearray(streams["FileHeader"])
    header[_FLAGS_AT] &= ~_DISTRIBUTED
    streams["FileHeader"] = bytes(header)
    return bytes(build_compound_file(list(streams.items())))


def _mend_halves(document: Hwp5File) -> None:
    """Replace the halves of characters (lone surrogates) in the text of a document."""
    for section in document.sections:
        for record in section.records:
            if record.tag == records.PARA_TEXT:
                text = record.payload.decode("utf-16-le", "surrogatepass")
                record.payload = _HALF.sub("\ufffd", text).encode("utf-16-le")


# ---------------------------------------------------------------- the header


def _head(stream: records.RecordStream) -> Element:
    """Return the lists and the paragraph shapes of a document, as a header part has them."""
    head = etree.Element(q("hh:head"))
    made = dict.fromkeys(_LEARNED, 0)
    for record in stream.records:
        if (learn := _LEARNED.get(record.tag)) is not None:
            learn(head, made[record.tag], record.payload)
            made[record.tag] += 1
    return head


def _numbering(head: Element, before: int, payload: bytes) -> None:
    read = docinfo.Numbering.decode(payload)
    numbering = etree.SubElement(head, q("hh:numbering"), id=str(before + 1))
    starts = [*(read.level_starts or [1] * 7), *(read.extended_starts or [1] * 3)]
    for level, start in zip([*read.heads, *read.extended_heads], starts, strict=False):
        form = token(NUMBER_FORMAT, level.props >> 5 & 0x1F)
        named = {"numFormat": form, "start": str(start)}
        etree.SubElement(numbering, q("hh:paraHead"), named).text = xml_text(level.format)


def _bullet(head: Element, before: int, payload: bytes) -> None:
    char = docinfo.Bullet.decode(payload).char
    sign = xml_text(chr(char)) if char else ""
    etree.SubElement(head, q("hh:bullet"), id=str(before + 1), char=sign)


def _shape(head: Element, before: int, payload: bytes) -> None:
    (properties,) = _PROPERTIES.unpack_from(payload)
    if not properties >> 23 & 0x3:
        return  # its paragraphs stand in no list: most do
    read = docinfo.ParaShape.decode(payload)
    kind = token(HEADING, read.props1 >> 23 & 0x3)
    level = read.props1 >> 25 & 0x7 if read.level is None else read.level
    named = {"type": kind, "idRef": str(read.numbering_id), "level": str(level)}
    shape = etree.SubElement(head, q("hh:paraPr"), id=str(before))
    etree.SubElement(shape, q("hh:heading"), named)


_PROPERTIES = struct.Struct("<I")
"""What a paragraph shape begins with."""
_LEARNED = {records.NUMBERING: _numbering, records.BULLET: _bullet, records.PARA_SHAPE: _shape}


# ---------------------------------------------------------------- sections

_SECTION, _PARAGRAPH, _CELL, _LIST, _SPAN = map(
    q, ("hs:sec", "hp:p", "hp:tc", "hp:subList", "hp:cellSpan")
)
_CELL_HEADER = struct.Struct("<6xH4xHH")
"""Of the head of a cell's list: its properties, over how many columns and rows it is merged."""
_HEADS = 0x4


class _Section(SectionWriter):
    """The library's converter of a section, without fonts, margins and lines of a layout."""

    def paragraph(self, parent: Element, record: records.Record) -> None:
        read, marks = bodytext.parse_paragraph(record), self.marks(record)
        paragraph = etree.SubElement(parent, _PARAGRAPH, paraPrIDRef=str(read.para_shape_id))
        read.char_shapes = []
        if read.chunks or marks:
            self.runs(paragraph, read, marks)

    def cell(
        self,
        tr: Element,
        header: records.Record,
        paragraphs: list[records.Record],
        table_inner: object = None,
    ) -> None:
        cell = etree.SubElement(tr, _CELL)
        self.paragraphs(etree.SubElement(cell, _LIST), paragraphs)
        padded = header.payload.ljust(_CELL_HEADER.size, b"\0")
        flags, columns, rows = _CELL_HEADER.unpack_from(padded)
        if flags & _HEADS:
            cell.set("header", "1")
        etree.SubElement(cell, _SPAN, colSpan=str(columns), rowSpan=str(rows))


def _section(stream: records.RecordStream) -> Element:
    section = etree.Element(_SECTION)
    _Section(ConversionReport()).paragraphs(section, stream.roots)
    return section
