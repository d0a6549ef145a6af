"""What only looks like a date, told by the characters around it.

Shapes that are always something else are consumed as `patterns.NOISE`; here stand those that
are a date in one place and a number in another: `4.6`, `3/4`, `2021`, `24일`.
"""

from __future__ import annotations

import re

from calendarize.timex import patterns as p
from calendarize.timex.lexicon import QUANTITIES
from calendarize.timex.partial import Partial

_BEFORE_BARE_YEAR = re.compile(
    r"(?:^|[:\n\t|(\[<#「『《〈'\"~∙·※○□◦●■▶*\]-]|(?:^|[\n\t|])\d{1,2}\.?)[ ]{0,6}$"
)
_YEAR_RANGE = re.compile(
    rf"{p.W}~{p.W}(?:'|\d\d{p.W}년(?!간)|(?:19|20)\d\d(?!\d|{p.W}(?:번|호|원|명|건)))"
)
_AFTER_BARE_YEAR = re.compile(
    r"[ ]{0,8}(?:[\t\n|]|$)|[ ]{3,8}[\d(]"
    r"|[ ]{0,2}(?:~|\)|(?!(?:명|건|개|회|원|년)(?![가-힣])|[백천만억])[가-힣「『A-Z])"
)
_BEFORE_DAY = re.compile(r"(?:오는|지난|이달|같은 달|당일)[ ]{0,2}$")
_DAY_IN_PROSE = re.compile(
    r"(?:\(|부터|까지|이다|이며|이고|입니다|[과와][ ]\d{1,2}일|[ ]?~|"
    r"[ ](?:오전|오후|밝|개최|열|실시|시작|발표|"
    r"(?:[가-힣]{2,12}[ ]){0,2}[가-힣]{2,12}에서))"
)
_DAY_AND_DAY = re.compile(r"[과와][ ]\d{1,2}일(?:에|까지|부터)")
_LINE_BEFORE = re.compile(r"(?:^|\n)[ ]{0,4}[-–∙·○]?[ ]{0,3}$")
_EVENT_BEHIND = re.compile(
    r"[ ](?:['\"‘’“”가-힣\d·]{1,14}[ ]){0,3}['\"‘’“”가-힣\d·]{0,14}"
    r"(?:식|[가-힣]회|회의|대회|축제|행사|개막|개최|개관|개장|개통|개소|착공|준공|시작|출범|선포|접수|공연|전시|박람회|열려|진행|운영|모집)['\"’”]?(?:[을를이가은는에의]|에서[는도]?)?(?![가-힣])"
)
_MONTH_BEFORE_BRACKET = re.compile(r"월[ ]{0,6}\([ ]{0,4}(?:\d{1,2}일,[ ]{0,2}){0,6}$")
_WEEKDAY_BEFORE = re.compile(r"요일(?:\(|인[ ])$")
_TOPIC_BEFORE = re.compile(r"(?:[은는이가,]|에서|앞두고|맞아|위해)[ ]$")
_WORD_AND_BRACKET = re.compile(r"[가-힣]\($")
_HEADING_NUMBERS = re.compile(r"(?:^|\n)[ ]{0,6}\d{1,2}\.[ ]\d{1,2}\.$")
_GAP_IN_DAY = re.compile(r"\d{1,2}\.[ ]{1,2}\d{1,2}(?![\d.가-힣A-Za-z])")
"""No decimal has a gap behind its dot, but a numbered heading has: `7. 1`, at a line's start."""
_LINE_OPENS = re.compile(r"(?:^|\n)[ ]{0,7}$")
_QUANTITY_BEFORE = re.compile(rf"(?:{'|'.join(QUANTITIES)})[은는이가]?[ ]?[(:]?[ ]{{0,2}}$")
_RATIO_BEFORE = re.compile(r"\d\s?:\s{0,2}$")
_TELLING_BEFORE = re.compile(r"[(:/~>][ ]{0,6}$")


def exists(partial: Partial) -> bool:
    """Tell whether a point can exist: no 31 April, no 24:30."""
    days = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    if partial.month and partial.day and partial.day > days[partial.month - 1]:
        return False
    return partial.hour != 24 or partial.minute == 0


