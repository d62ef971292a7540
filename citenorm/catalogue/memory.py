"""A few thousand records held in memory, with the questions of a catalogue: what the built-in one is."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from importlib import resources
from itertools import combinations
from typing import TYPE_CHECKING, Any

from ..closing import Closing
from ..model import Claim, Record
from . import terms

if TYPE_CHECKING:
    from .columnar import ColumnarCatalogue


class MemoryCatalogue(Closing):
    """Answers like ``Catalogue`` over records that fit in memory; what is not asked for is not computed."""

    def __init__(self, records: Iterable[Record], name: str = "memory") -> None:
        self.path = name
        self.records = tuple({record.id: record for record in records}.values())
        self._keys: dict[str, list[int]] = {}
        self._words: dict[str, list[tuple[int, int]]] = {}
        self._lengths: list[int] = []
        self._works: dict[int, list[int]] | None = None
        for number, record in enumerate(self.records):
            seen = terms.see(record.csl)
            for key in terms.keys_of(seen):
                self._keys.setdefault(key, []).append(number)
            counts: dict[str, int] = {}
            words = terms.text_of(seen).split()
            for word in words:
                counts[word] = counts.get(word, 0) + 1
            for word, count in counts.items():
                self._words.setdefault(word, []).append((number, count))
            self._lengths.append(len(words))
        self._mean = sum(self._lengths) / len(self._lengths) if self._lengths else 1.0

    def candidates(self, claim: Claim, limit: int = 10) -> list[Record]:
        """The records most likely meant by a claim, best first."""
        csl, found = claim.csl, list[int]()
        for key in [*terms.identifiers(csl), *self._title_keys(claim)]:
            found += self._keys.get(key, ())
        if csl.get("volume") and csl.get("page"):
            found += self._keys.get(terms.page_key(csl["volume"], csl["page"]), ())
        text = f"{claim.title} {' '.join(terms.families(csl))} {claim.year or ''} {claim.raw}"
        found += self._by_words(list(dict.fromkeys(terms.words(text))), limit)
        return [self.records[number] for number in list(dict.fromkeys(found))[:limit]]

    def candidates_many(self, claims: Sequence[Claim], limit: int = 10) -> list[list[Record]]:
        """``candidates`` for every claim, in order."""
        return [self.candidates(claim, limit) for claim in claims]

    def _title_keys(self, claim: Claim) -> list[str]:
        first = next(iter(terms.families(claim.csl, 1)), "")
        keys = (
            terms.title_author_key(claim.title, first),
            terms.title_key(claim.title),
            terms.main_key(claim.title),
        )
        return [key for key in keys if len(key) > 2]

    def _by_words(self, words: list[str], limit: int) -> list[int]:
        """BM25 over the words (k1 = 1.2, b = 0.75)."""
        scores: dict[int, float] = {}
        total = len(self.records)
        for word in words:
            holders = self._words.get(word)
            if not holders:
                continue
            weight = math.log(1 + (total - len(holders) + 0.5) / (len(holders) + 0.5))
            for number, count in holders:
                norm = 1.2 * (0.25 + 0.75 * self._lengths[number] / self._mean)
                scores[number] = scores.get(number, 0.0) + weight * 2.2 * count / (count + norm)
        return sorted(scores, key=lambda number: (-scores[number], number))[:limit]

    def get(self, ids: Iterable[str]) -> list[Record]:
        """The records with these ids, in this order; ids that are not there are left out."""
        return [
            self.records[number] for ident in ids for number in self._keys.get(f"#:{ident}", ())
        ]

    def lookup(self, kind: str, value: str, limit: int = 100) -> list[Record]:
        """Records by an exact key: ``doi arxiv isbn pmid acl openreview dblp id``, or ``title`` (folded)."""
        return [
            self.records[number] for number in self._keys.get(terms.key_of(kind, value), ())[:limit]
        ]

    def versions(self, record: Record) -> list[Record]:
        """The other records of the same work."""
        numbers = self._keys.get(f"#:{record.id}", ())
        if not numbers:
            return []
        mine = numbers[0]
        return [self.records[number] for number in self._linked().get(mine, ()) if number != mine]

    def _linked(self) -> dict[int, list[int]]:
        if self._works is None:
            from .link import Traits, traits, why_same

            seen: dict[int, Traits] = {}
            parent = list(range(len(self.records)))

            def top(i: int) -> int:
                while parent[i] != i:
                    i = parent[i]
                return i

            def trait(i: int) -> Traits:
                return seen.get(i) or seen.setdefault(i, traits(self.records[i].csl))

            blocks: dict[str, list[int]] = {}
            for key, holders in self._keys.items():
                shared = key[1:] if key[:1] == "r" else "t:" + key[2:] if key[:2] == "m:" else key
                if shared[:2] in ("t:", "d:", "a:", "#:"):
                    blocks.setdefault(shared, []).extend(holders)
            for holders in blocks.values():
                for i, j in combinations(sorted(set(holders)), 2):
                    if top(i) != top(j) and why_same(trait(i), trait(j)):
                        parent[max(top(i), top(j))] = min(top(i), top(j))
            works: dict[int, list[int]] = {}
            for i in range(len(self.records)):
                works.setdefault(top(i), []).append(i)
            self._works = {
                i: members for members in works.values() if len(members) > 1 for i in members
            }
        return self._works

    def info(self) -> dict[str, Any]:
        """What the catalogue holds."""
        return {
            "path": str(self.path),
            "records": len(self.records),
            "works": len({m[0] for m in self._linked().values()}),
        }

    def __len__(self) -> int:
        return len(self.records)

    def close(self) -> None:
        """Nothing is held open."""


def starter() -> ColumnarCatalogue:
    """The catalogue that comes with citenorm: some thousand works that are often cited."""
    from .columnar import ColumnarCatalogue
    from .columns import Packed
    from .held import Held

    file = resources.files("citenorm") / "data" / "starter.columns"
    return ColumnarCatalogue(Held(Packed("starter.columns", file.read_bytes())), "starter")
