"""A claim that came to nothing in, the reasons to think it made up out; none where that proves nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...findings import AbsenceFinding
from ...model import Claim, Comparison, Evidence
from ...normalize.editions import EDITIONS
from ...normalize.preprint import claims_preprint
from ..fields import as_meant, is_short, people_level, title_level, venues_agree
from ..views import View, claim_view, record_view
from ..works.pair import SAME_TITLE
from .authors import placeholders
from .case import Holdings
from .identifier import impossible_arxiv, impossible_doi, stray_for_venue
from .venue import would_be_held
from .year import before_upload, still_to_come, to_appear

TELLING_WORDS, TELLING_LETTERS = 4, 24
"""A title of fewer words or letters may well belong to two works."""


def absence(
    claim: Claim, candidates: Sequence[Comparison], holdings: Holdings | None = None
) -> tuple[Evidence, ...]:
    """Why a claim that no record fits is probably made up, as ``work.none`` evidence; empty where it may just be unknown."""
    ours = claim_view(claim)
    return (
        *_parts(ours, candidates),
        *_impossible(claim, ours, holdings),
        *_not_in_venue(ours, holdings),
    )


def _parts(ours: View, candidates: Sequence[Comparison]) -> Iterator[Evidence]:
    """A real title under other names; an identifier that belongs to something else."""
    for c in candidates[:8]:
        if len(c.evidence) < 2:  # nothing in common that was worth weighing
            continue
        theirs = record_view(c.record)
        if as_meant(ours, (theirs,)) is not ours:
            continue  # the author field may be read so that it names the record's people
        if _title_of_others(ours, theirs):
            what = f"{c.record.title}; {theirs.name(0).full_family}"
            yield AbsenceFinding.OTHER_PEOPLE.of("", what)
            return
        if _identifier_of_another(ours, theirs):
            yield AbsenceFinding.IDENTIFIER_OF_ANOTHER.of(ours.doi or ours.arxiv, c.record.title)
            return


def _title_of_others(ours: View, theirs: View) -> bool:
    """A title that tells works apart, at the place where it stands, under the names of strangers."""
    if theirs.cut or not _telling(ours) or not _strangers(ours, theirs):
        return False
    level, overlap = title_level(ours.title, theirs.title)
    if level in ("exact", "typo", "minor") and _same_place(ours, theirs):
        return True
    return overlap >= 0.75 and _very_place(ours, theirs)


def _telling(ours: View) -> bool:
    """The title is long enough to be one work's alone."""
    long = len(ours.title.words) >= TELLING_WORDS and len(ours.title.key) >= TELLING_LETTERS
    return long and not is_short(ours.title)


def _strangers(ours: View, theirs: View) -> bool:
    """The people named are others, but for some at most; of groups nobody can say."""
    level = people_level(ours, theirs).level
    if level not in ("none", "homonym", "one-shared", "first-shared", "some"):
        return False
    return not any(p.group for p in (*ours.people, *theirs.people))


def _identifier_of_another(ours: View, theirs: View) -> bool:
    """The identifier stated is that of a work of other people with another title."""
    if not _same_identifier(ours, theirs):
        return False
    level, overlap = title_level(ours.title, theirs.title)
    people = people_level(ours, theirs)
    return (
        level not in SAME_TITLE
        and overlap < 0.5
        and people.found == 0
        and people.level != "unstated"
    )


def _same_place(ours: View, theirs: View) -> bool:
    """Whatever else is stated points to that very publication."""
    if _same_identifier(ours, theirs):
        return True
    if ours.type in EDITIONS or theirs.type in EDITIONS:
        return False
    near = ours.year is not None and theirs.year is not None and abs(ours.year - theirs.year) <= 1
    return near and (
        not ours.venue or not theirs.venue or venues_agree(ours.venue, theirs.venue) == "same"
    )


def _very_place(ours: View, theirs: View) -> bool:
    """The same identifier, or venue and year both stated and both the same."""
    if _same_identifier(ours, theirs):
        return True
    stated = (
        ours.year is not None and ours.year == theirs.year and bool(ours.venue and theirs.venue)
    )
    return (
        stated
        and venues_agree(ours.venue, theirs.venue) == "same"
        and ours.title.numbers == theirs.title.numbers
    )


def _same_identifier(ours: View, theirs: View) -> bool:
    return bool(
        (ours.doi and ours.doi == theirs.doi) or (ours.arxiv and ours.arxiv == theirs.arxiv)
    )


def _impossible(claim: Claim, ours: View, holdings: Holdings | None) -> Iterator[Evidence]:
    if ours.year and still_to_come(ours.year, holdings):
        yield AbsenceFinding.IMPOSSIBLE_YEAR.of(str(ours.year), str(ours.year))
    if ours.doi and impossible_doi(ours.doi):
        yield AbsenceFinding.IMPOSSIBLE_IDENTIFIER.of(ours.doi, ours.doi)
    if number := impossible_arxiv(claim, ours, holdings):
        yield AbsenceFinding.IMPOSSIBLE_IDENTIFIER.of(number, number)
    if before_upload(ours):
        yield AbsenceFinding.LATER_IDENTIFIER.of(str(ours.year), ours.doi or f"arXiv:{ours.arxiv}")
    if stray_for_venue(ours, holdings):
        yield AbsenceFinding.IDENTIFIER_OF_ELSEWHERE.of(ours.doi, ours.venue)
    if placeholders(ours):
        yield AbsenceFinding.PLACEHOLDER_AUTHORS.of("", "")


def _not_in_venue(ours: View, holdings: Holdings | None) -> Iterator[Evidence]:
    """The catalogue holds all of the venue and year named, and this is not among them."""
    if holdings is None or not ours.title.key or claims_preprint(ours.csl) or ours.type in EDITIONS:
        return
    if to_appear(ours.csl):  # under whatever title, and perhaps nowhere
        return
    if not _front_matter(ours) and would_be_held(ours, holdings):
        yield AbsenceFinding.COMPLETE_VENUE.of(ours.venue, f"the works of {ours.venue} {ours.year}")


def _front_matter(ours: View) -> bool:
    """What indexes of a venue may leave out: editorials, and the columns and news of journals, whose titles say little."""
    return ours.title.kind == "editorial" or (ours.type in _PERIODICAL and is_short(ours.title))


_PERIODICAL = frozenset(("article-journal", "article-magazine", "article-newspaper"))
