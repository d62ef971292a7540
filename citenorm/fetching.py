"""The name of a dump → a catalogue of one's own, made of it: fetched, checked, built, and only then put in force.

Every dump has a catalogue of its own beside the user's (``sources.base.fetched_catalogues``); a fetch that fails anywhere leaves the
one that is there as it was.
"""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from .catalogue import Report, build
from .catalogue.layout import write_note
from .catalogue.progress import Show
from .errors import ConfigError, InputError
from .sources.base import fetched_folder
from .sources.download import checksum, download, stated_checksum


@dataclass(frozen=True, slots=True)
class Dump:
    """A row of ``dumps.toml``."""

    name: str
    about: str
    licence: str
    format: str
    swell: float
    url: str = ""
    checksum: str = ""
    kind: str = "sha256"
    how: str = ""


@cache
def dumps() -> dict[str, Dump]:
    """Every dump by name."""
    table = tomllib.loads((Path(__file__).parent / "catalogue" / "dumps.toml").read_text("utf-8"))
    return {name: Dump(name, **row) for name, row in table.items()}


def fetch(
    name: str, *, from_file: Path | None = None, folder: Path | None = None, mailto: str = "", url: str = "",
    day: date | None = None, show: Show | None = None, loading: Callable[[int, int], None] = lambda done, of: None,
) -> Report:  # fmt: skip
    """Make the catalogue of a dump anew; what was built.

    ``from_file``: the file or folder, at hand already.  ``folder``: where the catalogue is to be (default: among the user's); ``url``: another
    address of the dump.  Raises ConfigError for an unknown name, InputError where the file cannot be had, is not what its checksum says, or
    holds no record.
    """
    dump = dumps().get(name)
    if dump is None:
        raise ConfigError(f"no dump {name!r} is known: one of {', '.join(dumps())}")
    place = folder or fetched_folder(name)
    mark = ""
    if from_file is None:
        file, mark = _loaded(dump, url or dump.url, place, mailto, loading)
    else:
        file = from_file
        _room(dump, file, place)
    try:
        done = build(place, [f"{dump.format}:{file}"], show=show)
    finally:
        if from_file is None:
            file.unlink(missing_ok=True)
    said = {
        "dump": name,
        "made": (day or date.today()).isoformat(),
        "file": file.name,
        "state": mark,
    }
    write_note(place, said)
    return done


def _loaded(
    dump: Dump, url: str, place: Path, mailto: str, loading: Callable[[int, int], None]
) -> tuple[Path, str]:
    """The file of a dump beside its catalogue-to-be, whole and checked; what the server calls its state."""
    if not url:
        raise InputError(f"{dump.name} is not fetched: {dump.how}; then: citenorm catalogue fetch {dump.name} --from-file FILE")  # fmt: skip
    file = place.with_name(f"{place.name}-{url.rpartition('/')[2]}")
    mark = download(url, file, room=1 + dump.swell, mailto=mailto, show=loading)
    if dump.checksum:
        stated = file.with_name(file.name + ".checksum")
        address = dump.checksum if url == dump.url else url + "." + dump.kind
        download(address, stated, mailto=mailto)
        wanted = stated_checksum(stated.read_text("utf-8", "replace"), dump.kind)
        stated.unlink()
        if wanted != checksum(file, dump.kind):
            file.unlink()
            raise InputError(f"{url}: the file is not what {address} says: it was thrown away, fetch it again")  # fmt: skip
    return file, mark


def _room(dump: Dump, file: Path, place: Path) -> None:
    """InputError where the disk will not hold what is made of a file."""
    if not file.exists():
        raise InputError(f"{file}: no such file")
    files = file.rglob("*") if file.is_dir() else (file,)
    needed = dump.swell * sum(one.stat().st_size for one in files if one.is_file())
    place.parent.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(place.parent).free
    if needed > free:
        raise InputError(f"{place.parent}: {needed / 1e6:,.0f} MB may be needed, {free / 1e6:,.0f} are free")  # fmt: skip
