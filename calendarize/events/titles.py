"""Titles: what a secretary would write into the calendar for a date in its place.

The words come from the text before the colon, the clause before the bracket, the subject cell
of the table row, or the heading above; a title that alone would say nothing is made whole with
its heading.
"""

from __future__ import annotations

import re

from calendarize.events import words
from calendarize.events.place import Place, folded
from calendarize.report.model import Cell, Table

_SEPARATOR = re.compile(
    r"[;→⇒➔➡]|※|(?<=[가-힣])\.(?:\s|$)|\)\s*,\s*|\s/\s|[◦■○●]|,\s+(?=\S{0,3}[「『《‘'])|\n\s*\n"
)
_CLAUSE_END = re.compile(r"[;→⇒➔➡※◦■○●]|(?<=[다음함임됨])\.(?:\s|$)|\s/\s|\n\s*[-○□※*]|(?<=[며고])\s|,\s")
_LETTERS = re.compile(r"[가-힣A-Za-z一-龥]")
_PARTICLE = re.compile(
    r"^(?:\)?\s*(?:부터|까지|에는|에서|에|은|는|이며|로|으로|자로|중에|중|경|경에|의|이후|이전)(?=[\s,]))?[\s,.:)\]>~-]*"
)
_COUNT_AHEAD = re.compile(r"^[<(\[]?\s*(?:총\s*)?\d+\s*(?:일간|주간|개월간|박\s?\d일|일)[>)\]]?\s*")
_VERB_END = re.compile(
    r"(?:을|를|이|가|은|는)?\s*(?:열(?:린다|렸다|리는|릴)|연다|열었다|가졌다|갖는다|밝혔다|한다|했다|된다|됐다|하였다|되었다|"
    r"있다|진행한다|할|합니다|됩니다|하기로 했다|할 예정이다|할 계획이다|예정이다|이다)\.?\s*$"
)
_SHORT = 9
"""A title of fewer letters than this is made whole with its heading."""
_LONG = 60


def plain_length(text: str) -> int:
    """Count the letters and digits of a text."""
    return sum(char.isalnum() for char in text)


def cleaned(text: str) -> str:
    """Strip markers, list numbers, dangling brackets and stray punctuation from both ends."""
    text = folded(text)
    previous = None
    while previous != text:
        previous = text
        text = words.ENUMERATOR.sub("", text).strip(" ,.:;/~·-–|")
    return _balanced(text)


def _balanced(text: str) -> str:
    """Drop a bracket at either end that has no partner."""
    for opening, closing in ("()", "<>", "[]", "〈〉", "《》", "「」", "『』", "【】"):
        if text.count(opening) > text.count(closing) and text.endswith(opening):
            text = text[:-1]
        if text.count(closing) > text.count(opening):
            if text.endswith(closing):
                text = text[:-1]
            elif text.startswith(closing):
                text = text[1:]
        if text.count(opening) > text.count(closing) and text.startswith(opening):
            text = text[1:]
    return text.strip(" ,.:;/~")


def last_clause(text: str) -> str:
    """Return the last clause of the words before a date."""
    parts = [part for part in _SEPARATOR.split(text) if _LETTERS.search(part)]
    return cleaned(parts[-1]) if parts else ""


def first_clause(text: str) -> str:
    """Return the first clause of the words behind a date, its verb made a noun."""
    text = _COUNT_AHEAD.sub("", _PARTICLE.sub("", text, count=1))
    end = _CLAUSE_END.search(text)
    clause = folded(text[: end.start()] if end else text)
    return cleaned(_VERB_END.sub("", clause))


def is_generic(heading: str) -> bool:
    """Tell whether a heading names a part of any report rather than its subject."""
    return bool(words.GENERIC_HEADING.match(heading))


def subject(place: Place) -> str:
    """Return what the nearest telling heading is about: `화상회의시스템`."""
    for block in place.headings():
        text = cleaned(block.text)
        if block.kind == "heading" and text and not is_generic(text):
            return condensed(text)
    return ""


def condensed(heading: str) -> str:
    """Reduce a heading to its subject: purpose clauses and closing action words go."""
    behind = words.PURPOSE.sub("", heading)
    short = words.TRAILING_ACTION.sub("", behind)
    return cleaned(short if plain_length(short) >= 3 else behind)


def whole(title: str, place: Place) -> str:
    """Complete a title that alone would say nothing with the heading above it."""
    if plain_length(title) >= _SHORT or re.match(r"제\d+회", title):
        return title
    above = subject(place)
    if not above or above in title or title in above and plain_length(title) >= 4:
        return title if title else above
    return f"{above} {title}".strip()


def title_of(place: Place) -> str:
    """Return the title of an event mention."""
    if place.cell is not None and place.table is not None and not place.in_header:
        title = _cell_title(place, place.table, place.cell)
    else:
        title = _line_title(place)
    return shortened(title) or shortened(subject(place)) or "제목 없음"


