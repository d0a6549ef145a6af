"""A `Telling`: an entry as one edition tells it, and how: as a plan, a result, given up."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Literal, NamedTuple

from calendarize.changes import words
from calendarize.changes.letters import AMOUNT, Grams, core, grams
from calendarize.changes.marks import Marks, marks_in, phases_in, short_lived
from calendarize.events.model import Event
from calendarize.mentions.clauses import blanked_brackets
from calendarize.timex.values import Interval, Undated, Value, Year, as_day, last_day
from calendarize.wordlists import words_of

ToldAs = Literal["plan", "result", "cancelled", "postponed", "fact"]

_CALENDAR = ("session", "sitting", "question", "audit", "election")
"""Kinds whose time, once passed, is told on in a calendar of the year as what was."""
_LABEL_END = re.compile(r"\s[:：]\s|[:：]\s|[:：]$")
_LETTER = re.compile(r"[가-힣A-Za-z]{2}")
_TOPIC = re.compile(r"^(.{4,}?(?:[가-힣]{2}|\)))(?:은|는)\s")
"""What a sentence is about: `기념행사는 방역지침에 따라 취소`."""
_LISTED = re.compile(r"[,，]")
_CELL = " | "
_CLAUSE = re.compile(r"^\s*[^\s,，;()][^,，;()]*[,，;]\s*")
_BRACKET = 14
"""How far a bracket right behind a time is read for numbers and stages."""
_ABOVE = 2
"""So many headings above an entry may name what it belongs to."""
_REMARK = 8
"""A cell or a few words behind a time, no longer than this, say what it is the time of."""
_NAME = 40
"""A cell longer than this describes."""
_AFTER = 40
"""How much of what stands behind a time can still tell of it."""


@dataclass(frozen=True)
class Telling:
    """An entry as an edition of `day` tells it.

    `label` are the words of its line that name it and those it shares a line with, `own` those
    right before its time, `behind` what stands behind it and in notes below. A line without any
    time is told as an event with an `Undated` value.
    """

    event: Event
    day: date
    told_as: ToldAs
    label: str
    own: str = ""
    behind: str = ""

    @property
    def dated(self) -> bool:
        return not isinstance(self.event.value, Undated)

    @property
    def closes(self) -> bool:
        """Whether it says that the entry is done or given up."""
        return self.told_as in ("result", "cancelled")

    @property
    def named(self) -> str:
        """The words of its line that name it."""
        return f"{self.label} {self.own}"

    @cached_property
    def grams(self) -> Grams:
        """The letters of its title and of the words that name it, without the reason of a time.

        The headings above lend theirs.
        """
        above = words.GENERIC_SECTION.sub(" ", " ".join(self.event.section[-_ABOVE:]))
        named = f"{self.label} {words.REASON.sub('', self.own)}"
        return grams(self.event.title, named, above)

    @cached_property
    def key(self) -> tuple[object, ...]:
        """What has to be the same where two tellings say the same in the same words."""
        named = core(self.named) or core(self.event.title)
        return named, frozenset(self.marks.items()), self.phases

    @cached_property
    def start(self) -> date | None:
        return as_day(self.event.start)

    @cached_property
    def end(self) -> date | None:
        return last_day(self.event.value) or as_day(self.event.end)

    @cached_property
    def marks(self) -> Marks:
        """The numbers that tell it from its neighbours; those nearest to its time count."""
        bracket = self.behind[:_BRACKET] if self.behind[:1] in ("(", "<", "[") else ""
        title = self.event.title.replace(self.event.source.text, " ")
        found = {
            unit: numbers
            for text in (title, bracket, self.label, self.own)
            for unit, numbers in marks_in(text).items()
        }
        return found if self.event.kind == "session" else short_lived(found)

    @cached_property
    def phases(self) -> frozenset[str]:
        """The stages of a project that it is about; those nearest to its time count."""
        behind = self.behind[:_BRACKET]
        bracket = behind if behind[:1] in ("(", "<", "[") else ""
        border = _CELL.strip()
        remark = self.behind.removeprefix(border).split(border)[0].strip()
        remark = remark if len(remark) <= _REMARK else ""
        title = self.event.title
        last = (title, remark) if self.behind.startswith(border) else (remark, title)
        texts = (self.own, bracket, self.label, *last)
        return next(filter(None, map(phases_in, texts)), frozenset())

    @cached_property
    def middle(self) -> date | None:
        """The middle of its time; of what is open, the end that it has."""
        start, end = self.start or self.end, self.end or self.start
        return start + (end - start) / 2 if start and end else None

    @cached_property
    def amounts(self) -> frozenset[str]:
        """The numbers of things in the words that name it: `4명`."""
        found = AMOUNT.findall(self.named)
        return frozenset("".join(amount.split()).strip("()") for amount in found)

    @cached_property
    def carried_over(self) -> bool:
        """Whether words behind it say that a plan of before goes on."""
        return bool(words.CARRIED_OVER.search(self.behind))

    @cached_property
    def recurs(self) -> bool:
        """Whether it comes round again (a meeting), unlike works that are done once."""
        return not words.WORKS.search(f"{self.named} {self.event.title}")


# ---------------------------------------------------------------- words around a time


class _Around(NamedTuple):
    label: str
    own: str
    behind: str


def tellings(
    events: Sequence[Event], day: date, notes: Mapping[tuple[str, int], str]
) -> Iterator[Telling]:
    """Yield the events of an edition as tellings; `notes` stand below a line (report, line).

    The period of a name (`정비계획(2022~2026) 수립 : 5. 27.`) is none.
    """
    on_line: dict[tuple[str, int, str], list[Event]] = defaultdict(list)
    for event in events:
        source = event.source
        on_line[source.report, source.line, source.quote].append(event)
    for (report, line, quote), group in on_line.items():
        if _CELL in quote:
            group = _without_whole_years(group)
        group = _without_halves_told_exactly(quote, group)
        note = notes.get((report, line), "")
        for event, around in zip(group, _surroundings(quote, group), strict=True):
            if around is None:
                continue
            around = around._replace(own=_own(around))
            behind = f"{around.behind} {note}".strip()
            told = told_as(event, day, around.label, around.own, behind)
            yield Telling(event, day, told, around.label, around.own, behind)


def _without_whole_years(group: list[Event]) -> list[Event]:
    """Leave out the years of a project in a row that tells a finer time of it too."""
    finer = [event for event in group if not _is_years(event.value)]
    return finer or group


def _without_halves_told_exactly(quote: str, group: list[Event]) -> list[Event]:
    """Leave out a time that a finer one within it follows in a bracket: `상반기(5월)`.

    It names the finer one.
    """
    spans = _spans(quote, [event.source.text for event in group])
    starting = {span[0]: event for span, event in zip(spans, group, strict=True) if span}
    kept = []
    for span, event in zip(spans, group, strict=True):
        finer = starting.get(span[1] + 1) if span and quote[span[1] : span[1] + 1] == "(" else None
        if finer is None or not _holds(event.value, finer.value):
            kept.append(event)
    return kept


def _holds(outer: Value, inner: Value) -> bool:
    """Tell whether one period lies within another one that is longer."""
    (a, b), (c, d) = ((as_day(v.bounds()[0]), last_day(v)) for v in (outer, inner))
    return bool(a and b and c and d) and (a, b) != (c, d) and a <= c and d <= b  # type: ignore[operator]


def _is_years(value: Value) -> bool:
    return value.precision == "year" and isinstance(value, Year | Interval)


def _surroundings(quote: str, group: Sequence[Event]) -> list[_Around | None]:
    """Return the words around the time of each event of a line; `None` for part of a name."""
    spans = _spans(quote, [event.source.text for event in group])
    found = sorted(span for span in spans if span is not None)
    cells = quote.count(_CELL)
    colon = None if cells else _LABEL_END.search(blanked_brackets(quote))
    if colon and found and found[0][1] <= colon.start() and found[-1][0] < colon.end():
        colon = None if len(found) > 1 or quote[found[0][0] - 1 : found[0][0]] != "(" else colon
    result: list[_Around | None] = []
    for span in spans:
        if span is None:
            result.append(_Around(quote, "", ""))
            continue
        start, end = span
        at = found.index(span)
        previous = found[at - 1][1] if at else 0
        following = found[at + 1][0] if at + 1 < len(found) else len(quote)
        if cells:
            own = max(quote.rfind(_CELL, 0, start) + len(_CELL), previous)
            own = own if quote.rfind(_CELL, 0, start) >= 0 else previous
            label = _cells(quote[: max(quote.rfind(_CELL, 0, start), 0)])
            result.append(_Around(label, quote[own:start], quote[end:following]))
        elif colon and end <= colon.start():
            named = quote[: colon.start()]
            result.append(_Around(named, "", quote[colon.end() :]) if len(found) == 1 else None)
        elif colon:
            own = max(previous, colon.end())
            result.append(_Around(quote[: colon.start()], quote[own:start], quote[end:following]))
        else:
            bracket = _opened(quote, start)
            beside = at or (len(found) > 1 and _opened(quote, found[1][0]) == bracket)
            shared = found[0][0] > bracket >= 0 and beside
            label = quote[:bracket] if shared else ""
            own = max(previous, bracket + 1) if shared else previous
            result.append(_Around(label, quote[own:start], quote[end:following]))
    return result


def _own(around: _Around) -> str:
    """Return the words right before a time without those that tell of the one before it.

    `5. 8. 착공, '24. 2월 준공`; nor is it a name what a comma ends: `시범운영 중, 10월 오픈`.
    """
    if not _CLAUSE.match(around.own) or not (around.label or around.own[:1] == " "):
        return around.own
    return _CLAUSE.sub("", around.own)


def _cells(left: str) -> str:
    """Return the cells before the one with the time that can name an entry: no descriptions."""
    cells = left.split(_CELL)
    named = [cell for cell in cells if len(cell) <= _NAME and _LETTER.search(cell)]
    return _CELL.join(named or cells[:1])


def _spans(quote: str, texts: Sequence[str]) -> list[tuple[int, int] | None]:
    """Return where times stand in a line; the second of the same text is looked for behind."""
    spans: list[tuple[int, int] | None] = []
    for text in texts:
        text = " ".join(text.split()).replace("’", "'").replace("‘", "'")
        start = quote.find(text)
        while start >= 0 and (start, start + len(text)) in spans:
            start = quote.find(text, start + 1)
        spans.append((start, start + len(text)) if start >= 0 else None)
    return spans


def _opened(text: str, at: int) -> int:
    """Return where the bracket was opened in which a place stands, -1 outside of any."""
    depth = 0
    for place in range(at - 1, -1, -1):
        depth += {")": 1, "(": -1}.get(text[place], 0)
        if depth < 0:
            return place
    return -1


# ---------------------------------------------------------------- how it is told


def told_as(event: Event, day: date, label: str, before: str, behind: str) -> ToldAs:
    """Judge how an event is told in a report of a day.

    Words beside it decide, then the heading above it, then whether its time has passed.
    """
    near = f"{before}\0{behind[:_AFTER]}"
    whole = f"{label} {before} {behind}"
    end = last_day(event.value) or as_day(event.end)
    start = as_day(event.start)
    dated, passed = not isinstance(event.value, Undated), end is not None and end <= day
    begun = passed or (start is not None and start <= day and (event.approximate or end is None))
    if words.CANCELLED.search(words.PARTLY.sub("", whole)):
        return "cancelled"
    if words.POSTPONED.search(whole) and (not dated or (end is not None and end < day)):
        return "postponed"
    heading = _label_tells(label) or section_tells(event.section)
    if heading != "result" and _is_fact(event, f"{label} {before}", end, day):
        return "fact"
    ahead = dated and not passed
    tells_result = heading == "result" or words_of("done").search(behind[:_AFTER])
    if words_of("planned").search(near) or (ahead and not (begun and tells_result)):
        return "plan"
    if words_of("done").search(whole) or words.DONE_SHARE.search(whole):
        return "result"
    if heading is not None:
        return heading
    return "result" if passed and not words.OPEN_SHARE.search(whole) else "plan"


def _is_fact(event: Event, before: str, end: date | None, day: date) -> bool:
    if event.kind in _CALENDAR and end is not None and end < day:
        return True
    return event.kind == "holiday" or bool(words.FACT.search(before[-12:]))


def _label_tells(label: str) -> Literal["plan", "result"] | None:
    label = label.strip()
    if words.RESULT_LABEL.search(label):
        return "result"
    return "plan" if words.PLAN_LABEL.search(label) else None


def section_tells(section: Sequence[str]) -> Literal["plan", "result"] | None:
    """Return what stands under headings, the nearest that says it deciding."""
    for heading in reversed(section):
        plan = words.PLAN_HEADING.search(heading)
        result = words.RESULT_HEADING.search(heading)
        if bool(plan) != bool(result):
            return "plan" if plan else "result"
    return None


def tellings_of_line(event: Event, day: date) -> Iterator[Telling]:
    """Yield what a line without any time tells: one telling for each thing given up in it."""
    text = event.source.quote
    label = _LABEL_END.split(text, 1)[0]
    told = told_as(event, day, "", text, "")
    given_up = told in ("cancelled", "postponed")
    if given_up and (topic := _TOPIC.match(label)) is not None:
        label = topic[1]
    listed = _LISTED.split(blanked_brackets(label)) if given_up else []
    if len(listed) < 2:
        yield Telling(event, day, told, label, "", text[len(label) :])
        return
    at = 0
    for part in listed:
        name = label[at : at + len(part)]
        at += len(part) + 1
        named = replace(event, title=name.strip())
        yield Telling(named, day, told, name, "", text[len(label) :])


def in_order(found: Iterable[Telling]) -> list[Telling]:
    """Sort tellings as they stand in their reports."""
    return sorted(found, key=lambda t: (t.event.source.report, t.event.source.line))
