"""Writing: results to standard output or, atomically, to a file; lines to standard error."""

from __future__ import annotations

import errno
import io
import os
import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from calendarize.errors import OutputError, UsageError
from calendarize.names import printable

Pieces = Iterable[str | bytes]

_PLAIN = str.maketrans("█◆░→←│─–✓▶○×⚠…■□◇", "#*:><|--v>ox!~#=+")
"""Signs that an old console lacks, or draws twice as wide, and what stands for them."""
_wanted = False


class _Closed(io.RawIOBase):
    """Stands for a closed standard output: whoever writes to it learns that it is closed."""

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))


def open_streams() -> None:
    """Fill what is closed of standard input, output and error, so that no file takes its place."""
    for stream in (0, 1, 2):
        try:
            os.fstat(stream)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    if sys.stdout is None:
        sys.stdout = io.TextIOWrapper(io.BufferedWriter(_Closed()), encoding="utf-8")
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115


def use_plain_signs() -> None:
    """From now on write plain signs: to standard output, whatever its encoding, and to files."""
    global _wanted
    _wanted = True


def write_out(pieces: Pieces) -> None:
    """Write pieces to standard output as they come; characters that it lacks are replaced.

    A Korean Windows console (CP949) gets plain signs for the drawn ones, and so does whoever asked
    for them. Raises `OutputError`
    where it is closed or full, `BrokenPipeError` where nobody reads on.
    """
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")
    plain = _wanted or not (sys.stdout.encoding or "").lower().startswith("utf")
    for piece in pieces:
        try:
            if isinstance(piece, bytes):
                sys.stdout.buffer.write(piece)
            else:
                sys.stdout.write(piece.translate(_PLAIN) if plain else piece)
            sys.stdout.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            # what it still holds must go nowhere, or the interpreter would fail at its end
            sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
            raise OutputError(
                f"표준 출력에 쓸 수 없습니다({_reason(error)}). -o로 파일을 지정하세요."
            ) from error


def write_file(path: Path, pieces: Pieces) -> None:
    """Write pieces to a file in one step: whole or not at all.

    A symbolic link leads to its target; a pipe, a device or `/dev/stdout` is written to as the
    pieces come. Raises `UsageError` with one Korean line where that cannot be done.
    """
    try:
        if (stream := _stream(path)) is not None:
            with os.fdopen(stream, "wb", buffering=0) as file:
                file.writelines(map(_encoded, pieces))
        else:
            _replace(path.resolve(), pieces)
    except (OSError, ValueError, RuntimeError) as error:  # a NUL in the name, links in a circle
        raise UsageError(
            f"{path}: 파일을 쓸 수 없습니다({_reason(error)}). 다른 이름이나 폴더를 지정하세요."
        ) from error


_DESCRIPTOR = re.compile(r"/dev/(?:std(in|out|err)|fd/(\d+))|/proc/self/fd/(\d+)")


def is_stream(path: Path) -> bool:
    """Tell whether a path names a pipe, a device or an open stream: what holds one document."""
    special = path.exists() and not path.is_file() and not path.is_dir()
    return special or _DESCRIPTOR.fullmatch(str(path)) is not None


def _stream(path: Path) -> int | None:
    """Return an open descriptor of what is no regular file."""
    if (named := _DESCRIPTOR.fullmatch(str(path))) is not None:
        number = named[2] or named[3] or ("in", "out", "err").index(named[1])
        sys.stdout.flush()
        return os.dup(int(number))
    return os.open(path, os.O_WRONLY) if is_stream(path) else None


def _replace(path: Path, pieces: Pieces) -> None:
    """Write a regular file: first into one without a name, that nothing can leave behind."""
    with tempfile.TemporaryFile(dir=path.parent) as draft:
        draft.writelines(map(_encoded, pieces))
        draft.seek(0)
        temporary = None
        try:
            with tempfile.NamedTemporaryFile(
                dir=path.parent, prefix=f".{path.name[:60]}.", delete=False
            ) as file:
                temporary = Path(file.name)
                shutil.copyfileobj(draft, file)
            mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
            temporary.chmod(mode)
            os.replace(temporary, path)
            temporary = None
        finally:
            if temporary is not None:
                temporary.unlink(missing_ok=True)


def _encoded(piece: str | bytes) -> bytes:
    if isinstance(piece, bytes):
        return piece
    return (piece.translate(_PLAIN) if _wanted else piece).encode("utf-8", "replace")


_REASONS: dict[type[Exception], str] = {
    FileNotFoundError: "폴더가 없음",
    NotADirectoryError: "폴더가 아님",
    IsADirectoryError: "같은 이름의 폴더가 있음",
    PermissionError: "쓰기 권한이 없음",
}
_NUMBERS = {
    errno.ENOSPC: "공간이 없음",
    errno.ENAMETOOLONG: "이름이 너무 긺",
    errno.EBADF: "닫혀 있음",
}


def _reason(error: Exception) -> str:
    number = error.errno if isinstance(error, OSError) else None
    known = _REASONS.get(type(error)) or _NUMBERS.get(number or 0)
    return known or (os.strerror(number) if number else "쓸 수 없는 이름")


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current


# ---------------------------------------------------------------- standard error

_ALIKE = 10
"""So many lines that differ in the name alone are told each; of more only the first few."""
_FIRST = 3
_NUMBER = re.compile(r"\d+")


def tell(*lines: str) -> None:
    """Write lines to standard error, without characters that could steer a terminal."""
    import typer

    for line in lines:
        with suppress(OSError):  # nobody can be told that nobody can be told
            typer.echo(printable(line), err=True)


def summed(lines: Sequence[str]) -> Iterator[str]:
    """Yield lines; of very many that differ only in the report they name, the first and a count.

    >>> list(summed([f"{n}.txt: 빈 파일입니다." for n in range(5000)]))[2:]
    ['2.txt: 빈 파일입니다.', '그 밖에 4997개: 빈 파일입니다.']
    """
    counts = Counter(map(_said, lines))
    told: Counter[str] = Counter()
    for line in lines:
        said = _said(line)
        told[said] += 1
        if counts[said] <= _ALIKE or told[said] <= _FIRST:
            yield line
        elif told[said] == counts[said]:
            what = line.partition(": ")[2]
            yield f"그 밖에 {counts[said] - _FIRST}개: {what}"


def _said(line: str) -> str:
    """Return what a line says of a report, without its name and numbers."""
    source, colon, what = line.partition(": ")
    return _NUMBER.sub("0", what) if colon else source
