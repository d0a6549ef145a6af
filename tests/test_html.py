"""The HTML page as its reader meets it: in a browser, on paper, with the keyboard.

What needs a browser is `heavy`.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from html.parser import HTMLParser
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from calendarize.events.model import Event, Source
from calendarize.export import Options, render
from calendarize.export.entries import entries
from calendarize.export.html import marked
from calendarize.export.html.pieces import pieces_of
from calendarize.timex.resolve import Witness
from calendarize.timex.values import Day, Interval, Several, Undated, Value, Year
from tests.browser import CHROMIUM, running
from tests.command import run
from tests.examples import EXAMPLES
from tests.test_export import (
    CALENDAR,
    CEREMONY,
    OPTIONS,
    QUESTION,
    SESSION,
    TODAY,
    all_months,
    at,
    day,
    event,
    month,
)

HORIZON = (date(2021, 1, 1), date(2021, 12, 31))
REPORTS = sorted(EXAMPLES.glob("*.txt"))
HOSTILE = (
    "<script>alert(1)</script>",
    "</script><script>alert(2)</script>",
    "<img src=x onerror=alert(3)>",
    "<!--",
    "\" onclick='alert(4)' {{ 7 * 7 }} &lt;b&gt; \\u003c",
    "]]></style><svg onload=alert(5)>",
)


def page_of(events: list[Event], options: Options = OPTIONS) -> str:
    data = render("html", events, options)
    assert isinstance(data, bytes)
    return data.decode()


def command(*arguments: str | Path, **environ: str) -> bytes:
    """Run the command line on the sample reports."""
    done = run(*REPORTS, *arguments, "--today", str(TODAY), **environ)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


# Without a browser -------------------------------------------------------------------------------


class Reader(HTMLParser):
    """Collects elements with their attributes, and the text by the element that holds it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append((self.elements[-1][0] if self.elements else "", data))

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.mark.heavy
def test_the_same_events_give_the_same_bytes_in_any_process() -> None:
    first, second = command("--format", "html"), command("--format", "html", PYTHONHASHSEED="1")
    assert first == second
    assert first.startswith(b"<!doctype html>")


def everywhere(text: str, number: int) -> Event:
    """Return an event that has a text wherever a report's words can stand."""
    return event(
        text,
        day(5, 4),
        uid=f"{number}",
        department=text,
        unit=text,
        location=text,
        description=text,
        section=(text,),
        witnesses=(Witness("count", "contradicts", text), Witness("context", "decides", text)),
        source=Source(text, 1, text, f"앞 {text} 뒤"),
    )


def test_hostile_text_stays_text() -> None:
    def read(texts: Iterable[str]) -> Reader:
        return Reader(page_of([everywhere(text, n) for n, text in enumerate(texts)]))

    plain, page = read(f"회의 {n}" for n, _ in enumerate(HOSTILE)), read(HOSTILE)
    assert Counter(tag for tag, _ in page.elements) == Counter(tag for tag, _ in plain.elements)
    assert not any(name.startswith("on") for _, found in page.elements for name in found)
    assert [text for tag, text in page.texts if tag == "h4" and text.strip()] == [*HOSTILE]
    data = next(json.loads(text) for tag, text in page.texts if tag == "script" and text[0] == "{")
    assert [e["label"] for e in data["events"]] == [f"{text} ⚠의심" for text in HOSTILE]


def test_the_policy_allows_nothing_but_the_pages_own_style_and_scripts() -> None:
    page = page_of(CALENDAR)
    metas = Reader(page).named("meta")
    policy = next(m["content"] for m in metas if m.get("http-equiv") == "Content-Security-Policy")
    assert policy
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy
    assert "http" not in policy
    assert not re.search(r"""(?:src|href|action|srcset)=["'](?!data:|#)|@import|\sstyle=""", page)


