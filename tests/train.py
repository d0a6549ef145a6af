"""Learn the weights of every decision from the annotated documents: `python -m tests.train`.

Each decision is a choice between candidates with named features; its weights are those of a
multinomial logistic regression with an L2 penalty (scipy's L-BFGS). Needs the extra `train`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

import calendarize.mentions
from calendarize.export.mentions import iso
from calendarize.mentions import own_date, years
from calendarize.mentions.acceptance import is_accepted
from calendarize.mentions.place import places, regroup
from calendarize.report.model import Report
from calendarize.timex.grammar import expressions
from calendarize.timex.partial import Expression
from calendarize.timex.values import Several, Value
from tests.annotated import Annotated, documents

Group = tuple[list[list[str]], int]
"""The features of each candidate of one choice, and which is right."""
_LEAST = 1e-3
"""Weights smaller than this are left out."""


def fit(groups: Iterable[Group], penalty: float) -> dict[str, float]:
    """Return the weights that make the right candidates the likeliest."""
    columns: dict[str, int] = {}
    index, ends, bounds, right = [], [0], [0], []
    for rows, answer in groups:
        right.append(len(ends) - 1 + answer)
        for row in rows:
            index += [columns.setdefault(name, len(columns)) for name in row]
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


def choices_of_own_date(document: Annotated) -> Iterator[Group]:
    report = document.report()
    options = own_date.candidates(report, list(expressions(report.view)))
    own = [
        at for at, (e, _) in enumerate(options)
        if e is not None
        and (gold := gold_of(document, report, e)) is not None and gold["role"] == "document"
    ]  # fmt: skip
    none = [at for at, (e, _) in enumerate(options) if e is None]
    told = any(record["role"] == "document" for record in document.gold)
    if own or not told:
        rest = [f for at, (_, f) in enumerate(options) if at not in own]
        for at in own or none:
            yield ([options[at][1], *rest], 0) if own else ([f for _, f in options], at)


def choices_of_year(document: Annotated) -> Iterator[Group]:
    report = document.report()
    found = list(expressions(report.view))
    accepted = [place for place in places(report, found) if is_accepted(place)]
    regroup(accepted)
    slots = years.slots(report, days_of(document, report, found), accepted)
    right: list[int | None] = []
    for slot in slots:
        gold = gold_of(document, report, slot.place.expression)
        wanted = annotated_bounds(gold) if gold is not None and gold["role"] != "ignore" else None
        fitting = (k for k, o in enumerate(slot.options) if _value(o) == wanted)
        right.append(next(fitting, None))
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


def _value(option: years.Option) -> list[tuple[str | None, str | None]] | None:
    value = option.resolution.value
    return bounds_of(value) if value is not None else None


DECISIONS: dict[str, tuple[Callable[[Annotated], Iterator[Group]], float]] = {
    "own_date": (choices_of_own_date, 0.3),
    "year": (choices_of_year, 0.5),
}
"""Each decision: the choices that a document shows, and the penalty on its weights."""


def gathered(names: Iterable[Annotated]) -> dict[str, dict[str, list[Group]]]:
    """Return the choices of every decision by document."""
    known = list(names)
    return {
        decision: {document.name: list(choices(document)) for document in known}
        for decision, (choices, _) in DECISIONS.items()
    }


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
