"""A catalogue's directory: one small file that points at the generation in use, and a lock for its one writer.

    DIR/catalogue.json    format version, the generation in use, counts, its files with size and checksum
    DIR/lock              held while somebody writes
    DIR/g<N>/records      the records (``records.py``)
    DIR/g<N>/index/       the tantivy index over them
    DIR/shard-<i>-of-<n>  (instead of all these) a catalogue of this layout: one of n that are one together

A build or change makes a new generation beside the old one and then replaces ``catalogue.json`` in one step.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import time
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from ..errors import CatalogueError, ConfigError
from ..jsontext import loads
from .index import share

FORMAT = 2
"""Version of the layout and of what the index holds; a catalogue of another version is refused."""

POINTER = "catalogue.json"
NOTE = "fetched.json"


class Shard(NamedTuple):
    """Which part of a catalogue this is, ``number`` (from 1) of ``of``, and the state of the whole: records read, and a sum of their ids."""

    number: int
    of: int
    read: int = 0
    ids: int = 0

    @classmethod
    def parse(cls, text: str) -> Shard:
        """ "3/16".  Raises ConfigError for anything else."""
        found = re.fullmatch(r"(\d{1,5})/(\d{1,5})", text)
        if found is None or not 1 <= int(found[1]) <= int(found[2]):
            raise ConfigError(f"--shard takes a number and how many there are, as 3/16, not {text}")
        return cls(int(found[1]), int(found[2]))

    @property
    def folder(self) -> str:
        """The name of its folder in that of the whole."""
        return f"shard-{self.number}-of-{self.of}"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What ``catalogue.json`` says."""

    generation: str
    records: int
    works: int
    length: int
    crc: int
    files: dict[str, list[int]] = field(default_factory=dict)
    sources: dict[str, int] = field(default_factory=dict)
    dead: int = 0
    format: int = FORMAT
    shard: tuple[int, ...] = ()
    """A ``Shard``, of one that is only a part."""

    def folder(self, path: Path) -> Path:
        return path / self.generation


def read_manifest(path: Path) -> Manifest:
    """The manifest of a catalogue; CatalogueError says what is wrong and what to do."""
    pointer = path / POINTER
    try:
        said = loads(pointer.read_text(encoding="utf-8"))
    except FileNotFoundError:
        hint = "it has no catalogue.json" if path.is_dir() else "there is no such directory"
        raise CatalogueError(
            f"{path} is no catalogue: {hint} (make one with: citenorm catalogue build {path} SOURCE…)"
        ) from None
    except NotADirectoryError:
        raise CatalogueError(f"{path} is no catalogue: it is a file, not a directory") from None
    except PermissionError:
        raise CatalogueError(f"{pointer} may not be read: check its permissions") from None
    except (OSError, ValueError) as error:
        raise CatalogueError(
            f"{pointer} cannot be read ({error}): build the catalogue again"
        ) from None
    version = said.get("format") if isinstance(said, dict) else None
    if not isinstance(version, int):
        raise CatalogueError(f"{pointer} is not what citenorm writes: build the catalogue again")
    if version < FORMAT:
        raise CatalogueError(
            f"{path} has the old format {version}, this citenorm reads {FORMAT}: build the catalogue again"
        )
    if version > FORMAT:
        raise CatalogueError(
            f"{path} has format {version}, this citenorm reads {FORMAT}: it was made by a newer citenorm, update to read it"
        )
    try:
        made = Manifest(**{**said, "shard": tuple(said.get("shard", ()))})
        if _GENERATION.fullmatch(made.generation):  # else it leads to another folder
            return made
    except TypeError:
        pass
    raise CatalogueError(f"{pointer} is not what citenorm writes: build the catalogue again")


_GENERATION = re.compile(r"g[0-9]{1,9}")
_SHARD = re.compile(r"shard-(\d+)-of-(\d+)")


