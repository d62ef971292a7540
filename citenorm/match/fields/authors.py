"""Two lists of authors in, the level of their likeness and the alignment out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import lru_cache

from rapidfuzz.distance import OSA

from ..in_text import Line, people_within
from ..people_view import Person
from ..views import View
from .comparison import FieldComparison, Found, of_each
from .level import Level


class AuthorClass(StrEnum):
    """What a level of the authors comes to where other fields are weighed with it."""

    SAME = "authors same"
    SHARED = "authors shared"
    FEW_SHARED = "few authors shared"
    OTHER = "other authors"
    UNKNOWN = "authors unknown"


class AuthorLevel(Level):
    """Whose list holds whose: ``shortened``, ``partial``, ``first-alone``: the claim names some of the record's people;
    ``longer``: it names more; ``most``, ``some``: each has people of its own.  ``-later``: without the record's first author in front."""

    SAME = "same"
    MISSPELLED = "misspelled"
    REORDERED = "reordered"
    ET_AL = "et-al"
    IN_TEXT = "in text"
    SHORTENED = "shortened"
    PARTIAL = "partial"
    LONGER = "longer"
    MOST = "most"
    FIRST_ALONE = "first-alone"
    PARTLY_IN_TEXT = "partly in text"
    ET_AL_LATER = "et-al-later"
    PARTIAL_LATER = "partial-later"
    LONGER_LATER = "longer-later"
    MOST_LATER = "most-later"
    SOME = "some"
    FIRST_SHARED = "first-shared"
    ONE_ALONE = "one-alone"
    ONE_SHARED = "one-shared"
    FIRST_IN_TEXT = "first in text"
    GROUP = "group"
    HOMONYM = "homonym"
    NONE = "none"
    UNSTATED = "unstated"

    @classmethod
    def chains(cls) -> tuple[tuple[AuthorLevel, ...], ...]:
        return (
            (cls.SAME, cls.MISSPELLED, cls.MOST, cls.MOST_LATER, cls.SOME, cls.ONE_SHARED),
            (cls.SAME, cls.REORDERED, cls.MOST_LATER),
            (cls.SAME, cls.ET_AL, cls.ET_AL_LATER, cls.ONE_SHARED),
            (cls.SAME, cls.SHORTENED, cls.PARTIAL, cls.PARTIAL_LATER, cls.ONE_ALONE),
            (cls.SAME, cls.LONGER, cls.LONGER_LATER, cls.ONE_SHARED),
            (cls.SAME, cls.FIRST_ALONE, cls.ONE_ALONE, cls.NONE),
            (cls.SOME, cls.FIRST_SHARED, cls.ONE_SHARED, cls.HOMONYM, cls.NONE),
            (cls.SAME, cls.IN_TEXT, cls.PARTLY_IN_TEXT, cls.FIRST_IN_TEXT, cls.NONE),
            (cls.SAME, cls.UNSTATED, cls.NONE),
            (cls.SAME, cls.GROUP, cls.NONE),
        )

    @property
    def kin(self) -> AuthorClass:
        return _CLASS[self]


EVERYBODY = frozenset((AuthorLevel.SAME, AuthorLevel.MISSPELLED, AuthorLevel.REORDERED))
"""Exactly the same people, spelling and order aside."""
NOBODY_ELSE = EVERYBODY | {AuthorLevel.ET_AL, AuthorLevel.UNSTATED}
"""Exactly the same people, as far as the list says."""
AS_LISTED = frozenset((AuthorLevel.SAME, AuthorLevel.ET_AL))
"""The list as it is, or as far as "et al.": nothing is wrong with it."""
AS_SPELLED = frozenset((AuthorLevel.SAME, AuthorLevel.MISSPELLED))
"""The list as it is, a slip in a name aside."""
WITH_MORE = frozenset((AuthorLevel.LONGER, AuthorLevel.LONGER_LATER))
"""All people of the other list, and more."""
BEGUN = frozenset((AuthorLevel.SHORTENED, AuthorLevel.PARTIAL, AuthorLevel.FIRST_ALONE))
"""Nobody who is not in the other list, which names more, its first one in front."""
WITH_FEWER = BEGUN | {AuthorLevel.PARTIAL_LATER, AuthorLevel.ONE_ALONE}
"""Nobody who is not in the other list, which names more."""
_CLASS = {
    **dict.fromkeys((*EVERYBODY, AuthorLevel.ET_AL, AuthorLevel.IN_TEXT), AuthorClass.SAME),
    **dict.fromkeys(
        (
            AuthorLevel.SHORTENED,
            AuthorLevel.PARTIAL,
            AuthorLevel.LONGER,
            AuthorLevel.MOST,
            AuthorLevel.FIRST_ALONE,
            AuthorLevel.PARTLY_IN_TEXT,
        ),
        AuthorClass.SHARED,
    ),
    **dict.fromkeys(
        (
            AuthorLevel.ET_AL_LATER,
            AuthorLevel.PARTIAL_LATER,
            AuthorLevel.LONGER_LATER,
            AuthorLevel.MOST_LATER,
            AuthorLevel.SOME,
            AuthorLevel.FIRST_SHARED,
            AuthorLevel.ONE_ALONE,
            AuthorLevel.ONE_SHARED,
            AuthorLevel.FIRST_IN_TEXT,
        ),
        AuthorClass.FEW_SHARED,
    ),
    **dict.fromkeys((AuthorLevel.NONE, AuthorLevel.HOMONYM), AuthorClass.OTHER),
    **dict.fromkeys((AuthorLevel.UNSTATED, AuthorLevel.GROUP), AuthorClass.UNKNOWN),
}

