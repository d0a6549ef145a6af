"""The colours of the kinds, in every format that has colours."""

from __future__ import annotations

from collections.abc import Mapping

from calendarize.events.model import Kind

COLORS: Mapping[Kind, str] = {
    "session": "royalblue",
    "sitting": "steelblue",
    "question": "teal",
    "audit": "darkorange",
    "budget": "olivedrab",
    "committee": "cadetblue",
    "meeting": "slateblue",
    "ceremony": "mediumvioletred",
    "holiday": "crimson",
    "election": "purple",
    "deadline": "firebrick",
    "term": "darkslategray",
    "milestone": "seagreen",
    "ongoing": "gray",
}
"""CSS3 colour names, as RFC 7986 section 5.9 wants."""
