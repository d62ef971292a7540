"""What is printed of one version and what the claim says in, what is printed in the end out: a stated value leaves only with a reason.

For each field that the claim states one of five things holds: it says the *same*; one of the two says it *richer*, and that
one is printed; better witnesses of this version *correct* it; it belongs to *another version* than the one printed; or it is
*kept*, where the record lacks it or nobody but a hand-made record contradicts it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.fuzz import partial_ratio

from ...model import Described, custom_of, names_of, year_of
from ...normalize.alike import alike, richer, same_people
from ...normalize.as_entry import type_by_venue
from ...normalize.editions import OF_EDITION, REISSUED, edition_number
from ...normalize.fillers import is_filler
from ...normalize.institutions import names_institution
from ...normalize.pages import (
    counted_within,
    ends_elsewhere,
    lone_number,
    one_stretch,
    other_printing,
)
from ...normalize.preprint import names_server
from ...normalize.text import squash
from ...normalize.title_words import frequent
from ...normalize.titles import title_key
from ...normalize.venues import find_meeting, find_venue, same_venue, venue_likeness
from ..fields import TitleClass, TitleLevel, identifier_level, people_level, title_level
from ..fields.authors import NOBODY_ELSE
from ..fields.identifier import JOINING
from ..published import is_published
from ..title_view import STOP, title_view
from ..views import claim_view, record_view
from ..witnesses import is_publisher, vouched
from ..works.unknown_publication import APART
from .choose_version import Policy
from .draft import Draft, unless_better
from .fields import EMITTED
from .filled import (
    COUNTED,
    NAMES_A_MEETING,
    PLACE,
    as_vouched,
    begins_elsewhere,
    no_count,
    only_filled,
)
from .fuse_sources import of_the_article, several_uploads
from .keep_people import (
    SAME_PEOPLE,
    WHOLE_LIST,
    keep_people,
    level_of_people,
    of_version,
    write_names,
)
from .spelling import names_as_printed
from .weight_of_word import says_so

Relation = Literal["this", "other", "unknown"]
"""What the claim describes: the version that is printed, another one of the work, or one that no source knows."""

OF_REFERENCE = frozenset(("citation-number", "custom", "id", "type"))
"""What says something of the reference, not of the work, or is decided apart."""
OF_WORK = frozenset(
    ("language", "keyword", "abstract", "translator", "original-title", "original-date")
)
"""What all versions share."""
IDENTIFIERS = (
    "arxiv",
    "arxiv-version",
    "primary-class",
    "acl",
    "pmid",
    "pmcid",
    "openreview",
    "dblp",
)
UNSAID = frozenset(("document", "webpage", "report", "article", "manuscript", "post", ""))
"""Types that say less than that of a paper in a venue."""
PAPERS = frozenset(("article-journal", "paper-conference", "chapter"))


def keep_version(draft: Draft, described: Relation, here: Described) -> None:
    """Put into the draft what belongs to a version or edition that no source knows."""
    if described == "unknown":
        _keep_version(draft)
    elif described == "this" and draft.version.best.type in REISSUED:
        _keep_edition(draft, here.edition)


def keep_stated(draft: Draft, described: Relation) -> None:
    """Put into the draft what the claim says better than the records of the version, or alone."""
    if described == "unknown":
        _keep_rest_of_version(draft)
        return
    if described == "other":
        _keep_of_work(draft)
        return
    _issuer_for_venue(draft)
    elsewhere: tuple[str, ...] = ("page",) if _under_another_doi(draft) else ()
    clashing: set[str] = set()
    for field, decide in DECISIONS.items():
        stated = draft.claim.csl.get(field)
        if not stated or field in draft.wrong:
            continue
        printed = draft.item.get(field)
        if not printed:
            if decide.lacking(draft):
                draft.keep(field)
        elif alike(field, stated, printed):
            if richer(field, stated, printed) != printed:
                draft.keep(field)
        elif field in elsewhere or decide.clash(draft, field):
            clashing.add(field)
            if any(two <= clashing for two in _PRINTED_AT) or (
                field == "container-title" and (_counted_alone(draft) or _paged_alone(draft))
            ):
                elsewhere = PLACE  # the record's are of another printing
            draft.keep(field)
    keep_people(draft)
    _type(draft)
    _series_for_venue(draft)
    _rest(draft)
    _numbers_of_servers(draft)
    only_filled(draft, elsewhere)


def _under_another_doi(draft: Draft) -> bool:
    """The claim's DOI is none that a record of the version has, and its pages are others too: two texts of one title."""
    stated, printed = (item.get("page") for item in (draft.claim.csl, draft.item))
    told = draft.claim.doi and "DOI" not in draft.wrong and not is_filler(draft.claim.doi)
    if not told or not stated or not printed or alike("page", stated, printed):
        return False
    known = {r.doi for r in draft.version.records} - {""}
    return bool(known) and draft.claim.doi not in known


