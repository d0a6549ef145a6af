"""Tiny files that cost far more than they weigh, over all formats: what they are and how they
are made.

Each has to be read or refused well within the limits: mended where it is, not only caught.
"""

from __future__ import annotations

import bz2
import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable
from functools import cache

from tests import documents, examples

LINE = "- 회의 개최 : 2021. 7. 8.(목)\n"
HEAD = "업무 보고\n2021. 5. 3.\n총무과\n\n"


@cache
def sample(form: str) -> bytes:
    return documents.path(examples.reports()[0], form).read_bytes()


# ---------------------------------------------------------------- packages


def packed(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return stream.getvalue()


def members(form: str) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(sample(form))) as file:
        return {name: file.read(name) for name in file.namelist()}


def changed(form: str, **parts: Callable[[bytes], bytes]) -> bytes:
    """Return a sample with parts changed; a part is named by how its name ends."""
    found = members(form)
    for name in list(found):
        for part, change in parts.items():
            if name.endswith(part + ".xml"):
                found[name] = change(found[name])
    return packed(found)


def lying(method: int, pressed: bytes, name: str = "보고.txt", told: int = 100) -> bytes:
    """Return an archive whose member says that it is `told` bytes long."""
    data, encoded = pressed, name.encode()
    local = struct.pack(
        "<4sHHHHHIIIHH", b"PK\3\4", 20, 0x800, method, 0, 0, 0, len(data), told, len(encoded), 0
    )
    central = struct.pack(
        "<4sHHHHHHIIIHHHHHII",
        b"PK\1\2", 20, 20, 0x800, method, 0, 0, 0, len(data), told, len(encoded), 0, 0, 0, 0, 0, 0,
    )  # fmt: skip
    body = local + encoded + data
    directory = central + encoded
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 1, 1, len(directory), len(body), 0)
    return body + directory + end


def deflated(piece: bytes, times: int) -> bytes:
    """Return what a piece so many times is as raw deflate; one flushed piece can be repeated."""
    pressed = zlib.compressobj(9, wbits=-15)
    first = pressed.compress(piece) + pressed.flush(zlib.Z_FULL_FLUSH)
    again = pressed.compress(piece) + pressed.flush(zlib.Z_FULL_FLUSH)
    return first + again * (times - 1) + pressed.flush()


def zlibbed(piece: bytes, times: int) -> bytes:
    checksum = 1
    for _ in range(times):
        checksum = zlib.adler32(piece, checksum)
    return b"\x78\xda" + deflated(piece, times) + checksum.to_bytes(4, "big")


def lzma_in_zip(size: int) -> bytes:
    filters = [{"id": lzma.FILTER_LZMA1, "preset": 6, "dict_size": 1 << 20}]
    pressed = lzma.LZMACompressor(lzma.FORMAT_RAW, filters=filters)
    data = b"".join(pressed.compress(bytes(1 << 20)) for _ in range(size >> 20)) + pressed.flush()
    return struct.pack("<BBH", 9, 4, 5) + struct.pack("<BI", 93, 1 << 20) + data


# ---------------------------------------------------------------- HWPX and DOCX

P = b"<hp:p><hp:run><hp:t>5. 3.</hp:t></hp:run></hp:p>"


PLAIN = "<hp:p><hp:run><hp:t>회의</hp:t></hp:run></hp:p>".encode()


def section(inside: bytes) -> Callable[[bytes], bytes]:
    return lambda xml: xml.replace(b"</hs:sec>", inside + b"</hs:sec>")


def in_run(inside: bytes) -> bytes:
    return b"<hp:p><hp:run>" + inside + b"</hp:run></hp:p>"


def cell(inside: bytes, rows: int = 1, columns: int = 1) -> bytes:
    span = f'<hp:cellSpan rowSpan="{rows}" colSpan="{columns}"/>'.encode()
    return b"<hp:tc><hp:subList>" + inside + b"</hp:subList>" + span + b"</hp:tc>"


def hwpx_table(rows: int, columns: int, rowspan: int, colspan: int) -> bytes:
    row = b"<hp:tr>" + cell(P, rowspan, colspan) * columns + b"</hp:tr>"
    return changed("hwpx", section0=section(in_run(b"<hp:tbl>" + row * rows + b"</hp:tbl>")))


