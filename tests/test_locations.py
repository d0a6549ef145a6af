"""Places are found where reports tell them, and nothing else is taken for one."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from calendarize.events.assemble import assemble, every_event
from calendarize.mentions.reading import read
from calendarize.report import read_text
from tests.annotated import load, reading
from tests.parts import each_folder

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
    "3. 15.(금)\n\n학위수여식 [대강당]\n": "대강당",
    "- 현장설명회 : 3. 15.(금) 14:00  군청 2층 소회의실 (참가 의무 없음)\n": "군청 2층 소회의실",
    "- 개소식 : 3. 15.(금) 11시, 물빛로 44\n": "물빛로 44",
    "- 개막식 : 3. 15.(금) 18:00, 물빛공원 야외무대\n": "물빛공원 야외무대",
    "- 작은음악회 : 3. 15.(금) 19시 / 구 시청사 앞마당\n": "구 시청사 앞마당",
    "- 심사위원회 : 3. 15.(금) 10:00 (온라인)\n": "온라인",
    "□ 결단식\n\n- 때 : 3. 15.(금) 16:00  · 곳 : 시민체육관\n": "시민체육관",
    "□ 결단식\n\n- 때 : 3. 15.(금) 16:00\n- 곳 : 물빛터\n": "물빛터",
    "정례 연수는 오는 15일부터 17일까지 2박 3일간 제주에서 열린다.\n": "제주",
    "행사는 15일 오후 4시에는 의회 예담실에서 열린다.\n": "의회 예담실",
    "일시\n행사명\n장소\n인원\n3. 15.(금) 10:00\n시민과의 대화\n동면 바다들 산7\n28\n": "동면 바다들 산7",
    "구 분\n\n일 정\n\n장소 및 방법\n\n면접시험\n\n3. 15.(금)\n\n공사 4층\n": "공사 4층",
    "┌────┬────┬────┐\n│행사명│일  시│장  소│\n├────┼────┼────┤\n│시민과의 대화│3. 15.(금)│하늘뜰│\n"
    "└────┴────┴────┘\n": "하늘뜰",
    "□ 설명회\n\n- 언제 : 3. 15.(금) 10:00\n- 어디서 : 본교 한울관\n": "본교 한울관",
    "□ 설명회\n\n- 일시 및 장소: 3. 15.(금) 14:00 중앙도서관\n": "중앙도서관",
    "□ 공청회 장소 및 일시\n\n- 강내면사무소 : 3. 15.(금) 10:00\n": "강내면사무소",
    "○ [전시] 꿈 수집가: 물빛미술관 - 3. 15.~3. 20.\n": "물빛미술관",
    "때  2024년 3월 15일(금) 오전 11시\n곳  물빛도서관 앞뜰\n": "물빛도서관 앞뜰",
    "- 작가와의 만남 / 3. 15.(금) 14:00 / 도서관 1층 이야기방\n": "도서관 1층 이야기방",
    "- 개막식 : 3. 15.(금) 19:00, 주무대\n": "주무대",
    "강좌는 3월 15일부터 금요일 오전 10시 30분부터 도서관 4층 교육장에서 연다.\n": "도서관 4층 교육장",
    "순회는 3월 15일은 산내면 상리 마을회관, 그 뒤는 읍내이다.\n": "산내면 상리 마을회관",
    "문화예술회관에서는 3월 15일 개관 연주회가 열릴 예정이다.\n": "문화예술회관",
    "□ 접수\n\n- 접수기간 : 3. 15.(금)\n- 접수처 : 총무과 인사팀\n": "총무과 인사팀",
    "일 자 | 내 용 | 장 소 | 비고\n3. 15.(금) | 보고회 | 한빛교회 |\n3. 18.(월) | 보고회 | 한빛교회 |\n": "한빛교회",
    "□ 설명회\n\n① 북부권(3. 15. 10:00): 북면 복지회관\n": "북면 복지회관",
    "- 체육대회: 3. 15.(금) 본교 운동장(우천시 체육관)\n": "본교 운동장(우천시 체육관)",
    "- 자료열람: 3. 15.(금) / 군청 도시과, 각 면사무소\n": "군청 도시과",
    "차수 일시 부의안건 장소\n상임위원회\n3. 15.(금) 10:00\n조례안 심사\n각 위원회실\n현장방문\n3. 15.(금)"
    " 14:00\n사업장 확인\n각 위원회실\n": "각 위원회실",
    "가온군, 3월 15일 가온체육관 일원서 군민의날 행사\n": "가온체육관 일원",
    "폐막식은 3월 15일 국악체험촌에서 진행된다.\n": "국악체험촌",
    "- 현장방문 : 3. 15.(금) 14:00, 순환센터 등 3개소\n": "순환센터 등 3개소",
    "□ 연주회\n   - 3월 15일(금) 19:30\n   - 아트홀 대극장\n   - 전석 무료\n": "아트홀 대극장",
    "- 유공자 표창은 3. 15.(금) 월례조회(구청 대강당) 시 수여\n": "구청 대강당",
    "○ 3. 15.(금) 의정연수 / 변산 리조트\n": "변산 리조트",
    "○ 3. 15.(금)\n - 10:00 개원식 — 본회의장\n": "본회의장",
    "    일   자      행   사   명       장     소      주  관\n -------\n"
    "3. 15.(금)    시민과의 대화       산내면 상리     총무과\n": "산내면 상리",
}


@pytest.mark.parametrize("text", TOLD)
def test_a_place_is_found_where_it_is_told(text: str) -> None:
    events = assemble(read(read_text(HEAD + text, "보고.txt")))
    assert {event.location for event in events} == {TOLD[text]}


@pytest.mark.parametrize(
    "lines",
    [
        (
            "■ 3. 15.(금)\n - 09:00 간부회의 / 대회의실 / 과장\n - 11:00 체험 / 하늘농원 / 시장\n"
            " - 14:00 개원식 / 본회의장\n - 16:00 면담 / 부시장\n"
        ),
        (
            "○ 간부회의 : 3. 15.(금) 09:00, 대회의실\n○ 체험 : 3. 15.(금) 11:00, 하늘농원\n"
            "○ 개원식 : 3. 15.(금) 14:00, 본회의장\n○ 계획 : 3. 15.(금) 16:00, 위원회 자문\n"
        ),
        (
            "3. 15.(금) 09:00  간부회의 (대회의실)\n3. 15.(금) 11:00  체험 (하늘농원)\n"
            "3. 15.(금) 14:00  개원식 (본회의장)\n3. 15.(금) 16:00  면담 (부시장)\n"
        ),
    ],
    ids=("slashes", "commas", "brackets"),
)
def test_a_field_is_a_place_where_the_lines_around_have_places_there(lines: str) -> None:
    events = assemble(read(read_text(HEAD + lines, "보고.txt")))
    assert [event.location for event in events] == ["대회의실", "하늘농원", "본회의장", None]


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
        "- 조례 공포 : 3. 15.(금) (조례 제2018-171호)\n",
        "- 자료 정리 : 3. 15.(금) (팀장 의정담당관)\n",
        "단계\n\n일정\n\n장소·방법\n\n원서접수\n\n3. 15.(금)\n\n인터넷 접수\n",
        "□ 계획\n\n- 접수기간 : 3. 15.(금)\n- 열람장소 : 시청 대강당\n",
        "□ 계획\n\n- 기간 : ~ 3. 15.(금)\n- 제출장소 : 비치된 서식으로 제출\n",
    ],
)
def test_nothing_else_is_taken_for_a_place(text: str) -> None:
    events = assemble(read(read_text(HEAD + text, "보고.txt")))
    assert [event.location for event in events] == [None]


# Documents ---------------------------------------------------------------------------------------

FOUND = 20 / 22
"""So many of the places that documents tell are found, whether they were learned from or not."""
RIGHT = 0.95
"""So many of what is found in them are right."""


@each_folder
def test_places_of_documents(folder: str) -> None:
    here = Path(__file__).parent
    with (here / "places.tsv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["folder"] == folder]
    told = Counter((row["document"], int(row["line"]), row["place"]) for row in rows)
    found = Counter[tuple[str, int, str]]()
    for name in dict.fromkeys(row["document"] for row in rows):
        document = load(here / folder / f"{name}.txt")
        for event in every_event(reading(document.path, document.give_date)):
            if event.location:
                found[name, event.source.line, event.location] += 1
    missed, wrong = told - found, Counter(one for one in found if one not in told)
    assert 1 - missed.total() / told.total() >= FOUND, missed
    assert 1 - wrong.total() / found.total() >= RIGHT, wrong
