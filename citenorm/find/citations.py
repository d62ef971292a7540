"""A document and its references in, what its text cites out: which entries are cited, and citations that lead to no entry.

Only where it can be told: ``\\cite`` beside ``\\bibitem``, and numbers in square brackets beside a list numbered
through.  A text that cites (nearly) nothing in these ways tells nothing about its list.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..model import Document, Reference

Cited = tuple[str, int]
"""A label or key that the text cites, and the 1-based line of the file in which it does."""

_COMMENT = re.compile(r"(?<!\\)%[^\n]*")
_CITE = re.compile(r"\\(no)?[a-zA-Z]*cite[a-zA-Z]*\*?\s*(?:\[[^\]]*\]\s*){0,2}\{([^{}]*)\}")
_ELSEWHERE = re.compile(
    r"\\(?:bibliography|addbibresource|input|include|subfile|import|newcommand|def)\b"
)
_NUMBERS = re.compile(
    r"(?<![\w\])}])\[\s*(\d{1,3}(?:\s*[,;–—-]\s*\d{1,3}){0,15})\s*\](?![\w(\[{:^=])"
)
_RANGE = re.compile(r"(\d+)\s*[–—-]\s*(\d+)")
LEAST, SHARE = 3, 0.5
"""A text tells about its list where it cites at least so many of its entries, and at least this share of them."""
BEYOND = 0.25
"""A number that exceeds the last label by more than this share of it is no slip of a citation."""


def with_citations(document: Document, references: Sequence[Reference]) -> list[Reference]:
    """The references, each told whether the text cites it; the first of them carries the citations that lead nowhere."""
    listed = [r for r in references if r.kind == "reference"]
    if not listed:
        return list(references)
    by_key = all(r.key for r in listed)
    names = [r.key if by_key else r.label for r in listed]
    if len(set(names)) < len(names) or len(names) < LEAST:
        return list(references)
    found = (
        _by_key(document) if by_key else _by_number(document, listed) if _numbered(names) else None
    )
    if found is None:
        return list(references)
    cited, sure = found
    known = set(names)
    hit = {name for name, _ in cited if name in known}
    if "*" in {name for name, _ in cited} or len(hit) < max(LEAST, SHARE * len(known)):
        return list(references)
    astray = (
        tuple(
            dict.fromkeys(
                (name, line)
                for name, line in cited
                if name not in known and (by_key or int(name) <= len(known) * (1 + BEYOND) + 1)
            )
        )
        if sure
        else ()
    )
    out = [
        replace(r, cited=(r.key if by_key else r.label) in hit) if r.kind == "reference" else r
        for r in references
    ]
    first = next(i for i, r in enumerate(out) if r.kind == "reference")
    out[first] = replace(out[first], astray=astray)
    return out


def _numbered(labels: Sequence[str]) -> bool:
    """Labels 1, 2, 3 … without a gap."""
    return labels == [str(n) for n in range(1, len(labels) + 1)]


def _by_key(document: Document) -> tuple[list[Cited], bool] | None:
    """Keys of ``\\cite`` commands, and whether all entries stand in this file."""
    if document.format != "latex":
        return None
    source = _COMMENT.sub(lambda m: " " * len(m[0]), document.source_text)
    cited = [
        (key.strip(), _line(document, m.start()))
        for m in _CITE.finditer(source)
        for key in m[2].split(",")
        if key.strip()
    ]
    return cited, not _ELSEWHERE.search(source)


def _by_number(document: Document, listed: Sequence[Reference]) -> tuple[list[Cited], bool] | None:
    """Numbers in square brackets outside of the list and of code."""
    if document.format == "latex":
        return None
    first, last = min(r.line for r in listed), max(r.end_line for r in listed)
    code = [(b.start, b.end) for b in document.blocks if b.kind == "code"]
    cited: list[Cited] = []
    for m in _NUMBERS.finditer(document.text):
        line = document.line_of(m.start())
        if first <= line <= last or any(start <= m.start() < end for start, end in code):
            continue
        numbers = list(_expanded(m[1]))
        if numbers and numbers[0] > 0 and numbers == sorted(set(numbers)):
            cited += [(str(n), line) for n in numbers]
    return cited, True


def _expanded(printed: str) -> Iterator[int]:
    """ "3–5, 8" → 3, 4, 5, 8."""
    for part in re.split(r"[,;]", printed):
        run = _RANGE.fullmatch(part.strip())
        if run:
            start, end = int(run[1]), int(run[2])
            yield from range(start, min(end, start + 40) + 1) if start < end else (0,)
        elif part.strip().isdigit():
            yield int(part)
        else:
            yield 0


def _line(document: Document, offset: int) -> int:
    return bisect_right(document.line_starts, offset)
