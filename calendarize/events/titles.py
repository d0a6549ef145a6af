"""Titles: what a secretary would write into the calendar for a date in its place.

The words come from the text before the colon, the clause before the bracket, the subject cell
of the table row, or the heading above; a title that alone would say nothing is made whole with
its heading.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from calendarize.events import words
from calendarize.events.kinds import SESSION
from calendarize.events.place import Place, folded
from calendarize.report.model import Block, Cell, Table

_SEPARATOR = re.compile(
    r"[;→⇒➔➡]|※|(?<=[가-힣])\.(?:\s|$)|\)\s*,\s*|\s/\s|[◦■●]|(?<!○)○\s|,\s+(?=\S{0,3}[「『《‘'])|\n\s*\n"
)
_CLAUSE_END = re.compile(
    r"[;→⇒➔➡※◦■●]|(?<!○)○\s|(?<=[다음함임됨])\.(?:\s|$)|\s/\s|\n\s*[-○□※*]|(?<=[며고나])\s|(?<=[며고나서해여지])\s*,\s"
)
_SENTENCE_OVER = re.compile(r"[다음함임됨]\.\s*$")
_CONJUNCTION = re.compile(r"^(?:한편|또한|아울러|특히|이어|이와 함께|그리고|다만|단)[,\s]\s*")
_EMPTY_OR_TELEPHONE = re.compile(r"\((?:\s*|\s*(?:☎|전화|문의|T\.|Tel)[^()]{0,40})\)")
_SPACED_OUT = re.compile(r"^[가-힣](?:\s[가-힣])+$")
_BRACKETED = re.compile(r"\([^()]{0,120}\)")
_LABEL_SEPARATOR = re.compile(r"[;→⇒➔➡]|※|(?<=[가-힣])\.(?:\s|$)|[◦■●]|(?<!○)○\s|\n\s*\n")
_LETTERS = re.compile(r"[가-힣A-Za-z一-龥]")
_HANGUL = re.compile(r"[가-힣].*[가-힣]")
_PARTICLE = re.compile(
    r"^(?:\)?\s*(?:부터|까지|에는|에서|에|은|는|이며|로|으로|자로|중에|중|경|경에|의|이후|이전)(?=[\s,]))?[\s,.:)\]>~-]*"
)
_COUNT_AHEAD = re.compile(r"^[<(\[]?\s*(?:총\s*)?\d+\s*(?:일간|주간|개월간|박\s?\d일|일)[>)\]]?\s*")
_VERB_END = re.compile(
    r"(?:을|를|이|가|은|는)?\s*(?:열(?:리며|린다고?|렸다|리는|릴)|연다고?|열었다고?|가졌다|갖는다|밝혔다|한다고?|했다고?|된다|됐다|하였다|되었다|"
    r"있다|진행한다|할|합니다|됩니다|하기로 했다|할 예정이다|할 계획이다|예정이다|이다)\.?\s*$"
    r"|(?<=[가-힣])(?:이|가|을|를|은|는)\s\S{1,5}(?:며|고|으나|지만|면서|하여|되어)\s*$"
)
_SHORT = 9
"""A title of fewer letters than this is made whole with its heading."""
_SHORT_CELL = 7
"""The same in a table, whose rows are named more fully."""
_LONG = 60


def plain_length(text: str) -> int:
    """Count the letters and digits of a text."""
    return sum(char.isalnum() for char in text)


def cleaned(text: str) -> str:
    """Strip markers, list numbers, dangling brackets and stray punctuation from both ends."""
    text = folded(_EMPTY_OR_TELEPHONE.sub("", text))
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
    if _SENTENCE_OVER.search(text):
        return ""
    spans = _split(text, _SEPARATOR)
    return cleaned(_CONJUNCTION.sub("", cleaned(spans[-1]))) if spans else ""


def whole_label(text: str) -> str:
    """Return the words of a label before a colon: its lists stay together."""
    spans = _split(text, _LABEL_SEPARATOR)
    label = cleaned(spans[-1]) if spans else ""
    return re.sub(r"\s", "", label) if _SPACED_OUT.match(label) else label


def first_clause(text: str) -> str:
    """Return the first clause of the words behind a date, its verb made a noun."""
    text = _COUNT_AHEAD.sub("", _PARTICLE.sub("", text, count=1))
    end = _CLAUSE_END.search(_blanked_brackets(text))
    clause = folded(text[: end.start()] if end else text)
    clause = re.sub(r"(?:을|를)?\s(?:통해|통하여)\s.*$", "", clause)
    return cleaned(_VERB_END.sub("", clause))


def _blanked_brackets(text: str) -> str:
    """Blank what stands in brackets, the length kept: a list in brackets ends no clause."""
    return _BRACKETED.sub(lambda found: "(" + "_" * (len(found[0]) - 2) + ")", text)


def _split(text: str, separator: re.Pattern[str]) -> list[str]:
    """Split a text at separators outside of brackets; parts without letters are left out."""
    parts, start = [], 0
    for found in separator.finditer(_blanked_brackets(text)):
        parts.append(text[start : found.start()] + (")" if found[0].startswith(")") else ""))
        start = found.end()
    parts.append(text[start:])
    return [part for part in parts if _LETTERS.search(part)]


def is_generic(heading: str) -> bool:
    """Tell whether a heading names a part of any report rather than its subject."""
    return bool(words.GENERIC_HEADING.match(heading))


def is_generic_label(label: str) -> bool:
    """Tell whether a label before a value names a part of any report (`고발개요`)."""
    return is_generic(label) or bool(words.GENERIC_LABEL.match(re.sub(r"\s", "", label)))


def subject(place: Place, longest: int = 24) -> str:
    """Return what the nearest telling heading or bullet above is about: `화상회의시스템`.

    A short subject is made whole with the one above it; bullets longer than `longest` letters
    are passed over.
    """
    found = ""
    for block in place.headings():
        text = _about(block, longest)
        if not text or text in found:
            continue
        found = f"{text} {found}".strip()
        if plain_length(found) >= _SHORT or _NUMBERED.match(block.marker):
            break
    return found


def document(place: Place) -> str:
    """Return what the whole report is about, where its title tells."""
    about = condensed(cleaned(place.document))
    return "" if is_generic(about) or plain_length(about) < 4 else about


_NUMBERED = re.compile(r"^(?:#|제?\d|[①-⑳IVXⅠ-Ⅹ])")
"""Markers of headings that stand for themselves: a project of the report."""


def _about(block: Block, longest: int) -> str:
    """Return what a heading or bullet is about, or nothing where it names a part of any report."""
    text = cleaned(_BRACKET_LABEL.sub("", cleaned(block.text)))
    explains = block.parent is not None and bool(_NUMBERED.match(block.parent.marker))
    if not block.marker and explains and plain_length(text) >= 14:
        return ""
    if block.kind == "bullet":
        text = cleaned(re.split(r"\s:\s|:\s|,\s|\(", text)[0])
    bare = re.sub(r"\s", "", text)
    if not text or is_generic(text) or _is_time_label(bare):
        return ""
    short = condensed(text)
    limit = longest if block.kind == "bullet" else _ABOUT_LENGTH
    return short if plain_length(short) <= limit else ""


def condensed(heading: str) -> str:
    """Reduce a heading to its subject: purpose clauses and closing action words go."""
    text = words.MEANS.sub("", heading)
    text = words.PURPOSE.sub("", text)
    text = re.sub(r"\s*\([^()]*\)$", "", text)
    short = words.TRAILING_ACTION.sub("", text)
    return cleaned(short if plain_length(short) >= 3 else text)


def whole(title: str, place: Place) -> str:
    """Complete a title that alone would say nothing with what stands above it."""
    length = sum(char.isalpha() for char in title)
    enough = _SHORT_CELL if place.table is not None else _SHORT
    heads = place.block is not None and place.block.kind == "heading"
    if length > 2 * _SHORT or re.search(r"정례회(?!의)|임시회", title) or (heads and length >= 4):
        return title
    above = subject(place, 40 if 0 < length < 7 else 24)
    if not title:
        return above
    if not above or above in title:
        return title
    bare = condensed(title)
    if plain_length(bare) >= 4 and above.endswith(bare):
        return f"{above} {title.removeprefix(bare).strip()}".strip()
    if length >= enough:
        return title
    longest = 10 if place.table is not None and length >= 4 else 18
    if plain_length(above) > longest and (length >= 7 or place.table is not None):
        return title
    return f"{above} {title}"


def title_of(place: Place, titles: Mapping[int, str]) -> str:
    """Return the title of an event mention.

    `titles` are the titles of the mentions before it, by the start of their expression: the
    later dates of a list (`2.5(금), 3.15.(월)`) share the first one's title.
    """
    if _is_in_list(place):
        before = place.siblings[place.index - 1]
        if before.start in titles:
            return titles[before.start]
    if place.cell is not None and place.table is not None and not place.in_header:
        title = _cell_title(place, place.table, place.cell)
    else:
        title = _line_title(place)
    candidates = (title, subject(place), document(place))
    return next(filter(None, map(shortened, candidates)), "제목 없음")


def shortened(title: str) -> str:
    """Cut an overlong title at a word."""
    title = cleaned(title)
    if (
        len(title) > _LONG // 2
        and plain_length(behind := words.LEADING_CLAUSE.sub("", title)) >= _SHORT
    ):
        title = cleaned(behind)
    if len(title) <= _LONG:
        return title
    cut = title.rfind(" ", _LONG // 2, _LONG)
    return cleaned(title[: cut if cut > 0 else _LONG])


def _is_in_list(place: Place) -> bool:
    """Tell whether only list signs part the expression from the one before it."""
    if place.index == 0:
        return False
    gap = place.before[max(0, place.siblings[place.index - 1].end - place.start) :]
    if gap.count("(") > gap.count(")"):
        return False
    return (
        not re.search(r"[^\W\d_]", re.sub(r"및|와|과|또는|\d+일|매월", "", gap)) and "|" not in gap
    )


def _masked(text: str, place: Place, offset: int) -> str:
    """Blank the time expressions of the segment in a piece of it that starts at an offset."""
    chars = list(text)
    for other in place.siblings:
        for at in range(max(other.start, offset), min(other.end, offset + len(text))):
            chars[at - offset] = " "
    return "".join(chars)


def _since_last(text: str, place: Place, offset: int = -1) -> str:
    """Return the words behind the last other date of a piece of the segment, without its rest.

    `DB접근제어시스템(4~5월), 정보통신관리시스템` → `정보통신관리시스템`. Where nothing stands
    behind that date, the whole piece with its dates blanked.
    """
    offset = place.start if offset < 0 else offset
    earlier = [e.end for e in place.siblings if e.end <= offset + len(text) and e.start >= offset]
    masked = _masked(text, place, offset)
    if not earlier:
        return masked
    rest = masked[earlier[-1] - offset :]
    sign = _REST_ENDS.search(rest)
    rest = rest[sign.end() :] if sign else rest
    return rest if plain_length(rest) <= 25 else re.split(r"(?<=[가-힣]),\s", rest)[-1]


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
    before = place.before
    bracket = _open_bracket(before)
    if bracket >= 0:
        return _bracket_title(place, bracket)
    colon = _label_end(before, place)
    if colon >= 0:
        return _label_title(place, before[:colon], before[colon + 1 :])
    lead_text = _since_last(before, place)
    lead = last_clause(lead_text)
    after = _masked(place.after, place, place.expression.end)
    tail = "" if _NOTHING_BEHIND.match(after) else first_clause(after)
    label = _BRACKET_LABEL.match(lead)
    if label:
        lead = cleaned(lead[label.end() :])
        name = label[0].strip("() ")
        if _is_time_label(name) and _telling(name):
            return f"{subject(place)} {name}".strip()
        if is_generic_label(name) or _is_time_label(name) or plain_length(tail) < 3:
            return whole(lead or _parent_text(place) or tail, place)
    lead = _unlabelled(lead)
    if place.expression.form == "rule":
        tail = re.split(r"\s및\s|,", tail)[0]
    if not lead:
        return whole(tail or _parent_text(place), place)
    if (
        _JOSA_END.sub("", lead) == lead
        and plain_length(tail) in (2, 3)
        and not _NO_CLAUSE.match(after)
    ):
        return f"{lead} {tail}"
    if plain_length(tail) >= (2 if place.expression.form == "rule" else 4) and not re.match(
        r"^\(", after.strip()
    ):
        lead = _JOSA_END.sub("", lead)
        return tail if plain_length(lead) > 40 else f"{lead} {tail}"
    return whole(_JOSA_END.sub("", lead), place)


def _unlabelled(text: str) -> str:
    """Drop a label that names a part of any report: `운영실적 : 1~4차 회의` → `1~4차 회의`."""
    label, sign, content = text.partition(" : ")
    if sign and (is_generic_label(label) or _is_time_label(re.sub(r"\s", "", label))):
        return cleaned(content)
    return text


def _parent_text(place: Place) -> str:
    for block in place.headings():
        text = cleaned(_BRACKET_LABEL.sub("", cleaned(block.text)))
        if text and not is_generic(text):
            if block.kind == "heading":
                return condensed(text)
            label = cleaned(re.split(r"\s:\s", text)[0])
            if not is_generic(label) and not _is_time_label(re.sub(r"\s", "", label)):
                return label
    return ""


def _label_end(before: str, place: Place) -> int:
    """Return the offset of the colon whose value the expression is part of, or -1."""
    colon = max(before.rfind(":"), before.rfind("："))
    while colon > 0 and before[colon - 1].isdigit() and before[colon + 1 : colon + 2].isdigit():
        colon = before.rfind(":", 0, colon)
    if colon < 0:
        return -1
    between = _masked(before[colon + 1 :], place, place.start + colon + 1)
    return colon if plain_length(between) <= 16 and "※" not in between else -1


def _label_title(place: Place, label_text: str, between: str) -> str:
    label = whole_label(_since_last(label_text, place))
    label = cleaned(_BRACKET_LABEL.sub("", label)) or label
    extra = cleaned(_masked(between, place, place.start + len(label_text) + 1))
    if place.expression.form == "until" or re.match(r"^[\d제총약]", extra):
        extra = ""
    after = _masked(place.after, place, place.expression.end)
    if not extra and (action := _ACTION_BEHIND.match(after)):
        extra = action[1] if action[1] not in label[-4:] else ""
    bare = re.sub(r"[\s/·()]", "", label)
    if _is_time_label(bare) or is_generic_label(label):
        above = subject(place)
        told = _telling(bare)
        named = f"{above} {label}" if told and told not in above and _is_time_label(bare) else above
        if not named:
            named = document(place) or label
        return f"{named} {extra}" if _LETTERS.search(extra) else named
    if not label:
        return whole(extra or first_clause(after), place)
    return whole(f"{label} {extra}" if _LETTERS.search(extra) else label, place)


def _telling(label: str) -> str:
    """Return the part of a time label that belongs into the title, or nothing."""
    return next((word for word in words.TELLING_LABELS if word in label), "")


def _is_time_label(bare: str) -> bool:
    return bare in words.TIME_LABELS or any(
        (bare.startswith(word) and bare.endswith(("장소", "인원", "사업비")))
        or (bare.startswith(("장소", "인원")) and bare.endswith(word))
        for word in ("일시", "기간", "시기")
    )


def _bracket_title(place: Place, bracket: int) -> str:
    """Title of a date in brackets: the clause before them, with what else they say."""
    before, after = place.before, place.after
    closing = _closing(after)
    end = place.expression.end
    inside = _inside(
        _since_last(before[bracket + 1 :], place, place.start + bracket + 1),
        _masked(after[:closing], place, end),
    )
    rest = after[closing + 1 :]
    outer = _since_last(before[:bracket], place)
    label = _LIST_LABEL.match(before)
    colon = outer.rfind(" : ")
    head = _unlabelled(last_clause(outer))
    if colon >= 0:
        head = last_clause(outer[colon + 2 :]) or last_clause(outer[:colon])
        own = last_clause(outer[:colon])
        if (
            plain_length(head) < _SHORT
            and own != head
            and not (is_generic(own) or _is_time_label(re.sub(r"\s", "", own)))
        ):
            head = f"{own} {head}"
    elif label and plain_length(head) < _SHORT and not is_generic(label[1]):
        head = f"{cleaned(label[1])} {head}" if label[1] not in head else head
    head = _BRACKET_LABEL.sub("", head)
    head = _COUNTS_BEHIND.sub("", head) or head
    head = "" if _RELATIVE.fullmatch(head) else head
    following = (
        "" if _NO_CLAUSE.match(rest) else first_clause(_masked(rest, place, end + closing + 1))
    )
    if plain_length(following) > 16 or _ADNOMINAL.search(following) or re.match(r"^\d", following):
        following = ""
    if not _LETTERS.search(head):
        title = following or inside or first_clause(_masked(rest, place, end + closing + 1))
        return whole(title or _parent_text(place), place)
    parts = (inside, head) if re.fullmatch(r"제?\d+차", inside) else (head, inside, following)
    return whole(" ".join(part for part in parts if part), place)


_ADNOMINAL = re.compile(r"에\s(?:기초한|따른|의한|대한|관한)\s")
_ACTION_BEHIND = re.compile(rf"^\s*({'|'.join(words.ACTION)})(?![가-힣])")
_INSIDE_NOISE = re.compile(
    r"^[\d\s,.~/]*(?:일간?|주간|개월|년간|회|건|명|차례|시간|분)?$|^(?:예정|실시|중|총|약|안|까지|부터|경|現|수시|필요시)$"
)
_BRACKET_LABEL = re.compile(r"^\([^()]{1,14}\)\s*")
_LIST_LABEL = re.compile(r"^([^:(]{2,30}?)\s:\s")
_REST_ENDS = re.compile(r"[,;/※→◦○|]|\)\s*및\s|\)\s(?=\S)")
_JOSA_END = re.compile(
    r"(?:(?<=[가-힣)])(?:은|는|이|가|에서|에|으로|로|과|와|을|를|의))?(?:,?\s(?:오는|지난))?$"
)

_NOTHING_BEHIND = re.compile(r"^\s*(?:/|(?:이며|이고|이나|하며|로|까지며)\s?,)")
_RELATIVE = re.compile(r"작년|올해|금년|내년|지난해|전년도?|상반기|하반기")
_COUNTS_BEHIND = re.compile(r"(?:\s*총?\s*\d+(?:회|일|건|명|개|차|곳))+$")
_NO_CLAUSE = re.compile(r"^\s*(?:[,;:/→※*]|$|\n|⇒|외\s|이후|이전|현재|[에의을를]\s|에서\s|으로\s)")
_ABOUT_LENGTH = 40


def _inside(before: str, after: str) -> str:
    """Return what else a bracket says of the date: `'21년 선정` → 선정."""
    left = re.split(r"[,/]", before)[-1]
    right = _PARTICLE.sub("", re.split(r"[,/]", after)[0], count=1)
    parts = [cleaned(_COUNT_AHEAD.sub("", part)) for part in (left, right)]
    parts = [part for part in parts if part and not _INSIDE_NOISE.match(part)]
    return " ".join(part for part in parts if not _is_time_label(re.sub(r"\s", "", part)))


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
    row = _row_subject(table, cell)
    heading = next(iter(reversed(table.column_headings(cell))), "")
    if own := _own_words(place):
        caption = _COUNTS_BEHIND.sub("", cleaned(re.sub(r"\s*\(\d+\)$", "", table.caption)))
        if (
            table.header_rows == 0
            and 0 < plain_length(caption) <= _SHORT
            and not is_generic(caption)
        ):
            return f"{own.text} {caption}"
        if is_generic(row) and heading:
            return f"{cleaned(heading)} {own.text}"
        if row and (own.adds or _belongs_to_row(own.text)):
            return f"{row} {own.text}"
        if SESSION.search(row):
            return own.text
        return whole(own.text, place)
    if not row or is_generic(row) or _is_time_label(re.sub(r"\s", "", row)):
        row = cleaned(heading) if heading and not is_generic(heading) else _parent_text(place)
        return whole(row, place) if plain_length(row) < 4 else row
    row = whole(row, place)
    if _MILESTONE_HEADING.search(heading) and len(heading) <= 14 and heading not in row:
        return f"{row} {cleaned(heading)}"
    return row


_MILESTONE_HEADING = re.compile(
    r"착공|착수|준공|완공|완료|개통|개강|종강|접수|마감|발표|공고|설계|보상|계약|선정|집회일|개회|폐회|임용|"
    r"시험|면접|등록|신청"
)


def _belongs_to_row(own: str) -> bool:
    """Tell whether a note in a session's row is part of the session: 시정질문, not 설연휴."""
    return bool(re.search(r"질문|행정사무감사|본회의|개회식|폐회식|제안설명|심의|의결", own))


