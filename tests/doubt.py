"""Where the threshold of doubt lies, on documents that nothing was learned from.

`python -m tests.doubt [FOLDS]` (needs the extra `train`) prints for a row of thresholds how many of
the wrong days lie below it, and how many entries a reader is asked to look at; and for each
of `calendarize.mentions.suspicions` how many of the readings that show it were right.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from calendarize.export.mentions import record
from calendarize.mentions import decide
from calendarize.mentions.doubt import THRESHOLD
from calendarize.mentions.reading import read
from tests.annotated import Annotated, documents
from tests.score import _overlap, _value

THRESHOLDS = (0.5, 0.8, 0.9, 0.95, THRESHOLD, 0.98, 0.99, 0.995, 0.999)
FOLDS = 5


class Judged(NamedTuple):
    """An entry that was found: how sure, why not, whether it is warned of, whether it is wrong."""

    confidence: float
    doubt: str
    warned: bool
    wrong: bool


def judged(document: Annotated) -> Iterator[Judged]:
    """Yield the entries of a document, those that are not annotated as right."""
    mentions = read(document.report(), document.give_date).mentions
    left = [(mention, record(document.path.name, mention)) for mention in mentions]
    wrong: set[int] = set()
    for gold in document.gold:
        best = max(left, key=lambda pair: _overlap(gold, pair[1]), default=None)
        if gold["role"] == "ignore":
            left = [pair for pair in left if _overlap(gold, pair[1]) <= 0]
        elif best is not None and _overlap(gold, best[1]) >= 0.5:
            left.remove(best)
            if _value(gold)[0] != _value(best[1])[0]:
                wrong.add(id(best[0]))
    for mention in mentions:
        if mention.role == "event":
            warned = bool(mention.resolution.warnings)
            yield Judged(mention.confidence, mention.doubt, warned, id(mention) in wrong)


def crossed(known: Iterable[Annotated], folds: int = FOLDS) -> Iterator[Judged]:
    """Yield the entries of documents, read by what was learned without them and their families."""
    from tests.train import gathered, learned

    annotated = list(known)
    families = sorted({document.family for document in annotated})
    choices = gathered(annotated)
    for fold in range(folds):
        out = [d for d in annotated if families.index(d.family) % folds == fold]
        decide.use(learned(choices, without=[document.name for document in out]))
        for document in out:
            yield from judged(document)


def table(entries: Iterable[Judged]) -> str:
    """Return what each threshold finds, and how often each suspicion was right."""
    found = list(entries)
    wrong = [entry for entry in found if entry.wrong]
    lines = [f"{len(found)} entries, {len(wrong)} wrong days"]
    for threshold in THRESHOLDS:
        marked = [e for e in found if e.confidence < threshold or e.warned]
        share = sum(e.wrong for e in marked) / max(len(wrong), 1)
        lines.append(
            f"{threshold:6.3f}  {len(marked) / max(len(found), 1):6.1%} marked"
            f"  {share:6.1%} of the wrong days"
            f"  {sum(not e.wrong for e in marked):4} right ones marked"
        )
    told = Counter(entry.doubt for entry in found if entry.doubt)
    right = Counter(entry.doubt for entry in found if entry.doubt and not entry.wrong)
    lines += [f"{right[doubt]:4} of {count:4} right: {doubt}" for doubt, count in told.items()]
    return "\n".join(lines)


if __name__ == "__main__":
    print(table(crossed(documents(), int(sys.argv[1]) if sys.argv[1:] else FOLDS)))
