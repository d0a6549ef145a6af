"""Titles: what a person would write in a calendar, chosen from what stands around a date.

Candidates come from the cells of the row, the clause before and behind, the lines above and
below, labels, brackets, quotations and headings; each is a text that stands in the report (or two
of them joined). What they look like, where they come from and whether another date could have
them too decides.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple

from calendarize.mentions import phrases
from calendarize.mentions.clauses import (
    cleaned,
    closed,
    condensed,
    first_clause,
    is_generic_label,
    is_time_label,
    last_clause,
    plain_length,
    shortened,
    telling,
)
from calendarize.mentions.context import (
    blanked,
    blanked_dates,
    closing_bracket,
    label_end,
    open_bracket,
    own_end,
    since_last,
    subject,
    whole,
)
from calendarize.mentions.decide import (
    Clue,
    Told,
    begun,
    bucket,
    crossed,
    names_of,
    score,
    shares,
    weighed,
    weights,
)
from calendarize.mentions.particles import BEHIND_NOUN, end_with_particle, parted, unmarked
from calendarize.mentions.place import Place
from calendarize.mentions.words import AIMED_AT, OF_A_SESSION, SESSION, UNIT
from calendarize.report.model import Cell, Report, Table

_REMEMBERED = 8192
"""How many texts are remembered: candidates come back for every date near them."""
_UNTITLED = "제목 없음"
_FEWEST = 3
"""From so many dates in one kind of place on, a report has habits."""
_HABIT = 3.0
"""What it weighs that all the other titles of such places come from the same source."""
LONGEST = 60
"""A candidate of more letters is no title."""
_LENGTHS = (1, 3, 5, 8, 12, 16, 22, 30, 40)
_ROWS = 40
"""How many rows of a table tell what its columns are like."""
_SENTENCES = frozenset(("prose", "line", "line start"))
"""The kinds of places in which a date may stand in a sentence."""
_WINDOW = 6
"""How many words on either side of a date begin or end a candidate."""
_QUOTED = re.compile(r"['‘\"“「『<《〈]([^'‘’\"“”「」『』<>《》〈〉\n]{2,40})['’\"”」』>》〉]")
_SENTENCE_END = re.compile(r"[다요음함임됨]\.(?=\s|[가-힣\"'”’]|$)|\n")
_VERBS = (
    "다", "며", "고", "하여", "해", "한", "된", "할", "될", "으로", "는", "은", "을", "를", "이",
    "가", "의", "와", "과", "도", "에", "서",
)  # fmt: skip
"""Endings of verbs and particles."""
_DEED = re.compile(
    r"([가-힣]{2,6}?)(?:한다|했다|하고|하며|하여|해|할|한|하기|하는|된다|됐다|되고|되며|돼|될|된|되는|합니|됩니|하였|되었|했으|됐으|함|됨)"
)
_NUMBER = re.compile(r"(?:제\s?)?\d{1,4}\s?회")
_NUMBERED = re.compile(r"제\s?\d{1,4}\s?회")
_TYPE = re.compile(r"(?:제\s?\d차\s?)?(?:정례회|임시회)")
_DIGITS = re.compile(r"\d")
_BARE_STEP = re.compile(
    r"\S{0,4}(?:설계|공사|착공|착수|준공|완공|시행|발간|운영|공모|완료|개최|접수|발표|선정|수립|구성|조사|심의|평가|점검|개통|"
    r"개관|계약|발주|보상|고시|개강|종강)"
)
_NEXT_ITEM = re.compile(r"\n|\s[-○◦·•]\s|(?<=\S)\s\d\.\s")
_ORDINAL_AHEAD = re.compile(r"(?<![\d~])((?:제\s?)?\d{1,2}차)\s?[(:]?\s?$")
_NEAR_BY = 250
"""So many characters on either side of a date are looked through for a candidate."""
_NAMED = 40
"""A longer text up to a word is no name."""
_WHAT = 2
"""So many letters of a label tell what takes place."""
_NEAR = 12
"""An ordinal stands no more characters before its date."""
_HOW_OFTEN = re.compile(r"\s?\d{1,2}회\s?(?:개최|운영|실시)?$")
_WHEN_AND_WHERE = re.compile(
    r"(?<=\S)\s(?:일\s?[시자]|장\s?소)(?:\s?[/·및]\s?(?:일\s?[시자]|장\s?소))?$"
)
"""The label of a time or a place at the end of what has them."""
_VERSION = re.compile(r"(?:당초|기존|현행|변경|조정)(?:\s?(?:전|후|안))?")
"""The head of a column that tells which of two plans its days are of."""
_IN_QUOTES = re.compile(r"^['\"‘“]([^'\"‘’“”]+)['\"’”]$")
_NOTHING_BETWEEN = re.compile(r"[:/,]\s*[:/]")
"""Signs between which a date stood: what is cut there is no name."""
_ACTION = re.compile(r"\s(?:개최|실시|시행|추진|운영|예정|진행|완료)$")


@dataclass(slots=True)
class Title:
    """A candidate: its text, where it comes from, how many lines away, and what speaks for it.

    `bare` is its text with the spaces closed up; `alike` tells how many others hold it, how many it
    holds, and how many dates have it; `points` is what all its features weigh together.
    """

    text: str
    sources: list[str]
    away: int
    bare: str
    alike: tuple[int, int, int] = (0, 0, 0)
    spot: Spot | None = None
    points: float = 0.0

    @property
    def features(self) -> list[str]:
        """Return the names of all that speaks for the candidate."""
        if self.spot is None:
            return []
        return [*self.spot.names(self.sources), *names_of(self.spot.clues(self))]


@dataclass(slots=True)
class Spot:
    """What the candidates of a date share: its kind of place, form and line, what stands before
    and behind it; and what tells from which source its title comes: the situations that it is in,
    and what the columns beside it are like, by the source that they are."""

    lines: Lines
    line: int
    kind: str
    form: str
    before: str
    after: str
    situations: Sequence[str]
    columns: Mapping[str, tuple[str, ...]]

    def names(self, sources: Sequence[str]) -> Iterator[str]:
        """Yield the names of what speaks for the sources of a candidate."""
        for source in sources:
            yield f"from {source}"
            yield from (f"{situation} from {source}" for situation in self.situations)
            yield from _COLUMN.names(source, self.columns.get(_side(source), ()))

    def clues(self, title: Title) -> Iterator[Told]:
        """Yield what a candidate looks like, where it is cut out, and how it compares."""
        yield _LOOKS, (title.text,)
        looks = _looks(title.text)
        yield _LOOKS_HERE, (looks.length, looks.ends, looks.is_session, self.kind, self.form)
        yield _ALIKE, (*title.alike, self.kind)
        yield _CUT, (self.kind, *_edges(title.text, self.before, self.after))
        if title.away:
            around = _around(self.lines, self.line, title.away)
            yield _AWAY, (self.kind, title.away, *around)

    def weigher(self) -> Callable[[Sequence[str]], float]:
        """Return what weighs the sources of a candidate."""
        told = crossed("title", "from")
        weights = [told[each] for each in ("", *self.situations) if each in told]
        columns = self.columns

        def weight(sources: Sequence[str]) -> float:
            points = sum([each[s] for s in sources for each in weights if s in each])
            if columns:
                points += sum([_COLUMN.weight(s, columns.get(_side(s), ())) for s in sources])
            return points

        return weight


def _column_names(source: str, facts: Sequence[str]) -> Iterator[str]:
    return (f"{source} {fact}" for fact in facts)


_COLUMN = Clue("title", _column_names)


def context(report: Report, place: Place) -> str:
    """Return in what kind of place a date stands: alone in its cell, in a sentence …"""
    if place.cell is not None:
        return "cell alone" if place.alone else "cell"
    before, after = _line(report, place)
    words_before, words_after = (any(map(str.isalnum, text)) for text in (before, after))
    if not words_before and not words_after:
        return "line alone"
    if open_bracket(place.before) >= 0:
        return "bracket"
    if label_end(place.before, place) >= 0:
        return "label"
    if len(place.before) + len(place.after) > 90 or _SENTENCE_END.search(place.after):
        return "prose"
    if not words_before:
        return "line start"
    return "line end" if not words_after else "line"


def _line(report: Report, place: Place) -> tuple[str, str]:
    view, expression = report.view, place.expression
    start = view.rfind("\n", 0, expression.start) + 1
    end = view.find("\n", expression.end)
    return view[start : expression.start], view[expression.end : end if end >= 0 else len(view)]


class _Said:
    """What a line says: all of it (it may be very long), its first clause, its last."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def is_telling(self) -> bool:
        return plain_length(self.text) >= 2

    @cached_property
    def whole(self) -> str:
        return tidy(cleaned(self.text))

    @cached_property
    def first(self) -> str:
        return tidy(first_clause(self.text))

    @cached_property
    def last(self) -> str:
        return tidy(last_clause(self.text))


