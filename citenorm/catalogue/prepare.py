"""Sources in, batches of everything that index, records and links need out; large sources are read by a second process.

Taking entries apart costs more than packing and indexing them, so a build of more than ``_ALONE`` bytes lets another process
do it, which gets its order as JSON on standard input and writes batches on standard output; and where reading alone costs as much
again (every format but CSL lines), that process has the entries read by a third one.  Batches and entries are tuples of plain values
(they travel by ``marshal``); order and contents are the same either way.
"""

from __future__ import annotations

import gc
import json
import marshal
import os
import subprocess
import sys
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import IO, Any, BinaryIO, NamedTuple, cast

from .. import jsontext
from ..errors import CatalogueError
from ..jsontext import loads
from ..model import Csl
from ..processes import serve_only
from . import coverage, terms
from .formats import Entry, Fault, Source
from .link import number_of, traits_of
from .shards import shard_of

SIZE = 1000
_ALONE = 4 << 20
_CHUNK = 500
"""Entries that travel at once."""

Items = list[Mapping[str, Any]]


class Batch(NamedTuple):
    """Up to ``SIZE`` records, taken apart.

    ``lines``: what the catalogue keeps of each; ``documents``: per record
    text, pairs and keys; ``fixed`` … ``relations``: traits as ``linker.Linker`` keeps them (flat arrays as bytes, and
    how many of each record); ``links``: stated pairs; ``noted``: what coverage is told of each record; then what was counted since the last batch: records, left out by ``since``,
    faults (number, first few as text), ``read``: the share (0–1) of bytes read so far, and
    ``foreign``: records of other shards, as how many records of the batch stood before each, and the number of its id.
    """

    lines: list[bytes]
    documents: list[tuple[str, str, list[str]]]
    fixed: bytes
    people: bytes
    people_counts: bytes
    names: bytes
    names_counts: bytes
    relations: bytes
    relations_counts: bytes
    links: list[tuple[str, str]]
    noted: list[coverage.Noted]
    source: str
    skipped: int
    errors: int
    first_errors: list[str]
    read: float
    foreign: list[tuple[int, int]]


class Limits(NamedTuple):
    """What is taken of the sources: at most ``limit`` records, none last changed before ``since``; of these, those of one ``shard`` (number, of how many)."""

    limit: int | None = None
    since: str = ""
    shown: int = 10
    shard: Sequence[int] = ()


class Tally:
    """What was met beside records: faults and left-out entries, since it was last emptied."""

    def __init__(self) -> None:
        self.skipped = self.errors = 0
        self.first_errors: list[str] = []
        self.read = 0.0


def line_of(entry: Entry) -> bytes:
    """The line of JSON that the catalogue keeps of an entry."""
    if entry.line is not None and b"\n" not in entry.line:
        return entry.line
    return jsontext.line_of(entry.csl)


def entries(
    sources: Iterable[Source | Items], limits: Limits, tally: Tally
) -> Iterator[tuple[str, Entry]]:
    """Usable entries of all sources in order, each with its source's name."""
    opened = list(sources)
    sizes = [source.size() if isinstance(source, Source) else 0 for source in opened]
    total, before, taken = sum(sizes) or 1, 0, 0

    def fault(name: str, found: Fault) -> None:
        tally.errors += 1
        if len(tally.first_errors) < limits.shown:
            tally.first_errors.append(f"{name}, {found.where}: {found.reason}")

    def count(done: int) -> None:
        tally.read = min(1.0, (before + done) / total)

    for source, size in zip(opened, sizes, strict=True):
        name = source.name if isinstance(source, Source) else "items"
        stream = (
            source.entries(count)
            if isinstance(source, Source)
            else (Entry(dict(item)) for item in source)
        )
        for entry in stream:
            if isinstance(entry, Fault):
                fault(name, entry)
            elif entry.link is not None:
                yield name, entry
            elif limits.limit is not None and taken >= limits.limit:
                return
            elif limits.since and entry.changed and entry.changed < limits.since:
                tally.skipped += 1
            else:
                try:
                    csl = terms.as_csl(entry.csl)
                except ValueError as error:
                    ident = entry.csl.get("id") if isinstance(entry.csl, dict) else None
                    fault(name, Fault(str(ident or f"record {taken + 1}"), str(error)))
                else:
                    taken += 1
                    yield name, entry if csl is entry.csl else Entry(csl, changed=entry.changed)
        before += size


