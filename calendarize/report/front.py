"""The title page: where it ends, the report's title and the department."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from calendarize.report.model import Block, Table
from calendarize.report.outline.lines import Item
from calendarize.report.tables import clean
from calendarize.wordlists import word_lists

_MAX_LINES = 40
_MAX_LENGTH = 1500
_MAX_ROWS = 2
_MAX_TITLE_ROWS = 8
_SHORT = 40
_LONG = 60
_SENTENCE = re.compile(r"[가-힣]\.$")

# ---------------------------------------------------------------- where it ends


def front_end(view: str, starts: Sequence[int], found: Sequence[Item]) -> int:
    """Return the offset at which the body begins: 0 when the first line is body already."""
    limit = starts[_MAX_LINES] if len(starts) > _MAX_LINES else len(view)
    limit = min(limit, _MAX_LENGTH)
    end = 0
    for index, (block, _) in enumerate(found):
        if block.start >= limit or _is_body(found, index):
            break
        end = found[index + 1].block.start if index + 1 < len(found) else len(view)
    return end


def _is_body(found: Sequence[Item], index: int) -> bool:
    block, mark = found[index]
    if block.table is not None:
        return len(block.table.rows) > _MAX_ROWS and not _is_title_table(block.table)
    if index and mark is not None and mark.family == "caption" and index + 1 < len(found):
        return _heads_a_list(block, found[index + 1])
    if mark is None:
        return len(block.text) > _LONG or _SENTENCE.search(block.text) is not None
    if mark.family == "hash":
        return not (_is_cover_line(found, index) or _is_title(found, index))
    return block.kind == "bullet" or (bool(block.marker) and mark.family != "caption")


_AHEAD = 4
"""So many lines below a title may tell the office and the day of a cover."""


def _is_title(found: Sequence[Item], index: int) -> bool:
    """Tell whether a Markdown heading is the title: the first, and the only one of its level or
    above what else stands on a cover."""
    if any(block.marker for block, _ in found[:index]):
        return False
    if sum(block.marker == found[index].block.marker for block, _ in found) == 1:
        return True
    for at in range(index + 1, min(index + 1 + _AHEAD, len(found))):
        block, mark = found[at]
        if _is_cover_line(found, at):
            return True
        if block.kind != "paragraph" or mark is not None:
            return False
    return False


def _is_cover_line(found: Sequence[Item], index: int) -> bool:
    """Tell whether a short line is the day or the office of a cover.

    An office above a list is a chapter of the report, and so are several of one level.
    """
    block, mark = found[index]
    if block.kind in ("bullet", "row") or len(block.text) > _SHORT:
        return False
    if _DATE_LIKE.match(block.text):
        return True
    following = found[index + 1] if index + 1 < len(found) else None
    above_a_list = following is None or following.block.kind in ("bullet", "row")
    alike = (b for b, _ in found if b.kind == "heading" and b.marker == block.marker)
    offices = sum(map(bool, (office_rank(b.text) for b in alike)))
    is_chapter = mark is not None and (above_a_list or offices > 1)
    return office_rank(block.text) > 1 and not is_chapter


def _heads_a_list(block: Block, following: Item) -> bool:
    """Tell whether a line in brackets is the first heading: `[주요 업무]` above a box."""
    boxed = following.mark is not None and following.mark.family in ("square", "circle")
    return boxed and not any(map(str.isdigit, block.text)) and not office_rank(block.text)


def _is_title_table(table: Table) -> bool:
    """Tell whether a table only lays out a title page (session, date, whom to ask)."""
    cells = [cell for row in table.rows for cell in row]
    short = all(len(cell.text) <= _SHORT for cell in cells)
    return not table.header_rows and short and len(table.rows) <= _MAX_TITLE_ROWS


# ---------------------------------------------------------------- its number and date

_WRITTEN = r"[ ,]{0,8}\(\s?((?:(?:19|20)\d\d|')[\s\d.년월일]{4,14}?)\s?\)"
_NUMBERED = re.compile(
    rf"(?:문\s?서\s?번\s?호|시\s?행)[ \])|:\t]{{0,80}}[가-힣][가-힣\w ·.-]{{0,40}}[\d-]{_WRITTEN}"
    rf"|^[ \t\x1e|]{{0,80}}[가-힣]{{1,12}}\s?-?\s?\d[\d가-힣.-]{{0,30}}{_WRITTEN}"
    r"[ \t\x1e|]{0,80}$",
    re.MULTILINE,
)
"""The document's own number, beside its label or alone, and its date in brackets."""


