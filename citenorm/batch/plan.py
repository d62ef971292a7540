"""Input files in, partitions out: stretches of about as many rows, which any process can read alone."""

from __future__ import annotations

import gzip
import os
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal

from ..errors import InputError, MissingExtraError

Kind = Literal["text", "jsonl", "parquet"]
SUFFIXES: dict[str, Kind] = {
    ".txt": "text",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
    ".pq": "parquet",
}
BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Partition:
    """A stretch of one input file.

    ``start``: byte offset of the first line (of the unpacked text for ``.gz``), or number of the first row group of a
    Parquet file; ``rows``: how many rows it has; ``first``: the number of its first row in the whole input, from 0.
    """

    number: int
    file: str
    kind: Kind
    start: int
    rows: int
    first: int


def input_files(name: str) -> list[Path]:
    """The files of an input: itself, or what a folder holds, in the order of their names."""
    path = Path(name)
    if path.is_dir():
        found = sorted(p for p in path.iterdir() if p.is_file() and kind_of(p) is not None)
        if not found:
            raise InputError(f"{name}: no .parquet, .jsonl or .txt file in this folder")
        return found
    if not path.exists():
        raise InputError(f"{name}: no such file or directory")
    if kind_of(path) is None:
        raise InputError(f"{name}: not .parquet, .jsonl or .txt (each but Parquet also as .gz)")
    return [path]


def kind_of(path: Path) -> Kind | None:
    """What a file holds, by its name; None for other files and hidden ones."""
    if path.name.startswith(("_", ".")):
        return None
    name = path.name.removesuffix(".gz")
    kind = SUFFIXES.get(Path(name).suffix.lower())
    return None if kind == "parquet" and path.name.endswith(".gz") else kind


def open_input(path: Path | str) -> BinaryIO:
    """The bytes of a text input, unpacked."""
    try:
        return gzip.open(path, "rb") if str(path).endswith(".gz") else open(path, "rb")  # type: ignore[return-value]
    except OSError as error:
        raise InputError(f"{path}: {(error.strerror or 'cannot be read').lower()}") from error


def parquet() -> object:
    """pyarrow.parquet; raises MissingExtraError where it is not installed."""
    try:
        import pyarrow.parquet as module
    except ImportError:
        raise MissingExtraError("Parquet needs pyarrow: pip install 'citenorm[batch]'") from None
    return module


def partitions_of(
    files: Sequence[Path], partitions: int | None = None, jobs: int = 1
) -> list[Partition]:
    """Cut the input; every row is in one partition, and their order is the input's.

    ``partitions``: about how many (default: four a process, and none above 50,000 rows).  A packed file is read from its
    beginning by each of its partitions, so that many of them cost time.
    """
    sizes = [_rows_of(path) for path in files]
    total = sum(sizes)
    wanted = partitions or max(4 * jobs, -(-total // 50_000))
    size = max(1, -(-total // wanted))
    out: list[Partition] = []
    first = 0
    for path, rows in zip(files, sizes, strict=True):
        kind = kind_of(path)
        assert kind is not None
        cuts = _parquet_cuts(path, size) if kind == "parquet" else _line_cuts(path, size)
        for start, count in cuts:
            out.append(Partition(len(out), os.fspath(path), kind, start, count, first))
            first += count
        assert first == sum(sizes[: files.index(path) + 1]) or rows == 0
    return out


def _rows_of(path: Path) -> int:
    if kind_of(path) == "parquet":
        return int(_metadata(path).num_rows)  # type: ignore[attr-defined]
    return sum(count for _, count in _line_cuts(path, 1 << 62))


def _metadata(path: Path) -> object:
    try:
        return parquet().read_metadata(path)  # type: ignore[attr-defined]
    except MissingExtraError:
        raise
    except Exception as error:
        raise InputError(f"{path}: not a Parquet file that can be read ({_line(error)})") from error


def _line(error: Exception) -> str:
    return str(error).split("\n")[0][:200]


def _parquet_cuts(path: Path, size: int) -> Iterator[tuple[int, int]]:
    """(first row group, rows): whole row groups together, as long as they stay below ``size`` rows."""
    meta = _metadata(path)
    start, rows = 0, 0
    for group in range(meta.num_row_groups):  # type: ignore[attr-defined]
        here = meta.row_group(group).num_rows  # type: ignore[attr-defined]
        if rows and rows + here > size:
            yield start, rows
            start, rows = group, 0
        rows += here
    if rows:
        yield start, rows


def _line_cuts(path: Path, size: int) -> Iterator[tuple[int, int]]:
    """(byte offset, lines) of stretches of ``size`` lines; the last line need not end."""
    at, start, rows, ended = 0, 0, 0, True
    try:
        with open_input(path) as stream:
            while block := stream.read(BLOCK):
                found = block.find(b"\n")
                while found >= 0:
                    rows += 1
                    if rows == size:
                        yield start, rows
                        start, rows = at + found + 1, 0
                    if size - rows > len(block):  # no cut in this block: only count
                        rows += block.count(b"\n", found + 1)
                        break
                    found = block.find(b"\n", found + 1)
                ended = block.endswith(b"\n")
                at += len(block)
    except (EOFError, OSError, zlib.error) as error:
        raise InputError(f"{path}: cannot be unpacked ({_line(error)})") from error
    rows += not ended
    if rows:
        yield start, rows
