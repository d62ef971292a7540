"""What a record says of a field of which the reference says nothing in, whether it is filled in out.

A value that is not filled in is a miss; one of another volume, part or printing is an error that was not there before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import combinations
from typing import Any

from rapidfuzz.distance import OSA

from ...model import Claim, Name, Record, year_of
from ...normalize.alike import alike
from ...normalize.identifiers import find_isbn
from ...normalize.macros import is_macro
from ...normalize.pages import clean_pages, ends_before, page_range, same_pages
from ...normalize.preprint import names_server, of_server
from ...normalize.venues import find_meeting, find_venue, pmlr_volumes, same_venue
from ..fields import venues_agree
from ..views import record_view
from ..witnesses import (
    SURE,
    completes,
    corrects,
    damaged_at,
    has_no_dois,
    is_damaged,
    is_publisher,
    makers,
    reliability,
    torn_pages,
    vouched,
)
from .draft import Draft
from .weight_of_word import TWICE, weight_of

NAMES_A_MEETING = re.compile(
    r"\b(?:conf(?:erence|\.)|symposium|workshop|meeting|congress|proc(?:eedings|\.))", re.I
)
"""What names of meetings and of their proceedings have, and those of journals have not."""
PLACE = ("volume", "issue", "number", "page", "publisher", "publisher-place", "DOI", "ISSN", "URL")
COUNTED = ("volume", "issue", "number")
"""What goes with the year."""


# ------------------------------------------------------------------ what no record's word is taken for
_PAGES_IN_ALL = re.compile(
    r"(?:1\s*[-–]\s*|[ivxlc]+\s*[,+-]\s*)?\d+(?:\s*(?:pages|pp?\.?|S\.?))?", re.I
)


def _no_pages(record: Record) -> bool:
    """The pages end before they begin, or are the number of the volume: what a search engine took from the line of a citation."""
    pages, volume = (str(record.csl.get(field) or "") for field in ("page", "volume"))
    again = pages.isdigit() and pages == volume and not is_publisher(record)
    in_all = record.type in _WHOLE and bool(_PAGES_IN_ALL.fullmatch(pages))
    torn = ends_before(pages) or torn_pages(record.id, pages)
    upload = record_view(record).preprint  # counted by whoever printed it out
    return again or in_all or torn or upload or _wrong_at_its_venue(record, "page")


_WHOLE = ("book", "report", "thesis")
"""What has pages of its own, of which a number says how many there are."""


def _no_publisher(record: Record) -> bool:
    """The publisher is the meeting or the journal itself, by its name or its short form, an address, or a macro's name."""
    publisher, venue = (
        str(record.csl.get(field) or "") for field in ("publisher", "container-title")
    )
    if _ADDRESS.fullmatch(publisher) or is_macro(publisher) or publisher in _MISWRITTEN:
        return True
    if publisher.islower() or ": " in publisher:
        return True  # a macro's name again ("princeton"), or the place with it
    if _wrong_at_its_venue(record, "publisher"):
        return True
    named = bool(venue) and (bool(_VENUE.search(publisher)) or " " not in publisher)
    return named and same_venue(publisher, venue) == "same"


_MISWRITTEN = frozenset(("Ieee", "Acm", "Usenix", "Aaai", "Pmlr", "Citeseer", "ResearchGate"))
"""Abbreviations of publishers as a program writes them that makes titles of all words, and where a search engine found a copy."""
_ADDRESS = re.compile(r"(?:https?://)?(?:www\.)\S+|https?://\S+", re.I)
_VENUE = re.compile(
    r"\b(?:conference|symposium|workshop|meeting|congress|proceedings|journal|transactions)\b", re.I
)
"""Words by which the name of a venue is told from that of a society."""


def _no_address(record: Record) -> bool:
    """The address is that of a forum's page whose number is not to be trusted, or one of those that are wrong in its source."""
    forum = "openreview.net/" in str(record.csl.get("URL") or "")
    return (forum and is_damaged(record, "openreview")) or _wrong_at_its_venue(record, "URL")


