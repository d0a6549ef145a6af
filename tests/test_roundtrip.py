"""What we write is what other engines read: titles, texts, days, times and rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from calendarize.events.assemble import assemble
from calendarize.events.model import Event, Source
from calendarize.export import Options, render
from calendarize.export.describe import description
from calendarize.export.entries import SUMMARY, Entry, entries
from calendarize.export.ical import document, items
from calendarize.export.options import Approximate
from calendarize.export.text import one_line, shorten
from calendarize.mentions.reading import read
from calendarize.report import read_file
from calendarize.timex.recurrence import Rule
from calendarize.timex.values import Day, Interval, Moment, Month, Recurring, Value
from tests.engines import ENGINES, Found, missing, with_icalendar, written
from tests.examples import reports
from tests.radicale import Server, radicale

TODAY = date(2021, 5, 3)
STAMP = datetime(2021, 5, 3, tzinfo=UTC)
NASTY = (
    r"\N \n \, \;",
    '쉼표, 쌍반점; 따옴표" 콜론: 역사선\\',
    "😀 𠮷野家 👨‍👩‍👧 ﷽",
    "가" * 10_000,
    "\x00\x07\x1b[31m제어\x85문자\u2028줄\u2029단락",
    "\u202e거꾸로\u202c \u200f오른쪽",
    "BEGIN:VEVENT\r\nUID:x\r\nEND:VEVENT",
    "여러\r\n줄\n제목\r끝",
    "  앞뒤 공백\t",
    "한\u1112\u1161\u11ab글",
    "=SUM(A1) @cmd -1",
    "<script>alert(1)</script> &amp;",
    "\ue000\ufffe\ufeff사용자 영역",
)


@pytest.fixture(
    params=[
        pytest.param(name, marks=[] if name == "icalendar" else [pytest.mark.heavy])
        for name in ENGINES
    ]
)
def engine(request: pytest.FixtureRequest) -> str:
    """The engine that is installed along, and where `heavy` tests are asked for the others."""
    if lacking := missing(request.param):
        pytest.fail(lacking)
    return str(request.param)


def expected(entry: Entry) -> Found:
    """Return what an engine has to read of an entry."""
    timed = isinstance(entry.first, datetime) and isinstance(entry.last, datetime)
    last = entry.last if timed else entry.last + timedelta(days=1)
    clock = entry.first.time() if isinstance(entry.first, datetime) else None
    at = (datetime.combine(day, clock) if clock else day for day in entry.instances)
    return Found(
        entry.uid,
        entry.summary,
        description(entry),
        shorten(one_line(entry.event.location or ""), SUMMARY),
        written(entry.first),
        written(last),
        tuple(map(written, at)) if entry.rrule else (),
    )


def calendar(events: Sequence[Event], options: Options) -> bytes:
    data = render("ics", events, options)
    assert isinstance(data, bytes)
    return data


def samples() -> Iterator[tuple[list[Event], Options]]:
    for report in reports():
        events = assemble(read(read_file(report)))
        for approximate in get_args(Approximate):
            yield events, Options(TODAY, approximate=approximate, stamp=STAMP)


def test_the_samples_are_read_as_they_are_meant(engine: str) -> None:
    told = list(samples())
    read_back = ENGINES[engine]([calendar(events, options) for events, options in told])
    for (events, options), found in zip(told, read_back, strict=True):
        assert found == [expected(entry) for entry in entries(events, options)]


def event(title: str, value: Value, number: int = 0, text: str = "", place: str = "") -> Event:
    source = Source("보고.txt", number, text or "5. 4.", text)
    return Event(f"uid-{number}", title, value, "meeting", "총무과", source, location=place)


RULES = (
    Recurring(Rule.parse("FREQ=WEEKLY;BYDAY=MO,WE"), Interval(Month(2021, 4), Month(2021, 6))),
    Recurring(
        Rule.parse("FREQ=MONTHLY;BYDAY=2WE"), Interval(Month(2021, 1), Month(2021, 12)), at=time(14)
    ),
    Recurring(Rule.parse("FREQ=MONTHLY;BYDAY=-1FR"), Interval(Month(2021, 1), Month(2021, 12))),
    Recurring(
        Rule.parse("FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=10"),
        Interval(Month(2021, 1), Month(2022, 6)),
    ),
    Recurring(
        Rule.parse("FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=20"), Interval(Month(2020, 1), Month(2024, 12))
    ),
    Recurring(
        Rule("DAILY"),
        Interval(Day(date(2021, 5, 1)), Day(date(2021, 5, 9))),
        at=time(9, 30),
    ),
)


def test_rules_come_to_the_same_days(engine: str) -> None:
    events = [event(f"반복 {n}", rule, n) for n, rule in enumerate(RULES)]
    options = Options(TODAY, stamp=STAMP)
    (found,) = ENGINES[engine]([calendar(events, options)])
    wanted = [expected(entry) for entry in entries(events, options)]
    assert found == wanted
    assert all(len(each.instances) > 3 for each in found)


def test_nasty_texts_survive(engine: str) -> None:
    day = Day(date(2021, 5, 4))
    events = [event(text, day, n, text, text) for n, text in enumerate(NASTY)]
    options = Options(TODAY, stamp=STAMP)
    (found,) = ENGINES[engine]([calendar(events, options)])
    assert found == [expected(entry) for entry in entries(events, options)]
    assert len(found) == len(NASTY)


DAYS = st.dates(date(1980, 1, 1), date(2090, 1, 1))
MOMENTS = st.datetimes(datetime(1980, 1, 1), datetime(2090, 1, 1)).map(
    lambda at: at.replace(second=0, microsecond=0)
)
VALUES: st.SearchStrategy[Value] = st.one_of(
    DAYS.map(Day),
    MOMENTS.map(Moment),
    st.tuples(DAYS, st.integers(0, 300)).map(
        lambda pair: Interval(Day(pair[0]), Day(pair[0] + timedelta(days=pair[1])))
    ),
    st.tuples(MOMENTS, st.integers(1, 5000)).map(
        lambda pair: Interval(Moment(pair[0]), Moment(pair[0] + timedelta(minutes=pair[1])))
    ),
    st.builds(Month, st.integers(1980, 2090), st.integers(1, 12)),
    st.sampled_from(RULES),
)
TEXTS = st.one_of(st.text(max_size=80), st.sampled_from(NASTY))
EVENTS = st.lists(st.tuples(TEXTS, VALUES, TEXTS, TEXTS), min_size=1, max_size=25)


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(made=EVENTS)
def test_any_events_survive(engine: str, made: list[tuple[str, Value, str, str]]) -> None:
    events = [
        event(title, value, n, text, place) for n, (title, value, text, place) in enumerate(made)
    ]
    options = Options(TODAY, stamp=STAMP)
    (found,) = ENGINES[engine]([calendar(events, options)])
    assert found == [expected(entry) for entry in entries(events, options)]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with radicale(tmp_path_factory.mktemp("radicale")) as running:
        yield running


def through(server: Server, events: Sequence[Event], options: Options) -> list[Found]:
    """Return what a calendar server gives back of events that were put into it one by one."""
    server.request("DELETE", server.collection)
    server.request("MKCALENDAR", server.collection)
    for item in items(events, options):
        whole = document([item], events, options).decode()
        answer = server.request("PUT", f"{server.collection}{item.uid}.ics", whole)
        assert answer.status_code == 201, answer.text
    collection = server.request("GET", server.collection).content
    (found,) = with_icalendar([collection])
    order = {item.uid: at for at, item in enumerate(items(events, options))}
    return sorted(found, key=lambda each: order[each.uid])


@pytest.mark.heavy
def test_a_calendar_server_keeps_what_it_is_given(server: Server) -> None:
    told = [(events, options) for events, options in samples() if options.approximate == "span"]
    day = Day(date(2021, 5, 4))
    nasty = [event(text, day, n, text, text) for n, text in enumerate(NASTY)]
    rules = [event(f"반복 {n}", rule, n) for n, rule in enumerate(RULES)]
    for events, options in [
        *told,
        (nasty, Options(TODAY, stamp=STAMP)),
        (rules, Options(TODAY, stamp=STAMP)),
    ]:
        found = through(server, events, options)
        assert found == [expected(entry) for entry in entries(events, options)]


FEW = st.lists(st.tuples(TEXTS, VALUES, TEXTS, TEXTS), min_size=1, max_size=6)


@pytest.mark.heavy
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(made=FEW)
def test_any_events_survive_a_calendar_server(
    server: Server, made: list[tuple[str, Value, str, str]]
) -> None:
    events = [
        event(title, value, n, text, place) for n, (title, value, text, place) in enumerate(made)
    ]
    options = Options(TODAY, stamp=STAMP)
    assert through(server, events, options) == [expected(e) for e in entries(events, options)]
