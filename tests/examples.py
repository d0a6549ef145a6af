"""The sample reports and the outputs they give; run as a module to write the outputs anew."""

from __future__ import annotations

import contextlib
import io
import os
from pathlib import Path
from unittest.mock import patch

EXAMPLES = Path(__file__).parent.parent / "examples"
OUTPUT = EXAMPLES / "output"
FORMATS = {"timeline": "timeline", "mentions": "mentions.jsonl", "json": "json", "ics": "ics"}
TODAY = "2021-05-03"


def reports() -> list[Path]:
    return sorted(EXAMPLES.glob("*.txt"))


def output(report: Path, form: str) -> bytes:
    """Return what the command line prints for a sample report in a format."""
    from calendarize.cli import app

    stream = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    bare = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    with (
        patch.dict(os.environ, bare, clear=True),
        contextlib.redirect_stdout(stream),
        contextlib.redirect_stderr(io.StringIO()),
    ):
        app([str(report), "--format", form, "--today", TODAY], standalone_mode=False)
        stream.flush()
        return stream.buffer.getvalue()  # type: ignore[attr-defined]


def path(report: Path, form: str) -> Path:
    return OUTPUT / f"{report.stem}.{FORMATS[form]}"


if __name__ == "__main__":
    OUTPUT.mkdir(exist_ok=True)
    for each in reports():
        for name in FORMATS:
            path(each, name).write_bytes(output(each, name))