def _no_doi(record: Record) -> bool:
    """The DOI is that of an upload, beside a publication, of a chapter, beside the book, one of those that are wrong in its source, one of a paper at
    a meeting whose papers have none, or a number of ACM's library for what others published, which no registry knows."""
    other = of_server(record.doi) and not record_view(record).preprint
    other = other or bool(_NO_REGISTRY.fullmatch(record.doi))
    other = other or (record.type == "book" and bool(_OF_A_CHAPTER.fullmatch(record.doi)))
    if other or is_publisher(record):
        return other
    return has_no_dois(
        record.year, str(record.csl.get("container-title") or "")
    ) or _wrong_at_its_venue(record, "DOI")


_OF_A_CHAPTER = re.compile(
    r"10\.1007/97[\d-]+_\d+|10\.7551/mitpress/\d+\.003\.\d+|10\.1093/\S+\.003\.\d+|10\.1017/(?:cbo)?\d{13}\.\d{3}"
    r"|10\.(?:4324|1201)/\d{13}-\d+|10\.1002/\d{13}\.ch\d+|10\.1016/b97[\d-]+\.\d{5}-\w|10\.1142/\d{13}_\d+",
    re.I,
)
"""How Springer, MIT Press, Oxford, Cambridge, Taylor & Francis, Wiley, Elsevier and World Scientific number the chapters of a book."""
_NO_REGISTRY = re.compile(r"10\.5555/\d+\.\d+")


def _wrong_at_its_venue(record: Record, field: str) -> bool:
    """The record's source is known to be wrong about a field (the pages, the DOIs, the venue) at that venue and in that year."""
    container = str(record.csl.get("container-title") or "")
    return damaged_at(record.id, record.year, container, field)


def _no_volume(record: Record) -> bool:
    """The volume is that of a part, with its title ("Volume 1: Long Papers"), or has the issue behind a point, or is none of those that the list of venues counts for that year."""
    volume = str(record.csl.get("volume") or "")
    if _WITH_ISSUE.fullmatch(volume) or (
        ":" in volume and _WORD.search(volume) and not names_server(volume)
    ):
        return True
    found = find_venue(str(record.csl.get("container-title") or ""))
    counted = pmlr_volumes(found.venue, record.year or 0) if found is not None else ()
    return bool(counted) and str(record.csl.get("volume") or "") not in map(str, counted)


_WITH_ISSUE = re.compile(r"\d{1,3}\.\d{1,2}")
_WORD = re.compile(r"[^\W\d]{3}")


def _no_issue(record: Record) -> bool:
    """The issue is the first and only one that indexes have of a journal without issues."""
    if record.csl.get("issue") != "1":
        return False
    found = find_venue(str(record.csl.get("container-title") or ""))
    return found is not None and found.venue.id in makers().one_issue


def _no_venue(record: Record) -> bool:
    """A macro's name, a name with what a program puts for blanks ("Workshops: Learning_to_Learn"), or another meeting's."""
    venue = record.csl.get("container-title")
    wrong = is_macro(venue) or "_" in str(venue or "")
    return wrong or _wrong_at_its_venue(record, "container-title")


def _no_series(record: Record | Claim) -> bool:
    """The series is the meeting's own label ("NIPS'16"), or a macro's name."""
    series = record.csl.get("collection-title")
    label = isinstance(series, str) and find_meeting(series, host=True) is not None
    return label or is_macro(series)


def _no_people(record: Record) -> bool:
    """Among the people is the name of an account ("ecprice"), beside or in the place of the one who has it, for both names too; or one of them
    twice."""
    people = record.authors
    if len(people) < 2:
        return False
    return any(map(_account, people)) or _one_twice(people)


def _one_twice(people: Sequence[Name]) -> bool:
    """Two of the names are one, a slip in the family name aside."""
    if len({n.given for n in people}) == len(people):
        return False
    return any(
        one.given == two.given
        and (one == two or min(map(len, (one.family, two.family, one.given))) > _SHORT)
        and OSA.distance(one.family, two.family) <= 2
        for one, two in combinations(people[:_LISTED], 2)
    )


