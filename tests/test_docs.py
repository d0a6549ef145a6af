"""The documentation is held to the code: its examples run, its pages and commands exist."""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).parent.parent
PAGES = sorted((TOP / "docs").glob("*.md"))
_BLOCK = re.compile(r"^```python\n(>>>.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_examples_run(page: Path) -> None:
    blocks = _BLOCK.findall(page.read_text(encoding="utf-8"))
    test = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, page.name, str(page), 0)
    assert doctest.DocTestRunner().run(test).failed == 0


@pytest.mark.heavy
def test_the_site_builds_and_asks_nothing_of_any_network(tmp_path: Path) -> None:
    pytest.importorskip("material")
    pytest.importorskip("mkdocstrings")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(tmp_path)]
    told = subprocess.run(command, cwd=TOP, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    assert "추석 열흘 전" in (tmp_path / "corpus-everyday/index.html").read_text(encoding="utf-8")
    assert "to_ics" in (tmp_path / "reference/index.html").read_text(encoding="utf-8")
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert not re.findall(
        r"<(?:script|link|img)[^>]+(?:src|href)=\"?https?://(?!calendarize)", page
    )


def test_every_command_of_the_makefile_is_described() -> None:
    makefile = (TOP / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z]+):", makefile, re.MULTILINE)
    assert targets == re.findall(r"^([a-z]+):.*## \S", makefile, re.MULTILINE)
    assert {"run", "test", "score", "docs", "bench"} <= set(targets)
