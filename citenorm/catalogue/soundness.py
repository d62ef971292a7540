"""A catalogue's directory in, what is wrong with its files and with its records out."""

from __future__ import annotations

import json
import os
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import CatalogueError
from . import layout
from .blemishes import blemishes
from .damage import guarded
from .index import open_index
from .records import RecordFile

SHOWN = 3
"""So many records are named of each kind of damaged value."""


@dataclass(slots=True)
class Soundness:
    """``damage``: a line for each thing wrong with the files, none for a sound catalogue; ``counts``, ``examples``: what values of its
    records look damaged in, how many records that is, and the first of them."""

    damage: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[str]] = field(default_factory=dict)

    @property
    def remarks(self) -> list[str]:
        """A line for each kind of damaged value, with some of the records that have it."""
        return [
            f"{what}: {count:,} record{'s' * (count != 1)}, as {'; '.join(self.examples[what])}"
            for what, count in sorted(self.counts.items())
        ]

    def note(self, item: dict[str, object]) -> None:
        for what, value in blemishes(item):
            self.counts[what] += 1
            shown = self.examples.setdefault(what, [])
            if len(shown) < SHOWN:
                shown.append(f"{item['id']} “{value[:80]}”")


def verify(path: str | os.PathLike[str]) -> list[str]:
    """Go through every byte of a catalogue; one line for each damage found, none for a sound one.

    Raises CatalogueError where there is no catalogue of this format version at all.
    """
    return inspect(path).damage


@guarded
def inspect(path: str | os.PathLike[str]) -> Soundness:
    """Go through every byte and every record of a catalogue: what is wrong with its files, and which values look damaged.

    Raises CatalogueError where there is no catalogue of this format version at all.
    """
    seen = Soundness()
    for folder in layout.parts(Path(path)):
        _inspected(folder, seen)
    return seen


def _inspected(folder: Path, seen: Soundness) -> None:
    manifest = layout.read_manifest(folder)
    home = manifest.folder(folder)
    found: list[str] = []
    for name, (size, crc) in sorted(manifest.files.items()):
        file = home / name
        if not file.exists():
            found.append(f"{file}: missing")
        elif (now := layout.checksum(file)) != [size, crc]:
            found.append(
                f"{file}: {'changed' if now[0] == size else f'{now[0]} bytes instead of {size}'}"
            )
    seen.damage += found or _records(home, manifest, seen)


def _records(home: Path, manifest: layout.Manifest, seen: Soundness) -> list[str]:
    """What is wrong with the file of records; ``seen`` gets what looks damaged in their values."""
    file = home / "records"
    if not file.exists() or file.stat().st_size < manifest.length:
        return [f"{file}: missing or cut off"]
    records = RecordFile(file, manifest.length)
    found: list[str] = []
    lines = 0
    try:
        for place, line in records.places():
            lines += 1
            try:
                item = json.loads(line)
                if not isinstance(item, dict) or not item.get("id"):
                    raise ValueError("no record")
                seen.note(item)
            except ValueError as error:
                found.append(f"{file}: record at {place}: {error}")
    except CatalogueError as error:
        found.append(str(error))
    finally:
        records.close()
    if not found and lines != manifest.records + manifest.dead:
        found.append(f"{file}: {lines} records instead of {manifest.records + manifest.dead}")
    searcher = open_index(home / "index").searcher()
    if searcher.num_docs != manifest.records + manifest.works:
        found.append(
            f"{home / 'index'}: {searcher.num_docs} documents instead of {manifest.records + manifest.works}"
        )
    return found
