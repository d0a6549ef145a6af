"""Korean dates as people say them: `다음 주 금요일 저녁 7시`, `추석 열흘 전`, `3영업일 뒤까지`.

Reports are read by `timex.grammar`, which is strict; here everything that has a day is read, by
composing pieces.
"""

from calendarize.timex.conversation.reading import Found, parse, search
from calendarize.timex.conversation.words import LIKE, Conventions

__all__ = ["LIKE", "Conventions", "Found", "parse", "search"]