def number_date(view: str) -> tuple[int, int] | None:
    """Return where the date stands that a document bears beside its own number, or `None`.

    >>> view = "문서번호 | 재일46014-1790 (1999.10.07)"
    >>> start, end = number_date(view) or (0, 0)
    >>> view[start:end]
    '1999.10.07'
    """
    found = _NUMBERED.search(view, 0, _HEAD_LINES)
    if found is None:
        return None
    return found.span(1 if found[1] else 2)


# ---------------------------------------------------------------- title

_TITLE_WORD = re.compile(
    r"(?:보고서?|계획서?\(?안?\)?|업무|현황|자료|공고문?|안내문?|방안|결과|개최|알림|선정|모집|대책|요강|지침"
    r"|일정표?|보도자료|회의록|회의|추진|시행|백서|편람|통지|통보|고시|공모)$"
)
_YEAR_ALONE = re.compile(r"(?:\d{4}년도?|'\d\d년도?|\d{4})")
_OPEN_END = re.compile(r"(?:\d{4}년도?|[의및와]|위한|대한|따른|관한)$")
_DATE_LIKE = re.compile(
    r"^\W*(?:\d{4}|'\d\d)\s*[.년/-]\s*\d{1,2}\s*[.월/-]?[\d\s.일()월화수목금토-]*$"
)
_SESSION = re.compile(r"^\(?(?:제?\d+회)?(?:제\d차)?(?:임시회|정례회)|^제?\d+회$")
_SUBJECT_LINE = re.compile(r"제\s?목\s?:?\s(\S.*)")
_LETTER_LINES = 12
_NO_TITLE = re.compile(
    r"^(?:보도자료|보도시점|배포|목차|차례|순서|담당|문의|연락처|붙임|끝)|[:@]|https?"
    r"|(?:공고|고시|훈령|예규|조례|규칙)\s*제\s*\d[\d\s-]*호"
)


def title_of(front: Sequence[Block], body: Sequence[Block]) -> str:
    """Return the report's title: the likeliest short line of the title page, or ``""``.

    An official letter names it itself (`제목 …`). Without a title page a first line that is a
    heading without a number is the title.
    """
    for block in body[:_LETTER_LINES]:
        if block.kind != "row" and (subject := _SUBJECT_LINE.fullmatch(block.text)) is not None:
            return subject[1]
    lines = [block.text for block in front if block.kind != "row"]
    scored = [(_title_score(text), -at) for at, text in enumerate(lines)]
    score, best = max(scored, default=(0, 0))
    if score <= 0:
        first = body[0] if body else None
        is_title = first is not None and first.kind == "heading" and first.marker in ("", "#")
        return first.text if first is not None and is_title and not front else ""
    at = -best
    title = lines[at]
    while at > 0 and len(title) < _LONG and _belongs(lines[at - 1], title):
        at -= 1
        title = f"{lines[at]} {title}"
    return title


def _belongs(line: str, title: str) -> bool:
    """Tell whether a line is the beginning of the title below it: a year, `… 위한`, the session
    of minutes."""
    minuted = title.endswith("회의록") and re.match(r"제?\d+회", line.replace(" ", ""))
    return bool(_OPEN_END.search(line) or minuted)


def _title_score(text: str) -> int:
    close = text.replace(" ", "")
    if not any(map(str.isalnum, close)):
        return 0  # a line drawn across the page
    if not 2 <= len(close) <= _LONG or _DATE_LIKE.match(text) or _SESSION.match(close):
        return 0
    if _NO_TITLE.search(text) or _YEAR_ALONE.fullmatch(close) or office_rank(text):
        return 0
    return 2 if _TITLE_WORD.search(close) else 1


# ---------------------------------------------------------------- department

