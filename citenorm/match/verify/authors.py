"""A claimed list of authors and those of the work's versions in, what is wrong with it out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rapidfuzz.distance import OSA, Indel, Prefix

from ...findings import AuthorFinding
from ...model import Evidence, Name
from ...normalize.editions import EDITIONS
from ...normalize.name_form import lost_letters
from ...normalize.text import fold, spelled_out, squash
from ..fields import SLIP, AuthorClass, AuthorLevel, People, as_meant, people_level
from ..fields.authors import AS_LISTED, WITH_FEWER, WITH_MORE
from ..people_view import stands_for_all
from ..views import View
from ..witnesses import vouched
from .case import Case

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


def authors(case: Case) -> Iterator[Evidence]:
    """At most one finding about the list, or one per misspelled name."""
    records, views = case.work.records, case.views
    ours = as_meant(case.ours, views)
    named = [i for i, v in enumerate(views) if v.people]
    most = max((views[i].count for i in named), default=0)
    if any(len(views[i].people) == most and not views[i].cut for i in named):
        named = [i for i in named if not views[i].cut]  # beside a whole list these bear nothing out
    if not ours.people or not named:
        return
    every = {i: people_level(ours, views[i]) for i in named}
    if any(p.level in AS_LISTED for p in every.values()):
        yield from _given_slips(ours, [(views[i], every[i]) for i in named])
        if ours.others:
            longest = max(named, key=lambda i: (len(views[i].people), records[i].id))
            yield AuthorFinding.ET_AL.of(listed(ours.names), listed(views[longest].names))
        return
    best = max(
        named,
        key=lambda i: (
            every[i].found,
            records[i].id in case.here.firmly,
            -abs(len(views[i].people) - len(ours.people)),
            records[i].id,
        ),
    )
    people, view = every[best], views[best]
    if people.level is AuthorLevel.MISSPELLED:
        yield from _slips(ours, view, people, [views[i] for i in named])
        return
    if ours is not case.ours:  # only the record tells how the field is meant: no ground to accuse
        yield AuthorFinding.DIFFER.of(listed(ours.names), listed(view.names))
        return
    held = [(every[i], views[i]) for i in named if records[i].id in case.here.any]
    level = _level(ours, [views[i] for i in named], people, view, held)
    if level is AuthorFinding.OTHER_ORDER and not vouched([records[i] for i in named]):
        level = AuthorFinding.ORDER_OF_RECORD
    yield level.of(listed(ours.names), listed(view.names))
    if level is AuthorFinding.LEFT_OUT:  # and of those who are named some may be misspelled
        yield from _slips(ours, view, people, [views[i] for i in named])
        yield from _given_slips(ours, [(views[i], every[i]) for i in named])


def _slips(ours: View, view: View, people: People, versions: Sequence[View]) -> Iterator[Evidence]:
    """Each name that is the record's but for a letter or two, and stands so in no version."""
    for i, (j, how) in enumerate(people.pairs):
        person = ours.people[i]
        if j >= 0 and lost_letters(ours.name(i), view.name(j)):
            continue
        if how == SLIP and not any(q.family == person.family for v in versions for q in v.people):
            yield AuthorFinding.MISSPELLED.of(full(ours.name(i)), full(view.name(j)))


def _given_slips(ours: View, versions: Sequence[tuple[View, People]]) -> Iterator[Evidence]:
    """First names that are one letter off in every version that has the person: the right people, one of them misspelled."""
    for i, person in enumerate(ours.people):
        if len(person.given) <= len(person.initials):
            continue
        met = [(view, p.pairs[i][0]) for view, p in versions if p.pairs[i][0] >= 0]
        full_ones = [
            (view, j) for view, j in met if len(view.people[j].given) > len(view.people[j].initials)
        ]
        if full_ones and all(_one_off(ours, i, view, j) for view, j in full_ones):
            view, j = full_ones[0]
            yield AuthorFinding.MISSPELLED.of(full(ours.name(i)), full(view.name(j)))


def _one_off(ours: View, i: int, view: View, j: int) -> bool:
    """One letter wrong, missing or too many in a first name of five or more; a name written shorter or longer at its end is none, nor
    one as two languages end it (Grigoris and Grigorios, Alexander and Alexandre)."""
    a, b = ours.people[i].given, view.people[j].given
    if min(len(a), len(b)) < 5 or a in b or b in a or OSA.distance(a, b, score_cutoff=1) != 1:
        return False
    first = [n.given.partition(" ")[0] for n in (ours.name(i), view.name(j))]
    if squash(spelled_out(first[0])) == squash(spelled_out(first[1])):
        return False  # "Juergen" and "Jürgen"
    one, two = map(fold, first)
    shared = Prefix.similarity(one, two)
    return len(one) == len(two) or shared < 5 or max(len(one), len(two)) - shared > 2