def batches(sources: Iterable[Source | Items], limits: Limits) -> Iterator[Batch]:
    """Everything that the sources hold, in order."""
    tally = Tally()
    yield from _packed(entries(sources, limits, tally), limits, tally)


def _packed(found: Iterable[tuple[str, Entry]], limits: Limits, tally: Tally) -> Iterator[Batch]:
    """Entries → batches."""
    pack_up = _Packing()
    for name, entry in found:
        if pack_up.full or name != pack_up.source:
            if pack_up.source:
                yield pack_up.batch(tally)
            pack_up = _Packing(name)
        if entry.link is not None:
            a, b = entry.link
            pack_up.links.append((terms.target_key(a), terms.target_key(b)))
        elif limits.shard and shard_of(entry.csl, limits.shard[1]) != limits.shard[0]:
            pack_up.pass_over(entry.csl)
        else:
            pack_up.add(entry)
    yield pack_up.batch(tally)


class _Packing:
    """A batch in the making."""

    def __init__(self, source: str = "") -> None:
        self.source = source
        self.links: list[tuple[str, str]] = []
        self._foreign: list[tuple[int, int]] = []
        self._noted: list[coverage.Noted] = []
        self._lines: list[bytes] = []
        self._documents: list[tuple[str, str, list[str]]] = []
        self._fixed = array("Q")
        self._people, self._people_counts = array("I"), array("B")
        self._names, self._names_counts = array("Q"), array("B")
        self._relations, self._relations_counts = array("Q"), array("B")

    @property
    def full(self) -> bool:
        return len(self._lines) >= SIZE or max(len(self.links), len(self._foreign)) >= 10 * SIZE

    def pass_over(self, csl: Csl) -> None:
        """Note of a record of another shard that it is there: what the catalogue as a whole holds is told by every shard."""
        self._foreign.append((len(self._lines), number_of(f"#:{csl.get('id')}")))
        self._noted.append(coverage.note(csl))

    def add(self, entry: Entry) -> None:
        self._lines.append(line_of(entry))
        seen = terms.see(entry.csl)
        plain = seen.titles and str(entry.csl["title"]).isascii()
        self._noted.append(coverage.note(entry.csl, seen.joined[0] if plain else ""))
        self._documents.append((terms.text_of(seen), terms.pairs_of(seen), terms.keys_of(seen)))
        traits = traits_of(seen)
        self._fixed.extend(traits.fixed)
        self._people.extend(traits.people)
        self._people_counts.append(len(traits.people))
        self._names.extend(traits.names)
        self._names_counts.append(len(traits.names))
        self._relations.extend(traits.relations[:255])
        self._relations_counts.append(min(255, len(traits.relations)))

    def batch(self, tally: Tally) -> Batch:
        made = Batch(
            self._lines, self._documents, self._fixed.tobytes(),
            self._people.tobytes(), self._people_counts.tobytes(), self._names.tobytes(), self._names_counts.tobytes(),
            self._relations.tobytes(), self._relations_counts.tobytes(), self.links, self._noted, self.source,
            tally.skipped, tally.errors, tally.first_errors, tally.read, self._foreign,
        )  # fmt: skip
        tally.skipped, tally.errors, tally.first_errors = 0, 0, []
        return made


def prepared(sources: list[Source | Items], limits: Limits) -> Iterator[Batch]:
    """``batches``, made by a second process where that pays."""
    files = [source for source in sources if isinstance(source, Source)]
    if (
        len(files) < len(sources)
        or sum(source.size() for source in files) < _ALONE
        or not all(source.can_be_read_again for source in files)
    ):
        yield from batches(sources, limits)
        return
    order = {
        "sources": [[source.format, str(source.path)] for source in files],
        "limits": list(limits),
        "read": "here" if all(source.format == "csl" for source in files) else "apart",
    }
    for said in _of_another_process(order):
        yield Batch(*cast("tuple[Any, ...]", said))


