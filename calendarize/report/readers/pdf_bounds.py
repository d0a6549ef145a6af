"""What a PDF may make of itself, held to bounds: `pdfminer` knows none.

A few bytes can name billions of characters, swell through filters upon filters, or show a form
that shows forms. The places where `pdfminer` does such work are counted here: decoded bytes,
entries of maps, forms shown, rows of a predictor. `pdfplumber` looks through all crossings of
ruled lines for each of them; here they are looked up, and beyond any real table there is none.
"""

from __future__ import annotations

import zlib
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from typing import Any

from calendarize.report.errors import ReportError

MAX_BYTES = 128 * 1024 * 1024
"""How long what is decoded may be together, bytes: pages and fonts, pictures are not decoded."""
MAX_ENTRIES = 1_000_000
"""How many characters and widths the fonts may name: each of them has 65,536 at most."""
MAX_FORMS = 20_000
"""How many forms the pages may show, those in forms included."""
MAX_ROWS = 2_000_000
"""How many rows a predictor may have; each is computed by itself."""
MAX_PAIRS = 1_000_000
MAX_CROSSINGS = 6_000
"""How many pairs of ruled lines, and how many that cross, may still be the tables of a page."""

_PIECE = 1024 * 1024
_MENDING = 256
_RUN = 64
"""How many times longer run lengths may be than what they are written in."""


@dataclass(slots=True)
class _Left:
    """How much a document may still do."""

    source: str
    bytes: int = MAX_BYTES
    entries: int = MAX_ENTRIES
    forms: int = MAX_FORMS
    rows: int = MAX_ROWS

    def take(self, kind: str, count: int) -> None:
        left = getattr(self, kind) - max(0, count)
        setattr(self, kind, left)
        if left < 0:
            problem = "지나치게 큰 내용을 숨긴 PDF입니다"
            raise ReportError(self.source, problem, "믿을 수 있는 파일인지 확인하세요.")


_left: ContextVar[_Left] = ContextVar("left")


@contextmanager
def bounded(source: str) -> Iterator[None]:
    """Hold what is done with one PDF to the bounds: beyond them `ReportError` is raised, maybe
    as the cause of an error of the libraries."""
    _hold_to_bounds()
    token = _left.set(_Left(source))
    try:
        yield
    finally:
        _left.reset(token)


def _take(kind: str, count: int) -> None:
    left = _left.get(None)
    if left is not None:
        left.take(kind, count)


@cache
def _hold_to_bounds() -> None:
    """Put the counting into the libraries; outside `bounded` they do as they always did."""
    from pdfminer import cmapdb, pdffont, pdfinterp, pdftypes
    from pdfplumber import table

    streams: Any = pdftypes
    fonts: Any = pdffont
    streams.zlib = _Inflating
    streams.decompress_corrupted = _mended
    streams.rldecode = _before(streams.rldecode, lambda data: _take("bytes", _RUN * len(data)))
    streams.lzwdecode = _lzw
    streams.apply_png_predictor = _before(streams.apply_png_predictor, _rows_of_predictor)
    fonts.get_widths = _before_list(fonts.get_widths, 3)
    fonts.get_widths2 = _before_list(fonts.get_widths2, 5)
    for each in (cmapdb.FileUnicodeMap, cmapdb.CMapBase):
        each.add_cid2unichr = _before(  # type: ignore[method-assign]
            each.add_cid2unichr, lambda *_: _take("entries", 1)
        )
    interpreter: Any = pdfinterp.PDFPageInterpreter
    interpreter.do_Do = _before(interpreter.do_Do, lambda *_: _take("forms", 1))
    tables: Any = table
    tables.edges_to_intersections = _crossings(tables.edges_to_intersections)
    tables.intersections_to_cells = _cells


def _before(function: Callable[..., Any], count: Callable[..., None]) -> Callable[..., Any]:
    def counted(*arguments: Any, **named: Any) -> Any:
        count(*arguments)
        return function(*arguments, **named)

    return counted


