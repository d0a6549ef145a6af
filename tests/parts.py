"""The annotated documents of the project in parts, each read on one worker.

One part is looked at by default, the others where `heavy` tests are asked for.
"""

from __future__ import annotations

from pathlib import Path

import pytest

REPORTS = sorted((Path(__file__).parent / "reports").glob("*.txt"))
_PARTS = 12

each_part = pytest.mark.parametrize(
    "reports",
    [
        pytest.param(
            REPORTS[part::_PARTS],
            id=str(part),
            marks=[
                pytest.mark.xdist_group(f"reports {part}"),
                *([pytest.mark.heavy] if part else []),
            ],
        )
        for part in range(_PARTS)
    ],
)
"""A test with an argument `reports`: the paths of a part of the documents."""

each_folder = pytest.mark.parametrize(
    "folder",
    [
        pytest.param(name, marks=pytest.mark.xdist_group(f"{name} 0"))
        for name in ("reports", "frozen")
    ],
)
"""A test with an argument `folder`: what was learned from, and what was not."""
