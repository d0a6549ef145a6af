"""The words of conversation, as data; words that reports use too stand in `timex.lexicon`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from calendarize.timex.conversation.spans import Preference, Unit

_ONES = ("", "한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉")
_TENS = {"": 0, "열": 10, "스물": 20, "서른": 30, "마흔": 40, "쉰": 50}
NATIVE: dict[str, int] = {
    ten + one: tens + number
    for ten, tens in _TENS.items()
    for number, one in enumerate(_ONES)
    if ten + one
} | {"하나": 1, "둘": 2, "셋": 3, "넷": 4, "석": 3, "서": 3, "넉": 4, "너": 4, "스무": 20}
"""Native numerals as they stand before a unit: `세 시간`, `석 달`, `스무 살`."""

_DAYS = ("하루", "이틀", "사흘", "나흘", "닷새", "엿새", "이레", "여드레", "아흐레")
DAY_COUNTS: dict[str, int] = {
    ten + word: tens + n
    for ten, tens in {"": 0, "열": 10, "스무": 20}.items()
    for n, word in enumerate(_DAYS, 1)
} | {"열흘": 10, "보름": 15, "스무날": 20}
"""Days by their native names, as lengths: `사흘`, `열하루`, `스무이틀`."""
NAMED_MONTHDAYS: dict[str, int] = {
    f"초{word}" if n < 10 else word if n > 20 else f"{word}날": n
    for word, n in DAY_COUNTS.items()
    if word != "스무날"
} | {"열흘날": 10, "스무날": 20, "그믐날": -1, "그믐": -1}
"""Days of a month by their native names: `초하루`, `열하루날`, `보름날`, `스무하루`, `그믐`."""

ABOUT: dict[str, tuple[int, int]] = {
    "한두": (1, 2), "두세": (2, 3), "두서너": (2, 4), "서너": (3, 4), "네댓": (4, 5), "대여섯": (5, 6), "이삼": (2, 3),
    "삼사": (3, 4), "사오": (4, 5),
}  # fmt: skip
"""Numerals of two neighbours: `두세 시간`, `이삼일`."""
ABOUT_DAYS: dict[str, tuple[int, int]] = {
    "하루이틀": (1, 2), "하루 이틀": (1, 2), "이틀사흘": (2, 3), "사나흘": (3, 4), "네댓새": (4, 5), "대엿새": (5, 6),
}  # fmt: skip
UNITS: dict[str, tuple[int, Unit]] = {
    "초": (1, "second"), "분": (1, "minute"), "시간": (1, "hour"), "일": (1, "day"), "날": (1, "day"),
    "주일": (1, "week"), "주간": (1, "week"), "주": (1, "week"), "개월": (1, "month"), "달": (1, "month"),
    "분기": (1, "quarter"), "년": (1, "year"), "해": (1, "year"), "세기": (100, "year"),
}  # fmt: skip
HALF_UNITS: dict[str, tuple[float, Unit]] = {
    "반년": (6, "month"),
    "반시간": (30, "minute"),
    "반 시간": (30, "minute"),
    "반달": (15, "day"),
    "반나절": (6, "hour"),
    "한나절": (12, "hour"),
}

RELATIVE_DAYS: dict[str, int] = {
    "그끄저께": -3, "그끄제": -3, "그저께": -2, "그제": -2, "엊그제": -2, "엊그저께": -2, "어제": -1, "어저께": -1,
    "작일": -1, "전일": -1, "오늘": 0, "금일": 0, "당일": 0, "내일": 1, "낼": 1, "명일": 1, "익일": 1,
    "하루 종일": 0, "하루종일": 0, "온종일": 0, "명후일": 2, "익익일": 2, "그그제": -3, "모레": 2, "내일모레": 2, "내일 모레": 2, "낼모레": 2, "글피": 3, "그글피": 4, "이따": 0, "이따가": 0, "아까": 0, "그그글피": 5,
}  # fmt: skip
DAYS_BESIDE: dict[str, int] = {
    "다음 날": 1,
    "다음날": 1,
    "이튿날": 1,
    "다다음 날": 2,
    "다다음날": 2,
    "다음다음 날": 2,
    "다음다음날": 2,
    "전날": -1,
    "하루 전날": -1,
    "당일": 0,
}
"""Days beside what stands before them, or beside today: `추석 다음 날`, `주말 전날`."""
RELATIVE_YEARS: dict[str, int] = {
    "재재작년": -3, "재작년": -2, "지지난해": -2, "지지난 해": -2, "작년": -1, "지난해": -1, "지난 해": -1, "전년": -1,
    "저번 해": -1, "올해": 0, "올": 0, "금년": 0, "이번 해": 0, "이번해": 0, "내년": 1, "다음 해": 1, "다음해": 1,
    "명년": 1, "연내": 0, "내년도": 1, "차년도": 1, "금년도": 0, "작년도": -1, "전년도": -1, "내후년": 2, "후년": 2, "후후년": 3, "다다음 해": 2, "내내년": 2,
}  # fmt: skip


def _repeated(head: str, tail: str, sign: int, first: int = 1) -> dict[str, int]:
    """Return a word and its repetitions, each one further: `다음`, `다다음`, `다다다음`."""
    return {head * n + tail: sign * (n + first - 1) for n in range(1, 5)}


TURNS: dict[str, int] = {
    **_repeated("다", "음", 1), **_repeated("다", "담", 1, 2), **_repeated("지", "난", -1), **_repeated("저", "번", -1),
    "담": 1, "요번": 0, "요전": -1, "직전": -1, "이번": 0, "금": 0, "오는": 1, "돌아오는": 1, "다가오는": 1, "내": 1, "차": 1,
    "익": 1, "전전": -2, "전전전": -3, "다음다음": 2, "다음 다음": 2, "그다음": 1, "그 다음": 1, "지난번": -1,
    "바로 다음": 1, "바로 전": -1, "전": -1, "그 전": -1,
}  # fmt: skip
"""Words that turn from one unit to its neighbours: `지난 주`, `다다음 달`, `이번 크리스마스`."""
TURNED: dict[str, Unit] = {
    "주": "week", "달": "month", "월": "month", "분기": "quarter", "반기": "half", "해": "year", "년": "year",
    "시간": "hour", "학년도": "year",
}  # fmt: skip
BACKWARD = ("지난", "최근", "과거", "이전", "직전", "요")
FORWARD = ("앞으로", "향후", "다음", "오는", "이후", "차후")
NOW_WORDS = ("지금 당장", "지금 막", "바로 지금", "지금", "현재", "방금 전", "방금", "당장", "이제")

DAY_PARTS: dict[str, tuple[int, int]] = {
    "새벽": (0, 6), "아침": (6, 9), "오전": (0, 12), "점심": (12, 14), "한낮": (12, 15), "낮": (9, 18),
    "오후": (12, 24), "저녁": (18, 21), "초저녁": (18, 20), "밤": (21, 24), "한밤": (23, 24), "심야": (22, 24), "해질녘": (17, 19),
}  # fmt: skip
"""Parts of a day → first hour and the hour that ends them (기상청 예보 용어: 시간)."""
SEASONS: dict[str, int] = {"봄": 3, "여름": 6, "가을": 9, "겨울": 12}
"""Seasons → the month in which their three months begin (기상청)."""
SOLAR_SEASONS: dict[str, tuple[tuple[int, int], tuple[int, int]]] = {
    "봄": ((3, 20), (6, 21)), "여름": ((6, 21), (9, 23)), "가을": ((9, 23), (12, 21)), "겨울": ((12, 21), (3, 20)),
}  # fmt: skip
"""Seasons from equinox to solstice: first and last (month, day), as Duckling has them."""
FEASTS: dict[str, tuple[int, int]] = {
    "새해 첫날": (1, 1), "새해": (1, 1), "밸런타인데이": (2, 14), "발렌타인데이": (2, 14), "발렌타인 데이": (2, 14),
    "화이트데이": (3, 14), "화이트 데이": (3, 14), "만우절": (4, 1), "노동절": (5, 1), "근로자의날": (5, 1),
    "국군의 날": (10, 1), "국군의날": (10, 1), "할로윈": (10, 31), "핼러윈": (10, 31), "빼빼로데이": (11, 11), "빼빼로 데이": (11, 11),
    "크리스마스 이브": (12, 24), "크리스마스이브": (12, 24), "섣달그믐": (12, 31), "섣달그믐날": (12, 31),
}  # fmt: skip
FEAST_NAMES: dict[str, str] = {
    "설": "seollal", "구정": "seollal", "한가위": "chuseok", "추석날": "chuseok", "성탄": "christmas", "부처님 오신날": "buddhas_birthday",
    "석탄일": "buddhas_birthday", "초파일": "buddhas_birthday", "사월 초파일": "buddhas_birthday", "단오": "dano", "칠석": "chilseok", "스승의날": "teachers_day", "어버이 날": "parents_day", "어린이 날": "childrens_day", "한글 날": "hangul_day",
}  # fmt: skip
"""Further names of the days of `timex.named_days`."""
ORDINAL_STEMS: dict[str, int] = {
    "첫": 1, "첫째": 1, "첫번째": 1, "첫 번째": 1, "둘째": 2, "두번째": 2, "두 번째": 2, "셋째": 3, "세번째": 3, "세 번째": 3,
    "넷째": 4, "네번째": 4, "네 번째": 4, "다섯째": 5, "다섯번째": 5, "다섯 번째": 5, "여섯째": 6, "마지막": -1, "맨 마지막": -1,
    "끝에서 두 번째": -2,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Conventions:
    """What parsers of conversation differ in; the defaults are those of calendarize.

    `prefer`: which of several readings of `금요일` or `5월 3일` is meant. `weekend` begins on
    Saturday or on Friday evening at 18:00. `since`: whether `2018년 이후` holds 2018 itself,
    `before`: whether `2018년 이전` does. `last_weekday` and `next_weekday`: `지난 월요일` is the
    closest one before today or that of last week (`calendar`), `다음 월요일` accordingly.
    `window`: `지난 3일` rolls back from now, is the three whole calendar units before this one, or
    so many days up to yesterday. `open_sides`: `금요일까지` is open on one side, or just the point.
    `end`: whether the public values tell the last day of a period or the day after it. `hours`: `3시`
    is 03:00, or by daylight (`daytime`: today the next such hour, else 7 to 11 in the morning and
    the others after noon), or today the `next` such hour and else as written. `weeks`: the first
    week of a month is that of its first Thursday (ISO 8601), the row of the calendar that holds the
    1st, or the first `whole` one. `weekday_today`: whether `월요일`, said on a Monday, may be today.
    `seasons` are three months or reach from equinox to solstice (`solar`). `midnight`: `오늘 자정` is
    the end of today or its start. `offsets`: `3일 뒤` is a day, or as exact as the next `finer` unit
    (the hour; of years the month). `day_parts` are the hours of 아침, 저녁 …, the end exclusive.
    """

    prefer: Preference = "nearest"
    weekend: Literal["days", "friday-evening"] = "days"
    since: Literal["inclusive", "exclusive"] = "inclusive"
    before: Literal["inclusive", "exclusive"] = "inclusive"
    last_weekday: Literal["closest", "calendar"] = "closest"
    next_weekday: Literal["closest", "calendar"] = "calendar"
    window: Literal["rolling", "whole", "before-today"] = "rolling"
    end: Literal["inclusive", "exclusive"] = "inclusive"
    open_sides: Literal["open", "point"] = "open"
    hours: Literal["24", "daytime", "next"] = "24"
    weeks: Literal["thursday", "rows", "whole"] = "thursday"
    weekday_today: Literal["included", "excluded"] = "included"
    seasons: Literal["months", "solar"] = "months"
    midnight: Literal["end", "start"] = "end"
    offsets: Literal["days", "finer"] = "days"
    day_parts: Mapping[str, tuple[int, int]] = field(default_factory=lambda: DAY_PARTS)

    def looking_back(self) -> Conventions:
        """Return these with the last of several readings preferred."""
        return replace(self, prefer="past")


LIKE: dict[str, Conventions] = {
    "korean-datetime": Conventions(
        prefer="future", next_weekday="closest", window="before-today", open_sides="point",
        hours="daytime", weeks="rows", weekday_today="excluded",
        day_parts=DAY_PARTS | {
            "새벽": (3, 6), "아침": (7, 10), "오전": (9, 12), "점심": (12, 13), "낮": (12, 15), "오후": (12, 18),
            "해질녘": (17, 19), "심야": (24, 27),
        },
    ),
    "duckling": Conventions(
        prefer="future", weekend="friday-evening", next_weekday="closest", window="whole",
        weekday_today="excluded", hours="next", weeks="whole", seasons="solar", midnight="start", offsets="finer",
        end="exclusive",
        day_parts=DAY_PARTS | {"아침": (4, 12), "점심": (12, 14), "오후": (12, 19), "저녁": (18, 24), "밤": (18, 24)},
    ),
    "recognizers": Conventions(
        prefer="future", since="exclusive", before="exclusive", last_weekday="calendar", end="exclusive",
        day_parts=DAY_PARTS | {"새벽": (4, 8), "아침": (8, 12), "오전": (8, 12), "오후": (12, 16), "저녁": (16, 20), "밤": (20, 24)},
    ),
}  # fmt: skip
"""The conventions of other parsers, as far as their documentation tells them."""
