"""The command line in a process of its own: from nothing, or from one that has loaded everything.

What a command needs time for is mostly loading: patterns, weights, libraries. `run` forks from a
process that did so once; `fresh` starts an interpreter, for what depends on how one starts or ends.
Both give standard output, standard error and the exit status. `apart` runs a function there, for
what forks and limits processes: whatever else the tests have loaded and started is not in them.
"""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

ROOT = Path(__file__).parent.parent
STREAMS = {"stdin": "r", "stdout": "w", "stderr": "w"}
ENCODING = "PYTHONIOENCODING"
T = TypeVar("T")
Done = subprocess.CompletedProcess[bytes]


def fresh(*arguments: str | Path, stdin: bytes = b"", **environ: str) -> Done:
    """Run the command line in a new interpreter, with little in its environment."""
    return subprocess.run(
        [sys.executable, "-m", "calendarize", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        check=False,
        env=_environment(environ),
        cwd=ROOT,
    )


def run(
    *arguments: str | Path,
    stdin: bytes = b"",
    stdout: Path | None = None,
    first: Callable[[], None] | None = None,
    **environ: str,
) -> Done:
    """Run the command line in a process that need not load anything.

    `stdout` is a file or device to write to instead; `first` is called in the process before all.
    What tells the interpreter how to start (`PYTHON…`) starts a new one; but for the encoding.
    """
    context = _forks()
    if context is None or any(name.startswith("PYTHON") for name in environ.keys() - {ENCODING}):
        return fresh(*arguments, stdin=stdin, **environ)
    words = [str(argument) for argument in arguments]
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, name) for name in STREAMS]
        paths[0].write_bytes(stdin)
        used = [paths[0], stdout or paths[1], paths[2]]
        process = context.Process(target=_command, args=(words, _environment(environ), used, first))
        process.start()
        process.join()
        said, complained = (path.read_bytes() if path.exists() else b"" for path in paths[1:])
        return subprocess.CompletedProcess(words, process.exitcode or 0, said, complained)


def apart(function: Callable[..., T], *arguments: object) -> T:
    """Return what a function of a module gives in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=_forks()) as pool:
        return pool.submit(function, *arguments).result()


def _environment(more: dict[str, str]) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "PYTHONUTF8": "1", **more}


@cache
def _forks() -> Any:
    """Return how to start processes as forks of one that has loaded all; `None` on Windows."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return None
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.loaded"])
    return context


def _command(
    words: list[str],
    environ: dict[str, str],
    paths: list[Path],
    first: Callable[[], None] | None,
) -> None:
    """Be the command line: streams, environment, folder and arguments as a shell sets them."""
    from calendarize.cli import main

    os.chdir(ROOT)
    os.environ.clear()
    os.environ.update(environ)
    tempfile.tempdir = None
    for number, (path, (name, mode)) in enumerate(zip(paths, STREAMS.items(), strict=True)):
        how = os.O_RDONLY if mode == "r" else os.O_WRONLY | os.O_CREAT | os.O_APPEND
        opened = os.open(path, how)
        os.dup2(opened, number)
        os.close(opened)
        encoding = environ.get(ENCODING, "utf-8")
        stream = open(number, mode, encoding=encoding, closefd=False)  # noqa: SIM115
        setattr(sys, name, stream)
    sys.argv = ["calendarize", *words]
    if first is not None:
        first()
    main()
