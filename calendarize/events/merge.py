"""The same event told twice becomes one, within a report and across reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from calendarize.events.alike import Seen, core, days_of, same_event, same_time
from calendarize.events.model import Event, Telling
from calendarize.timex.resolve import Witness
from calendarize.timex.values import as_day

Identity = tuple[str, str, str]
"""What an event is, whatever its dates: department, core of the title, session."""


def identity(event: Event) -> Identity:
    """Return what an event is, whatever its dates."""
    named = "" if event.kind == "session" and event.session else core(event.title)
    return event.department or "", named, str(event.session or "")


def merged(events: Sequence[Event]) -> list[Event]:
    """Make one of events that are told several times; see `alike`."""
    kept: list[Event] = []
    seen = Seen()
    for event in events:
        alike = (at for at in seen.like(event) if same_event(kept[at], event))
        same = next(alike, None)
        if same is None:
            seen.add(len(kept), event)
            kept.append(event)
        else:
            kept[same] = _more_exact(kept[same], event)
    return kept


def _exactness(event: Event) -> tuple[bool, bool, bool, int]:
    start, end = days_of(event)
    length = (end - start).days if start and end else 10**6
    return event.kind != "session", event.approximate, event.all_day, length


def _fullness(title: str) -> tuple[int, int]:
    """Order titles by how much they say; of those that say the same, by how briefly."""
    return len(core(title)), -len(title)


def _more_exact(one: Event, other: Event) -> Event:
    best, rest = sorted((one, other), key=_exactness)
    surer = max((best, rest) if best.value == rest.value else (best,), key=lambda e: e.confidence)
    return replace(
        best,
        title=max((one.title, other.title), key=_fullness),
        unit=best.unit or rest.unit,
        session=best.session or rest.session,
        location=best.location or rest.location,
        dates=best.dates or rest.dates,
        witnesses=tuple(dict.fromkeys((*best.witnesses, *rest.witnesses))),
        confidence=surer.confidence,
        alternatives=surer.alternatives,
        unsure=surer.unsure,
        cancelled=one.cancelled or other.cancelled,
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
    seen = Seen()
    for day, events in ordered:
        newer = len(kept)
        often = Counter(map(identity, events))
        for event in events:
            known = [at for at in by_identity.get(identity(event), ()) if at < newer]
            once = len(known) == 1 and often[identity(event)] == 1
            near = (at for at in seen.like(event) if at < newer)
            same = _at_the_time(kept, known, event)
            if same is None:
                same = next((at for at in near if _told_again(kept[at], event)), None)
            if same is None and once and _moved(kept[known[0]], event, days[known[0]]):
                same = known[0]
            apart = same is not None and day == days[same] and _disagree(kept[same], event)
            if same is None or apart:
                if same is not None:
                    kept[same], event = _doubted(kept[same], event), _doubted(event, kept[same])
                by_identity.setdefault(identity(event), []).append(len(kept))
                seen.add(len(kept), event)
                kept.append(event)
                days.append(day)
            else:
                told = Telling(event.source, event.value, day)
                kept[same] = replace(kept[same], history=(*kept[same].history, told))
    return kept


def _told_again(newer: Event, older: Event) -> bool:
    return newer.department == older.department and same_event(newer, older)


def _disagree(one: Event, other: Event) -> bool:
    """Tell whether two reports of one day give an event two times: neither is the newer one."""
    return not (one.approximate or other.approximate or same_time(one, other))


def _doubted(event: Event, other: Event) -> Event:
    """Return an event with the warning that another report of the same day says otherwise."""
    source = other.source
    note = (
        f"같은 날 보고서 {source.report} {source.line}행에는 {other.value.korean()}로 적혀 있습니다"
    )
    doubt = Witness("repetition", "contradicts", note, "어느 쪽이 맞는지 확인하세요.")
    return replace(event, witnesses=(*event.witnesses, doubt))


def _at_the_time(kept: Sequence[Event], known: Sequence[int], event: Event) -> int | None:
    """Return the newer event of the same name that lies at the time of an older one."""
    alike = (at for at in known if same_time(kept[at], event) or _overlap(kept[at], event))
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
    (a, b), (c, d) = days_of(one), days_of(other)
    if None in (a, b, c, d) or one.rrule or other.rrule:
        return False
    return a <= d and c <= b and (a, c) != (b, d)  # type: ignore[operator]
