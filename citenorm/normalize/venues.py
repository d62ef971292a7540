"""Two printed venues in, whether they mean the same one out; and the full name a venue's papers of a year appear under.

What is known stands in ``venues.toml``.  A venue that is not in the table is never proof of anything: ``same_venue``
says "different" only of two venues that it knows.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from .abbreviations import could_abbreviate, could_run
from .ordinals import whole_number
from .text import fold
from .venue_search import (
    LONGEST,
    VenueMatch,
    find_meeting,
    find_venue,
    pmlr_volume,
    pmlr_volumes,
    venue_by_id,
)
from .venue_table import Venue
from .venue_text import segments, straight

__all__ = [
    "Venue",
    "VenueMatch",
    "find_meeting",
    "find_venue",
    "full_name",
    "pmlr_volume",
    "pmlr_volumes",
    "same_venue",
    "venue_by_id",
    "venue_likeness",
    "whole_name",
    "workshop_apart",
    "years_of_volume",
]

Sameness = Literal["same", "compatible", "different"]


def whole_name(text: str) -> bool:
    """Whether a text is the name of a known venue as it is: written out, of two words or more, with nothing beside it."""
    found = find_venue(text) if " " in text.strip() else None
    return found is not None and fold(text) in map(fold, (found.venue.name, found.venue.full))


@lru_cache(maxsize=65536)
def same_venue(a: str, b: str) -> Sameness:
    """Whether two printed containers mean the same venue (of whatever year).

    "same": known to be, or one is a shortened form of the other.  "different": both are known and are not one, or one
    is a workshop at the other.  "compatible": everything else: one is unknown, a series, or lives in the other's pages
    (VLDB and PVLDB).  Empty strings are compatible with everything.
    """
    if not a or not b:
        return "compatible"
    one, two = find_venue(a), find_venue(b)
    if one and two:
        return _same_known(one, two)
    first, second = _name_words(a), _name_words(b)
    if not first or not second:
        return "compatible"
    if first == second:
        return "same"
    if could_abbreviate(first, second) or could_abbreviate(second, first):
        return "same"
    if could_run(*sorted((first, second), key=len)):
        return "same"
    for short, full in ((first, second), (second, first)):
        if _stands_in(short, full) or (
            len(short) == 1
            and len(short[0]) > 3
            and len(full) > 3
            and short[0] == "".join(w[0] for w in full)
        ):
            return "same"
    return "compatible"


def _stands_in(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """A name of three words or more stands whole in the other, which says the year, the place or the society beside it; no workshop."""
    size = len(short)
    if size < 3 or size >= len(full) or ("workshop" in short) != ("workshop" in full):
        return False
    return any(full[i : i + size] == short for i in range(len(full) - size + 1))


def _same_known(one: VenueMatch, two: VenueMatch) -> Sameness:
    a, b = one.venue, two.venue
    if a.id == b.id or one.ids & two.ids:
        if one.part == two.part:
            return "same"
        return "different" if "workshop" in (one.part, two.part) else "compatible"
    if "series" in (a.kind, b.kind) or a.id in b.kin or b.id in a.kin:
        return "compatible"
    return "different"


def workshop_apart(a: str, b: str) -> bool:
    """One is a workshop, the other the main meeting of a known conference: its own, or any other."""
    one, two = find_venue(a), find_venue(b)
    if one and two and one.ids & two.ids:
        return one.part != two.part and "workshop" in (one.part, two.part)
    said = [_says_workshop(text, found) for text, found in ((a, one), (b, two))]
    meeting = two if said[0] else one
    return (
        said[0] != said[1]
        and meeting is not None
        and meeting.venue.kind == "conference"
        and not meeting.part
    )


def _says_workshop(text: str, found: VenueMatch | None) -> bool:
    named = f"{text} {found.venue.name} {found.part}" if found else text
    return "workshop" in named.lower()


def _name_words(text: str) -> tuple[str, ...]:
    return tuple(w for part in segments(straight(text[:LONGEST])) for w in part.kept)


def venue_likeness(a: str, b: str) -> float:
    """How much two printed containers have in common, 0 to 1: 1 for the same venue, else the share of shared words."""
    if same_venue(a, b) == "same":
        return 1.0
    one, two = set(_name_words(a)), set(_name_words(b))
    return len(one & two) / max(len(one | two), 1)


def years_of_volume(venue: str, volume: str) -> tuple[int, ...]:
    """The years that may be said of a conference's volume of this number, as far as the table tells: 2023 of 36 of NeurIPS and of 202 of ICML."""
    found, number = find_venue(venue), whole_number(volume)
    if found is None or number is None:
        return ()
    held = pmlr_volume(number)
    if held is not None and held[0].id == found.venue.id:
        year = held[1]
        return year, year + 1  # of a meeting late in the year the volume comes out in the next
    return found.venue.years_of_volume(number)


def full_name(venue: Venue | str, year: int | None = None) -> str:
    """The title under which a venue's papers of a year appear: ICML of 2018 is "Proceedings of the 35th International …".

    A text that names no known venue, or a part of one (a workshop …), comes back as it is.
    """
    if isinstance(venue, str):
        found = find_venue(venue)
        if found is None or found.part:
            return venue
        return found.venue.full_in(year or found.year)
    return venue.full_in(year)