_AUTHORITY = re.compile(
    r"(?:\((?:재|사|주|재단법인|사단법인|주식회사)\)|(?:재단|사단)법인)?[가-힣○△]{1,15}(?:시청|구청|군청|도청|교육(?:지원)?청|의회|대학교|공사|공단|재단|특별시|광역시|특별자치[시도]|진흥원)"
)
_COMMITTEE = re.compile(r"[가-힣○△·]{1,20}(?:위원회|협의회|위원단|협의체)")
_NO_OFFICE = re.compile(
    r"(?:결과|성과|효과|경과|통과|초과|부과|학과|장소|최소|감소|해소|축소|요소|주소|(?<!사)업소|기관|연관|소관|주관"
    r"|체육관|중단|판단|수단|진단|집단|대처|출처|부처|전국|한국|외국|각국|(?<![감심조검])사실|현실|내실|확실|부실|교실"
    r"|지원|회원|위원|의원|인원|민원|정원|자원|공원|직원|재원|임원|복원|만원|백만원|천원|차원)$"
)
_PARTICLE = re.compile(r"[을를는은로와에]$|하는$|위한$|의$")
_OFFICE_LENGTH = 24
_LABEL = re.compile(
    r"(?:(?:담당|작성|주관|소관|발신|제출|보고|시행)\s*(?:부서|기관|과)|부\s*서\s*명|기\s*관\s*명|부\s*서)"
    r"\s*[:\t|]\s*([^\n\t|:]{2,40})"
)
_NOTICE = re.compile(
    r"^\s*([가-힣○△]+(?:시|군|구|도|의회|대학교|공사|공단|재단|교육청|위원회|센터|원))\s*(?:공고|고시|훈령)\s*제",
    re.MULTILINE,
)
_IN_BRACKETS = re.compile(
    r"\(([가-힣]{1,15}(?:과|실|국|담당관|팀|센터))\)|[\[【〔]\s?([가-힣]{2,20})\s?[\]】〕]"
)
_ITS_REPORT = re.compile(
    r"(?:(?:19|20)\d\d|'\d\d)(?!\d)|(?:주요\s?)?업무|현안|[상하]반기|\d/?4?\s?분기|[시군구도의]정\s?(?:업무|보고)"
)
"""What follows the name of an office in the title of its own report."""
_SIGNED = re.compile(r"(?:직인\s*생략|관인\s*생략|직인|인)|[()\[\]]")
_HEADS = (
    ("구청장", "구청"),
    ("교육감", "교육청"),
    ("도지사", "도"),
    ("의회의장", "의회"),
    ("군수", "군"),
    ("시장", "시"),
    ("이사장", ""),
    ("총장", ""),
    ("사장", ""),
    ("원장", "원"),
    ("소장", "소"),
    ("처장", "처"),
    ("국장", "국"),
    ("실장", "실"),
    ("청장", "청"),
    ("관장", "관"),
    ("본부장", "본부"),
    ("센터장", "센터"),
    ("위원장", "위원회"),
)
_COUNCIL = re.compile(r"[가-힣○△]{2,12}(?:시|군|구|도)의회")
_TITLE_LINES = 3
_HEAD_LINES = 3000
_SIGNATURE_LINES = 12


_PARTED = re.compile(r"\s{3,}|\n|,\s|\s/|/\s|\s[|│]\s|[<>〈〉]|\((?=\s?(?:19|20|\x27)\d)")


def department_of(view: str, front: Sequence[Block], found: Sequence[Item]) -> str | None:
    """Return the department that made the report, as it is written, or `None`.

    In this order: what a label names (`담당부서 : …`), an office on the title page, the head of a
    notice (`○○시 공고 제1호`), an office beside the day of a title page or of the title, one in
    brackets, one whose report the title says it is (`누리군보건소 업무보고`), the signature at the
    end.
    """
    head = view[:_HEAD_LINES]
    for label in _LABEL.finditer(head):
        if office_rank(name := _unbracketed(_PARTED.split(label[1])[0])):
            return name
    lines = [line for block in front for line in _parts(block, view)]
    lines = [line if office_rank(line) else _unlisted(line) for line in lines]
    ranked = [(office_rank(line), at) for at, line in enumerate(lines)]
    rank, at = max(ranked, default=(0, 0))
    if rank:
        return lines[at]
    if (notice := _NOTICE.search(head)) is not None:
        return notice[1]
    top = [*front, *(block for block, _ in found[:1])]
    if name := next((n for n in _beside_day(top, view) if office_rank(n) > 1), ""):
        return name
    first = [block.text for block, _ in found[:_TITLE_LINES]]
    for inside in _IN_BRACKETS.finditer(" ".join([*first[:1], *lines])):
        if office_rank(name := inside[1] or inside[2]):
            return name
    for line in first:
        if name := _named_in_title(line):
            return name
    signed = _signed_by(block for block, _ in found[-_SIGNATURE_LINES:])
    titled = _COUNCIL.search(" ".join(first))
    return signed or (titled[0] if titled else None)


