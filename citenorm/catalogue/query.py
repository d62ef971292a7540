"""From a claim to the places of the records that it may mean: exact keys first, then its rarest words and pairs of words.

How much of the index a question may touch is bounded by a budget of postings, spent on the rarest terms first; rare
is what the index itself says.  So the time of a question hardly grows with the catalogue.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from ..model import Claim, Csl, year_of
from . import terms

if TYPE_CHECKING:
    import tantivy

NARROW = 10_000
"""Postings that the first question by words may touch: enough for most (measured, see the benchmark)."""

WIDE = 100_000
"""The same for the second question, asked of all words where nothing found so far fits, in a catalogue of ``_TYPICAL`` records."""

SURE = 20_000
"""The same for the second question where the claim has a title to go by: of those it finds hardly more (measured)."""

_TYPICAL = 1_250_000
_LEAST = 3
_SAYING = 4
_HELPING = 8
_MOST = 64
_KNOWN = 100_000
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_NUMBER = re.compile(r"[A-Za-z]{0,2}\d{1,7}")


class Asker:
    """Asks an index; keeps how frequent terms are in it."""

    def __init__(self, schema: tantivy.Schema, searcher: tantivy.Searcher) -> None:
        import tantivy

        self._schema, self._searcher = schema, searcher
        self._term = tantivy.Query.term_query
        self._boolean = tantivy.Query.boolean_query
        self._should, self._must = tantivy.Occur.Should, tantivy.Occur.Must
        self._frequency: dict[str, int] = {}
        self._wide = int(WIDE * max(1.0, searcher.num_docs / _TYPICAL) ** 0.5)

    def found(self, query: tantivy.Query, limit: int) -> list[int]:
        """Places of the best documents for a query, best first; equal scores in order of place."""
        hits = self._searcher.search(query, limit, False).hits
        if not hits:
            return []
        read = self._searcher.doc
        ranked = sorted((-score, place) for score, address in hits if (place := read(address).get_first("at")) is not None)
        return [place for _, place in ranked]

    def by_keys(self, keys: list[str], limit: int) -> list[int]:
        """Records that have one of these exact keys, those that have most of them first."""
        if not keys:
            return []
        if len(keys) == 1:
            return self.found(self._term(self._schema, "key", keys[0], "basic"), limit)
        return self.found(self._boolean([(self._should, self._term(self._schema, "key", key, "basic")) for key in keys]), limit)

    def by_title(self, claim: Claim, limit: int) -> list[int]:
        """Records with the claim's title, whole or before its colon, those with its first author first."""
        title = claim.title
        keys = [terms.title_key(title), terms.main_key(title)] if title else []
        if not keys or not keys[0]:
            return []
        main = terms.main_part(title)
        if len(main) >= 16:
            keys.append(terms.title_key(main))
        people = terms.families(claim.csl, 1)
        if people:
            keys.append(terms.title_author_key(title, people[0]))
        return self.by_keys([key for key in keys if key], limit)

    def by_pages(self, claim: Claim, limit: int) -> list[int]:
        """Records with the claim's volume and first page, those that share its people and year first."""
        csl = claim.csl
        if csl.get("volume") and csl.get("page"):
            keys = [terms.page_key(csl["volume"], csl["page"])]
        elif claim.raw and not claim.title:
            numbers = _NUMBER.findall(_YEAR.sub(" ", claim.raw))[:12]
            keys = [terms.page_key(a, b) for a, b in pairwise(numbers)]
        else:
            return []
        wanted = [(self._should, self._term(self._schema, "key", key, "basic")) for key in dict.fromkeys(keys) if key]
        if not wanted:
            return []
        people = terms.families(csl) or terms.words(claim.raw)
        known = sorted((count, word) for word in {word for name in people for word in name.split()} if (count := self.frequency(word)))
        names = [word for _, word in known[:_HELPING]] + ([str(claim.year)] if claim.year else [])
        helping = [(self._should, self._term(self._schema, "text", word, "freq")) for word in dict.fromkeys(names)]
        return self.found(self._boolean([(self._must, self._boolean(wanted)), *helping]), limit)

    def by_words(self, claim: Claim, limit: int, *, wide: bool = False) -> list[int]:
        """Records that share the claim's rarest words and pairs of words."""
        wanted: list[tuple[tantivy.Occur, tantivy.Query]] = []
        spent = 0
        budget = NARROW if not wide else self._wide if len(claim.title.split()) < _SAYING else SURE
        for frequency, term in self._rare(claim, wide=wide):
            spent += frequency
            if (spent > budget and len(wanted) >= _LEAST) or len(wanted) >= _MOST:
                break
            field, option = ("pair", "basic") if "_" in term else ("text", "freq")
            wanted.append((self._should, self._term(self._schema, field, term, option)))
        return self.found(self._boolean(wanted), limit) if wanted else []

    def _rare(self, claim: Claim, *, wide: bool) -> list[tuple[int, str]]:
        """The terms of a claim that the index knows, with their frequency, rarest first."""
        title, year = terms.words(claim.title), claim.year or 0
        people = terms.families(claim.csl)
        asked = [*title, *terms.pairs(title), *people, *terms.people_pairs(people, year)]
        if claim.raw and (wide or len(title) < _LEAST):
            raw = terms.words(claim.raw)
            asked += [*raw, *terms.pairs(raw)]
        elif year:
            asked.append(str(year))
        return sorted((frequency, term) for term in dict.fromkeys(asked) if (frequency := self.frequency(term)))

    def frequency(self, term: str) -> int:
        """In how many records a word or pair of words (joined by ``_``) stands."""
        known = self._frequency.get(term)
        if known is None:
            if len(self._frequency) >= _KNOWN:
                self._frequency.clear()
            known = self._frequency[term] = self._searcher.doc_freq("pair" if "_" in term else "text", term)
        return known


class Expected:
    """What a claim lets one expect of its record; tells whether a record fits well enough to look no further."""

    def __init__(self, claim: Claim) -> None:
        self._title = set(terms.words(claim.title))
        people = terms.families(claim.csl)
        self._said = {*self._title, *(word for name in people for word in name.split())}
        if claim.raw:
            self._said.update(terms.words(claim.raw))
        self._year = claim.year

    def fits(self, csl: Csl) -> bool:
        """Most of the record's title, and one of its people, are in the claim, and most of the claim's title in the record."""
        title = set(terms.words(str(csl.get("title") or "")))
        if not title or len(title & self._said) < 0.8 * len(title):
            return False
        if self._title and len(title & self._title) < 0.6 * len(self._title):
            return False
        people = terms.families(csl)
        if people and not any(name.split()[-1] in self._said for name in people):
            return False
        year = year_of(csl)
        return len(title) > 2 or self._year is None or year is None or abs(year - self._year) <= 1

    def fits_place(self, csl: Csl) -> bool:
        """A record with the claim's volume and page fits if its first author and its year are in the claim too."""
        people = terms.families(csl, 1)
        year = year_of(csl)
        return bool(people) and people[0].split()[-1] in self._said and year is not None and (year == self._year or str(year) in self._said)
