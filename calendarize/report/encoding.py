"""Bytes become text: UTF-8, UTF-16 or CP949, or a clear word why not."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable

from calendarize.report.errors import ReportError

MAX_BYTES = 20 * 1024 * 1024
"""Longer texts are refused: no report is that long, and reading would take minutes."""

MAX_CONTROL_SHARE = 0.02
"""More control characters than this share of the whole, and it is no text."""

MAX_BROKEN_SHARE = 0.005
"""UTF-8 may be damaged in so many places (a cut file, a bad copy) and is still read."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAVE_AS_TEXT = "텍스트(.txt)로 저장하거나 변환한 뒤 다시 시도하세요."
_CONTROL = bytes(set(range(0x20)) - set(b"\t\n\r\f\v")) + b"\x7f"
_CONTROL_CHARACTERS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_KOREAN = re.compile("[가-힣ㄱ-ㆎ·°±×÷§\u2000-\u33ff\uff00-\uffef\u4e00-\u9fff]")
_HANGUL = re.compile("[가-힣]")
_FOREIGN_LETTERS = re.compile(r"[^\x00-\x7f\W]")
_NOT_ASCII = re.compile("[^\x00-\x7f]")


def decode(data: bytes, source: str) -> str:
    """Return the text of a document's bytes, or raise `ReportError` naming `source`."""
    refuse_size(len(data), source)
    if not data.strip():
        raise ReportError(source, "빈 파일입니다", "내용이 있는 보고서를 지정하세요.")
    text = _decoded(data)
    if text is None:
        raise ReportError(source, "글자로 읽을 수 없는 파일입니다", _SAVE_AS_TEXT)
    if not text.strip("\ufeff \t\r\n\f\v\x00\u3000\xa0"):
        raise ReportError(source, "빈 파일입니다", "내용이 있는 보고서를 지정하세요.")
    if "\n" not in text:
        text = text.replace("\r", "\n")
    return text


def refuse_size(size: int, source: str, limit: int = MAX_BYTES) -> None:
    """Raise `ReportError` for what is larger than a limit."""
    if size > limit:
        raise ReportError(
            source,
            f"파일이 너무 큽니다({size / 2**20:.0f} MB, 한도 {limit // 2**20} MB)",
            "보고서를 나누어 지정하세요.",
        )


def _decoded(data: bytes) -> str | None:
    """Return the text, trying one encoding after another, or `None`."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            marked = data.decode(encoding, "replace")
            return marked if _is_readable(marked) and _is_whole(marked) else None
    if b"\0" in data:
        return _utf16_without_bom(data)
    if len(data) - len(data.translate(None, _CONTROL)) > MAX_CONTROL_SHARE * len(data):
        return None
    readers: tuple[Callable[[bytes], str | None], ...] = (
        lambda raw: _strict(raw, "utf-8"),
        _cp949,
        _damaged_utf8,
    )
    return next((text for reader in readers if (text := reader(data)) is not None), None)


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _is_readable(text: str) -> bool:
    return len(_CONTROL_CHARACTERS.findall(text)) <= MAX_CONTROL_SHARE * len(text)


def _utf16_without_bom(data: bytes) -> str | None:
    """Return UTF-16 told by its NULs: the upper bytes of ASCII stand at every other place."""
    even, odd = data[0::2].count(0), data[1::2].count(0)
    if len(data) % 2 or max(even, odd) < 20 * min(even, odd):
        return None
    text = _strict(data, "utf-16-le" if odd > even else "utf-16-be")
    if text is None or not _is_readable(text):
        return None
    strange = len(_NOT_ASCII.findall(text)) - len(_KOREAN.findall(text))
    return text if strange <= len(text) // 10 else None


def _cp949(data: bytes) -> str | None:
    """Return CP949 (EUC-KR) text; other 8-bit encodings come out as anything but Hangul."""
    text = _strict(data, "cp949")
    if text is None:
        return None
    foreign = len(_NOT_ASCII.findall(text))
    korean = len(_KOREAN.findall(text))
    letters = len(_FOREIGN_LETTERS.findall(text))  # dots and lines that lead the eye are none
    is_korean = korean >= 0.9 * foreign and len(_HANGUL.findall(text)) >= 0.5 * letters
    return text if is_korean else None


def _damaged_utf8(data: bytes) -> str | None:
    text = data.decode("utf-8", errors="replace")
    return text if _is_whole(text) and len(text) > 100 else None


def _is_whole(text: str) -> bool:
    """Tell whether so little of a text was lost that it can be read."""
    return text.count("\ufffd") <= max(1, MAX_BROKEN_SHARE * len(text))
