"""A claim and its work in, which of the work's versions the claim describes out: decided here, once, for whatever comes after.

Another version may have other authors, another order, another year and title.  Only where the claim names the
version itself (its DOI, its arXiv number, its venue and year, its pages) does a difference tell against it, and only
there is a field of the record one that the claim got wrong.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from ...model import Claim, Described, Record, Work
from ...normalize.alike import alike
from ...normalize.editions import EDITIONS, REISSUED, edition_number, other_edition
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


def described(claim: Claim, work: Work) -> Described:
    """The versions of ``work`` that ``claim`` describes."""
    ours = claim_view(claim)
    views = [record_view(r) for r in work.records]
    firmly, loosely = [], []
    for record, view in zip(work.records, views, strict=True):
        how = _how(ours, view)
        if how == "firmly":
            firmly.append(record.id)
        elif how == "loosely":
            loosely.append(record.id)
    exactly = [
        r.id
        for r, v in zip(work.records, views, strict=True)
        if r.id in firmly and (ours.year == v.year or (ours.doi and ours.doi == v.doi))
    ]
    return Described(
        tuple(firmly),
        tuple(loosely),
        tuple(exactly),
        ours.claims_preprint,
        _unknown(claim, ours, work.records),
        _other_edition(claim, work.records),
    )


def _how(ours: View, version: View) -> str:
    """ "firmly", "loosely" or "": how surely the claim describes a version."""
    if ours.doi and ours.doi == version.doi:
        return "firmly"
    mine, theirs = ours.claims_preprint, version.preprint
    if mine or theirs:
        if mine and theirs and (not ours.arxiv or ours.arxiv == version.arxiv):
            return "firmly" if ours.arxiv else "loosely"
        return ""
    if not ours.venue:
        near = ours.year is None or ours.year == version.year
        return "loosely" if ours.type not in EDITIONS and near else ""
    if not version.venue:
        return ""
    if venues_agree(ours.venue, version.venue) == "same":
        near = ours.year is None or version.year is None or abs(ours.year - version.year) <= 1
        own_doi = bool(ours.doi and version.doi)
        return "firmly" if near and not own_doi else ""
    return "loosely" if ours.year == version.year and kin(ours.venue, version.venue) else ""


def kin(a: str, b: str) -> bool:
    """Two known venues that share their works: a journal that prints a conference's papers."""
    return (
        venues_agree(a, b) == "compatible"
        and find_venue(a) is not None
        and find_venue(b) is not None
    )


# ------------------------------------------------------------------ a publication that no source has
def _unknown(claim: Claim, ours: View, records: Sequence[Record]) -> bool:
    """The claim describes a publication that no source has: they know preprints alone, or papers of meetings where volume and pages of a journal are
    stated, or a journal's article of later years, or the article where a report of an institution is, or the conference where a workshop is,
    or a chapter of another edition; an e-print of a thesis is no thesis, a paper is no website, and an article is not its supplement.

    Without these another venue is a wrong one, as it is for a conference: a paper is not given at two.
    """
    published = [r for r in records if not is_preprint(r.csl)]
    if ours.title.kind in ABOUT and ours.title.kind not in (
        record_view(r).title.kind for r in records
    ):
        return True  # a supplement, under the DOI of the article
    if _report(claim):
        return bool(published) and all(r.type in PUBLISHED for r in published)
    if ours.claims_preprint:
        upload = arxiv_year(ours.arxiv) or ours.year
        slips = before(records, upload) or _renamed_since(ours, records, upload)
        return len(published) == len(records) and (slips or perhaps_submitted(published))
    if not published and (ours.venue or ours.type == "thesis"):
        return True
    if not ours.venue:
        return _website(claim)
    if another_printing(claim, records) or at_its_workshop(ours, published):
        return True
    if all(_in_other_edition(ours, r) for r in published) or _extended(claim, ours, published):
        return True
    if ours.type == "chapter" and all(_in_other_volume(ours, r) for r in published):
        return True
    if not (ours.volume and claim.csl.get("page")) or ours.type != "article-journal":
        return False
    elsewhere = any(map(at_a_meeting, published)) or _reprinted(claim, ours, published)
    if not elsewhere or any(r.doi == ours.doi for r in records if r.doi):
        return False
    venues = [text(r.csl["container-title"]) for r in published if r.csl.get("container-title")]
    found = {venues_agree(ours.venue, v) for v in venues}
    apart = found == {"different"} or _reprinted(claim, ours, published)
    return bool(found) and "same" not in found and apart


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
    if not published:
        return False
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


def _in_other_edition(ours: View, record: Record) -> bool:
    """A chapter of a volume that came out anew."""
    years = abs(ours.year - record.year) if ours.year and record.year else 0
    return record.type == "chapter" and years >= LIFETIME


def _in_other_volume(ours: View, record: Record) -> bool:
    """A chapter of a volume of another name, on other pages: a reprint, or a collection into which it was taken."""
    theirs = record_view(record)
    paged = bool(ours.first and theirs.first) and ours.first != theirs.first
    if not paged or not theirs.venue or (ours.doi and ours.doi == theirs.doi):
        return False
    return venue_likeness(ours.venue, theirs.venue) <= APART


APART = 0.3
"""Names of venues that share no more words than this are names of two."""


def _extended(claim: Claim, ours: View, published: Sequence[Record]) -> bool:
    """An article of a journal, in a year after the meeting that all that is known was given at, and on no page of its."""
    found = find_venue(ours.venue)
    if ours.type != "article-journal" or found is None or found.venue.kind != "journal":
        return False
    return all(at_a_meeting(r) and _before_and_elsewhere(claim, ours, r) for r in published)


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


def _other_edition(claim: Claim, records: Sequence[Record]) -> bool:
    """An edition or printing that no record is."""
    books = [r for r in records if r.type in REISSUED]
    if not books or _before_the_work(claim, records):
        return False
    return all(other_edition(claim.csl, r.csl) for r in books)


def _before_the_work(claim: Claim, records: Sequence[Record]) -> bool:
    """The stated year is a slip: years before the first that is known, which is no later edition, and the claim numbers none, by edition or ISBN."""
    first = min((r for r in records if r.year), key=lambda r: r.year or 0, default=None)
    if first is None or not first.year or claim.year is None:
        return False
    if claim.csl.get("edition") or claim.csl.get("ISBN"):
        return False
    return claim.year < first.year - 1 and edition_number(first.csl) in ("", "1")
