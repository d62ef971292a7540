"""Records in, works out: those that are versions of one work stand together, with the reasons why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ...model import Link, Record, Work
from ..fields import title_level
from ..views import View, record_view
from .pair import SAME_TITLE
from .same_work import link


def group(records: Iterable[Record]) -> list[Work]:
    """Records → works, in the order of their smallest ids; the same for any order of the input."""
    ordered = sorted({r.id: r for r in records}.values(), key=lambda r: r.id)
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
            if how := link(a, ordered[j]):
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
    everything = [record, *records]
    return next(w for w in group(everything) if any(r.id == record.id for r in w.records))


def _both_whole(one: Sequence[View], two: Sequence[View]) -> bool:
    """Two works that each have a preprint number or a preprint and a publication of their own are no versions of each other."""
    numbers = [{v.arxiv or v.version_of for v in side} - {""} for side in (one, two)]
    if all(numbers) and not numbers[0] & numbers[1]:
        return True
    return all(
        any(v.preprint for v in side) and any(not v.preprint for v in side) for side in (one, two)
    )
