"""Tables to paste into a report: an Excel sheet, a Word and a Hancom document, a row an entry.

All bear calendarize as their creator (`report.own`); the same events give the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from itertools import count

from calendarize.events.model import Event
from calendarize.export.moved import moved_from
from calendarize.export.options import Options, title_of
from calendarize.export.text import one_line
from calendarize.export.timeline import chronological, period
from calendarize.export.words import KINDS, day_words, marked, standing, when
from calendarize.report.own import NAME

HEADINGS = ("날짜", "일정", "구분", "장소", "담당", "상태", "출처", "주의")
WIDTHS = (26, 52, 10, 22, 18, 8, 24, 36)
"""How wide the columns are, in characters."""
_SHOWN = 5
"""So many columns stand in a document, which is narrower than a sheet."""
_PAGE_INCHES = 9.6
_FONT = "맑은 고딕"
_MODIFIED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_HANCOM_PAGE = 72850
"""The width of A4 landscape within margins of 20 mm, in HWPUNIT (a 7200th of an inch)."""
_HANCOM_MARGINS = dict.fromkeys(("left", "right", "top", "bottom"), 20.0)
_HANCOM_META = re.compile(
    rb'(<opf:meta name="(creator|lastsaveby|CreatedDate|ModifiedDate|date)"[^>]*>)[^<]*'
)
_HANCOM_ID = re.compile(rb'(<hp:(?:p|tbl)\b[^>]*? id=")\d+')


def render_xlsx(events: Sequence[Event], options: Options) -> bytes:
    """Return a workbook with one sheet: fixed headings that filter, wrapped cells, A4 landscape."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    book = Workbook()
    book.properties.creator = NAME
    sheet = book.active
    sheet.title = "일정"
    sheet.append(HEADINGS)
    for row in _rows(events, options):
        sheet.append([f"'{cell}" if cell[:1] in ("=", "+", "@") else cell for cell in row])
    for cell in sheet[1]:
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="E8EDF5")
    for row in sheet.iter_rows():
        for cell in row:
            cell.alignment = Alignment(vertical="top", wrap_text=True)
    for at, width in enumerate(WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    sheet.freeze_panes, sheet.auto_filter.ref = "A2", sheet.dimensions
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage = 0, True
    sheet.print_title_rows = "1:1"
    written = io.BytesIO()
    book.save(written)
    return _steady(written.getvalue(), options)


def render_docx(events: Sequence[Event], options: Options) -> bytes:
    """Return a document, A4 landscape: the title, the period, and a table with a heading row."""
    from docx import Document
    from docx.enum.section import WD_ORIENT
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Inches, Mm, Pt

    document = Document()
    document.core_properties.author = NAME
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = _FONT, Pt(9)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    page = document.sections[0]
    page.orientation, page.page_width, page.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(20)
    heading = document.add_paragraph().add_run(_titled(events, options))
    heading.bold, heading.font.size = True, Pt(14)
    document.add_paragraph(_told(events, options))
    table = document.add_table(rows=1, cols=_SHOWN, style="Table Grid")
    share = [width / sum(WIDTHS[:_SHOWN]) for width in WIDTHS[:_SHOWN]]
    for at, line in enumerate(_lines(events, options)):
        cells = (table.rows[0] if at == 0 else table.add_row()).cells
        for cell, text, part in zip(cells, line, share, strict=True):
            cell.width = Inches(_PAGE_INCHES * part)
            cell.paragraphs[0].add_run(text).bold = at == 0
    repeat = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeat)
    written = io.BytesIO()
    document.save(written)
    return _steady(written.getvalue(), options)


def render_hwpx(events: Sequence[Event], options: Options) -> bytes:
    """Return a Hancom document of the same shape; its heading row comes back on every page."""
    from hwpx.document import HwpxDocument

    document = HwpxDocument.new()
    document.page.setup(paper_size="A4", orientation="landscape", margins_mm=_HANCOM_MARGINS)
    large, bold = (document.styles.ensure_run(bold=True, size=size) for size in (14, 10))
    heading = document.paragraphs[0]
    heading.text = _titled(events, options)
    heading.char_pr_id_ref = large
    document.add_paragraph(_told(events, options), inherit_style=False)
    lines = _lines(events, options)
    table = document.add_table(len(lines), _SHOWN, width=_HANCOM_PAGE)
    table.set_column_widths(list(WIDTHS[:_SHOWN]))
    table.element.set("repeatHeader", "1")
    for at, (row, line) in enumerate(zip(table.rows, lines, strict=True)):
        for cell, text in zip(row.cells, line, strict=True):
            cell.set_text(text)
            if at == 0:
                cell.element.set("header", "1")
                cell.paragraphs[0].char_pr_id_ref = bold
    return _steady(document.to_bytes(), options)


def _titled(events: Sequence[Event], options: Options) -> str:
    return one_line(options.calendar_name or title_of(events)) + " 일정"


def _told(events: Sequence[Event], options: Options) -> str:
    """Return the line below the title: the period and the day of judgement."""
    told = (period(events, options), f"{day_words(options.today)} 기준")
    return " · ".join(filter(None, told))


def _lines(events: Sequence[Event], options: Options) -> list[Sequence[str]]:
    """Return the rows of a document, the headings first."""
    return [HEADINGS[:_SHOWN], *map(_narrow, _rows(events, options))]


def _rows(events: Sequence[Event], options: Options) -> Iterator[list[str]]:
    ordered = sorted(events, key=chronological) if options.sort == "date" else events
    many = len({e.department for e in events if e.department}) > 1
    for event in ordered:
        charge = (event.department if many else None, event.unit)
        source = event.source
        cells = (
            when(event),
            "\n".join(filter(None, (marked(event, event.title), moved_from(event)))),
            KINDS[event.kind],
            event.location or "",
            " ".join(filter(None, charge)),
            standing(event, options.today)[1],
            f"{source.report}:{source.line}",
            "\n".join(map(one_line, event.doubts)),
        )
        yield ["\n".join(map(one_line, cell.split("\n"))) for cell in cells]


def _narrow(row: Sequence[str]) -> list[str]:
    """Return a row as a document shows it: what is doubtful stands below the title."""
    when_told, title, *rest = row[:_SHOWN]
    doubts = (f"⚠ {doubt}" for doubt in row[-1].split("\n") if doubt)
    return [when_told, "\n".join((title, *doubts)), *rest]


def _steady(data: bytes, options: Options) -> bytes:
    """Return a package without the hour at which it was written: the report's day stands for it."""
    stamp = f"{options.stamp:%Y-%m-%dT%H:%M:%SZ}".encode()
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(written, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = _MODIFIED.sub(rb"\g<1>" + stamp, part)
            if name == "Contents/content.hpf":
                part = _HANCOM_META.sub(lambda meta: _meta(meta, stamp), part)
            if name.startswith("Contents/section"):
                numbers = count(1)
                part = _HANCOM_ID.sub(lambda one: one[1] + b"%d" % next(numbers), part)  # noqa: B023
            stored = name == "mimetype"  # the format wants to see it as it is
            how = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            new.writestr(zipfile.ZipInfo(name), part, how)
    return written.getvalue()


def _meta(found: re.Match[bytes], stamp: bytes) -> bytes:
    """Return a property of a Hancom document: calendarize as its creator, the report's day."""
    return found[1] + (NAME.encode() if found[2] in (b"creator", b"lastsaveby") else stamp)
