"""A PDF file goes in; the lines of its pages come out, running heads and page numbers left out, gaps and edges kept."""

from __future__ import annotations

import ctypes
import itertools
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from typing import Any

from ..errors import InputError
from ..lines import line_starts
from ..model import Block, BlockKind, Document
from .line_numbers import without_line_numbers
from .pdf_file import pages_of

FEW, TIGHT = 3, 0.4
"""Distances between lines are of one kind where so many of them differ by no more points than that."""

_LIGATURES = {"ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st"}
_PAGE_NUMBER = re.compile(
    r"[\[(|–—-]?\s*(?:page|seite|p\.)?\s*#\s*[\])|–—-]?(?:\s*(?:/|of|von)\s*#)?"
)
_BESIDE = re.compile(r"^\d{1,4}(?=\s+[^\W\d])|(?<=[^\W\d]\s)\d{1,4}$|(?<=[^\W\d])\s{2,}\d{1,4}$")
"""The number of a page in front of the words of its head, or behind them."""
_LINE = re.compile("[^\r\n\x02\ufffe]+[\x02\ufffe]?")
"""A printed line: a hyphen at its end comes as one of the last two, and the next line follows without a break."""
_SHOWN = re.compile("[^\x00-\x20\xa0\xad\x02\ufffe]")
_SURROGATES = re.compile("[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]")
_OUT: dict[int, str | None] = dict.fromkeys([*range(32), *range(0xE000, 0xF900)])
"""Characters that are not printed, or not as themselves: controls, a font's own letters, ligatures."""
_OUT |= {9: " ", 2: "\xad", 0xFFFE: "\xad", 0xF0B7: "•", 0xF0A7: "•", 0xA0: " "}
_OUT |= {ord(sign): letters for sign, letters in _LIGATURES.items()}


@dataclass(slots=True)
class Printed:
    """One printed line: its text, its edges in points (``base``: height of the base line above the foot of the page), its type size."""

    text: str
    left: float
    right: float
    base: float
    top: float
    size: float
    page: int
    edge: float = 0.0
    column: int = 0
    gap: bool = False
    step: float = 0.0
    keep: bool = True
    bullet: bool = False


def read_pdf(data: bytes, name: str) -> Document:
    """Blocks are paragraphs as the gaps between lines tell; ``data["layout"]`` holds a row
    ``(text offset, indentation, width, type size, step)`` a line: indentation from the left edge of its column and width in
    tenths of the type size; the step down from the line above in usual steps of its column (0 for the first line of a
    column).  Offsets are those of the text that comes out.
    """
    pages = printed_pages(data, name)
    lines = [line for page in pages for line in page]
    if not any(line.text.strip() for line in lines):
        raise InputError(f"{name}: holds no text (scanned pages?); run it through OCR first")
    _drop_running_heads(pages)
    for page in pages:
        _columns(page)
    return _document(pages, name)


def printed_pages(data: bytes, name: str) -> list[list[Printed]]:
    """The lines of every page as they stand in the file, running heads and page numbers among them."""
    return list(_pages(data, name))


def _pages(data: bytes, name: str) -> Iterator[list[Printed]]:
    import pypdfium2 as pdfium

    for number, (page, count) in enumerate(pages_of(data, name)):
        yield _lines(_Characters(pdfium.raw, page, count), number) if count else []


