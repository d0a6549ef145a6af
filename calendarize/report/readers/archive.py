"""ZIP archives, opened with care: packages of one document, and folders of documents.

Nothing is ever written to disk. What an archive declares is checked before anything is inflated
(`zipfile` never gives more than the declared size), so a bomb costs nothing.
"""

from __future__ import annotations

import io
import lzma
import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from zipfile import BadZipFile, LargeZipFile, ZipFile, ZipInfo

from calendarize.report.errors import ReportError

MAX_MEMBERS = 5000
MAX_UNPACKED = 512 * 1024 * 1024
"""How much an archive may hold unpacked, bytes, the archives in it included."""

MAX_XML = 32 * 1024 * 1024
"""How long one XML part may be, bytes: reading a DOCX took 17 times as much memory."""

MAX_RATIO = 200
"""How many times smaller than its content a member may be, above `_SMALL`: parts of real
documents reach 32."""

MAX_DEPTH = 3
"""How many archives may lie within each other."""

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
        return archive.read(member)
    except NotImplementedError as error:  # a method of other programs, AES among them
        problem = "풀 수 없는 방식으로 압축되었습니다"
        raise ReportError(source, problem, "일반 ZIP으로 다시 압축하세요.") from error
    except _BROKEN as error:
        raise ReportError(source, *_DAMAGED) from error


def check_package(archive: ZipFile, source: str) -> None:
    """Raise `ReportError` for a document whose XML parts are too long or define entities.

    No document format allows a document type definition; it serves to swell or to fetch files.
    """
    for member in archive.infolist():
        if not member.filename.lower().endswith((".xml", ".rels", ".hpf", ".rdf")):
            continue
        if member.file_size > MAX_XML:
            raise ReportError(source, _BOMB, "내용을 나누어 저장하세요.")
        if member.flag_bits & _ENCRYPTED:
            raise ReportError(source, "암호가 걸린 문서입니다", "암호를 풀고 다시 저장하세요.")
        try:
            with archive.open(member) as part:
                head = part.read(_HEAD).replace(b"\0", b"")
        except _BROKEN as error:
            raise ReportError(source, *_DAMAGED) from error
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
