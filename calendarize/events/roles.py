"""Roles: whether a time expression is an entry, a reference, or the day of a count."""

from __future__ import annotations

import re
from collections.abc import Callable

from calendarize.events import words
from calendarize.events.clauses import cleaned, closed, is_generic, is_time_label, last_clause
from calendarize.events.mention import Role
from calendarize.events.place import Place
from calendarize.report.model import Cell, Table
from calendarize.timex.partial import Expression, Form, Partial

_ENDS_CLAUSE = re.compile(r"^\s*(?:$|[,)\n/※<(·;]|및|또는|이상|\s실시|\s*개최|\s*수행)")
_LABEL_BEFORE = re.compile(r"[:：]\s*$")
_BRACKET_BEFORE = re.compile(r"[(,]\s*$")
_BRACKET_AFTER = re.compile(r"^\s*[\d~–회]{0,5}\s*\)")
_IF_NEEDED = re.compile(r"필요시?\s*$")
_ACTION_AFTER = re.compile(rf"^\s*(?:{'|'.join(words.ACTION)})(?=\s*(?:$|[,(\n)※]|및))")
_LONE_ACTION = re.compile(r"^\s*(?:지원|운영|접수|모집|개최|실시|추진|시행)\s*$")
_ADJECTIVES = ("연간", "연 간")
_NOUN_AFTER = re.compile(r"^\s[가-힣]")
_DATE_IN_BRACKETS = re.compile(r"^\s*\(\s*\d")
_TELLS_WHAT = re.compile(r"^\s*중?\s*[:：]\s*[가-힣「『]")
_NOUN_BEHIND_LABEL = re.compile(r":\s*[가-힣 ]{1,12}$")
_WORD_BEHIND_LABEL = re.compile(r":\s*[가-힣]{1,6}\s?$|[:,/]\s(?:[가-힣]{1,8}\s){1,3}$")
_OVER = re.compile(r"\s*(?:$|\n|\))")
_TARGET_HEADING = re.compile(r"목표|횟수|실적|건수|수량")
_STATUS_BEFORE = re.compile(r"현황\s*\(\s*$")
_STEP_BRACKET_BEFORE = re.compile(r"(?:^|→\s*)\(\s*$")
_BOUND_AFTER = re.compile(r"\s*(?:이전|이후|에\s(?!따|대|관|의))")
_ENDS_PHRASE = re.compile(r"\s*(?:중|내)?\s*(?:$|[)\n,※/])")
_SIGN_BEFORE = re.compile(r"[(/,]\s*$")
_PLAN_SIGN_BEFORE = re.compile(r"[(/,…]\s*$")
_BRACKET_ENDS = re.compile(r"\s*(?:중|내)?\s*\)")
_NAME_BEFORE_BRACKET = re.compile(r"[가-힣\s]\(\s*$")
_PLANNED = re.compile(r"[^,.]{0,12}예정")
_NAMES = re.compile(r"\s(?!대비|동기|보다|말)[가-힣]")
"""What makes 차년도 part of a name: `차년도 계획`."""
_BEFORE_OR_AFTER = re.compile(r"\s?(?:전|후|이전|이후|전후|前|後)(?![가-힣])")
_DUE_BEFORE = re.compile(r"(?:기한|마감|일시|일자|예정일)\s?:?\s?$")
_CEREMONY_AFTER = re.compile(r"\s[가-힣]{1,10}(?:식|총회|회의|행사)(?![가-힣])")
_FIGURE_AFTER = re.compile(r"\s*\d[\d,]+\s*(?:[\])|]|$)")
_COUNT_AFTER = re.compile(
    r"\s*\d[\d.,]*\s?(?:건|명|대|회|곳|개소)\s*(?:\([^()]*\)\s*)?(?:$|→|,|\n|※)"
)
_BUILT_AFTER = re.compile(r"\s?(준공|신축|건립|건축|증축|설립)\s*(?:[),]|\s[가-힣])")
_IN_BRACKET_BEFORE = re.compile(r"\([^()]*$")
_STEP_BEFORE = re.compile(
    rf"(?:{words.MILESTONE.pattern}|보고회|설명회|설계|공사|모집|공모|선정)\s$"
)
_ENDS_STEP = re.compile(r"\s*(?:중|내)?\s*(?:→|⇒|,|$|\n)")
_EXTREME_BEFORE = re.compile(r"(?:최다|최소|최고|최저|최대|평균)\s?:?\s$")
_DAY_AFTER = ("익일",)
_DIGITS = re.compile(r"\d\s?[.일]")
_STEP_NOUN_BEFORE = re.compile(
    rf"(?:^|\s)\S*(?:{words.MILESTONE.pattern}|공청회|보고|심의|의결|제출|협의|선출|접수|신청|개최|회의)\s$"
)
_ARROW_AFTER = re.compile(r"\s?[→⇒]")
_OFFICE_BEFORE = re.compile(r"^\s*[가-힣·\s]{2,20}(?:부|과|팀|실|국|담당관|기자)\s{1,6}$")
_COPULA = re.compile(r"\s?(?:이며|이다|이고|임(?![가-힣])|\s적용(?![가-힣]))")
_TOPIC_BEFORE = re.compile(r"[은는]\s$")
_STEP_AFTER = re.compile(
    rf"\s(?:중\s)?(?:{words.MILESTONE.pattern}|채용|선정|시행|추진|개최|도입|수립)"
)
_COARSE = ("year", "half", "quarter")


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
    if _LABEL_BEFORE.search(before):
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
    if expression.form == "rule" and _DATE_IN_BRACKETS.match(place.after):
        return "BY" in (expression.rrule or "") or not place.written.rstrip().endswith("회")
    if place.written.startswith(_DAY_AFTER) and not _DIGITS.search(place.before):
        return False  # the day after what?
    if not expression.items or expression.form in ("undated", "ongoing"):
        return bool(expression.hours) or is_schedule(place)
    if expression.items[0].named and not _DATE_IN_BRACKETS.match(place.after):
        if _BEFORE_OR_AFTER.match(place.after):
            return False  # `추석 전`: how long before, nobody says
        if place.cell is not None:
            return place.alone and _in_schedule_column(place)
        return place.alone or bool(_LABEL_BEFORE.search(place.before)) or expression.form != "point"
    if expression.weak:
        return _weak_is_date(place)
    return True


