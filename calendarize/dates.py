"""Days and periods as a user names them on the command line."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from calendarize.api import Moment, Value, parse
from calendarize.errors import UsageError

_QUARTER = re.compile(r"^(\d{4})\s*[-_ ]?[Qq]([1-4])$")


def _value(option: str, text: str, today: date) -> Value:
    value = parse(text, date=today)
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
    day = _day(_value(option, text, today).start)
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
        spans.append((date(year, 1, 1), date(year, 12, 31)))
    if quarter is not None:
        named = _QUARTER.sub(r"\1년 \2분기", quarter.strip())
        value = _value("--quarter", named, today)
        spans.append((_day(value.start), _last_day(value)))
    if first is not None:
        spans.append((_day(_value("--from", first, today).start), None))
    if last is not None:
        spans.append((None, _last_day(_value("--to", last, today))))
    start = max((start for start, _ in spans if start), default=None)
    end = min((end for _, end in spans if end), default=None)
    if start and end and start > end:
        raise UsageError(
            f"기간이 비었습니다: {start}부터 {end}까지. "
            "--from, --to, --quarter, --year가 서로 맞는지 확인하세요."
        )
    return start, end


def _day(moment: Moment) -> date | None:
    return moment.date() if isinstance(moment, datetime) else moment


def _last_day(value: Value) -> date | None:
    """Return the last day a value touches: what ends at 00:00 ends on the day before."""
    end = value.end
    if isinstance(end, datetime) and end != value.start and end.hour == end.minute == 0:
        end -= timedelta(days=1)
    return _day(end)
