"""Mentions become events: kind, session, place, unit, identity."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import chain
from uuid import UUID, uuid5

from calendarize.events.beside import told
from calendarize.events.called_off import outcome_of, put_off, says_given_up
from calendarize.events.charts import charted
from calendarize.events.council import (
    council_of,
    councils,
    dated,
    government,
    of_two_days,
    placed,
    tidied,
)
from calendarize.events.exceptions import is_left_out
from calendarize.events.former import current
from calendarize.events.hours import hourly, on_the_day
from calendarize.events.kinds import kind_of, names_session, numbered_session, session_in
from calendarize.events.locations import location_of
from calendarize.events.merge import identity, merged, retold
from calendarize.events.model import Alternative, Event, Kind, Session, Source
from calendarize.events.references import Reference, references
from calendarize.events.rules import bounded, plan_year
from calendarize.mentions import words
from calendarize.mentions.clauses import cleaned
from calendarize.mentions.mention import Mention
from calendarize.mentions.place import Place, folded, places, regroup
from calendarize.mentions.reading import Reading
from calendarize.mentions.titles import entitled
from calendarize.report.model import Block, Report
from calendarize.timex.grammar import clocks
from calendarize.timex.partial import Expression
from calendarize.timex.resolve import Resolution
from calendarize.timex.values import Day, Recurring, Undated, as_day, last_day

NAMESPACE = UUID("7f4df0a5-4e1c-5c1e-9a52-9a4d6d1f9b3e")
"""Namespace of the events' UUIDv5 (RFC 9562 section 5.5)."""

_OF_A_SESSION = ("sitting", "question", "audit", "committee")
"""Kinds that belong to the session which the document is about."""
_NAMED_BEFORE = re.compile(r"제\s?\d{1,4}\s?회\s?(?:제\d차\s)?(?:정례회|임시회)\s*\(?\s*$")
_BRACKET = re.compile(r"\s*\([^()]*\)")
_LABEL_BEFORE = re.compile(r"[:：]\s*$")
_IN_BRACKETS = re.compile(r"^\(\)$")
_ENDS = re.compile(r"^\s*(?:$|[,)\n※<(·;]|에?\s?(?:보고|상정|처리|의결|제출|심의))")
_TELLING = ("중", "후", "전", "까지", "부터", "마다", "내", "시")
_SENTENCE_END = re.compile(r"(?<=[다요음함임됨]\.)\s+(?=\S)")
_NOT_ITS_NAME = re.compile(r"^(?:(?:다음|차기)?\s?회기인|\d{1,2})\s|\s(?:회의\s?)?기간$")
"""What stands beside the name of a session in its title."""
_REMEMBERED = 1024
"""How many headings are remembered: they come back for every date below them."""
_LINE = 160
"""A line without a time longer than this is no entry."""
_QUOTE = 600
"""A quote is cut after this many characters."""


@dataclass(frozen=True, slots=True)
class Told:
    """What one report tells: its events, and those whose only date is a reference to sessions.

    `given_up` are lines without any time that say that something is: it may be an older report's.

    It holds nothing of the document, so that many reports take little room.
    """

    source: str
    day: date | None
    council: str | None
    events: tuple[Event, ...]
    referring: tuple[tuple[Reference, Event], ...]
    given_up: tuple[Event, ...] = ()


def every_event(reading: Reading) -> list[Event]:
    """Return the events of a report as they stand in it, told twice or not."""
    hours = hourly(reading)
    own = current([m for m in _own(reading) if not _heads_hours(m, hours)])
    timed = chain(chain.from_iterable(hours.values()), on_the_day(reading))
    pairs = [(each, _event(reading, each)) for each in (*own, *_below(reading), *timed)]
    return of_two_days(reading, pairs) + [_event(reading, mention) for mention in charted(reading)]


def _heads_hours(mention: Mention, hours: Container[int]) -> bool:
    """Tell whether a day is no entry of its own because the hours below it are."""
    return isinstance(mention.value, Day) and mention.place.expression.start in hours


