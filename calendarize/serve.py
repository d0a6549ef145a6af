"""Subscription feeds: the reports' calendars over HTTP, read-only, one per department.

`/의회사무처.ics` is a department's calendar, `/전체.ics` everybody's; `?kind=session`,
`?preset=milestones` and `?approximate=start` choose as the command line does. A report that
changes is read again at the next request; one that can no longer be read keeps its last good
reading. Only names of reports are ever shown, no path of the machine.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from html import escape
from ipaddress import ip_address
from pathlib import Path
from threading import Condition, Thread
from time import monotonic, time
from typing import TYPE_CHECKING, Any, get_args
from urllib.parse import quote, urlsplit

from calendarize import api
from calendarize.arguments import PresetName
from calendarize.console import options_for, plain
from calendarize.errors import UsageError
from calendarize.export import render
from calendarize.export.options import Approximate
from calendarize.export.words import KINDS
from calendarize.run import Job, Run, cores, found_files, outcomes
from calendarize.workers import Limits, Pool

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment
    from werkzeug.wrappers import Request, Response

EVERYTHING = "전체"
REFRESH = timedelta(hours=6)
State = tuple[int, int]
"""When a file was changed last (nanoseconds), and its size in bytes."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What the reports say now, and when the newest of them was changed."""

    made: Run[api.Found]
    events: tuple[api.Event, ...]
    changed: datetime


_PATIENCE = 0.5
"""How long a request waits for reports that have just changed, seconds."""


