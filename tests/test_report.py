"""What a reader of documents may rely on: text, places, tables, outline, title page, errors."""

from __future__ import annotations

import gc
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from calendarize.report import (
    Block,
    Cell,
    Report,
    ReportError,
    Table,
    find_reports,
    read_bytes,
    read_file,
    read_text,
)
from calendarize.report.encoding import MAX_BYTES

SAMPLES = Path(__file__).parents[2] / "shared" / "reports"


def report(text: str) -> Report:
    return read_text(text, "예.txt")


def block(read: Report, text: str) -> Block:
    return next(b for b in read.blocks if b.text.startswith(text))


def sections(read: Report, text: str) -> list[str]:
    return [b.text for b in block(read, text).ancestors()]


def table(read: Report) -> Table:
    return next(b.table for b in read.blocks if b.table is not None)


def cell(of: Table, text: str) -> Cell:
    return next(c for row in of.rows for c in row if c.text == text)


# ---------------------------------------------------------------- text and encodings

KOREAN = "□ 추진일정\n\n- 회의 개최 : ’21. 5. 3.(월)\n"


def test_dots_that_lead_the_eye_do_not_hide_that_a_text_is_korean() -> None:
    text = "학사력\n" + "개학 " + "·" * 60 + " 3. 2.(수)\n"
    assert read_bytes(text.encode("cp949"), "학사력").lines[1].startswith("개학 ···")


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp949", "euc-kr"]
)
def test_every_usual_encoding_gives_the_same_text(encoding: str) -> None:
    assert "\n".join(read_bytes(KOREAN.encode(encoding), "예.txt").lines) == KOREAN


def test_a_damaged_utf8_file_is_still_read() -> None:
    data = (KOREAN * 20).encode() + "가".encode()[:2]
    assert read_bytes(data, "예.txt").lines[0] == "□ 추진일정"


def test_lines_are_split_at_line_feeds_alone() -> None:
    read = report("첫째\r\n둘째\x0b셋째\u2028넷째\n")
    assert read.lines == ["첫째\r", "둘째\x0b셋째\u2028넷째", ""]
    assert read.view == "첫째\n둘째 셋째 넷째\n"


def test_a_file_with_carriage_returns_alone_has_lines() -> None:
    assert read_bytes("첫째\r둘째".encode(), "예.txt").lines == ["첫째", "둘째"]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "빈 파일"),
        (b" \n\t\r\n", "빈 파일"),
        (b"\xef\xbb\xbf \n", "빈 파일"),
        (b"%PDF-1.7\n", "PDF"),
        (b"PK\x03\x04....", "HWPX"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "HWP"),
        (bytes(range(256)) * 8, "읽을 수 없는"),
        (b"\0" * 64, "읽을 수 없는"),
        (b"\x01\x02\x03abc" * 50, "읽을 수 없는"),
        (b"caf\xe9 d\xe9j\xe0 vu" * 9, "읽을 수 없는"),
    ],
)
def test_what_is_no_text_is_refused_in_one_line(data: bytes, says: str) -> None:
    with pytest.raises(ReportError) as caught:
        read_bytes(data, "나쁜.txt")
    assert str(caught.value).startswith("나쁜.txt: ")
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)
    assert caught.value.remedy


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    said = ""
    try:
        assert read_bytes(data, "x").lines
    except ReportError as error:
        said = str(error)
    assert "\n" not in said


# ---------------------------------------------------------------- files and folders


def test_a_file_is_known_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "보고.txt").write_text(KOREAN, "utf-8")
    assert read_file(tmp_path / "보고.txt").source == "보고.txt"


def test_missing_files_and_folders_are_refused(tmp_path: Path) -> None:
    for path, says in ((tmp_path / "없다.txt", "없습니다"), (tmp_path, "폴더")):
        with pytest.raises(ReportError, match=says):
            read_file(path)


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(ReportError, match="너무 큽니다"):
        read_file(huge)