class _Beside(NamedTuple):
    """The cells beside a date in its row that say something, nearest first, and its column."""

    left: list[Cell]
    right: list[Cell]
    heads: list[str]


class Lines:
    """The lines of a report that say something, and which of them hold dates alone.

    `rows` are those that name a session and begin a row of a table told one cell a line: such a
    date stands behind each of them.
    """

    def __init__(self, report: Report, places: Sequence[Place]) -> None:
        self.report = report
        self.texts = report.view.split("\n")
        self.full = [k for k, text in enumerate(self.texts) if text.strip()]
        self.rank = {line: k for k, line in enumerate(self.full)}
        own = [report.place(p.expression.start)[0] - 1 for p in places]
        self._dates: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        for line, place in zip(own, places, strict=True):
            start = report.line_starts[line]
            self._dates[line].append((place.expression.start - start, place.expression.end - start))
        self._said: dict[int, _Said] = {}
        self._columns: dict[tuple[int, int], tuple[str, ...]] = {}
        self._beside: dict[int, _Beside] = {}
        self._ranks = sorted({self.rank[k] for k in own if k in self.rank})
        alone = [k for k in own if k in self.rank and not self.said(k).is_telling]
        usable = {step: sum(self._usable(k, step) for k in alone) for step in (1, -1)}
        self.dated = set(own)
        self.lean = (usable[1] > usable[-1]) - (usable[1] < usable[-1]) if alone else 0
        sessions = [k for k in self.full if _NUMBERED.match(self.texts[k].strip())]
        bounds = [bisect_left(alone, k) for k in (*sessions, len(self.texts))]
        self.rows = frozenset(sessions if all(a < b for a, b in pairwise(bounds)) else ())

    def column(self, table: Table, column: int) -> tuple[str, ...]:
        """Return what a column of a table is like, computed once."""
        key = id(table), column
        if key not in self._columns:
            self._columns[key] = _column(table, column)
        return self._columns[key]

    def beside(self, table: Table, cell: Cell) -> _Beside:
        """Return what stands beside a cell and above it, computed once."""
        if cell.start not in self._beside:
            left = [c for c in reversed(table.row_headings(cell)) if c.text]
            right = [c for c in table.near(cell) if c.column > cell.column and c.text]
            self._beside[cell.start] = _Beside(left, right, table.column_headings(cell))
        return self._beside[cell.start]

    def said(self, line: int) -> _Said:
        """Return what a line says without its dates, computed once."""
        if line not in self._said:
            text = self.texts[line]
            told, at = [], 0
            for start, end in self._dates.get(line, ()):
                told.append(text[at:start])
                at = end_with_particle(text, min(end, len(text)))
            told.append(text[at:])
            self._said[line] = _Said("  ".join(told).replace("\t", " ").replace("|", " "))
        return self._said[line]

    def _usable(self, line: int, step: int) -> bool:
        found = self.near(line, step)
        return found is not None and self.said(found).is_telling

    def gaps(self, line: int) -> tuple[int, int]:
        """Return how many telling lines lie to the dates before and behind that of a line."""
        rank = self.rank.get(line)
        if rank is None:
            return 0, 0
        at = bisect_left(self._ranks, rank)
        before = rank - self._ranks[at - 1] if at else 9
        behind = self._ranks[at + 1] - rank if at + 1 < len(self._ranks) else 9
        return min(before, 5), min(behind, 5)

    def near(self, line: int, steps: int) -> int | None:
        """Return the line so many lines that hold text away, or `None`."""
        at = self.rank.get(line)
        if at is None or not 0 <= at + steps < len(self.full):
            return None
        return self.full[at + steps]


