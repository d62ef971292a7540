"""What linking has to remember of millions of records, in files without a name instead of memory.

``Hashes`` are written as they come and read back by ranges of hash, so that all owners of one hash come together and no
more than ``AT_ONCE`` entries are held; ``Rows`` are read one at a time by their number.  A process that is killed leaves nothing.
"""

from __future__ import annotations

import os
import tempfile
from array import array
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any, BinaryIO, cast

AT_ONCE = 1 << 21
"""About so many entries are sorted in memory at a time (some 80 MB)."""
_CHUNK = 1 << 18
_ENTRY = 12


def _nameless(folder: Path) -> BinaryIO:
    return cast("BinaryIO", tempfile.TemporaryFile(dir=folder, buffering=1 << 20))


class Rows:
    """Rows of bytes, each known by its number from 0."""

    def __init__(self, folder: Path) -> None:
        self._file = _nameless(folder)
        self._ends = array("Q", [0])
        self._written = True

    def extend(self, rows: bytes, lengths: Sequence[int]) -> None:
        """Add rows that stand one behind the other."""
        self._file.write(rows)
        self._ends.extend(accumulate(lengths, initial=self._ends.pop()))
        self._written = False

    def __getitem__(self, number: int) -> bytes:
        if not self._written:
            self._file.flush()
            self._written = True
        start = self._ends[number]
        return _read_at(self._file, start, self._ends[number + 1] - start)

    def close(self) -> None:
        self._file.close()


def _read_at(file: BinaryIO, start: int, size: int) -> bytes:
    if hasattr(os, "pread"):
        return os.pread(file.fileno(), size, start)
    file.seek(start)
    return file.read(size)


class Hashes:
    """Hashes of 64 bits, each with the number of the record that has it."""

    def __init__(self, folder: Path) -> None:
        self._file = _nameless(folder)
        self._length = 0

    def extend(self, hashes: Any, owners: Any) -> None:
        """Add hashes (uint64) and their owners (whole numbers below 2³²), two arrays of one length."""
        import numpy as np

        rows = np.empty(len(hashes), dtype=_entry())
        rows["hash"], rows["owner"] = hashes, owners
        self._file.write(rows.tobytes())
        self._length += len(rows)

    def __len__(self) -> int:
        return self._length

    def chunks(self) -> Iterator[tuple[Any, Any]]:
        """All hashes and owners in the order in which they came, some at a time."""
        import numpy as np

        self._file.seek(0)
        while block := self._file.read(_CHUNK * _ENTRY):
            rows = np.frombuffer(block, dtype=_entry())
            yield rows["hash"], rows["owner"]

    def close(self) -> None:
        self._file.close()


def _entry() -> Any:
    import numpy as np

    return np.dtype([("hash", "<u8"), ("owner", "<u4")])


def sorted_hashes(columns: Sequence[Hashes]) -> Iterator[tuple[Any, Any]]:
    """Hashes and owners of all columns in order of the hash, range by range; equal hashes in order of column, then as they came.

    All entries of one hash are in one range.
    """
    import numpy as np

    total = sum(map(len, columns))
    bits = max(0, total // AT_ONCE).bit_length()
    for number in range(1 << bits):
        found = [
            (hashes[here], owners[here])
            for column in columns
            for hashes, owners in column.chunks()
            for here in (hashes >> np.uint64(64 - bits) == number if bits else slice(None),)
        ]
        if not found:
            continue
        hashes = np.concatenate([each for each, _ in found])
        owners = np.concatenate([each for _, each in found])
        order = np.argsort(hashes, kind="stable")
        yield hashes[order], owners[order]
