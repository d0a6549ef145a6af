"""Calendar files: one, or several where the reader wants or a program needs them apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from glob import escape
from pathlib import Path

from calendarize.errors import UsageError
from calendarize.events.model import Event
from calendarize.export.carried import carried_on, under
from calendarize.export.ical import Item, document, items
from calendarize.export.options import Options, title_of
from calendarize.export.revise import Change, items_of, revise

LIMIT = 1_000_000
"""Google Calendar takes files of at most 1 MB."""
APPROXIMATE = "미정"


@dataclass(slots=True)
class Calendars:
    """Files to write, by what is added to the name asked for (`""`, `-미정`, `-2021`).

    `counts` tell how many entries each holds, in the same order. `changes` are those against the
    calendar exported before, if there was one.
    """

    files: dict[str, bytes]
    counts: list[int]
    changes: list[Change] | None = None


def read_previous(paths: Sequence[Path], *, overwritten: bool = False) -> dict[str, Item]:
    """Return the entries of calendar files exported before.

    Raises `UsageError` where a file cannot be read or is no calendar, or is about to be
    overwritten and holds entries of somebody else.
    """
    found: dict[str, Item] = {}
    for path in paths:
        try:
            data = path.read_bytes()
        except OSError as error:
            raise UsageError(
                f"{path}: 이전 달력을 읽을 수 없습니다({error.strerror}). 파일 이름을 확인하세요."
            ) from error
        if not data.lstrip(b"\xef\xbb\xbf\r\n ").startswith(b"BEGIN:VCALENDAR"):
            raise UsageError(
                f"{path}: 달력 파일(.ics)이 아닙니다. 전에 만든 .ics 파일을 지정하세요."
            )
        entries = items_of(data)
        ours = {uid: item for uid, item in entries.items() if item.get("X-CALENDARIZE-REPORT")}
        if overwritten and len(ours) < len(entries):
            raise UsageError(
                f"{path}: calendarize가 만들지 않은 일정이 들어 있어 덮어쓰지 않습니다. "
                "-o로 다른 파일 이름을 지정하세요."
            )
        found.update(ours)
    return found


def written_before(path: Path) -> list[Path]:
    """Return the files that an earlier export to a name has left: itself and its parts."""
    parts = sorted(path.parent.glob(f"{escape(path.stem)}-*{escape(path.suffix)}"))
    known = (p for p in parts if _is_part(p.stem.removeprefix(f"{path.stem}-")))
    return [p for p in (path, *known) if p.is_file()]


def _is_part(ending: str) -> bool:
    return all(piece == APPROXIMATE or piece.isdigit() for piece in ending.split("-"))


def calendars(
    events: Sequence[Event],
    options: Options,
    previous: Mapping[str, Item] | None = None,
    *,
    apart: bool = False,
    limit: int = LIMIT,
) -> Calendars:
    """Return the files of a calendar: inexact entries `apart` if wanted, by year over the limit.

    `previous` are the entries exported before; without it, nothing is said of changes.
    """
    current = items(events, options)
    changes = None
    if previous is not None:
        current = under(carried_on(previous.values(), current), current)
        current, changes = revise(previous, current, options.stamp)
    groups = {"": current}
    if apart:
        inexact = {uid for uid, item in (previous or {}).items() if item.inexact}
        inexact = {i.uid for i in current if i.inexact or (i.cancelled and i.uid in inexact)}
        groups[""] = [item for item in current if item.uid not in inexact]
        if inexact:
            groups[f"-{APPROXIMATE}"] = [item for item in current if item.uid in inexact]
    made = Calendars({}, [], changes)
    for ending, group in groups.items():
        told = options
        if ending:
            name = options.calendar_name or title_of(events)
            told = replace(options, calendar_name=f"{name} {APPROXIMATE}")
        for part, found in _parted(group, events, told, limit).items():
            made.files[ending + part] = document(found, events, told)
            made.counts.append(len(found))
    return made


def _parted(
    found: Sequence[Item], events: Sequence[Event], options: Options, limit: int
) -> dict[str, Sequence[Item]]:
    """Part entries so that each file is small enough: by year, then by number within it."""
    shell = len(document((), events, options)) + 1000
    if shell + sum(len(item.raw) for item in found) <= limit:
        return {"": found}
    years: defaultdict[int, list[Item]] = defaultdict(list)
    for item in found:
        years[item.year].append(item)
    parts: dict[str, Sequence[Item]] = {}
    for year, group in sorted(years.items()):
        for number, chunk in enumerate(_chunks(group, limit - shell), 1):
            parts[f"-{year}" + (f"-{number}" if number > 1 else "")] = chunk
    return parts


def _chunks(found: Sequence[Item], room: int) -> list[list[Item]]:
    chunks: list[list[Item]] = [[]]
    left = room
    for item in found:
        if len(item.raw) > left and chunks[-1]:
            chunks.append([])
            left = room
        chunks[-1].append(item)
        left -= len(item.raw)
    return chunks
