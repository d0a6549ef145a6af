"""What a reader wants of many events: the sessions, the milestones, what is exact, or all.

A milestone is what a head of department would ask about. It is told by what an entry is, not by
where it stands:

| entry | a milestone |
|---|---|
| a session, at any precision | always |
| what belongs to a session; ceremony, election, deadline | where its days are told |
| a meeting, a budget, a plan's step | where its days are told: it decides, opens, calls, is held |
| a term, a committee's life, what goes on for longer than two months | never |
| what is sent, printed, advertised, counted, repeated | never |
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

from calendarize.events.model import Event, Kind
from calendarize.timex.values import Recurring, Undated, as_day, last_day


def days_told(event: Event) -> bool:
    """Tell whether the days of an event are told, so that a calendar can hold it as it is."""
    return bool(event.dates) or not (isinstance(event.value, Undated) or event.approximate)


_ALWAYS: frozenset[Kind] = frozenset(
    ("sitting", "question", "audit", "ceremony", "election", "deadline")
)
_NEVER: frozenset[Kind] = frozenset(("term", "holiday", "ongoing"))
LONG = timedelta(days=60)
"""What is exact and goes on for longer than this is a state rather than something that happens."""
_DECISIVE = re.compile(
    r"개최|개회|폐회|개막|폐막|개관|개통|개장|개소|개교|개원|개설|개강|종강|착공|준공|착수|완공|완료|"
    r"의결|심의|심사|선정|확정|결정|승인|인가|고시|공고|공포|시행|체결|협약|발표|출범|발족|"
    r"제출|상정|발의|합의|선출|선임|위촉|임명|기념|축제|대회|박람회|포럼|심포지엄|세미나|토론회|공청회|"
    r"설명회|보고회|간담회|총회|회의$|시험|선고|정례회|임시회|예산안|결산|감사|조사|투표|당선|"
    r"[가-힣](?<!방)식(?![가-힣])|화제(?![가-힣])|대화(?![가-힣])|장터|협의회|음악회|연주회|공연|콘서트|행사|행렬|걷기|한마당|"
    r"표창|시상|공모|모집|접수|신청|입찰|개찰|현장설명|면접|제안평가|임용|합격|개시|연설|"
    r"본회의|상임위|예결특?위|특별위|계수조정"
)
"""Words for what is decided, opened, finished, called for or held."""
_NUMBERED = re.compile(r"제\s?\d{1,4}\s?(?:회|차|호)(?!\s?[~∼])")
_ROUTINE = re.compile(
    r"발송|송부|안내|광고|게재|배포|접수 중|점검|게시|열람|수당|급여|교육$|응시|홍보|"
    r"간부회의|정례조회|휴회|"
    r"\d\s?(?:건|부|회|명|개소|차례)(?:[ )·,]|$)|[~∼]\s?\d+차|제\d+호\s?[~∼]|대상$|중$"
)
"""Words for what is sent, shown or counted."""


def is_milestone(event: Event) -> bool:
    """Tell whether a head of department would ask about an event; the table above says how."""
    if event.kind == "session":
        return True
    if not days_told(event) or isinstance(event.value, Recurring) or event.kind in _NEVER:
        return False
    first, last = as_day(event.start), last_day(event.value)
    if first and last and last - first >= LONG:
        return False
    if event.kind in _ALWAYS or event.parent:
        return True
    title = _NUMBERED.sub("", event.title)
    return bool(_DECISIVE.search(event.title)) and not _ROUTINE.search(title)


def of_sessions(events: Sequence[Event]) -> list[Event]:
    """Return the sessions among events and what belongs to them, nothing else."""
    sessions = {e.uid for e in events if e.kind == "session"}
    return [e for e in events if e.uid in sessions or e.parent in sessions]


PRESETS: Mapping[str, Callable[[Sequence[Event]], list[Event]]] = {
    "sessions": of_sessions,
    "milestones": lambda events: [e for e in events if is_milestone(e)],
    "exact": lambda events: [e for e in events if days_told(e)],
    "all": list,
}
"""What may be asked for → the events that are meant."""
