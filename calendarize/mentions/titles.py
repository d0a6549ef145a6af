"""Titles: what a secretary would write into the calendar for a date in its place.

The words come from the text before the colon, the clause before the bracket, the subject cell
of the table row, or the heading above; a title that alone would say nothing is made whole with
its heading.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from calendarize.mentions import words
from calendarize.mentions.clauses import (
    BRACKET_LABEL,
    COUNTS_BEHIND,
    LABEL_SIGN,
    LETTERS,
    SHORT,
    cleaned,
    closed,
    condensed,
    first_clause,
    is_generic,
    is_generic_label,
    is_time_label,
    last_clause,
    plain_length,
    shortened,
    telling,
    unlabelled,
    unmarked,
    whole_label,
    words_inside,
)
from calendarize.mentions.context import (
    blanked,
    blanked_dates,
    closing_bracket,
    document,
    label_end,
    open_bracket,
    own_end,
    parent,
    since_last,
    subject,
    whole,
)
from calendarize.mentions.place import Place
from calendarize.mentions.prose import headline_subject, prose_title
from calendarize.mentions.row_titles import cell_title
from calendarize.mentions.words import SESSION

_ADNOMINAL = re.compile(r"에\s(?:기초한|따른|의한|대한|관한)\s")
_ACTION_BEHIND = re.compile(rf"^\s*({'|'.join(words.ACTION)})(?![가-힣])")
_LIST_LABEL = re.compile(r"^([^:(]{2,30}?)\s?:\s")
_NOTHING_BEHIND = re.compile(r"^\s*(?:/|(?:이며|이고|이나|하며|로|까지며)\s?,)")
_RELATIVE = re.compile(r"작년|올해|금년|내년|지난해|전년도?|상반기|하반기")
_FOR_WHOM = re.compile(r"(?:명|세|학년|가구|이상|이하)\s?대상$")
_ARROW_BEHIND = re.compile(r"[→⇒]\s*$")
_COUNTED = re.compile(r"[\d제총약]")
_LABEL_SIGNS = re.compile(r"[\s/·()]")
_NTH = re.compile(r"제?\d+차")
_AND = re.compile(r"\s및\s|,")
_LETTER = re.compile(r"[^\W\d_]")
_LIST_WORDS = re.compile(r"및|와|과|또는|\d+일|매월")
_COMMA = re.compile(r",\s")
_STEP_BEHIND = re.compile(
    r"(?:제출|등록|접수|신청|보고|통보|완료|선정|확정|발표|납부|제작|조사|수립|협의|계약)$"
)
_TELLING, _ABOUT_LENGTH = 4, 12
_BARE_LENGTH = 5
"""A title of no more letters than this says too little by itself."""
_OF_A_SESSION = re.compile(
    r"본회의|개회식|폐회식|휴회|위원회|[시구도군]정질문|행정사무감사|예결특위|안건|대표연설|의결$|심사$"
)
_REGULAR_SESSION = re.compile(r"제\s?\d차\s?정례회")
_DDAY = re.compile(r"D-?day", re.IGNORECASE)
_BEFORE_OR_AFTER = re.compile(r"\s(?:전|후|이전|이후)$")
_ORDINAL = re.compile(r"제?\d+차(?:\s?회의)?")
_PLANNED_END = re.compile(r"(?<=\S)\s예정$")
_THIS_ACT = re.compile(
    r"(?:제\d+조(?:\([^()]*\))?\s)?이\s(?:조례|규칙|법|영|훈령|규정|고시)(?=\s|$)"
)
_REST_OF_LIST = re.compile(r"^[\s/,·]*[/,·][\s/,·]*:\s")
"""What is left of `/'19.09 : ` behind the first date of a list, the others blanked."""
_NAME_AHEAD = re.compile(
    r"^\s*[<〈【《]\s*([^<>〈〉【】《》]{2,40}?)\s*[>〉】》]\s*(?:일\s?시|기\s?간|때)?\s*:?\s*$"
)
"""`< 소방의 날 >  일시 11. 9.(목)`."""
_SESSION_NAME = re.compile(r"제?\s?\d+회\s?\S{0,12}?\s?\(?(?:임시회|정례회)\)?")
_TIMING = re.compile(r"(?:이내|이후|이전|전까지|일\s?후)$")
_NO_CLAUSE = re.compile(r"^\s*(?:[,;:/→※*]|$|\n|⇒|외\s|이후|이전|현재|[에의을를]\s|에서\s|으?로\s)")


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
        title = cell_title(place, place.table, place.cell)
    else:
        title = _line_title(place)
    if _FOR_WHOM.search(title):
        title = ""
    title = shortened(title) or shortened(subject(place)) or shortened(document(place))
    title = _with_session(title, place) if title else "제목 없음"
    if (act := _THIS_ACT.match(title)) is not None and place.document:
        title = f"{condensed(cleaned(place.document))} {title[act.end() :].strip()}".strip()
    return _PLANNED_END.sub("", title) or title


def _with_session(title: str, place: Place) -> str:
    """Say to which session a sitting belongs that stands under the session's heading."""
    if not _OF_A_SESSION.search(title) or SESSION.search(title):
        return title
    heading = next((b.text for b in place.headings() if b.kind == "heading"), "")
    session = SESSION.match(cleaned(heading)) or _REGULAR_SESSION.match(cleaned(heading))
    return f"{session[0]} {title}" if session and session[0] not in title else title