@pytest.mark.parametrize(
    ("quote", "text", "found"),
    [
        ("개회 : '21. 5. 3.(월) 10시", "'21. 5. 3.(월)", ["'21. 5. 3.(월)"]),
        ("개회 : '21.5.3. 10시", "’21. 5. 3.", ["'21.5.3."]),
        ("15월 5월, 5월", "5월", ["5월", "5월"]),
        ("잘린 글", "6. 30.", ["6. 30."]),
        ("", "6. 30.", ["6. 30."]),
        ("글", "", []),
        ("(a+b) 매월", "(a+b)", ["(a+b)"]),
    ],
)
def test_the_expression_is_marked_in_its_quote(quote: str, text: str, found: list[str]) -> None:
    stretches = [*marked(Source("의회.txt", 1, text, quote))]
    assert [stretch for stretch, hit in stretches if hit] == found
    assert quote in "".join(stretch for stretch, _ in stretches)


@pytest.mark.parametrize(
    ("value", "pieces"),
    [
        (day(5, 4), [("05-04", "05-04", False, None)]),
        (Interval(day(5, 4), day(5, 7)), [("05-04", "05-07", False, None)]),
        (Interval(at(7, 8, 22), at(7, 9, 0)), [("07-08", "07-08", False, None)]),
        (month(5), [("05-01", "05-31", True, None)]),
        (Interval(day(5, 4), None), [("05-04", "05-04", False, "end")]),
        (Interval(None, month(12)), [("12-01", "12-31", True, "start")]),
        (
            Several((day(5, 4), month(6))),
            [("05-04", "05-04", False, None), ("06-01", "06-30", True, None)],
        ),
        (Year(2021), [("01-01", "12-31", True, None)]),
        (Undated(), []),
    ],
)
def test_nothing_is_drawn_more_exact_than_it_is(
    value: Value, pieces: list[tuple[Any, ...]]
) -> None:
    found = pieces_of(event("일", value), (), HORIZON)
    assert [(f"{p.first:%m-%d}", f"{p.last:%m-%d}", p.rough, p.open) for p in found] == pieces


@pytest.mark.parametrize(
    ("rule", "pieces"),
    [
        ("FREQ=MONTHLY;BYDAY=2WE", ["04-14", "05-12", "06-09"]),
        ("FREQ=DAILY", ["04-01–06-30"]),
        ("FREQ=MONTHLY", ["04-01–06-30?"]),
    ],
)
@pytest.mark.parametrize("approximate", ["span", "skip"])
def test_a_rule_stands_on_its_days_if_it_names_them(
    rule: str, pieces: list[str], approximate: Any
) -> None:
    repeated = all_months("일", rule, Interval(month(4), month(6)))
    placed = entries([repeated], replace(OPTIONS, approximate=approximate))
    found = [
        f"{p.first:%m-%d}"
        + (f"–{p.last:%m-%d}" if p.last > p.first else "")
        + ("?" if p.rough else "")
        for p in pieces_of(repeated, placed, HORIZON)
    ]
    assert found == pieces


def test_the_command_line_takes_the_format_from_the_ending(tmp_path: Path) -> None:
    command("-o", tmp_path / "일정.html")
    assert "<h1>" in (tmp_path / "일정.html").read_text(encoding="utf-8")


# In a browser ------------------------------------------------------------------------------------

AXE = Path(__file__).parent / "engines" / "node_modules" / "axe-core" / "axe.min.js"
"""The rules of axe-core, as `npm install` in `tests/engines` brings them."""
PAPER = (1032, 703)
"""A4 landscape within margins of 12 mm, in CSS pixels (96 an inch)."""

Opener = Callable[..., Any]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    pytest.importorskip("playwright", reason="playwright is not installed")
    if CHROMIUM is None:
        pytest.fail("Chromium is not installed (Debian: apt-get install chromium)")
    with running() as found:
        yield found


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Iterator[Opener]:
    """Open a page as a file; whatever a test does, nothing may complain or leave the page."""
    complaints: list[str] = []
    contexts = []

    def open_page(content: str | bytes, **settings: Any) -> Any:
        path = tmp_path / f"{len(contexts)}.html"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        context = browser.new_context(**({"viewport": {"width": 1400, "height": 900}} | settings))
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", lambda dialog: (complaints.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda request: own(request.url) or complaints.append(request.url))
        page.goto(path.as_uri())
        return page

    def own(url: str) -> bool:
        return url.startswith((tmp_path.as_uri(), "data:image/svg+xml,", "blob:"))

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture(scope="module")
def samples() -> bytes:
    return command("--format", "html")