class Watched:
    """Reports that are read again when they change; safe to ask from several threads.

    They are read beside the answering, in other processes: while one takes long, the answer is
    what the reports said before, and those behind it are read by the others.
    """

    def __init__(
        self,
        paths: Sequence[str],
        day: date | None,
        department: str | None,
        tell: Callable[[str], None],
        limits: Limits,
    ) -> None:
        self.paths, self.tell = paths, tell
        job = Job(api.found, day, department)
        self.pools = [Pool[Path, Run[api.Found]](job, 1, limits) for _ in range(cores())]
        self.turn = Condition()
        self.wanted: dict[Path, State] = {}
        self.since = 0.0  # when what is wanted changed, by the clock of `monotonic`
        self.read: dict[Path, tuple[State, Run[api.Found]]] = {}
        self.told: set[str] = set()
        self.latest: Snapshot | None = None
        self.ready = False  # every report has been read once
        self.readers: list[Thread] = []
        self.taken: set[Path] = set()  # what is being read

    def snapshot(self) -> Snapshot:
        """Return what the reports say, read again where they have changed."""
        problems: list[str] = []
        states = dict(_states(found_files(self.paths, problems)))
        with self.turn:
            self._report(problems)
            named = (Path(path) for path in self.paths)
            gone = (path for path in named if path in self.read and path not in states)
            states |= {path: self.read[path][0] for path in gone}
            if states != self.wanted:
                self.wanted, self.since, self.latest = states, monotonic(), None
                self._begin()
            patience = max(0, self.since + _PATIENCE - monotonic()) if self.ready else None
            if not self.turn.wait_for(lambda: not self._unread(), patience):
                self._report(map(_slow, self._unread()[:1]))
            self.ready = True
            if self.latest is None:
                self.latest = self._made()
            return self.latest

    def close(self) -> None:
        """End the processes that read."""
        for pool in self.pools:
            pool.close()

    def _begin(self) -> None:
        """Let the readers know of changes; they start with the first of them."""
        self.read = {path: self.read[path] for path in self.wanted if path in self.read}
        self.turn.notify_all()
        if not self.readers:
            self.readers = [
                Thread(target=self._keep_reading, args=(pool,), daemon=True) for pool in self.pools
            ]
            for reader in self.readers:
                reader.start()

    def _unread(self) -> list[Path]:
        """Return the reports that have changed, those that could be read before at first."""
        known = {path: self.read.get(path) for path in self.wanted}
        unread = [
            path
            for path, state in self.wanted.items()
            if (before := known[path]) is None or before[0] != state
        ]
        return sorted(unread, key=lambda path: known[path] is None)

    def _free(self) -> Path | None:
        """Return the next report to read, of those that nobody reads yet."""
        return next((path for path in self._unread() if path not in self.taken), None)

    def _keep_reading(self, pool: Pool[Path, Run[api.Found]]) -> None:
        while True:
            with self.turn:
                path = self.turn.wait_for(self._free)
                assert path is not None
                state = self.wanted[path]
                self.taken.add(path)
            fresh = Run[api.Found]()
            for _, found in outcomes([path], pool):
                fresh.add(found)
            with self.turn:
                self.taken.discard(path)
                self._report(fresh.problems)
                known = self.read.get(path)
                kept = known[1] if known and fresh.problems and not fresh.made else fresh
                self.read[path] = state, kept
                self.latest = None
                self.turn.notify_all()

    def _made(self) -> Snapshot:
        made = Run[api.Found]()
        for path in self.wanted:
            if path in self.read:
                made.add(self.read[path][1])
        newest = max((changed for changed, _ in self.wanted.values()), default=0)
        changed = datetime.fromtimestamp(max(0, min(newest / 10**9, time())) // 1, UTC)
        return Snapshot(made, api.combine(each.report() for each in made.made), changed)

    def _report(self, problems: Iterable[str]) -> None:
        for line in problems:
            if line not in self.told:
                self.told.add(line)
                self.tell(line)


def _slow(path: Path) -> str:
    return f"{path.name}: 읽는 데 오래 걸립니다. 그동안은 전에 읽은 일정을 보여 줍니다."


def _states(found: Iterable[Path]) -> Iterable[tuple[Path, State]]:
    for path in found:
        try:
            status = path.stat()
        except OSError:  # it went while we looked
            continue
        yield path, (status.st_mtime_ns, status.st_size)


MAX_QUERY = 500
MAX_BODY = 1024
MAX_HEADER = 16 * 1024
MAX_CONNECTIONS = 500
PATIENCE_WITH_CLIENTS = 10
"""What a request may hold, characters and bytes; how many connections there may be, and for how
many seconds one may say nothing."""

_LOOPBACK = ("localhost", "127.0.0.1", "::1")


def is_known(host: str, names: Collection[str]) -> bool:
    """Tell whether a Host header names this server: one of its names, or an address.

    Any other name may be one that a foreign page had resolved to this machine.

    >>> [is_known(h, {"cal.go.kr"}) for h in ("cal.go.kr:80", "[::1]:80", "10.0.0.1", "a.com")]
    [True, True, True, False]
    """
    try:
        parts = urlsplit(f"//{host}")
        name = (parts.hostname or "").rstrip(".")
        if parts.port is None or parts.port > 0:
            return name in {each.lower() for each in (*_LOOPBACK, *names)} or bool(ip_address(name))
    except ValueError:  # no port, no address
        pass
    return False


class Feeds:
    """The WSGI application; `names` are those of this server besides its addresses."""

    def __init__(self, watched: Watched, names: Collection[str] = ()) -> None:
        from werkzeug.routing import Map, Rule

        self.watched, self.names = watched, names
        self.rules = Map(
            [
                Rule("/", endpoint=self.index, methods=["GET"]),
                Rule("/<name>.ics", endpoint=self.calendar, methods=["GET"]),
            ]
        )

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        from werkzeug.exceptions import HTTPException, MethodNotAllowed
        from werkzeug.wrappers import Request

        request = Request(environ)
        try:
            if not is_known(environ.get("HTTP_HOST", _LOOPBACK[0]), self.names):
                return _said(421, "이 서버의 주소가 아닙니다.")(environ, start_response)
            if len(environ.get("QUERY_STRING", "")) > MAX_QUERY:
                return _said(414, "주소가 너무 깁니다.")(environ, start_response)
            endpoint, values = self.rules.bind_to_environ(environ).match()
            response: Response = endpoint(request, **values)
        except MethodNotAllowed as error:
            response = _said(405, "읽기만 할 수 있습니다.")
            response.allow.update(error.valid_methods or ())
        except HTTPException as error:
            response = _said(error.code or 400, "그런 달력이 없습니다.")
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers.setdefault("Content-Security-Policy", "default-src 'none'")
        response.headers["Referrer-Policy"] = "no-referrer"
        return response(environ, start_response)

    def calendar(self, request: Request, name: str) -> Response:
        """Return a department's calendar, narrowed by `kind`, `preset` and `approximate`.

        As in a file, what is not exact is in it only if a preset or a way to show it is asked for.
        """
        from werkzeug.wrappers import Response

        now = self.watched.snapshot()
        today = date.today()
        preset = request.args.get("preset")
        if preset is not None and preset not in list(PresetName):
            return _said(400, f"그런 preset 값은 없습니다. 있는 값: {', '.join(PresetName)}")
        approximate = request.args.get("approximate", "skip" if preset is None else "span")
        if approximate not in get_args(Approximate):
            known = ", ".join(get_args(Approximate))
            return _said(400, f"그런 approximate 값은 없습니다. 있는 값: {known}")
        kinds = request.args.getlist("kind")
        if not set(kinds) <= set(KINDS):
            known = ", ".join(KINDS)
            return _said(400, f"그런 종류(kind)는 없습니다. 있는 종류: {known}")
        names = () if name == EVERYTHING else (name,)
        choice = api.Choice(today, names, kinds=kinds, preset=preset or "all")
        try:
            events = plain(api.select(now.events, choice))
        except UsageError:
            departments = sorted({e.department for e in now.events if e.department})
            known = ", ".join((EVERYTHING, *departments))
            return _said(404, f"그런 부서의 달력이 없습니다. 있는 달력: {known}")
        options = options_for(now.made, approximate, today, Path(f"{name}.ics"))
        data = render("ics", events, replace(options, refresh=REFRESH))
        response = Response(data, content_type="text/calendar; charset=utf-8")
        response.set_etag(hashlib.sha256(response.data).hexdigest())
        response.last_modified = now.changed
        response.cache_control.no_cache = True
        response.headers["Content-Disposition"] = (
            f"inline; filename*=UTF-8''{quote(name, safe='')}.ics"
        )
        return response.make_conditional(request)

    def index(self, request: Request) -> Response:
        """Return a page with the addresses of the feeds."""
        from werkzeug.wrappers import Response

        now = self.watched.snapshot()
        names = sorted({e.department for e in now.events if e.department})
        root = request.url_root
        rows = [_row(root, name, _of(now.events, name)) for name in names]
        rows.insert(0, _row(root, EVERYTHING, now.events))
        page = _PAGE.format(style=_STYLE, rows="\n".join(rows))
        response = Response(page, content_type="text/html; charset=utf-8")
        digest = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
        policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'"
        response.headers["Content-Security-Policy"] = policy
        response.add_etag()
        return response.make_conditional(request)


def _of(events: Sequence[api.Event], name: str) -> list[api.Event]:
    return [event for event in events if event.department == name]


def _row(root: str, name: str, events: Sequence[api.Event]) -> str:
    """Return a table row: the feed, how many events it has, and a feed for each kind."""
    address = f"{root}{quote(name)}.ics"
    kinds = [kind for kind in KINDS if any(event.kind == kind for event in events)]
    narrowed = " ".join(
        f'<a href="{escape(address)}?kind={kind}">{escape(KINDS[kind])}</a>' for kind in kinds
    )
    return (
        f"<tr><th>{escape(name)}</th><td>{len(events)}건</td>"
        f'<td><a href="{escape(address)}">{escape(address)}</a><br>{narrowed}</td></tr>'
    )


_STYLE = """
:root { color-scheme: light dark; font-family: system-ui, sans-serif; line-height: 1.6 }
body { margin: 2rem auto; max-width: 60rem; padding: 0 1rem }
table { border-collapse: collapse; width: 100% }
th, td { border-bottom: 1px solid #8884; padding: .5rem; text-align: left; vertical-align: top }
td { overflow-wrap: anywhere }
"""
_PAGE = """\
<!doctype html>
<html lang="ko">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>일정 구독 주소</title>
<style>{style}</style>
<h1>일정 구독 주소</h1>
<p>아래 주소를 아웃룩의 <b>웹에서 구독</b>, 구글 캘린더의 <b>URL로 추가</b>, 애플 캘린더의
<b>새로운 캘린더 구독</b>에 넣으면 보고서가 바뀔 때 일정도 따라 바뀝니다.</p>
<table>
{rows}
</table>
<p>날짜가 정해진 일정만 담습니다. 주소 뒤에 <code>?preset=all</code>을 붙이면 나머지까지,
<code>?preset=sessions</code>는 회기만, <code>?preset=milestones</code>는 주요 일정만 담습니다.</p>
</html>
"""


def _said(status: int, line: str) -> Response:
    from werkzeug.wrappers import Response

    return Response(f"{line}\n", status=status, content_type="text/plain; charset=utf-8")


_REFUSED = {
    400: "알아들을 수 없는 요청입니다.",
    413: "요청에 딸린 내용이 너무 깁니다. 이 서버는 읽기만 할 수 있습니다.",
    431: "요청의 머리글이 너무 깁니다.",
    500: "서버에 오류가 났습니다. 잠시 뒤에 다시 열어 보세요.",
    501: "이 서버가 모르는 방식으로 보낸 요청입니다.",
}
"""What the HTTP server says by itself, before or after it has asked the application."""


def _speak_korean(parts: Iterable[Any]) -> None:
    """Let the parts of a server that listen refuse in Korean what never gets to the application."""
    from waitress.channel import HTTPChannel
    from waitress.task import ErrorTask

    class Refusal(ErrorTask):  # type: ignore[misc]
        def execute(self) -> None:
            code = self.request.error.code
            response = _said(code, _REFUSED.get(code, _REFUSED[400]))
            self.status = response.status
            self.response_headers.extend(response.headers.items())
            self.set_close_on_finish()
            self.write(response.data)

    class Channel(HTTPChannel):  # type: ignore[misc]
        error_task_class = Refusal

    for part in parts:
        if hasattr(part, "channel_class"):
            part.channel_class = Channel


def serve(
    watched: Watched,
    host: str,
    port: int,
    tell: Callable[[str], None],
    names: Collection[str] = (),
) -> None:
    """Serve until interrupted; `UsageError` where the address cannot be had.

    `names` are those under which others reach this server (of a web server before it).
    """
    try:
        from waitress import create_server
    except ImportError as error:
        raise UsageError(
            "HTTP 서버 라이브러리가 없습니다. 다음으로 설치하세요: pip install 'calendarize[serve]'"
        ) from error
    watched.snapshot()
    parts: dict[int, Any] = {}  # by the number of its socket: the server puts them there
    try:
        server = create_server(
            Feeds(watched, {host, *names}),
            parts,
            host=host,
            port=port,
            threads=4,
            ident=None,
            asyncore_use_poll=True,
            connection_limit=MAX_CONNECTIONS,
            channel_timeout=PATIENCE_WITH_CLIENTS,
            cleanup_interval=PATIENCE_WITH_CLIENTS // 2,
            max_request_body_size=MAX_BODY,
            max_request_header_size=MAX_HEADER,
        )
    except (OSError, ValueError) as error:
        raise UsageError(
            f"{host}:{port}: 이 주소로 열 수 없습니다. --host와 --port를 바꾸어 보세요."
        ) from error
    _speak_korean(parts.values())
    shown = f"[{host}]" if ":" in host else host
    tell(f"http://{shown}:{server.effective_port}/ 에 구독 주소가 있습니다. 끝내려면 Ctrl-C.")
    if host not in _LOOPBACK:
        tell("다른 컴퓨터에서도 볼 수 있게 열었습니다. 누구나 일정을 읽을 수 있습니다.")
    try:
        server.run()
    finally:
        watched.close()