def test_folders_are_searched_to_the_bottom_in_order(tmp_path: Path) -> None:
    names = ["b.txt", "a.md", "sub/c.TXT", ".hidden.txt", ".git/d.txt", "e.pdf", "sub/f.markdown"]
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    found = [str(path.relative_to(tmp_path)) for path in find_reports([tmp_path])]
    assert found == ["a.md", "b.txt", "e.pdf", "sub/c.TXT", "sub/f.markdown"]


def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("x")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "in.txt").write_text("x")
    (folder / "out.txt").symlink_to(outside)
    (folder / "loop").symlink_to(folder)
    assert find_reports([folder]) == [folder / "in.txt"]


def test_a_file_named_twice_is_read_once_and_any_ending_will_do(tmp_path: Path) -> None:
    path = tmp_path / "report.hwp"
    path.write_text("x")
    assert find_reports([path, path]) == [path]


def test_a_folder_without_reports_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="보고서"):
        find_reports([tmp_path])
    with pytest.raises(ReportError, match="없습니다"):
        find_reports([tmp_path / "없다"])


# ---------------------------------------------------------------- view and places


@pytest.mark.parametrize(
    ("raw", "seen"),
    [
        ("’21．５．３∼５．９", "'21.5.3~5.9"),
        ("‘21. ´21. ′21. `21.", "'21. '21. '21. '21."),
        ("a\u00a0b\u3000c\u200bd\x07e", "a b c d e"),
        ("제ㆍ개정, 제･개정, 제•개정", "제·개정, 제·개정, 제·개정"),
        ("• 국민의례", "• 국민의례"),
        ("5월—6월", "5월–6월"),
        ("**개최** __일__ : 5\\~6월", "  개최     일   : 5 ~6월"),
        ("** 각주", "** 각주"),
        ("5&nbsp;월 &lt;3일&gt; &#8217;21", "5      월    <3일   >       '21"),
        ("<b>5</b>월<br/>3일", "   5    월     3일"),
        ("<12일간> <서울의회보> < 조치 > < CAC >", "<12일간> <서울의회보> < 조치 > < CAC >"),
        ("<td>5월</td>", "   \t5월\t    "),
        ("&lt;b&gt;", "   <b   >"),
        ("\uf0a7 추진", "▪ 추진"),
        ("\ue123 추진", "□ 추진"),
        ("〈추이〉 《개정》 「법」", "〈추이〉 《개정》 「법」"),
    ],
)
def test_the_view_has_one_form_of_each_sign(raw: str, seen: str) -> None:
    assert report(raw).view == seen


def test_decomposed_hangul_is_composed_and_its_place_kept() -> None:
    text = "가\n" + unicodedata.normalize("NFD", "각급 학교 5월 3일") + " 끝"
    read = report(text)
    assert read.view == "가\n각급 학교 5월 3일 끝"
    start = read.view.index("5월")
    line, column = read.place(start)
    assert line == 2
    assert read.lines[1][column:].startswith("5")
    assert read.raw(start, start + 2) == unicodedata.normalize("NFD", "5월")


def test_raw_text_ends_with_its_line() -> None:
    read = report("’21. 5.\n3.(월)")
    assert read.raw(0, 10) == "’21. 5."
    assert read.raw(0, 3) == "’21"
    assert read.raw(9, 11) == ".("


SIGNS = "\n\n\n\t\t||  <>**__\\&;[]〈〉□○-·①1.가나다라월일:~’\r\ufeff\u200b\u1100\u1161\u11a8\u0301"
TAGS = ("<td>", "</td>", "<tr>", "</table>", "<table>", '<td colspan="3">', "- ", "|--|", "1\n\n")
MARKS = st.sampled_from([*SIGNS, *TAGS])
TEXTS = st.one_of(st.text(), st.lists(MARKS, max_size=60).map("".join))


