"""Acceptance: whether what looks like a time expression is one in its place."""

from __future__ import annotations

import re
from collections.abc import Callable

from calendarize.mentions import words
from calendarize.mentions.place import Place
from calendarize.report.model import Cell, Table
from calendarize.timex.partial import Form, Partial

_ENDS_CLAUSE = re.compile(r"^\s*(?:$|[,)\n/※<(·;]|및|또는|이상|\s실시|\s*개최|\s*수행)")
LABEL_BEFORE = re.compile(r"[:：]\s*$")
_BRACKET_BEFORE = re.compile(r"[(,]\s*$")
_BRACKET_AFTER = re.compile(r"^\s*[\d~–회]{0,5}\s*\)")
_IF_NEEDED = re.compile(r"필요시?\s*$")
_ACTION_AFTER = re.compile(rf"^\s*(?:{'|'.join(words.ACTION)})(?=\s*(?:$|[,(\n)※]|및))")
_LONE_ACTION = re.compile(r"^\s*(?:지원|운영|접수|모집|개최|실시|추진|시행)\s*$")
_ADJECTIVES = ("연간", "연 간")
_NOUN_AFTER = re.compile(r"^\s[가-힣]")
DATE_IN_BRACKETS = re.compile(r"^\s*\(\s*\d")
_NOUN_BEHIND_LABEL = re.compile(r":\s*[가-힣 ]{1,12}$")
_WORD_BEHIND_LABEL = re.compile(r":\s*[가-힣]{1,6}\s?$|[:,/]\s(?:[가-힣]{1,8}\s){1,3}$")
_OVER = re.compile(r"\s*(?:$|\n|\))")
_TARGET_HEADING = re.compile(r"목표|횟수|실적|건수|수량")
_NAMES = re.compile(r"\s(?!대비|동기|보다|말)[가-힣]")
"""What makes 차년도 part of a name: `차년도 계획`."""
_BEFORE_OR_AFTER = re.compile(r"\s?(?:전|후|이전|이후|전후|前|後)(?![가-힣])")
_DUE_BEFORE = re.compile(r"(?:기한|마감|일시|일자|예정일)\s?:?\s?$")
_CEREMONY_AFTER = re.compile(r"\s[가-힣]{1,10}(?:식|총회|회의|행사)(?![가-힣])")
_DAY_AFTER = ("익일",)
_DIGITS = re.compile(r"\d\s?[.일]")
_STEP_NOUN_BEFORE = re.compile(
    rf"(?:^|\s)\S*(?:{words.MILESTONE.pattern}|공청회|보고|심의|의결|제출|협의|선출|접수|신청|개최|회의)\s$"
)
_ARROW_AFTER = re.compile(r"\s?[→⇒]")


def is_schedule(place: Place) -> bool:
    """Tell whether an expression stands where a schedule stands.

    After a colon, alone in its cell or bracket, or right before the action that it repeats.
    Words such as 매월 and 상시 are expressions only there; in a sentence they describe.
    """
    before, after, form = place.before, place.after, place.expression.form
    if place.expression.word in _ADJECTIVES and _NOUN_AFTER.match(after):
        return bool(_ACTION_AFTER.match(after))
    if place.alone or (place.cell is not None and _LONE_ACTION.match(before + after)):
        return place.cell is None or not _is_target_column(place)
    if LABEL_BEFORE.search(before):
        return form != "undated" or bool(_ENDS_CLAUSE.match(after))
    if _BRACKET_BEFORE.search(before) and _BRACKET_AFTER.match(after):
        return not _IF_NEEDED.search(before)
    return _SCHEDULED[form](place)


def _repeats_an_action(place: Place) -> bool:
    """`정례회의 월 1회` behind a colon, `매월 제공`, and every rule that names its days."""
    names_days = "BY" in (place.expression.rrule or "")
    behind_label = _NOUN_BEHIND_LABEL.search(place.before)
    return names_days or bool(behind_label or _ACTION_AFTER.match(place.after))


def _closes_the_line(place: Place) -> bool:
    """`요구시 수시` behind a colon, at the end of the line."""
    return bool(_WORD_BEHIND_LABEL.search(place.before) and _OVER.match(place.after))


def _leads_a_clause(place: Place) -> bool:
    return not place.before.strip() and bool(_ENDS_CLAUSE.match(place.after))


_SCHEDULED: dict[Form, Callable[[Place], bool]] = {
    "rule": _repeats_an_action,
    "undated": _closes_the_line,
    "ongoing": _leads_a_clause,
}
"""How each form of a schedule is told apart from a description, beyond its usual places."""


def _is_target_column(place: Place) -> bool:
    """Tell whether a cell counts a target (`추진목표 | 수시`) instead of a time."""
    if place.table is None or place.cell is None or place.expression.form != "undated":
        return False
    headings = place.table.column_headings(place.cell)
    return any(_TARGET_HEADING.search(heading) for heading in headings)


