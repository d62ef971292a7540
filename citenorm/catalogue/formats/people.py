"""Full names as catalogues print them ("Ludwig van Beethoven", "John Smith Jr. 0002") in, CSL names out."""

from __future__ import annotations

import re
from functools import lru_cache

from ...normalize.one_name import has_cjk, traits_of

_INITIAL = re.compile(r"\b[^\W\d_]\.")
_HOMONYM = re.compile(r"\s+\d{4}$")
_BEHIND = frozenset(("jr", "sr", "ii", "iii", "iv", "jr.", "sr.", "ii.", "iii.", "iv."))


def _parts(full: str) -> tuple[str, str, str]:
    """Family (with its particle), given names, suffix; a name of one word is a family name."""
    words = full.split()
    if len(words) < 2:
        return full, "", ""
    particles = len(words) > 2 and any(map(_begins_low, words[1:-1]))
    if particles or words[-1].lower() in _BEHIND or "," in full:
        from ...normalize.names import parse_name

        name = parse_name(full)
        if name.family:
            return name.full_family, name.given, name.suffix
    return words[-1], " ".join(words[:-1]), ""


def _begins_low(word: str) -> bool:
    return word[0].islower()


def person(full: str) -> dict[str, str] | None:
    """The CSL name of a printed full name; None where it is empty.  A number that tells homonyms apart is taken off.

    What is written in Chinese, Japanese or Korean does not tell by its spaces which part is the family name: it stays whole, as in references.
    """
    return _person(full).copy() or None


@lru_cache(maxsize=1 << 17)
def _person(full: str) -> dict[str, str]:
    text = " ".join(full.split())
    if text[-4:].isdigit():
        text = _HOMONYM.sub("", text)
    if not text:
        return {}
    if has_cjk(text):
        return {"literal": text}
    family, given, suffix = _parts(text)
    name = {"family": family} if family else {}
    if given:
        name["given"] = given
    if suffix:
        name["suffix"] = suffix
    return name


def person_or_body(full: str) -> dict[str, str] | None:
    """``person``, of a source that lists organisations among the authors.

    A person whose family name is a word of organisations ("W. H. Press") is told by initials, an organisation with such letters ("U.S.
    Department of Energy") by what stands between its words.
    """
    text = " ".join(full.split())
    traits = traits_of(text)
    if traits.body and " " in text and (traits.function or not _INITIAL.search(text)):
        return {"literal": text}
    return person(full)


def named(family: str, given: str = "", suffix: str = "") -> dict[str, str] | None:
    """The CSL name of parts that a source tells apart; None where there is no family name."""
    family, given = " ".join(family.split()), " ".join(given.split())
    if not family:
        family, given = given, ""
    return (
        {
            key: value
            for key, value in (("family", family), ("given", given), ("suffix", suffix.strip()))
            if value
        }
        if family
        else None
    )
