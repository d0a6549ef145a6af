"""MkDocs hook: the corpora of the tests become pages, so that they cannot drift from the engine."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File, Files

sys.path.insert(0, str(Path(__file__).parent.parent))
from tests import corpus, everyday


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(
        "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in lines
    )


def _codes(phrases: Iterable[str]) -> str:
    return " · ".join(f"`{phrase.strip()}`" for phrase in phrases)


def reports_page() -> str:
    """Return the page of the expressions of reports, and of what is none."""
    told = _table(
        ("value", "precision", "rule", "as written"),
        ((f"`{v}`", p or "", f"`{r}`" if r else "", _codes(e)) for v, p, r, e in corpus.POSITIVE),
    )
    return (
        "# Expressions of reports\n\n"
        f"The report is dated {corpus.REPORT_DATE}, a Monday. Values are first/last, inclusive."
        f"\n\n{told}\n\n## No time at all\n\n{_codes(corpus.NEGATIVE)}\n"
    )


def everyday_page() -> str:
    """Return the page of everyday phrases, of conventions, of what repeats, and of what is none."""
    told = _table(("value", "as said"), ((f"`{v}`", _codes(e)) for v, e in everyday.ROWS))
    by = _table(
        ("convention", "value", "as said"),
        (
            (", ".join(f"`{k}={v!r}`" for k, v in rules.items()), f"`{value}`", _codes(phrases))
            for rules, value, phrases in everyday.CONVENTIONS
        ),
    )
    repeated = _table(
        ("rule", "hours", "as said"),
        ((f"`{rule}`", hours, _codes(phrases)) for rule, hours, phrases in everyday.REPEATED),
    )
    return (
        f"# Everyday Korean\n\nIt is {everyday.NOW:%A, %d %B %Y, %H:%M}.\n\n{told}\n\n"
        f"## By convention\n\n{by}\n\n## What repeats\n\n{repeated}\n\n"
        f"## No time at all\n\n{_codes(everyday.SILENT)}\n"
    )


def on_files(files: Files, config: Any) -> Files:
    """Add the generated pages."""
    for name, page in (("reports", reports_page()), ("everyday", everyday_page())):
        files.append(File.generated(config, f"corpus-{name}.md", content=page))
    return files
