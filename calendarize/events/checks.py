"""Checks: what a report writes beside a period, held against the period.

A day count (`<12일간>`, `(35일)`, `(4주간)`) is the plain length, the working days, or a mistake;
what contradicts becomes a warning and moves nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from calendarize.events.model import Event
from calendarize.events.reading import Reading
from calendarize.events.workdays import is_workday
from calendarize.timex.partial import Count
from calendarize.timex.values import Interval, Value, as_day, is_exact, last_day

_LONGEST = 1000
"""Periods of more days than this are counted in years, not in days."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What came of a day count: the days it means where they are not all, or a warning."""

    dates: tuple[date, ...] = ()
    warning: str | None = None


def counted(value: Value, count: Count | None) -> Counted:
    """Hold a count against a period of exact days.

    `6.11 ~ 15(3일)` in 2021 spans a weekend: Friday, Monday, Tuesday. Weeks may be begun ones
    (1 to 25 September is `4주간`). Without a count or an exact period nothing is said.
    """
    days = _days(value)
    if count is None or not days:
        return Counted()
    number, unit = count
    if unit == "week":
        fits = 7 * (number - 1) < len(days) <= 7 * number + 1
        return Counted() if fits else Counted(warning=_mismatch(days, f"{number}주간"))
    if number == len(days):
        return Counted()
    working = tuple(filter(is_workday, days))
    if number == len(working):
        return Counted(dates=working)
    return Counted(warning=_mismatch(days, f"{number}일"))


def _days(value: Value) -> list[date]:
    if not isinstance(value, Interval) or not is_exact(value):
        return []
    start, end = as_day(value.bounds()[0]), last_day(value)
    if start is None or end is None or not 0 <= (end - start).days < _LONGEST:
        return []
    return [start + timedelta(days=n) for n in range((end - start).days + 1)]


def _mismatch(days: list[date], written: str) -> str:
    working = sum(map(is_workday, days))
    return (
        f"일수 불일치: {days[0]}부터 {days[-1]}까지는 {len(days)}일입니다"
        f"(근무일 {working}일, 원문 '{written}')"
    )


@dataclass(frozen=True, slots=True)
class Problem:
    """A contradiction in a report: where it stands, what is written, which witness objects."""

    report: str
    line: int
    text: str
    witness: str
    message: str


def problems(reading: Reading, events: Sequence[Event]) -> list[Problem]:
    """Return every contradiction of a report, in the order of its lines.

    `events` are those of the report. Checked are weekdays, day counts, days that do not exist,
    ends before starts, parts outside of their session, the order of sessions, sessions told
    twice, and the counts beside a session table.
    """
    sessions = [e for e in events if e.kind == "session" and e.session is not None]
    found = [
        *(
            _problem(e, warning.partition(":")[0], warning)
            for e in events
            for warning in e.warnings
        ),
        *(_impossible(reading, *place) for place in reading.impossible),
        *_outside(events, sessions),
        *_disordered(sessions),
        *_miscounted(reading, sessions),
        *_uncomposed(sessions),
    ]
    return sorted(dict.fromkeys(found), key=lambda p: p.line)


def _problem(event: Event, witness: str, message: str) -> Problem:
    return Problem(event.source.report, event.source.line, event.source.text, witness, message)


def _impossible(reading: Reading, line: int, text: str) -> Problem:
    message = f"없는 날짜입니다: {text}"
    return Problem(reading.report.source, line, text, "없는 날짜", message)


def _outside(events: Sequence[Event], sessions: Sequence[Event]) -> Iterator[Problem]:
    """Find parts of a session (시정질문, 행정사무감사, 본회의) that lie outside of it."""
    by_uid = {s.uid: s for s in sessions}
    for event in events:
        session = by_uid.get(event.parent or "")
        if session is None or event.kind not in ("question", "audit", "sitting"):
            continue
        inner, outer = _days(event.value), _days(session.value)
        if inner and outer and not (outer[0] <= inner[0] and inner[-1] <= outer[-1]):
            message = f"{session.title}({outer[0]}~{outer[-1]}) 기간을 벗어납니다"
            yield _problem(event, "회기", message)


def _disordered(sessions: Sequence[Event]) -> Iterator[Problem]:
    """Find sessions told twice with other days, and those that begin before one ends."""
    ordered = sorted(sessions, key=lambda e: e.session.number if e.session else 0)
    for one, other in pairwise(ordered):
        a, b = _days(one.value), _days(other.value)
        if not a or not b:
            continue
        if one.session == other.session:
            if a != b:
                yield _problem(other, "중복", f"{other.title}의 기간이 {a[0]}~{a[-1]}와 다릅니다")
        elif b[0] <= a[-1]:
            yield _problem(other, "순서", f"{one.title}({a[0]}~{a[-1]})가 끝나기 전에 시작합니다")


_TOTAL = re.compile(r"(총|정례회|임시회)\s*(\d{1,2})\s*회\s*[,·]?\s*(\d{1,3})\s*일")
_PART = re.compile(
    r"(본회의|상임위[가-힣·]*|예결위|행정사무감사|토·공휴일|공휴일|휴회)\s*(\d{1,2})\s*일"
)
_NO_OFFICE = ("토·공휴일", "공휴일")


def _miscounted(reading: Reading, sessions: Sequence[Event]) -> Iterator[Problem]:
    """Hold `총 5회 116일`, `정례회 2회 73일` against the sessions of the report."""
    if len(sessions) < _SEVERAL:
        return
    for found in _TOTAL.finditer(reading.report.view):
        kind, count, length = found[1], int(found[2]), int(found[3])
        counted_in = [
            s
            for s in sessions
            if kind == "총" or (s.session is not None and s.session.type == kind)
        ]
        total = sum(len(_days(s.value)) for s in counted_in)
        if (count, length) != (len(counted_in), total):
            line, _ = reading.report.place(found.start())
            message = f"표의 합계는 {kind} {len(counted_in)}회 {total}일입니다(원문 '{found[0]}')"
            yield Problem(reading.report.source, line, found[0], "합계", message)


_SEVERAL = 2


def _uncomposed(sessions: Sequence[Event]) -> Iterator[Problem]:
    """Hold `본회의 3일 상임위 6일 토·공휴일 3일` against the length and the real holidays."""
    for session in sessions:
        days = _days(session.value)
        parts = [(found[1], int(found[2])) for found in _PART.finditer(session.source.quote)]
        if len(parts) < _SEVERAL or not days:
            continue
        if (total := sum(count for _, count in parts)) != len(days):
            message = f"내역의 합은 {total}일인데 회기는 {len(days)}일입니다"
            yield _problem(session, "내역", message)
        closed = len(days) - sum(map(is_workday, days))
        for name, count in parts:
            if name in _NO_OFFICE and count != closed:
                message = f"회기 중 토·일요일과 공휴일은 {closed}일입니다(원문 '{name} {count}일')"
                yield _problem(session, "공휴일", message)
