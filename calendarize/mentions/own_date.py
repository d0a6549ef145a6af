"""A document's own date: on its cover, in its byline, beside a label, at its sign-off."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import accumulate
from typing import NamedTuple

from calendarize.mentions.decide import bucket, score, shares, weights
from calendarize.report.model import Report
from calendarize.timex.partial import Expression, Partial
from calendarize.timex.resolve import Anchor, resolve
from calendarize.timex.values import as_day

_LABELS = {
    "made": r"(?:작\s?성|보\s?고|게\s?시|등\s?록|입\s?력|제\s?공|기\s?사|결\s?재|안\s?내)\s?"
    r"(?:일[자시]?|시간|날짜)?",
    "given": r"(?:(?:배|공)\s?포|보\s?도|발\s?[행신]|공\s?고|고\s?시)\s?(?:일[자시]?|시[점기])?",
    "changed": r"(?:최\s?종)?\s?(?:수\s?정|갱\s?신|변\s?경|업데이트)\s?일?[자시]?",
    "letter": r"시\s?행\s+\S{2,20}\s?-\s?\d+",
    "day": r"(?:일\s?자|날\s?짜)",
}
_MINUTES = re.compile(r"회\s?의\s?록|의사록|속기록|회의\s?결과")
_HELD = re.compile(r"(?:일\s?시|개최일|회의일|\b때)\s{0,4}[:：|]?\s{0,4}$")
"""The label of the day on which a meeting was held."""
_LABEL = re.compile(
    "(?:"
    + "|".join(f"(?P<{name}>{words})" for name, words in _LABELS.items())
    + r")\s*[:：(\[|/\t ]*$"
)
_LABEL_BEHIND = re.compile(
    r"\s?(?:자로?\s?)?(?:작성|등록|게시|입력|배포|발행|수정|공고|송고|승인|출고)(?![가-힣]*일)"
)
_ORIGIN = re.compile(
    r"(?:(?:개정|제정|신설|설립|창립|창간|창단|개교|개원|개업|출생|생년월일)일?\s?[:(\[<]?|(?<![가-힣])(?:때|언제)\s{0,4}:?)\s{0,4}$"
)
"""Words for the beginning of a law, an office or a person, and labels of what one is invited to:
no document's own day."""
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
    full = [e for e in found if is_full(e) and not _ORIGIN.search(_before(report, e))]
    days = sorted({_day(e) for e in full})
    bare = sum(_stands_alone(report, e) for e in full)
    labels = [_label(report, e) for e in full]
    labelled = len(labels) - labels.count(None)
    options: list[tuple[Expression | None, list[str]]] = [
        (None, [f"none of {min(len(days), 4)}", "none", f"none {min(labelled, 2)} {min(bare, 2)}"])
    ]
    if full:
        told = [0, *accumulate(bool(row.strip()) for row in report.view.split("\n"))]
        weekdays = [item for e in found for item in e.items if item.waits_for_year]
        among = _Among(full[0], full[-1], days, bare, labelled, weekdays, _years(found), told)
        options += [
            (e, list(_features(report, e, label, among)))
            for e, label in zip(full, labels, strict=True)
        ]
    return options


class Own(NamedTuple):
    """The expressions that are a document's own date, the likeliest first, and how sure (0 to 1)
    it is that this is the one or that there is none."""

    dates: list[Expression]
    confidence: float


def own_dates(report: Report, found: Sequence[Expression]) -> Own:
    """Return the expressions that are the document's own date.

    Each release of a bundle has one: all that are likelier one than none is. The date beside the
    document's own number (`재일46014-1790 (1999.10.07)`) is the one, where there is one.
    """
    if report.numbered is not None:
        first, last = report.numbered
        numbered = (e for e in found if first <= e.start and e.end <= last + 1 and is_full(e))
        if (own := next(numbered, None)) is not None:
            return Own([own], 1.0)
    weight = weights("own_date")
    scored = [(score(names, weight), e) for e, names in candidates(report, found)]
    least = next(points for points, e in scored if e is None)
    likelier = [(points, e) for points, e in scored if e is not None and points > least]
    confidence = max(shares([points for points, _ in scored]))
    return Own([e for _, e in sorted(likelier, key=lambda pair: -pair[0])], confidence)


def held_on(report: Report, found: Sequence[Expression]) -> date | None:
    """Return the day of the meeting that minutes are of, from which what was said there counts."""
    if not _MINUTES.search(report.title):
        return None
    held = (e for e in found if is_full(e) and _HELD.search(_before(report, e)))
    return next(filter(None, map(first_day, held)), None)


class _Among(NamedTuple):
    """What the candidates are together: the first and the last, their days in order, and how
    many stand alone in their lines or beside a label; the days of the report that have a weekday
    and no year, all the years that are written, and how many lines up to each say something."""

    first: Expression
    last: Expression
    days: Sequence[tuple[int, int, int]]
    bare: int
    labelled: int
    weekdays: Sequence[Partial]
    years: Sequence[int]
    told: Sequence[int]


def _years(found: Sequence[Expression]) -> list[int]:
    return sorted(i.year for e in found for i in e.items if i.year is not None)


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


def _before(report: Report, expression: Expression) -> str:
    """Return what stands before an expression in its line."""
    return report.view[_line(report, expression)[0] : expression.start]


def _label(report: Report, expression: Expression) -> str | None:
    """Return what kind of label stands before a date, in its line or alone in the one above."""
    start, end = _line(report, expression)
    before, after = report.view[start : expression.start], report.view[expression.end : end]
    above = report.view[max(0, start - 40) : start].strip()[-20:]
    label = _LABEL.search(before) or (_LABEL.search(above) if not before.strip() else None)
    if label is not None:
        return label.lastgroup
    return "behind" if _LABEL_BEHIND.match(after) else None


def _features(
    report: Report, expression: Expression, label: str | None, among: _Among
) -> Iterator[str]:
    view = report.view
    start, end = _line(report, expression)
    before, after = view[start : expression.start], view[expression.end : end]
    rest = (before + after).replace(report.department or "\0", "")
    letters = sum(map(str.isalnum, rest))
    line = report.place(expression.start)[0]
    left = among.told[-1] - among.told[line]
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
        yield f"alone {min(among.bare, 2)} {min(among.labelled, 1)}"
        yield f"alone between {min(top, 3)} {min(bottom, 3)} {min(among.labelled, 1)}"
    else:
        yield f"beside {min(among.bare, 2)}"
    days, own = among.days, _day(expression)
    yield f"order {own == days[-1]} {own == days[0]} {min(len(days), 4)}"
    yield f"years {bucket(days[-1][0] - own[0], (0, 1, 3, 10))}"
    yield f"front {expression.start < report.front} {alone}"
    yield f"first {expression is among.first}"
    yield f"last {expression is among.last}"
    if among.weekdays:
        fitting = [sum(i.fits(own[0] + step) for i in among.weekdays) for step in (0, 1)]
        own_share, next_share = (bucket(n / len(among.weekdays), (0.2, 0.7)) for n in fitting)
        yield f"weekdays {own_share} {next_share} {min(len(among.weekdays), 3)}"
        yield f"weekdays {own_share} {next_share}"
    usual = among.years[len(among.years) // 2]
    yield f"usual {max(-3, min(3, own[0] - usual))}"
    if label is not None:
        yield f"label {label}"
        yield "label"
        yield f"label of {min(among.labelled, 3)}"
        yield f"label {min(top, 4)} {min(bottom, 4)}"
    elif _VALUE.search(before):
        yield "value"
        yield f"value {min(top, 4)} {min(bottom, 4)}"
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
