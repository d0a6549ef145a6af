"""One page for the meeting, and tables to paste: they open, hold what they should, and are marked."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from calendarize.events.assemble import assemble
from calendarize.events.model import Event
from calendarize.events.presets import PRESETS
from calendarize.export import Options, render
from calendarize.mentions.reading import read
from calendarize.report import read_file
from calendarize.report.own import is_own
from tests.examples import EXAMPLES
from tests.test_cli import run

pytestmark = pytest.mark.xdist_group("drawn")
COUNCIL = EXAMPLES / "council-2021-05.txt"
OPTIONS = Options(date(2021, 5, 10), stamp=datetime(2021, 5, 3, tzinfo=UTC))
EVENTS = assemble(read(read_file(COUNCIL)))
MILESTONES = PRESETS["milestones"](EVENTS)


def made(form: str, events: Sequence[Event] = MILESTONES) -> bytes:
    data = render(form, events, OPTIONS)
    assert isinstance(data, bytes)
    return data


@cache
def milestones(form: str) -> bytes:
    """Return the milestones, made once for all who look at them."""
    return made(form)


@pytest.mark.heavy
@pytest.mark.parametrize("form", ["svg", "png", "pdf", "xlsx", "docx", "hwpx"])
def test_the_same_events_give_the_same_bytes(form: str) -> None:
    assert milestones(form) == made(form)


def test_the_page_is_one_a4_landscape_that_holds_every_session_and_counts_the_rest() -> None:
    (page,) = PdfReader(io.BytesIO(milestones("pdf"))).pages
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (842, 595)
    text = page.extract_text()
    assert "서울특별시의회사무처" in text
    assert all(f"제{number}회" in text for number in range(299, 304))
    assert "회기" in text
    (full,) = PdfReader(io.BytesIO(made("pdf", EVENTS * 5))).pages
    assert "이 쪽에 없는 일정" in full.extract_text()


def test_pictures_are_what_they_are_called() -> None:
    assert milestones("png").startswith(b"\x89PNG")
    assert b"<svg" in milestones("svg")[:1000]


def test_the_sheet_and_the_document_hold_a_row_for_each_entry() -> None:
    sheet = load_workbook(io.BytesIO(milestones("xlsx"))).active
    rows = [row for row in sheet.iter_rows(min_row=2, values_only=True) if row[0]]
    (table,) = Document(io.BytesIO(milestones("docx"))).tables
    assert len(rows) == len(MILESTONES) == len(table.rows) - 1
    assert [row[1] for row in rows] == [row.cells[1].text for row in table.rows[1:]]
    assert ("제299회 임시회", "회기") in [row[1:3] for row in rows]


def test_a_hancom_document_holds_the_rows_of_the_word_document() -> None:
    from hwpx.document import HwpxDocument

    (word,) = Document(io.BytesIO(milestones("docx"))).tables
    (hancom,) = HwpxDocument.open(io.BytesIO(milestones("hwpx"))).tables
    assert [[cell.text for cell in row.cells] for row in hancom.rows] == [
        [cell.text for cell in row.cells] for row in word.rows
    ]


def test_a_cell_is_never_a_formula() -> None:
    from dataclasses import replace

    event = replace(EVENTS[0], title="=SUM(A1)")
    sheet = load_workbook(io.BytesIO(made("xlsx", [event]))).active
    assert sheet["B2"].value == "'=SUM(A1)"


@pytest.mark.heavy
@pytest.mark.parametrize("form", ["pdf", "xlsx", "docx", "hwpx"])
def test_what_can_be_read_is_marked_as_own(form: str, tmp_path: Path) -> None:
    target = tmp_path / f"일정.{form}"
    assert run(COUNCIL, "-o", target).returncode == 0
    assert is_own(target)
    assert not is_own(EXAMPLES.parent / "tests" / "documents" / f"council-2021-05.{form}")
