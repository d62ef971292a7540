"""From a claim to the places of the records that it may mean: exact keys first, then its rarest words and pairs of words.

How much of the index a question may touch is bounded by a budget of postings, spent on the rarest terms first; rare
is what the index itself says.  So the time of a question hardly grows with the catalogue.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from ..model import Claim, Csl, year_of
from . import terms

if TYPE_CHECKING:
    import tantivy

WIDE = 100_000
"""Postings that the question by words may touch in a catalogue of ``_TYPICAL`` records."""

SURE = 10_000
"""The same where the claim has a title to go by: more postings find hardly more (measured)."""

TELLING = 20_000
"""The same of the rarest terms, of which a record must have one; the more frequent ones only put these in order (of 995 strings none was answered otherwise)."""

_TYPICAL = 1_250_000
_LEAST = 3
_READ_WELL = 0.8
_MAIN = 16
_SAYING = 4
_HELPING = 8
_MOST = 64
_ENOUGH = 18
_KNOWN = 100_000
_DEPTH = 7
"""Of ten records asked for the question by words gives so many: of 1,947 that it had to find, none stood further down."""
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_NUMBER = re.compile(r"[A-Za-z]{0,2}\d{1,7}")


SHARD = 48
"""A place tells in its bits from this one on in which shard it is, counted from 0."""


class Asker:
    """Asks an index, or those of all shards as if they were one; keeps how frequent terms are in it."""

    def __init__(self, schema: tantivy.Schema, searchers: Sequence[tantivy.Searcher]) -> None:
        import tantivy

        self._schema, self._searchers = schema, searchers
        self._term = tantivy.Query.term_query
        self._boolean = tantivy.Query.boolean_query
        self._should, self._must = tantivy.Occur.Should, tantivy.Occur.Must
        self._frequency: dict[str, int] = {}
        documents = sum(searcher.num_docs for searcher in searchers)
        self._wide = int(WIDE * max(1.0, documents / _TYPICAL) ** 0.5)

    def found(self, query: tantivy.Query, limit: int) -> list[int]:
        """Places of the best documents for a query, best first; equal scores in order of place."""
        ranked = sorted(
            (-score, number << SHARD | place)
            for number, searcher in enumerate(self._searchers)
            for score, address in searcher.search(query, limit, False).hits
            if (place := searcher.doc(address).get_first("at")) is not None
        )
        return [place for _, place in ranked[:limit]]

    def by_keys(self, keys: list[str], limit: int) -> list[int]:
        """Records that have one of these exact keys, those that have most of them first."""
        if not keys:
            return []
        if len(keys) == 1:
            return self.found(self._term(self._schema, "key", keys[0], "basic"), limit)
        return self.found(
            self._boolean(
                [(self._should, self._term(self._schema, "key", key, "basic")) for key in keys]
            ),
            limit,
        )

    def by_title(self, asked: Asked, limit: int) -> list[int]:
        """Records with the claim's title, whole or before its colon, those with its first author first."""
        keys = title_keys(asked)
        return self.by_keys([f"{key[:2]}{terms.digest(key[2:])}" for key in keys], limit)

    def by_pages(self, asked: Asked, limit: int) -> list[int]:
        """Records with the claim's volume and first page, those that share its people and year first."""
        wanted = [
            (self._should, self._term(self._schema, "key", key, "basic"))
            for key in page_keys(asked)
        ]
        if not wanted:
            return []
        people = {word for name in asked.people or asked.raw for word in name.split()}
        known = sorted((count, word) for word in people if (count := self.frequency(word)))
        names = [word for _, word in known[:_HELPING]] + ([str(asked.year)] if asked.year else [])
        helping = [
            (self._should, self._term(self._schema, "text", word, "freq"))
            for word in dict.fromkeys(names)
        ]
        return self.found(self._boolean([(self._must, self._boolean(wanted)), *helping]), limit)

    def by_words(self, asked: Asked, limit: int) -> list[int]:
        """Records that share the claim's rarest words and pairs of words, best first."""
        budget, most = (SURE, _ENOUGH) if len(asked.title) >= _SAYING else (self._wide, _MOST)
        rare = self._rare(asked)[:most]
        taken = _affordable([frequency for frequency, _ in rare], budget, _LEAST)
        if not taken:
            return []
        telling = _affordable([frequency for frequency, _ in rare[:taken]], TELLING, _LEAST)
        wanted = [(self._should, self._word(term)) for _, term in rare[:taken]]
        query = self._boolean(wanted[:telling])
        if telling < taken:
            query = self._boolean([(self._must, query), *wanted[telling:]])
        return self.found(query, min(limit, max(_DEPTH, limit * _DEPTH // 10)))

    def _word(self, term: str) -> tantivy.Query:
        field, option = ("pair", "basic") if "_" in term else ("text", "freq")
        return self._term(self._schema, field, term, option)

    def _rare(self, asked: Asked) -> list[tuple[int, str]]:
        """The terms of a claim that the index knows, with their frequency, rarest first."""
        said = dict.fromkeys(terms_said(asked))
        return sorted((frequency, term) for term in said if (frequency := self.frequency(term)))

    def frequency(self, term: str) -> int:
        """In how many records a word or pair of words (joined by ``_``) stands."""
        known = self._frequency.get(term)
        if known is None:
            if len(self._frequency) >= _KNOWN:
                self._frequency.clear()
            field = "pair" if "_" in term else "text"
            known = self._frequency[term] = sum(
                searcher.doc_freq(field, term) for searcher in self._searchers
            )
        return known


def _affordable(frequencies: Sequence[int], budget: int, least: int) -> int:
    """How many of the rarest terms may be asked for together within a budget of postings; ``least`` at any price."""
    spent = 0
    for number, frequency in enumerate(frequencies):
        spent += frequency
        if spent > budget and number >= least:
            return number
    return len(frequencies)


def terms_said(asked: Asked) -> list[str]:
    """The terms of a claim that it may be found by: words, and pairs of words joined by ``_``.

    Of a claim with a title to go by, the words of title, people and year: those of its venue lead to what is written about the venue.
    """
    said = [
        *asked.title,
        *terms.pairs(asked.title),
        *terms.people_pairs(asked.people, asked.year),
    ]
    said += [word for name in asked.people for word in name.split()]
    if asked.raw and (
        len(asked.title) < _SAYING or asked.claim.field_confidence.get("title", 1.0) < _READ_WELL
    ):
        said += [*asked.raw, *terms.pairs(asked.raw)]
    elif asked.year:
        said.append(str(asked.year))
    return said


def title_keys(asked: Asked) -> list[str]:
    """What a claim's title may be found by, as ``terms.digest`` takes it: whole, or before its colon, with its first author."""
    joined = "".join(asked.title)
    if not joined:
        return []
    keys = [f"t:{joined}", f"m:{joined}"]
    main = "".join(terms.words(terms.main_part(asked.claim.title)))
    if len(main) >= _MAIN:
        keys.append(f"t:{main}")
    if asked.people:
        keys.append(f"u:{joined}/{terms.last_word(asked.people[0])}")
    return keys


def page_keys(asked: Asked) -> list[str]:
    """The volumes and first pages that a claim may state."""
    claim = asked.claim
    if claim.csl.get("volume") and claim.csl.get("page"):
        keys = [terms.page_key(claim.csl["volume"], claim.csl["page"])]
    elif claim.raw and not asked.title:
        numbers = _NUMBER.findall(_YEAR.sub(" ", claim.raw))[:12]
        keys = [terms.page_key(a, b) for a, b in pairwise(numbers)]
    else:
        return []
    return [key for key in dict.fromkeys(keys) if key]


class Asked:
    """A claim taken apart once for all questions; tells whether a record fits well enough to look no further."""

    __slots__ = ("_said", "_title", "claim", "people", "raw", "title", "year")

    def __init__(self, claim: Claim) -> None:
        self.claim = claim
        self.title = terms.words(claim.title)
        self.people = terms.families(claim.csl)
        self.year = claim.year or 0
        self.raw = terms.words(claim.raw)
        self._title = set(self.title)
        self._said = {
            *self.title,
            *self.raw,
            *(word for name in self.people for word in name.split()),
        }

    def fits(self, csl: Csl) -> bool:
        """Most of the record's title, and one of its people, are in the claim, and most of the claim's title in the record."""
        title = set(terms.words(str(csl.get("title") or "")))
        if not title or len(title & self._said) < 0.8 * len(title):
            return False
        if self._title and len(title & self._title) < 0.6 * len(self._title):
            return False
        people = terms.families(csl)
        if people and not any(terms.last_word(name) in self._said for name in people):
            return False
        year = year_of(csl)
        return len(title) > 2 or not self.year or year is None or abs(year - self.year) <= 1

    def fits_place(self, csl: Csl) -> bool:
        """A record with the claim's volume and page fits if its first author and its year are in the claim too."""
        people = terms.families(csl, 1)
        year = year_of(csl)
        return (
            bool(people)
            and terms.last_word(people[0]) in self._said
            and year is not None
            and (year == self.year or str(year) in self._said)
        )
