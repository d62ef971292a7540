"""Given names as they are written in a list in, as an entry writes them out: "FP" and "F P" are "F. P.", "arthur" and "ARTHUR" are "Arthur"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from ..model import Name

_RUN = re.compile(r"[^\W\d_](?:-?[^\W\d_]){0,2}\.?")
"""One to three letters that stand for given names: "FP", "JJV", "L-C", "A"."""
_APART = re.compile(r"(?<=\b[A-ZÀ-Þ]\.)(?=[A-ZÀ-Þ]\.)")
"""Between initials that no blank parts: "D.M."; BibTeX would take them for one name."""
_SHORT_RUN = re.compile(r"[A-ZÀ-Þ]{2,3}")
_SUFFIXES = frozenset(("II", "III", "IV", "JR", "SR", "MD", "VI"))


@lru_cache(maxsize=8192)
def dotted(given: str) -> str:
    """Initials with their full stops: "FP" and "F.P." → "F. P.", "L-C" → "L.-C.", "Laurent U" → "Laurent U."; whole names stay.

    Three letters that run together are initials only where nothing but initials stands in the name.
    """
    words = _APART.sub(" ", given).split()
    alone = all(_RUN.fullmatch(w) and w.upper() == w for w in words)
    return " ".join(_dotted(w, i, alone) for i, w in enumerate(words))


def _dotted(word: str, at: int, alone: bool) -> str:
    letters = word.rstrip(".")
    initials = bool(_RUN.fullmatch(word)) and word.upper() == word and word.lower() != word
    if not initials or (at and letters in _SUFFIXES) or (len(letters) > 2 and not alone):
        return word
    parts = [". ".join(part) + "." for part in letters.split("-")]
    return "-".join(parts)


def with_full_stops(people: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The names of a CSL list, their initials with full stops; a list that has them all comes back itself."""
    if type(people) is list and all(map(_has_full_stops, people)):
        return people
    listed = [dict(n) for n in people if isinstance(n, (dict, Mapping))]
    runs = sum(bool(_SHORT_RUN.fullmatch(str(n.get("given") or ""))) for n in listed)
    for name in listed:
        given = str(name.get("given") or "")
        if runs > 1 and re.fullmatch(r"[^\W\d_]{4}", given) and given.isupper():
            given = " ".join(given)  # "MASP" among others of the kind
        if given:
            name["given"] = dotted(given)
    return listed


def _has_full_stops(name: Any) -> bool:
    given = name.get("given") if type(name) is dict else None
    return type(given) is str and dotted(given) == given and not _SHORT_RUN.fullmatch(given)


def capitalized(names: Sequence[Name], stated: Sequence[Name] = ()) -> list[Name]:
    """Names that somebody typed in one case alone ("brian ichter", "HAZIZA, Daniel") as the others of their list stand.

    Those of ``stated`` that are in small letters are meant so ("danah boyd"), and a list that is all in one case tells nothing.
    """
    usual = [n for n in names if _cased(n.family) and _cased(n.given)]
    if len(usual) == len(names) or 2 * len(usual) < len(names) or not usual:
        return list(names)
    meant = {(n.family, n.given) for n in stated if n.family.islower()}
    return [_capitalized(n) if (n.family, n.given) not in meant else n for n in names]


def _cased(text: str) -> bool:
    return not text.islower() and not (text.isupper() and len(text) > 3)


def _capitalized(name: Name) -> Name:
    small = name.family.islower() and name.given.islower()
    family = _titled(name.family) if small or _loud(name.family, name.given) else name.family
    given = _titled(name.given) if name.given.islower() and len(name.given) > 1 else name.given
    return Name(family, given, name.particle, name.suffix, name.literal)


def _loud(family: str, given: str) -> bool:
    """A family name in capitals beside a given name that is not."""
    return family.isupper() and len(family) > 3 and bool(re.search(r"[^\W\d_][a-zà-ÿ]", given))


def _titled(text: str) -> str:
    written = re.sub(r"[^\W\d_]+", lambda m: m[0].capitalize(), text)
    return re.sub(r"\bMc([a-z])", lambda m: "Mc" + m[1].upper(), written)