def nested_hwpx(depth: int) -> bytes:
    opening = b"<hp:p><hp:run><hp:tbl><hp:tr><hp:tc><hp:subList>" * depth
    closing = b"</hp:subList></hp:tc></hp:tr></hp:tbl></hp:run></hp:p>" * depth
    return changed("hwpx", section0=section(opening + P + closing))


def body(inside: bytes) -> bytes:
    return changed("docx", document=lambda xml: xml.replace(b"<w:sectPr", inside + b"<w:sectPr", 1))


WORDS = "<w:p><w:r><w:t>회의</w:t></w:r></w:p>".encode()
WP = b"<w:p><w:r><w:t>5. 3.</w:t></w:r></w:p>"


def word_table(rows: int, columns: int, properties: bytes) -> bytes:
    row = b"<w:tr>" + (b"<w:tc><w:tcPr>" + properties + b"</w:tcPr>" + WP + b"</w:tc>") * columns
    return body(b"<w:tbl>" + (row + b"</w:tr>") * rows + b"</w:tbl>")


def docx_with_parts(count: int, size: int) -> bytes:
    """Return a DOCX with many headers, each below the limit of one part."""
    found = members("docx")
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/header"
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    part = f"<w:hdr {space}>".encode() + b"<w:p/>" * (size // 6) + b"</w:hdr>"
    types, relations = "", ""
    for at in range(count):
        found[f"word/h{at}.bin"] = part
        types += f'<Override PartName="/word/h{at}.bin" ContentType="{kind}"/>'
        relations += f'<Relationship Id="h{at}" Type="{relation}" Target="h{at}.bin"/>'
    for name, end, more in (
        ("[Content_Types].xml", b"</Types>", types),
        ("word/_rels/document.xml.rels", b"</Relationships>", relations),
    ):
        found[name] = found[name].replace(end, more.encode() + end)
    return packed(found)


# ---------------------------------------------------------------- XLSX


def sheet(data: bytes, behind: bytes = b"") -> bytes:
    space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    whole = b'<worksheet xmlns="' + space + b'"><sheetData>' + data + b"</sheetData>" + behind
    return changed("xlsx", sheet1=lambda _: whole + b"</worksheet>")


CELL = b'<c r="A1" t="inlineStr"><is><t>2021. 5. 3.</t></is></c>'


def merged(*areas: str) -> bytes:
    found = "".join(f'<mergeCell ref="{area}"/>' for area in areas).encode()
    return sheet(b'<row r="1">' + CELL + b"</row>", b"<mergeCells>" + found + b"</mergeCells>")


def many_cells(rows: int, columns: int) -> bytes:
    row = b"<row>" + b"<c><v>1</v></c>" * columns + b"</row>"
    return sheet(row * rows)


# ---------------------------------------------------------------- PDF


def pdf(*objects: bytes) -> bytes:
    """Return a PDF of some objects, the first of which is the catalogue."""
    data, places = b"%PDF-1.7\n", []
    for at, each in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n" % at + each + b"\nendobj\n"
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    data += b"trailer <</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)
    return data


def stream(data: bytes, extra: bytes = b"", begin: bytes = b"stream\n") -> bytes:
    return b"<</Length %d %s>>\n" % (len(data), extra) + begin + data + b"\nendstream"


def page(content: bytes, resources: bytes = b"", *more: bytes) -> bytes:
    """Return a PDF of one page; `more` are objects from 5 on."""
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<<"
        + resources
        + b">>>>",
        content,
        *more,
    )


SHOW = b"BT /F1 12 Tf 50 700 Td (2021. 5. 3.) Tj ET\n"
FONT = b"/Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"


def type0(widths: bytes, unicode: bytes) -> bytes:
    return page(
        stream(b"BT /F1 12 Tf 50 700 Td <00410042> Tj ET"),
        b"/Font<</F1 5 0 R>>",
        b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H"
        b"/DescendantFonts[6 0 R]/ToUnicode 7 0 R>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/A/CIDSystemInfo<</Registry(Adobe)"
        b"/Ordering(Identity)/Supplement 0>>/FontDescriptor<</Type/FontDescriptor/FontName/A>>"
        + widths
        + b">>",
        stream(b"begincmap\n1 begincodespacerange <0000> <ffff> endcodespacerange\n" + unicode),
    )


def forms(depth: int, wide: int) -> bytes:
    """Return a page with a form that shows a form that shows a form."""
    objects = []
    for at in range(depth):
        inner = b"/X Do " * wide if at < depth - 1 else SHOW
        resources = b"/XObject<</X %d 0 R>>" % (6 + at) if at < depth - 1 else FONT
        extra = b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<<" + resources + b">>"
        objects.append(stream(inner, extra))
    return page(stream(b"/X Do " * wide), b"/XObject<</X 5 0 R>>", *objects)


