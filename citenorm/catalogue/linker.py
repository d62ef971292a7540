"""Records in as they stream by, the groups of them that are versions of one work out.

Traits are kept on disk (``spool.py``).  Pairs worth comparing share a hash: a title with its first author, an
identifier, or a stated relation; what is one work is decided by ``link.why_same``.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from struct import Struct
from typing import TYPE_CHECKING, Any
from zlib import crc32

from ..model import Csl
from . import terms
from .link import WIDTH, Traits, number_of, stated_same, traits, traits_of, why_same
from .spool import Hashes, Rows, sorted_hashes

if TYPE_CHECKING:
    from pathlib import Path

    from .prepare import Batch
    from .records import RecordFile
    from .search import Catalogue

_CROWD = 60
"""A hash shared by more records than this tells nothing (a whole proceedings' DOI)."""
_FOREIGN = 0xFFFFFFFF
"""Owner of the ids of other shards' records."""
_COUNTS = 3
"""Bytes at the beginning of a row of traits that say how many numbers follow."""


class Linker:
    """Collects traits while a catalogue is built; in memory it keeps some 20 bytes a record, the rest in files of ``folder``."""

    def __init__(self, folder: Path) -> None:
        self.count = 0
        self._dropped = bytearray()
        self._places = array("Q")
        self._rows = Rows(folder)
        self._ids, self._titles, self._mains = Hashes(folder), Hashes(folder), Hashes(folder)
        self._names, self._relations = Hashes(folder), Hashes(folder)
        self._stated: list[tuple[str, str]] = []
        self.read = self.ids = 0
        """Records of all shards, and a checksum over their ids."""

    def extend(self, batch: Batch, places: list[int]) -> None:
        """Note the records of a batch, and the place of each."""
        self._note(batch)
        self._places.extend(places)
        self._rows.extend(*_rows(batch))
        self._stated += batch.links
        self.count += len(places)

    def _note(self, batch: Batch) -> None:
        """Write down what records may be found by."""
        import numpy as np

        new = len(batch.lines)
        if not new:
            self._note_ids(np.empty(0, np.uint64), np.empty(0, np.uint32), batch.foreign)
            return
        fixed = np.frombuffer(batch.fixed, dtype=np.uint64).reshape(new, WIDTH)
        owners = np.arange(self.count, self.count + new, dtype=np.uint32)
        many, named, related = (
            np.frombuffer(counts, dtype=np.uint8)
            for counts in (batch.people_counts, batch.names_counts, batch.relations_counts)
        )
        people = np.frombuffer(batch.people + bytes(4), dtype=np.uint32)
        at = np.concatenate([[0], np.cumsum(many, dtype=np.int64)[:-1]])
        first = np.where(many > 0, people[at] >> 5, 0).astype(np.uint64)
        mixed = first * np.uint64(0x9E3779B97F4A7C15)
        mains = np.flatnonzero((fixed[:, 1] != 0) & (many > 0))
        self._titles.extend(fixed[:, 0] ^ mixed, owners)
        self._mains.extend((fixed[:, 1] ^ mixed)[mains], owners[mains])
        names = np.frombuffer(batch.names, dtype=np.uint64)
        ids = np.concatenate([[0], np.cumsum(named, dtype=np.int64)[:-1]])
        self._note_ids(names[ids], owners, batch.foreign)
        self._names.extend(names, np.repeat(owners, named))
        relations = np.frombuffer(batch.relations, dtype=np.uint64)
        self._relations.extend(relations, np.repeat(owners, related))

    def _note_ids(self, ids: Any, owners: Any, foreign: Sequence[tuple[int, int]]) -> None:
        """Ids in the order in which they came, those of other shards without an owner."""
        import numpy as np

        if foreign:
            at, others = (np.array(each, dtype=np.uint64) for each in zip(*foreign, strict=True))
            ids = np.insert(ids, at.astype(np.int64), others)
            owners = np.insert(owners, at.astype(np.int64), _FOREIGN)
        self._ids.extend(ids, owners)
        self.read += len(ids)
        self.ids = crc32(ids.tobytes(), self.ids)

    def traits(self, i: int) -> Traits:
        row = self._rows[i]
        people, names, relations = row[:_COUNTS]
        found = _shape(people, names, relations).unpack_from(row, _COUNTS)
        people += WIDTH
        names += people
        return Traits(found[:WIDTH], found[WIDTH:people], found[people:names], found[names:])

    def repeated(self) -> list[int]:
        """Places of records whose id comes again later; they are left out of everything."""
        self._dropped = bytearray(self.count)
        again: list[int] = []
        for hashes, owners in sorted_hashes([self._ids]):
            earlier = owners[:-1][hashes[:-1] == hashes[1:]]
            again += earlier[earlier != _FOREIGN].tolist()
        for i in again:
            self._dropped[i] = 1
        return sorted(self._places[i] for i in again)

    def works(self) -> Iterator[list[int]]:
        """The places of the records of each work that has more than one, in order of the first.

        To be asked once, after ``repeated``.
        """
        parent = array("I", range(self.count))

        def top(i: int) -> int:
            while parent[i] != i:
                parent[i] = parent[parent[i]]
                i = parent[i]
            return i

        dropped = self._dropped
        for group in self._groups():
            members = [(i, self.traits(i)) for i in group if not dropped[i]]
            for n, (i, a) in enumerate(members):
                for j, b in members[n + 1 :]:
                    if top(i) != top(j) and why_same(a, b):
                        parent[max(top(i), top(j))] = min(top(i), top(j))
        for i, j in self._stated_pairs():
            if (
                not (dropped[i] or dropped[j])
                and top(i) != top(j)
                and stated_same(self.traits(i), self.traits(j))
            ):
                parent[max(top(i), top(j))] = min(top(i), top(j))
        for work in _families(parent):
            yield [self._places[i] for i in work]

    def _groups(self) -> Iterator[list[int]]:
        """Groups of records that share a hash, in a fixed order."""
        yield from _shared([self._titles, self._mains])
        yield from _shared([self._names, self._relations])

    def _stated_pairs(self) -> Iterator[tuple[int, int]]:
        holders = self._holders()
        for a, b in self._stated:
            yield from ((i, j) for i in holders.get(a, ()) for j in holders.get(b, ()) if i != j)

    def _holders(self) -> dict[str, list[int]]:
        """Each key that a stated link names → the records that have it."""
        import numpy as np

        if not self._stated:
            return {}
        keys = {number_of(key): key for pair in self._stated for key in pair}
        wanted = np.array(sorted(keys), dtype=np.uint64)
        holders: dict[str, list[int]] = {}
        for hashes, owners in self._names.chunks():
            here = np.isin(hashes, wanted)
            for name, i in zip(hashes[here].tolist(), owners[here].tolist(), strict=True):
                holders.setdefault(keys[name], []).append(i)
        return holders

    def stated_elsewhere(self) -> dict[int, list[str]]:
        """Places of records → the keys that sources state to be versions of them, as far as other shards may have them."""
        holders = self._holders()
        found: dict[int, list[str]] = {}
        for pair in self._stated:
            for mine, other in (pair, pair[::-1]):
                for i in holders.get(mine, ()):
                    if not self._dropped[i]:
                        found.setdefault(self._places[i], []).append(other)
        return found

    def close(self) -> None:
        """Give the files back."""
        for spooled in (self._rows, self._ids, self._titles, self._mains, self._names):
            spooled.close()
        self._relations.close()


def _rows(batch: Batch) -> tuple[bytes, list[int]]:
    """The traits of each record of a batch as bytes, one behind the other: how many people, names and relations, then the numbers; their lengths."""
    import numpy as np

    new = len(batch.lines)
    counts = np.empty((new, _COUNTS), np.uint8)
    counts[:, 0], counts[:, 1], counts[:, 2] = (
        np.frombuffer(said, np.uint8)
        for said in (batch.people_counts, batch.names_counts, batch.relations_counts)
    )
    fixed = np.full(new, 8 * WIDTH, np.int64)
    sizes = [np.full(new, _COUNTS), fixed, *(counts.astype(np.int64) * (4, 8, 8)).T]
    lengths = np.sum(sizes, axis=0)
    at = np.cumsum(lengths) - lengths
    rows = np.empty(int(lengths.sum()), np.uint8)
    parts = (counts.tobytes(), batch.fixed, batch.people, batch.names, batch.relations)
    for part, size in zip(parts, sizes, strict=True):
        within = np.arange(len(part)) - np.repeat(np.cumsum(size) - size, size)
        rows[np.repeat(at, size) + within] = np.frombuffer(part, np.uint8)
        at = at + size
    return rows.tobytes(), lengths.tolist()


@cache
def _shape(people: int, names: int, relations: int) -> Struct:
    return Struct(f"={WIDTH}Q{people}I{names}Q{relations}Q")


def _families(parent: array[int]) -> Iterator[list[int]]:
    """Groups of several, in order of the first member; ``parent`` leads each member to a smaller one, the first to itself."""
    import numpy as np

    above = np.frombuffer(parent, dtype=np.uintc).copy()
    while True:
        higher = above[above]
        if np.array_equal(higher, above):
            break
        above = higher
    later = np.flatnonzero(above != np.arange(len(above), dtype=above.dtype))
    later = later[np.argsort(above[later], kind="stable")]
    firsts = above[later]
    starts = np.flatnonzero(np.concatenate([[True], firsts[1:] != firsts[:-1]]))
    ends = np.concatenate([starts[1:], [len(later)]])
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        if end:
            yield [int(firsts[start]), *later[start:end].tolist()]


def _shared(columns: Sequence[Hashes]) -> Iterator[list[int]]:
    """Owners of each hash that more than one (and no crowd) has."""
    import numpy as np

    for hashes, owners in sorted_hashes(columns):
        starts = np.flatnonzero(np.concatenate([[True], hashes[1:] != hashes[:-1]]))
        ends = np.concatenate([starts[1:], [len(hashes)]])
        several = np.flatnonzero(ends - starts > 1)
        for start, end in zip(starts[several].tolist(), ends[several].tolist(), strict=True):
            group = list(dict.fromkeys(owners[start:end].tolist()))
            if 1 < len(group) <= _CROWD:
                yield group


@dataclass(slots=True)
class Change:
    """What adding or removing records does to works: a member of each work that goes, the works that come, how many are lost."""

    broken: set[int] = field(default_factory=set)
    made: list[list[int]] = field(default_factory=list)
    lost: int = 0


def relink(
    old: Catalogue,
    new: RecordFile | None,
    fresh: list[int],
    gone: set[int],
    stated: Iterable[tuple[str, str]],
) -> Change:
    """Works after ``fresh`` places came and ``gone`` ones went: they join, grow, shrink or vanish."""
    works = _Relinked(old, gone)
    for place in sorted(gone):
        works.take(place)
    for place in fresh:
        assert new is not None
        works.add(place, new.item(place))
    for one, two in stated:
        works.join_stated(one, two)
    return works.change()


_IDENTIFIERS = ("d:", "a:", "u:", "m:", "#:")
"""What keys of identifiers begin with."""
_OF_RECORD = ("u:", "m:")
"""Of these, those by which no record names another one."""


class _Relinked:
    """The works of a catalogue while records come and go; a record is known by its place."""

    def __init__(self, old: Catalogue, gone: set[int]) -> None:
        self._old, self._gone = old, gone
        self._change = Change()
        self._parent: dict[int, int] = {}
        self._touched: set[int] = set()
        self._seen: dict[int, Traits] = {}
        self._held: dict[str, list[int]] = {}
        """Key → the fresh records that have it."""

    def _top(self, i: int) -> int:
        parent = self._parent
        while parent.setdefault(i, i) != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    def _join(self, i: int, j: int) -> None:
        one, two = sorted((self._top(i), self._top(j)))
        self._parent[two] = one

    def take(self, place: int) -> None:
        """Bring the work that a record of the old catalogue is in among those that change."""
        if place in self._touched:
            return
        members = self._old.members(place)
        self._touched.update(members, [place])
        if members:
            self._change.broken.add(members[0])
            self._change.lost += 1
            left = [member for member in members if member not in self._gone]
            for member in left[1:]:
                self._join(left[0], member)

    def add(self, place: int, item: Csl) -> None:
        """A fresh record joins the works of those, old and fresh, that are the same work."""
        parts = terms.see(item)
        self._seen[place] = mine = traits_of(parts)
        title = str(item["title"])
        keys = [k for k in terms.keys_of(parts) if k[:2] in _IDENTIFIERS or k[:1] == "r"]
        asked = [*keys, *_related(keys), *_title_keys(title)]
        for other in self._old_places(asked):
            if why_same(mine, traits(self._old.item(other))):
                self.take(other)
                self._join(place, other)
        for other in (other for key in asked for other in self._held.get(key, ())):
            if self._top(place) != self._top(other) and why_same(mine, self._seen[other]):
                self._join(place, other)
        for key in [*keys, terms.title_key(title)]:
            self._held.setdefault(key, []).append(place)

    def join_stated(self, one: str, two: str) -> None:
        """Two records, named as sources name them, that a source says are one work."""
        for i, a in self._named(one):
            for j, b in self._named(two):
                if i != j and stated_same(a, b):
                    for place in (i, j):
                        if place not in self._seen:
                            self.take(place)
                    self._join(i, j)

    def _old_places(self, keys: list[str]) -> list[int]:
        return [place for place in self._old.places(keys, _CROWD) if place not in self._gone]

    def _named(self, target: str) -> list[tuple[int, Traits]]:
        key = terms.target_key(target)
        places = [*self._old_places([key]), *self._held.get(key, [])]
        return [(p, self._seen.get(p) or traits(self._old.item(p))) for p in places]

    def change(self) -> Change:
        works: dict[int, list[int]] = {}
        for i in sorted(self._parent):
            works.setdefault(self._top(i), []).append(i)
        self._change.made = [work for work in works.values() if len(work) > 1]
        return self._change


def _related(keys: list[str]) -> list[str]:
    """Keys under which other records name this one, or are named by it."""
    named = [key[1:] for key in keys if key[:1] == "r"]
    return named + ["r" + k for k in keys if k[:1] != "r" and k[:2] not in _OF_RECORD]


def _title_keys(title: str) -> list[str]:
    """Keys of a title and of its main part."""
    main = terms.main_part(title)
    return [*([terms.title_key(main)] if main else []), terms.main_key(title)]