def _own(reading: Reading) -> Iterator[Mention]:
    """Yield the mentions that are events; what a rule leaves out (`7~8월 제외`) is none."""
    ruled: set[int] = set()
    for mention in reading.mentions:
        segment = mention.place.segment
        if mention.role != "event" or (segment in ruled and is_left_out(mention.place.after)):
            continue
        if isinstance(mention.value, Recurring):
            ruled.add(segment)
        yield mention


def tell(reading: Reading) -> Told:
    """Return what a report tells by itself, before other reports are asked."""
    return Told(
        reading.report.source,
        reading.day,
        council_of(reading),
        tuple(tidied(merged(every_event(reading)))),
        tuple(_referring(reading)),
        tuple(_given_up(reading)),
    )


Retell = Callable[[Sequence[tuple[date | None, Sequence[Event]]]], list[Event]]
"""How events of several reports, each with its day, become those that stand once."""


def combine(reports: Sequence[Told], retell: Retell = retold) -> list[Event]:
    """Return the events of reports that were read together, in order of time then of the text.

    Sessions that one report tells narrow what the others refer to; what several reports of a
    department tell stands once, as the newest tells it; `retell` finds it again.
    """
    known = councils([(report.council, report.events) for report in reports])
    tellings = []
    for report in reports:
        council, day = known[report.council], report.day
        seen = [placed(event, council, day) for event in report.events]
        found = (dated(event, reference, council, day) for reference, event in report.referring)
        tellings.append((day, merged([*seen, *filter(None, found)])))
    return _identified(sorted(retell(tellings), key=order))


def assemble(*readings: Reading) -> list[Event]:
    """Return the events of reports that were read together; see `combine`."""
    return combine([tell(reading) for reading in readings])


def order(event: Event) -> tuple[date, date, int]:
    """Sort key of events: first day, last day, line; what has no start stands by its end."""
    start, end = as_day(event.start), last_day(event.value)
    return start or end or date.max, end or start or date.max, event.source.line


def _event(reading: Reading, mention: Mention) -> Event:
    place = mention.place
    title = mention.title or ""
    row = place.block.text if place.table is not None and place.block is not None else ""
    unit = _unit(place, title, row)
    title = _tidied(cleaned(words.UNIT.sub("", title, count=1)) or title)
    quote = _quote(mention)
    numbered = numbered_session(reading.report, mention, title)
    kind = "session" if numbered else kind_of(mention, title)
    if kind == "session":
        title = str(numbered) if numbered else _NOT_ITS_NAME.sub("", title)
    if (value := bounded(reading, mention)) is not mention.value:
        mention = replace(mention, value=value)
    beside = told(reading, mention)
    if isinstance(mention.value, Day) and (beside.value != mention.value or place.table):
        title = _without_clock(title)
    outcome = outcome_of(reading, mention, title)
    doubts = (put_off(mention),) if outcome == "postponed" else ()
    return Event(
        uid="",
        title=title,
        value=beside.value,
        kind=kind,
        department=reading.department,
        source=Source(reading.report.source, mention.line, mention.text, quote),
        unit=unit,
        session=numbered or _session(place, title, row, kind),
        location=location_of(reading, place, title),
        section=section_of(place.block),
        dates=beside.dates,
        witnesses=(*mention.resolution.witnesses, *filter(None, (beside.witness,)), *doubts),
        year=plan_year(reading, mention),
        confidence=mention.confidence,
        alternatives=tuple(_alternatives(reading, mention)),
        unsure=mention.doubt,
        cancelled=outcome == "cancelled",
    )


def _tidied(title: str) -> str:
    """Return a title without a bracket left open (`의회교실 운영(가나중`)."""
    return _OPEN_BRACKET.sub("", title).rstrip() or title


_OPEN_BRACKET = re.compile(r"\([^()]*$")
_UNIT_AHEAD = re.compile(rf"{words.UNIT.pattern}\s{{0,3}}:?\s{{0,3}}$")
_NEAR = 40
"""A unit stands within so many characters before the time."""


@lru_cache(_REMEMBERED)
def _unit_in(text: str) -> re.Match[str] | None:
    """Return the first unit that a title or a row names; a row comes back for all its dates."""
    return words.UNIT.search(text)


