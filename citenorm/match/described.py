"""A claim and a work's versions in, the versions that the claim describes out: what may be held against it and what may not.

Another version may have other authors, another order, another year and title.  Only where the claim names the
version itself (its DOI, its arXiv number, its venue and year, its pages) does a difference tell against it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..model import Record
from ..normalize.editions import EDITIONS
from ..normalize.venues import find_venue
from .fields import says_preprint, venues_agree
from .views import View

PUBLISHED = ("article-journal", "paper-conference", "chapter", "book")
"""Kinds in which a preprint is published; a report of its authors' institution is no more than the preprint."""


def is_published(record: Record) -> bool:
    """In print or given at a meeting, not only uploaded or issued by its authors' institution."""
    return not record.is_preprint and (
        record.type in PUBLISHED or bool(record.csl.get("container-title"))
    )


@dataclass(frozen=True, slots=True)
class Described:
    """Indices of the versions described: ``firmly`` by identifier or venue and (nearly) the year; ``loosely`` by kind and year alone.

    ``exactly``: those of the first whose year is the very one, or whose identifier is.
    """

    firmly: tuple[int, ...]
    loosely: tuple[int, ...]
    exactly: tuple[int, ...]

    @property
    def any(self) -> tuple[int, ...]:
        return self.firmly or self.loosely


def as_preprint(ours: View) -> bool:
    """The claim names an e-print: by its type, its venue, or an arXiv number without a venue."""
    return ours.preprint or says_preprint(ours.venue) or (bool(ours.arxiv) and not ours.venue)


def described(ours: View, views: Sequence[View]) -> Described:
    firmly: list[int] = []
    loosely: list[int] = []
    preprint = as_preprint(ours)
    for i, v in enumerate(views):
        theirs = v.preprint or says_preprint(v.venue)
        if ours.doi and ours.doi == v.doi:
            firmly.append(i)
        elif preprint or theirs:
            if preprint and theirs and (not ours.arxiv or ours.arxiv == v.arxiv):
                (firmly if ours.arxiv else loosely).append(i)
        elif ours.venue and v.venue and venues_agree(ours.venue, v.venue) == "same":
            near = ours.year is None or v.year is None or abs(ours.year - v.year) <= 1
            if near and not _other_place(ours, v) and not (ours.doi and v.doi):
                firmly.append(i)
        elif (ours.venue and v.venue and ours.year == v.year and _kin(ours.venue, v.venue)) or (
            not ours.venue
            and ours.type not in EDITIONS
            and (ours.year is None or ours.year == v.year)
        ):
            loosely.append(i)
    exactly = [
        i for i in firmly if ours.year == views[i].year or (ours.doi and ours.doi == views[i].doi)
    ]
    return Described(tuple(firmly), tuple(loosely), tuple(exactly))


def _kin(a: str, b: str) -> bool:
    """Two known venues that share their works: a journal that prints a conference's papers."""
    return (
        venues_agree(a, b) == "compatible"
        and find_venue(a) is not None
        and find_venue(b) is not None
    )


def _other_place(ours: View, theirs: View) -> bool:
    return bool(
        ours.volume
        and theirs.volume
        and ours.volume != theirs.volume
        and ours.first
        and theirs.first
        and ours.first != theirs.first
    )
