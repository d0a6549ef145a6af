"""The text that a calendar entry carries: where it was read, and what is doubtful about it."""

from __future__ import annotations

from calendarize.export.entries import Entry
from calendarize.export.moved import moved_from
from calendarize.export.text import belonging, clean, one_line, shorten
from calendarize.export.words import when

DESCRIPTION = 2000
QUOTE = 500


def description(entry: Entry) -> str:
    """Tell in Korean what the event is, where it was read, how, and what is doubtful."""
    event = entry.event
    source = event.source
    own = belonging(source.quote, source.text, event.title)
    fields = {
        "시기": when(event) if entry.note else "",
        "바뀐 것": moved_from(event),
        "원문": shorten(one_line(own or source.text), QUOTE),
        "출처": f"{one_line(source.report)} {source.line}행",
        "부서": one_line(f"{event.department or ''} {event.unit or ''}"),
        "읽은 방법": shorten(one_line(" / ".join(event.reasons)), QUOTE),
    }
    told = [
        shorten(clean(event.description), QUOTE),
        *(f"{name}: {value}" for name, value in fields.items() if value),
        entry.note and f"※ {entry.note}",
        *(f"⚠ {one_line(doubt)}" for doubt in event.doubts),
    ]
    return shorten("\n".join(filter(None, told)), DESCRIPTION)
