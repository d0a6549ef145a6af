"""`push` against a real CalDAV server."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import icalendar
import pytest

from tests.examples import EXAMPLES
from tests.radicale import PASSWORD, USER, Server, free_port, radicale
from tests.test_calendars import EARLIER, LATER, edition
from tests.test_cli import lines, run

pytestmark = pytest.mark.xdist_group("push")
COUNCIL = (EXAMPLES / "council-2021-05.txt").read_text(encoding="utf-8")
FOREIGN = """\
BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//other//other//EN\r
BEGIN:VEVENT\r
UID:{uid}\r
DTSTAMP:20210101T000000Z\r
DTSTART;VALUE=DATE:20210504\r
DTEND;VALUE=DATE:20210505\r
SUMMARY:치과\r
END:VEVENT\r
END:VCALENDAR\r
"""


@pytest.fixture(scope="module")
def shared_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with radicale(tmp_path_factory.mktemp("radicale")) as server:
        yield server


@pytest.fixture
def server(shared_server: Server) -> Server:
    shared_server.request("DELETE", shared_server.collection)
    shared_server.request("MKCALENDAR", shared_server.collection)
    return shared_server


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "보고.txt"
    path.write_text(COUNCIL, encoding="utf-8")
    return path


def push(server: Server, *arguments: str | Path, password: str = PASSWORD):  # type: ignore[no-untyped-def]
    return run("push", server.collection, *arguments, "--user", USER, CALENDARIZE_PASSWORD=password)


def stored(server: Server) -> dict[str, icalendar.Event]:
    answer = server.request("GET", server.collection)
    calendar = icalendar.Calendar.from_ical(answer.content)
    return {str(e["SUMMARY"]): e for e in calendar.walk("VEVENT")}


def raw(server: Server) -> list[str]:
    """Return the collection's content and the version of each resource."""
    body = '<propfind xmlns="DAV:"><prop><getetag/></prop></propfind>'
    answer = server.request("PROPFIND", server.collection, body, Depth="1")
    return sorted(re.findall(r"<(?:href|getetag)>[^<]*", answer.text))


def last(result) -> str:  # type: ignore[no-untyped-def]
    return str(result.stdout.decode().splitlines()[-1])


@pytest.mark.heavy
def test_events_are_created_and_a_second_run_changes_nothing(server: Server, report: Path) -> None:
    first = push(server, report)
    assert first.returncode == 0, first.stderr.decode()
    assert re.fullmatch(r"올림: 추가 \d+건, 변경 0건, 취소 0건, 그대로 0건", last(first))
    session = stored(server)["제302회 임시회"]
    assert (str(session.start), str(session.end)) == ("2021-08-27", "2021-09-11")
    before = raw(server)
    second = push(server, report)
    assert "추가 0건, 변경 0건, 취소 0건" in last(second)
    assert raw(server) == before


def test_changes_and_withdrawals_go_out_and_others_events_stay(
    server: Server, report: Path
) -> None:
    server.request("PUT", f"{server.collection}mine.ics", FOREIGN.format(uid="mine"))
    push(server, report)
    text = COUNCIL.replace("8.27(금) ~ 9.10(금)", "8.30(월) ~ 9.13(월)")
    report.write_text(
        "\n".join(line for line in text.splitlines() if "장서 점검" not in line), encoding="utf-8"
    )
    result = push(server, report)
    told = result.stdout.decode()
    assert "제302회 임시회: '21. 8.27(금)–9.10(금) → '21. 8.30(월)–9.13(월)" in told
    assert "취소 1건" in last(result)
    events = stored(server)
    assert (str(events["제302회 임시회"].start), events["제302회 임시회"]["SEQUENCE"]) == (
        "2021-08-30",
        1,
    )
    assert events["장서 점검 및 폐기 목록 확정"]["STATUS"] == "CANCELLED"
    assert "치과" in events
    assert "추가 0건, 변경 0건, 취소 0건" in last(push(server, report))


