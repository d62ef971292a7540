"""Two years in, how far they lie apart out."""

from __future__ import annotations

from ..in_text import Line
from ..views import View
from .comparison import FieldComparison, Found, of_each
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


def _in_text(line: Line, ours: View, theirs: View, found: Found) -> YearLevel:
    """A year that stands elsewhere in the string."""
    level = found["year"]
    assert isinstance(level, YearLevel)
    if level in (YearLevel.SAME, YearLevel.NEXT) or theirs.year not in line.years:
        return level
    return YearLevel.IN_TEXT


COMPARISON = FieldComparison(
    "year",
    YearLevel,
    lambda ours, theirs, found: year_level(ours, theirs),
    of_each(lambda view: str(view.year or "")),
    rank=5,
    in_text=_in_text,
)
