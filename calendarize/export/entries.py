"""What a calendar gets for an event: entries on days or at times, ready for iCalendar and CSV.

Here it is decided how an entry that is not exact to the day, has an open side or repeats is put
on days, so that no day is invented and the reader is told what was done.

| time | entries |
|---|---|
| exact | one over its days, or at its clock time; over 60 days, no session: its first and last |
| exact days with gaps | one per run of consecutive days |
| inexact, up to 62 days | one tentative entry over the whole window |
| inexact, longer | one tentative entry on the first day (`_no_new_year`) |
| open side | one entry on the day, or at the hour, that is told (`… 시작`, `… 마감`) |
| several | as each one by itself |
| a rule that names its days | a rule with an end and its exceptions, or entries (`_fits`) |
| a rule without days (`매월`) | one tentative entry `[매월] …` on the first day |
| undated, or before 1970 | none |
"""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import islice

from calendarize.events.model import Event, names_days
from calendarize.events.presets import LONG
from calendarize.export.options import Options, horizon_of
from calendarize.export.text import one_line, shorten
from calendarize.export.words import KINDS, marked, runs
from calendarize.timex.recurrence import Rule, every_week_but, korean_rule
from calendarize.timex.values import (
    Interval,
    Point,
    Recurring,
    Several,
    Undated,
    as_day,
    is_exact,
    last_day,
)
from calendarize.timex.workdays import is_public_holiday, is_workday

EPOCH = date(1970, 1, 1)
"""What lies before it is history, not a calendar's; programs disagree on days before it."""
WINDOW = timedelta(days=62)
"""The longest inexact period that is shown as a whole: two months."""
SEOUL = timedelta(hours=9)
"""Asia/Seoul is UTC+9 all year."""
MEETING = timedelta(hours=1)
"""How long an entry lasts whose end is not told; every calendar program wants an end."""
INSTANCES = 366
YEARS = 5
"""So long a yearly rule goes on whose end is not told; a rule in a calendar has to end."""
SUMMARY = 200

