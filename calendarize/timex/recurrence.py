"""Recurrence rules (RFC 5545 section 3.3.10) from Korean words, and back."""

from __future__ import annotations

BYDAY = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WEEKDAYS = "월화수목금토일"

_EVEN, _ODD = "2,4,6,8,10,12", "1,3,5,7,9,11"

FREQUENCIES: dict[str, str] = {
    "매년": "FREQ=YEARLY",
    "해마다": "FREQ=YEARLY",
    "격년": "FREQ=YEARLY;INTERVAL=2",
    "매월": "FREQ=MONTHLY",
    "매달": "FREQ=MONTHLY",
    "월별": "FREQ=MONTHLY",
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
_NTH = {1: "첫째", 2: "둘째", 3: "셋째", 4: "넷째", 5: "다섯째", -1: "마지막"}


def rule_parts(rrule: str) -> dict[str, str]:
    """Split a rule into its parts: `FREQ=MONTHLY;BYDAY=2WE` → `{"FREQ": …, "BYDAY": …}`."""
    return dict(part.split("=", 1) for part in rrule.split(";"))


def _korean_byday(code: str) -> str:
    name = _WEEKDAYS[BYDAY.index(code[-2:])]
    return f"{_NTH[int(code[:-2])]} 주 {name}요일" if code[:-2] else f"{name}요일"


def _run(numbers: str) -> str:
    """Write days or months: `20,21,22` → `20~22`, `5,20` → `5·20`."""
    each = [int(number) for number in numbers.split(",")]
    runs = len(each) > 2 and each == list(range(each[0], each[-1] + 1))
    return f"{each[0]}~{each[-1]}" if runs else "·".join(map(str, each))


def korean_rule(rrule: str) -> str:
    """Write a rule as a Korean reader would: `매월 둘째 주 수요일`, `매년 1월 20일`."""
    parts = rule_parts(rrule)
    interval = int(parts.get("INTERVAL", "1"))
    unit = _UNITS.get((parts["FREQ"], interval))
    if unit is None:
        unit = {"YEARLY": f"{interval}년마다", "MONTHLY": f"{interval}개월마다"}.get(
            parts["FREQ"], f"{interval}주마다"
        )
    months = {_EVEN: "짝수월", _ODD: "홀수월"}.get(parts.get("BYMONTH", ""))
    words = [months or unit]
    if "BYMONTH" in parts and months is None:
        words.append(_run(parts["BYMONTH"]) + "월")
    if "BYMONTHDAY" in parts:
        day = parts["BYMONTHDAY"]
        words.append("말일" if day == "-1" else _run(day) + "일")
    if "BYDAY" in parts:
        words.append("·".join(map(_korean_byday, parts["BYDAY"].split(","))))
    return " ".join(words)