_PRINTED_AT = (frozenset(("container-title", "page")), frozenset(("issued", "page")))
"""What tells two printings where both differ."""


def _issuer_for_venue(draft: Draft) -> None:
    """What a record calls the journal is who issued the work, by the reference, which names no venue: it stays the report or thesis that it is."""
    stated, printed = draft.claim.csl, draft.item
    issuer, venue = stated.get("publisher"), printed.get("container-title")
    if not issuer or not venue or stated.get("container-title"):
        return
    if printed.get("type") in PAPERS and alike("publisher", issuer, venue):
        draft.drop("container-title")
        draft.drop("type")
        draft.item["type"] = stated.get("type") or "report"


def _series_for_venue(draft: Draft) -> None:
    """The series that stood in the place of the venue stays as the series where the venue is printed."""
    if draft.item.get("type") not in _IN_BOOKS or "container-title" not in draft.origin:
        return
    found = find_venue(str(draft.claim.csl.get("container-title") or ""))
    if found is not None and found.venue.kind == "series":
        draft.item.setdefault("collection-title", found.venue.name)


# ------------------------------------------------------------------ which version is described
def relation(draft: Draft, here: Described, policy: Policy) -> Relation:
    """What the claim describes, beside the version that is printed; ``here`` says which of the versions known it names."""
    if here.unknown and "container-title" not in draft.wrong:
        return "unknown"
    if policy == "preprint" and draft.version.is_preprint:
        return "other"
    if here.preprint:
        if not any(map(is_published, draft.version.records)):
            return "this"
        kept = policy == "as-cited" and draft.claim.title  # nobody has the e-print that is meant
        return "unknown" if kept else "other"
    named = bool(draft.claim.csl.get("container-title"))
    return "other" if named and draft.version.is_preprint else "this"


# ------------------------------------------------------------------ the decision of each field
@dataclass(frozen=True, slots=True)
class Decision:
    """``lacking``: whether the claim's value stays where no record of the version has one; ``clash``: whether it stays where they differ."""

    lacking: Callable[[Draft], bool]
    clash: Callable[[Draft, str], bool]


def _always(draft: Draft, field: str = "") -> bool:
    return True


def _venue_lacking(draft: Draft) -> bool:
    venue = str(draft.claim.csl["container-title"])
    if names_server(venue) and draft.item.get("type") != "article":
        return False
    return title_key(venue) != title_key(str(draft.item.get("title") or ""))


def _publisher_lacking(draft: Draft, field: str = "") -> bool:
    """The publisher stays, but for a server of preprints beside what was published elsewhere, or the institution of a report where a paper is printed."""
    stated = str(draft.claim.csl["publisher"])
    if names_server(stated):
        venue = find_venue(str(draft.item.get("container-title") or ""))
        there = venue is not None and alike("publisher", stated, venue.venue.publisher)
        return there or not any(draft.item.get(f) for f in ("publisher", "container-title"))
    paper = draft.item.get("type") in PAPERS and not draft.claim.csl.get("container-title")
    return not (paper and names_institution(stated))


def _title_clash(draft: Draft, field: str) -> bool:
    stated, printed = (title_key(str(t)) for t in (draft.claim.csl["title"], draft.item["title"]))
    longer = (
        len(stated) > len(printed) and stated.startswith(printed) and _goes_on(draft, len(printed))
    )
    ours, theirs = _words_of_titles(draft)
    if longer or _misspelt(theirs, ours) or _BRITISH.sub("s", stated) == _BRITISH.sub("s", printed):
        return True
    as_full = bool(ours) or theirs <= STOP  # no word less, but for those that say nothing
    as_full = as_full and not _misspelt(ours, theirs)
    return (as_full and _one_has_it(draft)) or _of_an_upload(draft) or unless_better(draft, field)


