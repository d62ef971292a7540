"""Two lists of authors in, the level of their likeness and the alignment out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from .views import Person, View

SAME, SLIP, FAMILY, OTHER = 3, 2, 1, 0
"""How two names compare: one person, one person misspelled, same family name with another given name, different."""


@dataclass(frozen=True, slots=True)
class People:
    """``level``; for each claimed person the index in the record's list (-1: not there) and how it compares."""

    level: str
    pairs: tuple[tuple[int, int], ...] = ()

    @property
    def found(self) -> int:
        """How many of the claimed people the record has."""
        return sum(how >= SLIP for _, how in self.pairs)


@lru_cache(maxsize=65536)
def same_person(a: Person, b: Person) -> int:
    """``SAME``, ``SLIP``, ``FAMILY`` or ``OTHER``; initials agree with full names, given and family may be exchanged."""
    if a.family == b.family or (a.spelled == b.spelled and a.spelled):
        return SAME if _given_agree(a, b) else FAMILY
    if a.group or b.group:
        return SAME if a.family + a.given in (b.family + b.given, b.given + b.family) else OTHER
    if a.letters == b.letters and len(a.letters) >= 6 and a.given + b.given:
        return SAME  # cut into given and family otherwise
    if (
        a.given == b.family
        and b.given
        and b.given[0] == a.family[:1]
        and (len(a.family) == 1 or a.family == b.given)
    ):
        return SAME
    if (
        a.family == b.given
        and a.given
        and a.given[0] == b.family[:1]
        and (len(b.family) == 1 or a.given == b.family)
    ):
        return SAME
    if a.last == b.last and len(a.last) > 1 and _initials_agree(a, b):  # particles, double names
        return SAME
    short, long = (a, b) if len(a.family) <= len(b.family) else (b, a)
    if (
        len(short.family) >= 4
        and long.family.startswith(short.family)
        and long.last != long.family
        and _initials_agree(a, b)
    ):
        return SAME
    if _given_agree(a, b) and a.given and _slip(a.family, b.family):
        return SLIP
    return OTHER


def _given_agree(a: Person, b: Person) -> bool:
    if not a.given or not b.given or a.given == b.given:
        return True
    if not _initials_agree(a, b):
        return False
    if len(a.initials) == len(a.given) or len(b.initials) == len(b.given):
        return True  # initials alone on one side
    return _same_given(a.given, b.given) or len(a.given) <= 2 or len(b.given) <= 2


def _initials_agree(a: Person, b: Person) -> bool:
    if not a.initials or not b.initials:
        return True
    return (
        a.initials[0] == b.initials[0]
        or set(a.initials) >= set(b.initials)
        or set(b.initials) >= set(a.initials)
    )


def _same_given(a: str, b: str) -> bool:
    """Short forms, second names left out, slips; two different first names with one initial are not the same."""
    if a[:3] == b[:3] or (min(len(a), len(b)) >= 3 and (a in b or b in a)):
        return True
    return (
        OSA.distance(a, b, score_cutoff=2) <= 2
        if min(len(a), len(b)) >= 4
        else OSA.distance(a, b, score_cutoff=1) <= 1
    )


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
        order = [i, *(j for j in free if j != i)] if i in free else list(free)
        for j in order:
            score = same_person(person, record[j])
            if score > how:
                best, how = j, score
                if score == SAME:
                    break
        if best >= 0 and how > OTHER:
            free.pop(best)
            out.append((best, how))
        else:
            out.append((-1, OTHER))
    return tuple(out)


def people_level(claim: View, record: View) -> People:
    """How a claimed list of authors compares with a record's."""
    ours, theirs = claim.people, record.people
    if not ours or not theirs:
        return People("unstated")
    if ours == theirs:
        return People("same", tuple((i, SAME) for i in range(len(ours))))
    pairs = align(ours, theirs)
    good = [(i, j, how) for i, (j, how) in enumerate(pairs) if how >= SLIP]
    if not good:
        if any(p.group for p in ours) or any(p.group for p in theirs):
            return People("group", pairs)
        return People("homonym" if any(how == FAMILY for _, how in pairs) else "none", pairs)
    level = _shared_level(claim, record, good)
    if level == "same" and any(how == SLIP for *_, how in good):
        level = "misspelled"
    return People(level, pairs)


def _shared_level(claim: View, record: View, good: list[tuple[int, int, int]]) -> str:
    mine, theirs, shared = len(claim.people), len(record.people), len(good)
    in_order = all(good[k][1] < good[k + 1][1] for k in range(shared - 1))
    first = good[0][0] == 0 and good[0][1] == 0
    if shared == mine:
        if shared == theirs or (record.cut and shared >= theirs):
            return "same" if in_order else "reordered"
        if claim.others:
            return "et-al" if first else "et-al-later"
        if mine == 1:
            return "first-alone" if first else "one-alone"
        if in_order and good[-1][1] == mine - 1:
            return "shortened"
        return "partial" if in_order and first else "partial-later"
    if shared == theirs:
        if record.cut:
            return "same" if in_order else "reordered"
        if theirs == 1 and mine >= 3 and not first:
            return "one-shared"
        return "longer" if first else "longer-later"
    share = shared / (min(mine, theirs) if claim.others or record.cut else max(mine, theirs))
    if share >= 0.6:
        return "most" if first else "most-later"
    if shared >= 2 and share >= 0.3:
        return "some"
    return "first-shared" if first else "one-shared"
