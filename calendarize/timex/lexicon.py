"""The words of Korean time expressions, as data.

Everything that a speaker would look up rather than derive stands here; `grammar` composes it.
Sources: the administrative writing rules (행정업무의 운영 및 혁신에 관한 규정, dates as `2021. 5. 3.`)
for the notations, the Standard Korean Dictionary for the words.
"""

from __future__ import annotations

from typing import Literal

RELATIVE_YEARS: dict[str, int] = {
    "재작년": -2, "지지난해": -2,
    "작년도": -1, "작년": -1, "지난해": -1, "전년도": -1, "전년": -1,
    "금년도": 0, "금년": 0, "올해": 0, "올": 0, "연내": 0, "당해연도": 0, "당해년도": 0, "당해 연도": 0, "당해": 0,
    "내년도": 1, "내년": 1, "명년": 1, "차년도": 1, "익년도": 1, "익년": 1, "다음 해": 1,
    "내후년": 2, "후년": 2,
}  # fmt: skip

RELATIVE_MONTHS: dict[str, int] = {
    "지지난달": -2, "지지난 달": -2,
    "지난달": -1, "지난 달": -1, "저번달": -1, "저번 달": -1, "전월": -1,
    "이번달": 0, "이번 달": 0, "이달": 0, "금월": 0, "당월": 0,
    "다음달": 1, "다음 달": 1, "내달": 1, "익월": 1, "차월": 1,
    "다다음달": 2, "다다음 달": 2,
}  # fmt: skip

RELATIVE_WEEKS: dict[str, int] = {
    "지지난주": -2, "지지난 주": -2, "저저번 주": -2,
    "지난주": -1, "지난 주": -1, "저번주": -1, "저번 주": -1, "전주": -1,
    "이번주": 0, "이번 주": 0, "금주": 0,
    "다음주": 1, "다음 주": 1, "차주": 1, "내주": 1,
    "다다음주": 2, "다다음 주": 2,
}  # fmt: skip

RELATIVE_DAYS: dict[str, int] = {
    "그저께": -2, "그제": -2, "어제": -1, "작일": -1, "오늘": 0, "금일": 0,
    "내일": 1, "명일": 1, "익일": 1, "모레": 2, "내일모레": 2, "낼모레": 2, "글피": 3,
}  # fmt: skip

RELATIVE_TURNS: dict[str, int] = {
    "지난": -1, "저번": -1, "직전": -1, "전": -1, "이번": 0, "금": 0, "당": 0, "다음": 1, "차": 1, "오는": 1, "돌아오는": 1,
}  # fmt: skip
"""Words before 분기, 반기 and the days of the week that count from the report's own."""

SAME: dict[str, tuple[Literal["year", "month", "day"], int]] = {
    "같은 해": ("year", 0), "동년": ("year", 0), "같은해": ("year", 0), "그해": ("year", 0),
    "그 해": ("year", 0), "이듬해": ("year", 1), "그 이듬해": ("year", 1),
    "같은 달": ("month", 0), "같은달": ("month", 0), "동월": ("month", 0), "이듬달": ("month", 1),
    "같은 날": ("day", 0), "같은날": ("day", 0),
}  # fmt: skip
"""Words that count from the mention before: in which unit, and by how many."""

ONGOING = (
    "연중 계속", "연중 상시", "연중 수시", "연중상시", "연중수시", "연중계속",
    "연간 계속", "연간계속", "연간 상시", "연 중", "연 간", "연중", "연간",
)  # fmt: skip

UNDATED = ("상시", "수시", "상 시", "수 시", "필요시", "필요 시")

FREQUENCY_WORDS = (
    "매년", "해마다", "격년", "매월", "매달", "격월", "매 분기", "매분기", "분기별", "매 반기", "매반기",
    "반기별", "매주", "격주", "매일", "매 년", "매 월", "매 주", "격 월", "격 주", "매 일",
    "짝수월", "짝수달", "매 짝수월", "홀수월", "홀수달", "매 홀수월",
    "격월(짝수월)", "격월(홀수월)",
)  # fmt: skip

