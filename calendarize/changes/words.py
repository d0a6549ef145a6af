"""The words by which offices tell plans from results, and one entry from its neighbours."""

from __future__ import annotations

import re

# ---------------------------------------------------------------- how an entry is told

_ENDS = r"(?=\s*(?:$|[(:,·/]|및|보고|점검|등(?![가-힣])))"
PLAN_HEADING = re.compile(
    rf"(?:계획|예정|일정|목표|(?:추진|진행)\s?중|방향){_ENDS}|향후|앞으로|하반기\s?중점"
)
RESULT_HEADING = re.compile(
    rf"(?:실적|성과|결과|완료|경과|경위|연혁|(?:이행|추진|처리)\s?내역){_ENDS}|그간|그동안|지난|되돌아"
)
"""Words of a heading that say which of the two stands under it; both, or none, say nothing."""
PLAN_LABEL = re.compile(r"^\S{0,4}\s?(?:계획|예정|일정)$")
RESULT_LABEL = re.compile(r"^\S{0,4}\s?(?:실적|성과|결과|경과)$")
"""The same of a label before a colon: `운영실적 : …`."""

DONE_SHARE = re.compile(r"(?<!\d)100\s?%")
OPEN_SHARE = re.compile(r"공정률|진척|추진율|(?<![\d.])\d{1,2}(?:\.\d+)?\s?%")

_GIVEN_UP = (
    r"취소|철회|백지화|미추진|미개최|미시행|무산|폐기|포기|불발|불용\s?처리|사업\s?(?:종결|제외)"
    r"|추진\s?불가|개최\s?불가|(?:추진|개최|시행|실시|발간|운영)하지\s?(?:않|아니|못)|하지\s?않기로"
)
PARTLY = re.compile(rf"(?:일부|\d+\s?(?:개소|개|건|명|회|대|동|곳|팀|교|과목))\s?(?:{_GIVEN_UP})")
"""What was given up only in part: `1개소 포기`."""
CANCELLED = re.compile(
    rf"(?:{_GIVEN_UP})(?=\s*(?:$|[,.;:)(|※]|됨|함|됐|됩|되었|하였|했|하기로|한다|결정|키로|기로|조치|의결|음|다))"
)
POSTPONED = re.compile(
    r"무기한|(?<![가-힣])연기(?=\s*(?:$|[,.;)(|※]|됨|함|됐|되었|하였|했|하기로|결정|추진))"
    r"|이월(?!\s?(?:금|액|사업비|체납))|순연|보류|유보|잠정\s?(?:중단|연기)|전면\s?재검토|원점\s?재검토"
    r"|추후\s?(?:결정|확정|개최|추진|재추진|시행|통보)"
)
FACT = re.compile(
    r"임\s?기(?!제)\s?[:(]?|재임\s?기간|재직|출생|생년|설립\s?일?|개원\s?일|창립\s?일"
)
"""What stands before the time of a fact: a term of office, a founding day."""
CARRIED_OVER = re.compile(r"이월|연기|지연|순연|당초|계속\s?사업|재추진|변경|미완료|미준공")
"""Words that say a plan of before goes on."""
REASON = re.compile(r"(?:\S+\s){0,5}\S*(?:[가-힣]{2}로|인해|따라|때문에|따른)\s*$")
"""Why a time is what it is, right before it: `토지보상 협의 지연으로 '25. 4월`."""

# ---------------------------------------------------------------- what an entry is

SAME_WORDS = (
    ("누리집", "홈페이지"),
    ("웹사이트", "홈페이지"),
    ("인플루엔자", "독감"),
    ("기념행사", "기념식"),
    ("만족도조사", "만족도설문조사"),
    ("표결", "투표"),
    ("임용", "채용"),
    ("선발", "모집"),
    ("국외출장", "국외연수"),
    ("해외연수", "국외연수"),
    ("간친회", "간담회"),
    ("워크샵", "워크숍"),
    ("현판식", "지정"),
    ("팸플릿", "책자"),
    ("리플릿", "책자"),
    ("추경예산안", "추가경정예산안"),
    ("예결위", "예산결산특별위원회"),
    ("행감", "행정사무감사"),
    ("중장기", "장기"),
    ("어르신", "노인"),
    ("경로", "노인"),
    ("씨씨티비", "CCTV"),
    ("시스템", "설비"),
)
"""Words of offices that name one thing: what is written → what it is compared as."""

ACTIONS = re.compile(
    r"(?:추진|개최|실시|운영|시행|완료|마무리|사업|관련|예정|계획|전면|본격|지속|대상|등|및|위한|통한|따른|제출|발표"
    r"|착공|준공|완공|개통|구축|설치|공사|수립|행사|공연|용역|연구용역)(?:의|에|을|를|은|는|이|가|으로|로)?$"
)
"""Endings of words that tell what is done rather than what it is done to."""

LABELS = re.compile(
    r"(?:향후|추진|사업|공사|용역|운영|행사|개최|교육)?(?:일정|기간|시기|일시)|향후계획|추진상황"
)
"""What a label calls the time beside it; names nothing."""

PHASES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("begin", re.compile(r"착공|착수|기공|개시|개강|입교|개막|발주")),
    ("middle", re.compile(r"중간\s?(?:보고|점검|평가)")),
    ("end", re.compile(r"준공|완공|완료|최종\s?보고|수료|종강|폐막|마무리")),
    ("open", re.compile(r"(?:개통|개소|개관|개장)(?!\s?준비)")),
    ("hearing", re.compile(r"공람|의견\s?(?:청취|수렴)|공청회|설명회")),
    ("notice", re.compile(r"결정\s?·?고시|고시(?!원)|입법\s?예고|공포")),
    ("call", re.compile(r"공모|모집|접수|공고")),
    ("choice", re.compile(r"심사|선정|선발|심의")),
    ("award", re.compile(r"시상")),
)
"""Stages of one project, each an entry of its own."""

WORKS = re.compile(
    r"공사|용역|구축|건립|건설|설치|조성|정비|수립|제정|개정|이전|신축|증축|개축|도입|개발|교체|리모델링|준공|착공"
    r"|개통|개소|개관|보수|보강|확장|확충|매입|지정|채용|발간|개편|고도화|개선|지중화|플랫폼|시스템|위촉|구성"
)
"""What is done once and, where it is not done in time, later; the rest (meetings, festivals,
courses) comes round, and a year later it is the next one."""

GENERIC_SECTION = re.compile(
    r"(?:\d{2,4}년도?|'\d\d년?|상반기|하반기|주요|업무|추진|실적|성과|계획|향후|현황|사항|일정|과제|중점|사업|운영|관리|지원|강화|및|그간의?)"
)
