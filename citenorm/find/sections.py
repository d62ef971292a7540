"""The lines of a document go in, its lists of references come out (with a heading or recognised by what they hold)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .headings import HeadingKind, heading_kind
from .lines import Line
from .one_per_line import one_a_line
from .reference_score import people, score
from .split import BLOCK_FORMATS
from .whole_list import listed

_EVIDENCE = re.compile(
    r"(?:1[6-9]|20)\d\d|et al|[Pp]roc\b|Proceedings|Journal|J\.|Vol|vol\.|pp\.|arXiv|doi|https?://|[A-Z]\.,|“|\"|Press|University|\d[–-]\d|Univ|Verlag|\[[JCMD]\]"
)


LOOKED_AT = 200
"""Lines below a heading that only may announce references, that tell whether it does."""


@dataclass(frozen=True, slots=True)
class Section:
    """Lines ``begin`` to ``end`` (exclusive) hold a list under ``heading``; ``sure``: the heading says so by itself."""

    begin: int
    end: int
    heading: str
    sure: bool


def sections(lines: Sequence[Line], format: str) -> list[Section]:
    """The lists that stand under a heading, in order."""
    blocky = format in BLOCK_FORMATS
    kinds: list[HeadingKind] = [_kind(line, lines, i, blocky) for i, line in enumerate(lines)]
    found: list[Section] = []
    stops = _stops(lines, kinds) if not blocky else []
    index = 0
    while index < len(lines):
        kind = kinds[index]
        if kind in ("list", "maybe"):
            end = _end(lines, kinds, index) if blocky else stops[index + 1]
            if format in ("docx", "odt"):  # their footnotes come behind everything
                end = next((i for i in range(index + 1, end) if lines[i].kind == "footnote"), end)
            shown = _shown(kinds, index, end)
            if _holds_references(lines, index + 1, shown, kind):
                found.append(Section(index + 1, end, lines[index].text, kind == "list"))
                index = end
                continue
        index += 1
    return found


def _kind(line: Line, lines: Sequence[Line], index: int, blocky: bool) -> HeadingKind:
    if len(line.text) > 60:
        return ""
    if blocky and line.kind not in ("heading", "paragraph", "item"):
        return ""
    kind = heading_kind(line.text)
    if (
        blocky
        and line.kind != "heading"
        and not (line.first and (index + 1 >= len(lines) or lines[index + 1].first))
    ):
        # a word in the first line of a paragraph: only where what follows is a list, a reference a line
        return kind if kind == "list" and line.first and one_a_line(_rest(lines, index)) else ""
    if kind and blocky and line.kind == "item":
        return kind if kind == "list" and line.level == 0 else ""
    return kind


def _rest(lines: Sequence[Line], index: int) -> Sequence[Line]:
    """The lines of a block behind its first one."""
    end = index + 1
    while end < len(lines) and not lines[end].first and lines[end].block == lines[index].block:
        end += 1
    return lines[index + 1 : end]


def _stops(lines: Sequence[Line], kinds: Sequence[HeadingKind]) -> list[int]:
    """For every line of running text the first one from it on that ends a list (how many lines there are, if none does)."""
    stops = [len(lines)] * (len(lines) + 1)
    for i in range(len(lines) - 1, -1, -1):
        ends = kinds[i] == "stop" and not _inside(lines, i)
        stops[i] = i if ends else stops[i + 1]
    return stops


def _end(lines: Sequence[Line], kinds: Sequence[HeadingKind], index: int) -> int:
    """Index of the first line after the list whose heading is line ``index``, where blocks are stated."""
    heading = lines[index]
    level = heading.level if heading.kind == "heading" else 0
    for i in range(index + 1, len(lines)):
        line = lines[i]
        if kinds[i] == "stop" and (line.gap or line.first) and not _inside(lines, i):
            return i
        if line.kind == "heading":
            if kinds[i] == "list" and i == index + 1:
                continue
            if kinds[i] != "list" and level and line.level > level:
                continue
            return i
        if kinds[i] == "list" or (kinds[i] == "maybe" and kinds[index] == "maybe"):
            return i
    return len(lines)


def _inside(lines: Sequence[Line], i: int) -> bool:
    """True where a line that reads like a stop heading is the middle of a reference ("Biography." alone in a line)."""
    if lines[i].kind == "item" and not lines[i].first:
        return True
    above = lines[i - 1].text
    return above.endswith((",", ":", "-", "“", " and", " of", " the", " in")) and not lines[i].gap


def _shown(kinds: Sequence[HeadingKind], index: int, end: int) -> int:
    """Where the lines end that show whether what stands under a heading is a list: after some, or at a heading of the same rank, which is looked at by itself."""
    most = min(end, index + 1 + LOOKED_AT)
    others = ("list", kinds[index])
    return next((i for i in range(index + 2, most) if kinds[i] in others), most)


def _holds_references(lines: Sequence[Line], begin: int, end: int, kind: HeadingKind) -> bool:
    """Whether lines ``begin`` to ``end``, the first of what a heading stands above, read as references."""
    few = lines[begin : min(end, begin + 14)]
    evidence = sum(1 for line in few if _EVIDENCE.search(line.text) or people(line.text) >= 2.5)
    if kind == "list" and evidence >= 1 and evidence * 5 >= len(few):
        return True
    if kind == "list":
        if not few or heading_kind(few[0].text):
            return False
        return listed(lines[begin:end], sure=True) is not None
    below = lines[begin:end]
    if listed(below, sure=all(line.kind == "footnote" for line in below)) is not None:
        return True
    good = sum(1 for line in few if score(line.text) > 0.5)
    return (
        good >= 1
        and good * 2.5 >= len([line for line in few if line.first or line.gap])
        and evidence * 2 >= len(few)
    )
