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
    for match in _LINE.finditer(text):
        content = match.group().strip()
        if not content:
            continue
        raw = match.group()
        start = match.start() + len(raw) - len(raw.lstrip())
        end = match.start() + len(raw.rstrip())
        while index + 1 < len(blocks) and blocks[index + 1].start <= start:
            index += 1
        inside = index >= 0 and start < blocks[index].end
        block = blocks[index] if inside else None
        first = block is not None and (not lines or lines[-1].block != index)
        line = Line(
            start,
            end,
            content,
            indent=float(len(raw[: start - match.start()].expandtabs(4))),
            gap=max(0, text.count("\n", previous, match.start()) - 1) if lines else 1,
            kind=block.kind if block else "paragraph",
            level=block.level if block else 0,
            label=block.label if block and first else "",
            first=first,
            block=index if inside else -1,
            page=bisect_right(document.pages, start) if document.pages else 0,
            width=float(end - start),
        )
        if layout:
            row = layout.get(match.start())
            if row is not None:
                line.indent, line.width = row[1], row[2]
        lines.append(line)
        previous = match.end()
    return lines
