"""Roles: whether a time expression is an entry, a reference, or the day of a count."""

from __future__ import annotations

import re

from calendarize.mentions import words
from calendarize.mentions.acceptance import DATE_IN_BRACKETS, is_row_of_days
from calendarize.mentions.clauses import cleaned, is_generic
from calendarize.mentions.coarse import COARSE, coarse_is_entry, is_coarse
from calendarize.mentions.mention import Role
from calendarize.mentions.place import Place
from calendarize.report.model import Cell, Table
from calendarize.timex.partial import Expression, Partial

_STATUS_BEFORE = re.compile(r"현황\s*\(\s*$")
_STEP_BRACKET_BEFORE = re.compile(r"(?:^|→\s*)\(\s*$")
_FIGURE_AFTER = re.compile(r"\s*\d[\d,]+\s*(?:[\])|]|$)")
_COUNT_AFTER = re.compile(
    r"\s*\d[\d.,]*\s?(?:건|명|대|회|곳|개소)\s*(?:\([^()]*\)\s*)?(?:$|→|,|\n|※)"
)
_BUILT_AFTER = re.compile(r"\s?(준공|신축|건립|건축|증축|설립)\s*(?:[),]|\s[가-힣])")
_IN_BRACKET_BEFORE = re.compile(r"\([^()]*$")
_EXTREME_BEFORE = re.compile(r"(?:최다|최소|최고|최저|최대|평균)\s?:?\s$")
_OFFICE_BEFORE = re.compile(r"^\s*[가-힣·\s]{2,20}(?:부|과|팀|실|국|담당관|기자)\s{1,6}$")


def _is_vague(expression: Expression) -> bool:
    item = expression.items[0] if expression.items else Partial("day")
    return bool(item.named or item.lunar or item.shift or item.days_before)


_NAME_AND_COLON = re.compile(r"^\s(?!중\s)[가-힣][^:,()]{1,24}(?::|[은는])\s*$")
_WHOSE_AFTER = re.compile(r"^\s?[가-힣]{2,5}[자분](?:는|은|만|에|,|\s|$)")
_EMBARGO_LABEL = re.compile(
    r"(?:(?:보도|배\s?포)\s?(?:일시|시점|시각|일자|일)|엠바고)\s*[:：(\t|]?\s*$|\((?:인터넷|방송|온라인|통신)[·가-힣]{0,10}\s$|^배\s?포$|보도자료\s*$"
)
_SAID_AFTER = re.compile(r"^\s*(?:밝혔다|말했다|전했다|발표했다|알렸다|설명했다)(?![가-힣])")
"""The day on which a press release says something is its own."""
_EMBARGO_AFTER = re.compile(r"^.{0,40}?(?:보도|사용)(?:해|하여)?\s?(?:주시기|가능|바랍니다)")


def is_release(after: str) -> bool:
    """Tell whether the words behind a date say that a press release may be used then."""
    return _EMBARGO_AFTER.match(after) is not None


def _is_embargo(place: Place) -> bool:
    """Tell whether a date says when a press release was sent or may be used."""
    after = place.after
    if _EMBARGO_LABEL.search(place.before) or _SAID_AFTER.match(after) or is_release(after):
        return True
    if place.table is None or place.cell is None:
        return False
    return any(_EMBARGO_LABEL.search(c.text) for c in place.table.row_headings(place.cell))


def _is_dateline(place: Place) -> bool:
    """Tell whether a line holds only an office and a full date: `의정소식지 편집부 2021. 9. 13.`"""
    block, items = place.block, place.expression.items
    if block is None or block.kind == "bullet" or place.table is not None:
        return False
    if place.after.partition("\n")[0].strip():
        return False
    full = place.expression.form == "point" and items[0].year is not None and items[0].day
    line = place.before.rpartition("\n")[2]
    return bool(full and _OFFICE_BEFORE.match(line))


def _names_the_document(place: Place) -> bool:
    """Tell whether a month, quarter or year is part of the title of the document or a section."""
    if place.expression.form not in ("point", "from") or place.expression.items[0].unit not in (
        *COARSE,
        "month",
    ):
        return False
    leads = place.cell is None and not place.before.strip(" [<〈【") and not place.alone
    if leads and ":" not in place.after[:2] and is_generic(cleaned(place.after)):
        return True
    line = f"{place.before}{place.written}{place.after}".strip()
    return bool(place.document) and line == place.document and not place.alone


def _is_told_in_brackets(place: Place) -> bool:
    """Tell whether the bracket right behind names the same month with its year."""
    items = place.expression.items
    if not items or items[0].unit != "month" or items[0].year is not None:
        return False
    if place.index + 1 >= len(place.siblings):
        return False
    following = place.siblings[place.index + 1]
    between = place.after[: following.start - place.expression.end]
    month = following.items[0].month if following.items else None
    return between.strip() == "(" and month == items[0].month


def _follows_a_rule(place: Place) -> bool:
    """Tell whether 익월 counts from each time of a rule before it: `매분기 … / 보고 익월 10일`."""
    if not place.written.startswith(("익월", "차월")):
        return False
    return any(e.form == "rule" for e in place.siblings[: place.index])


def _is_condition(place: Place) -> bool:
    """Tell whether a date only says who may apply: it stands under 응시자격."""
    above = next((b for b in place.headings() if b.kind == "heading"), None)
    under = above is not None and bool(words.QUALIFICATION.search(above.text))
    return under or bool(words.QUALIFICATION.search(place.before.partition(":")[0][-12:]))