class _Characters:
    """The characters of one page, each at its own number: a letter beyond the BMP is two of them, its surrogates."""

    def __init__(self, raw: Any, page: Any, count: int) -> None:
        self._raw = raw
        self._page = page
        self._box = tuple(ctypes.c_double() for _ in range(4))
        self._box_pointers = tuple(map(ctypes.byref, self._box))
        self._origin = (ctypes.c_double(), ctypes.c_double())
        self._origin_pointers = tuple(map(ctypes.byref, self._origin))
        self.text = self._all(count) if count > 0 else ""

    def _all(self, count: int) -> str:
        units = (ctypes.c_ushort * (count + 1))()
        if self._raw.FPDFText_GetText(self._page, 0, count, units) == count + 1:
            text = bytes(units)[:-2].decode("utf-16-le", "replace")
            return text if len(text) == count else "".join(map(chr, units[:count]))
        # characters that stand for nothing are left out of that text and would shift all that follow
        codes = (self._raw.FPDFText_GetUnicode(self._page, number) for number in range(count))
        return "".join(chr(code) if code <= 0x10FFFF else "\ufffd" for code in codes)

    def box(self, number: int) -> tuple[float, float, float, float] | None:
        """(left, right, bottom, top) in points."""
        if not self._raw.FPDFText_GetCharBox(self._page, number, *self._box_pointers):
            return None
        left, right, bottom, top = self._box
        return left.value, right.value, bottom.value, top.value

    def base(self, number: int) -> float | None:
        """The height of the base line."""
        if not self._raw.FPDFText_GetCharOrigin(self._page, number, *self._origin_pointers):
            return None
        return self._origin[1].value

    def size(self, number: int) -> float:
        return float(self._raw.FPDFText_GetFontSize(self._page, number))


def _lines(characters: _Characters, page: int) -> list[Printed]:
    """The printed lines of one page, in the order of the file."""
    spans = [match.span() for match in _LINE.finditer(characters.text)]
    lines = []
    for start, end in without_line_numbers(characters.text, spans):
        shown = _SHOWN.search(characters.text, start, end)
        line = _line(characters, shown.start(), end, page) if shown else None
        if line is not None:
            lines.append(line)
    return _joined(lines)


def _line(characters: _Characters, first: int, end: int, page: int) -> Printed | None:
    """What is printed from the visible character ``first`` on, with the edges of three characters of it."""
    text = _clean(characters.text[first:end])
    if not text:
        return None
    last, middle = end - 1, (first + end - 1) // 2
    while not _SHOWN.match(characters.text, last):
        last -= 1
    while not _SHOWN.match(characters.text, middle):
        middle -= 1
    asked = tuple(dict.fromkeys((first, middle, last)))
    edges = [box for number in asked if (box := characters.box(number)) is not None]
    edges = edges or [(0.0, 0.0, 0.0, 0.0)]
    bases = [base for number in asked if (base := characters.base(number)) is not None]
    size = characters.size(middle)
    return Printed(
        text,
        min(edge[0] for edge in edges),
        max(edge[1] for edge in edges),
        median(bases or [edge[2] for edge in edges]),
        median(edge[3] for edge in edges),
        size if 2.0 < size < 100.0 else max(6.0, *(edge[3] - edge[2] for edge in edges)),
        page,
    )


def _clean(text: str) -> str:
    """``text`` as it is read: surrogates joined, ligatures and blanks as letters and spaces, what is no character left out."""
    text = _SURROGATES.sub(_beyond, text.translate(_OUT))
    return re.sub(r" {2,}", " ", text).strip()


def _beyond(match: re.Match[str]) -> str:
    pair = match[0]
    if len(pair) == 1:
        return "\ufffd"
    return chr(0x10000 + ((ord(pair[0]) - 0xD800) << 10) + ord(pair[1]) - 0xDC00)


def _joined(lines: list[Printed]) -> list[Printed]:
    """Pieces that stand on one base line next to each other (a label and its text) become one line."""
    joined: list[Printed] = []
    for line in lines:
        if joined:
            above = joined[-1]
            same = abs(line.base - above.base) < 0.35 * above.size and line.left >= above.right - 1
            short = len(above.text) <= 6 and re.fullmatch(
                r"[\[(]?\w{1,4}[\])]?\.?|[•·●▪◦–—*-]", above.text
            )
            if same and (
                line.left - above.right < 1.2 * above.size
                or (short and line.left - above.right < 4 * above.size)
            ):
                above.text = f"{above.text} {line.text}"
                above.right = max(above.right, line.right)
                continue
        joined.append(line)
    return _bulleted(joined)


