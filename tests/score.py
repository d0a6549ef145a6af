"""How documents are read that nothing was learned from: `python -m tests.score`.

Prints the figures of the frozen documents, and of all the others judged in turn by weights that
were learned without them (`--folds N`, needs the extra `train`); then `first_runs.tsv`: what
every lot of documents by authors who had not seen the program came to at the commit before
anybody worked on it. `--first LOT FOLDER [--frozen]` adds a line to it for a new lot.
`--ablate [NAME ...]` tells what every single rule brings (`tests.ablation`).
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

from calendarize.export.mentions import record
from calendarize.mentions import decide
from calendarize.mentions.doubt import is_doubtful
from calendarize.mentions.mention import Mention
from tests import judge
from tests.annotated import FROZEN, HERE, Annotated, documents, reading

FIRST_RUNS = HERE / "first_runs.tsv"
"""One line for each lot of documents, growing: its figures before anybody worked on it."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What was counted in some documents; rates are F1 but for `role`, a share of what is found."""

    annotated: int = 0
    found: int = 0
    met: int = 0
    right: int = 0
    roles: int = 0
    events: int = 0
    found_events: int = 0
    entries: int = 0
    wrong: int = 0
    silent: int = 0

    def __add__(self, other: Figures) -> Figures:
        return Figures(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))

    @property
    def detection(self) -> float:
        return _f1(self.met, self.found, self.annotated)

    @property
    def resolved(self) -> float:
        return _f1(self.right, self.found, self.annotated)

    @property
    def role(self) -> float:
        return self.roles / self.met if self.met else 0.0

    @property
    def entry(self) -> float:
        return _f1(self.entries, self.found_events, self.events)

    @property
    def silent_rate(self) -> float:
        """Wrong days of which no output warns, per 100 entries."""
        return 100 * self.silent / (self.found_events or 1)

    def __str__(self) -> str:
        wrong = 100 * self.wrong / (self.found_events or 1)
        return (
            f"detection {self.detection:.3f}  resolved {self.resolved:.3f}  role {self.role:.3f}  "
            f"entry {self.entry:.3f}  wrong days per 100 entries {wrong:.1f}, "
            f"without a warning {self.silent_rate:.1f}  "
            f"({self.annotated} expressions, {self.events} events)"
        )


def _f1(right: int, found: int, annotated: int) -> float:
    return 2 * right / (found + annotated) if found + annotated else 0.0


def found(document: Annotated) -> list[dict[str, Any]]:
    """Return the mentions of a document as they are exported, with the day that a user gives.

    `doubtful` tells beside what is exported that every output warns of the time.
    """
    mentions = reading(document.path, document.give_date).mentions
    return [record(document.path.name, m) | {"doubtful": _is_warned_of(m)} for m in mentions]


def _is_warned_of(mention: Mention) -> bool:
    return is_doubtful(mention.confidence) or bool(mention.resolution.warnings)


def _overlap(one: dict[str, Any], other: dict[str, Any]) -> float:
    """Return the share of the shorter of two texts of one line that both cover."""
    if one["line"] != other["line"]:
        return 0.0
    ends = [m["column"] + len(m["text"]) for m in (one, other)]
    shared = min(ends) - max(one["column"], other["column"])
    return shared / min(len(one["text"]), len(other["text"]))


def _value(mention: dict[str, Any]) -> tuple[Any, ...]:
    pairs = mention.get("values") or [[mention.get("start"), mention.get("end")]]
    return sorted(map(str, map(tuple, pairs))), mention.get("rrule")


def judged(document: Annotated) -> Figures:
    """Count what of a document is found and read right."""
    left = found(document)
    rivals = judge.rivals(document.gold)
    told = [0] * 5
    annotated = events = wrong = silent = 0
    for gold, others in zip(document.gold, rivals, strict=True):
        best = max(left, key=lambda m: _overlap(gold, m), default=None)
        met = best is not None and _overlap(gold, best) >= 0.5
        if gold["role"] == "ignore":
            left = [m for m in left if _overlap(gold, m) <= 0]
            continue
        annotated += 1
        events += gold["role"] == "event"
        if not met or best is None:
            continue
        left.remove(best)
        right, role = _value(gold)[0] == _value(best)[0], gold["role"] == best["role"]
        entry = (
            right and role and gold["role"] == "event"
            and judge.is_right(gold, best.get("title"), others)
        )  # fmt: skip
        told = [
            a + b
            for a, b in zip(told, (1, right, role, entry, best["role"] == "event"), strict=True)
        ]
        is_wrong = not right and best["role"] == "event"
        wrong += is_wrong
        silent += is_wrong and not best["doubtful"]
    extra = len(left)
    extra_events = sum(m["role"] == "event" for m in left)
    met, right, roles, entries, met_events = told
    return Figures(annotated, met + extra, met, right, roles, events, met_events + extra_events,
                   entries, wrong, silent)  # fmt: skip


def crossed(annotated: Iterable[Annotated], folds: int) -> Figures:
    """Judge every document by weights that were learned without it and its family."""
    from tests.train import gathered, learned

    known = list(annotated)
    families = sorted({document.family for document in known})
    choices = gathered(known)
    total = Figures()
    for fold in range(folds):
        out = [d for d in known if families.index(d.family) % folds == fold]
        decide.use(learned(choices, without=[document.name for document in out]))
        reading.cache_clear()
        total = sum(map(judged, out), total)
    return total


def first_run(lot: str, new: Iterable[Annotated], since: str) -> str:
    """Return the line of `first_runs.tsv` for a lot of documents that nobody worked on yet.

    `since` tells what becomes of them: `learned` or `frozen`.
    """
    known = list(new)
    figures = sum(map(judged, known), Figures())
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], check=True, capture_output=True, text=True
    ).stdout.strip()
    rates = f"{figures.resolved:.3f}\t{figures.entry:.3f}\t{figures.role:.3f}"
    return f"{lot}\t{len(known)}\t{commit}\t{since}\t{rates}\t{figures.silent_rate:.1f}\n"


def main() -> None:
    """Print the figures."""
    match sys.argv[1:]:
        case ["--ablate", *names]:
            from tests.ablation import HEAD, ablated

            print(HEAD)
            for told in ablated(list(documents()), names):
                print(told, flush=True)
            return
        case ["--first", lot, folder, *frozen]:
            with FIRST_RUNS.open("a", encoding="utf-8") as file:
                since = "frozen" if frozen else "learned"
                file.write(first_run(lot, documents(Path(folder)), since))
    print("frozen:", sum(map(judged, documents(FROZEN)), Figures()))
    if "--folds" in sys.argv:
        folds = int(sys.argv[sys.argv.index("--folds") + 1])
        print(f"left out in turn ({folds} folds):", crossed(documents(), folds))
    print("\nfirst runs:", FIRST_RUNS.read_text(encoding="utf-8").expandtabs(10), sep="\n", end="")


if __name__ == "__main__":
    main()
