"""Where files are read: in processes of this machine, or on a Dask cluster that is there.

An engine takes files and yields what comes of each, exactly once. It takes them as they are
needed: what is ready to be kept holds back what is still to be read.
"""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial
from itertools import islice
from typing import Any

from calendarize.archive.places import Item
from calendarize.archive.reading import Entry, Record, load, reading_pool, records
from calendarize.errors import ServiceError, UsageError
from calendarize.run import Run, cores, told_lost
from calendarize.workers import Limits, Pool

Engine = Callable[[Iterable[Item]], Iterator[Record]]
"""Files to read in, what came of each out."""

_LOCAL = "local"
_DASK = "dask://"
_CHUNK = 16
"""So many files are one task of a cluster."""
_AHEAD = 3
"""So many tasks are given to each thread of a cluster before the first of them is done."""
_DEATHS = 3
"""So many workers may die of a task before its files are given up."""


def engine_named(
    name: str, processes: int | None, limits: Limits, *, at_once: bool = False
) -> Engine:
    """Return the engine that a user names: `local`, or `dask://HOST:PORT` of a scheduler.

    Processes of this machine are started `at_once` in a program that has not yet loaded what they
    need not have. Raises `UsageError` where there is no engine of that name, or its library is not
    installed.
    """
    if name == _LOCAL:
        pool = reading_pool(processes or cores(), limits)
        if at_once:
            load()
            pool.start()
        return partial(_local, pool)
    if not name.startswith(_DASK):
        raise UsageError(f"--engine {name}: local 또는 dask://서버:포트로 지정하세요.")
    try:
        import distributed  # noqa: F401
    except ImportError as error:
        raise UsageError(
            "--engine dask에는 pip install 'calendarize[archive,dask]'가 필요합니다."
        ) from error
    return partial(_dask, f"tcp://{name.removeprefix(_DASK)}", limits)


def _local(pool: Pool[Item, Run[Entry]], items: Iterable[Item]) -> Iterator[Record]:
    with pool:
        yield from records(items, pool)


# ---------------------------------------------------------------- Dask


def _dask(scheduler: str, limits: Limits, items: Iterable[Item]) -> Iterator[Record]:
    """Have the workers of a cluster read; a task whose worker dies is done by another."""
    from distributed import Client, as_completed

    try:
        client = Client(scheduler, timeout="10s", set_as_default=False)
    except (OSError, TimeoutError) as error:
        raise ServiceError(
            f"{scheduler}: Dask 스케줄러에 연결할 수 없습니다. 주소와 네트워크를 확인하세요."
        ) from error
    with client:
        waiting: dict[Any, list[Item]] = {}
        coming = iter(items)
        done = as_completed(loop=client.loop)

        def give() -> None:
            room = _AHEAD * max(1, sum(client.nthreads().values()))
            while len(waiting) < room and (chunk := list(islice(coming, _CHUNK))):
                future = client.submit(read_chunk, chunk, limits, pure=False, retries=_DEATHS)
                waiting[future] = chunk
                done.add(future)

        give()
        for future in done:
            chunk = waiting.pop(future)
            yield from _outcome(future, chunk, limits)
            give()


def _outcome(future: Any, chunk: list[Item], limits: Limits) -> Iterator[Record]:
    """Yield what a task came to; the files of one that killed its workers are told as such."""
    if future.status == "finished":
        with suppress(Exception):  # the worker that holds it may have died just now
            yield from future.result()
            return
    for item in chunk:
        yield Record(item, (), (str(told_lost(item.name, "death", limits)),))


def read_chunk(items: list[Item], limits: Limits) -> list[Record]:
    """Read some files in a process beside this one: what a worker of a cluster does."""
    here = _HERE.__dict__
    if here.get("limits") != limits:
        if "pool" in here:
            here["pool"].close()
        here["pool"], here["limits"] = reading_pool(1, limits), limits
    # Workers of a cluster are daemons, which may not have children; theirs end with them anyway.
    multiprocessing.current_process()._config["daemon"] = False  # type: ignore[attr-defined]
    pool: Pool[Item, Run[Entry]] = here["pool"]
    return list(records(items, pool))


_HERE = threading.local()
"""The process that reads for a thread; it is kept from task to task."""
