"""Work in processes of its own, each piece of it within limits of time and memory.

A task is done in steps (the documents of an archive); each step is announced by name before it
begins, and what comes of it is sent as soon as it is there. A process that exceeds a limit or
dies costs the step it was at; a new one carries on behind that step. Results come in the order
of the tasks, however many processes there are.

Memory is limited by the system (`RLIMIT_AS`, Linux) or watched from here. No process outlives
the one that started it: it ends when the pipe to it closes, at a signal of the system (Linux), or
at the latest when an alarm that no library can hold up ends its step.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, Literal, TypeVar

from calendarize.garbage import look_seldom

Task = TypeVar("Task")
Result = TypeVar("Result")
Step = tuple[str, Callable[[], Any]]
Work = Callable[[Task], Iterator[Step]]
"""The steps of a task, each with a name: they are made and done in the other process."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a step may take: `seconds` by the clock, `memory` in bytes."""

    seconds: float = 60
    memory: int = 1 << 30


@dataclass(frozen=True, slots=True)
class Lost(Generic[Task]):
    """A step that was not done: what it exceeded, or that its process died.

    `name` is `None` where the task was lost before or between its steps; its rest is lost too.
    """

    task: Task
    name: str | None
    cause: Literal["time", "memory", "death"]


_OUT_OF_MEMORY = 71
"""The exit status of a process whose step needed more memory than it may have."""
_GRACE = 5.0
"""So much later than it ought to be ended from here, a process ends by its own alarm, seconds."""
_START = 60.0
"""How long a process may take until it is there, seconds: no fault of what is to be done."""
_BUSY = 0.1
"""Another process is started when all have been busy for so long, seconds."""
_LOOK = 0.2
"""How often processes are looked at, seconds."""
_AHEAD = 64 * 1024 * 1024
"""How much may wait for its turn, bytes; processes that are ahead by more have to wait."""
_FAR = 10_000
"""So many tasks may be begun behind one that is not done."""
_IS_LINUX = sys.platform == "linux"
_APART = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
"""How processes are started that take over nothing: from one that has loaded what all need."""


class Pool(Generic[Task, Result]):
    """Processes that do tasks; to be closed, or used in a `with` statement.

    `fresh` processes take over nothing of this one, whose libraries may fill much of the memory
    that they may have; they take longer to start.
    """

    def __init__(
        self, work: Work[Task], count: int, limits: Limits, *, fresh: bool = False
    ) -> None:
        self.work, self.count, self.limits, self.fresh = work, count, limits, fresh
        self.workers: list[_Worker[Task]] = []

    def __enter__(self) -> Pool[Task, Result]:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def start(self) -> None:
        """Start all processes now, as forks of this program where the system lets it.

        They share what it has loaded, also where they are to be `fresh`: to be called before it
        loads what they need not have. Without it each is started when all others are busy.
        """
        if _may_fork():
            gc.freeze()
            for _ in range(self.count):
                self.workers.append(_Worker(self, self.workers, forks=True))

    def close(self) -> None:
        """End all processes at once; no other is started."""
        self.count = 0
        while self.workers:
            self.workers.pop().end()

    def results(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, Result | Lost[Task]]]:
        """Yield what comes of each step of the tasks, in their order, until the pool is closed.

        Tasks are taken as they are needed.
        """
        try:
            yield from _Run(self, map(_Turn, tasks)).in_order()
        except BaseException as error:  # nobody waits for the rest
            was_open = self.count > 0
            self.close()
            if was_open or not isinstance(error, Exception):
                raise


@dataclass(slots=True)
class _Turn(Generic[Task]):
    """A task on its way: how many of its steps are done, and what came and was not yet given."""

    task: Task
    done: int = 0
    came: deque[bytes | Lost[Task]] = field(default_factory=deque)
    size: int = 0  # of what came, bytes
    over: bool = False

    def add(self, what: bytes | Lost[Task]) -> None:
        self.came.append(what)
        self.size += len(what) if isinstance(what, bytes) else 0


