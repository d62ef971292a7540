"""A venue in which no version appeared."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ...findings import VenueFinding
from ...model import Evidence
from ...normalize.editions import EDITIONS
from ...normalize.macros import is_macro
from ...normalize.pages import same_pages
from ...normalize.text import fold
from ...normalize.venues import Venue, find_meeting, find_venue, venue_likeness, workshop_apart
from ..fields import AuthorClass, people_level, title_level, venues_agree
from ..published import is_published
from ..views import View, text
from ..witnesses import corrects, damaged_at, tells_workshops
from ..works.described import kin
from ..works.pair import SAME_TITLE
from ..works.unknown_publication import APART, another_printing
from .case import Case, Holdings
from .doi_venue import FULL_NAME, names_another, names_it

COMPLETE = 0.99
"""From this share on, a work that a catalogue lacks was (nearly certainly) not in the venue and year."""


def venue(case: Case) -> Iterator[Evidence]:
    ours, shown = case.ours, text(case.emitted.get("container-title"))
    if not ours.venue:
        # what is cited is of a kind that appears somewhere, or of no stated kind where the version is
        placed = case.emitted.get("type") in ("paper-conference", "article-journal")
        open_kind = ours.type not in EDITIONS or (ours.type == "document" and placed)
        stated = ours.arxiv or ours.preprint or ours.unreadable("container-title")
        if shown and open_kind and not (stated or case.here.unknown):
            yield VenueFinding.MISSING.of("", shown)
        return
    named = [v for v in case.views if v.venue and not v.preprint and not is_macro(v.venue)]
    sound = [v for v in named if not damaged_at(text(v.csl.get("id")), v.year, v.venue, "container-title")]  # fmt: skip
    if named and not sound:
        return  # whoever has the work has another venue of those years for its
    named = sound
    if ours.preprint or any(venues_agree(ours.venue, v.venue) == "same" for v in named):
        return
    if another_printing(case.claim, case.work.records):
        yield VenueFinding.UNKNOWN.of(ours.venue, shown)
        return
    if any(kin(ours.venue, v.venue) for v in named) or _borne_out(case, named):
        yield VenueFinding.NEAR.of(ours.venue, shown)
        return
    stated = (shown if shown != ours.venue else "") or (named[0].venue if named else "")
    sure = any(is_published(r) and tells_workshops(r) for r in case.work.records)
    level = _unlike_all(ours, named, sure, case.holdings)
    if level is VenueFinding.DIFFERS and not stated:
        stated = "arXiv" if all(v.preprint for v in case.views) else "another venue"
    yield level.of(ours.venue, stated)


def _borne_out(case: Case, named: Sequence[View]) -> bool:
    """The stated DOI names the stated venue, or a record has the volume and the pages, and whoever keeps the records is not sure of venues."""
    if any(is_published(r) and corrects(r, "container-title") for r in case.work.records):
        return False
    ours = case.ours
    placed = bool(ours.volume and ours.first)
    return names_it(ours) or any(
        placed
        and ours.volume == v.volume
        and same_pages(*(text(x.csl.get("page")) for x in (ours, v)))
        for v in named
    )


def _unlike_all(
    ours: View, named: Sequence[View], sure: bool, holdings: Holdings | None
) -> VenueFinding:
    """What is wrong with a venue that is none of the versions' venues; ``sure``: and of theirs none is a workshop that an index calls by
    the conference's name."""
    if any(
        ours.doi == v.doi != "" and venues_agree(ours.venue, v.venue) == "different" for v in named
    ):
        return VenueFinding.DIFFERS
    elsewhere = any(_another_name(ours, v) for v in named)
    if named and all(workshop_apart(ours.venue, v.venue) for v in named):
        if names_another(ours):
            return VenueFinding.DIFFERS
        if not sure:  # every record may have it under the conference
            return VenueFinding.NEAR
        return VenueFinding.NOWHERE if elsewhere else VenueFinding.WORKSHOP
    if any(_two_conferences(ours, v) for v in named):
        return VenueFinding.DIFFERS
    if holdings is not None and would_be_held(ours, holdings):
        return VenueFinding.DIFFERS
    return VenueFinding.NOWHERE if elsewhere else VenueFinding.UNKNOWN


def _two_conferences(ours: View, theirs: View) -> bool:
    """Both are meetings that the list of venues knows, in one year: a paper is not given at two of them, but a longer one may follow."""
    if not (find_meeting(ours.venue) and find_meeting(theirs.venue)):
        return False
    near = ours.year is None or theirs.year is None or ours.year == theirs.year
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
        or _could_name(ours.venue, found.venue)
    ):
        return False
    if (
        not FULL_NAME.search(ours.venue)
        or len(ours.venue.split()) < 3
        or venue_likeness(ours.venue, theirs.venue) > APART
    ):
        return False
    level, _ = title_level(ours.title, theirs.title)
    return level in SAME_TITLE and people_level(ours, theirs).level.kin is AuthorClass.SAME


def _could_name(text: str, known: Venue) -> bool:
    """A text with every word of a known venue's subject may be a name of it; not where one is a journal and the other a meeting."""
    if known.kind == "conference" and _JOURNAL.match(text):
        return False
    return _subject(known.name) <= set(fold(text).split())


_JOURNAL = re.compile(r"(?:the\s+)?(?:journal|transactions|annals|letters)\b", re.I)


def _subject(name: str) -> set[str]:
    """The words of a venue's name that say what it is about."""
    return {w for w in fold(name).split() if len(w) > 3} - _GENERIC


_GENERIC = frozenset(
    (
        "conference",
        "symposium",
        "workshop",
        "journal",
        "international",
        "annual",
        "transactions",
        "proceedings",
        "european",
        "meeting",
    )
)


_SOCIETIES = frozenset(("ieee", "acm", "usenix", "aaai"))


def _other_publisher(ours: View, known: Venue) -> bool:
    """A society's meeting is named, and a publisher beside it that is not the society: another series has the name too."""
    society = _SOCIETIES & set(fold(known.name).split())
    stated = set(fold(text(ours.csl.get("publisher"))).split())
    return bool(society and stated) and not society & stated


def would_be_held(ours: View, holdings: Holdings) -> bool:
    """The catalogue holds (nearly) everything of the conference and year that the claim names; of journals an index may have some issues alone."""
    found = find_meeting(ours.venue)
    if found is None or found.joint or ours.year is None or _other_publisher(ours, found.venue):
        return False
    if ours.type == "article-journal" and ours.volume and ours.issue:
        return False  # of a journal or a magazine of that name
    years = {ours.year, found.year or ours.year}
    return all(holdings.share(found.venue.id, y) >= COMPLETE for y in years)
