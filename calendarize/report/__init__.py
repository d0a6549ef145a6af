"""A document becomes a `Report`: its lines, its outline, its tables; nothing about time yet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from calendarize.report.canonical import canonical
from calendarize.report.errors import ReportError
from calendarize.report.files import find_reports, read
from calendarize.report.front import department_of, front_end, number_date, title_of
from calendarize.report.model import Block, Cell, Report, Table
from calendarize.report.outline.blocks import close_gaps, items
from calendarize.report.outline.lines import line_starts, lines_of
from calendarize.report.outline.nesting import nest
from calendarize.report.readers import Document, documents
from calendarize.report.tables import html_tables

__all__ = [
    "Block",
    "Cell",
    "Document",
    "Report",
    "ReportError",
    "Table",
    "documents",
    "find_reports",
    "read_all",
    "read_bytes",
    "read_document",
    "read_file",
    "read_text",
]


def read_text(text: str, source: str) -> Report:
    """Return the report that a text is; any text is one.

    >>> report = read_text("□ 추진일정\\n\\n- 회의 : ’21. 5. 3.", "예.txt")
    >>> [(block.kind, block.text) for block in report.blocks]
    [('heading', '추진일정'), ('bullet', "회의 : '21. 5. 3.")]
    """
    view, columns, tags, unseen = canonical(text.replace("\r\n", "\n"))
    starts = line_starts(view)
    found = items(view, lines_of(view, starts, html_tables(view, tags) if tags else []))
    if unseen:
        close_gaps(view, found, unseen)
    front = front_end(view, starts, found)
    nest(found, front)
    blocks = [item.block for item in found]
    title_page = [block for block in blocks if block.start < front]
    return Report(
        source=source,
        lines=text.split("\n"),
        view=view,
        blocks=blocks,
        front=front,
        title=title_of(title_page, blocks),
        department=department_of(view, title_page, found),
        line_starts=starts,
        columns=columns,
        numbered=number_date(view),
    )


def read_document(document: Document) -> Report:
    """Return the report that a document is; `ReportError` when it cannot be read."""
    return read_text(document.text(), document.source)


def read_all(data: bytes, source: str) -> Iterator[Report | ReportError]:
    """Yield the report in a document's bytes, or those in an archive of documents.

    The format is told by the bytes. What cannot be read is an error in its place. A report in an
    archive has the source `archive.zip/folder/report.hwp`.
    """
    for document in documents(data, source):
        try:
            yield read_document(document)
        except ReportError as error:
            yield error


def read_bytes(data: bytes, source: str) -> Report:
    """Return the one report in a document's bytes; `ReportError` when they hold none or several."""
    report, *more = read_all(data, source)
    if more:
        problem = f"문서가 {len(more) + 1}개 든 압축 파일입니다"
        raise ReportError(source, problem, "압축을 풀어 문서 하나를 지정하세요.")
    if isinstance(report, ReportError):
        raise report
    return report


def read_file(path: Path) -> Report:
    """Return the one report in a file; `ReportError` when it cannot be read."""
    path = Path(path)
    return read_bytes(read(path), path.name)
