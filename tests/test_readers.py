"""Documents of every format give the report that the same text gives; bad ones a clear word."""

from __future__ import annotations

import io
import re
import sys
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from calendarize.events.assemble import assemble
from calendarize.mentions.reading import read
from calendarize.report import Report, ReportError, find_reports, read_all, read_bytes, read_file
from calendarize.report.readers import SUFFIXES, archive
from tests import bombs, documents, examples
from tests.command import run

SAMPLES = Path(__file__).parent.parent.parent / "shared" / "samples"
TEXT = "□ 추진일정\n\n- 회의 개최 : '21. 5. 3.(월)\n"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def text(data: bytes, name: str = "보고") -> str:
    return "\n".join(read_bytes(data, name).lines)


def told(report: Report) -> list[tuple[Any, ...]]:
    """Return what a calendar would show."""
    return [(e.title, e.start, e.end, e.rrule, e.kind) for e in assemble(read(report))]


def problem(data: bytes, name: str = "나쁜 파일") -> str:
    """Return the one line that says why a document cannot be read."""
    with pytest.raises(ReportError) as caught:
        read_bytes(data, name)
    said = str(caught.value)
    assert said.startswith(name)
    assert "\n" not in said
    assert caught.value.remedy
    return said


def saved(document: Any) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def packed(members: dict[str, bytes | str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return stream.getvalue()


def repacked(data: bytes, changes: dict[str, Callable[[bytes], bytes]]) -> bytes:
    """Return a package with some members changed, or added where they are not there."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        members = {name: file.read(name) for name in file.namelist()}
    for name, change in changes.items():
        members[name] = change(members.get(name, b""))
    return packed(members)  # type: ignore[arg-type]


# ---------------------------------------------------------------- one report in every format


@pytest.mark.parametrize("form", documents.FORMATS)
@pytest.mark.parametrize("report", examples.reports(), ids=lambda path: path.stem)
def test_a_report_in_any_format_gives_the_same_events(report: Path, form: str) -> None:
    plain, document = read_file(report), read_file(documents.path(report, form))
    assert told(document) == told(plain)
    assert len(told(plain)) > 9
    assert (document.title, document.department) == (plain.title, plain.department)
    assert read(document).day == read(plain).day


@pytest.mark.parametrize("form", documents.FORMATS)
def test_a_mention_stands_in_the_extracted_text_where_it_is_said_to_stand(form: str) -> None:
    report = read_file(documents.path(examples.reports()[0], form))
    for mention in read(report).mentions:
        line = report.lines[mention.line - 1]
        assert line[mention.column :].startswith(mention.text)


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the press release is not here")
def test_a_press_release_says_the_same_as_hwp_and_as_hwpx() -> None:
    hwp, hwpx = (read_file(SAMPLES / f"press-release.{form}") for form in ("hwp", "hwpx"))
    assert hwp.lines == hwpx.lines
    assert told(hwp) == told(hwpx)
    assert hwp.department == "거대공공연구정책과"
    assert (date(2018, 9, 7), date(2018, 9, 7)) in [e[1:3] for e in told(hwp)]


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the press release is not here")
@pytest.mark.xfail(strict=True, reason="not told yet: the award, not who gets it")
def test_the_award_of_the_press_release_is_named() -> None:
    (award,) = (
        e for e in told(read_file(SAMPLES / "press-release.hwp")) if e[1] == date(2018, 9, 7)
    )
    assert "장관상" in award[0]


def test_the_format_is_told_by_the_content_not_by_the_name(tmp_path: Path) -> None:
    document = documents.path(examples.reports()[0], "docx")
    misnamed = tmp_path / "보고서.hwp"
    misnamed.write_bytes(document.read_bytes())
    assert told(read_file(misnamed)) == told(read_file(document))
    plain = tmp_path / "보고서.pdf"
    plain.write_text(TEXT, "utf-8")
    assert read_file(plain).lines == TEXT.split("\n")


# ---------------------------------------------------------------- HWP and HWPX


@pytest.fixture(scope="module", params=["hwp", "hwpx"])
def hancom(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The text of a document with all that a Hancom document may have."""
    from hwpx import HwpxDocument

    document = HwpxDocument.new()
    document.paragraphs[0].text = "회의 계획"
    document.page.set_header(text="해달시의회사무국")
    document.page.set_footer(text="- 1 -")
    noted = document.add_paragraph("□ 회의 개최 : 2021. 5. 3.")
    document.notes.add_footnote("공휴일은 2021. 5. 5.이다.", noted)
    changed = document.add_paragraph("- 심사 : 2021. 5. 6. (당초 2021. 4. 1.)")
    document.tracking.delete(changed, match="(당초 2021. 4. 1.)")
    table = document.add_table(3, 3)
    table.merge_cells(0, 0, 1, 0)
    table.merge_cells(0, 1, 0, 2)
    for row, cells in enumerate((("구분", "일정"), ("", "시작", "끝"), ("회의", "5. 7.", "5. 8."))):
        for column, cell in enumerate(cells):
            if cell:
                table.cell(row, column).text = cell
    inner = table.cell(2, 2).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "현장", "5. 9."
    for title in ("추진 배경", "추진 목적"):
        document.add_paragraph(title, style="개요 2")
    box = document.add_table(1, 1)
    box.cell(0, 0).text = "붙임과 같음"
    number = document.add_table(1, 2)
    number.cell(0, 0).text, number.cell(0, 1).text = "2", "향후 계획"
    path = tmp_path_factory.mktemp("hancom") / f"회의.{request.param}"
    document.save_to_path(str(path))
    return "\n".join(read_file(path).lines)


def test_hancom_tables_keep_merged_and_nested_cells(hancom: str) -> None:
    assert '<table><tr><td rowspan="2">구분</td><td colspan="2">일정</td></tr>' in hancom
    assert "<td>5. 8.\n<table><tr><td>현장</td><td>5. 9.</td></tr></table></td>" in hancom


def test_hancom_notes_headers_and_automatic_numbers_are_read(hancom: str) -> None:
    lines = [line for line in hancom.split("\n") if line]
    assert lines[0] == "해달시의회사무국"
    assert lines[lines.index("□ 회의 개최 : 2021. 5. 3.") + 1] == "※ 공휴일은 2021. 5. 5.이다."
    assert [line.strip() for line in lines if "추진" in line] == ["가. 추진 배경", "나. 추진 목적"]
    assert "- 1 -" not in lines


def test_hancom_deletions_are_left_out(hancom: str) -> None:
    assert "- 심사 : 2021. 5. 6.\n" in hancom
    assert "당초" not in hancom


def test_tables_that_only_lay_out_the_page_are_lines(hancom: str) -> None:
    lines = hancom.split("\n")
    assert "붙임과 같음" in lines
    assert "2 향후 계획" in lines


def test_text_boxes_and_hidden_comments_of_hwpx() -> None:
    inside = b"<hp:subList><hp:p><hp:run><hp:t>%s</hp:t></hp:run></hp:p></hp:subList>".decode()
    parts = (
        "<hp:ctrl><hp:hiddenComment>"
        + inside.replace("%s", "2022. 2. 2. 숨은 설명")
        + "</hp:hiddenComment></hp:ctrl><hp:rect><hp:drawText>"
        + inside.replace("%s", "2021. 5. 4. 글상자")
        + '</hp:drawText></hp:rect><hp:textart text="글맵시 제목"/></hp:run></hp:p></hs:sec>'
    ).encode()
    data = documents.path(examples.reports()[1], "hwpx").read_bytes()
    found = text(
        repacked(
            data,
            {"Contents/section0.xml": lambda xml: xml.replace(b"</hp:run></hp:p></hs:sec>", parts)},
        )
    )
    assert "\n2021. 5. 4. 글상자\n" in found
    assert "\n글맵시 제목\n" in found
    assert "숨은" not in found


def test_a_table_that_stands_in_a_section_without_a_paragraph_is_read() -> None:
    cells = bombs.cell(bombs.PLAIN) + bombs.cell(bombs.P)
    table = b"<hp:tbl><hp:tr>" + cells + b"</hp:tr></hp:tbl>"
    data = bombs.changed(
        "hwpx", section0=lambda xml: xml.replace(b"</hs:sec>", table + b"</hs:sec>")
    )
    assert "<table><tr><td>회의</td><td>5. 3.</td></tr></table>" in text(data)


def for_distribution(data: bytes) -> bytes:
    """Return an HWP document as Hancom Office saves it for distribution (배포용)."""
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
    from hwpx.hwp5.cfb import CompoundFile, build_compound_file, read_all_streams
    from syhwp._crypt import _mask

    streams = dict(read_all_streams(CompoundFile(data)))
    body = streams["BodyText/Section0"]
    seed, key = 5, b"0123456789abcdef"
    clear = bytearray(256)
    clear[4 + seed : 20 + seed] = key
    masked = bytes(one ^ other for one, other in zip(clear, _mask(seed, 256), strict=True))
    cipher = Cipher(algorithms.AES(key), modes.ECB()).encryptor()
    head = (28 | 256 << 20).to_bytes(4, "little") + seed.to_bytes(4, "little") + masked[4:]
    streams["ViewText/Section0"] = head + cipher.update(body + bytes(-len(body) % 16))
    streams["BodyText/Section0"] = bombs.record(66, 0, bytes(22))
    header = bytearray(streams["FileHeader"])
    header[36] |= 4
    streams["FileHeader"] = bytes(header)
    return bytes(build_compound_file(list(streams.items())))


def test_documents_for_distribution_are_read() -> None:
    assert text(for_distribution(of("hwp"))) == text(of("hwp"))


def test_half_a_character_costs_no_more_than_itself() -> None:
    head = bombs.PARAGRAPH[: bombs.PARAGRAPH.index(b"5\0") - 4]
    said = "회의 ".encode("utf-16-le") + b"\0\xd8" + " 5. 3.".encode("utf-16-le")
    data = bombs.hwp(lambda plain: plain + head + bombs.record(67, 1, said))
    assert "회의 \ufffd 5. 3." in text(data)
    assert "회의 \ufffd 5. 3." in text("\ufeff회의 ".encode("utf-16-le") + said[6:])


def test_what_is_damaged_in_the_layout_alone_costs_no_text() -> None:
    fonts = bombs.hwp(lambda plain: plain + bombs.record(19, 1, b""), "DocInfo")
    assert text(fonts) == text(of("hwp"))


HWP_FILES = Path(__file__).parent.parent.parent / "shared" / "hwp"
LIKE_HWPX = [
    *(documents.path(report, "hwp") for report in examples.reports()),
    *sorted(SAMPLES.glob("*.hwp")),
    *sorted(HWP_FILES.glob("*.hwp"))[::25],
]


@pytest.mark.parametrize("path", LIKE_HWPX, ids=lambda path: path.name)
def test_hwp_says_what_the_hwpx_says_that_it_may_be_converted_to(path: Path) -> None:
    from hwpx.hwp5.package import convert, to_hwpx_bytes

    data = path.read_bytes()
    assert text(data) == text(to_hwpx_bytes(convert(data).files))


@pytest.mark.skipif(not HWP_FILES.is_dir(), reason="the HWP files are not here")
def test_real_hwp_files_are_read_with_the_date_beside_their_number() -> None:
    paths = sorted(HWP_FILES.glob("*.hwp"))
    reports = [read_file(path) for path in paths[::10]]
    assert sum(report.numbered is not None for report in reports) >= 0.9 * len(reports)


@pytest.mark.skipif(not HWP_FILES.is_dir(), reason="the HWP files are not here")
def test_no_date_of_a_cited_document_is_an_event() -> None:
    numbered = re.compile(r"[가-힣\d]-\d{3,}|[가-힣]{2}(?:19|20)\d\d[가-힣]\d+")
    for path in sorted(HWP_FILES.glob("*.hwp"))[::8]:
        for event in assemble(read(read_file(path))):
            assert not numbered.search(event.title), path.name


@pytest.mark.parametrize(
    "said",
    [
        "기존 회신(서면1팀-1352, 2005.11.8.)을 참고하시기 바랍니다",
        "※ 재정경제부 세조22607-665('91.5.24.)",
        "국심2000서0552(2000. 9. 26.), 국심1997서1322(1997. 12. 24.)의 결정례에 따릅니다",
    ],
)
def test_a_document_that_is_cited_is_no_event(said: str) -> None:
    report = read_bytes(
        f"안내\n\n2011. 5. 3.\n\n○ {said}\n○ 회의 : 2011. 5. 20.\n".encode(), "보고"
    )
    assert [event.title for event in assemble(read(report))] == ["회의"]


def test_a_number_and_its_date_are_told() -> None:
    for said in (
        "시행 총무과-425, (2011. 4. 12.)",
        "문서번호 | 재일46014-1790 (1999.10.07)",
        "재일46014-1790 (1999.10.07)",
        "<table><tr><td>[ 문서번호 ]</td><td>기획재정부 세제과-1 ('10.4.2)</td></tr></table>",
    ):
        report = read_bytes(f"안내\n\n{said}\n\n- 2011. 5. 3.\n".encode(), "보고")
        assert report.numbered is not None
        assert report.view[slice(*report.numbered)] in said.replace("’", "'")
        assert report.view[report.numbered[0] - 1] == "("
    for said in ("□ 총무과-425 관련 회의(2011. 4. 12.)", "- 제3차 회의 (2011. 4. 12.)"):
        assert read_bytes(f"안내\n\n{said}\n".encode(), "보고").numbered is None


# ---------------------------------------------------------------- DOCX


def rich_docx() -> bytes:
    from docx import Document
    from docx.oxml import parse_xml

    document = Document()
    document.sections[0].header.paragraphs[0].text = "해달시의회사무국"
    document.sections[0].footer.paragraphs[0].text = "- 1 -"
    document.add_heading("추진 배경", level=1)
    paragraph = document.add_paragraph("회의 : ")
    body = paragraph._p
    space = f'xmlns:w="{W[1:-1]}"'
    for xml in (
        f"<w:del {space} w:id='1' w:author='a'><w:r><w:delText>4. 1.</w:delText></w:r></w:del>",
        f"<w:ins {space} w:id='2' w:author='a'><w:r><w:t>5. 3.</w:t></w:r></w:ins>",
        f"<w:r {space}><w:rPr><w:vanish/></w:rPr><w:t>2022. 2. 2.</w:t></w:r>",
        f"<w:sdt {space}><w:sdtContent><w:r><w:t> 10:00</w:t></w:r></w:sdtContent></w:sdt>",
        f"<w:r {space}><w:pict><w:txbxContent><w:p><w:r><w:t>글상자 5. 4.</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>",
    ):
        body.append(parse_xml(xml))
    for item in ("첫째 일", "둘째 일"):
        document.add_paragraph(item, style="List Number")
    document.add_paragraph("점 하나", style="List Bullet")
    table = document.add_table(3, 3)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "구분"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "일정"
    for (row, column), cell in {
        (1, 1): "시작",
        (1, 2): "끝",
        (2, 0): "회의",
        (2, 1): "5. 7.",
    }.items():
        table.cell(row, column).text = cell
    inner = table.cell(2, 2).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "현장", "5. 9."
    return saved(document)


def test_word_documents_are_read_as_they_look() -> None:
    found = text(rich_docx())
    lines = [line for line in found.split("\n") if line]
    assert lines[:3] == ["해달시의회사무국", "# 추진 배경", "회의 : 5. 3. 10:00"]
    assert lines[3:6] == ["글상자 5. 4.", "1. 첫째 일", "2. 둘째 일"]
    assert lines[6].endswith(" 점 하나")
    assert '<table><tr><td rowspan="2">구분</td><td colspan="2">일정</td></tr>' in found
    assert "<table><tr><td>현장</td><td>5. 9.</td></tr></table>" in found
    assert "- 1 -" not in lines


def test_word_footnotes_stand_below_their_paragraph() -> None:
    data = documents.path(examples.reports()[1], "docx").read_bytes()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    content = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    note = f'<w:footnotes xmlns:w="{W[1:-1]}"><w:footnote w:id="2"><w:p><w:r><w:t>공휴일 제외</w:t></w:r></w:p></w:footnote></w:footnotes>'
    found = text(
        repacked(
            data,
            {
                "word/footnotes.xml": lambda _: note.encode(),
                "word/_rels/document.xml.rels": lambda xml: xml.replace(
                    b"</Relationships>",
                    f'<Relationship Id="rId99" Type="{kind}" Target="footnotes.xml"/></Relationships>'.encode(),
                ),
                "[Content_Types].xml": lambda xml: xml.replace(
                    b"</Types>",
                    f'<Override PartName="/word/footnotes.xml" ContentType="{content}"/></Types>'.encode(),
                ),
                "word/document.xml": lambda xml: xml.replace(
                    b"</w:t></w:r></w:p>",
                    b'</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>',
                    1,
                ),
            },
        )
    )
    assert found.startswith("주요업무보고\n\n※ 공휴일 제외\n")


# ---------------------------------------------------------------- XLSX


def rich_xlsx() -> Any:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = "2021년 회기"
    rows: list[list[Any]] = [
        ["2021년 회기 운영 일정"],
        [],
        ["회기", "기간", None, "비고"],
        [None, "시작", "끝"],
        ["제299회 임시회", date(2021, 2, 22), datetime(2021, 3, 5), 0.525],
        ["준비", date(2021, 5, 1), datetime(2021, 5, 3, 14, 30), 1234567],
        ["숨은 줄", date(2021, 9, 9)],
        ["개회", date(2021, 6, 1), time(14, 0), 3.0],
        ["※ 변경될 수 있음"],
    ]
    for row in rows:
        sheet.append(row)
    for area in ("A1:D1", "A3:A4", "B3:C3", "D3:D4"):
        sheet.merge_cells(area)
    for place, form in {
        "C5": 'm"월" d"일"',
        "D5": "0.0%",
        "B6": 'yyyy"년" m"월"',
        "C6": "yyyy-mm-dd hh:mm",
        "D6": "#,##0",
    }.items():
        sheet[place].number_format = form
    sheet.row_dimensions[7].hidden = True
    sheet["XFD1048576"] = "끝"
    book.create_sheet("숨은 시트").append(["2022. 2. 2."])
    book["숨은 시트"].sheet_state = "hidden"
    return book


def test_workbooks_are_read_as_they_look() -> None:
    assert text(saved(rich_xlsx())) == (
        "# 2021년 회기\n\n2021년 회기 운영 일정\n\n"
        '<table><tr><td rowspan="2">회기</td><td colspan="2">기간</td><td rowspan="2">비고</td></tr>\n'
        "<tr><td>시작</td><td>끝</td></tr>\n"
        "<tr><td>제299회 임시회</td><td>2021-02-22</td><td>2021-03-05</td><td>52.5%</td></tr>\n"
        "<tr><td>준비</td><td>2021. 5.</td><td>2021-05-03 14:30</td><td>1,234,567</td></tr>\n"
        "<tr><td>개회</td><td>2021-06-01</td><td>14:00</td><td>3</td></tr></table>\n\n"
        "※ 변경될 수 있음\n\n끝\n"
    )


def test_date_cells_of_a_workbook_are_the_dates_of_events() -> None:
    sessions = [e for e in told(read_bytes(saved(rich_xlsx()), "회기.xlsx")) if "299" in e[0]]
    assert {e[1] for e in sessions} == {date(2021, 2, 22), date(2021, 3, 5)}


def test_the_built_in_date_formats_of_korean_excel_are_known() -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["개회", date(2021, 2, 22)])
    data = repacked(
        saved(book),
        {"xl/styles.xml": lambda xml: xml.replace(b'numFmtId="14"', b'numFmtId="31"')},
    )
    assert "2021-02-22" in text(data)


# ---------------------------------------------------------------- HTML and MHTML

PAGE = """<!DOCTYPE html><html><head><title>공고</title><style>p{}</style></head><body>
<nav>2032. 1. 1. 메뉴</nav><header role="banner">로고</header>
<h2>추진 일정</h2><p>회의는
 <b>5월</b> 3일<br>오전에 연다.</p><p hidden>2022. 2. 2.</p><p style="display: none">2022. 3. 3.</p>
<ul><li>첫째<ul><li>안쪽</li></ul></li><li>□ 둘째</li></ul><ol start="3"><li>셋째</li></ol>
<table><caption>일정표</caption><thead><tr><th rowspan="2">구분</th><th colspan="2">일정</th></tr>
<tr><th>시작</th><th>끝</th></tr></thead><tbody><tr><td>회의</td><td>5. 7.</td>
<td>5. 8.<br>오후<table><tr><td>현장</td><td>5. 9.</td></tr></table></td></tr></tbody></table>
<script>var d = "2031. 1. 1."</script><footer>2033. 1. 1.</footer></body></html>"""
READ = """## 추진 일정

회의는 5월 3일
오전에 연다.

- 첫째

  - 안쪽

□ 둘째

3. 셋째

일정표

<table><tr><th rowspan="2">구분</th><th colspan="2">일정</th></tr>
<tr><th>시작</th><th>끝</th></tr>
<tr><td>회의</td><td>5. 7.</td><td>5. 8.
오후
<table><tr><td>현장</td><td>5. 9.</td></tr></table></td></tr></table>
"""


@pytest.mark.parametrize("encoding", ["utf-8", "cp949", "utf-16"])
def test_saved_pages_are_read_without_what_surrounds_the_text(encoding: str) -> None:
    assert text(PAGE.encode(encoding)) == READ


def test_a_page_saved_as_one_file_of_parts_is_read() -> None:
    from email.message import EmailMessage

    message = EmailMessage()
    message.set_content("사진", subtype="plain")
    message.clear_content()
    message.make_related()
    page = EmailMessage()
    page.set_content(PAGE, subtype="html", cte="quoted-printable")
    message.attach(page)
    assert text(message.as_bytes(), "공고.mht") == READ


def test_a_date_and_a_name_that_a_style_sets_apart_are_two_words() -> None:
    page = bombs.html(
        "<p><span>2016.09.</span><span>인사혁신처</span></p><p><b>5.3.</b><b>까지</b>"
    )
    assert text(page) == "2016.09. 인사혁신처\n\n5.3.까지\n"


def test_weekdays_that_an_encoding_lost_part_no_range() -> None:
    report = read_bytes("업무 보고\n\n- 접수 : 2022. 1. 12.() ~ 2022. 3. 1.()\n".encode(), "보고")
    [event] = assemble(read(report))
    assert (event.start, event.end) == (date(2022, 1, 12), date(2022, 3, 1))


def test_a_text_with_tags_in_it_stays_a_text() -> None:
    found = "<table><tr><td>5월</td></tr></table>\n\n□ 일정"
    assert text(found.encode()) == found


# ---------------------------------------------------------------- PDF


def test_columns_running_heads_and_broken_lines_of_a_pdf() -> None:
    """Two pages of two columns: a head at the top of both, a page number at the bottom."""
    found = text((documents.FOLDER / "columns.pdf").read_bytes()).split("\n\n")
    assert found[0] == documents.HEAD
    assert "\n\n".join(found[1:]) == "\n\n".join(documents.COLUMNS.splitlines()) + "\n"


def test_letters_of_a_pdf_that_are_printed_again_to_look_bold_are_read_once() -> None:
    shown = b"BT /F1 4 Tf %.1f 700 Td (2021. 11. 11. ~ 11. 22.) Tj ET\n"
    bold = bombs.stream(b"".join(shown % x for x in (50, 50.4, 50.8)))
    assert text(bombs.page(bold, bombs.FONT)) == "2021. 11. 11. ~ 11. 22.\n"


def test_spaces_that_a_printer_named_by_a_control_character_are_spaces() -> None:
    """So browsers print fonts that draw control characters like the space (NanumSquareRound)."""
    shown = "2021.\x015.\x013.\x01임시회\x01개회"
    codes = {char: 65 + at for at, char in enumerate(dict.fromkeys(shown))}
    names = "".join(f"<{code:02x}> <{ord(char):04x}>\n" for char, code in codes.items())
    meaning = (
        "begincmap\n1 begincodespacerange\n<00> <ff>\nendcodespacerange\n"
        f"{len(codes)} beginbfchar\n{names}endbfchar\nendcmap"
    )
    drawn = f"BT /F 12 Tf 72 700 Td <{bytes(codes[c] for c in shown).hex()}> Tj ET"
    told = (
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        (
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
            "/Resources<</Font<</F 5 0 R>>>>>>"
        ),
        f"<</Length {len(drawn)}>>stream\n{drawn}\nendstream",
        (
            "<</Type/Font/Subtype/Type1/BaseFont/Nanum/ToUnicode 6 0 R/FirstChar 65"
            f"/Widths[{' 600' * len(codes)}]/FontDescriptor 7 0 R>>"
        ),
        f"<</Length {len(meaning)}>>stream\n{meaning}\nendstream",
        "<</Type/FontDescriptor/FontName/Nanum/Flags 4/Ascent 800/Descent -200>>",
    )
    objects = "".join(f"{n} 0 obj\n{each}\nendobj\n" for n, each in enumerate(told, 1))
    data = f"%PDF-1.4\n{objects}trailer\n<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n".encode()
    assert text(data).rstrip() == "2021. 5. 3. 임시회 개회"


def test_a_table_over_two_pages_of_a_pdf_is_one() -> None:
    report = read_file(documents.path(examples.reports()[0], "pdf"))
    assert len({id(b.table) for b in report.blocks if b.table and len(b.table.rows) == 6}) == 1


# ---------------------------------------------------------------- archives


def test_an_archive_holds_several_reports_each_with_its_name(tmp_path: Path) -> None:
    hwp = documents.path(examples.reports()[0], "hwp").read_bytes()
    inner = packed({"안쪽.txt": TEXT})
    data = packed(
        {
            "의회/보고.hwp": hwp,
            "묶음.zip": inner,
            "사진.png": b"\x89PNG",
            "~$보고.docx": b"x",
            "__MACOSX/._보고.hwp": b"x",
            "나쁜.pdf": b"%PDF-1.7\n",
            "../밖.txt": TEXT,
        }
    )
    found = list(read_all(data, "자료.zip"))
    reports = [each.source for each in found if isinstance(each, Report)]
    errors = [str(each) for each in found if isinstance(each, ReportError)]
    assert reports == ["자료.zip/묶음.zip/안쪽.txt", "자료.zip/의회/보고.hwp"]
    assert len(errors) == 2
    assert "자료.zip/../밖.txt: 압축 안의 경로가 압축 밖을 가리킵니다." in errors[0]
    assert "자료.zip/나쁜.pdf: " in errors[1]


def test_names_in_archives_made_on_windows_are_korean() -> None:
    name = "보고.txt"
    data = packed({"x" * len(name.encode("cp949")): TEXT})
    data = data.replace(b"x" * len(name.encode("cp949")), name.encode("cp949"))
    [found] = read_all(data, "자료.zip")
    assert found.source == "자료.zip/보고.txt"


def test_one_report_in_an_archive_is_that_report_and_several_are_refused() -> None:
    assert read_bytes(packed({"가.txt": TEXT}), "자료.zip").lines == TEXT.split("\n")
    assert "문서가 2개" in problem(packed({"가.txt": TEXT, "나.txt": TEXT}))
    assert "보고서가 없습니다" in problem(packed({"사진.png": b"x"}))


def test_folders_are_searched_for_every_format_but_not_for_lock_files(tmp_path: Path) -> None:
    names = sorted(f"보고{suffix}" for suffix in SUFFIXES)
    for name in (*names, "~$보고.docx", ".보고.hwp", "사진.png", "표.xls"):
        (tmp_path / name).write_bytes(b"x")
    assert [path.name for path in find_reports([tmp_path])] == names


# ---------------------------------------------------------------- bad input


def empty_docx() -> bytes:
    from docx import Document

    return saved(Document())


def flagged(flag: int) -> bytes:
    """Return an HWP document that says of itself that it is protected."""
    data = bytearray(documents.path(examples.reports()[0], "hwp").read_bytes())
    data[data.index(b"HWP Document File") + 36] |= flag
    return bytes(data)


def of(form: str) -> bytes:
    return documents.path(examples.reports()[0], form).read_bytes()


def nested(times: int) -> bytes:
    data = packed({"보고.txt": TEXT})
    for _ in range(times):
        data = packed({"안.zip": data})
    return data


def swollen(data: bytes, name: str) -> bytes:
    return repacked(data, {name: lambda _: b" " * (80 << 20)})


ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "xxxxxxxxxx"><!ENTITY y "&x;&x;&x;">]><a>&y;</a>'
)

BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "locked PDF": (lambda: (documents.FOLDER / "locked.pdf").read_bytes(), "암호가 걸린 PDF"),
    "locked DOCX": (lambda: (documents.FOLDER / "locked.docx").read_bytes(), "암호가 걸린 오피스"),
    "locked XLSX": (lambda: (documents.FOLDER / "locked.xlsx").read_bytes(), "암호가 걸린 오피스"),
    "locked ZIP": (lambda: (documents.FOLDER / "locked.zip").read_bytes(), "암호가 걸린 압축"),
    "locked HWP": (lambda: flagged(2), "암호가 걸린 한글"),
    "DRM on HWP": (lambda: flagged(16), "DRM"),
    "HWP for distribution": (lambda: flagged(4), "배포용"),
    "DRM of MarkAny": (lambda: b"<MARKANY_DOCUMENTSAFER>" + bytes(99), "문서보안(DRM)"),
    "DRM of Fasoo": (lambda: b"\x9b\x20DRMONE  This Document is encrypted\0", "문서보안(DRM)"),
    "locked HWPX": (
        lambda: repacked(
            of("hwpx"), {"META-INF/manifest.xml": lambda _: b"<odf:encryption-data/>"}
        ),
        "암호가 걸린 한글(HWPX)",
    ),
    "scanned PDF": (lambda: (documents.FOLDER / "scan.pdf").read_bytes(), "스캔"),
    "PDF cut short": (lambda: of("pdf")[:9000], "손상"),
    "HWP cut short": (lambda: of("hwp")[:6000], "손상"),
    "HWPX cut short": (lambda: of("hwpx")[:6000], "손상"),
    "DOCX cut short": (lambda: of("docx")[:6000], "손상"),
    "XLSX with broken XML": (
        lambda: repacked(of("xlsx"), {"xl/worksheets/sheet1.xml": lambda xml: xml[:500]}),
        "손상",
    ),
    "empty DOCX": (empty_docx, "글자가 없습니다"),
    "old Hancom": (lambda: b"HWP Document File V3.00 \x1a\x01", "옛 한글(3.0)"),
    "old Word": (lambda: OLE + "WordDocument".encode("utf-16-le"), "옛 워드"),
    "old Excel": (lambda: OLE + "Workbook".encode("utf-16-le"), "옛 엑셀"),
    "PowerPoint": (lambda: packed({"ppt/presentation.xml": "x"}), "파워포인트"),
    "OpenDocument": (lambda: packed({"META-INF/manifest.xml": "x"}), "오픈도큐먼트"),
    "Hancom XML": (lambda: b"<?xml version='1.0'?>\n<HWPML Version='2.9'>", "HML"),
    "other archive": (lambda: b"7z\xbc\xaf\x27\x1c\0\4", "7z"),
    "calendar": (lambda: b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", "달력(iCalendar)"),
    "picture": (lambda: b"\x89PNG\r\n\x1a\n", "그림"),
    "entities in DOCX": (lambda: repacked(of("docx"), {"word/document.xml": lambda _: ENTITIES}), "DTD"),
    "entities in XLSX": (lambda: repacked(of("xlsx"), {"xl/workbook.xml": lambda _: ENTITIES}), "DTD"),
    "entities in HWPX": (
        lambda: repacked(of("hwpx"), {"Contents/section0.xml": lambda _: ENTITIES}),
        "DTD",
    ),
    "bomb as DOCX": (lambda: swollen(of("docx"), "word/document.xml"), "지나치게 큰"),
    "bomb as HWPX": (lambda: swollen(of("hwpx"), "Contents/section0.xml"), "지나치게 큰"),
    "bomb as ZIP": (lambda: packed({"보고.txt": b" " * (80 << 20)}), "지나치게 큰"),
    "bomb as PDF": (bombs.BOMBS["Flate of Flate"], "지나치게 큰"),
    "archives in archives": (lambda: nested(archive.MAX_DEPTH + 1), "여러 겹"),
    "very many files": (
        lambda: packed({f"{at}.txt": "" for at in range(archive.MAX_MEMBERS + 1)}),
        "너무 많습니다",
    ),
}  # fmt: skip
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