def _unit(place: Place, title: str, row: str) -> str | None:
    """Return the unit named beside an entry: in its title or row, before or behind its time."""
    found = (
        _unit_in(title)
        or _unit_in(row)
        or _UNIT_AHEAD.search(place.before[-_NEAR:])
        or words.UNIT.match(place.after)
    )
    return found[1] if found else None


def _alternatives(reading: Reading, mention: Mention) -> Iterator[Alternative]:
    """Yield the other time that a doubtful mention could be, with what is written beside it."""
    other = mention.runner_up
    if mention.doubt and other is not None and other.value is not None:
        beside = told(reading, replace(mention, value=other.value))
        yield Alternative(beside.value, tuple(other.reasons))


def _without_clock(title: str) -> str:
    """Return a title without the clock time that is now the event's."""
    for clock in clocks(title):
        title = cleaned(title[: clock.start] + title[clock.end :]) or title
    return title


def _below(reading: Reading) -> Iterator[Mention]:
    """Yield a day again for each further row that its cell is merged into."""
    report = reading.report
    own = (m for m in reading.mentions if m.role == "event")
    moved = [(mention, place) for mention in own for place in _rows_below(reading, mention)]
    places = [place for _, place in moved]
    titles = entitled(report, places, [m.place for m in reading.mentions]) if moved else ()
    for (mention, place), named in zip(moved, titles, strict=True):
        assert place.block is not None  # it stands in the row
        line, column = report.place(place.block.start)
        yield replace(mention, line=line, column=column, place=place, title=named.title)


def _rows_below(reading: Reading, mention: Mention) -> Iterator[Place]:
    """Yield the place of a day in each further row that its cell is merged into."""
    place, report = mention.place, reading.report
    table, cell = place.table, place.cell
    if table is None or cell is None or place.in_header or not isinstance(mention.value, Day):
        return
    if not place.alone or mention.place.block is None:
        return
    at = bisect_right(report.blocks, mention.place.block.start, key=lambda b: b.start)
    for block in report.blocks[at:]:
        if block.table is not table:
            return
        first = next((c for c in table.rows[block.row] if c.text), None)
        if first is None or all(c is not cell for c in table.row_headings(first)):
            return
        if reading.dates_in[block.start]:
            continue
        yield replace(place, block=block, cell=cell._replace(row=block.row))


def _session(place: Place, title: str, row: str, kind: Kind) -> Session | None:
    """Return the session that the title, the row, the words before the date or a heading name.

    What only takes place in a session belongs to the one that the document is about.
    """
    before = _NAMED_BEFORE.search(place.before)
    named = session_in(title) or session_in(row) or (session_in(before[0]) if before else None)
    if named is not None:
        return named
    above = (_session_of(b.text) for b in place.headings() if b.kind == "heading")
    return next(filter(None, above), None) or (
        session_in(place.document) if kind in _OF_A_SESSION else None
    )


@lru_cache(_REMEMBERED)
def _session_of(heading: str) -> Session | None:
    """Return the session that a heading names and nothing else."""
    bare = (cleaned(heading), cleaned(_BRACKET.sub("", heading)))
    return next((session_in(text) for text in bare if names_session(text)), None)


def _referring(reading: Reading) -> Iterator[tuple[Reference, Event]]:
    """Yield events whose only date is a session: `- 조례안 상정 : 제302회 임시회`.

    They have no time yet; the calendar of the council gives it to them.
    """
    report = reading.report
    if not any(word in report.view for word in ("회기", "임시회", "정례회", "폐회")):
        return
    taken = {id(m.place.block) for m in reading.mentions if m.place.block is not None}
    found = list(references(report.view))
    points = [Expression(reference.start, reference.end, "point") for reference in found]
    times = [
        (reference, place)
        for reference, place in zip(found, places(report, points), strict=True)
        if id(place.block) not in taken and _is_a_time(place)
    ]
    for _, place in times:
        regroup([place])
    around = [m.place for m in reading.mentions]
    titles = entitled(report, [place for _, place in times], around)
    for (reference, place), named in zip(times, titles, strict=True):
        line, column = report.place(reference.start)
        text = report.raw(reference.start, reference.end)
        value = Undated(text)
        mention = Mention(line, column, text, value, Resolution(value), place, "event", named.title)
        yield reference, _event(reading, mention)