class _Run(Generic[Task, Result]):
    """One sequence of tasks while it is done."""

    def __init__(self, pool: Pool[Task, Result], coming: Iterator[_Turn[Task]]) -> None:
        self.pool, self.coming = pool, coming
        self.turns: deque[_Turn[Task]] = deque()
        self.waiting: deque[_Turn[Task]] = deque()
        self.started = float("-inf")

    def in_order(self) -> Iterator[tuple[Task, Result | Lost[Task]]]:
        while self.turns or self._take_next():
            turn = self.turns[0]
            while not (turn.came or turn.over):
                if not self.pool.count:
                    return
                self._hand_out()
                self._listen()
            while turn.came:
                what = turn.came.popleft()
                if isinstance(what, bytes):
                    turn.size -= len(what)
                    yield turn.task, pickle.loads(what)
                else:
                    yield turn.task, what
            if turn.over:
                self.turns.popleft()

    def _take_next(self) -> bool:
        """Take a task if nobody is at the ones taken; tell whether one waits to be begun."""
        if not self.waiting and len(self.turns) < _FAR:
            for turn in islice(self.coming, 1):
                self.turns.append(turn)
                self.waiting.append(turn)
        return bool(self.waiting)

    def _hand_out(self) -> None:
        """Give tasks to processes that have none, and start another one where all are busy."""
        workers = self.pool.workers
        for worker in [each for each in workers if each.turn is None]:
            if not self._take_next():
                return
            try:
                worker.begin(self.waiting[0])
            except OSError:  # it has ended meanwhile
                workers.remove(worker)
                worker.end()
            else:
                self.waiting.popleft()
        now = time.monotonic()
        may_start = len(workers) < self.pool.count and now - self.started >= _BUSY
        if may_start and self._take_next():
            self.started = now
            forks = not self.pool.fresh and _may_fork()
            workers.append(_Worker(self.pool, workers, forks))
            self._hand_out()

    def _listen(self) -> None:
        """Take in what processes say; end those that exceed a limit."""
        first = self.turns[0]
        ahead = sum(turn.size for turn in self.turns) - first.size
        busy = {
            worker.connection: worker
            for worker in self.pool.workers
            if worker.turn is not None and (worker.turn is first or ahead < _AHEAD)
        }
        may_start = len(self.pool.workers) < self.pool.count and self._take_next()
        ready = wait(list(busy), _BUSY if may_start else _LOOK)
        for connection in ready:
            self._hear(busy[connection])
        for connection, worker in busy.items():
            if connection not in ready and (cause := worker.exceeds()) is not None:
                self._lose(worker, cause)

    def _hear(self, worker: _Worker[Task]) -> None:
        turn = worker.turn
        assert turn is not None
        try:
            kind, what = worker.connection.recv()
        except (EOFError, OSError):
            self._lose(worker, worker.cause_of_death())
            return
        worker.heard = time.monotonic()
        if kind == "up":
            worker.is_up = True
        elif kind == "begins":
            worker.step = what
        elif kind == "came":
            turn.done += 1
            turn.add(what)
            worker.step = None
        else:
            turn.over, worker.turn = True, None
            if what:
                self.pool.workers.remove(worker)
                worker.end()

    def _lose(self, worker: _Worker[Task], cause: Literal["time", "memory", "death"]) -> None:
        """End a process; what is behind the step it was at is done by another."""
        turn = worker.turn
        assert turn is not None
        self.pool.workers.remove(worker)
        worker.end()
        self.started = float("-inf")
        turn.add(Lost(turn.task, worker.step, cause))
        if worker.step is None:
            turn.over = True
        else:
            turn.done += 1
            self.waiting.appendleft(turn)


def _may_fork() -> bool:
    """Tell whether processes may be forks: started in no time, but not while other threads may
    hold locks."""
    return _IS_LINUX and threading.active_count() == 1


