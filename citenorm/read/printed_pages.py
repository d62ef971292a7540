"""The text of printed pages goes in; its lines in reading order come out, without heads, feet, line numbers and columns.

Programs that turn PDF into text put a form feed between pages, keep columns beside each other (``pdftotext -layout``) and leave
what is printed in the margins where it was.  Text without these marks comes out line by line as it stands.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from .line_numbers import without_numbers_in_order

_LINE = re.compile(r"[^\r\n\f]*(?:\r\n?|\n|(?=\f)|\Z)")
_GAP = re.compile(r"(?<=\S) {2,}(?=\S)")
_PAGE_NUMBER = re.compile(
    r"\W*(?:(?:page|seite|p\.|s\.)\s*)?(?:\d{1,4}|[ivxl]{1,6}|\d{1,3}[:–-]\d{1,3})(?:\s*(?:/|of|von)\s*\d{1,4})?\W*",
    re.IGNORECASE,
)
_IMPRINT = re.compile(
    r"\bVol\. ?\d|\bPublication date|\bProceedings of\b|\bProc\.|©|\bCopyright\b|\bpreprint\b|\bISSN\b|\b(?:19|20)\d\d\.?$|\bConference\b|\bJournal\b|\bet al\.?\b",
    re.IGNORECASE,
)
EDGE = 4
"""Lines at the head and at the foot of a page among which heads and feet are looked for."""

FEWEST = 10
"""Lines that a column has, at least."""


HANG = 8
"""The lines of a column may begin so many letters apart."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one line: ``start`` to ``end`` of the source (equal for a blank line); ``breaks``: a new page begins behind it."""

    start: int
    end: int
    breaks: bool = False


def pieces(text: str) -> list[Piece]:
    """The lines of a text in reading order."""
    pages = [_lines(text, a, b) for a, b in _pages(text)]
    pages = [_without_line_numbers(text, page) for page in pages]
    if len(pages) > 1:
        _drop_heads_and_feet(text, pages)
    found: list[Piece] = []
    for number, page in enumerate(pages):
        ordered = _columns(text, page)
        if number + 1 < len(pages) and ordered:
            ordered[-1] = Piece(ordered[-1].start, ordered[-1].end, True)
        found += ordered
    return found


def _pages(text: str) -> list[tuple[int, int]]:
    cuts = [0, *(match.end() for match in re.finditer("\f", text)), len(text)]
    return [(a, b) for a, b in pairwise(cuts) if b > a]


def _lines(text: str, start: int, end: int) -> list[Piece]:
    lines: list[Piece] = []
    position = start
    while position < end:
        match = _LINE.match(text, position, end)
        assert match is not None
        content = match.group().rstrip("\r\n")
        lines.append(Piece(position, position + len(content)))
        position = match.end() + text.startswith("\f", match.end())
    return lines


def _without_line_numbers(text: str, page: Sequence[Piece]) -> list[Piece]:
    spans = [(piece.start, piece.end) for piece in page]
    return [Piece(start, end) for start, end in without_numbers_in_order(text, spans)]


def _blank(text: str, piece: Piece) -> bool:
    return not text[piece.start : piece.end].strip()


# ------------------------------------------------------------------ heads and feet
def _drop_heads_and_feet(text: str, pages: list[list[Piece]]) -> None:
    """Make lines blank that repeat at the edges of pages, and those that stand alone beside a page number."""
    edges = [_edges(text, page) for page in pages]
    counts = Counter(key for head, foot in edges for key in {k for _, k in (*head, *foot)})
    for number, (page, (head, foot)) in enumerate(zip(pages, edges, strict=True)):
        for side, lines in (("head", head), ("foot", foot)):
            if (side == "head" and number == 0) or (side == "foot" and number == len(pages) - 1):
                lines = [row for row in lines if counts[row[1]] > 1]
            for i in _needless(text, page, lines, counts, side):
                page[i] = Piece(page[i].start, page[i].start)


def _edges(text: str, page: Sequence[Piece]) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """The first and the last filled lines of a page, each with its words, digits made equal."""
    filled = [i for i, piece in enumerate(page) if not _blank(text, piece)]
    rows = [(i, _key(text[page[i].start : page[i].end])) for i in filled]
    return rows[:EDGE], rows[max(EDGE, len(rows) - EDGE) :][::-1]


def _key(line: str) -> str:
    return re.sub(r"\d+|\b[ivxl]{1,6}\b", "#", " ".join(line.casefold().split()))


def _needless(
    text: str,
    page: Sequence[Piece],
    lines: Sequence[tuple[int, str]],
    counts: Counter[str],
    side: str,
) -> list[int]:
    """Lines of one edge that belong to no text, from the edge on."""
    gone: list[int] = []
    for i, key in lines:
        line = text[page[i].start : page[i].end].strip()
        often = counts[key] >= 2 and len(key) < 160
        if not (often or _PAGE_NUMBER.fullmatch(line)) and not _alone(text, page, i, side):
            break
        gone.append(i)
    told = [
        i
        for i in gone
        if _PAGE_NUMBER.fullmatch(text[page[i].start : page[i].end].strip())
        or counts[_key(text[page[i].start : page[i].end])] >= 2
        or (side == "foot" and _IMPRINT.search(text[page[i].start : page[i].end]))
    ]
    if not told:
        return []
    last = max(gone.index(i) for i in told)
    return gone[: last + 1]


