"""A claim's field and the records of its work → whether a published record says what the claim says."""

from __future__ import annotations

from collections.abc import Iterable

from ..model import Claim, Record, year_of
from ..normalize.pages import same_pages
from ..normalize.preprint import is_preprint
from ..normalize.text import squash
from ..normalize.titles import title_key
from ..normalize.venues import same_venue


def borne_out(claim: Claim, field: str, records: Iterable[Record]) -> bool:
    """True where a record of a published version has the claim's value of a field (and, of volume, issue and pages, its year)."""
    return any(_says(claim, field, record) for record in records if not is_preprint(record.csl))


def _says(claim: Claim, field: str, record: Record) -> bool:
    stated, theirs = claim.csl.get(field), record.csl.get(field)
    if not stated or not theirs:
        return False
    if field == "issued":
        return year_of(claim.csl) == record.year
    if field == "author":
        ours = [squash(name.full_family) for name in claim.authors]
        return (
            not claim.others
            and ours == [squash(name.full_family) for name in record.authors]
            and _same_given(claim, record)
        )
    if field == "title":
        return title_key(str(stated)) == title_key(str(theirs))
    if field == "container-title":
        return same_venue(str(stated), str(theirs)) == "same"
    if claim.year and record.year and claim.year != record.year:
        return False
    return (
        same_pages(str(stated), str(theirs))
        if field == "page"
        else squash(str(stated)) == squash(str(theirs))
    )


def _same_given(claim: Claim, record: Record) -> bool:
    pairs = zip(claim.authors, record.authors, strict=True)
    return all(
        not a.given or not b.given or squash(a.given.split()[0]) == squash(b.given.split()[0])
        for a, b in pairs
    )