def titles(page: Any) -> list[str]:
    found: list[str] = page.locator(".event:visible h4").all_inner_texts()
    return found


def choose(page: Any, *chips: str, text: str | None = None, department: str = "") -> None:
    """Fill in the form and wait for what it finds."""
    for chip in chips:
        page.locator("label.chip", has_text=re.compile(f"^\\W*{chip}$")).click()
    if department:
        page.get_by_label("부서").select_option(department)
    if text is not None:
        page.get_by_label("찾을 말").fill(text)
    page.locator("output:not([aria-busy])").wait_for()


def drawn(page: Any) -> list[str]:
    found: list[str] = page.locator("#chart .item").evaluate_all(
        "items => items.map(item => item.getAttribute('aria-label'))"
    )
    return found


def saved(page: Any) -> bytes:
    with page.expect_download() as download:
        page.get_by_role("button", name="달력 파일").click()
    assert download.value.suggested_filename.endswith(".ics")
    return Path(download.value.path()).read_bytes()


def test_the_list_stands_in_the_order_of_the_timeline(opened: Opener) -> None:
    page = opened(page_of(CALENDAR))
    text = render("timeline", CALENDAR, replace(OPTIONS, folded=False))
    assert isinstance(text, str)
    headings = [line.removeprefix("■ ") for line in text.splitlines() if line.startswith("■")]
    assert page.locator("#list h3").all_inner_texts() == headings
    whens = page.locator(".event .when").all_inner_texts()
    assert len(whens) == len(CALENDAR)
    at_once = re.sub(r"\s+", " ", text)
    assert all(re.sub(r"\s+", " ", when) in at_once for when in whens)


def test_filters_combine_and_are_counted(opened: Opener) -> None:
    others = [
        event("예산 회의", day(5, 10), "meeting", department="재무국", unit="예산과"),
        event("결산 회의", day(4, 10), "meeting", department="재무국"),
    ]
    page = opened(page_of([*CALENDAR, *others]))
    assert page.locator("output").inner_text() == f"전체 {len(CALENDAR) + 2}건"
    choose(page, "회의")
    assert sorted(titles(page)) == ["결산 회의", "심야 회의", "예산 회의", "자정까지 회의"]
    choose(page, department="재무국")
    assert sorted(titles(page)) == ["결산 회의", "예산 회의"]
    choose(page, "예정")
    assert titles(page) == ["예산 회의"]
    assert page.locator("output").inner_text() == f"{len(CALENDAR) + 2}건 중 1건"
    choose(page, text="없는 말")
    assert page.get_by_text("어느 일정에도 없는 말입니다: ‘없는’").is_visible()
    assert page.get_by_role("button", name="달력 파일").is_disabled()
    page.get_by_role("button", name="모두 보기").click()
    choose(page)
    assert len(titles(page)) == len(CALENDAR) + 2
    choose(page, department="재무국 예산과")
    assert titles(page) == ["예산 회의"]


def test_the_list_shows_what_the_window_shows(opened: Opener) -> None:
    page = opened(page_of(CALENDAR))
    assert len(titles(page)) > 10
    page.get_by_role("button", name="월", exact=True).click()
    page.get_by_role("button", name="이전 기간").click()
    while not page.locator("#timeline h2").inner_text().startswith("2021년 2월"):
        page.get_by_role("button", name="이전 기간").click()
    assert {SESSION.title, QUESTION.title} <= set(titles(page))
    assert CEREMONY.title not in titles(page)
    assert page.locator("#list-name").inner_text() == f"목록 · 2021년 2월 {len(titles(page))}건"
    page.get_by_label("모든 기간").check()
    page.locator("output:not([aria-busy])").wait_for()
    assert len(titles(page)) == len(CALENDAR)
    page.reload()
    assert len(titles(page)) == len(CALENDAR)


