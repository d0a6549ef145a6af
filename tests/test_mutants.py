"""Damaged documents: a thousand mutants of the samples, the same in every run.

Fifty by default, the others where `heavy` tests are asked for.
"""

from __future__ import annotations

import random

import pytest

from calendarize.workers import Limits
from tests import bombs, documents, examples
from tests.command import apart
from tests.hostile import run_of_files

LIMITS = Limits(seconds=30, memory=1 << 30)
PACKAGES = ("hwpx", "docx", "xlsx")


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Return bytes with some changed, lost, doubled, moved, or cut off."""
    found = bytearray(data)
    for _ in range(chance.choice((1, 2, 5, 20))):
        at = chance.randrange(len(found) + 1)
        size = min(chance.choice((1, 2, 4, 16, 200)), len(found) - at)
        match chance.randrange(6):
            case 0:
                found[at : at + size] = chance.randbytes(size)
            case 1:
                del found[at : at + size]
            case 2:
                found[at:at] = found[at : at + size] * chance.choice((1, 3, 50))
            case 3:
                found[at : at + size] = chance.choice((b"\xff", b"\0", b"9", b"<", b"/")) * size
            case 4:
                found[at:at] = chance.choice((b"\xff\xfe", b"<x>", b"99999999", b"\xed\xa0\x80"))
            case _:
                if chance.randrange(4) == 0:
                    del found[at:]
    return bytes(found)


def mutant(number: int) -> tuple[str, bytes]:
    chance = random.Random(number)
    form = (*documents.FORMATS, "txt", "zip")[number % 8]
    report = chance.choice(examples.reports())
    if form == "txt":
        return form, damaged(report.read_bytes(), chance)
    if form == "zip":
        names = (f"보고.{each}" for each in documents.FORMATS)
        found = dict(zip(names, map(bombs.sample, documents.FORMATS), strict=True))
        return form, damaged(bombs.packed(found), chance)
    if form in PACKAGES and chance.randrange(3):
        members = bombs.members(form)
        name = chance.choice(sorted(members))
        return form, bombs.packed({**members, name: damaged(members[name], chance)})
    if form == "hwp" and chance.randrange(2):
        stream = chance.choice(("BodyText/Section0", "DocInfo"))
        return form, bombs.hwp(lambda plain: damaged(plain, chance), stream)
    return form, damaged(documents.path(report, form).read_bytes(), chance)


TWENTIES = [
    pytest.param(
        range(first, first + 20), id=str(first), marks=[pytest.mark.heavy] if first else []
    )
    for first in range(0, 1000, 20)
]


@pytest.mark.parametrize("numbers", TWENTIES)
def test_no_mutant_costs_more_than_itself(numbers: range) -> None:
    files = [(f"{number}.{form}", data) for number in numbers for form, data in [mutant(number)]]
    runs = apart(run_of_files, files, 2, LIMITS)
    for name, made in runs:
        for problem in made.problems:
            assert problem.startswith(name)
            assert "\n" not in problem
            assert not any(said in problem for said in ("그만두었습니다", "프로그램 오류")), problem
    assert {name for name, _ in runs} == {name for name, _ in files}
