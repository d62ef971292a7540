"""A packed file of hundreds of thousands of works → arrays on disk, made once; the arrays, memory-mapped, answer questions.

    FOLDER/index.json          what the file said of itself, and the version of this layout
    FOLDER/<column>.text .at   the cells of a column, and where that of each row begins (uint32)
    FOLDER/keys.hash .row      exact keys as sorted numbers of 64 bits, and their rows
    FOLDER/words.hash .at .number .work   words as sorted numbers, where the postings of each begin, how many there are; the postings
    FOLDER/works.first .length            first row of each work, how many different words it has

A hash that two keys share only adds a candidate: records are compared before they are believed.
"""

from __future__ import annotations

import json
import mmap
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import CatalogueError
from . import terms
from .columns import COLUMNS, KEY, Header, Packed, families_of, item_of, with_key

if TYPE_CHECKING:
    import numpy as np

VERSION = 1
"""Of this layout, and of what words and keys are made of records (``terms``)."""
_CROWD = 2_000
"""So many rows of one key are looked at."""
_AT_ONCE = 200_000

Tell = Callable[[float], None]
"""Is told the share (0–1) that is done."""


def number_of(key: str) -> int:
    """A key as a number of 64 bits."""
    return int.from_bytes(_hash(key), "little")


def _hash(key: str) -> bytes:
    return blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest()


# ------------------------------------------------------------------ making
def make(packed: Packed, folder: Path, tell: Tell = lambda share: None) -> None:
    """Write the arrays of a packed file into an empty folder; ``index.json`` comes last."""
    import numpy as np

    packed = packed.kept(_TWICE)
    for number, name in enumerate(COLUMNS):
        tell(0.3 * number / len(COLUMNS))
        if name != "work" and (text := packed.column(name)):
            _write_column(folder, name, text)
    marks = np.fromiter((not mark for mark in packed.lines("work")), dtype=bool)
    first = np.flatnonzero(marks).astype(np.uint32)
    _save(folder, "works.first", first)
    titles, rosters = packed.lines("title"), packed.lines("author")
    tell(0.4)
    keys = _Keys()
    words = _Words(packed.header.works)
    _index_works(packed, first, titles, rosters, keys, words, tell)
    tell(0.75)
    for kind, column in (("d", "DOI"), ("a", "arxiv"), ("i", "ISBN"), *((c, c) for c in _NAMED)):
        keys.add_all(_stated(packed, kind, column))
    keys.add_all(_ids(packed))
    keys.add_all(_pages(packed))
    tell(0.9)
    keys.save(folder)
    words.save(folder)
    said = {"version": VERSION, "header": asdict(packed.header)}
    (folder / "index.json").write_text(json.dumps(said), encoding="utf-8")
    tell(1.0)


_NAMED = ("acl", "openreview", "dblp")
_TWICE = frozenset(("title", "author", "key", "source", "volume", "page", "DOI", "arxiv", *_NAMED))
"""Columns that are read more than once."""
_OWN = {"arxiv": ("arxiv", "a"), "dblp": ("dblp", "dblp"), "acl": ("acl", "acl")}
"""Sources whose keys are identifiers: the column where such a one stands, and the kind of its exact key."""


def _write_column(folder: Path, name: str, text: bytes) -> None:
    """Where each cell begins; one that says what the record above says begins where that one does."""
    import numpy as np

    text += b"\n"
    (folder / f"{name}.text").write_bytes(text)
    letters = np.frombuffer(text, dtype=np.uint8)
    begins = np.concatenate([[0], np.flatnonzero(letters == 10)[:-1] + 1])
    own = np.where(letters[begins] != 1, np.arange(len(begins)), 0)
    _save(folder, f"{name}.at", begins[np.maximum.accumulate(own)].astype(np.uint32))


def _index_works(
    packed: Packed, first: Any, titles: list[str], rosters: list[str], keys: _Keys, words: _Words, tell: Tell
) -> None:  # fmt: skip
    """Words and title keys, work by work."""
    years = packed.lines("issued")
    starts = first.tolist()
    ends = [*starts[1:], packed.header.records]
    folded: dict[str, str] = {}
    split, main_part, add = terms.words, terms.main_part, keys.add
    for work, (start, end) in enumerate(zip(starts, ends, strict=True)):
        if work % 50_000 == 0:
            tell(0.4 + 0.35 * work / len(starts))
        families = _families(rosters[start], folded)
        lead = terms.last_word(families[0]) if families else ""
        said = " ".join(families).split()
        above = ""
        for row in range(start, end):
            said.append(years[row][:4])
            title = titles[row]
            if title == above:
                continue
            above = title
            of_title = split(title)
            said += of_title
            joined = "".join(of_title)
            add(f"t:{joined}", row)
            if lead:
                add(f"u:{joined}/{lead}", row)
            if (main := main_part(title)) and len(short := "".join(split(main))) >= terms.MAIN:
                add(f"m:{short}", row)
        words.add(work, said)


