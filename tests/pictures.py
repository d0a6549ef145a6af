"""The README's picture of the HTML page, taken from a sample report; run as a module to take it."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.browser import running
from tests.examples import EXAMPLES, TODAY

REPORT = EXAMPLES / "council-2021-05.txt"
PICTURE = EXAMPLES.parent / "docs" / "timeline.png"


def take(report: Path, picture: Path) -> None:
    """Write the page of a report as a PNG."""
    from calendarize.cli import app

    with tempfile.TemporaryDirectory() as folder, running() as browser:
        page_file = Path(folder) / "page.html"
        app([str(report), "--today", TODAY, "-o", str(page_file)], standalone_mode=False)
        page = browser.new_page(
            viewport={"width": 1280, "height": 800}, device_scale_factor=1.2, locale="ko-KR"
        )
        page.goto(page_file.as_uri())
        page.screenshot(path=picture)


if __name__ == "__main__":
    PICTURE.parent.mkdir(exist_ok=True)
    take(REPORT, PICTURE)
