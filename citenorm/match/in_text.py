"""A reference's raw string and a record in, what of the record stands in the string out, whatever the parser made of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from ..normalize.text import squash
from .fields import (
    AuthorClass,
    AuthorLevel,
    PlaceLevel,
    TitleClass,
    TitleLevel,
    YearLevel,
    further_part,
)
from .title_view import unbroken
from .views import View
from .words import word_set

_PIECE = re.compile(r"\w+")
_WORD_OF = re.compile(r"[a-z0-9]+")
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
    years = frozenset(
        int(w) for w in words if len(w) == 4 and w.isdigit() and w[:2] in ("18", "19", "20")
    )
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


# ------------------------------------------------------------------ what it does to the levels of parsed fields
_EXACT = frozenset((TitleLevel.EXACT, TitleLevel.EXACT_SHORT, TitleLevel.TYPO))
_OTHER = frozenset(
    (
        TitleLevel.DIFFERENT,
        TitleLevel.DISTANT,
        TitleLevel.UNSTATED,
        TitleLevel.RELATED,
        TitleLevel.ONE_WORD,
    )
)
_NO_PLACE = frozenset(
    (
        PlaceLevel.UNSTATED,
        PlaceLevel.OTHER_PAGE,
        PlaceLevel.OTHER_VOLUME,
        PlaceLevel.OTHER_VOLUME_AND_PAGE,
    )
)


def title_in_text(level: TitleLevel, line: Line, ours: View, theirs: View) -> TitleLevel:
    """Where the parsed title is not the record's: does the record's stand in the string?"""
    if level in _EXACT or further_part(ours.title, theirs.title):
        return level
    within = title_within(line, theirs)
    if within.startswith("whole") and level.kin is not TitleClass.SAME:
        return TitleLevel.WHOLE_IN_TEXT if within == "whole" else TitleLevel.SMEARED_IN_TEXT
    return TitleLevel.INSIDE_TEXT if within == "inside" and level in _OTHER else level


def people_in_text(level: AuthorLevel, line: Line, ours: View, theirs: View) -> AuthorLevel:
    """Where the parsed names do not agree: are the record's families in the string at all?"""
    if level.kin is AuthorClass.SAME:
        return level
    found, of, first = people_within(line, theirs)
    if of == 0:
        return level
    if level.startswith("longer") and len(ours.people) <= 2 * len(theirs.people):
        return level
    rank = {AuthorClass.SHARED: 2, AuthorClass.FEW_SHARED: 1}.get(level.kin, 0)
    if found == of and of > 1:
        return AuthorLevel.IN_TEXT
    if found >= 0.6 * of and found >= 2:
        return level if rank >= 2 else AuthorLevel.PARTLY_IN_TEXT
    return AuthorLevel.FIRST_IN_TEXT if first and rank == 0 else level


def year_in_text(level: YearLevel, line: Line, theirs: View) -> YearLevel:
    """A year that stands elsewhere in the string."""
    if level in (YearLevel.SAME, YearLevel.NEXT) or theirs.year not in line.years:
        return level
    return YearLevel.IN_TEXT


def place_in_text(level: PlaceLevel, line: Line, theirs: View) -> PlaceLevel:
    """Volume and page that the parser did not take for such."""
    return PlaceLevel.IN_TEXT if level in _NO_PLACE and place_within(line, theirs) else level
