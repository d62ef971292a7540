"""Pages that no version has."""

from __future__ import annotations

from collections.abc import Iterator

from ...findings import PagesFinding
from ...model import Evidence
from ...normalize.pages import (
    counted_within,
    ends_before,
    first_page,
    lone_number,
    one_stretch,
    other_printing,
    same_pages,
)
from ..cite.weight_of_word import says_so
from ..views import text
from .case import Case


def pages(case: Case) -> Iterator[Evidence]:
    said, shown = text(case.claim.csl.get("page")), text(case.emitted.get("page"))
    if ends_before(shown):
        return  # damaged
    if not said:
        if shown and case.ours.venue and not case.ours.claims_preprint:
            yield PagesFinding.MISSING.of("", shown)
        return
    if lone_number(said, shown) and not says_so(case.work.records, "page", shown):
        return
    if first_page(said) == "1" and (shown.isdigit() or case.here.preprint):
        return  # the record has the number of the article, whose own pages are stated, or they are the e-print's
    stated = [text(r.csl.get("page")) for r in case.work.records if r.csl.get("page")]
    if shown and not any(
        same_pages(said, p) or first_page(said) == first_page(p) or one_stretch(said, p)
        for p in (*stated, shown)
    ):
        printed = counted_within(said, shown) or (
            other_printing(said, shown) and not says_so(case.work.records, "page", shown)
        )
        yield (PagesFinding.OTHER_PRINTING if printed else PagesFinding.DIFFER).of(said, shown)
