"""Records by columns in one packed file, the versions of a work side by side: how catalogues travel.

    citenorm columns 1 ⏎
    {"records": 9, "works": 4, "made": "2026-11-29", …, "columns": [["title", 812], …]} ⏎
    one xz or zlib stream a column, in that order

A column is a line for each record; "" where the record does not say it, ``SAME`` where it says what the record above says.
Identifiers and addresses that hold the record's own key hold ``KEY`` (or ``LOWER``) in its place, addresses at OpenReview ``FORUM`` in that of its number.  What no column can
hold stands as JSON in the column ``rest``, so that every CSL item comes back as it was.
"""

from __future__ import annotations

import lzma
import os
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeGuard

from ..errors import CatalogueError
from ..jsontext import dumps, loads
from ..model import Csl

MAGIC = b"citenorm columns 1\n"
SAME, KEY, LOWER, FORUM = "\x01", "\x02", "\x03", "\x04"
_CONTROL = re.compile("[\x00-\x1f]")
PERSON, _WITHIN = "\x1e", "\x1f"
"""What stands between two people, and between the parts of a name."""

PLAIN = (
    "type", "title", "container-title", "collection-title", "volume", "issue", "page", "number",
    "publisher", "DOI", "ISBN", "URL",
)  # fmt: skip
"""Fields whose values are strings, as they stand."""
CUSTOM = ("arxiv", "dblp", "acl", "openreview", "version-of")
"""Identifiers under ``custom``."""
COLUMNS = ("work", "source", "key", *PLAIN, "author", "issued", *CUSTOM, "rest")
_KEYED = ("DOI", "URL", *CUSTOM)
_NAME = ("family", "given", "non-dropping-particle", "suffix", "literal")


# ------------------------------------------------------------------ an item → its cells
def cells_of(item: Csl) -> dict[str, str]:
    """The cells of one CSL item, but for what depends on the record above it."""
    rest = dict(item)
    cells = dict.fromkeys(COLUMNS, "")
    ident = rest.pop("id") if _fits(rest.get("id")) else ""
    cells["source"], colon, key = ident.partition(":")
    cells["key"] = key if colon else KEY
    for name in PLAIN:
        if _fits(value := rest.get(name)):
            cells[name] = value
            del rest[name]
    for name, write in (("author", _people), ("issued", _date)):
        if (text := write(rest.get(name))) is not None:
            cells[name] = text
            del rest[name]
    custom = rest.get("custom")
    if isinstance(custom, Mapping):
        custom = dict(custom)
        for name in CUSTOM:
            if _fits(value := custom.get(name)):
                cells[name] = value
                del custom[name]
        if custom or not item["custom"]:
            rest["custom"] = custom
        else:
            del rest["custom"]
    for name in _KEYED:
        cells[name] = _keyed(cells[name], key)
    if cells["openreview"] and KEY not in cells["openreview"]:
        cells["URL"] = cells["URL"].replace(cells["openreview"], FORUM)
    cells["rest"] = dumps(rest) if rest else ""
    return cells