def _families(roster: str, folded: dict[str, str]) -> list[str]:
    found = []
    for family in families_of(roster)[: terms.AUTHORS]:
        name = folded.get(family)
        if name is None:
            name = folded[family] = " ".join(terms.words(family))
        if name:
            found.append(name)
    return found


def _cells(packed: Packed, column: str) -> Iterator[tuple[int, str, str]]:
    """Row, key and cell of the records that say something in a column."""
    if packed.column(column):
        keys = packed.lines("key")
        for row, text in enumerate(packed.lines(column)):
            if text:
                yield row, keys[row], with_key(text, keys[row])


def _stated(packed: Packed, kind: str, column: str) -> Iterator[tuple[str, int]]:
    for row, _, value in _cells(packed, column):
        if kind == "d":
            yield terms.doi_key(value), row
        elif kind == "i":
            yield from ((terms.isbn_key(isbn), row) for isbn in value.replace(",", " ").split())
        else:
            yield terms.arxiv_key(value) if kind == "a" else terms.key_of(kind, value), row


def _ids(packed: Packed) -> Iterator[tuple[str, int]]:
    """Ids of records; one that is found by the same identifier of another column is not kept again."""
    keys, own = packed.lines("key"), {}
    for source, (column, _) in _OWN.items():
        own[source] = packed.lines(column)
    for row, source in enumerate(packed.lines("source")):
        if source not in own or own[source][row] != KEY:
            yield f"#:{source}:{keys[row]}", row


def _pages(packed: Packed) -> Iterator[tuple[str, int]]:
    volumes = packed.lines("volume")
    for row, page in enumerate(packed.lines("page")):
        if page and volumes[row]:
            yield terms.page_key(volumes[row], page), row


class _Keys:
    """Keys in, their numbers and rows kept."""

    def __init__(self) -> None:
        self._open: list[str] = []
        self._hashes = bytearray()
        self._rows = array("I")

    def add(self, key: str, row: int) -> None:
        self._open.append(key)
        self._rows.append(row)
        if len(self._open) >= _AT_ONCE:
            self._close()

    def add_all(self, found: Iterator[tuple[str, int]]) -> None:
        for key, row in found:
            if key:
                self.add(key, row)

    def _close(self) -> None:
        self._hashes += b"".join([_hash(key) for key in self._open])
        self._open.clear()

    def save(self, folder: Path) -> None:
        import numpy as np

        self._close()
        hashes = np.frombuffer(bytes(self._hashes), dtype="<u8")
        order = np.argsort(hashes, kind="stable")
        _save(folder, "keys.hash", hashes[order])
        _save(folder, "keys.row", np.frombuffer(self._rows, dtype=np.uint32)[order])


class _Words:
    """Works and their words in, postings out."""

    def __init__(self, works: int) -> None:
        self._works = works
        self._numbers: dict[str, int] = {}
        self._said, self._counts = array("I"), array("H")

    def add(self, work: int, words: list[str]) -> None:
        numbers = self._numbers
        different = set(words)
        different.discard("")
        self._said.extend([numbers.setdefault(word, len(numbers)) for word in different])
        self._counts.append(len(different))

    def save(self, folder: Path) -> None:
        import numpy as np

        counts = np.frombuffer(self._counts, dtype=np.uint16)
        said = np.frombuffer(self._said, dtype=np.uint32).astype(np.uint64)
        codes = said << np.uint64(32) | np.repeat(np.arange(self._works, dtype=np.uint64), counts)
        codes.sort()
        number = np.bincount(
            (codes >> np.uint64(32)).astype(np.int64), minlength=len(self._numbers)
        )
        at = np.concatenate([[0], np.cumsum(number)[:-1]]) if len(number) else number
        hashes = np.frombuffer(b"".join(map(_hash, self._numbers)), dtype="<u8")
        order = np.argsort(hashes)
        _save(folder, "words.hash", hashes[order])
        _save(folder, "words.at", at[order].astype(np.uint32))
        _save(folder, "words.number", number[order].astype(np.uint32))
        _save(folder, "words.work", codes.astype(np.uint32))
        _save(folder, "works.length", np.minimum(counts, 255).astype(np.uint8))


def _save(folder: Path, name: str, values: np.ndarray[Any, Any]) -> None:
    (folder / name).write_bytes(values.tobytes())


