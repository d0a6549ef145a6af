"""The words of Korean administrative reports that tell what a date is for, as data.

Terms follow 행정업무운영 편람 and the council's own (지방자치법: 회기, 정례회, 임시회, 행정사무감사).
"""

from __future__ import annotations

import re

TIME_LABEL = re.compile(
    r"^(?P<what>.{0,4}?)(?:일시|기간|시기|일자|기한|횟수)(?:장소|인원|사업비)?$"
    r"|^(?:장소|인원)(?:일시|기간|시기)$"
    r"|^(?P<day>시행|예정|체결|준공|착공|집회|발표|마감|실시|개최)일$"
    r"|^(?:추진|세부)?일정$|^(?:날짜|때|회기|개최|시간|시일)$|^(?P<term>.{0,4}임기)$"
)
"""Labels that say "when" of what the heading above them names, their spaces closed."""

PLAIN_WHATS = frozenset(
    (
        "추진",
        "사업",
        "행사",
        "개최",
        "실시",
        "시행",
        "과업",
        "회의",
        "발행",
        "집행",
        "세부",
        "축제",
        "대회",
        "인원/",
        "인원",
    )
)
"""What a time label may begin with without telling anything (`사업기간`; but `접수기간` tells)."""

GENERIC_HEADING = re.compile(
    r"^[가-힣·\s]{0,6}개요$|^(?:협조|행정|유의|당부|전달|공지|준비|건의|요청|지시)\s?사항$|^[가-힣○△·\s]{2,20}(?:구청장|도지사|교육감|이사장|총장|의장|위원장)$|^.{0,12}회의록$|^[가-힣]{1,4}별\s(?:추진\s?)?(?:일정|계획|현황)$|^(?:[\W\d_]*)(?:(?:월|분기|반기|년도?)\s)?(?:(?:추진|향후|예정|세부|감사|주요|중점|그간|그동안|관련|사업|운영|행사|평가|심사|발행|기본|금후|연간|"
    r"전체|개최|업무|정책|대응|조치|분야별|사업별|기관별|부서별|세부사업|지원|선정|신청|접수|참가|참여|모집|조직|인력|발생|조사|연구|제도|개선|회의|논의|홍보|공모|설치|시험|학사|의사|회기|본회의|시상|심의|채용|응시|소요|구성|기타|참고|일반|월별|단계별|연도별|실시|활동|교육|축제|공사|시설|"
    r"집행|예산|핵심|부대|수여|대회|구체적|중장기|단기|당면|현안|내용|경과|실적|현황|계획|성과|금년|올해|내년)*(?:및|·|\s)*)*"
    r"(?:실적|성과|대책|전략|경과|연혁|추이|일정|일정표|일정안|계획|계획안|내용|방향|배경|현황|개요|목표|근거|사항|경위|상황|안|절차|방법|"
    r"대상|기간|조치|필요성|체계|효과|예산|자료|업무|보고|시기|행사|결과|기능|과제|목적|요약|"
    r"붙임|첨부|목차|총괄|개관|요|표)(?:\s*\([^)]*\))?[\W\d_]*$"
)
"""Headings that name a part of any report, not its subject (`추진일정`, `향후 계획`, `사업 개요`)."""

GENERIC_LABEL = re.compile(
    r"^.{0,5}(?:개요|현황|일정|계획|실적|근거|배경|목적|사항|내용|경과|조치|절차|대상|횟수|문제점|대책|D-?day)$"
)
"""Labels before a value that name a part of any report (`고발개요`, `심사결과`)."""

PURPOSE = re.compile(r"^.*(?:위한|위해|대비한?|대비로|따른|맞춘)\s+(?=.{4,})")
"""`중단없는 의회 운영을 위한 화상회의시스템 구축` → what stands behind the purpose."""

LEADING_CLAUSE = re.compile(r"^.*(?:위해|위하여|있도록|거쳐|따라|통해|통하여|하여)\s+(?=.{4,})")
"""What may go from the front of an overlong title: why and how it is done."""

MEANS = re.compile(r"(?<=.{4})(?:을|를)?\s*(?:통한|통해|통하여|활용한|기반으로 한?|바탕으로)\s.*$")
"""`서울살림토론회 개최를 통한 예·결산 심의활동 강화` → what stands before the means."""

_ACTIONS = (
    "향후|추진|구성|운영|실시|강화|구축|개최|시행|수립|지원|활성화|계획|기본계획|현황|개요|방안|일정|확대|개선|마련|제고|관리|"
    "선정|소집|공고|알림|안내|의사일정|보고서?|회의록|결과|제작|배포|요청|및|등"
)
TRAILING_ACTION = re.compile(
    rf"(?:\s+(?:{_ACTIONS}|안|·|\(안\))|(?:계획|현황|개요|일정|방안|안내|알림|공고|회의록|결과보고서?|\(안\)|·|\s))+$"
)
"""Words at a heading's end that say only that something is done about its subject."""

UNIT = re.compile(
    r"\s*\(((?:市\s?|시\s?)?[가-힣·]{1,14}(?:담당관|[가-힣]과|팀|실|국|단|센터|본부|재단|연구원|편찬원|사업소|공사|공단|부서))\)"
)
"""A unit named beside an entry: `(의정담당관)`."""

LOOKS_BACK = re.compile(r"실적|성과|결과|경과|그간|그동안|연혁|경위|지난|추진상황")
LOOKS_FORWARD = re.compile(r"향후|예정|앞으로|금후|추후|계획$|남은")

