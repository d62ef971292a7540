"""Sources in, batches of everything that index, records and links need out; large sources are read by a second process.

Taking entries apart costs more than packing and indexing them, so a build of more than ``_ALONE`` bytes lets another process
do it, which gets its order as JSON on standard input and writes batches on standard output; and where reading alone costs as much
again (every format but CSL lines), that process has the entries read by a third one, which takes apart what the second is too slow for.  Batches and entries are tuples of plain values
(they travel by ``marshal``); order and contents are the same either way.
"""

from __future__ import annotations

import gc
import json
import marshal
import os
import queue
import subprocess
import sys
import threading
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import IO, Any, BinaryIO, NamedTuple, cast

from .. import jsontext
from ..errors import CatalogueError
from ..jsontext import loads
from ..model import Csl
from ..processes import serve_only
from . import coverage, terms
from .formats import Entry, Fault, Source
from .link import Traits, number_of, traits_all
from .shards import shard_of

SIZE = 1000
_ALONE = 4 << 20
_AHEAD = 2
"""So many messages wait for the process that reads them."""

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
    limit, since = limits.limit, limits.since

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
            elif limit is not None and taken >= limit:
                return
            elif since and entry.changed and entry.changed < since:
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


class Group(NamedTuple):
    """What comes into one batch, as it was read: entries, and of each whether it is a record of another shard, one to take, or a link;
    then what was counted since the last group (see ``Batch``)."""

    source: str
    found: Iterable[Entry]
    kinds: bytes
    skipped: int
    errors: int
    first_errors: list[str]
    read: float


_FOREIGN, _TAKEN, _LINK = range(3)


def batches(sources: Iterable[Source | Items], limits: Limits) -> Iterator[Batch]:
    """Everything that the sources hold, in order."""
    return map(_packed, _groups(sources, limits))


def _groups(sources: Iterable[Source | Items], limits: Limits) -> Iterator[Group]:
    """Entries → groups."""
    tally, source = Tally(), ""
    found: list[Entry] = []
    kinds, counts, full = bytearray(), [0, 0, 0], False

    def group() -> Group:
        made = Group(
            source, found, bytes(kinds), tally.skipped, tally.errors, tally.first_errors, tally.read
        )
        tally.skipped, tally.errors, tally.first_errors = 0, 0, []
        return made

    shard = limits.shard
    for name, entry in entries(sources, limits, tally):
        if full or name != source:
            if source:
                yield group()
            source, found, kinds, counts, full = name, [], bytearray(), [0, 0, 0], False
        kind = _kind(entry, shard)
        counts[kind] += 1
        full = counts[kind] >= (SIZE if kind == _TAKEN else 10 * SIZE)
        kinds.append(kind)
        found.append(entry)
    yield group()


def _kind(entry: Entry, shard: Sequence[int]) -> int:
    if entry.link is not None:
        return _LINK
    return _FOREIGN if shard and shard_of(entry.csl, shard[1]) != shard[0] else _TAKEN


def _packed(group: Group) -> Batch:
    """A group → its batch.  Each step runs over all records before the next one begins: so it is faster by a third."""
    taken: list[Entry] = []
    links: list[tuple[str, str]] = []
    foreign: list[tuple[int, int]] = []
    passed: list[Csl] = []
    for entry, kind in zip(group.found, group.kinds, strict=True):
        if kind == _TAKEN:
            taken.append(entry)
        elif entry.link is not None:
            one, other = entry.link
            links.append((terms.target_key(one), terms.target_key(other)))
        else:
            foreign.append((len(taken), number_of(f"#:{entry.csl.get('id')}")))
            passed.append(entry.csl)
    seen = terms.see_all([entry.csl for entry in taken])
    traits = traits_all(seen)
    return Batch(
        [line_of(entry) for entry in taken],
        list(zip(map(terms.text_of, seen), map(terms.pairs_of, seen), map(terms.keys_of, seen), strict=True)),
        *_flat(traits), links, [*map(_noted, seen), *map(coverage.note, passed)], group.source,
        group.skipped, group.errors, group.first_errors, group.read, foreign,
    )  # fmt: skip


