"""The page of explained expressions, `docs/explain.md`; run as a module to write it anew."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from calendarize.explain import explain, explain_text, words
from tests.examples import EXAMPLES

PAGE = Path(__file__).parent.parent / "docs" / "explain.md"
DAY = date(2021, 5, 3)
EXPRESSIONS = (
    "2.22(월) ~ 3. 5(금) <12일간>",
    "6.11 ~ 15(3일)",
    "'21.5월",
    "’21. 5~6월 중",
    "상반기 중",
    "연중 계속",
    "~'20.12월",
    "'20.9월~",
    "3, 6, 9, 12월",
    "매월 둘째 주 수요일 14:00",
    "매년 1. 20.",
    "'21. 7. 8(목) 10:00~11:00",
    "2018. 7. 1 ~ 2022. 6. 30(4년)",
    "'21. 4월 ~ '22. 6월(15개월)",
    "3. 2.부터 10일간",
    "12.28~1.3",
    "12.28(월)",
    "5. 4.(월)",
    "2021. 5. 4.(월)",
    "8.27(금) ~ 9.10(금) <14일간>",
    "'21. 10월 ~ '21. 1월",
    "2021. 2. 30.",
    "내년 상반기",
    "이달 말까지",
    "오는 9월 7일(화)",
    "설 연휴",
    "음력 8. 15.",
    "4월 초순",
    "2020회계연도",
    "'22. 상·하반기",
    "수시",
)

INTRODUCTION = f"""\
# Why it is that date

`calendarize explain EXPRESSION --date {DAY}` tells how an expression is read in a report of that
day: its pieces (조각), what its points say (적힌 것), what each witness says of them (결정 decides,
일치 agrees, 어긋남 contradicts), the result, and its forms in ISO 8601-2 (EDTF) and RFC 5545.

A date that does not write its year (or month) has candidates. `날짜 후보` lists the likeliest, the
one chosen first, each with its share; `정한 근거` what decided for it against the runner-up, the
weightiest first, `맞선 근거` what spoke for the runner-up. The shares come from weights that were
learned from annotated reports; what is written in full has no candidates.

`calendarize explain REPORT:LINE` does the same for a line of a report, with all that its place
tells: the row, the column, the headings, the dates before it, the sessions of the council. It also
shows the candidates of its role (`역할 후보`: 일정 an event, 기준일 the day of a count, 참고 a
reference, 보고일 the report's own date) and of its title (`제목 후보`). Where another time is nearly
as likely, `의심` says which and why; every output marks such an entry, and `calendarize check` ends
with a list of them. `--format json` has the same as data (`choices`, `doubt`).

This page is made by `python -m tests.explained`; a test holds it to the program.

## A line of a report

```
{{line}}
```
"""
LINE = EXAMPLES / "mayors-office-2021-05.txt", 29


def page() -> str:
    """Return the page as it should be."""
    report, line = LINE
    place = words(explain(f"{report}:{line}", None)[0])
    told = ("\n".join(map(words, explain_text(expression, DAY))) for expression in EXPRESSIONS)
    blocks = (
        f"## `{expression}`\n\n```\n{text}\n```\n"
        for expression, text in zip(EXPRESSIONS, told, strict=True)
    )
    return "\n".join((INTRODUCTION.format(line=place), *blocks))


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
