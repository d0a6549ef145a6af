"""Names from outside, of files and of what is in archives, as they may be shown."""

from __future__ import annotations

import re

_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
"""Control characters, those that turn the direction of writing, and bytes that are no UTF-8."""


def printable(text: str) -> str:
    """Return a text in which nothing can steer a terminal or hide.

    >>> printable("보고\\x1b[2J\\u202etxt.hwp")
    '보고�[2J�txt.hwp'
    """
    return _UNSEEN.sub("\ufffd", text)