def is_adverb(place: Place) -> bool:
    """Tell whether 올해 or 전년도 is no more than an adverb, neither a budget's year nor a time."""
    expression = place.expression
    item = expression.items[0] if expression.items else Partial("day")
    if expression.form != "point" or item.unit != "year" or item.shift is None:
        return False
    told = place.alone or _LABEL_BEFORE.search(place.before) or place.written.endswith(("내", "중"))
    names = place.written.endswith("도") and _NAMES.match(place.after)
    return not (told or names or words.FISCAL_AFTER.match(place.after))


def _is_vague(expression: Expression) -> bool:
    item = expression.items[0] if expression.items else Partial("day")
    return bool(item.named or item.lunar or item.shift or item.days_before)


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
    return _is_row_of_days(table, cell) or _is_column_of_days(table, cell)


_WORD_AFTER = re.compile(r"^\s+['‘“「(]?[가-힣]")
_DAY_CELL = re.compile(r"^(\d{1,2})[./](\d{1,2})\.?$")


def _is_row_of_days(table: Table, cell: Cell) -> bool:
    row = [m for c in table.near(cell) if (m := _DAY_CELL.match(c.text))]
    days = [(int(m[1]), int(m[2])) for m in row]
    return len(days) >= 3 and days == sorted(set(days)) and all(m <= 12 for m, _ in days)


_MONTH_CELL = re.compile(r"^(?:'?\d{2,4}[.년]\s?)?(?:1[0-2]|[1-9])월$")


def _has_month_before(table: Table, cell: Cell) -> bool:
    """Tell whether the row begins with a month: `3월 | 임시회 폐회(22일), 위원회(28일)`."""
    return any(_MONTH_CELL.match(c.text) for c in table.near(cell) if c.column < cell.column)


_DAYS_CELL = re.compile(r"^(\d{1,2})/(\d{1,2})(?:\s?[~-]\s?(?:\d{1,2}/)?\d{1,2})?$")
_LAST_QUARTER = 4


