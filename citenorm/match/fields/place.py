"""Two places in (volume and first page), how they agree out: the place of an article is its own, wherever both are stated."""

from __future__ import annotations

from ..in_text import Line, place_within
from ..views import View
from .comparison import FieldComparison, Found, of_each
from .level import Level


class PlaceLevel(Level):
    VOLUME_AND_PAGE = "volume and page"
    PAGE = "page"
    IN_TEXT = "in text"
    FIRST_PAGE = "first page"
    PAGE_OTHER_VOLUME = "page, other volume"
    VOLUME = "volume"
    UNSTATED = "unstated"
    OTHER_VOLUME = "other volume"
    OTHER_PAGE = "other page"
    VOLUME_OTHER_PAGE = "volume, other page"
    OTHER_VOLUME_AND_PAGE = "other volume and page"

    @classmethod
    def chains(cls) -> tuple[tuple[PlaceLevel, ...], ...]:
        return (
            (cls.VOLUME_AND_PAGE, cls.PAGE, cls.FIRST_PAGE, cls.UNSTATED, cls.OTHER_PAGE),
            (cls.VOLUME_AND_PAGE, cls.IN_TEXT, cls.UNSTATED, cls.VOLUME_OTHER_PAGE),
            (cls.VOLUME_AND_PAGE, cls.VOLUME, cls.UNSTATED, cls.OTHER_VOLUME),
            (cls.OTHER_VOLUME, cls.OTHER_VOLUME_AND_PAGE),
            (cls.FIRST_PAGE, cls.PAGE_OTHER_VOLUME, cls.OTHER_PAGE, cls.OTHER_VOLUME_AND_PAGE),
        )


SAME_PLACE = frozenset((PlaceLevel.VOLUME_AND_PAGE, PlaceLevel.PAGE, PlaceLevel.IN_TEXT))
ANOTHER_PAGE = frozenset(
    (PlaceLevel.VOLUME_OTHER_PAGE, PlaceLevel.OTHER_PAGE, PlaceLevel.OTHER_VOLUME_AND_PAGE)
)
ANOTHER_VOLUME = frozenset(
    (PlaceLevel.OTHER_VOLUME, PlaceLevel.OTHER_VOLUME_AND_PAGE, PlaceLevel.PAGE_OTHER_VOLUME)
)
ELSEWHERE = ANOTHER_VOLUME | ANOTHER_PAGE
"""Another volume or page than the one stated."""


_OTHER_PAGE = {
    "same": PlaceLevel.VOLUME_OTHER_PAGE,
    "unstated": PlaceLevel.OTHER_PAGE,
    "differ": PlaceLevel.OTHER_VOLUME_AND_PAGE,
}


def place_level(claim: View, record: View) -> PlaceLevel:
    """Volume and first page together."""
    volumes = _relation(claim.volume, record.volume)
    pages = _relation(claim.first, record.first)
    if pages == "same":
        if volumes == "same":
            return PlaceLevel.VOLUME_AND_PAGE
        if volumes == "unstated":
            range_ = claim.last != claim.first and len(claim.first) >= 2
            whole = range_ and claim.last == record.last
            return PlaceLevel.PAGE if whole else PlaceLevel.FIRST_PAGE
        return PlaceLevel.PAGE_OTHER_VOLUME
    if pages == "differ":
        return _OTHER_PAGE[volumes]
    if volumes == "unstated":
        return PlaceLevel.UNSTATED
    return PlaceLevel.VOLUME if volumes == "same" else PlaceLevel.OTHER_VOLUME


def _relation(a: str, b: str) -> str:
    if not a or not b:
        return "unstated"
    return "same" if a == b or a.lstrip("0") == b.lstrip("0") else "differ"


_NO_PLACE = frozenset(
    (
        PlaceLevel.UNSTATED,
        PlaceLevel.OTHER_PAGE,
        PlaceLevel.OTHER_VOLUME,
        PlaceLevel.OTHER_VOLUME_AND_PAGE,
    )
)


def _in_text(line: Line, ours: View, theirs: View, found: Found) -> PlaceLevel:
    """Volume and page that the parser did not take for such."""
    level = found["place"]
    assert isinstance(level, PlaceLevel)
    return PlaceLevel.IN_TEXT if level in _NO_PLACE and place_within(line, theirs) else level


COMPARISON = FieldComparison(
    "place",
    PlaceLevel,
    lambda ours, theirs, found: place_level(ours, theirs),
    of_each(lambda view: ":".join(filter(None, (view.volume, view.first)))),
    rank=8,
    in_text=_in_text,
)
