"""What slipped between reports, for people (timeline, table, CSV, HTML) and programs (JSON)."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict
from tabulate import tabulate
from wcwidth import wrap

from calendarize.changes.compare import Changes
from calendarize.changes.fates import Entry, Fate, Parting, exactness
from calendarize.changes.tellings import Telling, ToldAs
from calendarize.changes.totals import Totals, kept, passed, totals, vanished
from calendarize.errors import UsageError
from calendarize.export.csv import guarded
from calendarize.export.json import bound_text
from calendarize.export.options import Options
from calendarize.export.table import fitted
from calendarize.export.text import one_line, shorten
from calendarize.export.words import when
from calendarize.timex.values import Undated

FATES: Mapping[Fate, str] = {
    "slipped": "밀림",
    "overdue": "기한 지남",
    "dropped": "언급 없음",
    "cancelled": "취소",
    "postponed": "연기(새 때 없음)",
    "returned": "다시 나옴",
    "earlier": "당겨짐",
    "less exact": "덜 구체적",
    "more exact": "더 구체적",
    "done": "완료",
    "new": "새로 나옴",
    "same": "그대로",
}
"""Fates as a Korean reader says them, in the order in which they matter."""
TOLD_AS: Mapping[ToldAs, str] = {
    "plan": "계획",
    "result": "실적",
    "cancelled": "취소",
    "postponed": "연기",
    "fact": "사실",
}
_QUOTE = 100
_SHORT_NAMES = {"연기": "postponed", "신규": "new", "사라짐": "dropped", "지연": "slipped"}
_NOTHING = "견줄 보고서가 없습니다: 같은 부서의 보고서를 두 판 넘게 지정하세요.\n"
_INDENT = "    "
_WIDTH, _NARROWEST = 100, 40


def fates_named(named: str | None) -> list[str]:
    """Return the fates that a user names, in English or Korean, parted by commas.

    `UsageError` lists those there are.
    """
    korean: dict[str, str] = {word: fate for fate, word in FATES.items()} | _SHORT_NAMES
    found = []
    for name in filter(None, (part.strip() for part in (named or "").split(","))):
        fate = korean.get(name, name.replace("-", " ").replace("_", " "))
        if fate not in FATES:
            known = ", ".join(f"{fate}({word})" for fate, word in FATES.items())
            raise UsageError(f"--only {name}: 그런 결과는 없습니다. 있는 결과: {known}")
        found.append(fate)
    return found


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as it is shown: its fate in words, its way through the editions, what quotes it."""

    entry: Entry
    fate: Fate
    word: str
    title: str
    way: str
    remarks: tuple[str, ...]
    quotes: tuple[str, ...]


def lines_of(changes: Changes, folded: Iterable[Entry] = ()) -> list[Line]:
    """Return the entries of an office as they are shown, what matters most first.

    Those that are `folded` are told elsewhere.
    """
    order, elsewhere = list(FATES), set(map(id, folded))
    shown = (e for e in changes.entries if e.fate is not None and id(e) not in elsewhere)
    found = [_line(entry, changes) for entry in shown]
    return sorted(found, key=lambda line: (order.index(line.fate), _when_told(line.entry)))


def _when_told(entry: Entry) -> tuple[date, int]:
    last = entry.last
    return last.end or last.start or date.max, last.event.source.line


def _line(entry: Entry, changes: Changes) -> Line:
    fate = entry.fate or "same"
    newest = changes.editions[-1].day
    quoted = (part for at in sorted(entry.told) for part in reversed(entry.told[at]))
    return Line(
        entry,
        fate,
        _word(entry, fate, newest),
        one_line(entry.title),
        " → ".join(_told(telling) for telling in entry.main),
        tuple(_remarks(entry)),
        tuple(dict.fromkeys(map(_quoted, quoted))),
    )


def _quoted(telling: Telling) -> str:
    source = telling.event.source
    return f"“{shorten(one_line(source.quote), _QUOTE)}” ({source.report}:{source.line})"


