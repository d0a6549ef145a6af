"""Checks: what the witnesses of a report say against one another.

What contradicts is told with the witness that objects and with a proposal; nothing is moved.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import NamedTuple

from calendarize.events.alike import core
from calendarize.events.beside import days_of, told
from calendarize.events.kinds import composition
from calendarize.events.model import Event, Kind
from calendarize.mentions.mention import Mention
from calendarize.mentions.reading import Reading
from calendarize.timex.resolve import WitnessKind
from calendarize.timex.values import Day, Interval, as_day, last_day
from calendarize.timex.workdays import is_workday


@dataclass(frozen=True, slots=True)
class Problem:
    """A contradiction in a report: where it stands, what is written, which witness objects.

    `message` says what is wrong and `proposal` what to look at, both Korean sentences.
    """

    report: str
    line: int
    text: str
    witness: WitnessKind
    message: str
    proposal: str = ""


def problems(reading: Reading, events: Sequence[Event]) -> list[Problem]:
    """Return every contradiction of a report, in the order of its lines.

    `events` are those of the report. Checked are weekdays, lengths, days that do not exist, ends
    before starts, phases out of their order or outside of their period, parts outside of their
    session, the order of sessions, what is told twice with other days, and the counts beside a
    session table.
    """
    own = [e for e in events if e.source.report == reading.report.source]
    sessions = [e for e in own if e.kind == "session" and e.session is not None]
    found = [
        *_contradicted(reading),
        *_backwards(reading),
        *_outside_of_period(reading),
        *_doubted(own),
        *_outside_of_session(own, sessions),
        *_overlapping(sessions),
        *_told_twice(own),
        *_miscounted(reading, sessions),
        *_uncomposed(sessions, own),
    ]
    return sorted(dict.fromkeys(found), key=lambda p: p.line)


def unsure(readings: Sequence[Reading], events: Sequence[Event]) -> list[Event]:
    """Return the events of some reports whose time is doubtful, the least certain first.

    What contradicts the report is told by `problems`, and not told again here.
    """
    own = {reading.report.source for reading in readings}
    found = (e for e in events if e.source.report in own and e.is_unsure and not e.warnings)
    return sorted(found, key=lambda e: e.confidence)


def _problem(event: Event, witness: WitnessKind, message: str, proposal: str = "") -> Problem:
    source = event.source
    return Problem(source.report, source.line, source.text, witness, message, proposal)


def _mentioned(
    reading: Reading, mention: Mention, witness: WitnessKind, message: str, proposal: str = ""
) -> Problem:
    report = reading.report.source
    return Problem(report, mention.line, mention.text, witness, message, proposal)


# The witnesses beside one expression


def _contradicted(reading: Reading) -> Iterator[Problem]:
    """Find weekdays and lengths that do not fit, ends before starts, days that do not exist."""
    for mention in reading.mentions:
        beside = told(reading, mention).witness
        for witness in (*mention.resolution.witnesses, *filter(None, (beside,))):
            if witness.verdict == "contradicts":
                yield _mentioned(reading, mention, witness.kind, witness.note, witness.proposal)
    for line, text, witness in reading.impossible:
        yield Problem(
            reading.report.source, line, text, witness.kind, witness.note, witness.proposal
        )


_OF_AN_EVENT: tuple[WitnessKind, ...] = ("session", "postponed", "count", "repetition")
"""What contradicts an event rather than a single expression of it."""


def _doubted(events: Sequence[Event]) -> Iterator[Problem]:
    """Find events that contradict the council's calendar or a count, or were put off for good."""
    for event in events:
        for doubt in event.witnesses:
            if doubt.kind in _OF_AN_EVENT and doubt.verdict == "contradicts":
                yield _problem(event, doubt.kind, doubt.note, doubt.proposal)


# Several expressions of one line or list

_THEN = re.compile(r"[→⇒➔➡▶▷]")
_FAR = 200


def _backwards(reading: Reading) -> Iterator[Problem]:
    """Find steps of a plan (`설계(3월) → 착공(5월) → 준공(4월)`) that go back in time."""
    steps = [m for m in reading.mentions if m.role == "event"]
    for one, other in pairwise(steps):
        if one.place.segment != other.place.segment:
            continue
        start, end = one.place.expression.end, other.place.expression.start
        if end - start > _FAR or not _THEN.search(reading.report.view, start, end):
            continue
        first, last = as_day(one.value.bounds()[0]), last_day(other.value)
        if first and last and last < first:
            message = f"화살표 앞의 '{one.text}'보다 이릅니다"
            yield _mentioned(reading, other, "order", message, "두 날짜의 순서를 확인하세요.")


class _Phases(NamedTuple):
    """A label of a period, and the words of what cannot lie before or behind it."""

    label: re.Pattern[str]
    phases: re.Pattern[str]