def _noted(seen: terms.Seen) -> coverage.Noted:
    plain = seen.titles and str(seen.csl["title"]).isascii()
    return coverage.note(seen.csl, seen.joined[0] if plain else "")


_Flat = tuple[bytes, bytes, bytes, bytes, bytes, bytes, bytes]


def _flat(traits: Sequence[Traits]) -> _Flat:
    """The numbers of many traits one behind the other, and how many each record has of those that vary."""
    people = [one.people for one in traits]
    names = [one.names for one in traits]
    relations = [one.relations[:255] for one in traits]
    return (
        _behind("Q", [one.fixed for one in traits]),
        _behind("I", people), bytes(map(len, people)),
        _behind("Q", names), bytes(map(len, names)),
        _behind("Q", relations), bytes(map(len, relations)),
    )  # fmt: skip


def _behind(kind: str, rows: Iterable[Sequence[int]]) -> bytes:
    """The numbers of all rows, one behind the other."""
    return array(kind, chain.from_iterable(rows)).tobytes()


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


class _Sender:
    """Messages out, in order, by a thread that may wait for whoever reads them; a few wait at most."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._waiting: queue.Queue[bytes] = queue.Queue(_AHEAD)
        self._thread = threading.Thread(target=self._write, daemon=True)
        self._thread.start()

    @property
    def behind(self) -> bool:
        """Whether the reader has not yet asked for what was given last."""
        return not self._waiting.empty()

    def give(self, said: Any) -> None:
        """One message, its length in front: ``marshal.load`` asks a pipe for every few bytes."""
        whole = marshal.dumps(said)
        self._waiting.put(len(whole).to_bytes(8, "little") + whole)

    def close(self) -> None:
        """Wait until all is written."""
        self._waiting.put(b"")
        self._thread.join()

    def _write(self) -> None:
        try:
            while whole := self._waiting.get():
                self._out.write(whole)
                self._out.flush()
        except OSError:
            os._exit(1)  # nobody reads any more


def _taken(pipe: IO[bytes]) -> Any:
    """The next message.  Raises EOFError, ValueError or TypeError where it was cut off."""
    size = int.from_bytes(pipe.read(8), "little")
    return marshal.loads(pipe.read(size))


def serve(order: Mapping[str, Any]) -> None:
    """Another process: what ``order`` asks for on standard output, None at the end, a message if it fails.

    ``read``: "here" or "apart" for batches of entries that are read here or by one more process, "only" for groups of entries.
    """
    gc.disable()
    serve_only(order["parent"])
    sender = _Sender(sys.stdout.buffer)
    try:
        for made in _made(order, sender):
            sender.give(tuple(made))
        sender.give(None)
    except KeyboardInterrupt:
        sys.exit(1)
    except Exception as error:
        sender.give(str(error) or type(error).__name__)
    sender.close()


def _made(order: Mapping[str, Any], sender: _Sender) -> Iterable[tuple[Any, ...]]:
    from pathlib import Path

    limits = Limits(*order["limits"])
    sources: list[Source | Items] = [Source(kind, Path(path)) for kind, path in order["sources"]]
    if order["read"] == "only":
        groups = _groups(sources, limits)
        return (_packed(group) if sender.behind else _as_read(group) for group in groups)
    if order["read"] == "here":
        return batches(sources, limits)
    return map(_again, _of_another_process({**order, "read": "only"}))


def _as_read(group: Group) -> tuple[Any, ...]:
    """A group as plain values: to take it apart is left to whoever gets it."""
    return group._replace(found=[entry.link or line_of(entry) for entry in group.found])  # type: ignore[misc]


def _again(said: tuple[Any, ...]) -> tuple[Any, ...]:
    """A batch of what the reading process gave out, which packs some itself while it would have to wait."""
    if len(said) == len(Batch._fields):
        return said
    group = Group(*said)
    found = zip(said[1], group.kinds, strict=True)
    return _packed(group._replace(found=(
        Entry({}, link=one) if kind == _LINK else Entry(loads(one), one) for one, kind in found
    )))  # fmt: skip
