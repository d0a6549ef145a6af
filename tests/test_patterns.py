"""No regular expression of the package takes exponential or cubic time on a hostile text."""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from re import _constants as kinds  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

import pytest

import calendarize


def patterns() -> dict[tuple[Any, int], str]:
    """Return every compiled pattern of the package with the name it is found under."""
    for module in pkgutil.walk_packages(calendarize.__path__, "calendarize."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    found: dict[tuple[Any, int], str] = {}
    for name, loaded in list(sys.modules.items()):
        if name.partition(".")[0] == "calendarize":
            for variable, value in list(vars(loaded).items()):
                for pattern in within(value, 3):
                    found.setdefault((pattern.pattern, pattern.flags), f"{name}.{variable}")
    return found


def within(value: Any, depth: int) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth:
        inner: Any = ()
        if isinstance(value, dict):
            inner = [*value, *value.values()]
        elif isinstance(value, list | tuple | set | frozenset):
            inner = value
        elif is_dataclass(value) and not isinstance(value, type):
            inner = [getattr(value, each.name, None) for each in fields(value)]
        for each in inner:
            yield from within(each, depth - 1)


@pytest.mark.heavy
def test_no_pattern_can_be_made_to_hang() -> None:
    redos = pytest.importorskip("regexploit.redos")
    sre = pytest.importorskip("regexploit.ast.sre")
    found = patterns()
    assert len(found) > 300
    hanging = {
        name
        for (pattern, flags), name in found.items()
        for weakness in redos.find(sre.SreOpParser().parse_sre(pattern, flags))
        if weakness.starriness > 2
    }
    assert hanging == set()


def repeats(parsed: Any) -> Iterator[Any]:
    """Return what a parsed pattern repeats without a limit, however deep it stands."""
    for kind, value in parsed:
        if kind in (kinds.MAX_REPEAT, kinds.MIN_REPEAT) and value[1] is kinds.MAXREPEAT:
            yield value[2]
        for inner in value if isinstance(value, tuple) else (value,):
            for one in inner if isinstance(inner, list) else (inner,):
                if isinstance(one, _parser.SubPattern):
                    yield from repeats(one)


def test_nothing_is_repeated_that_may_be_empty() -> None:
    """`(?:a*b*)*` can be cut in as many ways as the text has parts, which regexploit may miss."""
    repeated = {
        name
        for (pattern, flags), name in patterns().items()
        for body in repeats(_parser.parse(pattern, flags))
        if body.getwidth()[0] == 0
    }
    assert repeated == set()