def rules(count: int) -> bytes:
    lines = b"".join(
        b"%d 10 m %d 790 l S 10 %d m 590 %d l S\n" % (at, at, at, at)
        for at in (10 + 3.8 * n for n in range(count))
    )
    return page(stream(lines + SHOW), FONT)


def filtered(data: bytes, filters: bytes, begin: bytes = b"stream\n") -> bytes:
    return page(stream(data, b"/Filter[" + filters + b"]", begin), FONT)


# ---------------------------------------------------------------- HWP


def hwp(change: Callable[[bytes], bytes], name: str = "BodyText/Section0") -> bytes:
    """Return the sample HWP with a stream changed (what is in it, not how it is pressed)."""
    from hwpx.hwp5.cfb import CompoundFile, build_compound_file, read_all_streams

    streams = dict(read_all_streams(CompoundFile(sample("hwp"))))
    plain = zlib.decompress(streams[name], -15)
    pressed = zlib.compressobj(9, wbits=-15)
    streams[name] = pressed.compress(change(plain)) + pressed.flush()
    return build_compound_file(list(streams.items()))


def record(tag: int, level: int, content: bytes) -> bytes:
    size = min(len(content), 0xFFF)
    long = struct.pack("<I", len(content)) if size == 0xFFF else b""
    return struct.pack("<I", tag | level << 10 | size << 20) + long + content


PARAGRAPH = record(66, 0, struct.pack("<IIHBBHHHIH", 5, 0, 0, 0, 0, 1, 0, 1, 0, 0)) + record(
    67, 1, "5. 3.".encode("utf-16-le")
)

# ---------------------------------------------------------------- HTML


def html(inside: str) -> bytes:
    return f"<!DOCTYPE html><html><body>{inside}</body></html>".encode()


def mhtml(inside: bytes) -> bytes:
    return b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n" + inside


def text(inside: str) -> bytes:
    return (HEAD + inside).encode()


SPAN = '<td rowspan="99999" colspan="99999">5. 3.</td>'

