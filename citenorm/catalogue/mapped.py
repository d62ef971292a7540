"""A packed file of hundreds of thousands of works → arrays on disk, made once; the arrays, memory-mapped, answer questions.

    FOLDER/index.json          what the file said of itself, and the version of this layout
    FOLDER/<column>.text .at   the cells of a column, and where that of each row begins (uint32)
    FOLDER/keys.hash .row      exact keys as sorted numbers of 64 bits, and their rows; a title with its first author is found by the title
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
from functools import cache
from operator import mul, ne
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from ..errors import CatalogueError
from . import terms
from .columns import COLUMNS, KEY, PERSON, Header, Packed, families_of, item_of, with_key

if TYPE_CHECKING:
    import numpy as np

VERSION = 2
"""Of this layout, and of what words and keys are made of records (``terms``)."""
_CROWD = 2_000
"""So many rows of one key are looked at."""
_LEADING = 5_000
"""Postings of the rarest words of a question that lead to works; what else they have of its words puts these in order."""
_BLOCK = 20_000
"""Works that are taken apart at once."""

Array: TypeAlias = "np.ndarray[Any, Any]"
Said = tuple[list[str], Array]
"""Lines of words, and the number of the work of each."""
Found = tuple[list[str], list[int]]
"""Keys, and the row of each; "" is none."""

Tell = Callable[[float], None]
"""Is told the share (0–1) that is done."""


_BASE = 0x9E3779B97F4A7C15
_MODULUS = 1 << 64
_FEW = 256


def number_of(key: str) -> int:
    """A key as a number of 64 bits: its bytes are the digits, the base is odd, so that many keys are turned into numbers at once (``_Numbers``)."""
    said = key.encode("utf-8", "surrogatepass")
    number: int = sum(map(mul, said, _first_powers()))
    for start in range(_FEW, len(said), _FEW):
        part = sum(map(mul, said[start : start + _FEW], _first_powers()))
        number += part * pow(_BASE, start, _MODULUS)
    return number % _MODULUS


@cache
def _first_powers() -> list[int]:
    return [pow(_BASE, power, _MODULUS) for power in range(_FEW)]


class _Numbers:
    """``number_of`` of each of very many stretches of a text."""

    def __init__(self) -> None:
        self._up = self._down = _powers(_BASE, 0)

    def of(self, text: bytes, begins: Array, ends: Array) -> Array:
        import numpy as np

        if len(self._up) <= len(text):
            back = pow(_BASE, -1, _MODULUS)
            self._up, self._down = _powers(_BASE, 2 * len(text)), _powers(back, 2 * len(text))
        digits = np.frombuffer(text, dtype=np.uint8) * self._up[: len(text)]
        sums = np.concatenate([np.zeros(1, np.uint64), np.add.accumulate(digits)])
        numbers: Array = (sums[ends] - sums[begins]) * self._down[begins]
        return numbers


def _powers(base: int, most: int) -> Array:
    """The powers of a base from 0 on."""
    import numpy as np

    made = np.full(most + 1, base, dtype=np.uint64)
    made[0] = 1
    return np.multiply.accumulate(made)


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
    tell(0.4)
    keys, words = _Keys(), _Words(len(first))
    for share, titled, said in _blocks(packed, first):
        for found in titled:
            keys.add(*found)
        for lines, works in said:
            words.add(lines, works)
        tell(0.4 + 0.35 * share)
    tell(0.75)
    own = packed.lines("key")
    for kind, column in (("d", "DOI"), ("a", "arxiv"), ("i", "ISBN"), *((c, c) for c in _NAMED)):
        keys.add(*_stated(packed, kind, column, own))
    keys.add(*_ids(packed, own))
    keys.add(*_pages(packed))
    tell(0.9)
    keys.save(folder)
    words.save(folder)
    about = {"version": VERSION, "header": asdict(packed.header)}
    (folder / "index.json").write_text(json.dumps(about), encoding="utf-8")
    tell(1.0)


_KINDS = {"d": "doi", "a": "arxiv"}
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


def _blocks(packed: Packed, first: Array) -> Iterator[tuple[float, list[Found], list[Said]]]:
    """Works, many at a time: the share that is done with them, the keys of their titles with their rows, their words.

    Of versions with one title the first row has its keys.
    """
    import numpy as np

    titles, rosters, years = map(packed.lines, ("title", "author", "issued"))
    changes = np.fromiter(map(ne, titles, ["", *titles]), dtype=bool, count=len(titles))
    changes[first] = True
    for begin in range(0, len(first), _BLOCK):
        firsts = first[begin : begin + _BLOCK]
        start, end = (
            int(firsts[0]),
            int(first[begin + _BLOCK]) if begin + _BLOCK < len(first) else len(titles),
        )
        named = start + np.flatnonzero(changes[start:end])
        rows = named.tolist()
        shown = [titles[row] for row in rows]
        folded = terms.folded_lines(shown)
        dated = np.arange(start, end)
        yield (
            min(1.0, (begin + _BLOCK) / len(first)),
            _title_keys(rows, shown, folded),
            [
                (
                    _family_names([rosters[row] for row in firsts.tolist()]),
                    begin + np.arange(len(firsts)),
                ),
                (folded, begin + np.searchsorted(firsts, named, side="right") - 1),
                (
                    [year[:4] for year in years[start:end]],
                    begin + np.searchsorted(firsts, dated, side="right") - 1,
                ),
            ],
        )


def _family_names(rosters: Sequence[str]) -> list[str]:
    """The folded family names of each roster, spaces between."""
    apart = f"{PERSON}\n{PERSON}".join(rosters)
    return terms.folded_lines(" ".join(families_of(apart)).split("\n"))


def _title_keys(rows: list[int], titles: Sequence[str], folded: Sequence[str]) -> list[Found]:
    """Keys of titles of these rows: whole, and of what stands before a colon."""
    joined = "\n".join(folded).replace(" ", "").split("\n")
    mains = [(n, main) for n, title in enumerate(titles) if (main := terms.main_part(title))]
    shorts = [text.replace(" ", "") for text in terms.folded_lines([main for _, main in mains])]
    return [
        ([f"t:{title}" for title in joined], rows),
        (
            [f"m:{short}" if len(short) >= terms.MAIN else "" for short in shorts],
            [rows[n] for n, _ in mains],
        ),
    ]


def _stated(packed: Packed, kind: str, column: str, own: Sequence[str]) -> Found:
    """Keys of the identifiers that stand in a column; ``own``: the key of each record."""
    cells = packed.lines(column) if packed.column(column) else []
    rows = [row for row, text in enumerate(cells) if text]
    values = [with_key(cells[row], own[row]) for row in rows]
    if kind == "i":
        split = [value.replace(",", " ").split() for value in values]
        rows = [row for row, isbns in zip(rows, split, strict=True) for _ in isbns]
        return [terms.isbn_key(isbn) for isbns in split for isbn in isbns], rows
    return [terms.key_of(_KINDS.get(kind, kind), value) for value in values], rows


def _ids(packed: Packed, own: Sequence[str]) -> Found:
    """Ids of records; one that is found by the same identifier of another column is not kept again."""
    told = {source: packed.lines(column) for source, (column, _) in _OWN.items()}
    sources = packed.lines("source")
    rows = [row for row, s in enumerate(sources) if s not in told or told[s][row] != KEY]
    return [f"#:{sources[row]}:{own[row]}" for row in rows], rows


def _pages(packed: Packed) -> Found:
    pages, volumes = packed.lines("page"), packed.lines("volume")
    rows = [row for row, page in enumerate(pages) if page and volumes[row]]
    return [terms.page_key(volumes[row], pages[row]) for row in rows], rows


class _Keys:
    """Keys in, their numbers and rows kept."""

    def __init__(self) -> None:
        self._numbers = _Numbers()
        self._hashes: list[Array] = []
        self._rows = array("I")

    def add(self, keys: list[str], rows: list[int]) -> None:
        """Keys that hold no line ends, and the row of each."""
        if "" in keys:
            rows = [row for key, row in zip(keys, rows, strict=True) if key]
            keys = list(filter(None, keys))
        for start in range(0, len(keys), _BLOCK):
            text = "\n".join(keys[start : start + _BLOCK]).encode("utf-8", "surrogatepass")
            self._hashes.append(self._numbers.of(text, *_lines_in(text)))
        self._rows.extend(rows)

    def save(self, folder: Path) -> None:
        import numpy as np

        hashes = np.concatenate([np.empty(0, np.uint64), *self._hashes])
        order = np.argsort(hashes, kind="stable")
        _save(folder, "keys.hash", hashes[order].astype("<u8"))
        _save(folder, "keys.row", np.frombuffer(self._rows, dtype=np.uint32)[order])


class _Words:
    """Works and their words in, postings out."""

    def __init__(self, works: int) -> None:
        self._works = works
        self._numbers = _Numbers()
        self._found: list[tuple[Array, Array, Array]] = []
        """Numbers of words in order, which of them each word is, and the work that it stands in."""

    def add(self, lines: Sequence[str], works: Array) -> None:
        """Lines of words, each of the work of this number."""
        import numpy as np

        text = "\n".join(lines).encode("utf-8", "surrogatepass")
        begins, ends, line = _words_in(text)
        numbers = self._numbers.of(text, begins, ends)
        order = np.argsort(numbers)
        ordered = numbers[order]
        own = _first_of_each(ordered)
        which = np.empty(len(order), np.uint32)
        which[order] = np.cumsum(own) - 1
        self._found.append((ordered[own], which, works[line].astype(np.uint32)))

    def save(self, folder: Path) -> None:
        import numpy as np

        hashes = np.unique(
            np.concatenate([np.empty(0, np.uint64), *(n for n, _, _ in self._found)])
        )
        codes = np.empty(sum(len(works) for _, _, works in self._found), np.uint64)
        end = len(codes)
        while self._found:
            numbers, which, works = self._found.pop()
            ranks = np.searchsorted(hashes, numbers).astype(np.uint64)
            codes[end - len(works) : end] = ranks[which] << np.uint64(32) | works
            end -= len(works)
        codes.sort()
        codes = codes[_first_of_each(codes)]
        works = codes.astype(np.uint32)
        number = np.bincount(codes >> np.uint64(32), minlength=len(hashes))
        _save(folder, "words.hash", hashes.astype("<u8"))
        _save(folder, "words.at", (np.cumsum(number) - number).astype(np.uint32))
        _save(folder, "words.number", number.astype(np.uint32))
        _save(folder, "words.work", works)
        lengths = np.bincount(works, minlength=self._works)
        _save(folder, "works.length", np.minimum(lengths, 255).astype(np.uint8))


def _first_of_each(ordered: Array) -> Array:
    """Which of ordered numbers are not the same as the one before."""
    import numpy as np

    return np.concatenate([[True], ordered[1:] != ordered[:-1]])[: len(ordered)]


def _lines_in(text: bytes) -> tuple[Array, Array]:
    """Where each line of a text begins and ends."""
    import numpy as np

    breaks = np.flatnonzero(np.frombuffer(text, dtype=np.uint8) == 10)
    return np.concatenate([[0], breaks + 1]), np.concatenate([breaks, [len(text)]])


def _words_in(text: bytes) -> tuple[Array, Array, Array]:
    """Where each word of a folded text begins and ends, and its line (from 0); words stand between spaces and line ends."""
    import numpy as np

    letters = np.frombuffer(text, dtype=np.uint8)
    gap = np.concatenate([[True], letters <= 32, [True]])
    begins = np.flatnonzero(gap[:-1] & ~gap[1:])
    ends = np.flatnonzero(~gap[:-1] & gap[1:])
    return begins, ends, np.searchsorted(np.flatnonzero(letters == 10), begins)


def _save(folder: Path, name: str, values: Array) -> None:
    (folder / name).write_bytes(values.data)


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
        if kind == "u":
            title, _, lead = ident.rpartition("/")
            return [row for row in self._rows(f"t:{title}") if self._lead(row) == lead]
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

    def _lead(self, row: int) -> str:
        """The last word of the first family name that the first record of a work states."""
        people = self._cell("author", self.work(row).start)
        return terms.last_word(" ".join(terms.words(families_of(people.partition(PERSON)[0])[0])))

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
        held = [(self._postings[at : at + n], weight) for (at, n), weight in spans if n]
        found = self._holding([works for works, _ in held])
        scores = np.zeros(len(found))
        for works, weight in held:
            scores += weight * _are_in(works, found)
        scores *= 2.2 / (1 + 1.2 * (0.25 + 0.75 * self._length[found] / self._mean))
        order = np.lexsort((found, -scores))[:limit]
        rows: list[int] = self._first[found[order]].tolist()
        return rows

    def _holding(self, held: Sequence[np.ndarray[Any, Any]]) -> Array:
        """The works with one of the rarest words, as many words as are allowed to lead to works (``_LEADING``)."""
        import numpy as np

        rare: list[Array] = []
        for one in sorted(held, key=len):
            if rare and sum(map(len, rare)) + len(one) > _LEADING:
                break
            rare.append(one)
        found = np.sort(np.concatenate([np.empty(0, np.uint32), *rare]))
        once: Array = np.concatenate([[True], found[1:] != found[:-1]])[: len(found)]
        works: Array = found[once]
        return works

    def work(self, row: int) -> range:
        import numpy as np

        # of the array's own kind, or the whole array would be turned into the other
        number = int(np.searchsorted(self._first, np.uint32(row), side="right"))
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
    mapped: Any = np.memmap(file, dtype=kind, mode="r")
    return mapped.view(np.ndarray)


def _are_in(held: Array, asked: Array) -> Array:
    """Which of the works asked for are among those held; both in order."""
    import numpy as np

    at = np.searchsorted(held, asked)
    at[at == len(held)] = 0
    found: Array = held[at] == asked
    return found