def _is_in_list(place: Place) -> bool:
    """Tell whether only list signs part the expression from the one before it."""
    if place.index == 0:
        return False
    gap = place.before[max(0, place.siblings[place.index - 1].end - place.start) :]
    if gap.count("(") != gap.count(")"):
        return False
    return not _LETTER.search(_LIST_WORDS.sub("", gap)) and "|" not in gap


def _line_title(place: Place) -> str:
    before = place.before
    bracket = open_bracket(before)
    if bracket >= 0:
        return _bracket_title(place, bracket)
    colon = label_end(before, place)
    if colon >= 0:
        return _label_title(place, before[:colon], before[colon + 1 :])
    whole_before = blanked(before, place, place.start)
    after = blanked(place.after, place, place.expression.end)
    after = _REST_OF_LIST.sub("", after)
    if (ahead := _NAME_AHEAD.match(before)) is not None:
        return cleaned(ahead[1])
    if told := prose_title(whole_before, after):
        return _with_headline(told, place)
    after = after[: own_end(place)]
    lead = last_clause(since_last(before, place))
    tail = "" if _NOTHING_BEHIND.match(after) else first_clause(after)
    if lead and place.index + 1 < len(place.siblings) and after.lstrip().startswith(","):
        tail = ""  # `간담회 9월 중, 협의 ~ 9. 20.`: what follows belongs to the next date
    label = BRACKET_LABEL.match(lead)
    if label:
        lead = cleaned(lead[label.end() :])
        name = label[0].strip("() ")
        if is_time_label(name) and telling(name):
            return f"{subject(place)} {name}".strip()
        plain = is_generic_label(name) or is_time_label(name)
        if not plain and not lead and plain_length(tail) < 3:
            return whole(name, place)  # `(서면평가) 3. 3. → (발표평가) 3. 17.`
        if plain or plain_length(tail) < 3:
            return whole(lead or parent(place) or tail, place)
    lead = unlabelled(lead)
    if place.expression.form == "rule":
        tail = _AND.split(tail)[0]
    if not lead:
        return whole(tail or parent(place), place)
    if unmarked(lead) == lead and plain_length(tail) in (2, 3) and not _NO_CLAUSE.match(after):
        return f"{lead} {tail}"
    if plain_length(tail) >= (
        2 if place.expression.form == "rule" else 4
    ) and not after.lstrip().startswith("("):
        lead = unmarked(lead)
        return f"{lead} {tail}" if 2 < plain_length(lead) <= 40 else tail
    return whole(unmarked(lead), place)


def _with_headline(title: str, place: Place) -> str:
    """Complete the short title of a sentence with what its headline is about."""
    if plain_length(title) > _BARE_LENGTH:
        return title
    heading = next((b.text for b in place.headings() if b.kind == "heading"), place.document)
    about = condensed(headline_subject(blanked_dates(heading)))
    tells = _TELLING <= plain_length(about) <= _ABOUT_LENGTH and not is_generic(about)
    overlaps = about in title or title in about
    return f"{about} {title}" if tells and not overlaps else title


