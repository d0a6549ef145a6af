"""Whether a reader takes a title for that of an annotated entry.

Wording and scope are free; what tells an entry from its neighbours is not.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any

LONGEST = 40
"""A title of more letters is a line, unless the annotated one is as long."""
_SAYS_NOTHING = frozenset(
    [
        "기간",
        "일시",
        "일정",
        "개최",
        "실시",
        "시행",
        "추진",
        "운영",
        "예정",
        "마감",
        "완료",
        "예정일",
        "기한",
    ]
)
_IN_BRACKETS = re.compile(r"[(\[<〈【][^)\]>〉】]*[)\]>〉】]")
_COUNTED = re.compile(r"(\d+)\s*(회|차|기|호|대|조|호선|단계|절기|분기)")
_ENOUGH, _NEARLY = 0.6, 0.75


@lru_cache(None)
def letters(text: str) -> str:
    """Return the letters and digits of a text, in one form and case."""
    one_form = unicodedata.normalize("NFKC", text).lower()
    return "".join(char for char in one_form if unicodedata.category(char)[0] in "LN")


@lru_cache(None)
def core(text: str) -> tuple[str, ...]:
    """Return the words of a title without brackets and words at its end that say nothing."""
    words = (_IN_BRACKETS.sub(" ", text).strip() or text).split()
    while len(words) > 1 and letters(words[-1]) in _SAYS_NOTHING:
        words.pop()
    return tuple(words)


@lru_cache(None)
def _pairs(text: str) -> Counter[tuple[str, str]]:
    return Counter(pairwise(text))


@lru_cache(None)
def closeness(one: str, other: str) -> tuple[float, float]:
    """Return the share of the shorter text that the longer has, and Dice's coefficient."""
    a, b = _pairs(one), _pairs(other)
    common = sum((a & b).values())
    sizes = sum(a.values()), sum(b.values())
    return common / (min(sizes) or 1), 2 * common / (sum(sizes) or 1)


@lru_cache(None)
def _counts(text: str) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for number, unit in _COUNTED.findall(text):
        found.setdefault(unit, set()).add(number)
    return {unit: frozenset(numbers) for unit, numbers in found.items()}


def fit(gold: str, title: str) -> tuple[bool, float, float]:
    """Return (same last word, share of the shorter, Dice): the larger the better a title fits."""
    a, b = "".join(map(letters, core(gold))), "".join(map(letters, core(title)))
    tail = min(len(a), len(b), 2)
    ends = letters(core(gold)[-1]) if core(gold) else a
    same = bool(ends) and (b.endswith(ends) or a.endswith(letters((core(title) or ("\0",))[-1])))
    part, _ = closeness(a, b)
    _, dice = closeness(letters(gold), letters(title))
    return same or (tail > 1 and a[-tail:] == b[-tail:]), round(part, 1), round(dice, 2)


def means(gold: str, title: str) -> bool:
    """Tell whether a title may mean the entry that an annotated one names."""
    a, b = letters(gold), letters(title)
    if len(a) < 2 or len(b) < 2 or b in _SAYS_NOTHING or len(b) > max(LONGEST, 1.5 * len(a)):
        return False
    ours, theirs = _counts(gold), _counts(title)
    if any(unit in theirs and not ours[unit] & theirs[unit] for unit in ours):
        return False
    if (a in b and len(a) >= 0.3 * len(b)) or (b in a and len(b) >= 0.4 * len(a)):
        return True
    same_end, part, dice = fit(gold, title)
    enough = len(b) >= min(4, 0.3 * len(a))
    return dice >= _ENOUGH or (enough and same_end and part >= _NEARLY)


def titles_of(record: Mapping[str, Any]) -> list[str]:
    """Return the titles that an annotation accepts."""
    return [t for t in (record.get("title"), *record.get("titles", ())) if t]


def is_right(record: Mapping[str, Any], title: str | None, others: Iterable[str]) -> bool:
    """Tell whether a title means the annotated entry and none of the other entries better."""
    if not title:
        return False
    rivals = list(others)
    return any(
        means(gold, title) and not any(fit(other, title) > fit(gold, title) for other in rivals)
        for gold in titles_of(record)
    )


def rivals(gold: Sequence[Mapping[str, Any]]) -> list[list[str]]:
    """Return for each annotation the titles of the events of other times in its document."""
    events = [(r, _time(r)) for r in gold if r["role"] == "event"]
    found: list[list[str]] = []
    for record in gold:
        own = {letters(t) for t in titles_of(record)}
        time = _time(record)
        day = (time[0][0] or "")[:10]
        others = [
            title
            for other, at in events
            if at != time and not (day and (at[0][0] or "")[:10] == day)
            for title in titles_of(other)
            if letters(title) not in own
        ]
        found.append(list(dict.fromkeys(others)) if record["role"] == "event" else [])
    return found


def _time(record: Mapping[str, Any]) -> list[tuple[str | None, str | None]]:
    pairs = record.get("values") or [(record.get("start"), record.get("end"))]
    return [(a, b) for a, b in pairs]