_LISTED = 50
"""Of longer lists, which are those of collaborations, only the first names are compared with each other."""


def _account(name: Name) -> bool:
    if not name.given:
        return bool(_ACCOUNT.fullmatch(name.full_family))
    return name.given == name.family and len(name.given) > _SHORT


_ACCOUNT = re.compile(r"[a-z]{4,}(?:[._\d][a-z\d]*)?")
_SHORT = 5
"""People are called so twice ("Ali Ali") whose names are no longer than this."""


def torn_title(record: Record) -> bool:
    """An exponent is lost ("L^-regularized"), or one of two quotation marks: what an index left of a title's markup."""
    title = record.title
    return title.count('"') % 2 == 1 or ("^" in title and bool(_NO_EXPONENT.search(title)))


_NO_EXPONENT = re.compile(r"\^(?![\w{(*+∗]|-\d)")
SLIPS: Mapping[str, Callable[[Record], bool]] = {
    "author": _no_people,
    "collection-title": _no_series,
    "container-title": _no_venue,
    "DOI": _no_doi,
    "issue": _no_issue,
    "page": _no_pages,
    "publisher": _no_publisher,
    "URL": _no_address,
    "volume": _no_volume,
}
"""Values of a field that no record's word is taken for."""


# ------------------------------------------------------------------ what records that weigh as much tell otherwise
def no_rivalled(draft: Draft) -> None:
    """No DOI is filled in where another record of the very pages has another one that is as well borne out: one is of a second printing, or a
    slip; and no pages beside a DOI where another record of the version has the text elsewhere: nobody says which printing the DOI is of."""
    if not draft.claim.doi:
        having = [r for r in draft.work if r.doi and not of_server(r.doi)]
        _unless_rivalled(draft, "DOI", having, _one_printing)
    if not draft.claim.csl.get("page") and (draft.item.get("DOI") or draft.claim.doi):
        having = [r for r in draft.version.records if r.csl.get("page")]
        _unless_rivalled(draft, "page", having, _apart)


def _unless_rivalled(
    draft: Draft, field: str, having: Sequence[Record], rivals: Callable[[Record, Record], bool]
) -> None:
    chosen = draft.origin.get(field)
    if chosen is None or is_publisher(chosen):
        return
    mine = weight_of(field, chosen, having)
    if any(mine <= weight_of(field, r, having) + TWICE for r in having if rivals(chosen, r)):
        draft.drop(field)


def _apart(a: Record, b: Record) -> bool:
    """The pages begin and end elsewhere."""
    one, two = (str(r.csl.get("page") or "") for r in (a, b))
    return not same_pages(one, two) and set(page_range(one)).isdisjoint(page_range(two))


def _one_printing(a: Record, b: Record) -> bool:
    """The same pages in one venue, under two DOIs."""
    pages, venues = (
        [str(r.csl.get(field) or "") for r in (a, b)] for field in ("page", "container-title")
    )
    return a.doi != b.doi and same_pages(*pages) and all(venues) and same_venue(*venues) == "same"


# ------------------------------------------------------------------ what is of another volume, part or printing
def only_filled(draft: Draft, elsewhere: Collection[str] = ()) -> None:
    """Take out of the draft what was filled in and may be of another volume, part, printing or work; ``elsewhere``: fields of another printing."""
    _drop(draft, *elsewhere)
    _no_series_of_another_volume(draft)
    _no_volume_of(draft)
    _nothing_of_the_journal(draft)
    _nothing_of_the_unmeasured(draft)
    _nothing_of_another(draft)
    _nothing_of_an_article(draft)
    _no_count_of_another_year(draft)
    _nothing_of_a_part(draft)
    _no_doi_of_one(draft)
    _no_doi_from_elsewhere(draft)
    _no_issuer(draft)
    no_count(draft)
    _no_venue_of_one(draft)


def _drop(draft: Draft, *fields: str) -> None:
    for field in fields:
        if field in draft.item and not draft.claim.csl.get(field):
            draft.drop(field)