@settings(max_examples=400, deadline=None)
@given(TEXTS, st.data())
@example("\u1161\u11a8" * 40, None)
@example("<table><tr><td>a<table><tr><td>b", None)
@example("<table><td ><table>></table>-</table>", None)
@example("a|b\n--|--\n1", None)
def test_any_text_is_a_report_whose_places_are_right(text: str, data: st.DataObject | None) -> None:
    read = report(text)
    assert "\n".join(read.lines) == text
    assert read.view.count("\n") == text.count("\n")
    offset = data.draw(st.integers(0, len(read.view))) if data else len(read.view) // 2
    end = data.draw(st.integers(offset, len(read.view))) if data else len(read.view)
    line, column = read.place(offset)
    raw = read.raw(offset, end)
    assert read.lines[line - 1][column : column + len(raw)] == raw
    if "\n" not in read.view[offset:end]:
        assert read.place(end) == (line, column + len(raw))
    check_blocks(read)


def check_blocks(read: Report) -> None:
    """Blocks are in order, do not overlap, and hold all that is not blank."""
    done = 0
    for one in read.blocks:
        assert done <= one.start <= one.content <= one.end <= len(read.view)
        assert not read.view[done : one.start].strip()
        assert one not in one.ancestors()
        done = one.end
        if one.table is not None:
            for c in one.table.rows[one.row]:
                assert c.row == one.row
                assert not c.text or one.table.cell_at(c.start) is not None
                one.table.column_headings(c)
                one.table.row_headings(c)
    assert not read.view[done:].strip()


REPEATED = [
    "<",
    "|",
    "가",
    "<td>",
    "<!--",
    "** ",
    "&#",
    "\t",
    "\ta\n",
    "(",
    "1\n\n",
    "**a**\t",
    "<table>",
]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(text, marks=[pytest.mark.heavy] if at % 4 else [])
        for at, text in enumerate(REPEATED)
    ],
)
def test_the_time_to_read_grows_with_the_length_alone(text: str) -> None:
    def cost(length: int) -> float:
        # What other tests hold in memory would be looked through again and again.
        gc.collect()
        gc.freeze()
        start = time.process_time()
        report(text * (length // len(text)))
        return time.process_time() - start

    short = min(cost(10_000) for _ in range(2))
    assert cost(80_000) < 12 * short + 0.3


# ---------------------------------------------------------------- tables

TABS = """\
구 분\t합 계\t일반직\t\t비 고
\t\t소계\t5급\t
정 원\t343\t206\t5\t
현 원\t332\t207\t5\t'21. 4월
"""


def test_lines_with_tabs_are_a_table_under_its_headings() -> None:
    read = report("□ 인력현황\n\n" + TABS)
    found = table(read)
    assert (len(found.rows), found.header_rows, found.caption) == (4, 2, "인력현황")
    assert found.column_headings(found.rows[3][3]) == ["일반직", "5급"]
    assert found.column_headings(found.rows[3][4]) == ["비고"]
    assert [c.text for c in found.row_headings(found.rows[3][2])] == ["현원", "332"]
    assert sections(read, "정원") == ["인력현황"]


def test_an_offset_finds_its_cell() -> None:
    read = report(TABS)
    found = table(read)
    at = read.view.index("'21. 4월")
    assert found.cell_at(at) == found.rows[3][4]
    assert found.cell_at(at - 1) is None
    row = read.block_at(at)
    assert row is not None
    assert row.row == 3


def test_an_empty_first_cell_carries_on_the_one_above() -> None:
    found = table(report("과정명\t내용\t일정\n역량교육\t개발\t4월\n\t제작\t5월\n"))
    assert [c.text for c in found.row_headings(cell(found, "5월"))] == ["역량교육", "제작"]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("사업명\t추진시기\n회의\t'21. 4월\n", 1),
        ("상 설\t예산결산특별위원회, 윤리특별위원회\n비상설\t공항주변\n", 0),
        ("일 시\t'21. 5. 3.\n장 소\t시청\n", 0),
        ("장 소\t서울시청\n일 시\t'21. 5. 3.\n", 0),
        ("확진일\t8.16\t8.18\n46\t1\t2\n", 1),
        ("구분\t1월\t2월\n처리\t128건\t133건\n", 1),
        ("행사\t5. 3.\t시청\n회의\t5. 4.\t구청\n", 0),
        ("거리두기\t\t\n구분\t1단계\t2단계\n목표\t일상\t전환\n", 2),
        ("구분\t내용\n", 0),
    ],
)
def test_heading_rows_are_told_by_their_look(text: str, rows: int) -> None:
    assert table(report(text)).header_rows == rows


