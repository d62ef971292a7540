"""A claimed list of authors and those of the work's versions in, what is wrong with it out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rapidfuzz.distance import OSA, Indel

from ..model import Claim, Described, Name, Record
from ..normalize.editions import EDITIONS
from ..normalize.preprint import claims_preprint
from ..normalize.text import squash
from .fields import SLIP, People, people_level, same_person
from .views import View

Finding = tuple[str, str, str, str]
Compared = tuple[People, View, Record]

RIGHT = frozenset(("same", "et-al"))
SUBSET = frozenset(("shortened", "partial", "partial-later", "first-alone", "one-alone"))
NO_NAMES = frozenset(
    [
        "authorone",
        "authortwo",
        "authorthree",
        "firstauthor",
        "secondauthor",
        "thirdauthor",
        "authorname",
        "firstnamelastname",
        "lastnamefirstname",
        "givennamefamilyname",
        "familynamegivenname",
    ]
)
"""What templates have in the place of names, given name and family name run together; nobody is called so.

"John Smith", "Doe", "Todo" and "Anonymous" are names that people and books bear: they prove nothing.
"""
_ALIKE = 0.4
_BODIES = frozenset(
    ["group", "team", "collaboration", "consortium", "committee", "investigators", "members"]
)


def author_findings(
    claim: Claim, ours: View, records: Sequence[Record], views: Sequence[View], here: Described
) -> Iterator[Finding]:
    """At most one finding about the list, or one per misspelled name."""
    named = [i for i, v in enumerate(views) if v.people and not _whole_elsewhere(v, views)]
    if not ours.people or not named:
        return
    every = {i: people_level(ours, views[i]) for i in named}
    if any(p.level in RIGHT for p in every.values()):
        yield from _given_slips(ours, [(views[i], every[i]) for i in named])
        if ours.others:
            longest = max(named, key=lambda i: (len(views[i].people), records[i].id))
            yield "author", "et al.", listed(ours.names), listed(views[longest].names)
        return
    best = max(
        named,
        key=lambda i: (
            every[i].found,
            records[i].id in here.firmly,
            -abs(len(views[i].people) - len(ours.people)),
            records[i].id,
        ),
    )
    people, view = every[best], views[best]
    if people.level == "misspelled":
        for i, (j, how) in enumerate(people.pairs):
            if how == SLIP:
                yield "author", "misspelled", full(ours.name(i)), full(view.name(j))
        return
    level = _level(
        claim, ours, [views[i] for i in named], people, view, _held(every, views, records, here)
    )
    yield "author", level, listed(ours.names), listed(view.names)


def _whole_elsewhere(view: View, views: Sequence[View]) -> bool:
    """A list that its source cut short, where another record has as many people as there are: it tells nothing that the whole list does not."""
    return view.cut and any(not v.cut and len(v.people) == view.count for v in views)


def _given_slips(ours: View, versions: Sequence[tuple[View, People]]) -> Iterator[Finding]:
    """First names that are one letter off in every version that has the person: the right people, one of them misspelled."""
    for i, person in enumerate(ours.people):
        if len(person.given) <= len(person.initials):
            continue
        met = [
            (view, p.pairs[i][0]) for view, p in versions if i < len(p.pairs) and p.pairs[i][0] >= 0
        ]
        full_ones = [
            (view, j) for view, j in met if len(view.people[j].given) > len(view.people[j].initials)
        ]
        if full_ones and all(_one_off(person.given, view.people[j].given) for view, j in full_ones):
            view, j = full_ones[0]
            yield "author", "misspelled", full(ours.name(i)), full(view.name(j))


def _one_off(a: str, b: str) -> bool:
    """One letter wrong, missing or too many in a name of five or more; a name written shorter or longer at its end is none."""
    return (
        min(len(a), len(b)) >= 5
        and a not in b
        and b not in a
        and OSA.distance(a, b, score_cutoff=1) == 1
    )


def _held(
    every: dict[int, People], views: Sequence[View], records: Sequence[Record], here: Described
) -> list[tuple[People, View]]:
    """The versions described that name their authors."""
    return [(every[i], views[i]) for i in every if records[i].id in here.any]


def _level(
    claim: Claim,
    ours: View,
    views: Sequence[View],
    best: People,
    view: View,
    held: Sequence[tuple[People, View]],
) -> str:
    if _in_blob(ours, views):
        return "run together"
    if (
        len(set(ours.people)) < len(ours.people)
        and best.level not in ("same", "et-al")
        and best.found >= 2
        and all(p.given for p in ours.people)
    ):
        return "repeated"
    if any(p.group for p in ours.people) or all(any(p.group for p in v.people) for v in views):
        return "group"
    if best.level in ("none", "homonym"):
        return "placeholder" if placeholders(ours) else "other people"
    if _beheaded(claim, ours, views):
        return "first left out"
    if any(v.cut for v in views):
        return "record cut"
    if not held:
        return "other version"
    if all(p.level in SUBSET for p, _ in held) and not ours.others:
        return "left out"
    if any(v.type in EDITIONS for v in views):
        return "other version"
    if all(p.level == "reordered" for p, _ in held):
        told = _moved(held) or any(
            ours.first and ours.pages == v.pages and v.year == ours.year for _, v in held
        )
        return "other order" if told and not claims_preprint(ours.csl) else "other version"
    if all(p.level in ("longer", "longer-later") for p, _ in held):
        return "added" if not claims_preprint(ours.csl) and len(held) > 1 else "other version"
    if len(ours.people) > len(view.people) and best.found >= 0.6 * len(view.people):
        return "added" if not claims_preprint(ours.csl) and len(held) > 1 else "other version"
    if (
        not ours.others
        and best.found >= 0.8 * len(ours.people)
        and len(ours.people) <= 0.6 * len(view.people)
    ):
        return "left out"
    strangers = min(len(ours.people) - p.found for p, _ in held)
    # a stranger among few of the right people: less than half of one of the two lists
    few = not ours.others and all(
        2 * p.found < max(len(ours.people), len(v.people)) for p, v in held
    )
    if (
        strangers == 1
        and not ours.others
        and not claims_preprint(ours.csl)
        and all(_exchanged(ours, v, p) for p, v in held)
    ):
        return "one other"
    return "other people" if strangers >= 2 or (strangers and few) else "differ"


def _exchanged(ours: View, version: View, people: People) -> bool:
    """Both lists agree place for place but for one name, which is nobody's under another family name."""
    if len(ours.people) != len(version.people):
        return False
    apart = [i for i, (j, _) in enumerate(people.pairs) if j != i]
    if len(apart) != 1 or people.pairs[apart[0]][0] >= 0:
        return False
    one, other = ours.people[apart[0]], version.people[apart[0]]
    if not all(
        p.given
        and not p.group
        and p.last not in _BODIES
        and p.given not in _BODIES
        and (p.family + p.given).isascii()
        for p in (one, other)
    ):
        return False
    # another writing of the name ("Kouznetsov", "Tschernow", "Hsieh") shares most of its letters, another name of the same person its initial
    return (
        one.initials[0] != other.initials[0]
        and Indel.normalized_similarity(one.family, other.family) < _ALIKE
    )


