"""ZIP archives, opened with care: packages of one document, and folders of documents.

Nothing is ever written to disk. What an archive declares is checked before anything is unpacked,
and unpacking ends where a member turns out to be longer than it said (`zipfile` unpacks all of it
first), so a bomb costs nothing.
"""

from __future__ import annotations

import bz2
import io
import lzma
import re
import struct
import zlib
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO, Protocol
from zipfile import (
    ZIP_BZIP2,
    ZIP_DEFLATED,
    ZIP_LZMA,
    ZIP_STORED,
    BadZipFile,
    LargeZipFile,
    ZipFile,
    ZipInfo,
)
from zlib import crc32

from calendarize.report.errors import ReportError

MAX_MEMBERS = 5000
MAX_UNPACKED = 512 * 1024 * 1024
"""How much an archive may hold unpacked, bytes, the archives in it included."""

MAX_XML = 32 * 1024 * 1024
"""How long one XML part may be, bytes: reading a DOCX took 17 times as much memory."""

MAX_XML_TOGETHER = 64 * 1024 * 1024
"""How long all XML parts of a document may be together, bytes."""

MAX_RATIO = 200
"""How many times smaller than its content a member may be, above `_SMALL`: parts of real
documents reach 32."""

MAX_DEPTH = 3
"""How many archives may lie within each other."""

_PIECE = 1024 * 1024
_LZMA_HEAD, _LZMA_PROPERTIES = 4, 5
_MAX_DICTIONARY = 64 * 1024 * 1024
_BEFORE_XML = b"\xef\xbb\xbf\xff\xfe \t\r\n"
_SMALL = 8 * 1024 * 1024
_HEAD = 4096
_DRIVE = re.compile(r"[A-Za-z]:")
_ENCRYPTED = 0x1
_BROKEN = (
    BadZipFile,
    LargeZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    ArithmeticError,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
)
"""What `zipfile` raises on damaged archives, besides what it says it does."""

_UNPACK = "압축을 풀어 문서를 따로 지정하세요."
_DAMAGED = ("손상된 압축 문서(HWPX, DOCX, XLSX, ZIP)입니다", "원본 파일을 다시 받으세요.")
_BOMB = "지나치게 큰 내용을 숨긴 압축 파일입니다"


@dataclass(slots=True)
class Budget:
    """How much the archives within each other may still hold."""

    members: int = MAX_MEMBERS
    unpacked: int = MAX_UNPACKED


def opened(data: bytes, source: str, budget: Budget | None = None) -> ZipFile:
    """Return the archive in the bytes; `ReportError` when it is damaged or a bomb.

    What it holds is taken from the budget, by default that of one archive alone.
    """
    budget = budget or Budget()
    try:
        archive = ZipFile(io.BytesIO(data))
    except _BROKEN as error:
        raise ReportError(source, *_DAMAGED) from error
    members = archive.infolist()
    budget.members -= len(members)
    budget.unpacked -= sum(member.file_size for member in members)
    if budget.members < 0:
        problem = f"압축 안에 파일이 너무 많습니다(한도 {MAX_MEMBERS:,}개)"
        raise ReportError(source, problem, _UNPACK)
    if budget.unpacked < 0 or any(map(_is_bomb, members)):
        raise ReportError(source, _BOMB, "믿을 수 있는 파일인지 확인하세요.")
    return archive


def _is_bomb(member: ZipInfo) -> bool:
    return member.file_size > max(_SMALL, MAX_RATIO * member.compress_size)


def content(archive: ZipFile, member: ZipInfo, source: str) -> bytes:
    """Return the bytes of a member; `ReportError` when they are damaged or locked."""
    if member.flag_bits & _ENCRYPTED:
        raise ReportError(source, "암호가 걸린 압축 파일입니다", "암호를 풀고 다시 압축하세요.")
    try:
        return b"".join(_unpacked(archive, member))
    except NotImplementedError as error:  # a method of other programs, AES among them
        problem = "풀 수 없는 방식으로 압축되었습니다"
        raise ReportError(source, problem, "일반 ZIP으로 다시 압축하세요.") from error
    except _BROKEN as error:
        raise ReportError(source, *_DAMAGED) from error


def _unpacked(archive: ZipFile, member: ZipInfo) -> Iterator[bytes]:
    """Yield the bytes of a member in pieces; `BadZipFile` when they are not what it declares."""
    as_it_is = copy(member)
    as_it_is.compress_type, as_it_is.file_size = ZIP_STORED, member.compress_size
    del as_it_is.CRC  # that of the bytes unpacked
    length = checksum = 0
    with archive.open(as_it_is) as packed:
        unpacker = _unpacker(member.compress_type, packed)
        while not unpacker.eof:
            given = packed.read(_PIECE) if unpacker.needs_input else b""
            piece = unpacker.decompress(given, _PIECE)
            length += len(piece)
            if length > member.file_size:
                raise BadZipFile
            if not given and not piece and unpacker.needs_input:
                break
            checksum = crc32(piece, checksum)
            yield piece
    if (length, checksum) != (member.file_size, member.CRC):
        raise BadZipFile


