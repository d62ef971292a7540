"""Levels of several fields in, what they say only in company out."""

from __future__ import annotations

from collections.abc import Iterator

from ..normalize.editions import EDITIONS
from .fields import (
    AuthorClass,
    AuthorLevel,
    PlaceLevel,
    TitleClass,
    TitleLevel,
    VenueLevel,
    YearLevel,
    title_level,
)
from .fields.authors import EVERYBODY
from .fields.comparison import Found
from .fields.place import ANOTHER_PAGE, ANOTHER_VOLUME, ELSEWHERE, SAME_PLACE
from .views import View
from .works.pair import RETITLED

_OTHER_TITLE = frozenset(
    (
        TitleClass.NEAR,
        TitleClass.RELATED,
        TitleClass.PART,
        TitleClass.PART_SHORT,
        TitleClass.DIFFERENT,
    )
)
_SAME_TITLE = frozenset((TitleClass.SAME, TitleClass.SHORT_SAME))
_OTHER_PEOPLE = frozenset((AuthorClass.OTHER, AuthorClass.FEW_SHARED, AuthorClass.UNKNOWN))
_OTHER_YEARS = frozenset((YearLevel.NEAR, YearLevel.APART, YearLevel.FAR, YearLevel.DRIFT))
_NOW = frozenset((YearLevel.SAME, YearLevel.IN_TEXT, YearLevel.NEXT))
_LATER = frozenset((YearLevel.NEAR, YearLevel.APART, YearLevel.FAR))
_CUT = frozenset((AuthorLevel.ET_AL, AuthorLevel.IN_TEXT))
_SEVERAL = 3
_LONG = 6
"""A title of so many words hardly comes twice."""


def in_company(found: Found, ours: View, theirs: View) -> Iterator[tuple[str, str]]:
    """``(field, level)`` of the fields ``version`` and ``together``, given the levels of all others."""
    title, people, year = found["title"], found["author"], found["year"]
    venue, place = found["venue"], found["place"]
    assert isinstance(title, TitleLevel) and isinstance(people, AuthorLevel)
    assert isinstance(year, YearLevel) and isinstance(venue, VenueLevel)
    assert isinstance(place, PlaceLevel)
    if version := retitled(title, people, ours, theirs):
        yield "version", version
    words, several = len(ours.title.words), len(ours.people) > 1
    for level in together(title, people, year, venue, place, words, several):
        yield "together", level


def together(
    title: TitleLevel,
    people: AuthorLevel,
    year: YearLevel,
    venue: VenueLevel,
    place: PlaceLevel,
    words: int,
    several: bool,
) -> list[str]:
    """The levels of the field ``together``: the title with the people, and a like title with the very place or venue, or against it.

    ``words``: how many words the claimed title has; ``several``: the claim names two people or more.
    """
    out = [f"{title.kin}, {people.kin}"]
    if title.kin in _OTHER_TITLE:
        out += _other_title(title.kin, year, venue, place)
        here = venue is VenueLevel.SAME and year is YearLevel.SAME
        if title.kin is TitleClass.NEAR and here and several and people in EVERYBODY:
            out.append("title near, all else same")
    elif title.kin is TitleClass.UNSTATED:
        out.append(
            "title unstated, place same" if place in SAME_PLACE else "title unstated, no place"
        )
    elif title.kin in _SAME_TITLE:
        if people.kin in _OTHER_PEOPLE:
            out += _other_people(year, venue, place)
        if venue is VenueLevel.SAME and _another_piece(title, year, place):
            out.append(f"{title.kin}, another place in the venue")
    if title.kin is TitleClass.SAME and people.kin is AuthorClass.UNKNOWN and words >= _LONG:
        out.append("long title same, authors unknown")
    return out


def _other_title(
    kin: TitleClass, year: YearLevel, venue: VenueLevel, place: PlaceLevel
) -> list[str]:
    out = []
    if place in SAME_PLACE:
        out.append(f"{kin}, place same")
    elif place in ANOTHER_PAGE:
        out.append(f"{kin}, place differs")
    known = venue in (VenueLevel.SAME, VenueLevel.DIFFERENT, VenueLevel.UNKNOWN)
    if venue in (VenueLevel.SAME, VenueLevel.PREPRINTS) and year is YearLevel.SAME:
        out.append(f"{kin}, venue and year same")
    elif known and year not in (YearLevel.SAME, YearLevel.UNSTATED):
        out.append(f"{kin}, venue or year differ")
    return out


def _another_piece(title: TitleLevel, year: YearLevel, place: PlaceLevel) -> bool:
    """Of one venue, and in another volume or on another page there: a column, an editorial or an erratum under its paper's title.

    In the same year that is a slip, or how another index counts, unless the title says little; so is another volume at the very page.
    """
    if place not in ELSEWHERE:
        return False
    if place is PlaceLevel.PAGE_OTHER_VOLUME and year in _NOW:
        return False
    if title.kin is TitleClass.SHORT_SAME or year in _LATER:
        return True
    return year is YearLevel.NEXT and place in ANOTHER_VOLUME


def _other_people(year: YearLevel, venue: VenueLevel, place: PlaceLevel) -> list[str]:
    out = []
    if place in SAME_PLACE:
        out.append("title same, place same")
    if venue is VenueLevel.SAME and year in (YearLevel.SAME, YearLevel.NEXT):
        out.append("title same, venue and year same")
    if year in _OTHER_YEARS:
        out.append("title same, other years")
    elsewhere = place in ANOTHER_PAGE or place is PlaceLevel.PAGE_OTHER_VOLUME
    if venue in (VenueLevel.DIFFERENT, VenueLevel.UNKNOWN) or elsewhere:
        out.append("title same, elsewhere")
    return out


def retitled(title: TitleLevel, people: AuthorLevel, ours: View, theirs: View) -> str:
    """A preprint and a published paper by exactly the same people, a few years apart, under titles that share words: "" or how near.

    Of a list that the claim cuts short, several people must be named."""
    if title.kin in _SAME_TITLE or title.kin is TitleClass.UNSTATED:
        return ""
    if not (people in EVERYBODY or (people in _CUT and len(ours.people) >= _SEVERAL)):
        return ""
    if ours.claims_preprint == theirs.preprint or not _follows(ours, theirs):
        return ""
    if title is TitleLevel.WITHIN_CUT and len(ours.title.words) <= 5:
        near = "hardly"  # words put into a short title narrow it to another work
    else:
        overlap = title_level(ours.title, theirs.title)[1]
        near = "near" if overlap >= 0.65 else "far" if overlap >= RETITLED else "hardly"
    return f"retitled, {near}" if len(theirs.people) > 2 else f"retitled, {near}, few authors"


def _follows(ours: View, theirs: View) -> bool:
    """One is a preprint and the other came out up to three years after it."""
    before, after = (ours, theirs) if ours.claims_preprint else (theirs, ours)
    if not before.claims_preprint or ours.type in EDITIONS:
        return False
    return bool(before.year and after.year) and -1 <= (after.year or 0) - (before.year or 0) <= 3
