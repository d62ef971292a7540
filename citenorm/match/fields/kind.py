"""Two titles in, whether both are the same kind of piece out: an article, a reply to it, its erratum, a survey beside it."""

from __future__ import annotations

from ..in_text import Line
from ..title_view import Title
from ..views import View
from ..words import word_set
from .comparison import FieldComparison, Found, of_each
from .level import Level
from .title import TitleLevel, words_apart

_BESIDE = word_set("beside")
"""What a piece calls itself that has another's title and stands beside it: "…: a survey"."""
ABOUT = frozenset(("reply", "correction", "retraction", "supplement"))
"""Pieces that have the title, and often the authors, the venue and the year, of the very work that they are about."""


class KindLevel(Level):
    PLAIN = ""
    SAME = "same"
    DIFFERS = "differs"
    ABOUT = "about"

    @classmethod
    def chains(cls) -> tuple[tuple[KindLevel, ...], ...]:
        return ((cls.SAME, cls.DIFFERS, cls.ABOUT),)


def kind_level(claim: Title, record: Title) -> KindLevel:
    """``PLAIN`` where both are plain articles, ``ABOUT`` where one corrects or answers the other."""
    if claim.kind == record.kind:
        if not _BESIDE.isdisjoint(claim.bag ^ record.bag):
            # one has all the words of the other, and one more that says what stands beside it
            left = words_apart(claim, record)
            if not all(left) and any(w in _BESIDE for side in left for w in side):
                return KindLevel.DIFFERS
        return KindLevel.SAME if claim.kind else KindLevel.PLAIN
    return KindLevel.ABOUT if ABOUT & {claim.kind, record.kind} else KindLevel.DIFFERS


def _level(ours: View, theirs: View, found: Found) -> KindLevel:
    if found["title"] == TitleLevel.UNSTATED:
        return KindLevel.PLAIN
    return kind_level(ours.title, theirs.title)


def _in_text(line: Line, ours: View, theirs: View, found: Found) -> KindLevel:
    return _level(ours, theirs, found)


COMPARISON = FieldComparison(
    "kind", KindLevel, _level, of_each(lambda view: view.title.kind), rank=4, in_text=_in_text
)