def _is_a_time(place: Place) -> bool:
    """Tell whether a reference stands where a date would: alone, behind a colon, in brackets.

    At the beginning of a bullet it tells when, where words say how it is meant.
    """
    block = place.block
    if block is None or block.kind == "heading":
        return False
    if place.alone:
        return place.cell is not None and not place.in_header
    if _LABEL_BEFORE.search(place.before) or _IN_BRACKETS.match(
        f"{place.before[-1:]}{place.after[:1]}"
    ):
        return bool(_ENDS.match(place.after))
    return not place.before.strip() and place.written.endswith(_TELLING)


def _quote(mention: Mention) -> str:
    """Return the sentence or table row as a reader sees it."""
    place = mention.place
    block = place.block
    if block is None:
        return folded(place.before + place.written + place.after)
    text = text_of(block)
    if place.table is None and any(map(_SENTENCE_END.search, (place.before, place.after))):
        before = _SENTENCE_END.split(place.before)[-1]
        rest = _SENTENCE_END.search(place.after)
        text = before + place.written + place.after[: rest.end() if rest else None]
    return folded(text[:_QUOTE])


def text_of(block: Block) -> str:
    """Return the text of a block as a reader sees it, the cells of a row parted by bars."""
    if block.table is None:
        return block.text
    return " | ".join(cell.text for cell in block.table.rows[block.row] if cell.text)


def line_event(
    report: Report, place: int, text: str, department: str | None, block: Block
) -> Event:
    """Return what stands at an offset without a time as an event without one."""
    text = folded(text)
    source = Source(report.source, report.place(place)[0], text, text)
    section = section_of(block)
    return Event("", text, Undated(text), "ongoing", department, source, section=section)


def _given_up(reading: Reading) -> Iterator[Event]:
    report = reading.report
    timed = {id(m.place.block) for m in reading.mentions if m.role == "event"}
    for block in report.blocks:
        if block.start < report.front or block.kind == "heading" or id(block) in timed:
            continue
        text = text_of(block)
        if len(text) <= _LINE and says_given_up(text):
            yield line_event(report, block.content, text, reading.department, block)


def section_of(block: Block | None) -> tuple[str, ...]:
    """Return the headings above a block, outermost first."""
    if block is None:
        return ()
    above = [cleaned(b.text) for b in block.ancestors() if b.kind == "heading"]
    return tuple(text for text in reversed(above) if text)


# Sessions and identity


def _identified(events: Sequence[Event]) -> list[Event]:
    """Give every event its UID and its session's UID."""
    seen: Counter[str] = Counter()
    sessions: defaultdict[Session, list[tuple[str | None, str]]] = defaultdict(list)
    uids: list[str] = []
    for event in events:
        key = "|".join(identity(event))
        seen[key] += 1
        uids.append(str(uuid5(NAMESPACE, f"{key}|{seen[key]}")))
        if event.kind == "session" and event.session is not None:
            sessions[event.session].append((event.department, uids[-1]))
    return [
        replace(event, uid=uid, parent=_parent(event, sessions))
        for event, uid in zip(events, uids, strict=True)
    ]


def _parent(
    event: Event, sessions: Mapping[Session, Sequence[tuple[str | None, str]]]
) -> str | None:
    """Return the UID of the session an event belongs to: its own department's, else its city's.

    `sessions` are the departments that tell of each session, and its UIDs.
    """
    if event.session is None or event.kind == "session" or event.session not in sessions:
        return None
    own = government(event.department or "")
    theirs = [
        (department != event.department, uid)
        for department, uid in sessions[event.session]
        if department == event.department
        or None in (own, there := government(department or ""))
        or own == there
    ]
    return min(theirs, key=lambda found: found[0], default=(True, None))[1]