def is_accepted(place: Place) -> bool:
    """Tell whether a found expression is one at all, now that its place is known."""
    expression = place.expression
    if expression.form == "rule" and DATE_IN_BRACKETS.match(place.after):
        return "BY" in (expression.rrule or "") or not place.written.rstrip().endswith("회")
    if place.written.startswith(_DAY_AFTER) and not _DIGITS.search(place.before):
        return False  # the day after what?
    if not expression.items or expression.form in ("undated", "ongoing"):
        return bool(expression.hours) or is_schedule(place)
    if expression.items[0].named and not DATE_IN_BRACKETS.match(place.after):
        if _BEFORE_OR_AFTER.match(place.after):
            return False  # `추석 전`: how long before, nobody says
        if place.cell is not None:
            return place.alone and in_schedule_column(place)
        return place.alone or bool(LABEL_BEFORE.search(place.before)) or expression.form != "point"
    if expression.weak:
        return _weak_is_date(place)
    return True


def is_adverb(place: Place) -> bool:
    """Tell whether 올해 or 전년도 is no more than an adverb, neither a budget's year nor a time."""
    expression = place.expression
    item = expression.items[0] if expression.items else Partial("day")
    if expression.form != "point" or item.unit != "year" or item.shift is None:
        return False
    told = place.alone or LABEL_BEFORE.search(place.before) or place.written.endswith(("내", "중"))
    names = place.written.endswith("도") and _NAMES.match(place.after)
    return not (told or names or words.FISCAL_AFTER.match(place.after))


def _weak_is_date(place: Place) -> bool:
    """Tell whether `4.6` is a day: its column says so, or its row or list is days in order."""
    table, cell = place.table, place.cell
    if _DUE_BEFORE.search(place.before) or _CEREMONY_AFTER.match(place.after):
        return "/" in place.written
    chained = "→" in place.before or "→" in place.after
    if chained and place.before.endswith("(") and place.after.startswith(")"):
        return "/" in place.written  # `규격 확정(2/16) → 조달 의뢰(2/23)`
    ends = "→" in place.before and not place.after.strip()
    if _STEP_NOUN_BEFORE.search(place.before) and (ends or _ARROW_AFTER.match(place.after)):
        return True  # `공청회 8.30 → 시의회 보고 11.26 → …`
    if place.listed and place.expression.items[0].unit == "day":
        return bool(_WORD_AFTER.match(place.after))
    if table is None or cell is None:
        return False
    item = place.expression.items[0]
    if item.unit == "day" and item.month is None:
        return _has_month_before(table, cell)
    if not place.alone:
        return False
    if item.unit == "quarter":
        return place.in_header
    if any(words.SCHEDULE_HEADING.search(h) for h in table.column_headings(cell)):
        return True
    return is_row_of_days(table, cell) or _is_column_of_days(table, cell)


_WORD_AFTER = re.compile(r"^\s+['‘“「(]?[가-힣]")
_DAY_CELL = re.compile(r"^(\d{1,2})[./](\d{1,2})\.?$")


def is_row_of_days(table: Table, cell: Cell) -> bool:
    row = [m for c in table.near(cell) if (m := _DAY_CELL.match(c.text))]
    days = [(int(m[1]), int(m[2])) for m in row]
    return len(days) >= 3 and days == sorted(set(days)) and all(m <= 12 for m, _ in days)


MONTH_CELL = re.compile(r"^(?:'?\d{2,4}[.년]\s?)?(?:1[0-2]|[1-9])월$")


def _has_month_before(table: Table, cell: Cell) -> bool:
    """Tell whether the row begins with a month: `3월 | 임시회 폐회(22일), 위원회(28일)`."""
    return any(MONTH_CELL.match(c.text) for c in table.near(cell) if c.column < cell.column)


_DAYS_CELL = re.compile(r"^(\d{1,2})/(\d{1,2})(?:\s?[~-]\s?(?:\d{1,2}/)?\d{1,2})?$")
_LAST_QUARTER = 4


def _is_column_of_days(table: Table, cell: Cell) -> bool:
    """Tell whether all the cells of a column are days (`3/15`, `4/12~13`), and no fractions."""
    body = (c for row in table.rows[table.header_rows :] for c in row)
    texts = [c.text for c in body if c.column == cell.column and c.text]
    days = [m for text in texts if (m := _DAYS_CELL.match(text))]
    dated = all(int(m[1]) <= 12 and 0 < int(m[2]) <= 31 for m in days)
    return 1 < len(days) == len(texts) and dated and any(int(m[2]) > _LAST_QUARTER for m in days)


def in_schedule_column(place: Place) -> bool:
    if place.table is None or place.cell is None:
        return False
    headings = place.table.column_headings(place.cell)
    if not headings:
        return place.cell.column > 0
    return any(words.SCHEDULE_HEADING.search(h) for h in headings)
