"""How far an archive is: a line that moves on a terminal, else one JSON line a minute."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from calendarize.output import tell

_TERMINAL, _LOG = 0.2, 60.0
"""How often it is told, seconds."""


@dataclass(slots=True)
class Progress:
    """Counts of a run; `total` files are to be looked at, `None` where that is not known.

    `log` is the file for JSON lines, standard error where none is named and that is no terminal.
    """

    total: int | None = None
    log: Path | None = None
    documents: int = 0
    errors: int = 0
    size: int = 0
    looked: int = 0
    _began: float = field(default_factory=time.monotonic)
    _told: float = field(default_factory=time.monotonic)

    def tick(self) -> None:
        """Tell how far it is, if it is time to."""
        terminal = self.log is None and sys.stderr.isatty()
        now = time.monotonic()
        if now - self._told < (_TERMINAL if terminal else _LOG):
            return
        self._told = now
        if terminal:
            sys.stderr.write(f"\r\x1b[K{self._words()}")
            sys.stderr.flush()
        else:
            self._write()

    def close(self) -> None:
        """Tell the end: clear the line of a terminal, write the last line of a log."""
        if self.log is not None:
            self._write()
        elif sys.stderr.isatty():
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

    def state(self) -> dict[str, float | int | None]:
        """Return the counts; sizes in MB, times in seconds."""
        taken = time.monotonic() - self._began
        left = None
        if self.total and self.looked:
            left = round(max(0, self.total - self.looked) * taken / self.looked)
        return {
            "files": self.looked,
            "of": self.total,
            "documents": self.documents,
            "errors": self.errors,
            "mb_per_second": round(self.size / 1e6 / taken, 3) if taken else 0.0,
            "seconds": round(taken, 1),
            "seconds_left": left,
        }

    def _words(self) -> str:
        now = self.state()
        of = f"/{now['of']}" if now["of"] is not None else ""
        left = f", 남은 시간 {_clock(now['seconds_left'])}" if now["seconds_left"] else ""
        return (
            f"파일 {now['files']}{of}, 읽은 문서 {now['documents']}, 오류 {now['errors']}, "
            f"{now['mb_per_second']:.2f}MB/s{left}"
        )

    def _write(self) -> None:
        line = json.dumps(self.state(), ensure_ascii=False)
        if self.log is None:
            tell(line)
        else:
            with self.log.open("a", encoding="utf-8") as file:
                file.write(f"{line}\n")


def _clock(seconds: float | int | None) -> str:
    minutes, rest = divmod(int(seconds or 0), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}"
