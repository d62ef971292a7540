"""A catalogue's sources in, which of their records are one work out: by what they state, never by what the matcher thinks.

One work: the same DOI or arXiv number, a version that a source states, a link of ``works-links``, the same place in print by the
same first author, or the same title by the same first author, unless both are in print in one journal with other volumes or pages
(a column, a yearly report) or lie eight years apart.  ``unsure`` says where none of this decides and readers would have to.
"""

from __future__ import annotations

import lzma
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any
from zlib import crc32

import orjson

from citenorm.model import year_of
from citenorm.normalize.text import fold

Item = dict[str, Any]
PARTS = ("fit", "choose", "untouched")
_YEARS = 8


@dataclass(slots=True)
class Known:
    """What is held of a record: enough to tell works apart, and no more (there are a million)."""

    id: str
    title: str
    first: str
    people: frozenset[str]
    venue: str
    volume: str
    page: str
    year: int
    preprint: bool
    book: bool


def items(paths: Iterable[Path]) -> Iterator[Item]:
    for path in paths:
        with lzma.open(path, "rb") as file:
            for line in file:
                yield orjson.loads(line)


def known(item: Item) -> Known:
    people = item.get("author") or item.get("editor") or []
    families = [fold(p.get("family") or p.get("literal") or "").replace(" ", "") for p in people]
    return Known(
        item["id"],
        fold(item.get("title") or ""),
        families[0] if families else "",
        frozenset(families),
        fold(item.get("container-title") or "").replace(" ", ""),
        str(item.get("volume") or ""),
        str(item.get("page") or "").split("-")[0],
        year_of(item) or 0,
        item.get("type") == "article",
        item.get("type") in ("book", "thesis"),
    )


def part_of(one: Known) -> str:
    """Which part a work belongs to: all works of one first author stand together."""
    return PARTS[crc32(one.first.encode()) % 3]