TENTATIVE = "[미정] "
NOTES = {
    "span": "날짜 없이 기간만 적혀 있어 그 기간 전체에 표시했습니다.",
    "long": "날짜 없이 기간만 적혀 있고 기간이 길어 첫날에만 표시했습니다.",
    "start": "날짜 없이 기간만 적혀 있어 그 첫날에 표시했습니다.",
    "end": "날짜 없이 기간만 적혀 있어 그 마지막 날에 표시했습니다.",
    "open end": "끝나는 날이 적혀 있지 않아 시작하는 날에만 표시했습니다.",
    "open start": "시작하는 날이 적혀 있지 않아 끝나는 날에만 표시했습니다.",
    "bar": "기간이 두 달을 넘어 첫날과 마지막 날에만 표시했습니다.",
    "clock": "끝나는 시각이 적혀 있지 않아 한 시간으로 표시했습니다.",
    "rule": "날짜 없이 반복 주기만 적혀 있어 한 번만 표시했습니다.",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a calendar.

    All-day entries have days as `first` and `last`, both inclusive; others the moments (naive
    Asia/Seoul wall time) when they begin and end. `rrule` is set, with its `instances`, where the
    entry repeats; it always ends. `excluded` are days of the rule that are none of its instances.
    `note` is a Korean sentence on how the days were chosen.
    """

    event: Event
    uid: str
    first: date
    last: date
    summary: str
    tentative: bool = False
    note: str = ""
    rrule: str | None = None
    instances: tuple[date, ...] = ()
    excluded: tuple[date, ...] = ()

    @property
    def timed(self) -> bool:
        return isinstance(self.first, datetime)

    @property
    def days(self) -> Sequence[date]:
        """The days on which it begins: those of its instances, where it repeats."""
        return self.instances or (_moment(self.first).date(),)

    @property
    def busy(self) -> bool:
        """True where it takes the reader's time: at a clock time, within a day, no deadline."""
        if self.event.cancelled:
            return False
        within_a_day = self.timed and self.last - self.first <= timedelta(days=1)
        return within_a_day and (self.event.start is not None or bool(self.event.rrule))


def entries(events: Sequence[Event], options: Options) -> list[Entry]:
    """Return the entries of events, in order of time; each has a UID of its own.

    The first entry of an event keeps the event's UID, the others get `-2`, `-3`.
    """
    horizon = horizon_of(events, options)
    placed = (entry for event in events for entry in _placed(event, options, horizon))
    found = [entry for entry in placed if _moment(entry.last) >= _moment(EPOCH)]
    found.sort(key=lambda e: (_moment(e.first), e.uid, e.summary, _moment(e.last)))
    seen: Counter[str] = Counter()
    for at, entry in enumerate(found):
        seen[entry.uid] += 1
        if (count := seen[entry.uid]) > 1:
            found[at] = replace(entry, uid=f"{entry.uid}-{count}")
    return found


def left_out(events: Sequence[Event], options: Options) -> list[Event]:
    """Return the events that a calendar gets no entry for (such as `수시`)."""
    present = {id(entry.event) for entry in entries(events, options)}
    return [e for e in events if id(e) not in present]


def _moment(day: date) -> datetime:
    return day if isinstance(day, datetime) else datetime.combine(day, time())


def _placed(event: Event, options: Options, horizon: tuple[date, date]) -> list[Entry]:
    if event.dates:
        return [_entry(event, *run) for run in runs(event.dates)]
    match event.value:
        case Undated():
            return []
        case Recurring():
            return _repeated(event, event.value, options, horizon)
        case Several(values):
            return [entry for value in values for entry in _single(event, value, options)]
        case _:
            return _single(event, event.value, options)


def _entry(
    event: Event,
    first: date,
    last: date,
    note: str = "",
    *,
    tentative: bool = False,
    mark: str = "",
    word: str = "",
) -> Entry:
    """Make an entry; `mark` stands before its title, `word` behind it unless it is there.

    What is doubtful is marked too, behind `mark`.
    """
    title = one_line(event.title) or f"({KINDS[event.kind]})"
    ending = f" {word}" if word and not title.endswith(_SAID.get(word, ())) else ""
    mark = (mark or (TENTATIVE if tentative else "")) + marked(event, "")
    summary = mark + shorten(title, SUMMARY - len(mark) - len(ending)) + ending
    return Entry(event, event.uid, first, max(first, last), summary, tentative, note)


_SAID: Mapping[str, tuple[str, ...]] = {
    "시작": ("시작", "개시", "착수", "개회", "개원", "개관", "개통"),
    "마감": ("마감", "까지", "기한", "종료", "완료", "마무리"),
    "종료": ("종료", "마감", "까지", "완료", "마무리"),
}
"""A word added to a title → endings that say it already."""


def _single(event: Event, value: Point | Interval, options: Options) -> list[Entry]:
    exact = is_exact(value)
    if not exact and options.approximate == "skip":
        return []
    (start, end), last = value.bounds(), last_day(value)
    first = as_day(start)
    if first is None or last is None:
        return _open(event, first, last, tentative=not exact)
    if not exact:
        return [_window(event, first, last, options)]
    if event.kind == "session" or last - first < LONG:
        if isinstance(start, datetime) and isinstance(end, datetime):
            return [_timed(event, start, end)]
        return [_entry(event, first, last)]
    return [
        _entry(event, first, first, NOTES["bar"], word="시작"),
        _entry(event, last, last, NOTES["bar"], word="종료"),
    ]


def _open(event: Event, first: date | None, last: date | None, *, tentative: bool) -> list[Entry]:
    at = event.end
    if last and isinstance(at, datetime) and at.time() != time():
        note = f"{NOTES['open start']} {NOTES['clock']}"
        return [_entry(event, at, at + MEETING, note, word="마감")]
    if first:
        first = _no_new_year(first, first + WINDOW) if tentative else first
        return [_entry(event, first, first, NOTES["open end"], tentative=tentative, word="시작")]
    if last:
        return [_entry(event, last, last, NOTES["open start"], tentative=tentative, word="마감")]
    return []


def _window(event: Event, first: date, last: date, options: Options) -> Entry:
    long = options.approximate == "span" and last - first >= WINDOW
    choice = "long" if long else options.approximate
    marker = _no_new_year(first, last)
    days = {"span": (first, last), "end": (last, last)}.get(choice, (marker, marker))
    return _entry(event, *days, NOTES[choice], tentative=True)


def _no_new_year(first: date, last: date) -> date:
    """Return the first day of a period, or the first working day where that is 1 January.

    Nobody looks for the work of a year on New Year's Day.
    """
    if (first.month, first.day) != (1, 1):
        return first
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return next(filter(is_workday, days), first)


def _timed(event: Event, start: datetime, end: datetime) -> Entry:
    whole_days = f"{start:%H:%M}" == "00:00" and f"{end:%H:%M}" in ("00:00", "23:59")
    if whole_days and end > start:
        return _entry(event, start.date(), (end - timedelta(minutes=1)).date())
    if end > start:
        return _entry(event, start, end)
    return _entry(event, start, start + MEETING, NOTES["clock"])


# Rules ------------------------------------------------------------------------------------------


def _repeated(
    event: Event, value: Recurring, options: Options, horizon: tuple[date, date]
) -> list[Entry]:
    start, end = value.bounds()
    rule = value.rule
    if event.year:
        horizon = date(event.year, 1, 1), date(event.year, 12, 31)
    first, last = as_day(start) or horizon[0], as_day(end) or horizon[1]
    if rule.frequency == "YEARLY" and end is None:
        last = last.replace(year=last.year + YEARS - 1)
    if not names_days(value):
        if options.approximate == "skip":
            return []
        start = _first_in_month(first, rule)
        day = last if options.approximate == "end" else _no_new_year(start, last)
        mark = f"[{korean_rule(rule)}] "
        return [_entry(event, day, day, NOTES["rule"], tentative=True, mark=mark)]
    days = tuple(islice(_instances(value, first, last), INSTANCES))
    weekly, _ = every_week_but(rule) or (rule, None)
    every = rule if rule.frequency == "YEARLY" else replace(weekly, months=())
    if len(days) > 1 and _fits(every):
        kept = set(days)
        out = tuple(d for d in _days(every, days[0], days[-1]) if d not in kept)
        once = _instance(event, value, days[0])
        until = f"{every};UNTIL={_until(days[-1], value.at)}"
        return [replace(once, rrule=until, instances=days, excluded=out)]
    return [_instance(event, value, day) for day in days]


def _instance(event: Event, value: Recurring, day: date) -> Entry:
    """Return the entry of one instance of a rule, at its clock time where one is told."""
    if value.at is None:
        return _entry(event, day, day)
    start = datetime.combine(day, value.at)
    if value.to is None:
        return _entry(event, start, start + MEETING, NOTES["clock"])
    end = datetime.combine(day, value.to)
    return _entry(event, start, end if end > start else end + timedelta(days=1))


def _until(day: date, at: time | None) -> str:
    """Write the last instance as UNTIL: a day, or UTC where it is timed (RFC 5545 3.3.10)."""
    if at is None:
        return f"{day:%Y%m%d}"
    return f"{datetime.combine(day, at) - SEOUL:%Y%m%dT%H%M%SZ}"


def _first_in_month(first: date, rule: Rule) -> date:
    """Return the first day from `first` on that lies in a month of a rule, if it names one."""
    ahead = (first.year * 12 + first.month + n for n in range(11))
    days = [first, *(date(month // 12, month % 12 + 1, 1) for month in ahead)]
    return next((day for day in days if day.month in rule.months), first)


def _instances(value: Recurring, first: date, last: date) -> Iterator[date]:
    """Yield the days of a rule between two days, both inclusive, without those it leaves out."""
    days = _days(value.rule, first, last)
    return (day for day in days if not (value.skips_holidays and is_public_holiday(day)))


def _days(rule: Rule, first: date, last: date) -> Iterator[date]:
    """Yield the days of a rule between two days, both inclusive (RFC 5545 section 3.3.10)."""
    from dateutil.rrule import rrulestr

    for at in rrulestr(str(rule), dtstart=datetime.combine(first, time())):
        if at.date() > last:
            return
        yield at.date()


def _fits(rule: Rule) -> bool:
    """Tell whether Outlook can hold a rule as it is (MS-OXCICAL section 2.1.3.2.2).

    It can hold neither lists of days of the month nor a day that some months do not have (it
    takes the 31st for the last day); such rules are written as an entry per instance.
    """
    match rule:
        case Rule("DAILY", months=(), days=(), weekdays=()):
            return True
        case Rule("WEEKLY", months=(), days=(), weekdays=(_, *_)):
            return True
        case Rule("MONTHLY", months=(), days=(), weekdays=(one,)):
            return one.nth in (1, 2, 3, 4, -1)
        case Rule("MONTHLY", months=(), days=(day,), weekdays=()):
            return 1 <= day <= _EVERY_MONTH
        case Rule("YEARLY", months=(month,), days=(day,), weekdays=()):
            return 1 <= day <= monthrange(2023, month)[1]
        case _:
            return False


_EVERY_MONTH = 28
"""Every month has so many days."""
