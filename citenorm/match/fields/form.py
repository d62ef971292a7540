"""Two CSL types in, whether they can be one work out: a thesis and a paper, a book and a piece in one."""

from __future__ import annotations

import re

from ..views import View
from .authors import AuthorClass, AuthorLevel
from .comparison import FieldComparison, Found, of_each
from .identifier import JOINING, PIECES, identifier_level
from .level import Level
from .place import place_level
from .title import CUT, TitleLevel

WHOLE = frozenset(("book", "thesis"))
PAGES = frozenset(("webpage", "post-weblog", "software"))
"""What stands on a page of its own: a paper or a chapter of its title is about it."""
SHOWN = frozenset(
    ("motion_picture", "broadcast", "song", "performance", "graphic", "map", "musical_score")
)
"""What is seen or heard: a text of its title is another work."""
_NO_VENUE = re.compile(r"\barxiv\b|\bcorr\b|e-?print|preprint|thesis|dissertation|universi", re.I)
"""What stands for the venue of theses."""


class FormLevel(Level):
    AGREES = ""
    DIFFERS = "differs"
    ANOTHER_PIECE = "another piece"
    THESIS = "thesis"

    @classmethod
    def chains(cls) -> tuple[tuple[FormLevel, ...], ...]:
        return ((cls.DIFFERS, cls.ANOTHER_PIECE),)


def form_level(claim: View, record: View) -> FormLevel:
    """``DIFFERS`` where one is a book of its own and the other a piece in a journal or in proceedings, ``THESIS`` where one is a
    thesis and the other has a venue or several authors."""
    if (claim.type == "thesis") != (record.type == "thesis"):
        other = record if claim.type == "thesis" else claim
        placed = other.venue and not _NO_VENUE.search(other.venue)
        return FormLevel.THESIS if other.count > 1 or placed else FormLevel.AGREES
    if claim.type in SHOWN and record.type in WHOLE | PIECES:
        return FormLevel.ANOTHER_PIECE
    if claim.type in PAGES and not claim.venue and record.type in PIECES:
        return FormLevel.ANOTHER_PIECE
    ours, theirs = claim.type in WHOLE, record.type in WHOLE
    if ours == theirs or claim.type not in WHOLE | PIECES or record.type not in WHOLE | PIECES:
        return FormLevel.AGREES
    piece = claim if not ours else record
    own_book = claim.type == "book" and claim.csl.get("publisher") and not claim.venue
    if own_book and claim.year and record.year and record.venue:
        # years apart, or of other people and another year: the book took the title of its authors' paper
        others = len(claim.people) != len(record.people) and not claim.others
        if abs(claim.year - record.year) > (0 if others else 1):
            return FormLevel.ANOTHER_PIECE
    return FormLevel.DIFFERS if piece.venue and not piece.preprint else FormLevel.AGREES


def _level(ours: View, theirs: View, found: Found) -> FormLevel:
    """A chapter by one of the authors of a book of nearly its title is another piece, and so is a page by nobody that has a part of the title."""
    title, people = found["title"], found["author"]
    assert isinstance(title, TitleLevel)
    assert isinstance(people, AuthorLevel)
    if ours.type in PAGES and not (ours.venue or ours.people) and title in CUT:
        joined = identifier_level(ours, theirs) in JOINING
        return FormLevel.AGREES if joined else FormLevel.ANOTHER_PIECE
    form = form_level(ours, theirs)
    if form is not FormLevel.DIFFERS or people.kin is AuthorClass.SAME:
        return form
    placed = place_level(ours, theirs).startswith("other") or (ours.first and not theirs.first)
    if not placed or title in (TitleLevel.EXACT, TitleLevel.TYPO):
        return FormLevel.DIFFERS
    return FormLevel.ANOTHER_PIECE


COMPARISON = FieldComparison("form", FormLevel, _level, of_each(lambda view: view.type), rank=7)
