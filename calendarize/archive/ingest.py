"""Adding to an archive: only what is new is read, what has changed or gone is brought up to date.

What is read is committed every few seconds. Interrupted at any point, the next run does the rest:
a file counts as known only once what stands in it is committed, too.
"""

from __future__ import annotations

import re
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from sys import intern
from typing import Any

from calendarize import __version__
from calendarize.archive.engines import Engine
from calendarize.archive.places import Item, address, is_remote, listed, stamped
from calendarize.archive.progress import Progress
from calendarize.archive.reading import Record
from calendarize.archive.store import NOWHERE, Partition, Store, each_row
from calendarize.report import ReportError
from calendarize.report.files import none_in

SECONDS = 10.0
RECORDS = 2000
BYTES = 32 << 20
"""What is read is committed after so many seconds, files or bytes of rows, whichever is first."""
MANY = 64
"""From so many files more than partitions on, the store is written anew in fewer."""
_UNSAFE = re.compile(r"[^\w]")


@dataclass(slots=True)
class Added:
    """What a run did, in files: `read` (of those `changed`), `same`, `gone`; `events` were read.

    `problems` are Korean lines for what could not be read, `known` how many of the files that
    stayed the same could not be read before either.
    """

    read: int = 0
    changed: int = 0
    same: int = 0
    gone: int = 0
    events: int = 0
    known: int = 0
    problems: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        changed = f"(바뀐 것 {self.changed})" if self.changed else ""
        return (
            f"읽은 파일 {self.read}{changed}, 그대로인 파일 {self.same}, 없어진 파일 {self.gone}, "
            f"읽지 못한 문서 {len(self.problems)}. 새로 읽은 일정 {self.events}건."
        )


def count(roots: Sequence[str]) -> int | None:
    """Return how many files are at some addresses; `None` where counting would take long."""
    if any(map(is_remote, roots)):
        return None
    return sum(1 for root in roots for _ in listed(address(root), lambda _: None))


def add(
    store: Store,
    roots: Sequence[str],
    engine: Engine,
    progress: Progress,
    *,
    retry: bool = False,
    again: bool = False,
) -> Added:
    """Bring an archive up to date with files and folders; return what was done.

    With `retry` what could not be read is tried anew, with `again` everything is.
    """
    run = _Run(store, progress, retry, again)
    try:
        for record in engine(run.unread([address(root) for root in roots])):
            run.take(record)
    except (KeyboardInterrupt, SystemExit):
        run.commit()
        raise
    run.commit()
    store.compact(MANY)
    return run.added


class _Run:
    """One run: what the archive knows, and what is to be committed next."""

    def __init__(self, store: Store, progress: Progress, retry: bool, again: bool) -> None:
        self.store, self.progress, self.added = store, progress, Added()
        self.number = store.snapshot().number
        self.failed, self.known = set[str](), set[str]()
        with store.connect(threads=1) as database:
            places = database.execute("SELECT url, stamp FROM files")
            self.places = {url: intern(stamp) for url, stamp in each_row(places)}
            read = "SELECT stamp, bool_or(error IS NOT NULL) FROM documents GROUP BY stamp"
            for stamp, has_failed in each_row(database.execute(read)):
                if has_failed:
                    self.failed.add(intern(stamp))
                if not again and not (has_failed and retry):
                    self.known.add(intern(stamp))
        self._empty()

    def _empty(self) -> None:
        self.files: list[dict[str, Any]] = []
        self.documents: list[dict[str, Any]] = []
        self.events: defaultdict[Partition, list[tuple[str, bytes]]] = defaultdict(list)
        self.records, self.size, self.since = 0, 0, time.monotonic()

    def unread(self, roots: Sequence[str]) -> Iterator[Item]:
        """Yield the files at some addresses that are to be read; note which are new and gone."""
        seen: set[str] = set()
        for root in roots:
            trouble, nothing = list[str](), True
            for url, told in listed(root, trouble.append):
                nothing = False
                if url in seen:
                    continue
                seen.add(url)
                self.progress.looked += 1
                if (item := self._stamped(url, told)) is not None:
                    yield from self._if_new(item)
            self.added.problems += trouble
            if not trouble and not self._gone(root, seen) and nothing:
                self.added.problems.append(str(none_in(root)))

    def _stamped(self, url: str, told: Any) -> Item | None:
        try:
            return stamped(url, told)
        except ReportError as error:
            self.added.problems.append(str(error))
            return None

    def _if_new(self, item: Item) -> Iterator[Item]:
        before = self.places.get(item.url)
        if before != item.stamp:
            self.files.append({"url": item.url, "stamp": item.stamp, "size": item.size})
            self.added.changed += before is not None
        if item.stamp not in self.known:
            self.known.add(item.stamp)
            yield item
        else:
            self.added.same += before == item.stamp
            self.added.known += item.stamp in self.failed
            self._tick()

    def _gone(self, root: str, seen: set[str]) -> int:
        """Note which files are not there any more; return how many."""
        inside = root.rstrip("/\\") + ("/" if "/" in root else "\\")
        under = (url for url in self.places if url == root or url.startswith(inside))
        gone = [url for url in under if url not in seen]
        self.files += ({"url": url, "stamp": None, "size": None} for url in gone)
        self.added.gone += len(gone)
        return len(gone)

    def take(self, record: Record) -> None:
        """Take in what came of a file; commit where it is time to."""
        stamp = record.item.stamp
        for each in record.entries:
            self.documents.append(
                {
                    "stamp": stamp,
                    "source": each.source,
                    "report_date": each.day,
                    "department": each.department,
                    "government": each.government,
                    "events": each.count,
                    "version": __version__,
                }
            )
            where = _UNSAFE.sub("", each.government or "") or NOWHERE
            self.events[where, each.day.year if each.day else 0].append((stamp, each.lines))
            self.size += len(each.lines)
            self.added.events += each.count
        for line in record.problems:
            source = line.partition(": ")[0]
            self.documents.append(
                {"stamp": stamp, "source": source, "error": line, "version": __version__}
            )
        self.records += 1
        self.added.read += 1
        self.added.problems += record.problems
        self.progress.documents += len(record.entries)
        self.progress.errors += len(record.problems)
        self.progress.size += record.item.size
        self._tick()
        late = time.monotonic() - self.since >= SECONDS
        if late or self.records >= RECORDS or self.size >= BYTES:
            self.commit()

    def _tick(self) -> None:
        self.progress.tick()

    def commit(self) -> None:
        """Commit what there is."""
        if self.files or self.documents:
            self.number = self.store.write(self.files, self.documents, self.events, self.number)
        self._empty()