# ------------------------------------------------------------------ asking
class Mapped:
    """See ``columnar.Index``."""

    def __init__(self, folder: Path) -> None:
        try:
            said = json.loads((folder / "index.json").read_text(encoding="utf-8"))
            if said["version"] != VERSION:
                raise CatalogueError(f"{folder}: made by another citenorm")
            self.header = Header(**said["header"])
            self._keys, self._key_rows = (
                _mapped(folder, "keys.hash", 8),
                _mapped(folder, "keys.row", 4),
            )
            self._words = _mapped(folder, "words.hash", 8)
            self._at, self._number = (
                _mapped(folder, "words.at", 4),
                _mapped(folder, "words.number", 4),
            )
            self._postings = _mapped(folder, "words.work", 4)
            self._first, self._length = (
                _mapped(folder, "works.first", 4),
                _mapped(folder, "works.length", 1),
            )
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise CatalogueError(f"{folder}: cannot be used ({error})") from None
        self._folder = folder
        self._columns: dict[str, tuple[Any, Any]] = {}
        self._mean = max(1.0, float(self._length.mean())) if len(self._length) else 1.0
        self._spans: dict[str, tuple[int, int]] = {}

    def rows(self, key: str) -> Sequence[int]:
        kind, _, ident = key.partition(":")
        source, _, value = ident.partition(":")
        if kind == "#" and source in _OWN:
            return [*self._rows(key), *self._rows(f"{_OWN[source][1]}:{value.lower()}")]
        return self._rows(key)

    def _rows(self, key: str) -> list[int]:
        import numpy as np

        wanted = np.uint64(number_of(key))
        start = int(np.searchsorted(self._keys, wanted))
        end = start
        while end < len(self._keys) and self._keys[end] == wanted and end - start < _CROWD:
            end += 1
        found: list[int] = self._key_rows[start:end].tolist()
        return found

    def _span(self, word: str) -> tuple[int, int]:
        """Where the postings of a word begin, and how many there are."""
        known = self._spans.get(word)
        if known is None:
            import numpy as np

            wanted = np.uint64(number_of(word))
            at = int(np.searchsorted(self._words, wanted))
            held = at < len(self._words) and self._words[at] == wanted
            known = (int(self._at[at]), int(self._number[at])) if held else (0, 0)
            if len(self._spans) > 100_000:
                self._spans.clear()
            self._spans[word] = known
        return known

    def frequency(self, word: str) -> int:
        return self._span(word)[1]

    def best(self, words: Sequence[tuple[str, float]], limit: int) -> list[int]:
        import numpy as np

        spans = [(self._span(word), weight) for word, weight in words]
        works = np.concatenate([self._postings[at : at + n] for (at, n), _ in spans])
        weights = np.repeat([weight for _, weight in spans], [n for (_, n), _ in spans])
        found, place = np.unique(works, return_inverse=True)
        scores = np.bincount(place, weights) * 2.2
        scores /= 1 + 1.2 * (0.25 + 0.75 * self._length[found] / self._mean)
        if len(found) > limit:
            some = np.argpartition(-scores, limit)[:limit]
            least = scores[some].min()
            some = np.flatnonzero(scores >= least)
            found, scores = found[some], scores[some]
        order = np.lexsort((found, -scores))[:limit]
        rows: list[int] = self._first[found[order]].tolist()
        return rows

    def work(self, row: int) -> range:
        import numpy as np

        number = int(np.searchsorted(self._first, row, side="right"))
        last = int(self._first[number]) if number < len(self._first) else self.header.records
        return range(int(self._first[number - 1]), last)

    def item(self, row: int) -> dict[str, Any]:
        return item_of(lambda name: self._cell(name, row))

    def _cell(self, name: str, row: int) -> str:
        column = self._columns.get(name)
        if column is None:
            column = self._columns[name] = self._opened(name)
        text, at = column
        if text is None:
            return ""
        start = int(at[row])
        found: bytes = text[start : text.find(b"\n", start)]
        return found.decode("utf-8", "surrogatepass")

    def _opened(self, name: str) -> tuple[Any, Any]:
        file = self._folder / f"{name}.text"
        if not file.exists():
            return None, None
        with open(file, "rb") as opened:
            text = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
        return text, _mapped(self._folder, f"{name}.at", 4)

    def close(self) -> None:
        for text, _ in self._columns.values():
            if text is not None:
                text.close()
        self._columns.clear()


def _mapped(folder: Path, name: str, width: int) -> Any:
    import numpy as np

    file = folder / name
    kind: Any = {1: np.uint8, 4: np.uint32, 8: np.dtype("<u8")}[width]
    if not file.stat().st_size:
        return np.empty(0, dtype=kind)
    return np.memmap(file, dtype=kind, mode="r")
