"""A reference's raw string and a record in, what of the record stands in the string out, whatever the parser made of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from ..normalize.text import fold
from .views import View, unbroken

_PIECE = re.compile(r"\w+|[^\w\s]")
_EDGE = frozenset(".,;?!\"'“”„‘’«»()[]<>|/")


@dataclass(frozen=True, slots=True)
class Line:
    """A raw string folded: words, the squashed key, and where in the key strong punctuation stands in front of a word.

    A colon is none: what stands before it is a part of a title.
    """

    words: frozenset[str]
    key: str
    edges: frozenset[int]
    years: frozenset[int]


@lru_cache(maxsize=64)
def line_view(raw: str) -> Line:
    words: list[str] = []
    edges = {0}
    at = 0
    edge = False
    for piece in _PIECE.findall(unbroken(raw)):
        if not (piece[0].isalnum() or len(piece) > 1):
            edge = edge or piece in _EDGE
            continue
        folded = (
            piece.lower() if piece.isascii() and piece.isalnum() else fold(piece).replace(" ", "")
        )
        if not folded:
            continue
        if edge:
            edges.add(at)
        words.append(folded)
        at += len(folded)
        edge = False
    edges.add(at)
    key = "".join(words)
    years = frozenset(
        int(w) for w in words if len(w) == 4 and w.isdigit() and w[:2] in ("18", "19", "20")
    )
    return Line(frozenset(words), key, frozenset(edges), years)


def title_within(line: Line, record: View) -> str:
    """ "whole" where the record's title stands in the string from one edge to another, "whole, smeared" with slips, "inside" without edges, else ""."""
    key = record.title.key
    if len(key) < 12:
        return ""
    at = line.key.find(key)
    if at >= 0:
        return "whole" if at in line.edges and at + len(key) in line.edges else "inside"
    if len(key) < 20 or len(key) > len(line.key) * 1.1:
        return ""
    found = fuzz.partial_ratio_alignment(key, line.key, score_cutoff=92)
    if found is None or found.dest_end - found.dest_start < 0.9 * len(key):
        return ""
    start, end = found.dest_start, found.dest_end
    near = any(start + d in line.edges for d in (0, -1, 1, -2, 2)) and any(
        end + d in line.edges for d in (0, -1, 1, -2, 2)
    )
    return "whole, smeared" if near else ""


def people_within(line: Line, record: View) -> tuple[int, int, bool]:
    """How many of the record's first dozen families stand in the string, of how many, and whether the first does."""
    people = record.people[:12]
    there = [
        p.last in line.words
        or (len(p.family) >= 5 and p.family in line.key)
        or (len(p.family + p.given) >= 8 and p.given + p.family in line.key)
        for p in people
    ]
    return sum(there), len(people), bool(there and there[0])


def place_within(line: Line, record: View) -> bool:
    """Volume and first page both stand in the string as numbers of their own."""
    return bool(
        record.volume
        and len(record.first) >= 2
        and record.volume in line.words
        and record.first in line.words
        and record.volume != record.first
    )
