"""Documents as they come: the format is told by the content, and one reader makes it text.

A reader turns bytes into blocks (`blocks.Block`), `blocks.text_of` writes them as the text that
the rest of `report/` reads; so every format gives the same `Report`. Readers do not open files
and know nothing of folders.

>>> [found.text() for found in documents("□ 추진일정".encode(), "예.txt")]
['□ 추진일정']
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePath
from zipfile import ZipFile

from calendarize.names import printable
from calendarize.report.encoding import decode, refuse_size
from calendarize.report.errors import ReportError
from calendarize.report.readers import archive, hwp, pdf, sheet, web, word
from calendarize.report.readers.blocks import Block, text_of

_ENDINGS = "docm docx htm html hwp hwpx markdown md mht mhtml pdf txt xlsm xlsx zip"
SUFFIXES = frozenset(f".{ending}" for ending in _ENDINGS.split())
"""Endings of the files that folders and archives are searched for."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format that a library of the named extra reads.

    `read` returns the blocks of the bytes (the second argument is the source, for errors of its
    own). Whatever else it raises means that the document is damaged.
    """

    name: str
    extra: str
    read: Callable[[bytes, str], list[Block]]
    when_empty: str = "내용이 있는 보고서를 지정하세요."


@dataclass(frozen=True, slots=True)
class Refusal:
    """A format that is not read: what it is and what to do."""

    problem: str
    remedy: str


ARCHIVE = Refusal("압축 파일입니다", "압축을 풀어 지정하세요.")
"""Stands for an archive of documents."""

HWP = Format("한글(HWP)", "hwp", hwp.read)
HWPX = Format("한글(HWPX)", "hwp", hwp.read)
PDF = Format(
    "PDF", "pdf", pdf.read, "스캔한 그림이면 글자 인식(OCR)을 거친 PDF나 원본 문서를 지정하세요."
)
DOCX = Format("워드(DOCX)", "office", word.read)
XLSX = Format("엑셀(XLSX)", "office", sheet.read)
HTML = Format("HTML", "all", lambda data, _: web.read(data.decode()))
MHTML = Format("HTML", "all", lambda data, source: web.read(decode(web.page_in(data), source)))

_AS_DOCX = "DOCX나 PDF로 저장한 뒤 다시 시도하세요."
_AS_XLSX = "XLSX로 저장한 뒤 다시 시도하세요."
_AS_HWP = "한글에서 HWPX나 HWP로 저장한 뒤 다시 시도하세요."
_AS_ZIP = "압축을 풀어 문서를 지정하거나 ZIP으로 압축하세요."
_NO_LOCK = "암호를 풀고 다시 저장하세요."
_PICTURE = Refusal("그림 파일입니다", "글자 인식(OCR)을 거친 PDF나 원본 문서를 지정하세요.")

_ONLY_READABLE = f"읽을 수 있는 형식: {', '.join(sorted(SUFFIXES))}"
_NO_FOLDERS = frozenset(("__MACOSX",))

_DRM = Refusal(
    "문서보안(DRM)이 걸린 파일입니다", "문서보안 프로그램에서 보안을 해제한 파일을 지정하세요."
)
_DRM_SIGNS = (
    b"MARKANY_DOCUMENTSAFER",  # MarkAny
    b"DRMONE",  # Fasoo
    b"NASCA DRM",
    b"SCDSA",  # SoftCamp
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS: tuple[tuple[str, Format | Refusal], ...] = (
    ("FileHeader", HWP),
    ("\tDRMContent", _DRM),
    ("EncryptedPackage", Refusal("암호가 걸린 오피스(DOCX, XLSX) 문서입니다", _NO_LOCK)),
    ("WordDocument", Refusal("옛 워드(DOC) 문서입니다", _AS_DOCX)),
    ("Workbook", Refusal("옛 엑셀(XLS) 문서입니다", _AS_XLSX)),
    ("PowerPoint Document", Refusal("옛 파워포인트(PPT) 문서입니다", _AS_DOCX)),
)
_BROKEN_OLE = Refusal("손상된 한글(HWP) 또는 옛 오피스 문서입니다", "원본 파일을 다시 받으세요.")
_MEMBERS: tuple[tuple[str, Format | Refusal], ...] = (
    ("Contents/content.hpf", HWPX),
    ("Contents/section0.xml", HWPX),
    ("word/", DOCX),
    ("xl/workbook.xml", XLSX),
    ("xl/workbook.bin", Refusal("엑셀 바이너리(XLSB) 문서입니다", _AS_XLSX)),
    ("ppt/", Refusal("파워포인트(PPTX) 문서입니다", _AS_DOCX)),
    ("META-INF/manifest.xml", Refusal("오픈도큐먼트(ODT, ODS) 문서입니다", _AS_DOCX)),
)
_MAGIC: tuple[tuple[bytes, Refusal], ...] = (
    (b"HWP Document File", Refusal("옛 한글(3.0) 문서입니다", _AS_HWP)),
    (b"{\\rtf", Refusal("RTF 문서입니다", _AS_DOCX)),
    (b"\x1f\x8b", Refusal("gzip 압축 파일입니다", _AS_ZIP)),
    (b"7z\xbc\xaf\x27\x1c", Refusal("7z 압축 파일입니다", _AS_ZIP)),
    (b"Rar!", Refusal("RAR 압축 파일입니다", _AS_ZIP)),
    (b"ALZ\x01", Refusal("알집(ALZ) 압축 파일입니다", _AS_ZIP)),
    (b"EGGA", Refusal("알집(EGG) 압축 파일입니다", _AS_ZIP)),
    (
        b"BEGIN:VCALENDAR",
        Refusal("달력(iCalendar) 파일입니다", "달력의 바탕이 된 보고서를 지정하세요."),
    ),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"II*\0", _PICTURE),
    (b"MM\0*", _PICTURE),
)
_HEAD = 1024
_DRM_HEAD = 64
_WRAPPED = 100
_ZIP = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class Document:
    """The bytes of one document, not yet read; `error` is why there are none to read."""

    source: str
    data: bytes = b""
    error: ReportError | None = None

    def text(self) -> str:
        """Return the document's text; `ReportError` where it cannot be read."""
        if self.error is not None:
            raise self.error
        found = _format_of(self.data, self.source)
        if isinstance(found, Refusal):
            raise ReportError(self.source, found.problem, found.remedy)
        return _text(found, self.data, self.source)