def _level(
    ours: View,
    views: Sequence[View],
    best: People,
    view: View,
    held: Sequence[tuple[People, View]],
) -> AuthorFinding:
    """What is wrong with a list that no version has.  ``best``, ``view``: the nearest; ``held``: those that the claim describes."""
    if _in_blob(ours, views):
        return AuthorFinding.RUN_TOGETHER
    if _repeated(ours, best):
        return AuthorFinding.REPEATED
    if any(p.group for p in ours.people) or all(
        stands_for_all(v.names) or any(p.group for p in v.people) for v in views
    ):
        return AuthorFinding.GROUP
    if any(_otherwise_called(ours, v) for v in views):
        return AuthorFinding.DIFFER
    if best.level.kin is AuthorClass.OTHER:
        return AuthorFinding.PLACEHOLDER if placeholders(ours) else AuthorFinding.OTHER_PEOPLE
    if any(v.cut for v in views):
        return AuthorFinding.RECORD_CUT
    if not held:
        return AuthorFinding.OTHER_VERSION
    return _unlike_described(ours, views, best, view, held)


def _unlike_described(
    ours: View,
    views: Sequence[View],
    best: People,
    view: View,
    held: Sequence[tuple[People, View]],
) -> AuthorFinding:
    """What is wrong with a list of the work's people, as far as the versions that the claim describes tell."""
    if all(p.level in WITH_FEWER for p, _ in held) and not ours.others:
        return AuthorFinding.JOINED if ours.claims_preprint else AuthorFinding.LEFT_OUT
    if any(v.type in EDITIONS for v in views):
        return AuthorFinding.OTHER_VERSION
    if all(p.level is AuthorLevel.REORDERED for p, _ in held):
        # somebody else is named first in every version described, or the very place of one is stated
        first = all(p.pairs and p.pairs[0][0] != 0 for p, _ in held)
        placed = any(ours.first and ours.pages == v.pages and v.year == ours.year for _, v in held)
        return _if_published(ours, AuthorFinding.OTHER_ORDER, first or placed)
    most = len(ours.people) > len(view.people) and best.found >= 0.6 * len(view.people)
    if most or all(p.level in WITH_MORE for p, _ in held):
        return _if_published(ours, AuthorFinding.ADDED, len(held) > 1)
    return _with_strangers(ours, held)


def _otherwise_called(ours: View, version: View) -> bool:
    """The family names are those of the version, place for place, and half of the initials: "Nicholas" for "Nikolaus", "LJ" for "Bart"."""
    pairs = list(zip(ours.people, version.people, strict=False))
    if len(ours.people) != len(version.people):
        return False
    if any(a.last != b.last or len(a.last) < 2 or a.group or b.group for a, b in pairs):
        return False
    return 2 * sum(a.initials[:1] == b.initials[:1] for a, b in pairs) >= len(pairs)


def _if_published(ours: View, finding: AuthorFinding, told: bool) -> AuthorFinding:
    """The finding where it is told and no preprint is cited, whose list may have changed since."""
    if told and not ours.claims_preprint:
        return finding
    return AuthorFinding.OTHER_VERSION


def _repeated(ours: View, best: People) -> bool:
    """Somebody stands twice in a list of whole names that is not the work's."""
    return (
        len(set(ours.people)) < len(ours.people)
        and best.level not in AS_LISTED
        and best.found >= 2
        and all(p.given for p in ours.people)
    )


def _with_strangers(ours: View, held: Sequence[tuple[People, View]]) -> AuthorFinding:
    """A list of which some are people of the work and some are not."""
    strangers = min(len(ours.people) - p.found for p, _ in held)
    # a stranger among few of the right people: less than half of one of the two lists
    few = not ours.others and all(
        2 * p.found < max(len(ours.people), len(v.people)) for p, v in held
    )
    whole = not ours.others and not ours.claims_preprint
    if strangers == 1 and whole and all(_exchanged(ours, v, p) for p, v in held):
        return AuthorFinding.ONE_OTHER
    wrong = strangers >= 2 or (strangers and few)
    return AuthorFinding.OTHER_PEOPLE if wrong else AuthorFinding.DIFFER


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
