"""Two items in, whether they stand in one place of one container out: the same, two different ones, or open.

A column, an editorial, an erratum, a yearly report comes again under one title in other volumes and on other pages; it is
another work each time.  What tells it is read here once, for the records of a catalogue and for those of an answer alike.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from ...model import Csl, year_of
from ...normalize.ordinals import roman
from ...normalize.pages import page_range
from ...normalize.preprint import is_preprint
from ...normalize.text import squash
from ...normalize.venues import find_venue

SAME, OTHER, ISSUE, OPEN = "same", "other", "issue", "open"
EARLY = 2
"""So many years an article may stand in a journal's "early view" before it gets its volume."""
LONGEST_PAGE = 99_999
"""What is counted higher is the number of an article, not a page."""

_NUMBER = re.compile(r"\d+")


class Place(NamedTuple):
    """Where an item stands; 0 or "" for what it does not say.

    ``container``: the id of a known venue, else its squashed name; none for series and servers of preprints.  ``form``: "book",
    "report", "meeting" or "".  ``doi``: anything that is the same for the same DOI only.
    """

    container: str | int
    volume: int
    issue: int
    first: int
    last: int
    year: int
    form: str
    doi: str | int


def place_of(csl: Csl, preprint: bool | None = None) -> Place:
    """The place of a CSL item; ``preprint`` where it is known whether it is one."""
    preprint = is_preprint(csl) if preprint is None else preprint
    first, last = _first_and_last(_text(csl.get("page")))
    return Place(
        "" if preprint else container_key(_text(csl.get("container-title"))),
        number_in(_text(csl.get("volume"))),
        number_in(_text(csl.get("issue"))),
        first,
        last,
        year_of(csl) or 0,
        FORMS.get(_text(csl.get("type")), ""),
        _text(csl.get("DOI")).lower(),
    )


FORMS = {"book": "book", "report": "report", "paper-conference": "meeting"}


def place_level(a: Place, b: Place, one_container: bool | None = None) -> str:
    """``SAME``, ``OTHER``, ``ISSUE`` (in one volume the issues differ, and one says no pages: a column comes again in the next issue, and
    indexes count issues in two ways) or ``OPEN``; ``one_container`` where that is known better than by equal keys."""
    if a.form == b.form == "book":
        return OTHER if _differ(a.volume, b.volume) else OPEN
    years = abs(a.year - b.year) if a.year and b.year else 0
    if a.form == b.form == "report" and not (a.container and b.container):
        return OTHER if years >= EARLY else OPEN
    if one_container is None:
        one_container = bool(a.container) and a.container == b.container
    return _within(a, b, years) if one_container else OPEN


def _within(a: Place, b: Place, years: int) -> str:
    """The same for two items of one container."""
    pages = _pages(a, b)
    meeting = a.form == b.form == "meeting"
    if _differ(a.volume, b.volume):
        slip = years == 0 and (pages == SAME or meeting or _issue_for_volume(a, b))
        return OPEN if slip else OTHER
    other_doi = bool(a.doi) and bool(b.doi) and a.doi != b.doi
    if _differ(a.issue, b.issue) and (_differ(a.first, b.first) or other_doi):
        return OTHER
    if pages == SAME and years <= 1:
        return SAME
    if a.volume and b.volume:
        if meeting:
            return SAME if years == 0 else OPEN
        return _in_one_volume(pages, _differ(a.issue, b.issue), other_doi)
    if years and (other_doi or (pages == OTHER and not meeting)):
        return OTHER
    return OTHER if years > EARLY else OPEN


def _in_one_volume(pages: str, issues_differ: bool, other_doi: bool) -> str:
    """The same for two articles of one volume."""
    if pages != OPEN:
        return pages
    if other_doi:
        return OTHER
    return ISSUE if issues_differ else SAME


def _pages(a: Place, b: Place) -> str:
    """Pages that overlap, that do not, or that are not stated, or counted from 1 in each article."""
    if not a.first or not b.first:
        return OPEN
    if a.first == b.first:
        return SAME
    if a.first <= b.last and b.first <= a.last:
        return SAME if 1 not in (a.first, b.first) else OPEN
    return OTHER if 1 not in (a.first, b.first) else OPEN


def _issue_for_volume(a: Place, b: Place) -> bool:
    """One has for the volume what the other has for the issue, and no issue."""
    one, two = (a, b) if b.issue else (b, a)
    return not one.issue and one.volume == two.issue


def _differ(a: int, b: int) -> bool:
    return bool(a) and bool(b) and a != b


def number_in(text: str) -> int:
    """The first number in a volume or an issue, roman ones too; 0 where there is none."""
    if text.isdecimal():
        return int(text[:9])
    found = _NUMBER.search(text) if text else None
    if found:
        return int(found[0][:9])
    return (roman(text.strip(" .").lower()) or 0) if text else 0


@lru_cache(maxsize=8192)
def _first_and_last(pages: str) -> tuple[int, int]:
    first, last = page_range(pages)
    return _page(first), _page(last)


def _page(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) <= 5 and int(text) <= LONGEST_PAGE else 0


@lru_cache(maxsize=65536)
def container_key(stated: str) -> str:
    """What is the same for two containers that are one: the id of a known venue, else the squashed name; "" for none and for series."""
    if not stated:
        return ""
    found = find_venue(stated)
    if found is None:
        return squash(stated)
    if found.venue.kind in ("series", "preprint"):
        return ""
    return f"{found.venue.id}/{found.part}" if found.part else found.venue.id


def _text(value: object) -> str:
    if type(value) is str:
        return value
    if isinstance(value, (list, tuple)) and value:
        value = value[0]
    return str(value) if isinstance(value, (str, int, float)) else ""