def _of_another_process(order: Mapping[str, Any]) -> Iterator[Any]:
    """What ``serve`` gives out for an order in a process of its own.  Raises CatalogueError where that fails."""
    start = "import sys,json; order=json.load(sys.stdin); sys.path[:]=order['path']; from citenorm.catalogue.prepare import serve; serve(order)"
    with subprocess.Popen(
        [sys.executable, "-c", start],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        bufsize=1 << 20,
    ) as worker:
        assert worker.stdin is not None and worker.stdout is not None
        try:
            whole = {**order, "path": sys.path, "parent": os.getpid()}
            worker.stdin.write(json.dumps(whole).encode())
            worker.stdin.close()
            while True:
                try:
                    said = _taken(worker.stdout)
                except (EOFError, ValueError, TypeError):
                    raise CatalogueError(
                        "the process that reads the sources ended before its time (out of memory?)"
                    ) from None
                if said is None:
                    return
                if isinstance(said, str):
                    raise CatalogueError(said)
                yield said
        finally:
            worker.kill()


def _give(said: Any, out: BinaryIO) -> None:
    """One message, its length in front: ``marshal.load`` asks a pipe for every few bytes."""
    whole = marshal.dumps(said)
    out.write(len(whole).to_bytes(8, "little"))
    out.write(whole)


def _taken(pipe: IO[bytes]) -> Any:
    """The next message.  Raises EOFError, ValueError or TypeError where it was cut off."""
    size = int.from_bytes(pipe.read(8), "little")
    return marshal.loads(pipe.read(size))


def serve(order: Mapping[str, Any]) -> None:
    """Another process: what ``order`` asks for on standard output, None at the end, a message if it fails.

    ``read``: "here" or "apart" for batches of entries that are read here or by one more process, "only" for the entries alone.
    """
    gc.disable()
    serve_only(order["parent"])
    out = sys.stdout.buffer
    try:
        for made in _made(order):
            _give(tuple(made), out)
        _give(None, out)
        out.flush()
    except (BrokenPipeError, KeyboardInterrupt):
        sys.exit(1)
    except Exception as error:
        _give(str(error) or type(error).__name__, out)
        out.flush()


def _made(order: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    from pathlib import Path

    limits = Limits(*order["limits"])
    sources: list[Source | Items] = [Source(kind, Path(path)) for kind, path in order["sources"]]
    if order["read"] == "only":
        return _chunks(sources, limits)
    if order["read"] == "here":
        return batches(sources, limits)
    tally = Tally()
    return _packed(_read_apart(order, tally), limits, tally)


def _chunks(sources: Iterable[Source | Items], limits: Limits) -> Iterator[tuple[Any, ...]]:
    """Entries as plain values, many at once, with what was met beside them: (entries, left out, faults, the first of these, share read)."""
    tally = Tally()
    chunk: list[tuple[Any, ...]] = []

    def whole() -> tuple[Any, ...]:
        said = (chunk[:], tally.skipped, tally.errors, tally.first_errors, tally.read)
        chunk.clear()
        tally.skipped, tally.errors, tally.first_errors = 0, 0, []
        return said

    for name, entry in entries(sources, limits, tally):
        chunk.append((name, entry.link or line_of(entry)))
        if len(chunk) >= _CHUNK:
            yield whole()
    yield whole()


def _read_apart(order: Mapping[str, Any], tally: Tally) -> Iterator[tuple[str, Entry]]:
    """``entries``, by one more process."""
    for chunk, skipped, errors, first, read in _of_another_process({**order, "read": "only"}):
        tally.skipped += skipped
        tally.errors += errors
        tally.first_errors += first
        tally.read = read
        for name, said in chunk:
            linked = isinstance(said, tuple)
            yield name, Entry({}, link=said) if linked else Entry(loads(said), said)