HOLIDAYS: dict[str, str] = {
    "신정": "new_year", "새해 첫날": "new_year",
    "설날": "seollal", "설 명절": "seollal", "설 연휴": "seollal_holidays", "설연휴": "seollal_holidays",
    "설날 연휴": "seollal_holidays", "설날연휴": "seollal_holidays", "설 명절 연휴": "seollal_holidays",
    "정월대보름": "daeboreum", "정월 대보름": "daeboreum",
    "삼일절": "march_1", "3·1절": "march_1", "3.1절": "march_1",
    "식목일": "arbor_day", "근로자의 날": "labour_day",
    "어린이날": "childrens_day", "어버이날": "parents_day", "스승의 날": "teachers_day",
    "부처님오신날": "buddhas_birthday", "부처님 오신 날": "buddhas_birthday",
    "석가탄신일": "buddhas_birthday",
    "현충일": "memorial_day", "제헌절": "constitution_day", "광복절": "liberation_day",
    "추석": "chuseok", "추석 연휴": "chuseok_holidays", "추석 명절 연휴": "chuseok_holidays", "추석연휴": "chuseok_holidays",
    "개천절": "foundation_day", "한글날": "hangul_day",
    "성탄절": "christmas", "크리스마스": "christmas",
}  # fmt: skip
"""Named days → key in `calendarize.timex.named_days`."""

LUNAR_DAYS = {"초하루": 1, "보름": 15}
SINO_DIGITS = {c: n for n, c in enumerate("영일이삼사오육칠팔구")}
SINO_UNITS = {"천": 1000, "백": 100, "십": 10}
SINO_MONTHS: dict[str, int] = {
    "일월": 1, "이월": 2, "삼월": 3, "사월": 4, "오월": 5, "유월": 6,
    "칠월": 7, "팔월": 8, "구월": 9, "시월": 10, "십일월": 11, "십이월": 12,
}  # fmt: skip
SINO_MONTHS_ALONE = {w: n for w, n in SINO_MONTHS.items() if w not in ("일월", "이월")}
"""Months that are no other word where no year stands before them (이월 is a carry-over)."""

PART_WORDS = {"초순": 0, "상순": 0, "초": 0, "B": 0, "중순": 1, "M": 1, "하순": 2, "말": 2, "E": 2}
"""Parts of a month, also as `5/E` writes them: its beginning, middle, end."""
HALVES = {"상": 1, "하": 2, "上": 1, "下": 2, "전": 1, "후": 2}
ROMAN_QUARTERS = {"Ⅰ": 1, "Ⅱ": 2, "Ⅲ": 3, "Ⅳ": 4}
WEEK_PARTS = {"초": (0, 1), "중": (0, 4), "말": (5, 6)}
"""Parts of a week → its first and last weekday: 주초 is Monday and Tuesday, 주말 Saturday and Sunday."""
WEEKDAY_INDEX = {c: n % 7 for n, c in enumerate("월화수목금토일月火水木金土日")}
MERIDIEM = {"오전": 0, "새벽": 0, "아침": 0, "오후": 12, "저녁": 12, "밤": 12, "낮": 12}

UNITS_APART = (
    "%", "‰", "％", "℃", "℉", "°", "[㎀-㏟]", "ℓ", "\\\\", "시대", "버전", "단계", "등급", "차로", "차선",
    "미터", "킬로", "리터", "그램", "포인트", "퍼센트", "백만", "천만", "톤", "헥타르",
    "(?:km|m|cm|mm|kg|g|t|ha|kW|MW|GB|TB|ppm|dB|p)(?![A-Za-z])",
)  # fmt: skip
"""Units behind a decimal number, with or without a gap, that show it to be no month and day."""

UNITS_JOINED = (
    "[A-Za-z]",
    "(?:[조억만천백]{1,2}|(?:[조억만천백]{1,2}여?)?(?:원|명|톤|건|개소|개월|개|회|대|곳|호|세|평|위|점|배|도|권|종|쪽))(?![가-힣](?<![이가을를은는의로에과와씩당여]))",
)  # fmt: skip
"""Units that stand close behind their number (`8.8조`, `3.2배로`); behind a gap the same syllable
begins another word (`5.3 대회`)."""

QUANTITIES = (
    "만족도", "점수", "지수", "평점", "평균", "비율", "농도", "면적", "연장", "높이", "길이", "폭원", "무게", "총점", "배점",
    "가점", "감점", "국비", "시비", "도비", "군비", "구비", "자부담", "신뢰도", "계수", "보정값", "기준값", "[가-힣][율률]",
)  # fmt: skip
"""Words before a decimal number that show it to be no month and day (`만족도(4.5)`)."""

COMMEMORATED = (
    "민주화", "민주", "혁명", "운동", "전쟁", "사변", "만세", "의거", "항쟁", "선언", "참전", "학살", "사건",
    "대책", "부동산", "판문점", "남북공동",
)  # fmt: skip
"""What follows a day that has become a name: `4.19혁명`, `6.25전쟁`, `9.13대책`."""
