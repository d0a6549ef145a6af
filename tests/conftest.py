"""What holds for all tests: which are heavy by what they use, and what memory is not looked through."""

from __future__ import annotations

import gc

import pytest


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests in a browser are heavy: Chromium is not there where the project is only installed."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.heavy)


def pytest_collection_finish() -> None:
    """What has been collected stays to the end: no collection of garbage need look through it."""
    gc.freeze()