@pytest.mark.heavy
def test_a_later_report_moves_what_it_words_otherwise(server: Server, tmp_path: Path) -> None:
    push(server, edition(tmp_path / "2월.txt", "2022. 2. 7.", EARLIER))
    uid = stored(server)["본회의장 전자투표시스템 구축"]["UID"]
    later = edition(tmp_path / "7월.txt", "2022. 7. 20.", LATER)
    assert "추가 1건, 변경 3건, 취소 0건" in last(push(server, later))
    voting = stored(server)["본회의장 전자표결 시스템 설치"]
    assert (voting["UID"], voting["SEQUENCE"]) == (uid, 1)
    assert "추가 0건, 변경 0건, 취소 0건" in last(push(server, later))


@pytest.mark.heavy
def test_a_selection_withdraws_nothing_that_the_report_still_tells(
    server: Server, report: Path
) -> None:
    push(server, report)
    count = len(stored(server))
    result = push(server, report, "--kind", "session")
    assert "추가 0건, 변경 0건, 취소 0건" in last(result)
    assert len(stored(server)) == count


@pytest.mark.heavy
def test_another_report_withdraws_nothing_of_this_one(server: Server, report: Path) -> None:
    push(server, report, "--kind", "session")
    other = report.with_name("다른 보고.txt")
    other.write_text(
        "보고\n\n2021. 5. 3.\n\n총무과\n\n- 청사 이전 : '21. 7. 8.(목)\n", encoding="utf-8"
    )
    assert "추가 1건, 변경 0건, 취소 0건" in last(push(server, other))
    assert "제302회 임시회" in stored(server)


def test_a_dry_run_only_tells(server: Server, report: Path) -> None:
    result = push(server, report, "--dry-run")
    assert "--dry-run" in last(result)
    assert "제302회 임시회: '21. 8.27(금)–9.10(금) 추가" in result.stdout.decode()
    assert stored_count(server) == 0


def stored_count(server: Server) -> int:
    return len([line for line in raw(server) if line.endswith(".ics")])


@pytest.mark.heavy
def test_somebody_elses_entry_of_the_same_uid_is_left_alone(server: Server, report: Path) -> None:
    push(server, report, "--kind", "session")
    uid = str(stored(server)["제302회 임시회"]["UID"])
    server.request("PUT", f"{server.collection}{uid}.ics", FOREIGN.format(uid=uid))
    result = push(server, report, "--kind", "session")
    assert "다른 일정과 겹쳐 올리지 않았습니다: 제302회 임시회" in lines(result)
    assert "치과" in stored(server)


@pytest.mark.heavy
def test_an_interruption_half_way_is_completed_by_the_next_run(
    server: Server, report: Path
) -> None:
    with cut_after(server, 9) as url:
        broken = run("push", f"{url}/{USER}/council/", report, "--user", USER,
                     CALENDARIZE_PASSWORD=PASSWORD)  # fmt: skip
    assert broken.returncode == 1
    assert re.search(r"\d+건 중 \d+건을 올렸습니다", lines(broken)[-1])
    assert len(lines(broken)) == 1
    partly = stored_count(server)
    assert 0 < partly < 40
    result = push(server, report)
    assert f"그대로 {partly}건" in last(result)
    assert "추가 0건, 변경 0건, 취소 0건" in last(push(server, report))


class cut_after:
    """A proxy that passes some requests on to the server, then drops every connection."""

    def __init__(self, server: Server, requests: int) -> None:
        self.target = int(server.url.rsplit(":", 1)[1])
        self.left = requests
        self.listener = socket.create_server(("127.0.0.1", free_port()))

    def __enter__(self) -> str:
        threading.Thread(target=self.serve, daemon=True).start()
        return f"http://127.0.0.1:{self.listener.getsockname()[1]}"

    def __exit__(self, *_: object) -> None:
        self.listener.close()

    def serve(self) -> None:
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.relay, args=(client,), daemon=True).start()

    def relay(self, client: socket.socket) -> None:
        upstream = socket.create_connection(("127.0.0.1", self.target))
        threading.Thread(target=self.pump, args=(upstream, client), daemon=True).start()
        while data := self.received(client):
            self.left -= data.count(b" HTTP/1.1\r\n")
            if self.left < 0:
                break
            upstream.sendall(data)
        for each in (client, upstream):
            each.close()

    def pump(self, source: socket.socket, sink: socket.socket) -> None:
        try:
            while data := self.received(source):
                sink.sendall(data)
        except OSError:
            return

    @staticmethod
    def received(source: socket.socket) -> bytes:
        try:
            return source.recv(65536)
        except OSError:
            return b""


