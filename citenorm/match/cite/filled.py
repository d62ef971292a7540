"""What a record says of a field of which the reference says nothing in, whether it is filled in out.

A value that is not filled in is a miss; one of another volume, part or printing is an error that was not there before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...model import year_of
from ...normalize.pages import clean_pages
from ..fields import venues_agree
from ..witnesses import corrects

if TYPE_CHECKING:
    from .keep_as_cited import Draft

PLACE = ("volume", "issue", "number", "page", "publisher", "publisher-place", "DOI", "ISSN", "URL")
COUNTED = ("volume", "issue", "number")
"""What goes with the year."""


def only_filled(draft: Draft) -> None:
    """Take out of the draft what was filled in and may be of another volume, part, printing or work."""
    _no_volume_of(draft)
    _nothing_of_another(draft)
    _nothing_of_a_part(draft)


def _drop(draft: Draft, *fields: str) -> None:
    for field in fields:
        if field in draft.item and not draft.claim.csl.get(field):
            draft.drop(field)


def _no_volume_of(draft: Draft) -> None:
    """A volume is not filled into a book, or into a chapter on the word of a hand-made record, unless its record says of which series it
    is one: of many it is the number of the edition, or of another set's part; issues they have none."""
    kind, record = draft.item.get("type"), draft.origin.get("volume")
    if kind not in ("book", "chapter"):
        return
    told = record is not None and (
        bool(record.csl.get("collection-title"))
        or (kind == "chapter" and corrects(record, "volume"))
    )
    if not told:
        _drop(draft, "volume")
    _drop(draft, "issue")


def _nothing_of_another(draft: Draft) -> None:
    """Where the year of the records is not believed beside the stated one, nothing that is counted with it is filled in, and where their
    venue is not either, nothing else that says where theirs stands."""
    venue, year = draft.claim.csl.get("container-title"), draft.claim.year
    if not venue or year is None or (draft.item.get("container-title"), year_of(draft.item)) != (venue, year):  # fmt: skip
        return
    placed = [r for r in draft.version.records if r.year and r.csl.get("container-title")]
    if not placed or any(abs((r.year or 0) - year) <= 1 for r in placed):
        return
    elsewhere = all(
        venues_agree(str(venue), str(r.csl["container-title"])) != "same" for r in placed
    )
    _drop(draft, *(PLACE if elsewhere else COUNTED))


def _nothing_of_a_part(draft: Draft) -> None:
    """A reference to two stretches of pages is one to both parts: it gets no issue and no DOI of one of them."""
    stated = clean_pages(str(draft.claim.csl.get("page") or ""))
    if sum("-" in stretch for stretch in stated.split(", ")) < 2:
        return
    _drop(draft, "DOI")
    record = draft.origin.get("issue")
    if record is not None and clean_pages(str(record.csl.get("page") or "")) != stated:
        _drop(draft, "issue")
