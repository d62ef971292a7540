"""A packed file of a few thousand works → an index in memory; what is not asked for is not made."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from heapq import nsmallest
from typing import Any

from . import terms
from .columns import PERSON, SAME, Packed, families_of, item_of, with_key

_CUSTOM = ("acl", "openreview", "dblp")
_LEADING = 500
"""Works that the rarest words of a question lead to; what else they have of its words puts these in order."""
_TITLES = ("t", "u", "m")
"""Kinds of keys that are read off the titles (see ``columnar.Index.rows``)."""


class Held:
    """See ``columnar.Index``."""

    def __init__(self, packed: Packed) -> None:
        self._packed = packed
        self.header = packed.header
        self._lines: dict[str, list[str]] = {}
        self._cells: dict[str, list[str]] = {}
        self._counted: dict[str, Counter[int]] = {}
        self._tables: dict[str, dict[str, list[int]]] = {}

    def _column(self, name: str) -> list[str]:
        found = self._lines.get(name)
        if found is None:
            found = self._lines[name] = self._packed.lines(name)
        return found

    # ------------------------------------------------------------------ keys
    def rows(self, key: str) -> Sequence[int]:
        kind, _, value = key.partition(":")
        if kind in _TITLES:
            return sorted(self._of_titles(kind, value))
        table = self._tables.get(kind)
        if table is None:
            table = self._tables[kind] = _gathered(self._pairs(kind))
        return table.get(value, ())

    def _of_titles(self, kind: str, value: str) -> Iterator[int]:
        if kind == "t":
            return self._titled(value)
        return self._titled_by(value) if kind == "u" else self._mains(value)

    def _pairs(self, kind: str) -> Iterable[tuple[str, int]]:
        """Values of a kind of key, and the rows that have them."""
        made: dict[str, Callable[[], Iterable[tuple[str, int]]]] = {
            "#": self._ids, "v": self._pages, "d": self._dois, "a": self._arxiv, "i": self._isbns,
        }  # fmt: skip
        if kind in made:
            return made[kind]()
        return self._identifiers(kind) if kind in _CUSTOM else ()

    def _ids(self) -> Iterator[tuple[str, int]]:
        keys = self._column("key")
        for row, source in enumerate(self._column("source")):
            yield f"{source}:{keys[row]}", row

    def _titled(self, joined: str) -> Iterator[int]:
        """Rows whose title is this one, its words run together."""
        return (row for title, row in self._beginning(joined) if title == joined)

    def _titled_by(self, value: str) -> Iterator[int]:
        """Rows with a title and a first author: ``TITLE/FAMILY``."""
        joined, _, lead = value.rpartition("/")
        rosters = self._column("author")
        for row in self._titled(joined):
            family = families_of(rosters[row].partition(PERSON)[0])[0]
            if terms.last_word(" ".join(terms.words(family))) == lead:
                yield row

    def _mains(self, joined: str) -> Iterator[int]:
        """Rows whose title has this before its colon, words run together."""
        if len(joined) < terms.MAIN:
            return iter(())
        titles = self._column("title")
        found = (row for _, row in self._beginning(joined))
        return (r for r in found if "".join(terms.words(terms.main_part(titles[r]))) == joined)

    def _beginning(self, joined: str) -> list[tuple[str, int]]:
        """Titles that begin with this one, and their rows."""
        alike = self._titles.get(joined[: terms.MAIN], ())
        return [found for found in alike if found[0].startswith(joined)]

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
    def _folded(self) -> list[tuple[int, str]]:
        """The words of every title; of versions of one title the first row alone."""
        rows, above = [], ""
        works, titles = self._column("work"), self._column("title")
        for row, title in enumerate(titles):
            if title != above or not works[row]:
                rows.append(row)
            above = title
        return list(zip(rows, terms.folded_lines([titles[row] for row in rows]), strict=True))

    @cached_property
    def _titles(self) -> dict[str, list[tuple[str, int]]]:
        """Every title, its words run together, and its row, by the first letters of the title."""
        found: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
        for row, text in self._folded:
            title = text.replace(" ", "")
            found[title[: terms.MAIN]].append((title, row))
        return found

    @cached_property
    def _said(self) -> list[list[str]]:
        """What every work is found by, as folded text: titles, family names, years."""
        rosters, years, works = map(self._column, ("author", "issued", "work"))
        apart = f"{PERSON}\n{PERSON}".join([rosters[row] for row in self._firsts])
        named = " ".join(families_of(apart)).split("\n")
        found = [[people] for people in terms.folded_lines(named)]
        titles = dict(self._folded)
        number = -1
        for row, mark in enumerate(works):
            number += not mark
            found[number] += (titles.get(row, ""), years[row][:4])
        return found

    @cached_property
    def _index(self) -> tuple[dict[str, list[int]], list[int]]:
        """Word → the works where it stands, as often as it does; how many words each work has."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        lengths = []
        for number, texts in enumerate(self._said):
            said = " ".join(texts).split()
            lengths.append(len(said))
            for word in said:
                found[word].append(number)
        return found, lengths

    def _counts(self, word: str) -> Counter[int]:
        """The works where a word stands, and how often."""
        found = self._counted.get(word)
        if found is None:
            found = self._counted[word] = Counter(self._index[0].get(word, ()))
        return found

    @cached_property
    def _norms(self) -> list[float]:
        """What the length of each work takes off the weight of its words (BM25, k1 = 1.2, b = 0.75)."""
        lengths = self._index[1]
        mean = sum(lengths) / max(1, len(lengths))
        return [1.2 * (0.25 + 0.75 * length / mean) for length in lengths]

    def frequency(self, word: str) -> int:
        return len(self._counts(word)) if word in self._index[0] else 0

    def best(self, words: Sequence[tuple[str, float]], limit: int) -> list[int]:
        said = sorted(
            ((self._counts(word), weight) for word, weight in words), key=lambda w: len(w[0])
        )
        leading: set[int] = set()
        for counts, _ in said:
            if leading and len(leading) + len(counts) > _LEADING:
                break
            leading.update(counts)
        scores = dict.fromkeys(leading, 0.0)
        norms = self._norms
        for counts, weight in said:
            for work in leading.intersection(counts):
                count = counts[work]
                scores[work] += weight * 2.2 * count / (count + norms[work])
        ranked = nsmallest(limit, scores, key=lambda work: (-scores[work], work))
        return [self._firsts[work] for work in ranked]

    # ------------------------------------------------------------------ records
    def work(self, row: int) -> range:
        number = bisect_right(self._firsts, row)
        end = self._firsts[number] if number < len(self._firsts) else self.header.records
        return range(self._firsts[number - 1], end)

    def item(self, row: int) -> dict[str, Any]:
        return item_of(lambda name: self._cell(name, row))

    def _cell(self, name: str, row: int) -> str:
        cells = self._cells.get(name)
        if cells is None:
            cells = self._cells[name] = self._lines.get(name) or self._packed.cells(name)
        while cells[row] == SAME:
            row -= 1
        return cells[row]

    def close(self) -> None:
        """Nothing is held open."""


def _gathered(pairs: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    table: dict[str, list[int]] = {}
    for value, row in pairs:
        table.setdefault(value, []).append(row)
    return table
