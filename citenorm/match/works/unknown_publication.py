"""A claim and the records of its work in, whether it describes a publication that none of them is out.

What a claim names (a part of a work, a report, an e-print, a publication, or no place at all) decides what may tell it from what is known.
Without such a sign another venue is a wrong one, as it is for a conference: a paper is not given at two.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from rapidfuzz.distance import OSA

from ...model import Claim, Record
from ...normalize.alike import alike
from ...normalize.editions import REISSUED
from ...normalize.fillers import is_filler
from ...normalize.identifiers import arxiv_year
from ...normalize.institutions import names_institution, names_report
from ...normalize.pages import same_pages
from ...normalize.preprint import names_server, of_server
from ...normalize.venues import find_venue, venue_likeness, workshop_apart
from ..fields import TitleLevel, title_level, venues_agree
from ..fields.kind import ABOUT
from ..kept import part
from ..published import PUBLISHED, at_a_meeting, before, perhaps_submitted
from ..views import View, claim_view, record_view, text
from ..witnesses import vouched


@dataclass(frozen=True, slots=True)
class _Beside:
    """One publication of the work, and how what the claim says of its place stands to where that came out."""

    record: Record
    theirs: View
    venues: str
    """As ``venues_agree`` has it; "" where one of the two names none."""
    years: int | None
    """How many years the claim's is later, None where one of the two states none."""
    same_pages: bool
    other_volume: bool
    one_doi: bool


def _beside(ours: View, record: Record) -> _Beside:
    theirs = record_view(record)
    return _Beside(
        record,
        theirs,
        venues_agree(ours.venue, theirs.venue) if ours.venue and theirs.venue else "",
        ours.year - theirs.year if ours.year and theirs.year else None,
        same_pages(text(ours.csl.get("page")), text(record.csl.get("page"))),
        ours.volume != theirs.volume and bool(ours.volume and theirs.volume),
        ours.doi == theirs.doi != "",
    )


@dataclass(frozen=True)
class _Case:
    """A claim beside the records of its work."""

    ours: View
    records: Sequence[Record]

    @part
    def published(self) -> Sequence[Record]:
        """Those that are no preprints."""
        return [r for r in self.records if not record_view(r).preprint]

    @part
    def beside(self) -> Sequence[_Beside]:
        return [_beside(self.ours, r) for r in self.published]


def is_unknown_publication(claim: Claim, records: Sequence[Record]) -> bool:
    """The claim describes a publication of the work that none of its records is."""
    case = _Case(claim_view(claim), records)
    return _of_another_issuer(case) or _APART_FROM_WHAT_IS_KNOWN[_named(case)](case)


def _named(case: _Case) -> str:
    """What the claim names: "part", "report", "e-print", "publication", or "" where it says no place."""
    ours = case.ours
    kind = ours.title.kind
    if kind in ABOUT and all(record_view(r).title.kind != kind for r in case.records):
        return "part"
    if _report(ours):
        return "report"
    if ours.claims_preprint:
        return "e-print"
    return "publication" if ours.venue else ""


def _other_than_papers(case: _Case) -> bool:
    """A report, where all that is known is articles, papers and chapters."""
    return bool(case.published) and all(r.type in PUBLISHED for r in case.published)


def _of_another_issuer(case: _Case) -> bool:
    """It names who issued it and no place, and others brought out all that is known, in other years: a working paper comes out in a series of
    each of its authors, notes of a course as a chapter."""
    issuer = text(case.ours.csl.get("publisher"))
    if case.ours.venue or not issuer or names_server(issuer) or case.ours.type in REISSUED:
        return False
    return all(_issued_apart(issuer, case.ours.year, r) for r in case.records)


def _issued_apart(issuer: str, year: int | None, record: Record) -> bool:
    theirs = text(record.csl.get("publisher"))
    if not theirs or alike("publisher", issuer, theirs):
        return False
    return bool(year and record.year) and abs((year or 0) - (record.year or 0)) > 1


def _of_a_later_paper(case: _Case) -> bool:
    """An e-print of which a source knows only where it was submitted, or that was put up when all that is known was out already, in years
    that are slips, or under another title; or the DOI beside it is that of another publication than those known."""
    ours, records = case.ours, case.records
    if _under_another_doi(case):
        return True
    if len(case.published) < len(records):
        return False
    upload = arxiv_year(ours.arxiv) or ours.year
    if before(records, upload) or perhaps_submitted(case.published):
        return True
    earlier = upload is not None and all((r.year or upload) < upload for r in records)
    return earlier and not any(_one_title(ours, record_view(r)) for r in records)