def test_titles_are_looked_at_first_and_what_else_matches_says_where(opened: Opener) -> None:
    quoting = event("예산 설명회", day(5, 10), source=Source("의회.txt", 7, "5. 10.", "간담회 뒤"))
    page = opened(
        page_of([event("주민 간담회", day(11, 3)), quoting, event("체육대회", day(6, 1))])
    )
    choose(page, text="간담회")
    assert titles(page) == ["주민 간담회"]
    assert page.get_by_text("제목에 든 일정 1건, 다른 곳에 든 일정 1건.").is_visible()
    page.get_by_label("함께 보기").check()
    page.locator("output:not([aria-busy])").wait_for()
    assert titles(page) == ["예산 설명회", "주민 간담회"]
    assert page.locator(".where:visible").all_inner_texts() == ["찾은 곳: 원문"]
    page.get_by_role("button", name="분기", exact=True).click()
    choose(page, text="주민")
    assert page.locator("#timeline h2").inner_text().startswith("2021년 4분기")


def test_a_search_that_finds_nothing_says_why(opened: Opener) -> None:
    meeting = event("예산 회의", day(5, 10), "meeting", department="재무국")
    page = opened(page_of([meeting, event("준공식", day(7, 1), "ceremony", department="시설국")]))
    for text, why in {
        "체육": "어느 일정에도 없는 말입니다: ‘체육’",
        "예산 준공식": "한 일정에 함께 들어 있지 않은 말입니다: ‘예산’, ‘준공식’",
    }.items():
        choose(page, text=text)
        assert page.locator(".none").inner_text() == why
    choose(page, text="준공식", department="재무국")
    assert page.locator(".none").inner_text() == (
        "고른 조건(부서)에 맞는 일정이 없습니다. ‘준공식’ 일정 1건은 다른 조건에 있습니다."
    )
    page.goto(page.url.split("#")[0] + "#zoom=month&from=2021-06-01")
    assert page.locator(".none").inner_text() == "2021년 6월에는 없고, 다른 때에 2건 있습니다."


def test_the_text_is_looked_for_in_title_quote_unit_and_warning(opened: Opener) -> None:
    page = opened(page_of(CALENDAR))
    for text, title in {
        "부활 기념식": CEREMONY.title,
        "의정담당관": CEREMONY.title,
        "8일이지만": "행정사무감사",
        "=sum(": "=SUM(A1)",
    }.items():
        choose(page, text=text)
        assert titles(page) == [title]
        assert page.evaluate("CSS.highlights.get('found').size") >= 1


def test_what_is_chosen_survives_a_reload(opened: Opener) -> None:
    page = opened(page_of(CALENDAR))
    choose(page, "회기", "시정질문", text="299")
    page.get_by_role("button", name="월", exact=True).click()
    page.get_by_role("button", name="이전 기간").click()
    before = titles(page), drawn(page), page.locator("#timeline h2").inner_text()
    assert before[0] == [SESSION.title, QUESTION.title]
    page.reload()
    assert (titles(page), drawn(page), page.locator("#timeline h2").inner_text()) == before


def test_zoom_shows_years_quarters_and_months(opened: Opener) -> None:
    page = opened(page_of(CALENDAR))
    heading = page.locator("#timeline h2")
    assert heading.inner_text().startswith("2021년 · ")
    assert page.locator(".axis").first.inner_html().count("분기") == 4
    page.get_by_role("button", name="분기", exact=True).click()
    assert heading.inner_text().startswith("2021년 2분기 · ")
    page.get_by_role("button", name="다음 기간").click()
    assert heading.inner_text().startswith("2021년 3분기 · ")
    assert any(CEREMONY.title in words for words in drawn(page))
    page.get_by_role("button", name="월", exact=True).click()
    assert heading.inner_text().startswith("2021년 7월 · ")
    assert not any(SESSION.title in words for words in drawn(page))
    page.get_by_role("button", name="기준일").click()
    assert heading.inner_text().startswith("2021년 5월 · ")
    assert page.get_by_role("button", name="월", exact=True).get_attribute("aria-pressed") == "true"


