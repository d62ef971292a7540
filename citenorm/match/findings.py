"""A claim and the work it means in, what each field says against the work's versions out.

A field is right if *any* version bears it out: a preprint's year, a journal's title, an abbreviated venue are no
faults.  Findings are Evidence of weight 0 under ``work.<field>``: they do not touch the probability, but they are
what status and rules go by.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Protocol

from ..model import Claim, Comparison, Csl, Described, Evidence, Record, Work, custom_of, year_of
from ..normalize.dates import this_year
from ..normalize.editions import EDITIONS, OF_EDITION
from ..normalize.pages import first_page, same_pages
from ..normalize.preprint import claims_preprint, is_preprint
from ..normalize.text import squash
from ..normalize.venue_search import VenueMatch
from ..normalize.venues import find_venue, venue_likeness
from .authors import author_findings
from .fields import (
    kind_level,
    number_level,
    people_level,
    title_level,
    venues_agree,
    words_apart,
)
from .title_view import STAMP, STOP, Title, title_view
from .views import View, claim_view, record_view, text
from .works.described import is_published
from .works.pair import EXTENDED, SAME_TITLE

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_NAMED = re.compile(r"10\.(?:1109|24963|21437|1609)/([a-z]{3,})(?:\d|\.)")
_DATED = re.compile(r"[./](20[0-3]\d)\.")
_ARXIV = re.compile(r"(\d\d)(?:0[1-9]|1[0-2])\.\d{4,5}$")
_NO_MONTH = re.compile(
    r"\barxiv\s?[:.]\s?(?:org/(?:abs|pdf)/)?(\d\d(?:00|1[3-9]|[2-9]\d)\.\d{4,5})(?!\d)", re.I
)
_MONTHLESS = re.compile(r"(?:arxiv\s?:\s?)?(\d\d(?:00|1[3-9]|[2-9]\d)\.\d{4,5})(?:v\d+)?$", re.I)
_HALF_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?10\.", re.I)
DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+")
_PERIODICAL = re.compile(r"10\.1145/\d{7}$")
"""How the ACM numbers articles in journals; papers of its proceedings have the number of the volume and a dot in front."""
_MEETING = re.compile(r"\b(?:conference|symposium|workshop)\b", re.I)
_FULL_NAME = re.compile(
    r"\b(?:conference|symposium|workshop|journal|transactions|letters|meeting|congress|annals|review)\b",
    re.I,
)
UNASSIGNED = 70000
"""Registrants of DOIs from here on have not been assigned (in 2026 they reach 10.66000)."""
EXAMPLES = frozenset(("1234", "12345", "0000", "123456"))
COMPLETE = 0.99
"""From this share on, a work that a catalogue lacks was (nearly certainly) not in the venue and year."""

ACCUSING = frozenset(
    (
        ("identifier", "elsewhere"), ("identifier", "impossible"), ("identifier", "unknown"),
        ("author", "other people"), ("author", "one other"), ("author", "left out"), ("author", "first left out"), ("author", "added"), ("author", "other order"), ("author", "placeholder"), ("author", "repeated"),
        ("title", "differs"),
        ("year", "differs"), ("year", "impossible"),
        ("venue", "differs"), ("venue", "nowhere"),
    )
)  # fmt: skip
"""Findings that contradict a reference in a way that misleads its reader."""

Finding = tuple[str, str, str, str]


class Holdings(Protocol):
    """What a catalogue can tell of itself (``catalogue.coverage.Coverage``)."""

    newest: int

    def share(self, venue: str, year: int) -> float: ...
    def registered(self, doi: str) -> int: ...
    def fits(self, venue: str, doi: str) -> bool: ...
    def volume(self, doi: str) -> str: ...
    @property
    def registrants(self) -> int: ...


def findings(
    claim: Claim,
    work: Work,
    here: Described,
    standing: Csl,
    candidates: Sequence[Comparison] = (),
    holdings: Holdings | None = None,
) -> tuple[Evidence, ...]:
    """What the claim's fields say against the work's versions; ``standing`` is the version to be cited, as its sources have it.

    A version that no source knows is held against none of them, unless its venue is known to be a wrong one.
    """
    ours = claim_view(claim)
    views = [record_view(r) for r in work.records]
    venue = list(_venue(ours, views, standing, holdings))
    emitted = standing
    if here.unknown and not any((f, level) in ACCUSING for f, level, *_ in venue):
        emitted = claim.csl
    elif here.edition:
        emitted = {**standing, **{f: claim.csl.get(f) for f in OF_EDITION}}
    found = [
        *_identifier(claim, ours, work, views, candidates, holdings),
        *_title(
            claim,
            ours,
            work,
            views,
            emitted,
            [v for v, r in zip(views, work.records, strict=True) if r.id in here.exactly],
        ),
        *author_findings(claim, ours, work.records, views, here),
        *_year(ours, views, emitted, holdings),
        *venue,
        *_pages(claim, ours, work, emitted),
        *_version(ours, work, emitted),
        *_sources(work, emitted),
    ]
    return tuple(
        Evidence(f"work.{field}", level, 0.0, said, stated) for field, level, said, stated in found
    )


# ------------------------------------------------------------------ identifiers
def _identifier(
    claim: Claim,
    ours: View,
    work: Work,
    views: Sequence[View],
    candidates: Sequence[Comparison],
    holdings: Holdings | None,
) -> Iterator[Finding]:
    mine = {r.id for r in work.records}
    number = impossible_arxiv(claim, ours, holdings)
    if number and all(number not in (v.arxiv, v.version_of) for v in views):
        yield "identifier", "impossible", number, ", ".join(sorted({v.arxiv for v in views} - {""}))
    if _HALF_DOI.match(ours.unreadable("doi")):
        yield (
            "identifier",
            "impossible",
            ours.unreadable("doi"),
            ", ".join(sorted({v.doi for v in views} - {""})),
        )
    for name, value in (("doi", ours.doi), ("arxiv", ours.arxiv)):
        theirs = sorted({getattr(v, name) for v in views} - {""})
        if not value or value in theirs or value in {v.version_of for v in views}:
            continue
        if name == "doi" and impossible_doi(value):
            yield "identifier", "impossible", value, ", ".join(theirs)
            continue
        other = next(
            (
                c.record
                for c in candidates
                if c.record.id not in mine and getattr(record_view(c.record), name) == value
            ),
            None,
        )
        if other is not None:
            if not _same_text(ours, record_view(other)):
                yield "identifier", "elsewhere", value, other.title
        elif name == "doi" and holdings is not None and _stray(ours, value, holdings):
            yield "identifier", "unknown", value, ", ".join(theirs)


def impossible_doi(doi: str) -> bool:
    """No DOI at all, one of a registrant that does not exist yet (prefixes are handed out in order), or one from an example."""
    if not DOI.fullmatch(doi):
        return True
    registrant = doi[3:].partition("/")[0].partition(".")[0]
    return int(registrant) >= UNASSIGNED or registrant in EXAMPLES


def still_to_come(year: int, holdings: Holdings | None) -> bool:
    """A year after the next one, and after all that the catalogue knows."""
    return year > max(this_year() + 1, holdings.newest if holdings else 0)


def impossible_arxiv(claim: Claim, ours: View, holdings: Holdings | None) -> str:
    """An arXiv number of a month that does not exist, as printed, or of a year still to come; "" where there is none."""
    if given := _ARXIV.match(ours.arxiv):
        return ours.arxiv if still_to_come(2000 + int(given[1]), holdings) else ""
    printed = _MONTHLESS.match(ours.unreadable("arxiv")) or _NO_MONTH.search(
        claim.raw or (claim.reference.raw if claim.reference else "")
    )
    return printed[1] if printed else ""


def _stray(ours: View, doi: str, holdings: Holdings) -> bool:
    """A registrant that the catalogue, which knows hundreds, never met, or never met with the venue named."""
    if holdings.registrants >= 200 and not holdings.registered(doi):
        return True
    return stray_for_venue(ours, holdings) or other_registrant(ours, holdings)


def stray_for_venue(ours: View, holdings: Holdings | None) -> bool:
    """The DOI is another venue's: it names a conference, or a journal where a meeting is stated, or is of a volume that is known."""
    if not ours.venue or not ours.doi:
        return False
    if (
        find_venue(ours.venue) is None
        and _PERIODICAL.match(ours.doi)
        and _MEETING.search(ours.venue)
    ):
        return True
    return _names_another(ours) or (holdings is not None and _in_another_volume(ours, holdings))


