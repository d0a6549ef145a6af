"""The word lists that a user can extend: `wordlists.toml`, and the user's own `words.toml`.

A word may be a regular expression. What the user's file lists is added to what the package lists;
its kinds come first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Any, get_args

from calendarize.errors import UsageError

OWN = "words.toml"
"""The name of the user's file, in the folder of the configuration."""


@dataclass(frozen=True, slots=True)
class WordLists:
    """The lists by name; `kinds` pairs a kind of events with words of titles, in order."""

    offices: tuple[str, ...] = ()
    done: tuple[str, ...] = ()
    planned: tuple[str, ...] = ()
    milestones: tuple[str, ...] = ()
    routine: tuple[str, ...] = ()
    kinds: tuple[tuple[str, tuple[str, ...]], ...] = ()


def _read(text: str) -> WordLists:
    """Return the lists of a file; `ValueError` in Korean where it holds anything else."""
    import tomllib

    told = tomllib.loads(text)
    kinds = [(str(each.get("kind")), _words(each.get("words"))) for each in told.pop("kinds", [])]
    known = {each.name for each in fields(WordLists)}
    if unknown := sorted(told.keys() - known):
        raise ValueError(f"'{unknown[0]}' 목록은 없습니다")
    return WordLists(**{name: _words(each) for name, each in told.items()}, kinds=tuple(kinds))


def _words(told: Any) -> tuple[str, ...]:
    if not isinstance(told, list) or not all(isinstance(word, str) and word for word in told):
        raise ValueError('낱말은 ["낱말", "낱말"]처럼 적습니다')
    for word in told:
        try:
            re.compile(word)
        except re.error:
            raise ValueError(f"'{word}'은(는) 낱말도 정규식도 아닙니다") from None
    return tuple(told)


@cache
def word_lists() -> WordLists:
    """Return the lists of the package with those of the user.

    Raises `UsageError` where the user's file cannot be read.
    """
    from calendarize.events.model import Kind
    from calendarize.sources import config_file

    packaged = _read((files("calendarize") / "wordlists.toml").read_text(encoding="utf-8"))
    path = config_file().with_name(OWN)
    if not path.is_file():
        return packaged
    try:
        own = _read(path.read_text(encoding="utf-8"))
        if unknown := {kind for kind, _ in own.kinds}.difference(get_args(Kind)):
            raise ValueError(f"'{unknown.pop()}'이라는 종류는 없습니다")
        return WordLists(*(getattr(own, each.name) + getattr(packaged, each.name)
                           for each in fields(WordLists)))  # fmt: skip
    except (OSError, ValueError, TypeError, AttributeError) as error:
        reason = str(error).splitlines()[0]
        raise UsageError(
            f"{path}: 낱말 목록을 읽을 수 없습니다({reason}). "
            '예: milestones = ["개청식"]; [[kinds]] kind = "meeting", words = ["조찬모임"]'
        ) from error


@cache
def words_of(name: str) -> re.Pattern[str]:
    """Return a pattern of the words of a list."""
    return re.compile("|".join(getattr(word_lists(), name)))
