"""What a claim says of its own version in, where the sources do not know that version: it stays as it is cited.

An edition of a book, a journal version of which the sources have the preprint or the conference paper alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..model import Claim, Record, custom_of
from ..normalize.editions import EDITIONS, OF_EDITION, other_edition
from ..normalize.pages import same_pages
from ..normalize.text import squash
from ..normalize.titles import title_key
from ..normalize.venues import same_venue
from .fields import says_preprint
from .people import people_level
from .views import claim_view, record_view

EMITTED = (
    "type", "title", "author", "editor", "translator", "container-title", "collection-title", "volume", "issue", "page", "number",
    "edition", "genre", "issued", "publisher", "publisher-place", "DOI", "ISBN", "ISSN", "URL",
)  # fmt: skip
"""The fields of an emitted item."""


def keep_as_cited(item: dict[str, Any], origin: dict[str, Record], records: Sequence[Record], claim: Claim) -> None:
    """Put back into an item made of the records of one version what belongs to the version or edition that the claim describes, if it is another."""
    _fuller_publisher(item, origin, claim)
    if _unknown_version(records, claim):
        _keep_version(item, origin, claim)
    elif records[0].type in EDITIONS:
        _keep_edition(item, origin, claim)


def _unknown_version(records: Sequence[Record], claim: Claim) -> bool:
    """The claim describes a published version that no source has: they know a preprint alone, or, of another kind, another venue with another year, volume or pages.

    Of the same kind, another venue is a wrong one: a paper is not given at two conferences.
    """
    venue = str(claim.csl.get("container-title") or "")
    if not venue or says_preprint(venue) or claim.csl.get("type") == "article":
        return False
    if all(r.is_preprint for r in records):
        return True
    if claim.csl.get("type") == records[0].type or (claim.doi and any(r.doi == claim.doi for r in records)):
        return False
    venues = [str(r.csl["container-title"]) for r in records if r.csl.get("container-title")]
    if not venues or any(same_venue(venue, theirs) != "different" for theirs in venues):
        return False
    volumes, pages = ([str(r.csl[field]) for r in records if r.csl.get(field)] for field in ("volume", "page"))
    volume, page = str(claim.csl.get("volume") or ""), str(claim.csl.get("page") or "")
    if volume in volumes or (page and any(same_pages(page, theirs) for theirs in pages)):
        return False
    years = [r.year for r in records if r.year]
    return bool((volume and volumes) or (page and pages) or (claim.year and years and all(abs(claim.year - year) > 1 for year in years)))


def _keep_version(item: dict[str, Any], origin: dict[str, Record], claim: Claim) -> None:
    """What belongs to one version stays as the claim has it; of the work's are its people, where they are the same, and its preprint."""
    same_title = title_key(str(item.get("title") or "")) == title_key(claim.title)
    record = origin.get("author")
    same_people = record is not None and people_level(claim_view(claim), record_view(record)).level in ("same", "misspelled", "et-al")
    for field in EMITTED:
        if (field == "title" and same_title) or (field == "author" and same_people):
            continue
        item.pop(field, None)
        origin.pop(field, None)
        if claim.csl.get(field):
            item[field] = claim.csl[field]
    kept = {key: value for key, value in custom_of(item).items() if key in ("arxiv", "primary-class", "author-count")}
    for key in custom_of(item).keys() - kept.keys():
        origin.pop(f"custom.{key}", None)
    item.pop("custom", None)
    if kept:
        item["custom"] = kept


def _keep_edition(item: dict[str, Any], origin: dict[str, Record], claim: Claim) -> None:
    """What belongs to another edition than the record's stays as the claim has it; so does an edition of which the record says nothing."""
    for field in OF_EDITION if other_edition(claim.csl, item) else ("edition",) if not item.get("edition") else ():
        item.pop(field, None)
        origin.pop(field, None)
        if claim.csl.get(field):
            item[field] = claim.csl[field]


def _fuller_publisher(item: dict[str, Any], origin: dict[str, Record], claim: Claim) -> None:
    """A publisher that the record names in small letters, and the claim more fully, stays: "MIT Press" beside "mit"."""
    stated, mine = str(claim.csl.get("publisher") or ""), str(item.get("publisher") or "")
    if mine.islower() and squash(mine) in squash(stated):
        item["publisher"] = stated
        del origin["publisher"]