def _word(entry: Entry, fate: Fate, newest: date) -> str:
    if fate == "dropped":
        return "그 뒤 언급 없음" if passed(entry, newest) else "기한 전인데 언급 없음"
    if fate == "new":
        return "새 계획" if entry.last.told_as == "plan" else "처음 나온 실적·사실"
    if fate == "done" and (judged := kept(entry)) is not None:
        return _DONE[judged[1]]
    return FATES[fate]


_PARTED: Mapping[Parting, str] = {"split": "나뉨", "joined": "합침"}
_DONE = {"in time": "제때 완료", "late": "늦게 완료", "unknown": "완료(날짜 없음)"}


def _told(telling: Telling) -> str:
    """Write what an edition tells: `10.16(월)–10.23(월) 실적(2024. 1. 29.)`."""
    value = telling.event.value
    untold = isinstance(value, Undated) and value.word == telling.event.source.quote
    told = "" if untold else when(telling.event)
    as_word = "" if told and telling.told_as == "plan" else TOLD_AS[telling.told_as]
    day = telling.day
    return f"{' '.join(filter(None, (told, as_word)))}[{day.year}. {day.month}. {day.day}.]"


def _remarks(entry: Entry) -> Iterator[str]:
    if entry.slips:
        yield f"{entry.slips}번 밀림"
    judged = kept(entry)
    if judged is not None and judged[0] == "late" and judged[1] != "late":
        yield "첫 약속보다 늦음"
    if entry.steps.count("returned"):
        yield "빠졌다가 다시 나옴"
    newest = max(entry.told)
    if (told_so := exactness(entry, newest)) and told_so != entry.steps[newest - 1]:
        yield FATES[told_so]
    yield from (_PARTED[how] for how in dict.fromkeys(entry.parted.values()))
    if entry.reasons:
        yield ", ".join(entry.reasons[max(entry.reasons)])


def headline(changes: Changes) -> str:
    """Return the editions of an office in a line: `가나국: 2021. 5. 3. → 2021. 9. 6.`"""
    days = (edition.day for edition in changes.editions)
    return f"{changes.office}: " + " → ".join(f"{d.year}. {d.month}. {d.day}." for d in days)


def total_words(total: Totals) -> str:
    """Say what came of what was due: `기한이 온 12건: 제때 7, 늦게 2, …`."""
    named = (
        ("제때 완료", total.in_time),
        ("늦게 완료", total.late),
        ("완료(날짜 없음)", total.undated),
        ("취소·연기", total.given_up),
        ("아직", total.open),
        ("언급 없음", total.silent),
    )
    told = ", ".join(f"{name} {count}" for name, count in named if count)
    return f"두 보고 사이에 기한이 온 {total.due}건" + (f": {told}" if told else "")


def _gone(every: Changes) -> dict[str, list[Entry]]:
    """Return the sections that the newest edition leaves out whole."""
    return vanished(every.entries, every.editions, len(every.editions) - 1)


def _shown(changes: Changes, every: Changes) -> list[Line]:
    """Return the entries that are told one by one: not those of a section that is gone whole."""
    return lines_of(changes, (entry for entries in _gone(every).values() for entry in entries))


def _heads(changes: Changes, every: Changes) -> Iterator[str]:
    yield headline(changes)
    total = totals(every.entries, every.editions, len(changes.editions) - 1)
    yield total_words(total)
    gone = _gone(every)
    fates = total.fates - Counter({"dropped": sum(map(len, gone.values()))})
    counted = [f"{FATES[fate]} {fates[fate]}" for fate in FATES if fates[fate]]
    yield "이번 보고에서 " + (", ".join(counted) or "달라진 것 없음")
    for heading, entries in gone.items():
        titles = ", ".join(one_line(entry.title) for entry in entries)
        yield f"단락 전체가 빠짐: {one_line(heading)} ({len(entries)}건: {titles})"


