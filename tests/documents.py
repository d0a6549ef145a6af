"""The sample reports as the documents that offices send, in `tests/documents/`.

`python -m tests.documents` writes them anew. That needs more than the tests do: LibreOffice
(`soffice`), `qpdf`, `zip`, the font NanumGothic, and the packages `fpdf2` and `msoffcrypto-tool`.
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


HEAD = "해달시의회 소식 제12호"
COLUMNS = """\
□ 임시회 일정
○ 제310회 임시회는 2023. 4. 17.(월)부터 4. 26.(수)까지 열흘 동안 열리며 첫날 제1차 본회의에서 회기를 결정하고 시정에 관한 보고를 듣는다.
○ 상임위원회는 4. 18.(화) ~ 4. 25.(화) 소관 부서의 조례안과 동의안을 심사하고 현장을 방문하며 주민의 의견을 듣는다.
○ 시정질문은 4. 20.(목) 14:00 본회의장에서 하고 의원 여섯 명이 교통과 주거, 돌봄 정책에 대하여 시장과 국장에게 묻는다.
□ 주민 참여 행사
○ 의회 견학 교실은 5. 11.(목) 10:00에 초등학생을 대상으로 열며 신청은 4월 28일까지 의회 누리집에서 받는다.
○ 열린 의정 토론회는 2023. 6. 8.(목) 15:00 대회의실에서 열며 도시재생 정책의 성과와 과제를 전문가와 주민이 함께 이야기한다.
□ 알림
○ 의회 방청 신청은 회의 하루 전까지 의회사무국으로 하며 휠체어 이용자를 위한 자리를 따로 둔다.
○ 결산검사는 2023. 5. 2.(화)부터 5. 31.(수)까지 위원 다섯 명이 하고 그 결과를 정례회에 낸다.
○ 의원 연구단체 중간 보고회는 7. 13.(목) 16:00 소회의실에서 열고 지역 경제와 기후 대응을 다룬다.
"""


def two_columns() -> None:
    """Write pages of two columns with running heads and page numbers."""
    from fpdf import FPDF

    class Paper(FPDF):
        def header(self) -> None:
            self.set_font("Nanum", size=8)
            self.cell(0, 8, HEAD, new_x="LMARGIN", new_y="NEXT")

        def footer(self) -> None:
            self.set_y(-15)
            self.cell(0, 8, f"- {self.page_no()} -", align="C")

    paper = Paper(format="A5")
    paper.add_font("Nanum", fname=str(FONT))
    paper.add_page()
    paper.set_font("Nanum", size=18)
    with paper.text_columns(ncols=2, gutter=10, line_height=1.6, text_align="J") as columns:
        for text in COLUMNS.splitlines():
            with columns.paragraph(bottom_margin=5) as paragraph:
                paragraph.write(text)
    paper.output(str(FOLDER / "columns.pdf"))


def scan() -> None:
    """Write a page that is one picture."""
    from fpdf import FPDF
    from PIL import Image

    paper = FPDF()
    paper.add_page()
    paper.image(Image.new("L", (200, 280), 230), x=0, y=0, w=210)
    paper.output(str(FOLDER / "scan.pdf"))


def locked(report: Path) -> None:
    """Write documents that ask for `PASSWORD`."""
    import msoffcrypto

    pdf = [PASSWORD, PASSWORD, "256", "--", str(path(report, "pdf")), str(FOLDER / "locked.pdf")]
    subprocess.run(["qpdf", "--encrypt", *pdf], check=True)
    archive = FOLDER / "locked.zip"
    archive.unlink(missing_ok=True)
    subprocess.run(["zip", "-jqP", PASSWORD, str(archive), str(report)], check=True)
    for form in ("docx", "xlsx"):
        with path(report, form).open("rb") as plain, (FOLDER / f"locked.{form}").open("wb") as out:
            msoffcrypto.OfficeFile(plain).encrypt(PASSWORD, out)


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
    two_columns()
    scan()
    locked(reports()[1])


if __name__ == "__main__":
    write()
