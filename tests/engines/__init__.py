"""Calendar engines that read our files back, each as its users meet it: bytes in, events out.

ical.js (Thunderbird, Nextcloud) comes with `npm install` in this folder, libical (GNOME, KDE)
with the system's packages, icalendar and Radicale from the test extra.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import json
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import icalendar
import recurring_ical_events

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Found:
    """An event as an engine reads it: days or Seoul wall times as text, the end exclusive."""

    uid: str
    summary: str
    description: str
    location: str
    first: str
    last: str
    instances: tuple[str, ...] = ()


def written(at: date) -> str:
    return f"{at:%Y-%m-%dT%H:%M}" if isinstance(at, datetime) else f"{at:%Y-%m-%d}"


def with_icalendar(files: Sequence[bytes]) -> list[list[Found]]:
    return [list(map(_of_icalendar, _events(data))) for data in files]


def _events(data: bytes) -> list[icalendar.Event]:
    calendar = icalendar.Calendar.from_ical(data)
    return [event for event in calendar.walk("VEVENT") if isinstance(event, icalendar.Event)]


def _of_icalendar(event: icalendar.Event) -> Found:
    instances: tuple[str, ...] = ()
    if "RRULE" in event:
        holder = icalendar.Calendar()
        holder.add_component(event)
        day = event.start.date() if isinstance(event.start, datetime) else event.start
        query = recurring_ical_events.of(holder)
        many = query.between(day, day + timedelta(days=366 * 12))
        instances = tuple(sorted(written(each.start) for each in many))
    return Found(
        str(event["UID"]),
        str(event["SUMMARY"]),
        str(event.get("DESCRIPTION", "")),
        str(event.get("LOCATION", "")),
        written(event.start),
        written(event.end),
        instances,
    )


def with_ical_js(files: Sequence[bytes]) -> list[list[Found]]:
    with tempfile.TemporaryDirectory() as folder:
        names = [str(Path(folder, f"{at}.ics")) for at in range(len(files))]
        for name, data in zip(names, files, strict=True):
            Path(name).write_bytes(data)
        done = subprocess.run(
            ["node", str(FOLDER / "read.mjs")],
            input=json.dumps(names).encode(),
            capture_output=True,
            check=True,
        )
    return [
        [Found(**{**event, "instances": tuple(event["instances"])}) for event in calendar]
        for calendar in json.loads(done.stdout)
    ]


_VEVENT_COMPONENT, _ANY_PROPERTY = 4, 0


class _IcalTime(ctypes.Structure):
    """`struct icaltimetype` of libical 3."""

    _fields_ = (
        *((name, ctypes.c_int) for name in ("year", "month", "day", "hour", "minute", "second")),
        ("is_date", ctypes.c_int),
        ("is_daylight", ctypes.c_int),
        ("zone", ctypes.c_void_p),
    )


class _Span(ctypes.Structure):
    """`struct icaltime_span`: seconds since 1970."""

    _fields_ = (("start", ctypes.c_long), ("end", ctypes.c_long), ("is_busy", ctypes.c_int))


_OnInstance = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.POINTER(_Span), ctypes.c_void_p)


class _LibIcal:
    """The few functions of libical that it takes to read a calendar (ical.h)."""

    def __init__(self) -> None:
        library = ctypes.CDLL(ctypes.util.find_library("ical"))
        pointer, text = ctypes.c_void_p, ctypes.c_char_p
        for name, result, arguments in (
            ("icalparser_parse_string", pointer, [text]),
            ("icalcomponent_get_first_component", pointer, [pointer, ctypes.c_int]),
            ("icalcomponent_get_next_component", pointer, [pointer, ctypes.c_int]),
            ("icalcomponent_get_first_property", pointer, [pointer, ctypes.c_int]),
            ("icalcomponent_get_next_property", pointer, [pointer, ctypes.c_int]),
            ("icalproperty_get_property_name", text, [pointer]),
            ("icalproperty_get_value_as_string", text, [pointer]),
            ("icalproperty_get_summary", text, [pointer]),
            ("icalproperty_get_description", text, [pointer]),
            ("icalproperty_get_location", text, [pointer]),
            ("icalcomponent_free", None, [pointer]),
            ("icalcomponent_count_errors", ctypes.c_int, [pointer]),
        ):
            function = getattr(library, name)
            function.restype, function.argtypes = result, arguments
        library.icalcomponent_foreach_recurrence.restype = None
        library.icalcomponent_foreach_recurrence.argtypes = [
            pointer,
            _IcalTime,
            _IcalTime,
            _OnInstance,
            pointer,
        ]
        self.library = library

    def read(self, data: bytes) -> list[Found]:
        library = self.library
        calendar = library.icalparser_parse_string(data)
        assert calendar, "libical reads no calendar in it"
        assert library.icalcomponent_count_errors(calendar) == 0
        found = []
        event = library.icalcomponent_get_first_component(calendar, _VEVENT_COMPONENT)
        while event:
            found.append(self._event(event))
            event = library.icalcomponent_get_next_component(calendar, _VEVENT_COMPONENT)
        library.icalcomponent_free(calendar)
        return found

    def _event(self, event: int) -> Found:
        library, values = self.library, dict[str, str]()
        texts = {
            "SUMMARY": library.icalproperty_get_summary,
            "DESCRIPTION": library.icalproperty_get_description,
            "LOCATION": library.icalproperty_get_location,
        }
        each = library.icalcomponent_get_first_property(event, _ANY_PROPERTY)
        while each:
            name = library.icalproperty_get_property_name(each).decode()
            value = texts.get(name, library.icalproperty_get_value_as_string)(each)
            values[name] = (value or b"").decode()
            each = library.icalcomponent_get_next_property(event, _ANY_PROPERTY)
        return Found(
            values["UID"],
            values["SUMMARY"],
            values.get("DESCRIPTION", ""),
            values.get("LOCATION", ""),
            _dashed(values["DTSTART"]),
            _dashed(values["DTEND"]),
            self._expanded(event, "T" in values["DTSTART"]) if "RRULE" in values else (),
        )

    def _expanded(self, event: int, timed: bool) -> tuple[str, ...]:
        """Return the instances of an event; those at clock times come as moments in UTC."""
        moments: list[datetime] = []

        def take(_: int, span: ctypes._Pointer[_Span], __: int) -> None:
            start = datetime(1970, 1, 1) + timedelta(seconds=span.contents.start)
            moments.append(start + timedelta(hours=9) if timed else start)

        first, last = (_IcalTime(year=year, month=1, day=1) for year in (1970, 2100))
        self.library.icalcomponent_foreach_recurrence(event, first, last, _OnInstance(take), None)
        return tuple(written(at if timed else at.date()) for at in moments)


def _dashed(value: str) -> str:
    pattern = "%Y%m%dT%H%M%S" if "T" in value else "%Y%m%d"
    at = datetime.strptime(value, pattern)
    return written(at if "T" in value else at.date())


def with_libical(files: Sequence[bytes]) -> list[list[Found]]:
    library = _LibIcal()
    return [library.read(data) for data in files]


ENGINES: dict[str, Callable[[Sequence[bytes]], list[list[Found]]]] = {
    "icalendar": with_icalendar,
    "ical.js": with_ical_js,
    "libical": with_libical,
}


def missing(engine: str) -> str | None:
    """Say what an engine lacks here, `None` where it is ready."""
    if engine == "ical.js" and not (shutil.which("node") and (FOLDER / "node_modules").is_dir()):
        return "ical.js: npm install --prefix tests/engines"
    if engine == "libical" and not ctypes.util.find_library("ical"):
        return "libical: the system's package libical3"
    return None
