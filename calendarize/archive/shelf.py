"""The files of an archive, by their names in it: in a folder here, or wherever fsspec reaches."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from uuid import uuid4

from calendarize.archive.places import is_remote

if TYPE_CHECKING:
    import duckdb


class Shelf(Protocol):
    """Where the files of an archive are; every store has errors of its own."""

    def names(self, folder: str) -> list[str]:
        """Return the names of the files in a folder, none where there is no such folder."""

    def read(self, names: Sequence[str]) -> list[bytes]:
        """Return what stands in some files."""

    def create(self, name: str, data: bytes) -> None:
        """Write a file, whole or not at all; `FileExistsError` where there is one of that name."""

    def remove(self, names: Sequence[str]) -> None:
        """Delete some files."""

    def path(self, name: str) -> str:
        """Return by which address DuckDB knows a file."""

    def show(self, database: duckdb.DuckDBPyConnection) -> None:
        """Let a database read the files."""


def shelf(place: str) -> Shelf:
    """Return where an archive is; `ImportError` or `ValueError` where fsspec knows no such."""
    return There(place) if is_remote(place) else Here(Path(place))


class Here:
    """A folder of this machine."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def names(self, folder: str) -> list[str]:
        try:
            return [f"{folder}/{name}" for name in os.listdir(self.root / folder)]
        except FileNotFoundError:
            return []

    def read(self, names: Sequence[str]) -> list[bytes]:
        return [(self.root / name).read_bytes() for name in names]

    def create(self, name: str, data: bytes) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.{uuid4().hex[:8]}")
        try:
            with draft.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            try:
                os.link(draft, path)
            except FileExistsError:
                raise
            except OSError:  # a file system without links
                if path.exists():
                    raise FileExistsError(path) from None
                draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)

    def remove(self, names: Sequence[str]) -> None:
        for name in names:
            (self.root / name).unlink()

    def path(self, name: str) -> str:
        return f"{self.root}/{name}"

    def show(self, database: duckdb.DuckDBPyConnection) -> None:
        """Nothing is to be done: DuckDB reads files of this machine."""


class There:
    """An address that fsspec knows."""

    def __init__(self, place: str) -> None:
        import fsspec

        self.files, self.root = fsspec.core.url_to_fs(place)

    def names(self, folder: str) -> list[str]:
        self.files.invalidate_cache()
        try:
            found = self.files.ls(f"{self.root}/{folder}", detail=False)
        except FileNotFoundError:
            return []
        return [f"{folder}/{path.rpartition('/')[2]}" for path in found]

    def read(self, names: Sequence[str]) -> list[bytes]:
        paths = [f"{self.root}/{name}" for name in names]
        found = self.files.cat(paths) if paths else {}
        return [found[path] for path in paths]

    def create(self, name: str, data: bytes) -> None:
        self.files.pipe_file(f"{self.root}/{name}", data, mode="create")

    def remove(self, names: Sequence[str]) -> None:
        for name in names:
            self.files.rm(f"{self.root}/{name}")

    def path(self, name: str) -> str:
        return str(self.files.unstrip_protocol(f"{self.root}/{name}"))

    def show(self, database: duckdb.DuckDBPyConnection) -> None:
        database.register_filesystem(self.files)
