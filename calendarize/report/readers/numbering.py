"""Numbers and bullets that a word processor sets before paragraphs by itself."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

_SYLLABLES = "가나다라마바사아자차카타파하"
_JAMO = "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_ROMAN = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ"
_LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

NUMERALS: dict[str, str] = {
    # OWPML (KS X 6101, NumberType1), then WordprocessingML (ECMA-376 17.18.59)
    "CIRCLED_DIGIT": _CIRCLED,
    "ROMAN_CAPITAL": _ROMAN,
    "ROMAN_SMALL": _ROMAN.lower(),
    "LATIN_CAPITAL": _LATIN,
    "LATIN_SMALL": _LATIN.lower(),
    "CIRCLED_LATIN_SMALL": "ⓐⓑⓒⓓⓔⓕⓖⓗⓘⓙⓚⓛⓜⓝⓞⓟⓠⓡⓢⓣⓤⓥⓦⓧⓨⓩ",
    "HANGUL_SYLLABLE": _SYLLABLES,
    "CIRCLED_HANGUL_SYLLABLE": "㉮㉯㉰㉱㉲㉳㉴㉵㉶㉷㉸㉹㉺㉻",
    "HANGUL_JAMO": _JAMO,
    "CIRCLED_HANGUL_JAMO": "㉠㉡㉢㉣㉤㉥㉦㉧㉨㉩㉪㉫㉬㉭",
    "IDEOGRAPH": "一二三四五六七八九十",
    "decimalEnclosedCircle": _CIRCLED,
    "decimalEnclosedCircleChinese": _CIRCLED,
    "upperRoman": _ROMAN,
    "lowerRoman": _ROMAN.lower(),
    "upperLetter": _LATIN,
    "lowerLetter": _LATIN.lower(),
    "ganada": _SYLLABLES,
    "chosung": _JAMO,
}
"""The signs of each way of counting that does not use digits, from 1 on."""

_PLACE = re.compile(r"[\^%](\d)")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list.

    `template` holds `^1` or `%1` where the number of level 1 (the outermost) goes; without any it
    is a bullet. `numerals` is a name that may be in `NUMERALS`.
    """

    template: str
    numerals: str = ""
    start: int = 1


@dataclass(slots=True)
class Numbering:
    """Counts the paragraphs of each list of a document."""

    lists: Mapping[str, Sequence[Level]]
    _counts: dict[str, list[int]] = field(default_factory=dict, init=False)

    def marker(self, of_list: str, level: int) -> str:
        """Count a paragraph and return what stands before it, with a space behind, or ``""``.

        `level` is 0 for the outermost. A list or level that is not known has no marker.

        >>> numbering = Numbering({"1": [Level("^1."), Level("^2)", "HANGUL_SYLLABLE")]})
        >>> [numbering.marker("1", level) for level in (0, 1, 1, 0)]
        ['1. ', '  가) ', '  나) ', '2. ']
        """
        levels = self.lists.get(of_list, ())
        if not 0 <= level < len(levels):
            return ""
        counts = self._counts.setdefault(of_list, [])
        for above in levels[len(counts) : level]:
            counts.append(above.start)
        if len(counts) == level:
            counts.append(levels[level].start)
        else:
            counts[level] += 1
            del counts[level + 1 :]

        def number(place: re.Match[str]) -> str:
            at = int(place[1]) - 1
            return _numeral(counts[at], levels[at].numerals) if 0 <= at <= level else ""

        sign = _PLACE.sub(number, levels[level].template).strip()
        return "  " * level + sign + " " if sign else ""

    def restart(self, of_list: str) -> None:
        """Begin a list anew."""
        self._counts.pop(of_list, None)


def _numeral(number: int, numerals: str) -> str:
    signs = NUMERALS.get(numerals, "")
    return signs[number - 1] if 0 < number <= len(signs) else str(number)
