"""What became of entries between reports: `calendarize changes`."""

from __future__ import annotations

import csv
import io
import json
import random
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from wcwidth import wcswidth

from calendarize.changes.assignment import assigned
from calendarize.changes.chains import linked
from calendarize.changes.compare import compare
from calendarize.changes.editions import Part, editions, office_key, part
from calendarize.changes.fates import Entry
from calendarize.changes.marks import conflict, marks_in
from calendarize.changes.matching import matched
from calendarize.changes.totals import kept
from calendarize.events import model
from calendarize.events.model import Event, Source
from calendarize.export.moved import moved_from
from calendarize.mentions.reading import read
from calendarize.report import read_text
from calendarize.timex.values import Day, Half, Interval, Month, Value
from tests.chains import NOTABLE, Chain, Count, added, chains, score
from tests.learning import editions_of, left_out
from tests.test_cli import lines, run

# ---------------------------------------------------------------- the annotated chains

PRECISION = {"links": 0.95} | dict.fromkeys(NOTABLE, 0.95)
RECALL = {"links": 0.90} | dict.fromkeys(NOTABLE, 0.85)


def found_in(entries: list[Entry]) -> Iterator[dict[str, Any]]:
    """Give entries as JSON has them, as far as they are scored."""
    for entry in entries:
        sources = (telling.event.source for telling in entry.tellings)
        told = [{"report": s.report, "line": s.line, "text": s.text} for s in sources]
        yield {"title": entry.title, "steps": entry.steps, "tellings": told}


def leave_one_out() -> Mapping[str, tuple[Mapping[str, Count], Mapping[str, Count], list[str]]]:
    """Score each chain by what the others teach: with the gold's dates, and as read."""
    result = {}
    for chain, weights in left_out(chains()):
        gold, errors = score(chain, found_in(linked(editions_of(chain, gold=True), weights)))
        as_read, _ = score(chain, found_in(linked(editions_of(chain), weights)))
        result[chain.name] = gold, as_read, errors
    return result


@pytest.mark.heavy
def test_chains_are_told_by_what_other_chains_teach(capsys: pytest.CaptureFixture[str]) -> None:
    scores = leave_one_out()
    with capsys.disabled():
        for at, dates in enumerate(("gold dates", "dates as read")):
            total = added(found[at] for found in scores.values())
            print(f"\n{dates}: " + "; ".join(f"{name} {total[name]}" for name in PRECISION))
    errors = [f"{name}: {error}" for name, found in scores.items() for error in found[2]]
    for at in range(2):
        total = added(found[at] for found in scores.values())
        for name in PRECISION:
            assert total[name].recall >= RECALL[name], (name, errors)
            assert total[name].precision >= PRECISION[name], (name, errors)
    for name, (gold, _, errors) in scores.items():
        assert gold["links"].precision >= 0.9, (name, errors)
        assert gold["links"].recall >= 0.85, (name, errors)


# ---------------------------------------------------------------- fates, one by one

COVER = "{year}년 주요업무 보고\n{day}\n한빛구 기획예산과\n\n"


def told(*reports: tuple[str, str]) -> list[Entry]:
    """Return the entries of editions given as (day, body)."""
    parts = [
        part(read(read_text(COVER.format(year=day[:4], day=day) + body, f"{at}.txt")))
        for at, (day, body) in enumerate(reports)
    ]
    (changes,) = compare(parts).changes
    return list(changes.entries)


def fates(old: str, new: str, day: str = "2022. 7. 20.") -> dict[str, str | None]:
    entries = told(("2022. 2. 7.", f"□ 추진계획\n{old}\n"), (day, new))
    return {entry.title: entry.steps[0] for entry in entries}


def fate(old: str, new: str, day: str = "2022. 7. 20.") -> str | None:
    """Return the fate of the one entry of an old plan."""
    entries = told(("2022. 2. 7.", f"□ 추진계획\n - {old}\n"), (day, new))
    (entry,) = (entry for entry in entries if 0 in entry.told)
    return entry.steps[0]


