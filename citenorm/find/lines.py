"""A ``Document`` goes in, its lines come out with what is known of each: indentation, gap above, block, page."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from ..model import BlockKind, Document


@dataclass(slots=True)
class Line:
    """One line of a document's text that is not blank.

    ``start``/``end``: offsets in the text of what is printed (no white space at the ends); ``indent``: columns (text)
    or tenths of the type size (PDF) to the left edge of its column; ``gap``: blank lines above; ``first``: begins a block.
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


_LINE = re.compile(r"[^\n]+")


def lines_of(document: Document) -> list[Line]:
    """The lines that are not blank, in order."""
    text, blocks = document.text, document.blocks
    layout = {row[0]: row for row in document.data.get("layout", ())}
    lines: list[Line] = []
    index = -1
    previous = 0
    following = blocks[0].start if blocks else len(text) + 1
    inside = None
    before = -1
    for match in _LINE.finditer(text):
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
        line = Line(start, start + len(content), content, indent, gap if lines else 1, "paragraph", 0, "", first, number, 0, float(len(content)))
        if inside is not None:
            line.kind, line.level = inside.kind, inside.level
            line.label = inside.label if first else ""
        if document.pages:
            line.page = bisect_right(document.pages, start)
        if layout:
            row = layout.get(at)
            if row is not None:
                line.indent, line.width = row[1], row[2]
        lines.append(line)
        before = number
        previous = match.end()
    return lines
