"""Events of an archive, chosen as the main command chooses, or by SQL.

SQL narrows down what may be asked for; what is left is brought together and chosen by the very
code of the main command, so that both give the same answer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

import duckdb

from calendarize.archive.codec import decoded
from calendarize.archive.places import Item
from calendarize.archive.reading import Steps
from calendarize.archive.store import NOWHERE, Store, each_row
from calendarize.changes.editions import Part, part
from calendarize.changes.together import combined
from calendarize.errors import UsageError
from calendarize.events.assemble import Told
from calendarize.events.model import Event
from calendarize.events.select import Choice, department_key, no_department
from calendarize.export.words import KINDS
from calendarize.run import Run, cores, told_lost
from calendarize.workers import Limits, Lost, Pool

_NAMED = 50
"""So many departments are named where none was found, those with most events."""
_TEXT = (
    "concat_ws(' ', title, department, unit, location, description, quote, "
    "array_to_string(section, ' '))"
)
_OFFICE = "regexp_replace(coalesce({0}, ''), '\\s', '', 'g')"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: the filters of the main command, and words.

    A word has to stand in the title, office, place, description, headings or sentence of an event,
    or to be its kind (`마감`).
    """

    choice: Choice
    words: Sequence[str] = ()

    def among(self, events: Sequence[Event]) -> list[Event]:
        """Return the events in which all words stand."""
        return [event for event in events if all(_has(event, word) for word in self.words)]


def _has(event: Event, word: str) -> bool:
    told = (event.title, event.department, event.unit, event.location, event.description)
    text = " ".join(filter(None, (*told, event.source.quote, *event.section)))
    return word in text or KINDS[event.kind] == word


def wanted_by(text: str, choice: Choice) -> Wanted:
    """Return what a phrase asks for: its times are a period, its other words have to be told.

    `올해 3분기 마감` is what is due in a quarter. Raises `UsageError` where no day is in both the
    period of the phrase and that of the choice.
    """
    from calendarize.api import search
    from calendarize.timex.values import as_day

    rest, at = "", 0
    for match in search(text, date=choice.today):
        first, last = as_day(match.start), as_day(match.end)
        starts, ends = filter(None, (choice.first, first)), filter(None, (choice.last, last))
        choice = replace(choice, first=max(starts, default=None), last=min(ends, default=None))
        rest += text[at : match.span[0]] + " "
        at = match.span[1]
    if choice.first and choice.last and choice.first > choice.last:
        raise UsageError(f"'{text}': 기간이 비었습니다({choice.first}부터 {choice.last}까지).")
    words = [word for word in (rest + text[at:]).split() if word != "제"]
    return Wanted(choice, words)


@dataclass(slots=True)
class _Where:
    """Conditions on rows, and the values in them."""

    conditions: list[str] = field(default_factory=lambda: ["true"])
    values: list[Any] = field(default_factory=list)

    def add(self, condition: str, *values: Any) -> None:
        self.conditions.append(f"({condition})")
        self.values += values

    def __str__(self) -> str:
        return " AND ".join(self.conditions)


def _where(wanted: Wanted) -> _Where:
    """Return conditions that hold for every row that may be asked for, and for few others."""
    where, choice = _Where(), wanted.choice
    if choice.last is not None:
        where.add("first_day IS NULL OR first_day <= ?", choice.last)
    if choice.first is not None:
        where.add("last_day IS NULL OR last_day >= ?", choice.first)
    if choice.kinds and choice.preset != "sessions":
        where.add("list_contains(?, kind)", list(choice.kinds))
    if choice.departments:
        names = (_OFFICE.format("department"), _OFFICE.format("unit"))
        alike = " OR ".join(f"ends_with({name}, ?)" for name in names for _ in choice.departments)
        where.add(alike, *map(department_key, [*choice.departments] * len(names)))
    kinds = {word: kind for kind, word in KINDS.items()}
    for word in wanted.words:
        where.add(f"contains({_TEXT}, ?) OR kind = ?", word, kinds.get(word, ""))
    return where


def told(store: Store, wanted: Wanted) -> list[Told]:
    """Return what documents tell that may be asked for: each event in all of its tellings."""
    where = _where(wanted)
    with store.connect() as database:
        _check_departments(database, wanted.choice.departments)
        query = f"WITH meant AS (SELECT DISTINCT uid FROM kept_events WHERE {where}) {_ROWS}"
        rows = database.execute(query.format("SEMI JOIN meant USING (uid)"), where.values)
        return list(_told(rows))


