"""Days and periods as a user names them on the command line."""

from __future__ import annotations

import re
from datetime import date, timedelta

from calendarize.errors import UsageError
from calendarize.timex import read_value
from calendarize.timex.values import Quarter, Value, Year, as_day, last_day

_QUARTER = re.compile(r"^(\d{4})\s*[-_ ]?[Qq]([1-4])$")


def _value(option: str, text: str, today: date) -> Value:
    value = read_value(text, today)
    if value is None:
        raise UsageError(
            f"{option} '{text}': 날짜로 읽을 수 없습니다. 예: 2021-05-03, '21.5월, 2021년 하반기"
        )
    return value


def day_named(option: str, text: str | None, today: date) -> date | None:
    """Return the day (of a period: its first) that an option names.

    Raises `UsageError` where it names none.
    """
    if text is None:
        return None
    day = as_day(_value(option, text, today).bounds()[0])
    if day is None:
        raise UsageError(f"{option} '{text}': 하루를 가리키는 날짜가 아닙니다.")
    return day


_DURATION = re.compile(r"^(\d{1,3})\s?(w|d|h|m|주|일|시간|분)$", re.IGNORECASE)
_UNITS = {"w": "weeks", "d": "days", "h": "hours", "m": "minutes"}
_KOREAN_UNITS = {"주": "w", "일": "d", "시간": "h", "분": "m"}


def duration_named(option: str, text: str) -> timedelta:
    """Return the length that an option names: `30m`, `2h`, `1d`, `1w`, or in Korean.

    Raises `UsageError` where it names none.
    """
    found = _DURATION.match(text.strip())
    if found is None:
        raise UsageError(f"{option} '{text}': 길이로 읽을 수 없습니다. 예: 30m, 2h, 1d, 1w, 1일")
    unit = found[2].lower()
    return timedelta(**{_UNITS[_KOREAN_UNITS.get(unit, unit)]: int(found[1])})


def period_named(
    first: str | None, last: str | None, quarter: str | None, year: int | None, today: date
) -> tuple[date | None, date | None]:
    """Return first and last day (inclusive, `None` open) of the period that options name."""
    spans: list[tuple[date | None, date | None]] = []
    if year is not None:
        if not 1000 <= year <= 9998:
            raise UsageError(f"--year {year}: 연도는 네 자리로 적으세요. 예: --year 2021")
        spans.append(_span(Year(year)))
    if quarter is not None:
        found = _QUARTER.match(quarter.strip())
        value = (
            Quarter(int(found[1]), int(found[2])) if found else _value("--quarter", quarter, today)
        )
        spans.append(_span(value))
    if first is not None:
        spans.append((as_day(_value("--from", first, today).bounds()[0]), None))
    if last is not None:
        spans.append((None, last_day(_value("--to", last, today))))
    start = max((start for start, _ in spans if start), default=None)
    end = min((end for _, end in spans if end), default=None)
    if start and end and start > end:
        raise UsageError(
            f"기간이 비었습니다: {start}부터 {end}까지. "
            "--from, --to, --quarter, --year가 서로 맞는지 확인하세요."
        )
    return start, end


def _span(value: Value) -> tuple[date | None, date | None]:
    return as_day(value.bounds()[0]), last_day(value)
