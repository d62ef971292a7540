"""A claim and the records of its work in, whether it describes a publication that none of them is out.

What a claim names (a part of a work, a report, an e-print, a publication, or no place at all) decides what may tell it from what is known.
Without such a sign another venue is a wrong one, as it is for a conference: a paper is not given at two.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from ...model import Claim, Record
from ...normalize.alike import alike
from ...normalize.identifiers import arxiv_year
from ...normalize.institutions import names_institution, names_report
from ...normalize.pages import same_pages
from ...normalize.preprint import claims_preprint, is_preprint
from ...normalize.venues import find_venue, venue_likeness, workshop_apart
from ..fields import TitleLevel, title_level, venues_agree
from ..fields.kind import ABOUT
from ..published import PUBLISHED, at_a_meeting, before, perhaps_submitted
from ..views import View, claim_view, record_view, text
from ..witnesses import vouched


@dataclass(frozen=True, slots=True)
class _Case:
    """A claim beside the records of its work; ``published``: those that are no preprints."""

    claim: Claim
    ours: View
    records: Sequence[Record]
    published: Sequence[Record]


def is_unknown_publication(claim: Claim, records: Sequence[Record]) -> bool:
    """The claim describes a publication of the work that none of its records is."""
    published = [r for r in records if not is_preprint(r.csl)]
    case = _Case(claim, claim_view(claim), records, published)
    return _of_another_issuer(case) or _APART_FROM_WHAT_IS_KNOWN[_named(case)](case)


def _named(case: _Case) -> str:
    """What the claim names: "part", "report", "e-print", "publication", or "" where it says no place."""
    ours = case.ours
    kinds = {record_view(r).title.kind for r in case.records}
    if ours.title.kind in ABOUT and ours.title.kind not in kinds:
        return "part"
    if _report(case.claim):
        return "report"
    if ours.claims_preprint:
        return "e-print"
    return "publication" if ours.venue else ""


def _other_than_papers(case: _Case) -> bool:
    """A report, where all that is known is articles, papers and chapters."""
    return bool(case.published) and all(r.type in PUBLISHED for r in case.published)


def _of_another_issuer(case: _Case) -> bool:
    """An institution issued it, and others the reports that alone are known, in other years: a working paper comes out in a series of each of
    its authors."""
    issuer = text(case.claim.csl.get("publisher"))
    return names_institution(issuer) and all(
        _issued_apart(issuer, case.ours.year, r) for r in case.records
    )


def _issued_apart(issuer: str, year: int | None, record: Record) -> bool:
    theirs = text(record.csl.get("publisher"))
    if record.type != "report" or not theirs or alike("publisher", issuer, theirs):
        return False
    return bool(year and record.year) and abs((year or 0) - (record.year or 0)) > 1


def _of_a_later_paper(case: _Case) -> bool:
    """An e-print that was put up when all that is known was out already, or of which a source knows only where it was submitted."""
    ours, records = case.ours, case.records
    upload = arxiv_year(ours.arxiv) or ours.year
    slips = before(records, upload) or _renamed_since(ours, records, upload)
    return len(case.published) == len(records) and (slips or perhaps_submitted(case.published))


def _of_no_place(case: _Case) -> bool:
    """A thesis of which e-prints alone are known, and a website."""
    return (not case.published and case.ours.type == "thesis") or _website(case.claim)


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
    year = case.ours.year or 0
    return all(
        r.type == "chapter" and year and r.year and abs(year - r.year) >= LIFETIME
        for r in case.published
    )


def _in_other_volume(case: _Case) -> bool:
    """A chapter that stands in another volume."""
    of_chapter = case.ours.type == "chapter"
    return of_chapter and all(_of_other_volume(case.ours, r) for r in case.published)


def _extended(case: _Case) -> bool:
    """An article of a journal, in a year after the meeting that all that is known was given at, and on no page of its."""
    ours = case.ours
    found = find_venue(ours.venue)
    if ours.type != "article-journal" or found is None or found.venue.kind != "journal":
        return False
    return all(
        at_a_meeting(r) and _before_and_elsewhere(case.claim, ours, r) for r in case.published
    )


def _in_a_journal(case: _Case) -> bool:
    """An article with volume and pages, where what is known was given at a meeting, or came out on other pages and in another year or volume."""
    claim, ours, published = case.claim, case.ours, case.published
    if not (ours.volume and claim.csl.get("page")) or ours.type != "article-journal":
        return False
    reprinted = _reprinted(claim, ours, published)
    elsewhere = any(map(at_a_meeting, published)) or reprinted
    if not elsewhere or any(r.doi == ours.doi for r in case.records if r.doi):
        return False
    venues = [text(r.csl["container-title"]) for r in published if r.csl.get("container-title")]
    found = {venues_agree(ours.venue, v) for v in venues}
    return bool(found) and "same" not in found and (found == {"different"} or reprinted)


_TWICE: tuple[Callable[[_Case], bool], ...] = (
    lambda case: _printed_apart(case.claim, case.published),
    lambda case: at_its_workshop(case.ours, case.published),
    _in_other_edition,
    _extended,
    _in_other_volume,
    _in_a_journal,
)


def _website(claim: Claim) -> bool:
    """All that is stated of the place is the address of a whole site, which no paper has."""
    address = urlsplit(text(claim.csl.get("URL")))
    bare = not any(claim.csl.get(f) for f in ("DOI", "ISBN", "volume", "page", "publisher"))
    bare = bare and claim.csl.get("type") not in PUBLISHED
    front = bool(_FRONT_PAGE.fullmatch(address.path)) and not address.query
    return bare and bool(address.netloc) and front


_FRONT_PAGE = re.compile(r"/*(?:index\.\w+/?)?")


def _renamed_since(ours: View, records: Sequence[Record], upload: int | None) -> bool:
    """All that is known was published in years before the e-print, and under another title: the e-print is of a later paper."""
    if upload is None or any((r.year or upload) >= upload for r in records):
        return False
    return not any(_one_title(ours, r) for r in records)


def _one_title(ours: View, record: Record) -> bool:
    return title_level(ours.title, record_view(record).title)[0] in _ONE_TITLE


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
    paper at another, an article that a magazine printed again; or venue and publisher are, and one record alone has those very pages elsewhere."""
    published = [r for r in records if not is_preprint(r.csl)]
    return bool(published) and _printed_apart(claim, published)