def test_what_is_exact_looks_other_than_what_is_not(opened: Opener) -> None:
    page = opened(page_of(CALENDAR))
    for name in ("날짜가 정해지지 않은 일정", "연중 · 매월 일정"):
        page.get_by_role("button", name=name).click()

    def shapes(title: str) -> list[str]:
        item = page.locator(f'#chart .item[aria-label*="{title}"]')
        found: list[str] = item.locator("rect, path").evaluate_all(
            "all => all.map(each => each.tagName + '.' + each.getAttribute('class'))"
        )
        return found[1:]

    assert shapes("간담회") == ["path.shape"]
    assert shapes("행정사무감사") == ["rect.shape", "path.shape", "rect.shape"]
    assert shapes("계약 체결") == ["rect.rough", "rect.hatched"]
    assert shapes("정식 운영") == ["path.arrow", "rect.rough", "rect.hatched"]
    assert shapes("신청서 제출") == ["path.arrow", "path.shape"]
    bands = page.locator("#chart .band")
    assert bands.count() == 1
    band, session = bands.bounding_box(), page.locator("#chart .item.session .shape").bounding_box()
    assert band["width"] == pytest.approx(session["width"], abs=2)
    assert page.locator("#chart .lanes path.today").count() == 1


@pytest.mark.parametrize("zoom", ["연", "분기", "월"])
@pytest.mark.parametrize("width", [390, 1400])
def test_nothing_in_the_timeline_overlaps_or_leaves_it(
    opened: Opener, samples: bytes, zoom: str, width: int
) -> None:
    page = opened(samples, viewport={"width": width, "height": 800})
    page.get_by_role("button", name=zoom, exact=True).click()
    boxes, room = page.evaluate(
        """() => {
          const svg = document.querySelector("#chart .lanes").getBoundingClientRect();
          const items = [...document.querySelectorAll("#chart .item")];
          const boxes = items.map((item) => {
            const all = [...item.querySelectorAll(":scope > :not(title, .hit)")].map((each) => each.getBoundingClientRect());
            return [
              Math.min(...all.map((box) => box.left)) - svg.left,
              Math.min(...all.map((box) => box.top)) - svg.top,
              Math.max(...all.map((box) => box.right)) - svg.left,
              Math.max(...all.map((box) => box.bottom)) - svg.top,
            ];
          });
          return [boxes, [svg.width, svg.height]];
        }"""
    )
    assert len(boxes) > 5
    for left, top, right, bottom in boxes:
        assert -1 <= left < right <= room[0] + 1
        assert -1 <= top < bottom <= room[1] + 1
    for one, other in combinations(boxes, 2):
        apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
        assert apart, (one, other)


def test_the_expression_is_seen_marked(opened: Opener, samples: bytes) -> None:
    page = opened(samples)
    card = page.locator(
        ".event", has=page.get_by_role("heading", name="제299회 임시회", exact=True)
    )
    assert card.locator("mark").inner_text() == "2.22(월) ~ 3. 5(금)"
    assert card.locator("mark").evaluate("mark => getComputedStyle(mark).backgroundColor") != (
        card.evaluate("card => getComputedStyle(card).backgroundColor")
    )


def test_warnings_are_seen_and_the_way_of_reading_can_be_opened(opened: Opener) -> None:
    page = opened(page_of(CALENDAR))
    card = page.locator(".event", has_text="행정사무감사").first
    assert card.get_by_text("기간은 8일이지만 5일이라고 적혀 있습니다").is_visible()
    reason = card.get_by_text("표의 제목에 있는 해를 따랐습니다")
    assert not reason.is_visible()
    card.locator("summary").click()
    assert reason.is_visible()