ASOF_BEFORE = re.compile(
    r"(?:정원|현원|인력|인구|세대수?)\s*\(\s*$|(?:기준일?|기준 ?/ ?단위|현재)[^가-힣(),]{0,12}$|기준[^()]{0,14}[:/]\s*$"
)
FISCAL_AFTER = re.compile(
    r"^\s*(?:도\s*)?(?:본|추경|세입|세출|주요|제\d회|제1회|추가경정)?\s*"
    r"(?:예산|결산|회계|추경|세입|세출|기금|국비|시비|당초예산|예·결산|재정|공시지가|기준)"
)
NOT_AN_ENTRY_BEFORE = re.compile(
    r"[가-힣]\s?-\s?\d{1,6}(?:호)?\s*\(\s*$|」\s?\((?:[\s.,\d]*(?:제정|개정|시행)[,\s]*)?\s*$|제\d+호,\s?$|주차\s?\(\s*$|예\s?비\s?일\s*[:(]?\s*$|[<\[〈]\s*(?:전문|일부)?\s*(?:개정|제정|신설|본조신설|시행)\s*$|(?:생년월일|출생|당초|우천\s?시|보도시점|엠바고|대상\s?기간)\s*[:(]?\s*$"
)
NOT_AN_ENTRY_COLUMN = re.compile(r"생년월일|출생|발행일|제정일|개정일|발급일")
"""Columns whose days say who or what something is, not when something happens."""

NOT_AN_ENTRY_AFTER = re.compile(
    r"^(?:[\s,·/\d.]|\([월화수목금토일]\))*(?:은|는)?\s?(?:제외|빼고)|^\s?에\s(?:출생|취득|등록)(?:한|된)|^\s*\.?\s*(?:조례|법률|규칙|규정|훈령|예규|\S{2,6}령)\s제\d+호|"
    r"^\s*\.?\s*(?:이전 출생|이후 출생|생(?![가-힣])|출생|(?:전문|일부)?\s*(?:개정|제정|신설)\s*[>\]〉])|^\s*\)?\s*대비(?![가-힣])"
)
QUALIFICATION = re.compile(
    r"(?:응시|지원|신청|참가|참여|자격|입주|모집)\s?(?:자격|요건)(?:\s?(?:요건|기준|조건))?\s*$"
)
"""Headings and labels under which dates are conditions, not entries."""
COUNTED_BEFORE = re.compile(
    r"[\d.,]+\s*(?:건|명|%|점|개|억|억원|원|천원|조|만|곳|대|세대|가구|톤|㎡|백만원)\s*\(\s*$"
)
COUNTED_AFTER = re.compile(
    r"^\)?\s*(?:(?:총|투자|집행|기투자)\s*)?[\d.,]+\s*(?:건|명|회|%|점|개|억|원|천원|조|만|곳|대|세대|가구|톤)(?![가-힣]*(?:개최|방송|실시|발송))"
)
PLANNED_AFTER = re.compile(
    r"^\s*(?:[가-힣]{2,8}\s?)?(?:예정|선정|완료|착수|시행|발표|개최|진행|준공|착공|개통|발간|도입|제정|개정|수립|신설|출범|목표)"
)
SCHEDULE_HEADING = re.compile(
    r"일\s*시|시\s*기|기\s*간|일\s*정|일\s*자|날\s*짜|추진\s*시기|추진\s*일정|개최\s*일|예정|집회|개회|폐회|착공|착수|"
    r"준공|완료|완공|마감|기한|임\s*기|시행|월\s*일|월\s*별|요\s*일|개강|종강|회\s*기|기\s*한|발표|접수|주\s*기|비\s*고|선\s*정|설\s*계$|보\s*상$|수\s*립|지\s*정|고\s*시|승\s*인|납\s*품|일$"
)
SUBJECT_HEADINGS = tuple(
    re.compile(pattern)
    for pattern in (
        r"사\s*업\s*명|과\s*정\s*명|행\s*사\s*명|공\s*사\s*명|과\s*제\s*명|노\s*선|프로그램|제\s*목|안\s*건\s*명|명\s*칭",
        r"회\s*수|회\s*차|단\s*계|구\s*분|항\s*목|절\s*차|공\s*종|과\s*제|행\s*사|학\s*사|업\s*무|사\s*업",
        r"내\s*용|안\s*건|추진\s*사항|일\s*정",
    )
)
"""Headings of the columns that name a row, the most telling first."""

MILESTONE = re.compile(
    r"착공|착수|준공|완공|완료|개통|개관|개장|개소|발주|계약|보상|입주|철거|발표|공고"
)
"""What alone behind a date tells which step of its subject it is (`5. 25. 착수 → 6. 20. 완료`)."""

ENUMERATOR = re.compile(
    r"^(?:[①-⑳㉠-㉻㈀-㈞❶-❿⑴-⒇]|\(?\d{1,2}[.)](?!\d)|\(?[가-하][.)]|[IVXⅠ-Ⅹ]{1,4}\.|"
    r"[□■◇◆▣◦●ㅇ▪▶▷➔→⇒※*·•✓◎★☆◈❍◯◼◾-]|–|○(?!○))\s*"
)
ACTION = (
    "개최", "발행", "발간", "제공", "운영", "실시", "점검", "시행", "추진", "안내", "지원", "조사", "보고", "평가",
    "공개", "게시", "제출", "접수", "회의", "교육", "상담", "배포", "발송", "관리", "소독", "발표", "정기회의",
)  # fmt: skip
