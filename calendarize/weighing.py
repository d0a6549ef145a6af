"""How a report's decisions were weighed: the candidates with their shares, and what decided.

The deciders of `mentions` are asked again, with all that they weigh kept; what a single fact
weighed is told in the words of `_WORDS`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from calendarize.mentions import roles, titles, years
from calendarize.mentions.decide import Weights, shares, weights
from calendarize.mentions.mention import ROLES, Mention, Role
from calendarize.mentions.place import Place
from calendarize.mentions.reading import Reading, accepted_places, found_in
from calendarize.report.model import Report

ROLE_NAMES: Mapping[Role, str] = {
    "event": "일정",
    "asof": "기준일",
    "reference": "참고",
    "document": "보고일",
}
SHOWN = 3
"""So many candidates, and so many reasons, are told."""
_TELLING = 0.1
"""What weighs less than this is no reason."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of the answers that were weighed; `share` (0 to 1) is how likely it was."""

    text: str
    share: float


@dataclass(frozen=True, slots=True)
class Choice:
    """One decision: what was asked (`time`, `role`, `title`), the candidates, what decided.

    The candidates stand in order, the chosen one first, then the runner-up. `evidence` speaks for
    the chosen one against the runner-up, `against` for the runner-up; both the weightiest first,
    in Korean.
    """

    asked: str
    candidates: tuple[Candidate, ...]
    evidence: tuple[str, ...] = ()
    against: tuple[str, ...] = ()


def weighed(reading: Reading, wanted: Sequence[Mention]) -> list[tuple[Choice, ...]]:
    """Return for each of some mentions of a report the decisions about it."""
    report = reading.report
    accepted, facts = accepted_places(report, found_in(report))
    times = times_weighed(report, reading.days, accepted)
    events = [m for m in reading.mentions if m.role == "event"]
    places = [m.place for m in events]
    ranked = titles.ranks(report, places, [m.place for m in reading.mentions])
    entitled = {id(m): _title(m, ranks) for m, ranks in zip(events, ranked, strict=True)}
    at = {place.expression.start: place for place in accepted}
    told = []
    for mention in wanted:
        start = mention.place.expression.start
        own = mention.role == "document"
        value = roles.value_facts(at[start], mention.value, reading.day, own)
        choices = (
            times.get(start),
            None if own else _role([*facts[start], *value]),
            entitled.get(id(mention)),
        )
        told.append(tuple(choice for choice in choices if choice is not None))
    return told


def times_weighed(report: Report, days: years.Days, places: Sequence[Place]) -> dict[int, Choice]:
    """Return how the times of expressions were chosen, by where each begins.

    Those that had one candidate alone are left out. `days` and `places` are those of `years`.
    """
    slots = years.slots(report, days, places)
    scores = years.totals(slots)
    chosen = [_best(each) for each in scores]
    found = {}
    for slot, points, best in zip(slots, scores, chosen, strict=True):
        values = [option.resolution.value for option in slot.options]
        ranked = sorted(range(len(points)), key=lambda k: -points[k])
        other = next((k for k in ranked if values[k] != values[ranked[0]]), None)
        if best is None or other is None:
            continue
        above = slots[slot.parent] if slot.parent is not None else None
        before = chosen[slot.parent] if slot.parent is not None else None
        beside = above.options[before] if above is not None and before is not None else None
        ours, theirs = (_features(slot, slot.options[k], beside) for k in (best, other))
        share: defaultdict[str, float] = defaultdict(float)
        for k, part in zip(ranked, sorted(shares(points), reverse=True), strict=True):
            value = values[k]
            share[value.korean() if value is not None else ""] += part
        found[slot.place.expression.start] = _choice("time", share, ours, theirs, weights("year"))
    return found


def _features(slot: years.Slot, option: years.Option, beside: years.Option | None) -> Sequence[str]:
    return [*option.features, *(years.pair_features(slot, option, beside) if beside else ())]


def _best(points: Sequence[float]) -> int | None:
    return max(range(len(points)), key=points.__getitem__) if points else None


def _role(facts: Sequence[str]) -> Choice:
    named = zip(ROLES, roles.role_shares(facts), roles.candidates(facts), strict=True)
    ranked = sorted(named, key=lambda each: -each[1])
    share = {ROLE_NAMES[role]: part for role, part, _ in ranked}
    (_, _, best), (_, _, other), *_ = ranked
    return _choice("role", share, best, other, weights("role"))


