"""Recurrence rules (RFC 5545 section 3.3.10) from Korean words, and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Literal, NamedTuple, get_args

WEEKDAYS = "월화수목금토일"
_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

Frequency = Literal["YEARLY", "MONTHLY", "WEEKLY", "DAILY"]


class NthWeekday(NamedTuple):
    """A day of the week (0 is Monday), each or the `nth` of its month (-1: the last; 0: each)."""

    weekday: int
    nth: int = 0

    def __str__(self) -> str:
        return f"{self.nth or ''}{_CODES[self.weekday]}"


@dataclass(frozen=True, slots=True)
class Rule:
    """How something repeats: every so many years, months, weeks or days, in some months, on days.

    `days` are those of the month (-1: the last). `str` writes it as RFC 5545 does, without
    bounds, which are those of the `Recurring` that has it.
    """

    frequency: Frequency
    interval: int = 1
    months: tuple[int, ...] = ()
    days: tuple[int, ...] = ()
    weekdays: tuple[NthWeekday, ...] = ()

    @property
    def on_days(self) -> bool:
        """Tell whether it names days of the month or of the week."""
        return bool(self.days or self.weekdays)

    def __str__(self) -> str:
        parts = {
            "FREQ": self.frequency,
            "INTERVAL": str(self.interval) if self.interval > 1 else "",
            "BYMONTH": _listed(self.months),
            "BYMONTHDAY": _listed(self.days),
            "BYDAY": _listed(self.weekdays),
        }
        return ";".join(f"{name}={told}" for name, told in parts.items() if told)

    @classmethod
    def parse(cls, written: str) -> Rule:
        """Read what `str` writes, its parts in any order; `ValueError` where it is none."""
        parts = dict(part.split("=", 1) for part in written.split(";"))
        frequency = parts.pop("FREQ", "")
        interval = int(parts.pop("INTERVAL", "1"))
        months = tuple(map(int, _items(parts.pop("BYMONTH", ""))))
        days = tuple(map(int, _items(parts.pop("BYMONTHDAY", ""))))
        weekdays = tuple(map(_weekday, _items(parts.pop("BYDAY", ""))))
        is_known = interval > 0 and {*months} <= _MONTHS and {*days} <= _DAYS and not parts
        for known in get_args(Frequency):
            if frequency == known and is_known:
                return cls(known, interval, months, days, weekdays)
        raise ValueError(f"not a rule that a report tells: {written}")


def _listed(items: Sequence[object]) -> str:
    return ",".join(map(str, items))


def _items(written: str) -> list[str]:
    return written.split(",") if written else []


def _weekday(code: str) -> NthWeekday:
    weekday = NthWeekday(_CODES.index(code[-2:]), int(code[:-2] or 0))
    if abs(weekday.nth) > WEEKS:
        raise ValueError(f"no such weekday in a month: {code}")
    return weekday


WEEKS = 5
"""A month has at most so many of each day of the week."""
_NTH = {1: "첫째", 2: "둘째", 3: "셋째", 4: "넷째", 5: "다섯째", -1: "마지막"}
_MONTHS, _DAYS = frozenset(range(1, 13)), frozenset((*range(1, 32), -1))
_EVEN, _ODD = (2, 4, 6, 8, 10, 12), (1, 3, 5, 7, 9, 11)

FREQUENCIES: dict[str, Rule] = {
    "매년": Rule("YEARLY"),
    "해마다": Rule("YEARLY"),
    "격년": Rule("YEARLY", 2),
    "매월": Rule("MONTHLY"),
    "매달": Rule("MONTHLY"),
    "월별": Rule("MONTHLY"),
    "월1회": Rule("MONTHLY"),
    "격월": Rule("MONTHLY", 2),
    "짝수월": Rule("MONTHLY", months=_EVEN),
    "짝수달": Rule("MONTHLY", months=_EVEN),
    "매짝수월": Rule("MONTHLY", months=_EVEN),
    "홀수월": Rule("MONTHLY", months=_ODD),
    "홀수달": Rule("MONTHLY", months=_ODD),
    "매홀수월": Rule("MONTHLY", months=_ODD),
    "격월(짝수월)": Rule("MONTHLY", months=_EVEN),
    "격월(홀수월)": Rule("MONTHLY", months=_ODD),
    "매분기": Rule("MONTHLY", 3),
    "분기별": Rule("MONTHLY", 3),
    "매반기": Rule("MONTHLY", 6),
    "반기별": Rule("MONTHLY", 6),
    "매주": Rule("WEEKLY"),
    "주별": Rule("WEEKLY"),
    "격주": Rule("WEEKLY", 2),
    "매일": Rule("DAILY"),
}
"""Words that repeat → rule."""

ONCE_PER: dict[str, str] = {
    "연": "매년",
    "년": "매년",
    "월": "매월",
    "분기": "분기별",
    "반기": "반기별",
    "주": "매주",
    "일": "매일",
}
"""`월 1회`, `분기 2회`: the unit before a count → the word that it amounts to."""

ORDINALS: dict[str, int] = {
    "첫째": 1, "첫": 1, "1": 1, "제1": 1, "첫번째": 1,
    "둘째": 2, "2": 2, "제2": 2, "두번째": 2,
    "셋째": 3, "3": 3, "제3": 3, "세번째": 3,
    "넷째": 4, "4": 4, "제4": 4, "네번째": 4,
    "다섯째": 5, "5": 5, "제5": 5, "다섯번째": 5,
    "마지막": -1,
}  # fmt: skip

_NAMED = (
    "매년",
    "격년",
    "매월",
    "격월",
    "짝수월",
    "홀수월",
    "분기별",
    "반기별",
    "매주",
    "격주",
    "매일",
)
_NAMES = {FREQUENCIES[word]: word for word in _NAMED}
_UNITS: dict[Frequency, str] = {"YEARLY": "년", "MONTHLY": "개월", "WEEKLY": "주", "DAILY": "일"}
_FEW = 4
"""A rule that leaves out no more months than this is told by them."""


def _run(numbers: Sequence[int]) -> str:
    """Write days or months: `20~22` where they follow each other, else `5·20`."""
    return f"{numbers[0]}~{numbers[-1]}" if _in_a_row(numbers) else "·".join(map(str, numbers))


def _in_a_row(numbers: Sequence[int]) -> bool:
    return len(numbers) > 2 and list(numbers) == list(range(numbers[0], numbers[-1] + 1))


def _korean_weekdays(days: Sequence[NthWeekday]) -> str:
    """Write weekdays: `월~금요일`, `화·목요일`, `둘째·넷째 주 수요일`."""
    names = [WEEKDAYS[day.weekday] for day in days]
    nth = [_NTH[day.nth] for day in days if day.nth]
    if nth:
        return f"{'·'.join(nth)} 주 {names[0]}요일"
    in_a_row = _in_a_row([day.weekday for day in days])
    return f"{names[0]}~{names[-1]}요일" if in_a_row else f"{'·'.join(names)}요일"


def weeks_but(out: AbstractSet[int]) -> tuple[int, ...] | None:
    """Return the weeks of a month, as BYDAY counts them, without those left out (-1: the last).

    All but the last are counted from the end (`-5MO,…,-2MO`); without an early one and the last,
    the last but one is counted so, as it is the third or the fourth: `2MO,3MO,-2MO`. `None` where
    no list of weeks is that.
    """
    if -1 not in out:
        return tuple(n for n in range(1, WEEKS + 1) if n not in out)
    if out == {-1}:
        return tuple(range(-WEEKS, -1))
    early = tuple(n for n in range(1, WEEKS - 1) if n not in out)
    if WEEKS - 1 in out:
        return early
    return (*early, -2) if WEEKS - 2 in early else None


_LEFT_OUT: dict[tuple[int, ...], tuple[int, ...]] = {
    kept: out
    for count in (1, 2)
    for out in [*combinations((*range(1, WEEKS + 1), -1), count)][::-1]
    if (kept := weeks_but({*out}))
}
"""Weeks of a month that a rule names → those that it leaves out, one or two of them."""


def every_week_but(rule: Rule) -> tuple[Rule, dict[int, tuple[int, ...]]] | None:
    """Return a rule as a weekly one, and the weeks of the month that each weekday leaves out.

    `None` where it is no monthly rule that names most weeks of its weekdays (`-5MO,…,-2MO`: all
    but the last).
    """
    if rule.frequency != "MONTHLY" or rule.interval > 1 or rule.days:
        return None
    told: dict[int, list[int]] = {}
    for day in rule.weekdays:
        told.setdefault(day.weekday, []).append(day.nth)
    every = tuple(range(1, WEEKS + 1))
    weeks = {day: tuple(nth) for day, nth in told.items() if tuple(nth) != every}
    if not weeks or not {*weeks.values()} <= _LEFT_OUT.keys():
        return None
    left_out = {weekday: _LEFT_OUT[nth] for weekday, nth in weeks.items()}
    weekly = replace(rule, frequency="WEEKLY", weekdays=tuple(map(NthWeekday, told)))
    return weekly, left_out


def korean_rule(rule: Rule) -> str:
    """Write a rule as a Korean reader would: `매월 둘째 주 수요일`, `매년 1월 20일`."""
    if (but := every_week_but(rule)) is not None:
        return _korean_weekly(*but)
    every = Rule(rule.frequency, rule.interval)
    unit = _NAMES.get(every) or f"{rule.interval}{_UNITS[rule.frequency]}마다"
    alternate = _NAMES.get(replace(every, months=rule.months)) if rule.months else None
    others = [n for n in range(1, 13) if n not in rule.months]
    leaves_out = bool(rule.months) and len(others) <= _FEW
    words = [alternate or unit]
    if rule.months and not alternate and not leaves_out:
        words.append(f"{_run(rule.months)}월")
    if rule.days:
        words.append("말일" if rule.days == (-1,) else f"{_run(rule.days)}일")
    if rule.weekdays:
        words.append(_korean_weekdays(rule.weekdays))
    return " ".join(words) + (f"({_run(others)}월 제외)" if leaves_out else "")


def _korean_weekly(weekly: Rule, left_out: Mapping[int, Sequence[int]]) -> str:
    """Write a weekly rule that leaves out weeks of the month: `매주 월요일(마지막 주 제외)`."""
    weeks = "·".join(_NTH[n] for n in next(iter(left_out.values())))
    some = len(left_out) < len(weekly.weekdays)
    named = f" {_korean_weekdays(list(map(NthWeekday, left_out)))}" if some else ""
    return f"{korean_rule(weekly)}({weeks} 주{named} 제외)"
