"""Recurrence rules (RFC 5545 section 3.3.10) from Korean words, and back."""

from __future__ import annotations

from collections.abc import Sequence

BYDAY = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WEEKDAYS = "월화수목금토일"

_EVEN, _ODD = "2,4,6,8,10,12", "1,3,5,7,9,11"

FREQUENCIES: dict[str, str] = {
    "매년": "FREQ=YEARLY",
    "해마다": "FREQ=YEARLY",
    "격년": "FREQ=YEARLY;INTERVAL=2",
    "매월": "FREQ=MONTHLY",
    "매달": "FREQ=MONTHLY",
    "월별": "FREQ=MONTHLY",
    "월1회": "FREQ=MONTHLY",
    "격월": "FREQ=MONTHLY;INTERVAL=2",
    "짝수월": f"FREQ=MONTHLY;BYMONTH={_EVEN}",
    "짝수달": f"FREQ=MONTHLY;BYMONTH={_EVEN}",
    "매짝수월": f"FREQ=MONTHLY;BYMONTH={_EVEN}",
    "홀수월": f"FREQ=MONTHLY;BYMONTH={_ODD}",
    "홀수달": f"FREQ=MONTHLY;BYMONTH={_ODD}",
    "매홀수월": f"FREQ=MONTHLY;BYMONTH={_ODD}",
    "격월(짝수월)": f"FREQ=MONTHLY;BYMONTH={_EVEN}",
    "격월(홀수월)": f"FREQ=MONTHLY;BYMONTH={_ODD}",
    "매분기": "FREQ=MONTHLY;INTERVAL=3",
    "분기별": "FREQ=MONTHLY;INTERVAL=3",
    "매반기": "FREQ=MONTHLY;INTERVAL=6",
    "반기별": "FREQ=MONTHLY;INTERVAL=6",
    "매주": "FREQ=WEEKLY",
    "주별": "FREQ=WEEKLY",
    "격주": "FREQ=WEEKLY;INTERVAL=2",
    "매일": "FREQ=DAILY",
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

_UNITS = {
    ("YEARLY", 1): "매년",
    ("YEARLY", 2): "격년",
    ("MONTHLY", 1): "매월",
    ("MONTHLY", 2): "격월",
    ("MONTHLY", 3): "분기별",
    ("MONTHLY", 6): "반기별",
    ("WEEKLY", 1): "매주",
    ("WEEKLY", 2): "격주",
    ("DAILY", 1): "매일",
}
_ALTERNATE = {_EVEN: "짝수월", _ODD: "홀수월"}
_FEW = 4
"""A rule that leaves out no more months than this is told by them."""
_NTH = {1: "첫째", 2: "둘째", 3: "셋째", 4: "넷째", 5: "다섯째", -1: "마지막"}


def rule_parts(rrule: str) -> dict[str, str]:
    """Split a rule into its parts: `FREQ=MONTHLY;BYDAY=2WE` → `{"FREQ": …, "BYDAY": …}`."""
    return dict(part.split("=", 1) for part in rrule.split(";"))


def _run(numbers: Sequence[int]) -> str:
    """Write days or months: `20~22` where they follow each other, else `5·20`."""
    runs = len(numbers) > 2 and list(numbers) == list(range(numbers[0], numbers[-1] + 1))
    return f"{numbers[0]}~{numbers[-1]}" if runs else "·".join(map(str, numbers))


def _korean_byday(codes: Sequence[str]) -> str:
    """Write weekdays: `월~금요일`, `화·목요일`, `둘째·넷째 주 수요일`."""
    at = [BYDAY.index(code[-2:]) for code in codes]
    nth = [_NTH[int(code[:-2])] for code in codes if code[:-2]]
    if nth:
        return f"{'·'.join(nth)} 주 {WEEKDAYS[at[0]]}요일"
    runs = len(at) > 2 and at == list(range(at[0], at[-1] + 1))
    names = [WEEKDAYS[n] for n in at]
    return f"{names[0]}~{names[-1]}요일" if runs else f"{'·'.join(names)}요일"


def korean_rule(rrule: str) -> str:
    """Write a rule as a Korean reader would: `매월 둘째 주 수요일`, `매년 1월 20일`."""
    parts = rule_parts(rrule)
    interval = int(parts.get("INTERVAL", "1"))
    unit = _UNITS.get((parts["FREQ"], interval))
    if unit is None:
        unit = {"YEARLY": f"{interval}년마다", "MONTHLY": f"{interval}개월마다"}.get(
            parts["FREQ"], f"{interval}주마다"
        )
    months = [int(n) for n in parts.get("BYMONTH", "").split(",") if n]
    others = [n for n in range(1, 13) if n not in months]
    leaves_out = bool(months) and len(others) <= _FEW
    alternate = _ALTERNATE.get(parts.get("BYMONTH", ""))
    words = [alternate or unit]
    if months and not alternate and not leaves_out:
        words.append(f"{_run(months)}월")
    if "BYMONTHDAY" in parts:
        days = [int(n) for n in parts["BYMONTHDAY"].split(",")]
        words.append("말일" if days == [-1] else f"{_run(days)}일")
    if "BYDAY" in parts:
        words.append(_korean_byday(parts["BYDAY"].split(",")))
    return " ".join(words) + (f"({_run(others)}월 제외)" if leaves_out else "")
