"""Phrases of a sentence that name what happens on a day: its object, subject or topic and verb.

`지난 24일 제2차 본회의를 열어 조례안을 의결했다` → `제2차 본회의`, `조례안 의결`. Words are
told apart by their particles and endings alone, by the rules of Korean spelling (한글 맞춤법);
pure functions from text to text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from calendarize.mentions.particles import parted

_LONGEST = 5
"""So many words of a noun phrase, at most, go into a title."""
_CLAUSES = 3
_WORDS = 24

_DEED = re.compile(
    r"([가-힣]{2,6}?)(?P<end>한다|했다|하고|하며|하여|하기로|하기|하는|하면|하자|해|할|한|했으|했는|했고|했던|"
    r"된다|됐다|되고|되며|되어|되는|되면|돼|될|된|됐|합니|됩니|하였|되었|함|됨|시켰|시키|시킨|"
    r"[하되](?:되|겠|므로|도록|거나|지|게|려|던|자))[가-힣]*[.,]?$"
)
"""A verb made of a noun: `의결했다`, `소멸되고`."""
_ADNOMINAL = re.compile(r"(?:한|된|하는|되는|할|될|하던|되던|시킨|시킬)$")
_NATIVE = (
    ("", r"다뤄|다루|돌며|돌아|여는|열(?:고|며|어|린|릴|리|렸|었|기)|연다|연\b|갖(?:고|는|기)"),
    ("", r"가(?:졌|진다?|질|지고|지며|져)|치르|치러|치렀|치른|벌(?:이|여|였|인|일)|있[다었]"),
    ("", r"펼(?:치|쳐|쳤|친|칠)|거(?:쳐|쳤|친|치[고며])|이어[지졌진]"),
    ("접수", r"받(?:는|아|고|으|은|았|기)"),
    ("선발", r"뽑"),
    ("방문", r"찾(?:아|은|는|았|고)|다녀"),
    ("점검", r"둘러|살펴|살핀|들여다"),
    ("체결", r"맺"),
    ("건립", r"지어|짓는|지었|짓고"),
    ("수립", r"세우|세운|세워"),
    ("착수", r"들어(?:가|간|갔|갈)|첫\s?삽"),
    ("제출", r"내면|낸다|냈다|내야|내고"),
    ("청취", r"듣는|들었|듣고"),
    ("종료", r"끝나|끝난|막을"),
    ("배부", r"나눠|나누어"),
    ("발표", r"알리|알린|내놓"),
    ("개장", r"문을"),
    ("이전", r"옮[기겨겼긴길김]"),
    ("완료", r"마[치쳐쳤친칠칩]|매듭"),
    ("확대", r"(?:늘|넓)[리려렸린릴히혀혔힌힐]"),
    ("변경", r"바[꾸꿔꿨꾼꿀뀌뀐뀔]"),
    ("식재", r"심(?:는|었|을|기로)"),
    ("발간", r"펴[내냈낸낼]"),
    ("철거", r"헐(?:고|어|었|기)|허[물문]"),
    ("인상", r"올[리려렸린릴]"),
    ("폐지", r"없[애앴앤앨]"),
    ("휴무", r"쉬(?:고|며|는)|쉰다|쉽니다"),
    ("모집", r"모[으아았은을]"),
    ("전달", r"건[네넸넨넬]|전[하한해했]"),
)  # fmt: skip
"""What a native verb is called in a title; nothing where its object is the event itself."""
_NATIVES = [(name, re.compile(rf"(?:{pattern})")) for name, pattern in _NATIVE]
_LIGHT = frozenset(("진행", "개최", "실시", "추진", "시행", "마련", "준비", "예정", "계획", "가능"))
"""Deeds that say no more than that something happens."""
_COMPLEMENT = re.compile(
    r"대상으로|중심으로|통[해하]|위[해한]|대[해한]|관[해한]|맞아|앞두|비롯|따라|거쳐|포함"
)
"""What makes a phrase before it a circumstance: `주민을 대상으로`, `공모를 거쳐`."""
_SENTENCE_END = re.compile(r"(?<=[다요음함임됨])\.(?=\s|[가-힣\"'”’▲△◆]|$)|\n|[▲△▶◆]")
_CLAUSE_END = re.compile(
    r"(?:고|며|면서|지만|으나|는데|해|하여|돼|어서|아서|다|여|어|아|뒤|후|다음)[,.”’\"']*$"
)
_QUOTED = re.compile(r"[「『<《〈‘“(][^「」『』<>《》〈〉‘’“”()\n]{1,60}[」』>》〉’”)]")
_SKIPPED = frozenset((
    "지난", "오는", "이번", "이날", "이후", "이어", "한편", "특히", "또", "또한", "모두", "함께",
    "각각", "약", "총", "다음", "같은", "먼저", "앞서", "이에", "더", "다시", "본격", "및", "등",
))  # fmt: skip
"""Words that are no part of what happens."""
_TELLING = re.compile(r"(?:같|남|작|많|높|낮|좋|새로|이)은|모든|다른|[가-힣](?:난|던|진)")
"""Adjectives: what follows is told of, not they."""
_JOINED = "\u2060"
"""Stands for a space inside of quotation marks: what they hold is one word."""
_RIGHT_BEHIND = re.compile(
    r"^\)?\s*(?:부터는?|까지는?|에는|에서|에|은|는|이며|로|자로|중에|중|경에?|께|의|이후|이전)?"
    r"(?=[\s,(])[\s,]*(?:(?:한|두|세|네|다섯)\s(?:차례|달|번|주)(?:간|동안)?\s"
    r"|(?:이틀|사흘|나흘|닷새|열흘|\d{1,3}일|\d주)(?:간|동안)\s)?"
)
"""The particle of the day itself, and how long or how often."""
_WORD = re.compile(r"\S+")


def deed(word: str) -> str | None:
    """Return the noun of a verb, "" of one that says only that something happens, else `None`."""
    if (found := _DEED.match(word)) is not None:
        return "" if found[1] in _LIGHT else found[1]
    for name, pattern in _NATIVES:
        if pattern.match(word):
            return name
    return None


_JOINING = ("의", "와", "과")
"""Particles within a noun phrase."""


class Phrase(NamedTuple):
    """A noun phrase with what its particle makes of it, and the verb that follows in its clause."""

    role: str
    noun: str
    clause: int
    verb: str | None


_ROLES = {
    "을": "object", "를": "object", "이": "subject", "가": "subject", "께서": "subject",
    "은": "topic", "는": "topic", "도": "topic", "에서": "place", "에서는": "place",
    "에": "place", "에는": "place", "으로": "means", "로": "means",
}  # fmt: skip


def parsed(text: str) -> Iterator[Phrase]:
    """Yield the noun phrases of the first sentence of a text, clause by clause."""
    for phrase in _phrases(_words(text)):
        yield phrase._replace(noun=phrase.noun.replace(_JOINED, " "))


def _words(text: str) -> Iterator[str]:
    """Yield the telling words of the first sentence of a text; what is quoted is one word."""
    sentence = _SENTENCE_END.split(_RIGHT_BEHIND.sub("", text, count=1), maxsplit=1)[0]
    sentence = _QUOTED.sub(lambda found: found[0].replace(" ", _JOINED), sentence)
    words = (found[0] for found in _WORD.finditer(sentence))
    return (word for word in islice(words, _WORDS) if word.strip(",") not in _SKIPPED)


def _phrases(words: Iterable[str]) -> Iterator[Phrase]:
    waiting: list[tuple[str, str]] = []
    chunk: list[str] = []
    clause = 0
    done: str | None = None  # what an adnominal verb before the chunk says of it
    for word in words:
        if not chunk and _TELLING.fullmatch(word):
            continue
        verb = _verb(word, within=bool(chunk) and not waiting)
        if verb is not None and _DEED.match(word) and _ADNOMINAL.search(word.rstrip(",.")):
            chunk, done = [], verb
            continue
        if verb is not None:
            waiting += [("bare", _joined(chunk))] if chunk else []
            yield from (Phrase(role, noun, clause, verb) for role, noun in waiting)
            waiting, chunk, done = [], [], None
            clause += 1
            if clause == _CLAUSES:
                return
            continue
        if not chunk and waiting and _COMPLEMENT.match(word):
            waiting[-1] = "target", waiting[-1][1]
            continue
        noun, particle = parted(word)
        chunk.append(word.rstrip(",.") if particle in _JOINING else noun)
        if particle in _JOINING or (not particle and not word.endswith(",")):
            continue
        waiting.append((_ROLES.get(particle, "bare"), _joined(chunk)))
        if done is not None:
            yield Phrase("done", _joined(chunk), clause, done)
        chunk, done = [], None
    if chunk:
        waiting.append(("bare", _joined(chunk)))
        if done is not None:
            yield Phrase("done", _joined(chunk), clause, done)
    yield from (Phrase(role, noun, clause, None) for role, noun in waiting)


def _joined(chunk: Sequence[str]) -> str:
    """Return the noun phrase that words make: of many the last."""
    return " ".join(chunk[-_LONGEST:])


def _verb(word: str, within: bool) -> str | None:
    """Return the noun of a verb; `within` a noun phrase a native one must end its clause."""
    told = deed(word)
    ends = not within or _DEED.match(word) or (_CLAUSE_END.search(word) and not parted(word)[1])
    return told if ends else None


def titles(
    before: str, after: str, names: Sequence[str], about: str = ""
) -> Iterator[tuple[str, str]]:
    """Yield (source, title) for a day in a sentence: what stands before it and behind.

    `names` are what the headline or the sentence quotes (`‘책마당’` with `탐방`), `about` is what
    the heading above is about.
    """
    behind = list(parsed(after))
    ahead = _topics(before)
    verb = next((p.verb for p in behind if p.verb is not None), None)
    if verb is None:
        verb = next((d for w in _WORD.findall(after)[:3] if (d := deed(w)) is not None), None)
    for name, what in (("about", about), *(("named", name) for name in names[:1])):
        if what and verb:
            yield f"{name} deed", f"{what} {verb}"
    for at, (role, noun) in enumerate(ahead[:2]):
        yield f"{role} ahead{at}", noun
        if verb:
            yield f"{role} ahead{at} deed", f"{noun} {verb}"
        for name in names[:1]:
            yield f"named {role} ahead{at}", f"{name} {noun}"
    for at, phrase in enumerate(behind[:7]):
        where = f"{phrase.role} {min(phrase.clause, 2)}"
        short = phrase.noun.split()
        nth = min(sum(p.role == phrase.role and p.clause == phrase.clause for p in behind[:at]), 2)
        kind = "none" if phrase.verb is None else "light" if not phrase.verb else "deed"
        yield f"{where} {nth} {kind}", phrase.noun
        if len(short) > 2:
            yield f"{where} {nth} {kind} short", " ".join(short[-2:])
        if phrase.verb:
            yield f"{where} {nth} with deed", f"{phrase.noun} {phrase.verb}"
            if len(short) > 2:
                yield f"{where} {nth} short with deed", f"{' '.join(short[-2:])} {phrase.verb}"
        for name in names[:1]:
            yield f"named {where} {nth} {kind}", f"{name} {phrase.noun}"


def outline(before: str, after: str) -> Iterator[str]:
    """Yield what tells which phrase of a sentence names what happens on its day: the roles of
    those in the clause behind it with the kind of its verb, and of those before it."""
    behind = [phrase for phrase in parsed(after) if phrase.clause == 0]
    roles = dict.fromkeys(phrase.role for phrase in behind)
    verbs = {"none" if p.verb is None else "light" if not p.verb else "deed" for p in behind}
    ahead = [role for role, _ in _topics(before)[:2]]
    yield f"clause {'+'.join(roles)} {'+'.join(sorted(verbs))}"
    yield f"ahead {'+'.join(ahead)} {'object' in roles or 'subject' in roles}"


def _topics(before: str) -> list[tuple[str, str]]:
    """Return the phrases of the sentence before a day, the nearest first, with their roles."""
    sentence = _SENTENCE_END.split(before)[-1]
    found = [(p.role, p.noun) for p in parsed(sentence) if p.verb is None and p.role != "done"]
    return [pair for pair in reversed(found) if pair[0] in ("topic", "subject", "object", "bare")]