def shortened(title: str) -> str:
    """Cut an overlong title at a word."""
    title = cleaned(title)
    if len(title) <= _LONG:
        return title
    cut = title.rfind(" ", _LONG // 2, _LONG)
    return cleaned(title[: cut if cut > 0 else _LONG])


def _without_siblings(text: str, place: Place, offset: int) -> str:
    """Blank the other time expressions of the segment in a piece of it."""
    chars = list(text)
    for other in place.siblings:
        for at in range(max(other.start, offset), min(other.end, offset + len(text))):
            chars[at - offset] = " "
    return "".join(chars)


def _open_bracket(before: str) -> int:
    """Return the offset of the bracket that is open at the end of a text, or -1."""
    depth = 0
    for at in range(len(before) - 1, max(-1, len(before) - 120), -1):
        if before[at] in ")>]":
            depth += 1
        elif before[at] in "(<[":
            if depth == 0:
                return at
            depth -= 1
    return -1


def _line_title(place: Place) -> str:
    before, after = place.before, place.after
    bracket = _open_bracket(before)
    if bracket >= 0:
        return _bracket_title(place, bracket)
    colon = _label_end(before, place)
    if colon >= 0:
        return _label_title(place, before[:colon], before[colon + 1 :])
    lead = last_clause(_without_siblings(before, place, place.start))
    tail = first_clause(_masked_after(place))
    label = re.match(r"^\(([^)]{1,12})\)$", folded(before))
    if label or not lead:
        title = tail if _LETTERS.search(tail) else ""
        return whole(title or _parent_text(place), place)
    if plain_length(tail) >= 4:
        return whole(tail, place) if len(lead) > 30 or _ends_open(before) else f"{lead} {tail}"
    return whole(lead, place)


def _masked_after(place: Place) -> str:
    return _without_siblings(place.after, place, place.expression.end)


def _ends_open(before: str) -> bool:
    """Tell whether the words before a date belong to the sentence's subject: `서울시는 `."""
    return bool(re.search(r"(?:[은는이가]|에서|에|으로|로|과|와|및|,)\s*(?:오는|지난)?\s*$", before))


def _parent_text(place: Place) -> str:
    for block in place.headings():
        text = cleaned(block.text)
        if text and not is_generic(text):
            return condensed(text) if block.kind == "heading" else last_clause(text.split(" : ")[0])
    return ""


def _label_end(before: str, place: Place) -> int:
    """Return the offset of the colon whose value the expression is part of, or -1."""
    colon = max(before.rfind(":"), before.rfind("："))
    while colon > 0 and before[colon - 1].isdigit() and before[colon + 1 : colon + 2].isdigit():
        colon = before.rfind(":", 0, colon)
    if colon < 0:
        return -1
    between = _without_siblings(before[colon + 1 :], place, place.start + colon + 1)
    return colon if plain_length(between) <= 16 and "※" not in between else -1


def _label_title(place: Place, label_text: str, between: str) -> str:
    label = last_clause(_without_siblings(label_text, place, place.start))
    extra = cleaned(_without_siblings(between, place, place.start + len(label_text) + 1))
    bare = re.sub(r"[\s/·()]", "", label)
    if _is_time_label(bare):
        above = _parent_text(place) or subject(place)
        told = any(word in bare for word in words.TELLING_LABELS)
        return f"{above} {label}".strip() if told and label not in above else above or label
    title = f"{label} {extra}" if _LETTERS.search(extra) else label
    if not label:
        title = extra or first_clause(_masked_after(place))
    return whole(title, place)


def _is_time_label(bare: str) -> bool:
    return bare in words.TIME_LABELS or any(
        bare.startswith(word) and bare.endswith("장소") for word in ("일시", "기간", "시기")
    )


def _bracket_title(place: Place, bracket: int) -> str:
    """Title of a date in brackets: the clause before them, with what else they say."""
    before, after = place.before, place.after
    closing = _closing(after)
    inner_before = _without_siblings(before[bracket + 1 :], place, place.start + bracket + 1)
    inner_after = _without_siblings(after[:closing], place, place.expression.end)
    rest = _without_siblings(after[closing + 1 :], place, place.expression.end + closing + 1)
    outer = before[:bracket]
    colon = _label_end(outer + " ", place)
    masked = _without_siblings(outer, place, place.start)
    label = last_clause(masked[:colon]) if colon >= 0 else ""
    head = last_clause(masked[colon + 1 :] if colon >= 0 else masked)
    if label and not _is_time_label(re.sub(r"\s", "", label)):
        head = f"{label} {head}".strip() if plain_length(head) < _SHORT else head
    inside = _inside(inner_before, inner_after)
    following = first_clause(rest) if not re.match(r"\s*[,;:/→]", rest) else ""
    if plain_length(following) > 30 or re.match(r"^\d", following):
        following = ""
    if not _LETTERS.search(head):
        title = following or inside or first_clause(rest)
        return whole(title or _parent_text(place), place)
    return whole(" ".join(part for part in (head, inside, following) if part), place)


_INSIDE_NOISE = re.compile(
    r"^(?:[\d\s,.~/]*(?:일간?|주간|개월|년간|회|건|명|차|시간|분)?\s*)$|^(?:예정|실시|중|총|약|안|까지|부터|경|現|수시|필요시)$"
)


def _inside(before: str, after: str) -> str:
    """Return what else a bracket says of the date: `'21년 선정` → 선정."""
    left = re.split(r"[,/]", before)[-1]
    right = re.split(r"[,/]", _PARTICLE.sub("", after, count=1))[0]
    parts = [cleaned(_COUNT_AHEAD.sub("", part)) for part in (left, right)]
    return " ".join(part for part in parts if part and not _INSIDE_NOISE.match(part))


def _closing(after: str) -> int:
    """Return the offset of the bracket that closes the one the expression stands in."""
    depth = 0
    for at, char in enumerate(after[:200]):
        if char in "(<[":
            depth += 1
        elif char in ")>]":
            if depth == 0:
                return at
            depth -= 1
    return min(len(after), 200)


# Tables


def _cell_title(place: Place, table: Table, cell: Cell) -> str:
    """Title of a date in a cell: the row's subject, with what the cell itself says."""
    own = _own_words(place)
    row = _row_subject(place, table, cell)
    heading = next(iter(table.column_headings(cell)), "")
    if own:
        if row and row not in own and _belongs_to_row(own, row):
            return f"{row} {own}"
        return whole(own, place)
    if not row:
        row = _parent_text(place)
    if _names_a_milestone(heading) and heading not in row:
        return f"{row} {cleaned(heading)}"
    return whole(row, place)


_MILESTONE_HEADING = re.compile(
    r"착공|착수|준공|완공|완료|개통|개강|종강|접수|마감|발표|공고|설계|보상|계약|선정|집회일|개회|폐회|임용|시험|면접|등록|신청"
)


def _names_a_milestone(heading: str) -> bool:
    return bool(_MILESTONE_HEADING.search(heading)) and len(heading) <= 14


def _belongs_to_row(own: str, row: str) -> bool:
    """Tell whether a note in a session's row is part of the session: 시정질문, not 설연휴."""
    return bool(re.search(r"질문|감사|본회의|개회식|폐회식|위원회|제안설명|심의|의결", own))


def _own_words(place: Place) -> str:
    """Return the words of the cell that tell what its date is: `※ 시정질문 : 2.23(1일)`."""
    if place.cell is None or place.alone:
        return ""
    bracket = _open_bracket(place.before)
    if bracket >= 0:
        head = last_clause(_without_siblings(place.before[:bracket], place, place.start))
        inside = _inside(
            _without_siblings(place.before[bracket + 1 :], place, place.start + bracket + 1),
            _without_siblings(place.after[: _closing(place.after)], place, place.expression.end),
        )
        return " ".join(part for part in (head, inside) if part)
    colon = _label_end(place.before, place)
    if colon >= 0:
        label = last_clause(_without_siblings(place.before[:colon], place, place.start))
        return "" if _is_time_label(re.sub(r"\s", "", label)) else label
    lead = last_clause(_without_siblings(place.before, place, place.start))
    if plain_length(lead) >= 2:
        return lead
    if re.match(r"^\s*[<(]", place.after):
        return ""
    tail = first_clause(_masked_after(place))
    return tail if plain_length(tail) >= 3 and not re.match(r"^\d", tail) else ""


def _row_subject(place: Place, table: Table, cell: Cell) -> str:
    """Return the text of the row's subject cell, with its group where it says too little."""
    left = [c for c in table.row_headings(cell) if _is_label(c.text, table, c)]
    subjects = [c for c in left if _column_matches(table, c, words.SUBJECT_HEADING)]
    numbered = [c for c in left if re.match(r"^[①-⑳]", c.text)]
    chosen = (numbered or subjects or left)[-1:] or _right_of(place, table, cell)
    if not chosen:
        return ""
    title = cleaned(chosen[0].text)
    if plain_length(title) < _SHORT:
        groups = [cleaned(c.text) for c in left if c.column < chosen[0].column and c.text != chosen[0].text]
        if groups and groups[-1] not in title:
            title = f"{groups[-1]} {title}"
    return title


def _is_label(text: str, table: Table, cell: Cell) -> bool:
    letters = len(_LETTERS.findall(text))
    return letters >= 2 and letters >= sum(c.isdigit() for c in text)


def _column_matches(table: Table, cell: Cell, pattern: re.Pattern[str]) -> bool:
    return any(pattern.search(heading) for heading in table.column_headings(cell))


def _right_of(place: Place, table: Table, cell: Cell) -> list[Cell]:
    """Return the first telling cell behind a date that leads its row."""
    row = table.rows[cell.row]
    behind = [c for c in row if c.column > cell.column and _is_label(c.text, table, c)]
    return behind[:1]