def _names_another(ours: View) -> bool:
    """The DOI has the short name of another conference in it."""
    told = _NAMED.match(ours.doi)
    meeting = find_venue(told[1].upper()) if told else None
    if told is None or meeting is None or meeting.venue.kind != "conference":
        return False
    if told[1] in squash(ours.venue):
        return False
    if find_venue(ours.venue) is not None:
        return venues_agree(ours.venue, meeting.venue.name) == "different"
    unlike = venue_likeness(ours.venue, meeting.venue.name) < 0.2
    return bool(_FULL_NAME.search(ours.venue)) and unlike


def _in_another_volume(ours: View, holdings: Holdings) -> bool:
    """Other works are known whose DOIs begin alike, and all are another venue's."""
    found = _one_venue(ours)
    volume = holdings.volume(ours.doi) if found is not None else ""
    owner = (
        find_venue(volume) if volume and found is not None and volume != found.venue.id else None
    )
    return owner is not None and venues_agree(ours.venue, owner.venue.name) == "different"


def other_registrant(ours: View, holdings: Holdings) -> bool:
    """As far as the catalogue knows, the registrant of the DOI never had to do with the venue named.

    No catalogue knows all registrants of a venue: this supports what else is wrong, and proves nothing alone.
    """
    found = _one_venue(ours)
    return found is not None and not holdings.fits(found.venue.id, ours.doi)


