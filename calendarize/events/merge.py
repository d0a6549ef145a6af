"""The same event told twice becomes one, within a report and across reports."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from calendarize.events.model import Event, Telling
from calendarize.mentions.clauses import condensed
from calendarize.timex.values import Value, as_day, last_day

_WORDS = re.compile(r"[^\W_]+")


@lru_cache(4096)
def core(title: str) -> str:
    """Reduce a title to what the event is, for comparing: letters and digits, no action words."""
    text = unicodedata.normalize("NFKC", condensed(title) or title)
    return "".join(char for char in text if char.isalnum()).lower()


Identity = tuple[str, str, str]
"""What an event is, whatever its dates: department, core of the title, session."""


def identity(event: Event) -> Identity:
    """Return what an event is, whatever its dates."""
    named = "" if event.kind == "session" and event.session else core(event.title)
    return event.department or "", named, str(event.session or "")


def merged(events: Sequence[Event]) -> list[Event]:
    """Make one of events told several times: the same title, or a shorter one at the same time."""
    kept: list[Event] = []
    by_core: dict[str, list[int]] = {}
    by_time: dict[Value, list[int]] = {}
    for event in events:
        key = core(event.title) if event.kind != "session" else str(event.session)
        alike = (at for at in by_core.get(key, ()) if _same_time(kept[at], event))
        shorter = (at for at in by_time.get(event.value, ()) if _ends_alike(kept[at], event))
        same = next(alike, None) if by_core.get(key) else None
        same = next(shorter, None) if same is None else same
        if same is None:
            by_core.setdefault(key, []).append(len(kept))
            by_time.setdefault(event.value, []).append(len(kept))
            kept.append(event)
        else:
            kept[same] = _more_exact(kept[same], event)
    return kept


@lru_cache(4096)
def _words(title: str) -> list[str]:
    return _WORDS.findall(condensed(title))


def _ends_alike(one: Event, other: Event) -> bool:
    """Tell whether one title is the other with its project named before it.

    `본관 경관조명 개선` and `전기 – 본관 경관조명 개선` on the same days; one word alone
    (`설명회`) is too little.
    """
    if one.session != other.session or one.kind == "session":
        return False
    a, b = _words(one.title), _words(other.title)
    short, long = sorted((a, b), key=len)
    return len(short) >= 2 and long[-len(short) :] == short


def _same_time(one: Event, other: Event) -> bool:
    """Tell whether one period lies within the other and neither is open."""
    if type(one.value) is type(other.value) and one.value == other.value:
        return True
    a, b = _days(one), _days(other)
    if None in a or None in b or one.rrule or other.rrule:
        return False
    within = (a[0] <= b[0] and b[1] <= a[1]) or (b[0] <= a[0] and a[1] <= b[1])  # type: ignore[operator]
    return within and (one.approximate or other.approximate or a == b)


def _days(event: Event) -> tuple[date | None, date | None]:
    return as_day(event.start), last_day(event.value)


def _exactness(event: Event) -> tuple[bool, bool, int]:
    start, end = _days(event)
    length = (end - start).days if start and end else 10**6
    return event.approximate, event.all_day, length


def _more_exact(one: Event, other: Event) -> Event:
    best, rest = sorted((one, other), key=_exactness)
    return replace(
        best,
        title=max((one.title, other.title), key=len),
        unit=best.unit or rest.unit,
        session=best.session or rest.session,
        location=best.location or rest.location,
        dates=best.dates or rest.dates,
        witnesses=tuple(dict.fromkeys((*best.witnesses, *rest.witnesses))),
    )


# Across reports


def retold(tellings: Sequence[tuple[date | None, Sequence[Event]]]) -> list[Event]:
    """Return the events of several reports, those told again once: the newest telling wins.

    Each telling is a report's day and its events; those without a day count as the oldest. The
    older tellings of an event that stays are kept as its history, the newest of them first.
    """
    ordered = sorted(tellings, key=lambda told: told[0] or date.min, reverse=True)
    kept: list[Event] = []
    days: list[date | None] = []
    by_identity: dict[Identity, list[int]] = {}
    for day, events in ordered:
        newer = len(kept)
        often = Counter(map(identity, events))
        for event in events:
            known = [at for at in by_identity.get(identity(event), ()) if at < newer]
            once = len(known) == 1 and often[identity(event)] == 1
            same = _at_the_time(kept, known, event)
            if same is None and once and _moved(kept[known[0]], event, days[known[0]]):
                same = known[0]
            if same is None:
                by_identity.setdefault(identity(event), []).append(len(kept))
                kept.append(event)
                days.append(day)
            else:
                told = Telling(event.source, event.value, day)
                kept[same] = replace(kept[same], history=(*kept[same].history, told))
    return kept


def _at_the_time(kept: Sequence[Event], known: Sequence[int], event: Event) -> int | None:
    """Return the newer event of the same name that lies at the time of an older one."""
    alike = (at for at in known if _same_time(kept[at], event) or _overlap(kept[at], event))
    return next(alike, None)


def _moved(newer: Event, older: Event, newer_day: date | None) -> bool:
    """Tell whether an event that both reports tell once has been put off or brought forward.

    It has where both belong to one session, or where both days lay ahead of the newer report.
    """
    if older.session is not None:
        return older.kind == newer.kind
    starts = as_day(older.start), as_day(newer.start)
    return newer_day is not None and all(start and start > newer_day for start in starts)


def _overlap(one: Event, other: Event) -> bool:
    """Tell whether two exact periods of several days share days: one has been moved a little."""
    (a, b), (c, d) = _days(one), _days(other)
    if None in (a, b, c, d) or one.rrule or other.rrule:
        return False
    return a <= d and c <= b and (a, c) != (b, d)  # type: ignore[operator]
