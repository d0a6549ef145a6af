"""Answers to questions in SQL, as people and programs read them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from typing import Any

Rows = Sequence[tuple[Any, ...]]
Answer = Callable[[Sequence[str], Rows, str, int], str]
"""Columns, rows, the shape of a table and its width in; a text out."""


def _table(names: Sequence[str], rows: Rows, tablefmt: str, width: int) -> str:
    from tabulate import tabulate

    share = max(8, width // max(1, len(names)))
    shown = [["" if cell is None else _cut(str(cell), share) for cell in row] for row in rows]
    return tabulate(shown, headers=names, tablefmt=tablefmt) + "\n"


def _cut(text: str, width: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= width else f"{text[: width - 1]}…"


def _csv(names: Sequence[str], rows: Rows, *_: object) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([names, *rows])
    return out.getvalue()


def _objects(names: Sequence[str], rows: Rows) -> list[str]:
    return [
        json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False, default=str)
        for row in rows
    ]


ANSWERS: dict[str, Answer] = {
    "table": _table,
    "csv": _csv,
    "json": lambda names, rows, *_: f"[{', '.join(_objects(names, rows))}]\n",
    "jsonl": lambda names, rows, *_: "".join(f"{line}\n" for line in _objects(names, rows)),
}
