"""Sources in, a catalogue on disk out: build, add and remove, each all or nothing."""

from __future__ import annotations

import contextlib
import os
import shutil
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ..errors import CatalogueError, InputError
from ..processes import no_collector
from . import coverage, layout, shards, terms
from .damage import guarded
from .formats import Source, open_source
from .index import IndexWriter, create_index, open_index
from .layout import Manifest
from .linker import Linker, relink
from .prepare import Batch, Items, Limits, Tally, entries, line_of, prepared
from .progress import Progress, Show
from .records import RecordFile, RecordWriter

Given = str | os.PathLike[str] | Source | Iterable[Mapping[str, Any]]
"""A source: ``FORMAT:PATH``, a path, an opened source, or CSL items."""

SHOWN = 10
_HEAP = 300_000_000
_EVERY = 5000


@dataclass(slots=True)
class Report:
    """What a build or change did: counts, and the first few faults as ``source, place: reason``."""

    records: int = 0
    added: int = 0
    replaced: int = 0
    removed: int = 0
    skipped: int = 0
    works: int = 0
    errors: int = 0
    first_errors: list[str] = field(default_factory=list)
    sources: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0

    def count(self, batch: Batch) -> None:
        """Add what was counted in a batch."""
        if batch.lines:
            self.sources[batch.source] = self.sources.get(batch.source, 0) + len(batch.lines)
        self.skipped += batch.skipped
        self.faults(batch.errors, batch.first_errors)

    def faults(self, number: int, first: list[str]) -> None:
        self.errors += number
        self.first_errors += first[: max(0, SHOWN - len(self.first_errors))]


def _opened(given: Iterable[Given]) -> list[Source | Items]:
    found: list[Source | Items] = []
    for one in given:
        if isinstance(one, Source):
            found.append(one)
        elif isinstance(one, (str, os.PathLike)):
            found.append(open_source(one))
        else:
            found.append(list(one))
    return found


def build(
    path: str | os.PathLike[str], sources: Iterable[Given], *, limit: int | None = None, since: str = "", shard: str = "", show: Show | None = None,
) -> Report:  # fmt: skip
    """Make a catalogue of ``sources`` at ``path``, in place of one that is there; an interrupted build leaves that one.

    ``limit``: take at most so many records.  ``since``: leave out records last changed before that day (ISO 8601).
    ``shard``: make only one of several parts, "3/16", in a folder in ``path``; every part is made of the same sources, in any
    order, by any process that sees the folder, and all together are one catalogue.
    An id that comes twice counts once (the later record stays).  Raises InputError for sources that cannot be
    opened, CatalogueError while another process writes the same catalogue, ConfigError for a shard that is none.
    """
    part = layout.Shard.parse(shard) if shard else None
    folder = _folder_of(Path(path), part)
    if folder.exists() and not folder.is_dir():
        raise CatalogueError(f"{folder} is a file: name a directory for the catalogue")
    if folder.is_dir() and any(folder.iterdir()) and not _ours(folder):
        raise CatalogueError(f"{folder} is not empty and no catalogue: name another directory")
    report = Report()
    start = time.monotonic()
    opened = _opened(sources)
    reading = prepared(opened, Limits(limit, since, SHOWN, part[:2] if part else ()))
    with layout.writing(folder), no_collector():
        generation = layout.new_generation(folder)
        home = folder / generation
        home.mkdir()
        try:
            manifest = _fill(home, generation, reading, report, show, start, part)
            if not (manifest.shard[2] if part else manifest.records) and limit != 0:
                _nothing(opened, report)
            layout.write_manifest(folder, manifest)
        except BaseException:
            shutil.rmtree(home, ignore_errors=True)
            raise
        layout.drop_others(folder, generation)
    report.seconds = time.monotonic() - start
    return report


def _folder_of(path: Path, shard: layout.Shard | None) -> Path:
    """Where a build puts its catalogue."""
    if shard is None:
        return path
    if (path / layout.POINTER).exists():
        raise CatalogueError(
            f"{path} is a catalogue of one piece: name another directory for shards"
        )
    return path / shard.folder


