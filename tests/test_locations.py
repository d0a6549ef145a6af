"""Places are found where reports tell them, and nothing else is taken for one."""

from __future__ import annotations

import pytest

from calendarize.events.assemble import assemble
from calendarize.mentions.reading import read
from calendarize.report import read_text

HEAD = "행사 계획\n\n2024. 3. 4.\n총무과\n\n"

TOLD = {
    "행사명\t일시\t장소\n시민과의 대화\t3. 15.(금) 10:00\t시청 대강당\n": "시청 대강당",
    "| 행사 | 날짜 | 개최장소 |\n|---|---|---|\n| 식목 행사 | 4. 5.(금) | 가온공원 |\n": "가온공원",
    "□ 시민과의 대화\n\n- 일시 : 3. 15.(금) 10:00\n- 장소 : 시청 대강당\n": "시청 대강당",
    "□ 시민과의 대화\n\n- 장소 : 시청 대강당\n- 일시 : 3. 15.(금) 10:00\n": "시청 대강당",
    "□ 시민과의 대화\n\n ○ 행사일시: 3. 15.(금) 10:00\n ○ 행사장소: 구민회관 3층\n": "구민회관 3층",
    "□ 시민과의 대화\n\n- 일시/장소 : 3. 15.(금) 10시, 본청 대강당\n": "본청 대강당",
    "□ 설명회\n\n- 일시 및 장소: 3. 15.(금) 14:00 / 중앙도서관\n": "중앙도서관",
    "- 시민과의 대화 : 3/15(금) 10시, 본청 대강당\n": "본청 대강당",
    "- 시민과의 대화 : 3. 15.(금) 10:00 (구민회관)\n": "구민회관",
    "- 시민과의 대화 : 3. 15.(금) 10:00, 시청 3층 회의실\n": "시청 3층 회의실",
    "시민과의 대화가 오는 3월 15일 시청 대강당에서 열린다.\n": "시청 대강당",
    "- 시민과의 대화(3. 15.) : 주민 100명\n  · 장소 : 구민회관\n": "구민회관",
    "< 소방의 날 >  일시 3. 15.(금) 10:00 / 장소 시청 다목적홀\n": "시청 다목적홀",
}


@pytest.mark.parametrize("text", TOLD)
def test_a_place_is_found_where_it_is_told(text: str) -> None:
    events = assemble(read(read_text(HEAD + text, "보고.txt")))
    assert [event.location for event in events] == [TOLD[text]]


@pytest.mark.parametrize(
    "text",
    [
        "- 설계용역 착수 : 3. 15.(금), 준공 예정\n",
        "- 시민과의 대화 : 3. 15.(금) 10:00 (주민 100명)\n",
        "□ 계획\n\n- 자료 제출 : 3. 15.(금)\n- 장소 : 추후 공지\n",
        "□ 계획\n\n- 자료 제출 : 3. 15.(금)\n\n□ 행사\n\n- 장소 : 시청 대강당\n",
        "- 예산안 의결 : 3. 15.(금)\n",
        "- 조례 공포 : 3. 15.(금), 조례 제1012호\n",
        "- 시민과의 대화 : 3. 15.(금) 10:00 (부시장)\n",
        "- 전시회 : 3. 15.(금) (월요일 휴관)\n",
    ],
)
def test_nothing_else_is_taken_for_a_place(text: str) -> None:
    events = assemble(read(read_text(HEAD + text, "보고.txt")))
    assert [event.location for event in events] == [None]