Renderer = Callable[[Sequence[Changes], Sequence[Changes], Options], str | bytes]
"""The changes to show, those there are (for the totals), the options → a document."""


def timeline(shown: Sequence[Changes], every: Sequence[Changes], options: Options) -> str:
    """Return the changes as text: per office the totals, then entry by entry with both wordings."""
    out: list[str] = []
    width = max(options.width or _WIDTH, _NARROWEST)
    for changes, all_of_it in _beside(shown, every):
        for head in _heads(changes, all_of_it):
            out += wrap(head, width)
        out.append("")
        last, lines = None, _shown(changes, all_of_it)
        for line in lines:
            if line.fate != last:
                out.append(f"■ {FATES[line.fate]} {_counted(line.fate, lines)}")
                last = line.fate
            word = "" if line.word == FATES[line.fate] else f" · {line.word}"
            out += wrap(f"  {line.title}{word}", width, subsequent_indent="  ")
            out += _wrapped(line.way, width)
            if line.remarks:
                out += _wrapped(" · ".join(line.remarks), width)
            for quote in line.quotes if line.fate != "new" else line.quotes[-1:]:
                out += _wrapped(quote, width)
        out.append("")
    return "\n".join(out).rstrip() + "\n" if out else _NOTHING


def _counted(fate: Fate, lines: Sequence[Line]) -> str:
    """Count the entries of a fate; tell how many came to it now where others did before."""
    found = [line.entry for line in lines if line.fate == fate]
    now = sum(entry.steps[-1] is not None for entry in found)
    return f"{len(found)}건" + (f"(이번 보고 {now}건)" if now < len(found) else "")


def _wrapped(text: str, width: int) -> list[str]:
    return [_INDENT + part for part in wrap(text, width - len(_INDENT))]


def _beside(
    shown: Sequence[Changes], every: Sequence[Changes]
) -> Iterator[tuple[Changes, Changes]]:
    whole = {changes.office: changes for changes in every}
    return ((changes, whole[changes.office]) for changes in shown)


_HEADINGS = ("결과", "제목", "보고서마다", "비고")


def table(shown: Sequence[Changes], every: Sequence[Changes], options: Options) -> str:
    """Return the changes as a table for each office, under its totals.

    It fits `Options.width`, the totals too; a format of other programs is not wrapped.
    """
    out = []
    width = max(options.width or _WIDTH, _NARROWEST)
    for changes, all_of_it in _beside(shown, every):
        rows = [
            [line.word, line.title, line.way, " · ".join(line.remarks)]
            for line in _shown(changes, all_of_it)
        ]
        heads = [part for head in _heads(changes, all_of_it) for part in wrap(head, width)]
        out.append("\n".join([*heads, "", _tabulated(rows, width, options.tablefmt)]))
    return "\n".join(out) or _NOTHING


def _tabulated(rows: Sequence[Sequence[str]], width: int, tablefmt: str) -> str:
    if tablefmt == "simple":
        return fitted(_HEADINGS, rows, width, rigid=0)
    return tabulate(rows, _HEADINGS, tablefmt=tablefmt, disable_numparse=True) + "\n"


_COLUMNS = (
    "부서",
    "결과",
    "제목",
    "밀린 횟수",
    "첫 약속",
    "지난 보고",
    "이번 보고",
    "근거",
    "출처",
    "원문",
)


def csv_table(shown: Sequence[Changes], every: Sequence[Changes], options: Options) -> bytes:
    """Return the changes as CSV for Excel (UTF-8 with a byte order mark), an entry a row."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_COLUMNS)
    for changes in shown:
        newest = len(changes.editions) - 1
        for line in lines_of(changes):
            entry, last = line.entry, line.entry.last
            before = [at for at in sorted(entry.told) if at < newest]
            cells = (
                changes.office,
                line.word,
                line.title,
                str(entry.slips),
                _told(entry.plans[0]) if entry.plans else "",
                _told(entry.told[before[-1]][0]) if before else "",
                _told(entry.told[newest][0]) if newest in entry.told else "",
                ", ".join(entry.reasons.get(max(entry.told), ())),
                f"{last.event.source.report}:{last.event.source.line}",
                one_line(last.event.source.quote),
            )
            writer.writerow([guarded(cell) for cell in cells])
    return out.getvalue().encode("utf-8-sig")


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ToldRecord(_Record):
    """What one edition tells: `date` is the edition's day, `text` the expression as it stands."""

    report: str
    date: date
    line: int
    text: str
    start: str | None
    end: str | None
    told_as: ToldAs
    title: str
    quote: str