def documents(data: bytes, source: str) -> Iterator[Document]:
    """Yield the document in some bytes, of an archive those in it, in the order of their names.

    What an archive holds besides documents is passed over.
    """
    return _documents(data, printable(source), 0, archive.Budget())


def _documents(data: bytes, source: str, depth: int, budget: archive.Budget) -> Iterator[Document]:
    """Yield documents as `documents` does; `depth` is the number of archives around the bytes."""
    try:
        if data.startswith(_ZIP) and _packed(archive.opened(data, source)) is ARCHIVE:
            yield from _members(data, source, depth, budget)
        else:
            yield Document(source, data)
    except ReportError as error:
        yield Document(source, error=error)


def is_document(name: str) -> bool:
    """Tell whether a file of that name is looked for: its ending, not hidden, no lock file.

    >>> [is_document(n) for n in ("보고.HWP", "~$보고.docx", ".보고.txt", "사진.png")]
    [True, False, False, False]
    """
    return PurePath(name).suffix.lower() in SUFFIXES and not name.startswith((".", "~$"))


def _members(data: bytes, source: str, depth: int, budget: archive.Budget) -> Iterator[Document]:
    """Yield the documents in an archive."""
    if depth >= archive.MAX_DEPTH:
        raise ReportError(source, "압축이 너무 여러 겹입니다", "압축을 풀어 지정하세요.")
    opened = archive.opened(data, source, budget)
    nothing = True
    for name, member in archive.members(opened):
        inner = f"{source}/{printable(name)}"
        path = PurePath(name)
        if not is_document(path.name) or not _NO_FOLDERS.isdisjoint(path.parts):
            continue
        nothing = False
        try:
            if archive.climbs(name):
                problem = "압축 안의 경로가 압축 밖을 가리킵니다"
                raise ReportError(inner, problem, "믿을 수 있는 파일인지 확인하세요.")
            content = archive.content(opened, member, inner)
        except ReportError as error:
            yield Document(inner, error=error)
            continue
        yield from _documents(content, inner, depth + 1, budget)
    if nothing:
        raise ReportError(source, "압축 안에 읽을 수 있는 보고서가 없습니다", _ONLY_READABLE)