class _Inflating:
    """Stands for the module `zlib`."""

    error = zlib.error

    @staticmethod
    def decompress(data: bytes) -> bytes:
        """Return the bytes that Flate stands for."""
        inflater = zlib.decompressobj()
        pieces = []
        while not inflater.eof:
            piece = inflater.decompress(data, _PIECE)
            data = inflater.unconsumed_tail
            _take("bytes", len(piece))
            pieces.append(piece)
            if not piece and not data:
                raise zlib.error("incomplete")
        return b"".join(pieces)


def _mended(data: bytes) -> bytes:
    """Return what can be had of damaged Flate."""
    inflater = zlib.decompressobj()
    pieces = []
    try:
        for at in range(0, len(data), _MENDING):
            piece = inflater.decompress(data[at : at + _MENDING])
            _take("bytes", len(piece))
            pieces.append(piece)
    except zlib.error:
        pass
    return b"".join(pieces)


def _lzw(data: bytes) -> bytes:
    """Return the bytes that LZW stands for."""
    from io import BytesIO

    from pdfminer.lzw import LZWDecoder

    pieces = []
    for piece in LZWDecoder(BytesIO(data)).run():
        _take("bytes", len(piece))
        pieces.append(piece)
    return b"".join(pieces)


def _rows_of_predictor(_: int, colors: int, columns: int, bits: int, data: bytes) -> None:
    _take("rows", len(data) // max(1, colors * columns * bits // 8 + 1))


def _before_list(function: Callable[..., Any], size: int) -> Callable[..., Any]:
    """Count the widths of a sequence: `first [widths]`, or a range as `size` numbers."""

    def counted(sequence: Iterable[object]) -> Any:
        from pdfminer.pdftypes import resolve1

        values = [resolve1(value) for value in sequence]
        numbers: list[float] = []
        for value in values:
            if not isinstance(value, int | float):
                numbers.clear()
                continue
            numbers.append(value)
            if len(numbers) == size:
                _take("entries", int(numbers[1] - numbers[0]))
                numbers.clear()
        return function(values)

    return counted


_Crossing = tuple[float, float]
_Box = tuple[float, float, float, float]


def _crossings(function: Callable[..., Any]) -> Callable[..., Any]:
    def few(edges: list[dict[str, Any]], *arguments: Any, **named: Any) -> Any:
        upright = sum(edge["orientation"] == "v" for edge in edges)
        if upright * (len(edges) - upright) > MAX_PAIRS:
            return {}
        found = function(edges, *arguments, **named)
        return found if len(found) <= MAX_CROSSINGS else {}

    return few


def _cells(crossings: dict[_Crossing, dict[str, list[dict[str, Any]]]]) -> list[_Box]:
    """Return the smallest box that each crossing is the top left corner of, where there is one."""
    from pdfplumber.utils.geometry import obj_to_bbox

    upright = {at: set(map(obj_to_bbox, lines["v"])) for at, lines in crossings.items()}
    level = {at: set(map(obj_to_bbox, lines["h"])) for at, lines in crossings.items()}
    downwards: dict[float, list[_Crossing]] = defaultdict(list)
    rightwards: dict[float, list[_Crossing]] = defaultdict(list)
    for at in sorted(crossings):
        downwards[at[0]].append(at)
        rightwards[at[1]].append(at)

    def box(corner: _Crossing) -> _Box | None:
        below, beside = downwards[corner[0]], rightwards[corner[1]]
        rights = [
            right
            for right in beside[bisect_right(beside, corner) :]
            if not level[corner].isdisjoint(level[right])
        ]
        for down in below[bisect_right(below, corner) :]:
            if upright[corner].isdisjoint(upright[down]):
                continue
            for right in rights:
                last = (right[0], down[1])
                if (
                    last in crossings
                    and not upright[last].isdisjoint(upright[right])
                    and not level[last].isdisjoint(level[down])
                ):
                    return (*corner, *last)
        return None

    return [found for corner in sorted(crossings) if (found := box(corner)) is not None]
