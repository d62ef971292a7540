"""The file of records: CSL-JSON lines in small compressed blocks, each line found by one number.

A block is its length (four bytes, little endian) and a zlib stream of up to ``PER_BLOCK`` lines.  The place of
a line is ``offset of its block * 8 + number in the block``.  The file only grows; what lies behind the length
that the catalogue's manifest states is not read.
"""

from __future__ import annotations

import mmap
import os
import zlib
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any, cast

from ..errors import CatalogueError
from ..jsontext import loads

PER_BLOCK = 4
SLOTS = 8


def pack(lines: Sequence[bytes]) -> bytes:
    """The block of up to ``PER_BLOCK`` lines."""
    body = zlib.compress(b"\n".join(lines), 3)
    return len(body).to_bytes(4, "little") + body


class RecordWriter:
    """Appends lines to a file of records from a given length on."""

    def __init__(self, path: Path, length: int = 0, crc: int = 0) -> None:
        self._file = open(path, "r+b" if path.exists() else "w+b")  # noqa: SIM115
        self._file.truncate(length)
        self._file.seek(length)
        self.length = length
        self.crc = crc
        self._lines: list[bytes] = []

    def add(self, line: bytes) -> int:
        """Append one line of JSON (without line end); its place."""
        place = self.length * SLOTS + len(self._lines)
        self._lines.append(line)
        if len(self._lines) == PER_BLOCK:
            self._flush()
        return place

    def extend(self, lines: Sequence[bytes]) -> list[int]:
        """Append lines in blocks of their own; their places."""
        self._flush()
        blocks = [pack(lines[at : at + PER_BLOCK]) for at in range(0, len(lines), PER_BLOCK)]
        begins = accumulate(map(len, blocks), initial=self.length)
        self._write(b"".join(blocks))
        return [begin * SLOTS + slot for begin in begins for slot in range(PER_BLOCK)][: len(lines)]

    def _write(self, blocks: bytes) -> None:
        self._file.write(blocks)
        self.crc = zlib.crc32(blocks, self.crc)
        self.length += len(blocks)

    def _flush(self) -> None:
        if not self._lines:
            return
        lines, self._lines = self._lines, []
        self._write(pack(lines))

    def close(self) -> None:
        """Write what is left and see it on disk."""
        self._flush()
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()


class RecordFile:
    """A file of records, memory-mapped, up to a stated length."""

    def __init__(self, path: Path, length: int) -> None:
        self.path, self.length = path, length
        with open(path, "rb") as file:
            self._map = (
                mmap.mmap(file.fileno(), length, access=mmap.ACCESS_READ) if length else None
            )

    def block(self, offset: int) -> list[bytes]:
        """The lines of the block at a byte offset."""
        if self._map is None or not 0 <= offset <= self.length - 4:
            raise CatalogueError(
                f"{self.path}: no block of records at {offset}: the catalogue is damaged, build it again"
            )
        size = int.from_bytes(self._map[offset : offset + 4], "little")
        try:
            return zlib.decompress(self._map[offset + 4 : offset + 4 + size]).split(b"\n")
        except zlib.error as error:
            raise CatalogueError(
                f"{self.path}: block at {offset} cannot be read ({error}): the catalogue is damaged, build it again"
            ) from None

    def line(self, place: int) -> bytes:
        """The line at a place."""
        lines = self.block(place // SLOTS)
        try:
            return lines[place % SLOTS]
        except IndexError:
            raise CatalogueError(
                f"{self.path}: no record at {place}: the catalogue is damaged, build it again"
            ) from None

    def item(self, place: int) -> dict[str, Any]:
        """The CSL item at a place."""
        try:
            return cast("dict[str, Any]", loads(self.line(place)))
        except ValueError:
            raise CatalogueError(
                f"{self.path}: record at {place} is no JSON: the catalogue is damaged, build it again"
            ) from None

    def blocks(self) -> Iterator[tuple[int, list[bytes]]]:
        """Every block from the beginning: its offset and lines."""
        at = 0
        while at < self.length:
            lines = self.block(at)
            yield at, lines
            assert self._map is not None
            at += 4 + int.from_bytes(self._map[at : at + 4], "little")

    def places(self) -> Iterator[tuple[int, bytes]]:
        """Every line with its place."""
        for offset, lines in self.blocks():
            for slot, line in enumerate(lines):
                yield offset * SLOTS + slot, line

    def close(self) -> None:
        if self._map is not None:
            self._map.close()
            self._map = None