def _one_venue(ours: View) -> VenueMatch | None:
    """The known conference or journal that is named together with a DOI; none for parts and joint meetings."""
    found = find_venue(ours.venue) if ours.venue and ours.doi else None
    if found is None or found.part or found.joint:
        return None
    return found if found.venue.kind in ("conference", "journal") else None


def _same_text(ours: View, theirs: View) -> bool:
    level, overlap = title_level(ours.title, theirs.title)
    return level in SAME_TITLE or (overlap >= 0.4 and people_level(ours, theirs).found > 0)


# ------------------------------------------------------------------ title
def _title(
    claim: Claim,
    ours: View,
    work: Work,
    views: Sequence[View],
    emitted: Csl,
    exactly: Sequence[View],
) -> Iterator[Finding]:
    if not ours.title.key:
        return
    if _misphrased(ours.title, [v.title for v in views]) and exactly:
        yield "title", "differs", claim.title, text(emitted.get("title"))
        return
    if _fits(ours.title, title_view(text(emitted.get("title")))):
        return
    if any(_fits(ours.title, v.title) for v in views):
        yield "title", "other version", claim.title, text(emitted.get("title"))
        return
    best = max(range(len(views)), key=lambda i: (title_level(ours.title, views[i].title)[1], -i))
    level, _ = title_level(ours.title, views[best].title)
    stated = work.records[best].title
    if level in LONGER and exactly and _witnesses(work) > 1 and _made_longer(ours, views):
        yield "title", "differs", claim.title, stated
    elif level in ("subtitle-longer", "beginning-longer"):
        yield "title", "lengthened", claim.title, stated
    elif level.startswith(("subtitle", "beginning")):
        yield "title", "shortened", claim.title, stated
    else:
        misleads = exactly and _misleads(ours.title, [v.title for v in exactly])
        rewritten = _without_venue(ours, views) and all(
            _rewritten(ours.title, v.title) for v in views
        )
        yield "title", "differs" if misleads or rewritten else "reworded", claim.title, stated


LONGER = frozenset(("subtitle-longer", "beginning-longer", "within-longer"))


def _witnesses(work: Work) -> int:
    """How many sources name the work: one alone may have its title cut."""
    return len({r.source for r in work.records})


def _made_longer(ours: View, views: Sequence[View]) -> bool:
    """The claim goes on where every version's title ends, with words that tell something and stand in no version's title or venue."""
    known = {w for v in views for w in (*v.title.words, *title_view(v.venue).words)} | set(
        title_view(ours.venue).words
    )
    added = [
        w
        for w in ours.title.words
        if w not in known and w not in STOP and w not in EXTENDED and len(w) > 2 and w.isalpha()
    ]
    return len(added) >= 2 and all(
        title_level(ours.title, v.title)[0] in LONGER or not v.title.key for v in views
    )


def _fits(ours: Title, theirs: Title) -> bool:
    level, _ = title_level(ours, theirs)
    return (
        level in SAME_TITLE
        and number_level(ours, theirs, level) in ("", "same")
        and kind_level(ours, theirs) in ("", "same")
    )


def _misleads(ours: Title, theirs: Sequence[Title]) -> bool:
    """A word that matters is another one: in every version described, the claim has words that the title has not."""
    for title in theirs:
        level, _ = title_level(ours, title)
        if level in SAME_TITLE or level.startswith(("subtitle", "beginning")):
            return number_level(ours, title, level) == "differ"
        left, _ = words_apart(ours, title)
        if not any(w not in STOP for w in left):
            return False
    return True


