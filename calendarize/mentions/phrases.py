"""Phrases of a sentence that name what happens on a day: its object, subject or topic and verb.

`지난 24일 제2차 본회의를 열어 조례안을 의결했다` → `제2차 본회의`, `조례안 의결`. Words are
told apart by their particles and endings alone, by the rules of Korean spelling (한글 맞춤법);
pure functions from text to text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

_REMEMBERED = 8192
_FIRST, _LAST, _FINALS = 0xAC00, 0xD7A3, 28
_RIEUL = 8
_LONGEST = 5
"""So many words of a noun phrase, at most, go into a title."""
_CLAUSES = 3
_WORDS = 24

_AFTER_CONSONANT = ("으로는", "으로", "이나", "은", "을", "이", "과")
_AFTER_VOWEL = ("나", "는", "를", "가", "와", "로")
_ALWAYS = (
    "에서는", "에서도", "에게서", "에서", "에게", "에는", "에도", "께서", "까지", "부터", "보다",
    "처럼", "마다", "에", "의", "도", "만",
)  # fmt: skip
_PARTICLES = sorted((*_AFTER_CONSONANT, *_AFTER_VOWEL, *_ALWAYS), key=len, reverse=True)
_LIKE_PARTICLE = re.compile(
    r"(?:[협회심건결강논합발편유주동토문정예제호임창상]의|[평국추허인참증원물단시휴여전대]가|"
    r"(?:어린|놀|차|높|길|깊|먹거|나|종|모|아|맞|나들|볼거|구)이|"
    r"(?:도|진|경|선|수|통|항|활주|산책|둘레|가|회|미|대|신|종)로|[효성결학초경통부의내외치안약전투]과|"
    r"(?:제|지|철|상수|하수|인|속|온|정|용|의|각|강|년|학년|회계연|한|경기|전라|충청|강원)도|"
    r"(?:만족|인지|완성|난이|신뢰|선호|청렴|참여|중요|기여|숙련|체감|안전)도|"
    r"마을|가을|노을|겨울|서울|고을|개나|하나|누구나|[전현]?대로|따로|서로|바로|새로|최은|시은|"
    r"다음은|지은|[가-힣]동은|사은|포은|축구|체육|[가-힣]{2,}만)$"
)
"""Nouns and adverbs that end like a particle: 협의, 평가, 도로, 효과, 제도."""
_DEED = re.compile(
    r"([가-힣]{2,6}?)(?P<end>한다|했다|하고|하며|하여|하기로|하기|하는|하면|하자|해|할|한|했으|했는|했고|했던|"
    r"된다|됐다|되고|되며|되어|되는|되면|돼|될|된|됐|합니|됩니|하였|되었|함|됨|시켰|시키|시킨)[가-힣]*[.,]?$"
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
_SKIPPED = frozenset(
    [
        "지난",
        "오는",
        "이번",
        "이날",
        "이후",
        "이어",
        "한편",
        "특히",
        "또",
        "또한",
        "모두",
        "함께",
        "각각",
        "약",
        "총",
        "다음",
        "같은",
        "먼저",
        "앞서",
        "이에",
        "더",
        "다시",
        "본격",
        "및",
        "등",
    ]
)
"""Words that are no part of what happens."""
_TELLING = re.compile(r"(?:같|남|작|많|높|낮|좋|새로|이)은|모든|다른|[가-힣](?:난|던|진)")
"""Adjectives: what follows is told of, not they."""
_JOINED = "\u2060"
"""Stands for a space inside of quotation marks: what they hold is one word."""
_QUOTES = "'‘’\"“”「」『』<>《》〈〉"
_RIGHT_BEHIND = re.compile(
    r"^\)?\s*(?:부터는?|까지는?|에는|에서|에|은|는|이며|로|자로|중에|중|경에?|께|의|이후|이전)?"
    r"(?=[\s,(])[\s,]*(?:(?:한|두|세|네|다섯)\s(?:차례|달|번|주)(?:간|동안)?\s"
    r"|(?:이틀|사흘|나흘|닷새|열흘|\d{1,3}일|\d주)(?:간|동안)\s)?"
)
"""The particle of the day itself, and how long or how often."""
_WORD = re.compile(r"\S+")


class Word(NamedTuple):
    """A word as a noun and its particle (nothing where it has none)."""

    noun: str
    particle: str


def _final(syllable: str) -> int | None:
    """Return the number of a syllable's final consonant, 0 for none; `None` of anything else."""
    code = ord(syllable)
    return (code - _FIRST) % _FINALS if _FIRST <= code <= _LAST else None