BOMBS: dict[str, Callable[[], bytes]] = {
    # texts
    "comments before a page": lambda: b"<!--a-->" * 61,
    "comments without a page": lambda: b"<!--a--> " * 100_000 + b"<htm",
    "a line of pipes": lambda: text("|" * 50_000),
    "lines of pipes": lambda: text(("| a " * 500 + "\n") * 300),
    "separators of tables": lambda: text("|---|---|\n" * 60_000),
    "a line of digits": lambda: text("1" * 500_000),
    "a line of years": lambda: text("2021. " * 80_000),
    "a line of days": lambda: text("5. 3. " * 10_000),
    "a list of months": lambda: text("1, " * 150_000 + "월"),
    "a chain of ranges": lambda: text("5. 3. ~ " * 20_000),
    "open brackets": lambda: text("(" * 400_000),
    "brackets in brackets": lambda: text("(" * 50_000 + "5. 3." + ")" * 50_000),
    "a line of spaces": lambda: text(" " * 2_000_000 + "a"),
    "a line of tabs": lambda: text("\t" * 300_000),
    "lines of tabs": lambda: text(("a\t" * 300 + "\n") * 300),
    "empty lines": lambda: text("\n" * 2_000_000 + "끝"),
    "tildes": lambda: text("~" * 300_000),
    "apostrophes": lambda: text("'" * 300_000),
    "stars": lambda: text("*" * 300_000),
    "underscores": lambda: text("_" * 300_000),
    "ampersands": lambda: text("&#" * 200_000),
    "backslashes": lambda: text("\\" * 300_000),
    "boxes": lambda: text("□" * 300_000),
    "boxes in lines": lambda: text("□\n" * 150_000),
    "deeper and deeper": lambda: text("\n".join(" " * n + "- 회의" for n in range(1500))),
    "numbers of outlines": lambda: text("1.1." * 100_000),
    "every month": lambda: text("매월 " * 40_000),
    "sessions": lambda: text("제1회 " * 80_000),
    "the letter of months": lambda: text("월" * 300_000),
    "events without end": lambda: text(LINE * 15_000),
    "accents on a letter": lambda: text("가" + "\u0301" * 300_000),
    "jamo": lambda: text("\u1100\u1161" * 200_000),
    "unclosed tables": lambda: text("<table>" * 50_000),
    "tables in tables": lambda: text("<table><tr><td>" * 30_000 + "5. 3."),
    "rows without tables": lambda: text("<td>" * 100_000),
    "spans in a text": lambda: text("<table>" + f"<tr>{SPAN * 20}</tr>\n" * 300 + "</table>"),
    "an unclosed tag": lambda: text("<td " + "a" * 300_000),
    "unclosed tags": lambda: text("<td a=" * 60_000),
    "columns set by spaces": lambda: text(("a   " * 200 + "\n") * 300),
    "one word of Hangul": lambda: text("가" * 500_000),
    # pages
    "a long ordered list": lambda: html("<ol>" + "<li>5. 3.</li>" * 8_000 + "</ol>"),
    "lists in lists": lambda: html("<ol><li>5. 3." * 20_000),
    "boxes in boxes": lambda: html("<div>" * 100_000 + "5. 3."),
    "spans of a page": lambda: html("<table>" + f"<tr>{SPAN * 100}</tr>" * 100 + "</table>"),
    "a page of one line of pipes": lambda: html("<p>" + "| " * 50_000 + "</p>"),
    "a page of paragraphs": lambda: html("<p>회의" * 60_000),
    "attributes": lambda: html("<p " + " ".join(f"a{n}=1" for n in range(60_000)) + ">5. 3.</p>"),
    "a style without end": lambda: html("<p style='" + "display " * 100_000 + "'>5. 3.</p>"),
    "tables in tables of a page": lambda: html("<table><tr><td>5. 3." * 5_000),
    "cells of a page": lambda: html("<table>" + "<tr><td>5. 3." * 40_000 + "</table>"),
    "parts in parts": lambda: mhtml(
        b"".join(
            b"--%s\r\nContent-Type: multipart/related; boundary=%s\r\n\r\n" % (b"x" * n, b"x" * (n + 1))
            for n in range(1, 400)
        )
        + b"--" + b"x" * 400 + b"\r\nContent-Type: text/html\r\n\r\n<html><p>5. 3."
    ),
    "parts of a page": lambda: mhtml(b"--x\r\nContent-Type: text/plain\r\n\r\na\r\n" * 40_000),
    # archives
    "lies about deflate": lambda: lying(8, deflated(bytes(1 << 20), 3000)),
    "lies about bzip2": lambda: lying(12, bz2.compress(bytes(600 << 20))),
    "lies about lzma": lambda: lying(14, lzma_in_zip(600 << 20)),
    "thousands of texts": lambda: packed(
        {f"{n}.txt": (HEAD + LINE * 100).encode() for n in range(100)}
    ),
    "an archive of itself": lambda: packed(
        {f"{n}.zip": packed({f"{m}.txt": b" " for m in range(400)}) for n in range(20)}
    ),
    # HWPX, DOCX
    "spans of HWPX": lambda: hwpx_table(2, 2, 1_000_000, 1_000_000),
    "a table of spans of HWPX": lambda: hwpx_table(100, 100, 1000, 1000),
    "tables in tables of HWPX": lambda: nested_hwpx(2000),
    "paragraphs of HWPX": lambda: changed("hwpx", section0=section(PLAIN * 60_000)),
    "a lying part of HWPX": lambda: lying(
        8, deflated(bytes(1 << 20), 2000), "Contents/section0.xml"
    ),
    "spans of DOCX": lambda: word_table(2, 2, b'<w:gridSpan w:val="2000000000"/>'),
    "a table of spans of DOCX": lambda: word_table(
        100, 100, b'<w:gridSpan w:val="30000"/><w:vMerge w:val="restart"/>'
    ),
    "rows that begin far off": lambda: body(
        b'<w:tbl><w:tr><w:trPr><w:gridBefore w:val="2000000000"/></w:trPr><w:tc>' + WP
        + b"</w:tc></w:tr></w:tbl>"
    ),
    "tables in tables of DOCX": lambda: body(
        b"<w:tbl><w:tr><w:tc>" * 2000 + WP + b"</w:tc></w:tr></w:tbl>" * 2000
    ),
    "paragraphs of DOCX": lambda: body(WORDS * 50_000),
    "parts of DOCX under other names": lambda: docx_with_parts(12, 24 << 20),
    "a lying part of DOCX": lambda: lying(8, deflated(bytes(1 << 20), 2000), "word/document.xml"),
    # XLSX
    "the whole sheet merged": lambda: merged("A1:XFD1048576"),
    "a whole column merged": lambda: merged("A1:A1048576"),
    "areas over areas": lambda: merged(*(f"A{n}:XFD1048576" for n in range(1, 3000))),
    "a link on the whole sheet": lambda: sheet(
        b'<row r="1">' + CELL + b"</row>",
        b'<hyperlinks><hyperlink ref="A1:XFD1048576" location="a"/></hyperlinks>',
    ),
    "a choice for the whole sheet": lambda: sheet(
        b'<row r="1">' + CELL + b"</row>",
        b'<dataValidations count="1"><dataValidation type="list" sqref="A1:XFD1048576">'
        b"<formula1>1</formula1></dataValidation></dataValidations>",
    ),
    "cells of XLSX": lambda: many_cells(1000, 1500),
    "columns of XLSX": lambda: changed(
        "xlsx",
        sheet1=lambda xml: xml.replace(b"<sheetData>", b"<cols>" + b"<col min=\"1\" max=\"16384\" hidden=\"1\"/>" * 20_000 + b"</cols><sheetData>"),
    ),
    "texts of XLSX": lambda: changed(
        "xlsx", sharedStrings=lambda _: b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' + b"<si><t>a</t></si>" * 1_500_000 + b"</sst>"
    ),
    # PDF
    "names without end": lambda: type0(b"", b"1 beginbfrange <00000000> <7fffffff> <0000> endbfrange"),
    "names of CIDs": lambda: type0(b"", b"1 begincidrange <00000000> <7fffffff> 1 endcidrange"),
    "widths without end": lambda: type0(b"/W[0 2000000000 500]", b""),
    "heights without end": lambda: type0(b"/W2[0 2000000000 500 1 1]", b""),
    "Flate of Flate": lambda: filtered(
        zlib.compress(zlibbed(bytes(1 << 20), 3000)), b"/FlateDecode/FlateDecode"
    ),
    "Flate of run lengths": lambda: filtered(
        zlib.compress(b"\x81 " * 20_000_000), b"/FlateDecode/RunLengthDecode"
    ),
    "Flate in digits": lambda: filtered(
        zlibbed(bytes(1 << 20), 1500).hex().encode() + b">", b"/ASCIIHexDecode/FlateDecode"
    ),
    "Flate behind a space": lambda: filtered(
        zlibbed(bytes(1 << 20), 1500), b"/FlateDecode", b"stream \n"
    ),
    "LZW": lambda: filtered(zlib.compress(bytes(4_000_000)), b"/FlateDecode/LZWDecode"),
    "forms in forms": lambda: forms(12, 10),
    "a form in itself": lambda: page(
        stream(b"/X Do"),
        b"/XObject<</X 5 0 R>>",
        stream(b"/X Do /X Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>"),
    ),
    "ruled lines": lambda: rules(150),
    "a large grid": lambda: rules(75),
    "pages in circles": lambda: pdf(
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9>>"
    ),
    "arrays in arrays": lambda: page(stream(b"[" * 300_000), FONT),
    "saved states": lambda: page(stream(b"q " * 100_000 + SHOW), FONT),
    "words of a page": lambda: page(
        stream(b"".join(b"BT /F1 9 Tf %d %d Td (5. 3.) Tj ET\n" % (n % 500, n % 700) for n in range(3_000))),
        FONT,
    ),
    "curves of a page": lambda: page(stream(b"1 1 m 2 2 l 3 3 l h S\n" * 6_000 + SHOW), FONT),
    "a predictor": lambda: page(
        stream(
            zlibbed(bytes(1 << 20), 20),
            b"/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 1>>",
        ),
        FONT,
    ),
    # HWP
    "paragraphs of HWP": lambda: hwp(lambda plain: plain + PARAGRAPH * 1_000_000),
    "records of HWP": lambda: hwp(lambda plain: plain + record(67, 0, b"") * 3_000_000),
    "records in records of HWP": lambda: hwp(
        lambda plain: plain + b"".join(record(66, n % 1023, b"") for n in range(200_000))
    ),
    "zeros in HWP": lambda: hwp(lambda plain: plain + bytes(900 << 20)),
    "shapes of HWP": lambda: hwp(lambda plain: plain + record(25, 1, bytes(54)) * 300_000, "DocInfo"),
}  # fmt: skip
