"""References to council sessions: `제299~303회`, `제300회 임시회`, `이번 회기`, `매 회기 종료 후`.

Here is only what the words say; `council` knows the sessions that they mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Which = Literal["numbered", "current", "next", "previous", "every"]
Relation = Literal["within", "after", "before", "until", "since", "between", "named"]


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference to sessions in a text; `start` and `end` are offsets (end exclusive).

    `numbers` are set for `numbered`. `type` is 정례회, 임시회 or `None`. `relation` tells how
    the time meant lies to them; `named` is a session that only belongs to a name.
    """

    start: int
    end: int
    which: Which
    relation: Relation
    numbers: tuple[int, ...] = ()
    type: str | None = None


_TYPE = r"(?:\s?(?:제\d차\s)?(정례회|임시회)(?!의))"
_NUMBERS = (
    r"제\s?(?P<first>\d{1,4})\s?회?\s?(?P<sign>[~∼～–·,-])\s?제?\s?(?P<last>\d{1,4})\s?회"
    rf"(?:\s?(?:시|도|군|구)?의회)?{_TYPE}?"
)
_NUMBER = rf"제\s?(?P<number>\d{{1,4}})\s?회(?:\s?[가-힣]{{2,8}}의회)?(?P<typed>{_TYPE})?"
_DEICTIC: tuple[tuple[Which, str], ...] = (
    ("current", r"(?:이번|금번|금회|당해|해당)"),
    ("next", r"(?:다음|차기|차회|오는)"),
    ("previous", r"(?:지난|직전|전번)"),
    ("every", r"(?:매|각)"),
)
_WORD = "|".join(
    rf"(?P<{which}>(?<![가-힣]){words}\s?(?:회기|정례회(?!의)|임시회))" for which, words in _DEICTIC
)
_EVERY = (
    r"(?P<all>(?<![가-힣])"
    r"(?:회기(?=마다|별로)|회기(?=\s?(?:중|종료)(?![가-힣]))|폐회(?=\s?중(?![가-힣]))))"
)
_REFERENCE = re.compile(rf"(?:{_NUMBERS}|{_NUMBER}|{_WORD}|{_EVERY})")
_ELSEWHERE = re.compile(r"(?:국회|유엔|총회)\s*$")

_IN_SESSION = (
    r"보고|상정|심의|심사|의결|처리|승인|통과|제안\s?설명|시정질문|구정질문|도정질문|군정질문|"
    r"행정사무\s?감사|업무보고|개회|본회의|회부"
)
_RELATIONS: tuple[tuple[Relation, re.Pattern[str]], ...] = (
    ("between", re.compile(r"^\s*(?:폐회\s?중)")),
    ("after", re.compile(r"^\s*(?:(?:종료|폐회|회기)\s?)?(?:직후|이후|후(?!속|반))")),
    ("until", re.compile(r"^\s*(?:(?:종료|폐회)\s?(?:시|일)?\s?)?까지")),
    ("before", re.compile(r"^\s*(?:(?:개회|집회|시작)\s?)?(?:전까지|전(?![가-힣])|이전)")),
    ("since", re.compile(r"^\s*부터")),
    (
        "within",
        re.compile(
            r"^\s*(?:(?:회기|기간|개회)?\s?(?:중|내|동안|마다|별로|시)(?![가-힣])|에서?\s|에(?=$|[)\]])"
            rf"|(?:[가-힣·]{{1,8}}\s){{0,2}}(?:[가-힣·]{{0,6}})(?:{_IN_SESSION}))"
        ),
    ),
)
"""What follows a reference → how the time meant lies to the sessions, the most telling first."""


def references(text: str) -> Iterator[Reference]:
    """Yield the references to sessions in a text, in order.

    A bare `제300회` counts too: whether it is a session (and no festival's number) only a
    calendar of sessions can tell, and what follows it.
    """
    end = 0
    for found in _found(text):
        if _ELSEWHERE.search(text, max(0, found.start() - 8), found.start()):
            continue
        if found.start() < end:
            continue  # `폐회 중` behind the session that it speaks of
        relation, end = _relation(text, found)
        which, numbers = _which(found)
        kind = "정례회" if "정례회" in found[0] else "임시회" if "임시회" in found[0] else None
        yield Reference(found.start(), end, which, relation, numbers, kind)


_HINT = re.compile(r"회기|정례회|임시회|폐회|제\s?\d{1,4}\s?[회~∼～–·,-]")


def _found(text: str) -> Iterator[re.Match[str]]:
    """Yield what may be references, looking only at lines that can hold one."""
    end = -1
    for hint in _HINT.finditer(text):
        if hint.start() < end:
            continue
        start = text.rfind("\n", 0, hint.start()) + 1
        end = text.find("\n", hint.start())
        end = len(text) if end < 0 else end
        yield from _REFERENCE.finditer(text, start, end)


def _which(found: re.Match[str]) -> tuple[Which, tuple[int, ...]]:
    if found["first"]:
        first, last = int(found["first"]), int(found["last"])
        through = found["sign"] not in "·,"
        numbers = tuple(range(first, last + 1)) if through and last - first < 100 else (first, last)
        return "numbered", numbers
    if found["number"]:
        return "numbered", (int(found["number"]),)
    return next((which for which, _ in _DEICTIC if found[which]), "every"), ()


def _relation(text: str, found: re.Match[str]) -> tuple[Relation, int]:
    """Return the relation, and where the words that tell it end."""
    if found["all"] == "폐회":
        return "between", found.end() + text[found.end() :].index("중") + 1
    behind = text[found.end() : found.end() + 40]
    for relation, pattern in _RELATIONS:
        if told := pattern.match(behind):
            ends = relation == "within" and re.search(_IN_SESSION, told[0])
            return relation, found.end() + (0 if ends else len(told[0].rstrip()))
    return "named", found.end()
