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
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from hashlib import blake2b
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import CatalogueError
from . import terms
from .columns import COLUMNS, KEY, PERSON, Header, Packed, families_of, item_of, with_key

if TYPE_CHECKING:
    import numpy as np

VERSION = 1
"""Of this layout, and of what words and keys are made of records (``terms``)."""
_CROWD = 2_000
"""So many rows of one key are looked at."""
_LEADING = 5_000
"""Postings of the rarest words of a question that lead to works; what else they have of its words puts these in order."""
_BLOCK = 50_000
"""Works that are taken apart at once."""

Found = tuple[list[str], list[int]]
"""Keys, and the row of each; "" is none."""

Tell = Callable[[float], None]
"""Is told the share (0–1) that is done."""


def number_of(key: str) -> int:
    """A key as a number of 64 bits."""
    said = key.encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(said, digest_size=8).digest(), "little")


def _hashes(keys: Sequence[str]) -> bytes:
    """The numbers of some keys that hold no line ends."""
    lines = "\n".join(keys).encode("utf-8", "surrogatepass").split(b"\n")
    return b"".join([blake2b(key, digest_size=8).digest() for key in lines]) if keys else b""


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
    keys, words = _Keys(), _Words()
    for share, titled, said in _blocks(packed, first.tolist()):
        for found in titled:
            keys.add(*found)
        words.add(said)
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


def _blocks(packed: Packed, firsts: list[int]) -> Iterator[tuple[float, list[Found], list[str]]]:
    """Works, many at a time: the share that is done with them, the keys of their titles with their rows, the words of each work.

    Of versions with one title the first row has its keys.
    """
    titles, rosters, years = map(packed.lines, ("title", "author", "issued"))
    spans = list(pairwise([*firsts, packed.header.records]))
    for begin in range(0, len(spans), _BLOCK):
        block = spans[begin : begin + _BLOCK]
        rows = [
            (row, number)
            for number, (start, end) in enumerate(block)
            for row in range(start, end)
            if row == start or titles[row] != titles[row - 1]
        ]
        shown = [titles[row] for row, _ in rows]
        folded = terms.folded_lines(shown)
        people = [rosters[start] for start, _ in block]
        said = [[names] for names in _family_names(people)]
        for (_, number), text in zip(rows, folded, strict=True):
            said[number].append(text)
        for found, (start, end) in zip(said, block, strict=True):
            found += [year[:4] for year in years[start:end]]
        leads = _family_names([one.partition(PERSON)[0] for one in people])
        yield (
            min(1.0, (begin + _BLOCK) / len(spans)),
            _title_keys([row for row, _ in rows], shown, folded, [leads[n] for _, n in rows]),
            [" ".join(texts) for texts in said],
        )


def _family_names(rosters: Sequence[str]) -> list[str]:
    """The folded family names of each roster, spaces between."""
    apart = f"{PERSON}\n{PERSON}".join(rosters)
    return terms.folded_lines(" ".join(families_of(apart)).split("\n"))


