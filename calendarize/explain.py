"""Why a date is what it is: an expression, what its words say, each witness, and the result."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from calendarize.errors import UsageError
from calendarize.events.checks import counted
from calendarize.events.mention import Mention
from calendarize.events.reading import read
from calendarize.export.mentions import iso
from calendarize.report import ReportError, read_file
from calendarize.report.canonical import one_form
from calendarize.timex.grammar import expressions
from calendarize.timex.partial import Expression, Partial
from calendarize.timex.resolve import Anchor, Resolution, Witness, resolve
from calendarize.timex.values import Recurring, Value, as_day, last_day

FORMS = {
    "point": "한 시점",
    "range": "기간",
    "from": "시작만 적힘",
    "until": "끝만 적힘",
    "several": "여러 시점",
    "rule": "반복",
    "ongoing": "연중",
    "undated": "날짜 없음",
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
WITNESSES = {
    "written": "적힌 대로",
    "weekday": "요일",
    "range": "같은 기간",
    "list": "같은 목록",
    "context": "제목·표",
    "report": "보고일",
    "relative": "기준일",
    "count": "일수",
    "order": "순서",
}
VERDICTS = {"decides": "결정", "agrees": "일치", "contradicts": "어긋남"}


@dataclass(frozen=True, slots=True)
class Explanation:
    """How one expression was read; `written` holds the fields of each of its points.

    `start` and `end` are inclusive as in the mentions; `rfc5545` the properties of a calendar
    entry (the end of an all-day one exclusive). All are `None` where nothing could be resolved.
    """

    text: str
    form: str
    written: tuple[dict[str, Any], ...]
    witnesses: tuple[Witness, ...]
    start: str | None = None
    end: str | None = None
    precision: str | None = None
    edtf: str | None = None
    korean: str | None = None
    rfc5545: str | None = None
    dates: tuple[str, ...] = ()


_LINE = re.compile(r"^(?P<report>.+):(?P<line>\d+)$")


def explain(what: str, day: date | None, department: str | None = None) -> list[Explanation]:
    """Explain the expressions of a text, or those of one line of a report (`보고서.txt:12`).

    `day` is the report's date, overriding its own. Raises `UsageError` where nothing is found
    and `ReportError`'s line as `UsageError` where the report cannot be read.
    """
    place = _LINE.match(what)
    if place is None or not Path(place["report"]).is_file():
        found = list(explain_text(what, day))
        if not found:
            raise UsageError(f"'{what}': 날짜 표현을 찾지 못했습니다.")
        return found
    try:
        reading = read(read_file(Path(place["report"])), day, department)
    except ReportError as error:
        raise UsageError(str(error)) from None
    line = int(place["line"])
    found = list(explain_mentions(m for m in reading.mentions if m.line == line))
    if not found:
        raise UsageError(f"{what}: 그 줄에는 날짜 표현이 없습니다.")
    return found


def explain_text(text: str, day: date | None) -> Iterator[Explanation]:
    """Explain each expression of a text as if it stood in a report of that day."""
    previous: Value | None = None
    for expression in expressions(one_form(text)):
        resolution = resolve(expression, Anchor(report=day, previous=previous))
        previous = resolution.value or previous
        yield _explained(text[expression.start : expression.end], expression, resolution)


def explain_mentions(mentions: Iterable[Mention]) -> Iterator[Explanation]:
    """Explain mentions of a report, each in its place."""
    for mention in mentions:
        yield _explained(mention.text, mention.place.expression, mention.resolution)


def _explained(text: str, expression: Expression, resolution: Resolution) -> Explanation:
    value = resolution.value
    written = tuple(map(_fields, expression.items))
    if value is None:
        return Explanation(text, expression.form, written, tuple(resolution.witnesses))
    count = counted(value, expression.count)
    start, end = value.bounds()
    return Explanation(
        text,
        expression.form,
        written,
        (*resolution.witnesses, *_counting(expression, count.warning, bool(count.dates))),
        iso(start),
        iso(end),
        value.precision,
        value.edtf(),
        value.korean(),
        _rfc5545(value),
        tuple(day.isoformat() for day in count.dates),
    )


def _counting(expression: Expression, warning: str | None, working: bool) -> Iterator[Witness]:
    if expression.count is None:
        return
    number, unit = expression.count
    written = f"{number}{'주' if unit == 'week' else '일'}"
    if warning:
        yield Witness("count", "contradicts", warning)
    elif working:
        yield Witness("count", "decides", f"{written}은 주말·공휴일을 뺀 날수입니다")
    else:
        yield Witness("count", "agrees", f"{written}이 기간의 길이와 맞습니다")


def _fields(partial: Partial) -> dict[str, Any]:
    fields = asdict(partial)
    return {
        name: fields[name]
        for name in FIELDS
        if fields[name] is not None and fields[name] is not False
    }


def _rfc5545(value: Value) -> str | None:
    """Write the value as RFC 5545 properties; `None` where a calendar has no form for it."""
    if isinstance(value, Recurring):
        return f"RRULE:{value.rrule}"
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
    for fields in explanation.written:
        told = ", ".join(f"{FIELDS[name]} {_shown(name, value)}" for name, value in fields.items())
        lines.append(f"  적힌 것: {told}")
    lines += [
        f"  {VERDICTS[w.verdict]}: [{WITNESSES[w.kind]}] {w.note}" for w in explanation.witnesses
    ]
    if explanation.korean is None:
        return "\n".join([*lines, "  결과: 알 수 없음(--date로 보고일을 지정해 보세요)"])
    lines.append(f"  결과: {explanation.korean}")
    if explanation.dates:
        lines.append(f"  날짜: {', '.join(explanation.dates)}")
    lines.append(f"  EDTF: {explanation.edtf}")
    if explanation.rfc5545:
        lines.append(f"  iCalendar: {explanation.rfc5545}")
    return "\n".join(lines)


def _shown(name: str, value: Any) -> str:
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
