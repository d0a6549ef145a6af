"""Reports become editions: parted by office, in the order of their days."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from calendarize.changes.chains import Edition
from calendarize.changes.tellings import Telling, in_order, tellings, tellings_of_line
from calendarize.events.assemble import every_event, line_event, text_of
from calendarize.events.model import Event
from calendarize.events.select import department_key
from calendarize.mentions.mention import Mention
from calendarize.mentions.own_date import is_full
from calendarize.mentions.reading import Reading, read
from calendarize.report.model import Block, Report
from calendarize.timex.values import last_day

_AS_OF = re.compile(r"기준\s?일?(?:자)?\s?[:：]?\s?$")
_LONGEST = 160
"""A line or sentence without a time longer than this is no entry."""
_SHORTEST = 10
"""Nor is a sentence shorter than this."""
_SENTENCE = re.compile(r"(?<=[다음임함])\.\s+")
_NO_OFFICE = "부서 없음"
_FORM = re.compile(r"\((?:재|사|주|학|복)\)|㈜|^(?:재단|사단|주식|학교|의료|사회복지)법인|주식회사")
_AUTHORITY = re.compile(
    r"^[가-힣]{1,8}(?:특별자치시|특별자치도|특별시|광역시|시|군|구|도|교육청|의회|대학교)+$"
)


@dataclass(frozen=True, slots=True)
class Part:
    """What one report brings to an edition; light, so that many are held at once."""

    source: str
    day: date | None
    department: str | None
    tellings: tuple[Telling, ...]
    lines: tuple[Telling, ...]
    headings: frozenset[str]


def part(reading: Reading, events: Sequence[Event] | None = None) -> Part:
    """Return what a report tells of its entries: `events`, or all that it tells."""
    reading = _dated(reading)
    day, report = reading.day, reading.report
    if day is None:
        return Part(report.source, None, reading.department, (), (), frozenset())
    times: dict[int, list[int]] = defaultdict(list)
    for mention in reading.mentions:
        if mention.role == "event":
            times[id(mention.place.block)].append(mention.place.expression.start)
    timed = times.keys()
    above = {id(b.parent) for b in report.blocks if id(b) in timed or b.kind == "heading"}
    above |= {id(b.parent) for b in report.blocks if b.parent and b.parent.kind == "heading"}
    notes: dict[tuple[str, int], str] = defaultdict(str)
    lines: list[Telling] = []
    for block in report.blocks:
        if block.start < report.front or _heads_table(block):
            continue
        if id(block) in timed or len(block.text) > _LONGEST:
            for place, sentence in _sentences(report, block, times[id(block)]):
                event = line_event(report, place, sentence, reading.department, block)
                lines += tellings_of_line(event, day)
            continue
        if id(block) in above:
            continue
        parent = block.parent
        if parent is not None and parent.kind != "heading" and id(parent) in timed:
            notes[report.source, report.place(parent.content)[0]] += f" {block.text}"
        event = line_event(report, block.content, text_of(block), reading.department, block)
        lines += tellings_of_line(event, day)
    events = every_event(reading) if events is None else events
    headings = frozenset(b.text for b in report.blocks if b.kind == "heading")
    return Part(
        report.source,
        day,
        reading.department,
        tuple(in_order(tellings(events, day, notes))),
        tuple(lines),
        headings,
    )


def _dated(reading: Reading) -> Reading:
    """Return a report that does not say its day as read on the day as of which it begins."""
    first = next((m for m in reading.mentions if _is_as_of(m) or m.role == "event"), None)
    if reading.day is not None or first is None or not _is_as_of(first):
        return reading
    if not is_full(first.place.expression):
        return reading
    return read(reading.report, last_day(first.value), reading.department)


def _is_as_of(mention: Mention) -> bool:
    """Tell whether something is told as of a day: `2022. 7. 20. 현재`, `기준일 : 2022. 7. 20.`"""
    return mention.role == "asof" or _AS_OF.search(mention.place.before) is not None


def _heads_table(block: Block) -> bool:
    return block.table is not None and block.row < block.table.header_rows


def _sentences(report: Report, block: Block, times: Sequence[int]) -> Iterator[tuple[int, str]]:
    """Yield the sentences of prose in which no time stands, and where they begin."""
    if block.table is not None:
        return
    ends = [match.end() for match in _SENTENCE.finditer(report.view, block.content, block.end)]
    for start, end in pairwise([block.content, *ends, block.end]):
        told = any(start <= at < end for at in times)
        if ends and not told and _SHORTEST < end - start <= _LONGEST:
            yield start, report.view[start:end]


# ---------------------------------------------------------------- offices


def office_key(name: str) -> str:
    """Reduce the name of an office to what distinguishes it: `(재)가나재단` → `가나재단`."""
    bare = _FORM.sub("", "".join(name.split()))
    return department_key(bare)


def offices_of(names: Sequence[str]) -> dict[str, str]:
    """Return for each name its office: the fullest name of it, where that is only one.

    `도시건설국` is `가람시 도시건설국` if no other city's office of that name is there. Of names
    that are as full, the one told most often stands for all.
    """
    often = Counter(names)
    keys = {name: office_key(name) for name in sorted(often)}
    office: dict[str, str] = {}
    for key in set(keys.values()):
        longer = {
            other
            for other in keys.values()
            if other != key and other.endswith(key) and _AUTHORITY.match(other[: -len(key)])
        }
        office[key] = longer.pop() if len(longer) == 1 else key
    fullest: dict[str, str] = {}
    for name in sorted(keys, key=lambda name: (len(keys[name]), often[name])):
        fullest[office[keys[name]]] = name
    return {name: fullest[office[key]] for name, key in keys.items()}


@dataclass(frozen=True, slots=True)
class Sorted:
    """The editions of each office, oldest first; `left_out` and `notices` are Korean lines for
    reports that could not be placed, and for what was taken for granted."""

    offices: dict[str, list[Edition]]
    left_out: list[str]
    notices: list[str]


def editions(parts: Sequence[Part]) -> Sorted:
    """Sort reports by office and day.

    A report given twice counts once; several reports of one office and day are one edition. A
    report that does not say its office is of the only office there is, if there is only one.
    """
    left_out, notices = list[str](), list[str]()
    offices = offices_of([p.department for p in parts if p.department])
    names = sorted(set(offices.values()))
    alone = names[0] if len(names) == 1 else None if names else _NO_OFFICE
    groups: dict[str, dict[date, list[Part]]] = defaultdict(lambda: defaultdict(list))
    for each in parts:
        office = offices.get(each.department or "", alone)
        if each.day is None or office is None:
            what = "작성일을" if each.day is None else "부서를"
            how = "파일@2022-09-05 꼴로" if each.day is None else "--as-dept로"
            left_out.append(f"{each.source}: {what} 몰라 견주지 못했습니다. {how} 지정하세요.")
            continue
        if each.department is None:
            notices.append(
                f"{each.source}: 부서를 찾지 못해 {office} 보고서로 보았습니다(--as-dept로 지정)."
            )
        groups[office][each.day].append(each)
    found = {
        office: [_edition(office, day, days[day]) for day in sorted(days)]
        for office, days in sorted(groups.items())
    }
    return Sorted(found, left_out, notices)


def _edition(office: str, day: date, parts: Sequence[Part]) -> Edition:
    ordered = sorted(_distinct(parts), key=lambda p: p.source)
    return Edition(
        office,
        day,
        tuple(p.source for p in ordered),
        tuple(t for p in ordered for t in p.tellings),
        tuple(t for p in ordered for t in p.lines),
        frozenset().union(*(p.headings for p in ordered)),
    )


def _distinct(parts: Sequence[Part]) -> Iterator[Part]:
    """Yield the parts, those that say the same as one before left out."""
    seen: set[tuple[object, ...]] = set()
    for each in parts:
        said = tuple(
            (t.event.source.line, t.event.source.text, t.event.source.quote) for t in each.tellings
        )
        if said not in seen:
            seen.add(said)
            yield each
