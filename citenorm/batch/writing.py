"""Output rows in, one part file out: JSON lines, or Parquet with a declared schema.  A file is there whole or not at all."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Literal

from ..jsontext import dumps, loads
from .plan import parquet
from .rows import COLUMNS

OutputFormat = Literal["jsonl", "parquet"]
GROUP = 4096
"""Rows that a row group of Parquet has: so many are held in memory."""
DRAFT = ".draft-"


def write_part(
    target: Path, rows: Iterable[Mapping[str, Any]], form: OutputFormat, kept: Mapping[str, Any]
) -> dict[str, int]:
    """Write a part file; how many rows came to each outcome ("error" for those with an error).

    ``kept``: the caller's columns and, for Parquet, their Arrow types (None: text, what is no text as JSON).
    Raises OSError where the disk is full or cannot be written; nothing is left of the file then.
    """
    counts: dict[str, int] = {}
    with _draft(target) as stream:
        counted = _counted(rows, counts)
        if form == "jsonl":
            for row in counted:
                stream.write(_json_line(row).encode("utf-8", "surrogatepass") + b"\n")
        else:
            _write_parquet(stream, counted, kept)
    return counts


def _json_line(row: Mapping[str, Any]) -> str:
    try:
        return dumps(row)
    except TypeError:  # a column of Parquet that JSON has no kind for
        return dumps(_plain(row))


def _plain(value: Any) -> Any:
    """A value of Parquet as JSON has it: times as ISO 8601 writes them, decimals, durations and bytes as text."""
    if isinstance(value, Mapping):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    if value is None or isinstance(value, (str, int, float)):
        return value
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _counted(
    rows: Iterable[Mapping[str, Any]], counts: dict[str, int]
) -> Iterator[Mapping[str, Any]]:
    for row in rows:
        what = "error" if row["error"] is not None else str(row["outcome"])
        counts[what] = counts.get(what, 0) + 1
        yield row


@contextmanager
def _draft(target: Path) -> Iterator[BinaryIO]:
    handle, name = tempfile.mkstemp(prefix=f"{DRAFT}{target.name}-", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(name, 0o666 & ~_umask())
        os.replace(name, target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


# ------------------------------------------------------------------ Parquet
def schema(kept: Mapping[str, Any]) -> Any:
    """The Arrow schema of the output: the caller's columns, then ``COLUMNS``."""
    import pyarrow as pa

    text, number = pa.string(), pa.float64()
    evidence = pa.struct(
        [("field", text), ("level", text), ("weight", number), ("claim", text), ("record", text)]
    )
    finding = pa.struct(
        [
            (n, text)
            for n in ("code", "name", "field", "message", "claim", "record", "source", "fix")
        ]
    )
    own = {
        "index": pa.int64(), "versions": pa.list_(text), "probability": number, "margin": number,
        "evidence": pa.list_(evidence), "diagnostics": pa.list_(finding),
        "candidates": pa.list_(pa.struct([("record", text), ("probability", number)])),
    }  # fmt: skip
    fields = [(name, text if kind is None else kind) for name, kind in kept.items()]
    return pa.schema([*fields, *((name, own.get(name, text)) for name in COLUMNS)])


def arrow_row(row: Mapping[str, Any], kept: Mapping[str, Any]) -> dict[str, Any]:
    """A row as the schema has it: ``csl`` as JSON text, the caller's untyped columns as text."""
    out = dict(row)
    out["csl"] = None if row["csl"] is None else dumps(row["csl"])
    for name, kind in kept.items():
        value = out.get(name)
        if kind is None and value is not None and not isinstance(value, str):
            out[name] = json.dumps(value, ensure_ascii=False)
    return out


def _write_parquet(
    stream: BinaryIO, rows: Iterable[Mapping[str, Any]], kept: Mapping[str, Any]
) -> None:
    import pyarrow as pa

    module: Any = parquet()
    shape = schema(kept)
    with module.ParquetWriter(stream, shape, compression="zstd") as writer:
        for group in _groups((arrow_row(row, kept) for row in rows), GROUP):
            try:
                table = pa.Table.from_pylist(group, schema=shape)
            except UnicodeEncodeError:  # half of a surrogate pair is nothing that UTF-8 can hold
                whole = [loads(dumps(row).encode("utf-8", "replace")) for row in group]
                table = pa.Table.from_pylist(whole, schema=shape)
            writer.write_table(table)


def _groups(rows: Iterable[dict[str, Any]], size: int) -> Iterator[Sequence[dict[str, Any]]]:
    group: list[dict[str, Any]] = []
    for row in rows:
        group.append(row)
        if len(group) == size:
            yield group
            group = []
    if group:
        yield group