def _bulleted(lines: list[Printed]) -> list[Printed]:
    """Bullets that the file draws apart from their text are put in front of the line that stands beside them."""
    kept = [line for line in lines if not re.fullmatch(r"[•●◦▪‣○–∙·]", line.text)]
    for bullet in lines:
        if re.fullmatch(r"[•●◦▪‣○–∙·]", bullet.text):
            beside = [
                line
                for line in kept
                if abs(line.base - bullet.base) < 0.8 * line.size and line.left >= bullet.left
            ]
            if beside:
                min(beside, key=lambda line: (line.left, line.top)).bullet = True
    for line in kept:
        mark = re.match(r"[•●◦▪‣○∙]\s+(?=\S)", line.text)
        if mark:
            line.bullet = True
            line.text = line.text[mark.end() :]
    return kept


def _drop_running_heads(pages: list[list[Printed]]) -> None:
    """Lines that stand at one height at the head or foot of several pages with the same words, and page numbers, are not kept."""
    edges: list[list[tuple[Printed, str]]] = []
    for page in pages:
        ranked = sorted(page, key=lambda line: -line.base)
        near = ranked[:3] + ranked[3:][-3:]
        edges.append(
            [(line, re.sub(r"\d+|\b[ivxl]+\b", "#", line.text.casefold())) for line in near]
        )
    heights = Counter(round(line.base) for page in edges for line, _ in page)
    words = Counter((key, round(line.base)) for page in edges for line, key in page)

    def often(counts: Counter[Any], line: Printed, key: str | None) -> int:
        return sum(
            counts[(key, height) if key is not None else height]
            for height in range(round(line.base) - 1, round(line.base) + 2)
        )

    for near_edges, printed in zip(edges, pages, strict=True):
        for line, key in near_edges:
            if _PAGE_NUMBER.fullmatch(key):
                line.keep = not (
                    _apart(line, printed) > 1.6 * line.size
                    or (len(pages) > 2 and often(heights, line, None) >= 0.6 * len(pages))
                )
            elif len(key) < 120:
                line.keep = often(words, line, key) < (3 if len(pages) > 4 else 2)
        for place, (line, _) in enumerate(near_edges[:1] + near_edges[-1:]):
            line.keep = line.keep and not _numbered_head(line, printed, place == 0)


def _apart(line: Printed, printed: list[Printed]) -> float:
    """How far a line stands from the next one above or below."""
    return min(
        (abs(line.base - other.base) for other in printed if other is not line), default=99.0
    )


def _numbered_head(line: Printed, printed: list[Printed], top: bool) -> bool:
    """True for the words beside a page number at the very head or foot of a page, also of a single one.

    Notes stand at the foot and begin with small numbers; those are none.
    """
    number = _BESIDE.search(line.text)
    if number is None or len(printed) < 4 or len(line.text) > 110:
        return False
    small = line.size <= 1.05 * median(other.size for other in printed)
    note = not top and number.start() == 0 and len(number[0]) < 3
    return small and not note and _apart(line, printed) > 1.8 * line.size


def _columns(page: list[Printed]) -> None:
    """Give every line its column, the left edge of that column, and whether there is a gap above it."""
    lines = [line for line in page if line.keep]
    if not lines:
        return
    low, high = min(line.left for line in lines), max(line.right for line in lines)
    middle = (low + high) / 2
    right = [line for line in lines if line.left > middle - 0.03 * (high - low)]
    left = [line for line in lines if line.right < middle + 0.03 * (high - low)]
    two = len(right) >= 4 and len(left) >= 4 and len(right) + len(left) > 0.6 * len(lines)
    for line in lines:
        line.column = 1 if two and line.left > middle - 0.03 * (high - low) else 0
    for column in (0, 1):
        members = [line for line in lines if line.column == column]
        if not members:
            continue
        edge = _left_edge(members)
        steps = [
            a.base - b.base
            for a, b in itertools.pairwise(members)
            if 0 < a.base - b.base < 4 * a.size
        ]
        usual = _common(steps) if steps else 0.0
        _gaps(members, usual, _second(steps, usual) if usual else 0.0)
        for line in members:
            line.edge = edge


