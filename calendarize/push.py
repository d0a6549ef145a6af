"""Into a CalDAV collection (RFC 4791): create, update and cancel what the reports tell.

Only entries that calendarize made (they bear `X-CALENDARIZE-REPORT`) are touched. Each entry is
a resource of its own, written whole or not at all and only if nobody else changed it meanwhile
(If-Match), so that an interruption leaves nothing broken: the next run does the rest.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from getpass import getpass
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from calendarize.errors import ServiceError, UsageError
from calendarize.export.carried import carried_on, under
from calendarize.export.ical import Item, document, items
from calendarize.export.options import Options
from calendarize.export.revise import Change, items_of, revise

if TYPE_CHECKING:
    from caldav.calendarobjectresource import Event as Resource

    from calendarize.events.model import Event

VARIABLE = "CALENDARIZE_PASSWORD"
MARK = "X-CALENDARIZE-REPORT"
_DAV_ANSWERS: dict[str, tuple[int, ...]] = {
    "REPORT": (207,),
    "PROPFIND": (207,),
    "PUT": (200, 201, 202, 204),
    "GET": (200, 204),
    "OPTIONS": (200, 204),
}
"""With what a CalDAV server says that it did what it was asked."""
_SERVER_ERROR = 500
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Account:
    """A collection's address, and whose it is; `user` is `None` where none is needed."""

    url: str
    user: str | None = None
    password: str | None = None


def account(url: str, user: str | None) -> Account:
    """Return the account for a collection; its password comes from the environment variable
    `CALENDARIZE_PASSWORD`, the keyring, or a prompt.

    Raises `UsageError` where the address is none, holds a password, or would send one in clear.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UsageError(f"{url}: 달력 주소가 아닙니다. 예: https://서버/사용자/달력/")
    if parts.password or parts.username:
        raise UsageError("주소에 아이디나 비밀번호를 넣지 마세요. --user로 아이디만 지정하세요.")
    if user is None:
        return Account(url)
    if parts.scheme == "http" and parts.hostname not in _LOOPBACK:
        raise UsageError(
            f"{url}: 암호화되지 않은 주소로는 비밀번호를 보내지 않습니다. https 주소를 쓰세요."
        )
    return Account(url, user, _password(parts.hostname, user))


def _password(host: str, user: str) -> str:
    if told := os.environ.get(VARIABLE):
        return told
    if stored := _from_keyring(host, user):
        return stored
    if typed := _typed(f"{host}의 {user} 비밀번호: "):
        return typed
    raise UsageError(
        f"{host}의 {user} 비밀번호를 알 수 없습니다. 환경 변수 {VARIABLE}나 키링에 두거나, "
        "터미널에서 실행해 입력하세요."
    )


def _typed(prompt: str) -> str:
    """Return a line that is typed unseen, or piped in; nothing where nobody answers."""
    if sys.stdin is None:
        return ""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    try:
        return getpass(prompt, stream=sys.stderr)
    except EOFError:
        return ""


def _from_keyring(host: str, user: str) -> str | None:
    """Return the password stored for `calendarize:HOST`, where a keyring is installed and open."""
    try:
        import keyring
        import keyring.errors
    except ImportError:
        return None
    try:
        return keyring.get_password(f"calendarize:{host}", user)
    except keyring.errors.KeyringError:
        return None


@dataclass(frozen=True, slots=True)
class Stored:
    """An entry of the collection and the resource that holds it."""

    item: Item
    resource: Resource

    @property
    def ours(self) -> bool:
        return bool(self.item.get(MARK))


class Remote:
    """A collection on a server; every method raises `ServiceError` with one Korean line."""

    def __init__(self, told: Account) -> None:
        try:
            from caldav.davclient import DAVClient
        except ImportError as error:
            raise UsageError(
                "CalDAV 라이브러리가 없습니다. 다음으로 설치하세요: pip install 'calendarize[push]'"
            ) from error
        self.url = told.url
        self.client = DAVClient(
            told.url,
            username=told.user,
            password=told.password,
            timeout=30,
            enable_rfc6764=False,
            require_tls=False,  # `account` sends no password in clear
        )
        self.client.session.hooks["response"] = [self._look_at]
        self.calendar = self.client.calendar(url=told.url)  # type: ignore[no-untyped-call]

    def _look_at(self, answer: Any, **_: object) -> None:
        """Refuse an answer that leads elsewhere, or that no CalDAV server gives."""
        asked = urlsplit(self.url)
        if answer.is_redirect:
            leads = urlsplit(urljoin(self.url, answer.headers["location"]))
            downgrades = asked.scheme == "https" and leads.scheme == "http"
            if leads.hostname != asked.hostname or downgrades:
                place = f"{leads.scheme}://{leads.hostname}"
                raise ServiceError(
                    f"{self.url}: 다른 곳({place})으로 보내는 주소입니다. "
                    "옮겨 간 달력이면 그 주소를 지정하세요."
                )
        elif answer.status_code >= _SERVER_ERROR:
            raise ServiceError(
                f"{self.url}: 서버에 오류가 났습니다({answer.status_code}). "
                "잠시 뒤에 다시 실행하거나 서버 관리자에게 물어보세요."
            )
        elif answer.ok and answer.status_code not in _DAV_ANSWERS.get(answer.request.method, ()):
            raise self._is_no_calendar()

    def _is_no_calendar(self) -> ServiceError:
        return ServiceError(
            f"{self.url}: CalDAV 달력의 답이 아닙니다(로그인 화면이나 다른 페이지). "
            "https://서버/…/사용자/달력/ 꼴의 CalDAV 주소인지 확인하세요."
        )

    def entries(self) -> dict[str, Stored]:
        """Return the entries of the collection by UID."""
        found: dict[str, Stored] = {}
        with self._errors():
            for resource in self.calendar.get_events():
                for uid, item in items_of((resource.data or "").encode()).items():
                    found[uid] = Stored(item, resource)
        return found

    def store(self, item: Item, calendar: bytes, before: Stored | None) -> None:
        """Write one entry, over the one that was read before or as a new one."""
        from caldav.calendarobjectresource import Event as Resource

        with self._errors():
            if before is not None:
                before.resource.save(raw_data=calendar, precondition="etag")
                return
            address = f"{self.url.rstrip('/')}/{item.uid}.ics"
            resource = Resource(self.client, url=address, parent=self.calendar)
            resource.save(raw_data=calendar, no_overwrite=True)

    @contextmanager
    def _errors(self) -> Iterator[None]:
        from caldav.lib import error as dav
        from niquests.exceptions import RequestException

        try:
            yield
        except ServiceError:
            raise
        except dav.AuthorizationError as error:
            raise ServiceError(
                f"{self.url}: 들어갈 수 없습니다. 아이디(--user)와 비밀번호를 확인하세요."
            ) from error
        except dav.NotFoundError as error:
            raise ServiceError(
                f"{self.url}: 그런 달력이 없습니다. 달력의 CalDAV 주소를 확인하세요."
            ) from error
        except dav.ETagMismatchError as error:
            raise ServiceError(
                f"{self.url}: 그사이 다른 곳에서 고친 일정이 있습니다. 다시 실행하세요."
            ) from error
        except dav.DAVError as error:
            raise ServiceError(
                f"{self.url}: 서버가 거절했습니다. 달력의 CalDAV 주소와 권한을 확인하세요."
            ) from error
        except (RequestException, OSError) as error:
            raise ServiceError(
                f"{self.url}: 서버에 연결할 수 없습니다. 주소와 네트워크를 확인하세요."
            ) from error
        except Exception as error:  # the library meets a foreign answer with any error
            raise self._is_no_calendar() from error


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run will do: entries to write, and how many stay.

    `taken` are titles of events whose UID somebody else's entry has; they are left alone.
    """

    changes: Sequence[Change]
    kept: int
    taken: Sequence[str]


