"""What a renderer needs to know beside the events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Literal, Protocol

from calendarize.events.model import Event
from calendarize.timex.values import as_day

Approximate = Literal["span", "start", "end", "skip"]


@dataclass(frozen=True, slots=True)
class Options:
    """Choices of the reader and facts of the report; every renderer takes what it needs.

    `today` judges the status. `stamp` is when the report was made: DTSTAMP of every calendar
    entry, so that the same report gives the same bytes. `horizon` is the first and last day of
    the report's year, in which rules without an end are written out; without it, the year in
    which most events start. `first` and `last` are the period that was asked for (inclusive).
    `calendar_name` is by default the departments and the year; `calendar_color` a CSS3 name;
    `alarms` say how long before an exact entry the calendar reminds of it; `refresh`
    how often a subscriber should look again.
    `sort` is the order of tables: by `date`, else that in which the events are given.
    `folded` timelines tell what lasts all year or began long before in one line each.
    `width` is in columns of the terminal, 100 where it is not told.
    """

    today: date
    approximate: Approximate = "span"
    calendar_name: str | None = None
    calendar_color: str | None = None
    alarms: tuple[timedelta, ...] = ()
    refresh: timedelta | None = None
    width: int | None = None
    color: bool = False
    tablefmt: str = "simple"
    sort: str = "date"
    folded: bool = True
    stamp: datetime = field(default=datetime(2000, 1, 1, tzinfo=UTC))
    horizon: tuple[date, date] | None = None
    first: date | None = None
    last: date | None = None


class Renderer(Protocol):
    """Events in, a finished document out: text, or bytes where the format fixes them."""

    def __call__(self, events: Sequence[Event], options: Options) -> str | bytes: ...


def horizon_of(events: Sequence[Event], options: Options) -> tuple[date, date]:
    """Return the first and last day of the report's year, as told or as the events suggest."""
    if options.horizon:
        return options.horizon
    starts = (as_day(e.start) for e in events)
    years = Counter(day.year for day in starts if day)
    year = min(years, key=lambda y: (-years[y], y), default=options.today.year)
    return date(year, 1, 1), date(year, 12, 31)


def title_of(events: Sequence[Event]) -> str:
    """Return the departments of the events in the order they appear: the title of it all."""
    departments = list(dict.fromkeys(e.department for e in events if e.department))
    more = len(departments) - 3
    return " · ".join(departments[:3]) + (f" 외 {more}곳" if more > 0 else "") or "업무 일정"
