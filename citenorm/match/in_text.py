"""A reference's raw string and a record in, what of the record stands in the string out, whatever the parser made of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from ..normalize.text import squash
from .title_view import unbroken
from .views import View
from .words import word_set

_PIECE = re.compile(r"\w+")
_WORD_OF = re.compile(r"[a-z0-9]+")
_YEAR = re.compile(r"(?:18|19|20)\d\d")
_LABELS = word_set("identifier-labels")
_WORD = 3
_EDGE = re.compile(r"""[.,;?!"'“”„‟‘’«»()\[\]<>|/]""")


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
    for stretch in _EDGE.split(unbroken(raw)):
        if stretch.isascii():
            folded = _WORD_OF.findall(stretch.lower().replace("_", ""))
        else:
            folded = [word for piece in _PIECE.findall(stretch) if (word := squash(piece))]
        if folded:
            edges.add(at)
            words += folded
            at += len("".join(folded))
    edges.add(at)
    key = "".join(words)
    years = frozenset(map(int, filter(_YEAR.fullmatch, words)))
    return Line(frozenset(words), key, frozenset(edges), years)


def says_identifiers_alone(line: Line, claim: View) -> bool:
    """Whether the string has no words but those of the identifiers that the claim states; what has fewer than three letters is none."""
    stated = line_view(" ".join(value for _, value in sorted(claim.identifiers))).words
    said = line.words - stated - _LABELS
    return not any(len(word) >= _WORD and word.isalpha() for word in said)


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
