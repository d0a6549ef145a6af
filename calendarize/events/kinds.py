"""Kinds of events and council sessions, told by the words of titles."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import lru_cache

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

_REMEMBERED = 1024
"""How many titles and rows are remembered: they come back for every date of theirs."""
KIND_WORDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("question", re.compile(r"(?:시정|구정|도정|군정|교육행정)\s*(?:에 (?:대|관)한 )?질문")),
    ("audit", re.compile(r"행정사무\s*(?:감사|조사)")),
    ("sitting", re.compile(r"^(?:.{0,16}회\s)?제?\s?\d+차\s?본회의")),
    ("ceremony", re.compile(r"기념식|추념식|추모식|경축식|개회식|폐회식|수여식|제막식|개관식|준공식|착공식|위촉식|입학식|졸업식|개막식|폐막식|시상식|출범식|기공식|개통식|발대식|해단식")),
    ("holiday", re.compile(r"연휴|공휴일|휴무|휴업일|설날|추석|휴교|개교기념일|(?:삼일|현충|광복|개천|한글|성탄)절|현충일|한글날|어린이날|부처님")),
    ("election", re.compile(r"선거(?!관리|구)")),
    ("sitting", re.compile(r"본회의(?!장)")),
    ("term", re.compile(r"임기")),
    ("deadline", re.compile(r"마감|기한|접수 ?완료")),
    ("meeting", re.compile(r"회의(?!시스템|록|실)|간담회|토론회|세미나|공청회|설명회|심포지엄|포럼|워크[숍샵]|라운드테이블|총회|보고회|협의회 개최|연찬회")),
    ("budget", re.compile(r"예산안|결산|추가경정|추경")),
    ("committee", re.compile(r"위원회")),
)  # fmt: skip
"""Words in a title → kind; the first that matches decides."""

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
    return next((kind for kind, pattern in KIND_WORDS if pattern.search(title)), None)


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
