"""Facts: what a place tells of the expression in it, each under a name, computed once.

They say what stands where (the shape of what is written, the words and signs before and behind
it, the heads of its column, the headings above), not what it means; `decide` weighs them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from calendarize.mentions.clauses import is_time_label
from calendarize.mentions.place import Place
from calendarize.report.model import Cell, Report, Table
from calendarize.timex.partial import Expression

_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[가-힣A-Za-z一-龥]+")
_SAYS = re.compile(rf"{_WORD.pattern}|{_DIGIT.pattern}")
_LETTER = re.compile(r"[^\W\d_]")
_SHAPE = 14
_NEAR = 30


def facts(report: Report, place: Place, following: Expression | None) -> list[str]:
    """Return the facts of a place; `following` is the next expression of the report, if any."""
    return list(_facts(report, place, following))


def _word(text: str, last: bool = False) -> str:
    found = _WORD.findall(text)
    return (found[-1] if last else found[0])[:6] if found else "-"


def _sign(text: str) -> str:
    """Return what kind of character a text begins with: a letter, a digit, a space, or itself."""
    char = text[:1]
    if not char:
        return "^"
    if char.isspace():
        return "_" + _sign(text.lstrip(" "))[-1:] if char == " " else "\\n"
    return "가" if _LETTER.match(char) else "9" if char.isdigit() else char


def _facts(report: Report, place: Place, following: Expression | None) -> Iterator[str]:
    expression = place.expression
    items = expression.items
    item = items[0] if items else None
    unit = item.unit if item is not None else expression.form
    shape = _DIGIT.sub("9", "".join(place.written.split()))[:_SHAPE]
    before = place.before[-_NEAR:]
    after = place.after[:_NEAR]
    view = report.view
    line_start = view.rfind("\n", 0, expression.start) + 1
    line_end = view.find("\n", expression.end)
    line_end = len(view) if line_end < 0 else line_end
    word_before, word_after = _word(before, last=True), _word(after)
    sign_before, sign_after = _sign(before[::-1]), _sign(after)
    says = (
        _SAYS.search(view, line_start, expression.start)
        or _SAYS.search(view, expression.end, line_end)
    )  # fmt: skip
    alone = says is None
    yield f"form {expression.form}"
    yield f"unit {unit}"
    yield f"shape {shape}"
    yield f"signs {sign_before} {sign_after}"
    yield f"{unit} before {sign_before}"
    yield f"{unit} after {sign_after}"
    yield f"{shape} before {sign_before}"
    yield f"{shape} after {sign_after}"
    yield f"word before {word_before}"
    yield f"word after {word_after}"
    yield f"end before {word_before[-2:]}"
    yield f"start after {word_after[:2]}"
    yield f"{unit} word before {word_before[-2:]}"
    yield f"{unit} word after {word_after[:2]}"
    yield f"{unit} touches {after[:3]}"
    yield f"{unit} behind {before[-3:]}"
    yield f"line {unit} {alone}"
    yield f"weak {expression.weak} {unit}"
    yield f"asof {expression.asof}"
    if item is not None:
        yield f"{unit} year {item.year is not None} weekday {item.weekday is not None}"
        yield f"{unit} month {item.month is not None} {expression.form}"
        if item.shift or item.same:
            yield f"relative {word_after[:2]}"
            yield f"relative {shape}"
        if item.named:
            yield f"named {alone} {place.cell is not None}"
    opened = max(before.rfind("("), before.rfind("["), before.rfind("<"))
    inside = opened > max(before.rfind(")"), before.rfind("]"), before.rfind(">"))
    yield f"{unit} bracket {inside}"
    if inside:
        bracket = before[:opened]
        yield f"bracket of {_word(bracket, last=True)[-2:]}"
        yield f"bracket {unit} {_sign(after)} {not _WORD.search(before[opened:])}"
    yield f"label {unit} {_LABEL.search(before) is not None}"
    if (label := _LABEL.search(before)) is not None:
        yield f"label word {_word(label[0], last=True)[-3:]}"
    yield f"siblings {unit} {min(place.index, 2)} {min(len(place.siblings) - place.index - 1, 2)}"
    if unit == "day" and item is not None and item.month is None:
        months = [e for e in place.siblings[: place.index] if e.items and e.items[0].month]
        apart = (expression.start - months[-1].end) // 20 if months else 9
        yield f"lone month before {min(apart, 9)}"
        yield f"lone month {bool(months)} before {word_before[-2:]}"
        lone = sum(bool(e.items) and e.items[0].unit == "day" and not e.items[0].month
                   and e.weak for e in place.siblings)  # fmt: skip
        yield f"lone among {min(lone, 4)} {expression.weak} {item.weekday is not None}"
        days = [e.items[0].day or 0 for e in place.siblings if e.items and e.weak]
        yield f"lone forward {days == sorted(set(days))} {min(len(days), 4)} {bool(months)}"
    if place.index:
        previous = place.siblings[place.index - 1]
        kind = previous.items[0].unit if previous.items else previous.form
        yield f"{unit} follows {kind} {min((expression.start - previous.end) // 8, 5)}"
    if following is not None:
        kind = following.items[0].unit if following.items else following.form
        month = bool(following.items) and following.items[0].month is not None
        gap = view[expression.end : following.start]
        near = min(gap.count("\n"), 3), min(len(gap) // 8, 4)
        yield f"{unit} then {kind} {month} {near}"
        if "\n" not in gap:
            yield f"{unit} then {kind} by {''.join(gap.split())[:2]}"
    block = place.block
    yield f"block {unit} {block.kind if block else '-'} {place.listed}"
    if place.cell is not None and place.table is not None:
        yield f"header {unit} {place.in_header}"
        yield f"cell {unit} {place.alone}"
        leftward = place.table.row_headings(place.cell)
        rightward = [c for c in place.table.near(place.cell) if c.column > place.cell.column]
        told = [any(_WORD.search(c.text) for c in cells) for cells in (leftward, rightward)]
        yield f"cell {unit} between {told[0]} {told[1]}"
        if unit == "month" and place.alone and item is not None and item.month:
            steps = (_step(place.table, place.cell, item.month, to) for to in (-1, 1))
            yield f"cell month steps {' '.join(steps)}"
        heads = place.table.column_headings(place.cell)
        head = "".join(heads[-1].split()) if heads else "-"
        yield f"column {head[-2:]}"
        yield f"column {unit} {head[-2:]} {place.alone}"
        yield f"column whole {head[:8]}"
        known = "none" if head == "-" else "time" if is_time_label(head) else "other"
        what = "month" if head.startswith("월") else known
        yield f"column of {what} {unit} {place.alone} {told[1]}"
    for depth, above in enumerate(place.headings()):
        yield f"above {_word(above.text, last=True)[-2:]}"
        if depth == 0:
            yield f"above {unit} {_word(above.text, last=True)[-2:]}"
            yield f"under {above.kind} {unit}"
        if depth == 2:
            break
    left = view[line_start : expression.start].strip()
    if place.document and place.written in place.document and left in place.document:
        yield f"title {unit}"
    if line_start <= report.front:
        yield f"front {unit} {alone}"


def _step(table: Table, cell: Cell, month: int, to: int) -> str:
    """Return how the month in the cell above (-1) or below (1) differs: plans of a year go on."""
    rows = table.rows[max(cell.row + to, 0) : cell.row + to + 1]
    other = next((c for row in rows for c in row if c.column == cell.column), None)
    found = _MONTH.fullmatch(other.text) if other is not None else None
    if found is None:
        return "none"
    apart = (int(found[1]) - month) * to % 12
    return "same" if apart == 0 else "on" if apart <= _ON else "other"


_MONTH = re.compile(r"\D{0,6}(1[0-2]|[1-9])월")
_ON = 3
"""How many months on the next row of a year's plan may be."""
_LABEL = re.compile(r"[가-힣)\s]{1,12}[:：]\s*$")
