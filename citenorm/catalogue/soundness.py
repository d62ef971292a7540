"""A catalogue's directory in, what is wrong with it out."""

from __future__ import annotations

import json
import os
from pathlib import Path

from ..errors import CatalogueError
from . import layout
from .damage import guarded
from .index import open_index
from .records import RecordFile


@guarded
def verify(path: str | os.PathLike[str]) -> list[str]:
    """Go through every byte of a catalogue; one line for each damage found, none for a sound one.

    Raises CatalogueError where there is no catalogue of this format version at all.
    """
    return [problem for folder in layout.parts(Path(path)) for problem in _verified(folder)]


def _verified(folder: Path) -> list[str]:
    manifest = layout.read_manifest(folder)
    home = manifest.folder(folder)
    found = []
    for name, (size, crc) in sorted(manifest.files.items()):
        file = home / name
        if not file.exists():
            found.append(f"{file}: missing")
        elif (seen := layout.checksum(file)) != [size, crc]:
            found.append(
                f"{file}: {'changed' if seen[0] == size else f'{seen[0]} bytes instead of {size}'}"
            )
    return found or _records(home, manifest)


def _records(home: Path, manifest: layout.Manifest) -> list[str]:
    file = home / "records"
    if not file.exists() or file.stat().st_size < manifest.length:
        return [f"{file}: missing or cut off"]
    records = RecordFile(file, manifest.length)
    found, lines = [], 0
    try:
        for place, line in records.places():
            lines += 1
            try:
                item = json.loads(line)
                if not isinstance(item, dict) or not item.get("id"):
                    raise ValueError("no record")
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
