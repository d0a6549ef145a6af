"""The pictures of README and docs, taken of the sample reports; run as a module to take them anew.

Needs Chromium, the NanumGothicCoding font, whose Hangul is two columns wide, and DejaVu Sans
Mono for the signs of the terminal.
"""

from __future__ import annotations

import contextlib
import io
import tempfile
from html import escape
from pathlib import Path

from tests.browser import running
from tests.examples import EXAMPLES

REPORT = EXAMPLES / "council-2021-05.txt"
DOCS = EXAMPLES.parent / "docs"
CHANGES = [str(REPORT), *map(str, sorted((DOCS / "editions").glob("council-*.txt")))]
TODAY = "2021-06-11"
COMMAND = ("--dept", "의회사무처", "--today", TODAY)
LINES = 36
_SETTLED = 500
"""Milliseconds until the list stands where it scrolls to."""
_TERMINAL = """<!doctype html><meta charset="utf-8"><style>
@font-face {{ font-family: signs; src: local("DejaVu Sans Mono"); size-adjust: 83%;
  unicode-range: U+B7, U+2010-2027, U+2500-27FF }}
body {{ margin: 0; background: #14181d; color: #e8eaed }}
pre {{ margin: 0; padding: 20px; font: 15px/1.45 signs, NanumGothicCoding; display: inline-block }}
</style><pre>{text}</pre>"""


def printed() -> str:
    """Return what the command line prints for the sample."""
    from calendarize.cli import app

    out = io.BytesIO()
    with contextlib.redirect_stdout(io.TextIOWrapper(out, encoding="utf-8", write_through=True)):
        app([str(REPORT), *COMMAND], standalone_mode=False)
        shown = out.getvalue().decode().splitlines()[:LINES]
    return "\n".join((f"$ calendarize {' '.join(COMMAND)}", *shown))


def take() -> None:
    """Write the pages and the terminal as PNG."""
    from calendarize.cli import app
    from calendarize.commands import changes_app

    with tempfile.TemporaryDirectory() as folder, running() as browser:
        file = Path(folder) / "page.html"
        page = browser.new_page(
            viewport={"width": 1280, "height": 800}, device_scale_factor=1.2, locale="ko-KR"
        )
        app([str(REPORT), "--today", TODAY, "-o", str(file)], standalone_mode=False)
        page.goto(file.as_uri())
        page.wait_for_timeout(_SETTLED)
        page.screenshot(path=DOCS / "html.png")
        changes_app([*CHANGES, "-o", str(file)], standalone_mode=False)
        page.goto(file.as_uri())
        page.screenshot(path=DOCS / "changes.png")
        file.write_text(_TERMINAL.format(text=escape(printed())), encoding="utf-8")
        page.goto(file.as_uri())
        page.locator("pre").screenshot(path=DOCS / "terminal.png")


if __name__ == "__main__":
    DOCS.mkdir(exist_ok=True)
    take()