def _without_venue(ours: View, views: Sequence[View]) -> bool:
    """A book or the like of the very year: no venue on either side that could tell versions apart, and no preprint, which may have been retitled."""
    plain = [v for v in views if not v.venue and not v.preprint and v.year == ours.year]
    return (
        len(plain) == len(views)
        and ours.year is not None
        and not ours.venue
        and not claims_preprint(ours.csl)
    )


def _rewritten(ours: Title, theirs: Title) -> bool:
    """Two words or more that tell something stand in the place of two others."""
    return all(sum(w not in STOP for w in side) >= 2 for side in words_apart(ours, theirs))


def _misphrased(ours: Title, theirs: Sequence[Title]) -> bool:
    """One word stands in the place of another one: "from" for "with", a plural for a singular."""
    for title in theirs:
        left_c, left_r = (
            list((Counter(ours.words) - Counter(title.words)).elements()),
            list((Counter(title.words) - Counter(ours.words)).elements()),
        )
        small = left_c and left_r and all(w in STOP for w in (*left_c, *left_r))
        plural = len(left_c) == len(left_r) == 1 and left_c[0] in (
            left_r[0] + "s",
            left_r[0].removesuffix("s"),
        )
        if not (small or plural):
            return False
    return bool(theirs)


# ------------------------------------------------------------------ year, venue, pages
def _year(
    ours: View, views: Sequence[View], emitted: Csl, holdings: Holdings | None
) -> Iterator[Finding]:
    shown = year_of(emitted)
    if shown == ours.year:  # kept from the claim: no record says so
        shown = None
    if ours.year is None:
        if shown and not ours.arxiv:
            yield "year", "missing", "", str(shown)
        return
    years = sorted({v.year for v in views if v.year})
    if not years or ours.year in years:
        return
    if still_to_come(ours.year, holdings):
        yield "year", "impossible", str(ours.year), str(shown or years[-1])
        return
    if before_upload(ours):
        yield "year", "impossible", str(ours.year), ours.doi or f"arXiv:{ours.arxiv}"
        return
    said = {int(y) for y in _YEAR.findall(ours.venue)}
    if said and ours.year not in said and said & set(years) and ours.year != max(said) + 1:
        yield "year", "differs", str(ours.year), str(max(said & set(years)))
        return
    apart = min(abs(ours.year - y) for y in years)
    if apart <= 1 or years[0] < ours.year < years[-1]:
        yield "year", "near", str(ours.year), str(shown or years[-1])
    elif _binding(ours, views, apart):
        yield "year", "differs", str(ours.year), str(shown or years[-1])
    else:
        yield "year", "other version", str(ours.year), str(shown or years[-1])


def before_upload(ours: View) -> bool:
    """The arXiv number or the DOI, which tells its year, was given out two years or more after the year stated."""
    if ours.year is None:
        return False
    given = [2000 + int(found[1]) for found in (_ARXIV.match(ours.arxiv),) if found]
    given += [int(found[1]) for found in (_DATED.search(ours.doi),) if found]
    return any(year - ours.year >= 2 for year in given)


def _binding(ours: View, views: Sequence[View], apart: int) -> bool:
    """Whether the claim binds itself to a version whose year it misses: its venue, or its DOI, or no venue at all and years apart."""
    if ours.type in EDITIONS or all(v.type in EDITIONS for v in views):
        return False
    if any(ours.doi and ours.doi == v.doi for v in views):
        return True
    if claims_preprint(ours.csl):
        return False
    if ours.venue:
        return any(
            v.venue and not v.preprint and venues_agree(ours.venue, v.venue) == "same"
            for v in views
        )
    return apart >= 3 and all(not v.preprint for v in views)


def _venue(
    ours: View, views: Sequence[View], emitted: Csl, holdings: Holdings | None
) -> Iterator[Finding]:
    shown = text(emitted.get("container-title"))
    if not ours.venue:
        in_venue = ours.type not in EDITIONS or (
            ours.type == "document"
            and emitted.get("type") in ("paper-conference", "article-journal")
        )
        if shown and not ours.arxiv and not ours.preprint and in_venue:
            yield "venue", "missing", "", shown
        return
    if ours.preprint:
        return
    named = [v for v in views if v.venue and not v.preprint]
    verdicts = [venues_agree(ours.venue, v.venue) for v in named]
    if "same" in verdicts:
        return
    if any(
        v == "compatible" and find_venue(named[i].venue) and find_venue(ours.venue)
        for i, v in enumerate(verdicts)
    ):
        yield "venue", "near", ours.venue, shown
        return
    stated = (shown if shown != ours.venue else "") or (named[0].venue if named else "")
    if any(
        ours.doi and ours.doi == v.doi and venues_agree(ours.venue, v.venue) == "different"
        for v in named
    ):
        yield "venue", "differs", ours.venue, stated
    elif any(_two_conferences(ours, v) for v in named) or (
        holdings is not None and would_be_held(ours, holdings)
    ):
        yield (
            "venue",
            "differs",
            ours.venue,
            stated or ("arXiv" if all(v.preprint for v in views) else "another venue"),
        )
    elif any(_another_name(ours, v) for v in named):
        yield "venue", "nowhere", ours.venue, stated
    else:
        yield "venue", "unknown", ours.venue, stated