def _beheaded(claim: Claim, ours: View, views: Sequence[View]) -> bool:
    """Everybody named is of the work, and the one whom every version names first is not among them, nor anywhere in the string."""
    first = views[0].people[0]
    if first.group or not first.given:
        return False  # a team in front of its members
    if any(v.type in EDITIONS or len(v.people) < 2 for v in views) or any(
        same_person(first, v.people[0]) < SLIP for v in views
    ):
        return False
    aligned = [people_level(ours, v) for v in views]
    if not all(p.found == len(ours.people) and all(j > 0 for j, _ in p.pairs) for p in aligned):
        return False
    return first.last not in squash(claim.raw) if claim.raw else True


def _moved(held: Sequence[tuple[People, View]]) -> bool:
    """Somebody else is named first in every version described."""
    return all(p.pairs and p.pairs[0][0] != 0 for p, _ in held)


def _in_blob(ours: View, views: Sequence[View]) -> bool:
    """All families of a version stand somewhere in the names as printed: several names in one field, or split wrongly."""
    blob = squash("".join(full(n) for n in ours.names))
    return any(
        len(v.people) > len(ours.people)
        and all(p.family in blob or p.last in blob for p in v.people)
        for v in views
    )


def placeholders(ours: View) -> bool:
    """The names are those of a template: "Author One", "Firstname Lastname"."""
    return bool(ours.people) and all(
        p.given + p.family in NO_NAMES or p.family in NO_NAMES for p in ours.people
    )


def full(name: Name) -> str:
    return f"{name.given} {name.full_family}".strip()


def listed(names: Sequence[Name]) -> str:
    return ", ".join(full(n) for n in names[:6]) + (" …" if len(names) > 6 else "")
