"""A catalogue over records by columns: the same questions as ``Catalogue``, asked of an index of keys and words.

Two indexes answer: ``held.Held`` (a few thousand works, in memory, made when it is first asked) and ``mapped.Mapped`` (hundreds
of thousands, arrays on disk).  Records of one work stand side by side; words lead to works, keys to records.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from math import log
from pathlib import Path
from typing import Any, Protocol

from ..closing import Closing
from ..errors import CatalogueError
from ..model import Claim, Record
from . import terms
from .columns import Header
from .coverage import Coverage
from .query import Asked, page_keys, terms_said, title_keys

POSTINGS = 200_000
"""So many postings a question by words may touch, rarest words first."""
WORDS = 24
_LEAST = 3
_PAGED = 64


class Index(Protocol):
    """What records are found by.  A row is the number of a record, counted from 0."""

    header: Header

    def rows(self, key: str) -> Sequence[int]:
        """Rows with an exact key: ``#:ID``, ``d:DOI``, ``a:ARXIV``, ``acl:…``, ``t:TITLE``, ``u:TITLE/FAMILY``, ``m:MAIN PART``, ``v:VOLUME:PAGE``."""

    def frequency(self, word: str) -> int:
        """In how many works a word stands."""

    def best(self, words: Sequence[tuple[str, float]], limit: int) -> list[int]:
        """First rows of the works that have most of these words (by weight), best first."""

    def work(self, row: int) -> range:
        """The rows of the work that a row belongs to."""

    def item(self, row: int) -> dict[str, Any]:
        """The CSL item of a row."""

    def close(self) -> None: ...


class ColumnarCatalogue(Closing):
    """Answers like ``Catalogue``; ``path`` is what messages call it, ``coverage_file`` its table of venues and years."""

    def __init__(self, index: Index, path: str, coverage_file: Path | None = None) -> None:
        self.path = path
        self._index = index
        self._coverage_file = coverage_file
        self._records: dict[int, Record] = {}

    # ------------------------------------------------------------------ questions
    def candidates(
        self, claim: Claim, limit: int = 10, *, without: Collection[str] = ()
    ) -> list[Record]:
        """The records most likely meant by a claim, best first; ``without``: ids that are not to be found.

        Asked in turn: identifiers, title, volume and page, words; of pages and words no more once a record fits.
        """
        asked = Asked(claim)
        found: list[int] = []
        fits = False
        for ask in (self._by_identifiers, self._by_title, self._by_pages, self._by_words):
            if fits and ask != self._by_title:
                break
            rows = [r for r in ask(asked, limit) if not without or self._at(r).id not in without]
            found += rows
            fits = fits or any(self._fits(asked, row, ask == self._by_pages) for row in rows[:2])
        return [self._at(row) for row in list(dict.fromkeys(found))[:limit]]

    def _fits(self, asked: Asked, row: int, by_page: bool) -> bool:
        csl = self._at(row).csl
        return asked.fits_place(csl) if by_page else asked.fits(csl)

    def _by_identifiers(self, asked: Asked, limit: int) -> list[int]:
        return self._most(terms.identifiers(asked.claim.csl))[:limit]

    def _by_title(self, asked: Asked, limit: int) -> list[int]:
        firsts = self._most(title_keys(asked))[:limit]
        return [row for first in firsts for row in self._index.work(first)][:limit]

    def _most(self, keys: Sequence[str]) -> list[int]:
        """Rows that have one of the keys, those that have most of them first."""
        counts = Counter(row for key in keys for row in self._index.rows(key))
        return sorted(counts, key=lambda row: (-counts[row], row))

    def _by_pages(self, asked: Asked, limit: int) -> list[int]:
        rows = [row for key in page_keys(asked) for row in self._index.rows(key)[:_PAGED]]
        said = {word for name in asked.people for word in name.split()} | set(asked.raw)

        def shared(row: int) -> int:
            record = self._at(row)
            people = sum(name in said for name in terms.families(record.csl, 8))
            return people + (record.year is not None and record.year == asked.year)

        ranked = sorted(dict.fromkeys(rows), key=lambda row: (-shared(row), row))
        return ranked[:limit]

    def _by_words(self, asked: Asked, limit: int) -> list[int]:
        known = sorted(
            (frequency, word)
            for word in dict.fromkeys(terms_said(asked))
            if "_" not in word and (frequency := self._index.frequency(word))
        )
        total, spent = self._index.header.works, 0
        wanted: list[tuple[str, float]] = []
        for frequency, word in known[:WORDS]:
            spent += frequency
            if spent > POSTINGS and len(wanted) >= _LEAST:
                break
            wanted.append((word, log(1 + (total - frequency + 0.5) / (frequency + 0.5))))
        firsts = self._index.best(wanted, limit) if wanted else []
        return [row for first in firsts for row in self._index.work(first)][:limit]

    def candidates_many(self, claims: Sequence[Claim], limit: int = 10) -> list[list[Record]]:
        """``candidates`` for every claim, in order."""
        return [self.candidates(claim, limit) for claim in claims]

    def get(self, ids: Iterable[str]) -> list[Record]:
        """The records with these ids, in this order; ids that are not there are left out."""
        return [
            record
            for ident in ids
            for row in self._index.rows(f"#:{ident}")
            if (record := self._at(row)).id == ident
        ]

    def lookup(self, kind: str, value: str, limit: int = 100) -> list[Record]:
        """Records by an exact key: ``doi arxiv isbn pmid acl openreview dblp id``, or ``title`` (folded)."""
        key = f"t:{''.join(terms.words(value))}" if kind == "title" else terms.key_of(kind, value)
        return [self._at(row) for row in self._index.rows(key)[:limit]] if len(key) > 2 else []

    def versions(self, record: Record) -> list[Record]:
        """The other records of the same work."""
        for row in self._index.rows(f"#:{record.id}"):
            if self._at(row).id == record.id:
                return [self._at(other) for other in self._index.work(row) if other != row]
        return []

    def info(self) -> dict[str, Any]:
        """What the catalogue holds; ``made`` is the day (ISO 8601) its data were put together."""
        header = self._index.header
        return {
            "path": self.path, "name": header.name, "made": header.made, "records": header.records,
            "works": header.works, "sources": dict(header.sources),
        }  # fmt: skip

    def __len__(self) -> int:
        return self._index.header.records

    @cached_property
    def coverage(self) -> Coverage | None:
        """How complete the catalogue is, by venue and year; None where nothing is known of it."""
        if self._coverage_file is None:
            return None
        try:
            return Coverage(json.loads(self._coverage_file.read_text(encoding="utf-8")))
        except (OSError, ValueError) as error:
            raise CatalogueError(f"{self._coverage_file}: {error}: install it again") from None

    def _at(self, row: int) -> Record:
        found = self._records.get(row)
        if found is None:
            if len(self._records) > 20_000:
                self._records.clear()
            found = self._records[row] = Record.from_csl(self._index.item(row))
        return found

    # ------------------------------------------------------------------ state
    def close(self) -> None:
        self._index.close()


__all__ = ["ColumnarCatalogue", "Index"]
