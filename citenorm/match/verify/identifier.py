"""A DOI or arXiv number that leads elsewhere, cannot be, or that nobody knows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ...findings import IdentifierFinding
from ...model import Claim, Evidence, Record
from ...normalize.fillers import is_filler
from ...normalize.identifiers import arxiv_year
from ..fields import people_level, title_level
from ..views import View, record_view
from ..witnesses import reliability
from ..works.pair import SAME_TITLE
from .case import Case, Holdings
from .doi_venue import stray_for_venue
from .year import still_to_come

UNASSIGNED = 70000
"""Registrants of DOIs from here on have not been assigned (in 2026 they reach 10.66000)."""
MANY = 200
"""A catalogue that knows so many registrants of DOIs knows (nearly) all that matter to it."""
EXAMPLES = frozenset(("1234", "12345", "0000", "123456"))
_NO_MONTH = re.compile(
    r"\barxiv\s?[:.]\s?(?:org/(?:abs|pdf)/)?(\d\d(?:00|1[3-9]|[2-9]\d)\.\d{4,5})(?!\d)", re.I
)
_MONTHLESS = re.compile(r"(?:arxiv\s?:\s?)?(\d\d(?:00|1[3-9]|[2-9]\d)\.\d{4,5})(?:v\d+)?$", re.I)
_HALF_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?10\.", re.I)
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+")


def identifier(case: Case) -> Iterator[Evidence]:
    ours, views = case.ours, case.views
    number = impossible_arxiv(case.claim, ours, case.holdings)
    if number and all(number not in (v.arxiv, v.version_of) for v in views):
        yield IdentifierFinding.IMPOSSIBLE.of(number, case.known("arxiv"))
    if _HALF_DOI.match(ours.unreadable("doi")) and not is_filler(ours.unreadable("doi")):
        yield IdentifierFinding.IMPOSSIBLE.of(ours.unreadable("doi"), case.known("doi"))
    yield from fillers(ours, views)
    for name, value in (("doi", ours.doi), ("arxiv", ours.arxiv)):
        held = {getattr(v, name) for v in views} | {v.version_of for v in views}
        if value and value not in held:
            yield from _not_the_works(case, name, value)


def fillers(ours: View, views: Sequence[View] = ()) -> Iterator[Evidence]:
    """What a reference manager filled in that is no version's, beside what the work has."""
    for kind in ("doi", "arxiv"):
        stated, known = ours.unreadable(kind), [getattr(v, kind) for v in views]
        if is_filler(stated) and not any(map(is_filler, known)):
            yield IdentifierFinding.FILLER.of(stated, next(filter(None, known), ""))


def _not_the_works(case: Case, name: str, value: str) -> Iterator[Evidence]:
    """An identifier that no version has: it cannot be, is another work's, or is unlike all that the catalogue holds."""
    if name == "doi" and impossible_doi(value):
        yield IdentifierFinding.IMPOSSIBLE.of(value, case.known("doi"))
        return
    ours, other, holdings = case.ours, _owner(case, name, value), case.holdings
    if other is not None:
        theirs = record_view(other)
        level, overlap = title_level(ours.title, theirs.title)
        same = overlap >= 0.4 and people_level(ours, theirs).found > 0
        if level not in SAME_TITLE and not same:
            yield IdentifierFinding.ELSEWHERE.of(value, other.title)
    elif name == "doi" and holdings is not None:
        # nothing but e-prints of the work is known, and the claim names where it was published: nobody at hand can know its DOI
        published = ours.venue and not ours.preprint and all(v.preprint for v in case.views)
        unknown = holdings.registrants >= MANY and not holdings.registered(value)
        if stray_for_venue(ours, holdings) or (unknown and not published):
            yield IdentifierFinding.UNKNOWN.of(value, case.known("doi"))


def _owner(case: Case, name: str, value: str) -> Record | None:
    """The record of another work that has the identifier."""
    mine = {r.id for r in case.work.records}
    others = (c.record for c in case.candidates if c.record.id not in mine)
    return next((r for r in others if leads_to(r, name, value)), None)


def leads_to(record: Record, name: str, value: str) -> bool:
    """The identifier ("doi", "arxiv") is the record's, and not by a source whose identifiers are wrong as often as those of references."""
    theirs = getattr(record_view(record), name)
    return bool(value) and theirs == value and reliability(record, "DOI") >= BELIEVED


BELIEVED = 0.8
"""Least share of right identifiers in a source that says what an identifier leads to."""


def impossible_doi(doi: str) -> bool:
    """No DOI at all, one of a registrant that does not exist yet (prefixes are handed out in order), or one from an example."""
    if not _DOI.fullmatch(doi):
        return True
    registrant = doi[3:].partition("/")[0].partition(".")[0]
    return int(registrant) >= UNASSIGNED or registrant in EXAMPLES


def impossible_arxiv(claim: Claim, ours: View, holdings: Holdings | None) -> str:
    """An arXiv number of a month that does not exist, as printed, or of a year still to come; "" where there is none."""
    if given := arxiv_year(ours.arxiv):
        return ours.arxiv if still_to_come(given, holdings) else ""
    printed = _MONTHLESS.match(ours.unreadable("arxiv")) or _NO_MONTH.search(
        claim.raw or (claim.reference.raw if claim.reference else "")
    )
    return printed[1] if printed else ""
