"""From a claim to the places of the records that it may mean."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..model import Claim
from . import terms

if TYPE_CHECKING:
    import tantivy

RARE = 8
"""So many of a claim's rarest words are asked for at first."""

_KNOWN = 200_000
_NUMBER = re.compile(r"\d+")


class Asker:
    """Asks an index; keeps how frequent words are in it."""

    def __init__(self, schema: tantivy.Schema, searcher: tantivy.Searcher) -> None:
        import tantivy

        self._schema, self._searcher = schema, searcher
        self._term = tantivy.Query.term_query
        self._any = tantivy.Query.boolean_query
        self._should = tantivy.Occur.Should
        self._frequency: dict[str, int] = {}

    def found(self, query: tantivy.Query, limit: int) -> list[int]:
        """Places of the best documents for a query, best first; equal scores in order of place."""
        hits = self._searcher.search(query, limit, False).hits
        if not hits:
            return []
        places = self._searcher.fast_field_values("at", [address for _, address in hits])
        ranked = sorted((-score, int(place)) for (score, _), place in zip(hits, places, strict=True) if place is not None)
        return [place for _, place in ranked]

    def frequency(self, word: str) -> int:
        """In how many records a word stands."""
        known = self._frequency.get(word)
        if known is None:
            if len(self._frequency) >= _KNOWN:
                self._frequency.clear()
            known = self._frequency[word] = self._searcher.doc_freq("text", word)
        return known

    def places(self, claim: Claim, limit: int) -> list[int]:
        """Places of candidates: by identifier, by title, by volume and page, by words."""
        csl, found = claim.csl, []
        keys = terms.identifiers(csl)
        if keys:
            found += self.by_keys(keys, limit)
        title = claim.title
        if title:
            first = next(iter(terms.families(csl, 1)), "")
            keys = [key for key in (terms.title_key(title), terms.title_author_key(title, first)) if key]
            found += self.by_keys(keys, limit)
        if csl.get("volume") and csl.get("page"):
            key = terms.page_key(csl["volume"], csl["page"])
            if key:
                found += self.by_keys([key], limit)
        words = dict.fromkeys(terms.words(f"{title} {' '.join(terms.families(csl))} {claim.year or ''} {claim.raw}"))
        rare = sorted((frequency, word) for word in words if (frequency := self.frequency(word)))
        found += self.by_words([word for _, word in rare[:RARE]], limit)
        return list(dict.fromkeys(found))[:limit]

    def by_keys(self, keys: list[str], limit: int) -> list[int]:
        return self.found(self._any([(self._should, self._term(self._schema, "key", key, "basic")) for key in keys]), limit)

    def by_words(self, words: list[str], limit: int) -> list[int]:
        if not words:
            return []
        return self.found(self._any([(self._should, self._term(self._schema, "text", word, "freq")) for word in words]), limit)
