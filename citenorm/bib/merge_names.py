"""The names of an entry as written and the names of a record → the list to write: people already right keep their spelling."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence

from ..emit.entry import written_name
from ..model import Name
from ..normalize.alike import same_person
from ..normalize.text import squash
from ..rules.form_fields import AMPERSAND, EXTENDED
from .people import (
    people_of,
    people_otherwise,
    read_name,
    split_people,
    unparted,
    without_tail,
)


def merged_names(
    value: str, names: Sequence[Name], *, latex: bool, trust: bool = True, whole: bool = False
) -> str | None:
    """The value with the record's people in the record's order, None where nothing has to change.

    A list longer than the record's stays as it is; not where the record's is ``whole``, that of another version.  A name that says at least as much as the record's stays letter for letter; a poorer one is replaced, and with ``trust`` also one that
    says something else.
    """
    text = " ".join(value.split())
    if not names or EXTENDED.search(text):
        return None  # biblatex's extended names are left as they are written
    listed = without_tail(text)[0]
    several = borne_out_otherwise(text, names)
    found = None if several else unparted(listed)
    if several or found is not None:
        meant = several or (found.names if found else ())
        if AMPERSAND.search(listed) and len(meant) > len(names):
            return None  # the record's list may be cut short
        pairs = zip(_aligned(meant, names), names, strict=True)
        return " and ".join(
            _one(written_name(meant[i], latex=latex), meant[i], n, latex, True)
            if i is not None
            else written_name(n, latex=latex)
            for i, n in pairs
        )
    parts = [part.strip(" ,") for part in split_people(listed)]
    if any(AMPERSAND.search(part) and "{" not in part for part in parts):
        return None  # an organisation, or a list that cannot be cut: left as written
    people = [read_name(part) for part in parts]
    if len(people) < len(names):
        told = [i for i, person in enumerate(people) if not _holds_two(person, names)]
        parts, people = [parts[i] for i in told], [people[i] for i in told]
    if len(people) > len(names) and not whole:
        return None  # the record's list may be cut short, or of another version
    turned = _turned(people, names) if whole else None
    aligned = turned or _aligned(people, names)
    written = [
        _one(parts[i], people[i], name, latex, trust)
        if i is not None
        else written_name(name, latex=latex)
        for i, name in zip(aligned, names, strict=True)
    ]
    new = " and ".join(written)
    return new if new != " and ".join(split_people(text)) else None


def _holds_two(person: Name, names: Sequence[Name]) -> bool:
    """The words of one name are those of two of the record's people: a list whose commas were lost."""
    left = Counter(_words(_spaced(person)))
    held = 0
    for name in names:
        words = Counter(_words(_spaced(name)))
        if words <= left:
            left -= words
            held += 1
    return held > 1


def borne_out_otherwise(value: str, names: Sequence[Name]) -> tuple[Name, ...]:
    """The people of a field in its other reading, where the record has them all and not the one of the plain reading."""
    several = people_otherwise(value)
    families = {squash(name.full_family) for name in names}
    if not several or any(squash(name.full_family) not in families for name in several):
        return ()
    plain = people_of(value)[0]
    return () if any(squash(name.full_family) in families for name in plain) else several


def _aligned(people: Sequence[Name], names: Sequence[Name]) -> list[int | None]:
    """For each of the record's names the entry's name that means the same person."""
    if len(people) == len(names):
        return list(range(len(names)))
    free = list(range(len(people)))
    out: list[int | None] = []
    for name in names:
        found = next(
            (i for i in free if squash(people[i].full_family) == squash(name.full_family)), None
        )
        if found is not None:
            free.remove(found)
        out.append(found)
    return out


def _turned(people: Sequence[Name], names: Sequence[Name]) -> list[int] | None:
    """For each of the record's names the entry's, where both have the same people and the record another order."""
    free, places = list(range(len(people))), []
    for name in names:
        near = [i for i in free if same_person(people[i], name)]
        if not near:
            return None
        places.append(max(near, key=lambda i: squash(people[i].given) == squash(name.given)))
        free.remove(places[-1])
    return places if not free and places != sorted(places) else None


def _one(written: str, ours: Name, theirs: Name, latex: bool, trust: bool) -> str:
    if _misread(written):
        return written_name(theirs, latex=latex)
    if ours.literal or theirs.literal:
        return (
            written
            if squash(_whole(ours)) == squash(_whole(theirs))
            else written_name(theirs, latex=latex)
        )
    if squash(ours.full_family) != squash(theirs.full_family):
        swapped = squash(_whole(ours)) == squash(_whole(theirs)) or squash(
            f"{ours.full_family}{ours.given}"
        ) == squash(_whole(theirs))
        return written if swapped or not trust else written_name(theirs, latex=latex)
    family_stays = _marks(ours.full_family) >= _marks(theirs.full_family)
    given_stays = _says_as_much(ours.given, theirs.given) or not (
        trust or _shortened(ours.given, theirs.given)
    )
    if family_stays and given_stays:
        return written
    family = ours if family_stays else theirs
    given = ours.given if given_stays else theirs.given
    return written_name(
        Name(family.family, given, family.particle, ours.suffix or theirs.suffix), latex=latex
    )


def _misread(written: str) -> bool:
    """Letters of UTF-8 were read as those of an older encoding ("SÃ©verin")."""
    if written.isascii():
        return False
    try:
        return written.encode("cp1252").decode("utf-8") != written
    except UnicodeError:
        return False


def _whole(name: Name) -> str:
    return name.literal or f"{name.given}{name.full_family}"


def _spaced(name: Name) -> str:
    return name.literal or f"{name.given} {name.full_family}"


def _says_as_much(ours: str, theirs: str) -> bool:
    """Given names that hold all the record's, none of them shorter: "Yann A." beside "Yann"; not "Y." beside "Yann"."""
    a, b = ([w for w in _words(given) if w] for given in (ours, theirs))
    if squash(ours) == squash(theirs):
        return _marks(ours) >= _marks(theirs)
    if not b or sorted(a) == sorted(b):
        return True
    if not a:
        return False
    if len(a) >= len(b):
        return all(x == y or (x.startswith(y) and len(y) == 1) for x, y in zip(a, b, strict=False))
    # fewer words than the record: a middle name left out is no fault
    return a[0] == b[0] and len(a[0]) > 1


def _shortened(ours: str, theirs: str) -> bool:
    """Our given names are the record's, shorter: "Y." or "Y.A." for "Yann André", "Jose" for "José"."""
    a, b = ([w for w in _words(given) if w] for given in (ours, theirs))
    return len(a) <= len(b) and all(
        y.startswith(x) if len(x) == 1 else x == y for x, y in zip(a, b, strict=False)
    )


def _words(given: str) -> list[str]:
    return [squash(word) for word in given.replace(".", ". ").replace("-", " ").split()]


def _marks(text: str) -> int:
    """How many letters carry more than ASCII does."""
    return sum(not char.isascii() for char in unicodedata.normalize("NFC", text))