class _Own(NamedTuple):
    text: str
    adds: bool
    """Whether the words only add to the row's subject (`24일, 31일 2회 방송`)."""


def _own_words(place: Place) -> _Own | None:
    """Return the words of the cell that tell what its date is: `※ 시정질문 : 2.23(1일)`."""
    if place.cell is None or place.alone:
        return None
    bracket = _open_bracket(place.before)
    if bracket >= 0:
        head = _COUNTS_BEHIND.sub("", last_clause(_since_last(place.before[:bracket], place)))
        item = head.rpartition(", ")[2]
        head = item if plain_length(item) >= 4 else head
        inside = _inside(
            _since_last(place.before[bracket + 1 :], place, place.start + bracket + 1),
            _masked(place.after[: _closing(place.after)], place, place.expression.end),
        )
        if not _LETTERS.search(head):
            inside = re.sub(r"^\d+회\s*", "", inside)
            return _Own(inside, True) if inside else None
        return _Own(f"{head} {inside}".strip(), False)
    colon = _label_end(place.before, place)
    if colon >= 0:
        label = last_clause(_since_last(place.before[:colon], place))
        if not label or _is_time_label(re.sub(r"\s", "", label)):
            return None
        return _Own(label, False)
    lead = last_clause(_since_last(place.before, place))
    if plain_length(lead) >= 2:
        return _Own(_JOSA_END.sub("", lead), False)
    if re.match(r"^\s*[<(]", place.after):
        return None
    tail = first_clause(_masked(place.after, place, place.expression.end))
    if plain_length(tail) < 3 or re.match(r"^\d", tail) or _WHOLE_TIME.match(tail):
        return None
    return _Own(tail, plain_length(tail) < 5)


