"""Records in as they stream by, the groups of them that are versions of one work out.

Traits are kept in flat arrays (about 100 bytes a record).  Pairs worth comparing share a hash: a title with its first
author, an identifier, or a stated relation; what is one work is decided by ``link.why_same``.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from ..model import Csl
from . import terms
from .link import WIDTH, Traits, stated_same, traits, traits_of, why_same

if TYPE_CHECKING:
    from .prepare import Batch
    from .records import RecordFile
    from .search import Catalogue

_CROWD = 60
"""A hash shared by more records than this tells nothing (a whole proceedings' DOI)."""


class Linker:
    """Collects traits while a catalogue is built."""

    def __init__(self) -> None:
        self.count = 0
        self._dropped: set[int] = set()
        self._places = array("Q")
        self._fixed = array("Q")
        self._people, self._people_at = array("I"), array("Q", [0])
        self._names, self._names_at = array("Q"), array("Q", [0])
        self._relations, self._relations_at = array("Q"), array("Q", [0])
        self._stated: list[tuple[int, int]] = []

    def extend(self, batch: Batch, base: int) -> None:
        """Note the records of a batch; ``base`` is the place of the beginning of its blocks."""
        self.count += len(batch.places)
        self._places.extend([base + place for place in batch.places])
        self._fixed.frombytes(batch.fixed)
        for values, ends, new, counts in (
            (self._people, self._people_at, batch.people, batch.people_counts),
            (self._names, self._names_at, batch.names, batch.names_counts),
            (self._relations, self._relations_at, batch.relations, batch.relations_counts),
        ):
            values.frombytes(new)
            ends.extend(accumulate(counts, initial=ends.pop()))
        self._stated += batch.links

    def traits(self, i: int) -> Traits:
        return Traits(
            tuple(self._fixed[WIDTH * i : WIDTH * (i + 1)]),
            tuple(self._people[self._people_at[i] : self._people_at[i + 1]]),
            tuple(self._names[self._names_at[i] : self._names_at[i + 1]]),
            tuple(self._relations[self._relations_at[i] : self._relations_at[i + 1]]),
        )  # fmt: skip

    def repeated(self) -> list[int]:
        """Places of records whose id comes again later; they are left out of everything."""
        import numpy as np

        if not self.count:
            return []
        ids = np.frombuffer(self._names, dtype=np.uint64)[
            np.frombuffer(self._names_at, dtype=np.uint64)[:-1].astype(np.int64)
        ]
        order = np.argsort(ids, kind="stable")
        again = np.flatnonzero(ids[order][:-1] == ids[order][1:])
        self._dropped = set(order[again].tolist())
        return sorted(self._places[i] for i in self._dropped)

    def works(self) -> Iterator[list[int]]:
        """The places of the records of each work that has more than one, in order of the first."""
        if not self.count:
            return
        dropped = self._dropped
        parent: dict[int, int] = {}

        def top(i: int) -> int:
            while parent.setdefault(i, i) != i:
                parent[i] = parent[parent[i]]
                i = parent[i]
            return i

        for group in self._groups():
            members = [(i, self.traits(i)) for i in group if i not in dropped]
            for n, (i, a) in enumerate(members):
                for j, b in members[n + 1 :]:
                    if top(i) != top(j) and why_same(a, b):
                        parent[max(top(i), top(j))] = min(top(i), top(j))
        for i, j in self._stated_pairs():
            if (
                i not in dropped
                and j not in dropped
                and top(i) != top(j)
                and stated_same(self.traits(i), self.traits(j))
            ):
                parent[max(top(i), top(j))] = min(top(i), top(j))
        works: dict[int, list[int]] = {}
        for i in sorted(parent):
            works.setdefault(top(i), []).append(self._places[i])
        yield from (work for work in works.values() if len(work) > 1)

    def _groups(self) -> Iterator[list[int]]:
        """Groups of records that share a hash, in a fixed order."""
        import numpy as np

        count = self.count
        fixed = np.frombuffer(self._fixed, dtype=np.uint64).reshape(count, WIDTH)
        at = np.frombuffer(self._people_at, dtype=np.uint64)
        has = at[1:] > at[:-1]
        people = (
            np.frombuffer(self._people, dtype=np.uint32)
            if len(self._people)
            else np.zeros(1, np.uint32)
        )
        first = np.where(has, people[np.minimum(at[:-1], len(people) - 1)] >> 5, 0).astype(
            np.uint64
        )
        everyone = np.arange(count, dtype=np.int64)
        mixed = first * np.uint64(0x9E3779B97F4A7C15)
        by_title, by_main = fixed[:, 0] ^ mixed, fixed[:, 1] ^ mixed
        mains = np.flatnonzero((fixed[:, 1] != 0) & has)
        hashes = np.concatenate([by_title, by_main[mains]])
        owners = np.concatenate([everyone, mains])
        yield from _shared(hashes, owners)
        names_at = np.frombuffer(self._names_at, dtype=np.uint64).astype(np.int64)
        relations_at = np.frombuffer(self._relations_at, dtype=np.uint64).astype(np.int64)
        names = np.frombuffer(self._names, dtype=np.uint64)
        relations = (
            np.frombuffer(self._relations, dtype=np.uint64)
            if len(self._relations)
            else np.empty(0, np.uint64)
        )
        hashes = np.concatenate([names, relations])
        owners = np.concatenate(
            [np.repeat(everyone, np.diff(names_at)), np.repeat(everyone, np.diff(relations_at))]
        )
        yield from _shared(hashes, owners)

    def _stated_pairs(self) -> Iterator[tuple[int, int]]:
        if not self._stated:
            return
        wanted = {key for pair in self._stated for key in pair}
        holders: dict[int, list[int]] = {}
        for i in range(self.count):
            for name in self._names[self._names_at[i] : self._names_at[i + 1]]:
                if name in wanted:
                    holders.setdefault(name, []).append(i)
        for a, b in self._stated:
            yield from ((i, j) for i in holders.get(a, ()) for j in holders.get(b, ()) if i != j)


def _shared(hashes: Any, owners: Any) -> Iterator[list[int]]:
    """Owners of each hash that more than one (and no crowd) has."""
    import numpy as np

    order = np.argsort(hashes, kind="stable")
    hashes, owners = hashes[order], owners[order]
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
