"""Conversation is read: pieces are folded into spans, spans joined into periods."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from calendarize.timex.conversation.pieces import AFTER_FROM, Piece, Setting, pieces_at
from calendarize.timex.conversation.repeats import repeats_at
from calendarize.timex.conversation.spans import CLOCK_UNITS, Span, value_of
from calendarize.timex.conversation.words import Conventions
from calendarize.timex.values import Interval, Moment, Point, Recurring, Several, Value


class Found(NamedTuple):
    """A time in a text: offsets in code points (end exclusive), and its value."""

    start: int
    end: int
    value: Value


_OWN = Conventions()
_GAP = re.compile(r"\s*(?:(?:의|에|,|(?<=일)날|(?<=일\s)날)\s*)?")
_FROM_GAP = re.compile(r"\s*(?:에서|(?:으?로|)부터|기준(?:으로|))\s*")
_LINK = re.compile(r"\s*(?:에서|부터|[~∼～–—-])\s*")
_AND = re.compile(r"\s*(?:와|과|하고|랑)\s+")
_LISTED = re.compile(r"\s*[,·]\s*|(?:이나|나|와|과|하고|이랑|랑)\s+|\s+(?:또는|혹은|아니면|및)\s+")
_BETWEEN = re.compile(r"\s*사이(?:에)?")
_FROM = re.compile(
    r"\s?(?:(?P<since>이후|이래|(?P<behind>후(?=에|로|\s|$)|지나(?:서|고)|지난\s?[뒤후]))|부터|~(?=\s*$))(?:로|에)?"
)
_UNTIL = re.compile(r"\s?(?:까지|(?P<before>이전|전)(?=에|까지|\s|$)(?:까지)?)(?:에)?")
_ROUGH = re.compile(r"\s?(?:쯤|경|께|즈음|무렵|정도)(?=\s?(?:부터|까지|에서|[~∼～–-]))")
_ABOUT = re.compile(
    r"(?:\s?(?:쯤|경|께|즈음|무렵|정도|중|내내|내|안|동안|기간|일찍|늦게"
    r"|하루 ?종일|온종일|종일|하루)|(?<=일)\s?날)+(?:에|으?로|)(?![가-힣])"
)
_PARTICLES = (
    r"(?:에서|에는|에도|에야|에|의|은|는|이|가|을|를|으로|로|도|과|와|만|인"
    r"|이요|이다|입니다|이에요|예요|이야|야|이고|이며|이지|인데|이었다|이나|나|이랑|랑|보다|밖에|요|때)"
)
_ENDS = re.compile(rf"(?![가-힣\d%:])|{_PARTICLES}(?![가-힣])")
_REST = re.compile(rf"(?:{_PARTICLES}\s*)?[.!?]?")
_BEGINS = re.compile(r"(?<![0-9가-힣A-Za-z.:/~→-])(?=['0-9가-힣]|[APap][Mm][ .\d])")


def parse(text: str, now: datetime, conventions: Conventions | None = None) -> Value | None:
    """Read a text that is one time from end to end; `None` where it is none."""
    setting = Setting(now, conventions or _OWN)
    begin = len(text) - len(text.lstrip())
    phrase = _time(text, begin, setting)
    if phrase is None:
        return None
    rest = text[phrase.end :].strip()
    return phrase.value if not rest or _REST.fullmatch(rest) else None


def search(text: str, now: datetime, conventions: Conventions | None = None) -> Iterator[Found]:
    """Yield the times of a text in order; none overlap.

    Numbers and words that are a time only where nothing else is said (`3일`, `1/3`, `오일`) are
    left alone inside a sentence.
    """
    setting = Setting(now, conventions or _OWN)
    at = 0
    while (begin := _BEGINS.search(text, at)) is not None:
        at = begin.start()
        phrase = _time(text, at, setting)
        if phrase and _ENDS.match(text, phrase.end) and not _weak(text, phrase):
            yield phrase
            at = phrase.end
        else:
            at += 1


_WEAK = re.compile(
    r"\d{1,2}[/.-]\s?\d{1,2}\.?|[일이삼사오육칠팔구십]{1,3}일|제?\d\s?주차?|.{1,8}간|\d\d년|[전후]반기"
    r"|봄|여름|가을|겨울|현재|이제|설|당일|전날|다음 ?날|이튿날|오전|오후"
    r"|평일|하루 ?종일|온종일|이따가?|아까|연내|\d{1,2}\s?[~-]\s?\d{1,2}일"
)
"""What is a time only where it is all that is said."""
_DOUBTFUL = re.compile(r"\d{1,2}일|금주|전주|차주|내주|이월|일월|이달")
_TIME_FOLLOWS = re.compile(r"\s*(?:$|에(?!서)|까지|부터|중(?![가-힣])|\()")
"""What shows the words of `_DOUBTFUL` to be times."""


def _weak(text: str, phrase: Found) -> bool:
    """Tell whether a phrase is a time only where it is all that is said."""
    written = text[phrase.start : phrase.end]
    told = _LISTED.split(written)
    if all(map(_DOUBTFUL.fullmatch, told)):
        return not _TIME_FOLLOWS.match(text, phrase.end)
    return all(map(_WEAK.fullmatch, told)) and text.strip() != written


def _time(text: str, at: int, setting: Setting) -> Found | None:
    """Read what repeats, with its hours (`월요일마다 오후 3시`), or else a phrase."""
    repeats = repeats_at(text, at)
    if repeats is None:
        return _phrase(text, at, setting)
    gap = _GAP.match(text, repeats.end)
    start = gap.end() if gap else repeats.end
    hours = _phrase(text, start, setting) if start < len(text) else None
    if hours is not None:
        match hours.value:
            case Moment(begin):
                return Found(at, hours.end, Recurring(repeats.rule, at=begin.time()))
            case Interval(Moment(begin), Moment(end)):
                rule = Recurring(repeats.rule, at=begin.time(), to=end.time())
                return Found(at, hours.end, rule)
            case _:
                pass
    return Found(at, repeats.end, Recurring(repeats.rule))


def _phrase(text: str, at: int, setting: Setting) -> Found | None:
    """Read a span and what makes a period or a list of it: `A부터 B까지`, `A까지`, `A나 B`."""
    left = _fold(text, at, setting)
    if left is None:
        return None
    first, end = left
    if end == len(text):
        return Found(at, end, value_of(first))
    if (rough := _ROUGH.match(text, end)) is not None:
        end = rough.end()
    if (joined := _range(text, at, end, first, setting)) is not None:
        first, last, after = joined
        return Found(at, after, Interval(_point(first, last=False), _point(last, last=True)))
    if (listed := _listed(text, end, first, setting)) is not None:
        spans, after = listed
        about = _ABOUT.match(text, after)
        return Found(at, about.end() if about else after, Several(tuple(map(value_of, spans))))
    conventions = setting.conventions
    if setting.conventions.open_sides == "point":
        beyond = _UNTIL.match(text, end) or _FROM.match(text, end) or _ABOUT.match(text, end)
        return Found(at, beyond.end() if beyond else end, value_of(first))
    if (until := _UNTIL.match(text, end)) is not None:
        before = until["before"] is not None
        excluded = before and (until["before"] == "전" or conventions.before == "exclusive")
        point = _point(_before(first) if excluded else first, last=True)
        return Found(at, until.end(), Interval(None, point))
    if (since := _FROM.match(text, end)) is not None:
        exclusive = since["behind"] is not None or conventions.since == "exclusive"
        after_it = since["since"] is not None and exclusive
        point = _point(_behind(first) if after_it else first, last=False)
        return Found(at, since.end(), Interval(point, None))
    about = _ABOUT.match(text, end)
    return Found(at, about.end() if about else end, value_of(first))


def _range(
    text: str, at: int, end: int, first: Span, setting: Setting
) -> tuple[Span, Span, int] | None:
    """Read the far end of a period; what it does not say it takes from the near one.

    Where it lies before the near one, that was one cycle too far: `1월 1일부터 오늘까지`.
    """
    link, both = _LINK.match(text, end), None
    if link is None:
        both = link = _AND.match(text, end)
    if link is None:
        return None
    last = _fold(text, link.end(), setting._replace(near=first))
    if last is None:
        return None
    span, after = last
    if span.end <= first.start:
        past = setting.conventions.looking_back()
        earlier = _fold(text, at, setting._replace(conventions=past))
        if earlier is None or earlier[1] != end or span.end <= earlier[0].start:
            return None
        first = earlier[0]
    closing = _BETWEEN.match(text, after) or (None if both else _UNTIL.match(text, after))
    if closing is not None:
        return first, span, closing.end()
    return None if both else (first, span, after)


def _listed(text: str, end: int, first: Span, setting: Setting) -> tuple[list[Span], int] | None:
    """Read further spans of one kind, each behind the one before: `다음 주 월요일이나 화요일`."""
    spans = [first]
    while (link := _LISTED.match(text, end)) is not None:
        read = _fold(text, link.end(), setting._replace(near=spans[-1]))
        if read is None or not _goes_on(spans[-1], read[0]):
            break
        spans.append(read[0])
        end = read[1]
    bounded = _UNTIL.match(text, end) or _FROM.match(text, end) or _LINK.match(text, end)
    return (spans, end) if len(spans) > 1 and bounded is None else None


def _goes_on(span: Span, other: Span) -> bool:
    """Tell whether one span may stand behind another in a list."""
    alike = span.unit == other.unit or {span.unit, other.unit} <= {*CLOCK_UNITS}
    return alike and span.end <= other.start


def _fold(text: str, at: int, setting: Setting) -> tuple[Span, int] | None:
    """Fold the pieces from an offset on, each into what the ones before it came to."""
    step = _step(text, at, None, setting)
    if step is None:
        return None
    head, end = span, end = step
    while (step := _step(text, end, span, setting)) is not None:
        span, end = step
    if setting.left is None and _is_averse(span, head, setting):
        elsewhere = _fold(text, at, setting._replace(left=head))
        return elsewhere or (span, end)
    return span, end


def _is_averse(span: Span, head: Span, setting: Setting) -> bool:
    """Tell whether a cycle that holds now was preferred, and what is said of it was not.

    `5월 말` is ahead on the third of May, `5월 첫날` is not.
    """
    if span is head or setting.near is not None or span.end <= head.start or head.end <= span.start:
        return False
    prefer, now = setting.conventions.prefer, setting.now
    if prefer == "future":
        return span.end <= now < head.end
    return prefer == "past" and head.start <= now < span.start


def _step(text: str, end: int, span: Span | None, setting: Setting) -> tuple[Span, int] | None:
    if end == len(text):
        return None
    gap = _GAP.match(text, end) if span is not None else None
    start = gap.end() if gap else end
    if start == len(text):
        return None
    for piece in pieces_at(text, start):
        if (found := _applied(piece, text, start, span, setting)) is not None:
            return found
    moved_from = _FROM_GAP.match(text, end) if span is not None else None
    if moved_from is None:
        return None
    for piece in AFTER_FROM:
        found = _applied(piece, text, moved_from.end(), span, setting)
        if found is not None and not text.startswith("까지", found[1]):
            return found
    return None


def _applied(
    piece: Piece, text: str, at: int, span: Span | None, setting: Setting
) -> tuple[Span, int] | None:
    match = piece.pattern.match(text, at)
    if match is None or not match[0]:
        return None
    try:
        made = piece.produce(match, span, setting)
    except (ValueError, OverflowError, KeyError):
        return None
    return (made, match.end()) if made is not None else None


def _point(span: Span, *, last: bool) -> Point:
    """Return the point at which a period begins or ends."""
    value = value_of(span)
    if not isinstance(value, Interval):
        return value
    point = value.end if last else value.start
    assert point is not None
    return point


def _before(span: Span) -> Span:
    """Return the day before a span; a moment bounds what is before it."""
    if span.unit in CLOCK_UNITS:
        return span
    return Span(span.start - timedelta(days=1), span.start, "day")


def _behind(span: Span) -> Span:
    """Return what begins where a span ends: the year after a year, the day after a day."""
    if span.unit in CLOCK_UNITS:
        return span
    unit = span.unit if span.unit in ("year", "half", "quarter", "month") else "day"
    return Span(
        span.end, span.end + (span.end - span.start if unit != "day" else timedelta(days=1)), unit
    )
