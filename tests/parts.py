"""The annotated documents of the project in parts, each read on one worker.

Two parts are looked at by default, the others where `heavy` tests are asked for.
"""

from __future__ import annotations

from pathlib import Path

import pytest

REPORTS = sorted((Path(__file__).parent / "reports").glob("*.txt"))
_PARTS = 8
_BY_DEFAULT = 2

each_part = pytest.mark.parametrize(
    "reports",
    [
        pytest.param(
            REPORTS[part::_PARTS],
            id=str(part),
            marks=[
                pytest.mark.xdist_group(f"reports {part}"),
                *([] if part < _BY_DEFAULT else [pytest.mark.heavy]),
            ],
        )
        for part in range(_PARTS)
    ],
)
"""A test with an argument `reports`: the paths of a part of the documents."""