SAME, SLIP, FAMILY, OTHER = 3, 2, 1, 0
"""How two names compare: one person, one person misspelled, same family name with another given name, different."""


@dataclass(frozen=True, slots=True)
class People:
    """``level``; for each claimed person the index in the record's list (-1: not there) and how it compares."""

    level: AuthorLevel
    pairs: tuple[tuple[int, int], ...] = ()

    @property
    def found(self) -> int:
        """How many of the claimed people the record has."""
        return sum([how >= SLIP for _, how in self.pairs])


@lru_cache(maxsize=65536)
def same_person(a: Person, b: Person) -> int:
    """``SAME``, ``SLIP``, ``FAMILY`` or ``OTHER``; initials agree with full names, given and family may be exchanged."""
    if a.family == b.family or (a.spelled == b.spelled and a.spelled):
        return SAME if _given(a, b) is Given.SAME else FAMILY
    if a.group or b.group:
        return SAME if a.family + a.given in (b.family + b.given, b.given + b.family) else OTHER
    if _cut_otherwise(a, b):
        return SAME
    given = _given(a, b)
    if a.last == b.last and len(a.last) > 1 and given >= Given.INITIALS:  # particles, double names
        return SAME
    short, long = (a, b) if len(a.family) <= len(b.family) else (b, a)
    if (
        len(short.family) >= 4
        and long.family.startswith(short.family)
        and long.last != long.family
        and given >= Given.INITIALS
    ):
        return SAME
    if given is Given.SAME and a.given and _slip(a.family, b.family):
        return SLIP
    return OTHER


def _cut_otherwise(a: Person, b: Person) -> bool:
    """Given and family name are cut otherwise, or exchanged: together the same six letters or more, or the given name of one is the
    family name of the other, and its initial the other's given name."""
    one, two = a.family + a.given, b.family + b.given
    if len(one) == len(two) >= 6 and (a.given or b.given) and sorted(one) == sorted(two):
        return True
    return any(
        x.given == y.family
        and y.given
        and y.given[0] == x.family[:1]
        and (len(x.family) == 1 or x.family == y.given)
        for x, y in ((a, b), (b, a))
    )


class Given(IntEnum):
    """How given names compare; what is not stated is the same."""

    OTHER = 0
    INITIALS = 1
    SAME = 2


def _given(a: Person, b: Person) -> Given:
    if not a.given or not b.given or a.given == b.given:
        return Given.SAME
    if a.initials and b.initials and a.initials[0] != b.initials[0]:
        mine, theirs = set(a.initials), set(b.initials)
        if not (mine >= theirs or theirs >= mine):
            return Given.OTHER
    if len(a.initials) == len(a.given) or len(b.initials) == len(b.given):
        return Given.SAME  # initials alone on one side
    one, two, shorter = a.given, b.given, min(len(a.given), len(b.given))
    if shorter <= 2 or one[:3] == two[:3] or one in two or two in one:
        return Given.SAME  # short forms, second names left out
    second = a.initials == b.initials and len(a.initials) > 1
    if second and _first_as_initial(*sorted((one, two), key=len)):
        return Given.SAME
    slips = 2 if shorter >= 4 else 1
    slip = OSA.distance(one, two, score_cutoff=slips) <= slips
    return Given.SAME if slip else Given.INITIALS  # two first names with one initial


def _first_as_initial(short: str, full: str) -> bool:
    """ "K Sparck" beside "Karen Sparck": of the first of several names the initial alone, and all that follows it."""
    return len(short) > 3 and full.endswith(short[1:])


def _slip(a: str, b: str) -> bool:
    shorter = min(len(a), len(b))
    if shorter < 3 or abs(len(a) - len(b)) > 2:
        return False
    allowed = 1 if shorter < 7 else 2
    return OSA.distance(a, b, score_cutoff=allowed) <= allowed or _smeared(a) == _smeared(b)


def _smeared(name: str) -> str:
    """What a bad scan leaves of a name: letters that look alike are one."""
    return name.replace("rn", "m").replace("vv", "w").translate(_ALIKE)


_ALIKE = str.maketrans("1i0qc", "lloge")


