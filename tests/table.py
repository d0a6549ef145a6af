"""Tests that are tables: one check for all rows, which fails with every row that it fails for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable
from typing import Any


def holds(
    check: Callable[..., object],
    rows: Iterable[tuple[Any, ...]],
    not_yet: Collection[Hashable] = (),
) -> None:
    """Call a check with each row; an `AssertionError` lists the rows for which it does not hold.

    For rows whose first cell is in `not_yet` it must fail: one for which it holds is listed, too.
    """
    told = []
    for row in rows:
        why = _failure(check, row)
        if not_yet and row[0] in not_yet:
            why = "" if why else "holds, but is noted as one that does not yet"
        if why:
            told.append(f"{row}: {why}")
    assert not told, "\n".join([f"rows that do not hold: {len(told)}", *told])


def _failure(check: Callable[..., object], row: tuple[Any, ...]) -> str:
    try:
        check(*row)
    except Exception as error:
        return f"{type(error).__name__}: {error}".partition("\n")[0]
    return ""