def _drop_of(draft: Draft, fields: Collection[str], foreign: Callable[[Record], bool]) -> None:
    """Take out of the draft those of the fields that were filled in of a foreign record."""
    _drop(draft, *(f for f in fields if (r := draft.origin.get(f)) is not None and foreign(r)))


def _no_series_of_another_volume(draft: Draft) -> None:
    """A series is not filled in beside a volume that is not the one which its record has in it."""
    record = draft.origin.get("collection-title")
    volume = draft.item.get("volume")
    if record is not None and volume and "volume" not in draft.origin:
        theirs = record.csl.get("volume")
        if theirs and not alike("volume", theirs, volume):
            _drop(draft, "collection-title")


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


def _nothing_of_the_journal(draft: Draft) -> None:
    """The volume and the issue of a journal that prints proceedings, too, are not filled in beside the proceedings themselves."""
    if draft.item.get("type") != "paper-conference":
        return
    if find_meeting(str(draft.item.get("container-title") or ""), host=True) is not None:
        _drop_of(draft, ("volume", "issue"), _in_a_journal)


def _nothing_of_the_unmeasured(draft: Draft) -> None:
    """Who published proceedings, and which volume of which series they are, is not filled in on the word of one source alone of which nobody knows how
    often it is right about that: a place, the owner of today and the journal that prints the proceedings stand there."""
    if draft.item.get("type") != "paper-conference":
        return
    for field in ("publisher", "collection-title", "volume"):
        record = draft.origin.get(field)
        if record is not None and not completes(record, field) and not as_vouched(draft, field):
            _drop(draft, field)


def _in_a_journal(record: Record) -> bool:
    found = find_venue(str(record.csl.get("container-title") or ""))
    return found is not None and found.venue.kind == "journal"


def _other_volume(draft: Draft, record: Record) -> bool:
    """The venue that is printed numbers the volume otherwise, or the claim names another series than the record."""
    found = find_venue(str(draft.item.get("container-title") or ""))
    numbered = found.volume if found is not None else None
    if numbered is not None and str(numbered) != str(draft.item.get("volume")):
        return True
    stated, series = (csl.get("collection-title") for csl in (draft.claim.csl, record.csl))
    if not stated or not series:  # of a meeting's label it would read as the volume
        return bool(stated) and _no_series(draft.claim)
    return not alike("collection-title", stated, series)


def _of_series(record: Record) -> bool:
    """The proceedings are known to be a volume: the publisher says so, the record names the series, or the list of venues counts their volumes."""
    if is_publisher(record) or record.csl.get("collection-title"):
        return True
    found = find_venue(str(record.csl.get("container-title") or ""))
    if found is None:
        return False
    venue, volume = found.venue, str(record.csl.get("volume") or "")
    counted = venue.volumes is not None or venue.kind != "conference"
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


def _nothing_of_an_article(draft: Draft) -> None:
    """A book, by its publisher, is a reprint of the article of that title unless that is known to have come out with the same: it gets nothing of its
    place."""
    claim = draft.claim.csl
    if claim.get("type") != "book" or not claim.get("publisher"):
        return
    if not any(claim.get(field) for field in ("container-title", *COUNTED, "page", "DOI")):
        _drop_of(draft, PLACE, lambda record: not _of_its_publisher(record, claim["publisher"]))


def _of_its_publisher(record: Record, publisher: str) -> bool:
    """The record is of a whole work, or of a paper that came out with that publisher."""
    if record.type not in ("article-journal", "paper-conference"):
        return True
    found = find_venue(str(record.csl.get("container-title") or ""))
    known = record.csl.get("publisher") or (found.venue.publisher if found is not None else "")
    return alike("publisher", publisher, known)


def _no_count_of_another_year(draft: Draft) -> None:
    """Where the stated year of an article stays beside that of the record, nothing is filled in that is counted with the year, and beside one years
    away no pages either."""
    year = year_of(draft.item) if draft.item.get("type") == "article-journal" else None
    if year:
        _drop_of(draft, COUNTED, lambda record: record.year not in (None, 0, year))
        _drop_of(draft, ("page",), lambda record: abs((record.year or year) - year) > 1)


