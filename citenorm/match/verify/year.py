"""A year that no version has, or that cannot be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from ...findings import YearFinding
from ...model import Csl, Evidence, year_of
from ...normalize.dates import this_year
from ...normalize.editions import EDITIONS
from ...normalize.identifiers import arxiv_year
from ..fields import VenueLevel, venue_level
from ..views import View
from .case import Case, Holdings

_DATED = re.compile(r"(?:/|(?<!\d)\.)(20[0-3]\d)\.")
"""The year in a DOI, which no other number stands before: behind a volume it is a page."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def year(case: Case) -> Iterator[Evidence]:
    ours, shown = case.ours, year_of(case.emitted)
    if shown == ours.year:  # kept from the claim: no record says so
        shown = None
    if ours.year is None:
        dated = isinstance(
            ours.csl.get("issued"), Mapping
        )  # "-0379": a date without a year of print
        if shown and not ours.arxiv and not dated:
            yield YearFinding.MISSING.of("", str(shown))
        return
    years = sorted({v.year for v in case.views if v.year})
    if years and ours.year not in years:
        yield _unlike_all(case, ours.year, years, str(shown or years[-1]))


def _unlike_all(case: Case, stated: int, years: Sequence[int], shown: str) -> Evidence:
    """What is wrong with a year that no version has."""
    ours, said = case.ours, str(stated)
    if still_to_come(stated, case.holdings):
        return YearFinding.IMPOSSIBLE.of(said, shown)
    if later := later_identifier(ours):
        return YearFinding.BEFORE_IDENTIFIER.of(said, later)
    named = {int(y) for y in _YEAR.findall(ours.venue)}
    if named & set(years) and stated not in named and stated != max(named) + 1:
        return YearFinding.DIFFERS.of(said, str(max(named & set(years))))
    apart = min(abs(stated - y) for y in years)
    if apart <= 1 or years[0] < stated < years[-1]:
        return YearFinding.NEAR.of(said, shown)
    return _of_version(case, apart).of(said, shown)


def still_to_come(year: int, holdings: Holdings | None) -> bool:
    """A year after the next one, and after all that the catalogue knows."""
    return year > max(this_year() + 1, holdings.newest if holdings else 0)


_TO_APPEAR = re.compile(r"\b(?:to appear|forthcoming|in press|accepted|submitted)\b", re.I)


def to_appear(csl: Csl) -> bool:
    """The claim says that the work was not yet out when it was cited."""
    return any(_TO_APPEAR.search(str(csl.get(field) or "")) for field in ("note", "status", "page"))


def later_identifier(ours: View) -> str:
    """The arXiv number or the DOI that tells its year and was given out two years or more after the year stated; "" where none was."""
    if ours.year is None:
        return ""
    dated = _DATED.search(ours.doi)
    given = ((arxiv_year(ours.arxiv), f"arXiv:{ours.arxiv}"), (dated and int(dated[1]), ours.doi))
    return next((said for year, said in given if year and year - ours.year >= 2), "")


def _of_version(case: Case, apart: int) -> YearFinding:
    """``DIFFERS`` where the claim binds itself to a version whose year it misses: its venue, or its DOI, or no venue at all and years apart."""
    ours, views = case.ours, case.views
    if case.here.unknown or ours.type in EDITIONS or all(v.type in EDITIONS for v in views):
        return YearFinding.OTHER_VERSION
    bound = any(ours.doi and ours.doi == v.doi for v in views)
    if not bound and not ours.claims_preprint:
        if ours.venue:
            bound = any(venue_level(ours, v) is VenueLevel.SAME for v in views)
        else:
            bound = apart >= 3 and all(not v.preprint for v in views)
    return YearFinding.DIFFERS if bound else YearFinding.OTHER_VERSION