def _title(mention: Mention, ranked: Sequence[tuple[titles.Title, float]]) -> Choice | None:
    if not ranked:
        return None
    share = {title.text: part for title, part in ranked}
    if mention.title is not None:  # the session or the object that it belongs to may stand before
        share = {mention.title: ranked[0][1]} | dict(list(share.items())[1:])
    other = ranked[1][0].features if len(ranked) > 1 else []
    return _choice("title", share, ranked[0][0].features, other, weights("title"))


def _choice(
    asked: str,
    share: Mapping[str, float],
    best: Sequence[str],
    other: Sequence[str],
    weight: Weights,
) -> Choice:
    shown = [Candidate(text, round(part, 4)) for text, part in list(share.items())[:SHOWN]]
    told = _reasons(asked, best, other, weight)
    ordered = sorted(told.items(), key=lambda pair: -abs(pair[1]))
    return Choice(
        asked,
        tuple(shown),
        tuple(word for word, points in ordered if points > _TELLING)[:SHOWN],
        tuple(word for word, points in ordered if points < -_TELLING)[:SHOWN],
    )


def _reasons(
    asked: str, best: Sequence[str], other: Sequence[str], weight: Weights
) -> dict[str, float]:
    """Return by how much each kind of evidence speaks for the best rather than the other."""
    told: defaultdict[str, float] = defaultdict(float)
    for names, sign in ((best, 1), (other, -1)):
        for name in names:
            if (points := weight.get(name)) and (word := _word(asked, name)) is not None:
                told[word] += sign * points
    return told


def _word(asked: str, name: str) -> str | None:
    bare = name.split("|")[-1]
    return next((word for pattern, word in _WORDS[asked] if pattern.match(bare)), None)


def _table(rows: Mapping[str, str]) -> Sequence[tuple[re.Pattern[str], str]]:
    return [(re.compile(pattern), word) for pattern, word in rows.items()]


_WORDS: Mapping[str, Sequence[tuple[re.Pattern[str], str]]] = {
    "time": _table(
        {
            "weekday:|votes|(?:nearest=)?vote:": "요일",
            "order:": "시작과 끝의 순서",
            "count:": "일수",
            **{rf"(?:nearest=)?{name}:": word for name, word in years.SOURCES.items()},
            "month \\w+:|nearest month": "둘레에 적힌 달",
            "lone apart|apart|side": "보고일과의 거리와 시제",
            "list ": "같은 목록의 앞 날짜",
            "segment ": "같은 문장의 앞 날짜",
            "row ": "같은 행의 날짜",
            "column ": "같은 열의 앞 날짜",
            "section |heading |text ": "앞 항목의 날짜",
            "month ": "위에 적힌 달",
            "years|days|ordered|lone": "앞 날짜와의 순서",
        }
    ),
    "role": _table(
        {
            "column|header|cell": "표의 칸 머리",
            "above|under|title": "위의 제목",
            "apart|same day|long|looks|tense|exact": "보고일과의 거리와 시제",
            "label|bracket": "앞의 이름표나 괄호",
            "(?:\\S+ )?(?:word|end|start|touches|behind|before|after|signs)": "앞뒤의 말",
            "form|unit|shape|weak|asof|named|relative": "적힌 꼴",
            "": "줄 안의 자리",
        }
    ),
    "title": _table(
        {
            r"(?:\S+ )?from (?:head|document|subject|name|about)": "위의 제목",
            r"(?:\S+ )?from (?:left|right|under|column|caption|own cell|session)": "표의 칸",
            r"(?:\S+ )?from line|(?:\S+ )?away": "앞뒤 줄",
            r"(?:\S+ )?from (?:label|value|whole label)": "앞의 이름표",
            r"(?:\S+ )?from bracket": "괄호",
            r"(?:\S+ )?from quote": "따옴표 속의 말",
            r"(?:\S+ )?from": "날짜 앞뒤의 말",
            r"(?:\S+ )?length|words|digits": "길이",
            r"common|\S+ common|within|holds": "다른 후보와의 겹침",
            "": "말의 생김새",
        }
    ),
}
"""What a feature is called for a reader: the first pattern that begins its name."""