def _named_in_title(title: str) -> str:
    """Return the office at the beginning of the title of its own report, or ``""``.

    >>> _named_in_title("누리군보건소 업무보고(군의회 제264회 정례회)")
    '누리군보건소'
    >>> _named_in_title("문화재단 설립 추진계획")
    ''
    """
    words = title.split()
    for count in (3, 2, 1):
        name, rest = " ".join(words[:count]), " ".join(words[count:])
        if name[:1] not in "'12" and office_rank(name) > 1 and _ITS_REPORT.match(rest):
            return name
    return ""


_DONE = r"(?:최\s?종)?\s?(?:수\s?정|갱\s?신|변\s?경|작\s?성|등\s?록|게\s?시|보\s?고)"
_DATED = re.compile(
    rf"(?:{_DONE}\s?일?[자시]?\s?[:：]?\s*)?(?:(?:19|20)\d\d|'\d\d)\s?[.년-]\s?\d{{1,2}}(?!\d)"
    r"(?:\s?[.월-](?:\s?\d{1,2}(?!\d)(?:\s?[.일])?)?)?(?:\s?\([월화수목금토일]\))?(?:\s\d\d?:\d\d)?"
    rf"(?:\s?자|\s?현재|\s?기준|\s?{_DONE})?(?:[\s.,)\]]|$)"
)
"""The day of a cover with the words around it: `최종수정 2021. 3. 2.`, `2021. 3. 2. 현재`."""
_AROUND_NAME = re.compile(r"^[\s()\[\]<>.:]*(?:담\s?당\s?:?\s)?|(?:\s작\s?성)?[\s()\[\]<>.]*$")
_DATE_AHEAD = re.compile(
    r"^\s*(?:(?:19|20)\d\d|'\d\d)\s?[.년][\d\s.월일]*(?:\([월화수목금토일]\))?\s+"
)


def _parts(block: Block, view: str) -> Iterable[str]:
    """Yield the texts of a block that may each be a name: cells, and what gaps and commas part."""
    if block.table is None:
        parts = _PARTED.split(view[block.content : block.end])
        return (clean(_DATE_AHEAD.sub("", part)) for part in parts)
    return (cell.text for cell in block.table.rows[block.row])


def _beside_day(front: Iterable[Block], view: str) -> Iterable[str]:
    """Yield the texts beside a day on the title page: `(최종수정 2021. 3. 2. 총무과)`."""
    for block in front:
        line, days = _DATED.subn("\n", view[block.content : block.end])
        for part in re.split(rf"{_PARTED.pattern}|\(", line) if days else ():
            yield clean(_AROUND_NAME.sub("", part))


def _unlisted(line: str) -> str:
    """Return the office ahead of its parts in brackets: `○○시보건소 (보건행정과·건강증진과)`."""
    name = _unbracketed(line)
    return name if "·" in line and line.endswith(")") and office_rank(name) else line


def _unbracketed(text: str) -> str:
    return clean(text.partition("(")[0].partition(",")[0])


@cache
def _office() -> re.Pattern[str]:
    """Return the pattern of names of offices: those that end so, and what is listed in full."""
    listed = "|".join(word_lists().offices)
    ends = rf"[가-힣○△·\d]{{0,20}}[가-힣]{{1,20}}(?:{listed})"
    return re.compile(rf"{ends}|(?:{listed})(?<=.{{3}})")


def office_rank(text: str) -> int:
    """Tell how much a text is the name of an office: 3 office, 2 authority, 1 committee, 0 none.

    >>> [office_rank(t) for t in ("기획조정실", "강남구의회", "운영위원회", "추진 결과")]
    [3, 2, 1, 0]
    """
    words = text.split()
    if not words or len(text) > _OFFICE_LENGTH or any(map(_PARTICLE.search, words[:-1])):
        return 0
    close = "".join(words)
    if _NO_OFFICE.search(close):
        return 0
    ranks = ((1, _COMMITTEE), (2, _AUTHORITY), (3, _office()))
    return next((rank for rank, pattern in ranks if pattern.fullmatch(close)), 0)


def _signed_by(last: Iterable[Block]) -> str | None:
    """Return the office whose head signs at the end (`강남구청장` → `강남구청`)."""
    for block in reversed(list(last)):
        text = clean(_SIGNED.sub(" ", block.text))
        if len(text) > _OFFICE_LENGTH or ":" in text:
            continue
        for head, office in _HEADS:
            name = text.removesuffix(head).strip()
            if name != text and len(name) > 1 and re.fullmatch(r"[가-힣· ]+", name):
                return name + office
    return None
