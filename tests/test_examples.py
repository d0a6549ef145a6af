"""The sample reports give exactly the outputs that lie beside them, and the facts in them."""

from __future__ import annotations

import json
from pathlib import Path

import icalendar
import pytest

from tests import examples

CASES = [(report, form) for report in examples.reports() for form in examples.FORMATS]


def test_there_are_sample_reports() -> None:
    assert len(examples.reports()) >= 3


@pytest.mark.parametrize(("report", "form"), CASES, ids=lambda x: getattr(x, "stem", x))
def test_output(report: Path, form: str) -> None:
    assert examples.output(report, form) == examples.path(report, form).read_bytes()


def test_the_sessions_of_the_council_are_exact_and_have_their_children() -> None:
    report = examples.EXAMPLES / "council-2021-05.txt"
    events = json.loads(examples.output(report, "json"))["events"]
    sessions = {e["title"]: e for e in events if e["kind"] == "session"}
    assert {t: (e["start"], e["end"]) for t, e in sessions.items()} == {
        "제299회 임시회": ("2021-02-22", "2021-03-05"),
        "제300회 임시회": ("2021-04-19", "2021-05-04"),
        "제301회 정례회": ("2021-06-10", "2021-06-30"),
        "제302회 임시회": ("2021-08-27", "2021-09-10"),
        "제303회 정례회": ("2021-11-01", "2021-12-22"),
    }
    children = {
        title: {e["title"]: (e["start"], e["end"]) for e in events if e["parent"] == session["uid"]}
        for title, session in sessions.items()
    }
    assert children == {
        "제299회 임시회": {"제299회 임시회 시정질문": ("2021-02-23", "2021-02-23")},
        "제300회 임시회": {"결산검사": ("2021-04-13", "2021-05-17")},
        "제301회 정례회": {"제301회 정례회 시정질문": ("2021-06-11", "2021-06-15")},
        "제302회 임시회": {"제302회 임시회 시정질문": ("2021-08-30", "2021-08-31")},
        "제303회 정례회": {
            "제303회 정례회 행정사무감사": ("2021-11-02", "2021-11-15"),
            "제303회 정례회 시정질문": ("2021-11-16", "2021-11-18"),
        },
    }
    kinds = {e["title"]: e["kind"] for e in events}
    assert kinds["제303회 정례회 행정사무감사"] == "audit"
    assert kinds["제303회 정례회 시정질문"] == "question"
    assert kinds["설연휴"] == "holiday"
    assert kinds["재·보궐선거"] == "election"


def test_working_days_are_the_days_of_the_question_time() -> None:
    report = examples.EXAMPLES / "council-2021-05.txt"
    events = json.loads(examples.output(report, "json"))["events"]
    question = next(e for e in events if e["title"] == "제301회 정례회 시정질문")
    assert question["dates"] == ["2021-06-11", "2021-06-14", "2021-06-15"]
    calendar = icalendar.Calendar.from_ical(examples.output(report, "ics"))
    days = [
        (e["DTSTART"].dt.isoformat(), e["DTEND"].dt.isoformat())
        for e in calendar.walk("VEVENT")
        if e["SUMMARY"] == "제301회 정례회 시정질문"
    ]
    assert days == [("2021-06-11", "2021-06-12"), ("2021-06-14", "2021-06-16")]


def test_a_meeting_has_its_place_and_its_hours() -> None:
    events = json.loads(examples.output(examples.EXAMPLES / "council-2021-05.txt", "json"))[
        "events"
    ]
    meeting = next(e for e in events if e["start"] == "2021-09-03T14:00:00+09:00")
    assert meeting["location"] == "의원회관 대회의실"
    assert meeting["end"] == "2021-09-03T17:00:00+09:00"
    assert "기념 학술행사" in meeting["title"]