def _of_an_upload(draft: Draft) -> bool:
    """An e-print has the claim's title and its people, and those of the publication are others, by one maker's word: he has what it was submitted
    as."""
    stated, printed = names_of(draft.claim.csl), draft.origin.get("title")
    if not stated or printed is None or as_vouched(draft, "title"):
        return False
    uploaded = any(
        r is not printed
        and alike("title", r.title, draft.claim.title)
        and same_people(stated, r.authors)
        for r in draft.work
    )
    return uploaded and not same_people(stated, printed.authors)


_BRITISH = re.compile("(?<=[iy])z")
"""What is written with an s or a z on the two sides of an ocean, and on one by whoever types it."""


def _words_of_titles(draft: Draft) -> tuple[frozenset[str], frozenset[str]]:
    """The words that the claim's title has alone, and those that the record's has alone."""
    stated, printed = (
        title_view(str(t)).bag for t in (draft.claim.csl["title"], draft.item["title"])
    )
    return stated - printed, printed - stated


def _misspelt(here: Collection[str], there: Collection[str]) -> bool:
    """Words that no title has stand here where there are ones that many have: the slip is here."""
    return (
        0 < len(here) == len(there) and all(map(frequent, there)) and not any(map(frequent, here))
    )


def _one_has_it(draft: Draft) -> bool:
    """One maker alone, who is not the publisher, has the title that is printed; no other version has the claim's."""
    if any(alike("title", r.title, draft.claim.title) for r in draft.work):
        return False
    bearing = [r for r in draft.work if alike("title", r.title, draft.item["title"])]
    return bool(bearing) and not vouched(bearing)


def _goes_on(draft: Draft, length: int) -> bool:
    """Behind the record's title the claim's has a colon or a dash: a subtitle that the record lacks."""
    text, seen = str(draft.claim.csl["title"]), 0
    for i, char in enumerate(text):
        if seen >= length:
            return bool(re.match(r"\s*(?:[:–—]|-\s|\?\s)", text[i:]))
        seen += len(squash(char))
    return False


def _venue_clash(draft: Draft, field: str) -> bool:
    """Another venue stays where the record has a short form alone, or the meeting that it was held with, or nobody reliable names the record's;
    so does one that may be the title of the volume, or that goes with a volume and an issue of which the record says nothing, where one
    record alone has another: what is printed twice is cited by either."""
    stated, printed = str(draft.claim.csl[field]), str(draft.item[field])
    if names_server(stated):
        return False
    if _near_venue(stated, printed) or unless_better(draft, field):
        return True
    known = find_venue(stated)
    if known is not None and known.venue.kind == "journal" and _counted_alone(draft):
        return True  # of the journal that prints the proceedings
    titled = known is None and draft.claim.csl.get("type") in _IN_BOOKS
    return (_counted_alone(draft) or titled) and not as_vouched(draft, field)


_IN_BOOKS = ("paper-conference", "chapter")


def _counted_alone(draft: Draft) -> bool:
    """The claim states a volume or an issue, and no record of the version has any."""
    return any(draft.claim.csl.get(f) for f in COUNTED) and not any(
        r.csl.get(f) for r in draft.version.records for f in COUNTED
    )


def _paged_alone(draft: Draft) -> bool:
    """The claim states pages, and no record of the version has any, under a name that shares nothing with the stated one."""
    venues = (str(item.get("container-title") or "") for item in (draft.claim.csl, draft.item))
    paged = any(r.csl.get("page") for r in draft.version.records)
    return bool(draft.claim.csl.get("page")) and not paged and venue_likeness(*venues) <= APART


def _near_venue(stated: str, printed: str) -> bool:
    """What is printed is one word that may stand for the name stated ("FASE"), or both are meetings of which one is easily named for the
    other: indexes list them in one place; or it is the meeting whose papers the stated journal prints."""
    known = same_venue(stated, printed)
    if " " not in printed and len(stated.split()) > 2 and known != "different":
        return True
    kinds = [found.venue.kind for name in (stated, printed) if (found := find_venue(name))]
    return known == "compatible" and kinds in _BESIDE_EACH_OTHER