def _fits(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and value != "" and not _CONTROL.search(value)


def _keyed(text: str, key: str) -> str:
    if len(key) > 3 and key in text:
        return text.replace(key, KEY)
    low = key.lower()
    return text.replace(low, LOWER) if len(key) > 3 and low in text else text


def _people(people: object) -> str | None:
    """A roster as text, None where it holds more than text can."""
    if not isinstance(people, list) or not people:
        return None
    found = []
    for person in people:
        if not isinstance(person, dict) or not person or not set(person) <= set(_NAME):
            return None
        parts = [person.get(part, "") for part in _NAME]
        if (
            not all(isinstance(p, str) and not _CONTROL.search(p) for p in parts)
            or "" in person.values()
        ):
            return None
        found.append(_WITHIN.join(parts).rstrip(_WITHIN))
    return PERSON.join(found)


def people_of(text: str) -> list[dict[str, str]]:
    """The roster of a cell."""
    return [
        {part: value for part, value in zip(_NAME, person.split(_WITHIN), strict=False) if value}
        for person in text.split(PERSON)
    ]


def families_of(text: str) -> list[str]:
    """The family names (or literals) of a cell, in order."""
    return [
        person.partition(_WITHIN)[0] or person.rpartition(_WITHIN)[2]
        for person in text.split(PERSON)
    ]


def _date(issued: object) -> str | None:
    if not isinstance(issued, dict) or set(issued) != {"date-parts"}:
        return None
    parts = issued["date-parts"]
    if not isinstance(parts, list) or len(parts) != 1 or not isinstance(parts[0], list):
        return None
    if not parts[0] or not all(type(part) is int and part >= 0 for part in parts[0]):
        return None
    return "-".join(map(str, parts[0]))


# ------------------------------------------------------------------ cells → the item
def item_of(cell: Callable[[str], str]) -> dict[str, Any]:
    """The CSL item whose cells these are (``SAME`` resolved)."""
    source, key = cell("source"), cell("key")
    item: dict[str, Any] = {"id": source if key == KEY else f"{source}:{key}"}
    for name in PLAIN:
        if text := cell(name):
            item[name] = with_key(text, key) if name in _KEYED else text
    if FORUM in item.get("URL", ""):
        item["URL"] = item["URL"].replace(FORUM, with_key(cell("openreview"), key))
    if text := cell("author"):
        item["author"] = people_of(text)
    if text := cell("issued"):
        item["issued"] = {"date-parts": [[int(part) for part in text.split("-")]]}
    custom = {name: with_key(text, key) for name in CUSTOM if (text := cell(name))}
    rest = loads(text) if (text := cell("rest")) else {}
    if custom or "custom" in rest:
        item["custom"] = {**custom, **rest.pop("custom", {})}
    return {**item, **rest}


def with_key(text: str, key: str) -> str:
    if KEY in text:
        return text.replace(KEY, key)
    return text.replace(LOWER, key.lower()) if LOWER in text else text


# ------------------------------------------------------------------ the file
@dataclass(frozen=True, slots=True)
class Header:
    """What the file says of itself: ``made`` the day (ISO 8601), ``sources`` records of each source, ``about`` the rest."""

    records: int
    works: int
    made: str = ""
    name: str = ""
    sources: Mapping[str, int] = field(default_factory=dict)
    columns: tuple[tuple[str, int], ...] = ()


def write(
    path: Path, works: Iterable[Sequence[Csl]], *, name: str, made: str, fast: bool = False
) -> Header:
    """Write works, each the list of its records; ``fast``: larger, unpacked five times as fast."""
    lines: dict[str, list[str]] = {column: [] for column in COLUMNS}
    sources: dict[str, int] = {}
    above = dict.fromkeys(COLUMNS, "")
    count = 0
    for work in works:
        count += 1
        for place, item in enumerate(work):
            cells = cells_of(item) | {"work": "" if place == 0 else "+"}
            sources[cells["source"]] = sources.get(cells["source"], 0) + 1
            for column, text in cells.items():
                alike = column not in ("work", "key") and text != "" and text == above[column]
                lines[column].append(SAME if alike else text)
            above = cells
    streams = {
        column: _pack("\n".join(texts).encode("utf-8", "surrogatepass"), fast)
        for column, texts in lines.items()
        if any(texts)
    }
    header = Header(
        len(lines["key"]), count, made, name, dict(sorted(sources.items())),
        tuple((column, len(stream)) for column, stream in streams.items()),
    )  # fmt: skip
    said = {part: getattr(header, part) for part in Header.__slots__}
    path.write_bytes(MAGIC + dumps(said).encode() + b"\n" + b"".join(streams.values()))
    return header


def _pack(text: bytes, fast: bool) -> bytes:
    if fast:
        return zlib.compress(text, 9)
    filters = [
        {
            "id": lzma.FILTER_LZMA2,
            "preset": 9 | lzma.PRESET_EXTREME,
            "dict_size": min(1 << 26, max(1 << 12, len(text))),
        }
    ]
    return lzma.compress(text, filters=filters)


def _unpack(stream: bytes) -> bytes:
    return lzma.decompress(stream) if stream[:6] == b"\xfd7zXZ\x00" else zlib.decompress(stream)


def read_header(path: Path) -> tuple[Header, bytes]:
    """What a file says of itself, and the bytes that say it.  Raises CatalogueError for another file."""
    try:
        with open(path, "rb") as file:
            start = file.readline(len(MAGIC)) + file.readline(1 << 20)
    except OSError as error:
        raise CatalogueError(f"{path}: {error.strerror or error}") from None
    return _header(start, path), start


def _header(start: bytes, path: object) -> Header:
    try:
        said: Any = loads(start.removeprefix(MAGIC)) if start.startswith(MAGIC) else None
        columns = tuple((str(name), int(size)) for name, size in said["columns"])
        return Header(**{**said, "columns": columns})
    except (ValueError, TypeError, KeyError):
        raise CatalogueError(f"{path}: no file of records by columns") from None


class Packed:
    """A file of columns, opened: its header, and each column when it is asked for."""

    def __init__(self, path: str | os.PathLike[str], data: bytes | None = None) -> None:
        self.path = Path(path)
        self._keep: frozenset[str] = frozenset()
        self._texts: dict[str, bytes] = {}
        if data is None:
            try:
                data = self.path.read_bytes()
            except OSError as error:
                raise CatalogueError(f"{path}: {error.strerror or error}") from None
        end = data.find(b"\n", len(MAGIC)) + 1
        self.header, self._body = _header(data[:end], path), data[end:]
        if sum(size for _, size in self.header.columns) != len(self._body):
            raise CatalogueError(f"{path}: cut off or damaged: install it again")

    def kept(self, names: frozenset[str]) -> Packed:
        """The same file; the texts of these columns stay unpacked once they were asked for."""
        self._keep = names
        return self

    def column(self, name: str) -> bytes:
        """The text of a column, lines as they stand; empty where no record says anything."""
        if name in self._texts:
            return self._texts[name]
        text = self._unpacked(name)
        if name in self._keep:
            self._texts[name] = text
        return text

    def _unpacked(self, name: str) -> bytes:
        at = 0
        for column, size in self.header.columns:
            if column == name:
                try:
                    return _unpack(self._body[at : at + size])
                except (lzma.LZMAError, zlib.error) as error:
                    raise CatalogueError(f"{self.path}: column {name}: {error}") from None
            at += size
        return b""

    def lines(self, name: str) -> list[str]:
        """The cells of a column, ``SAME`` resolved."""
        said, cells = "", self.cells(name)
        if SAME not in cells:
            return cells
        return [said := said if cell == SAME else cell for cell in cells]

    def cells(self, name: str) -> list[str]:
        """The cells of a column as they stand."""
        text = self.column(name)
        if not text:
            return [""] * self.header.records
        cells = text.decode("utf-8", "surrogatepass").split("\n")
        if len(cells) != self.header.records or cells[0] == SAME:
            raise CatalogueError(f"{self.path}: column {name} has {len(cells)} lines")
        return cells

    def items(self) -> Iterator[list[dict[str, Any]]]:
        """Every work as the list of its items."""
        columns = {name: self.lines(name) for name in COLUMNS}
        work: list[dict[str, Any]] = []
        for number in range(self.header.records):
            if work and not columns["work"][number]:
                yield work
                work = []
            work.append(item_of(lambda name, n=number: columns[name][n]))  # type: ignore[misc]
        if work:
            yield work


__all__ = [
    "COLUMNS",
    "Header",
    "Packed",
    "cells_of",
    "families_of",
    "item_of",
    "people_of",
    "write",
]
