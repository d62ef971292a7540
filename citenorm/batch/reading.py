"""A partition in, its rows out, one after the other: lines of text, JSON lines, or row groups of Parquet."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..errors import InputError
from .plan import BLOCK, Partition, open_input, parquet
from .rows import COLUMNS, Row

RECORD_KEYS = ("title", "author", "type", "issued", "DOI", "container-title", "custom")
"""One of these in a JSON object without ``raw`` and ``csl`` makes it a CSL-JSON item."""
LONGEST = 1 << 20
"""Characters of a line; what is longer is no reference and is kept as an error."""


def rows_of(part: Partition, column: str = "") -> Iterator[Row]:
    """The rows of a partition.  ``column``: the column of a Parquet file that holds the references."""
    if part.kind == "parquet":
        return _parquet_rows(part, column)
    made = _text_row if part.kind == "text" else _json_row
    return (made(part.first + i, line) for i, line in enumerate(_lines(part)))


def _lines(part: Partition) -> Iterator[bytes]:
    """The lines of a partition; of one that is no reference only the beginning, so that it is not held in memory."""
    with open_input(part.file) as stream:
        stream.seek(part.start)
        for _ in range(part.rows):
            line = end = stream.readline(4 * LONGEST + 2)
            while end and not end.endswith(b"\n"):
                end = stream.readline(BLOCK)
            yield line


def _text_row(index: int, line: bytes) -> Row:
    text = line.rstrip(b"\r\n").decode("utf-8", "replace")
    if index == 0:
        text = text.removeprefix("\ufeff")
    if len(text) > LONGEST:
        return Row(
            index, text[:200], error=f"a line of more than {LONGEST:,} characters is no reference"
        )
    return Row(index, text)


def _json_row(index: int, line: bytes) -> Row:
    if not line.strip():
        return Row(index)
    if len(line) > 4 * LONGEST:
        return Row(index, error=f"a line of more than {4 * LONGEST:,} bytes is no reference")
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Row(index, error=f"not JSON: {error}")
    if isinstance(found, str):
        return Row(index, found)
    if not isinstance(found, dict):
        return Row(index, error="neither a JSON object nor a string")
    return row_of(index, found)


def row_of(index: int, found: Mapping[str, Any]) -> Row:
    """A row of named values: ``raw`` or ``csl`` is the reference, all else is the caller's; or a CSL-JSON item with its ``id``."""
    wrapped = "raw" in found or "csl" in found
    if not wrapped and any(key in found for key in RECORD_KEYS):
        kept = {"id": found["id"]} if "id" in found else {}
        return Row(index, "", {k: v for k, v in found.items() if k != "id"}, kept)
    kept = {kept_name(k): v for k, v in found.items() if k not in ("raw", "csl")}
    raw, csl = found.get("raw"), found.get("csl")
    if isinstance(csl, str):
        try:
            csl = json.loads(csl)
        except (ValueError, RecursionError) as error:
            return Row(index, "", None, kept, f"csl: not JSON: {error}")
    if csl is not None and not isinstance(csl, Mapping):
        return Row(index, "", None, kept, "csl: not an object")
    if raw is not None and not isinstance(raw, str):
        return Row(index, "", None, kept, "raw: not a string")
    if csl is not None:
        try:
            return Row(index, raw or "", _without_nulls(csl), kept)
        except RecursionError:
            return Row(index, "", None, kept, "csl: nested too deeply")
    if not wrapped:
        return Row(index, "", None, kept, "neither raw nor csl, and no CSL-JSON item")
    return Row(index, raw or "", None, kept)


def kept_name(name: str) -> str:
    """The name under which a column of the caller's stands in the output: its own, or ``input_…`` where that is taken."""
    return f"input_{name}" if name in COLUMNS else name.encode("utf-8", "replace").decode()


def _without_nulls(value: Any) -> Any:
    """Parquet's structs have every field in every row; what is null there is not stated."""
    if isinstance(value, Mapping):
        return {k: _without_nulls(v) for k, v in value.items() if v is not None}
    if isinstance(value, (list, tuple)):
        return [_without_nulls(v) for v in value]
    return value


def _parquet_rows(part: Partition, column: str) -> Iterator[Row]:
    module: Any = parquet()
    file = module.ParquetFile(part.file)
    try:
        source = reference_column(file.schema_arrow.names, column, part.file)
        index, last = part.first, part.first + part.rows
        group = part.start
        while index < last:
            for batch in file.iter_batches(1024, row_groups=[group]):
                for found in batch.to_pylist():
                    yield row_of(index, {"raw" if k == source else k: v for k, v in found.items()})
                    index += 1
            group += 1
    finally:
        file.close()


def reference_column(names: Sequence[str], column: str, where: str) -> str:
    """Which column holds the references; raises InputError where none does."""
    if column and column not in names:
        raise InputError(f"{where}: no column {column!r} (columns: {', '.join(names)})")
    if column:
        return column
    found = next((n for n in ("raw", "csl", "reference", "unstructured") if n in names), "")
    if not found:
        raise InputError(
            f"{where}: no column raw or csl (columns: {', '.join(names)}); --column names another"
        )
    return found
