"""Annotated reports of other kinds: dates, roles and titles are those of the annotator.

`tests/reports` holds documents written for this project (session plans, calendars, notices,
plans, status tables, press releases, minutes, an ordinance, an official letter …) with every time
expression annotated by hand; the weights are learned from them. `tests/frozen` holds documents
that nothing was learned from: `python -m tests.score` tells how they are read. Larger annotated
reports are scored where they are at hand.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.annotated import FROZEN, SHARED, documents, load
from tests.parts import each_part
from tests.score import Figures, found, judged
from tests.table import holds


def figures(folder: Path) -> Figures:
    return sum(map(judged, documents(folder)), Figures())


@pytest.mark.heavy
def test_what_was_learned_from_is_read_nearly_without_a_mistake() -> None:
    total = figures(Path(__file__).parent / "reports")
    assert total.detection >= 0.99
    assert total.resolved >= 0.965
    assert total.role >= 0.98
    assert total.entry >= 0.8


@pytest.mark.xdist_group("frozen 0")
def test_what_nothing_was_learned_from_is_read_as_well_as_promised() -> None:
    total = figures(FROZEN)
    assert total.detection >= 0.96
    assert total.resolved >= 0.92
    assert total.role >= 0.93
    assert total.entry >= 0.66


@pytest.mark.heavy
@pytest.mark.skipif(not (SHARED / "gold").is_dir(), reason="needs the larger annotated reports")
def test_the_bars_hold_on_the_larger_reports() -> None:
    total = figures(SHARED / "reports")
    assert total.detection >= 0.985
    assert total.resolved >= 0.965
    assert total.role >= 0.95
    assert total.entry >= 0.88


@each_part
def test_every_mention_stands_where_it_says(reports: list[Path]) -> None:
    def check(path: Path) -> None:
        text = path.read_text(encoding="utf-8").split("\n")
        for mention in found(load(path)):
            assert text[mention["line"] - 1][mention["column"] :].startswith(mention["text"])

    holds(check, [(path,) for path in reports])
