"""A claim and its work in, which of the work's versions the claim describes out: decided here, once, for whatever comes after.

Another version may have other authors, another order, another year and title.  Only where the claim names the
version itself (its DOI, its arXiv number, its venue and year, its pages) does a difference tell against it, and only
there is a field of the record one that the claim got wrong.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...model import Claim, Described, Record, Work
from ...normalize.editions import EDITIONS, REISSUED, edition_number, other_edition
from ...normalize.venues import find_venue
from ..fields import venues_agree
from ..views import View, claim_view, record_view
from .unknown_publication import is_unknown_publication


def described(claim: Claim, work: Work) -> Described:
    """The versions of ``work`` that ``claim`` describes."""
    ours = claim_view(claim)
    views = [record_view(r) for r in work.records]
    firmly, loosely = [], []
    for record, view in zip(work.records, views, strict=True):
        how = _how(ours, view)
        if how == "firmly":
            firmly.append(record.id)
        elif how == "loosely":
            loosely.append(record.id)
    exactly = [
        r.id
        for r, v in zip(work.records, views, strict=True)
        if r.id in firmly and (ours.year == v.year or (ours.doi and ours.doi == v.doi))
    ]
    return Described(
        tuple(firmly),
        tuple(loosely),
        tuple(exactly),
        ours.claims_preprint,
        is_unknown_publication(claim, work.records),
        _other_edition(claim, work.records),
    )


def _how(ours: View, version: View) -> str:
    """ "firmly", "loosely" or "": how surely the claim describes a version."""
    if ours.doi and ours.doi == version.doi:
        return "firmly"
    mine, theirs = ours.claims_preprint, version.preprint
    if mine or theirs:
        if mine and theirs and (not ours.arxiv or ours.arxiv == version.arxiv):
            return "firmly" if ours.arxiv else "loosely"
        return ""
    if not ours.venue:
        near = ours.year is None or ours.year == version.year
        return "loosely" if ours.type not in EDITIONS and near else ""
    if not version.venue:
        return ""
    if venues_agree(ours.venue, version.venue) == "same":
        near = ours.year is None or version.year is None or abs(ours.year - version.year) <= 1
        near = near or at_one_place(ours, version)
        own_doi = bool(ours.doi and version.doi)
        return "firmly" if near and not own_doi else ""
    return "loosely" if ours.year == version.year and kin(ours.venue, version.venue) else ""


def at_one_place(ours: View, version: View) -> bool:
    """Volume and first page are the same, whatever the year: articles are online years before their volume."""
    placed = ours.volume and ours.first
    return bool(placed) and (ours.volume, ours.first) == (version.volume, version.first)


def kin(a: str, b: str) -> bool:
    """Two known venues that share their works: a journal that prints a conference's papers."""
    return (
        venues_agree(a, b) == "compatible"
        and find_venue(a) is not None
        and find_venue(b) is not None
    )


def _other_edition(claim: Claim, records: Sequence[Record]) -> bool:
    """An edition or printing that no record is."""
    books = [r for r in records if r.type in REISSUED]
    if not books or _before_the_work(claim, records):
        return False
    return all(other_edition(claim.csl, r.csl) for r in books)


def _before_the_work(claim: Claim, records: Sequence[Record]) -> bool:
    """The stated year is a slip: years before the first that is known, which is no later edition, and the claim numbers none, by edition or ISBN."""
    first = min((r for r in records if r.year), key=lambda r: r.year or 0, default=None)
    if first is None or not first.year or claim.year is None:
        return False
    if claim.csl.get("edition") or claim.csl.get("ISBN"):
        return False
    return claim.year < first.year - 1 and edition_number(first.csl) == "1"
