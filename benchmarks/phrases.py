"""How fast a short phrase is read: calendarize beside korean-datetime, in one run.

`pip install '.[bench]'`. The phrases are those of `tests/everyday.py`; every engine reads all of
them in turn, several times, and the fastest round counts. Ratios above 1 say how many times as fast
calendarize is; what a machine has to do beside this falls on all alike.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import calendarize
from calendarize.timex import conversation
from tests import everyday

ROUNDS = 9
PHRASES = [phrase for _, phrases in everyday.ROWS for phrase in phrases]
Engine = Callable[[str], object]


def engines() -> Iterator[tuple[str, Engine]]:
    """Yield the engines that are installed, those of calendarize first."""
    now = everyday.NOW
    yield "calendarize, conversation", lambda phrase: conversation.parse(phrase, now)
    yield (
        "calendarize.parse, conversation",
        lambda phrase: calendarize.parse(phrase, date=now, style="conversation"),
    )
    yield "calendarize.parse, report", lambda phrase: calendarize.parse(phrase, date=now)
    try:
        import korean_datetime
    except ImportError:
        pass
    else:
        yield "korean-datetime", lambda phrase: korean_datetime.parse_all(phrase, now=now)


def best_times(found: dict[str, Engine]) -> dict[str, float]:
    """Return the seconds of processor time that each engine takes for all phrases."""
    best = dict.fromkeys(found, float("inf"))
    for _ in range(ROUNDS):
        for name, engine in found.items():
            start = time.process_time()
            for phrase in PHRASES:
                engine(phrase)
            best[name] = min(best[name], time.process_time() - start)
    return best


def main() -> None:
    best = best_times(dict(engines()))
    other = best.get("korean-datetime")
    print(f"{len(PHRASES)} phrases")
    for name, seconds in best.items():
        ratio = f"  {other / seconds:.1f} x korean-datetime" if other else ""
        print(f"{name:34} {seconds / len(PHRASES) * 1e6:6.1f} us{ratio}")


if __name__ == "__main__":
    main()
