"""A Parquet file in, its rows as dictionaries out; needs pyarrow (``pip install citenorm[batch]``)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO, cast

from ...errors import MissingExtraError

MAGIC = b"PAR1"
_ROWS = 2_000
"""So many rows are held at a time."""


def is_parquet(stream: BinaryIO) -> bool:
    """Whether a stream that has not been read yet is a Parquet file."""
    peek = getattr(stream, "peek", None)
    return peek is not None and bytes(peek(4)[:4]) == MAGIC


def rows(
    stream: BinaryIO, columns: tuple[str, ...]
) -> Iterator[tuple[str, dict[str, Any] | ValueError]]:
    """Place and row; only those of ``columns`` that the file has are read.  A ValueError in place of what cannot be read."""
    try:
        import pyarrow as arrow
        import pyarrow.parquet as parquet
    except ImportError:
        raise MissingExtraError(
            "Parquet files need pyarrow: install it with: pip install 'citenorm[batch]'"
        ) from None
    try:
        file = parquet.ParquetFile(stream)
        held = [name for name in columns if name in file.schema_arrow.names]
        number = 0
        for batch in file.iter_batches(batch_size=_ROWS, columns=held):
            for row in batch.to_pylist():
                number += 1
                yield f"row {number}", cast("dict[str, Any]", row)
    except (arrow.ArrowException, OSError) as error:
        yield "the file", ValueError(f"no Parquet that can be read: {error}")