_BESIDE_EACH_OTHER = (
    ["conference", "conference"],
    ["conference", "series"],
    ["journal", "conference"],
)
"""Meetings that were held together, the series in which the proceedings of one appear, and the journal that prints its papers."""


def _year_clash(draft: Draft, field: str) -> bool:
    """The year beside the record's stays unless the publisher or two makers have the record's: articles are online a year before their volume.

    Meetings are held a year before their proceedings come out: there the later year stays unless the publisher has the other."""
    stated, printed = draft.claim.year, year_of(draft.item)
    if draft.version.is_preprint and stated and printed and stated > printed:
        return True  # a later version of the upload, whose number tells the year of the first
    against = [r for r in draft.version.records if r.year == printed]
    said = set(draft.claim.csl)
    told = "container-title" not in draft.item or bool(
        said & {"container-title", "collection-title"}
    )
    told = told or (draft.item.get("type") == "paper-conference" and "publisher" in said)
    if (
        told
        and stated
        and printed
        and abs(stated - printed) == 1
        and not any(map(is_publisher, against))
    ):
        proceedings = draft.item.get("type") == "paper-conference" and stated > printed
        if proceedings or not vouched(against):
            return True
    return unless_better(draft, field)


def _pages_clash(draft: Draft, field: str) -> bool:
    """As many pages elsewhere are those of another printing, which stands in print too, unless the publisher says otherwise."""
    stated, printed = str(draft.claim.csl[field]), str(draft.item[field])
    if counted_within(stated, printed) or one_stretch(stated, printed):
        return True
    if lone_number(stated, printed) and not says_so(draft.version.records, field, printed):
        return True
    if other_printing(stated, printed) and not says_so(draft.version.records, field, printed):
        return True
    if ends_elsewhere(stated, printed) and not as_vouched(draft, field):
        return True  # one's word against another's: empty pages are counted by some
    return unless_better(draft, field)


def _issue_clash(draft: Draft, field: str) -> bool:
    """A double issue ("1-2") stays beside one of its numbers, and a month ("Jul") beside a number: both are issues of that volume; so does the issue
    of other pages than the record's: of another part."""
    if _on_other_pages(draft, field):
        return True
    stated, printed = str(draft.claim.csl[field]), str(draft.item[field])
    numbers = _ISSUES.findall(stated)
    return not numbers or (len(numbers) > 1 and printed in numbers) or unless_better(draft, field)


def _on_other_pages(draft: Draft, field: str) -> bool:
    """The record of a field has the article elsewhere than on the pages that are stated, and stay."""
    record, page = draft.origin.get(field), str(draft.claim.csl.get("page") or "")
    if record is None or not page or not begins_elsewhere(record, page):
        return False
    return not draft.item.get("page") or _pages_clash(draft, "page")


def _doi_clash(draft: Draft, field: str) -> bool:
    """The DOI of a journal's article on other pages is that of another part."""
    of_article = draft.item.get("type") == "article-journal"
    return (of_article and _on_other_pages(draft, field)) or unless_better(draft, field)


def _volume_clash(draft: Draft, field: str) -> bool:
    """The volume of a series takes the place of none that is stated without the series: proceedings are counted in two ways."""
    record = draft.origin.get(field)
    of_series = record is not None and bool(record.csl.get("collection-title"))
    if of_series and not draft.claim.csl.get("collection-title"):
        return True
    return unless_better(draft, field)


_ISSUES = re.compile(r"\d+")
_FREE = Decision(_always, _always)
_WITNESSED = Decision(_always, unless_better)
DECISIONS: Mapping[str, Decision] = {
    "title": Decision(_always, _title_clash),
    "container-title": Decision(_venue_lacking, _venue_clash),
    "collection-title": _FREE,
    "volume": Decision(_always, _volume_clash),
    "issue": Decision(_always, _issue_clash),
    "page": Decision(_always, _pages_clash),
    "number": _WITNESSED,
    "edition": _FREE,
    "genre": _FREE,
    "issued": Decision(_always, _year_clash),
    "publisher": Decision(_publisher_lacking, _publisher_lacking),
    "publisher-place": _FREE,
    "DOI": Decision(_always, _doi_clash),
    "ISBN": _WITNESSED,
    "ISSN": _FREE,
    "URL": _FREE,
    "accessed": _FREE,
}
"""The fields of a version in the order in which they are decided."""


