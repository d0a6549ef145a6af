"""The calendar of a council: its sessions as the reports tell them, and what refers to them.

A reference (`제298회 정례회 보고 : '20. 11월`, `이번 회기 중 처리`) is narrowed to the days of the
session that it means, wherever a report tells them; why is kept as a witness. Sessions of
another council never answer: 제300회 of 도담구 is not that of 서울.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from calendarize.events.beside import days_of, held_against_column
from calendarize.events.model import Event, Kind, Session
from calendarize.events.references import Reference, Relation, references
from calendarize.mentions.mention import Mention
from calendarize.mentions.place import Place
from calendarize.mentions.reading import Reading
from calendarize.timex.resolve import Witness
from calendarize.timex.values import (
    Day,
    Interval,
    Moment,
    Recurring,
    Several,
    Undated,
    Value,
    Within,
    as_day,
    last_day,
)

_GOVERNMENT = re.compile(
    r"([가-힣]{1,6}?)(?:특별자치시|특별자치도|특별시|광역시|시|도|군|구)(?=\s?의회|\s|청|$)"
)
_PARTS: frozenset[Kind] = frozenset(("sitting", "question", "audit"))
"""Kinds that only take place in a session."""
_BESIDE: frozenset[Kind] = frozenset(("holiday", "election"))
"""Kinds that a row of sessions remarks, and that belong to one only where it goes on then."""


def government(name: str) -> str | None:
    """Return the most local government that a name holds: `서울`, `도담`; `None` without any."""
    found = _GOVERNMENT.findall(name)
    return str(found[-1]) if found else None


def council_of(reading: Reading) -> str | None:
    """Return the local government whose council a report means, by its department or title."""
    return government(reading.department or "") or government(reading.report.title)


@dataclass(frozen=True, slots=True)
class Known:
    """A session whose days are known, first and last day inclusive."""

    event: Event
    session: Session
    first: date
    last: date

    def __str__(self) -> str:
        return f"{self.session}({self.first}~{self.last})"


class Council:
    """The sessions of one council in order of time; of the council that is not told, all."""

    def __init__(self, sessions: Iterable[Event]) -> None:
        known = (
            Known(e, e.session, days[0], days[-1])
            for e in sessions
            if e.kind == "session" and e.session is not None and (days := days_of(e.value))
        )
        self.sessions = sorted(known, key=lambda k: (k.first, k.session.number))

    def numbered(self, number: int) -> Known | None:
        """Return the session of a number, `None` where it is not told or told in two ways."""
        found = {(k.first, k.last): k for k in self.sessions if k.session.number == number}
        return next(iter(found.values())) if len(found) == 1 else None

    def around(self, day: date) -> Known | None:
        """Return the session that a day lies in."""
        at = bisect_right(self.sessions, day, key=lambda k: k.first) - 1
        found = self.sessions[at] if at >= 0 else None
        return found if found and day <= found.last else None

    def after(self, day: date) -> Known | None:
        """Return the first session that begins after a day."""
        at = bisect_right(self.sessions, day, key=lambda k: k.first)
        return self.sessions[at] if at < len(self.sessions) else None

    def before(self, day: date) -> Known | None:
        """Return the last session that ends before a day."""
        at = bisect_left(self.sessions, day, key=lambda k: k.last) - 1
        return self.sessions[at] if at >= 0 else None

    def meant(self, reference: Reference, day: date | None) -> tuple[list[Known], str]:
        """Return the sessions that a reference in a report of a day means, and a doubt if any.

        Every session (`매 회기`) is every one of the report's year, before it of the next.
        """
        sessions = [k for k in self.sessions if reference.type in (None, k.session.type)]
        match reference.which:
            case "numbered":
                found = [k for n in reference.numbers if (k := self.numbered(n))]
                return [k for k in found if k in sessions], ""
        if day is None:
            return [], ""
        if reference.which == "every":
            year = min((k.first.year for k in sessions if k.first.year >= day.year), default=0)
            return [k for k in sessions if k.first.year == year], ""
        others = Council(k.event for k in sessions)
        if reference.which == "next":
            return _listed(others.after(day)), ""
        if reference.which == "previous":
            return _listed(others.before(day)), ""
        if now := others.around(day):
            return [now], ""
        coming = _listed(others.after(day))
        return coming, "보고일이 회기 사이에 있어 다음 회기로 보았습니다" if coming else ""

    def window(self, relation: Relation, known: Known) -> Value:
        """Return when something is that lies so to a session; both ends inclusive."""
        following, preceding = self.after(known.last), self.before(known.first)
        behind, ahead = known.last + timedelta(days=1), known.first - timedelta(days=1)
        match relation:
            case "after" | "between":
                if following and behind < following.first:
                    return Within(behind, following.first - timedelta(days=1))
                return Interval(Day(behind), None)
            case "before":
                if preceding and preceding.last < ahead:
                    return Within(preceding.last + timedelta(days=1), ahead)
                return Interval(None, Day(ahead))
            case "until":
                return Interval(None, Day(known.last))
            case "since":
                return Interval(Day(known.first), None)
            case _:
                return Within(known.first, known.last)


def _listed(known: Known | None) -> list[Known]:
    return [known] if known else []


def councils(
    told: Sequence[tuple[str | None, Sequence[Event]]],
) -> dict[str | None, Council]:
    """Return the council calendar for the reports of each council that is named.

    Reports that name none share all sessions; theirs are everybody's.
    """
    return {
        council: Council(
            e for other, events in told if None in (council, other) or council == other
            for e in events
        )
        for council in {council for council, _ in told}
    }  # fmt: skip


_COUNTED = re.compile(r"(?:정례회|임시회)\s*\d{1,2}\s*회[\s,]*\d{1,3}\s*일\s?\([^()]*\d\s?차\s?:")
"""A line that counts the sessions of a year: `정례회 2회 73일(1차 : 6.10, 2차 : 11.1)`."""


def _told_once(events: Sequence[Event]) -> list[Event]:
    """Leave out the days on which a line that counts sessions lets them begin."""
    begin = {as_day(e.start) for e in events if e.kind == "session"}
    return [
        event
        for event in events
        if event.kind == "session"
        or as_day(event.start) not in begin
        or not _COUNTED.search(event.source.quote)
    ]


_REGULAR_A_YEAR = 2
"""지방자치법 제53조: so many regular sessions are held in a year."""


def _typed(events: Sequence[Event]) -> list[Event]:
    """Call the sessions of a year whose type is not told extraordinary where both regular are."""
    regular: defaultdict[int, set[int]] = defaultdict(set)
    for event in events:
        start = as_day(event.start)
        if event.kind == "session" and event.session and start and event.session.type == "정례회":
            regular[start.year].add(event.session.number)
    return [_as_extraordinary(event, regular) for event in events]


def _as_extraordinary(event: Event, regular: Mapping[int, set[int]]) -> Event:
    start, session = as_day(event.start), event.session
    if event.kind != "session" or session is None or session.type is not None or start is None:
        return event
    numbers = regular.get(start.year, set())
    if len(numbers) != _REGULAR_A_YEAR or session.number in numbers:
        return event
    typed = Session(session.number, "임시회")
    return replace(event, session=typed, title=str(typed))


def tidied(events: Sequence[Event]) -> list[Event]:
    """Return the events of a report with its sessions told once, and their types where both
    regular sessions of a year are told.

    Days on which a line that counts the sessions says again that they begin are left out.
    """
    return _typed(_told_once(events))


_OPENS, _CLOSES = re.compile(r"(?:개\s?회|집\s?회)\s?일?"), re.compile(r"폐\s?회\s?일?")


def of_two_days(reading: Reading, told: Iterable[tuple[Mention, Event]]) -> list[Event]:
    """Return the events of mentions; a row that gives a session as two days is one session.

    The days stand under `개회일` (`집회일`) and `폐회일`, whatever else they were taken for.
    """
    opening: dict[int, Mention] = {}
    closing: dict[int, Mention] = {}
    for mention in reading.mentions:
        for ends, heading in ((opening, _OPENS), (closing, _CLOSES)):
            if isinstance(mention.value, Day) and _stands_under(mention.place, heading):
                ends[id(mention.place.block)] = mention
    made: set[int] = set()
    found: list[Event] = []
    for mention, event in told:
        row = id(mention.place.block)
        first, last = opening.get(row), closing.get(row)
        lasting = None
        if first and last and any(mention.place is one.place for one in (first, last)):
            lasting = _lasting(event, first, last)
        if lasting is None:
            found.append(event)
        elif row not in made:
            made.add(row)
            found.append(lasting)
    return found


def _stands_under(place: Place, heading: re.Pattern[str]) -> bool:
    """Tell whether a day stands alone in a cell whose column has that heading."""
    if place.table is None or place.cell is None or place.in_header or not place.alone:
        return False
    above = place.table.column_headings(place.cell)
    return bool(above) and heading.fullmatch(above[-1]) is not None


def _lasting(event: Event, first: Mention, last: Mention) -> Event | None:
    """Return the session from its first to its last day; `None` where there is none."""
    session = event.session
    if session is None or not isinstance(first.value, Day) or not isinstance(last.value, Day):
        return None
    if first.value.date > last.value.date:
        return None
    value = Interval(first.value, last.value)
    worse = min((first, last), key=lambda mention: mention.confidence)
    table, cell = last.place.table, last.place.cell
    counted = held_against_column(value, table, cell) if table and cell else None
    return replace(
        event,
        title=str(session),
        kind="session",
        value=value,
        dates=(),
        witnesses=(*event.witnesses, *filter(None, (counted,))),
        confidence=worse.confidence,
        alternatives=(),
        unsure=worse.doubt,
    )


# Events in the light of the council's calendar


def placed(event: Event, council: Council, day: date | None) -> Event:
    """Return an event with the session it belongs to, narrowed to what it refers to."""
    if event.kind == "session":
        return event
    if event.session is None and event.kind in _PARTS and isinstance(event.value, Day | Moment):
        known = council.around(as_day(event.start) or date.min)
        if known is not None:
            note = f"{known} 기간에 들어 있음"
            agrees = Witness("session", "agrees", note)
            event = replace(event, session=known.session, witnesses=(*event.witnesses, agrees))
    if event.session is not None and event.kind in _BESIDE:
        known = council.around(as_day(event.start) or date.min)
        if known is None or known.session != event.session:
            event = replace(event, session=None)
    for reference in references(event.title):
        if reference.relation == "named":
            continue
        known_sessions, _ = council.meant(reference, day)
        if event.session is None and len(known_sessions) == 1:
            event = replace(event, session=known_sessions[0].session)
        event = _narrowed(event, reference, known_sessions, council)
    return event


def _narrowed(
    event: Event, reference: Reference, sessions: Sequence[Known], council: Council
) -> Event:
    """Narrow an inexact time to the sessions referred to; say so where the two exclude it."""
    inexact = not isinstance(event.value, Recurring | Undated | Several) and event.approximate
    first, last = as_day(event.start), last_day(event.value)
    if not sessions or not inexact or first is None or last is None:
        return event
    windows = [council.window(reference.relation, known) for known in sessions]
    within = [w for window in windows if (w := _common(window, first, last))]
    named = ", ".join(map(str, sessions[:3]))
    if not within:
        doubt = Witness(
            "session",
            "contradicts",
            f"회기 불일치: {named}와 겹치지 않습니다(원문 '{event.source.text}')",
            "회기와 날짜 중 어느 쪽이 맞는지 확인하세요.",
        )
        return replace(event, witnesses=(*event.witnesses, doubt))
    if len(within) == 1 and (within[0].first, within[0].last) == (first, last):
        return event
    decides = Witness("session", "decides", f"{named}에 따라 좁힘(원문 '{event.source.text}')")
    value: Value = within[0] if len(within) == 1 else Several(tuple(within))
    return replace(event, value=value, witnesses=(*event.witnesses, decides))


def _common(window: Value, first: date, last: date) -> Within | None:
    """Return what a window and a period have in common."""
    start, end = as_day(window.bounds()[0]) or first, last_day(window) or last
    start, end = max(start, first), min(end, last)
    return Within(start, end) if start <= end else None


def dated(event: Event, reference: Reference, council: Council, day: date | None) -> Event | None:
    """Return an event whose only date is a reference; `None` where no session tells it."""
    sessions, doubt = council.meant(reference, day)
    windows = list(dict.fromkeys(council.window(reference.relation, k) for k in sessions))
    if reference.which == "every" and reference.relation != "within":
        windows = [w for w in windows if isinstance(w, Within)]
    inner = tuple(w for w in windows if isinstance(w, Within | Interval))
    if not inner:
        return None
    named = ", ".join(map(str, sessions[:3])) + (f" 등 {len(sessions)}회" if sessions[3:] else "")
    if doubt:
        witness = Witness("session", "contradicts", f"{doubt}: {named}", "회기를 확인하세요.")
    else:
        witness = Witness("session", "decides", f"{named} 기준")
    return replace(
        event,
        value=inner[0] if len(inner) == 1 else Several(inner),
        session=sessions[0].session if len(sessions) == 1 else None,
        witnesses=(witness,),
    )