def test_stray_tags_inside_a_cell_are_no_part_of_it() -> None:
    found = table(report('회수\t일정\n제299회\t<ul style="x"> 2.22(월) ~ 3. 5(금) <12일간>\n'))
    assert found.rows[1][1].text == "2.22(월) ~ 3. 5(금) <12일간>"


PIPES = """\
- | | | |
|----|---|----|
| 통보
(법무담당관) | ➔ | 제출
<small>※ 5월</small> |
|----|---|----|
- 다음
"""


def test_markdown_cells_may_go_over_line_ends() -> None:
    read = report(PIPES)
    found = table(read)
    texts = [[c.text for c in row] for row in found.rows]
    assert texts == [["", "", ""], ["통보 (법무담당관)", "➔", "제출 ※ 5월"]]
    assert found.header_rows == 1
    assert read.blocks[-1].text == "다음"
    at = found.cell_at(read.view.index("5월"))
    assert at is not None
    assert at.column == 2


def test_markdown_tables_need_no_outer_pipes() -> None:
    found = table(report("사업 | 시기\n--- | ---\n회의 | 5월 \\| 6월\n"))
    assert found.column_headings(cell(found, "5월 ¦ 6월")) == ["시기"]


def test_tables_drawn_with_lines_have_rows_and_headings() -> None:
    drawn = "┌───┬───┐\n│ 행사 │ 일  시 │\n├───┼───┤\n│ 회의 │ 5. 3.  │\n└───┴───┘\n"
    found = table(report(drawn))
    assert [[c.text for c in row] for row in found.rows] == [["행사", "일시"], ["회의", "5. 3."]]
    assert found.column_headings(cell(found, "5. 3.")) == ["일시"]


def test_a_frame_around_text_is_no_table() -> None:
    read = report("┏━━━━━━━┓\n┃ 회의를 5. 3.에 연다. ┃\n┗━━━━━━━┛\n")
    assert [(b.table, b.text) for b in read.blocks] == [(None, "회의를 5. 3.에 연다.")]


HTML = (
    "앞 <table><thead><tr><th rowspan=2>구분</th><th colspan='2'>일정</th></tr>"
    "<tr><th>시작</th><th>끝</th></tr></thead><tbody>"
    "<tr><td rowspan='2'>회의</td><td>5. 3.</td><td><ul><li>5. 4.</li></ul></td></tr>"
    "<tr><td>6. 3.<br>(목)</td><td>6. 4.</td></tr></tbody></table> 뒤"
)


def test_html_tables_know_their_spans_even_in_one_line() -> None:
    read = report(HTML)
    found = table(read)
    assert [b.kind for b in read.blocks] == ["paragraph", *["row"] * 4, "paragraph"]
    assert found.header_rows == 2
    last = cell(found, "6. 4.")
    assert last.column == 2
    assert found.column_headings(last) == ["일정", "끝"]
    assert [c.text for c in found.row_headings(last)] == ["회의", "6. 3. (목)"]
    assert cell(found, "구분").rowspan == 2


def test_html_tables_may_be_nested_or_left_open() -> None:
    nested = report("<table><tr><td>가<table><tr><td>나</td></tr></table>다</td></tr></table>")
    inner = next(b for b in nested.blocks if b.text == "나")
    assert inner.table is not None
    assert inner.table is not nested.blocks[0].table
    left_open = report("<table><tr><td>가<td>5. 3.\n\n□ 추진일정\n")
    assert [c.text for c in table(left_open).rows[0]] == ["가", "5. 3."]
    assert left_open.blocks[-1].text == "추진일정"


# ---------------------------------------------------------------- outline

OUTLINE = """\
Ⅱ. 주요업무

1. 첫 과제

2. 둘째 과제

1. 첫 과제

9

청사 재배치 추진

청사 이용의 효율성 제고를 위한 공간 재배치 내진보강 공사를 추진함.

□ 추진계획

- 설계공모(도시공간개선단) : '21. 4~6월
 - 설계공모 공고
 - ▶ 당선자 선정
 - ※ 심사 포함
- 공사 : '22. 4월

〈 자문단 〉

- 임 기 : '21. 4월 ~ '22. 6월

추진일정

○ 회의 개최
  (5. 3.)
① 위원회 구성 : 5월
② 회의

10 다음 과제

□ 기간 : 2.22 ~ 3.5
"""