@pytest.mark.parametrize(
    ("options", "chips", "department"),
    [
        ((), (), ""),
        (("--kind", "session", "--kind", "question"), ("회기", "시정질문"), ""),
        (("--kind", "question"), ("시정질문",), ""),
        (("--status", "planned"), ("예정",), ""),
        (("--dept", "의회사무처"), (), "서울특별시의회사무처"),
        (("--dept", "의회사무처", "--kind", "session"), ("회기",), "서울특별시의회사무처"),
    ],
)
def test_the_calendar_file_is_the_one_of_the_command_line(
    opened: Opener,
    samples: bytes,
    options: tuple[str, ...],
    chips: tuple[str, ...],
    department: str,
) -> None:
    page = opened(samples)
    if chips or department:
        choose(page, *chips, department=department)
    found, wanted = saved(page), command("--format", "ics", *options)
    name = rb"(?m)^(NAME|X-WR-CALNAME|X-WR-RELCALID)[:;].*\r\n(?: .*\r\n)*"
    if department:
        assert re.findall(name, found) == re.findall(name, wanted)
    assert re.sub(name, b"", found) == re.sub(name, b"", wanted)
    calendar = Calendar.from_ical(found)
    assert len(calendar.walk("VEVENT")) > 0
    assert calendar.to_ical()


@pytest.mark.parametrize("approximate", ["span", "start", "end", "skip"])
def test_the_calendar_file_puts_what_is_not_exact_as_it_was_asked(
    opened: Opener, approximate: Any
) -> None:
    options = replace(OPTIONS, approximate=approximate)
    page = opened(page_of(CALENDAR, options))
    exact = saved(page)
    assert exact == render("ics", CALENDAR, replace(OPTIONS, approximate="skip"))
    page.get_by_label("날짜 미정 일정도 담기").check()
    page.locator("output:not([aria-busy])").wait_for()
    assert saved(page) == render("ics", CALENDAR, options)


def test_what_is_not_exact_is_one_row_until_it_is_opened(opened: Opener) -> None:
    page = opened(page_of(CALENDAR))
    row = page.get_by_role("button", name="날짜가 정해지지 않은 일정")
    assert (row.get_attribute("aria-expanded"), page.locator("#chart .rough").count()) == (
        "false",
        0,
    )
    row.focus()
    page.keyboard.press("Enter")
    row = page.get_by_role("button", name="날짜가 정해지지 않은 일정")
    assert row.get_attribute("aria-expanded") == "true"
    assert page.locator("#chart .rough").count() > 0


def test_public_holidays_are_red_in_a_month(opened: Opener) -> None:
    page = opened(page_of(CALENDAR))
    page.get_by_role("button", name="월", exact=True).click()
    red = page.locator("#chart .tick.sunday").all_text_contents()
    assert {"5", "19"} <= {text for text in red if text.isdigit()}  # 어린이날, 부처님오신날


def test_hostile_text_does_nothing_in_a_browser(opened: Opener) -> None:
    page = opened(page_of([event(text, day(5, n + 4)) for n, text in enumerate(HOSTILE)]))
    assert titles(page) == [*HOSTILE]
    assert [re.search(r"\) (.*) \(추진", words)[1] for words in drawn(page)] == [*HOSTILE]  # type: ignore[index]


def test_the_policy_holds_even_where_text_would_not_be_escaped(
    browser: Any, tmp_path: Path
) -> None:
    content = page_of([event("여기", day(5, 4))])
    hole = (
        "<script>document.title = 'broken'</script><style>h1 { color: rgb(1, 2, 3) }</style>"
        "<img src='http://127.0.0.1:9/x.png' onerror=\"document.title = 'broken'\">"
        "<a href=\"javascript:document.title='broken'\" id=trap>x</a>"
    )
    (tmp_path / "x.html").write_text(content.replace("<h4>여기</h4>", f"<h4>{hole}</h4>"), "utf-8")
    page = browser.new_page()
    refused: list[str] = []
    failed: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    page.on("requestfailed", lambda request: failed.append(request.failure))
    page.goto((tmp_path / "x.html").as_uri())
    page.click("#trap")
    assert page.title() == f"{OPTIONS.calendar_name} 일정"
    assert page.locator("h1").evaluate("h => getComputedStyle(h).color") != "rgb(1, 2, 3)"
    assert len(refused) >= 4
    assert set(failed) <= {"csp"}
    page.close()