class _Unpacker(Protocol):
    """What unpacks piece by piece, as the decompressors of the standard library do."""

    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    def decompress(self, data: bytes, max_length: int = -1) -> bytes: ...


class _Stored:
    """Bytes that are packed as they are."""

    eof, needs_input = False, True

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        return data


class _Inflater:
    """Deflate, in the manner of the others."""

    def __init__(self) -> None:
        self.inflater = zlib.decompressobj(-zlib.MAX_WBITS)

    @property
    def eof(self) -> bool:
        return self.inflater.eof

    @property
    def needs_input(self) -> bool:
        return not self.inflater.unconsumed_tail

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        return self.inflater.decompress(data or self.inflater.unconsumed_tail, max_length)


def _unpacker(method: int, packed: IO[bytes]) -> _Unpacker:
    if method == ZIP_LZMA:
        return _lzma(packed)
    kinds: dict[int, type[_Unpacker]] = {
        ZIP_STORED: _Stored,
        ZIP_DEFLATED: _Inflater,
        ZIP_BZIP2: bz2.BZ2Decompressor,
    }
    if method not in kinds:
        raise NotImplementedError
    return kinds[method]()


def _lzma(packed: IO[bytes]) -> _Unpacker:
    """Read the head of a member packed by LZMA (APPNOTE.TXT, 5.8.8)."""
    size = int.from_bytes(packed.read(_LZMA_HEAD)[2:], "little")
    properties = packed.read(size)
    if size != _LZMA_PROPERTIES or len(properties) < size:
        raise BadZipFile
    rest, lc = divmod(properties[0], 9)
    pb, lp = divmod(rest, 5)
    dictionary = int.from_bytes(properties[1:], "little")
    if dictionary > _MAX_DICTIONARY:
        raise NotImplementedError
    told = {"id": lzma.FILTER_LZMA1, "lc": lc, "lp": lp, "pb": pb, "dict_size": dictionary}
    return lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=[told])


def check_package(archive: ZipFile, source: str) -> None:
    """Raise `ReportError` for a document whose parts are too long, lie about their length, or
    define entities.

    No document format allows a document type definition; it serves to swell or to fetch files.
    Parts are told by what they hold: a library opens them whatever their names are.
    """
    together = 0
    for member in archive.infolist():
        if member.flag_bits & _ENCRYPTED:
            raise ReportError(source, "암호가 걸린 문서입니다", "암호를 풀고 다시 저장하세요.")
        if member.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise ReportError(source, *_DAMAGED)
        try:
            head = b""
            for piece in _unpacked(archive, member):
                head = head or piece[:_HEAD].replace(b"\0", b"")
        except _BROKEN as error:
            raise ReportError(source, *_DAMAGED) from error
        if not head.lstrip(_BEFORE_XML).startswith(b"<"):
            continue
        together += member.file_size
        if member.file_size > MAX_XML or together > MAX_XML_TOGETHER:
            raise ReportError(source, _BOMB, "내용을 나누어 저장하세요.")
        if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
            problem = "문서 안에 허용되지 않는 선언(DTD)이 있습니다"
            raise ReportError(source, problem, "믿을 수 있는 파일인지 확인하세요.")


def is_locked(archive: ZipFile, source: str) -> bool:
    """Tell whether a package says that its parts are encrypted, in the manifest of OpenDocument."""
    manifests = (m for m in archive.infolist() if m.filename == "META-INF/manifest.xml")
    return any(b"encryption-data" in content(archive, manifest, source) for manifest in manifests)


def members(archive: ZipFile) -> Iterator[tuple[str, ZipInfo]]:
    """Yield the files of an archive with their names, in the order of names."""
    named = ((_name(member), member) for member in archive.infolist() if not member.is_dir())
    return iter(sorted(named, key=lambda pair: pair[0]))


def _name(member: ZipInfo) -> str:
    """Return a member's name; without the UTF-8 flag it is UTF-8 or, from Windows, CP949."""
    name = member.filename
    if not member.flag_bits & 0x800:
        for encoding in ("utf-8", "cp949"):
            try:
                name = name.encode("cp437").decode(encoding)
                break
            except UnicodeError:
                continue
    return name.replace("\\", "/")


def climbs(name: str) -> bool:
    """Tell whether a member's name leads out of the archive.

    >>> climbs("../a.txt"), climbs("/a.txt"), climbs("C:/a.txt"), climbs("부서/a.txt")
    (True, True, True, False)
    """
    path = PurePosixPath(name)
    return path.is_absolute() or ".." in path.parts or _DRIVE.match(name) is not None