def _gaps(lines: list[Printed], usual: float, second: float) -> None:
    """Tell for the lines of a column how far each is from the one above, and whether there is a gap between them.

    ``usual``: the distance of lines that belong together; ``second``: that of paragraphs where it hardly differs, or 0.
    """
    size = median(line.size for line in lines)
    for above, line in itertools.pairwise(lines):
        step = above.base - line.base
        other = abs(line.size - above.size) > 0.12 * above.size
        due = usual * max(1.0, line.size / size)
        line.step = max(0.0, min(step / usual, 9.9)) if usual else 0.0
        line.gap = (
            (bool(usual) and step > 1.25 * due + 0.5)
            or (other and step > 1.05 * usual)
            or (bool(second) and step > (usual + second) / 2)
        )


def _left_edge(lines: list[Printed]) -> float:
    """The smallest left edge that several lines share."""
    counts = Counter(round(line.left) for line in lines)
    need = max(1, min(2, len(lines) // 10))
    good = [edge for edge in sorted(counts) if counts[edge] + counts.get(edge + 1, 0) >= need]
    return float(good[0] if good else min(counts))


def _common(steps: list[float]) -> float:
    """The most usual distance between base lines (the smallest one of those that come often)."""
    counts = Counter(round(step * 2) / 2 for step in steps)
    most = max(counts.values())
    return min(step for step, times in counts.items() if times >= 0.5 * most)


def _second(steps: list[float], usual: float) -> float:
    """The second of two distances that the lines of a column stand apart, 0 where there are more or less than two."""
    wider = [step for step in steps if 1.06 * usual < step < 1.6 * usual]
    if not wider:
        return 0.0
    second = _common(wider)
    near = sum(abs(step - second) <= TIGHT for step in wider)
    between = sum(usual + TIGHT < step < second - TIGHT for step in steps)
    two = near >= max(FEW, 0.1 * len(steps)) and near >= 0.7 * len(wider) and between <= 0.2 * near
    return second if two and second - usual > 2 * TIGHT else 0.0


def _document(pages: list[list[Printed]], name: str) -> Document:
    parts: list[str] = []
    blocks: list[Block] = []
    starts: list[int] = []
    layout: list[tuple[int, float, float, float, float]] = []
    size = 0
    begun = -1
    kind: BlockKind = "paragraph"
    level = 0
    sizes = Counter[float]()
    for line in (line for page in pages for line in page if line.keep):
        sizes[line.size] += len(line.text)
    body = max(sizes, key=lambda value: (sizes[value], -value)) if sizes else 10.0
    ranks = sorted({round(value) for value in sizes if value > 1.12 * body}, reverse=True)

    def put(text: str) -> None:
        nonlocal size
        parts.append(text)
        size += len(text)

    def close() -> None:
        nonlocal begun
        if begun >= 0 and size > begun:
            blocks.append(Block(kind, begun, size - (1 if parts[-1] == "\n" else 0), level))
        begun = -1

    for page in pages:
        starts.append(size)
        for line in page:
            if not line.keep:
                continue
            large = line.size > 1.12 * body and len(line.text) <= 160
            if line.gap or (large != (kind == "heading") and begun >= 0):
                close()
                put("\n" if line.gap else "")
            if begun < 0:
                kind, level = (
                    ("heading", ranks.index(round(line.size)) + 1) if large else ("paragraph", 0)
                )
            if line.bullet:
                close()
                kind, level = "item", 0
            if begun < 0:
                begun = size
            unit = max(line.size, 1.0) / 10
            indent = 0.0 if line.bullet else round((line.left - line.edge) / unit, 1)
            width = round((line.right - line.left) / unit, 1)
            layout.append((size, indent, width, line.size, round(line.step, 2)))
            put(line.text)
            put("\n")
    close()
    text = "".join(parts)
    return Document(
        name=name, format="pdf", text=text, blocks=tuple(blocks), line_starts=line_starts(text), pages=tuple(starts),
        data={"layout": tuple(layout), "size": body},
    )  # fmt: skip