PLAN, DONE = "□ 향후계획\n - ", "□ 추진실적\n - "


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("청사 방수공사 : 8월", PLAN + "청사 방수공사 : 10월", "slipped"),
        ("청사 방수공사 : 상반기 중", PLAN + "청사 방수공사 : 하반기 중", "slipped"),
        ("청사 방수공사 : 9. 5. ~ 9. 30.", PLAN + "청사 방수공사 : 9. 12. ~ 9. 30.", "slipped"),
        ("청사 방수공사 : 10월", PLAN + "청사 방수공사 : 8월", "earlier"),
        ("주민 만족도 조사 : 하반기", PLAN + "주민 만족도 조사 : 9월", "more exact"),
        ("주민 만족도 조사 : 하반기", PLAN + "주민 만족도 조사 : 12월", "more exact"),
        ("주민 만족도 조사 : 10월", PLAN + "주민 만족도 조사 : 하반기 중", "less exact"),
        ("주민 만족도 조사 : 10월", PLAN + "주민 만족도 조사 : 10월", "same"),
        ("민원 상담실 운영 : 매월", PLAN + "민원 상담실 운영 : 매월", "same"),
        ("예산학교 개최 : 5월", DONE + "예산학교 개최(5. 19.) : 42명", "done"),
        ("예산학교 개최 : 5월", DONE + "예산학교 1회 개최 완료", "done"),
        ("예산학교 개최 : 9월", PLAN + "예산학교 개최 : 예산 삭감으로 취소", "cancelled"),
        ("예산학교 개최 : 9월", PLAN + "예산학교 : 무기한 연기", "postponed"),
        (
            "한빛전투 제71주년 기념행사 : 9월",
            PLAN + "한빛전투 71주년 기념행사는 감염병 방역지침에 따라 취소",
            "cancelled",
        ),
        ("재정공시 시스템 개편 : 5월", PLAN + "재정공시 시스템 개편 : '22. 5월", "overdue"),
        ("예산학교 개최 : 5월", PLAN + "청사 방수공사 : 10월", "dropped"),
        ("쉼터 확대 : 4월", "쉼터는 4월 3일부터 두 곳으로 확대하였다.\n", "done"),
        (
            "예산학교 개최 : 5월",
            "재정공시는 6월 2일 누리집에 실었다. 예산학교는 주민 42명과 함께 개최하였다.\n",
            "done",
        ),
        (
            "생활관 냉난방 교체 : 하계방학 중(7~8월)",
            PLAN + "생활관 냉난방 교체 : 동계방학(’23. 1~2월)",
            "slipped",
        ),
        ("융자 접수 : 8월", PLAN + "융자 접수 : 8. 16.부터", "more exact"),
        ("도서관 준공 : 5월", PLAN + "도서관 개관 : 9월", "slipped"),
        ("쉼터 설치 : 5월", DONE + "쉼터 설치(5. 19.) : 3개소, 1개소 포기", "done"),
    ],
)
def test_what_became_of_a_plan(old: str, new: str, expected: str) -> None:
    assert fate(old, new) == expected


def test_a_period_of_which_only_a_later_part_is_left_has_slipped() -> None:
    assert (
        fate("주민 만족도 조사 : 8월", PLAN + "주민 만족도 조사 : 하반기 중", "2022. 9. 5.")
        == "slipped"
    )


def test_a_result_from_before_the_promise_fulfils_nothing() -> None:
    new = DONE + "예산학교 개최(1. 12.)\n" + PLAN + "예산학교 개최 : 10월"
    assert fate("예산학교 개최 : 9월", new) == "slipped"


def test_once_done_silence_is_no_drop() -> None:
    entries = told(
        ("2022. 2. 7.", "□ 추진계획\n - 예산학교 개최 : 5월\n"),
        ("2022. 7. 20.", DONE + "예산학교 개최(5. 19.)\n"),
        ("2023. 2. 6.", PLAN + "청사 방수공사 : 10월\n"),
    )
    (school,) = (entry for entry in entries if "예산학교" in entry.title)
    assert school.steps == ["done", None]


