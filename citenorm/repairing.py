"""A ``.bib`` file → the same file repaired, every byte that no change names kept; plain parameters, nothing written."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .config import Rules
from .errors import ConfigError, InputError
from .given import one_of
from .model import Diagnostic, Resolution

if TYPE_CHECKING:
    from .bib import BibFile, Changed
    from .bib.shape import Order, VenueNames
    from .bib.style import Dialect
    from .lock import Lock
    from .match.cite import Policy
    from .sources import Sources


@dataclass(frozen=True, slots=True)
class Repaired:
    """A file before and after, what was found in it, the keys that changed (old → new), and what a merge has to say.

    ``entries``: what is written otherwise in each entry, by the repair itself (before entries were joined, given new keys,
    put in order).
    """

    name: str
    before: bytes
    after: bytes
    diagnostics: tuple[Diagnostic, ...] = ()
    resolutions: tuple[Resolution, ...] = ()
    keys: Mapping[str, str] = field(default_factory=dict)
    said: tuple[str, ...] = ()
    entries: tuple[Changed, ...] = ()

    @property
    def changed(self) -> bool:
        return self.after != self.before

    @property
    def text(self) -> str:
        """The repaired file; bytes that are not UTF-8 become U+FFFD."""
        return self.after.decode("utf-8", "replace")


def repair(
    source: str | os.PathLike[str] | bytes | BibFile,
    sources: Sources | None = None,
    *,
    name: str | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    form_only: bool = False,
    unsafe: bool = False,
    prefer: Policy = "published",
    lock: Lock | None = None,
    jobs: int = 1,
    dialect: Dialect | None = None,
    latex: bool | None = None,
    preprint_note: bool = False,
    lines: tuple[int, int] | None = None,
    merge: bool = False,
    keys: bool = False,
    key_map: Mapping[str, str] | None = None,
    key_pattern: str = "",
    omit: Iterable[str] = (),
    venues: VenueNames = "",
    sort: Order = "",
    wanted: Callable[[str, str], bool] | None = None,
) -> Repaired:
    """Put the published version, missing and wrong fields and the form of a ``.bib`` file right; nothing is written.

    ``source``: a path, the bytes, or a BibFile.  Without ``sources`` the built-in catalogue and the user's own are asked,
    and no network.  ``dialect``/``latex``: None for the file's own; ``lines``: only the entries that touch these lines (first
    and last, from 1); ``merge``: join entries that are the same work; ``keys``: give entries citenorm's keys;
    ``key_map``: give them these (old → new); ``key_pattern``: as ``"{Author}{yy}"`` ("": author, year, title); ``omit``: names of fields that go;
    ``venues``: "short" or "long" names of those that are known; ``sort``: "key", "author", "year" or "title".  Raises InputError for what cannot be read, ConfigError for a word that names
    no rule or parameters that do not go together.
    """
    from . import bib
    from .checking import entries, opened

    if merge and form_only:
        raise ConfigError(
            "to merge entries, the works that they are have to be looked up: not with form_only"
        )
    if key_pattern:
        from .emit.keys import check_pattern

        check_pattern(key_pattern)
    one_of(venues, ("", "short", "long"), "venues")
    one_of(sort, ("", "key", "author", "year", "title"), "sort")
    wants = wanted or Rules(tuple(select), tuple(ignore)).checked("repair").wants
    file = opened(source, name)
    if not isinstance(file, bib.BibFile):
        raise InputError(f"{file.name}: is no .bib file")
    results = [] if form_only else entries(file, sources, jobs=jobs, prefer=prefer, lock=lock)
    chosen = bib.RepairOptions(
        wanted=wants, unsafe=unsafe, preprint_note=preprint_note, dialect=dialect, latex=latex,
        entries=None if lines is None else keys_in(file, lines),
    )  # fmt: skip
    before = bib.write(file)
    after, found = bib.repair(file, results, chosen)
    rows = bib.changed_entries(file, bib.read(after, file.name), results, found)
    renamed: dict[str, str] = {}
    said: tuple[str, ...] = ()
    if merge:
        file = bib.read(after, file.name)
        joined = bib.merge(file, bib.same_works(file, results))
        after, renamed, said = bib.write(file, joined.edits), dict(joined.keys), joined.said
    if keys or key_map is not None:
        after, renamed = _renamed(after, file.name, renamed, keys, key_map, key_pattern)
    shape = bib.Shape(frozenset(name.lower() for name in omit), venues, sort)
    after = bib.shaped(after, shape, file.name) if shape else after
    return Repaired(
        file.name, before, after, tuple(found), tuple(results), renamed, said, tuple(rows)
    )


def keys_in(file: BibFile, lines: tuple[int, int]) -> frozenset[str]:
    """The keys of the entries that touch these lines."""
    first, last = lines
    return frozenset(
        e.key
        for e in file.entries
        if file.place(e.start).line <= last and file.place(e.end).line >= first
    )


def _renamed(
    data: bytes,
    name: str,
    joined: Mapping[str, str],
    keys: bool,
    key_map: Mapping[str, str] | None,
    pattern: str,
) -> tuple[bytes, dict[str, str]]:
    """Keys changed as asked, after the merge that gave ``joined`` → the file's bytes, and old key → new key."""
    from . import bib

    given = None
    if key_map is not None and not keys:
        given = {old: new for old, new in key_map.items() if old not in joined}
    file = bib.read(data, name)
    new = bib.key_map(file, given, pattern=pattern) if pattern else bib.key_map(file, given)
    data = bib.write(file, bib.rekey_edits(file, new))
    return data, {old: new.get(kept, kept) for old, kept in joined.items()} | new
