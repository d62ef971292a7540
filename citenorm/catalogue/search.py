"""A catalogue on disk, opened for questions: candidates for claims, records by identifier, versions of a record."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from ..errors import CatalogueError
from ..jsontext import loads
from ..model import Claim, Record
from . import layout, terms
from .coverage import Coverage
from .damage import guarded
from .index import open_index
from .query import Asked, Asker
from .records import RecordFile

if TYPE_CHECKING:
    import tantivy


_AT_ONCE = 200

CHECKED = 2 * 1024 * 1024
"""Bytes of the smallest files that are held against their checksums whenever a catalogue is opened (some milliseconds); ``verify`` reads all."""


class Catalogue:
    """One generation of a catalogue, as it was when it was opened; a later build or change does not touch it."""

    def __init__(
        self, path: Path, manifest: layout.Manifest, index: tantivy.Index, records: RecordFile
    ) -> None:
        import tantivy

        self.path = path
        self._manifest = manifest
        self._index, self._records = index, records
        self._schema, self._searcher = index.schema, index.searcher()
        self._query = tantivy.Query
        self._asker = Asker(self._schema, self._searcher)

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> Catalogue:
        """Open the catalogue in a directory; CatalogueError where it is missing, damaged or of another format version."""
        folder = Path(path)
        for last in (False, False, True):
            manifest = layout.read_manifest(folder)
            home = manifest.folder(folder)
            try:
                return cls._open(folder, manifest, home)
            except (CatalogueError, OSError) as error:
                # A writer may have put a newer generation in force, and removed this one, since the pointer was read.
                if last or layout.current(folder) == manifest.generation:
                    if isinstance(error, CatalogueError):
                        raise
                    raise CatalogueError(
                        f"{folder}: {error.strerror or error}: the catalogue is damaged, build it again"
                    ) from None
        raise AssertionError("unreachable")

    @classmethod
    def _open(cls, folder: Path, manifest: layout.Manifest, home: Path) -> Catalogue:
        left = CHECKED
        for name, (size, crc) in sorted(manifest.files.items(), key=lambda file: file[1][0]):
            found = (home / name).stat().st_size if os.path.exists(home / name) else -1
            state = "is missing" if found < 0 else f"has {found} bytes instead of {size}"
            if found == size:
                left -= size
                state = "" if left < 0 or layout.checksum(home / name)[1] == crc else "is changed"
            if state:
                raise CatalogueError(
                    f"{home / name} {state}: the catalogue is damaged, build it again"
                )
        records = home / "records"
        if not records.exists() or records.stat().st_size < manifest.length:
            raise CatalogueError(
                f"{records} is missing or cut off: the catalogue is damaged, build it again"
            )
        return cls(
            folder, manifest, open_index(home / "index"), RecordFile(records, manifest.length)
        )

    # ------------------------------------------------------------------ questions
    @guarded
    def candidates(
        self, claim: Claim, limit: int = 10, *, without: Collection[str] = ()
    ) -> list[Record]:
        """The records most likely meant by a claim, best first.

        Asked in turn: identifiers, title, volume and page, rare words; no further once a record fits.  ``without``: ids of
        records that are not to be found, as if the catalogue did not hold them.
        """
        if without:
            limit += len(without)
        asker, asked = self._asker, Asked(claim)
        loaded: dict[int, Record] = {}

        def load(places: Iterable[int]) -> list[Record]:
            return [
                loaded.get(place) or loaded.setdefault(place, self._record(place))
                for place in places
            ]

        def held(places: list[int]) -> list[int]:
            return [p for p in places if load([p])[0].id not in without] if without else places

        def fits(places: list[int]) -> bool:
            return any(asked.fits(record.csl) for record in load(places[:2]))

        found = held(asker.by_keys(terms.identifiers(claim.csl), limit))
        done = fits(found)
        if not done:
            titled = held(asker.by_title(asked, limit))
            found, done = found + titled, fits(titled)
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
        manifest = self._manifest
        index = sum(size for size, _ in manifest.files.values())
        return {
            "path": str(self.path), "format": manifest.format, "generation": manifest.generation, "records": manifest.records,
            "works": manifest.works, "bytes": index + manifest.length, "index_bytes": index, "record_bytes": manifest.length,
            "dead_records": manifest.dead, "segments": self._searcher.num_segments, "sources": dict(manifest.sources),
            **layout.read_note(self.path),
        }  # fmt: skip

    def __len__(self) -> int:
        return self._manifest.records

    @cached_property
    def coverage(self) -> Coverage:
        """How complete the catalogue is, by venue and year."""
        return Coverage.read(self._manifest.folder(self.path))

    # ------------------------------------------------------------------ places
    @guarded
    def places(self, keys: Iterable[str], limit: int) -> list[int]:
        """Places of the records that have one of these exact keys, best first."""
        return self._asker.by_keys(list(keys), limit)

    def place(self, ident: str) -> int | None:
        """The place of the record with an id, None if there is none."""
        found = self.places([f"#:{ident}"], 1)
        return found[0] if found else None

    def members(self, place: int) -> list[int]:
        """Places of all records of the work that the record at ``place`` is in; empty where it is its only one."""
        hits = self._searcher.search(
            self._query.term_query(self._schema, "member", place, "basic"), 1, False
        ).hits
        return sorted(self._searcher.doc(hits[0][1]).get_all("member")) if hits else []

    def works(self) -> Iterator[list[dict[str, Any]]]:
        """Every work as the list of its CSL items, in the order of their first records."""
        for place, line in self._records.places():
            members = self.members(place)
            if not members and self._in_force(place):
                yield [loads(line)]
            elif members and members[0] == place:
                yield [self.item(member) for member in members]

    def _in_force(self, place: int) -> bool:
        """False for a record that was replaced or removed."""
        alone = self._query.term_query(self._schema, "at", place, "basic")
        return not self._manifest.dead or bool(self._searcher.search(alone, 1, False).hits)

    def line(self, place: int) -> bytes:
        """The line of JSON at a place."""
        return self._records.line(place)

    def item(self, place: int) -> dict[str, Any]:
        """The CSL item at a place."""
        return self._records.item(place)

    def _record(self, place: int) -> Record:
        csl = self._records.item(place)
        ident = csl["id"]
        return Record(ident, csl, ident.partition(":")[0])

    # ------------------------------------------------------------------ state
    def close(self) -> None:
        self._records.close()

    def __enter__(self) -> Catalogue:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
