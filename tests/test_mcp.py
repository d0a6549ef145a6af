"""The MCP server, asked by the SDK's own client: it reads, finds, checks, writes, and stays inside."""

from __future__ import annotations

import contextlib
import json
import socket
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from calendarize import Limits
from tests.command import run
from tests.radicale import free_port

pytestmark = [
    pytest.mark.xdist_group("mcp"),
    pytest.mark.skipif(find_spec("mcp") is None, reason="mcp is not installed"),
]
REPORT = "2021. 5. 3.\n의회사무처\n○ 제300회 임시회 : 4. 19.(월) ~ 5. 4.(화)\n○ 간담회 : 5. 20.(화) 14:00\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inside = tmp_path / "reports"
    inside.mkdir()
    (inside / "보고.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "secret.txt").write_text(REPORT, encoding="utf-8")
    (inside / "link.txt").symlink_to(tmp_path / "secret.txt")
    return inside


def call(folder: Path, tool: str, limits: Limits | None = None, **arguments: Any) -> Any:
    """Return what a tool tells; an error as its one line."""
    import anyio
    from mcp import Client

    from calendarize.mcp import server

    async def asked() -> Any:
        async with Client(server([folder], limits)) as client:
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


def test_a_report_that_takes_too_long_is_one_line_and_costs_the_others_nothing(
    folder: Path,
) -> None:
    (folder / "길다.txt").write_text("회의 : 2021. 5. 3.(월) 14:00\n" * 50_000, encoding="utf-8")
    told = call(folder, "read_report", Limits(seconds=0.3), report="길다.txt")
    assert "길다.txt: 읽는 데 0.3초가 넘게 걸려 그만두었습니다" in told
    (folder / "깨짐.hwp").write_bytes(b"PK\x03\x04 broken")
    reports = ["깨짐.hwp", "보고.txt"]
    told = call(folder, "write_calendar", reports=reports, output="일정.ics")
    assert [line.partition(":")[0] for line in told.splitlines()] == ["일정.ics", "깨짐.hwp"]
    assert (folder / "일정.ics").read_bytes().count(b"BEGIN:VEVENT") == 2


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Return when something answers at a port."""
    while process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.1)


@pytest.mark.heavy
def test_it_speaks_over_http(folder: Path) -> None:
    import anyio
    import requests
    from mcp import Client

    port = free_port()
    command = [sys.executable, "-m", "calendarize", "mcp", str(folder), "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    async def asked() -> Any:
        async with Client(f"http://127.0.0.1:{port}/mcp") as client:
            return await client.call_tool("read_report", {"report": "보고.txt"})

    try:
        wait_for(port, process)
        told = anyio.run(asked).structured_content
        assert [event["title"] for event in told["events"]] == ["제300회 임시회", "간담회"]
        foreign = requests.post(
            f"http://127.0.0.1:{port}/mcp", json={}, headers={"Host": "evil.example"}, timeout=10
        )
        assert foreign.status_code == 421
    finally:
        process.kill()
        process.wait()


def test_it_speaks_over_standard_input_and_output(folder: Path) -> None:
    import anyio
    from mcp import Client, StdioServerParameters

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
    told = run("mcp", "없는폴더")
    assert told.returncode == 2
    assert told.stderr.count(b"\n") == 1
