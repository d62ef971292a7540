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
    change = Change()
    parent: dict[int, int] = {}

    def top(i: int) -> int:
        while parent.setdefault(i, i) != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    def join(i: int, j: int) -> None:
        if top(i) != top(j):
            parent[max(top(i), top(j))] = min(top(i), top(j))

    touched: set[int] = set()

    def take(place: int) -> None:
        """Bring the work that a record of the old catalogue is in among those that change."""
        if place in touched:
            return
        members = old.members(place)
        touched.update(members, [place])
        if members:
            change.broken.add(members[0])
            change.lost += 1
            left = [member for member in members if member not in gone]
            for member in left[1:]:
                join(left[0], member)

    for place in sorted(gone):
        take(place)
    seen: dict[int, Traits] = {}
    held: dict[str, list[int]] = {}
    for place in fresh:
        assert new is not None
        item = new.item(place)
        parts = terms.see(item)
        seen[place] = mine = traits_of(parts)
        keys = [
            key
            for key in terms.keys_of(parts)
            if key[:2] in ("d:", "a:", "u:", "m:", "#:") or key[:1] == "r"
        ]
        related = [key[1:] for key in keys if key[:1] == "r"] + [
            "r" + key for key in keys if key[:1] != "r" and key[:2] not in ("u:", "m:")
        ]
        main = terms.main_part(str(item["title"]))
        asked = [
            *keys,
            *related,
            *([terms.title_key(main)] if main else []),
            terms.main_key(str(item["title"])),
        ]
        near = [other for other in old.places(asked, _CROWD) if other not in gone]
        for other in near:
            if why_same(mine, traits(old.item(other))):
                take(other)
                join(place, other)
        for key in asked:
            for other in held.get(key, ()):
                if top(place) != top(other) and why_same(mine, seen[other]):
                    join(place, other)
        for key in [*keys, terms.title_key(str(item["title"]))]:
            held.setdefault(key, []).append(place)
    for pair in stated:
        ends = []
        for target in pair:
            key = terms.target_key(target)
            places = [place for place in old.places([key], _CROWD) if place not in gone] + held.get(
                key, []
            )
            ends.append(
                [
                    (place, seen[place] if place in seen else traits(old.item(place)))
                    for place in places
                ]
            )
        for i, a in ends[0]:
            for j, b in ends[1]:
                if i != j and stated_same(a, b):
                    for place in (i, j):
                        if place not in seen:
                            take(place)
                    join(i, j)
    works: dict[int, list[int]] = {}
    for i in sorted(parent):
        works.setdefault(top(i), []).append(i)
    change.made = [work for work in works.values() if len(work) > 1]
    return change
