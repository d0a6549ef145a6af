"""Kinds of events and council sessions, told by the words of titles."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import cache, lru_cache
from typing import cast

from calendarize.events.model import Kind, Session, SessionType
from calendarize.mentions.mention import Mention
from calendarize.mentions.words import SESSION
from calendarize.report.model import Report
from calendarize.timex.values import (
    Interval,
    Month,
    Part,
    Recurring,
    Undated,
    Year,
    as_day,
    last_day,
)
from calendarize.wordlists import word_lists

_REMEMBERED = 1024
"""How many titles and rows are remembered: they come back for every date of theirs."""
_SHORT = r"(?:제\s?)?(\d{1,4})\s?회\s?\((정|임)\)"
_SHORTENED = re.compile(rf"(?<![\d차]){_SHORT}")
"""A session in a narrow column: `제201회(임)`."""
_BEHIND = r"(정례회|임시회)\s?\((?:제\s?)?(\d{1,4})\s?회\)"
_NUMBER_BEHIND = re.compile(_BEHIND)
"""A session whose number is told behind it: `제1차 정례회(제207회)`."""
_SESSION_ONLY = re.compile(
    r"^(?:(?:다음|차기)?\s?회기인 |\d{1,2}\s)?(?:[가-힣○△\s]{0,16}의회\s*)?"
    rf"(?:{_SHORT}|(?:첫 |제\s?\d차 )?{_BEHIND}|"
    r"(?:제\s?)?\d{1,4}\s?회\s*(?:[가-힣○△]{2,12}의회\s*)?"
    r"[(]?(?:제?\d차\s*)?(?:정례회|임시회)[)]?)"
    r"(?:\s*(?:회기|집회|개회|운영|회의|기간|의사일정|일정)){0,2}(?:\s?\((?:예정|안)\))?$"
)
_NUMBER_ALONE = re.compile(r"(?:\d{1,2}\s)?(?:제\s?)?(\d{2,4})\s?회(?:\s?회기)?")
_REGULAR_ALONE = re.compile(r"제\s?\d차\s?정례회")
_ABOUT_SESSIONS = re.compile(r"회\s?기|의사\s?일정|임시회|정례회|의회\s?운영")
_AROUND = 200
"""So many characters on either side of a date may tell of which type its session is."""
_LONGEST = timedelta(days=62)
"""No session lasts longer."""


@lru_cache(_REMEMBERED)
def session_in(text: str) -> Session | None:
    """Return the council session that a text names: `제299회 임시회`."""
    if (behind := _NUMBER_BEHIND.search(text)) is not None:
        return Session(int(behind[2]), behind[1])  # type: ignore[arg-type]
    found = SESSION.search(text) or _SHORTENED.search(text)
    if found is None:
        return None
    kind: SessionType = "정례회" if found[2].endswith(("정례회", "정")) else "임시회"
    return Session(int(found[1]), kind)


def numbered_session(report: Report, mention: Mention, title: str) -> Session | None:
    """Return the session that a bare number names beside a period: `제201회 | 1.20 ~ 1.24`.

    The document or a heading above says that sessions are meant; the type may stand in the cell
    or the line beside the number, or be the title alone (`제126회`, below it `제1차 정례회`).
    """
    start, end = as_day(mention.value.bounds()[0]), last_day(mention.value)
    if start is None or end is None or not start < end <= start + _LONGEST:
        return None
    place = mention.place
    at = place.expression.start
    around = report.view[max(0, at - _AROUND) : place.expression.end + _AROUND]
    title = title.strip("() ")
    if _REGULAR_ALONE.fullmatch(title):
        named = re.search(rf"(?<!\d)(\d{{2,4}})\s?회[\s|(]*{re.escape(title)}", around)
        return Session(int(named[1]), "정례회") if named else None
    number = _NUMBER_ALONE.fullmatch(title)
    if number is None:
        return None
    told = (place.document, *(block.text for block in place.headings()))
    name = rf"(?:제\s?)?{number[1]}\s?회"
    types = r"(?:제\s?\d차\s*)?(정례회|임시회)"
    beside = re.search(rf"{name}[\s|]*\(?{types}|{types}[\s|]*{name}", around)
    if beside is None and not any(map(_ABOUT_SESSIONS.search, told)):
        return None
    return Session(int(number[1]), (beside[1] or beside[2]) if beside else None)  # type: ignore[arg-type]


def names_session(text: str) -> bool:
    """Tell whether a text names a session and nothing else: `제2차 정례회` with its number."""
    return bool(_SESSION_ONLY.match(text))


_PART = re.compile(
    r"(본회의|상임위[가-힣·]*|예결위|행정사무감사|토·공휴일|공휴일|휴회)\s*(\d{1,2})\s*일"
)


def composition(text: str) -> list[tuple[str, int]]:
    """Return what a session's row says it consists of: `본회의 3일 상임위 6일 토·공휴일 3일`."""
    return [(found[1], int(found[2])) for found in _PART.finditer(text)]


@lru_cache(_REMEMBERED)
def _kind_named(title: str) -> Kind | None:
    """Return the kind that the words of a title tell."""
    return next((kind for kind, pattern in _kinds() if pattern.search(title)), None)


@cache
def _kinds() -> list[tuple[Kind, re.Pattern[str]]]:
    """Return the kinds with the words of titles that tell them; the first that matches decides."""
    listed = word_lists().kinds
    return [(cast(Kind, kind), re.compile("|".join(words))) for kind, words in listed]


def kind_of(mention: Mention, title: str) -> Kind:
    """Return the kind of an event mention with its final title."""
    value = mention.value
    lasts = isinstance(value, Interval) and value.start and value.end
    if names_session(title) and (lasts or isinstance(value, Month | Part)):
        return "session"
    if (named := _kind_named(title)) is not None:
        return named
    if isinstance(value, Interval) and value.start is None:
        return "deadline"
    if isinstance(value, (Undated, Recurring)):
        return "ongoing"
    if isinstance(value, Year) and mention.place.expression.form == "ongoing":
        return "ongoing"
    return "milestone"