def test_an_entry_told_again_after_a_gap_returns() -> None:
    entries = told(
        ("2022. 2. 7.", "□ 추진계획\n - 서고 증축공사 : 6월\n - 청사 방수공사 : 9월\n"),
        ("2022. 7. 20.", PLAN + "청사 방수공사 : 9월\n"),
        ("2022. 12. 5.", PLAN + "서고 증축공사 : '23. 3월\n"),
    )
    (store,) = (entry for entry in entries if "서고" in entry.title)
    assert store.steps == ["dropped", "returned"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("제4차 지방보조금심의위원회 : 12월", "제5차 지방보조금심의위원회 : 12월"),
        ("하수관로 정비 1단계 준공 : 12월", "하수관로 정비 2단계 준공 : 12월"),
        ("제12회 한빛 나눔축제 : 10월", "제13회 한빛 나눔축제 : 10월"),
        ("상반기 청렴교육 : 6월", "하반기 청렴교육 : 10월"),
        ("도서관 건립공사 착공 : 12월", "도서관 건립공사 준공 : 12월"),
    ],
)
def test_numbers_and_stages_part_what_else_is_alike(old: str, new: str) -> None:
    assert fate(old, PLAN + new) == "dropped"


def test_what_is_told_as_several_is_split_and_comes_to_what_its_last_part_does() -> None:
    entries = told(
        ("2022. 2. 7.", "□ 추진계획\n - 청사 외벽 보수 및 주차장 포장 : 6월\n"),
        ("2022. 7. 20.", PLAN + "청사 외벽 보수 : 8월\n - 주차장 포장 : 11월\n"),
        (
            "2023. 1. 16.",
            DONE + "청사 외벽 보수 완료('22. 8. 30.)\n - 주차장 포장 완료('22. 11. 4.)",
        ),
    )
    (whole,) = entries
    assert whole.title == "청사 외벽 보수 및 주차장 포장"
    assert (whole.steps, whole.parted) == (["slipped", "done"], {1: "split"})
    assert [len(whole.told[at]) for at in range(3)] == [1, 2, 2]
    assert kept(whole) == ("late", "in time")


def test_numbered_parts_of_one_thing_are_its_parts() -> None:
    new = PLAN + "하수관로 정비 1구간 : 8월\n - 하수관로 정비 2구간 : '23. 4월"
    assert fates(" - 하수관로 정비공사 : 9월", new) == {"하수관로 정비공사": "slipped"}


def test_what_is_told_as_one_is_joined_and_each_of_it_goes_on() -> None:
    old = " - 실내 공기질 측정 : 8월\n - 실내 소음 측정 : 9월"
    entries = told(
        ("2022. 2. 7.", f"□ 추진계획\n{old}\n"),
        ("2022. 7. 20.", PLAN + "실내 공기질·소음 측정 : 10월"),
        ("2023. 1. 16.", DONE + "실내 공기질·소음 측정('22. 10. 21.)"),
    )
    assert {entry.title: entry.steps for entry in entries} == {
        "실내 공기질 측정": ["slipped", "done"],
        "실내 소음 측정": ["slipped", "done"],
    }
    assert all(entry.parted == {1: "joined"} for entry in entries)


def test_a_neighbour_is_no_part() -> None:
    old = " - 중앙동 작은도서관 리모델링 : 6월\n - 남부동 작은도서관 리모델링 : 7월"
    new = PLAN + "중앙동 작은도서관 리모델링 준공 : 9월\n - 북부동 작은도서관 신축 : 10월"
    assert fates(old, new) == {
        "중앙동 작은도서관 리모델링 준공": "slipped",
        "남부동 작은도서관 리모델링": "dropped",
        "북부동 작은도서관 신축": "new",
    }


