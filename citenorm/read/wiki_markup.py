"""MediaWiki text without citation templates goes in; its headings, items, paragraphs and notes come out as blocks with their links."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import pairwise

from .draft import Draft

_OPENS = re.compile(
    r"<!--|<(?P<tag>pre|syntaxhighlight|source|math|code|gallery)\b[^<>]{0,300}>|<ref\b[^<>]{0,200}/>|<(?P<note>ref)\b[^<>/]{0,200}>",
    re.IGNORECASE,
)
_SHUTS = re.compile(
    r"-->|</(?P<tag>pre|syntaxhighlight|source|math|code|gallery|ref)>", re.IGNORECASE
)
LONGEST, LONGEST_NOTE = 20_000, 5_000
"""Characters that may be hidden at one place, and those of a note; what is not closed by then hides nothing."""
_LINE = re.compile(r"[^\r\n]+")
_HEADING = re.compile(r"(={1,6})[ \t]*(\S.{0,300}?)[ \t]*\1[ \t]*")
_ITEM = re.compile(r"[*#:;]{1,8}[ \t]*")
_INLINE = re.compile(
    r"\[(?P<url>(?:https?:)?//[^\s\[\]]{1,500})(?:[ \t]+(?P<words>[^\[\]]{0,500}))?\]|\[\[(?:[^\[\]|]{0,300}\|)?(?P<page>[^\[\]|]{0,300})\]\]"
    r"|'{2,5}|</?[A-Za-z][^<>]{0,200}>|\{\{[^{}]{0,500}\}\}"
)


def put_blocks(draft: Draft) -> None:
    """The blocks of the draft's source, its notes behind everything else."""
    source = draft.source
    hidden, notes = _hidden(source)
    starts = [start for start, _ in hidden]
    blank, table, place = True, 0, 0
    for match in _LINE.finditer(source):
        start, end = match.span()
        within = bisect_right(starts, start) - 1
        if within >= 0 and hidden[within][1] >= end:
            continue  # a line of code, of a comment or of a note
        if source.count("\n", place, start) > 1:
            blank = True
        place = end
        line = match.group()
        table += line.startswith("{|") - line.startswith("|}")
        if table > 0 or line.startswith("|}") or not line.strip():
            continue
        blank = _put_line(draft, start, end, hidden, blank)
    for start, end in notes:
        draft.gap()
        draft.open("footnote")
        _put_inline(draft, start, end)
        draft.close()


def _hidden(source: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """What is not printed where it stands, and of it the texts of notes."""
    shuts: dict[str, list[tuple[int, int]]] = {}
    for match in _SHUTS.finditer(source):
        shuts.setdefault((match["tag"] or "").lower(), []).append(match.span())
    hidden: list[tuple[int, int]] = []
    notes: list[tuple[int, int]] = []
    for match in _OPENS.finditer(source):
        if hidden and match.start() < hidden[-1][1]:
            continue
        if match.group().endswith("/>") and not match["tag"]:
            hidden.append(match.span())
            continue
        ends = shuts.get((match["tag"] or match["note"] or "").lower(), [])
        at = bisect_left(ends, (match.end(), 0))
        longest = LONGEST_NOTE if match["note"] else LONGEST
        if at < len(ends) and ends[at][0] - match.end() <= longest:
            hidden.append((match.start(), ends[at][1]))
            if match["note"] and ends[at][0] > match.end():
                notes.append((match.end(), ends[at][0]))
    return hidden, notes


def _put_line(
    draft: Draft, start: int, end: int, hidden: list[tuple[int, int]], blank: bool
) -> bool:
    """Put one line; returns whether the next one begins a block."""
    heading = _HEADING.fullmatch(draft.source, start, end)
    if heading:
        draft.gap()
        draft.open("heading", len(heading[1]))
        _put_visible(draft, heading.start(2), heading.end(2), hidden)
        draft.gap()
        return True
    item = _ITEM.match(draft.source, start, end)
    if item:
        marks = item.group().rstrip()
        draft.close()
        draft.open("item", len(marks) - 1)
        start = item.end()
    elif blank:
        draft.gap()
        draft.open("paragraph")
    else:
        draft.fresh_line()
    _put_visible(draft, start, end, hidden)
    return item is not None


def _put_visible(draft: Draft, start: int, end: int, hidden: list[tuple[int, int]]) -> None:
    """What is not hidden of a stretch."""
    first = bisect_right(hidden, (start, 0))
    first -= first > 0 and hidden[first - 1][1] > start
    cuts = [start]
    for begin, stop in hidden[first:]:
        if begin >= end:
            break
        cuts += [max(start, begin), min(end, stop)]
    for begin, stop in list(pairwise([*cuts, end]))[::2]:
        _put_inline(draft, begin, stop)


def _put_inline(draft: Draft, start: int, end: int) -> None:
    """Words, those of links without their marks."""
    position = start
    for match in _INLINE.finditer(draft.source, start, end):
        draft.take(position, match.start())
        position = match.end()
        at = draft.size
        if match["url"]:
            group = "words" if match["words"] else "url"
            draft.take(*match.span(group))
            url = match["url"]
            draft.link(at, f"https:{url}" if url.startswith("//") else url)
        elif match["page"]:
            draft.take(*match.span("page"))
    draft.take(position, end)