def test_paper_is_a4_landscape_and_holds_everything(opened: Opener, tmp_path: Path) -> None:
    pypdf = pytest.importorskip("pypdf")
    events = [event(f"{n}번째 일정", day(1 + n % 12, 1 + n % 28)) for n in range(150)]
    page = opened(page_of([*CALENDAR, *events]))
    shown = page.locator("#chart .item").count()
    path = tmp_path / "paper.pdf"
    page.pdf(path=path, prefer_css_page_size=True, print_background=True)
    pages = pypdf.PdfReader(path).pages
    text = ""
    for sheet in pages:
        box = sheet.mediabox
        assert (round(box.width), round(box.height)) == (842, 595)
        places: list[tuple[float, float]] = []

        def visit(part: str, matrix: Any, place: Any, *_: Any, seen: Any = places) -> None:
            if part.strip():
                x, y = place[4], place[5]
                seen.append(
                    (
                        x * matrix[0] + y * matrix[2] + matrix[4],
                        x * matrix[1] + y * matrix[3] + matrix[5],
                    )
                )

        text += sheet.extract_text(visitor_text=visit)
        assert all(30 <= x <= 812 and 30 <= y <= 565 for x, y in places)
    bare = re.sub(r"\s", "", text)
    timeline, listed = bare.split("목록·", 1)
    assert all(f"{n}번째일정" in listed for n in range(150))
    drawn_there = sum(f"{n}번째일정" in timeline for n in range(150))
    left = re.search(r"그밖에(\d+)건은목록에있습니다", timeline)
    assert drawn_there > 30
    assert left
    assert drawn_there < shown <= drawn_there + len(CALENDAR) + int(left[1])
    assert "전체" not in timeline
    assert len(pages) <= 5
    assert page.locator("#chart .item").count() == shown


def test_the_timeline_on_paper_is_one_sheet(opened: Opener) -> None:
    events = [event(f"{n}번째 일정", day(1 + n % 12, 1 + n % 28)) for n in range(300)]
    page = opened(page_of(events), viewport={"width": PAPER[0], "height": PAPER[1]})
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".strip").count() == 1
    assert (
        page.evaluate("document.querySelector('#timeline').getBoundingClientRect().bottom")
        <= (PAPER[1])
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= PAPER[0]


def test_the_keyboard_reaches_everything(opened: Opener) -> None:
    page = opened(page_of(CALENDAR))

    def focused(script: str) -> Any:
        return page.evaluate(f"(element => {script})(document.activeElement)")

    page.keyboard.press("Tab")
    assert focused("element.textContent") == "목록으로 건너뛰기"
    path = []
    while not focused("element.closest('#chart') !== null"):
        page.keyboard.press("Tab")
        path.append(focused("element.name || element.textContent"))
        assert len(path) < 40
    order = [
        path.index(x) for x in ("text", "department", "kind", "status", "모두 보기", "연", "▶")
    ]
    assert order == sorted(order)
    words = drawn(page)
    assert focused("element.getAttribute('aria-label')") == words[0]
    for step in range(1, 4):
        page.keyboard.press("ArrowRight")
        assert focused("element.getAttribute('aria-label')") == words[step]
    page.keyboard.press("Enter")
    assert focused("element.matches('.event') && element.querySelector('details').open")
    title = focused("element.querySelector('h4').textContent")
    assert title in words[3]
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert focused("element.textContent") == "그림에서 보기"
    page.keyboard.press("Enter")
    assert focused("element.getAttribute('aria-label')") == words[3]


def test_a_screen_reader_finds_its_way(opened: Opener) -> None:
    page = opened(page_of(CALENDAR))
    for role, name in {
        "banner": None,
        "search": "일정 고르기",
        "main": None,
    }.items():
        assert page.get_by_role(role, **({"name": name} if name else {})).count() == 1
    assert page.get_by_role("region", name="목록").count() == 1
    assert page.get_by_role("region", name=re.compile("2021년 · ")).count() == 1
    assert page.get_by_role("group", name="종류").get_by_role("checkbox", name="회기").count() == 1
    assert page.get_by_role("link", name=re.compile("제299회 임시회 \\(회기, 지남\\)")).count() == 1
    assert page.locator("output").get_attribute("aria-live") == "polite"
    levels = page.locator("h1, h2, h3, h4").evaluate_all(
        "all => all.map(h => Number(h.tagName[1]))"
    )
    assert levels[0] == 1
    assert all(later - sooner <= 1 for sooner, later in pairwise(levels))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1400])