def candidates(report: Report, lines: Lines, place: Place) -> list[Title]:
    """Return the candidates for the title of a date, each text once with all its sources."""
    found: dict[str, Title] = {}
    for source, away, text in _texts(report, lines, place):
        if not text or not (text := tidy(text)):
            continue
        if (title := found.get(text)) is None:
            found[text] = Title(text, [source], away, closed(text))
        elif source not in title.sources:
            title.sources.append(source)
    return list(found.values())


@lru_cache(_REMEMBERED)
def tidy(text: str) -> str:
    """Cut markers, numbers of lists and stray signs off a candidate; nothing where it is none."""
    text = shortened(UNIT.sub("", text))
    named = plain_length(text) >= 2 and any(map(str.isalpha, text))
    is_cut = _NOTHING_BETWEEN.search(text) is not None
    return text if named and not is_cut and len(text) <= LONGEST else ""


def _texts(report: Report, lines: Lines, place: Place) -> Iterator[tuple[str, int, str]]:
    heads = list(place.headings())
    above = ""
    for depth, block in enumerate(heads[:3]):
        text = condensed(cleaned(blanked_dates(block.text)))
        if depth == 0:
            above = text
        yield f"head{depth}", 0, text
        yield f"head{depth} whole", 0, cleaned(blanked_dates(block.text))
    about = subject(place)
    sides = _sides(place)
    yield "subject", 0, about
    yield "document", 0, condensed(cleaned(place.document))
    yield "name", 0, place.name
    if place.table is not None and place.cell is not None:
        yield from _cells(lines, place, about, cleaned(" ".join(sides)))
    yield from _beside(place, sides, context(report, place), above)
    if place.cell is not None:
        return  # the cells of the row have told what its line and its neighbours could
    line = report.place(place.expression.start)[0] - 1
    yield from _up_to_what(place, lines, line)
    rows = [n for n in (1, 2, 3) if lines.near(line, n) in lines.rows]
    for steps in (1, -1, 2, -2, 3, -3):
        if rows and steps >= rows[0]:
            continue  # it belongs to the row of the next session
        if (other := lines.near(line, steps)) is not None:
            said = lines.said(other)
            yield f"line{steps:+d}", steps, said.whole
            yield f"line{steps:+d} clause", steps, said.first if steps > 0 else said.last
    yield "own line", 0, lines.said(line).whole