# ------------------------------------------------------------------ type, identifiers, the rest
def _type(draft: Draft) -> None:
    """A paper in a venue stays one where the record says less of its kind."""
    stated, printed = str(draft.claim.csl.get("type") or ""), str(draft.item.get("type") or "")
    meeting = find_meeting(str(draft.item.get("container-title") or ""), host=True)
    if stated in PAPERS and printed in UNSAID and draft.item.get("container-title"):
        if not names_server(str(draft.item["container-title"])):
            draft.keep("type")
    elif stated and not printed:
        draft.keep("type")
    elif {stated, printed} <= PAPERS and "container-title" not in draft.origin:
        draft.keep("type")  # the venue is as stated, and so is what appears there
    elif (stated, printed) == ("article-journal", "paper-conference"):
        # a series or a journal in the place of the proceedings, by one maker's word, or a journal that an index has as proceedings
        named = NAMES_A_MEETING.search(str(draft.item.get("container-title") or ""))
        if meeting is None and not (named and as_vouched(draft, "type")):
            draft.keep("type")
    elif (stated, printed) == ("chapter", "article-journal") and not as_vouched(draft, "type"):
        draft.keep("type")  # whoever has one form for all calls a handbook a journal
    elif (stated, printed) == ("paper-conference", "article-journal") and meeting is not None:
        draft.keep("type")


def _rest(draft: Draft) -> None:
    """Fields that no record has stay as the claim has them."""
    for field, value in draft.claim.csl.items():
        if field in OF_REFERENCE or field in draft.item or field in EMITTED or not value:
            continue
        if field == "accessed" and not draft.item.get("URL"):
            continue
        draft.keep(field)


def _numbers_of_servers(draft: Draft) -> None:
    """Identifiers in ``custom`` that the record lacks, or that one record alone has otherwise; none that is known to belong elsewhere."""
    stated, custom = custom_of(draft.claim.csl), dict(custom_of(draft.item))
    for key in IDENTIFIERS:
        if stated.get(key) and not _borne(draft, key) and f"custom.{key}" not in draft.wrong:
            if key in ("arxiv-version", "primary-class") and stated.get("arxiv") != custom.get(
                "arxiv"
            ):
                continue
            custom[key] = stated[key]
    if custom:
        draft.item["custom"] = custom


def _borne(draft: Draft, key: str) -> bool:
    """The identifier that is printed is the publisher's or two makers'; an e-print's number is told by whoever knows of it."""
    value = custom_of(draft.item).get(key)
    if not value or key in ("arxiv", "arxiv-version", "primary-class"):
        return bool(value)
    return vouched([r for r in draft.version.records if custom_of(r.csl).get(key) == value])


def _keep_of_work(draft: Draft) -> None:
    """Another version is described than the one printed: what all versions share stays, and the number of the preprint."""
    for field in OF_WORK & draft.claim.csl.keys():
        if not draft.item.get(field) and field not in draft.wrong:
            draft.keep(field)
    titled = draft.claim.title and draft.item.get("title") and "title" not in draft.wrong
    if titled and _slip_of_index(draft):
        draft.keep("title")
    no_count(draft)
    stated, printed = names_of(draft.claim.csl), names_of(draft.item)
    if stated and printed and "author" not in draft.wrong:
        write_names(draft, stated, of_version(draft, stated, printed))
    _numbers_of_servers(draft)


def _slip_of_index(draft: Draft) -> bool:
    """One maker alone has the title of the publication a slip aside, where the e-print has it as stated."""
    if not any(r.title and alike("title", r.title, draft.claim.title) for r in draft.work):
        return False
    bearing = [r for r in draft.work if alike("title", r.title, draft.item["title"])]
    level, _ = title_level(title_view(draft.claim.title), title_view(str(draft.item["title"])))
    return level.kin is TitleClass.SAME and not vouched(bearing)