def _is_column_of_days(table: Table, cell: Cell) -> bool:
    """Tell whether all the cells of a column are days (`3/15`, `4/12~13`), and no fractions."""
    body = (c for row in table.rows[table.header_rows :] for c in row)
    texts = [c.text for c in body if c.column == cell.column and c.text]
    days = [m for text in texts if (m := _DAYS_CELL.match(text))]
    dated = all(int(m[1]) <= 12 and 0 < int(m[2]) <= 31 for m in days)
    return 1 < len(days) == len(texts) and dated and any(int(m[2]) > _LAST_QUARTER for m in days)


_AIM_AFTER = re.compile(r"^\s[가-힣]{2,8}[을를]\s목표로")
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
        *_COARSE,
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
    if _is_vague(expression) and _DATE_IN_BRACKETS.match(after):
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
    if _is_coarse(expression):
        return "event" if _coarse_is_entry(place) else "reference"
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


def _is_coarse(expression: Expression) -> bool:
    """Tell whether it is a year, half or quarter, or a range of years (`2024~2028 계획`)."""
    if expression.form == "range":
        return all(item.unit == "year" for item in expression.items)
    return expression.form == "point" and expression.items[0].unit in _COARSE


def _coarse_is_entry(place: Place) -> bool:
    """Tell whether a year or half is when something happens rather than part of a name."""
    expression, before, after = place.expression, place.before, place.after
    if _STEP_BEFORE.search(before) and _ENDS_STEP.match(after):
        return True
    if _is_value_of_time_label(before) or (expression.form == "range" and _COPULA.match(after)):
        return True
    if expression.items[0].unit != "year" and re.search(r"→\s$", before):
        return True
    takes_step = expression.items[0].unit != "year" and _STEP_AFTER.match(after)
    if takes_step and (_LABEL_BEFORE.search(before) or _TOPIC_BEFORE.search(before)):
        return True
    if _BOUND_AFTER.match(after):
        return expression.items[0].unit != "year"
    if not before.strip() and place.cell is None and _TELLS_WHAT.match(after):
        return True
    if place.in_header or words.FISCAL_AFTER.match(after):
        return False
    if words.COUNTED_BEFORE.search(before[-16:]):
        return False
    if place.cell is None and expression.items[0].unit != "year" and place.written.endswith("중"):
        return True
    if place.cell is not None:
        if place.alone or _lists_only_times(place):
            return _in_schedule_column(place)
        if after.strip() and not before.strip():
            return False
        if expression.items[0].unit != "year" and not after.strip(" )."):
            return True
    ends = _ENDS_PHRASE.match(after)
    if _LABEL_BEFORE.search(before) and ends:
        return True
    if _SIGN_BEFORE.search(before) and _BRACKET_ENDS.match(after):
        return expression.items[0].unit != "year" or bool(_NAME_BEFORE_BRACKET.search(before))
    is_dated = place.listed and expression.items[0].year is not None
    if _AIM_AFTER.match(after) or (is_dated and expression.items[0].unit != "year"):
        return True
    if words.PLANNED_AFTER.match(after):
        return bool(_PLAN_SIGN_BEFORE.search(before) or _PLANNED.match(after))
    return expression.items[0].unit != "year" and place.written.endswith("중")


def _lists_only_times(place: Place) -> bool:
    """Tell whether a cell holds nothing but several times: `2/4분기, 4/4분기`."""
    others = [e for e in place.siblings if e is not place.expression]
    text = place.before + place.after
    rest = len(re.sub(r"[\s,·/]", "", text)) - sum(e.end - e.start for e in others)
    return bool(others) and rest <= 0


def _is_value_of_time_label(before: str) -> bool:
    """Tell whether what follows is the value of `계획기간 :`."""
    if not _LABEL_BEFORE.search(before):
        return False
    label = closed(last_clause(before.rstrip(" :：")))
    return is_time_label(label) and label.endswith("기간")


def _in_schedule_column(place: Place) -> bool:
    if place.table is None or place.cell is None:
        return False
    headings = place.table.column_headings(place.cell)
    if not headings:
        return place.cell.column > 0
    return any(words.SCHEDULE_HEADING.search(h) for h in headings)


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
    return len(others) >= 2 and _is_row_of_days(table, cell)


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
