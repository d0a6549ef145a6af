"""Looks: what a text is by its look alone: a title, a value, the name of a usual section."""

from __future__ import annotations

import re

TITLE_LENGTH = 60
UNMARKED_LENGTH = 25
_SENTENCE_END = re.compile(r"(?:[가-힣)]\s?[.。]|[?!;,:]|고자 함|[습입]니다)$")
_IN_BRACKETS = re.compile(r"\([^()]*\)")
KEY_AND_VALUE = re.compile(r"[^\s:][^:]{0,20}?\s*:(?:\s|\D)\s*\S")
_VALUE = re.compile(r":(?!\d\d)\s*\S")
_DATE_ALONE = re.compile(r"[\d\s.,년월일~'()월화수목금토일–-]+")
_STARTS_WITH_DATE = re.compile(r"\d{1,2}\.\s*\d{1,2}\s*\.?\s*\(|(?:\d{4}|'\d\d)\s*[.년]\s*\d")
_PLAIN_WORD = re.compile(r"[가-힣]{2}|[가-힣] [가-힣]")
_SUBJECT = (
    "(?:추진|향후추진|향후|사업|예산|주요|중점추진|중점|참고|관련|세부추진|세부|그간|기대|개선"
    "|소요|행사|운영|문제점)"
)
_ASPECT = (
    "(?:목표|계획|실적|일정|현황|개요|내용|방향|배경|근거|자료|방안|성과|효과|절차|목적|체계|경과"
    "|대책|사항|예산)"
)
ENDS_IN_ASPECT = re.compile(f"{_ASPECT}$")
SECTION = re.compile(f"{_SUBJECT}{_ASPECT}(?:및{_SUBJECT}?{_ASPECT})?")


def has_value(text: str) -> bool:
    """Tell whether a text is `key : value` (a colon in brackets or in a clock time is none)."""
    if ":" not in text:
        return False
    if "(" in text:
        text = _IN_BRACKETS.sub("", text[:200])
    return _VALUE.search(text) is not None


def is_title(text: str, length: int = TITLE_LENGTH) -> bool:
    """Tell whether a text is short, no sentence, and gives no value."""
    return 0 < len(text) <= length and not _SENTENCE_END.search(text) and not has_value(text)


def looks_like_title(text: str, length: int) -> bool:
    """Tell whether a text is a title that no mark announces: words, and no date."""
    return (
        is_title(text, length)
        and text[0] not in "(*~→"
        and _PLAIN_WORD.search(text) is not None
        and not _DATE_ALONE.fullmatch(text)
        and not _STARTS_WITH_DATE.match(text)
    )


def is_section(text: str) -> bool:
    """Tell whether a line is just the name of a usual section: `추진일정`."""
    return len(text) <= UNMARKED_LENGTH and bool(SECTION.fullmatch(text.replace(" ", "")))