# ------------------------------------------------------------------ a version or edition that no source knows
def _keep_version(draft: Draft) -> None:
    """What belongs to one version stays as the claim has it; of the work's are its people, where they and the title are the same, and its preprint."""
    same_title = title_key(str(draft.item.get("title") or "")) == title_key(draft.claim.title)
    # of more people, or in another order, the list is that of another version
    same_people = (same_title and level_of_people(draft) in WHOLE_LIST) or "author" in draft.wrong
    for field in EMITTED:
        if (field == "title" and same_title) or (field == "author" and same_people):
            continue
        draft.as_stated(field)
    if draft.claim.raw:
        draft.item |= type_by_venue(draft.item)
    # with the number of an e-print it would be the paper
    page = draft.claim.csl.get("type") in ("webpage", "manuscript")
    kept = {
        key: value
        for key, value in custom_of(draft.item).items()
        if key == "author-count"
        or (
            key in ("arxiv", "primary-class") and not page and _one_title(draft) and _of_them(draft)
        )
    }
    for key in custom_of(draft.item).keys() - kept.keys():
        draft.origin.pop(f"custom.{key}", None)
    if draft.claim.others and "author" not in draft.origin:
        kept["others"] = True
    draft.item.pop("custom", None)
    if kept:
        draft.item["custom"] = kept


def _one_title(draft: Draft) -> bool:
    """A record of the work has the claim's title, a slip, a part or a word aside, or shares an identifier with it: under another title, be it of the
    same words, an e-print may be that of another paper."""
    mine = claim_view(draft.claim).title
    for view in map(record_view, draft.work):
        level = title_level(mine, view.title)[0]
        if level.kin in _TITLES and (
            level not in _SAME_WORDS or _alike_in_letters(mine.key, view.title.key)
        ):
            return True
        if identifier_level(claim_view(draft.claim), view) in JOINING:
            return True
    return not mine.key


def _of_them(draft: Draft) -> bool:
    """The e-print has the people of the claim, or says that they go on, or shares an identifier with it: of more or of fewer people it is that of the
    paper before, or behind; so is one of several, and that of an article beside a meeting's paper."""
    mine = claim_view(draft.claim)
    known = [(r, record_view(r)) for r in draft.work]
    uploads = [(r, v) for r, v in known if v.preprint] or known
    titled = [r for r, v in uploads if v.title.key == mine.title.key]
    if several_uploads(titled) or any(of_the_article(v, mine.type, (mine.doi,)) for _, v in uploads):  # fmt: skip
        return False
    return any(
        people_level(mine, v).level in NOBODY_ELSE or identifier_level(mine, v) in JOINING
        for _, v in uploads
    )


def _alike_in_letters(one: str, two: str) -> bool:
    """The shorter title's letters stand in the other's, most of them in their order: the same words in another order may be far apart."""
    return partial_ratio(one, two) > _MOST_LETTERS


_MOST_LETTERS = 80
"""Set by hand: of a hundred."""
_SAME_WORDS = frozenset((TitleLevel.MINOR, TitleLevel.REORDERED))
_TITLES = frozenset((TitleClass.SAME, TitleClass.SHORT_SAME, TitleClass.PART, TitleClass.NEAR))


def _keep_rest_of_version(draft: Draft) -> None:
    """The people and the title of the work, each in the richer of two forms, and what else the claim says."""
    if draft.origin.get("author") is not None:
        stated, printed = names_of(draft.claim.csl), names_of(draft.item)
        draft.item["author"] = [
            name.to_csl() for name in names_as_printed(stated, printed, draft.work)
        ]
    if draft.origin.get("title") is not None:
        draft.item["title"] = richer("title", draft.claim.title, draft.item["title"])
    _rest(draft)
    _numbers_of_servers(draft)


def _keep_edition(draft: Draft, other: bool) -> None:
    """What belongs to another edition than the record's stays as the claim has it; so does an edition of which the record says nothing."""
    fields: tuple[str, ...] = () if draft.item.get("edition") else ("edition",)
    if other:
        fields = (
            OF_EDITION
            if level_of_people(draft) in SAME_PEOPLE
            else (*OF_EDITION, "author", "editor")
        )
    for field in fields:
        if field not in draft.wrong:
            draft.as_stated(field)
    if "edition" in fields and (number := edition_number(draft.claim.csl)):
        draft.item["edition"] = number