class Works:
    """Which records are one work."""

    def __init__(self) -> None:
        self.records: list[Known] = []
        self.at: dict[str, int] = {}
        self._parent: list[int] = []
        self._stated: dict[str, int] = {}
        self._alike: dict[str, list[int]] = defaultdict(list)
        self._versions: list[tuple[int, str]] = []

    def add(self, item: Item) -> None:
        one = known(item)
        at = len(self.records)
        self.records.append(one)
        self.at[one.id] = at
        self._parent.append(at)
        custom = item.get("custom") or {}
        for key in _stated(item, custom):
            self._join(at, self._stated.setdefault(key, at), guarded=True)
        if version := custom.get("version-of"):
            self._versions.append((at, version))
        if one.title:
            self._alike[f"{one.title.replace(' ', '')}|{one.first}"].append(at)
        if one.volume and one.page and one.venue:
            place = f"{one.venue}|{one.volume}|{one.page}|{one.first}|{one.year}"
            self._join(at, self._stated.setdefault(place, at))

    def finish(self, links: Iterable[Item]) -> None:
        for at, version in self._versions:
            key = version.lower()
            other = self.at.get(version, self._stated.get(key, self._stated.get("doi:" + key)))
            if other is not None:
                self._join(at, other, guarded=True)
        for link in links:
            one, other = self.at.get(link["id"]), self._stated.get(f"arxiv:{link['arxiv']}")
            if one is not None and other is not None:
                self._join(one, other, guarded=True)
        for block in self._alike.values():
            for a, b in combinations(block[:60], 2):
                if not self._apart(self.records[a], self.records[b]):
                    self._join(a, b)
        self._members: dict[int, list[int]] = defaultdict(list)
        for at in range(len(self.records)):
            self._members[self._root(at)].append(at)

    def work(self, ident: str) -> list[Known]:
        """All records of the work that a record belongs to."""
        return [self.records[i] for i in self._members[self._root(self.at[ident])]]

    def same(self, a: str, b: str) -> bool:
        return self._root(self.at[a]) == self._root(self.at[b])

    def namesakes(self, one: Known) -> list[Known]:
        """Records of the very title by the same first author, of the same work or not."""
        return [self.records[i] for i in self._alike[f"{one.title.replace(' ', '')}|{one.first}"]]

    def unsure(self, a: Known, b: Known) -> bool:
        """A preprint and a publication by half the same people under titles that share words, a few years apart, neither of which
        is known with another partner; or one title and first author where the rest does not say."""
        shared = len(a.people & b.people)
        if a.title == b.title and a.first == b.first:
            return not _columns(a, b)
        if not shared or 2 * shared < min(len(a.people), len(b.people)):
            return False
        words, others = set(a.title.split()), set(b.title.split())
        like = len(words & others) / max(1, min(len(words), len(others)))
        if a.preprint == b.preprint:
            # two publications, or two preprints, are two works unless one title is nearly the other
            return like >= 0.85 and abs(len(words) - len(others)) <= 1 and abs(a.year - b.year) <= 1
        pre, out = (a, b) if a.preprint else (b, a)
        partnered = any(not k.preprint for k in self.work(pre.id)) or any(
            k.preprint for k in self.work(out.id)
        )
        return like >= 0.4 and not partnered and -1 <= out.year - pre.year <= 4

    def _apart(self, a: Known, b: Known) -> bool:
        """The same title by the same first author, and yet not known to be one work."""
        if _columns(a, b) or (abs(a.year - b.year) > _YEARS and not (a.book and b.book)):
            return True
        common = len(a.title.split()) <= 2
        return common and (abs(a.year - b.year) > 2 or len(a.people & b.people) < len(a.people) / 2)

    def _join(self, a: int, b: int, guarded: bool = False) -> None:
        if guarded and not _plausible(self.records[a], self.records[b]):
            return
        a, b = self._root(a), self._root(b)
        if a != b:
            self._parent[max(a, b)] = min(a, b)

    def _root(self, i: int) -> int:
        while self._parent[i] != i:
            self._parent[i] = self._parent[self._parent[i]]
            i = self._parent[i]
        return i


def _stated(item: Item, custom: Item) -> Iterator[str]:
    if doi := str(item.get("DOI") or "").lower():
        yield "doi:" + doi
    if arxiv := custom.get("arxiv"):
        yield f"arxiv:{arxiv}"


def _plausible(a: Known, b: Known) -> bool:
    """A stated identifier that joins two works with nothing in common is a slip of its source."""
    if a.people & b.people:
        return True
    words, others = set(a.title.split()), set(b.title.split())
    return len(words & others) >= 0.6 * max(len(words), len(others))


def _columns(a: Known, b: Known) -> bool:
    """Two pieces in one journal or proceedings, in other volumes or on other pages, or in other years without such."""
    if a.preprint or b.preprint or not a.venue or a.venue != b.venue:
        return False
    if a.volume and b.volume and a.volume != b.volume:
        return True
    return bool(a.page and b.page and a.page != b.page) or a.year != b.year


_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")


def kinds_of(one: Known, works: Works, titles: dict[str, set[str]]) -> list[str]:
    """What makes a record a hard one to tell: for sampling and for reporting."""
    out = []
    family = works.work(one.id)
    if len({k.title for k in family}) > 1:
        out.append("retitled")
    if any(not works.same(one.id, k.id) for k in works.namesakes(one)):
        out.append("column")
    if len(titles.get(one.title, ())) > 1:
        out.append("same title")
    words = one.title.split()
    if any(w in _PARTS for w in words):
        out.append("part")
    elif _YEAR.search(one.title):
        out.append("yearly")
    if len(words) <= 3:
        out.append("short title")
    if one.book:
        out.append("book")
    return out or ["plain"]


_PARTS = frozenset(
    (
        "part",
        "parts",
        "volume",
        "ii",
        "iii",
        "iv",
        "task",
        "edition",
        "report",
        "teil",
        "supplement",
    )
)