def _nothing(opened: Iterable[Source | Items], report: Report) -> None:
    """InputError where files were read and none of them held a record."""
    names = [str(source.path) for source in opened if isinstance(source, Source)]
    if names:
        why = f" ({report.first_errors[0]})" if report.first_errors else ""
        left = f", {report.skipped:,} left out by --since" if report.skipped else ""
        raise InputError(f"{', '.join(names)}: no record could be taken{left}{why}; nothing was changed")  # fmt: skip


def _ours(folder: Path) -> bool:
    return (folder / layout.POINTER).exists() or (folder / "lock").exists()


def _fill(
    home: Path,
    generation: str,
    reading: Iterator[Batch],
    report: Report,
    show: Show | None,
    start: float,
    shard: layout.Shard | None,
) -> Manifest:
    writer = IndexWriter(create_index(home / "index"), _HEAP)
    records = RecordWriter(home / "records")
    linker = Linker(home)
    tally = coverage.Tally()
    for batch in reading:
        places = records.extend(batch.lines)
        for (text, pairs, keys), place in zip(batch.documents, places, strict=True):
            writer.add_record(text, pairs, keys, place)
        linker.extend(batch, places)
        tally.extend(batch.noted)
        report.count(batch)
        if show:
            show(
                Progress(
                    "reading", linker.count, report.errors, batch.read, time.monotonic() - start
                )
            )
    records.close()
    if show:
        show(Progress("linking", linker.count, report.errors, 1.0, time.monotonic() - start))
    repeated = linker.repeated()
    for place in repeated:
        writer.remove_record(place)
    for work in linker.works():
        writer.add_work(work)
        report.works += 1
    if shard:
        shards.write_stated(home, linker.stated_elsewhere())
        shard = shard._replace(read=linker.read, ids=linker.ids)
    linker.close()
    writer.commit()
    coverage.write(tally.table(), home)
    report.records = report.added = linker.count - len(repeated)
    report.replaced = len(repeated)
    return Manifest(
        generation,
        report.records,
        report.works,
        records.length,
        records.crc,
        _files(home, {}),
        dict(report.sources),
        len(repeated),
        shard=tuple(shard or ()),
    )


def _files(home: Path, known: Mapping[str, list[int]]) -> dict[str, list[int]]:
    """Size and checksum of every index file and of the tables beside it; those of unchanged index files are taken over."""
    found = {
        name: layout.checksum(home / name)
        for name in (coverage.FILE, shards.STATED)
        if (home / name).exists()
    }
    for file in sorted((home / "index").iterdir()):
        if not file.name.endswith(".lock"):
            name = f"index/{file.name}"
            same = (
                name in known and file.suffix != ".json" and file.stat().st_size == known[name][0]
            )
            found[name] = known[name] if same else layout.checksum(file)
    return found


def _whole(folder: Path) -> Manifest:
    """The manifest of a catalogue that may be changed.  Raises CatalogueError for shards: records would have to move between them."""
    if layout.parts(folder) == [folder]:
        manifest = layout.read_manifest(folder)
        if not manifest.shard:
            return manifest
    raise CatalogueError(f"{folder} is built in shards, which are not changed but built again (build --shard)")  # fmt: skip


@contextlib.contextmanager
def _changing(folder: Path) -> Iterator[tuple[Manifest, Path, str]]:
    """A new generation that begins as the present one (its files linked, not copied), removed if the change fails."""
    with layout.writing(folder):
        manifest = layout.read_manifest(folder)
        generation = layout.new_generation(folder)
        home = folder / generation
        try:
            (home / "index").mkdir(parents=True)
            for name in manifest.files:
                _link(manifest.folder(folder) / name, home / name)
            _link(manifest.folder(folder) / "records", home / "records")
            yield manifest, home, generation
        except BaseException:
            shutil.rmtree(home, ignore_errors=True)
            raise
        layout.drop_others(folder, generation)


def _link(old: Path, new: Path) -> None:
    try:
        if old.suffix == ".json":
            shutil.copyfile(old, new)
        else:
            try:
                os.link(old, new)
            except OSError:
                shutil.copyfile(old, new)
    except FileNotFoundError:
        raise CatalogueError(
            f"{old} is missing: the catalogue is damaged, build it again"
        ) from None


