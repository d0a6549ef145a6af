"""The page of what slipped between reports: plain HTML, no script, nothing from outside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from calendarize.export.html import asset, environment, policy


def page(offices: Sequence[tuple[list[str], Sequence[Any]]], fates: Mapping[Any, str]) -> bytes:
    """Return the page as UTF-8: per office its headings and the entries, by fate."""
    style = Markup(asset("page.css") + asset("changes.css"))
    shown = [
        (
            heads,
            [(fate, word, [e for e in lines if e.fate == fate]) for fate, word in fates.items()],
        )
        for heads, lines in offices
    ]
    document = environment().from_string(asset("changes.html"))
    return document.render(policy=policy(style, ()), style=style, offices=shown).encode()