class _Worker(Generic[Task]):
    """A process, the pipe to it, and what it is at."""

    def __init__(self, pool: Pool[Task, Any], others: Sequence[_Worker[Task]], forks: bool) -> None:
        self.limits = pool.limits
        context: Any = multiprocessing.get_context("fork" if forks else _APART)
        context.set_forkserver_preload([pool.work.__module__])
        self.connection, theirs = context.Pipe()
        inherited = [self.connection, *(other.connection for other in others)] if forks else []
        parent = None if context.get_start_method() == "forkserver" else os.getpid()
        arguments = (pool.work, theirs, pool.limits, parent, inherited, dict(os.environ))
        self.process = context.Process(target=_work, args=arguments, daemon=True)
        self.process.start()
        theirs.close()
        self.turn: _Turn[Task] | None = None
        self.step: str | None = None
        self.heard = 0.0
        self.is_up = False

    def begin(self, turn: _Turn[Task]) -> None:
        self.connection.send((turn.task, turn.done))
        self.turn, self.step, self.heard = turn, None, time.monotonic()

    def exceeds(self) -> Literal["time", "memory"] | None:
        """Tell which limit the process exceeds."""
        if time.monotonic() - self.heard > (self.limits.seconds if self.is_up else _START):
            return "time"
        if not _IS_LINUX and _resident(self.process.pid) > self.limits.memory:
            return "memory"
        return None

    def cause_of_death(self) -> Literal["time", "memory", "death"]:
        self.process.join(1)
        causes = {_OUT_OF_MEMORY: "memory", -getattr(signal, "SIGALRM", 0): "time"}
        return causes.get(self.process.exitcode, "death")  # type: ignore[return-value]

    def end(self) -> None:
        self.process.kill()
        self.process.join(1)  # one that waits for a broken disk may take longer to go
        self.connection.close()


def _resident(process: int | None) -> int:
    """Return how much memory a process takes, bytes; 0 where it is gone."""
    import psutil

    try:
        return int(psutil.Process(process).memory_info().rss)
    except psutil.Error:
        return 0


# ---------------------------------------------------------------- in the other process


def _work(
    work: Work[Task],
    connection: Connection,
    limits: Limits,
    parent: int | None,
    inherited: Sequence[Connection],
    environment: Mapping[str, str],
) -> None:
    """Do tasks until the pipe closes, in the environment of the program as it is now."""
    os.environ.update(environment)
    for other in inherited:
        other.close()
    _confine(limits, parent)
    gc.freeze()
    look_seldom()
    try:
        connection.send(("up", None))
        while True:
            try:
                task, done = connection.recv()
            except EOFError:
                return
            _alarm(limits.seconds + _GRACE)
            for name, step in islice(work(task), done, None):
                _tell(connection, limits, "begins", name)
                _tell(connection, limits, "came", pickle.dumps(step()))
            _tell(connection, limits, "over", _is_worn(limits))
            _alarm(0)
    except MemoryError:
        os._exit(_OUT_OF_MEMORY)
    except OSError:  # nobody listens any more
        return


def _is_worn(limits: Limits) -> bool:
    """Tell whether this process has taken so much that the next task might feel it."""
    if not _IS_LINUX:
        return False
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 > limits.memory // 2


def _tell(connection: Connection, limits: Limits, kind: str, what: object) -> None:
    """Send a message; waiting until it is taken is not counted."""
    _alarm(0)
    connection.send((kind, what))
    _alarm(limits.seconds + _GRACE)


def _alarm(seconds: float) -> None:
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _confine(limits: Limits, parent: int | None) -> None:
    """Limit this process, tie its life to its parent's, and keep it off the terminal.

    `parent` is `None` for a process that a server forked, whose life is tied to the program's.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that the user sees
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    if _IS_LINUX:
        import ctypes
        import resource

        if parent is None:
            _let_server_end()
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
        if parent is not None and os.getppid() != parent:
            os._exit(1)
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _let_server_end() -> None:
    """Close the pipe that keeps the server which forked this process alive: it then ends with
    the program, and this process with it."""
    from multiprocessing import forkserver

    os.close(forkserver._forkserver._forkserver_alive_fd)  # type: ignore[attr-defined]