def _alone(text: str, page: Sequence[Piece], i: int, side: str) -> bool:
    """True for a short line with blank lines (or the edge of the page) on both sides of it."""
    line = text[page[i].start : page[i].end].strip()
    above = i == 0 or _blank(text, page[i - 1])
    below = i + 1 >= len(page) or _blank(text, page[i + 1])
    return above and below and len(line) <= 120


# ------------------------------------------------------------------ columns
def _columns(text: str, page: list[Piece]) -> list[Piece]:
    """The lines of a page of two columns: from one line across both to the next, first the left then the right."""
    filled = [piece for piece in page if not _blank(text, piece)]
    if len(filled) < FEWEST or any("\t" in text[p.start : p.end] for p in filled):
        return page
    edge = _right_edge(text, filled) or _valley(text, filled)
    if not edge:
        return page
    ordered: list[Piece] = []
    left: list[Piece] = []
    right: list[Piece] = []
    for piece in page:
        parts = _parted(text, piece, edge)
        if parts is None:
            ordered += [*left, *right, piece]
            left, right = [], []
        else:
            left.append(parts[0])
            right.append(parts[1])
    return [*ordered, *left, *right]


def _right_edge(text: str, filled: Sequence[Piece]) -> int:
    """Where the right column begins; 0 where there are no two columns."""
    starts: Counter[int] = Counter()
    widest = max(piece.end - piece.start for piece in filled)
    for piece in filled:
        line = text[piece.start : piece.end]
        inner = len(line) - len(line.lstrip(" "))
        if inner >= 0.35 * widest:
            starts[inner] += 1
        for match in _GAP.finditer(line, inner):
            if match.end() >= 0.35 * widest:
                starts[match.end()] += 1
    if not starts:
        return 0
    usual = min(starts, key=lambda x: (-starts[x], x))
    inside = range(usual - HANG, usual + HANG + 1)
    edge = min(x for x in inside if starts[x] >= max(2, 0.12 * starts[usual]) or x == usual)
    if sum(starts[x] for x in inside) < max(6, 0.25 * len(filled)) or edge > 0.75 * widest:
        return 0
    parts = [_parted(text, piece, edge) for piece in filled]
    split = [p for p in parts if p is not None]
    lefts = [p[0].end - p[0].start for p in split if p[0].end > p[0].start]
    rights = [len(text[p[1].start : p[1].end].strip()) for p in split if p[1].end > p[1].start]
    both = sum(1 for p in split if not _blank(text, p[0]) and not _blank(text, p[1]))
    if len(split) < 0.7 * len(parts) or both < max(4, 0.2 * len(split)) or not rights:
        return 0
    full = sum(length >= 0.3 * edge for length in rights) >= 0.5 * len(rights)
    return edge if full and sum(lefts) >= 12 * len(lefts) else 0


def _valley(text: str, filled: Sequence[Piece]) -> int:
    """Where what stands beside a column of full lines begins, say a table, with a strip of blanks between; 0 where there is none."""
    lines = [text[piece.start : piece.end] for piece in filled]
    widest = max(map(len, lines))
    free = [
        x
        for x in range(int(0.35 * widest), int(0.75 * widest))
        if sum(1 for line in lines if line[x : x + 2].strip()) <= 0.03 * len(lines)
    ]
    if not free:
        return 0
    runs = [list(run) for _, run in groupby(enumerate(free), lambda pair: pair[1] - pair[0])]
    edge = max(runs, key=len)[-1][1] + 2
    lefts = [len(line[:edge].rstrip()) for line in lines]
    both = sum(1 for line, left in zip(lines, lefts, strict=True) if left and len(line) > edge)
    full = sum(left >= 0.75 * edge for left in lefts)
    return edge if both >= 0.4 * len(lines) and full >= 0.3 * len(lines) else 0


def _parted(text: str, piece: Piece, edge: int) -> tuple[Piece, Piece] | None:
    """The parts of a line on both sides of the gap before ``edge``; None where it runs across."""
    line = text[piece.start : piece.end]
    inner = len(line) - len(line.lstrip(" "))
    if inner >= edge - 1:
        begin = piece.start + min(edge, inner)
        return Piece(piece.start, piece.start), Piece(begin, piece.end)
    if len(line) <= edge:
        return Piece(piece.start, piece.start + len(line.rstrip())), Piece(piece.end, piece.end)
    for match in _GAP.finditer(line, max(inner, 0)):
        if match.start() <= edge and match.end() >= edge - 1:
            begin = piece.start + max(match.start() + 1, min(edge, match.end()))
            return Piece(piece.start, piece.start + match.start()), Piece(begin, piece.end)
    return None
