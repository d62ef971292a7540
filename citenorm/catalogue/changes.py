"""Sources in, a catalogue on disk out: build, add and remove, each all or nothing."""

from __future__ import annotations

import contextlib
import gc
import json
import os
import shutil
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ..errors import CatalogueError, InputError
from . import layout, terms
from .formats import Entry, Fault, Source, open_source
from .index import IndexWriter, create_index, open_index
from .layout import Manifest
from .linker import Linker, relink
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

    def fault(self, source: str, fault: Fault) -> None:
        self.errors += 1
        if len(self.first_errors) < SHOWN:
            self.first_errors.append(f"{source}, {fault.where}: {fault.reason}")


class _Reading:
    """Goes through sources in order, counts, and tells how far it is."""

    def __init__(self, given: Iterable[Given], report: Report, *, limit: int | None, since: str, show: Show | None) -> None:
        self._given = [_opened(one) for one in given]
        self._report, self._limit, self._since, self._show = report, limit, since, show
        self._total = sum(one.size() for one in self._given if isinstance(one, Source)) or 1
        self._start = time.monotonic()
        self._read = 0

    def __iter__(self) -> Iterator[Entry]:
        before, taken = 0, 0
        for source in self._given:
            name = source.name if isinstance(source, Source) else "items"
            for entry in self._entries(source, before):
                if isinstance(entry, Fault):
                    self._report.fault(name, entry)
                    continue
                if entry.link is None:
                    if self._limit is not None and taken >= self._limit:
                        break
                    if self._since and entry.changed and entry.changed < self._since:
                        self._report.skipped += 1
                        continue
                    try:
                        terms.as_csl(entry.csl)
                    except ValueError as error:
                        self._report.fault(name, Fault(str(entry.csl.get("id") or f"record {taken + 1}"), str(error)))
                        continue
                    taken += 1
                    self._report.sources[name] = self._report.sources.get(name, 0) + 1
                    if self._show and taken % _EVERY == 0:
                        self._tell("reading", taken)
                yield entry
            before += source.size() if isinstance(source, Source) else 0
            if self._limit is not None and taken >= self._limit:
                break
        self._tell("reading", taken)

    def _entries(self, source: Source | list[Mapping[str, Any]], before: int) -> Iterator[Entry | Fault]:
        if isinstance(source, Source):
            return source.entries(lambda n: setattr(self, "_read", before + n))
        return (Entry(dict(item)) for item in source)

    def _tell(self, stage: str, taken: int) -> None:
        if self._show:
            self._show(Progress(stage, taken, self._report.errors, min(1.0, self._read / self._total), time.monotonic() - self._start))


def _opened(one: Given) -> Source | list[Mapping[str, Any]]:
    if isinstance(one, Source):
        return one
    if isinstance(one, (str, os.PathLike)):
        return open_source(one)
    return list(one)


