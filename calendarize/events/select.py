"""Choosing events: by department, period, kind and status."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from calendarize.errors import UsageError
from calendarize.events.model import Event
from calendarize.events.presets import PRESETS
from calendarize.timex.values import Interval, as_day, last_day

_REGION = re.compile(
    r"^(?:서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충청북|충청남|충북|충남|전라북|전라남|전북|전남|"
    r"경상북|경상남|경북|경남|제주)(?:특별자치시|특별자치도|특별시|광역시|시|도)?"
)


def department_key(name: str) -> str:
    """Reduce a department's name to what distinguishes it: no spaces, no region prefix."""
    bare = "".join(name.split())
    return _REGION.sub("", bare) or bare


def is_department(event: Event, name: str) -> bool:
    """Tell whether an event is of a department: the end of its name or one of its units."""
    wanted = department_key(name)
    names = (event.department, event.unit)
    return any(department_key(known).endswith(wanted) for known in names if known)


def of_departments(events: Sequence[Event], names: Sequence[str]) -> list[Event]:
    """Keep the events of some departments; `UsageError` lists the known ones at no match."""
    if any(not name.strip() for name in names):
        raise UsageError("--dept: 부서 이름이 비었습니다. 예: --dept 의회사무처")
    if not names:
        return list(events)
    kept = [e for e in events if any(is_department(e, name) for name in names)]
    if not kept:
        raise no_department(names, {e.department for e in events if e.department})
    return kept


def no_department(names: Sequence[str], known: Collection[str]) -> UsageError:
    """Return the error that lists the departments there are."""
    listed = ", ".join(sorted(known)) or "부서를 알 수 있는 보고서가 없습니다(--as-dept로 지정)"
    return UsageError(f"'{', '.join(names)}' 부서를 찾을 수 없습니다. 있는 부서: {listed}")


def touches(event: Event, first: date | None, last: date | None) -> bool:
    """Tell whether an event touches a period (both ends inclusive, `None` open).

    A deadline (`~12월`) counts on its end; what has no date at all (수시, a rule without
    bounds) belongs to its report's year.
    """
    if event.dates:
        return any((not first or first <= d) and (not last or d <= last) for d in event.dates)
    start, end = _span(event)
    return (not last or not start or start <= last) and (not first or not end or end >= first)


def _span(event: Event) -> tuple[date | None, date | None]:
    start, end = as_day(event.start), last_day(event.value)
    if start is None and end is None and event.year is not None:
        return date(event.year, 1, 1), date(event.year, 12, 31)
    if start is None and isinstance(event.value, Interval) and event.value.end is not None:
        start = as_day(event.value.end.bounds()[0])
    return start, end


def select(
    events: Iterable[Event],
    *,
    first: date | None = None,
    last: date | None = None,
    kinds: Sequence[str] = (),
    statuses: Sequence[str] = (),
    today: date,
) -> list[Event]:
    """Keep the events that touch a period and are of one of the kinds and statuses."""
    return [
        e
        for e in events
        if touches(e, first, last)
        and (not kinds or e.kind in kinds)
        and (not statuses or e.status(today) in statuses)
    ]


GROUPS: dict[str, Callable[[Event, Mapping[str, Event]], str]] = {
    "dept": lambda event, _: event.department or "부서 없음",
    "kind": lambda event, _: event.kind,
    "section": lambda event, _: event.section[0] if event.section else "제목 없음",
    "session": lambda event, by_uid: _session_title(event, by_uid),
}
"""What events may be grouped by → the group of an event; the events by UID are at hand."""


def _session_title(event: Event, by_uid: Mapping[str, Event]) -> str:
    if event.kind == "session":
        return str(event.session or event.title)
    session = by_uid.get(event.parent or "")
    return str(session.session or session.title) if session else "회기 밖"


def grouped(events: Sequence[Event], by: str) -> list[tuple[str, list[Event]]]:
    """Return events in groups, in the order in which the groups first appear."""
    by_uid = {event.uid: event for event in events}
    found: dict[str, list[Event]] = {}
    for event in events:
        found.setdefault(GROUPS[by](event, by_uid), []).append(event)
    return list(found.items())


SORTS: dict[str, Callable[[Event], tuple[bool, str]]] = {
    "title": lambda event: (False, event.title),
    "kind": lambda event: (False, event.kind),
    "dept": lambda event: (event.department is None, event.department or ""),
    "end": lambda event: (last_day(event.value) is None, str(last_day(event.value))),
}
"""What events may be sorted by besides the date, in which order they come."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a user asks for: the filters, the order and the number of events.

    `today` (default: the clock) judges the status. `departments` are names or their ends,
    `first` and `last` a period that events have to touch, both inclusive, `kinds` and `statuses`
    those of the JSON. `preset` is `sessions`, `milestones`, `exact` or `all`; `starts_in` keeps
    what begins in the period, whatever else touches it; `no_done` leaves out what is over.
    `sort` is `date` for the order of time, `title`, `kind`, `dept` or `end`; `limit` keeps the
    first so many.
    """

    today: date = field(default_factory=date.today)
    departments: Sequence[str] = ()
    first: date | None = None
    last: date | None = None
    kinds: Sequence[str] = ()
    statuses: Sequence[str] = ()
    preset: str = "all"
    starts_in: bool = False
    no_done: bool = False
    sort: str = "date"
    limit: int | None = None

    def of(self, events: Sequence[Event]) -> list[Event]:
        """Return the events asked for; `UsageError` lists the departments at no match."""
        kept = self.among(of_departments(events, self.departments))
        if self.sort in SORTS:
            kept.sort(key=SORTS[self.sort])
        return kept[: self.limit]

    def among(self, events: Iterable[Event]) -> list[Event]:
        """Return those of some events that are asked for, in their order."""
        found = select(
            PRESETS[self.preset]([e for e in events if self.is_of_department(e)]),
            first=self.first,
            last=self.last,
            kinds=self.kinds,
            statuses=self.statuses,
            today=self.today,
        )
        return [
            e
            for e in found
            if not (self.no_done and e.status(self.today) == "done")
            and not (self.starts_in and not self._starts_in_period(e))
        ]

    def _starts_in_period(self, event: Event) -> bool:
        """Tell whether an event begins in the period; what has no start counts by its end."""
        day = as_day(event.start) or last_day(event.value)
        return (
            day is not None
            and (self.first is None or self.first <= day)
            and (self.last is None or day <= self.last)
        )

    def is_of_department(self, event: Event) -> bool:
        """Tell whether an event is of one of the departments asked for, if any are."""
        names = self.departments
        return not names or any(is_department(event, name) for name in names)
