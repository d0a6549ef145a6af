"""Numbers that tell an entry from its neighbours: 제4차, 2단계, 33주년, 상반기, 2024년도."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping

from calendarize.changes.words import PHASES
from calendarize.mentions.clauses import blanked_brackets

Marks = Mapping[str, frozenset[int]]
"""Unit → the numbers that a text gives it."""

_ORDINAL = re.compile(
    r"제\s?(\d{1,4})\s?(회|차|기|호|단계|구간|공구|구역|권역|지구|기수|대|집|과|반|관|편|권|부)(?![가-힣]*명)"
    r"|(?<![\d.~])(\d{1,3})\s?(단계|공구|주년|호점|호선|호기|권역|학기|기분|구역|구간|학년|회차)"
    r"|(?<![\d.,~])(\d{1,2})\s?(차|기)(?=분|$|[^가-힣])"
)
_STAGES = "단계|구간|공구|구역|권역|지구"
_RANGE = re.compile(
    rf"제?\s?(\d{{1,3}})\s?[~∼-]\s?(\d{{1,3}})\s?(회|차|기|호|{_STAGES})(?![가-힣])"
)
_LIST = re.compile(
    rf"제\s?(\d{{1,3}}(?:\s?[·,]\s?\d{{1,3}})+)\s?(회|차|기|호)(?![가-힣])"
    rf"|(?<![\d.,])(\d{{1,2}}(?:\s?[·,]\s?\d{{1,2}})+)\s?({_STAGES})"
)
_ALIKE = {"회차": "차", "호점": "호", "기수": "기"}
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)|'(\d\d)(?=\s?년)")
_HALVES = re.compile(r"(상|하)반기")
_SEASONS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (1, re.compile(r"봄|춘계")),
    (2, re.compile(r"여름|하계|하절기|하기(?=\s?(?:휴|방))")),
    (3, re.compile(r"가을")),
    (4, re.compile(r"겨울|동계|동절기")),
)
_HOLIDAYS = re.compile(r"[하동][계기]\s?(?:방학|휴가)(?:\s?(?:중|기간|동안))?\s?\(?\s*$")
"""Right before a time, the season tells when: `동계방학(1~2월)`."""
_QUARTERS = re.compile(r"([1-4])\s?/?\s?4?\s?분기")
_MORE = re.compile(r"추가(?!경정|로)|재공모|재공고|앙코르")
_COUNTER_SIZE = 60
"""Beyond so many, a numbered 회 (제281회) goes on over the years."""


def marks_in(text: str) -> dict[str, frozenset[int]]:
    """Return the numbers in a text by their unit; those in brackets where no others tell.

    >>> marks_in("제288회 제1차 정례회")
    {'회': frozenset({288}), '차': frozenset({1})}
    """
    return {**_marks(text), **_marks(blanked_brackets(text))} if text else {}


def _marks(text: str) -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for match in _ORDINAL.finditer(text):
        number, unit = (group for group in match.groups() if group)
        found[_ALIKE.get(unit, unit)].add(int(number))
    for match in _RANGE.finditer(text):
        found[match[3]].update(range(int(match[1]), min(int(match[2]), int(match[1]) + 99) + 1))
    for match in _LIST.finditer(text):
        numbers, unit = (group for group in match.groups() if group)
        found[unit].update(map(int, re.findall(r"\d+", numbers)))
    for match in _YEAR.finditer(text):
        found["년도"].add(int(match[1] or 2000 + int(match[2])))
    for match in _HALVES.finditer(text):
        found["반기"].add("상하".index(match[1]) + 1)
    for match in _QUARTERS.finditer(text):
        found["분기"].add(int(match[1]))
    if _MORE.search(text):
        found["추가"].add(1)
    named = _HOLIDAYS.sub("", text)
    for season, pattern in _SEASONS:
        if pattern.search(named):
            found["철"].add(season)
    return {unit: frozenset(numbers) for unit, numbers in found.items()}


def phases_in(text: str) -> frozenset[str]:
    """Return the stages of a project that a text names: `착공` → begin."""
    return frozenset(name for name, pattern in PHASES if pattern.search(text))


def conflict(one: Marks, other: Marks) -> bool:
    """Tell whether two texts give one unit different numbers: 제4차 and 제5차."""
    return any(not numbers & other[unit] for unit, numbers in one.items() if unit in other)


def agreeing(one: Marks, other: Marks) -> int:
    """Count the units to which two texts give the same number."""
    return sum(1 for unit, numbers in one.items() if unit in other and numbers & other[unit])


def short_lived(marks: Marks) -> Marks:
    """Return the numbers without those of council sessions, in which much else takes place."""
    return {
        unit: numbers
        for unit, numbers in marks.items()
        if unit != "회" or min(numbers) < _COUNTER_SIZE
    }


def yearly(marks: Marks) -> bool:
    """Tell whether a number starts anew each year: 제1차, 1회, not 제281회."""
    return bool(marks.get("차")) or any(n < _COUNTER_SIZE for n in marks.get("회", ()))
