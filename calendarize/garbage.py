"""How often garbage is looked for: reading makes many objects, few of them in circles."""

from __future__ import annotations

import gc

_OBJECTS = 10_000
"""After so many new objects some are looked through."""


def look_seldom() -> None:
    """Look for garbage less often than Python does, from now on."""
    gc.set_threshold(_OBJECTS)
