"""The shapes of time expressions as regular expressions, and the words as one trie.

All quantifiers are bounded and every shape starts with a character that it consumes, so one
scan over the text costs in proportion to its length whatever the text is. The text is expected
in canonical characters (`Report.view`): ASCII digits, `'` for every apostrophe, `~` for every
tilde, `·` for every middle dot, no tags.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from calendarize.timex.lexicon import (
    COMMEMORATED,
    FREQUENCY_WORDS,
    HOLIDAYS,
    ONGOING,
    RELATIVE_DAYS,
    RELATIVE_MONTHS,
    RELATIVE_TURNS,
    RELATIVE_WEEKS,
    RELATIVE_YEARS,
    SAME,
    SINO_MONTHS,
    SINO_MONTHS_ALONE,
    UNDATED,
    UNITS_APART,
    UNITS_JOINED,
)


def trie(words: Iterable[str]) -> str:
    """Return a pattern that matches the longest of some words, one branch per character."""
    root: dict[str, dict] = {}  # type: ignore[type-arg]
    for word in words:
        node = root
        for char in word:
            node = node.setdefault(char, {})
        node[""] = {}

    def pattern(node: dict[str, dict]) -> str:  # type: ignore[type-arg]
        branches = [re.escape(char) + pattern(child) for char, child in node.items() if char]
        if not branches:
            return ""
        joined = branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
        if "" not in node:
            return joined
        return f"(?:{joined}|)"  # an empty branch costs less than `?`

    return pattern(root)


W = r"[ ]{0,6}"
"""A gap inside a date: spaces, among them blanked bold marks and line-break tags."""
GAP = r"[ ]{0,8}(?:[ |]{0,3}\n[ \t|]{0,40})?"
"""A gap beside a range sign: it may hold one line break, and the empty cells of the next line."""
YEAR = r"((?:19|20)\d\d|'[ ]?\d\d)(?!\d)"
MONTH = r"(1[0-2]|0?[1-9])(?!\d)"
DAY = r"(3[01]|[12]\d|0?[1-9])(?!\d)"
_MONTHS_FOLLOW = rf"(?={W}[~–-]{W}\d{{1,2}}{W}월(?!요)|(?:{W}[,·/]{W}\d{{1,2}}){{1,11}}{W}월(?!요))"
_DAY_SIGN = rf"(?:{W}일(?!간)|{W}\.(?!\d))?"
_WON = r"월(?!요일|드컵|급|세|례|평균|남|곡|별로|유신|혁명|항쟁|왕정)"
_IL = (
    r"일(?!간|차|째|[ ]?이내|[ ]?이상|[ ]?이하|[ ]?동안|전|[ ]?[전후뒤](?![가-힣])"
    r"|씩|당|시|대|반|정|수|로부터 \d)"
)
_NO_CLOCK = rf"(?!:\d|{W}시(?!작|행|민|장|청|의|정)|{W}분기|{W}주(?:차|(?![가-힣])))"
_NO_DAY = rf"(?!%|:\d|{W}월|{W}[~,]{W}\d{{1,2}}{W}월|일(?!자)|{W}(?:분기|반기|차))"
_MORE_DAYS = rf"(?:{W}[·,]{W}\d{{1,2}}){{1,10}}{W}"
_NO_QUARTER = (
    rf"(?={W}(?:\([월화수목금토일]\)|\d{{1,2}}:\d\d|오[전후]|[~–]{W}\d{{1,2}}/(?:[5-9]|[1-3]\d)))"
)
"""What shows that `3/4` is a day: its weekday, its hour, a day behind a range sign."""
_WEEKDAY_AHEAD = rf"(?={W}\([월화수목금토일]\))"
_DAYS_END = (
    rf"(?:에|까지|부터|{W}[(),|\t\n]|{W}$|[ ](?:개최|열|실시|진행)"
    r"|[ ]?(?:이틀|사흘|나흘|닷새|양일))"
)
_ORDINAL = rf"{W}(?:차(?![가-힣])|구간|공구|호선|학기|학년)"
"""What makes a number one of several things of a month: `'22. 11월 1차 회의`."""
_SLIP = rf"(?:\.{W}|[ ,][ ]?)"
"""What parts the numbers of a day where a dot may be lost: `2012. 12 14.`, `2012, 12. 14.`."""
_SHORT_YEAR_DAY = r"([0-4]\d)[-/](0[1-9]|1[0-2])[-/](0[1-9]|[12]\d|3[01])(?![\d/-])"
"""A day whose year has two digits and no apostrophe; what stands around it tells that it is one."""
_QUARTER = rf"(?:제{W})?([1-4ⅠⅡⅢⅣ]){W}(?:[/·]{W}4{W})?(?:사{W})?분기(?!별)"
_UNIT = rf"(?:{W}(?:{'|'.join(UNITS_APART)})|(?:{'|'.join(UNITS_JOINED)}))"
_SINO = "[영일이삼사오육칠팔구십백천]"

COMPACT = (
    r"((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])"
    r"(?=[ ]?(?:이후|부터|까지|현재|기준|~))"
)
"""A day without signs, where what follows shows that it is one: `20220901 이후`."""
NOISE = "|".join(
    (
        rf"(?!{COMPACT})\d{{5,}}(?:[.,\-]\d+){{0,8}}",
        r"\d{1,3}(?:,\d{3}){1,6}(?!\d)(?:\.\d+)?",
        r"0\d{1,2}[-)][ ]?\d{3,4}-\d{4}",
        r"\d{3,6}-\d{2,6}-\d{3,8}(?!\d)",
        r"\d{3}-\d{2}-\d{5}",
        r"\d{1,3}(?:\.\d{1,3}){3,12}",
        rf"\d{{1,5}}\.\d{{1,5}}(?:{W}~{W}\d{{1,5}}(?:\.\d{{1,5}})?)?{_UNIT}",
        r"\d{1,5}\.\d{3,9}",
        rf"\d{{1,3}}\.\d{{1,2}}{W}/{W}\d{{1,3}}(?:\.\d{{1,2}})?{W}점",
        rf"\d{{1,2}}[.·]\d{{1,2}}{W}(?:{'|'.join(COMMEMORATED)})",
        r"\d{1,2}:\d{2}(?::\d{2})?",
    )
)
"""What begins like a date and is none: amounts, telephone and account numbers, versions,
decimals with a unit, days that have become names, clock times without a day."""

NOISE_HERE = re.compile(NOISE)

SHAPES: tuple[tuple[str, str], ...] = (
    ("ymd", rf"{YEAR}\.{W}{MONTH}\.{W}([123] \d)\.{_WEEKDAY_AHEAD}"),
    ("ymd", rf"(){MONTH}\.{W}([123] \d)\.{_WEEKDAY_AHEAD}"),
    (
        "yquarter",
        rf"{YEAR}{W}(?:년도?|\.)?{W}([1-4])/4(?![/\d]|{W}(?:(?:사{W})?분기|이상|이하|미만)|{W}\([월화수목금토일]\))",
    ),
    ("ymd", rf"{YEAR}{_SLIP}{MONTH}{_SLIP}{DAY}(?:\.(?!\d)|{_WEEKDAY_AHEAD})"),
    ("ymd", rf"{YEAR}\.{W}{MONTH}[ ]{DAY}(?=[,)])"),
    (
        "ymd",
        rf"{YEAR}{W}(?:년|[./-]){W}{MONTH}{W}(?:월|[./-]){W}{DAY}{_NO_CLOCK}(?:(?=T\d\d:\d\d)|(?!{_UNIT}|{_ORDINAL})){_DAY_SIGN}",
    ),
    ("ymd", rf"([0-46-9]\d)년{W}{MONTH}{W}월{W}{DAY}{W}일(?!간)"),
    (
        "spaced",
        rf"([12][ ]\d[ ]\d[ ]\d){W}[.년]{W}(\d(?:[ ]?\d)?){W}[.월](?:{W}(\d(?:[ ]?\d)?){W}[.일])?",
    ),
    (
        "ymd",
        rf"(\d\d)\.{W}{MONTH}\.{W}{DAY}{_NO_CLOCK}(?!\.\d|%)(?:{W}\.(?!\d))?(?!{_UNIT})",
    ),
    ("ymd", rf"(?:(?<=[일자시:][ \t])|(?<=:)){_SHORT_YEAR_DAY}"),
    ("ymd", rf"{_SHORT_YEAR_DAY}(?=[ ](?:[01]?\d|2[0-4]):\d\d|{W}\([월화수목금토일]\))"),
    ("ym", rf"{YEAR}{W}(?:년|[.,/-]|){W}{MONTH}{W}{_WON}"),
    ("ym", rf"{YEAR}{W}(?:년|[.,/]|){W}{MONTH}{_MONTHS_FOLLOW}"),
    ("ym", rf"(\d\d)\.{W}{MONTH}(?:{_MONTHS_FOLLOW}|{W}{_WON}(?={W}[~–-]))"),
    ("ym", rf"(0[5-9]|1\d|2\d)\.{MONTH}{_WON}"),
    ("ym", rf"([0-46-9]\d)년{W}{MONTH}{W}{_WON}"),
    ("ym", r"((?:19|20)\d\d)-(0[1-9]|1[0-2])(?![\d-])"),
    ("ymd", COMPACT),
    ("yshort", rf"(1[3-9]|2\d)\.(?:[ ]{MONTH}\.?|{MONTH}\.)(?![ ]?\d)"),
    ("yhalf", rf"{YEAR}{W}(?:년도?|\.)?{W}(상{W}[·/,]?{W}하|[상하上下]){W}반기(?!별)"),
    ("yhalf", rf"{YEAR}{W}(?:년|\.)?{W}([상하上下])(?![가-힣一-龥])"),
    ("yquarter", rf"{YEAR}{W}(?:년도?|\.)?{W}{_QUARTER}"),
    ("ym", rf"{YEAR}{W}\.{W}{MONTH}(?:{W}\.(?!\d)|(?![\d.%,]\d?))(?!{_UNIT}|{W}학기)"),
    (
        "yend",
        rf"{YEAR}{W}(?:년도?)?{W}(?:연{W})?(초|말)(?:(?![가-힣])|(?=까지|부터|에|경|께|쯤|의|이면))",
    ),
    ("y", rf"{YEAR}{W}(?:회계{W}연도|학년도|년도|년(?!대|생|산|식|간|차|월))"),
    ("y", rf"((?:19|20)\d\d)(?=(?:{W}[·,]{W}(?:19|20)\d\d){{1,5}}{W}년(?!대|생|산))"),
    ("y", rf"([0-4]\d)년도?(?={W}(?:[가-힣]{{2,4}}[ ]?예정|[상하]반기|[1-4]/4|[1-4]분기))"),
    ("y", rf"(?<!\()([89]\d)년(?=까지|부터|에[ ]|말|{W}(?:[)~,|\t\n]|$))"),
    ("y", rf"('[ ]?\d\d)(?!\d)(?=\)|,[ ]|\.?{W}[~–]|[ ]|\.[ ][가-힣]|\.?{W}(?:[\t\n|]|$))\.?"),
    ("y", rf"((?:19|20)\d\d)\.(?={W}~{W}(?:(?:19|20)\d\d(?!\d)|현재|[)|\t\n]|$))"),
    ("y", rf"((?:19|20)\d\d)(?:(?<=~\d{{4}})|(?<=~[ ]\d{{4}}))\.(?!{W}\d)"),
    ("y", r"((?:19|20)\d\d)(?=(?:이후|이전)(?![가-힣]))"),
    ("y", r"((?:19|20)\d\d)년(?=(?:생(?![산태활])|[식산](?:\(|(?![가-힣]))))"),
    ("y", r"([12][ ]\d[ ]\d[ ]\d)[ ]{1,3}년(?:[ ]도)?"),
    ("ybare", r"((?:19|20)\d\d)(?![\d.%:가-힣A-Za-z-]|,(?! ))"),
    ("md", rf"{MONTH}{W}월{W}{DAY}{W}일(?!간|째|차)"),
    ("md", rf"{MONTH}{W}월{W}{DAY}(?=(?:{W}[,·]{W}\d{{1,2}}){{1,10}}{W}일(?!간))"),
    ("md", rf"{MONTH}{W}월{W}{DAY}(?={W}[~–-]{W}\d{{1,2}}{W}일(?!간))"),
    (
        "mdot",
        rf"{MONTH}{W}\.{W}{DAY}{_NO_DAY}(?!{_UNIT})(?:{W}\.(?!\d))?(?!\.\d)",
    ),
    ("mdot", rf"(?:(?<=[~:(,][ ])|(?<=[~:(,])){MONTH}[ ]{{1,2}}{DAY}\.?{_WEEKDAY_AHEAD}"),
    ("mdot", rf"{MONTH}\.{W}{DAY}일(?=부터|까지|자로|{W}\([월화수목금토일]\))"),
    ("mdot", rf"{MONTH}\.{DAY}일(?={W}[~–]{W}\d{{1,2}}\.\d{{1,2}}일)"),
    ("mdot", rf"(?:(?<=[~–])|(?<=[~–] )){MONTH}\.{DAY}일(?!간)"),
    ("md", rf"{MONTH}/{DAY}{_NO_QUARTER}"),
    (
        "md",
        rf"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?={W}[~–]{W}(?:0[1-9]|1[0-2])-[0-3]\d(?![\d-]))",
    ),
    ("mslash", rf"{MONTH}/{DAY}(?![/\d])(?!{_UNIT}|{W}분기)"),
    ("m", rf"{MONTH}{W}{_WON}"),
    ("m", rf"{MONTH}{_MONTHS_FOLLOW}"),
    ("m", rf"{MONTH}\.(?=~\d{{1,2}}{W}월)"),
    ("m", rf"(?:(?<=[|\t])|(?<=[|][ ])){MONTH}\.(?={W}~{W}(?:1[0-2]|0?[1-9])\.{W}[|\t])"),
    ("m", rf"(?<=[ ][ ]){MONTH}\.(?={W}~{W}(?:1[0-2]|0?[1-9])\.(?:[ ][ ]|\n|$))"),
    ("d", rf"{DAY}{W}{_IL}"),
    ("d", rf"{DAY}(?={W}[~–-]{W}\d{{1,2}}{W}일(?!간))"),
    (
        "dlist",
        rf"{DAY}(?={_MORE_DAYS}일{_DAYS_END})",
    ),
    ("dloose", rf"{DAY}(?=(?:{W}·{W}\d{{1,2}}){{1,10}}{W}{_IL})"),
    ("dweek", rf"{DAY}\.?(?={W}[(\[][월화수목금토일](?:요일)?[)\]])"),
    ("quarter", _QUARTER),
    ("quarter", rf"([1-4])(?={W}~{W}[1-4]{W}(?:/4)?{W}분기)"),
)
"""Shapes that begin with a digit or an apostrophe, the most telling first: (name, pattern)."""

WORD_KINDS: dict[str, Iterable[str]] = {
    "rule": FREQUENCY_WORDS,
    "ongoing": ONGOING,
    "undated": UNDATED,
    "rel_year": RELATIVE_YEARS,
    "rel_month": RELATIVE_MONTHS,
    "rel_week": RELATIVE_WEEKS,
    "rel_day": RELATIVE_DAYS,
    "same": SAME,
    "named": HOLIDAYS,
    "sino_month": SINO_MONTHS_ALONE,
}
KIND_OF_WORD: dict[str, str] = {word: kind for kind, words in WORD_KINDS.items() for word in words}

_TURN = trie(word for word in RELATIVE_TURNS if len(word) > 1)
WORD_SHAPES: tuple[tuple[str, str], ...] = (
    ("half", rf"(상{W}[·/,]?{W}하|상|하){W}반기(?!별)"),
    ("quarter", rf"(?:제{W})?([1-4ⅠⅡⅢⅣ일이삼사]){W}(?:/{W}4|/{W}사|사)?{W}분기(?!별)"),
    ("lunar", rf"음력?{W}{MONTH}{W}[월.](?:{W}(?:{DAY}{W}[일.]?|(초하루|보름)))?"),
    ("dday", r"(?<![A-Za-z])D[ ]?-[ ]?(\d{1,3})(?!\d)"),
    ("rate", rf"(분기|반기|[월주연년]){W}(\d{{1,2}})(?:{W}[~-]{W}\d{{1,2}})?{W}회"),
    ("turn_weekday", rf"({_TURN}){W}([월화수목금토일])요일"),
    ("turn_part", rf"({_TURN}|[금당차전](?={W}분기)){W}(분기|반기)(?!별|보)"),
    ("week_part", r"주(초)(?![가-힣])"),
    ("yend", rf"()연{W}(말|초)(?!정산|결산)"),
    (
        "sino",
        rf"(이{W}천{_SINO}{{0,5}}|천구백{_SINO}{{0,4}})년(?:{W}({trie(SINO_MONTHS)})(?:{W}({_SINO}{{1,3}})일)?)?",
    ),
    ("word", trie(KIND_OF_WORD)),
)
"""Shapes that begin with a letter."""


def _alternatives(shapes: tuple[tuple[str, str], ...], first: int = 0) -> list[str]:
    return [f"(?P<_{n}>{pattern})" for n, (_, pattern) in enumerate(shapes, first)]


_YEAR_FIRST = re.compile(r"\(\?P<_\d+>\((?:\(\?:19\||')")


def _numeric() -> str:
    """Return the shapes that begin with a number, those with a year apart: none is tried in vain.

    A year is four digits or has an apostrophe, any other number of a shape one or two digits.
    """
    numbered = _alternatives(SHAPES)
    years = "|".join(pattern for pattern in numbered if _YEAR_FIRST.match(pattern))
    others = "|".join(pattern for pattern in numbered if not _YEAR_FIRST.match(pattern))
    return rf"(?=\d{{4}}|')(?:{years})|(?=\d{{1,2}}(?!\d)|[제ⅠⅡⅢⅣ])(?:{others})"


_NUMERIC = _numeric()
_WORDS = "|".join(_alternatives(WORD_SHAPES, len(SHAPES)))
_ALONE = r"(?<!\d)(?:(?=')|(?<!\d[.,:/-]))(?<![A-Za-z제])(?<!\d')"
POINT = re.compile(rf"(?:{_NUMERIC}|{_WORDS})")
"""One point at a place, whatever stands before it."""
SCAN_DIGITS = re.compile(rf"(?=['\d]){_ALONE}(?:(?:{NOISE})|{_NUMERIC})")
"""The next point or noise that begins with a digit or an apostrophe."""
_FIRST_LETTERS = "".join(
    sorted(
        {word[0] for word in KIND_OF_WORD}
        | set("상하제일이삼사음D분반월주연년천ⅠⅡⅢⅣ금당차전")
        | {word[0] for word in RELATIVE_TURNS}
    )
)
SCAN_WORDS = re.compile(rf"(?=[{_FIRST_LETTERS}1-4])(?<![가-힣])(?:{_WORDS})")
"""The next point that begins with a letter. (Two searches cost less than one for either, and
looking at the letter first a third of trying each shape.)"""


def shape_names(pattern: re.Pattern[str]) -> dict[int, str]:
    """Return the shape name of each group that wraps a shape."""
    names = [name for name, _ in (*SHAPES, *WORD_SHAPES)]
    return {group: names[int(key[1:])] for key, group in pattern.groupindex.items()}


_NOT_CLOSED = (
    rf",?{W}(?:(?:오전|오후|아침|저녁|밤|낮){W})?\d{{1,2}}(?::\d\d|{W}시(?!간))|{W}~{W}\d|까지|부터"
)
"""What follows a weekday whose bracket is closed behind the hour, or not at all."""
WEEKDAY = re.compile(
    rf"{W}[(\[]{W}([월화수목금토일月火水木金土日])(?:요일|曜日)?(?:{W}[,·]{W}[가-힣]{{1,8}})?{W}[)\]]\.?"
    rf"|{W}\(([월화수목금토일])(?={_NOT_CLOSED})"
    rf"|{W}([월화수목금토일])요일"
    rf"|[ ]([월화수목금토일])(?=[ ](?:오전|오후|아침|저녁|밤|낮|\d{{1,2}}(?::\d|시)))"
)
PART = re.compile(
    rf"/(?P<letter>[BME])(?![A-Za-z])|{W}(?:(초순|상순|중순|하순)|(초|말)(?:(?:경|쯤|께)(?![가-힣])|(?![가-힣])|(?=부터|까지|[에의을은로엔과와]|이후|이전|중|한달)))"
)
CLOCK = re.compile(
    rf"(?:{W}[,/]?{W})(?:(오전|오후|새벽|아침|저녁|밤|낮){W})?"
    rf"(?:([01]?\d|2[0-4]):([0-5]\d)(?!\d)(?::\d\d)?|([01]?\d|2[0-4]){W}시(?!간|대|장|의|구|군|민|도|·|\d(?!\d?{W}분))"
    rf"(?:{W}([0-5]?\d){W}분|{W}(반)(?:(?![가-힣])|(?=부터|까지|에|쯤|경)))?)"
    rf"|{W}(정오|자정)"
)
CLOCK_BEHIND = re.compile(r"에[ ]|T(?=\d\d:\d\d)")
"""What may part a day from its clock: `5월 3일에 오후 3시`, `2026-10-05T14:00`."""
HOURS = re.compile(
    rf"{W}[,/]?{W}(?:(오전|오후|저녁|밤|낮){W})?(\d{{1,2}}){W}~{W}(?:(오전|오후|저녁|밤|낮){W})?(\d{{1,2}}){W}시(?!간|대|장|의|구|군|민|도|·|\d)"
)
"""Hours of which only the last says so: `14~16시`, `오후 2~4시`."""
RANGE = re.compile(
    rf"(?P<hard>{GAP}(?:(?:로|으로)?[ ]?부터|에서)?{GAP}~{GAP}|{W}–{W})|(?P<hyphen>{W}-{W})"
    rf"|(?P<word>(?:\)?(?:로|으로)?[ ]?부터(?![가-힣])|에서){GAP}(?:오는{W})?)"
)
BARE = re.compile(
    rf"(\d{{1,2}})(?!\.\d|[\d:%]|,\d|{W}일{W}(?:간|동안|이내|이상|이하|전|후)|{W}(?:회|명|건|개|%|억|만|원|층|팀|차|급|세|년|배|시|분|주|m|km|월|조|박))"
    rf"(?:{W}\.(?!\d)|{W}일(?!간))?"
)
NEXT_DAY = re.compile(rf"\(?(?:익일|명일|다음{W}날|이튿날)\)?")
"""Before the clock time at which something ends on the day after: `22:00 ~ 익일 02:00`."""
BRACKETED = re.compile(r"[ ]?\((?=[^()\n]{1,32}\))")
"""What opens a bracket that is closed in the same line."""
MONTH_AND_DAY = re.compile(rf"{MONTH}\.{W}{DAY}(?:\.(?!\d))?")
SHORT_ISO = re.compile(r"(1[0-2]|0?[1-9])-(3[01]|[12]\d|0?[1-9])(?![\d-])")
"""The far end of `2024-10-21 ~ 10-25`, where the near end is written so."""
ISO_BEFORE = re.compile(
    r"(?:\d{4}-\d{1,2}|(?<!\d)\d\d)-\d{1,2}[^~\d]{0,20}(?:\d{1,2}:\d\d[^~\d]{0,8})?~[ \n|]{0,12}$"
)
LONE_WEEKDAY = re.compile(rf"{W}([월화수목금토일])요일")
SHORT_YEAR = re.compile(rf"{W}(\d\d){W}년(?:도)?(?![가-힣])")
"""The far end of `2021~22년`."""
PRESENT = re.compile(rf"(?:현재|지금|오늘){W}(?:까지)?")
_LOT = r"(?:우체국[ ]?|우편[ ]?)?[가-힣]{2,3}분"
"""What counts until a day: `10. 5. 도착분까지`, `우체국 소인분까지`."""
UNTIL = re.compile(rf"{W}(?:{_LOT}{W})?까지")
AFTER = re.compile(
    rf"(?P<until>{UNTIL.pattern}|\)까지|{W}(?:이전|限|한(?![가-힣]|[ ](?:달|해|주|번|차례)))"
    rf"|(?<=[일월년말.)\d]){W}이전)"
    rf"|(?P<since>{W}이후|{W}이래)"
    rf"|(?P<from>분?\)?(?:로|으로)?(?:부터|[ ]부터(?![가-힣]))|{W}(?:첫차|막차|{_LOT})부터)"
)
CHANGED = re.compile(
    rf"\)?{W}(?:까지)?(?:으)?로{W}(?:[가-힣]{{1,8}}[ ]{{1,2}}){{0,2}}"
    r"(?:변경|연기|조정|순연|이동|단축|연장|늦|앞당|당[겨기]|미[루뤄룬뤘]|옮|바[꾸꿔꿨뀌뀐])"
)
"""What follows the second of two days that replaces the first: `5. 16.에서 5. 22.로 변경`."""
DURING = re.compile(
    rf"{W}(?:기간{W})?중(?![가-힣])|경(?![가-힣])|쯤(?![가-힣])|일?자(?:로)?(?![가-힣])|부로(?![가-힣])|字|{W}내(?![가-힣])"
)
ASOF = re.compile(rf"{W}\.?{W}[)]?{W}(?:현재|기준|말{W}현재|말{W}기준)")
COUNT_UNITS: dict[str, Literal["day", "week", "month", "year"]] = {
    "일": "day",
    "주": "week",
    "개월": "month",
    "년": "year",
}
_COUNT = rf"(\d{{1,3}}){W}(일|주|개월|년)"
COUNT = re.compile(
    rf"{W}[<(\[/,]?{W}(?:총{W})?{_COUNT}(?:간)?{W}(?=[>)\],])|{W}(?:총{W})?{_COUNT}간(?![가-힣])"
)
COUNT_AHEAD = re.compile(rf"(?:^|[ ,(<:]){_COUNT}간{W}[(<\[]{W}$")
OPENING_TILDE = re.compile(rf"(?:^|[^~]){GAP}~{W}$")
_NTH = "[첫두세네] ?번째|첫째|둘째|셋째|넷째|다섯째|마지막|첫|제?[1-5]"
NTH = re.compile(_NTH)
NTH_WEEKDAY = re.compile(
    rf"{W}({_NTH})(?:{W}째)?{W}(?:주)?{W}"
    rf"([월화수목금토일])(?:요일|(?=[ ]\d{{1,2}}(?::\d|시)))"
)
WEEK_OF_MONTH = re.compile(
    rf"{W}({_NTH})(?:(?:{W}째)?{W}주(?:차)?(?:(?![가-힣])|(?=에|부터|까지|중))"
    rf"|(?={W}~{W}(?:{_NTH})(?:{W}째)?{W}주))"
)
EDGE_DAY = re.compile(
    rf"{W}(?:(말일|마지막{W}날|그믐날?)|(첫{W}날|첫째{W}날|초하루))(?:(?![가-힣])|(?=까지|부터|에))"
)
"""The last or the first day of a month."""
NTH_WORKDAY = re.compile(rf"{W}({_NTH}){W}(?:영업일|근무일|평일)")
WEEKDAYS = re.compile(
    rf"{W}([월화수목금토일]요일(?:{W}[,·]{W}[월화수목금토일]요일){{1,6}}"
    rf"|[월화수목금토일]요일{W}(?:~|부터){W}[월화수목금토일]요일(?:{W}까지)?"
    rf"|[월화수목금토일](?:{W}[,·]{W}[월화수목금토일]){{1,6}}(?=[ ][가-힣])"
    rf"|[월화수목금토일](?:{W}[,·/~]{W}[월화수목금토일]){{0,6}}"
    rf"(?=요일|{W}(?:[(),/|\t]|\n|$|오전|오후|저녁|밤|아침|\d{{1,2}}(?::\d|시|{W}~))))(?:요일)?"
)
DAY_LIST = re.compile(
    rf"((?:{W}·{W}(?:3[01]|[12]\d|0?[1-9])(?!\d)(?:일(?!간)|\.(?![\d(]))?(?:\([월화수목금토일]\))?){{1,11}})(?!\s?[월/.%\d])"
)
"""The further days of a list in one month: `8/10·11·17·18`, `9. 7.(토)·8(일)`."""
RULE_MONTHDAY = re.compile(rf"{W}(말일|\d{{1,2}}{W}일(?!간))")
MORE_HOURS = re.compile(rf"((?:{W}[,·]{W}(?:[01]?\d|2[0-4]):[0-5]\d(?![\d:])){{1,5}})(?!{W}[~–])")
"""The further hours of one day: `4. 6.(토) 15:00, 19:00`."""
DAYS_OF_ONE_UNIT = re.compile(rf"((?:{W}[,·]{W}\d{{1,2}}){{1,10}}){W}일(?!간)")
"""The further days of `5월 3, 4, 5일`."""
RULE_SEVERAL_DAYS = re.compile(
    rf"{W}(\d{{1,2}}{W}일?(?:{W}[,·]{W}\d{{1,2}}{W}일?){{1,5}})(?<=일)(?!간)"
)
RULE_MONTHDAYS = re.compile(rf"{W}(\d{{1,2}})(?:{W}일)?{W}[~–]{W}(?:(말일)|(\d{{1,2}}){W}일(?!간))")
NEXT_MONTHDAY = re.compile(
    rf"(?!{W}말일{W}(?:마감|접수|신청|제출|정산))(?:{W}말일)?[^.,\n\d]{{0,16}}(?:기준)?\)?{W},?{W}(?:익월|차월|다음{W}달){W}(\d{{1,2}}){W}일(?:까지|{W}이내|한)?"
)
"""What follows 매월 where it is done in the month after: `매월 말일 기준, 익월 5일까지`."""
RULE_NTH = re.compile(
    rf"{W}((?:{_NTH})(?:(?:{W}주)?{W}(?:[,·/와과]|및){W}(?:{_NTH})){{1,3}})"
    rf"(?:{W}주)?{W}([월화수목금토일])요일"
)
RULE_MONTHS = re.compile(
    rf"{W}(\d{{1,2}})(?:(?:{W}월)?{W}([~–,·]){W}(\d{{1,2}})((?:(?:{W}월)?{W}[,·]{W}\d{{1,2}}){{0,10}}))?{W}월(?!요)"
)
RULE_DATE = re.compile(rf"{W}{MONTH}{W}[월.]{W}{DAY}{W}[일.]?")
RULE_ALSO = re.compile(rf"[^.,\n\d]{{0,12}},{W}(?:익월|차월|다음{W}달){W}(\d{{1,2}}){W}일")
"""A second duty of a monthly rule: `매월 말일 마감, 익월 10일 지급`."""
RULE_BEHIND = re.compile(
    rf"{W}[(,]?{W}({trie(w for w in FREQUENCY_WORDS if w != '해마다')}|월 ?1회)(?={W}[),/]|\s|$)"
)
