"""The corpus holds: every example has its value, nothing is found in the negatives."""

from __future__ import annotations

from datetime import date

from calendarize.export.mentions import iso
from calendarize.mentions.mention import Mention
from calendarize.mentions.reading import read
from calendarize.report import read_text
from calendarize.timex.values import Recurring, Several, Value
from tests import corpus
from tests.table import holds
from tests.whole import read_value


def mentions(text: str, day: date) -> list[Mention]:
    return read(read_text(text, "corpus"), day, "시험과").mentions


def written(value: Value) -> str:
    """Write a value in the corpus's notation."""

    def span(part: Value) -> str:
        return "/".join(iso(bound) or ".." for bound in part.bounds())

    if isinstance(value, Several):
        return "{" + ",".join(map(span, value.values)) + "}"
    return span(value)


def check_alone(
    example: str, day: date, value: str, precision: str | None, rrule: str | None
) -> None:
    prefix = "일정 : "
    found = mentions(prefix + example, day)
    assert [written(m.value) for m in found] == [value]
    (mention,) = found
    assert mention.value.precision == precision
    assert (str(mention.value.rule) if isinstance(mention.value, Recurring) else None) == rrule
    assert mention.line == 1
    assert len(mention.text) >= len(example) / 2


def test_positive() -> None:
    rows = [(e, corpus.REPORT_DATE, *told) for *told, examples in corpus.POSITIVE for e in examples]
    holds(check_alone, rows)


def test_other_report_dates() -> None:
    holds(check_alone, [(e, *told) for *told, examples in corpus.DATED for e in examples])


def test_in_context() -> None:
    def check(text: str, values: list[str]) -> None:
        plain, starts = corpus.marked(text)
        found = {m.column: m for m in mentions(plain, corpus.REPORT_DATE)}
        told = [
            next((m for c, m in found.items() if c - 2 <= start < c + len(m.text)), None)
            for start in starts
        ]
        assert [written(m.value) if m else None for m in told] == values

    rows = [(e, values) for values, examples in corpus.IN_CONTEXT for e in examples]
    holds(check, rows, corpus.NOT_YET)


def test_in_place() -> None:
    def check(text: str, day: date | None, values: list[str]) -> None:
        plain, starts = corpus.marked(text)
        report = read_text(plain, "corpus")
        found = read(report, day, "시험과").mentions
        at = [report.line_starts[m.line - 1] + m.column for m in found]
        pairs = list(zip(at, found, strict=True))
        told = [
            next((m for s, m in pairs if s - 2 <= start < s + len(m.text)), None)
            for start in starts
        ]
        assert [written(m.value) if m else None for m in told] == values

    holds(check, [(text, day, values) for day, text, values in corpus.IN_PLACE], corpus.NOT_YET)


def test_what_is_written_for_a_reader_is_read_back() -> None:
    def check(example: str) -> None:
        value = read_value(example, corpus.REPORT_DATE)
        if value is None or value.bounds() == (None, None):
            return
        again = read_value(value.korean(), date(2030, 1, 1))
        assert again is not None
        assert again.bounds() == value.bounds()

    plain = [(v, e) for v, _, rule, e in corpus.POSITIVE if not rule and v[0] != "{"]
    holds(check, [(example,) for _, examples in plain for example in examples])


def test_negative() -> None:
    def check(text: str) -> None:
        assert [(m.text, written(m.value)) for m in mentions(text, corpus.REPORT_DATE)] == []

    holds(check, [(text,) for text in corpus.NEGATIVE])


def test_the_corpus_is_as_large_as_promised() -> None:
    positive = sum(len(row[-1]) for row in (*corpus.POSITIVE, *corpus.DATED, *corpus.IN_CONTEXT))
    assert positive >= 400
    assert len(corpus.NEGATIVE) >= 150