def _up_to_what(place: Place, lines: Lines, line: int) -> Iterator[tuple[str, int, str]]:
    """Yield what is named above up to the word whose time a label tells.

    `등록말소를 위한 청문 공고` above `청문일시 : …` → `등록말소를 위한 청문`.
    """
    colon = label_end(place.before, place)
    what = telling(closed(last_clause(place.before[:colon]))) if colon >= 0 else ""
    if len(what) < _WHAT:
        return
    near = [lines.said(k).whole for n in (-1, -2, -3) if (k := lines.near(line, n)) is not None]
    told = {
        "heads": [blanked_dates(block.text) for block in place.headings()],
        "lines": near,
        "document": [blanked_dates(place.document)],
    }
    for source, texts in told.items():
        named = (text[: text.rfind(what) + len(what)] for text in texts if text.rfind(what) > 0)
        if (text := next((text for text in named if len(text) <= _NAMED), None)) is not None:
            yield f"up to what {source}", 0, text


@lru_cache(_REMEMBERED)
def _cell_said(text: str) -> tuple[str, str]:
    """Return what a cell says without its dates, and its first item."""
    first = cleaned(_NEXT_ITEM.split(text, maxsplit=1)[0])
    return cleaned(blanked_dates(text)), blanked_dates(first)


def _cells(lines: Lines, place: Place, about: str, own: str) -> Iterator[tuple[str, int, str]]:
    table, cell = place.table, place.cell
    assert table is not None
    assert cell is not None
    yield "own cell", 0, own
    left, right, heads = lines.beside(table, cell)
    head = cleaned(heads[-1].replace("(예정)", "")) if heads else ""
    yield "column", 0, head
    yield "caption", 0, condensed(cleaned(table.caption))
    for side, cells in (("left", left), ("right", right)):
        for at, other in enumerate(cells[:4]):
            text, first = _cell_said(other.text)
            yield f"{side}{at}", 0, text
            yield f"{side}{at} first", 0, first
            above = table.column_headings(other)
            if above:
                yield f"under {closed(above[-1])[-2:]}", 0, text
            if head and not _VERSION.fullmatch(head):
                yield f"{side}{at}+column", 0, f"{text} {head}"
            if own:
                yield f"{side}{at}+own", 0, f"{text} {own}"
            if about:
                yield f"about+{side}{at}", 0, f"{about} {text}"
    outer = [cleaned(c.text) for c in left if plain_length(c.text) >= 2]
    if len(outer) >= 2:
        yield "left1+left0", 0, f"{outer[1]} {outer[0]}"
    row = " ".join(c.text for c in (*reversed(left), *right))
    number, kind = _NUMBER.search(row), _TYPE.search(row)
    if number and kind:
        yield "session", 0, f"제{_only_digits(number[0])}회 {kind[0]}"
    if head and about:
        yield "about+column", 0, f"{about} {head}"


def _only_digits(text: str) -> str:
    return "".join(_DIGITS.findall(text))


def _sides(place: Place) -> tuple[str, str]:
    """Return what stands before and behind a date in its segment, without dates."""
    behind = end_with_particle(place.after, 0)
    after = blanked(place.after, place, place.expression.end)
    return blanked(place.before, place, place.start), " " * behind + after[behind:]


