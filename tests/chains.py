"""Annotated chains: editions of one office's reports, and what became of every entry.

A `.chain` file holds the editions as they stand in the documents, each behind a line `=== DAY`,
with every telling of an entry marked in its place: `{entry|text|period|told as}`. A period is
`2022-03-05`, `2022-03`, `2022Q1`, `2022H1`, `2022`, two of them with `..` between (either may
be missing), or nothing; told as `p`lan, `r`esult, `c`ancelled, `o` postponed, `f`act. `{a+b|…}`
tells of two entries at once. Behind `=== fates` stand the steps of every entry, one for each pair
of editions, `-` for none; of an entry in several parts those of its last part.
"""

from __future__ import annotations

import json
import re
from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

HERE = Path(__file__).parent / "chains"
SHARED = Path(__file__).parents[2] / "shared" / "changes"
_MARK = re.compile(r"\{([\w+]+)\|([^|}]*)\|([^|}]*)\|([prcof])\}")
_TOLD = {"p": "plan", "r": "result", "c": "cancelled", "o": "postponed", "f": "fact"}
NOTABLE = ("slipped", "done", "dropped", "cancelled")


@dataclass(frozen=True)
class GoldTelling:
    """A telling of an entry: edition (0-based), 1-based line, 0-based column, text, bounds."""

    edition: int
    line: int
    column: int
    text: str
    start: str | None
    end: str | None
    told_as: str


@dataclass(frozen=True)
class GoldEntry:
    name: str
    steps: tuple[str | None, ...]
    tellings: tuple[GoldTelling, ...]


@dataclass(frozen=True)
class Chain:
    """Editions (file name, text) of an office, and the entries in them."""

    name: str
    editions: tuple[tuple[str, str], ...]
    entries: tuple[GoldEntry, ...]

    def write(self, folder: Path) -> list[Path]:
        paths = [folder / name for name, _ in self.editions]
        for path, (_, text) in zip(paths, self.editions, strict=True):
            path.write_text(text, encoding="utf-8")
        return paths


def _first(period: str) -> date:
    year, rest = int(period[:4]), period[4:]
    if rest[:1] == "H":
        return date(year, 6 * int(rest[1]) - 5, 1)
    if rest[:1] == "Q":
        return date(year, 3 * int(rest[1]) - 2, 1)
    month, day = (*map(int, rest[1:].split("-")), 1)[:2] if rest else (1, 1)
    return date(year, month, day)


def _last(period: str) -> date:
    first, rest = _first(period), period[4:]
    if len(period) == len("2022-03-05"):
        return first
    month = first.month + {"H": 5, "Q": 2, "-": 0, "": 11}[rest[:1]]
    return date(first.year, month, monthrange(first.year, month)[1])


def bounds(period: str) -> tuple[str | None, str | None]:
    start, _, end = period.partition("..") if ".." in period else (period, "", period)
    return (_first(start).isoformat() if start else None, _last(end).isoformat() if end else None)


