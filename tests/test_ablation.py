"""What a rule brings is told: nothing by one that is idle, much by one that a document needs."""

from __future__ import annotations

import pytest

from tests.ablation import ablated
from tests.annotated import SAMPLES, load


@pytest.mark.heavy
def test_what_rules_bring_is_counted() -> None:
    document = load(SAMPLES / "council-2021-05.txt")
    names = ["timex.grammar._ranged", "timex.grammar._lunar", "title from left"]
    told = {each.name: each for each in ablated([document], names)}
    assert told["timex.grammar._lunar"].acts == 0
    ranges = told["timex.grammar._ranged"]
    assert (ranges.acts, ranges.changed, ranges.needed) == (1, 1, 1)
    assert ranges.resolved > 5
    assert any(each.changed for name, each in told.items() if name.startswith("title from left"))
