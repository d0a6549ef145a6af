"""Years, halves and quarters: when something happens, or part of a name or a count."""

from __future__ import annotations

import re

from calendarize.mentions import words
from calendarize.mentions.acceptance import LABEL_BEFORE, in_schedule_column
from calendarize.mentions.clauses import closed, is_time_label, last_clause
from calendarize.mentions.place import Place
from calendarize.timex.partial import Expression

_TELLS_WHAT = re.compile(r"^\s*중?\s*[:：]\s*[가-힣「『]")
_BOUND_AFTER = re.compile(r"\s*(?:이전|이후|에\s(?!따|대|관|의))")
_ENDS_PHRASE = re.compile(r"\s*(?:중|내)?\s*(?:$|[)\n,※/])")
_SIGN_BEFORE = re.compile(r"[(/,]\s*$")
_PLAN_SIGN_BEFORE = re.compile(r"[(/,…]\s*$")
_BRACKET_ENDS = re.compile(r"\s*(?:중|내)?\s*\)")
_NAME_BEFORE_BRACKET = re.compile(r"[가-힣\s]\(\s*$")
_PLANNED = re.compile(r"[^,.]{0,12}예정")
_STEP_BEFORE = re.compile(
    rf"(?:{words.MILESTONE.pattern}|보고회|설명회|설계|공사|모집|공모|선정)\s$"
)
_ENDS_STEP = re.compile(r"\s*(?:중|내)?\s*(?:→|⇒|,|$|\n)")
_ARROW_BEFORE = re.compile(r"→\s$")
_COPULA = re.compile(r"\s?(?:이며|이다|이고|임(?![가-힣])|\s적용(?![가-힣]))")
_TOPIC_BEFORE = re.compile(r"[은는]\s$")
_STEP_AFTER = re.compile(
    rf"\s(?:중\s)?(?:{words.MILESTONE.pattern}|채용|선정|시행|추진|개최|도입|수립)"
)
COARSE = ("year", "half", "quarter")
_AIM_AFTER = re.compile(r"^\s[가-힣]{2,8}[을를]\s목표로")


def is_coarse(expression: Expression) -> bool:
    """Tell whether it is a year, half or quarter, or a range of years (`2024~2028 계획`)."""
    if expression.form == "range":
        return all(item.unit == "year" for item in expression.items)
    return expression.form == "point" and expression.items[0].unit in COARSE


def coarse_is_entry(place: Place) -> bool:
    """Tell whether a year or half is when something happens rather than part of a name."""
    expression, before, after = place.expression, place.before, place.after
    if _STEP_BEFORE.search(before) and _ENDS_STEP.match(after):
        return True
    if _is_value_of_time_label(before) or (expression.form == "range" and _COPULA.match(after)):
        return True
    if expression.items[0].unit != "year" and _ARROW_BEFORE.search(before):
        return True
    takes_step = expression.items[0].unit != "year" and _STEP_AFTER.match(after)
    if takes_step and (LABEL_BEFORE.search(before) or _TOPIC_BEFORE.search(before)):
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
            return in_schedule_column(place)
        if after.strip() and not before.strip():
            return False
        if expression.items[0].unit != "year" and not after.strip(" )."):
            return True
    ends = _ENDS_PHRASE.match(after)
    if LABEL_BEFORE.search(before) and ends:
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
    if not LABEL_BEFORE.search(before):
        return False
    label = closed(last_clause(before.rstrip(" :：")))
    return is_time_label(label) and label.endswith("기간")