def test_a_number_alone_and_the_title_below_are_one_heading() -> None:
    read = report(OUTLINE)
    heading = block(read, "청사 재배치 추진")
    assert (heading.kind, heading.marker) == ("heading", "9")
    assert read.view[heading.content : heading.end] == "청사 재배치 추진"
    assert read.place(heading.start)[0] == 9


def test_blocks_stand_under_their_headings() -> None:
    read = report(OUTLINE)
    top = ["청사 재배치 추진", "첫 과제", "주요업무"]
    assert sections(read, "설계공모(") == ["추진계획", *top]
    assert sections(read, "당선자")[0] == "설계공모 공고"
    assert sections(read, "심사")[0].startswith("당선자")
    assert sections(read, "임기") == ["자문단", "추진계획", *top]
    assert sections(read, "회의 개최") == ["추진일정", *top]
    assert sections(read, "기간") == ["다음 과제", "첫 과제", "주요업무"]


def test_spaced_out_labels_are_closed_up_and_markers_taken_off() -> None:
    read = report("추 진 일 정\n\n- 일 시 : 5. 3.\n- **시 정**을 연다\n")
    assert [b.text for b in read.blocks] == ["추진일정", "일시 : 5. 3.", "시 정을 연다"]


@pytest.mark.parametrize(
    ("line", "kind", "text"),
    [
        ("□ 추진일정", "heading", "추진일정"),
        ("□ 기간 : 2.22 ~ 3.5", "bullet", "기간 : 2.22 ~ 3.5"),
        ("# 제목", "heading", "제목"),
        ("### Ⅰ. 일반현황", "heading", "일반현황"),
        ("제1장 총칙", "heading", "총칙"),
        ("【 의정 정보화 】", "heading", "의정 정보화"),
        ("< 조치사항 >", "heading", "조치사항"),
        ("향후계획", "heading", "향후계획"),
        ("가. 추진배경", "heading", "추진배경"),
        ("1) 추진배경", "heading", "추진배경"),
        ("3 현장중심 민원처리", "heading", "현장중심 민원처리"),
        ("1\t의회운영 기본 일정", "heading", "의회운영 기본 일정"),
        ("※ 변경될 수 있음", "bullet", "변경될 수 있음"),
        ("o 회의 개최", "bullet", "회의 개최"),
        ("5. 3.(월) 개회", "paragraph", "5. 3.(월) 개회"),
        ("3 명", "paragraph", "3 명"),
        ("-5", "paragraph", "-5"),
        ("- 12 -", "paragraph", "- 12 -"),
        ("2021. 5. 3.", "paragraph", "2021. 5. 3."),
        ("임 기 : 2018. 7. 1 ~ 2022. 6. 30", "paragraph", "임기 : 2018. 7. 1 ~ 2022. 6. 30"),
        ("8.15. 광화문 집회", "heading", "8.15. 광화문 집회"),
    ],
)
def test_a_line_is_told_by_its_look(line: str, kind: str, text: str) -> None:
    read = report(f"\n{line}\n\n- 끝\n")
    assert (read.blocks[0].kind, read.blocks[0].text) == (kind, text)


def test_a_broken_line_belongs_to_the_one_above() -> None:
    read = report(
        "- 경제·통상 협력과 국제전시회 상호지원 및\n문화 교류\n참석 : 시장\n\n⇒ 동의\n(9월중)\n"
    )
    assert [b.text for b in read.blocks] == [
        "경제·통상 협력과 국제전시회 상호지원 및 문화 교류",
        "참석 : 시장",
        "동의 (9월중)",
    ]


def test_a_list_of_contents_is_nobodys_section() -> None:
    read = report("Ⅱ. 업무\n\n① 첫째 일\n\n② 둘째 일\n\n③ 셋째 일\n\n1\n\n첫째 일\n\n□ 방향\n")
    assert sections(read, "방향") == ["첫째 일", "업무"]


