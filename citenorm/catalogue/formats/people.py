"""Full names as catalogues print them ("Ludwig van Beethoven", "John Smith Jr. 0002") in, CSL names out."""

from __future__ import annotations

import re
from functools import lru_cache

_HOMONYM = re.compile(r"\s+\d{4}$")
_BEHIND = re.compile(r"\s(?:jr|sr|i{2,3}|iv)\.?$", re.IGNORECASE)


@lru_cache(maxsize=1 << 17)
def _parts(full: str) -> tuple[str, str, str]:
    """Family (with its particle), given names, suffix; a name of one word is a family name."""
    words = full.split()
    if len(words) < 2:
        return full, "", ""
    if "," in full or _BEHIND.search(full) or any(word[:1].islower() for word in words[1:-1]):
        from ...normalize.names import parse_name

        name = parse_name(full)
        if name.family:
            return name.full_family, name.given, name.suffix
    return words[-1], " ".join(words[:-1]), ""


def person(full: str) -> dict[str, str] | None:
    """The CSL name of a printed full name; None where it is empty.  A number that tells homonyms apart is taken off."""
    text = " ".join(full.split())
    if text[-4:].isdigit():
        text = _HOMONYM.sub("", text)
    if not text:
        return None
    family, given, suffix = _parts(text)
    name = {"family": family} if family else {}
    if given:
        name["given"] = given
    if suffix:
        name["suffix"] = suffix
    return name


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