@lru_cache(_REMEMBERED)
def parted(word: str) -> Word:
    """Part a word into noun and particle: `본회의를` → (본회의, 를); `회의` has none."""
    bare = word.rstrip(",.·")
    if len(bare) < 2 or _LIKE_PARTICLE.search(bare):
        return Word(bare, "")
    for particle in _PARTICLES:
        noun = bare.removesuffix(particle)
        if noun == bare or not noun:
            continue
        before = noun.rstrip(_QUOTES + ")")[-1:]
        final = _final(before) if before else None
        if final is None and not (before.isalnum() or noun[-1:] in _QUOTES + ")"):
            continue
        if final is not None and len(noun.strip(_QUOTES)) > 0:
            if particle in _AFTER_CONSONANT and not final:
                continue
            if particle in _AFTER_VOWEL and final and not (particle == "로" and final == _RIEUL):
                continue
        if len(noun) == 1 and particle in ("도", "로", "가", "이", "나", "만", "과", "의"):
            continue
        return Word(noun, particle)
    return Word(bare, "")


def deed(word: str) -> str | None:
    """Return the noun of a verb, "" of one that says only that something happens, else `None`."""
    if (found := _DEED.match(word)) is not None:
        return "" if found[1] in _LIGHT else found[1]
    for name, pattern in _NATIVES:
        if pattern.match(word):
            return name
    return None


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
    for phrase in _parsed(text):
        yield phrase._replace(noun=phrase.noun.replace(_JOINED, " "))


def _parsed(text: str) -> Iterator[Phrase]:
    sentence = _SENTENCE_END.split(_RIGHT_BEHIND.sub("", text, count=1), maxsplit=1)[0]
    sentence = _QUOTED.sub(lambda found: found[0].replace(" ", _JOINED), sentence)
    waiting: list[tuple[str, str]] = []
    chunk: list[str] = []
    clause = 0
    done: str | None = None  # what an adnominal verb before the chunk says of it
    for word in _WORD.findall(sentence)[:_WORDS]:
        if word.strip(",") in _SKIPPED or (not chunk and _TELLING.fullmatch(word)):
            continue
        verb = deed(word) if not chunk or _DEED.match(word) or waiting else None
        bare = word.rstrip(",.")
        if verb is not None and _ADNOMINAL.search(bare) and _DEED.match(word):
            chunk, done = [], verb
            continue
        if verb is not None or (chunk and _CLAUSE_END.search(word) and parted(word).particle == ""
                                and deed(word) is not None):  # fmt: skip
            if chunk:
                waiting.append(("bare", " ".join(chunk[-_LONGEST:])))
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
        chunk.append(noun if particle not in ("의", "와", "과") else bare)
        if particle in ("의", "와", "과") or (not particle and not word.endswith(",")):
            continue
        what = " ".join(chunk[-_LONGEST:])
        if done is not None:
            yield Phrase("done", what, clause, done)
        waiting.append((_ROLES.get(particle, "bare"), what))
        chunk, done = [], None
    if chunk:
        waiting.append(("bare", " ".join(chunk[-_LONGEST:])))
        if done is not None:
            yield Phrase("done", waiting[-1][1], clause, done)
    yield from (Phrase(role, noun, clause, None) for role, noun in waiting)


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


def _topics(before: str) -> list[tuple[str, str]]:
    """Return the phrases of the sentence before a day, the nearest first, with their roles."""
    sentence = _SENTENCE_END.split(before)[-1]
    found = [(p.role, p.noun) for p in parsed(sentence) if p.verb is None and p.role != "done"]
    return [pair for pair in reversed(found) if pair[0] in ("topic", "subject", "object", "bare")]