# ---------------------------------------------------------------- title page

COUNCIL = """
제 3 0 0 회\t임 시 회
운 영 위 원 회\t
2 0 2 1 . 5 . 3 . (월)\t

시민을 지키는 의회

2021년

주요 업무 보고

서울특별시의회사무처

I. 일반 현황
"""
NOTICE = """강남구 공고 제2021-12호

2021년 청년 인턴 모집 공고

강남구에서 함께 일할 청년 인턴을 다음과 같이 모집하오니 많은 참여를 바랍니다.

1. 접수기간 : 2021. 5. 3. ~ 5. 7.

2021년 4월 30일

강 남 구 청 장
"""


MARKDOWN_COVER = """---

# 2021년 하반기 주요업무 보고

## 2021. 9. 2.(목)

### 가람시 도시건설국

---

# Ⅰ. 일반현황

## 도로과
"""
CHAPTERS = """# 주요업무 보고

## 도로과

- 서천교 준공 : 6. 30.

## 건축과

- 청사 착공 : 7. 1.
"""


@pytest.mark.parametrize(
    ("text", "title", "department", "body"),
    [
        (MARKDOWN_COVER, "2021년 하반기 주요업무 보고", "가람시 도시건설국", "# Ⅰ."),
        (CHAPTERS, "주요업무 보고", None, "## 도로과"),
        (COUNCIL, "2021년 주요 업무 보고", "서울특별시의회사무처", "I. 일반"),
        (
            "주요업무보고\n\n2021. 5.\n\n시장 비서실\n\nI. 현황\n",
            "주요업무보고",
            "시장 비서실",
            "I.",
        ),
        (NOTICE, "2021년 청년 인턴 모집 공고", "강남구", "강남구에서"),
        (
            NOTICE.partition("\n")[2].lstrip(),
            "2021년 청년 인턴 모집 공고",
            "강남구청",
            "강남구에서",
        ),
        ("담당부서 : 행정국 총무과\n\n□ 개요\n", "", "행정국 총무과", "□"),
        ("행사 계획(총무과)\n\n□ 개요\n", "행사 계획(총무과)", "총무과", "□"),
        ("□ 추진 결과\n\n- 회의\n", "", None, "□"),
        ("# 회의 결과\n\n□ 개요\n", "회의 결과", None, "□"),
    ],
)
def test_the_title_page_tells_title_and_department(
    text: str, title: str, department: str | None, body: str
) -> None:
    read = report(text)
    assert (read.title, read.department) == (title, department)
    assert read.view[read.front :].startswith(body)


def test_a_text_without_anything_has_nothing() -> None:
    read = report("")
    assert (read.lines, read.blocks, read.front, read.title, read.department) == (
        [""],
        [],
        0,
        "",
        None,
    )
    assert read.place(0) == (1, 0)
    assert read.raw(0, 5) == ""


# ---------------------------------------------------------------- the real reports


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the real reports are not here")
def test_the_real_reports_are_read_as_a_person_reads_them() -> None:
    council = read_file(SAMPLES / "seoul-council-2021-05.txt")
    assert council.title == "2021년 주요 업무 보고"
    assert council.department == "서울특별시의회사무처"

    def at(line: int) -> Block:
        return next(b for b in council.blocks if council.place(b.start)[0] == line)

    ancestors = [b.text for b in at(522).ancestors()]
    assert ancestors[:2] == ["추진계획", "시의회 청사 재배치 및 리모델링 추진"]
    for line, column, headings, left in (
        (205, 1, ["회기"], "제299회 임시회"),
        (620, 3, ["일시"], "시민 참여 행사"),
        (1303, 3, ["추진일정"], "역량강화교육"),
    ):
        row = at(line)
        assert row.table is not None
        found = row.table.rows[row.row][column]
        assert row.table.column_headings(found) == headings
        assert row.table.row_headings(found)[0].text == left
    for path in sorted(SAMPLES.glob("*.txt")):
        check_blocks(read_file(path))


