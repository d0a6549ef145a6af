"""Writing results: to standard output or, atomically, to a file."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from calendarize.errors import UsageError

_PLAIN = str.maketrans("█◆░→←│─–✓▶○⚠…■", "#*:><|--v>o!~#")
"""Signs that an old console lacks, or draws twice as wide, and what stands for them."""


def write_out(pieces: Iterable[str | bytes]) -> None:
    """Write pieces to standard output as they come; characters that it lacks are replaced.

    A Korean Windows console (CP949) gets plain signs for the drawn ones.
    """
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")
    plain = not (sys.stdout.encoding or "").lower().startswith("utf")
    for piece in pieces:
        if isinstance(piece, bytes):
            sys.stdout.buffer.write(piece)
        else:
            sys.stdout.write(piece.translate(_PLAIN) if plain else piece)
        sys.stdout.flush()


def write_file(path: Path, pieces: Iterable[str | bytes]) -> None:
    """Write pieces to a file in one step: whole or not at all.

    Raises `UsageError` with one Korean line where that cannot be done.
    """
    temporary = None
    try:
        with tempfile.NamedTemporaryFile(
            dir=path.parent, prefix=f".{path.name}.", delete=False
        ) as file:
            temporary = Path(file.name)
            for piece in pieces:
                file.write(piece if isinstance(piece, bytes) else piece.encode("utf-8"))
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
        temporary.chmod(mode)
        os.replace(temporary, path)
        temporary = None
    except OSError as error:
        raise UsageError(
            f"{path}: 파일을 쓸 수 없습니다({_reason(error)}). 다른 이름이나 폴더를 지정하세요."
        ) from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


_REASONS: dict[type[OSError], str] = {
    FileNotFoundError: "폴더가 없음",
    NotADirectoryError: "폴더가 아님",
    IsADirectoryError: "같은 이름의 폴더가 있음",
    PermissionError: "쓰기 권한이 없음",
}


def _reason(error: OSError) -> str:
    return _REASONS.get(type(error)) or error.strerror or type(error).__name__


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