def _beside(
    place: Place, sides: tuple[str, str], kind: str, above: str
) -> Iterator[tuple[str, int, str]]:
    """Yield what stands before and behind a date in its own segment."""
    before, after = sides
    since = since_last(place.before, place)
    lead, tail = last_clause(since), first_clause(after[: own_end(place)])
    yield "lead", 0, unmarked(lead)
    yield "tail", 0, tail
    yield "lead+tail", 0, f"{unmarked(lead)} {tail}" if lead and tail else ""
    for name, text in (("lead", unmarked(lead)), ("tail", tail)):
        if text:
            yield f"whole {name}", 0, whole(text, place)
        if above and text:
            yield f"head+{name}", 0, f"{above} {text}"
        if _ACTION.search(text):
            yield f"{name} bare", 0, _ACTION.sub("", text)
    colon = label_end(place.before, place)
    if colon >= 0:
        label = last_clause(since_last(place.before[:colon], place))
        value = cleaned(since_last(place.before[colon + 1 :], place, place.start + colon + 1))
        yield "label", 0, label
        yield "whole label", 0, whole(label, place) if label else ""
        yield "value", 0, value
        yield "label+value", 0, f"{label} {value}" if label and value else ""
        yield "label+tail", 0, f"{label} {tail}" if label and tail else ""
        if above:
            yield "head+label", 0, f"{above} {label}"
    bracket = open_bracket(place.before)
    if bracket >= 0:
        close = closing_bracket(place.after)
        outer = last_clause(since_last(place.before[:bracket], place))
        inside = cleaned(before[bracket + 1 :] + " " + after[:close])
        behind = first_clause(after[close + 1 :])
        yield "bracket of", 0, unmarked(outer)
        yield "whole bracket of", 0, whole(unmarked(outer), place) if outer else ""
        yield "bracket in", 0, inside
        yield "bracket behind", 0, behind
        yield "bracket of+in", 0, f"{unmarked(outer)} {inside}" if outer and inside else ""
        yield "bracket of+behind", 0, f"{unmarked(outer)} {behind}" if outer and behind else ""
        if above:
            yield "head+bracket", 0, f"{above} {unmarked(outer)}"
    for name, text in (("before", place.before[-160:]), ("after", place.after[:160])):
        quotes = _QUOTED.findall(text)
        if quotes:
            yield f"quote {name}", 0, quotes[-1] if name == "before" else quotes[0]
    if kind in _SENTENCES:
        names = [name for text in (place.before[-160:], place.document) for name in _quoted(text)]
        for source, text in phrases.titles(before, after, names, above):
            yield source, 0, text
    yield from _windows(before, after)


def _quoted(text: str) -> list[str]:
    """Return what a text quotes, the last first."""
    return _QUOTED.findall(text)[::-1]


def _windows(before: str, after: str) -> Iterator[tuple[str, int, str]]:
    """Yield the words right before and behind a date, in runs of growing length."""
    sentence = _SENTENCE_END.split(before)[-1]
    words = sentence.split()[-_WINDOW:]
    for size in range(1, len(words) + 1):
        yield f"before{size}", 0, unmarked(" ".join(words[-size:]))
    behind = (_SENTENCE_END.split(after) or [""])[0]
    words = [w for w in behind.split() if w][: _WINDOW + 4]
    for start in (0, 1, 2):
        for size in range(1, _WINDOW + 1):
            run = words[start : start + size]
            if len(run) == size:
                yield f"after{start}:{size}", 0, unmarked(" ".join(run))
    yield from _deeds(words, "behind")
    yield from _deeds(sentence.split()[-_WINDOW - 4 :], "ahead")


def _deeds(words: Sequence[str], where: str) -> Iterator[tuple[str, int, str]]:
    """Yield what is done, its verb made a noun: `‘진로박람회’를 개최한다` → `‘진로박람회’ 개최`."""
    found = 0
    for at, word in enumerate(words):
        if (verb := _DEED.match(word)) is None:
            continue
        for size in range(1, 5):
            if size <= at:
                what = " ".join(words[at - size : at])
                yield f"deed {where} {min(found, 2)}:{size}", 0, f"{unmarked(what)} {verb[1]}"
        found += 1


# What speaks for a candidate


def describe(
    place: Place, kind: str, lines: Lines, titles: Sequence[Title], common: Counter[str]
) -> None:
    """Weigh for every candidate what its text looks like and how it compares with the others."""
    line = lines.report.place(place.expression.start)[0] - 1
    before, after = sides = _sides(place)
    spot = Spot(
        lines, line, kind, place.expression.form, before[-_NEAR_BY:], after[:_NEAR_BY],
        tuple(_situations(place, sides, kind)), _columns(place, lines),
    )  # fmt: skip
    weight = spot.weigher()
    for title, (within, holds) in zip(titles, _overlaps([t.bare for t in titles]), strict=True):
        title.spot = spot
        title.alike = min(within, 4), min(holds, 4), min(common[title.bare] - 1, 5)
        title.points = weight(title.sources) + weighed(spot.clues(title))