def test_words_behind_a_time_are_not_those_of_the_next_one() -> None:
    old = " - 보건지소 증축 착공 : 3월\n - 보건지소 증축 준공 : 12월"
    new = "□ 시설 현황\n - 보건지소 증축공사 : 5. 9. 착공, '23. 2월 준공 예정"
    assert sorted(filter(None, fates(old, new).values())) == ["done", "slipped"]


def test_what_comes_round_each_year_is_the_next_one() -> None:
    assert fate("제1차 이사회 : 3월", PLAN + "제1차 이사회 : '23. 3월", "2023. 1. 16.") == "dropped"
    assert (
        fate("도로 확장공사 : 11월", PLAN + "도로 확장공사 : '23. 10월", "2023. 1. 16.")
        == "slipped"
    )


def test_reworded_entries_are_found_among_near_neighbours() -> None:
    old = " - 중앙동 작은도서관 리모델링 : 6월\n - 남부동 작은도서관 리모델링 : 7월"
    new = PLAN + "남부동 작은도서관 새단장 공사 : 9월\n - 작은도서관(중앙동) 리모델링 공사 : 10월"
    entries = told(("2022. 2. 7.", f"□ 추진계획\n{old}\n"), ("2022. 7. 20.", new))
    ends = {e.first.event.title.split()[0]: e.last.end for e in entries}
    assert ends == {"중앙동": date(2022, 10, 31), "남부동": date(2022, 9, 30)}


def test_neighbours_of_one_time_stay_apart_in_an_edition() -> None:
    old = " - 한마루종합복지관 옥상 방수 : 6월\n - 두레종합복지관 옥상 방수 : 6월"
    new = "□ 추진실적\n - 한마루종합복지관 방수공사 완료(6. 14.)\n"
    new += PLAN + "두레종합복지관 방수공사 : 9월"
    assert fates(old, new) == {
        "한마루종합복지관 옥상 방수": "done",
        "두레종합복지관 방수공사": "slipped",
    }


def test_a_report_told_again_word_by_word_has_changed_nothing() -> None:
    days = ", ".join(f"{month}. {day}." for month in (8, 9, 10) for day in range(1, 28))
    body = f"□ 추진계획\n - 순찰 : {days}\n - 순찰 : 11. 1.\n - 순찰 : 11. 1.\n"
    entries = told(("2022. 2. 7.", body), ("2022. 7. 20.", body))
    assert {entry.steps[0] for entry in entries} == {"same"}


def test_the_old_time_in_a_line_that_tells_old_and_new_is_no_entry() -> None:
    assert fates(" - 청사 방수공사 : 6월", PLAN + "청사 방수공사 : 당초 6월 → 10월") == {
        "청사 방수공사": "slipped"
    }


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        ("예산학교 개최(5. 19.)", ("in time", "in time")),
        ("예산학교 개최(6. 3.)", ("late", "late")),
        ("예산학교 개최 : '22. 상반기", ("in time", "in time")),
        ("예산학교 1회 개최 완료", ("unknown", "unknown")),
    ],
)
def test_a_result_is_held_against_the_promise(new: str, expected: tuple[str, str]) -> None:
    (entry,) = told(
        ("2022. 2. 7.", "□ 추진계획\n - 예산학교 개최 : 5월\n"), ("2022. 7. 20.", DONE + new)
    )
    assert kept(entry) == expected


# ---------------------------------------------------------------- editions


@pytest.mark.parametrize(
    "names",
    [
        ("가람시 도시건설국", "도시건설국"),
        ("(재)다솔문화재단", "재단법인 다솔문화재단", "다솔문화재단"),
        ("의회사무국", "의회 사무국"),
    ],
)
def test_one_office_under_several_names(names: tuple[str, ...]) -> None:
    parts = [
        Part(f"{at}.txt", date(2022, 1 + at, 3), name, (), (), frozenset())
        for at, name in enumerate(names)
    ]
    assert len(editions(parts).offices) == 1


