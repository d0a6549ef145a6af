"""The sample reports as the documents that offices send, in `tests/documents/`.

`python -m tests.documents` writes them anew. It needs more than the tests do: LibreOffice
(`soffice`) and the font NanumGothic for the PDF, `fpdf2` for the one with columns, `qpdf` and
`msoffcrypto-tool` for the locked ones.
"""

from __future__ import annotations

import html
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from tests.examples import reports

FOLDER = Path(__file__).parent / "documents"
FONT = Path("/usr/share/fonts/truetype/nanum/NanumGothic.ttf")
PASSWORD = "1234"
FORMATS = ("hwp", "hwpx", "docx", "xlsx", "html", "pdf")


def path(report: Path, form: str) -> Path:
    return FOLDER / f"{report.stem}.{form}"


def parts(text: str) -> list[str | list[list[str]]]:
    """Return the paragraphs of a text, and its tables as rows of cells."""
    found: list[str | list[list[str]]] = []
    for line in text.split("\n"):
        if "\t" in line:
            if not found or isinstance(found[-1], str):
                found.append([])
            found[-1].append(line.split("\t"))  # type: ignore[union-attr]
        elif line.strip() or (found and not isinstance(found[-1], str)):
            found.append(line)
    return [part for part in found if part]


def hwpx(text: str) -> Any:
    from hwpx import HwpxDocument

    document = HwpxDocument.new()
    for part in parts(text):
        if isinstance(part, str):
            document.add_paragraph(part)
            continue
        table = document.add_table(len(part), max(map(len, part)))
        for row, cells in enumerate(part):
            for column, cell in enumerate(cells):
                table.cell(row, column).text = cell
    return document


def docx(text: str) -> Any:
    from docx import Document
    from docx.oxml.ns import qn
    from docx.shared import Pt

    document = Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = "NanumGothic", Pt(10)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "NanumGothic")
    for part in parts(text):
        if isinstance(part, str):
            document.add_paragraph(part)
            continue
        table = document.add_table(len(part), max(map(len, part)), style="Table Grid")
        for row, cells in enumerate(part):
            for column, cell in enumerate(cells):
                table.cell(row, column).text = cell
    return document


def xlsx(text: str) -> Any:
    from openpyxl import Workbook

    book = Workbook()
    row = 0
    for part in parts(text):
        if isinstance(part, str):
            row += 1
            book.active.cell(row, 1, part).data_type = "s"
        else:
            for cells in part:
                row += 1
                for column, cell in enumerate(cells, 1):
                    book.active.cell(row, column, cell or None)
        row += 1
    return book


def page(text: str) -> str:
    lines = []
    for part in parts(text):
        if isinstance(part, str):
            indent = "&nbsp;" * (len(part) - len(part.lstrip()))
            lines.append(f"<p>{indent}{html.escape(part.lstrip())}</p>")
        else:
            rows = "".join(
                "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>\n"
                for row in part
            )
            lines.append(f"<table>\n{rows}</table>")
    body = "\n".join(lines)
    return (
        "<!DOCTYPE html>\n<html lang='ko'><head><meta charset='utf-8'><title>보고</title>"
        "<script>var today = '2031-01-01';</script><style>p { margin: 0 }</style></head>\n"
        "<body><nav><a href='/'>2032. 1. 1. 공지</a></nav>\n"
        f"<main>\n{body}\n</main>\n<footer>© 2033. 1. 1.</footer></body></html>\n"
    )


def pdf_of(document: Path) -> None:
    """Let LibreOffice print a document beside it."""
    with tempfile.TemporaryDirectory() as home:
        command = ["soffice", f"-env:UserInstallation=file://{home}", "--headless"]
        command += ["--convert-to", "pdf", "--outdir", str(FOLDER), str(document)]
        subprocess.run(command, check=True, capture_output=True)


def write() -> None:
    FOLDER.mkdir(exist_ok=True)
    for report in reports():
        text = report.read_text(encoding="utf-8")
        for form in ("hwpx", "hwp"):
            hwpx(text).save_to_path(str(path(report, form)))
        docx(text).save(str(path(report, "docx")))
        xlsx(text).save(str(path(report, "xlsx")))
        path(report, "html").write_text(page(text), "utf-8")
        pdf_of(path(report, "docx"))


if __name__ == "__main__":
    write()
