"""Two records in, how they stand to each other out: all that the decision about one work looks at.

The same value is made of two records with all they say (here) and of the hashes that a catalogue keeps of millions
(``catalogue.link``).  The hashes see less: titles and names are equal there or they are not.
"""

from __future__ import annotations

from typing import NamedTuple

from ...model import Record
from ..fields import (
    VenueLevel,
    form_level,
    kind_level,
    number_level,
    people_level,
    title_level,
    venue_level,
    words_apart,
)
from ..title_view import STOP
from ..views import View, record_view
from .place import OPEN, place_level

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
RETITLED = 0.5
"""Least overlap of the titles of a preprint and of what it was published as."""
NEAR = 0.85
"""Least overlap of two titles that differ by a word."""
BELIEVED = 0.6
"""Least overlap of the titles of records that share an identifier and no people."""
TELLING_WORDS = 4
"""A title of so many words is not given twice by chance."""
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
"""Words by which a version of a work says that it is one."""
TELLING = frozenset(
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
"""Words by which a work says that it stands beside another: a survey beside its method, a dataset beside its challenge."""


class Pair(NamedTuple):
    """How two records stand to each other.

    ``stated``: "identifier" where they share one, "relation" where one names the other, "".
    ``title``: "same" (four words or more, the very same), "alike" (a slip, or three words), "short" (says too little), "subtitle"
    (one has more behind a colon), "part" (one goes on), "near", "retitled" (half the words), "counted" (other numbers), "other".
    ``people``: "all", "within" (one list is a part of the other), "most", "few" (a small part, or one of many), "none", "unstated".
    ``alone``: one of the lists has one person only.  ``years``: how many apart.  ``place``: see ``place.place_level``.
    ``crossed``: one is a preprint and the other is not; ``after``: and not older.  ``apart``: of kinds that stand beside each other
    (a thesis and its paper, a survey and its method, a reply), or an e-print ``of_another_publication``.  ``book``: one is a book or a chapter.
    ``together``: known to be in one container.
    """

    stated: str
    title: str
    people: str
    alone: bool
    years: int
    place: str
    crossed: bool
    after: bool
    apart: bool
    book: bool
    together: bool


def pair_of(a: Record, b: Record) -> Pair:
    """How two records stand to each other."""
    one, two = record_view(a), record_view(b)
    stated = _stated(a, one, b, two)
    title = _title(one, two)
    if title == "other" and not stated:
        return STRANGERS
    people = _people(one, two)
    if not stated and people in ("none", "unstated"):
        return STRANGERS
    together = venue_level(one, two) is VenueLevel.SAME
    early, late = (one, two) if one.preprint else (two, one)
    return Pair(
        stated,
        title,
        people,
        min(len(one.people), len(two.people)) <= 1,
        abs(one.year - two.year) if one.year and two.year else 0,
        place_level(one.place, two.place, together),
        one.preprint != two.preprint,
        not (early.year and late.year) or late.year - early.year >= -1,
        form_level(one, two) == "thesis"
        or bool(TELLING & (one.title.bag ^ two.title.bag))
        or of_another_publication(one, two),
        bool({"book", "chapter"} & {one.type, two.type}),
        together,
    )


STRANGERS = Pair("", "other", "none", False, 0, OPEN, False, False, False, False, False)
"""Two records with nothing in common that was worth a closer look."""


def _stated(a: Record, one: View, b: Record, two: View) -> str:
    if a.id == b.id or (one.doi and one.doi == two.doi) or (one.arxiv and one.arxiv == two.arxiv):
        return "identifier"
    return "relation" if _points_at(a, b, one, two) or _points_at(b, a, two, one) else ""


def _points_at(a: Record, b: Record, one: View, two: View) -> bool:
    """``a`` names ``b``, or both name the same third version."""
    return bool(one.version_of) and one.version_of in (
        two.arxiv,
        two.doi,
        two.version_of,
        b.id.lower(),
    )


def of_another_publication(one: View, two: View) -> bool:
    """One is an e-print whose source states under which DOI it was published; the other has another DOI and another title: the paper that went
    before it or came after, or was written beside it, by the same group."""
    return _published_apart(one, two) or _published_apart(two, one)


def _published_apart(upload: View, other: View) -> bool:
    stated = upload.version_of if upload.preprint else ""
    if not stated.startswith("10.") or other.doi in ("", stated, upload.doi):
        return False
    return title_level(upload.title, other.title)[0] not in (SAME_TITLE | PART_TITLE)


def _title(one: View, two: View) -> str:
    level, overlap = title_level(one.title, two.title)
    if level in ("different", "unstated"):
        return "other"
    kind = kind_level(one.title, two.title)
    if kind not in ("", "same"):
        return "other"
    if number_level(one.title, two.title, level) in ("differ", "missing"):
        return "retitled" if one.arxiv and one.arxiv == two.arxiv else "counted"
    if level in SAME_TITLE:
        if level == "exact-short" or kind:
            return "short"
        exact = one.title.key == two.title.key and len(one.title.words) >= TELLING_WORDS
        return "same" if exact else "alike"
    if level in PART_TITLE:
        left = words_apart(one.title, two.title)
        extended = all(w in EXTENDED or w in STOP for side in left for w in side)
        return "subtitle" if level.startswith("subtitle") or extended else "part"
    if overlap >= NEAR:
        return "near"
    return "retitled" if overlap >= RETITLED else "other"


def _people(one: View, two: View) -> str:
    level = people_level(one, two)
    if level.level == "unstated":
        return "unstated"
    return shared_people(level.found, len(one.people), len(two.people), one.cut or two.cut)


def shared_people(shared: int, mine: int, theirs: int, cut: bool = False) -> str:
    """The level of two lists of people that have ``shared`` ones; ``cut``: the longer goes on after the shorter by its source's doing."""
    fewer, more = sorted((mine, theirs))
    if cut:
        more = fewer
    if not shared:
        return "none"
    if shared == fewer == more:
        return "all"
    if shared == fewer and shared >= (1 if more <= 2 else 2 if more <= 4 else 3):
        return "within"
    return "most" if shared / more >= BELIEVED else "few"
