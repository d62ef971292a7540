"""A ``Document`` goes in, its lines come out with what is known of each: indentation, gap above, block, page."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, pairwise

from ..model import BlockKind, Document


@dataclass(slots=True)
class Line:
    """One line of a document's text that is not blank.

    ``start``/``end``: offsets in the text of what is printed (no white space at the ends); ``indent``: columns (text)
    or tenths of the type size (PDF) to the left edge of its column; ``gap``: blank lines above; ``first``: begins a block.
    Of a PDF: ``step``: distance to the line above in usual ones; ``type``: size of its letters against most letters of the document.
    """

    start: int
    end: int
    text: str
    indent: float = 0.0
    gap: int = 0
    kind: BlockKind = "paragraph"
    level: int = 0
    label: str = ""
    first: bool = False
    block: int = -1
    page: int = 0
    width: float = 0.0
    step: float = 0.0
    type: float = 0.0


_LINE = re.compile(r"[^\n]+")
_TRACE = re.compile(r"(?:1[6-9]|20)\d\d|et al|https?:|doi|\[\d")
HUGE = 1_000_000
"""In longer texts, lines far from any year, address, label or "et al." are passed over."""


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """The stretches of whole lines that may hold something of interest."""
    if len(text) < HUGE:
        yield 0, len(text)
        return
    step = 20_000
    edges = [0]
    while edges[-1] < len(text):
        cut = text.find("\n", edges[-1] + step)
        edges.append(len(text) if cut < 0 else cut + 1)
    traces = [False, *(_TRACE.search(text, a, b) is not None for a, b in pairwise(edges)), False]
    for i, (a, b) in enumerate(pairwise(edges)):
        if any(traces[i : i + 3]):
            yield a, b


def lines_of(document: Document) -> list[Line]:
    """The lines that are not blank, in order."""
    text, blocks = document.text, document.blocks
    layout = {row[0]: row for row in document.data.get("layout", ())}
    size = document.data.get("size") or 1.0
    lines: list[Line] = []
    index = -1
    previous = 0
    following = blocks[0].start if blocks else len(text) + 1
    inside = None
    before = -1
    for match in chain.from_iterable(_LINE.finditer(text, a, b) for a, b in _stretches(text)):
        raw = match.group()
        content = raw.strip()
        if not content:
            continue
        at = match.start()
        start = at + len(raw) - len(raw.lstrip()) if raw[0].isspace() else at
        while following <= start:
            index += 1
            inside = blocks[index]
            following = blocks[index + 1].start if index + 1 < len(blocks) else len(text) + 1
        if inside is not None and start >= inside.end:
            inside = None
        number = index if inside is not None else -1
        first = inside is not None and number != before
        indent = float(len(raw[: start - at].expandtabs(4))) if start > at else 0.0
        gap = 0 if at - previous <= 1 else text.count("\n", previous, at) - 1
        line = Line(
            start,
            start + len(content),
            content,
            indent,
            gap if lines else 1,
            "paragraph",
            0,
            "",
            first,
            number,
            0,
            float(len(content)),
        )
        if inside is not None:
            line.kind, line.level = inside.kind, inside.level
            line.label = inside.label if first else ""
        if document.pages:
            line.page = bisect_right(document.pages, start)
        if layout:
            row = layout.get(at)
            if row is not None:
                line.indent, line.width, line.step = row[1], row[2], row[4]
                line.type = row[3] / size
        lines.append(line)
        before = number
        previous = match.end()
    return lines