def test_axe_finds_no_violation(opened: Opener, samples: bytes, width: int, scheme: str) -> None:
    if not AXE.exists():
        pytest.fail("axe-core is not installed (npm install in tests/engines)")
    page = opened(
        samples, viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True
    )
    rules = AXE.read_text(encoding="utf-8")

    def violations() -> list[tuple[str, str, str]]:
        page.evaluate(rules)
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        return [
            (each["id"], each["help"], node["html"][:200])
            for each in found["violations"]
            for node in each["nodes"]
        ]

    assert violations() == []
    page.get_by_role("button", name="월", exact=True).click()
    page.locator("#chart .fold").first.click()
    page.locator(".event:visible summary").first.click()
    assert violations() == []
    choose(page, text="회의")
    assert violations() == []
    choose(page, text="어디에도 없는 말")
    assert violations() == []


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG 2.2 defines it."""

    def luminance(color: str) -> float:
        parts = [int(part) / 255 for part in re.findall(r"\d+", color)[:3]]
        red, green, blue = (
            p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, light = sorted(map(luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_can_be_read_by_day_and_by_night(opened: Opener, scheme: str) -> None:
    page = opened(page_of(CALENDAR), color_scheme=scheme)
    found = page.evaluate(
        """() => {
          const painted = (element) => {
            for (let at = element; at; at = at.parentElement) {
              const color = getComputedStyle(at).backgroundColor;
              if (color !== "rgba(0, 0, 0, 0)") return color;
            }
          };
          const all = "h1, h3, h4, header p, .when, .tags span, .warning, blockquote, mark, summary, legend, button:enabled, .legend li";
          return [...document.querySelectorAll(all)].map((each) => [each.outerHTML.slice(0, 60), getComputedStyle(each).color, painted(each)]);
        }"""
    )
    assert len(found) > 100
    assert not [each for each in found if contrast(each[1], each[2]) < 4.5]
    is_dark = (
        contrast(page.evaluate("getComputedStyle(document.body).backgroundColor"), "0 0 0") < 3
    )
    assert is_dark == (scheme == "dark")


def test_a_phone_shows_it_without_scrolling_sideways(opened: Opener, samples: bytes) -> None:
    page = opened(samples, viewport={"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.locator("#timeline h2").inner_text().startswith("2021년 2분기")
    chart, first = (
        page.locator("#chart").bounding_box(),
        page.locator(".event:visible").first.bounding_box(),
    )
    assert first["y"] >= chart["y"] + chart["height"]


def test_two_thousand_events_are_all_there(opened: Opener) -> None:
    start = date(2021, 1, 1)
    events = [
        event(f"일정 {n}", Day(start + timedelta(days=n % 365)), uid=str(n)) for n in range(2000)
    ]
    page = opened(page_of(events))
    assert page.locator("output").inner_text() == "전체 2000건"
    assert page.locator("#chart .item").count() == 2000
    choose(page, text="일정 1999")
    assert titles(page) == ["일정 1999"]


def test_without_scripts_the_list_can_be_read(opened: Opener) -> None:
    page = opened(page_of(CALENDAR), java_script_enabled=False)
    assert page.locator(".event").count() == len(CALENDAR)
    assert page.locator("noscript p").is_visible()
    assert not page.locator("form").is_visible()


def test_a_page_without_events_says_so(opened: Opener) -> None:
    page = opened(page_of([]))
    assert page.get_by_text("해당하는 일정이 없습니다.").is_visible()
    assert page.get_by_role("button", name="달력 파일").is_disabled()
