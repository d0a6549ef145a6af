"""What `check` asks the reader to look at: the entries whose time is least certain."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wcwidth import ljust, wrap

from calendarize.events.model import Event
from calendarize.export.text import one_line

_MARGIN = "    "
_NARROWEST = 40
_NAMES = 8
"""How many columns the names of what is told take."""


def doubt_list(events: Sequence[Event], width: int) -> str:
    """Return the events with what was read, what else it may be, and why; lines of `width` columns.

    An empty text where there are none.
    """
    if not events:
        return ""
    width = max(width, _NARROWEST)
    first = events[0].source
    lines = ["", *wrap(f"이 {len(events)}건을 확인하세요. 다르게도 읽히는 날짜입니다.", width)]
    for number, event in enumerate(events, 1):
        lines += _item(number, event, width)
    lines += [
        "",
        *wrap(f"근거는 calendarize explain {first.report}:{first.line} 처럼 봅니다.", width),
    ]
    return "\n".join(lines) + "\n"


def _item(number: int, event: Event, width: int) -> Iterator[str]:
    source = event.source
    head = f"{number:2}. {source.report}:{source.line}  '{one_line(source.text)}'  "
    yield from wrap(head + one_line(event.title), width, subsequent_indent=_MARGIN)
    for name, told in _told(event):
        indent = f"{_MARGIN}{ljust(name, _NAMES)}"
        margin = " " * (len(_MARGIN) + _NAMES)
        yield from wrap(indent + one_line(told), width, subsequent_indent=margin)


def _told(event: Event) -> Iterator[tuple[str, str]]:
    """Yield what is told of an event, each under a name."""
    yield "읽음", _because(event.value.korean(), event.reasons)
    for other in event.alternatives:
        yield "아니면", _because(other.value.korean(), other.reasons)
    yield "까닭", event.unsure


def _because(when: str, reasons: Sequence[str]) -> str:
    return f"{when} ({', '.join(dict.fromkeys(reasons))})" if reasons else when