_WHOLE_TIME = re.compile(r"^(?:본회의 \d|지원|운영|실시|개최|예정|계속|집중)+")


def _row_subject(table: Table, cell: Cell) -> str:
    """Return the text of the row's subject, with its group where it says too little."""
    left = [c for c in table.row_headings(cell) if _is_label(c.text)]
    chosen = _best_subject(table, left)
    if chosen is None:
        behind = [c for c in table.near(cell) if c.column > cell.column and _is_label(c.text)]
        chosen = _best_subject(table, behind[:3])
        return cleaned(chosen.text) if chosen else ""
    title = cleaned(words.UNIT.sub("", chosen.text))
    if SESSION.search(title):
        return title
    own_row = [c for c in left if c.row == cell.row and c is not chosen and len(c.text) <= 60]
    if chosen.row != cell.row and own_row:
        return f"{title} {cleaned(own_row[0].text)}"
    if plain_length(title) < _SHORT_CELL and not re.match(r"^[①-⑳]", chosen.text):
        groups = [cleaned(c.text) for c in left if c.column < chosen.column]
        if groups and groups[-1] not in title:
            return f"{groups[-1]} {title}"
        details = [
            c
            for c in own_row
            if c.column > chosen.column
            and _HANGUL.search(c.text)
            and not any(words.SCHEDULE_HEADING.search(h) for h in table.column_headings(c))
        ]
        if details:
            return f"{title} {cleaned(details[0].text)}"
    return title


def _best_subject(table: Table, cells: Sequence[Cell]) -> Cell | None:
    """Return the cell that names the row: a session, a numbered item, the most telling column."""
    if not cells:
        return None

    def rank(cell: Cell) -> tuple[int, int]:
        headings = " ".join(table.column_headings(cell))
        if SESSION.search(cell.text):
            return 0, cell.column
        if re.match(r"^[①-⑳]", cell.text):
            return 1, cell.column
        for at, pattern in enumerate(words.SUBJECT_HEADINGS):
            if pattern.search(headings):
                return 2 + at, cell.column
        return 9, -cell.column

    return min(cells, key=rank)


def _is_label(text: str) -> bool:
    letters = len(_LETTERS.findall(text))
    return letters >= 2 and letters >= sum(c.isdigit() for c in text) and len(text) <= 120
