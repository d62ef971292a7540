"""A claim that came to nothing in, the reasons to think it made up out; none where that proves nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..model import Claim, Comparison, Evidence
from ..normalize.editions import EDITIONS
from ..normalize.preprint import claims_preprint
from .authors import placeholders
from .fields import is_short, people_level, title_level, venues_agree
from .findings import (
    Finding,
    Holdings,
    before_upload,
    impossible_arxiv,
    impossible_doi,
    still_to_come,
    stray_for_venue,
    would_be_held,
)
from .views import View, claim_view, record_view
from .works.pair import SAME_TITLE

TELLING_WORDS, TELLING_LETTERS = 4, 24
"""A title of fewer words or letters may well belong to two works."""


def absence(
    claim: Claim, candidates: Sequence[Comparison], holdings: Holdings | None = None
) -> tuple[Evidence, ...]:
    """Why a claim that no record fits is probably made up, as ``work.none`` evidence; empty where it may just be unknown."""
    ours = claim_view(claim)
    found = [
        *_parts(ours, candidates),
        *_impossible(claim, ours, holdings),
        *_not_in_venue(ours, holdings),
    ]
    return tuple(
        Evidence(f"work.{field}", level, 0.0, said, stated) for field, level, said, stated in found
    )


def _parts(ours: View, candidates: Sequence[Comparison]) -> Iterator[Finding]:
    """A real title under other names; an identifier that belongs to something else."""
    telling = (
        len(ours.title.words) >= TELLING_WORDS
        and len(ours.title.key) >= TELLING_LETTERS
        and not is_short(ours.title)
    )
    for c in candidates[:8]:
        theirs = record_view(c.record)
        if len(c.evidence) < 2:  # nothing in common that was worth weighing
            continue
        level, overlap = title_level(ours.title, theirs.title)
        people = people_level(ours, theirs)
        strangers = people.level in (
            "none",
            "homonym",
            "one-shared",
            "first-shared",
            "some",
        ) and not any(p.group for p in (*ours.people, *theirs.people))
        same = level in ("exact", "typo", "minor") and _same_place(ours, theirs)
        if (
            telling
            and strangers
            and not theirs.cut
            and (same or (overlap >= 0.75 and _very_place(ours, theirs)))
        ):
            yield (
                "none",
                "title of other people",
                "",
                f"{c.record.title}; {theirs.name(0).full_family}",
            )
            return
        if (
            _same_identifier(ours, theirs)
            and level not in SAME_TITLE
            and overlap < 0.5
            and people.found == 0
            and people.level != "unstated"
        ):
            yield "none", "identifier of another", ours.doi or ours.arxiv, c.record.title
            return


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


def _impossible(claim: Claim, ours: View, holdings: Holdings | None) -> Iterator[Finding]:
    if ours.year and still_to_come(ours.year, holdings):
        yield "none", "impossible year", str(ours.year), str(ours.year)
    if ours.doi and impossible_doi(ours.doi):
        yield "none", "impossible identifier", ours.doi, ours.doi
    if number := impossible_arxiv(claim, ours, holdings):
        yield "none", "impossible identifier", number, number
    if before_upload(ours):
        yield "none", "later identifier", str(ours.year), ours.doi or f"arXiv:{ours.arxiv}"
    if stray_for_venue(ours, holdings):
        yield "none", "identifier of elsewhere", ours.doi, ours.venue
    if placeholders(ours):
        yield "none", "placeholder authors", "", ""


def _not_in_venue(ours: View, holdings: Holdings | None) -> Iterator[Finding]:
    """The catalogue holds all of the venue and year named, and this is not among them."""
    if holdings is None or not ours.title.key or claims_preprint(ours.csl) or ours.type in EDITIONS:
        return
    if ours.title.kind != "editorial" and would_be_held(ours, holdings):
        yield "none", "complete venue", ours.venue, f"the works of {ours.venue} {ours.year}"
