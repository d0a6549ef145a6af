"""Why a date is what it is: an expression, what its words say, each witness, and the result."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from calendarize.errors import UsageError
from calendarize.events.assemble import assemble
from calendarize.events.beside import counted
from calendarize.events.model import DOUBT, Event
from calendarize.export.mentions import iso
from calendarize.export.words import WITNESSES
from calendarize.mentions.doubt import is_doubtful
from calendarize.mentions.mention import Mention
from calendarize.mentions.place import places, regroup
from calendarize.mentions.reading import Reading, read
from calendarize.mentions.years import decided
from calendarize.report import ReportError, read_file, read_text
from calendarize.run import alone
from calendarize.timex import conversation
from calendarize.timex.grammar import expressions
from calendarize.timex.partial import Expression, Partial
from calendarize.timex.patterns import CLOCK, COUNT, WEEKDAY
from calendarize.timex.resolve import Resolution, Witness
from calendarize.timex.values import KST, Recurring, Several, Value, as_day, last_day
from calendarize.weighing import Choice, times_weighed, weighed
from calendarize.workers import Limits

FORMS = {
    "point": "한 시점",
    "range": "기간",
    "from": "시작만 적힘",
    "until": "끝만 적힘",
    "several": "여러 시점",
    "rule": "반복",
    "ongoing": "연중",
    "undated": "날짜 없음",
    "session": "회기로 정해지는 때",
    "conversation": "일상 표현",
}
FIELDS = {
    "year": "연도",
    "half": "반기",
    "quarter": "분기",
    "month": "월",
    "part": "초·중순·말",
    "day": "일",
    "weekday": "요일",
    "nth": "몇째 주",
    "hour": "시",
    "minute": "분",
    "shift": "기준일에서",
    "same": "앞 날짜와 같은",
    "named": "이름 있는 날",
    "lunar": "음력",
    "days_before": "D-day 전",
}
VERDICTS = {"decides": "결정", "agrees": "일치", "contradicts": "어긋남"}


@dataclass(frozen=True, slots=True)
class Explanation:
    """How one expression was read.

    `tokens` are its pieces in order, each with what it is; `written` holds the fields of each of
    its points. `form` is that of the expression, or `session` for a reference to a session.
    `choices` are the decisions about it, each with its candidates; `doubt` says in Korean what
    else its time may be, where that is doubtful. `start` and `end` are inclusive as in the
    mentions; `rfc5545` the properties of a calendar entry (the end of an all-day one exclusive).
    All are `None` where nothing could be resolved.
    """

    text: str
    form: str
    tokens: tuple[tuple[str, str], ...]
    written: tuple[dict[str, Any], ...]
    witnesses: tuple[Witness, ...]
    start: str | None = None
    end: str | None = None
    precision: str | None = None
    edtf: str | None = None
    korean: str | None = None
    rfc5545: str | None = None
    dates: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    doubt: str = ""


_LINE = re.compile(r"^(?P<report>.+):(?P<line>\d+)$")


def explain(
    what: str, day: date | None, department: str | None = None, limits: Limits | None = None
) -> list[Explanation]:
    """Explain the expressions of a text, or those of one line of a report (`보고서.txt:12`).

    `day` is the report's date, overriding its own. A report is read in a process of its own,
    within the limits. Raises `UsageError` where nothing is found and `ReportError`'s line as
    `UsageError` where the report cannot be read.
    """
    place = _LINE.match(what)
    if place is None or not Path(place["report"]).is_file():
        found = list(explain_text(what, day))
        if not found:
            raise UsageError(f"'{what}': 날짜 표현을 찾지 못했습니다.")
        return found
    path = Path(place["report"])
    make = partial(_explain_line, path, int(place["line"]), day, department)
    try:
        found = alone(path.name, make, limits or Limits())
    except ReportError as error:
        raise UsageError(str(error)) from None
    if not found:
        raise UsageError(f"{what}: 그 줄에는 날짜 표현이 없습니다.")
    return found


def _explain_line(
    path: Path, line: int, day: date | None, department: str | None
) -> list[Explanation]:
    reading = read(read_file(path), day, department)
    return [
        *explain_mentions(reading, [m for m in reading.mentions if m.line == line]),
        *explain_sessions(e for e in assemble(reading) if e.source.line == line),
    ]


def explain_text(text: str, day: date | None) -> Iterator[Explanation]:
    """Explain each expression of a text as if it stood in a report of that day."""
    report = read_text(text, "")
    days = [(0, day)] if day is not None else []
    located = places(report, list(expressions(report.view)))
    regroup(located)
    times = times_weighed(report, days, located)
    decisions = sorted(decided(report, days, located), key=lambda d: d[0].expression.start)
    for place, chosen in decisions:
        at, end = place.expression.start, place.expression.end
        explained = _explained(report.view, place.expression, chosen.resolution)
        choices = tuple(filter(None, (times.get(at),)))
        yield replace(explained, text=report.raw(at, end), choices=choices)


def explain_mentions(reading: Reading, mentions: Sequence[Mention]) -> Iterator[Explanation]:
    """Explain mentions of a report, each in its place."""
    for mention, choices in zip(mentions, weighed(reading, mentions), strict=True):
        view, expression = _view_of(mention), mention.place.expression
        explained = _explained(view, expression, mention.resolution)
        doubt = _doubt(mention) if is_doubtful(mention.confidence) else ""
        yield replace(explained, text=mention.text, choices=choices, doubt=doubt)


def _doubt(mention: Mention) -> str:
    other = mention.runner_up.value if mention.runner_up is not None else None
    maybe = f"{other.korean()}일 수도 있습니다" if other is not None else "다른 때일 수도 있습니다"
    return f"{maybe}({mention.doubt})"


def _view_of(mention: Mention) -> str:
    """Return the text around a mention such that its offsets are those of the expression."""
    place = mention.place
    return " " * place.start + place.before + place.written + place.after


def explain_sessions(events: Iterable[Event]) -> Iterator[Explanation]:
    """Explain the events whose time a council session decides or contradicts."""
    for event in events:
        witnesses = tuple(w for w in event.witnesses if w.kind == "session")
        if witnesses:
            text = event.source.text
            yield _valued(Explanation(text, "session", (), (), witnesses), event.value)


def explain_conversation(what: str, day: date | None) -> list[Explanation]:
    """Explain the times of a text as people say them, from a day on (without one: from now).

    Raises `UsageError` where nothing is found.
    """
    now = datetime.combine(day, time()) if day else datetime.now(KST).replace(tzinfo=None)
    whole = conversation.parse(what, now)
    times = [(what, whole)] if whole else []
    times = times or [(what[f.start : f.end], f.value) for f in conversation.search(what, now)]
    if not times:
        raise UsageError(f"'{what}': 날짜 표현을 찾지 못했습니다.")
    note = Witness("relative", "decides", f"기준 시각({now:%Y-%m-%d %H:%M})에서 셈")
    return [_valued(Explanation(t, "conversation", (), (), (note,)), value) for t, value in times]


def _explained(text: str, expression: Expression, resolution: Resolution) -> Explanation:
    value = resolution.value
    explained = Explanation(
        text[expression.start : expression.end],
        expression.form,
        tuple(_tokens(text, expression)),
        (*map(_fields, expression.items), *({"hour": h, "minute": m} for h, m in expression.hours)),
        tuple(resolution.witnesses),
    )
    if value is None:
        return explained
    count = counted(value, expression.count)
    witnesses = (*resolution.witnesses, *filter(None, (count.witness,)))
    dates = tuple(day.isoformat() for day in count.dates)
    return _valued(replace(explained, witnesses=witnesses, dates=dates), count.value)


def _valued(explained: Explanation, value: Value) -> Explanation:
    """Return an explanation with its result."""
    start, end = value.bounds()
    return replace(
        explained,
        start=iso(start),
        end=iso(end),
        precision=value.precision,
        edtf=value.edtf(),
        korean=value.korean(),
        rfc5545=_rfc5545(value),
    )


_TOKENS = (
    ("요일", WEEKDAY),
    ("길이", COUNT),
    ("시각", CLOCK),
    ("기간", re.compile(r"\s*(?:~|부터|에서|까지|이후|이전|[–-])")),
    ("나열", re.compile(r"\s*[,·/및]")),
    ("정도", re.compile(r"\s*(?:초순|중순|하순|경|쯤|중|내|[초말])(?![가-힣])")),
    ("연도", re.compile(r"\s*(?:(?:19|20)\d\d|'\s?\d\d)\s*(?:년도?|학년도|회계연도|\.)?")),
    ("분기·반기", re.compile(r"\s*(?:\d(?:/4)?\s*분기|[상하]반기)")),
    ("월", re.compile(r"\s*\d{1,2}\s*(?:월|[./](?=\s*\d))")),
    ("일", re.compile(r"\s*\d{1,2}\s*(?:일|\.|(?=\s*[(\[][월화수목금토일]))")),
    ("수", re.compile(r"\s*\d{1,4}\.?")),
    ("낱말", re.compile(r"\s*[^\s\d~,·/()]+")),
)
"""Pieces of expressions, the most telling first: what they are, and their pattern."""


def _tokens(text: str, expression: Expression) -> Iterator[tuple[str, str]]:
    """Yield the pieces of an expression and of the length behind it: (text, what it is)."""
    at, end = expression.start, expression.end
    if expression.count and (count := COUNT.match(text, end)):
        closing = text[count.end() : count.end() + 1]
        end = count.end() + (closing in _CLOSING and bool(closing))
    while at < end:
        name, after = _token(text, at, end)
        if name and (piece := text[at:after].strip(" ,/")):
            yield piece, name
        at = after


_CLOSING = ")>]"


def _token(text: str, at: int, end: int) -> tuple[str, int]:
    """Return what the piece at an offset is, and where it ends."""
    for name, pattern in _TOKENS:
        found = pattern.match(text, at, end)
        if found and found[0]:
            after = found.end()
            return name, after + (name == "길이" and text[after : after + 1] in tuple(_CLOSING))
    return "", at + 1


def _fields(partial: Partial) -> dict[str, Any]:
    fields = asdict(partial)
    return {
        name: fields[name]
        for name in FIELDS
        if fields[name] is not None and fields[name] is not False
    }


def _rfc5545(value: Value) -> str | None:
    """Write the value as RFC 5545 properties; `None` where one entry cannot hold it."""
    if isinstance(value, Recurring):
        return f"RRULE:{value.rule}"
    if isinstance(value, Several):
        return None
    start, end = value.bounds()
    if isinstance(start, datetime) and isinstance(end, datetime):
        times = (f"{at:%Y%m%dT%H%M%S}" for at in (start, end))
        return "DTSTART;TZID=Asia/Seoul:{} DTEND;TZID=Asia/Seoul:{}".format(*times)
    first, last = as_day(start), last_day(value)
    if first is None or last is None:
        return None
    return f"DTSTART;VALUE=DATE:{first:%Y%m%d} DTEND;VALUE=DATE:{last + timedelta(days=1):%Y%m%d}"


def words(explanation: Explanation) -> str:
    """Write an explanation for people."""
    lines = [f"{explanation.text}  ({FORMS[explanation.form]})"]
    if explanation.tokens:
        lines.append("  조각: " + " ".join(f"{name}[{text}]" for text, name in explanation.tokens))
    for fields in explanation.written:
        told = ", ".join(f"{FIELDS[n]} {_shown(n, value)}".strip() for n, value in fields.items())
        lines.append(f"  적힌 것: {told}")
    for witness in explanation.witnesses:
        lines.append(f"  {VERDICTS[witness.verdict]}: [{WITNESSES[witness.kind]}] {witness.note}")
        lines += [f"    → {witness.proposal}"] if witness.proposal else []
    if explanation.korean is None:
        hint = "" if explanation.witnesses else "(--date로 보고일을 지정해 보세요)"
        return "\n".join([*lines, f"  결과: 알 수 없음{hint}"])
    lines.append(f"  결과: {explanation.korean}")
    if explanation.doubt:
        lines.append(f"  {DOUBT}: {explanation.doubt}")
    for choice in explanation.choices:
        lines += _choice_words(choice)
    if explanation.dates:
        lines.append(f"  날짜: {', '.join(explanation.dates)}")
    lines.append(f"  EDTF: {explanation.edtf}")
    if explanation.rfc5545:
        lines.append(f"  iCalendar: {explanation.rfc5545}")
    return "\n".join(lines)


ASKED = {"time": "날짜", "role": "역할", "title": "제목"}


def _choice_words(choice: Choice) -> Iterator[str]:
    """Yield the lines of a decision: its candidates with their shares, and what decided."""
    told = " | ".join(f"{c.text} {_percent(c.share)}" for c in choice.candidates)
    yield f"  {ASKED[choice.asked]} 후보: {told}"
    if choice.evidence and len(choice.candidates) > 1:
        against = f" (맞선 근거: {', '.join(choice.against)})" if choice.against else ""
        yield f"    정한 근거: {', '.join(choice.evidence)}{against}"


def _percent(share: float) -> str:
    """Write a share; what is all but sure, or all but excluded, is not told as if it were so."""
    if share < _LEAST_SHARE:
        return "1% 미만"
    return "99% 이상" if share > 1 - _LEAST_SHARE else f"{share:.0%}"


_LEAST_SHARE = 0.01


def _shown(name: str, value: Any) -> str:
    if name == "named" or value is True:
        return ""
    if name == "weekday":
        return "월화수목금토일"[value]
    if name == "part":
        return ("초", "중순", "말")[value]
    if isinstance(value, tuple):
        unit, count = value
        return f"{ {'year': '연', 'month': '월', 'week': '주', 'day': '일'}[unit] } {count:+d}"
    return str(value)


def record(explanation: Explanation) -> dict[str, Any]:
    """Return an explanation as JSON data."""
    return asdict(explanation)