_ROWS = (
    "SELECT stamp, source.report, report_date, government, event FROM kept_events {} "
    "ORDER BY report_date, stamp, source.report, source.line"
)


def _told(rows: duckdb.DuckDBPyConnection) -> Iterator[Told]:
    for (_, source, day, office), found in groupby(each_row(rows), key=lambda row: row[:4]):
        council = None if office == NOWHERE else office
        yield Told(source, day, council, tuple(decoded(row[4]) for row in found), ())


def events(store: Store, wanted: Wanted) -> tuple[list[Told], list[Event]]:
    """Return what documents tell, and of it the events asked for, each of them once."""
    found = told(store, wanted)
    limit, choice = wanted.choice.limit, replace(wanted.choice, limit=None)
    return found, wanted.among(choice.of(combined(found)) if found else [])[:limit]


def each(store: Store, wanted: Wanted) -> Iterator[list[Event]]:
    """Yield the events of each document that are asked for; documents stand by themselves.

    An archive of any size takes no more memory than one of a few thousand documents.
    """
    where, left = _where(wanted), wanted.choice.limit
    with store.connect() as database:
        _check_departments(database, wanted.choice.departments)
        rows = database.execute(_ROWS.format(f"WHERE {where}"), where.values)
        for report in _told(rows):
            chosen = wanted.among(wanted.choice.among(report.events))[:left]
            left = None if left is None else left - len(chosen)
            yield chosen
            if left == 0:
                return


def _check_departments(database: duckdb.DuckDBPyConnection, names: Sequence[str]) -> None:
    if any(not name.strip() for name in names):
        raise UsageError("--dept: 부서 이름이 비었습니다. 예: --dept 의회사무처")
    if not names:
        return
    often = database.execute(
        "SELECT department, unit, count(*) AS often FROM kept_events GROUP BY ALL "
        "ORDER BY often DESC"
    ).fetchall()
    wanted = tuple(map(department_key, names))
    known = [name for *both, _ in often for name in both if name]
    if not any(department_key(name).endswith(wanted) for name in known):
        raise no_department(names, list(dict.fromkeys(row[0] for row in often if row[0]))[:_NAMED])


def editions(
    store: Store, departments: Sequence[str], processes: int | None, limits: Limits
) -> Run[Part]:
    """Return what `changes` compares: the documents of some departments, read anew in full."""
    items = _files_of(store, departments)
    made = Run[Part]()
    count = min(processes or cores(), len(items))
    with Pool[Item, Run[Part]](Steps(part), count, limits, fresh=True) as pool:
        for item, found in pool.results(items):
            if isinstance(found, Lost):
                line = str(told_lost(found.name or item.name, found.cause, limits))
                found = Run[Part](problems=[str(line)])
            made.add(found)
    return made


def _files_of(store: Store, departments: Sequence[str]) -> list[Item]:
    """Return the files that hold documents of some departments (of all, without any)."""
    wanted = tuple(map(department_key, departments))
    with store.connect() as database:
        rows = database.execute(
            "SELECT stamp, min(url), any_value(size), list(DISTINCT department) "
            "FROM documents JOIN files USING (stamp) WHERE error IS NULL GROUP BY stamp ORDER BY 2"
        ).fetchall()
    names: defaultdict[str, list[Item]] = defaultdict(list)
    found = []
    for stamp, url, size, offices in rows:
        item = Item(url, stamp, size or 0)
        of_office = [name for name in offices if name]
        for name in of_office:
            names[name].append(item)
        if not wanted or any(department_key(name).endswith(wanted) for name in of_office):
            found.append(item)
    if not found and rows:
        raise no_department(departments, sorted(names, key=lambda n: -len(names[n]))[:_NAMED])
    return found


def sql(store: Store, query: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Return the columns and rows of a question to `files`, `documents` and `events`.

    Raises `UsageError` where DuckDB does not understand it.
    """
    with store.connect() as database:
        try:
            rows = database.execute(query)
            return [name for name, *_ in rows.description or ()], rows.fetchall()
        except duckdb.Error as error:
            raise UsageError(f"--sql: {str(error).splitlines()[0]}") from error
