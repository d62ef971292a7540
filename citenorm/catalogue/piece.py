"""One piece of a catalogue (mostly the only one) on disk in, its index and records open out."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import CatalogueError
from . import layout
from .index import open_index
from .records import RecordFile

if TYPE_CHECKING:
    import tantivy

CHECKED = 2 * 1024 * 1024
"""Bytes of the smallest files that are held against their checksums whenever a catalogue is opened (some milliseconds); ``verify`` reads all."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A catalogue of one piece, or a shard: the generation that was in use when it was opened."""

    folder: Path
    manifest: layout.Manifest
    index: tantivy.Index
    searcher: tantivy.Searcher
    records: RecordFile

    @property
    def home(self) -> Path:
        """The folder of the generation."""
        return self.manifest.folder(self.folder)


def open_piece(folder: Path) -> Piece:
    """Open what a folder holds; CatalogueError where it is missing, damaged or of another format version."""
    for last in (False, False, True):
        manifest = layout.read_manifest(folder)
        try:
            return _opened(folder, manifest, manifest.folder(folder))
        except (CatalogueError, OSError) as error:
            # A writer may have put a newer generation in force, and removed this one, since the pointer was read.
            if last or layout.current(folder) == manifest.generation:
                if isinstance(error, CatalogueError):
                    raise
                raise CatalogueError(
                    f"{folder}: {error.strerror or error}: the catalogue is damaged, build it again"
                ) from None
    raise AssertionError("unreachable")


def _opened(folder: Path, manifest: layout.Manifest, home: Path) -> Piece:
    left = CHECKED
    for name, (size, crc) in sorted(manifest.files.items(), key=lambda file: file[1][0]):
        found = (home / name).stat().st_size if os.path.exists(home / name) else -1
        state = "is missing" if found < 0 else f"has {found} bytes instead of {size}"
        if found == size:
            left -= size
            state = "" if left < 0 or layout.checksum(home / name)[1] == crc else "is changed"
        if state:
            raise CatalogueError(f"{home / name} {state}: the catalogue is damaged, build it again")
    records = home / "records"
    if not records.exists() or records.stat().st_size < manifest.length:
        raise CatalogueError(
            f"{records} is missing or cut off: the catalogue is damaged, build it again"
        )
    index = open_index(home / "index")
    return Piece(folder, manifest, index, index.searcher(), RecordFile(records, manifest.length))


def check_shards(name: object, manifests: Sequence[layout.Manifest]) -> None:
    """Raise CatalogueError where shards are not all of one catalogue, made of the same records."""
    shards = [layout.Shard(*manifest.shard) for manifest in manifests if manifest.shard]
    if len(manifests) == 1 and not shards:
        return
    if len(shards) < len(manifests) or {s.number for s in shards} != {*range(1, shards[0].of + 1)}:
        there = ", ".join(str(shard.number) for shard in sorted(shards))
        raise CatalogueError(f"{name}: of {shards[0].of} shards only {there} are named: name all, or their folder")  # fmt: skip
    first = shards[0]
    for shard in shards[1:]:
        if shard[1:] != first[1:]:
            raise CatalogueError(
                f"{name}: shards {first.number} and {shard.number} were made of other records: build them again"
            )
    held = sum(manifest.records + manifest.dead for manifest in manifests)
    if held != first.read:
        raise CatalogueError(
            f"{name}: the shards hold {held:,} records of {first.read:,}: they were made by several versions of citenorm, build them again"
        )
