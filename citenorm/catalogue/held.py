"""A packed file of a few thousand works → an index in memory; what is not asked for is not made."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

from . import terms
from .columns import PERSON, Packed, families_of, item_of, with_key

_CUSTOM = ("acl", "openreview", "dblp")
_FEW = 40
"""People of one work whose names are indexed."""


class Held:
    """See ``columnar.Index``."""

    def __init__(self, packed: Packed) -> None:
        self._packed = packed
        self.header = packed.header
        self._lines: dict[str, list[str]] = {}
        self._tables: dict[str, dict[str, list[int]]] = {}

    def _column(self, name: str) -> list[str]:
        found = self._lines.get(name)
        if found is None:
            found = self._lines[name] = self._packed.lines(name)
        return found

    # ------------------------------------------------------------------ keys
    def rows(self, key: str) -> Sequence[int]:
        kind, _, value = key.partition(":")
        table = self._tables.get(kind)
        if table is None:
            table = self._tables[kind] = _gathered(self._pairs(kind))
        return table.get(value, ())

    def _pairs(self, kind: str) -> Iterable[tuple[str, int]]:
        """Values of a kind of key, and the rows that have them."""
        made: dict[str, Callable[[], Iterable[tuple[str, int]]]] = {
            "#": self._ids, "t": self._titles, "u": self._titled_people, "m": self._mains,
            "v": self._pages, "d": self._dois, "a": self._arxiv, "i": self._isbns,
        }  # fmt: skip
        if kind in made:
            return made[kind]()
        return self._identifiers(kind) if kind in _CUSTOM else ()

    def _ids(self) -> Iterator[tuple[str, int]]:
        keys = self._column("key")
        for row, source in enumerate(self._column("source")):
            yield f"{source}:{keys[row]}", row

    def _titles(self) -> Iterator[tuple[str, int]]:
        return (("".join(words), row) for row, words in self._words)

    def _titled_people(self) -> Iterator[tuple[str, int]]:
        rosters = self._column("author")
        known: dict[str, str] = {}
        for row, words in self._words:
            family = families_of(rosters[row].partition(PERSON)[0])[0]
            lead = known.get(family)
            if lead is None:
                lead = known[family] = terms.last_word(" ".join(terms.words(family)))
            if lead:
                yield f"{''.join(words)}/{lead}", row

    def _mains(self) -> Iterator[tuple[str, int]]:
        titles = self._column("title")
        for row, _ in self._words:
            if part := terms.main_part(titles[row]):
                main = "".join(terms.words(part))
                if len(main) >= terms.MAIN:
                    yield main, row

    def _pages(self) -> Iterator[tuple[str, int]]:
        volumes = self._column("volume")
        for row, page in enumerate(self._column("page")):
            if page and volumes[row] and (key := terms.page_key(volumes[row], page)):
                yield key[2:], row

    def _dois(self) -> Iterator[tuple[str, int]]:
        for row, doi in self._stated("DOI"):
            if (key := terms.doi_key(doi))[:2] == "d:":
                yield key[2:], row

    def _arxiv(self) -> Iterator[tuple[str, int]]:
        yield from ((terms.arxiv_key(ident)[2:], row) for row, ident in self._stated("arxiv"))
        for row, doi in self._stated("DOI"):
            if (key := terms.doi_key(doi))[:2] == "a:":
                yield key[2:], row

    def _isbns(self) -> Iterator[tuple[str, int]]:
        for row, stated in self._stated("ISBN"):
            yield from (
                (terms.isbn_key(isbn)[2:], row) for isbn in stated.replace(",", " ").split()
            )

    def _identifiers(self, kind: str) -> Iterator[tuple[str, int]]:
        for row, value in self._stated(kind):
            yield terms.key_of(kind, value).partition(":")[2], row

    def _stated(self, name: str) -> Iterator[tuple[int, str]]:
        """Rows that say something in a column, and what."""
        keys = self._column("key")
        for row, text in enumerate(self._column(name)):
            if text:
                yield row, with_key(text, keys[row])

    # ------------------------------------------------------------------ words
    @cached_property
    def _firsts(self) -> list[int]:
        """First rows of the works."""
        return [row for row, mark in enumerate(self._column("work")) if not mark]

    @cached_property
    def _words(self) -> list[tuple[int, list[str]]]:
        """The words of every title; of versions of one title the first row alone."""
        found, above = [], ""
        works = self._column("work")
        for row, title in enumerate(self._column("title")):
            if title != above or not works[row]:
                found.append((row, terms.words(title)))
            above = title
        return found

    @cached_property
    def _people(self) -> list[list[str]]:
        """Folded family names of every row."""
        known: dict[str, list[str]] = {}
        found = []
        for roster in self._column("author"):
            people = known.get(roster)
            if people is None:
                folded = (" ".join(terms.words(name)) for name in families_of(roster)[:_FEW])
                people = known[roster] = [name for name in folded if name]
            found.append(people)
        return found

    @cached_property
    def _postings(self) -> dict[str, dict[int, int]]:
        """Word → work → how often it stands there."""
        found: dict[str, dict[int, int]] = {}
        people, years, works = self._people, self._column("issued"), self._column("work")

        def note(word: str, work: int) -> None:
            counts = found.setdefault(word, {})
            counts[work] = counts.get(work, 0) + 1

        number = -1
        titles = dict(self._words)
        for row, mark in enumerate(works):
            number += not mark
            for word in titles.get(row, ()):
                note(word, number)
            if not mark:
                for name in people[row]:
                    for word in name.split():
                        note(word, number)
            note(years[row][:4], number)
        return found

    @cached_property
    def _lengths(self) -> list[int]:
        lengths = [0] * self.header.works
        for works in self._postings.values():
            for work, count in works.items():
                lengths[work] += count
        return lengths

    def frequency(self, word: str) -> int:
        return len(self._postings.get(word, ()))

    def best(self, words: Sequence[tuple[str, float]], limit: int) -> list[int]:
        scores: dict[int, float] = {}
        mean = sum(self._lengths) / max(1, len(self._lengths))
        for word, weight in words:
            for work, count in self._postings.get(word, {}).items():
                norm = 1.2 * (0.25 + 0.75 * self._lengths[work] / mean)
                scores[work] = scores.get(work, 0.0) + weight * 2.2 * count / (count + norm)
        ranked = sorted(scores, key=lambda work: (-scores[work], work))[:limit]
        return [self._firsts[work] for work in ranked]

    # ------------------------------------------------------------------ records
    def work(self, row: int) -> range:
        number = bisect_right(self._firsts, row)
        end = self._firsts[number] if number < len(self._firsts) else self.header.records
        return range(self._firsts[number - 1], end)

    def item(self, row: int) -> dict[str, Any]:
        return item_of(lambda name: self._column(name)[row])

    def close(self) -> None:
        """Nothing is held open."""


def _gathered(pairs: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    table: dict[str, list[int]] = {}
    for value, row in pairs:
        table.setdefault(value, []).append(row)
    return table