def line_of(entry: Entry) -> bytes:
    """The line of JSON that the catalogue keeps of an entry."""
    if entry.line is not None and b"\n" not in entry.line:
        return entry.line
    return json.dumps(entry.csl, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def build(
    path: str | os.PathLike[str], sources: Iterable[Given], *, limit: int | None = None, since: str = "", show: Show | None = None,
) -> Report:  # fmt: skip
    """Make a catalogue of ``sources`` at ``path``, in place of one that is there; an interrupted build leaves that one.

    ``limit``: take at most so many records.  ``since``: leave out records last changed before that day (ISO 8601).
    An id that comes twice counts once (the later record stays).  Raises InputError for sources that cannot be
    opened, CatalogueError while another process writes the same catalogue.
    """
    folder = Path(path)
    if folder.exists() and not folder.is_dir():
        raise CatalogueError(f"{folder} is a file: name a directory for the catalogue")
    if folder.is_dir() and any(folder.iterdir()) and not _ours(folder):
        raise CatalogueError(f"{folder} is not empty and no catalogue: name another directory")
    report = Report()
    start = time.monotonic()
    reading = _Reading(sources, report, limit=limit, since=since, show=show)
    with layout.writing(folder), _no_collector():
        generation = layout.new_generation(folder)
        home = folder / generation
        home.mkdir()
        try:
            manifest = _fill(home, generation, reading, report, show, start)
            layout.write_manifest(folder, manifest)
        except BaseException:
            shutil.rmtree(home, ignore_errors=True)
            raise
        layout.drop_others(folder, generation)
    report.seconds = time.monotonic() - start
    return report


def _ours(folder: Path) -> bool:
    return (folder / layout.POINTER).exists() or (folder / "lock").exists()


def _fill(home: Path, generation: str, reading: _Reading, report: Report, show: Show | None, start: float) -> Manifest:
    writer = IndexWriter(create_index(home / "index"), _HEAP)
    records = RecordWriter(home / "records")
    linker = Linker()
    for entry in reading:
        if entry.link is not None:
            linker.state(*entry.link)
            continue
        place = records.add(line_of(entry))
        seen = terms.see(entry.csl)
        writer.add_record(seen, place)
        linker.add(seen, place)
    records.close()
    if show:
        show(Progress("linking", linker.count, report.errors, 1.0, time.monotonic() - start))
    repeated = linker.repeated()
    for place in repeated:
        writer.remove_record(place)
    for work in linker.works():
        writer.add_work(work)
        report.works += 1
    writer.commit()
    report.records = report.added = linker.count - len(repeated)
    report.replaced = len(repeated)
    return Manifest(
        generation, report.records, report.works, records.length, records.crc, _files(home, {}), dict(report.sources), len(repeated)
    )


def _files(home: Path, known: Mapping[str, list[int]]) -> dict[str, list[int]]:
    """Size and checksum of every index file; those of unchanged names are taken over."""
    found = {}
    for file in sorted((home / "index").iterdir()):
        if not file.name.endswith(".lock"):
            name = f"index/{file.name}"
            same = name in known and file.suffix != ".json" and file.stat().st_size == known[name][0]
            found[name] = known[name] if same else layout.checksum(file)
    return found


@contextlib.contextmanager
def _no_collector() -> Iterator[None]:
    """Nothing here makes cycles: the collector would only walk over what lives long."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


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
        raise CatalogueError(f"{old} is missing: the catalogue is damaged, build it again") from None


def add(
    path: str | os.PathLike[str], sources: Iterable[Given], *, limit: int | None = None, since: str = "", show: Show | None = None,
) -> Report:  # fmt: skip
    """Insert records, or replace those of the same id; adding the same again changes nothing.  All or nothing."""
    folder = Path(path)
    layout.read_manifest(folder)
    report = Report()
    start = time.monotonic()
    reading = _Reading(sources, report, limit=limit, since=since, show=show)
    with _changing(folder) as (manifest, home, generation):
        from .search import Catalogue

        with Catalogue.open(folder) as old:
            records = RecordWriter(home / "records", manifest.length, manifest.crc)
            writer = IndexWriter(open_index(home / "index"), _HEAP)
            fresh: dict[str, int] = {}
            gone: set[int] = set()
            stated: list[tuple[str, str]] = []
            for entry in reading:
                if entry.link is not None:
                    stated.append(entry.link)
                    continue
                line, ident = line_of(entry), str(entry.csl["id"])
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
                writer.add_record(terms.see(entry.csl), fresh[ident])
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
        dead = manifest.dead + report.replaced
        told = {name: manifest.sources.get(name, 0) + count for name, count in report.sources.items()}
        layout.write_manifest(folder, replace(
            manifest, generation=generation, records=report.records, works=report.works, length=records.length, crc=records.crc,
            files=_files(home, manifest.files), sources=manifest.sources | told, dead=dead,
        ))  # fmt: skip
    report.seconds = time.monotonic() - start
    return report


def remove(path: str | os.PathLike[str], ids: Iterable[str]) -> Report:
    """Take records out by id; ids that are not there are told as errors.  All or nothing."""
    folder = Path(path)
    layout.read_manifest(folder)
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
                    report.fault(str(folder), Fault(ident, "no such record"))
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


__all__ = ["Given", "InputError", "Report", "add", "build", "remove"]