def test_the_day_as_of_which_a_report_begins_is_its_own() -> None:
    text = "주요현안 보고\n한빛구 기획예산과\n\n(기준일 : 2022. 7. 20.)\n\n□ 향후계획\n - 예산학교 : 9월\n"
    assert part(read(read_text(text, "보고.txt"))).day == date(2022, 7, 20)


def test_offices_of_two_cities_stay_apart() -> None:
    names = ("가람시 도시건설국", "나래시 도시건설국")
    parts = [Part("a.txt", date(2022, 1, 3), name, (), (), frozenset()) for name in names]
    assert set(editions(parts).offices) == set(names)
    assert office_key("(재)다솔문화재단") == "다솔문화재단"


def _parts(chain: Chain) -> list[Part]:
    return [part(read(read_text(text, name))) for name, text in chain.editions]


def test_the_order_of_reports_does_not_matter_and_one_given_twice_counts_once() -> None:
    parts = _parts(next(chain for chain in chains() if chain.name == "borough-council"))
    plain = [(e.title, e.steps) for c in compare(parts).changes for e in c.entries]
    mixed = [*parts, parts[1]]
    random.Random(7).shuffle(mixed)
    assert [(e.title, e.steps) for c in compare(mixed).changes for e in c.entries] == plain


# ---------------------------------------------------------------- its parts


def test_the_best_whole_beats_the_best_pair() -> None:
    assert assigned({(0, 0): 5.0, (0, 1): 4.0, (1, 0): 4.0}) == {0: 1, 1: 0}
    assert assigned({(0, 0): -1.0}) == {}


def test_assignment_is_the_greatest_sum() -> None:
    from itertools import permutations

    pick = random.Random(3)
    for _ in range(30):
        size = pick.randint(1, 5)
        scores = {
            (row, column): pick.uniform(0.1, 5)
            for row in range(size)
            for column in range(size)
            if pick.random() < 0.7
        }
        best = max(
            sum(scores.get(pair, 0.0) for pair in enumerate(order))
            for order in permutations(range(size))
        )
        assert sum(scores[pair] for pair in assigned(scores).items()) == pytest.approx(best)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("제4차 회의", "제5차 회의", True),
        ("제4차 회의", "회의(제4차)", False),
        ("제283회 제1차 정례회", "제283회 정례회", False),
        ("2024년도 예산안", "2025년도 예산안", True),
        ("제65~68호 발간", "제66호 발간", False),
        ("정비 1단계", "정비(1·2단계)", False),
        ("위원 3명 선임", "위원 5명 선임", False),
    ],
)
def test_numbers_that_contradict(one: str, other: str, expected: bool) -> None:
    assert conflict(marks_in(one), marks_in(other)) is expected


def test_nothing_is_found_where_there_is_nothing() -> None:
    assert matched([], []) == []


# ---------------------------------------------------------------- the command


@pytest.fixture
def reports(tmp_path: Path) -> list[Path]:
    chain = next(chain for chain in chains() if chain.name == "construction-bureau")
    return chain.write(tmp_path)


def test_the_command_tells_entry_by_entry(reports: list[Path]) -> None:
    result = run("changes", *reports[:2])
    text = result.stdout.decode()
    assert result.returncode == 0, lines(result)
    assert text.startswith(
        "미르시 도시건설국: 2022. 2. 10. → 2022. 7. 18.\n두 보고 사이에 기한이 온"
    )
    assert "보행환경 개선" in text
    assert "“노후 가로등 교체(LED 350등) : 상반기” (construction-bureau-2022-02-10.txt:15)" in text


def test_json_has_every_entry_with_its_steps(reports: list[Path]) -> None:
    found = json.loads(run("changes", *reports, "--format", "json").stdout)
    assert set(found) == {"changes", "totals"}
    entry = next(c for c in found["changes"] if c["slips"] == 2 and c["fate"] == "done")
    assert entry["steps"] == ["slipped", "slipped", "done"]
    assert {"report", "date", "line", "text", "start", "end", "told_as"} <= set(
        entry["tellings"][0]
    )
    assert [t["told_as"] for t in entry["tellings"]] == ["plan", "plan", "plan", "result"]
    assert any(c["steps"] == ["same", "dropped", None] for c in found["changes"])


