"""Whether two events are one that is told twice: by what their titles say, and by their time.

How much the titles must agree depends on how much the times do:

| time | titles |
|---|---|
| the same hours, or the same days in a row | nearly the same words, or one begins the other |
| the same day, month or inexact period | one has all words of the other, of the same thing |
| one within the other, which is not exact | the same words |

A title that names nothing (`자료 제출 완료`) is the same as another only in the same line. Numbers,
sessions, places, units and hours that differ tell events apart whatever else agrees.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from rapidfuzz import fuzz

from calendarize.events.model import Event
from calendarize.mentions.clauses import condensed
from calendarize.timex.values import as_day, is_exact, last_day

_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"\d+(?=\s?(?:차|회|기|호|단계|분기|학년|권역|공구|조|반)(?![가-힣]))")
_GENERIC = (
    "실시설계", "간담회", "보고서", "설명회", "개시", "개최", "검사", "검토", "결과", "계약",
    "계획", "공고", "공모", "공사", "교육", "구성", "기간", "기본", "납부", "등록", "마감",
    "면접", "모집", "발주", "발표", "방문", "배포", "변경", "보고", "보도", "사업", "상정",
    "서류", "선정", "설계", "세부", "수립", "승인", "시작", "시행", "신청", "실시", "심사",
    "심의", "안내", "연장", "예정", "완료", "용역", "운영", "원서", "의결", "일정", "입찰",
    "일자", "자료", "작성", "적용", "참고", "점검", "접수", "정산", "제작", "제출", "조사", "종료",
    "준공", "준비",
    "중간", "지급", "착공", "착수", "체결", "최종", "추진", "취소", "통보", "평가", "행사",
    "현장", "협약", "협의", "홍보", "확정", "회의", "등", "및",
)  # fmt: skip
"""Words that any report has, the longest first: a title of these alone names nothing."""
_NAMELESS = re.compile(rf"제?\d+(?:차|회|호|기)?|(?<!본)(?:{'|'.join(_GENERIC)})")
_HELD = re.compile(r"\s(?:진행|함께)$")
_MAKING = re.compile(r"(?<=[가-힣])\s+(?=[가-힣]{2}화(?:\s|$))")
"""The gap in `소통 활성화`, which others write as one word."""
_TURNS = (
    ("상반기", "하반기"), ("오전", "오후"), ("개회", "폐회"), ("개막", "폐막"), ("착공", "준공"),
    ("개강", "종강"), ("입학", "졸업"), ("전반기", "후반기"), ("남자", "여자"), ("초등", "중등"),
    ("1학기", "2학기"), ("동계", "하계"), ("신규", "재"), ("정기", "임시"), ("예선", "본선"),
    ("수시", "정시"), ("접수", "발표"), ("서류", "면접"), ("필기", "실기"),
)  # fmt: skip
"""Words of which one title has the one and the other the other where they are two things."""
_NEAR = 85.0
"""So alike, in per cent of the letters, are spellings and small additions of one title."""
_LEAST = 4
"""A single word says something from so many letters on."""
_INSIDE = 6
"""So many letters of a title, found at the end of another, are no chance."""


class Title(NamedTuple):
    """A title cut down for comparing: its words without doubled ones, and their letters.

    `head` is the last word: what the title is of.
    """

    words: tuple[str, ...]
    head: str
    core: str
    numbers: frozenset[str]
    says_something: bool


@lru_cache(8192)
def cut_down(title: str) -> Title:
    """Return a title without action words at its end, signs and words said twice."""
    joined = _MAKING.sub("", title)
    text = unicodedata.normalize("NFKC", condensed(joined) or joined).lower()
    text = _HELD.sub("", text) or text
    found = _WORD.findall(text)
    words, head = tuple(dict.fromkeys(found)), found[-1] if found else ""
    core = "".join(words)
    says_something = len(_NAMELESS.sub("", core)) > 1
    return Title(
        words, head.removesuffix("식"), core, frozenset(_NUMBER.findall(text)), says_something
    )


def core(title: str) -> str:
    """Reduce a title to what the event is, for comparing: letters and digits, no action words."""
    return cut_down(title).core


def same_event(one: Event, other: Event) -> bool:
    """Tell whether two events of a department are one told twice; the table above says how."""
    if _apart(one, other):
        return False
    a, b = cut_down(one.title), cut_down(other.title)
    if one.kind == other.kind == "session" and one.session is not None:
        return one.session == other.session and same_time(one, other)
    if _in_one_line(one, other) and a.core == b.core:
        return same_time(one, other)
    if _opens(one, other) or _opens(other, one):
        return True
    if not (a.says_something and b.says_something):
        return False
    return _titles(a, b) >= _needed(one, other)


def _apart(one: Event, other: Event) -> bool:
    """Tell whether something that both tell differs: the session, the place, the unit, the hour."""
    told = ((one.session, other.session), (one.unit, other.unit))
    if any(x is not None and y is not None and x != y for x, y in told):
        return True
    here, there = cut_down(one.location or "").core, cut_down(other.location or "").core
    if here and there and here not in there and there not in here:
        return True
    starts = one.start, other.start
    return all(isinstance(at, datetime) for at in starts) and starts[0] != starts[1]


def _in_one_line(one: Event, other: Event) -> bool:
    return (one.source.report, one.source.line) == (other.source.report, other.source.line)


_ORDINARY = re.compile(r"^(?:20\d\d년도?)?(?:제?[12]차)?(?:정례회|임시회)(?:집회일?|개회|회기)?$")


def _opens(one: Event, session: Event) -> bool:
    """Tell whether an event is a session called by its place in the year: `1차 정례회`."""
    if session.kind != "session" or one.kind == "session" or not _ORDINARY.match(core(one.title)):
        return False
    days, whole = days_of(one), days_of(session)
    return is_exact(one.value) and days in (whole, (whole[0], whole[0]))


def _titles(one: Title, other: Title) -> int:
    """Return how far two titles agree: 3 the same, 2 one has all of the other, 1 nearly, 0 not."""
    if one.core == other.core:
        return 3
    if _differ_in_number(one, other) or _turned(one, other):
        return 0
    short, long = sorted((one, other), key=lambda title: len(title.core))
    if _within(short, long):
        return 2
    if short.head[:2] == long.head[:2] and fuzz.ratio(short.core, long.core) >= _NEAR:
        return 1
    return int(len(short.core) > _LEAST and long.core.startswith(short.core))


def _differ_in_number(one: Title, other: Title) -> bool:
    return not (one.numbers <= other.numbers or other.numbers <= one.numbers)


def _turned(one: Title, other: Title) -> bool:
    return any(
        (a in one.core and b in other.core and a not in other.core and b not in one.core)
        or (b in one.core and a in other.core and b not in other.core and a not in one.core)
        for a, b in _TURNS
    )


def _within(short: Title, long: Title) -> bool:
    """Tell whether a title has all words of a shorter one, and both are of the same thing.

    What a title is of stands at its end: `예산안 토론회` and `서울시 및 교육청 예산안토론회`.
    """
    endings = accumulate(reversed(long.words), lambda behind, word: word + behind)
    if len(short.core) >= _INSIDE and short.core in endings:
        return True
    if len(short.words) == 1 and len(short.head) < _LEAST:
        return False
    joined = {"".join(pair): pair for pair in pairwise(short.words)}
    there = set(long.words).union(*(joined.get(word, ()) for word in long.words))
    of_one_thing = long.head in (short.head, "".join(short.words[-2:]).removesuffix("식"))
    return of_one_thing and set(short.words[:-1]) <= there


def _needed(one: Event, other: Event) -> int:
    """Return how far titles must agree for two times; more than they can where the times differ."""
    if not same_time(one, other):
        return 4
    if one.value != other.value and (one.approximate or other.approximate):
        return 3
    if one.approximate or one.rrule:
        return 2
    first, last = days_of(one)
    several = first != last
    timed = not one.all_day and not other.all_day
    return 1 if several or timed else 2


def same_time(one: Event, other: Event) -> bool:
    """Tell whether two times are equal, or one that is not exact holds the other; none is open."""
    if type(one.value) is type(other.value) and one.value == other.value:
        return True
    a, b = days_of(one), days_of(other)
    if None in a or None in b or one.rrule or other.rrule:
        return False
    within = (a[0] <= b[0] and b[1] <= a[1]) or (b[0] <= a[0] and a[1] <= b[1])  # type: ignore[operator]
    return within and (one.approximate or other.approximate or a == b)


def days_of(event: Event) -> tuple[date | None, date | None]:
    """Return the first and last day of an event."""
    return as_day(event.start), last_day(event.value)


class Seen:
    """Events by what they may be told again by, so that each is compared with few others."""

    def __init__(self) -> None:
        self.at: defaultdict[object, list[int]] = defaultdict(list)

    def add(self, number: int, event: Event) -> None:
        """Remember an event under a number."""
        for key in _keys(event):
            self.at[key].append(number)

    def like(self, event: Event) -> Iterator[int]:
        """Yield the numbers of those that may be the same, in the order of the keys they share."""
        return iter(
            dict.fromkeys(number for key in _keys(event) for number in self.at.get(key, ()))
        )


def _keys(event: Event) -> Iterator[object]:
    """Yield what an event shares with any other that `same_event` takes for the same."""
    title = cut_down(event.title)
    days = days_of(event) if event.rrule is None else event.value
    if event.kind == "session" and event.session is not None:
        yield event.session
    if event.kind == "session" or _ORDINARY.match(title.core):
        yield "opens", days_of(event)[0]
    if not title.says_something:
        yield event.source.line, title.core
        return
    yield title.core
    yield days, "head", title.head[:2]
    yield days, "last", title.head[-2:]
    yield days, "begin", title.core[:2]
    yield days, "end", title.core[-2:]
