"""A person's name as an index damaged it in, as it is written out: a suffix taken for the family name, names all in capitals."""

from __future__ import annotations

import re
from dataclasses import replace

from ..model import Name

_SUFFIXES = frozenset(("Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV"))
_WORD = re.compile(r"[^\W\d_]+")


def written(name: Name) -> Name:
    """The name with its family name in its place and with small letters; any other name as it is."""
    words = name.given.split()
    if name.family in _SUFFIXES and len(words) > 1 and not name.suffix:
        name = replace(name, family=words[-1], given=" ".join(words[:-1]), suffix=name.family)
    loud = name.family.isupper() and name.given.isupper()
    if loud and min(map(len, (_longest(name.family), _longest(name.given)))) > 3:
        name = replace(name, family=_quiet(name.family), given=_quiet(name.given))
    return name


def _longest(text: str) -> str:
    return max(_WORD.findall(text), key=len, default="")


def _quiet(text: str) -> str:
    """Each word with a capital and small letters; initials stay."""
    return _WORD.sub(lambda m: m[0].capitalize(), text)