@pytest.mark.parametrize(
    ("url", "options", "status", "said"),
    [
        ("{url}/secretary/nowhere/", (), 1, "그런 달력이 없습니다"),
        ("http://127.0.0.1:9/x/", (), 1, "서버에 연결할 수 없습니다"),
        ("council", (), 2, "달력 주소가 아닙니다"),
        ("https://a:b@example.org/x/", (), 2, "비밀번호를 넣지 마세요"),
        ("http://example.org/x/", (), 2, "암호화되지 않은 주소"),
    ],
)
def test_what_cannot_be_reached_is_one_line(
    server: Server, report: Path, url: str, options: tuple[str, ...], status: int, said: str
) -> None:
    address = url.format(url=server.url)
    result = run("push", address, report, *options, "--user", USER, CALENDARIZE_PASSWORD=PASSWORD)
    assert result.returncode == status
    assert said in lines(result)[-1]
    assert b"Traceback" not in result.stderr
    assert PASSWORD.encode() not in result.stderr + result.stdout


def test_a_wrong_password_is_one_line(server: Server, report: Path) -> None:
    result = push(server, report, password="wrong")
    assert (result.returncode, len(lines(result))) == (1, 1)
    assert "아이디(--user)와 비밀번호를 확인하세요" in lines(result)[0]


def test_the_password_may_be_typed(server: Server, report: Path) -> None:
    result = run("push", server.collection, report, "--user", USER, "--kind", "session",
                 stdin=f"{PASSWORD}\n".encode())  # fmt: skip
    assert result.returncode == 0, result.stderr.decode()
    assert PASSWORD.encode() not in result.stderr + result.stdout


PAGE = b"<html><body><form>login</form></body></html>"
ANSWERS = {
    "a login page": (200, "text/html", PAGE),
    "an empty page": (200, "text/plain", b""),
    "junk": (207, "application/xml", b"\0\1 no XML"),
    "a page as an answer": (207, "text/html", PAGE),
    "another document": (207, "application/xml", b"<rss><channel/></rss>"),
    "nothing": (207, "application/xml", b""),
}


@contextmanager
def answering(status: int, kind: str, body: bytes, **headers: str) -> Iterator[str]:
    """A server that has one answer for everything."""

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self.send_response(status)
            for name, value in {"Content-Type": kind, **headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_PUT = do_REPORT = do_PROPFIND = do_OPTIONS = answer

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/calendar/"
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.heavy
@pytest.mark.parametrize("kind", ANSWERS)
def test_an_answer_of_no_calendar_is_one_line(kind: str, report: Path) -> None:
    with answering(*ANSWERS[kind]) as url:
        result = run("push", url, report, "--kind", "session")
    assert (result.returncode, len(lines(result))) == (1, 1)
    assert "CalDAV 달력의 답이 아닙니다" in lines(result)[0]
    assert "https://서버/" in lines(result)[0]


@pytest.mark.heavy
@pytest.mark.parametrize("options", [(), ("--user", "a")])
def test_nothing_follows_to_another_host(options: tuple[str, ...], report: Path) -> None:
    with answering(302, "text/html", b"", Location="http://elsewhere.example/x/") as url:
        result = run("push", url, report, *options, CALENDARIZE_PASSWORD=PASSWORD)
    assert (result.returncode, len(lines(result))) == (1, 1)
    assert "다른 곳(http://elsewhere.example)으로 보내는 주소입니다" in lines(result)[0]


def test_without_a_terminal_nobody_is_asked_for_a_password(report: Path) -> None:
    result = run("push", "https://example.org/x/", report, "--user", "a")
    assert (result.returncode, len(lines(result))) == (2, 1)
    assert "CALENDARIZE_PASSWORD" in lines(result)[0]


def test_an_error_of_the_server_is_said_with_its_number(report: Path) -> None:
    with answering(503, "text/html", PAGE) as url:
        result = run("push", url, report)
    assert (result.returncode, len(lines(result))) == (1, 1)
    assert "서버에 오류가 났습니다(503)" in lines(result)[0]