def _under_another_doi(case: _Case) -> bool:
    """All that is known came out under other DOIs than the one stated, which is no e-print's and no slip of one of them."""
    doi, known = case.ours.doi, [b.theirs.doi for b in case.beside]
    if not doi or not known or of_server(doi) or is_filler(doi):
        return False
    return all(other and OSA.distance(doi, other) > _SLIPS for other in known)


_SLIPS = 2
"""So many signs may be wrong in a DOI that is copied by hand."""


def _of_no_place(case: _Case) -> bool:
    """A thesis, or a manuscript years before, of which e-prints alone are known, a book with its number of which articles are, and a website: all
    that is stated of the place is the address of a whole site, which no paper has."""
    stated = case.ours.csl
    if not case.published and (case.ours.type == "thesis" or _years_before(case)):
        return True
    if case.ours.type == "book" and stated.get("ISBN"):
        return bool(case.published) and all(r.type in _PAPERS for r in case.published)
    if case.ours.type in PUBLISHED or any(stated.get(f) for f in _OF_PRINT):
        return False
    address = urlsplit(text(stated.get("URL")))
    front = bool(_FRONT_PAGE.fullmatch(address.path)) and not address.query
    return bool(address.netloc) and front


def _years_before(case: _Case) -> bool:
    """A manuscript that was dated two years or more before the first upload."""
    year, uploads = case.ours.year, [r.year for r in case.records if r.year]
    dated = case.ours.type == "manuscript" and year is not None
    return dated and bool(uploads) and min(uploads) - (year or 0) > 1


_PAPERS = ("article-journal", "paper-conference")
_OF_PRINT = ("DOI", "ISBN", "volume", "page", "publisher")
_FRONT_PAGE = re.compile(r"/*(?:index\.\w+/?)?")


def _elsewhere_published(case: _Case) -> bool:
    """A publication at another place than each that is known, for one of the reasons for which a text comes out at two."""
    return not case.published or any(reason(case) for reason in _TWICE)


_APART_FROM_WHAT_IS_KNOWN: Mapping[str, Callable[[_Case], bool]] = {
    "part": lambda case: True,  # a supplement, under the DOI of the article
    "report": _other_than_papers,
    "e-print": _of_a_later_paper,
    "publication": _elsewhere_published,
    "": _of_no_place,
}
"""What tells it from what is known, by what the claim names."""


def _in_other_edition(case: _Case) -> bool:
    """A chapter of a volume that came out anew."""
    return all(b.record.type == "chapter" and abs(b.years or 0) >= LIFETIME for b in case.beside)


def _in_other_volume(case: _Case) -> bool:
    """A chapter of a volume of another name, on other pages: a reprint, or a collection into which it was taken."""
    ours = case.ours
    return ours.type == "chapter" and all(
        ours.first
        and b.theirs.first not in ("", ours.first)
        and b.theirs.venue
        and not b.one_doi
        and venue_likeness(ours.venue, b.theirs.venue) <= APART
        for b in case.beside
    )


def _extended(case: _Case) -> bool:
    """An article of a journal, in a year after the meeting that all that is known was given at, and on no page of its."""
    ours = case.ours
    found = find_venue(ours.venue)
    if ours.type != "article-journal" or found is None or found.venue.kind != "journal":
        return False
    return all(
        at_a_meeting(b.record)
        and (b.years or 0) > 0
        and b.venues == "different"
        and not (b.same_pages or b.one_doi)
        for b in case.beside
    )


def _in_a_journal(case: _Case) -> bool:
    """An article with volume and pages, where what is known was given at a meeting; or came out on other pages, and in other years or volumes:
    a reprint, or a collection into which the article was taken."""
    ours = case.ours
    if not (ours.volume and ours.csl.get("page")) or ours.type != "article-journal":
        return False
    reprinted = all(not b.same_pages and (b.years or b.other_volume) for b in case.beside)
    if not reprinted and not any(map(at_a_meeting, case.published)):
        return False
    if ours.doi in {r.doi for r in case.records} - {""}:
        return False
    found = {b.venues for b in case.beside} - {""}
    return bool(found) and "same" not in found and (found == {"different"} or reprinted)