def _text(found: Format | None, data: bytes, source: str) -> str:
    """Return the text of a document in a format; `None`: of a text, or of an HTML page."""
    if found is None:
        text = decode(data, source)
        if not web.is_page(text):
            return text
        found, data = HTML, text.encode("utf-8", "replace")
    try:
        text = text_of(found.read(data, source))
    except ReportError:
        raise
    except ModuleNotFoundError as error:
        problem = f"{found.name} 문서를 읽는 프로그램({error.name})이 설치되어 있지 않습니다"
        remedy = f"pip install 'calendarize[{found.extra}]' 명령으로 설치하세요."
        raise ReportError(source, problem, remedy) from error
    except Exception as error:  # a library meets a broken document with any error
        _raise_within(error)
        problem = f"손상되었거나 형식이 잘못된 {found.name} 문서입니다"
        remedy = "원래 프로그램에서 열어 다시 저장한 뒤 시도하세요."
        raise ReportError(source, problem, remedy) from error
    if not text.strip():
        raise ReportError(source, f"{found.name} 문서에 글자가 없습니다", found.when_empty)
    refuse_size(len(text), source)
    return text


def _raise_within(error: BaseException) -> None:
    """Raise what a library has wrapped into an error of its own: a refusal, a lack of memory."""
    within: list[object] = [error]
    for each in within:
        if isinstance(each, ReportError | MemoryError):
            raise each
        if isinstance(each, BaseException) and len(within) < _WRAPPED:
            within += (each.__cause__, each.__context__, *each.args)


def _format_of(data: bytes, source: str) -> Format | Refusal | None:
    """Return the format that the bytes themselves tell; `None`: a text, or nothing known."""
    head = data[:_HEAD]
    if any(sign in head[:_DRM_HEAD] for sign in _DRM_SIGNS) and not head.startswith((_OLE, _ZIP)):
        return _DRM
    if data.startswith(_OLE):
        named = (kind for name, kind in _OLE_STREAMS if name.encode("utf-16-le") in data)
        return next(named, _BROKEN_OLE)
    if data.startswith(_ZIP):
        opened = archive.opened(data, source)
        found = _packed(opened)
        if isinstance(found, Format):
            archive.check_package(opened, source)
        if found is HWPX and archive.is_locked(opened, source):
            raise ReportError(source, "암호가 걸린 한글(HWPX) 문서입니다", _NO_LOCK)
        return found
    if b"%PDF-" in head:
        return PDF
    if head.lstrip().startswith(b"<?xml") and b"<HWPML" in head:
        return Refusal("한글 XML(HML) 문서입니다", _AS_HWP)
    if b"MIME-Version:" in head and b"multipart/related" in head:
        return MHTML
    return next((refusal for magic, refusal in _MAGIC if data.startswith(magic)), None)


def _packed(opened: ZipFile) -> Format | Refusal:
    """Return the format that the names in a ZIP archive tell."""
    names = opened.namelist()
    told = (found for start, found in _MEMBERS if any(name.startswith(start) for name in names))
    return next(told, ARCHIVE)


for _library in ("hwpx", "pdfminer", "openpyxl"):  # their notes on a document are not ours
    logging.getLogger(_library).addHandler(logging.NullHandler())
