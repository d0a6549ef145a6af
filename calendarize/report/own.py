"""What calendarize wrote itself bears a mark, so that it is never read as a report.

A page has it as `<meta name="generator">`, text and Markdown as their last line, PDF as its
producer, DOCX, XLSX and HWPX as their creator (`docProps/core.xml`, `Contents/content.hpf`).
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

NAME = "calendarize"
LINE = "— calendarize로 만든 문서입니다."
"""The last line of a text that calendarize wrote."""
_REACH = 4096
"""So many bytes at the beginning and at the end of a file are looked at."""
_HEAD = (b'<meta name="generator" content="calendarize">', b"<</Producer (calendarize)")
_TAIL = (LINE.encode(), b"/Producer (calendarize)")
_CREATED = {
    "docProps/core.xml": re.compile(rb"<dc:creator[^>]*>calendarize</dc:creator>"),
    "Contents/content.hpf": re.compile(rb'<opf:meta name="creator"[^>]*>calendarize</opf:meta>'),
}


def marked(text: str) -> str:
    """Return a text with the mark as its last line."""
    return f"{text.rstrip()}\n\n{LINE}\n"


def is_own(path: Path) -> bool:
    """Tell whether calendarize wrote a file; what cannot be read, it has not."""
    try:
        with path.open("rb") as file:
            head = file.read(_REACH)
            if head.startswith(b"PK"):
                return _created_here(path)
            size = file.seek(0, 2)
            file.seek(max(0, size - _REACH))
            tail = file.read()
    except OSError:
        return False
    return any(mark in head for mark in _HEAD) or any(mark in tail for mark in _TAIL)


def _created_here(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return any(
                info.file_size <= _REACH and _CREATED[info.filename].search(archive.read(info))
                for info in archive.infolist()
                if info.filename in _CREATED
            )
    except (OSError, ValueError, RuntimeError, zipfile.BadZipFile):
        return False
