"""Two records in, the reason why they are versions of one work out, or none.

Stated relations come first (a common identifier, a source that names another version), then likeness: the same
people under the same or a revised title.  Numbered parts, replies, errata and reviews are works of their own, and
so is anything by other people.
"""

from __future__ import annotations

from ...model import Record
from ..fields import (
    SLIP,
    People,
    form_level,
    kind_level,
    number_level,
    people_level,
    says_preprint,
    title_level,
    venues_agree,
    words_apart,
)
from ..title_view import STOP
from ..views import View, record_view

RETITLED = 0.5
"""Least overlap of the titles of a preprint and of what it was published as."""
SAME_TITLE = frozenset(("exact", "exact-short", "typo", "minor", "reordered"))
PART_TITLE = frozenset(
    (
        "subtitle-cut",
        "subtitle-longer",
        "beginning-cut",
        "beginning-longer",
        "within-cut",
        "within-longer",
    )
)
EXTENDED = frozenset(
    [
        "extended",
        "full",
        "technical",
        "report",
        "version",
        "abstract",
        "long",
        "short",
        "preliminary",
        "paper",
        "appendix",
        "draft",
        "complete",
        "supplementary",
    ]
)
_TELLING = frozenset(
    [
        "survey",
        "review",
        "overview",
        "tutorial",
        "benchmark",
        "dataset",
        "challenge",
        "report",
        "manual",
        "thesis",
        "summary",
        "revisited",
        "workshop",
        "edition",
    ]
)


def same_work(a: Record, b: Record) -> bool:
    """True where two records are versions of one work."""
    return bool(link(a, b))


def link(a: Record, b: Record) -> str:
    """How two records are known to be versions of one work: "identifier", "relation", "similar"; "" where they are not."""
    return how_linked(a, record_view(a), b, record_view(b))


def how_linked(a: Record, one: View, b: Record, two: View) -> str:
    if a.id == b.id:
        return "identifier"
    if (one.doi and one.doi == two.doi) or (one.arxiv and one.arxiv == two.arxiv):
        return "identifier" if _plausible(one, two) else ""
    if _points_at(a, b, one, two) or _points_at(b, a, two, one):
        return "relation" if _plausible(one, two) else ""
    return "similar" if _alike(one, two) else ""


def _points_at(a: Record, b: Record, one: View, two: View) -> bool:
    """``a`` names ``b``, or both name the same third version."""
    return bool(one.version_of) and one.version_of in (
        two.arxiv,
        two.doi,
        two.version_of,
        b.id.lower(),
    )


def _plausible(one: View, two: View) -> bool:
    """Guards against a wrong identifier in an index: something of title or people must agree."""
    level, overlap = title_level(one.title, two.title)
    if level in SAME_TITLE or level in PART_TITLE:
        return number_level(one.title, two.title, level) != "differ" or one.arxiv == two.arxiv
    people = people_level(one, two)
    return people.level == "unstated" or people.found > 0 or overlap >= 0.6


def _alike(one: View, two: View) -> bool:
    if not one.people or not two.people:
        return False
    level, overlap = title_level(one.title, two.title)
    if (
        level in ("different", "unstated")
        or kind_level(one.title, two.title)
        or _thesis_and_paper(one, two)
    ):
        return False
    if number_level(one.title, two.title, level) in ("differ", "missing"):
        return False
    years = abs(one.year - two.year) if one.year and two.year else 0
    people = people_level(one, two)
    if level in SAME_TITLE:
        if _same_place(one, two, people):
            return True
        return _same_people(people, one, two, 0.6 if level != "exact-short" else 0.8) and (
            years <= 8 or _reprinted(one, two)
        )
    if not _same_people(people, one, two, 0.6):
        return False
    crossed = one.preprint != two.preprint
    if level in PART_TITLE:
        if _another_kind(one, two):
            return False
        return years <= 4 and (crossed or level.startswith("subtitle") or _only_extension(one, two))
    if crossed:
        everybody = people.level in ("same", "misspelled", "reordered")
        return (
            everybody
            and years <= 3
            and overlap >= RETITLED
            and not _another_kind(one, two)
            and _published_after(one, two)
        )
    return years <= 1 and overlap >= 0.85 and _venues(one, two) == "same"


def _same_place(one: View, two: View, people: People) -> bool:
    """The same venue in the same year, and everybody of the shorter list is in the longer one: an index that names the first author alone."""
    good = sum(how >= SLIP for _, how in people.pairs)
    return (
        bool(one.year)
        and one.year == two.year
        and good > 0
        and good == min(len(one.people), len(two.people))
        and _venues(one, two) == "same"
    )


def _reprinted(one: View, two: View) -> bool:
    """Editions and reprints come decades later; a title of a few words may come again by itself."""
    return "book" in (one.type, two.type) or (
        one.title.key == two.title.key and len(one.title.words) >= 4
    )


def _same_people(people: People, one: View, two: View, share: float) -> bool:
    if people.level == "unstated":
        return False
    good = sum(how >= SLIP for _, how in people.pairs)
    fewer, more = sorted((len(one.people), len(two.people)))
    if one.cut or two.cut:
        more = fewer
    if good == fewer and good >= (1 if more <= 2 else 2 if more <= 4 else 3):
        return True  # one list is a part of the other: cut short by its source, or grown with a later version
    return good >= 1 and good / max(more, 1) >= share


def _only_extension(one: View, two: View) -> bool:
    left = words_apart(one.title, two.title)
    return all(w in EXTENDED or w in STOP for side in left for w in side)


def _another_kind(one: View, two: View) -> bool:
    """A survey beside its method, a dataset beside its challenge."""
    left = words_apart(one.title, two.title)
    return any(w in _TELLING for side in left for w in side)


def _thesis_and_paper(one: View, two: View) -> bool:
    """A thesis stands beside what its author published from it, even under one title."""
    return form_level(one, two) == "thesis"


def _published_after(one: View, two: View) -> bool:
    early, late = (one, two) if one.preprint else (two, one)
    return not (early.year and late.year) or late.year - early.year >= -1


def _venues(one: View, two: View) -> str:
    if not one.venue or not two.venue:
        return "unknown"
    if says_preprint(one.venue) or says_preprint(two.venue):
        return "unknown"
    return venues_agree(one.venue, two.venue)