def load(path: Path) -> Chain:
    """Read a `.chain` file."""
    parts = re.split(r"^=== (.*)\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    editions: list[tuple[str, str]] = []
    told: dict[str, list[GoldTelling]] = defaultdict(list)
    steps: dict[str, tuple[str | None, ...]] = {}
    for heading, body in zip(parts[::2], parts[1::2], strict=True):
        if heading == "fates":
            for line in body.splitlines():
                name, _, words = line.partition(": ")
                steps[name] = tuple(
                    None if w == "-" else w.replace("_", " ") for w in words.split()
                )
            continue
        lines = []
        for number, line in enumerate(body.splitlines(), 1):
            while (mark := _MARK.search(line)) is not None:
                name, text, period, letter = mark.groups()
                place = len(editions), number, mark.start()
                for each in name.split("+"):
                    told[each].append(GoldTelling(*place, text, *bounds(period), _TOLD[letter]))
                line = line[: mark.start()] + text + line[mark.end() :]
            lines.append(line)
        editions.append((f"{path.stem}-{heading}.txt", "\n".join(lines) + "\n"))
    assert told.keys() == steps.keys(), told.keys() ^ steps.keys()
    assert all(len(s) == len(editions) - 1 for s in steps.values()), path
    entries = tuple(GoldEntry(name, steps[name], tuple(told[name])) for name in told)
    return Chain(path.stem, tuple(editions), entries)


def load_fates(path: Path) -> Chain:
    """Read a chain whose texts stand beside a `.fates.jsonl`."""
    stem = path.name.removesuffix(".fates.jsonl")
    texts = sorted(path.parent.glob(f"{stem}_*.txt"))
    entries = []
    for line in path.read_text(encoding="utf-8").splitlines():
        found = json.loads(line)
        tellings = tuple(
            GoldTelling(
                t["edition"] - 1,
                *(t[k] for k in ("line", "column", "text", "start", "end", "told_as")),
            )
            for t in found["tellings"]
        )
        entries.append(GoldEntry(found["id"], tuple(found["steps"]), tellings))
    editions = tuple((t.name, t.read_text(encoding="utf-8")) for t in texts)
    return Chain(stem, editions, tuple(entries))


def chains() -> list[Chain]:
    """Return all annotated chains that are at hand."""
    own = [load(path) for path in sorted(HERE.glob("*.chain"))]
    return own + [load_fates(path) for path in sorted(SHARED.glob("*.fates.jsonl"))]


# ---------------------------------------------------------------- the scorer


@dataclass
class Count:
    """How much of what is found is right, and how much of what is right is found."""

    right: int = 0
    found: int = 0
    gold: int = 0

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 1.0

    def __str__(self) -> str:
        return (
            f"P {self.precision:.3f} R {self.recall:.3f} ({self.right}/{self.found} of {self.gold})"
        )


Found = Mapping[str, object]
"""An entry of `changes --format json`."""


def _place(chain: Chain, telling: Mapping[str, object]) -> tuple[int, int, str]:
    names = [name for name, _ in chain.editions]
    return names.index(str(telling["report"])), int(str(telling["line"])), str(telling["text"])


def _same(gold: GoldTelling, place: tuple[int, int, str], alone: bool) -> bool:
    edition, line, text = place
    return (gold.edition, gold.line) == (edition, line) and (
        alone or gold.text in text or text in gold.text
    )


def score(chain: Chain, found: Iterable[Found]) -> tuple[dict[str, Count], list[str]]:
    """Score links between tellings and the steps; return counts by name, and what is wrong.

    A step counts for the entry of the gold to which the newest telling before or at it belongs
    (where one telling joins several, for that to which most of the tellings do);
    steps of what the gold does not tell are not counted, except that links are.
    """
    counts: dict[str, Count] = defaultdict(Count)
    errors: list[str] = []
    places = {(t.edition, t.line, t.column) for entry in chain.entries for t in entry.tellings}
    on_line = Counter((edition, line) for edition, line, _ in places)
    links: set[tuple[tuple[str, int], tuple[str, int]]] = set()
    steps: list[tuple[list[tuple[str, int]], Sequence[str | None]]] = []
    found = list(found)
    exact = {
        place[:2]
        for each in found
        for telling in each["tellings"]  # type: ignore[attr-defined]
        for place in [_place(chain, telling)]
        for entry in chain.entries
        if any(_same(t, place, alone=False) for t in entry.tellings)
    }
    for found_entry in found:
        hits: list[list[tuple[str, int]]] = []
        for telling in found_entry["tellings"]:  # type: ignore[attr-defined]
            place = _place(chain, telling)
            alone = on_line[place[:2]] == 1 and place[:2] not in exact
            hits.append(
                [
                    (entry.name, t.edition)
                    for entry in chain.entries
                    for t in entry.tellings
                    if _same(t, place, alone)
                ]
            )
        often = Counter(name for those in hits for name, _ in those)
        known = [max(those, key=lambda hit: often[hit[0]]) for those in hits if those]
        links |= {(a, b) for a, b in pairwise(known) if a[1] != b[1]}
        steps.append((known, found_entry["steps"]))  # type: ignore[arg-type]
    gold_links = {
        ((entry.name, a.edition), (entry.name, b.edition))
        for entry in chain.entries
        for a, b in pairwise(entry.tellings)
        if a.edition != b.edition
    }
    counts["links"] = Count(len(links & gold_links), len(links), len(gold_links))
    errors += [f"link missed: {a} {b}" for a, b in sorted(gold_links - links)]
    errors += [f"link wrong: {a} {b}" for a, b in sorted(links - gold_links)]
    gold_steps = {
        (entry.name, at): step for entry in chain.entries for at, step in enumerate(entry.steps)
    }
    got: dict[tuple[str, int], set[str]] = defaultdict(set)
    for known, told in steps:
        for at, step in enumerate(told):
            before = [name for name, edition in known if edition <= at + 1]
            if step is not None and before:
                got[before[-1], at].add(step)
    for key in sorted(gold_steps.keys() | got.keys()):
        gold, mine = gold_steps.get(key), got[key]
        for name in mine | ({gold} - {None}):
            counts[name].gold += gold == name
            counts[name].found += name in mine
            counts[name].right += gold == name and name in mine
        if mine != {gold} - {None}:
            told_instead = ", ".join(sorted(mine)) or "nothing"
            errors.append(f"step {key[0]} {key[1] + 1}: {gold} but {told_instead}")
    return dict(counts), errors


def added(counts: Iterable[Mapping[str, Count]]) -> dict[str, Count]:
    """Add the counts of several chains up."""
    total: dict[str, Count] = defaultdict(Count)
    for each in counts:
        for name, count in each.items():
            total[name].right += count.right
            total[name].found += count.found
            total[name].gold += count.gold
    return dict(total)
