"""The people as a reference names them and as its record does in, each name as it is printed out.

One record's spelling is worth no more than the reference's own: it takes its place where it says more of the same names, where the publisher or
two makers have it, or where the reference's is damaged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rapidfuzz.distance import OSA

from ...model import Name, Record
from ...normalize.alike import richer_name, same_person
from ...normalize.name_form import lost_letters
from ...normalize.text import fold, spelled_out, squash
from ..fields import SLIP
from ..fields import same_person as compared
from ..fields.authors import OTHER
from ..people_view import people_of
from ..witnesses import is_publisher, maker_of, vouched, vouched_spelling

_SPELLED_OUT = re.compile("(?<=[aou])e")
"""The letter that stands for the dots of an umlaut."""
_DAMAGED = re.compile(r"[^\w\s.,'’ʼ´`\-‐‑–()&]|[\d_]|[a-z]['´`][a-zß-ÿ]")
"""What stands in no name: a footnote's sign, what is left of a broken encoding or of the accents of LaTeX ("Tom'avs")."""

_WORD = re.compile(r"\w+")


def names_as_printed(
    stated: Sequence[Name], printed: Sequence[Name], records: Iterable[Record]
) -> list[Name]:
    """The printed people, each as the reference has them where it says more, or where no more than one record says otherwise.

    ``records``: those of the work.
    """
    free, known = list(stated), tuple(records)
    out: list[Name] = []
    open_ones = []
    for i, name in enumerate(printed):
        if name in free:
            free.remove(name)
            out.append(name)
            continue
        mine = next((s for s in free if same_person(name, s) and _same_given(name, s)), None)
        if mine is None and (turned := next((s for s in free if _turned(name, s)), None)):
            free.remove(turned)
            out.append(name if vouched_spelling(_having(name, known)) else turned)
            continue
        if mine is None:
            open_ones.append(i)
        else:
            free.remove(mine)
        out.append(name if mine is None else _with_marks(_richer(name, mine, known), mine, known))
    if len(stated) > 1 or len(printed) == 1:  # else one name may hold them all
        for i in open_ones:
            if i < len(stated) and stated[i] in free:
                whole = 2 * len(open_ones) <= len(printed)  # else the lists are of other people
                out[i] = _at_one_place(stated[i], printed[i], known, whole, len(stated) == 1)
                if out[i] is printed[i] and (apart := _particle_apart(stated[i], printed[i])):
                    out[i] = richer_name(printed[i], apart)
    return out


def _turned(name: Name, mine: Name) -> bool:
    """The name has the reference's family name for the given one, and the other way round: "Ng Andrew" for "Andrew Y. Ng"."""
    first, family = squash(mine.given.partition(" ")[0]), squash(mine.full_family)
    return bool(family) and len(first) > 1 and (squash(name.full_family), squash(name.given)) == (first, family)  # fmt: skip


def _richer(name: Name, mine: Name, records: Sequence[Record]) -> Name:
    """The name that says more; given names that the reference writes out get no more by one maker's word: an index has one form a person."""
    richer = richer_name(name, mine)
    first, told = (fold(n.given).partition(" ")[0] for n in (mine, name))
    written = len(first.strip(".")) > 1 and first == told and not mine.given.isupper()
    if not written or vouched(_having(name, records)):
        return richer
    return Name(richer.family, mine.given, richer.particle, mine.suffix)


def _having(name: Name, records: Iterable[Record]) -> list[Record]:
    """The records that have a name so."""
    family = squash(name.full_family)
    return [
        r
        for r in records
        if any(squash(n.full_family) == family and _same_given(n, name) for n in r.authors)
    ]


def _with_marks(name: Name, mine: Name, records: Sequence[Record]) -> Name:
    """The name without the accents that the reference lacks, where one maker alone has them, who is not the publisher: an index that
    has one form a person writes them where the paper has none, half of them, or a wrong one."""
    whole, said = whole_name(name), whole_name(mine)
    if whole.isascii() or not said.isascii():
        return name
    forms = (fold(whole), fold(spelled_out(whole)))
    if fold(said) not in forms:
        return name
    made = [(maker_of(r), is_publisher(r), n) for r in records for n in r.authors]
    bearing = {maker: own for maker, own, n in made if whole_name(n) == whole}
    plain = [
        n
        for maker, _, n in made
        if maker not in bearing and whole_name(n).isascii() and fold(whole_name(n)) == fold(whole)
    ]
    if len(bearing) > 1 or any(bearing.values()):
        return name
    return richer_name(plain[0], mine) if plain and fold(said) == forms[0] else mine


