"""One file of an archive becomes rows; the same function wherever it runs.

Rows are JSON lines: the keys of the public JSON, days for filters, and the event in full.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import groupby
from typing import Any, Generic, TypeVar

from calendarize.archive.codec import encoded
from calendarize.archive.places import Item, contents
from calendarize.events.assemble import combine, tell
from calendarize.events.council import government
from calendarize.events.model import Event
from calendarize.export.json import record
from calendarize.mentions.reading import Reading, read
from calendarize.report import ReportError, read_text
from calendarize.run import Dated, Job, Run, Work, told_lost
from calendarize.timex.values import as_day, last_day
from calendarize.workers import Limits, Lost, Pool, Step

T = TypeVar("T", bound=Dated)


@dataclass(frozen=True, slots=True)
class Entry:
    """What a document brings to an archive: what it is of, and its events as JSON lines."""

    source: str
    day: date | None
    department: str | None
    government: str | None
    count: int
    lines: bytes


@dataclass(frozen=True, slots=True)
class Record:
    """What came of a file: its documents, and one Korean line for each that was not read."""

    item: Item
    entries: tuple[Entry, ...]
    problems: tuple[str, ...]


def entry(reading: Reading) -> Entry:
    """Return what a report brings; it stands by itself, no other is asked."""
    events = combine([tell(reading)])
    lines = "".join(map(partial(_line, reading.day), events)).encode()
    office = reading.department
    return Entry(reading.source, reading.day, office, government(office or ""), len(events), lines)


def _line(day: date | None, event: Event) -> str:
    """Return a row; its status is judged when it is asked for, not now."""
    made = record(event, day or date.min, day)
    told = made.model_dump(mode="json", exclude=None if made.values else {"values"})
    told["first_day"], told["last_day"] = _iso(as_day(event.start)), _iso(last_day(event.value))
    told["report_date"], told["event"] = _iso(day), encoded(event)
    return json.dumps(told, ensure_ascii=False) + "\n"


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


@dataclass(frozen=True, slots=True)
class Steps(Generic[T]):
    """What a process of a pool does with a file: a step for each document in it."""

    work: Work[T]

    def __call__(self, item: Item) -> Iterator[Step]:
        try:
            data = contents(item)
        except ReportError as error:
            yield item.name, partial(Run[T], problems=[str(error)])
            return
        yield from Job(self.work)((item.name, data))


def records(items: Iterable[Item], pool: Pool[Item, Run[Entry]]) -> Iterator[Record]:
    """Yield what comes of each file, in their order, from the processes of a pool."""
    for item, found in groupby(pool.results(items), key=lambda told: told[0]):
        entries, problems = list[Entry](), list[str]()
        for _, made in found:
            if isinstance(made, Lost):
                lost = told_lost(made.name or item.name, made.cause, pool.limits)
                problems.append(str(lost))
            else:
                entries += made.made
                problems += made.problems
        yield Record(item, tuple(entries), tuple(problems))


def load() -> None:
    """Load what reading first needs, so that processes forked from now on share it."""
    entry(read(read_text(_ANY, "")))


_ANY = "가람시 총무과\n\n2021. 5. 3.\n\n□ 추진일정\n\n- 접수 : 6. 11.(금) ~ 6. 16.(수) 4일간"


def reading_pool(processes: int, limits: Limits) -> Pool[Item, Run[Entry]]:
    """Return processes that read files, each document within the limits."""
    return Pool(Steps(entry), processes, limits, fresh=True)


def rows(paths: Iterable[str], limits: Limits | None = None) -> Iterator[dict[str, Any]]:
    """Yield the events of files as the archive has them, one `dict` each, in their order.

    `paths` are files or addresses that fsspec knows (`s3://…`). The plain function for engines of
    one's own: it needs no archive. A document that cannot be read yields `{"problem": line}`.
    """
    with reading_pool(1, limits or Limits()) as pool:
        for made in records((Item(path, path) for path in paths), pool):
            for each in made.entries:
                yield from map(json.loads, each.lines.splitlines())
            yield from ({"problem": line} for line in made.problems)