def _two_conferences(ours: View, theirs: View) -> bool:
    """Both are meetings that the list of venues knows, at nearly one time: a paper is not given at two of them."""
    one, two = find_venue(ours.venue), find_venue(theirs.venue)
    if (
        one is None
        or two is None
        or one.part
        or two.part
        or one.venue.kind != "conference"
        or two.venue.kind != "conference"
    ):
        return False
    near = ours.year is None or theirs.year is None or abs(ours.year - theirs.year) <= 3
    return near and venues_agree(ours.venue, theirs.venue) == "different"


def _another_name(ours: View, theirs: View) -> bool:
    """A full name without a word of the name of the known venue in which this very work appeared that very year."""
    found = find_venue(theirs.venue)
    if (
        found is None
        or found.part
        or found.venue.kind == "series"
        or ours.year != theirs.year
        or find_venue(ours.venue)
    ):
        return False
    if (
        not _FULL_NAME.search(ours.venue)
        or len(ours.venue.split()) < 3
        or venue_likeness(ours.venue, theirs.venue) > 0.3
    ):
        return False
    level, _ = title_level(ours.title, theirs.title)
    return level in SAME_TITLE and people_level(ours, theirs).level in (
        "same",
        "et-al",
        "misspelled",
    )


def would_be_held(ours: View, holdings: Holdings) -> bool:
    """The catalogue holds (nearly) everything of the venue and year that the claim names."""
    found = find_venue(ours.venue) if ours.venue else None
    if (
        found is None
        or ours.year is None
        or found.part
        or found.joint
        or found.venue.kind == "series"
    ):
        return False
    years = {ours.year, found.year or ours.year}
    return all(holdings.share(found.venue.id, y) >= COMPLETE for y in years)


def _pages(claim: Claim, ours: View, work: Work, emitted: Csl) -> Iterator[Finding]:
    said, shown = text(claim.csl.get("page")), text(emitted.get("page"))
    if not said:
        if shown and ours.venue and not claims_preprint(ours.csl):
            yield "pages", "missing", "", shown
        return
    stated = [text(r.csl.get("page")) for r in work.records if r.csl.get("page")]
    if shown and not any(
        same_pages(said, p) or first_page(said) == first_page(p) for p in (*stated, shown)
    ):
        yield "pages", "differ", said, shown


# ------------------------------------------------------------------ versions and sources
def _version(ours: View, work: Work, emitted: Csl) -> Iterator[Finding]:
    published = [r for r in work.records if is_published(r)]
    if published and claims_preprint(ours.csl):
        best = emitted if text(emitted.get("type")) != "article" else published[0].csl
        where = text(best.get("container-title")) or text(best.get("publisher"))
        yield (
            "version",
            "superseded",
            ours.arxiv or ours.venue or "preprint",
            f"{where} {year_of(best) or ''}".strip(),
        )
    for record in work.records:
        if custom_of(record.csl).get("retracted") or STAMP.match(record.title):
            yield "version", "retracted", record.title, record.id
            break


def _sources(work: Work, emitted: Csl) -> Iterator[Finding]:
    """Pages on which the sources of the version to be cited do not agree."""
    pages: dict[str, str] = {}
    for record in work.records:
        page = text(record.csl.get("page"))
        if page and "-" in page and not is_preprint(record.csl) and _version_of(record, emitted):
            pages.setdefault(page, record.source)
    ordered = sorted(pages)
    different = [p for i, p in enumerate(ordered) if not any(same_pages(p, q) for q in ordered[:i])]
    if len(different) > 1:
        yield (
            "sources",
            "page",
            "; ".join(f"{pages[p]}: {p}" for p in different),
            text(emitted.get("page")),
        )


def _version_of(record: Record, emitted: Csl) -> bool:
    ours, theirs = text(emitted.get("container-title")), text(record.csl.get("container-title"))
    year = year_of(emitted)
    return (
        bool(ours and theirs)
        and venues_agree(ours, theirs) == "same"
        and (year is None or record.year is None or abs(year - record.year) <= 1)
    )