_PERIODS = (
    _Phases(re.compile(r"공사\s*기간\s*[:：]?\s*$"), re.compile(r"착공|준공(?!식)|완공")),
    _Phases(
        re.compile(r"(?:용역|과업)\s*기간\s*[:：]?\s*$"), re.compile(r"착수|(?:용역|과업)\s*완료")
    ),
    _Phases(
        re.compile(r"(?:축제|행사|전시|대회)\s*기간\s*[:：]?\s*$"),
        re.compile(r"개막|폐막|개회식|폐회식"),
    ),
    _Phases(re.compile(r"(?:접수|모집|신청)\s*기간\s*[:：]?\s*$"), re.compile(r"접수\s*마감")),
)


def _outside_of_period(reading: Reading) -> Iterator[Problem]:
    """Find phases (착공, 준공) outside of the period that stands beside them (공사기간)."""
    beside: defaultdict[int, list[Mention]] = defaultdict(list)
    for mention in reading.mentions:
        block = mention.place.block
        if mention.role == "event" and block is not None and block.parent is not None:
            beside[id(block.parent)].append(mention)
    for group in beside.values():
        for period, phase in ((p, m) for p in group for m in group if p is not m):
            fitting = [p for p in _PERIODS if p.label.search(period.place.before)]
            if not fitting or not isinstance(period.value, Interval):
                continue
            lead = fitting[0].label.sub("", period.place.before)
            if any(map(str.isalpha, lead)) and period.place.segment != phase.place.segment:
                continue  # `○ 기획전 「손끝」 : 전시기간 …`: of what its line names
            start, end = as_day(period.value.bounds()[0]), last_day(period.value)
            first, last = as_day(phase.value.bounds()[0]), last_day(phase.value)
            named = fitting[0].phases.search(f"{phase.title} {phase.place.before[-20:]}")
            if not (named and start and end and first and last):
                continue
            if last < start or first > end:
                message = f"{named[0]}이 기간({period.text})을 벗어납니다"
                yield _mentioned(reading, phase, "order", message, "두 날짜를 견주어 확인하세요.")


# Sessions


def _outside_of_session(events: Sequence[Event], sessions: Sequence[Event]) -> Iterator[Problem]:
    """Find parts of a session (시정질문, 행정사무감사, 본회의) that lie outside of it."""
    by_uid = {s.uid: s for s in sessions}
    for event in events:
        session = by_uid.get(event.parent or "")
        if session is None:
            continue
        inner, outer = days_of(_whole(event)), days_of(session.value)
        if event.title.endswith("집회일") and inner and outer and inner[0] != outer[0]:
            message = f"집회일이 {session.title}의 첫날({outer[0]})과 다릅니다"
            yield _problem(event, "session", message, "집회일과 기간 중 하나를 확인하세요.")
        if event.kind not in ("question", "audit", "sitting"):
            continue
        if inner and outer and not (outer[0] <= inner[0] and inner[-1] <= outer[-1]):
            message = f"{session.title}({outer[0]}~{outer[-1]}) 기간을 벗어납니다"
            yield _problem(event, "session", message, "회기와 이 날짜 중 하나를 확인하세요.")


def _whole(event: Event) -> Interval:
    value = event.value
    return value if isinstance(value, Interval) else Interval(_day(event.start), _day(event.end))


def _day(bound: object) -> Day | None:
    day = as_day(bound)  # type: ignore[arg-type]
    return Day(day) if day else None


def _overlapping(sessions: Sequence[Event]) -> Iterator[Problem]:
    """Find sessions that begin before the one numbered before them ends."""
    ordered = sorted(sessions, key=lambda e: e.session.number if e.session else 0)
    for one, other in pairwise(ordered):
        a, b = days_of(one.value), days_of(other.value)
        if a and b and one.session != other.session and b[0] <= a[-1]:
            message = f"{one.title}({a[0]}~{a[-1]})가 끝나기 전에 시작합니다"
            yield _problem(other, "order", message, "두 회기의 기간을 확인하세요.")


_ONCE: frozenset[Kind] = frozenset(("session", "audit", "election", "ceremony"))
"""Kinds that take place once: told with other days, one of the two is wrong."""


def _told_twice(events: Sequence[Event]) -> Iterator[Problem]:
    """Find what is told twice with other days: the same session, the same ceremony."""
    alike: defaultdict[tuple[str, str], list[Event]] = defaultdict(list)
    for event in events:
        several = event.kind == "ceremony" and not event.title.endswith("식")
        if event.kind in _ONCE and not several and days_of(_whole(event)):
            what = "" if event.kind == "session" else core(" ".join(event.title.split()[-3:]))
            alike[str(event.session or ""), what].append(event)
    for tellings in alike.values():
        for one, other in combinations(sorted(tellings, key=lambda e: e.source.line), 2):
            a, b = days_of(_whole(one)), days_of(_whole(other))
            if a != b and not _beside(one, other):
                message = (
                    f"{other.title}의 날짜가 {one.source.line}행의 '{one.source.text}'와 다릅니다"
                )
                yield _problem(other, "repetition", message, "어느 쪽이 맞는지 확인하세요.")