def _label_title(place: Place, label_text: str, between: str) -> str:
    label = whole_label(since_last(label_text, place))
    label = cleaned(BRACKET_LABEL.sub("", label)) or label
    extra = cleaned(since_last(between, place, place.start + len(label_text) + 1))
    if _ARROW_BEHIND.search(between) or _BEFORE_OR_AFTER.search(extra):
        extra = ""  # what stands behind an arrow is a step of its own
    counted = _COUNTED.match(extra) and not _ORDINAL.fullmatch(extra)
    if counted or (place.expression.form == "until" and not _STEP_BEHIND.search(extra)):
        extra = ""
    after = blanked(place.after, place, place.expression.end)
    if not extra and (action := _ACTION_BEHIND.match(after)):
        extra = action[1] if action[1] not in label[-4:] else ""
    bare = _LABEL_SIGNS.sub("", label)
    step = first_clause(after[: own_end(place)])
    is_step = words.MILESTONE.fullmatch(step) or (_is_chained(place) and 1 < len(step) < 9)
    if not extra and is_step:
        extra = step if step not in label else ""
    sitting = first_clause(after)
    if is_generic_label(label) and SESSION.search(sitting):
        return sitting
    if is_time_label(bare) or is_generic_label(label):
        above = subject(place) or document(place)
        if bare == "회기" and (session := _SESSION_NAME.match(above)) is not None:
            return session[0]
        told = telling(bare)
        named = f"{above} {label}" if told and told not in above and is_time_label(bare) else above
        named = named.strip() or label
        return f"{named} {extra}" if LETTERS.search(extra) else named
    if not label:
        return whole(extra or first_clause(after), place)
    return whole(f"{label} {extra}" if LETTERS.search(extra) else label, place)


def _is_chained(place: Place) -> bool:
    """Tell whether arrows lead from date to date: `9. 1. 접수 → 10. 5. 심사 → 10. 31. 시상`."""
    behind = place.after[: own_end(place)]
    return bool(_ARROW_BEHIND.search(place.before) or _ARROW_BEHIND.search(behind))


def _name_before(place: Place, bracket: int) -> str:
    """Return the name of the days that a bracket tells: `추석 연휴(9. 18.~22.)`."""
    named = place.siblings[place.index - 1] if place.index else None
    if named is None or not named.items or not named.items[0].named:
        return ""
    name = place.before[max(0, named.start - place.start) : bracket]
    return cleaned(name) if named.end - place.start == bracket else ""


def _bracket_title(place: Place, bracket: int) -> str:
    """Title of a date in brackets: the clause before them, with what else they say."""
    before, after = place.before, place.after
    closing = closing_bracket(after)
    end = place.expression.end
    inside = words_inside(
        since_last(before[bracket + 1 :], place, place.start + bracket + 1),
        blanked(after[:closing], place, end),
    )
    if _DDAY.fullmatch(inside) and (about := document(place)):
        return about
    name = "" if inside or label_end(before[:bracket], place) >= 0 else _name_before(place, bracket)
    if name:
        return name
    rest = after[closing + 1 :]
    outer = since_last(before[:bracket], place)
    label = _LIST_LABEL.match(before)
    signs = list(LABEL_SIGN.finditer(outer))
    colon = signs[-1].start() if signs else -1
    head = unlabelled(last_clause(outer))
    own = cleaned(label[1]) if label else ""
    if colon >= 0:
        own = last_clause(outer[:colon])
        head = last_clause(outer[signs[-1].end() :])
        head = own if not head or _TIMING.search(head) else head
    says = not (is_generic_label(own) or is_time_label(closed(own)))
    if says and own and own not in head:
        if (session := SESSION.search(head)) is not None:
            head = f"{session[0]} {own}"
        elif plain_length(head) < SHORT:
            head = f"{own} {head}"
    head = BRACKET_LABEL.sub("", head)
    head = COUNTS_BEHIND.sub("", head) or head
    head = "" if _RELATIVE.fullmatch(head) else head
    behind = blanked(rest, place, end + closing + 1)
    following = "" if _NO_CLAUSE.match(rest) else first_clause(_COMMA.split(behind)[0])
    if plain_length(following) > 16 or _ADNOMINAL.search(following) or following[:1].isdigit():
        following = ""
    if not LETTERS.search(head):
        title = following or inside or first_clause(blanked(rest, place, end + closing + 1))
        return whole(title or parent(place), place)
    parts = (inside, head) if _NTH.fullmatch(inside) else (head, inside, following)
    return whole(" ".join(part for part in parts if part), place)
