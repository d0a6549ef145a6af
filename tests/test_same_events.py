"""The same entry told twice becomes one, and two things of one day never do."""

from __future__ import annotations

from datetime import date

import pytest

from calendarize.events.alike import same_event
from calendarize.events.assemble import assemble
from calendarize.events.kinds import session_in
from calendarize.events.merge import merged
from calendarize.events.model import Event, Source
from calendarize.mentions.reading import read
from calendarize.report import read_text
from tests.same_events import NOT_THE_SAME, SAME
from tests.whole import read_value

Pair = tuple[str, str, str, str]


def event(when: str, title: str, line: int) -> Event:
    value = read_value(when, date(2021, 5, 3))
    assert value is not None, when
    session = session_in(title)
    kind = "session" if session and title.endswith(("회", "운영")) else "milestone"
    source = Source("보고.txt", line, when)
    return Event(f"{line}", title, value, kind, "총무과", source, session=session)


def told_same(pair: Pair) -> bool:
    one, other = event(*pair[:2], 1), event(*pair[2:], 2)
    assert same_event(one, other) == same_event(other, one), pair
    return same_event(one, other)


def test_pairs_from_real_reports_are_told_apart() -> None:
    assert len(SAME) >= 60
    assert len(NOT_THE_SAME) >= 120
    found = [pair for pair in SAME if told_same(pair)]
    wrong = [pair for pair in NOT_THE_SAME if told_same(pair)]
    assert len(found) / (len(found) + len(wrong)) >= 0.99, wrong
    assert len(found) / len(SAME) >= 0.9, sorted(set(SAME) - set(found))


@pytest.mark.parametrize("pair", SAME[:20])
def test_what_is_the_same_is_found_among_many(pair: Pair) -> None:
    others = [event(f"'21. {n}월 중", f"다른 사업 {n}호 설비 교체", n + 10) for n in range(1, 13)]
    events = [event(*pair[:2], 1), *others, event(*pair[2:], 2)]
    assert len(merged(events)) == len(others) + 1


def test_seven_submissions_stay_seven() -> None:
    days = ["4. 5.", "4. 5.", "4. 5.", "4. 6.", "4. 7.", "4. 7.", "4. 8."]
    events = [event(f"2021. {day}", "자료 제출 완료", n) for n, day in enumerate(days)]
    assert len(merged(events)) == 7


REPORT = "업무보고\n\n{day}\n총무과\n\n- 청사 이전 기념식 개최 : '21. {when}\n- 직원 체육대회 : '21. 9월\n"


def told(*reports: str) -> list[Event]:
    return assemble(*(read(read_text(text, f"{n}.txt")) for n, text in enumerate(reports)))


def test_reports_of_one_day_that_disagree_are_both_said_with_a_warning() -> None:
    one = REPORT.format(day="2021. 5. 3.", when="6. 10.(목)")
    other = REPORT.format(day="2021. 5. 3.", when="6. 11.(금)")
    first, second, _ = told(one, other)
    assert [str(event.start) for event in (first, second)] == ["2021-06-10", "2021-06-11"]
    assert "1.txt 6행" in first.warnings[0] or "0.txt 6행" in first.warnings[0]
    assert len(second.warnings) == 1


def test_a_newer_report_still_corrects_an_older_one() -> None:
    one = REPORT.format(day="2021. 5. 3.", when="6. 10.(목)")
    newer = REPORT.format(day="2021. 5. 10.", when="6. 11.(금)").replace(" 개최", "")
    event, _ = told(one, newer)
    assert (str(event.start), event.warnings) == ("2021-06-11", ())
