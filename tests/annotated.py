"""Annotated documents: a text, every time expression in it by hand, and what a user would pass."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from calendarize.mentions.reading import Reading, read
from calendarize.report import read_file
from calendarize.report.model import Report

HERE = Path(__file__).parent
SHARED = HERE.parents[1] / "shared"
SAMPLES = HERE.parent / "examples"
FOLDERS = (HERE / "reports", SAMPLES, SHARED / "real", SHARED / "reports")
FROZEN = HERE / "frozen"
"""Documents that nothing is learned from and nobody looks at: the last measure."""


@dataclass(frozen=True, slots=True)
class Annotated:
    """One document: its gold by line, its family, and the day that a user would pass."""

    name: str
    path: Path
    gold: tuple[dict[str, Any], ...]
    give_date: date | None = None
    family: str = ""

    def report(self) -> Report:
        return _report(self.path)


@cache
def _report(path: Path) -> Report:
    return read_file(path)


@cache
def reading(path: Path, day: date | None = None) -> Reading:
    """Return how a document is read, as a user gives it, once for all who ask."""
    return read(_report(path), day)


def load(text: Path) -> Annotated:
    """Read one annotated document by the path of its text."""
    stem = text.with_suffix("")
    gold = _lines(_annotations(text), text)
    meta_file = stem.with_name(stem.name + ".meta.json")
    meta = json.loads(meta_file.read_text(encoding="utf-8")) if meta_file.exists() else {}
    given = meta.get("give_date")
    return Annotated(
        stem.name, text, gold, date.fromisoformat(given) if given else None,
        meta.get("family") or stem.name.rstrip("0123456789-"),
    )  # fmt: skip


def _annotations(text: Path) -> Path:
    """Return where the annotations of a text are: beside it, or where those of its folder are."""
    name = f"{text.stem}.mentions.jsonl"
    if text.parent == SAMPLES:
        return HERE / "samples" / name
    beside = text.with_name(name)
    return beside if beside.exists() else text.parents[1] / "gold" / name


def _lines(path: Path, text: Path) -> tuple[dict[str, Any], ...]:
    """Read gold records; a record without a column stands at its nth occurrence in the line."""
    lines = text.read_text(encoding="utf-8").split("\n")
    found = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    for record in found:
        if "column" not in record:
            at = -1
            for _ in range(record.get("nth", 1)):
                at = lines[record["line"] - 1].index(record["text"], at + 1)
            record["column"] = at
    return tuple(found)


def documents(*folders: Path) -> Iterator[Annotated]:
    """Yield the annotated documents of folders (those of the project where none is given)."""
    for folder in folders or FOLDERS:
        for text in sorted(folder.glob("*.txt")):
            if _annotations(text).exists():
                yield load(text)