def _title_keys(
    rows: list[int], titles: Sequence[str], folded: Sequence[str], leads: Sequence[str]
) -> list[Found]:
    """Keys of titles of these rows: whole, with the folded first family name, and of what stands before a colon."""
    joined = "\n".join(folded).replace(" ", "").split("\n")
    named = [(n, terms.last_word(lead)) for n, one in enumerate(leads) if (lead := one.strip())]
    mains = [(n, main) for n, title in enumerate(titles) if (main := terms.main_part(title))]
    shorts = [text.replace(" ", "") for text in terms.folded_lines([main for _, main in mains])]
    return [
        ([f"t:{title}" for title in joined], rows),
        ([f"u:{joined[n]}/{name}" for n, name in named], [rows[n] for n, _ in named]),
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
        self._hashes: list[bytes] = []
        self._rows = array("I")

    def add(self, keys: list[str], rows: list[int]) -> None:
        if "" in keys:
            rows = [row for key, row in zip(keys, rows, strict=True) if key]
            keys = list(filter(None, keys))
        self._hashes.append(_hashes(keys))
        self._rows.extend(rows)

    def save(self, folder: Path) -> None:
        import numpy as np

        hashes = np.frombuffer(b"".join(self._hashes), dtype="<u8")
        order = np.argsort(hashes, kind="stable")
        _save(folder, "keys.hash", hashes[order])
        _save(folder, "keys.row", np.frombuffer(self._rows, dtype=np.uint32)[order])


class _Words:
    """Works and their words in, postings out."""

    def __init__(self) -> None:
        self._numbers: defaultdict[str, int] = defaultdict()
        self._numbers.default_factory = self._numbers.__len__
        self._works = 0
        self._codes: list[np.ndarray[Any, Any]] = []

    def add(self, lines: Sequence[str]) -> None:
        """The next works, each a line of its words."""
        import numpy as np

        text = "\n".join(lines)
        found = text.split()
        words = np.frombuffer(array("I", map(self._numbers.__getitem__, found)), dtype=np.uintc)
        works = _lines_of_words(text) + np.uint64(self._works)
        self._codes.append(words.astype(np.uint64) << np.uint64(32) | works)
        self._works += len(lines)

    def save(self, folder: Path) -> None:
        import numpy as np

        codes = np.concatenate([np.empty(0, np.uint64), *self._codes])
        self._codes.clear()
        codes.sort()
        codes = codes[np.concatenate([[True], codes[1:] != codes[:-1]])[: len(codes)]]
        works = codes.astype(np.uint32)
        number = np.bincount(codes >> np.uint64(32), minlength=len(self._numbers))
        at = np.concatenate([[0], np.cumsum(number)[:-1]]) if len(number) else number
        hashes = np.frombuffer(_hashes(list(self._numbers)), dtype="<u8")
        order = np.argsort(hashes)
        _save(folder, "words.hash", hashes[order])
        _save(folder, "words.at", at[order].astype(np.uint32))
        _save(folder, "words.number", number[order].astype(np.uint32))
        _save(folder, "words.work", works)
        lengths = np.bincount(works, minlength=self._works)
        _save(folder, "works.length", np.minimum(lengths, 255).astype(np.uint8))


def _lines_of_words(text: str) -> np.ndarray[Any, Any]:
    """The line (from 0) of each word of a folded text, whose words stand between spaces and line ends."""
    import numpy as np

    letters = np.frombuffer(text.encode("utf-8", "surrogatepass"), dtype=np.uint8)
    gap = letters <= 32
    begins = np.flatnonzero(~gap & np.concatenate([[True], gap])[:-1])
    ends = np.concatenate([np.flatnonzero(letters == 10), [len(letters)]])
    before = np.searchsorted(begins, ends)
    lines = np.arange(len(ends), dtype=np.uint64)
    return np.repeat(lines, np.diff(before, prepend=0))


def _save(folder: Path, name: str, values: np.ndarray[Any, Any]) -> None:
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
        held = [(self._postings[at : at + n], weight) for (at, n), weight in spans if n]
        found = self._holding([works for works, _ in held])
        scores = np.zeros(len(found))
        for works, weight in held:
            scores += weight * _are_in(works, found)
        scores *= 2.2 / (1 + 1.2 * (0.25 + 0.75 * self._length[found] / self._mean))
        order = np.lexsort((found, -scores))[:limit]
        rows: list[int] = self._first[found[order]].tolist()
        return rows

    def _holding(self, held: Sequence[np.ndarray[Any, Any]]) -> np.ndarray[Any, Any]:
        """The works with one of the rarest words, as many words as are allowed to lead to works (``_LEADING``)."""
        import numpy as np

        rare: list[np.ndarray[Any, Any]] = []
        for one in sorted(held, key=len):
            if rare and sum(map(len, rare)) + len(one) > _LEADING:
                break
            rare.append(one)
        found = np.sort(np.concatenate([np.empty(0, np.uint32), *rare]))
        once: np.ndarray[Any, Any] = np.concatenate([[True], found[1:] != found[:-1]])[: len(found)]
        works: np.ndarray[Any, Any] = found[once]
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


def _are_in(held: np.ndarray[Any, Any], asked: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Which of the works asked for are among those held; both in order."""
    import numpy as np

    at = np.searchsorted(held, asked)
    at[at == len(held)] = 0
    found: np.ndarray[Any, Any] = held[at] == asked
    return found
