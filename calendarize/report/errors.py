"""What a user is told when a document cannot be read."""

from __future__ import annotations

from calendarize.errors import CalendarizeError


class ReportError(CalendarizeError):
    """A document could not be read; `str()` is one Korean line: which, what is wrong, what to do.

    >>> print(ReportError("빈.txt", "빈 파일입니다", "내용이 있는 파일을 지정하세요."))
    빈.txt: 빈 파일입니다. 내용이 있는 파일을 지정하세요.
    """

    def __init__(self, source: str, problem: str, remedy: str) -> None:
        super().__init__(source, problem, remedy)
        self.source = source
        self.problem = problem
        self.remedy = remedy

    def __str__(self) -> str:
        return " ".join(f"{self.source}: {self.problem}. {self.remedy}".split())