def _names_what_a_date_follows(place: Place) -> bool:
    """Tell whether a month is part of a label whose value is a day: `5월 정례조회 : 5. 2.(화)`."""
    item = place.expression.items[0] if place.expression.items else None
    if item is None or item.unit != "month" or place.expression.form != "point":
        return False
    before = place.before.rstrip()
    if place.index + 1 >= len(place.siblings) or not (before == "" or before.endswith(",")):
        return False
    following = place.siblings[place.index + 1]
    between = place.after[: following.start - place.expression.end]
    day = following.items[0] if following.items else None
    same = day is not None and day.day is not None and day.month == item.month
    return same and bool(_NAME_AND_COLON.match(between))


def role_of(place: Place, is_document_date: bool) -> Role:
    """Return the role of an accepted expression."""
    if is_document_date:
        return "document"
    expression, before, after = place.expression, place.before, place.after
    if _is_embargo(place) or _is_dateline(place):
        return "document"
    if _names_the_document(place):
        return "reference"
    if _is_vague(expression) and DATE_IN_BRACKETS.match(after):
        return "reference"  # the day in the brackets is the exact one of the two
    if _is_told_in_brackets(place) or _follows_a_rule(place):
        return "reference"
    if _names_what_a_date_follows(place):
        return "reference"
    if expression.asof or words.ASOF_BEFORE.search(before[-40:]):
        return "asof"
    if words.NOT_AN_ENTRY_BEFORE.search(before[-12:]) or words.NOT_AN_ENTRY_AFTER.match(after):
        return "reference"
    if place.table is not None and place.cell is not None:
        headings = place.table.column_headings(place.cell)
        if any(words.NOT_AN_ENTRY_COLUMN.search(heading) for heading in headings):
            return "reference"
    if _is_statistic(place) or _is_condition(place):
        return "reference"
    if _EXTREME_BEFORE.search(before) or _is_count(expression, after) or _is_built(place):
        return "reference"
    bounds_years = expression.items and expression.items[0].unit == "year"
    if expression.form == "until" and bounds_years and "이전" in place.written:
        return "reference"
    if place.written.endswith(("이전", "이후")) and _WHOSE_AFTER.match(after):
        return "reference"  # `2026. 1. 1. 이전 폐업자`
    if _STATUS_BEFORE.search(before):
        return "reference"
    if "→" in before and _COUNT_AFTER.match(after) and expression.items[0].unit != "day":
        return "reference"  # `'20년 61건 → '21년 74건 → '22. 1~4월 19건`
    if (words.COUNTED_BEFORE.search(before[-16:]) and "→" in before + after) or (
        _STEP_BRACKET_BEFORE.search(before) and words.COUNTED_AFTER.match(after)
    ):
        return "reference"
    if is_coarse(expression):
        return "event" if coarse_is_entry(place) else "reference"
    return "event"


def _is_count(expression: Expression, after: str) -> bool:
    """Tell whether a bound is that of a count: `’18년까지 투자 1,977억원`, `8월까지 61건`."""
    if expression.form not in ("until", "from"):
        return False
    if expression.items[0].unit == "year":
        return bool(words.COUNTED_AFTER.match(after) or _FIGURE_AFTER.match(after))
    return bool(_COUNT_AFTER.match(after))


def _is_built(place: Place) -> bool:
    """Tell whether a bracket says when a house was built: `본관(1993년 준공)`."""
    expression = place.expression
    if expression.form != "point" or expression.items[0].unit not in ("year", "month"):
        return False
    built = _BUILT_AFTER.match(place.after)
    old = expression.items[0].unit == "year" or bool(built and built[1] != "준공")
    return bool(built and old and _IN_BRACKET_BEFORE.search(place.before))


def _is_statistic(place: Place) -> bool:
    """Tell whether a date heads a column or row of figures."""
    table, cell = place.table, place.cell
    if table is None or cell is None or not place.alone:
        return bool(table and cell and place.in_header)
    if place.in_header:
        return True
    if place.expression.form not in ("point", "several"):
        return False
    if _is_timetable_month(place, table, cell):
        return True
    others = [c.text for c in table.near(cell) if c is not cell and c.text]
    if place.expression.items[0].unit in ("year", "month", "day") and cell.column == 0:
        figures = [text for text in others if _is_figure(text)]
        return len(figures) >= 2 and len(figures) > len(others) / 2
    return len(others) >= 2 and is_row_of_days(table, cell)


_DAY_IN_BRACKETS = re.compile(r"\(\d{1,2}(?:\s?[~∼-]\s?\d{1,2})?일\)")
_DAY_ONLY = re.compile(
    r"^(?:3[01]|[12]\d|0?[1-9])\.?일?\s?(?:\([월화수목금토일]\))?(?:\s?[~-]|,(?!\d{3})|$)"
)


def _is_timetable_month(place: Place, table: Table, cell: Cell) -> bool:
    """Tell whether a month cell only says the month of the day cells beside it."""
    if place.expression.items[0].unit != "month" or not place.written.endswith("월"):
        return False
    beside = [c.text for c in table.near(cell) if c.column > cell.column]
    return any(_DAY_ONLY.match(text) or _DAY_IN_BRACKETS.search(text) for text in beside)


def _is_figure(text: str) -> bool:
    digits = sum(c.isdigit() for c in text)
    return digits > 0 and digits >= sum("가" <= c <= "힣" for c in text)
