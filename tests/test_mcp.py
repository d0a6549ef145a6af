"""The MCP server, asked by the SDK's own client: it reads, finds, checks, writes, and stays inside."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("mcp")

import anyio
from mcp import Client, StdioServerParameters

from calendarize.mcp import server

REPORT = "2021. 5. 3.\n의회사무처\n○ 제300회 임시회 : 4. 19.(월) ~ 5. 4.(화)\n○ 간담회 : 5. 20.(화) 14:00\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inside = tmp_path / "reports"
    inside.mkdir()
    (inside / "보고.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "secret.txt").write_text(REPORT, encoding="utf-8")
    (inside / "link.txt").symlink_to(tmp_path / "secret.txt")
    return inside


def call(folder: Path, tool: str, **arguments: Any) -> Any:
    """Return what a tool tells; an error as its one line."""

    async def asked() -> Any:
        async with Client(server([folder])) as client:
            result = await client.call_tool(tool, arguments)
            text = "".join(block.text for block in result.content if block.type == "text")
            if result.is_error:
                return text
            told = result.structured_content
            return told.get("result", told) if told is not None else json.loads(text)

    return anyio.run(asked)


def test_a_report_is_read(folder: Path) -> None:
    told = call(folder, "read_report", report="보고.txt")
    assert (told["date"], told["department"]) == ("2021-05-03", "의회사무처")
    assert [event["title"] for event in told["events"]] == ["제300회 임시회", "간담회"]


def test_dates_of_a_text_are_found(folder: Path) -> None:
    text = "다음 주 금요일 저녁 7시에 봅시다"
    (found,) = call(folder, "search_dates", text=text, base_date="2021-05-03")
    assert found["start"] == "2021-05-14T19:00:00+09:00"
    assert text[slice(*found["span"])] == found["text"]


def test_what_comes_next_and_what_contradicts_is_told(folder: Path) -> None:
    told = call(folder, "next_events", reports=["보고.txt"], today="2021-05-10", days=14)
    assert "간담회" in told
    (problem,) = call(folder, "check_report", report="보고.txt")
    assert problem["witness"] == "weekday"


def test_a_calendar_is_written_but_nothing_of_others_overwritten(folder: Path) -> None:
    assert "2건" in call(folder, "write_calendar", reports=["보고.txt"], output="일정.ics")
    assert (folder / "일정.ics").read_bytes().count(b"BEGIN:VEVENT") == 2
    foreign = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:x\r\nDTSTAMP:20210101T000000Z\r\nDTSTART:20210101T000000Z\r\nSUMMARY:남의 일정\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n".encode()
    (folder / "남의.ics").write_bytes(foreign)
    call(folder, "write_calendar", reports=["보고.txt"], output="남의.ics")
    assert (folder / "남의.ics").read_bytes() == foreign
    call(folder, "write_calendar", reports=["보고.txt"], output="보고.txt")
    assert (folder / "보고.txt").read_text(encoding="utf-8") == REPORT


@pytest.mark.parametrize("path", ["../secret.txt", "link.txt", "/etc/hostname", "없음/보고.txt"])
def test_nothing_outside_of_the_folders_is_read(folder: Path, path: str) -> None:
    told = call(folder, "read_report", report=path)
    assert isinstance(told, str)
    assert "열어 둔 폴더 안에 없습니다" in told
    assert "\n" not in told.strip()


def test_only_what_can_be_read_is_listed(folder: Path) -> None:
    assert call(folder, "list_reports") == ["보고.txt"]
    assert "glob" in call(folder, "list_reports", pattern="../*")


def test_it_speaks_over_standard_input_and_output(folder: Path) -> None:
    async def tools() -> list[str]:
        command = StdioServerParameters(
            command=sys.executable, args=["-m", "calendarize", "mcp", str(folder)]
        )
        async with Client(command) as client:
            return sorted(tool.name for tool in (await client.list_tools()).tools)

    assert anyio.run(tools) == [
        "check_report",
        "list_reports",
        "next_events",
        "read_report",
        "search_dates",
        "write_calendar",
    ]


def test_a_folder_that_is_none_is_one_line() -> None:
    command = [sys.executable, "-m", "calendarize", "mcp", "없는폴더"]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert told.returncode == 2
    assert told.stderr.count("\n") == 1
