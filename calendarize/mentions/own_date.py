"""A document's own date: on its cover, in its byline, beside a label, at its sign-off."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from calendarize.mentions.decide import bucket, score, weights
from calendarize.report.model import Report
from calendarize.timex.partial import Expression
from calendarize.timex.resolve import Anchor, resolve
from calendarize.timex.values import as_day

_LABELS = {
    "made": r"(?:작\s?성|보\s?고|게\s?시|등\s?록|입\s?력|제\s?공|기\s?사)\s?일?[자시]?",
    "given": r"(?:(?:배|공)\s?포|보\s?도|발\s?[행신]|공\s?고|고\s?시)\s?(?:일[자시]?|시[점기])?",
    "changed": r"(?:최\s?종)?\s?(?:수\s?정|갱\s?신|변\s?경|업데이트)\s?일?[자시]?",
    "letter": r"시\s?행\s+\S{2,20}\s?-\s?\d+",
    "day": r"(?:일\s?자|날\s?짜)",
}
_LABEL = re.compile(
    "(?:"
    + "|".join(f"(?P<{name}>{words})" for name, words in _LABELS.items())
    + r")\s*[:：(\[|/\t ]*$"
)
_VALUE = re.compile(r"[가-힣)][^\S\n]?[:：][^\S\n]*$")
_BYLINE = re.compile(r"기자|특파원|편집|데스크|=|ⓒ|©")
_FURNITURE = re.compile(r"조\s?회|댓글|첨부|작성자|글쓴이|담당|연락처|전화|☎|\|")
_ISSUE = re.compile(r"제\s?\d+\s?호|통권|발행")
_OFFICE = re.compile(
    r"(?:장|관|회|원|청|처|부|단|사|교|센터|[시군구도])(?:\s?[(\[]?(?:직인|인|생략|관인)[)\]]?)*\s*$"
)
_SAID = re.compile(r"\s*\(?[가-힣]*\)?\s*(?:밝혔|말했|전했|알렸|발표했)")
_WORD = re.compile(r"[가-힣]+")
_LINES = (1, 2, 4, 7, 12, 20, 40)
_LETTERS = (0, 6, 15, 30, 60)


def is_full(expression: Expression) -> bool:
    """Tell whether an expression is one point whose year is written, a month or finer."""
    if expression.form != "point":
        return False
    item = expression.items[0]
    return item.year is not None and item.unit in ("month", "part", "day", "minute")


def first_day(expression: Expression) -> date | None:
    """Return the first day of an expression that names its year."""
    value = resolve(expression, Anchor()).value
    return as_day(value.bounds()[0]) if value else None


def candidates(
    report: Report, found: Sequence[Expression]
) -> list[tuple[Expression | None, list[str]]]:
    """Return the dates that may be the document's own, and none, with what speaks for each."""
    full = [e for e in found if is_full(e) and not _is_labelled(report, e)]
    days = sorted({_day(e) for e in full})
    options: list[tuple[Expression | None, list[str]]] = [
        (None, [f"none of {min(len(days), 4)}", "none"])
    ]
    if full:
        bare = sum(_stands_alone(report, e) for e in full)
        among = _Among(full[0], full[-1], days, bare)
        options += [(e, list(_features(report, e, among))) for e in full]
    return options


def _is_labelled(report: Report, expression: Expression) -> bool:
    """Tell whether a date is the value of a label that names something else: `기념식 : 6. 10.`"""
    before = report.view[max(0, expression.start - 40) : expression.start]
    return _VALUE.search(before) is not None and _LABEL.search(before) is None


def own_dates(report: Report, found: Sequence[Expression]) -> list[Expression]:
    """Return the expressions that are the document's own date, the likeliest first.

    Each release of a bundle has one: all that are likelier one than none is. The date beside the
    document's own number (`재일46014-1790 (1999.10.07)`) is the one, where there is one.
    """
    if report.numbered is not None:
        first, last = report.numbered
        numbered = (e for e in found if first <= e.start and e.end <= last + 1 and is_full(e))
        if (own := next(numbered, None)) is not None:
            return [own]
    weight = weights("own_date")
    scored = [(score(names, weight), e) for e, names in candidates(report, found)]
    least = next(points for points, e in scored if e is None)
    likelier = [(points, e) for points, e in scored if e is not None and points > least]
    return [e for _, e in sorted(likelier, key=lambda pair: -pair[0])]


