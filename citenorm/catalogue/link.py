"""Two records in, the reason why they are versions of one work out, or None: precision before everything.

A record is looked at through its ``Traits``: hashes of its titles and family names, its year, its identifiers.
Both the bulk linking of a build and the linking of single added records decide by ``why_same`` alone.
"""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import NamedTuple
from zlib import crc32

from ..model import Csl
from . import terms

YEARS = 4
"""Versions with one title and the same people appear at most so many years apart."""

SHORT = 3
"""Titles of at most so many words ("Introduction", a column's name) need the same people within a year, and no other pages."""

LEAST = 16
"""A title stands for a longer one, which it begins, only from so many letters on."""

WIDTH = 6
"""So many of the traits are single numbers; they come first."""

_AUTHORS = 12
_NUMBER = re.compile(r"^\d+$|^[ivx]+$")


class Traits(NamedTuple):
    """What linking looks at; 0 or () where a record does not say it.

    ``title``, ``main``: hashes of the whole title and of what stands before its colon; ``words``: how many the
    title has; ``numbers``: hash of the numerals in it; ``spot``: hash of volume and first page; ``people``: hashes of the first family names in order;
    ``names``: identifiers' keys; ``relations``: keys of versions named by the record.
    """

    title: int
    main: int
    words: int
    numbers: int
    year: int
    spot: int
    people: tuple[int, ...]
    names: tuple[int, ...]
    relations: tuple[int, ...]


def number_of(key: str) -> int:
    """A key as a number of 64 bits, never 0."""
    return (
        int.from_bytes(
            blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little"
        )
        or 1
    )


def traits(csl: Csl) -> Traits:
    """The traits of a CSL item."""
    return traits_of(terms.see(csl))


def traits_of(seen: terms.Seen) -> Traits:
    """The traits of a record that was taken apart."""
    title = seen.titles[0] if seen.titles else []
    main = seen.mains[0] if seen.mains else ""
    numbers = [word for word in title if _NUMBER.match(word)]
    names = [key for key in seen.identifiers if key[:2] in ("d:", "a:", "#:")]
    return Traits(
        number_of("".join(title)) if title else 0,
        number_of(main) if len(main) >= LEAST else 0,
        min(len(title), 255),
        crc32(" ".join(numbers).encode()) if numbers else 0,
        seen.year,
        crc32(terms.page_key(seen.csl.get("volume", ""), seen.csl.get("page", "")).encode()),
        tuple([crc32(terms.last_word(name).encode()) for name in seen.families[:_AUTHORS]]),
        tuple([number_of(key) for key in names]),
        tuple([number_of(key) for key in seen.relations]),
    )


def same_work(a: Csl, b: Csl) -> bool:
    """Whether two items are versions of one work."""
    return why_same(traits(a), traits(b)) is not None


def why_same(a: Traits, b: Traits) -> str | None:
    """ "relation", "identifier" or "similar" where two records are versions of one work, else None.

    A stated relation or a shared DOI or arXiv id holds only where the records also share a person or the whole
    title (identifiers of proceedings and plain mistakes give the same DOI to other works).  Similar: the same title, or
    a title and its part before the colon, the same first author, most people shared, and years near.
    """
    shared = len(set(a.people) & set(b.people))
    related = not set(a.names).isdisjoint(b.relations) or not set(b.names).isdisjoint(a.relations)
    known = shared > 0 or (a.title == b.title and a.title != 0 and not (a.people and b.people))
    if related and known:
        return "relation"
    if known and not set(a.names).isdisjoint(b.names) and _one_person_or_title(a, b, shared):
        return "identifier"
    return "similar" if _similar(a, b, shared) else None


def stated_same(a: Traits, b: Traits) -> bool:
    """Whether a link that a source states between two records is believable: a shared person or title."""
    return bool(set(a.people) & set(b.people)) or (a.title == b.title and a.title != 0)


def _one_person_or_title(a: Traits, b: Traits, shared: int) -> bool:
    """A shared identifier is that of a collection where its papers share a name by chance only."""
    return (
        a.title == b.title
        or a.people[:1] == b.people[:1]
        or 2 * shared > min(len(a.people), len(b.people))
    )


def _similar(a: Traits, b: Traits, shared: int) -> bool:
    if not a.people or not b.people or a.people[0] != b.people[0] or not a.year or not b.year:
        return False
    apart = abs(a.year - b.year)
    fewer, more = sorted((len(a.people), len(b.people)))
    if a.title == b.title and a.title:
        if a.words <= SHORT:
            return (
                apart <= 1
                and fewer == more == shared
                and (a.spot == b.spot or not a.spot or not b.spot)
            )
        return apart <= YEARS and 2 * shared >= more and (fewer > 1 or more == 1 or apart <= 1)
    if a.numbers != b.numbers or not (a.main == b.title != 0 or b.main == a.title != 0):
        return False
    return apart <= 2 and fewer == more == shared and fewer > 1