@pytest.mark.parametrize("kind", BAD)
def test_bad_documents_are_refused_in_one_line(kind: str) -> None:
    make, says = BAD[kind]
    assert says in problem(make())


@pytest.mark.parametrize(
    ("form", "module", "extra"),
    [
        ("hwp", "hwpx", "hwp"),
        ("hwpx", "hwpx", "hwp"),
        ("pdf", "pdfplumber", "pdf"),
        ("docx", "docx", "office"),
        ("xlsx", "openpyxl", "office"),
    ],
)
def test_a_missing_library_is_named_with_the_command_that_installs_it(
    form: str, module: str, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    assert re.search(rf"{module}.* pip install 'calendarize\[{extra}\]'", problem(of(form)))


def test_deeply_nested_mark_up_does_no_harm() -> None:
    deep = b"<html><body>" + b"<div><table><tr><td>" * 20_000 + "5월 3일".encode()
    assert list(read_all(deep, "깊은.html"))


def test_bad_documents_cost_none_of_the_good_ones(tmp_path: Path) -> None:
    good = documents.path(examples.reports()[0], "hwp")
    (tmp_path / "좋은.hwp").write_bytes(good.read_bytes())
    chosen = ("locked PDF", "locked DOCX", "HWP for distribution", "HWP cut short", "bomb as ZIP")
    for kind in chosen:
        (tmp_path / f"{kind}.hwp").write_bytes(BAD[kind][0]())
    (tmp_path / "밖.hwp").symlink_to(documents.path(examples.reports()[1], "hwp"))
    done = run(tmp_path, "--format", "json")
    assert done.returncode == 1
    assert "제299회 임시회" in done.stdout.decode()
    assert "밖.hwp" not in done.stdout.decode()
    lines = [line for line in done.stderr.decode().splitlines() if line]
    assert len(lines) == len(chosen)
    assert all(any(line.startswith(kind) for line in lines) for kind in chosen)
