"""What places end in: words by which a text reads like one."""

from __future__ import annotations

import re

_ROOM = (
    r"(?:강당|[가-힣]홀|(?<![현사부내과])실|(?<![휴기주개이소당독좌장차보여])관|[가-힣]센터|(?:회의|운동|공연|전시"
    r"|경기|시험|행사|훈련|교육|체험|예식|골프|야구|축구|수영|주차|선거|학습|야영|캠핑|승마|볼링|탁구|씨름|사격|테니스"
    r"|게이트볼|족구|풋살|썰매|스케이트|해수욕|면접|연습|집회|촬영)장|광장|공원|청사|[시도군구]청(?:\s[가-힣]{1,6}[과팀])?|호텔|극장"
    r"|문화원|현충원|수목원|식물원|휴양림|캠퍼스|[가-힣](?<!후)학교|(?:성|식|전|경로)당|수련원|연수원|리조트|터미널|둔치|일원|일대|로비"
    r"|(?<![동독활])무대|(?:체험|민속|한옥|문화|예술)촌|의료기관|충무시설|[가-힣]카페|교회|진료소|(?<!한)마당|[앞뒤안]뜰|정상|(?:현충|충혼|기념)탑|전망대|(?:읍|면|동|관리)사무소|컨벤션|플라자|스타디움"
    r"|[시군구]\s[가-힣]{1,4}(?:[읍면리]|(?<![활이운행공노아자작변진연감합])동)"
    r"|(?<![가-힣])온라인|\d층(?:\s[가-힣]{2,5}(?<![을를에은는로]))?"
    r"|(?:[가-힣](?:관|원|홀|센터|동|층)|청사)\s?[A-Z]?\d{2,4}호?|[가-힣](?:로|길)\s?\d{1,4}(?:-\d+)?)"
)
_MORE = r"\s?\([^()]{0,12}(?:층|관|[^현]실|센터|운동장|주차장|내|역)\)|\s등\s\d{1,2}개소"
ENDING = rf"{_ROOM}(?:{_MORE})?"
"""A building, a room, a ground, an address, with its floor or what else a bracket says of it."""
STATION = r"(?<![지구용영광통번방면병검유무노현내])역"
_PLACE = re.compile(rf"[^,/※:()\[\]]{{0,30}}?{ENDING}")
_SEAT = re.compile(
    rf"[^/※:\[\]]{{0,40}}?(?:{ENDING}|{STATION}|처|과|팀|지점|사무실|누리집|홈페이지|보건소)(?:\([^()]*\))?"
)


def is_place(text: str) -> bool:
    """Tell whether a text is nothing but a place.

    >>> is_place("시청 3층 회의실"), is_place("차량 1대"), is_place("준공식")
    (True, False, False)
    """
    return _PLACE.fullmatch(text) is not None


def is_seat(text: str) -> bool:
    """Tell whether a text below a label of places and ways is a place: an office, a page too.

    >>> is_seat("교무처"), is_seat("공사 누리집, 나라일터"), is_seat("인터넷 접수")
    (True, False, False)
    """
    return _SEAT.fullmatch(text) is not None
