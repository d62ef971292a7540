"""Two venues in, whether they are one out; preprints have none and are told apart from published versions."""

from __future__ import annotations

from functools import lru_cache

from ...normalize.venues import same_venue
from ..views import View
from .comparison import FieldComparison, of_each
from .level import Level


class VenueLevel(Level):
    SAME = "same"
    PREPRINTS = "preprints"
    UNSTATED = "unstated"
    PREPRINT_AND_PUBLISHED = "preprint and published"
    UNKNOWN = "unknown"
    DIFFERENT = "different"

    @classmethod
    def chains(cls) -> tuple[tuple[VenueLevel, ...], ...]:
        return (
            (cls.SAME, cls.UNSTATED, cls.UNKNOWN, cls.DIFFERENT),
            (cls.SAME, cls.PREPRINT_AND_PUBLISHED, cls.DIFFERENT),
            (cls.PREPRINTS, cls.PREPRINT_AND_PUBLISHED),
        )


def venue_level(claim: View, record: View) -> VenueLevel:
    """Whether both name the same venue."""
    ours = claim.preprint
    theirs = record.preprint
    if ours and theirs:
        return VenueLevel.PREPRINTS
    if ours or (theirs and claim.venue):
        return VenueLevel.PREPRINT_AND_PUBLISHED
    if not claim.venue or not record.venue:
        return VenueLevel.UNSTATED
    verdict = venues_agree(claim.venue, record.venue)
    return _VERDICTS.get(verdict, VenueLevel.UNKNOWN)


_VERDICTS = {"same": VenueLevel.SAME, "different": VenueLevel.DIFFERENT}


@lru_cache(maxsize=65536)
def venues_agree(a: str, b: str) -> str:
    """ "same", "compatible", "different" or "unknown", as ``normalize.venues.same_venue`` has it."""
    return str(same_venue(a, b))


COMPARISON = FieldComparison(
    "venue",
    VenueLevel,
    lambda ours, theirs, found: venue_level(ours, theirs),
    of_each(lambda view: view.venue),
    rank=6,
)
