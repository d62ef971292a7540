"""Years, venues, numbers and identifiers of a claim and a record in, a level for each out."""

from __future__ import annotations

import re
from functools import lru_cache

from ..normalize.venues import same_venue
from .views import View

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
_NO_VENUE = re.compile(r"\barxiv\b|\bcorr\b|e-?print|preprint|thesis|dissertation|universi", re.I)
"""What stands for the venue of theses."""
_ARXIV_VENUE = re.compile(
    r"\barxiv\b|\bcorr\b|e-?print|preprint|openreview|\bssrn\b|biorxiv|medrxiv", re.I
)


def year_level(claim: View, record: View) -> str:
    """Distance of the years; a preprint may be three years older than what it became."""
    if claim.year is None or record.year is None:
        return "unstated"
    apart = claim.year - record.year
    if apart == 0:
        return "same"
    if abs(apart) == 1:
        return "next"
    if abs(apart) <= 3:
        return (
            "drift" if claim.preprint or record.preprint or says_preprint(claim.venue) else "near"
        )
    return "apart" if abs(apart) <= 8 else "far"


def says_preprint(venue: str) -> bool:
    return bool(venue) and bool(_ARXIV_VENUE.search(venue))


def venue_level(claim: View, record: View) -> str:
    """Whether both name the same venue; preprints have none and are told apart from published versions."""
    ours = claim.preprint or says_preprint(claim.venue)
    theirs = record.preprint or says_preprint(record.venue)
    if ours and theirs:
        return "preprints"
    if ours or (theirs and claim.venue):
        return "preprint and published"
    if not claim.venue or not record.venue:
        return "unstated"
    verdict = venues_agree(claim.venue, record.venue)
    return {"same": "same", "different": "different"}.get(verdict, "unknown")


@lru_cache(maxsize=65536)
def venues_agree(a: str, b: str) -> str:
    return str(same_venue(a, b))


def place_level(claim: View, record: View) -> str:
    """Volume and first page together: the place of an article is its own, wherever both are stated."""
    volumes = _relation(claim.volume, record.volume)
    pages = _relation(claim.first, record.first)
    if pages == "same":
        if volumes == "same":
            return "volume and page"
        if volumes == "unstated":
            return "page" if _ends_agree(claim, record) else "first page"
        return "page, other volume"
    if pages == "differ":
        return "volume, other page" if volumes == "same" else "other page"
    if volumes == "unstated":
        return "unstated"
    return "volume" if volumes == "same" else "other volume"


def _relation(a: str, b: str) -> str:
    if not a or not b:
        return "unstated"
    return "same" if a == b or a.lstrip("0") == b.lstrip("0") else "differ"


def _ends_agree(claim: View, record: View) -> bool:
    return claim.last == record.last and claim.last != claim.first and len(claim.first) >= 2


def identifier_level(claim: View, record: View) -> str:
    """Whether an identifier of one is an identifier of the other; versions have DOIs of their own, so differing is weak."""
    if (
        (claim.doi and claim.doi == record.doi)
        or (claim.arxiv and claim.arxiv == record.arxiv)
        or (claim.isbn and claim.isbn == record.isbn)
    ):
        return "same"
    if _stated(claim, record) or _stated(record, claim):
        return "stated version"
    if claim.arxiv and record.arxiv and claim.arxiv != record.arxiv:
        return "arxiv differs"
    if claim.doi and record.doi and claim.doi != record.doi:
        return "doi differs"
    return "unstated"


def form_level(claim: View, record: View) -> str:
    """ "differs" where one is a book of its own and the other a piece in a journal or in proceedings, "thesis" where one is a thesis and
    the other has a venue or several authors; else ""."""
    if (claim.type == "thesis") != (record.type == "thesis"):
        other = record if claim.type == "thesis" else claim
        return (
            "thesis"
            if other.count > 1 or (other.venue and not _NO_VENUE.search(other.venue))
            else ""
        )
    ours, theirs = claim.type in WHOLE, record.type in WHOLE
    if ours == theirs or claim.type not in WHOLE | PIECES or record.type not in WHOLE | PIECES:
        return ""
    piece = claim if not ours else record
    return "differs" if piece.venue and not says_preprint(piece.venue) else ""


def _stated(one: View, other: View) -> bool:
    return bool(one.version_of) and one.version_of in (other.arxiv, other.doi)
