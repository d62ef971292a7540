"""A catalogue on disk, opened for questions: candidates for claims, records by identifier, versions of a record."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from ..closing import Closing
from ..jsontext import loads
from ..model import Claim, Record
from . import layout, terms
from .coverage import Coverage
from .damage import guarded
from .piece import Piece, check_shards, open_piece
from .query import SHARD, Asked, Asker

_AT_ONCE = 200
_WITHIN = (1 << SHARD) - 1
_KEPT = 2048
"""So many records are kept as they were read: the versions of a work are asked for after its candidates, and works are cited again."""


class Catalogue(Closing):
    """One generation of a catalogue, as it was when it was opened; a later build or change does not touch it.

    It may be in several shards, which answer as if they were one.
    """

    def __init__(self, path: Path, pieces: Sequence[Piece]) -> None:
        import tantivy

        self.path = path
        self._pieces = tuple(pieces)
        self._schema = pieces[0].index.schema
        self._query = tantivy.Query
        self._asker = Asker(self._schema, [piece.searcher for piece in pieces])
        self._read: dict[int, Record] = {}
        self._where: dict[str, int] = {}

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> Catalogue:
        """Open the catalogue in a directory, all its shards where it has several; CatalogueError where it is missing, damaged or of another format version."""
        folder = Path(path)
        return cls._of(folder, layout.parts(folder))

    @classmethod
    def open_all(cls, paths: Iterable[str | os.PathLike[str]]) -> list[Catalogue]:
        """Open several catalogues, in order, each once; folders that are shards of one catalogue are opened as one, at the place of the first."""
        groups: dict[object, list[Path]] = {}
        for path in dict.fromkeys(map(Path, paths)):
            whole = layout.parts(path) != [path]
            shard = () if whole else layout.read_manifest(path).shard
            groups.setdefault(shard[1:] or path, []).append(path)
        return [cls.open(g[0]) if len(g) == 1 else cls._of(g[0].parent, g) for g in groups.values()]

    @classmethod
    def _of(cls, path: Path, folders: Sequence[Path]) -> Catalogue:
        pieces = [open_piece(folder) for folder in folders]
        check_shards(path, [piece.manifest for piece in pieces])
        return cls(path, sorted(pieces, key=lambda piece: piece.manifest.shard))

    # ------------------------------------------------------------------ questions
    @guarded
    def candidates(
        self, claim: Claim, limit: int = 10, *, without: Collection[str] = ()
    ) -> list[Record]:
        """The records most likely meant by a claim, best first.

        Asked in turn: identifiers, title, volume and page, rare words; of pages and words no more once a record fits.  Who has an identifier
        need not be linked with those that have the title.  ``without``: ids of records that are not to be found, as if the catalogue
        did not hold them.
        """
        if without:
            limit += len(without)
        asker, asked, load = self._asker, Asked(claim), self._load

        def held(places: list[int]) -> list[int]:
            return [p for p in places if load([p])[0].id not in without] if without else places

        def fits(places: list[int]) -> bool:
            return any(asked.fits(record.csl) for record in load(places[:2]))

        found = held(asker.by_keys(terms.identifiers(claim.csl), limit))
        done = fits(found)
        titled = held(asker.by_title(asked, limit))
        found, done = found + titled, done or fits(titled)
        if not done:
            paged = held(asker.by_pages(asked, limit))
            done = any(asked.fits_place(record.csl) for record in load(paged[:2]))
            found += paged if done else paged[:2] if claim.title else []
        if not done:
            found += held(asker.by_words(asked, limit))
        return load(list(dict.fromkeys(found))[: limit - len(without)])

    @guarded
    def candidates_many(self, claims: Sequence[Claim], limit: int = 10) -> list[list[Record]]:
        """``candidates`` for every claim, in order."""
        return [self.candidates(claim, limit) for claim in claims]

    @guarded
    def get(self, ids: Iterable[str]) -> list[Record]:
        """The records with these ids, in this order; ids that are not there are left out."""
        wanted = list(ids)
        found: dict[str, Record] = {}
        for start in range(0, len(wanted), _AT_ONCE):
            keys = [f"#:{ident}" for ident in wanted[start : start + _AT_ONCE]]
            for place in self.places(keys, len(keys)):
                record = self._record(place)
                found[record.id] = record
        return [found[ident] for ident in wanted if ident in found]

    def lookup(self, kind: str, value: str, limit: int = 100) -> list[Record]:
        """Records by an exact key: ``doi arxiv isbn pmid acl openreview dblp id``, or ``title`` (folded)."""
        key = terms.key_of(kind, value)
        return [self._record(place) for place in sorted(self.places([key], limit))] if key else []

    @guarded
    def versions(self, record: Record) -> list[Record]:
        """The other records of the same work."""
        mine = self.place(record.id)
        return (
            [self._record(place) for place in self.members(mine) if place != mine]
            if mine is not None
            else []
        )

    @guarded
    def info(self) -> dict[str, Any]:
        """What the catalogue holds: records, works of several records, bytes, what it was built from."""
        told = [piece.manifest for piece in self._pieces]
        index = sum(size for manifest in told for size, _ in manifest.files.values())
        length = sum(manifest.length for manifest in told)
        sources: Counter[str] = Counter()
        for manifest in told:
            sources.update(manifest.sources)
        return {
            "path": str(self.path), "format": told[0].format, "generation": " ".join(m.generation for m in told), "records": len(self),
            "works": sum(m.works for m in told), "bytes": index + length, "index_bytes": index, "record_bytes": length,
            "dead_records": sum(m.dead for m in told), "segments": sum(piece.searcher.num_segments for piece in self._pieces),
            "sources": dict(sources), **({"shards": len(told)} if len(told) > 1 else {}), **layout.read_note(self.path),
        }  # fmt: skip

    def __len__(self) -> int:
        return sum(piece.manifest.records for piece in self._pieces)

    @cached_property
    def coverage(self) -> Coverage:
        """How complete the catalogue is, by venue and year."""
        return Coverage.read(self._pieces[0].home)

    # ------------------------------------------------------------------ places
    @guarded
    def places(self, keys: Iterable[str], limit: int) -> list[int]:
        """Places of the records that have one of these exact keys, best first."""
        return self._asker.by_keys(list(keys), limit)

    def place(self, ident: str) -> int | None:
        """The place of the record with an id, None if there is none."""
        known = self._where.get(ident)
        if known is not None:
            return known
        found = self.places([f"#:{ident}"], 1)
        return found[0] if found else None

    def members(self, place: int) -> list[int]:
        """Places of all records of the work that the record at ``place`` is in; empty where it is its only one."""
        if len(self._pieces) == 1:
            return self.linked(place)
        from .shards import members

        return members(self, place)

    def linked(self, place: int) -> list[int]:
        """Places of the records that were linked with one when its catalogue or shard was built, and its own; mostly none."""
        number, searcher = self.shard_at(place), self._pieces[self.shard_at(place)].searcher
        asked = self._query.term_query(self._schema, "member", place & _WITHIN, "basic")
        hits = searcher.search(asked, 1, False).hits
        found = searcher.doc(hits[0][1]).get_all("member") if hits else []
        return sorted(number << SHARD | member for member in found)

    def stated(self, place: int) -> list[str]:
        """Keys of records in other shards that a source states to be versions of the record at ``place``."""
        return self._stated[self.shard_at(place)].get(place & _WITHIN, [])

    @cached_property
    def _stated(self) -> list[dict[int, list[str]]]:
        from .shards import read_stated

        return [read_stated(piece.home) for piece in self._pieces]

    @staticmethod
    def shard_at(place: int) -> int:
        """In which shard a place is, counted from 0."""
        return place >> SHARD

    def records(self) -> Iterator[tuple[int, bytes]]:
        """Every record's place and line of JSON, those replaced or removed among them."""
        for number, piece in enumerate(self._pieces):
            yield from ((number << SHARD | at, line) for at, line in piece.records.places())

    def works(self) -> Iterator[list[dict[str, Any]]]:
        """Every work as the list of its CSL items, in the order of their first records."""
        for place, line in self.records():
            if not self._in_force(place):
                continue
            members = self.members(place) or [place]
            if len(members) == 1:
                yield [loads(line)]
            elif members[0] == place:
                yield [self.item(member) for member in members]

    def _in_force(self, place: int) -> bool:
        """False for a record that was replaced or removed."""
        piece = self._pieces[self.shard_at(place)]
        alone = self._query.term_query(self._schema, "at", place & _WITHIN, "basic")
        return not piece.manifest.dead or bool(piece.searcher.search(alone, 1, False).hits)

    def line(self, place: int) -> bytes:
        """The line of JSON at a place."""
        return self._pieces[self.shard_at(place)].records.line(place & _WITHIN)

    def item(self, place: int) -> dict[str, Any]:
        """The CSL item at a place."""
        return self._pieces[self.shard_at(place)].records.item(place & _WITHIN)

    def _record(self, place: int) -> Record:
        known = self._read.get(place)
        if known is not None:
            return known
        if len(self._read) >= _KEPT:
            self._read.clear()
            self._where.clear()
        csl = self.item(place)
        ident = csl["id"]
        record = self._read[place] = Record.unchecked(
            ident, csl, ident.partition(":")[0]
        )  # a catalogue is made of sound items
        self._where[record.id] = place
        return record

    def _load(self, places: Iterable[int]) -> list[Record]:
        return [self._record(place) for place in places]

    # ------------------------------------------------------------------ state
    def close(self) -> None:
        for piece in self._pieces:
            piece.records.close()
