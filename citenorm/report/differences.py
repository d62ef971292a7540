"""Two texts in, the stretches of the first one that the second has not: by words, case and punctuation aside."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rapidfuzz.distance import LCSseq

_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_MOST = 4000
"""Longer texts are not compared word by word."""

Stretch = tuple[int, int]


def differing(text: str, other: str, start: int = 0, end: int | None = None) -> list[Stretch]:
    """Stretches ``(start, end)`` of ``text[start:end]`` whose words do not stand in ``other``, in order; neighbours are joined."""
    stop = len(text) if end is None else end
    if stop - start > _MOST or len(other) > _MOST:
        return []
    words = [(m.start(), m.end()) for m in _WORD.finditer(text, start, stop)]
    mine = [text[a:b].casefold() for a, b in words]
    theirs = [w.casefold() for w in _WORD.findall(other)]
    if mine == theirs:
        return []
    kept: set[int] = set()
    for op in LCSseq.opcodes(mine, theirs):
        if op.tag == "equal":
            kept.update(range(op.src_start, op.src_end))
    return _joined(text, [span for i, span in enumerate(words) if i not in kept])


def words_missing(text: str, others: Iterable[str], start: int, end: int) -> list[Stretch]:
    """As ``differing``, but for lists in any order (people): words of the stretch that no text of ``others`` has."""
    known = {w.casefold() for other in others for w in _WORD.findall(other)}
    spans = [
        (m.start(), m.end())
        for m in _WORD.finditer(text, start, end)
        if m[0].casefold() not in known
        and m[0].casefold() not in ("and", "et", "al", "und", "others")
    ]
    return _joined(text, spans)


def _joined(text: str, spans: list[Stretch]) -> list[Stretch]:
    """Neighbours with nothing but a blank or a mark between them as one stretch."""
    out: list[Stretch] = []
    for a, b in spans:
        if out and not _WORD.search(text, out[-1][1], a) and a - out[-1][1] <= 3:
            out[-1] = (out[-1][0], b)
        else:
            out.append((a, b))
    return out
