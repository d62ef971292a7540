"""What a claim says of its own version in, where the sources do not know that version: it stays as it is cited.

An edition of a book, a journal version of which the sources have the preprint or the conference paper alone.
"""

from __future__ import annotations

from typing import Any

from ..model import Claim, Described, Record, custom_of
from ..normalize.editions import OF_EDITION, REISSUED, edition_number
from ..normalize.titles import title_key
from .fields import people_level
from .views import claim_view, record_view

EMITTED = (
    "type", "title", "author", "editor", "translator", "container-title", "collection-title", "volume", "issue", "page", "number",
    "edition", "genre", "issued", "publisher", "publisher-place", "DOI", "ISBN", "ISSN", "URL",
)  # fmt: skip
"""The fields of an emitted item."""


def keep_as_cited(
    item: dict[str, Any],
    origin: dict[str, Record],
    claim: Claim,
    here: Described,
) -> None:
    """Put back into an item made of the records of one version what belongs to the version or edition that the claim describes, if it is another."""
    _fuller_publisher(item, origin, claim)
    _own_address(item, claim)
    if here.unknown:
        _keep_version(item, origin, claim)
    elif item.get("type") in REISSUED:
        _keep_edition(item, origin, claim, here.edition)


def _as_stated(field: str, item: dict[str, Any], origin: dict[str, Record], claim: Claim) -> None:
    """A field is what the claim says of it, or open."""
    item.pop(field, None)
    origin.pop(field, None)
    if claim.csl.get(field):
        item[field] = claim.csl[field]


def _keep_version(item: dict[str, Any], origin: dict[str, Record], claim: Claim) -> None:
    """What belongs to one version stays as the claim has it; of the work's are its people, where they are the same, and its preprint."""
    same_title = title_key(str(item.get("title") or "")) == title_key(claim.title)
    same_people = _same_people(origin.get("author"), claim)
    for field in EMITTED:
        if (field == "title" and same_title) or (field == "author" and same_people):
            continue
        _as_stated(field, item, origin, claim)
    kept = {
        key: value
        for key, value in custom_of(item).items()
        if key in ("arxiv", "primary-class", "author-count")
    }
    for key in custom_of(item).keys() - kept.keys():
        origin.pop(f"custom.{key}", None)
    item.pop("custom", None)
    if kept:
        item["custom"] = kept


def _same_people(record: Record | None, claim: Claim) -> bool:
    return record is not None and people_level(claim_view(claim), record_view(record)).level in (
        "same",
        "misspelled",
        "et-al",
        "shortened",
    )


def _keep_edition(
    item: dict[str, Any], origin: dict[str, Record], claim: Claim, other: bool
) -> None:
    """What belongs to another edition than the record's stays as the claim has it; so does an edition of which the record says nothing."""
    fields: tuple[str, ...] = () if item.get("edition") else ("edition",)
    if other:
        fields = (
            OF_EDITION
            if _same_people(origin.get("author"), claim)
            else (*OF_EDITION, "author", "editor")
        )
    for field in fields:
        _as_stated(field, item, origin, claim)
    if "edition" in fields and (number := edition_number(claim.csl)):
        item["edition"] = number


def _own_address(item: dict[str, Any], claim: Claim) -> None:
    """The address that the claim gives stays where the record has neither one nor an identifier; so does the day of access."""
    if (
        item.get("URL")
        or item.get("DOI")
        or custom_of(item).get("arxiv")
        or not claim.csl.get("URL")
    ):
        return
    item["URL"] = claim.csl["URL"]
    if claim.csl.get("accessed"):
        item["accessed"] = claim.csl["accessed"]


def _fuller_publisher(item: dict[str, Any], origin: dict[str, Record], claim: Claim) -> None:
    """A publisher that the record names in small letters, and the claim more fully, stays: "MIT Press" beside "mit"."""
    stated, mine = str(claim.csl.get("publisher") or ""), str(item.get("publisher") or "")
    if mine.islower() and set(mine.split()) <= set(stated.lower().split()):
        item["publisher"] = stated
        del origin["publisher"]
