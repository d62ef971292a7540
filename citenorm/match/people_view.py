"""CSL names in, the folded people that comparing needs out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from ..model import Name
from ..normalize.text import folded_words, spelled_out, squash
from .title_view import unbroken
from .words import word_set

_GROUPS = word_set("groups")
"""Last words of names that are no person's."""


class Person(NamedTuple):
    """One name, folded: ``family`` and ``given`` without spaces, ``last`` the last word of the family name, ``initials`` of the given names.

    ``spelled``: the family name with its umlauts written out.
    """

    family: str
    given: str
    last: str
    initials: str
    group: bool = False
    spelled: str = ""


@lru_cache(maxsize=65536)
def _person(family: str, given: str, literal: str) -> Person:
    if literal:
        words = folded_words(literal)
        return Person("".join(words), "", words[-1] if words else "", "", True)
    names = [w for w in folded_words(family) if not w.isdigit()]
    if names and names[-1] in _GROUPS:
        return Person(squash(f"{given} {family}"), "", names[-1], "", True)
    # "d'Alché", "O'Brien": what stands behind the apostrophe is no word of its own
    first = _given_words(given)
    whole, called = "".join(names), "".join(first)
    spelled = (
        whole
        if family.isascii()
        else "".join([w for w in folded_words(spelled_out(family)) if not w.isdigit()])
    )
    return Person(
        whole,
        called,
        names[-1] if names else "",
        "".join([w[0] for w in first]),
        spelled=spelled,
    )


_APART = re.compile(r"[\s.\-‐‑_]+")


def _given_words(given: str) -> list[str]:
    words: list[str] = []
    for word in _APART.split(given):
        folded = squash(word)
        if not folded or folded.isdigit():
            continue
        if 1 < len(word) <= 3 and word.isupper() and word.isascii():  # "JM": initials run together
            words += list(folded)
        else:
            words.append(folded)
    return words


def people_of(items: Any) -> list[tuple[Person, Any]]:
    """The people of a CSL list, each with the item that names them; what names nobody is left out."""
    if not isinstance(items, (list, tuple)):
        return []
    people = zip(map(_person_of, items), items, strict=True)
    return [(p, item) for p, item in people if p is not None and (p.family or p.given)]


def _person_of(item: Any) -> Person | None:
    if not isinstance(item, (dict, Mapping)):
        return _person("", "", item) if isinstance(item, str) else None
    family, given = item.get("family") or "", item.get("given") or ""
    if not family and not given:
        return _person("", "", item.get("literal") or "")
    if "- " in family:
        family, given = unbroken(family), unbroken(given)
    particle = item.get("non-dropping-particle") or item.get("dropping-particle")
    return _person(f"{particle} {family}" if particle else family, given, "")


def stands_for_all(names: Sequence[Name]) -> bool:
    """One name of one word stands for the authors: an organisation's."""
    return len(names) == 1 and not names[0].given
