"""Content lines of iCalendar (RFC 5545 section 3.1): folding them, and finding components."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from icalendar.parser import Contentlines


def fold(line: str) -> bytes:
    """Fold a content line at 75 octets between characters, CRLF added.

    A mark that combines with the character before it stays with it.
    """
    whole = line.encode()
    if len(whole) <= 75:
        return whole + b"\r\n"
    pieces, room = [b""], 75
    for cluster in _clusters(line):
        octets = cluster.encode()
        if len(pieces[-1]) + len(octets) > room:
            pieces.append(b"")
            room = 74  # the space that begins a continuation counts
        pieces[-1] += octets
    return b"\r\n ".join(pieces) + b"\r\n"


def _clusters(line: str) -> Iterator[str]:
    """Split a line where it may be folded: into characters with what combines with them."""
    if line.isascii():
        yield from line
        return
    cluster = ""
    for char in line:
        if cluster and not (_combines(char) and len(cluster) < 12):
            yield cluster
            cluster = ""
        cluster += char
    if cluster:
        yield cluster


def _combines(char: str) -> bool:
    return (
        unicodedata.combining(char) > 0
        or "\u1160" <= char <= "\u11ff"  # Hangul vowels and final consonants
        or "\ufe00" <= char <= "\ufe0f"  # variation selectors
        or char == "\u200d"
    )


def unfold(data: bytes) -> list[str]:
    """Return the unfolded content lines of a component or calendar, empty ones left out."""
    lines = Contentlines.from_ical(data)  # type: ignore[no-untyped-call]
    return [str(line) for line in lines if line]


_VEVENT = re.compile(rb"^BEGIN:VEVENT\r?\n.*?^END:VEVENT[^\S\n]*\n?", re.DOTALL | re.MULTILINE)


def raw_events(data: bytes) -> list[bytes]:
    """Return the VEVENTs of a calendar exactly as they stand in it.

    A line that begins so is the component's own: text in a value is folded behind a space.
    """
    return [found[0] for found in _VEVENT.finditer(data)]
