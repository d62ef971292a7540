"""Plain text goes in; the same text comes out, its paragraphs as blocks."""

from __future__ import annotations

import re

from ..model import Document
from .decode import check_lines
from .draft import Draft
from .printed_pages import pieces

_BULLETS = "-*•‣▪◦·●–—"
_ITEM = re.compile(r"[-*•‣▪◦·●][ \t]+(?=\S)")
_DASHED = re.compile(r"[–—][ \t]+(?=[^\s.,(\d])")
"""A dash in front of an item; before a full stop, a comma or a year it stands for the author above."""


def read_plain(text: str, name: str, encoding: str) -> Document:
    """Paragraphs end at blank lines, form feeds and bulleted lines; columns of printed pages are read one after the other, and
    line numbers, heads and feet left out.  What is kept is not changed but for line ends."""
    check_lines(text, name)
    draft = Draft(text)
    indents: list[int] = []
    blank, dashed, above = True, False, ""
    for piece in pieces(text):
        start, end = piece.start, piece.end
        line = text[start:end]
        content = line.strip()
        if not content:
            if not blank:
                draft.gap()
            blank = True
        else:
            left = start + len(line) - len(line.lstrip())
            bullet = content[0] in _BULLETS and _ITEM.match(text, left)
            if left > start and not (blank or indents or above.endswith(":")):
                bullet = None  # a dash at the end of a line that was broken
            if content[0] in "–—" and (blank or dashed):
                bullet = _DASHED.match(text, left)
            dashed = bool(bullet and content[0] in "–—") or (dashed and not blank)
            if bullet:
                indent = len(line[: left - start].expandtabs(4))
                while indents and indents[-1] >= indent:
                    indents.pop()
                indents.append(indent)
                draft.open("item", len(indents) - 1)
                draft.take(bullet.end(), end)
            else:
                if blank:
                    draft.open("paragraph")
                    if left == start:
                        indents.clear()
                else:
                    draft.fresh_line()
                draft.take(start, end)
            blank, above = False, content
        if piece.breaks and not blank:
            draft.gap()
            blank = True
    return draft.document(name, "text", encoding)