def _overlaps(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield for each text how many others hold it, and how many telling others it holds."""
    everything = "\n".join(texts)
    within, holds = [0] * len(texts), [0] * len(texts)
    for at, text in enumerate(texts):
        if everything.count(text) == 1:
            continue
        for other, longer in enumerate(texts):
            if text in longer and other != at:
                within[at] += 1
                holds[other] += len(text) > 2
    return zip(within, holds, strict=True)


def _alike_names(within: int, holds: int, common: int, kind: str) -> Iterator[str]:
    yield f"within {within}"
    yield f"holds {holds}"
    yield f"common {common}"
    yield f"{kind} common {min(common, 2)}"


_ALIKE = Clue("title", _alike_names)


def _around(lines: Lines, line: int, away: int) -> tuple[int, str, tuple[int, int], bool]:
    """Return what tells whether the title of a date stands so many lines away from it."""
    other = lines.near(line, away)
    mark = lines.texts[other].strip()[:1] if other is not None else ""
    sign = "letter" if mark.isalnum() else mark
    return lines.lean, sign, lines.gaps(line), other in lines.dated


def _away_names(
    kind: str, away: int, lean: int, mark: str, gaps: tuple[int, int], dated: bool
) -> Iterator[str]:
    yield f"{kind} away {away} lean {lean}"
    yield f"{kind} away {away} {mark}"
    yield f"{kind} away {away} gaps {gaps}"
    yield f"{kind} away {away} dated {dated}"


_AWAY = Clue("title", _away_names)


def _edges(title: str, before: str, after: str) -> tuple[str, str, str, str, str]:
    """Return what stands right before and behind a candidate that is cut out of a sentence: on
    which side of the date, the sign and the word before, the particle or sign and the word behind.
    """
    ahead, behind = before.rfind(title), after.find(title)
    if ahead < 0 and behind < 0:
        return "elsewhere", "", "", "", ""
    is_ahead = behind < 0 or 0 <= len(before) - ahead - len(title) < behind
    text, at = (before, ahead) if is_ahead else (after, behind)
    left, right = text[:at].rstrip(), text[at + len(title) :]
    particle = BEHIND_NOUN.match(right)
    rest = (right[particle.end() :] if particle else right).lstrip()
    return (
        "ahead" if is_ahead else "behind",
        _sign(left[-1:]),
        left[-2:],
        particle[0] if particle else _sign(rest[:1]),
        rest[:2],
    )


def _sign(char: str) -> str:
    """Return a sign itself, one name for all letters."""
    return "letter" if char.isalnum() else char


def _cut_names(
    kind: str, where: str, begins: str, word: str, ends: str, following: str
) -> Iterator[str]:
    if where == "elsewhere":
        yield f"{kind} cut from elsewhere"
        return
    yield f"begins behind {begins}"
    yield f"{kind} begins behind {begins}"
    yield f"begins behind word {word}"
    yield f"ends before {ends}"
    yield f"{kind} ends before {ends}"
    yield f"{where} between {begins} and {ends}"
    yield f"ends before word {following}"


_CUT = Clue("title", _cut_names)


class _Looks(NamedTuple):
    """What a text looks like by itself, under names; some of them count by the place, too."""

    names: tuple[str, ...]
    length: str
    ends: str
    is_session: bool


@lru_cache(_REMEMBERED)
def _looks(title: str) -> _Looks:
    words = title.split()
    text = "".join(words)
    length = _LENGTH_NAMES[bucket(plain_length(text), _LENGTHS)]
    last, first = words[-1] if words else "", words[0] if words else ""
    ends = f"ends {last[-2:]}"
    verbs = sum([word.endswith(_VERBS) for word in words[:-1]])
    names = (
        length,
        f"words {min(len(words), 8)}",
        ends,
        f"last {last[-4:]}",
        f"first {first[:3]}",
        f"begins {first[:1] if not first[:1].isalnum() else 'letter'}",
        f"closes {last[-1:] if not last[-1:].isalnum() else 'letter'}",
        f"josa {bool(parted(last).particle)} verb {last.endswith(_VERBS)}",
        *([f"verbs within {verbs}"] if verbs else ()),
        f"generic {is_generic_label(title)}",
        f"time label {is_time_label(text)}",
        f"digits {min(len(_DIGITS.findall(text)), 4)}",
        f"open {title.count('(') != title.count(')')} {'(' in title}",
        *[name for sign, name in _SIGN_NAMES if sign in title],
    )
    return _Looks(names, length, ends, SESSION.search(title) is not None)


_LENGTH_NAMES = [f"length {at}" for at in range(len(_LENGTHS) + 1)]
_SIGN_NAMES = [(sign, f"sign {sign}") for sign in ",:/|…※→"]


def _looks_names(title: str) -> Iterator[str]:
    yield from _looks(title).names
    words, threes = _spelled(title)
    yield from (f"word {word}" for word in words)
    yield from (f"letters {three}" for three in threes)


def _spelled(title: str) -> tuple[Iterable[str], Iterable[str]]:
    """Return the words of a text and its runs of three letters, each once, digits made zeros."""
    plain = _DIGITS.sub("0", title)
    edged = f"^{plain}$"
    threes = [edged[at : at + 3] for at in range(len(plain))]
    return dict.fromkeys(plain.split()), dict.fromkeys(threes)


def _looks_weight(title: str) -> float:
    """Return what the names of the looks of a text weigh, without making most of them."""
    words, threes = _spelled(title)
    of_words, of_threes = begun("title", "word"), begun("title", "letters")
    parts = [of_words[word] for word in words if word in of_words]
    parts += [of_threes[three] for three in threes if three in of_threes]
    return sum(parts, score(_looks(title).names, weights("title")))


def _looks_here(length: str, ends: str, is_session: bool, kind: str, form: str) -> Iterator[str]:
    yield f"{kind} {length}"
    yield f"{form} {ends}"
    if is_session:
        yield f"session {kind}"


_LOOKS_HERE = Clue("title", _looks_here)
_LOOKS = Clue("title", _looks_names, _looks_weight)


@lru_cache(_REMEMBERED)
def _side(source: str) -> str:
    """Return which cell beside a date a source begins with: `left0+column` → `left0`."""
    return source.split("+")[0].split()[0]


def _situations(place: Place, sides: tuple[str, str], kind: str) -> Iterator[str]:
    """Yield what tells from which source the title of a date comes."""
    yield kind
    last = len(place.siblings) - place.index - 1
    yield f"{kind} {min(place.index, 2)} of {min(last, 2)}"
    yield f"{kind} {place.before.rstrip()[-1:]} {place.after.lstrip()[:1]}"
    if place.table is not None and place.cell is not None:
        heads = place.table.column_headings(place.cell)
        head = closed(heads[-1]) if heads else ""
        yield f"head {'time' if is_time_label(head) else head[-2:]} {place.alone}"
    elif (colon := label_end(place.before, place)) >= 0:
        label = closed(place.before[:colon])[-6:]
        yield f"label {label[-2:]}"
        yield f"label time {is_time_label(label) or is_time_label(label[-2:])}"
    elif place.block is not None:
        yield f"block {place.block.kind} {place.block.marker[:1]} {place.listed}"
    if kind in _SENTENCES:
        yield f"particle {place.after[: end_with_particle(place.after, 0)]}"
        yield from phrases.outline(*sides)


def _columns(place: Place, lines: Lines) -> Mapping[str, tuple[str, ...]]:
    """Return what the columns beside a date are like, by the source that they are."""
    table, cell = place.table, place.cell
    if table is None or cell is None:
        return {}
    left, right, _ = lines.beside(table, cell)
    return {
        f"{side}{at}": lines.column(table, other.column)
        for side, cells in (("left", left), ("right", right))
        for at, other in enumerate(cells[:4])
    }


def _column(table: Table, column: int) -> tuple[str, ...]:
    """Return what the texts of a column are like: how unlike, how long, how full of digits."""
    rows = table.rows[table.header_rows :][:_ROWS]
    texts = [c.text for row in rows for c in row if c.column == column and c.text]
    count = len(texts) or 1
    letters = sum(map(plain_length, texts)) / count
    digits = sum(len(_DIGITS.findall(text)) for text in texts) / count
    return (
        f"unlike {bucket(len(set(texts)) / count, (0.2, 0.5, 0.8, 0.99))} {min(len(texts), 4)}",
        f"letters {bucket(letters, (2, 5, 10, 20, 40))}",
        f"digits {bucket(digits / (letters or 1), (0.02, 0.2, 0.5))}",
    )


def options(
    report: Report, places: Sequence[Place], around: Sequence[Place]
) -> Iterator[list[Title]]:
    """Yield for each of the events of a report its candidates with what speaks for each.

    `around` are the places of all the mentions of the report, events or not.
    """
    lines = Lines(report, around)
    known: dict[Hashable, list[Title]] = {}
    keys = [_surroundings(report, lines, place) for place in places]
    for key, place in zip(keys, places, strict=True):
        if key not in known:
            known[key] = candidates(report, lines, place)
    common = Counter([title.bare for key in keys for title in known[key]])
    described: set[Hashable] = set()
    for key, place in zip(keys, places, strict=True):
        if key not in described:
            described.add(key)
            describe(place, context(report, place), lines, known[key], common)
        yield known[key]


def _surroundings(report: Report, lines: Lines, place: Place) -> Hashable:
    """Return what is the same for two dates exactly where their candidates are: all that is near.

    In a line or a table of a great many dates most stand between the same words.
    """
    at = place.expression.start
    siblings = tuple(
        (e.start - at, e.end - at, bool(e.items and e.items[0].named)) for e in place.siblings
    )
    own = place.expression.form, place.before, place.after, siblings
    if place.table is None or place.cell is None or place.block is None:
        return report.place(at)[0], own
    left, right, _ = lines.beside(place.table, place.cell)
    row = tuple((c.column, c.text) for c in (*left, place.cell, *right))
    return id(place.table), id(place.block.parent), own, place.cell.column, row


def _with_session(title: str, place: Place) -> str:
    """Say to which session a sitting or a question time of a council belongs, where its row or
    the heading above names one."""
    label, sign, rest = title.partition(" : ")
    if sign and OF_A_SESSION.search(label) and (named := SESSION.search(rest)):
        return f"{named[0]} {label}"
    if not OF_A_SESSION.search(title) or SESSION.search(title):
        return title
    table = place.table is not None and place.block is not None
    row = place.block.text if table and place.block is not None else ""
    heading = next((b.text for b in place.headings() if b.kind == "heading"), "")
    session = SESSION.search(row) or SESSION.match(cleaned(heading))
    return f"{session[0]} {title}" if session is not None else title


def _with_object(title: str, place: Place) -> str:
    """Say what a bare step is a step of: of the object of the first step in its line, else of
    the heading: `문화센터 건립공사 착공 : 12월 / 준공 : 내년 8월`."""
    if not _BARE_STEP.fullmatch(title):
        return title
    if place.index:
        *what, step = _first_label(place).split() or [""]
        if what and _BARE_STEP.fullmatch(step):
            return f"{unmarked(' '.join(what))} {title}"
    return whole(title, place)


def _first_label(place: Place) -> str:
    """Return the words before the first date of the segment that a later date stands in."""
    ahead = place.before[: max(place.siblings[0].start - place.start, 0)]
    return last_clause(ahead)


def _with_ordinal(title: str, place: Place) -> str:
    """Say which of several a date is: `심의위원회 2회 개최 : 제1차(4. 21.), 제2차(7. 14.)`."""
    ordinal = _ORDINAL_AHEAD.search(place.before[-_NEAR:])
    if ordinal is None or len(place.siblings) < 2:
        return title
    bare = title.removesuffix(ordinal[1]).rstrip(" :(")
    if ordinal[1] in bare or plain_length(bare) < _WHAT:
        return title
    return f"{ordinal[1]} {_HOW_OFTEN.sub('', bare)}"


class Entitled(NamedTuple):
    """The title of an event, how sure it is (0 to 1), and the next best."""

    title: str
    confidence: float = 0.0
    runner_up: str | None = None


def entitled(report: Report, places: Sequence[Place], around: Sequence[Place]) -> list[Entitled]:
    """Return for each of the events of a report its title."""
    if not places:
        return []
    answers: list[Entitled] = []
    for place, ranked in zip(places, ranks(report, places, around), strict=True):
        if not ranked:
            answers.append(Entitled(_UNTITLED))
            continue
        (best, share), *others = ranked
        named = AIMED_AT.sub("", best.text)
        named = _IN_QUOTES.sub(r"\1", _WHEN_AND_WHERE.sub("", named))
        chosen = _with_session(_with_ordinal(_with_object(named, place), place), place)
        answers.append(Entitled(chosen, share, others[0][0].text if others else None))
    return answers


def ranks(
    report: Report, places: Sequence[Place], around: Sequence[Place]
) -> Iterator[list[tuple[Title, float]]]:
    """Yield for each of the events of a report its candidates, the likeliest first, with shares.

    In one kind of place the titles of a report stand alike: where most of them come from the
    same source, that source counts for more.
    """
    found = list(options(report, places, around))
    # Dates with the same surroundings have one list of candidates: weighed once, counted each.
    times = Counter(map(id, found))
    lists: dict[int, tuple[str, list[Title]]] = {}
    for place, titles in zip(places, found, strict=True):
        if id(titles) not in lists:
            lists[id(titles)] = context(report, place), titles
    scored = {key: [t.points for t in titles] for key, (_, titles) in lists.items()}
    told: Counter[str] = Counter()
    mass: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    for key, (kind, titles) in lists.items():
        told[kind] += times[key]
        for title, share in zip(titles, shares(scored[key]) if titles else (), strict=True):
            for source in title.sources:
                mass[kind][source] += share * times[key]
    ranked: dict[int, list[tuple[Title, float]]] = {}
    for key, (kind, titles) in lists.items():
        scores = scored[key]
        if titles and told[kind] >= _FEWEST:
            habits = mass[kind]
            scores = [
                points + _HABIT * max([habits[source] for source in title.sources]) / told[kind]
                for title, points in zip(titles, scores, strict=True)
            ]
        likely = shares(scores) if scores else []
        ranked[key] = sorted(zip(titles, likely, strict=True), key=lambda pair: -pair[1])
    yield from (ranked[id(titles)] for titles in found)
