"""Data packages that are installed → open catalogues; their indexes are made once, at first use, in the user's cache folder.

A data package is a Python package of a name in ``PACKAGES`` with ``records.columns`` (``columns.py``) and, where its makers counted
what it holds of each venue and year, ``coverage.json``.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from .. import folders
from ..errors import CatalogueError
from ..processes import no_collector
from . import layout
from .progress import Progress, Show

if TYPE_CHECKING:
    from .columnar import ColumnarCatalogue
    from .columns import Header

PACKAGES = ("citenorm_cs",)
RECORDS = "records.columns"
SWELL = 12
"""Arrays and texts take no more than so many times the space of the packed file."""


class NoIndexError(CatalogueError):
    """The index of a data package cannot be made: no room, or no folder that can be written."""


def installed() -> list[Path]:
    """The folders of the data packages that are installed."""
    found = []
    for name in PACKAGES:
        try:
            spec = find_spec(name)
        except (ImportError, ValueError):
            continue
        for folder in (spec.submodule_search_locations or ()) if spec else ():
            if Path(folder, RECORDS).is_file():
                found.append(Path(folder))
                break
    return found


def open_installed(folder: Path, show: Show | None = None) -> ColumnarCatalogue:
    """The catalogue of a data package's folder.

    At its first use its index is made (``show`` is told how far that is); other processes wait for it.  Raises CatalogueError where
    the package is damaged, NoIndexError where the cache folder cannot take its index.
    """
    from .columnar import ColumnarCatalogue
    from .coverage import FILE
    from .mapped import Mapped

    place = prepare(folder, show)
    table = folder / FILE
    return ColumnarCatalogue(Mapped(place), str(folder), table if table.is_file() else None)


def prepare(folder: Path, show: Show | None = None) -> Path:
    """Where the index of a data package is; it is made if it is not there."""
    header, place = index_of(folder)
    if not (place / "index.json").is_file():
        with _alone(place):
            if not (place / "index.json").is_file():
                _make(folder, header, place, show)
    return place


def index_of(folder: Path) -> tuple[Header, Path]:
    """What a data package's file says of itself, and where its index is, or will be."""
    from .columns import read_header
    from .mapped import VERSION

    file = folder / RECORDS
    header, start = read_header(file)
    mark = blake2b(start, digest_size=6)
    mark.update(f"{file.stat().st_size} {VERSION}".encode())
    return header, cache_folder() / f"{header.name}-{header.made}-{mark.hexdigest()}"


def cache_folder() -> Path:
    """Where indexes are kept: in ``CITENORM_CACHE_DIR``, else in the user's cache folder of this system."""
    return folders.cache_folder() / "catalogues"


@contextlib.contextmanager
def _alone(place: Path) -> Iterator[None]:
    """Hold the lock of an index; wait for whoever holds it.  A killed holder frees it."""
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        lock = open(place.with_name(place.name + ".lock"), "a+b")  # noqa: SIM115
    except OSError as error:
        raise NoIndexError(_cannot(place, error)) from None
    with lock:
        layout.hold(lock, wait=True)
        yield


def _make(folder: Path, header: Header, place: Path, show: Show | None) -> None:
    from .columns import Packed
    from .mapped import make

    file, start = folder / RECORDS, time.monotonic()

    def tell(share: float) -> None:
        if show:
            done = int(share * header.records)
            stage = f"{header.name}: making its index, once"
            show(Progress(stage, done, 0, share, time.monotonic() - start))

    needed, free = SWELL * file.stat().st_size, shutil.disk_usage(place.parent).free
    if free < needed:
        raise NoIndexError(
            f"{place.parent}: {header.name} needs {needed / 1e6:,.0f} MB for its index, {free / 1e6:,.0f} are free: make room, or set CITENORM_CACHE_DIR"
        )
    try:
        _drop_drafts(place)
        draft = Path(tempfile.mkdtemp(prefix=place.name + ".", dir=place.parent))
        try:
            with no_collector():
                make(Packed(file), draft, tell)
            os.replace(draft, place)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    except OSError as error:
        raise NoIndexError(_cannot(place, error)) from None


def _drop_drafts(place: Path) -> None:
    """What a killed process left of this index; the lock is held."""
    for old in place.parent.glob(place.name + ".*"):
        if old.is_dir():
            shutil.rmtree(old, ignore_errors=True)
    if place.is_dir():  # without index.json
        shutil.rmtree(place, ignore_errors=True)


def _cannot(place: Path, error: OSError) -> str:
    why = error.strerror or str(error)
    return f"{place.parent}: no index can be written ({why}): set CITENORM_CACHE_DIR to a folder that can"


__all__ = ["PACKAGES", "cache_folder", "index_of", "installed", "open_installed"]