@guarded
def add(
    path: str | os.PathLike[str], sources: Iterable[Given], *, limit: int | None = None, since: str = "", show: Show | None = None,
) -> Report:  # fmt: skip
    """Insert records, or replace those of the same id; adding the same again changes nothing.  All or nothing."""
    folder = Path(path)
    _whole(folder)
    report = Report()
    start = time.monotonic()
    tally = Tally()
    reading = entries(_opened(sources), Limits(limit, since, SHOWN), tally)
    with _changing(folder) as (manifest, home, generation):
        from .search import Catalogue

        with Catalogue.open(folder) as old:
            records = RecordWriter(home / "records", manifest.length, manifest.crc)
            writer = IndexWriter(open_index(home / "index"), _HEAP)
            fresh: dict[str, int] = {}
            gone: set[int] = set()
            stated: list[tuple[str, str]] = []
            taken = 0
            for name, entry in reading:
                if entry.link is not None:
                    stated.append(entry.link)
                    continue
                line, ident = line_of(entry), str(entry.csl["id"])
                report.sources[name] = report.sources.get(name, 0) + 1
                taken += 1
                if show and taken % _EVERY == 0:
                    show(
                        Progress(
                            "reading", taken, tally.errors, tally.read, time.monotonic() - start
                        )
                    )
                place = old.place(ident)
                if ident in fresh:
                    writer.remove_record(fresh[ident])
                    report.replaced += 1
                elif place is not None:
                    if old.line(place) == line:
                        report.skipped += 1
                        continue
                    writer.remove_record(place)
                    gone.add(place)
                    report.replaced += 1
                else:
                    report.added += 1
                fresh[ident] = records.add(line)
                seen = terms.see(entry.csl)
                writer.add_record(
                    terms.text_of(seen), terms.pairs_of(seen), terms.keys_of(seen), fresh[ident]
                )
            records.close()
            new = RecordFile(home / "records", records.length)
            change = relink(old, new, list(fresh.values()), gone, stated)
            for place in sorted(change.broken):
                writer.remove_work(place)
            for work in change.made:
                writer.add_work(work)
            new.close()
            writer.commit()
            report.records = manifest.records + report.added
            report.works = manifest.works - change.lost + len(change.made)
        report.faults(tally.errors, tally.first_errors)
        dead = manifest.dead + report.replaced
        told = {
            name: manifest.sources.get(name, 0) + count for name, count in report.sources.items()
        }
        layout.write_manifest(folder, replace(
            manifest, generation=generation, records=report.records, works=report.works, length=records.length, crc=records.crc,
            files=_files(home, manifest.files), sources=manifest.sources | told, dead=dead,
        ))  # fmt: skip
    report.seconds = time.monotonic() - start
    return report


@guarded
def remove(path: str | os.PathLike[str], ids: Iterable[str]) -> Report:
    """Take records out by id; ids that are not there are told as errors.  All or nothing."""
    folder = Path(path)
    _whole(folder)
    report = Report()
    start = time.monotonic()
    with _changing(folder) as (manifest, home, generation):
        from .search import Catalogue

        with Catalogue.open(folder) as old:
            writer = IndexWriter(open_index(home / "index"), 50_000_000)
            gone: set[int] = set()
            for ident in dict.fromkeys(ids):
                place = old.place(ident)
                if place is None:
                    report.faults(1, [f"{folder}, {ident}: no such record"])
                else:
                    writer.remove_record(place)
                    gone.add(place)
            change = relink(old, None, [], gone, [])
            for place in sorted(change.broken):
                writer.remove_work(place)
            for work in change.made:
                writer.add_work(work)
            writer.commit()
        report.removed = len(gone)
        report.records = manifest.records - len(gone)
        report.works = manifest.works - change.lost + len(change.made)
        layout.write_manifest(folder, replace(
            manifest, generation=generation, records=report.records, works=report.works, files=_files(home, manifest.files),
            dead=manifest.dead + len(gone),
        ))  # fmt: skip
    report.seconds = time.monotonic() - start
    return report


__all__ = ["Given", "Report", "add", "build", "remove"]
