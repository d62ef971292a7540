"""One field as two hands wrote it in, whether both say the same out, and which of the two says more."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from ..model import Name, names_of, year_of
from .abbreviations import could_abbreviate
from .editions import edition_number
from .ordinals import roman
from .pages import page_range, same_pages
from .text import fold, spelled_out, squash
from .titles import title_key
from .venues import same_venue

ROLES = ("author", "editor", "translator")
NUMBERS = ("volume", "issue", "number")
_WORD = re.compile(r"\w+")
_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")
_PER_ARTICLE = re.compile(r"[\w.]+:\d+(?:-|$)")
"""Pages counted within an article, as indexes write them: "64:1-64:38"."""


def alike(field: str, a: Any, b: Any) -> bool:
    """Whether two values of a CSL field mean the same; False where one is missing.

    People are the same in the same order, whatever is initials, accents or particles; dates have one year; pages one
    beginning and end; venues, titles and numbers are compared without their form.
    """
    if not a or not b:
        return False
    if a == b:
        return True
    if field in ROLES:
        one_list, two_list = names_of({"author": a}), names_of({"author": b})
        return same_people(one_list, two_list) or _one_run_of_letters(one_list, two_list)
    if field in ("issued", "accessed"):
        year = year_of({"issued": a})
        return year is not None and year == year_of({"issued": b})
    one, two = str(a), str(b)
    if field == "page":
        return same_pages(one, two)
    if field == "container-title":
        return same_venue(one, two) == "same" or squash(one) == squash(two)
    if field == "title":
        return title_key(one) == title_key(two)
    if field == "edition":
        mine, theirs = edition_number({"edition": one}), edition_number({"edition": two})
        return mine == theirs if mine and theirs else squash(one) == squash(two)
    if field in NUMBERS:
        return _number(one) == _number(two)
    if field in ("publisher", "publisher-place", "collection-title"):
        return _one_within(one, two)
    return squash(one) == squash(two)


def _number(text: str) -> str:
    key = squash(text)
    value = roman(key) if key else None
    return str(value) if value else _ZEROS.sub("", key)


def _one_within(a: str, b: str) -> bool:
    """All the words of one stand in the other ("MIT Press", "The MIT Press"), or one abbreviates it."""
    one, two = tuple(fold(a).split()), tuple(fold(b).split())
    if not one or not two:
        return squash(a) == squash(b)
    return (
        set(one) <= set(two)
        or set(two) <= set(one)
        or could_abbreviate(one, two)
        or could_abbreviate(two, one)
        or _initials(one, two)
        or _initials(two, one)
    )


def _initials(short: Sequence[str], long: Sequence[str]) -> bool:
    """ "ACM" beside "Association for Computing Machinery"."""
    if len(short) != 1 or len(long) < 2:
        return False
    letters = "".join(word[0] for word in long)
    small = "".join(word[0] for word in long if len(word) > 3)
    return short[0] in (letters, small)


# ------------------------------------------------------------------ people
def same_people(a: Sequence[Name], b: Sequence[Name]) -> bool:
    """The same people in the same order."""
    return len(a) == len(b) and all(same_person(x, y) for x, y in zip(a, b, strict=True))


def same_person(a: Name, b: Name) -> bool:
    """One family name, particles or not, umlauts spelled out or not, and one first initial."""
    if a is b:
        return True
    same = bool(a.family) and a.family == b.family and a.particle == b.particle
    if not same and a != b and _families(a).isdisjoint(_families(b)):
        return False
    if a.given == b.given:
        return True
    one, two = squash(a.given)[:1], squash(b.given)[:1]
    return one == two or not one or not two


def _one_run_of_letters(a: Sequence[Name], b: Sequence[Name]) -> bool:
    """The same letters stand in both lists: the same people in one field or in several."""
    one, two = (sum(len(n.given) + len(n.full_family) for n in people) for people in (a, b))
    beside = _BESIDE * max(len(a), len(b))
    return abs(one - two) <= beside and _letters(a) == _letters(b)


_BESIDE = 8
"""Signs that a name may have beside its letters, "and" and the number of a homonym among them."""


def _letters(people: Sequence[Name]) -> list[str]:
    """All letters of a list in order of the alphabet."""
    text = "".join(
        squash(_HOMONYM.sub("", f"{n.given} {n.full_family}")).replace("and", "") for n in people
    )
    return sorted(text)


_HOMONYM = re.compile(r"\s0\d{3}$")
"""The number that DBLP gives to people of one name."""


@lru_cache(maxsize=16384)
def _families(name: Name) -> frozenset[str]:
    bare = name.literal or name.family
    written = {_HOMONYM.sub("", text) for text in (name.full_family, bare)}
    forms = (squash(form) for text in written for form in (text, spelled_out(text)))
    return frozenset(form for form in forms if form)


def richer_name(a: Name, b: Name) -> Name:
    """One person as two hands wrote the name → the name with the whole given names, the particle, the accents, the capitals of either."""
    if a.literal or b.literal:
        return a if len(a.literal) >= len(b.literal) else b
    family, other = a, b
    one, two = a.full_family, b.full_family
    if one != two and _weight(two) > _weight(one):
        family, other = b, a
    particle = family.particle or other.particle
    if squash(family.family).startswith(squash(particle)) and particle != family.particle:
        particle = ""  # it stands in the family name already
    given = _fuller_given(a.given, b.given)
    if particle and squash(particle) == squash(given):
        particle = ""  # given names in small letters, read as one: "sang kil Cha"
    return Name(family.family, given, particle, family.suffix or other.suffix)


def _weight(text: str) -> tuple[int, int, int]:
    """What tells more: particles and second names, accents, capitals and small letters as a name has them."""
    return len(fold(text).split()), _marks(text), int(not (text.islower() or text.isupper()))


def _marks(text: str) -> int:
    return 0 if text.isascii() else sum(not c.isascii() and c.isalpha() for c in text)


def _fuller_given(a: str, b: str) -> str:
    """The longer of two that agree: "Karl M." beside "K. M."; of equal ones the first, unless only the second has accents."""
    if a == b or not a or not b:
        return a or b
    one, two = _WORD.findall(a), _WORD.findall(b)
    if squash(a) == squash(b):
        return b if (_marks(b), not b.isupper()) > (_marks(a), not a.isupper()) else a
    full_a, full_b = sum(len(w) > 1 for w in one), sum(len(w) > 1 for w in two)
    if _initials_run(a) or _initials_run(b):
        return b if _initials_run(a) and not _initials_run(b) else a
    if (full_a, len(one)) == (full_b, len(two)):
        whole = squash(b).startswith(squash(a)) and len(squash(b)) > len(squash(a)) + 1
        return b if whole else a
    if (full_b, len(two)) > (full_a, len(one)):
        return _with_initials(b, two, one)
    return _with_initials(a, one, two)


def _with_initials(given: str, words: Sequence[str], other: Sequence[str]) -> str:
    """Given names with the initials that only the other form of them has: "Andrew G." of "Andrew" and "A. G."; a letter that stands in them
    already may be that of a syllable ("Xiaogang", "X. G.")."""
    more = other[len(words) :]
    agree = all(x[:1].lower() == y[:1].lower() for x, y in zip(words, other, strict=False))
    if not (more and agree) or any(len(w) > 1 or w.lower() in given.lower() for w in more):
        return given
    return " ".join((given, *(f"{w}." for w in more)))


def _initials_run(text: str) -> bool:
    """Initials without dots: "JB"."""
    return text.isalpha() and text.isupper() and 1 < len(text) <= 3


# ------------------------------------------------------------------ the richer of two that say the same
def richer(field: str, stated: Any, printed: Any) -> Any:
    """Of two values that are ``alike``, the one that says more; ``printed`` where neither does."""
    if stated == printed:
        return printed
    if field in ROLES:
        a, b = names_of({"author": printed}), names_of({"author": stated})
        if not same_people(a, b):
            return printed
        merged = [richer_name(x, y).to_csl() for x, y in zip(a, b, strict=True)]
        return merged if merged != [n.to_csl() for n in a] else printed
    if field == "issued":
        return stated if _precision(stated) > _precision(printed) else printed
    one, two = str(stated), str(printed)
    if field == "page":
        return stated if _says_more_pages(one, two) else printed
    if field == "title":
        return stated if _title_form(one) > _title_form(two) else printed
    if field == "publisher":  # the words that one has more are places and legal forms
        return printed if _abbreviated(one, two) or one.islower() else stated
    if field in ("publisher-place", "collection-title", "container-title", "edition"):
        return stated if _name_form(one) > _name_form(two) else printed
    return printed


def _abbreviated(one: str, two: str) -> bool:
    """One abbreviates the other: "Cambridge Univ. Press"."""
    a, b = tuple(fold(one).split()), tuple(fold(two).split())
    return a != b and could_abbreviate(a, b) and not set(a) <= set(b)


def _precision(date: Any) -> int:
    try:
        return len(date["date-parts"][0]) + len(date["date-parts"])
    except (KeyError, IndexError, TypeError):
        return 0


def _says_more_pages(stated: str, printed: str) -> bool:
    (first, last), (_, end) = page_range(stated), page_range(printed)
    if _PER_ARTICLE.match(printed) and not _PER_ARTICLE.match(stated):
        return first != last
    return first != last and printed.count("-") == 0 and end == first


_SIGNS = re.compile(r'["“”‘’«»?!]')


def _title_form(text: str) -> tuple[int, int, int]:
    """What a printing of one title can lose: its capitals, its accents and signs, its marks of quotation and question."""
    shouted = text.islower() or (text.isupper() and len(text.split()) > 2)
    return int(not shouted), _marks(text), len(_SIGNS.findall(text))


def _name_form(text: str) -> tuple[int, int]:
    return int(not text.islower()), len(squash(text))
