"""With the conventions of another parser, calendarize reads as that parser does.

Where the parsers of the extra `[bench]` are installed. What they cannot read is left out; so is where
they end what has no end in words. The rest of the way are faults of theirs (`설날` on 1 January,
`1990년대` as one year, `2주 뒤 금요일` on a Monday) and few of ours.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from calendarize import LIKE
from calendarize.timex.conversation import parse
from calendarize.timex.values import Bound
from tests import everyday

PHRASES = list(dict.fromkeys(phrase for _, phrases in everyday.ROWS for phrase in phrases))
Other = Callable[[str], datetime | None]


def korean_datetime() -> Other:
    """Return where a phrase begins by korean-datetime, `None` where it does not read all of it."""
    library = pytest.importorskip("korean_datetime")

    def begin(phrase: str) -> datetime | None:
        found = library.parse_all(phrase, now=everyday.NOW)
        whole = [e for e in found if e.span[0] == 0 and e.span[1] >= len(phrase)]
        return whole[0].start if whole else None

    return begin


def duckling() -> Other:
    """Return where a phrase begins by Duckling, accordingly."""
    library = pytest.importorskip("duckling")
    zones = library.load_time_zones("/usr/share/zoneinfo")
    moment = everyday.NOW.replace(tzinfo=ZoneInfo("Asia/Seoul"))
    now = library.parse_ref_time(zones, "Asia/Seoul", int(moment.timestamp()))
    context = library.Context(now, library.default_locale_lang(library.parse_lang("KO")))
    wanted = library.parse_dimensions(["time"])

    def begin(phrase: str) -> datetime | None:
        found = library.parse(phrase, context, wanted, False)
        whole = [e for e in found if e["start"] == 0 and e["end"] >= len(phrase)]
        if not whole:
            return None
        value = json.loads(json.dumps(whole[0]["value"], default=str))
        first = value if value["type"] == "value" else value.get("from")
        told = first and datetime.fromisoformat(first["value"]).replace(tzinfo=None)
        return None if told is None or "까지" in phrase or "이내" in phrase else told

    return begin


def begins(bound: Bound) -> datetime | None:
    if isinstance(bound, date) and not isinstance(bound, datetime):
        return datetime.combine(bound, time())
    return bound


@pytest.mark.parametrize(
    ("name", "other", "least"),
    [("korean-datetime", korean_datetime, 0.98), ("duckling", duckling, 0.92)],
)
def test_its_conventions_make_it_read_as_that_parser_does(
    name: str, other: Callable[[], Other], least: float
) -> None:
    read = other()
    same, apart = 0, []
    for phrase in PHRASES:
        theirs = read(phrase)
        if theirs is None:
            continue
        ours = parse(phrase, everyday.NOW, LIKE[name])
        if ours is not None and begins(ours.bounds()[0]) == theirs:
            same += 1
        else:
            apart.append(phrase)
    assert same + len(apart) > 300
    assert same / (same + len(apart)) >= least, (same, apart)