def plan(
    stored: Mapping[str, Stored],
    events: Sequence[Event],
    everything: Sequence[Event],
    reports: Collection[str],
    options: Options,
) -> Plan:
    """Compare a collection with the events chosen from reports.

    Withdrawn is what the collection has from one of the `reports` and none of them tells any
    longer in any of its events (`everything`, chosen or not).
    """
    all_told = items(everything, options)
    uids = carried_on((entry.item for entry in stored.values() if entry.ours), all_told)
    current = under(uids, items(events, options))
    foreign = {uid for uid, entry in stored.items() if not entry.ours}
    wanted = [item for item in current if item.uid not in foreign]
    chosen = {item.uid for item in wanted}
    told = {item.uid for item in under(uids, all_told)}
    scope = {
        uid: entry.item
        for uid, entry in stored.items()
        if uid in chosen or (entry.ours and uid not in told and entry.item.get(MARK) in reports)
    }
    written, changes = revise(scope, wanted, options.stamp)
    taken = [item.get("SUMMARY") for item in current if item.uid in foreign]
    return Plan(changes, len(written) - len(changes), taken)


def carry_out(
    remote: Remote, stored: Mapping[str, Stored], changes: Iterable[Change], options: Options
) -> Iterator[Change]:
    """Write the changes one by one, yielding each that is done."""
    bare = replace(options, calendar_name="calendarize")
    for change in changes:
        if change.after is not None:
            whole = document([change.after], (), bare)
            remote.store(change.after, whole, stored.get(change.uid))
        yield change