def _at_one_place(
    mine: Name, theirs: Name, records: Sequence[Record], whole: bool, alone: bool
) -> Name:
    """Two names at the same place of the two lists, which do not agree as they are written; ``whole``: most of the others do; ``alone``: there
    are no others."""
    if _borne_out(mine, theirs, records, whole):
        return mine
    if lost_letters(mine, theirs):
        return richer_name(Name(mine.family, theirs.given, mine.particle, mine.suffix), mine)
    same_family = squash(mine.full_family) == squash(theirs.full_family)
    if _compared(mine, theirs) < SLIP:
        stays = same_family and whole and not vouched_spelling(_having(theirs, records))
        return mine if stays else theirs  # a name that somebody has now, or had
    if squash(spelled_out(whole_name(mine))) == squash(whole_name(theirs)):
        return mine
    if _SPELLED_OUT.sub("", squash(whole_name(mine))) == squash(whole_name(theirs)):
        return mine  # an index left the dots of "Koethe" out
    if _DAMAGED.search(whole_name(mine)):
        return theirs
    if same_family and (whole or alone) and _other_names(mine, theirs):
        return mine  # in another language, or a short form
    if vouched_spelling(_having(theirs, records)):
        return theirs
    more = _says(theirs) > _says(mine) and theirs.given != mine.given
    if more and _begins_alike(mine, theirs):
        # the family name in another form is worth no more than the reference's own beside a given name that is written out
        initials = len(mine.given.partition(" ")[0].strip(".")) <= 1
        whole_family = squash(theirs.full_family).endswith(squash(mine.full_family))
        return theirs if initials or whole_family else mine
    return mine


def _particle_apart(mine: Name, theirs: Name) -> Name | None:
    """The reference's name with the last of its given names as the beginning of the family name, where the record has it so ("Gool, Luc J. Van")."""
    words = mine.given.split()
    for n in range(1, len(words)):
        if squash("".join((*words[-n:], mine.full_family))) == squash(theirs.full_family):
            return Name(theirs.family, " ".join(words[:-n]), theirs.particle, mine.suffix)
    return None


def _borne_out(mine: Name, theirs: Name, records: Iterable[Record], whole: bool) -> bool:
    """The reference's name stands so in another record of the work, whole, or holds the record's given names beside one family name."""
    same_family = squash(mine.full_family) == squash(theirs.full_family)
    if same_family and set(theirs.given.lower().split()) < set(mine.given.lower().split()):
        return True
    if not same_family and not (whole and len(squash(mine.given)) > 1):
        return False
    return any(
        squash(n.full_family) == squash(mine.full_family) and squash(n.given) == squash(mine.given)
        for r in records
        for n in r.authors
    )


def _compared(mine: Name, theirs: Name) -> int:
    """How two names compare: ``SLIP`` where one has another letter or two or is cut otherwise."""
    one, two = people_of([mine.to_csl()]), people_of([theirs.to_csl()])
    return compared(one[0][0], two[0][0]) if one and two else OTHER


def _says(name: Name) -> tuple[int, int, int]:
    """How much a name says: words of the family name, given names that are whole, given names."""
    given = _WORD.findall(name.given)
    return len(_WORD.findall(name.full_family)), sum(len(w) > 1 for w in given), len(given)


def _begins_alike(mine: Name, theirs: Name) -> bool:
    """The first given names are one, or initials of each other, a slip aside: not "Francis" and "H. Francis"."""
    one, two = (
        fold(n.given).replace("-", " ").partition(" ")[0].rstrip(".") for n in (mine, theirs)
    )
    slip = min(len(one), len(two)) > 1 and OSA.distance(one, two) <= 1
    return slip or one.startswith(two) or two.startswith(one)


def _other_names(mine: Name, theirs: Name) -> bool:
    """A whole given name of the reference is none of the record's: "Greg" where an index that has one form a person says "J. Gregory"."""
    said, told = ([w for w in _WORD.findall(fold(n.given)) if len(w) > 1] for n in (mine, theirs))
    return any(all(OSA.distance(w, t) > 1 for t in told) for w in said)


def whole_name(name: Name) -> str:
    """Given and family name as one text."""
    return f"{name.given} {name.full_family}"


def _same_given(a: Name, b: Name) -> bool:
    """No other second name: whole words agree, or are initials of each other."""
    if a.given == b.given:
        return True
    one, two = (_WORD.findall(n.given.lower()) for n in (a, b))
    return all(
        x == y or x.startswith(y) or y.startswith(x) or squash(x) == squash(y)
        for x, y in zip(one, two, strict=False)
    )
