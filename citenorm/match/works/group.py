"""Records in, works out: those that are versions of one work stand together, with the reasons why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from ...model import Link, Record, Work
from ..fields import title_level
from ..views import View, record_view
from .pair import SAME_TITLE
from .same_work import link


def group(records: Iterable[Record]) -> list[Work]:
    """Records → works, in the order of their smallest ids; the same for any order of the input."""
    return _grouped(_ordered(records), link)


def _ordered(records: Iterable[Record]) -> list[Record]:
    return sorted({r.id: r for r in records}.values(), key=lambda r: r.id)


def _grouped(ordered: Sequence[Record], how_linked: Callable[[Record, Record], str]) -> list[Work]:
    views = [record_view(r) for r in ordered]
    parent = list(range(len(ordered)))
    links: list[tuple[int, Link]] = []

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    guesses: list[tuple[int, int, str]] = []
    for i, a in enumerate(ordered):
        for j in range(i + 1, len(ordered)):
            if root(i) == root(j):
                continue
            if how := how_linked(a, ordered[j]):
                level, _ = title_level(views[i].title, views[j].title)
                if how == "similar" and level not in SAME_TITLE:  # by their people alone
                    guesses.append((i, j, how))
                    continue
                links.append((i, Link(a.id, ordered[j].id, how)))
                parent[max(root(i), root(j))] = min(root(i), root(j))
    for i, j, how in guesses:
        sides = [[v for k, v in enumerate(views) if root(k) == root(x)] for x in (i, j)]
        if root(i) != root(j) and not _both_whole(*sides):
            links.append((i, Link(ordered[i].id, ordered[j].id, how)))
            parent[max(root(i), root(j))] = min(root(i), root(j))
    members: dict[int, list[Record]] = {}
    for i, record in enumerate(ordered):
        members.setdefault(root(i), []).append(record)
    return [
        Work(_name(rs), tuple(rs), tuple(x for i, x in links if root(i) == top))
        for top, rs in sorted(members.items())
    ]


def _name(records: Sequence[Record]) -> str:
    return min(r.id for r in records)


def work_of(record: Record, records: Iterable[Record]) -> Work:
    """The work that ``record`` belongs to, out of the records given."""
    known: dict[tuple[str, str], str] = {}

    def once(a: Record, b: Record) -> str:
        if (a.id, b.id) not in known:
            known[a.id, b.id] = link(a, b)
        return known[a.id, b.id]

    near = _connected(record.id, _ordered([record, *records]), once)
    return next(w for w in _grouped(near, once) if any(r.id == record.id for r in w.records))


def _connected(
    start: str, ordered: Sequence[Record], how_linked: Callable[[Record, Record], str]
) -> list[Record]:
    """The records that are linked with one of them, however far around: no others can come to its work, so these alone are grouped."""
    near, others = [r for r in ordered if r.id == start], [r for r in ordered if r.id != start]
    for one in near:  # it grows on the way
        apart: list[Record] = []
        for other in others:
            a, b = (one, other) if one.id < other.id else (other, one)
            (near if how_linked(a, b) else apart).append(other)
        others = apart
    return _ordered(near)


def _both_whole(one: Sequence[View], two: Sequence[View]) -> bool:
    """Two works that each have a preprint number or a preprint and a publication of their own are no versions of each other."""
    numbers = [{v.arxiv or v.version_of for v in side} - {""} for side in (one, two)]
    if all(numbers) and not numbers[0] & numbers[1]:
        return True
    return all(
        any(v.preprint for v in side) and any(not v.preprint for v in side) for side in (one, two)
    )