def _after_a_report(case: _Case) -> bool:
    """It stands on pages of a volume, in a year after all that is known, which is the reports that institutions issued of it."""
    ours = case.ours
    if not ours.first or names_institution(ours.venue):
        return False
    return all(
        b.record.type == "report" and not b.theirs.venue and (b.years or 0) > 0 for b in case.beside
    )


def _in_full(case: _Case) -> bool:
    """A paper at another venue and on other pages than the abstracts, posters or companion in which all that is known stands."""
    ours = case.ours
    return bool(ours.first) and all(
        b.venues == "different"
        and b.theirs.first
        and at_a_meeting(b.record)
        and not (b.same_pages or b.one_doi)
        and _IN_SHORT.search(b.theirs.venue)
        and not _IN_SHORT.search(ours.venue)
        for b in case.beside
    )


_IN_SHORT = re.compile(
    r"\b(?:extended abstracts?|companion|adjunct|posters?|demos?|demonstrations?)\b", re.I
)
_TWICE: tuple[Callable[[_Case], bool], ...] = (
    _after_a_report,
    lambda case: _printed_apart(case),
    lambda case: at_its_workshop(case.ours, case.published),
    _in_other_edition,
    _extended,
    _in_other_volume,
    _in_a_journal,
)


def _one_title(ours: View, theirs: View) -> bool:
    return title_level(ours.title, theirs.title)[0] in _ONE_TITLE


_ONE_TITLE = frozenset(
    (TitleLevel.EXACT, TitleLevel.EXACT_SHORT, TitleLevel.TYPO, TitleLevel.MINOR)
)


def at_its_workshop(ours: View, published: Sequence[Record]) -> bool:
    """The claim names a workshop where all that is known is of the conference, or the other way round, and no DOI says that it is the one known."""
    venues = [text(r.csl.get("container-title")) for r in published]
    if any(ours.doi and ours.doi == r.doi for r in published):
        return False
    return bool(venues) and all(v and workshop_apart(ours.venue, v) for v in venues)


def another_printing(claim: Claim, records: Sequence[Record]) -> bool:
    """Venue, year and pages, volume or title are all stated and all others than those of each publication known: an abstract at one meeting, the
    paper at another, an article that a magazine printed again; or venue and pages are, beside an abstract or a poster; or venue and publisher, and one
    record alone has those very pages elsewhere."""
    case = _Case(claim_view(claim), records)
    return bool(case.published) and _printed_apart(case)


def _printed_apart(case: _Case) -> bool:
    by_one = not vouched(case.published)
    of_others = by_one and all(_of_another_publisher(case.ours, b) for b in case.beside)
    return of_others or _in_full(case) or all(_elsewhere(case.ours, b) for b in case.beside)


def _of_another_publisher(ours: View, beside: _Beside) -> bool:
    """The same pages in two known venues, and the stated publisher is not that of the record's: whoever kept the record took one for the other."""
    if beside.venues != "different" or not beside.same_pages:
        return False
    found = find_venue(beside.theirs.venue)
    known = text(beside.record.csl.get("publisher")) or (found.venue.publisher if found else "")
    stated = text(ours.csl.get("publisher"))
    return bool(stated and known) and not alike("publisher", stated, known)


def _elsewhere(ours: View, beside: _Beside) -> bool:
    """In another venue and year, and on other pages, in another volume or under another title, whichever is stated."""
    if not beside.years or beside.one_doi or beside.venues != "different":
        return False
    if not ours.csl.get("page"):
        return beside.other_volume
    if beside.record.csl.get("page"):
        return not beside.same_pages
    return not _one_title(ours, beside.theirs)


LIFETIME = 5
"""So many years apart a volume comes out again in another edition; a year that is less away is a slip."""


APART = 0.3
"""Names of venues that share no more words than this are names of two."""


def _report(ours: View) -> bool:
    """A report that an institution issued, or that has a number: no working paper that only waits for its publication."""
    issuer = text(ours.csl.get("publisher"))
    if ours.type == "report":
        issued = bool(ours.csl.get("number") or issuer)
    elif names_report(ours.venue):
        issued = True
    else:
        issued = not ours.type and not ours.venue and names_institution(issuer)
    return issued and not ours.claims_preprint
