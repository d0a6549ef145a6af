"""Writing results: to standard output or, atomically, to a file."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from calendarize.errors import UsageError

_PLAIN = str.maketrans("█◆░→←│─–✓▶○⚠…■", "#*:><|--v>o!~#")
"""Signs that an old console lacks, or draws twice as wide, and what stands for them."""


def write_out(content: str | bytes) -> None:
    """Write to standard output; characters that its encoding lacks are replaced.

    A Korean Windows console (CP949) gets plain signs for the drawn ones.
    """
    if isinstance(content, bytes):
        sys.stdout.buffer.write(content)
    else:
        if not (sys.stdout.encoding or "").lower().startswith("utf"):
            content = content.translate(_PLAIN)
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(errors="replace")
        sys.stdout.write(content)
    sys.stdout.flush()


def write_file(path: Path, content: str | bytes) -> None:
    """Write a file in one step: whole or not at all.

    Raises `UsageError` with one Korean line where that cannot be done.
    """
    data = content if isinstance(content, bytes) else content.encode("utf-8")
    temporary = None
    try:
        with tempfile.NamedTemporaryFile(
            dir=path.parent, prefix=f".{path.name}.", delete=False
        ) as file:
            temporary = Path(file.name)
            file.write(data)
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
        temporary.chmod(mode)
        os.replace(temporary, path)
    except OSError as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        raise UsageError(
            f"{path}: 파일을 쓸 수 없습니다({_reason(error)}). 다른 이름이나 폴더를 지정하세요."
        ) from error


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
