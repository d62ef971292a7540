"""A catalogue's sources in, which of their records are one work out: by what they state, never by what the matcher thinks.

One work: the same DOI or arXiv number, a version that a source states, a link of ``works-links``, the same place in print by one
person, or the same title by the same people where nothing that both state of their place says otherwise.  ``standing`` tells a
column, a yearly report or an erratum under its paper's title (other volumes and pages of one container, or other years) from what a
second index made of one piece; ``unsure`` says where none of this decides and readers would have to.
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
from rapidfuzz.distance import Indel

from citenorm.match.works.place import container_key
from citenorm.model import year_of
from citenorm.normalize.text import fold

Item = dict[str, Any]
PARTS = ("fit", "choose", "untouched")
_YEARS = 8
_LONG = 6
"""A title of so many words is not given to two pieces in one volume."""
_FEW = 3
"""A title of so few words may come again by itself."""
SAME, OTHER, OPEN = "same", "other", "open"
_VERSION = re.compile(
    r" (?:extended|full|long|short|revised|preliminary|technical|invited) (?:abstract|version|paper|report|talk)$"
)
"""What a version of a work says of itself behind its title."""


@dataclass(slots=True)
class Known:
    """What is held of a record: enough to tell works apart, and no more (there are a million)."""

    id: str
    title: str
    first: str
    next: tuple[str, ...]
    people: frozenset[str]
    venue: str
    volume: str
    page: str
    year: int
    preprint: bool
    book: bool
    meeting: bool


def items(paths: Iterable[Path]) -> Iterator[Item]:
    for path in paths:
        with lzma.open(path, "rb") as file:
            for line in file:
                yield orjson.loads(line)


def known(item: Item) -> Known:
    people = item.get("author") or item.get("editor") or []
    families = [_surname(p.get("family") or p.get("literal") or "") for p in people]
    return Known(
        item["id"],
        _VERSION.sub("", fold(item.get("title") or "")),
        families[0] if families else "",
        tuple(dict.fromkeys(families[1:_NAMED])),
        frozenset(families),
        container_key(str(item.get("container-title") or "")),
        str(item.get("volume") or "").lstrip("0"),
        str(item.get("page") or "").split("-")[0].strip().lstrip("0"),
        year_of(item) or 0,
        item.get("type") == "article",
        item.get("type") in ("book", "thesis"),
        item.get("type") == "paper-conference",
    )


_NAMED = 4
"""So many of the people of a record are tried for another record of its title."""


def _surname(family: str) -> str:
    """A family name without its particles, which stand before it, behind it or nowhere."""
    words = fold(family).split()
    return words[-1] if words else ""


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
            for person in (one.first, *one.next):
                self._alike[f"{one.title.replace(' ', '')}|{person}"].append(at)
        if one.volume and one.venue and _own_page(one):
            place = f"{one.venue}|{one.volume}|{one.page}|{one.first}"
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
                if standing(self.records[a], self.records[b]) == SAME:
                    self._join(a, b)
        self._members: dict[int, list[int]] = defaultdict(list)
        for at in range(len(self.records)):
            self._members[self._root(at)].append(at)

    def work(self, ident: str) -> list[Known]:
        """All records of the work that a record belongs to."""
        return [self.records[i] for i in self._members[self._root(self.at[ident])]]

    def root(self, ident: str) -> int:
        """A number that the records of one work share."""
        return self._root(self.at[ident])

    def same(self, a: str, b: str) -> bool:
        return self._root(self.at[a]) == self._root(self.at[b])

    def namesake(self, a: Known, b: Known) -> bool:
        """Two records under one title by the same people."""
        return _spelled_alike(a, b) and _same_people(a, b)

    def namesakes(self, one: Known) -> list[Known]:
        """Records of the very title by the same first author, of the same work or not."""
        return [self.records[i] for i in self._alike[f"{one.title.replace(' ', '')}|{one.first}"]]

    def unsure(self, a: Known, b: Known) -> bool:
        """A preprint and a publication by half the same people under titles that share words, a few years apart, neither of which
        is known with another partner; or one title and first author where the rest does not say."""
        shared = len(a.people & b.people)
        if _spelled_alike(a, b):
            return standing(a, b) != OTHER
        if _shortened(a, b) and abs(a.year - b.year) <= (4 if a.preprint != b.preprint else 1):
            return standing(a, b) != OTHER
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


def standing(a: Known, b: Known) -> str:
    """How two records under one title stand to each other: ``SAME`` work, an ``OTHER`` one, or ``OPEN``."""
    years = abs(a.year - b.year) if a.year and b.year else 0
    if not _same_people(a, b):
        return OPEN if years <= 1 and a.venue == b.venue else OTHER
    words = len(a.title.split())
    if a.preprint or b.preprint or not a.venue or a.venue != b.venue:
        few = words <= _FEW and years > 2
        return OPEN if few or (years > _YEARS and not (a.book and b.book)) else SAME
    return _in_one_venue(a, b, words, years)


def _in_one_venue(a: Known, b: Known, words: int, years: int) -> str:
    if a.meeting and b.meeting and not years and words > _FEW:
        return SAME  # two indexes of one meeting count its pages and volumes differently
    pages = OPEN
    if _own_page(a) and _own_page(b):
        pages = SAME if a.page == b.page else OTHER
    if a.volume and b.volume and a.volume != b.volume:
        slip = pages == SAME or (words >= _LONG and not years)
        return OPEN if slip else OTHER
    if pages == SAME:
        return SAME
    if pages == OTHER:
        return OPEN if words >= _LONG and not years else OTHER
    if a.volume and b.volume:
        return SAME if words >= _LONG else OPEN
    if years:
        return OPEN if years == 1 and words >= _LONG else OTHER
    return SAME if words > _FEW else OPEN


def told(stated: Item, one: Known, other: Known) -> bool:
    """What somebody states of ``one`` tells it from ``other`` of the same title: another volume, page or DOI, or years that are apart."""
    year = year_of(stated) or 0
    if year and other.year and abs(year - other.year) > 1:
        return True
    for field, theirs in (("volume", other.volume), ("page", other.page)):
        value = str(stated.get(field) or "").split("-")[0].strip().lstrip("0")
        if value and theirs and value != theirs:
            return True
    return bool(stated.get("DOI")) and one.venue == other.venue


def _own_page(one: Known) -> bool:
    """It has a page that no other piece of its volume has; not where each piece is counted from 1."""
    return bool(one.page) and one.page != "1" and not one.page.endswith(":1")


def _same_people(a: Known, b: Known) -> bool:
    return 2 * len(a.people & b.people) >= min(len(a.people), len(b.people)) > 0


_ABOUT = frozenset(
    [
        "erratum",
        "errata",
        "corrigendum",
        "publisher",
        "note",
        "reply",
        "response",
        "comment",
        "review",
        "respond",
    ]
)
"""Words by which a piece says that it is about another one."""


def _shortened(a: Known, b: Known) -> bool:
    """One title is the other without its subtitle, or without what stands before it."""
    short, long = sorted((a.title, b.title), key=len)
    if len(short.split()) < 2 or not _same_people(a, b):
        return False
    if not (long.startswith(short + " ") or long.endswith(" " + short)):
        return False
    return not _ABOUT & set(long.replace(short, " ").split())


def _spelled_alike(a: Known, b: Known) -> bool:
    """One title and first author, letters that a scan or an index lost aside."""
    numbers = re.findall(r"\d+", a.title) == re.findall(r"\d+", b.title)
    close = Indel.normalized_similarity(a.title, b.title, score_cutoff=0.93)
    people = bool(a.people & b.people) or Indel.normalized_similarity(a.first, b.first) >= 0.75
    return numbers and bool(close) and people


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
