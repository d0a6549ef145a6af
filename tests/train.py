"""Learn the weights of every decision from the annotated documents: `python -m tests.train`.

Each decision is a choice between candidates with named features; its weights are those of a
multinomial logistic regression with an L2 penalty (scipy's L-BFGS). Needs the extra `train`.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

import calendarize.mentions
from calendarize.export.mentions import iso
from calendarize.mentions import own_date, roles, titles, years
from calendarize.mentions.facts import facts as facts_of
from calendarize.mentions.mention import ROLES
from calendarize.mentions.place import Place, places, regroup
from calendarize.mentions.reading import found_in, regroup_named
from calendarize.report import read_text
from calendarize.report.model import Report
from calendarize.timex.partial import Expression
from calendarize.timex.values import Several, Value
from tests import corpus, judge
from tests.annotated import SHARED, Annotated, documents

Group = tuple[list[list[str]], int]
"""The features of each candidate of one choice, and which is right."""
_RARE = 3
"""A feature that fewer choices show is left out."""
_LESSONS = 1
"""How often what the corpus says of years counts: it says each thing once, on purpose."""
_WHOLE_REPORTS = 6
"""How often the titles of the real reports count: the others are written after real ones."""
_LEAST = 0.02
"""Weights smaller than this are left out."""


def fit(groups: Iterable[Group], penalty: float) -> dict[str, float]:
    """Return the weights that make the right candidates the likeliest."""
    known = list(groups)
    seen = Counter(name for rows, _ in known for name in {n for row in rows for n in row})
    columns = {name: at for at, name in enumerate(n for n, times in seen.items() if times >= _RARE)}
    index, ends, bounds, right = [], [0], [0], []
    for rows, answer in known:
        right.append(len(ends) - 1 + answer)
        for row in rows:
            index += [columns[name] for name in row if name in columns]
            ends.append(len(index))
        bounds.append(len(ends) - 1)
    shape = (len(ends) - 1, len(columns))
    features = csr_matrix((np.ones(len(index)), index, ends), shape=shape)
    starts, answers = np.array(bounds[:-1]), np.array(right)
    group = np.repeat(np.arange(len(starts)), np.diff(bounds))

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = features @ weights
        top = np.maximum.reduceat(scores, starts)
        parts = np.exp(scores - top[group])
        total = np.add.reduceat(parts, starts)
        error = parts / total[group]
        error[answers] -= 1
        value = (top + np.log(total) - scores[answers]).sum() + penalty * weights @ weights
        return value, features.T @ error + 2 * penalty * weights

    found = minimize(loss, np.zeros(len(columns)), jac=True, method="L-BFGS-B",
                     options={"maxiter": 300}).x  # fmt: skip
    return {n: round(float(found[i]), 3) for n, i in columns.items() if abs(found[i]) > _LEAST}


def gold_of(document: Annotated, report: Report, expression: Expression) -> dict[str, Any] | None:
    """Return the annotation that an expression meets: half of the shorter text overlaps."""
    line, column = report.place(expression.start)
    width = len(report.raw(expression.start, expression.end))
    best = None
    for record in document.gold:
        if record["line"] != line:
            continue
        left = max(column, record["column"])
        shared = min(column + width, record["column"] + len(record["text"])) - left
        if shared > 0 and shared >= 0.5 * min(width, len(record["text"])):
            best = max(best or (0, record), (shared, record), key=lambda pair: pair[0])
    return best[1] if best else None


def bounds_of(value: Value) -> list[tuple[str | None, str | None]]:
    """Return the bounds of a value as the annotations write them."""
    parts = value.values if isinstance(value, Several) else (value,)
    return sorted(((iso(a), iso(b)) for a, b in (part.bounds() for part in parts)), key=str)


def annotated_bounds(record: Mapping[str, Any]) -> list[tuple[str | None, str | None]]:
    pairs = record.get("values") or [(record.get("start"), record.get("end"))]
    return sorted(((a, b) for a, b in pairs), key=str)


def days_of(document: Annotated, report: Report, found: Sequence[Expression]) -> years.Days:
    """Return the days from which a document counts, as annotated or given."""
    if document.give_date is not None:
        return [(0, document.give_date)]
    told = [
        (e.start, day)
        for e in found
        if (gold := gold_of(document, report, e)) is not None and gold["role"] == "document"
        if own_date.is_full(e) and (day := own_date.first_day(e)) is not None
    ]
    return [(0, day) for _, day in told[:1]] + told[1:]


@dataclass(slots=True)
class Prepared:
    """A document with what it takes to learn from it: its places, their facts and annotations."""

    document: Annotated
    report: Report
    found: list[Expression]
    places: list[Place]
    facts: list[list[str]]
    gold: list[Mapping[str, Any] | None]

    @property
    def kept(self) -> list[tuple[Place, list[str], Mapping[str, Any]]]:
        """The places that are annotated as time expressions."""
        rows = zip(self.places, self.facts, self.gold, strict=True)
        return [(place, facts, gold) for place, facts, gold in rows if gold is not None]


def prepare(document: Annotated) -> Prepared:
    """Read a document and find the annotation of each of its expressions."""
    report = document.report()
    found = found_in(report)
    located = places(report, found)
    regroup(located)
    following = [*found[1:], None]
    facts = [facts_of(report, p, after) for p, after in zip(located, following, strict=False)]
    gold = [gold_of(document, report, p.expression) for p in located]
    return Prepared(document, report, found, located, facts, gold)


def choices_of_own_date(prepared: Prepared) -> Iterator[Group]:
    options = own_date.candidates(prepared.report, [e for e in prepared.found if not e.weak])
    gold = {p.expression.start: g for p, g in zip(prepared.places, prepared.gold, strict=True)}
    own = [
        at for at, (e, _) in enumerate(options)
        if e is not None and (record := gold[e.start]) is not None
        and record["role"] == "document"
    ]  # fmt: skip
    told = any(record["role"] == "document" for record in prepared.document.gold)
    rest = [features for at, (_, features) in enumerate(options) if at not in own]
    if own:
        yield from (([options[at][1], *rest], 0) for at in own)
    elif not told:
        yield rest, next(at for at, (e, _) in enumerate(options) if e is None)


def choices_of_acceptance(prepared: Prepared) -> Iterator[Group]:
    touched = [
        (r["line"], r["column"], r["column"] + len(r["text"])) for r in prepared.document.gold
    ]
    for place, facts, gold in zip(prepared.places, prepared.facts, prepared.gold, strict=True):
        if gold is not None and gold["role"] == "ignore":
            continue
        line, column = prepared.report.place(place.expression.start)
        end = column + place.expression.end - place.expression.start
        if gold is None and any(n == line and a < end and column < b for n, a, b in touched):
            continue
        yield roles.acceptance(facts), int(gold is not None)


def corpus_choices() -> Iterator[Group]:
    """Yield what the corpus says of single expressions and of what only looks like one."""
    rows = [*corpus.POSITIVE, *(row[1:] for row in corpus.DATED)]
    examples = [(f"일정 : {text}", 1) for row in rows for text in row[-1]]
    for text, answer in (*examples, *((text, 0) for text in corpus.NEGATIVE)):
        report = read_text(text, "corpus")
        found = found_in(report)
        located = places(report, found)
        regroup(located)
        for place, following in zip(located, [*found[1:], None], strict=False):
            yield roles.acceptance(facts_of(report, place, following)), answer


def corpus_choices_of_year() -> Iterator[Group]:
    """Yield what the small documents of the corpus say of years and months."""
    rows = [
        *corpus.IN_PLACE,
        *((corpus.REPORT_DATE, t, v) for v, ts in corpus.IN_CONTEXT for t in ts),
        *(
            (corpus.REPORT_DATE, f"일정 : «{t}»", [v])
            for v, _, _, ts in corpus.POSITIVE
            for t in ts
        ),
        *((day, f"일정 : «{t}»", [v or ""]) for day, v, _, _, ts in corpus.DATED for t in ts),
    ]
    for day, text, values in rows:
        plain, starts = corpus.marked(text)
        report = read_text(plain, "corpus")
        kept = places(report, found_in(report))
        regroup(kept)
        slots = years.slots(report, [(0, day)] if day else [], kept)
        right: dict[int, int] = {}
        for at, slot in enumerate(slots):
            start, end = slot.place.expression.start, slot.place.expression.end
            told = (v for s, v in zip(starts, values, strict=True) if start - 2 <= s < end)
            bounds = next(told, "").split("/")
            wanted = [tuple(None if b == ".." else b for b in bounds)]
            fitting = [k for k, option in enumerate(slot.options) if _value(option) == wanted]
            if fitting:
                right[at] = fitting[0]
        yield from _year_groups(slots, [right.get(at) for at in range(len(slots))])


def _slots(prepared: Prepared) -> list[years.Slot]:
    kept = [place for place, _, _ in prepared.kept]
    regroup(kept)
    days = days_of(prepared.document, prepared.report, prepared.found)
    return years.slots(prepared.report, days, kept)


def choices_of_year(prepared: Prepared) -> Iterator[Group]:
    slots = _slots(prepared)
    right: list[int | None] = []
    for slot, (_, _, gold) in zip(slots, prepared.kept, strict=True):
        wanted = annotated_bounds(gold) if gold["role"] != "ignore" else None
        fitting = (k for k, o in enumerate(slot.options) if _value(o) == wanted)
        right.append(next(fitting, None))
    yield from _year_groups(slots, right)


def _year_groups(slots: Sequence[years.Slot], right: Sequence[int | None]) -> Iterator[Group]:
    """Yield the choices of year whose answer is known, each beside the one it goes on from."""
    for slot, answer in zip(slots, right, strict=True):
        if answer is None or len(slot.options) < 2:
            continue
        above = slots[slot.parent] if slot.parent is not None else None
        known = right[slot.parent] if slot.parent is not None else None
        if above is not None and known is None and len(above.options) == 1:
            known = 0
        before = above.options[known] if above is not None and known is not None else None
        rows = [o.features + (years.pair_features(slot, o, before) if before else [])
                for o in slot.options]  # fmt: skip
        yield rows, answer


def _values(prepared: Prepared) -> Iterator[tuple[Place, list[str], Mapping[str, Any], Value]]:
    """Yield the annotated places with the value that fits the annotation, else the first."""
    for slot, (place, facts, gold) in zip(_slots(prepared), prepared.kept, strict=True):
        wanted = annotated_bounds(gold)
        options = [o for o in slot.options if o.resolution.value is not None]
        best = next((o for o in options if _value(o) == wanted), next(iter(options), None))
        if best is not None and best.resolution.value is not None:
            yield place, facts, gold, best.resolution.value


def choices_of_role(prepared: Prepared) -> Iterator[Group]:
    days = days_of(prepared.document, prepared.report, prepared.found)
    own = next((record for record in prepared.document.gold if record["role"] == "document"), None)
    for place, facts, gold, value in _values(prepared):
        if gold["role"] != "ignore":
            day = days[0][1] if days else None
            told = roles.value_facts(place, value, day, gold is own)
            yield roles.candidates([*facts, *told]), ROLES.index(gold["role"])


def choices_of_title(prepared: Prepared) -> Iterator[Group]:
    gold = prepared.document.gold
    others = {id(record): rivals for record, rivals in zip(gold, judge.rivals(gold), strict=True)}
    kept = list(_values(prepared))
    regroup_named((p, g["role"], v) for p, _, g, v in kept if g["role"] != "ignore")
    events = [(p, g) for p, _, g, _ in kept if g["role"] == "event"]
    around = [place for place, _, _, _ in kept]
    options = titles.options(prepared.report, [p for p, _ in events], around)
    for (_, record), found in zip(events, options, strict=True):
        right = [judge.is_right(record, title.text, others[id(record)]) for title in found]
        if not any(right) or all(right):
            continue
        names = judge.titles_of(record)
        best = max((k for k, fits in enumerate(right) if fits),
                   key=lambda k: max(judge.fit(name, found[k].text)[2] for name in names))  # fmt: skip
        wrong = [title.features for title, fits in zip(found, right, strict=True) if not fits]
        yield [found[best].features, *wrong], 0


def _value(option: years.Option) -> list[tuple[str | None, str | None]] | None:
    value = option.resolution.value
    return bounds_of(value) if value is not None else None


DECISIONS: dict[str, tuple[Callable[[Prepared], Iterator[Group]], float]] = {
    "own_date": (choices_of_own_date, 0.3),
    "accept": (choices_of_acceptance, 0.3),
    "year": (choices_of_year, 0.5),
    "role": (choices_of_role, 0.5),
    "title": (choices_of_title, 1.0),
}
"""Each decision: the choices that a document shows, and the penalty on its weights."""


def gathered(annotated: Iterable[Annotated]) -> dict[str, dict[str, list[Group]]]:
    """Return the choices of every decision by document."""
    found: dict[str, dict[str, list[Group]]] = {decision: {} for decision in DECISIONS}
    for document in annotated:
        for decision, (choices, _) in DECISIONS.items():
            found[decision][document.name] = list(choices(prepare(document)))
    for name, choices in found["title"].items():
        if (SHARED / "reports" / f"{name}.txt").exists():
            choices *= _WHOLE_REPORTS
    found["accept"]["corpus"] = list(corpus_choices())
    found["year"]["corpus"] = list(corpus_choices_of_year()) * _LESSONS
    return found


def learned(
    found: Mapping[str, Mapping[str, Sequence[Group]]], without: Iterable[str] = ()
) -> dict[str, dict[str, float]]:
    """Return the weights of every decision, learned without some documents."""
    left_out = set(without)
    return {
        decision: fit(
            (g for name, groups in by_document.items() if name not in left_out for g in groups),
            DECISIONS[decision][1],
        )
        for decision, by_document in found.items()
    }


def main() -> None:
    """Write the weights that all annotated documents (or those of the folders named) give."""
    folders = [Path(name) for name in sys.argv[1:]]
    weights = learned(gathered(documents(*folders)))
    target = Path(calendarize.mentions.__path__[0]) / "weights.json"
    ordered = {name: dict(sorted(each.items())) for name, each in weights.items()}
    target.write_text(json.dumps(ordered, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    print(", ".join(f"{name}: {len(each)}" for name, each in weights.items()))


if __name__ == "__main__":
    main()
