"""Text made fit for calendars and terminals: one character set, no traps, sane lengths."""

from __future__ import annotations

import re
import unicodedata

_UNWANTED = {"Cc", "Cf", "Co", "Cs"}
_JOINER = "\u200d"
_SPACES = re.compile(r"[^\S\n]+")
_BREAKS = re.compile(r"\r\n?|[\n\v\f\x1c-\x1e\x85\u2028\u2029]")
_TAG = re.compile(r"<(?=[/!A-Za-z])")
_REPLACED = str.maketrans({"\\": "＼", "\ufffd": "?"})


def _wanted(char: str) -> bool:
    if char in "\n\t" or char == _JOINER:
        return True
    nonchar = ord(char) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(char) <= 0xFDEF
    return not nonchar and unicodedata.category(char) not in _UNWANTED


def _line(line: str) -> str:
    """Fold white space and drop combining marks that have nothing to stand on."""
    line = _SPACES.sub(" ", line).strip()
    while line and (unicodedata.combining(line[0]) or line[0] == _JOINER):
        line = line[1:].lstrip()
    return line


def readable(text: str) -> str:
    """Return text as a page may show it, lines kept.

    NFC; no control, format, private-use or damaged characters (HWP and PDF text is full of them).
    """
    text = _BREAKS.sub("\n", text)
    if not text.replace("\n", "").isprintable():  # the most text needs no look at each character
        text = "".join(filter(_wanted, text))
    text = unicodedata.normalize("NFC", text)
    return "\n".join(filter(None, map(_line, text.split("\n"))))


def clean(text: str) -> str:
    r"""Return readable text as a calendar may hold it, lines kept.

    A backslash becomes its full-width form, because programs disagree on what an escaped one
    before `n` or `N` means (RFC 5545 section 3.3.11); so does a `<` that a mail or calendar
    program would take for HTML.
    """
    return _TAG.sub("＜", readable(text.translate(_REPLACED)))


def one_line(text: str) -> str:
    """Return cleaned text as a single line."""
    return clean(text).replace("\n", " ")


def shorten(text: str, limit: int) -> str:
    """Return text of at most `limit` characters, with an ellipsis where it was cut."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
