"""The pictures of the README, from a sample report; run as a module to make them anew.

Needs Chromium, the NanumGothicCoding font, whose Hangul is two columns wide, and DejaVu Sans
Mono for the signs.
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

from calendarize.events.assemble import assemble
from calendarize.events.reading import read
from calendarize.export import render
from calendarize.report import read_file
from tests import snapshots
from tests.browser import ARGUMENTS, CHROMIUM
from tests.examples import EXAMPLES

DOCS = Path(__file__).parent.parent / "docs"
_TERMINAL = """<!doctype html><meta charset="utf-8"><style>
@font-face {{ font-family: signs; src: local("DejaVu Sans Mono"); size-adjust: 83%;
  unicode-range: U+B7, U+2010-2027, U+2500-27FF }}
body {{ margin: 0; background: #14181d; color: #e8eaed }}
pre {{ margin: 0; padding: 20px; font: 15px/1.45 signs, NanumGothicCoding; display: inline-block }}
</style><pre>{text}</pre>"""


def main() -> None:
    report = EXAMPLES / "council-2021-05.txt"
    events = assemble(read(read_file(report)))
    options = snapshots.Options(snapshots.TODAY, width=100)
    terminal = "\n".join(str(render("timeline", events, options)).splitlines()[:36])
    command = "$ calendarize --dept 의회사무처 --today 2021-06-11\n"
    pages = {
        "html.png": (str(render("html", events, options)), None),
        "terminal.png": (_TERMINAL.format(text=escape(command + terminal)), "pre"),
    }
    with sync_playwright() as playwright, TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        page = browser.new_page(viewport={"width": 1200, "height": 860}, color_scheme="light")
        for name, (text, part) in pages.items():
            path = Path(folder, "page.html")
            path.write_text(text, encoding="utf-8")
            page.goto(path.as_uri())
            page.wait_for_timeout(300)
            (page.locator(part) if part else page).screenshot(path=DOCS / name)
        browser.close()


if __name__ == "__main__":
    main()