class ChangeRecord(_Record):
    """An entry through all editions; `steps` one a pair of editions, `fate` at the newest.

    Beside each step `exactness` says whether a plan was told more or less exactly, whether it
    slipped or not, `parted` whether it was split into several or joined with others.
    `first_promise` and `kept` (against the first and the last promise) tell how it was kept;
    `evidence` why its newest telling is taken for the same entry.
    """

    fate: Fate | None
    steps: list[Fate | None]
    exactness: list[Fate | None]
    parted: list[Parting | None]
    slips: int
    title: str
    department: str
    tellings: list[ToldRecord]
    first_promise: tuple[str | None, str | None] | None
    kept: tuple[str, str] | None
    evidence: list[str]


def json_text(shown: Sequence[Changes], every: Sequence[Changes], options: Options) -> str:
    """Return `{"changes": [...], "totals": [...]}`."""
    found: dict[str, Any] = {
        "changes": [
            _record(entry, changes.office).model_dump(mode="json")
            for changes in shown
            for entry in changes.entries
        ],
        "totals": [
            {
                "department": changes.office,
                "from": changes.editions[at - 1].day.isoformat(),
                "to": changes.editions[at].day.isoformat(),
                "due": total.due,
                "in_time": total.in_time,
                "late": total.late,
                "undated": total.undated,
                "given_up": total.given_up,
                "open": total.open,
                "silent": total.silent,
                "fates": dict(total.fates),
                "vanished": {
                    heading: len(entries)
                    for heading, entries in vanished(changes.entries, changes.editions, at).items()
                },
            }
            for changes in every
            if changes.office in {each.office for each in shown}
            for at in range(1, len(changes.editions))
            for total in [totals(changes.entries, changes.editions, at)]
        ],
    }
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def _record(entry: Entry, office: str) -> ChangeRecord:
    first = entry.plans[0] if entry.plans else None
    return ChangeRecord(
        fate=entry.fate,
        steps=entry.steps,
        exactness=[exactness(entry, at) for at, _ in enumerate(entry.steps, 1)],
        parted=[entry.parted.get(at) for at, _ in enumerate(entry.steps, 1)],
        slips=entry.slips,
        title=entry.title,
        department=office,
        tellings=[_told_record(telling) for telling in entry.tellings],
        first_promise=(bound_text(first.event.start), bound_text(first.event.end))
        if first
        else None,
        kept=kept(entry),
        evidence=list(entry.reasons.get(max(entry.told), ())),
    )


def _told_record(telling: Telling) -> ToldRecord:
    source = telling.event.source
    return ToldRecord(
        report=source.report,
        date=telling.day,
        line=source.line,
        text=source.text,
        start=bound_text(telling.event.start),
        end=bound_text(telling.event.end),
        told_as=telling.told_as,
        title=telling.event.title,
        quote=source.quote,
    )


def html(shown: Sequence[Changes], every: Sequence[Changes], options: Options) -> bytes:
    """Return the changes as one page that needs nothing but a browser."""
    from calendarize.export.html.changes import page

    offices = [
        (list(_heads(changes, all_of_it)), _shown(changes, all_of_it))
        for changes, all_of_it in _beside(shown, every)
    ]
    return page(offices, FATES)


FORMATS: Mapping[str, Renderer] = {
    "timeline": timeline,
    "table": table,
    "json": json_text,
    "csv": csv_table,
    "html": html,
}