def _no_doi_from_elsewhere(draft: Draft) -> None:
    """The DOI of a record that has the text in another year, at another venue and on other pages than those printed is that of another publication
    of it."""
    _drop_of(draft, ("DOI",), lambda record: _elsewhere(draft.item, record))


def _elsewhere(item: Mapping[str, Any], record: Record) -> bool:
    pages, venues = (
        [str(csl.get(field) or "") for csl in (item, record.csl)]
        for field in ("page", "container-title")
    )
    told = all(pages) and all(venues) and record.year not in (None, 0, year_of(item))
    return told and not same_pages(*pages) and venues_agree(*venues) != "same"


def _nothing_of_a_part(draft: Draft) -> None:
    """A reference to two stretches of pages, stated or filled in, is one to both parts: it gets no issue and no DOI of one of them; and one to an
    article's pages none of a record that has it on others: of another part."""
    stated = clean_pages(str(draft.claim.csl.get("page") or draft.item.get("page") or ""))
    if draft.item.get("type") == "article-journal" and stated and "page" not in draft.origin:
        _drop_of(draft, ("issue", "DOI"), lambda record: begins_elsewhere(record, stated))
    if sum("-" in stretch for stretch in stated.split(", ")) < 2:
        return
    _drop(draft, "DOI")
    record = draft.origin.get("issue")
    if record is not None and clean_pages(str(record.csl.get("page") or "")) != stated:
        _drop(draft, "issue")


def begins_elsewhere(record: Record, stated: str) -> bool:
    """The record has pages, and they begin with another one than those stated."""
    theirs = str(record.csl.get("page") or "")
    return bool(theirs) and page_range(theirs)[0] != page_range(stated)[0]


def _no_issuer(draft: Draft) -> None:
    """Who issued a report or brought out a book, and its number, are not filled in beside the paper of its title, nor the server beside what was cited as a paper."""
    claim = draft.claim.csl
    paper = claim.get("type") == "paper-conference" and claim.get("container-title")
    if paper or draft.item.get("type") in ("paper-conference", "article-journal"):
        _drop_of(draft, ("publisher", "number"), lambda record: record.type in _WHOLE)
    if draft.claim.csl.get("type") in ("paper-conference", "chapter"):
        _drop_of(draft, ("publisher",), lambda record: record_view(record).preprint)


def _no_doi_of_one(draft: Draft) -> None:
    """The DOI that one maker alone has for a thesis or a report is that of the book or the article as often as not, and that for a book is one of a
    chapter, of a review, of another edition, unless an ISBN stands in it, and no other one is stated."""
    if draft.item.get("type") not in ("thesis", "report", "book") or as_vouched(draft, "DOI"):
        return
    found = _OF_AN_ISBN.search(str(draft.item.get("DOI") or ""))
    stated = find_isbn(str(draft.claim.csl.get("ISBN") or ""))
    mine = find_isbn(found[0]) or re.sub(r"\D", "", found[0]) if found is not None else ""
    other = bool(stated) and mine != stated
    if draft.item["type"] != "book" or found is None or other:
        _drop(draft, "DOI")


_OF_AN_ISBN = re.compile(
    r"mitpress/\d+\.001\.|97[89][\d-]{10}|(?<!\d)\d-\d{2,7}-\d{1,7}-[\dx](?!\d)", re.I
)
"""In the DOI of a book as most publishers write it."""


def no_count(draft: Draft) -> None:
    """What one maker alone, who is not the publisher, has for the pages of a paper at a meeting is how many there are where it begins with the first, and
    his issue is the volume or the number of the article again."""
    page = str(draft.item.get("page") or "")
    counted = page.isdigit() or (page_range(page)[0] == "1" and ":" not in page)
    if counted and draft.item.get("type") == "paper-conference" and not as_vouched(draft, "page"):
        _drop(draft, "page")
    record = draft.origin.get("page")
    if (
        page.isdigit()
        and record is not None
        and not (completes(record, "page") or as_vouched(draft, "page"))
    ):
        _drop(draft, "page")  # the number of the article, or of the issue
    again = draft.item.get("issue") and draft.item["issue"] in (draft.item.get("volume"), page)
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
