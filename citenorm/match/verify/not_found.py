"""A claim that came to nothing in, what is wrong with it out: parts that contradict each other or cannot exist; nothing where that proves nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum, IntEnum

from ...findings import (
    AbsenceFinding,
    AuthorFinding,
    IdentifierFinding,
    VenueFinding,
    YearFinding,
)
from ...model import Claim, Comparison, Evidence
from ...normalize.editions import EDITIONS
from ..fields import AuthorLevel, as_meant, is_short, people_level, title_level, venues_agree
from ..views import View, claim_view, dated, record_view
from ..works.pair import SAME_TITLE
from .authors import placeholders
from .case import Holdings
from .identifier import fillers, impossible_arxiv, impossible_doi, leads_to
from .venue import would_be_held
from .year import later_identifier, still_to_come, to_appear

UNSURE = 0.5
"""Up to this probability a title that was read is not known to be the one stated."""
TELLING_WORDS, TELLING_LETTERS = 4, 24
"""A title of fewer words or letters may well belong to two works."""


def absence(
    claim: Claim, candidates: Sequence[Comparison], holdings: Holdings | None = None
) -> tuple[Evidence, ...]:
    """What is wrong with a claim that no record fits; empty where it may just be unknown.

    What cannot exist is ``work.none`` evidence.  A title that may as well be another one is missing nowhere.
    """
    ours = claim_view(claim)
    known = (*_impossible(claim, ours, holdings), *fillers(ours))
    if claim.field_confidence.get("title", 1.0) <= UNSURE:
        return known
    parts = tuple(_parts(ours, candidates))
    return (*parts, *known, *(() if parts else _not_in_venue(ours, candidates, holdings)))


def _parts(ours: View, candidates: Sequence[Comparison]) -> Iterator[Evidence]:
    """A real title under other names; an identifier that belongs to something else."""
    for c in candidates[:8]:
        if len(c.evidence) < 2:  # nothing in common that was worth weighing
            continue
        theirs = record_view(c.record)
        if as_meant(ours, (theirs,)) is not ours:
            continue  # the author field may be read so that it names the record's people
        shared = [
            v for n, v in (("doi", ours.doi), ("arxiv", ours.arxiv)) if leads_to(c.record, n, v)
        ]
        whose = _whose(ours, theirs, bool(shared))
        if whose is _Whose.TITLE_OF_OTHERS:
            yield AuthorFinding.TITLE_OF_OTHERS.of(
                "", f"{c.record.title}; {theirs.name(0).full_family}"
            )
            return
        if shared and whose is _Whose.STRANGE:
            yield IdentifierFinding.ELSEWHERE.of(shared[0], c.record.title)
            return


class _Standing(IntEnum):
    """How near what else is stated comes to the place where a record stands."""

    APART = 0
    NEAR = 1
    """The same venue, or one that is not stated, within a year."""
    THERE = 2
    """Venue and year are both stated and both the same, or an identifier is."""


class _Whose(Enum):
    """Whose work a record is beside a claim that it does not fit."""

    ITS_OWN = "nothing proves it another's"
    TITLE_OF_OTHERS = (
        "the title, which tells works apart, is one of other people at the place where it stands"
    )
    STRANGE = "neither the title nor any of the people is the claim's"


def _whose(ours: View, theirs: View, identified: bool) -> _Whose:
    people = people_level(ours, theirs)
    level, overlap = title_level(ours.title, theirs.title)
    if people.level in _STRANGERS and _telling(ours, theirs):
        standing = _Standing.THERE if identified else _standing(ours, theirs)
        near = level in _EXACT and standing >= _Standing.NEAR
        if near or (overlap >= 0.75 and standing is _Standing.THERE):
            return _Whose.TITLE_OF_OTHERS
    stated = people.level is not AuthorLevel.UNSTATED
    if stated and not people.found and level not in SAME_TITLE and overlap < 0.5:
        return _Whose.STRANGE
    return _Whose.ITS_OWN


def _telling(ours: View, theirs: View) -> bool:
    """The title tells works apart, and of the people all are known that the record has, each of them a person."""
    size = (len(ours.title.words), len(ours.title.key))
    telling = size[0] >= TELLING_WORDS and size[1] >= TELLING_LETTERS and not is_short(ours.title)
    grouped = any(p.group for p in (*ours.people, *theirs.people))
    return telling and not theirs.cut and not grouped


_EXACT = frozenset(("exact", "typo", "minor"))
_STRANGERS = frozenset(
    (
        AuthorLevel.NONE,
        AuthorLevel.HOMONYM,
        AuthorLevel.ONE_SHARED,
        AuthorLevel.FIRST_SHARED,
        AuthorLevel.SOME,
    )
)
"""The people named are others, but for some at most; of groups nobody can say."""


def _standing(ours: View, theirs: View) -> _Standing:
    if ours.year is None or theirs.year is None or abs(ours.year - theirs.year) > 1:
        return _Standing.APART
    named = bool(ours.venue and theirs.venue)
    if named and venues_agree(ours.venue, theirs.venue) != "same":
        return _Standing.APART
    if named and ours.year == theirs.year and ours.title.numbers == theirs.title.numbers:
        return _Standing.THERE
    books = ours.type in EDITIONS or theirs.type in EDITIONS  # which come again under their title
    return _Standing.APART if books else _Standing.NEAR


def _impossible(claim: Claim, ours: View, holdings: Holdings | None) -> Iterator[Evidence]:
    if ours.year and still_to_come(ours.year, holdings):
        yield AbsenceFinding.IMPOSSIBLE_YEAR.of(str(ours.year), str(ours.year))
    if ours.doi and impossible_doi(ours.doi):
        yield AbsenceFinding.IMPOSSIBLE_IDENTIFIER.of(ours.doi, ours.doi)
    if number := impossible_arxiv(claim, ours, holdings):
        yield AbsenceFinding.IMPOSSIBLE_IDENTIFIER.of(number, number)
    if later := later_identifier(ours):
        yield YearFinding.BEFORE_IDENTIFIER.of(str(ours.year), later)
    if placeholders(ours):
        yield AbsenceFinding.PLACEHOLDER_AUTHORS.of("", "")


def _not_in_venue(
    ours: View, candidates: Sequence[Comparison], holdings: Holdings | None
) -> Iterator[Evidence]:
    """The catalogue holds all of the venue and year named, and this is not among them, unless under the title of a work that the very people have there."""
    if holdings is None or not ours.title.key or ours.claims_preprint or ours.type in EDITIONS:
        return
    if to_appear(ours.csl):  # under whatever title, and perhaps nowhere
        return
    # what indexes of a venue may leave out: editorials, and the columns and news of journals, whose titles say little
    left_out = ours.type in _PERIODICAL and is_short(ours.title)
    if ours.title.kind == "editorial" or left_out:
        return
    if not would_be_held(ours, holdings):
        return
    if title := next((c.record.title for c in candidates if _theirs_there(ours, c)), ""):
        yield VenueFinding.OTHER_TITLE.of(ours.venue, title)
    else:
        yield VenueFinding.NOT_THERE.of(ours.venue, f"the works of {dated(ours.venue, ours.year)}")


def _theirs_there(ours: View, candidate: Comparison) -> bool:
    theirs = record_view(candidate.record)
    the_people = people_level(ours, theirs).level is AuthorLevel.SAME
    return the_people and _standing(ours, theirs) is _Standing.THERE


_PERIODICAL = frozenset(("article-journal", "article-magazine", "article-newspaper"))