def test_a_section_that_is_gone_is_one_line_and_counted_apart(tmp_path: Path) -> None:
    gone = "□ 청년 지원\n - 청년센터 개소 : 9월\n - 청년 창업캠프 : 10월\n - 청년의 날 행사 : 9월\n"
    bodies = {"2022. 2. 7.": f"□ 청사\n - 청사 방수공사 : 8월\n{gone}"}
    bodies["2022. 7. 20."] = "□ 청사\n - 청사 방수공사 : 10월\n"
    for day, body in bodies.items():
        path = tmp_path / f"{day[:7]}.txt"
        path.write_text(COVER.format(year=2022, day=day) + body, encoding="utf-8")
    text = run("changes", tmp_path).stdout.decode()
    assert "이번 보고에서 밀림 1\n" in text
    assert "단락 전체가 빠짐: 청년 지원 (3건: 청년센터 개소" in text
    assert "■ 언급 없음" not in text
    found = json.loads(run("changes", tmp_path, "--format", "json").stdout)
    assert [c["fate"] for c in found["changes"]].count("dropped") == 3


def test_json_says_what_was_parted_and_how_exactly_it_is_told(tmp_path: Path) -> None:
    chain = next(chain for chain in chains() if chain.name == "transit-corporation")
    found = json.loads(run("changes", *chain.write(tmp_path), "--format", "json").stdout)
    cars = next(c for c in found["changes"] if c["title"] == "역사 음악회 및 사진전")
    assert (cars["steps"], cars["parted"]) == (["slipped", "done"], ["split", None])
    assert cars["exactness"] == ["more exact", None]
    assert "합침" in run("changes", tmp_path).stdout.decode()


def test_only_some_fates_and_other_formats(reports: list[Path], tmp_path: Path) -> None:
    page = tmp_path / "changes.html"
    assert run("changes", *reports[:2], "-o", page).returncode == 0
    assert "밀림" in page.read_text(encoding="utf-8")
    rows = list(
        csv.reader(
            io.StringIO(
                run("changes", *reports[:2], "--only", "밀림", "--format", "csv").stdout.decode(
                    "utf-8-sig"
                )
            )
        )
    )
    assert {row[1] for row in rows[1:]} == {"밀림"}
    wrong = run("changes", *reports[:2], "--only", "slippedd")
    assert wrong.returncode == 2
    assert "slipped(밀림)" in lines(wrong)[-1]


def test_other_outputs_say_from_where_an_entry_moved(reports: list[Path]) -> None:
    timeline = run(*reports[:2]).stdout.decode()
    assert "← 6.16(목) (2022. 2. 보고)" in timeline
    found = json.loads(run(*reports[:2], "--format", "json").stdout)["events"]
    walk = next(e for e in found if "보행환경" in e["title"])
    assert [(h["start"], h["day"]) for h in walk["history"]] == [("2022-03-01", "2022-02-10")]
    assert {e["department"] for e in found} == {"미르시 도시건설국"}


def test_every_output_says_from_where_an_entry_moved(reports: list[Path], tmp_path: Path) -> None:
    moved = "6.16(목) (2022. 2. 보고)"
    wanted = ("--today", "2022-07-18", "--preset", "all")
    for name in ("table", "timeline"):
        assert moved in " ".join(
            run(*reports[:2], *wanted, "--format", name).stdout.decode().split()
        )
    ahead = run("next", *reports[:2], "--today", "2022-07-18", "--days", "200").stdout.decode()
    assert "(2022. 2. 보고)" in " ".join(ahead.split())
    for name in ("일정.html", "일정.ics", "일정.csv"):
        assert run(*reports[:2], *wanted, "-o", tmp_path / name).returncode == 0
    assert moved in (tmp_path / "일정.html").read_text(encoding="utf-8")
    calendar = (tmp_path / "일정.ics").read_bytes().decode().replace("\r\n ", "")
    assert "바뀐 것: ← '22. 6.16(목) (2022. 2. 보고)" in calendar
    assert "바뀐 것: ← '22. 6.16(목)" in (tmp_path / "일정.csv").read_text(encoding="utf-8")


