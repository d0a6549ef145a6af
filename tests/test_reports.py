"""Annotated reports of other kinds: every date is found and resolved, nothing else is.

`tests/reports` holds eighty documents written for this project (session plans, calendars, notices,
plans, status tables, press releases, minutes, an ordinance, an official letter …) with every time
expression annotated by hand. Larger annotated reports are scored where they are at hand.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from calendarize.export.mentions import record
from calendarize.mentions.reading import read
from calendarize.report import read_file

REPORTS = Path(__file__).parent / "reports"
SHARED = Path(__file__).parents[2] / "shared"
NAMES = sorted(path.stem for path in REPORTS.glob("*.txt"))
MISSED = {
    ("changwon-press-2023-10", 47, "11일"),
    ("changwon-press-2023-10", 47, "16일"),
    ("changwon-press-2023-10", 47, "19일"),
    ("changwon-press-2023-10", 65, "1974년"),
    ("cheongju-jobs-2017-01", 58, "10.25"),
    ("culture-tourism-2019", 85, "’19."),
    ("gangbuk-weekly-2022-04", 24, "2022"),
    ("incheon-environment-2021-09", 87, "매일"),
    ("library-museum-2024-01", 55, "분기별"),
    ("road-river-works-2019-05", 62, "매주"),
}
"""Annotated expressions (report, line, text) that are not read yet."""


def gold(name: str) -> list[dict[str, Any]]:
    lines = (REPORTS / f"{name}.mentions.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def found(path: Path) -> list[dict[str, Any]]:
    return [record(path.name, mention) for mention in read(read_file(path)).mentions]


def value(mention: dict[str, Any]) -> tuple[Any, ...]:
    values = mention.get("values") or [[mention.get("start"), mention.get("end")]]
    return mention["line"], sorted(map(tuple, values), key=str), mention.get("rrule")


def overlaps(one: dict[str, Any], other: dict[str, Any]) -> bool:
    ends = [m["column"] + len(m["text"]) for m in (one, other)]
    return one["line"] == other["line"] and max(one["column"], other["column"]) < min(ends)


@pytest.mark.parametrize("name", NAMES)
def test_every_date_is_found_and_resolved_and_nothing_else(name: str) -> None:
    annotated = [m for m in gold(name) if (name, m["line"], m["text"]) not in MISSED]
    ignored = [m for m in annotated if m["role"] == "ignore"]
    wanted = [m for m in annotated if m["role"] != "ignore"]
    got = [m for m in found(REPORTS / f"{name}.txt") if not any(overlaps(m, i) for i in ignored)]
    assert list(map(value, got)) == list(map(value, wanted))


@pytest.mark.parametrize("name", sorted({name for name, _, _ in MISSED}))
def test_what_is_said_to_be_missed_is_missed(name: str) -> None:
    read_now = found(REPORTS / f"{name}.txt")
    for mention in (m for m in gold(name) if (name, m["line"], m["text"]) in MISSED):
        assert not any(overlaps(m, mention) for m in read_now)


@pytest.mark.parametrize("name", NAMES)
def test_every_mention_stands_where_it_says(name: str) -> None:
    path = REPORTS / f"{name}.txt"
    text = path.read_text(encoding="utf-8").split("\n")
    for mention in found(path):
        assert text[mention["line"] - 1][mention["column"] :].startswith(mention["text"])


def test_roles_and_titles_are_those_of_the_annotator() -> None:
    wanted = [
        (name, m)
        for name in NAMES
        for m in gold(name)
        if m["role"] != "ignore" and (name, m["line"], m["text"]) not in MISSED
    ]
    right = titled = 0
    for name, mention in wanted:
        match = next(m for m in found(REPORTS / f"{name}.txt") if overlaps(m, mention))
        right += match["role"] == mention["role"]
        if mention["role"] == "event" and match["role"] == "event":
            titled += bool(set(mention["title"].split()) & set(match["title"].split()))
    events = sum(m["role"] == "event" for _, m in wanted)
    assert right >= 0.97 * len(wanted)
    assert titled >= 0.93 * events


@pytest.mark.skipif(not (SHARED / "gold").is_dir(), reason="needs the larger annotated reports")
def test_the_bars_hold_on_the_larger_reports(tmp_path: Path) -> None:
    pairs: list[str] = []
    for annotated in sorted((SHARED / "gold").glob("*.mentions.jsonl")):
        name = annotated.name.removesuffix(".mentions.jsonl")
        target = tmp_path / f"{name}.jsonl"
        records = found(SHARED / "reports" / f"{name}.txt")
        target.write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")
        pairs += [str(annotated), str(target)]
    bars = ("resolved=0.97", "event=0.90", "role=0.95", "detection=0.985")
    options = [word for bar in bars for word in ("--min", bar)]
    script = SHARED / "tools" / "score.py"
    result = subprocess.run(
        [sys.executable, script, *pairs, *options], capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