def _beside(one: Event, other: Event) -> bool:
    """Tell whether two events stand in one line, or in rows of one table that are its parts."""
    if one.source.line == other.source.line:
        return True
    rows = all(_BORDER in event.source.quote for event in (one, other))
    near = abs(one.source.line - other.source.line) < _ROWS
    return rows and near and one.kind != "session"


_BORDER = " | "
_ROWS = 20
_TOTAL = re.compile(r"(총|정례회|임시회)\s*(\d{1,2})\s*회\s*[,·]?\s*(\d{1,3})\s*일")
_NO_OFFICE = ("토·공휴일", "공휴일")
_SEVERAL = 2


def _miscounted(reading: Reading, sessions: Sequence[Event]) -> Iterator[Problem]:
    """Hold `총 5회 116일`, `정례회 2회 73일` against the sessions of the report."""
    if len(sessions) < _SEVERAL:
        return
    totals = list(_TOTAL.finditer(reading.report.view))
    for found in totals:
        kind, count, length = found[1], int(found[2]), int(found[3])
        beside = [reading.report.place(t.start())[0] for t in totals if t[1] == kind]
        own = _counted(sessions, beside, reading.report.place(found.start())[0])
        rows = [s for s in own if kind == "총" or (s.session and s.session.type == kind)]
        if not all(days_of(session.value) for session in rows) or _with_gaps(own):
            continue  # a session that is left out, or whose days are not told yet
        total = sum(len(days_of(s.value)) for s in rows)
        if (count, length) != (len(rows), total):
            line, _ = reading.report.place(found.start())
            message = f"합계 불일치: 표에는 {kind} {len(rows)}회 {total}일입니다"
            proposal = f"'{kind} {len(rows)}회 {total}일'로 고치거나, 표의 기간을 확인하세요."
            yield Problem(reading.report.source, line, found[0], "total", message, proposal)


def _counted(sessions: Sequence[Event], totals: Sequence[int], line: int) -> Sequence[Event]:
    """Return the sessions that the total in a line counts, `totals` being the lines of all such.

    Those up to the next total, else those from the one before, else all of the report.
    """
    after = min((t for t in totals if t > line), default=None)
    before = max((t for t in totals if t < line), default=0)
    below = [s for s in sessions if line <= s.source.line and (not after or s.source.line < after)]
    above = [s for s in sessions if before < s.source.line < line]
    return below or above or sessions


def _with_gaps(sessions: Sequence[Event]) -> bool:
    """Tell whether the numbers of sessions do not follow each other."""
    numbers = sorted({s.session.number for s in sessions if s.session})
    return bool(numbers) and numbers[-1] - numbers[0] >= len(numbers)


def _uncomposed(sessions: Sequence[Event], events: Sequence[Event]) -> Iterator[Problem]:
    """Hold `본회의 3일 상임위 6일 토·공휴일 3일` against the length, the holidays, the audit."""
    for session in sessions:
        days = days_of(session.value)
        parts = composition(session.source.quote)
        if len(parts) < _SEVERAL or not days:
            continue
        if (total := sum(count for _, count in parts)) != len(days):
            message = f"내역의 합은 {total}일인데 회기는 {len(days)}일입니다"
            yield _problem(session, "composition", message, "내역의 날수를 확인하세요.")
        closed = len(days) - sum(map(is_workday, days))
        for name, count in parts:
            if name in _NO_OFFICE and count != closed:
                message = f"회기 중 토·일요일과 공휴일은 {closed}일입니다(원문 '{name} {count}일')"
                yield _problem(session, "holiday", message, f"'{name} {closed}일'인지 확인하세요.")
            if name == "행정사무감사":
                yield from _audited(session, count, events)


def _audited(session: Event, count: int, events: Sequence[Event]) -> Iterator[Problem]:
    """Hold `행정사무감사 10일` against the audit of the session, in days or working days."""
    for audit in events:
        if audit.kind != "audit" or audit.parent != session.uid:
            continue
        days = days_of(_whole(audit))
        working = sum(map(is_workday, days))
        if days and count not in (len(days), working):
            message = (
                f"행정사무감사({audit.source.text})는 {len(days)}일, 근무일로 {working}일입니다"
                f"(원문 '행정사무감사 {count}일')"
            )
            yield _problem(session, "composition", message, "감사 기간과 날수를 확인하세요.")