def test_a_numbered_title_needs_no_blank_lines_where_its_number_follows() -> None:
    text = (
        "업무 보고\n\n1 청사 재배치 추진\n□ 추진일정\n- 설계공모 : '21. 6월\n"
        "2 개원 기념식 개최\n□ 행사개요\n- 일 시 : 5. 20.(목)\n2 명 위촉\n"
    )
    report = read_text(text, "보고.txt")
    titles = [b.text for b in report.blocks if b.kind == "heading" and b.marker.isdigit()]
    assert titles == ["청사 재배치 추진", "개원 기념식 개최"]


@pytest.mark.parametrize(
    ("text", "department"),
    [
        ("한빛문화재단 2021 상반기 운영성과 및 하반기 운영계획\n\n□ 일반현황\n", "한빛문화재단"),
        ("업무보고\n2022. 2. 8.\n(재)한빛문화재단\n\n□ 일반현황\n", "(재)한빛문화재단"),
        ("한빛군보건소 업무보고(군의회 제264회 정례회)\n\n□ 일반현황\n", "한빛군보건소"),
        ("[맑은물센터] 시의회 업무보고 자료\n\n2024. 9. 2.\n\n□ 추진실적\n", "맑은물센터"),
        ("2022년 보건소 업무계획\n\n한빛시보건소 (행정과·진료과)\n\n□ 현황\n", "한빛시보건소"),
        ("문화재단 설립 추진계획\n2021. 3. 2.\n\n□ 추진\n", None),
        ("조직개편 계획\n\n(최종수정 2021. 3. 2. 한빛과)\n\n□ 개편\n", "한빛과"),
        ("조직개편 계획\n[2021. 3. 2. 현재 / 기획실 예산담당관]\n\n□ 개편\n", "기획실 예산담당관"),
        ("조직개편 계획(한빛과, '21. 3. 2.)\n\n□ 개편\n", "한빛과"),
        ("조직개편 계획\n(2021. 3. 2. 10:00 추진 결과)\n\n□ 개편\n", None),
    ],
)
def test_an_office_is_told_by_the_title_of_its_report(text: str, department: str | None) -> None:
    assert read_text(text, "보고").department == department


@pytest.mark.parametrize("dot", ["▪", "•", "▸", "·"])
def test_dashes_that_stand_further_in_belong_to_the_dot_above_them(dot: str) -> None:
    body = f" {dot} 별빛도서관\n   - 준공 : 11월\n   - 개관 : 12월\n {dot} 달빛도서관\n   - 준공 : 3월\n"
    blocks = read_text(f"계획\n2021. 8. 30.\n사업소\n\n□ 하반기\n{body}", "보고.txt").blocks
    above = {b.text: b.parent.text for b in blocks if b.marker == "-" and b.parent}
    assert above == {
        "준공 : 11월": "별빛도서관",
        "개관 : 12월": "별빛도서관",
        "준공 : 3월": "달빛도서관",
    }
    flat = f"- 별빛도서관\n{dot} 준공 : 11월\n- 달빛도서관\n{dot} 개관 : 12월\n"
    blocks = read_text(f"계획\n2021. 8. 30.\n사업소\n\n□ 하반기\n{flat}", "보고.txt").blocks
    assert {b.text: b.parent.text for b in blocks if b.marker == dot and b.parent} == {
        "준공 : 11월": "별빛도서관",
        "개관 : 12월": "달빛도서관",
    }


@pytest.mark.parametrize(
    "line",
    [
        "솔빛군 안전총괄과 | 2024. 1. 22.",
        "솔빛군 안전총괄과 | 2024. 1. 22. | 안전기획팀 ☎ 031-000-0000",
        "2024. 1. 22.(월) / 솔빛군 안전총괄과 / 담당 김솔빛",
    ],
)
def test_a_line_that_holds_office_and_day_tells_the_office(line: str) -> None:
    found = report(f"# 2024년 주요업무계획\n\n{line}\n\n## 방향\n- 회의 : 3. 5.\n")
    assert (found.title, found.department) == ("2024년 주요업무계획", "솔빛군 안전총괄과")