def align(claim: tuple[Person, ...], record: tuple[Person, ...]) -> tuple[tuple[int, int], ...]:
    """For each claimed person the best free one of the record: (index or -1, how it compares)."""
    free = dict.fromkeys(range(len(record)))
    out: list[tuple[int, int]] = []
    for i, person in enumerate(claim):
        best, how = -1, OTHER
        if i in free:  # nearly always the one
            how = same_person(person, record[i])
            best = i if how > OTHER else -1
        if how < SAME:
            for j in free:
                score = same_person(person, record[j])
                if score > how:
                    best, how = j, score
                    if score == SAME:
                        break
        free.pop(best, None)
        out.append((best, how))
    return tuple(out)


def as_meant(claim: View, records: Iterable[View]) -> View:
    """The claim with that reading of its author field which has more of a record's people; the plain one of equals."""
    if (other := claim.otherwise) is None:
        return claim
    views = list(records)
    found = [max((people_level(c, v).found for v in views), default=0) for c in (claim, other)]
    return other if found[1] > found[0] else claim


def people_level(claim: View, record: View) -> People:
    """How a claimed list of authors compares with a record's; asked by every stage, found out once."""
    known = claim.beside.get(id(record))
    if known is None or known[0] is not record:
        known = claim.beside[id(record)] = (record, _people_level(claim, record))
    return known[1]


def _people_level(claim: View, record: View) -> People:
    ours, theirs = claim.people, record.people
    if not ours or not theirs:
        return People(AuthorLevel.UNSTATED)
    if ours == theirs:
        return People(AuthorLevel.SAME, tuple([(i, SAME) for i in range(len(ours))]))
    pairs = align(ours, theirs)
    good = [(i, j, how) for i, (j, how) in enumerate(pairs) if how >= SLIP]
    if not good:
        if any(p.group for p in ours) or any(p.group for p in theirs):
            return People(AuthorLevel.GROUP, pairs)
        return People(
            AuthorLevel.HOMONYM if any(how == FAMILY for _, how in pairs) else AuthorLevel.NONE,
            pairs,
        )
    level = _shared_level(claim, record, good)
    if level is AuthorLevel.SAME and any(how == SLIP for *_, how in good):
        level = AuthorLevel.MISSPELLED
    return People(level, pairs)


def _shared_level(claim: View, record: View, good: list[tuple[int, int, int]]) -> AuthorLevel:
    mine, theirs, shared = len(claim.people), len(record.people), len(good)
    in_order = all(good[k][1] < good[k + 1][1] for k in range(shared - 1))
    first = good[0][0] == 0 and good[0][1] == 0
    if (shared == mine and shared == theirs) or (record.cut and shared == theirs):
        return AuthorLevel.SAME if in_order else AuthorLevel.REORDERED
    if shared == mine:
        if claim.others:
            return AuthorLevel.ET_AL if first else AuthorLevel.ET_AL_LATER
        return _few_of(mine, good[-1][1] == mine - 1, in_order, first)
    if shared == theirs:
        if theirs == 1 and mine >= 3 and not first:
            return AuthorLevel.ONE_SHARED
        return AuthorLevel.LONGER if first else AuthorLevel.LONGER_LATER
    share = shared / (min(mine, theirs) if claim.others or record.cut else max(mine, theirs))
    if share >= 0.6:
        return AuthorLevel.MOST if first else AuthorLevel.MOST_LATER
    if shared >= 2 and share >= 0.3:
        return AuthorLevel.SOME
    return AuthorLevel.FIRST_SHARED if first else AuthorLevel.ONE_SHARED


def _few_of(mine: int, head: bool, in_order: bool, first: bool) -> AuthorLevel:
    """Everybody claimed is in the record's longer list; ``head``: they are its first ones."""
    if mine == 1:
        return AuthorLevel.FIRST_ALONE if first else AuthorLevel.ONE_ALONE
    if in_order and head:
        return AuthorLevel.SHORTENED
    return AuthorLevel.PARTIAL if in_order and first else AuthorLevel.PARTIAL_LATER


# ------------------------------------------------------------------ the comparison
_HELD = {AuthorClass.SHARED: 2, AuthorClass.FEW_SHARED: 1}


def _in_text(line: Line, ours: View, theirs: View, found: Found) -> AuthorLevel:
    """Where the parsed names do not agree: are the record's families in the string at all?"""
    level = found["author"]
    assert isinstance(level, AuthorLevel)
    if level.kin is AuthorClass.SAME:
        return level
    there, of, first = people_within(line, theirs)
    if of == 0:
        return level
    if level.startswith("longer") and len(ours.people) <= 2 * len(theirs.people):
        return level
    held = _HELD.get(level.kin, 0)
    if there == of and of > 1:
        return AuthorLevel.IN_TEXT
    if there >= 0.6 * of and there >= 2:
        return level if held >= 2 else AuthorLevel.PARTLY_IN_TEXT
    return AuthorLevel.FIRST_IN_TEXT if first and held == 0 else level


COMPARISON = FieldComparison(
    "author",
    AuthorLevel,
    lambda ours, theirs, found: people_level(ours, theirs).level,
    of_each(lambda view: view.shown_people),
    rank=2,
    in_text=_in_text,
)
