"""Pages on which the sources of the version to be cited do not agree."""

from __future__ import annotations

from collections.abc import Iterator

from ...findings import SourceFinding
from ...model import Evidence, year_of
from ...normalize.pages import same_pages
from ..fields import venues_agree
from ..views import text
from .case import Case


def sources(case: Case) -> Iterator[Evidence]:
    by_pages: dict[str, str] = {}
    venue, year = text(case.emitted.get("container-title")), year_of(case.emitted)
    for record, view in zip(case.work.records, case.views, strict=True):
        page = text(record.csl.get("page"))
        if "-" not in page or view.preprint:
            continue
        near = year is None or view.year is None or abs(year - view.year) <= 1
        if near and venues_agree(venue, view.venue) == "same":
            by_pages.setdefault(page, record.source)
    ordered = sorted(by_pages)
    different = [p for i, p in enumerate(ordered) if not any(same_pages(p, q) for q in ordered[:i])]
    if len(different) > 1:
        told = "; ".join(f"{by_pages[p]}: {p}" for p in different)
        yield SourceFinding.PAGE.of(told, text(case.emitted.get("page")))
