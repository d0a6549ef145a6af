"""`serve` as calendar programs meet it: a real server, a real client."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import quote

import icalendar
import pytest
import requests

from tests.examples import EXAMPLES
from tests.radicale import free_port
from tests.test_cli import lines, run

pytestmark = pytest.mark.xdist_group("serve")
COUNCIL = quote("의회사무처")


@dataclass
class Serving:
    url: str
    folder: Path
    process: subprocess.Popen[bytes]

    def get(self, path: str, **options: object) -> requests.Response:
        return requests.get(f"{self.url}{path}", timeout=60, **options)  # type: ignore[arg-type]

    def get_until(self, path: str, holds: Callable[[requests.Response], bool]) -> requests.Response:
        """Return the first answer of which something holds: a busy machine reads reports late."""
        end = time.monotonic() + 60
        while not holds(answer := self.get(path)) and time.monotonic() < end:
            time.sleep(0.1)
        return answer

    def stop(self) -> tuple[int, str]:
        self.process.send_signal(signal.SIGINT)
        _, said = self.process.communicate(timeout=60)
        return self.process.returncode, said.decode()


@contextmanager
def started(folder: Path) -> Iterator[Serving]:
    for path in EXAMPLES.glob("*.txt"):
        (folder / path.name).write_bytes(path.read_bytes())
    process = subprocess.Popen(
        [sys.executable, "-m", "calendarize", "serve", str(folder), "--port", "0"],
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONUTF8": "1"},
        cwd=Path(__file__).parent.parent,
    )
    try:
        assert process.stderr is not None
        first = process.stderr.readline().decode()
        found = re.match(r"(http://127\.0\.0\.1:\d+)/", first)
        assert found, first
        yield Serving(found[1], folder, process)
    finally:
        process.kill()
        process.wait()


@pytest.fixture(scope="module")
def changing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """A server for all who change its reports; the last of them stops it."""
    with started(tmp_path_factory.mktemp("changing")) as server:
        yield server


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """A server for all who only ask."""
    with started(tmp_path_factory.mktemp("reports")) as server:
        yield server


def titles(answer: requests.Response) -> set[str]:
    calendar = icalendar.Calendar.from_ical(answer.content)
    return {str(event["SUMMARY"]) for event in calendar.walk("VEVENT")}


def test_a_department_has_a_feed_that_programs_read_again_only_when_it_changed(
    shared: Serving,
) -> None:
    answer = shared.get(f"/{COUNCIL}.ics")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "제302회 임시회" in titles(answer)
    calendar = icalendar.Calendar.from_ical(answer.content)
    assert calendar["REFRESH-INTERVAL"].params["VALUE"] == "DURATION"
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT6H\r\n" in answer.content
    for condition in (
        {"If-None-Match": answer.headers["ETag"]},
        {"If-Modified-Since": answer.headers["Last-Modified"]},
    ):
        again = shared.get(f"/{COUNCIL}.ics", headers=condition)
        assert (again.status_code, again.content) == (304, b"")
    head = requests.head(f"{shared.url}/{COUNCIL}.ics", timeout=60)
    assert (head.status_code, head.content, head.headers["ETag"]) == (
        200,
        b"",
        answer.headers["ETag"],
    )


def test_feeds_can_be_narrowed(shared: Serving) -> None:
    sessions = titles(shared.get(f"/{COUNCIL}.ics?kind=session"))
    assert sessions == {
        f"제{n}회 {kind}"
        for n, kind in zip(
            range(299, 304), ("임시회", "임시회", "정례회", "임시회", "정례회"), strict=True
        )
    }
    exact = titles(shared.get(f"/{COUNCIL}.ics?approximate=skip"))
    assert not any("[미정]" in title for title in exact)
    assert len(titles(shared.get(f"/{quote('전체')}.ics"))) > len(exact)


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        (f"/{quote('없는과')}.ics", 404, "그런 부서의 달력이 없습니다. 있는 달력: 전체, "),
        (f"/{COUNCIL}.ics?kind=party", 400, "있는 종류"),
        (f"/{COUNCIL}.ics?approximate=maybe", 400, "approximate"),
        ("/council-2021-05.txt", 404, "그런 달력이 없습니다"),
        ("/etc/passwd.ics", 404, "그런 달력이 없습니다"),
        ("/%2e%2e%2fetc%2fpasswd.ics", 404, ""),
        ("/..%5c..%5cwindows.ics", 404, ""),
    ],
)
def test_what_is_not_there_is_one_line(shared: Serving, path: str, status: int, said: str) -> None:
    connection = HTTPConnection(shared.url.removeprefix("http://"))
    connection.request("GET", path)  # as it is, without a client's tidying
    answer = connection.getresponse()
    text = answer.read().decode()
    assert (answer.status, text.count("\n")) == (status, 1)
    assert said in text
    assert str(shared.folder) not in text
    assert "root:" not in text


def test_it_only_reads(shared: Serving) -> None:
    for method in ("POST", "PUT", "DELETE"):
        answer = requests.request(method, f"{shared.url}/{COUNCIL}.ics", timeout=60)
        assert answer.status_code == 405
        assert "GET" in answer.headers["Allow"]


@pytest.mark.heavy
def test_the_index_lists_the_feeds_and_shows_no_paths(changing: Serving) -> None:
    (changing.folder / "x.txt").write_text(
        "업무 보고\n\n2021. 5. 3.\n\n총무과\n\n- <script>alert(1)</script> 회의 : '21. 7. 8.\n- 직원 체육대회 : '21. 9월\n",
        encoding="utf-8",
    )
    answer = changing.get_until("/", lambda answer: "총무과" in answer.text)
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert f"{changing.url}/{quote('서울특별시의회사무처')}.ics" in answer.text
    assert "총무과" in answer.text
    assert "<script" not in answer.text
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert str(changing.folder) not in answer.text
    for address in re.findall(r'href="([^"]+)"', answer.text):
        assert requests.get(address, timeout=60).status_code == 200


def test_a_changed_report_shows_at_the_next_request(changing: Serving) -> None:
    before = changing.get(f"/{COUNCIL}.ics")
    report = changing.folder / "council-2021-05.txt"
    text = report.read_text(encoding="utf-8")
    report.write_text(text.replace("제302회 임시회", "제312회 임시회"), encoding="utf-8")
    changed = "제312회 임시회"
    after = changing.get_until(f"/{COUNCIL}.ics", lambda answer: changed in titles(answer))
    assert changed in titles(after)
    condition = {"If-None-Match": before.headers["ETag"]}
    assert changing.get(f"/{COUNCIL}.ics", headers=condition).status_code == 200


@pytest.mark.heavy
def test_a_report_that_cannot_be_read_any_longer_keeps_its_events(changing: Serving) -> None:
    report = changing.folder / "council-2021-05.txt"
    whole = titles(changing.get(f"/{COUNCIL}.ics"))
    report.write_bytes(b"PK\x03\x04 broken")
    changing.get(f"/{COUNCIL}.ics")
    assert changing.process.stderr is not None
    told = (line.decode() for line in changing.process.stderr)
    first = next(line for line in told if "오래 걸립니다" not in line)  # it is read by now
    assert first.startswith("council-2021-05.txt: ")
    for _ in range(2):
        assert titles(changing.get(f"/{COUNCIL}.ics")) == whole
    status, said = changing.stop()
    assert status == 0
    assert "council-2021-05.txt" not in said
    assert "Traceback" not in said


def test_many_clients_at_once_get_the_same(shared: Serving) -> None:
    with ThreadPoolExecutor(8) as clients:
        answers = list(clients.map(lambda _: shared.get(f"/{COUNCIL}.ics").content, range(24)))
    assert len(set(answers)) == 1


@pytest.mark.heavy
def test_ctrl_c_stops_it_quietly(tmp_path: Path) -> None:
    with started(tmp_path) as server:
        server.get("/")
        assert server.stop() == (0, "")


@pytest.mark.heavy
def test_an_address_that_is_taken_is_one_line(shared: Serving) -> None:
    port = shared.url.rsplit(":", 1)[1]
    result = run("serve", EXAMPLES, "--port", port)
    assert (result.returncode, len(lines(result))) == (2, 1)
    assert "이 주소로 열 수 없습니다" in lines(result)[0]
    nowhere = run("serve", EXAMPLES, "--host", "192.0.2.1", "--port", str(free_port()))
    assert (nowhere.returncode, len(lines(nowhere))) == (2, 1)


def test_only_names_of_this_server_are_answered(shared: Serving) -> None:
    for name, status in (
        ("evil.example", 421),
        ("127.0.0.1:80", 200),
        ("[::1]", 200),
        ("a:b", 421),
    ):
        answer = shared.get("/", headers={"Host": name})
        assert answer.status_code == status
        assert "evil" not in answer.text
    assert "--" not in shared.get(f"/{COUNCIL}.ics?kind=x").text


def test_a_name_for_others_is_given_on_the_command_line() -> None:
    from calendarize.serve import is_known

    assert is_known("cal.example.go.kr:8080", {"Cal.example.go.kr"})
    assert not is_known("example.go.kr", {"cal.example.go.kr"})


def answered(url: str, request: bytes) -> tuple[int, str, str]:
    """Return status, type and text of the answer to bytes that need be no request."""
    host, port = url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=60) as connection:
        connection.sendall(request)
        answer = HTTPResponse(connection)
        answer.begin()
        return answer.status, answer.headers["Content-Type"], answer.read().decode()


@pytest.mark.parametrize(
    ("request_", "status", "said"),
    [
        (b"GET /?kind=" + b"a" * 600 + b" HTTP/1.1", 414, "주소가 너무 깁니다."),
        (b"GET / HTTP/1.1\r\nX-Long: " + b"a" * 40_000, 431, "요청의 머리글이 너무 깁니다."),
        (b"POST / HTTP/1.1\r\nContent-Length: 5000", 413, "요청에 딸린 내용이 너무 깁니다."),
        (b"GET / HTTP/1.1\r\nContent-Length: many", 400, "알아들을 수 없는 요청입니다."),
        (b"GET / HTTP/1.1\r\nTransfer-Encoding: x", 501, "이 서버가 모르는 방식"),
    ],
    ids=[414, 431, 413, 400, 501],
)
def test_requests_have_limits(shared: Serving, request_: bytes, status: int, said: str) -> None:
    found, kind, text = answered(shared.url, request_ + b"\r\n\r\n")
    assert (found, kind) == (status, "text/plain; charset=utf-8")
    assert text.startswith(said)
    assert text.count("\n") == 1
    assert not re.search("[A-Za-z]", text)


def test_connections_that_say_nothing_block_nobody(shared: Serving) -> None:
    host, port = shared.url.removeprefix("http://").split(":")
    half_open = []
    try:
        for _ in range(150):
            each = socket.create_connection((host, int(port)), timeout=60)
            each.sendall(b"GET / HTTP/1.1\r\nHost: ")
            half_open.append(each)
        assert requests.get(f"{shared.url}/{COUNCIL}.ics", timeout=8).status_code == 200
    finally:
        for each in half_open:
            each.close()