def test_charts_draw_the_old_place_as_an_outline(reports: list[Path], tmp_path: Path) -> None:
    chart = run(*reports[:2], "--format", "gantt", "--today", "2022-07-18").stdout.decode()
    assert "□ ◇ 지난 보고의 때" in chart
    assert "□□" in chart.split("\n\n", 1)[1]
    alone = run(reports[0], "--format", "gantt", "--today", "2022-07-18").stdout.decode()
    assert "□" not in alone
    page = tmp_path / "일정.html"
    run(*reports[:2], "-o", page)
    found = page.read_text(encoding="utf-8")
    assert '"older":[{"first":' in found
    assert "지난 보고의 때" in found
    run(reports[0], "-o", page)
    assert "지난 보고의 때" not in page.read_text(encoding="utf-8")


def history(*values: Value) -> Event:
    """Return an event at the last of some times, the others told by older reports."""
    source = Source("보고.txt", 1, "", "")
    *older, newest = values
    told = [model.Telling(source, v, date(2022, 1 + 2 * at, 3)) for at, v in enumerate(older)]
    return Event("", "청사 이전", newest, "milestone", None, source, history=tuple(told[::-1]))


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (history(Month(2022, 3), Month(2022, 5)), "← '22. 3월 중 (2022. 1. 보고)"),
        (history(Half(2022, 1), Day(date(2022, 5, 9))), ""),
        (
            history(Month(2022, 3), Half(2022, 1), Month(2022, 5)),
            "← '22. 3월 중 (2022. 1. 보고)",
        ),
        (
            history(*(Month(2022, month) for month in (3, 5, 8, 10, 12))),
            (
                "← '22. 10월 중 (2022. 7. 보고) ← '22. 8월 중 (2022. 5. 보고)"
                " … ← '22. 3월 중 (2022. 1. 보고), 4번 밀림"
            ),
        ),
        (
            history(Interval(Day(date(2022, 9, 5)), Day(date(2022, 9, 30))),
                    Interval(Day(date(2022, 9, 12)), Day(date(2022, 9, 30)))),
            "← '22. 9. 5(월)–30(금) (2022. 1. 보고)",
        ),
    ],
)  # fmt: skip
def test_one_history_with_the_first_promise_and_the_number_of_slips(
    event: Event, expected: str
) -> None:
    assert moved_from(event) == expected


def test_a_report_without_a_day_is_named_and_may_be_given_one(tmp_path: Path) -> None:
    first = tmp_path / "첫째.txt"
    second = tmp_path / "둘째.txt"
    first.write_text(
        "주요업무\n2022. 2. 7.\n한빛구 기획예산과\n\n□ 추진계획\n - 청사 방수공사 : 8월\n",
        encoding="utf-8",
    )
    second.write_text(
        "주요업무\n한빛구 기획예산과\n\n□ 향후계획\n - 청사 방수공사 : 10월\n", encoding="utf-8"
    )
    silent = run("changes", first, second)
    assert silent.returncode == 1
    assert any("둘째.txt: 작성일을 몰라" in line for line in lines(silent))
    dated = run("changes", first, f"{second}@2022-07-20")
    assert dated.returncode == 0
    assert "밀림 1건" in dated.stdout.decode()


@pytest.mark.parametrize("form", ["timeline", "table"])
def test_what_changed_fits_the_terminal(form: str, reports: list[Path]) -> None:
    result = run("changes", *reports, "--format", form, COLUMNS="80")
    shown = result.stdout.decode().splitlines()
    assert len(shown) > 10
    assert max(map(wcswidth, shown)) <= 80
