"""Titles out of full sentences, as press releases write them.

`구는 오는 15일 구민회관에서 ‘진로박람회’를 개최한다고 밝혔다` → `‘진로박람회’ 개최`: the predicate
behind the date, its object, else its subject or topic unless that is only who acts. Words are
told apart by their particles; what is no sentence with a predicate gives nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_SENTENCE = re.compile(
    r"^(.*?(?:다[\"'’”]?고|라고|다|(?<!다)음|함|됨|[가-힣]\s?(?:예정|계획|방침)(?:임)?|니까)[\"'’”]?(?:\s?[가-힣]{1,3}다)?)[.?]?(?:\s|$)",
    re.DOTALL,
)
_FINITE = re.compile(
    r"(?:다(?:고|라고)?|[가-힣]\s?(?:예정|계획|방침)(?:임)?|[가-힣]{2}[함됨]|[했였됐었았]음|니까)[.?]?[\"'’”)]*$"
)
_SENTENCE_BREAK = re.compile(r"(?<=다)\.\s")

_LIGHT = (
    r"(?:한다|된다|하겠다|되겠다|했다|됐다|하였다|되었다|합니다|됩니다|했습니다|됐습니다|하기로|하고|되고|하며|되며|"
    r"하여|되어|해|돼|하면|되면|했으며|됐으며|했고|됐고|하였으며|되었으며|하였고|되었고|했으나|하였으나|되었으나|됐으나|하였음|되었음|했음|됐음|함|됨|하면서|되면서|하여야|해야|되어야|하고자|하도록|되도록|해서|한|된|할|될|하는|"
    r"되는|하던|했던|하려는|받는다|받았다|받는|받을|받아|받고|시킨다|시켰다|시킬|해야)"
)
_NOMINAL = re.compile(rf"^(?P<noun>[가-힣A-Za-z]{{2,8}}?){_LIGHT}(?:고|는|라고)?$")
_ADNOMINAL = re.compile(r"(?:한|된|할|될|하는|되는|받는|받을|열린|열리는|열릴|여는|열)$")
_VERB_ADNOMINAL = re.compile(r"(?:하|되|받|시키|있|없|열리|오|가)는$|(?:들어|이어|찾아|다녀)가$")
_PAST = "".join(chr(0xAC00 + 28 * n + 20) for n in range(19 * 21))
"""The syllables that end in ㅆ: 했, 열었, 꾸렸."""
_NATIVE = re.compile(
    rf"[{_PAST}](?:고|으며|으나|지만)$|"
    r"(?:[가-힣]{1,4}(?:다|다고)|[가-힣]{0,3}(?:며|였고|었고|았고|[르리치두]고)|있고|열며|거쳐|들여|열고|열어|열려|맞아|모아|이어|벌여|펼쳐|앞두고|갖고|마치고|지나|나누어|나눠|(?:들어|이어)가)$"
)
_NO_VERB = frozenset(
    ("대한", "위한", "관한", "통한", "의한", "인한", "또한", "이러한", "다양한", "필요한", "주요한", "가능한",
     "편리한", "안전한", "중요한", "특별한", "새로운", "따른", "최대한", "무한", "제한", "권한", "기한", "유한",
     "부문별로", "대로", "해", "한", "된", "할", "될", "다")
)  # fmt: skip
_AFTERWARDS = ("결과", "뒤", "후", "다음")
"""What makes a describing verb one that is over: `설계를 마친 뒤`."""
_PLANS = ("예정", "계획", "방침", "전망", "것", "바", "수", "목표")
_SPEECH = re.compile(r"^(?:밝혔다|말했다|전했다|설명했다|강조했다|당부했다|덧붙였다)\.?$")
_QUOTED = re.compile(r"[\"'’”](?=고\s|라고\s|며\s|라며\s)")
_QUOTATION = re.compile(
    r"(?<![가-힣])(['‘\"“「『])(?=\S)[^'‘’\"“”「」『』]{2,40}(?<=\S)['’\"”」』]"
)
_JOINED = "\u2060"
"""Stands for a space within quotation marks: what they hold is one word."""
_BRACKETED = re.compile(r"(?<=\S)\([^()]*\)")
_QUOTES = "\"'‘’“”「」『』<>〈〉()"
_PARTICLES = re.compile(
    r"(?P<object>을|를)$|(?P<topic>(?:에)?(?:은|는))$|(?P<subject>이|가)$|(?P<also>도)$"
    r"|(?P<stop>에서는|에서|에게는|에게|으로|로|까지|부터|에는|에도|에|와|과|만|보다|처럼)$"
)
_BARE = re.compile(
    r"(?:평가|국가|추가|허가|인가|참가|증가|원가|물가|전문가|활동가|예술가|작가|휴가|여가|단가|시가|"
    r"어린이|놀이|차이|높이|길이|깊이|종이|먹거리|마을|가을|노을|(?<!제)도로|진로|경로|선로|수로|통로|철도|제도|"
    r"지도|포도|정도|속도|용도|한도|결과|학과|성과|효과|통과|경과|초과|부과|교과|신청|요청|초청|만족도|인지도|선호도|완성도|신뢰도|난이도|청렴도|연도|년도|온도|농도|의도)$"
)
"""Nouns that end like a particle."""
_ACTOR = re.compile(
    r"^[가-힣]{0,12}(?:시|구|군|도|청|부|처|과|국|(?<!교)실|위원회|시장|구청장|군수|지사|의회|공단|재단|센터|"
    r"대학교|대학|학교|병원|은행|협회|관계자|당국|정부|측|팀|우리|그|시민|주민|구민|군민|학생|기업|업체|참가자|"
    r"신청자|어르신|청년|가구|누구나|희망자|대상자)$"
)
"""Who acts: no title."""
_DEMONSTRATIVE = re.compile(
    r"^(?:이번|올해|해당|동|본|각|약|앞서|또|한편|특히|이에|우선|먼저|총|모두|지난|오는)$"
)
_WHEN = re.compile(r"(?:올해|내년|지난해|작년|이번|앞으로|향후)$")
_BETWEEN = re.compile(
    r"^(?:[일달]?간|(?:한|두|세|석|넉)|차례|달간?|주간?|사흘간?|나흘간?|이틀간?|하루|하루간|열흘간?|보름간?|일주일간?|"
    r"\d+(?:일|주|개월|년|시간)간?|경|쯤|께|초|말|에|에는|에도|부터|까지|까지는|으로|로|은|는|이후|중|중에|자로)$"
)
"""What may stand between a date and the clause that it is in."""
_GENERIC_VERBS = frozenset(
    ("진행", "실시", "마련", "추진", "시작", "예정", "계획", "참여", "가능", "이어")
)
_ELLIPSIS = re.compile(r"^(?:에는|에|엔)\s+([가-힣‘’'\s]{2,24}?)[을를],\s{2,}")
"""`3월에는 청년의회를, 5월에는 …`: the verb stands behind the last date."""
_VERB_IS_AHEAD = re.compile(r"^(?:에?\s*,|에?[과와]\s{2,}|(?:이고|이며)[,\s])")
"""Behind a date of a list comes a comma or the next one, or that it is so: `…까지이고,`."""
_STEP_OF_LIST = re.compile(r"^\s(?:중\s)?([가-힣]{2,8}),\s{2,}")
"""A noun before a comma, and behind it the gap that the next date left."""
_COPULA = re.compile(r"^(?:\([^()]*\))?(?:은|는)\s+([^,]{2,40}?)(?:입니다|이다|임)\.?$")
"""`4월 10일은 국회의원선거일입니다`."""
_NOUN_OF_VERB = {
    ("마치", "마친", "마쳤", "끝내", "끝낸"): "완료",
    ("맺",): "체결",
    ("멈추", "멈춘", "멈췄"): "중단",
    ("들어가", "들어간", "들어갔"): "착수",
}
_OPENINGS = {"막": "개막", "문": "개관"}
"""`막이 오르다`, `문을 열다`: an opening."""
_OPENS = ("오르", "오른", "올라", "올랐", "올리", "올린", "열", "연", "여는")
_IDIOMS = ("만전", "최선", "박차", "총력", "심혈")
"""Objects that say nothing themselves: `감사에 만전을 기하다`."""
_DOING = ("하면", "되면", "하여", "해서", "하고", "되고")
_WHERE = re.compile(r"^\d+개$|(?:에서|에|으로)$")
_SHORTEST = 1
_PLACES = 2
_LONGEST = 9
"""A noun phrase of more words is cut from its front."""


_POINTERS = ("오는", "지난", "오늘", "어제")
"""They point at the date that follows."""
_LOOSE = ("과", "와", "에는", "에", "부터", "까지", "에서")
"""Particles of dates that are blanked."""
_AIMS = ("목표로", "시작으로", "계기로")
"""What makes the noun before it the point of a clause: `완공을 목표로`, `개막식을 시작으로`."""
_AHEAD = ("앞둔", "앞두고", "맞은", "맞아", "맞이해", "기념해")
"""What makes the noun before it happen then: `개관을 앞둔 문화센터는`."""
_BECAUSE = ("위해", "통해", "따라", "대해", "인해", "의해", "관해", "위하여", "통하여")
_ENDS_CLAUSE = re.compile(
    r"(?:하며|되며|이며|으며|했고|됐고|하고|되고)$|(?:들어|이어|찾아|다녀)가$"
)
_UNITS = ("원", "명", "건", "개", "곳", "대", "점", "회")
_HEADLINE_TAIL = re.compile(r"\s(?:첫\s삽|순항|본격화?|박차|눈길|호응|성황|가속|시동|마무리|총력)$")
_HEADLINE_BREAK = re.compile(r",\s|…|\s[-–—]\s|\.{2,}")
_HOUSES = ("도서관", "박물관", "미술관", "보건소", "소방서", "경찰서")
_TAG = re.compile(r"^\s*\[[^\]]{1,10}\]")
_SAYING = re.compile(r"(?:[요다까자라죠]|[!?.])[\"'’”」』]$")
_QUOTED_SAYING = re.compile(r"[“\"‘'][^“”\"‘’']{2,40}[요다까자라죠!?.][”\"’']")
_AMOUNT = re.compile(r"\d[\d,.]*\s?(?:조|억|만|천)*\s?원")


def prose_title(before: str, after: str) -> str:
    """Return the title that a sentence gives to the date in it, or nothing.

    `before` and `after` are its segment's text on either side, other dates blanked.
    """
    title = _title(before, after).replace(_JOINED, " ")
    return title if len(title) > _SHORTEST else ""


def headline_subject(headline: str) -> str:
    """Return what a headline is about, other dates blanked: its name, or its first noun phrase.

    `강서시, 3월부터 미세먼지 계절관리제 추진…` → `미세먼지 계절관리제 추진`.
    """
    if (quoted := _QUOTATION.search(headline)) is not None and not _SAYING.search(quoted[0]):
        return quoted[0].strip(_QUOTES)
    headline = _QUOTED_SAYING.sub("", _TAG.sub("", headline))
    for part in _HEADLINE_BREAK.split(headline):
        phrase: list[str] = []
        for word in _words(part):
            if _is_verb(word) or word in _AHEAD or _split(word)[1]:
                break
            phrase.append(word.replace(_JOINED, " "))
        acts = len(phrase) == 1 and (_ACTOR.search(phrase[0]) or phrase[0].endswith(_HOUSES))
        if phrase and not acts:
            return _HEADLINE_TAIL.sub("", " ".join(phrase))
    return ""


def _title(before: str, after: str) -> str:
    sentence = _SENTENCE.match(after)
    if sentence is None or not _FINITE.search(sentence[1]):
        return ""
    lead = _words(_SENTENCE_BREAK.split(before)[-1])
    tail = _words(sentence[1])
    while tail and _BETWEEN.match(tail[0]):
        tail.pop(0)
    if not tail:
        return ""
    if (named := _ELLIPSIS.match(after) or _COPULA.match(sentence[1])) is not None:
        return named[1]
    if told := _listed(lead, after):
        return told
    if (attributive := _attributive(tail) or _ahead(tail)) is not None:
        return attributive
    words = [*lead, *tail]
    at = _predicate(words, len(lead))
    if at is None:
        return ""
    title = _told(words, at)
    *phrase, last = title.split(" ")
    if last in _OPENINGS and words[at].startswith(_OPENS):
        return " ".join([*phrase, _OPENINGS[last]])
    further = _predicate(words, at + 1)
    paid = _AMOUNT.search(title) or _split(words[max(at - 1, 0)])[0] in _UNITS
    if paid and further is not None and not _FINITE.search(words[at]):
        return _told(words, further)  # `500억 원을 투입해 정비사업을 완료할`: money is a means
    return title


def _listed(lead: Sequence[str], after: str) -> str:
    """Return what an item of a list of dates is, whose verb stands behind the last of them.

    `예선은 20일, 결선은 25일 연다` → 예선; `상반기 착공, 2030년 말 준공이 목표다` → 착공.
    """
    bare, kind = _split(lead[-1]) if lead else ("", "")
    if kind == "topic" and _VERB_IS_AHEAD.match(after):
        return " ".join([*_phrase(lead, len(lead) - 1), bare])
    step = _STEP_OF_LIST.match(after)
    return step[1] if step else ""


def _words(text: str) -> list[str]:
    text = _BRACKETED.sub("", text)
    text = _QUOTATION.sub(lambda found: found[0].replace(" ", _JOINED), _QUOTED.sub("", text))
    words = (raw.strip(" ,.·;:") for raw in text.split())
    return [
        word
        for word in words
        if any(map(str.isalnum, word)) and word not in _POINTERS and word not in _LOOSE
    ]


def _attributive(tail: Sequence[str]) -> str | None:
    """Return the noun that the clause with the date describes: `까지 실시한 명칭 공모에는`.

    Where may stand before its verb: `9월 1일 5개 구에서 시작한 사업이`.
    """
    at = 0
    while at < _PLACES and at + 1 < len(tail) and _WHERE.search(tail[at]):
        at += 1
    verb, *rest = tail[at:]
    if len(rest) > 1 and rest[0] == "중인":
        rest = rest[1:]  # `12월부터 운영 중인 교실이`
    elif verb in _NO_VERB or not _ADNOMINAL.search(verb) or not rest or rest[0].startswith(_PLANS):
        return None
    phrase: list[str] = []
    for word in rest:
        bare, kind = _split(word)
        if _DEMONSTRATIVE.match(word):
            continue
        phrase.append(bare)
        if kind or len(phrase) == _LONGEST:
            break
    noun = _NOMINAL.match(verb)
    stem = noun["noun"] if noun and noun["noun"] not in _GENERIC_VERBS else ""
    return f"{' '.join(phrase)} {stem}".strip() if phrase else None


def _ahead(tail: Sequence[str]) -> str | None:
    """Return what is near, of what stands behind it: `개관을 앞둔 문화센터는` → `문화센터 개관`."""
    if len(tail) < 2 or tail[1] not in _AHEAD:
        return None
    event, kind = _split(tail[0])
    if kind != "object":
        return None
    phrase: list[str] = []
    for word in tail[2:] if tail[1].endswith(("둔", "은")) else ():
        bare, kind = _split(word)
        phrase.append(bare)
        if kind or len(phrase) == _LONGEST:
            break
    return " ".join([*phrase, event])


def _predicate(words: Sequence[str], first: int) -> int | None:
    """Return the first predicate from a word on; one that only describes a noun is none."""
    for at in range(first, len(words)):
        word = words[at].strip(_QUOTES)
        if word in _NO_VERB or _SPEECH.match(word):
            continue
        following = words[at + 1] if at + 1 < len(words) else ""
        if _ADNOMINAL.search(word):
            if following.startswith((*_PLANS, *_AFTERWARDS)):
                return at
            continue
        if _NOMINAL.match(word) or _NATIVE.search(word):
            return at
        if _noun_of(word) and following.startswith(_AFTERWARDS):
            return at
        if word in _AIMS:
            return at
    return None


def _split(word: str) -> tuple[str, str]:
    """Return a word without its particle, and the kind of the particle."""
    bare = word.strip(_QUOTES)
    if _VERB_ADNOMINAL.search(bare):
        return word, ""
    found = None if _BARE.search(bare) and len(bare) < 5 else _PARTICLES.search(bare)
    if found is None or found.start() == 0 or not found.lastgroup:
        return word, ""
    return word.rstrip(_QUOTES)[: -len(found[0])] if word.endswith(found[0]) else bare[
        : found.start()
    ], found.lastgroup


def _told(words: Sequence[str], at: int) -> str:
    """Return object or subject, and what is done, of the predicate at a place."""
    noun = _NOMINAL.match(words[at].strip(_QUOTES))
    verb = [noun["noun"]] if noun and words[at] not in _AIMS else _noun_of(words[at])
    begin = at
    while begin > 0 and at - begin < 2 and _is_bare(words[begin - 1]):
        begin -= 1
    phrase: list[str] = []
    for here in range(begin - 1, -1, -1):
        bare, kind = _split(words[here])
        if bare in _IDIOMS and here and words[here - 1].endswith("에"):
            phrase, verb = [*_phrase(words, here - 1), words[here - 1][:-1]], []
            break
        if _ENDS_CLAUSE.search(words[here]) or words[here] in _AFTERWARDS:
            break
        if bare in _UNITS or (here + 1 < at and words[here + 1] in _BECAUSE):
            continue  # `12억 원을 반영해`, `누리집을 통해`: the means
        if kind in ("object", "subject") or (kind == "also" and here == begin - 1):
            phrase = [*_phrase(words, here), bare]
            break
        if kind == "topic" or words[here] in _AIMS or _VERB_ADNOMINAL.search(words[here]):
            break
    if not phrase:
        phrase = _topic(words, begin)
    if not phrase and begin > 0 and words[begin - 1].endswith("에"):
        phrase = [*_phrase(words, begin - 1), words[begin - 1][:-1]]
    action = [*words[begin:at], *verb]
    if len(action) == 1 and action[0] in _GENERIC_VERBS and phrase:
        action = [] if len(" ".join(phrase)) > 4 else action
    return " ".join([*phrase[-_LONGEST:], *action])


def _noun_of(verb: str) -> list[str]:
    """Return the noun that offices write for a native verb: `마치다` → 완료."""
    return [noun for stems, noun in _NOUN_OF_VERB.items() if verb.startswith(stems)][:1]


def _is_bare(word: str) -> bool:
    says = _split(word)[1] or _is_verb(word) or word.endswith(_BECAUSE)
    return not (says or word in _NO_VERB or word in _PLANS or word in _DOING)


def _is_verb(word: str) -> bool:
    return bool(_NATIVE.search(word) or _NOMINAL.match(word))


def _phrase(words: Sequence[str], last: int) -> list[str]:
    """Return the words before a noun that belong to it: up to a particle or a predicate."""
    first = last
    while first > 0:
        word, following = words[first - 1], words[first]
        joins = word == "함께" or (following == "함께" and word.endswith(("와", "과")))
        ends = _DEMONSTRATIVE.match(word) or word.endswith(_BECAUSE)
        verb = _is_verb(word) and not _ADNOMINAL.search(word)
        verb = verb or bool(_VERB_ADNOMINAL.search(word))
        if not joins and (_split(word)[1] or ends or verb):
            break
        first -= 1
    return list(words[first:last])


def _topic(words: Sequence[str], before: int) -> list[str]:
    """Return the topic or subject of a sentence, unless it is only who acts."""
    for here in range(before - 1, -1, -1):
        bare, kind = _split(words[here])
        if kind in ("topic", "subject"):
            phrase = [*_phrase(words, here), bare]
            acts = _ACTOR.search(bare) and not _BARE.search(bare)
            return [] if acts or _WHEN.match(bare) or len(bare) < 2 else phrase
    return []
