"""Files and folders become the reports in them."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from calendarize.report.encoding import refuse_size
from calendarize.report.errors import ReportError
from calendarize.report.own import is_own
from calendarize.report.readers import SUFFIXES, is_document

MAX_FILE_BYTES = 128 * 1024 * 1024
"""Larger files are refused before they are read; pictures take most of a document."""

_ERRORS: tuple[tuple[type[OSError], str, str], ...] = (
    (FileNotFoundError, "파일이 없습니다", "경로를 확인하세요."),
    (PermissionError, "읽을 권한이 없습니다", "파일 권한을 확인하세요."),
    (IsADirectoryError, "파일이 아니라 폴더입니다", "폴더 안의 파일을 지정하세요."),
    (OSError, "파일을 읽을 수 없습니다", "경로와 파일 상태를 확인하세요."),
)


def read(path: Path) -> bytes:
    """Return the bytes of a file; `ReportError` when there is none to read or it is too large."""
    try:
        if path.is_dir():
            raise IsADirectoryError
        if path.exists() and not path.is_file():
            raise OSError  # a device or a pipe may never end
        refuse_size(path.stat().st_size, path.name, MAX_FILE_BYTES)
        return path.read_bytes()
    except OSError as error:
        raise _explained(str(path), error) from error
    except ValueError as error:  # a NUL in the path
        raise _explained(str(path), FileNotFoundError()) from error


def _explained(source: str, error: OSError) -> ReportError:
    problem, remedy = next((p, r) for kind, p, r in _ERRORS if isinstance(error, kind))
    return ReportError(source, problem, remedy)


def find_reports(paths: Iterable[Path]) -> list[Path]:
    """Return the files among `paths` and the reports in the folders among them, each once.

    Folders are searched to the bottom, in the order of names, for the endings of readable formats
    (a file named by itself may end in anything); hidden files and folders, lock files and links
    that lead out of the folder are left out, and so is what calendarize wrote itself (see
    `own_outputs`); named by itself such a file is a `ReportError`.
    """
    found: dict[Path, None] = {}
    for path in map(Path, paths):
        if not path.is_dir():
            if not path.exists():
                raise _explained(str(path), FileNotFoundError())
            if path.is_file() and is_own(path):
                raise ReportError(
                    str(path), "calendarize가 만든 파일입니다", "원래 보고서를 지정하세요."
                )
            found[path] = None
            continue
        inside = [report for report in _documents_in(path) if not is_own(report)]
        if not inside:
            raise none_in(str(path))
        found.update(dict.fromkeys(inside))
    return list(found)


def none_in(folder: str) -> ReportError:
    """Return what is told of a folder without reports."""
    problem = f"폴더에 읽을 수 있는 보고서({', '.join(sorted(SUFFIXES))})가 없습니다"
    return ReportError(folder, problem, "보고서가 있는 폴더를 지정하세요.")


def own_outputs(paths: Iterable[Path]) -> list[Path]:
    """Return the files in the folders among `paths` that calendarize wrote itself."""
    folders = (path for path in map(Path, paths) if path.is_dir())
    return [file for folder in folders for file in _documents_in(folder) if is_own(file)]


def _documents_in(folder: Path) -> list[Path]:
    top = folder.resolve()
    found: list[Path] = []
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(root, name)
            if not is_document(name):
                continue
            if path.is_file() and path.resolve().is_relative_to(top):
                found.append(path)
    return sorted(found)