def _printed_apart(claim: Claim, published: Sequence[Record]) -> bool:
    of_others = not vouched(published) and all(_of_another_publisher(claim, r) for r in published)
    return of_others or all(_elsewhere(claim, r) for r in published)


def _of_another_publisher(claim: Claim, record: Record) -> bool:
    """The same pages in two known venues, and the stated publisher is not that of the record's: whoever kept the record took one for the other."""
    venues = [text(csl.get("container-title")) for csl in (claim.csl, record.csl)]
    if not all(venues) or venues_agree(*venues) != "different":
        return False
    found = find_venue(venues[1])
    known = text(record.csl.get("publisher")) or (found.venue.publisher if found else "")
    stated = text(claim.csl.get("publisher"))
    apart = bool(stated and known) and not alike("publisher", stated, known)
    return apart and same_pages(text(claim.csl.get("page")), text(record.csl.get("page")))


def _elsewhere(claim: Claim, record: Record) -> bool:
    page, theirs = text(claim.csl.get("page")), text(record.csl.get("page"))
    if not (claim.year and record.year) or claim.year == record.year:
        return False
    if claim.doi == record.doi != "":
        return False
    if not page:
        volumes = claim_view(claim).volume, record_view(record).volume
        if not all(volumes) or volumes[0] == volumes[1]:
            return False
    elif same_pages(page, theirs) if theirs else _one_title(claim_view(claim), record):
        return False
    venues = [text(csl.get("container-title")) for csl in (claim.csl, record.csl)]
    return all(venues) and venues_agree(*venues) == "different"


LIFETIME = 5
"""So many years apart a volume comes out again in another edition; a year that is less away is a slip."""


def _of_other_volume(ours: View, record: Record) -> bool:
    """A chapter of a volume of another name, on other pages: a reprint, or a collection into which it was taken."""
    theirs = record_view(record)
    paged = bool(ours.first and theirs.first) and ours.first != theirs.first
    if not paged or not theirs.venue or (ours.doi and ours.doi == theirs.doi):
        return False
    return venue_likeness(ours.venue, theirs.venue) <= APART


APART = 0.3
"""Names of venues that share no more words than this are names of two."""


def _before_and_elsewhere(claim: Claim, ours: View, record: Record) -> bool:
    before_it = bool(ours.year and record.year and record.year < ours.year)
    venue, page = (text(record.csl.get(field)) for field in ("container-title", "page"))
    apart = venues_agree(ours.venue, venue) == "different"
    here = same_pages(text(claim.csl.get("page")), page) or (ours.doi and ours.doi == record.doi)
    return before_it and apart and not here


def _report(claim: Claim) -> bool:
    """A report that an institution issued, or that has a number: no working paper that only waits for its publication."""
    stated = claim.csl
    issuer = text(stated.get("publisher"))
    if stated.get("type") == "report":
        issued = bool(stated.get("number") or issuer)
    elif names_report(text(stated.get("container-title"))):
        issued = True
    else:
        issued = (
            not stated.get("type")
            and not stated.get("container-title")
            and names_institution(issuer)
        )
    return issued and not claims_preprint(stated)


def _reprinted(claim: Claim, ours: View, published: Sequence[Record]) -> bool:
    """All that is known came out on other pages, and in other years or volumes: a reprint, or a collection into which the article was taken."""
    page, volume = text(claim.csl.get("page")), text(claim.csl.get("volume"))
    for r in published:
        theirs = text(r.csl.get("volume"))
        later = bool(ours.year and r.year and ours.year != r.year)
        apart = bool(volume and theirs and volume != theirs)
        if same_pages(page, text(r.csl.get("page"))) or not (later or apart):
            return False
    return True
