"""Subscription feeds: the reports' calendars over HTTP, read-only, one per department.

`/의회사무처.ics` is a department's calendar, `/전체.ics` everybody's; `?kind=session` and
`?approximate=skip` choose as the command line does. A report that changes is read again at the
next request; one that can no longer be read keeps its last good reading. Only names of reports
are ever shown, no path of the machine.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from html import escape
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, get_args
from urllib.parse import quote

from calendarize.changes.together import combined
from calendarize.console import options_for
from calendarize.errors import UsageError
from calendarize.events.assemble import Told
from calendarize.events.assemble import tell as told_by
from calendarize.events.model import Event
from calendarize.events.select import known_kinds, of_departments, select
from calendarize.export import render
from calendarize.export.options import Approximate
from calendarize.export.words import KINDS
from calendarize.run import Job, Run, found_files

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

    made: Run[Told]
    events: list[Event]
    changed: datetime


class Watched:
    """Reports that are read again when they change; safe to ask from several threads."""

    def __init__(
        self,
        paths: Sequence[str],
        day: date | None,
        department: str | None,
        tell: Callable[[str], None],
    ) -> None:
        self.paths, self.tell = paths, tell
        self.job = Job(told_by, day, department)
        self.lock = Lock()
        self.read: dict[Path, tuple[State, Run[Told]]] = {}
        self.told: set[str] = set()
        self.latest: tuple[dict[Path, State], Snapshot] | None = None

    def snapshot(self) -> Snapshot:
        """Return what the reports say, read again where they have changed."""
        with self.lock:
            problems: list[str] = []
            states = dict(_states(found_files(self.paths, problems)))
            self._report(problems)
            named = (Path(path) for path in self.paths)
            gone = (path for path in named if path in self.read and path not in states)
            states |= {path: self.read[path][0] for path in gone}
            if self.latest is None or self.latest[0] != states:
                self.latest = states, self._read(states)
            return self.latest[1]

    def _read(self, states: dict[Path, State]) -> Snapshot:
        made = Run[Told]()
        for path, state in states.items():
            known = self.read.get(path)
            if known is None or known[0] != state:
                fresh = self.job(path)
                self._report(fresh.problems)
                kept = known[1] if known and fresh.problems and not fresh.made else fresh
                self.read[path] = state, kept
            made.add(self.read[path][1])
        self.read = {path: self.read[path] for path in states}
        newest = max((changed for changed, _ in states.values()), default=0)
        return Snapshot(made, combined(made.made), datetime.fromtimestamp(newest // 10**9, UTC))

    def _report(self, problems: Iterable[str]) -> None:
        for line in problems:
            if line not in self.told:
                self.told.add(line)
                self.tell(line)


def _states(found: Iterable[Path]) -> Iterable[tuple[Path, State]]:
    for path in found:
        try:
            status = path.stat()
        except OSError:  # it went while we looked
            continue
        yield path, (status.st_mtime_ns, status.st_size)


class Feeds:
    """The WSGI application."""

    def __init__(self, watched: Watched) -> None:
        from werkzeug.routing import Map, Rule

        self.watched = watched
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
            endpoint, values = self.rules.bind_to_environ(environ).match()
            response: Response = endpoint(request, **values)
        except MethodNotAllowed as error:
            response = _said(405, "읽기만 할 수 있습니다.")
            response.allow.update(error.valid_methods or ())
        except HTTPException as error:
            response = _said(error.code or 400, "그런 달력이 없습니다.")
        except UsageError as error:
            response = _said(400, str(error))
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers.setdefault("Content-Security-Policy", "default-src 'none'")
        response.headers["Referrer-Policy"] = "no-referrer"
        return response(environ, start_response)

    def calendar(self, request: Request, name: str) -> Response:
        """Return a department's calendar, narrowed by `kind` and `approximate`."""
        from werkzeug.wrappers import Response

        now = self.watched.snapshot()
        today = date.today()
        approximate = request.args.get("approximate", "span")
        if approximate not in get_args(Approximate):
            known = ", ".join(get_args(Approximate))
            raise UsageError(f"approximate={approximate}: 있는 값은 {known}입니다.")
        kinds = known_kinds(request.args.getlist("kind"))
        try:
            found = of_departments(now.events, [] if name == EVERYTHING else [name])
        except UsageError as error:
            return _said(404, str(error))
        events = select(found, kinds=kinds, today=today)
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


def _of(events: Sequence[Event], name: str) -> list[Event]:
    return [event for event in events if event.department == name]


def _row(root: str, name: str, events: Sequence[Event]) -> str:
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
<p>주소 뒤에 <code>?approximate=skip</code>을 붙이면 날짜가 정해지지 않은 일정을 뺍니다.</p>
</html>
"""


def _said(status: int, line: str) -> Response:
    from werkzeug.wrappers import Response

    return Response(f"{line}\n", status=status, content_type="text/plain; charset=utf-8")


def serve(watched: Watched, host: str, port: int, tell: Callable[[str], None]) -> None:
    """Serve until interrupted; `UsageError` where the address cannot be had."""
    try:
        from waitress import create_server
    except ImportError as error:
        raise UsageError(
            "HTTP 서버 라이브러리가 없습니다. 다음으로 설치하세요: pip install 'calendarize[serve]'"
        ) from error
    watched.snapshot()
    try:
        server = create_server(Feeds(watched), host=host, port=port, threads=4, ident=None)
    except (OSError, ValueError) as error:
        raise UsageError(
            f"{host}:{port}: 이 주소로 열 수 없습니다. --host와 --port를 바꾸어 보세요."
        ) from error
    shown = f"[{host}]" if ":" in host else host
    tell(f"http://{shown}:{server.effective_port}/ 에 구독 주소가 있습니다. 끝내려면 Ctrl-C.")
    if host not in ("127.0.0.1", "localhost", "::1"):
        tell("다른 컴퓨터에서도 볼 수 있게 열었습니다. 누구나 일정을 읽을 수 있습니다.")
    server.run()