def parts(path: Path) -> list[Path]:
    """The folders that are the catalogue of a folder: itself, or its shards in order.

    Raises CatalogueError where a shard is missing.
    """
    if (path / POINTER).exists() or not path.is_dir():
        return [path]
    found = [Shard(int(m[1]), int(m[2])) for e in path.iterdir() if (m := _SHARD.fullmatch(e.name))]
    there = sorted(shard for shard in found if (path / shard.folder / POINTER).exists())
    if not found:
        return [path]
    if len({shard.of for shard in found}) > 1:
        told = ", ".join(sorted({str(shard.of) for shard in found}, key=int))
        raise CatalogueError(f"{path} holds shards of several divisions ({told}): remove one")
    of = found[0].of
    missing = sorted({*range(1, of + 1)} - {shard.number for shard in there})
    if missing:
        raise CatalogueError(
            f"{path}: shard {missing[0]} of {of} is missing "
            f"(make it with: citenorm catalogue build {path} --shard {missing[0]}/{of} SOURCE…)"
        )
    return [path / shard.folder for shard in there]


def write_manifest(path: Path, manifest: Manifest) -> None:
    """Put a generation in force: the pointer is replaced in one step, after all it names is on disk."""
    share(manifest.folder(path) / "index")
    for name in manifest.files:
        sync(manifest.folder(path) / name)
    sync(manifest.folder(path) / "index")
    sync(manifest.folder(path))
    temporary = path / (POINTER + ".new")
    with open(temporary, "w", encoding="utf-8") as file:
        said = {name: value for name, value in asdict(manifest).items() if name != "shard" or value}
        json.dump(said, file, ensure_ascii=False, indent=1, sort_keys=True)
        file.flush()
        os.fsync(file.fileno())
    sync(path)
    os.replace(temporary, path / POINTER)
    sync(path)


def write_note(path: Path, note: Mapping[str, str]) -> None:
    """Say of a catalogue that it was made of a fetched dump: ``dump``, ``made`` (ISO 8601), ``file``, ``state`` (the server's word for it)."""
    draft = path / (NOTE + ".new")
    draft.write_text(json.dumps(dict(note), ensure_ascii=False), encoding="utf-8")
    os.replace(draft, path / NOTE)


def read_note(path: Path) -> dict[str, str]:
    """When and of what a catalogue was fetched; empty for others."""
    try:
        said = loads((path / NOTE).read_text(encoding="utf-8"))
        return {str(key): str(value) for key, value in said.items()}
    except (OSError, ValueError, AttributeError):
        return {}


def sync(path: Path) -> None:
    """See a file or directory on disk, where the system knows how."""
    with contextlib.suppress(OSError):
        number = os.open(path, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def new_generation(path: Path) -> str:
    """The next free name; left-overs of writers that were killed are removed."""
    used = current(path)
    for old in generations(path):
        if old != used:
            shutil.rmtree(path / old, ignore_errors=True)
    number = 1 + max((int(name[1:]) for name in generations(path)), default=0)
    return f"g{number}"


def drop_others(path: Path, keep: str) -> None:
    """Remove the generations that are no longer in use; open readers keep what they have mapped."""
    for name in generations(path):
        if name != keep:
            shutil.rmtree(path / name, ignore_errors=True)


def generations(path: Path) -> list[str]:
    return sorted(entry.name for entry in path.iterdir() if _GENERATION.fullmatch(entry.name))


def current(path: Path) -> str:
    with contextlib.suppress(CatalogueError):
        return read_manifest(path).generation
    with contextlib.suppress(OSError, ValueError, AttributeError, TypeError):
        return str(loads((path / POINTER).read_text(encoding="utf-8")).get("generation", ""))
    return ""


def checksum(path: Path) -> list[int]:
    """Size and CRC-32 of a file."""
    crc = size = 0
    with open(path, "rb") as file:
        while chunk := file.read(1 << 20):
            crc = zlib.crc32(chunk, crc)
            size += len(chunk)
    return [size, crc]


@contextlib.contextmanager
def writing(path: Path) -> Iterator[None]:
    """Hold the catalogue's lock; CatalogueError if another process (or thread) holds it.  A killed holder frees it."""
    path.mkdir(parents=True, exist_ok=True)
    with open(path / "lock", "a+b") as file:
        try:
            hold(file)
        except OSError:
            raise CatalogueError(
                f"{path} is being written by another process: wait until it is done"
            ) from None
        yield


def hold(file: Any, *, wait: bool = False) -> None:
    """Hold the lock of an open file until it is closed; OSError where another holds it, unless that is waited for."""
    if os.name == "nt":
        import msvcrt

        file.seek(0)
        while True:
            try:
                msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
                return
            except OSError:
                if not wait:
                    raise
                time.sleep(0.2)
    else:
        import fcntl

        fcntl.flock(file.fileno(), fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
