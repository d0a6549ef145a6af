"""Wrong usage told in one Korean line, whatever the framework says of it in English."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

import typer
from typer.core import TyperCommand

from calendarize.errors import UsageError

_SAID: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.DOTALL), korean)
    for pattern, korean in (
        (
            r"for '?(.+?)'?: .*?'([^']*)' is not one of (.+?)\.?$",
            "{0} {1}: 쓸 수 있는 값은 {2}입니다.",
        ),
        (r"for '?(.+?)'?: .*valid (?:integer|float)", "{0}: 수를 적으세요."),
        (r"for '?(.+?)'?: .*(?:greater than or equal to |x>=)(\d+)", "{0}: {1} 이상이어야 합니다."),
        (r"for '?(.+?)'?: .*(?:less than or equal to |x<=)(\d+)", "{0}: {1} 이하여야 합니다."),
        (r"for '?(.+?)'?: ", "{0}: 쓸 수 없는 값입니다."),
        (r"[Oo]ption '(.+?)' requires", "{0}: 값을 함께 적으세요."),
        (r"[Oo]ption '(.+?)' does not take", "{0}: 값을 받지 않는 옵션입니다."),
        (r"Missing (?:argument|option|parameter):? '?(.+?)'?\.?$", "'{0}'이(가) 빠졌습니다."),
        (r"unexpected extra arguments?(?:\(s\))? \((.+)\)", "{0}: 필요 없는 인자입니다."),
    )
)
"""What the framework says of wrong usage → how a Korean reader is told."""

_HELP: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), korean)
    for pattern, korean in (
        (r"^Usage:", "사용법:"),
        (r"\[OPTIONS\]", "[옵션]"),
        (r"(?m)^Arguments:", "인자:"),
        (r"(?m)^Options:", "옵션:"),
        (r"\[default:(\s+)([^\]]+)\]", r"[기본:\1\2]"),
        (r"\[required\]", "[필수]"),
        (r"\[x>=(\d+)\]", r"[\1 이상]"),
        (r"\b(\d+)<=x<=(\d+)(?=\])", r"\1~\2"),
        (r"<list\[\w+\]>", "…"),
        (r" <str>", ""),
    )
)
"""Words of the framework in a help page → Korean ones."""


class KoreanCommand(TyperCommand):
    """A command whose help and whose complaints are Korean; wrong usage is a `UsageError`."""

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run the command; ends with `SystemExit` unless `standalone_mode` is off."""
        alone = extra.pop("standalone_mode", True)
        extra["standalone_mode"] = False
        try:
            code = super().main(*args, **extra)
        except typer.Abort:
            code = 1
        except Exception as error:
            if not hasattr(error, "format_message"):
                raise
            raise UsageError(self._said(error.format_message())) from None
        if alone:
            sys.exit(code or 0)
        return code

    def get_help(self, ctx: Any) -> str:
        """Return the help page."""
        text: str = super().get_help(ctx)
        for pattern, korean in _HELP:
            text = pattern.sub(korean, text)
        return text

    def _said(self, message: str) -> str:
        if found := re.search(r"No such option:? '?(-[^\s']+)", message):
            known = [name for parameter in self.params for name in parameter.opts]
            return f"{found[1]}: 그런 옵션은 없습니다.{perhaps(found[1], known)}"
        told = (korean.format(*found.groups()) for pattern, korean in _SAID
                if (found := pattern.search(message)))  # fmt: skip
        return next(told, f"사용법이 잘못되었습니다({message}). --help를 참고하세요.")


def perhaps(word: str, known: Iterable[str]) -> str:
    """Return ` 혹시 …?` with the known word that is like another, or nothing."""
    like = get_close_matches(word, list(known), 1, 0.6)
    return f" 혹시 {like[0]}?" if like else " --help를 참고하세요."