class _Among(NamedTuple):
    """What the candidates are together: the first and the last, their days in order, and how
    many stand alone in their lines."""

    first: Expression
    last: Expression
    days: Sequence[tuple[int, int, int]]
    bare: int


def _day(expression: Expression) -> tuple[int, int, int]:
    item = expression.items[0]
    return item.year or 0, item.month or 0, item.day or 0


def _line(report: Report, expression: Expression) -> tuple[int, int]:
    """Return where the line of an expression begins and ends."""
    start = report.view.rfind("\n", 0, expression.start) + 1
    end = report.view.find("\n", expression.end)
    return start, len(report.view) if end < 0 else end


def _stands_alone(report: Report, expression: Expression) -> bool:
    start, end = _line(report, expression)
    line = report.view[start : expression.start] + report.view[expression.end : end]
    return not any(map(str.isalnum, line))


def _features(report: Report, expression: Expression, among: _Among) -> Iterator[str]:
    view = report.view
    start, end = _line(report, expression)
    before, after = view[start : expression.start], view[expression.end : end]
    above = view[max(0, start - 40) : start].strip()[-20:]
    rest = (before + after).replace(report.department or "\0", "")
    letters = sum(map(str.isalnum, rest))
    line = report.place(expression.start)[0]
    left = sum(1 for row in view[expression.end :].split("\n")[1:] if row.strip())
    top, bottom = bucket(line, _LINES), bucket(left, _LINES)
    item = expression.items[0]
    alone = letters == 0
    yield f"unit {item.unit}"
    yield f"rest {bucket(letters, _LETTERS)}"
    yield f"top {top}"
    yield f"bottom {bottom}"
    yield f"top {min(top, 4)} {bucket(letters, _LETTERS)}"
    yield f"bottom {min(bottom, 4)} {bucket(letters, _LETTERS)}"
    if alone:
        yield f"alone {min(among.bare, 4)} {min(bottom, 2)}"
    else:
        yield f"beside {min(among.bare, 2)}"
    days, own = among.days, _day(expression)
    yield f"order {own == days[-1]} {own == days[0]} {min(len(days), 4)}"
    yield f"years {bucket(days[-1][0] - own[0], (0, 1, 3, 10))}"
    yield f"front {expression.start < report.front} {alone}"
    yield f"first {expression is among.first}"
    yield f"last {expression is among.last}"
    label = _LABEL.search(before) or (_LABEL.search(above) if not before.strip() else None)
    if label is not None:
        yield f"label {label.lastgroup}"
        yield "label"
    for name, pattern in (("byline", _BYLINE), ("furniture", _FURNITURE), ("issue", _ISSUE)):
        if pattern.search(before + after):
            yield name
            yield f"{name} {min(top, 4)}"
    if before.rstrip().endswith(("(", "[", "<")):
        closes = after.lstrip()[:1] in ")]>" and not after.lstrip()[1:].strip()
        yield f"bracket {closes} {min(bottom, 3)}"
    if _SAID.match(after):
        yield "said"
    below = view[end : end + 120].strip().split("\n")[0].strip()
    if alone and below and len(below) <= 30 and _OFFICE.search(below):
        yield "signed"
        yield f"signed {min(bottom, 4)}"
    words = _WORD.findall(before)
    yield f"before {words[-1] if words else '-'}"
    behind = _WORD.findall(after[:12])
    yield f"after {behind[0] if behind else '-'}"
    yield f"ends {after.strip()[:1]}"
    if expression.asof:
        yield "asof"
    block = report.block_at(expression.start)
    if block is not None:
        yield f"block {block.kind}"
        yield f"marker {block.marker[:1]}"
