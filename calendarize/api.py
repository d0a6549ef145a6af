"""The public API: reports in, events out; dates in a text; events into calendars and tables.

`calendarize` re-exports what `__all__` lists; that is kept stable under semantic versioning, the
rest may change. Days are `datetime.date`, clock times aware `datetime.datetime` of Asia/Seoul
(UTC+9); every end is inclusive; `None` is an open side. Offsets and columns count code points.
What goes wrong raises a `CalendarizeError`: one Korean line, what is wrong and what to do.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args

from calendarize.changes.together import combined
from calendarize.errors import CalendarizeError, ServiceError, UsageError
from calendarize.events.assemble import Told, tell
from calendarize.events.checks import Problem, problems
from calendarize.events.model import Kind, Status
from calendarize.events.presets import PRESETS
from calendarize.events.select import SORTS, Choice
from calendarize.export import render
from calendarize.export.json import Document, record, written, written_lines
from calendarize.export.json import EventRecord as Event
from calendarize.export.options import Approximate, Options
from calendarize.mentions.reading import Reading
from calendarize.mentions.reading import read as _read
from calendarize.report import ReportError, read_bytes, read_file, read_text
from calendarize.run import Job, Run, alone, each, missing
from calendarize.timex import conversation
from calendarize.timex.conversation import LIKE, Conventions
from calendarize.timex.conversation.spans import Preference
from calendarize.timex.partial import Expression
from calendarize.timex.resolve import Anchor, Resolution, Witness, resolve
from calendarize.timex.values import KST, Precision, Recurring, Several, as_day, is_exact
from calendarize.timex.values import Value as _Value
from calendarize.timex.whole import read_expression
from calendarize.workers import Limits

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

T = TypeVar("T")
Style = Literal["report", "conversation"]
Role = Literal["event", "asof", "reference", "document"]
Moment = dt.date | dt.datetime | None
"""A day, a clock time of Asia/Seoul, or an open side."""


@dataclass(frozen=True, slots=True, repr=False)
class Value:
    """What a time expression came to.

    `start` and `end` are its first and last day or clock time, both inclusive. `values` lists
    them one by one where one expression names several (`3, 6, 9, 12월`). `evidence` says what
    decided what was not written, `warnings` what contradicts, both in Korean.
    """

    start: Moment
    end: Moment
    values: tuple[tuple[Moment, Moment], ...]
    evidence: tuple[str, ...]
    warnings: tuple[str, ...]
    _told: _Value

    @property
    def precision(self) -> Precision | None:
        """`year` `half` `quarter` `month` `part` (a third of a month) `day` `minute`.

        `None` where the ends differ.
        """
        return self._told.precision

    @property
    def approximate(self) -> bool:
        """Whether it is coarser than a day."""
        return not is_exact(self._told)

    @property
    def rrule(self) -> str | None:
        """The RFC 5545 rule of what repeats, bounded by `start` and `end` where the text is."""
        return str(self._told.rule) if isinstance(self._told, Recurring) else None

    @property
    def edtf(self) -> str:
        """Its ISO 8601-2 (EDTF) form."""
        return self._told.edtf()

    @property
    def korean(self) -> str:
        """Its form for a reader."""
        return self._told.korean()

    def __repr__(self) -> str:
        return f"<Value {self.korean} ({self.start} / {self.end})>"


@dataclass(frozen=True, slots=True)
class Match:
    """A time expression inside a text: `text[match.span[0] : match.span[1]] == match.text`."""

    text: str
    span: tuple[int, int]
    value: Value

    @property
    def start(self) -> Moment:
        """The first day or clock time of its value."""
        return self.value.start

    @property
    def end(self) -> Moment:
        """The last day or clock time of its value, inclusive."""
        return self.value.end

    @property
    def precision(self) -> Precision | None:
        return self.value.precision

    @property
    def rrule(self) -> str | None:
        return self.value.rrule

    @property
    def evidence(self) -> tuple[str, ...]:
        return self.value.evidence


@dataclass(frozen=True, slots=True)
class Mention:
    """A time expression of a report: where it stands, what it came to, and what it is for.

    `line` counts from 1, `column` from 0 in code points. `role` is `event`, `asof` (the day of a
    count), `reference` or `document` (the report's own date); only events have a `title`.
    """

    line: int
    column: int
    text: str
    value: Value
    role: Role
    title: str | None


@dataclass(frozen=True)
class Report:
    """What a report says: its own date and department, its events, and all of its dates.

    `problems` are lines about what could not be read (`read_all` goes on without it; then there
    are no events), `notices` about what the report does not tell of itself.
    """

    source: str
    date: dt.date | None = None
    department: str | None = None
    mentions: tuple[Mention, ...] = field(default=(), repr=False)
    problems: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    _told: Told | None = field(default=None, repr=False, compare=False)
    _today: dt.date | None = field(default=None, repr=False, compare=False)

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """Its events, in order of time."""
        return combine([self], today=self._today)


def read(
    source: str | bytes | Path,
    *,
    date: dt.date | None = None,
    department: str | None = None,
    today: dt.date | None = None,
    limits: Limits | None = None,
) -> Report:
    """Read one report: a file, the bytes of a document in any format, or a text.

    A `str` is a path where such a file exists, otherwise a text if it has more than one line or
    holds a time expression; a `Path` is always a file. `date` and `department` override what the
    report says of itself; `today` judges the status of its events (default: the clock).

    With `limits` the report is read in a process of its own, which is ended when it takes more:
    for documents of strangers. (Not the default: a process costs some 10 ms on Linux, half a
    second elsewhere or beside threads, and is not allowed everywhere; `read_all` and the command
    line always read so.)

    Raises `ReportError` where the document cannot be read, exceeds the limits, or an archive
    holds several.

    >>> report = read("2021. 5. 3.\\n의회사무처\\n○ 제300회 임시회 : 4. 19. ~ 5. 4.\\n")
    >>> [(event.title, str(event.start), str(event.end)) for event in report.events]
    [('제300회 임시회', '2021-04-19', '2021-05-04')]
    """
    made, notices = _made(source, _found_and_missing, date, department, limits)
    return made.report(today, notices)


def _found_and_missing(reading: Reading) -> tuple[Found, list[str]]:
    return found(reading), missing(reading)


def _made(
    source: str | bytes | Path,
    work: Callable[[Reading], T],
    date: dt.date | None,
    department: str | None,
    limits: Limits | None,
) -> T:
    """Return what is made of one report, here or (with limits) in a process of its own."""
    name, opened = _document(source)
    make = partial(_make, opened, work, _date(date), department)
    return make() if limits is None else alone(name, make, limits)


def _make(
    opened: Callable[[], Any],
    work: Callable[[Reading], T],
    date: dt.date | None,
    department: str | None,
) -> T:
    return work(_read(opened(), date, department))


def _date(date: dt.date | None) -> dt.date | None:
    if date is not None and not isinstance(date, dt.date):
        raise TypeError(f"date has to be a datetime.date, not {type(date).__name__}")
    return date.date() if isinstance(date, dt.datetime) else date


def _document(source: str | bytes | Path) -> tuple[str, Callable[[], Any]]:
    """Return the name of a document and what opens it."""
    if isinstance(source, bytes):
        return "문서", partial(read_bytes, source, "문서")
    if isinstance(source, Path) or (isinstance(source, str) and _is_path(source)):
        return Path(source).name, partial(read_file, Path(source))
    if not isinstance(source, str):
        kind = type(source).__name__
        raise TypeError(f"a report is a path, the bytes of a document or a text, not {kind}")
    if not source.strip():
        raise ReportError("텍스트", "비었습니다", "보고서의 내용이나 파일 이름을 주세요.")
    if "\n" not in source and not search(source):
        raise ReportError(source[:80], "그런 파일이 없습니다", "파일 이름을 확인하세요.")
    return "텍스트", partial(read_text, source, "텍스트")


def _is_path(source: str) -> bool:
    try:
        return 0 < len(source) < _LONGEST_PATH and Path(source).exists()
    except (OSError, ValueError):
        return False


_LONGEST_PATH = 4096


def read_all(
    paths: str | Path | Iterable[str | Path],
    *,
    date: dt.date | None = None,
    department: str | None = None,
    today: dt.date | None = None,
    processes: int | None = None,
    limits: Limits | None = None,
) -> Iterator[Report]:
    """Yield the reports of files, folders (searched through) and archives, in their order.

    Every report is read in another process and has to keep within the `limits` (default: 60
    seconds, 1 GiB). Without a number of `processes`, as many as there are cores work where that
    pays. What cannot be read yields a `Report` that holds only `problems`; it never stops the
    others. For events that several reports tell, see `combine`.
    """
    named = [paths] if isinstance(paths, str | Path) else paths
    job = Job(found, _date(date), department)
    _, outcomes = each([str(path) for path in named], job, processes, limits)
    for run in outcomes:
        yield from _reports(run, today)


def _reports(run: Run[Found], today: dt.date | None) -> Iterator[Report]:
    for made in run.made:
        notices = [line for line in run.notices if line.startswith(f"{made.source}: ")]
        yield made.report(today, notices)
    for line in run.problems:
        yield Report(line.split(": ", 1)[0], problems=(line,))


@dataclass(frozen=True, slots=True)
class Found:
    """What the process that reads a report hands back: nothing of the document itself."""

    source: str
    day: dt.date | None
    department: str | None
    told: Told
    mentions: tuple[Mention, ...]

    def report(self, today: dt.date | None = None, notices: Iterable[str] = ()) -> Report:
        return Report(
            self.source,
            self.day,
            self.department,
            self.mentions,
            notices=tuple(notices),
            _told=self.told,
            _today=today,
        )


def found(reading: Reading) -> Found:
    """Return what a report says; the work of `run.Job` for whoever reads many."""
    mentions = tuple(
        Mention(m.line, m.column, m.text, _value(m.value, m.resolution), m.role, m.title)
        for m in reading.mentions
    )
    return Found(reading.source, reading.day, reading.department, tell(reading), mentions)


def combine(reports: Iterable[Report], *, today: dt.date | None = None) -> tuple[Event, ...]:
    """Return the events of reports that belong together, in order of time.

    What several reports of a department tell stands once, as the newest tells it, with its
    `history`, however it was reworded; references to council sessions are narrowed to the days
    that any of the reports gives. `today` (default: the clock) judges the status.
    """
    told = [report._told for report in reports if report._told is not None]
    now, newest = today or dt.date.today(), max((r.day for r in told if r.day), default=None)
    return tuple(record(event, now, newest) for event in combined(told))


def select(events: Iterable[Event], choice: Choice) -> tuple[Event, ...]:
    """Return the events that a `Choice` asks for, in its order.

    Raises `UsageError` where it names what there is not, with what there is: departments, kinds,
    statuses, presets, orders.

    >>> report = read("2021. 5. 3.\\n의회사무처\\n○ 간담회 : 5. 20. 14:00\\n○ 마감 : 6. 1.\\n")
    >>> [e.title for e in select(report.events, Choice(first=dt.date(2021, 6, 1)))]
    ['마감']
    """
    _known("preset", choice.preset, PRESETS)
    _known("sort", choice.sort, ("date", *SORTS))
    for name, values, known in (
        ("kinds", choice.kinds, get_args(Kind)),
        ("statuses", choice.statuses, get_args(Status)),
    ):
        for value in values:
            _known(name, value, known)
    if isinstance(choice.departments, str):
        choice = replace(choice, departments=(choice.departments,))
    records = {id(each.event): each for each in events}
    chosen = choice.of([each.event for each in records.values()])
    return tuple(records[id(event)] for event in chosen)


def _known(name: str, value: str, known: Collection[str]) -> None:
    if value not in known:
        raise UsageError(f"{name}={value!r}: 그런 값은 없습니다. 있는 값: {', '.join(known)}")


def check(
    source: str | bytes | Path,
    *,
    date: dt.date | None = None,
    department: str | None = None,
    limits: Limits | None = None,
) -> list[Problem]:
    """Return what contradicts in one report: weekdays, lengths, totals, days that do not exist.

    The arguments are those of `read`; the problems are in the order of the report's lines.
    """
    return _made(source, _problems, date, department, limits)


def _problems(reading: Reading) -> list[Problem]:
    return problems(reading, combined([tell(reading)]))


def agenda(events: Iterable[Event], *, today: dt.date | None = None, days: int = 30) -> str:
    """Return what comes next as Korean text: day by day, then what goes on, then what has no day.

    From `today` (default: the clock) for so many `days`, both ends inclusive.
    """
    now = today or dt.date.today()
    options = {"today": now, "first": now, "last": now + dt.timedelta(days=days)}
    return _bytes("agenda", events, options).decode("utf-8")


def search(
    text: str,
    *,
    date: dt.date | dt.datetime | None = None,
    prefer: Preference = "nearest",
    style: Style = "report",
    conventions: Conventions | None = None,
) -> list[Match]:
    """Find the time expressions of a text, in order.

    `date` is the day (for `두 시간 전`: the moment) from which the text speaks; default: now.
    `prefer` says which year, month or week is meant where the text does not: the `nearest`, the
    next (`future`) or the last (`past`). `style="report"` reads strictly, as reports are read;
    `style="conversation"` reads everything that people say, by `conventions` where parsers of
    conversation differ (their own `prefer` holds unless another than `nearest` is given here).

    >>> found = search("회의는 5월 7일(금)로 미뤄졌다.", date=dt.date(2021, 5, 3))
    >>> [(match.text, match.span, str(match.start)) for match in found]
    [('5월 7일(금)', (4, 12), '2021-05-07')]
    """
    now = _moment(date)
    _known("style", style, _STYLES)
    if style == "report":
        return _search_report(text, now, prefer)
    rules = _conventions(conventions, prefer)
    exclusive = rules.end == "exclusive"
    said = [
        Match(text[found.start : found.end], found[:2], _value(found.value, None, exclusive))
        for found in conversation.search(text, now, rules)
    ]
    repeated = [match for match in said if match.rrule]
    written = [match for match in _search_report(text, now, prefer) if match.rrule]
    rules_first = repeated + _apart(written, repeated)
    return sorted(rules_first + _apart(said, rules_first), key=lambda match: match.span)


def _apart(matches: Iterable[Match], others: Sequence[Match]) -> list[Match]:
    """Return the matches that overlap none of the others."""
    return [m for m in matches if not any(_overlap(m.span, other.span) for other in others)]


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return max(one[0], other[0]) < min(one[1], other[1])


def _search_report(text: str, now: dt.datetime, prefer: Preference) -> list[Match]:
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    matches = []
    for mention in _read(read_text(text, "텍스트"), now.date()).mentions:
        start = starts[mention.line - 1] + mention.column
        resolution = _preferred(mention.place.expression, mention.resolution, now.date(), prefer)
        value = mention.value if resolution is mention.resolution else resolution.value
        if value is not None:
            span = (start, start + len(mention.text))
            matches.append(Match(mention.text, span, _value(value, resolution)))
    return matches


def parse(
    expression: str,
    *,
    date: dt.date | dt.datetime | None = None,
    prefer: Preference = "nearest",
    style: Style = "report",
    conventions: Conventions | None = None,
) -> Value | None:
    """Read a text that is one time expression from end to end; `None` where it is none.

    The arguments are those of `search`.

    >>> value = parse("'21. 5~6월 중")
    >>> str(value.start), str(value.end), value.precision, value.approximate
    ('2021-05-01', '2021-06-30', 'month', True)
    >>> str(parse("추석 열흘 전", date=dt.date(2021, 5, 3), style="conversation").start)
    '2021-09-11'
    """
    now = _moment(date)
    _known("style", style, _STYLES)
    if style == "conversation":
        rules = _conventions(conventions, prefer)
        value = conversation.parse(expression, now, rules)
        if value is not None:
            return _value(value, None, rules.end == "exclusive")
    found = read_expression(expression)
    if found is None:
        return None
    resolution = resolve(found, Anchor(report=now.date()))
    resolution = _preferred(found, resolution, now.date(), prefer)
    return _value(resolution.value, resolution) if resolution.value is not None else None


def _moment(day: dt.date | dt.datetime | None) -> dt.datetime:
    """Return the moment from which a text speaks, as naive wall time of Asia/Seoul."""
    if day is None:
        return dt.datetime.now(KST).replace(tzinfo=None)
    if isinstance(day, dt.datetime):
        return day.astimezone(KST).replace(tzinfo=None) if day.tzinfo else day
    return dt.datetime.combine(_date(day) or dt.date.min, dt.time())


_STYLES, _PREFERENCES = get_args(Style), get_args(Preference)


def _conventions(conventions: Conventions | None, prefer: Preference) -> Conventions:
    if prefer == "nearest":
        return conventions or _OWN
    _known("prefer", prefer, _PREFERENCES)
    return replace(conventions or _OWN, prefer=prefer)


_OWN = Conventions()


def _preferred(
    expression: Expression, resolution: Resolution, today: dt.date, prefer: Preference
) -> Resolution:
    """Resolve anew where the report's year alone decided and another one is preferred."""
    by_report = any(w.kind == "report" and w.verdict == "decides" for w in resolution.witnesses)
    _known("prefer", prefer, _PREFERENCES)
    if prefer == "nearest" or not by_report or resolution.value is None:
        return resolution
    start, end = map(as_day, resolution.value.bounds())
    lies_back, lies_ahead = bool(end and end < today), bool(start and start > today)
    if not (lies_back if prefer == "future" else lies_ahead):
        return resolution
    year = today.year + (1 if prefer == "future" else -1)
    anew = resolve(expression, Anchor(report=today, settled=(year, today.month)))
    if anew.value is None:
        return resolution
    note = Witness("context", "decides", f"선호하는 방향에 따라 {year}년")
    return Resolution(anew.value, [note, *anew.witnesses])


def _value(value: _Value, resolution: Resolution | None, exclusive: bool = False) -> Value:
    """Return the public value; an `exclusive` end of whole days is the day after the last."""
    if isinstance(value, Several):
        spans = tuple(_span(part, exclusive) for part in value.values)
        start, end = spans[0][0], spans[-1][1]
    else:
        spans = ()
        start, end = _span(value, exclusive)
    if resolution is None:
        return Value(start, end, spans, (), (), value)
    return Value(start, end, spans, tuple(resolution.reasons), tuple(resolution.warnings), value)


def _span(value: _Value, exclusive: bool) -> tuple[Moment, Moment]:
    start, end = value.bounds()
    if isinstance(start, dt.datetime):
        start = start.replace(tzinfo=KST)
    if isinstance(end, dt.datetime):
        end = end.replace(tzinfo=KST)
    elif exclusive and end is not None:
        end += dt.timedelta(days=1)
    return start, end


def to_ics(
    events: Iterable[Event],
    *,
    approximate: Approximate = "span",
    name: str | None = None,
    alarms: Sequence[dt.timedelta] = (),
) -> bytes:
    """Return one iCalendar file (RFC 5545, UTF-8, CRLF) of events.

    `approximate` is what becomes of an event that is not exact to the day: its whole `span`
    (marked `[미정]`, tentative), its `start` or `end` day, or nothing (`skip`). Events without
    any date are left out. `alarms` say how long before an exact event the calendar reminds.
    The same events give the same bytes.
    """
    _known("approximate", approximate, get_args(Approximate))
    options = {"approximate": approximate, "calendar_name": name, "alarms": tuple(alarms)}
    return _bytes("ics", events, options)


def to_csv(events: Iterable[Event], *, excel: bool = False, today: dt.date | None = None) -> bytes:
    """Return events as CSV: Google Calendar's columns, or Korean ones with a BOM for Excel.

    `today` (default: the clock) judges the status that the Korean ones tell.
    """
    return _bytes("excel-csv" if excel else "csv", events, {}, today)


def to_html(
    events: Iterable[Event], *, name: str | None = None, today: dt.date | None = None
) -> str:
    """Return one HTML page with chart, list and filters that asks nothing of any network.

    `today` (default: the clock) judges the status and is marked in the chart.
    """
    return _bytes("html", events, {"calendar_name": name}, today).decode("utf-8")


def to_svg(
    events: Iterable[Event],
    *,
    name: str | None = None,
    first: dt.date | None = None,
    last: dt.date | None = None,
    today: dt.date | None = None,
) -> str:
    """Return one A4 page with a chart of events over time, as SVG; Korean letters are drawn in it.

    `first` and `last` are the days that it shows, both inclusive (default: those of the events);
    `today` (default: the clock) judges the status. As many events as can be read stand in it, the
    rest are counted. Raises `UsageError` where the extra `calendarize[chart]` is not installed.
    """
    options = {"calendar_name": name, "first": first, "last": last}
    return _bytes("svg", events, options, today).decode("utf-8")


def to_json(events: Iterable[Event], *, lines: bool = False) -> str:
    """Return events as JSON (`{"events": [...]}`), or one a line; `schema()` describes both."""
    return written_lines(events) if lines else written(events)


def to_frame(events: Iterable[Event], library: Literal["pandas", "polars"] | None = None) -> Any:
    """Return events as a data frame, one a row, with the keys of the JSON as columns.

    `start` and `end` are timestamps of Asia/Seoul, so that they compare and sort; of an event of
    whole days (`all_day`) the midnight at which its first and its last day begin. Takes pandas,
    else polars, whichever is installed, unless `library` names one. Raises `UsageError` where none
    is.
    """
    from importlib import import_module

    rows = [_row(event) for event in events]
    columns = list(Event.model_fields)
    if library is not None:
        _known("library", library, _FRAMES)
    for name in (library,) if library else _FRAMES:
        try:
            module = import_module(name)
        except ImportError:
            continue
        if name == "polars":
            moments = dict.fromkeys(("start", "end"), module.Datetime("us", "Asia/Seoul"))
            frame = module.DataFrame(rows, infer_schema_length=None, schema_overrides=moments)
            return frame if rows else module.DataFrame(schema=columns)
        return module.DataFrame(rows, columns=columns).astype(
            dict.fromkeys(("start", "end"), "datetime64[us, Asia/Seoul]")
        )
    raise UsageError("표로 만들 라이브러리가 없습니다. pip install pandas 또는 polars 하세요.")


_FRAMES = ("pandas", "polars")


def _row(event: Event) -> dict[str, Any]:
    moments = {"start": _midnight(event.start), "end": _midnight(event.end)}
    return {**event.model_dump(mode="json"), **moments}


def _midnight(moment: Moment) -> dt.datetime | None:
    if moment is None or isinstance(moment, dt.datetime):
        return moment
    return dt.datetime.combine(moment, dt.time(), KST)


def schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of `--format json`; `$defs/EventRecord` is one line's."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **Document.model_json_schema(mode="serialization"),
    }


def _bytes(
    format_: str, events: Iterable[Event], options: dict[str, Any], today: dt.date | None = None
) -> bytes:
    given = list(events)
    days = [event.report_date for event in given if event.report_date]
    made = Options(**{"today": today or dt.date.today(), **options})
    if days:
        stamp = dt.datetime.combine(max(days), dt.time(), dt.UTC)
        made = replace(made, stamp=stamp)
    out = render(format_, [event.event for event in given], made)
    return out if isinstance(out, bytes) else out.encode("utf-8")
