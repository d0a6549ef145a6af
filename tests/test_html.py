"""The HTML view as a reader uses it, in a real browser; and what can be said without one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import icalendar
import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from playwright.sync_api import Browser, Page, expect

from calendarize.events.assemble import assemble
from calendarize.events.model import Event, Source
from calendarize.events.reading import read
from calendarize.export import Options, render
from calendarize.report import read_file
from calendarize.timex.resolve import Witness
from calendarize.timex.values import Day, Interval, Month
from tests.browser import chromium  # noqa: F401
from tests.examples import EXAMPLES
from tests.test_cli import run

TODAY = date(2021, 6, 11)
OPTIONS = Options(TODAY, stamp=datetime(2021, 5, 3, tzinfo=UTC))
COUNCIL = assemble(read(read_file(EXAMPLES / "council-2021-05.txt")))
NASTY = (
    "<script>alert(1)</script>",
    "</script><img src=x onerror=alert(2)>",
    "<!-- <script>",
    "]]> &amp; \"'`",
    "{{ 7*7 }} {% raw %}",
    "\u2028\u2029\x00\x1b",
)


def page_of(events: list[Event], options: Options = OPTIONS) -> str:
    text = render("html", events, options)
    assert isinstance(text, str)
    return text


def event(number: int, title: str, value: object = None, **more: object) -> Event:
    day = Day(date(2021, 1, 1) + timedelta(days=number % 360))
    source = Source("보고.txt", number, "5. 4.", f"{title} : 5. 4. 시행")
    return Event(f"uid-{number}", title, value or day, "meeting", "총무과", source, **more)  # type: ignore[arg-type]


# Without a browser


def test_it_is_one_file_that_asks_for_nothing() -> None:
    text = page_of(COUNCIL)
    assert not re.search(r"(?:src|href)=[\"'](?!#)", text)
    assert "url(" not in text
    assert text == page_of(COUNCIL)
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text)
    assert policy is not None
    assert "default-src" in policy[1]
    assert "unsafe" not in policy[1]


@given(st.lists(st.one_of(st.text(max_size=30), st.sampled_from(NASTY)), max_size=4))
def test_any_title_stays_text(titles: list[str]) -> None:
    events = [event(n, title, unit=title, location=title) for n, title in enumerate(titles)]
    text = page_of(events, Options(TODAY, calendar_name="x".join(titles) or None))
    tree = html.document_fromstring(text)
    assert len(tree.xpath("//script")) == 2
    assert len(tree.xpath("//li")) == len(titles)
    assert not tree.xpath("//img")


def test_the_list_tells_what_the_timeline_tells() -> None:
    tree = html.document_fromstring(page_of(COUNCIL))
    assert len(tree.xpath("//li")) == len(COUNCIL)
    headings = [h.text_content() for h in tree.xpath("//main//h2")]
    assert "2021년 2분기 (4–6월)" in headings
    (session,) = [
        li for li in tree.xpath("//li")
        if li.xpath(".//*[@class='title']")[0].text_content() == "제302회 임시회"
    ]  # fmt: skip
    assert "8.27(금)–9.10(금)" in session.text_content()
    assert session.xpath(".//mark")[0].text_content() == "8.27(금) ~ 9.10(금)"


def test_the_command_writes_it(tmp_path: Path) -> None:
    target = tmp_path / "의회.html"
    assert run(EXAMPLES / "council-2021-05.txt", "-o", target).returncode == 0
    assert "제302회 임시회" in target.read_text(encoding="utf-8")


# In a browser


@dataclass
class Opened:
    page: Page
    path: Path
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


@pytest.fixture
def open_page(chromium: Browser, tmp_path: Path) -> Iterator[object]:  # noqa: F811
    """Open a page from disk; at the end it must not have complained nor asked for anything."""
    opened: list[Opened] = []

    def opener(text: str, hash_: str = "") -> Page:
        path = tmp_path / "보기.html"
        path.write_text(text, encoding="utf-8")
        context = chromium.new_context(
            viewport={"width": 1280, "height": 900}, locale="ko-KR", accept_downloads=True
        )
        found = Opened(context.new_page(), path)
        found.page.on("console", lambda message: found.said.append(message.text))
        found.page.on("pageerror", lambda error: found.said.append(str(error)))
        found.page.on("request", lambda request: found.asked.append(request.url))
        found.page.goto(path.as_uri() + hash_)
        opened.append(found)
        return found.page

    yield opener
    for each in opened:
        assert each.said == []
        assert [u for u in each.asked if not u.startswith(("blob:", each.path.as_uri()))] == []
        each.page.context.close()


def counts(page: Page, text: str) -> None:
    """Wait until the page says how many events are chosen."""
    expect(page.locator("#count")).to_have_text(text)


def shown(page: Page) -> list[str]:
    return page.locator("li:visible .title").all_text_contents()


def test_filters_narrow_list_chart_and_count_together(open_page) -> None:  # type: ignore[no-untyped-def]
    page = open_page(page_of(COUNCIL))
    page.get_by_role("checkbox", name="회기").check()
    counts(page, "5건")
    assert shown(page) == [
        f"제{n}회 {k}"
        for n, k in zip(
            range(299, 304), ("임시회", "임시회", "정례회", "임시회", "정례회"), strict=True
        )
    ]
    assert page.locator("svg .event").count() >= 5
    page.get_by_role("searchbox").fill("302")
    counts(page, "1건")
    assert shown(page) == ["제302회 임시회"]
    assert "kind=session" in page.url
    again = open_page(page_of(COUNCIL), "#" + page.url.split("#")[1])
    assert shown(again) == ["제302회 임시회"]
    page.get_by_role("button", name="모두 보기").click()
    counts(page, f"{len(COUNCIL)}건")
    page.get_by_role("searchbox").fill("없는 말")
    page.get_by_text("해당하는 일정이 없습니다.").wait_for(state="visible")
    assert page.get_by_role("button", name="달력 파일로 받기").is_disabled()


def test_departments_can_be_chosen(open_page) -> None:  # type: ignore[no-untyped-def]
    events = [e for path in sorted(EXAMPLES.glob("*.txt")) for e in assemble(read(read_file(path)))]
    page = open_page(page_of(events))
    page.get_by_role("combobox").select_option("기획조정실")
    wanted = sum(e.department == "기획조정실" for e in events)
    counts(page, f"{wanted}건")


def test_the_chart_zooms_and_leads_to_the_list(open_page) -> None:  # type: ignore[no-untyped-def]
    page = open_page(page_of(COUNCIL))
    widths = []
    for level in ("연", "분기", "월"):
        page.get_by_role("radio", name=level, exact=True).check()
        widths.append(float(page.locator(".scroll svg").get_attribute("width") or 0))
    assert widths == sorted(widths)
    assert widths[0] < widths[1] < widths[2]
    figure = page.locator('.scroll .event[aria-label^="제302회 임시회,"]')
    figure.click(force=True)
    details = page.locator("details[open]")
    assert details.locator(".title").text_content() == "제302회 임시회"
    assert details.locator("mark").text_content() == "8.27(금) ~ 9.10(금)"
    assert page.locator(".scroll rect.session").count() == 5
    assert page.locator(".scroll line.today").count() == 1


def test_the_keyboard_is_enough(open_page) -> None:  # type: ignore[no-untyped-def]
    page = open_page(page_of(COUNCIL))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.locator(".scroll .event[tabindex='0']").focus()
    first = page.evaluate("document.activeElement.getAttribute('aria-label')")
    page.keyboard.press("ArrowRight")
    second = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert first != second
    page.keyboard.press("Enter")
    opened = page.locator("details[open] .title").text_content()
    assert opened
    assert second.startswith(opened)
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    page.keyboard.press("Space")
    assert page.locator("details[open]").count() == 0


def test_the_chosen_events_can_be_taken_along(open_page, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    page = open_page(page_of(COUNCIL))
    with page.expect_download() as all_of_them:
        page.get_by_role("button", name="달력 파일로 받기").click()
    whole = tmp_path / "whole.ics"
    all_of_them.value.save_as(whole)
    assert whole.read_bytes() == render("ics", COUNCIL, OPTIONS)
    page.get_by_role("checkbox", name="회기").check()
    counts(page, "5건")
    with page.expect_download() as some:
        page.get_by_role("button", name="달력 파일로 받기").click()
    some.value.save_as(whole)
    calendar = icalendar.Calendar.from_ical(whole.read_bytes())
    titles = {str(entry["SUMMARY"]) for entry in calendar.walk("VEVENT")}
    assert titles == {e.title for e in COUNCIL if e.kind == "session"}
    assert not calendar.walk("VTIMEZONE")
    assert str(some.value.suggested_filename) == "서울특별시의회사무처 2021.ics"


def test_nothing_injected_runs(open_page) -> None:  # type: ignore[no-untyped-def]
    warning = Witness("weekday", "contradicts", "<b onclick=alert(3)>요일</b>")
    events = [event(n, title, witnesses=(warning,)) for n, title in enumerate(NASTY)]
    page = open_page(page_of(events))
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    assert page.locator("li .title").first.text_content() == NASTY[0].replace("<", "＜")
    assert page.locator(".warning b").count() == 0
    assert page.locator("li:visible").count() == len(NASTY)


def test_the_policy_stops_what_would_be_injected(chromium: Browser, tmp_path: Path) -> None:  # noqa: F811
    text = page_of(COUNCIL).replace("</main>", "<script>window.hacked = 1</script></main>")
    path = tmp_path / "x.html"
    path.write_text(text, encoding="utf-8")
    page = chromium.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(path.as_uri())
    assert page.evaluate("window.hacked") is None
    assert any("Content Security Policy" in line for line in said)
    page.close()


def test_it_prints_on_a4_landscape_with_nothing_cut(open_page, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    page = open_page(page_of(COUNCIL))
    target = tmp_path / "print.pdf"
    page.pdf(path=target, prefer_css_page_size=True, print_background=True)
    read_back = pypdf.PdfReader(target)
    sizes = {(round(p.mediabox.width), round(p.mediabox.height)) for p in read_back.pages}
    assert sizes == {(842, 595)}
    text = re.sub(r"\s", "", "".join(p.extract_text() for p in read_back.pages))
    for each in COUNCIL:
        assert re.sub(r"\s", "", each.title) in text
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0


def test_two_thousand_events_are_no_burden(open_page) -> None:  # type: ignore[no-untyped-def]
    values = (None, Month(2021, 6), Interval(Day(date(2021, 3, 1)), Day(date(2021, 4, 9))))
    events = [event(n, f"일정 {n} 개최 및 운영", values[n % 3]) for n in range(2000)]
    page = open_page(page_of(events))
    assert page.locator("svg .event").count() == 2000
    page.get_by_role("searchbox").fill("일정 1999")
    counts(page, "1건")
    assert shown(page) == ["일정 1999 개최 및 운영"]


def test_it_fits_a_phone_in_light_and_dark(chromium: Browser, tmp_path: Path) -> None:  # noqa: F811
    path = tmp_path / "x.html"
    path.write_text(page_of(COUNCIL), encoding="utf-8")
    papers = set()
    for scheme in ("light", "dark"):
        context = chromium.new_context(
            viewport={"width": 390, "height": 800},
            color_scheme=scheme,  # type: ignore[arg-type]
        )
        page = context.new_page()
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        papers.add(page.evaluate("getComputedStyle(document.body).backgroundColor"))
        context.close()
    assert len(papers) == 2
