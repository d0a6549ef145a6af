"""Where documents are: folders here, or wherever fsspec reaches (`s3://…`).

A stamp tells what stands in a file without reading it as a document: the SHA-256 of its bytes,
or the ETag that an object store gives. Files of the same stamp are the same document.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any

from calendarize.report import ReportError, files
from calendarize.report.encoding import refuse_size
from calendarize.report.own import is_own
from calendarize.report.readers import is_document

Problem = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Item:
    """A file to read: its address, what stands in it, and how large it is (bytes)."""

    url: str
    stamp: str
    size: int = 0

    @property
    def name(self) -> str:
        """The file's name, by which its documents are known to readers."""
        return PurePosixPath(self.url).name if is_remote(self.url) else Path(self.url).name


def is_remote(url: str) -> bool:
    """Tell whether an address is one for fsspec rather than a path of this machine.

    >>> [is_remote(url) for url in ("s3://bucket/a.hwp", "C:/a.hwp", "a.hwp")]
    [True, False, False]
    """
    scheme, parted, _ = url.partition("://")
    return bool(parted) and scheme.isalnum() and scheme not in ("file", "local")


def address(root: str) -> str:
    """Return the address of a file or folder by which an archive knows it: absolute."""
    return root.rstrip("/") if is_remote(root) else os.path.abspath(root.removeprefix("file://"))


def contents(item: Item) -> bytes:
    """Return the bytes of a file; `ReportError` where there are none, too many, or others now."""
    if is_remote(item.url):
        return _fetched(item)
    data = files.read(Path(item.url))
    if len(item.stamp) == _HEX and sha256(data).hexdigest() != item.stamp:
        raise ReportError(item.name, "읽는 사이에 바뀌었습니다", "다시 실행하세요.")
    return data


_HEX = 64


def _fetched(item: Item) -> bytes:
    import fsspec

    try:
        files_there, path = fsspec.core.url_to_fs(item.url)
        size = item.size or files_there.size(path) or 0
        refuse_size(size, item.name, files.MAX_FILE_BYTES)
        return bytes(files_there.cat_file(path))
    except ReportError:
        raise
    except Exception as error:  # every store has errors of its own
        raise _unreachable(item.url, error) from error


def _unreachable(url: str, error: Exception) -> ReportError:
    if isinstance(error, ImportError):
        scheme = url.partition("://")[0]
        return ReportError(
            url, f"{scheme} 주소를 여는 라이브러리가 없습니다", "예: pip install s3fs"
        )
    if isinstance(error, FileNotFoundError):
        return ReportError(url, "파일이 없습니다", "주소를 확인하세요.")
    return ReportError(
        url, f"열 수 없습니다({type(error).__name__})", "주소와 접속 정보를 확인하세요."
    )


def listed(root: str, problem: Problem) -> Iterator[tuple[str, Any]]:
    """Yield the documents at an address, in order, with what a listing tells of each.

    The rules are those of `find_reports`. What cannot be listed is a line for `problem`.
    """
    yield from (_listed_there if is_remote(root) else _listed_here)(root, problem)


def _listed_here(root: str, problem: Problem) -> Iterator[tuple[str, Any]]:
    if not os.path.isdir(root):
        try:
            yield from ((str(path), None) for path in files.find_reports([Path(root)]))
        except ReportError as error:
            problem(str(error))
        return
    top = Path(root).resolve()

    def refused(error: OSError) -> None:
        problem(f"{error.filename}: 폴더를 열 수 없습니다. 권한을 확인하세요.")

    for folder, folders, names in os.walk(root, onerror=refused):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(filter(is_document, names)):
            path = os.path.join(folder, name)
            if os.path.islink(path) and not Path(path).resolve().is_relative_to(top):
                continue
            yield path, None


def _listed_there(root: str, problem: Problem) -> Iterator[tuple[str, Any]]:
    import fsspec

    try:
        files_there, path = fsspec.core.url_to_fs(root)
        found = files_there.find(path, detail=True)
    except Exception as error:  # every store has errors of its own
        problem(str(_unreachable(root, error)))
        return
    if not found:
        problem(str(_unreachable(root, FileNotFoundError())))
    for inside, told in sorted(found.items()):
        parts = PurePosixPath(inside.removeprefix(path)).parts
        if is_document(PurePosixPath(inside).name) and not any(p.startswith(".") for p in parts):
            yield files_there.unstrip_protocol(inside), told


def stamped(url: str, told: Any) -> Item | None:
    """Return a file with its stamp; `None` for what calendarize wrote itself.

    Raises `ReportError` where it cannot be read.
    """
    if told is not None:
        size = int(told.get("size") or 0)
        tag = told.get("ETag") or told.get("etag") or told.get("md5Hash")
        if tag:
            return Item(url, f"etag:{str(tag).strip(chr(34))}", size)
        data = _fetched(Item(url, "", size))
        return Item(url, sha256(data).hexdigest(), len(data))
    path = Path(url)
    data = files.read(path)
    return None if is_own(path) else Item(url, sha256(data).hexdigest(), len(data))
