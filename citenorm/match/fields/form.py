"""Two CSL types in, whether they can be one work out: a thesis and a paper, a book and a piece in one."""

from __future__ import annotations

import re

from ..views import View
from .level import Level

WHOLE = frozenset(("book", "thesis"))
PIECES = frozenset(
    (
        "article-journal",
        "paper-conference",
        "chapter",
        "article-magazine",
        "article-newspaper",
        "entry-encyclopedia",
    )
)
PAGES = frozenset(("webpage", "post-weblog", "software"))
"""What stands on a page of its own: a paper or a chapter of its title is about it."""
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
    if claim.type in PAGES and not claim.venue and record.type in PIECES:
        return FormLevel.ANOTHER_PIECE
    ours, theirs = claim.type in WHOLE, record.type in WHOLE
    if ours == theirs or claim.type not in WHOLE | PIECES or record.type not in WHOLE | PIECES:
        return FormLevel.AGREES
    piece = claim if not ours else record
    own_book = claim.type == "book" and claim.csl.get("publisher") and not claim.venue
    if own_book and _of_another_time(claim, record):
        return FormLevel.ANOTHER_PIECE
    return FormLevel.DIFFERS if piece.venue and not piece.preprint else FormLevel.AGREES


def _of_another_time(claim: View, record: View) -> bool:
    """A book with its publisher and an article that are years apart: the book took the title of its authors' paper."""
    return bool(claim.year and record.year and abs(claim.year - record.year) > 1 and record.venue)
