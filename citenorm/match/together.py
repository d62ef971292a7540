"""Levels of several fields in, what they say only in company out."""

from __future__ import annotations

from ..normalize.editions import EDITIONS
from ..normalize.preprint import claims_preprint
from .fields import (
    AuthorClass,
    AuthorLevel,
    PlaceLevel,
    TitleClass,
    TitleLevel,
    VenueLevel,
    YearLevel,
)
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
_LONG = 6
"""A title of so many words hardly comes twice."""


def together(
    title: TitleLevel,
    people: AuthorLevel,
    year: YearLevel,
    venue: VenueLevel,
    place: PlaceLevel,
    words: int,
) -> list[str]:
    """The levels of the field ``together``: the title with the people, and a like title with the very place or venue, or against it.

    ``words``: how many words the claimed title has.
    """
    out = [f"{title.kin}, {people.kin}"]
    if title.kin in _OTHER_TITLE:
        out += _other_title(title.kin, year, venue, place)
    elif title.kin is TitleClass.UNSTATED:
        out.append("title unstated, place same" if place.same else "title unstated, no place")
    elif title.kin in _SAME_TITLE and people.kin in _OTHER_PEOPLE:
        out += _other_people(year, venue, place)
    if title.kin is TitleClass.SAME and people.kin is AuthorClass.UNKNOWN and words >= _LONG:
        out.append("long title same, authors unknown")
    return out


def _other_title(
    kin: TitleClass, year: YearLevel, venue: VenueLevel, place: PlaceLevel
) -> list[str]:
    out = []
    if place.same:
        out.append(f"{kin}, place same")
    elif place.elsewhere:
        out.append(f"{kin}, place differs")
    known = venue in (VenueLevel.SAME, VenueLevel.DIFFERENT, VenueLevel.UNKNOWN)
    if venue in (VenueLevel.SAME, VenueLevel.PREPRINTS) and year is YearLevel.SAME:
        out.append(f"{kin}, venue and year same")
    elif known and year not in (YearLevel.SAME, YearLevel.UNSTATED):
        out.append(f"{kin}, venue or year differ")
    return out


def _other_people(year: YearLevel, venue: VenueLevel, place: PlaceLevel) -> list[str]:
    out = []
    if place.same:
        out.append("title same, place same")
    if venue is VenueLevel.SAME and year in (YearLevel.SAME, YearLevel.NEXT):
        out.append("title same, venue and year same")
    if year in _OTHER_YEARS:
        out.append("title same, other years")
    elsewhere = place.elsewhere or place is PlaceLevel.PAGE_OTHER_VOLUME
    if venue in (VenueLevel.DIFFERENT, VenueLevel.UNKNOWN) or elsewhere:
        out.append("title same, elsewhere")
    return out


def retitled(
    title: TitleLevel, overlap: float, people: AuthorLevel, ours: View, theirs: View
) -> str:
    """A preprint and a published paper by exactly the same people, a few years apart, under titles that share words: "" or how near."""
    if title.kin in _SAME_TITLE or title.kin is TitleClass.UNSTATED or not people.everybody:
        return ""
    if claims_preprint(ours.csl) == theirs.preprint or not _follows(ours, theirs):
        return ""
    if title is TitleLevel.WITHIN_CUT and len(ours.title.words) <= 5:
        near = "hardly"  # words put into a short title narrow it to another work
    else:
        near = "near" if overlap >= 0.65 else "far" if overlap >= RETITLED else "hardly"
    return f"retitled, {near}" if len(theirs.people) > 2 else f"retitled, {near}, few authors"


def _follows(ours: View, theirs: View) -> bool:
    """One is a preprint and the other came out up to three years after it."""
    before, after = (ours, theirs) if claims_preprint(ours.csl) else (theirs, ours)
    if not claims_preprint(before.csl) or ours.type in EDITIONS:
        return False
    return bool(before.year and after.year) and -1 <= (after.year or 0) - (before.year or 0) <= 3
