"""What a record says of a field of which the reference says nothing in, whether it is filled in out.

A value that is not filled in is a miss; one of another volume, part or printing is an error that was not there before.
"""

from __future__ import annotations

from collections.abc import Collection

from ...model import Record, year_of
from ...normalize.alike import alike
from ...normalize.pages import clean_pages, page_range
from ...normalize.venues import find_venue, pmlr_volumes
from ..fields import venues_agree
from ..witnesses import SURE, corrects, is_publisher, reliability, vouched
from .draft import Draft

PLACE = ("volume", "issue", "number", "page", "publisher", "publisher-place", "DOI", "ISSN", "URL")
COUNTED = ("volume", "issue", "number")
"""What goes with the year."""


def only_filled(draft: Draft, elsewhere: Collection[str] = ()) -> None:
    """Take out of the draft what was filled in and may be of another volume, part, printing or work; ``elsewhere``: fields of another printing."""
    _drop(draft, *elsewhere)
    _no_volume_of(draft)
    _nothing_of_another(draft)
    _nothing_of_a_part(draft)
    _no_doi_of_one(draft)
    no_count(draft)
    _no_venue_of_one(draft)


def _drop(draft: Draft, *fields: str) -> None:
    for field in fields:
        if field in draft.item and not draft.claim.csl.get(field):
            draft.drop(field)


def _no_volume_of(draft: Draft) -> None:
    """A volume is not filled into a book, or into a chapter on the word of a hand-made record, unless its record says of which series it
    is one: of many it is the number of the edition, or of another set's part; issues they have none."""
    kind, record = draft.item.get("type"), draft.origin.get("volume")
    if (
        kind == "paper-conference"
        and record is not None
        and (not _of_series(record) or _other_volume(draft, record))
    ):
        _drop(draft, "volume", "issue")
    if kind not in ("book", "chapter"):
        return
    told = record is not None and (
        bool(record.csl.get("collection-title"))
        or (kind == "chapter" and corrects(record, "volume"))
    )
    if not told:
        _drop(draft, "volume")
    _drop(draft, "issue")


def _other_volume(draft: Draft, record: Record) -> bool:
    """The venue that is printed numbers the volume otherwise, or the claim names another series than the record."""
    found = find_venue(str(draft.item.get("container-title") or ""))
    numbered = found.volume if found is not None else None
    if numbered is not None and str(numbered) != str(draft.item.get("volume")):
        return True
    stated, series = (csl.get("collection-title") for csl in (draft.claim.csl, record.csl))
    return bool(stated and series) and not alike("collection-title", stated, series)


def _of_series(record: Record) -> bool:
    """The proceedings are known to be a volume: the publisher says so, the record names the series, or the list of venues counts their volumes."""
    if is_publisher(record) or record.csl.get("collection-title"):
        return True
    found = find_venue(str(record.csl.get("container-title") or ""))
    if found is None:
        return False
    venue, volume = found.venue, str(record.csl.get("volume") or "")
    counted = venue.volumes is not None or venue.kind != "conference" or found.volume is not None
    return counted or volume in map(str, pmlr_volumes(venue, record.year or 0))


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
    """A reference to two stretches of pages, stated or filled in, is one to both parts: it gets no issue and no DOI of one of them."""
    stated = clean_pages(str(draft.claim.csl.get("page") or draft.item.get("page") or ""))
    if sum("-" in stretch for stretch in stated.split(", ")) < 2:
        return
    _drop(draft, "DOI")
    record = draft.origin.get("issue")
    if record is not None and clean_pages(str(record.csl.get("page") or "")) != stated:
        _drop(draft, "issue")


def _no_doi_of_one(draft: Draft) -> None:
    """The DOI that one maker alone has for a thesis or a report is that of the book or the article as often as not."""
    if draft.item.get("type") in ("thesis", "report") and not as_vouched(draft, "DOI"):
        _drop(draft, "DOI")


def no_count(draft: Draft) -> None:
    """What one maker alone, who is not the publisher, has for the pages of a paper at a meeting is how many there are where it begins with the first, and
    his issue is the volume again."""
    page = str(draft.item.get("page") or "")
    counted = page.isdigit() or (page_range(page)[0] == "1" and ":" not in page)
    if counted and draft.item.get("type") == "paper-conference" and not as_vouched(draft, "page"):
        _drop(draft, "page")
    again = draft.item.get("issue") and draft.item.get("issue") == draft.item.get("volume")
    if again and not as_vouched(draft, "issue"):
        _drop(draft, "issue")


def _no_venue_of_one(draft: Draft) -> None:
    """A venue on the word of one record whose source is not to be trusted with venues makes no paper of what was cited without one."""
    record = draft.origin.get("container-title")
    if record is None or draft.claim.csl.get("container-title"):
        return
    sure = reliability(record, "container-title") >= SURE
    if sure or as_vouched(draft, "container-title"):
        return
    for field in ("type", "container-title", *PLACE):
        draft.as_stated(field)
    draft.item.setdefault("type", "document")


def as_vouched(draft: Draft, field: str) -> bool:
    """The publisher has the value that is printed, or two makers do."""
    value = draft.item.get(field)
    return vouched([r for r in draft.version.records if alike(field, r.csl.get(field), value)])
