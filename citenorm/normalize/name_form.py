"""A person's name as an index damaged it in, as it is written out: a suffix taken for the family name, names all in capitals, forms of address."""

from __future__ import annotations

import re
from dataclasses import replace

from ..model import Name

_SUFFIXES = frozenset(("Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV"))
_WORD = re.compile(r"[^\W\d_]+")
_ADDRESSED = re.compile(r"(?:(?:Mr|Ms|Dr|Prof|Professor)\b\.? )+(?=\w)|Mr\.?$")
"""Forms of address before a given name, and the one that a form puts where somebody has none ("Dr. Seuss" is called so)."""


def written(name: Name) -> Name:
    """The name with its family name in its place and with small letters; any other name as it is."""
    name = suffix_apart(name)
    if _ADDRESSED.match(name.given):
        name = replace(name, given=_ADDRESSED.sub("", name.given, count=1))
    loud = name.family.isupper() and name.given.isupper()
    if loud and min(map(len, (_longest(name.family), _longest(name.given)))) > 3:
        name = replace(name, family=_quiet(name.family), given=_quiet(name.given))
    return name


def suffix_apart(name: Name) -> Name:
    """The suffix of "Amauri H. Souza Jr.", "Souza Jr., Amauri H." and "Souza, Amauri H. Jr." in its place; any other name as it is."""
    if name.suffix:
        return name
    family, _, last = name.family.rpartition(" ")
    given, _, only = name.given.rpartition(" ")
    if last not in _SUFFIXES:
        of_given = given and only in _SUFFIXES
        return replace(name, given=given.rstrip(","), suffix=only) if of_given else name
    if family:
        return replace(name, family=family, suffix=last)
    return replace(name, family=only, given=given, suffix=last) if given else name


def lost_letters(whole: Name, cut: Name) -> bool:
    """The second family name is the first without its letters that are none of ASCII: an index dropped them ("Schlkopf", "Takc")."""
    family = whole.full_family
    left = "".join(filter(str.isascii, family))
    return bool(left) and left != family and left == cut.full_family


def _longest(text: str) -> str:
    return max(_WORD.findall(text), key=len, default="")


def _quiet(text: str) -> str:
    """Each word with a capital and small letters; initials stay."""
    return _WORD.sub(lambda m: m[0].capitalize(), text)
