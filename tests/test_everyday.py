"""Everyday Korean has the values that the corpus says, alone, in a sentence, and by convention."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calendarize.timex.conversation import Conventions, parse, search
from calendarize.timex.conversation.pieces import PIECES, pieces_at
from calendarize.timex.values import Recurring, Value
from tests import everyday
from tests.table import holds
from tests.test_corpus import written

PHRASES = [(phrase, value) for value, phrases in everyday.ROWS for phrase in phrases]


def told(value: Value | None) -> str | None:
    return written(value) if value is not None else None


def test_phrases() -> None:
    def check(phrase: str, value: str) -> None:
        assert told(parse(phrase, everyday.NOW)) == value

    holds(check, PHRASES)


def test_conventions() -> None:
    def check(conventions: dict[str, Any], value: str, phrases: list[str]) -> None:
        now = Conventions(**conventions)
        assert {p: told(parse(p, everyday.NOW, now)) for p in phrases} == dict.fromkeys(
            phrases, value
        )

    holds(check, everyday.CONVENTIONS)


def test_what_repeats() -> None:
    def check(rule: str, hours: str, phrases: list[str]) -> None:
        for phrase in phrases:
            value = parse(phrase, everyday.NOW)
            assert isinstance(value, Recurring), phrase
            clock = "–".join(f"{t:%H:%M}" for t in (value.at, value.to) if t is not None)
            assert (phrase, str(value.rule), clock) == (phrase, rule, hours)

    holds(check, everyday.REPEATED)


def test_nothing_is_found_in_what_only_looks_like_a_time() -> None:
    def check(text: str) -> None:
        assert [text[f.start : f.end] for f in search(text, everyday.NOW)] == []

    holds(check, [(text,) for text in everyday.SILENT])


def test_the_corpus_is_as_large_as_promised() -> None:
    assert len({phrase for phrase, _ in PHRASES}) >= 500


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("회의는 내일 오후 3시에 시작해 이틀 뒤 끝납니다.", ["내일 오후 3시", "이틀 뒤"]),
        (
            "다음 주 금요일까지 제출하고 추석 열흘 전에 다시 봅시다",
            ["다음 주 금요일까지", "추석 열흘 전"],
        ),
        ("지난달 말일에 보낸 메일을 어제 저녁에야 읽었다", ["지난달 말일", "어제 저녁"]),
        ("8시 5분 전에 오후 3시부터 30분 뒤까지", ["8시 5분 전", "오후 3시부터 30분 뒤까지"]),
    ],
)
def test_times_of_a_sentence_stand_where_they_are(text: str, found: list[str]) -> None:
    times = list(search(text, everyday.NOW))
    assert [text[f.start : f.end].strip() for f in times] == found


def test_sentences() -> None:
    def check(text: str, found: list[tuple[str, str]]) -> None:
        times = search(text, everyday.NOW)
        assert [(text[f.start : f.end], told(f.value)) for f in times] == found

    holds(check, everyday.SENTENCES)


def test_every_piece_is_tried_where_it_matches() -> None:
    """The two patterns that find the first piece leave none out: what a row says it begins with holds."""
    for phrase, _ in PHRASES:
        for at in range(len(phrase)):
            first = next((n for n, p in enumerate(PIECES) if p.pattern.match(phrase, at)), None)
            assert pieces_at(phrase, at) == (() if first is None else PIECES[first:])


ROOTS = ["", "내년 ", "작년 ", "올해 "]
MONTHS = ["3월 ", "십이월 ", "7월 "]
DAYS = ["5일 ", "둘째 주 금요일 ", "마지막 날 ", "첫 영업일 "]
CLOCKS = ["", "오후 3시 ", "저녁 7시 반 ", "14:30 "]
MOVES = ["", "이틀 뒤", "일주일 전", "3시간 후", "두 달 뒤"]


@settings(deadline=None, max_examples=50)
@given(*(st.sampled_from(pieces) for pieces in (ROOTS, MONTHS, DAYS, CLOCKS, MOVES)))
def test_pieces_compose(root: str, month: str, day: str, clock: str, move: str) -> None:
    phrase = f"{root}{month}{day}{clock}{move}"
    value = parse(phrase, everyday.NOW)
    assert value is not None, phrase
    if not move:
        (found,) = search(f"만남은 {phrase.strip()}에", everyday.NOW)
        assert found.value == value


@settings(deadline=None, max_examples=50)
@given(
    st.text(
        "지난다음이번오늘내일한두세시간분일주달년월요전뒤후반부터까지 0123456789:.~", max_size=24
    )
)
def test_nothing_that_is_said_breaks_it(text: str) -> None:
    parse(text, everyday.NOW)
    for found in search(text, everyday.NOW):
        assert 0 <= found.start < found.end <= len(text)


@settings(deadline=None, max_examples=50)
@given(st.datetimes(datetime(1960, 1, 1), datetime(2059, 12, 31)))
def test_what_is_written_is_read_back(moment: datetime) -> None:
    day = f"{moment.year}년 {moment.month}월 {moment.day}일"
    assert told(parse(day, everyday.NOW)) == f"{moment:%Y-%m-%d}/{moment:%Y-%m-%d}"
    clock = f"{day} {moment.hour}시 {moment.minute}분"
    assert told(parse(clock, everyday.NOW)) == f"{moment:%Y-%m-%dT%H:%M}/{moment:%Y-%m-%dT%H:%M}"
