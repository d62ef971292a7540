"""Two years in, how far they lie apart out."""

from __future__ import annotations

from ..views import View
from .level import Level


class YearLevel(Level):
    SAME = "same"
    IN_TEXT = "in text"
    NEXT = "next"
    DRIFT = "drift"
    NEAR = "near"
    APART = "apart"
    FAR = "far"
    UNSTATED = "unstated"

    @classmethod
    def chains(cls) -> tuple[tuple[YearLevel, ...], ...]:
        return (
            (cls.SAME, cls.NEXT, cls.NEAR, cls.APART, cls.FAR),
            (cls.NEXT, cls.DRIFT, cls.APART),
            (cls.SAME, cls.IN_TEXT, cls.NEAR),
            (cls.SAME, cls.UNSTATED, cls.NEAR),
        )


def year_level(claim: View, record: View) -> YearLevel:
    """Distance of the years; a preprint may be three years older than what it became."""
    if claim.year is None or record.year is None:
        return YearLevel.UNSTATED
    apart = abs(claim.year - record.year)
    if apart <= 1:
        return YearLevel.SAME if apart == 0 else YearLevel.NEXT
    if apart <= 3:
        preprint = claim.preprint or record.preprint
        return YearLevel.DRIFT if preprint else YearLevel.NEAR
    return YearLevel.APART if apart <= 8 else YearLevel.FAR
