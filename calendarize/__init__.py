"""calendarize: find every date in Korean government reports, make timelines and calendars.

>>> import calendarize
>>> [str(match.start) for match in calendarize.search("접수 : 2021. 5. 3. ~ 5. 7.")]
['2021-05-03']

What `__all__` lists is public and described in `calendarize.api`; it is loaded when first used.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from calendarize.api import (
        LIKE,
        CalendarizeError,
        Choice,
        Conventions,
        Event,
        Limits,
        Match,
        Mention,
        Problem,
        Report,
        ReportError,
        ServiceError,
        UsageError,
        Value,
        agenda,
        check,
        combine,
        parse,
        read,
        read_all,
        schema,
        search,
        select,
        to_csv,
        to_frame,
        to_html,
        to_ics,
        to_json,
        to_svg,
    )

__version__ = "0.1.0"
__all__ = [
    "LIKE",
    "CalendarizeError",
    "Choice",
    "Conventions",
    "Event",
    "Limits",
    "Match",
    "Mention",
    "Problem",
    "Report",
    "ReportError",
    "ServiceError",
    "UsageError",
    "Value",
    "agenda",
    "check",
    "combine",
    "parse",
    "read",
    "read_all",
    "schema",
    "search",
    "select",
    "to_csv",
    "to_frame",
    "to_html",
    "to_ics",
    "to_json",
    "to_svg",
]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module 'calendarize' has no attribute '{name}'")
    from calendarize import api

    value = globals()[name] = getattr(api, name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