def is_weak(text: str, start: int, end: int, shape: str, partial: Partial) -> bool:
    """Tell whether only its place in a table can prove `4.6` or `3/4` to be a day."""
    if shape == "yshort":
        return True
    if shape not in ("mdot", "mslash") or partial.weekday is not None or partial.unit == "minute":
        return False
    before, written = text[max(0, start - 8) : start], text[start:end]
    if shape == "mdot" and written.endswith("."):
        return bool(_HEADING_NUMBERS.search(before + written)) and " " in written
    if _RATIO_BEFORE.search(before):
        return True
    if shape == "mdot" and _GAP_IN_DAY.match(text, start) and not _LINE_OPENS.search(before):
        return _QUANTITY_BEFORE.search(before) is not None
    if shape == "mslash" or _QUANTITY_BEFORE.search(before):
        return True
    return not _TELLING_BEFORE.search(before)


def is_bare_year(text: str, start: int, end: int) -> bool:
    """Tell whether four digits are a year: they lead a name, stand alone, or open a range."""
    if _YEAR_RANGE.match(text, end):
        return True
    before = _BEFORE_BARE_YEAR.search(text, max(0, start - 8), start)
    return bool(before and _AFTER_BARE_YEAR.match(text, end))


_AMBIGUOUS_WEEKS = re.compile(r"금주|전주|차주|내주|주초")
"""금주 is also abstinence, 전주 a city, 내주 a form of 내주다."""
_ENDS_THERE = re.compile(
    r"(?:[ ]?(?:중|내|안)|까지|부터|에)(?![가-힣])|[ ]{0,2}(?:[)\],.~/|\t\n]|$)"
)
_STANDS_ALONE = re.compile(r"(?:^|[:(|\t\n,])[ ]{0,4}$")


def is_lone_week(text: str, start: int, end: int, partial: Partial) -> bool:
    """Tell whether 다음 주 or 이번 분기 is a time, no attribute of a noun (`이번 주 실적`).

    Other points, and weeks whose day or number in the month is told, always are one.
    """
    if partial.shift is None or partial.unit != partial.shift[0] or partial.unit not in _PERIODS:
        return True
    if _AMBIGUOUS_WEEKS.match(text, start) and not _STANDS_ALONE.search(
        text, max(0, start - 8), start
    ):
        return False
    return partial.part == _WEEKEND or _ENDS_THERE.match(text, end) is not None


_WEEKEND = 2
_PERIODS = ("week", "quarter", "half")


_LENGTH_BEFORE = re.compile(r"(?:기간|임대|수명|한도|주기|만|총|약|최[대장소])[ ]?:?[ ]?$")
_BARE_TWO_DIGITS = re.compile(r"\d\d년")


def is_length(text: str, start: int) -> bool:
    """Tell whether `99년` is how long something lasts, by the label before it."""
    before = _LENGTH_BEFORE.search(text, max(0, start - 8), start)
    return before is not None and _BARE_TWO_DIGITS.match(text, start) is not None


def is_in_brackets(text: str, start: int, end: int) -> bool:
    """Tell whether nothing but a point stands in a pair of brackets behind a word: `폐회(22일)`."""
    return _WORD_AND_BRACKET.search(text, max(0, start - 2), start) is not None and (
        text[end : end + 1] == ")"
    )


def is_lone_day(text: str, start: int, end: int, partial: Partial) -> bool:
    """Tell whether a lone `24일` is a day and no duration, by what stands around it."""
    if partial.weekday is not None or partial.unit == "minute" or partial.same or partial.shift:
        return True
    before = text[max(0, start - 24) : start]
    if _DAY_AND_DAY.match(text, end):
        return True
    if _BEFORE_DAY.search(before) or text.startswith("에는 ", end):
        return True
    if _LINE_BEFORE.search(before) and _EVENT_BEHIND.match(text, end):
        return True
    if _WEEKDAY_BEFORE.search(before):
        return True  # `다음 주 화요일(23일)`
    if _MONTH_BEFORE_BRACKET.search(before):
        return True
    in_prose = _DAY_IN_PROSE.match(text, end) or _EVENT_BEHIND.match(text, end)
    return bool(_TOPIC_BEFORE.search(before) and in_prose)
