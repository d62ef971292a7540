"""One partition and the job in, its part file out: what every engine does, and all that it does."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import CatalogueError, CitenormError
from .plan import Partition, parquet
from .reading import kept_name, reference_column, rows_of
from .rows import resolved
from .writing import OutputFormat, write_part

if TYPE_CHECKING:
    from ..match import Policy
    from ..sources import Sources, Spec

CHUNK = 192
"""Rows resolved at a time."""


@dataclass(frozen=True, slots=True)
class Job:
    """What is the same for all partitions of a run.

    ``kept``: the caller's columns, with the Arrow types of a Parquet input (as the bytes of a schema: ``types``).
    """

    folder: str
    form: OutputFormat
    spec: Spec
    prefer: Policy = "published"
    column: str = ""
    kept: tuple[str, ...] = ()
    types: bytes = b""

    def to_json(self) -> str:
        """For engines that carry text between machines."""
        return json.dumps({**asdict(self), "types": self.types.hex()})

    @classmethod
    def from_json(cls, text: str) -> Job:
        from ..sources import Spec

        row = json.loads(text)
        spec: dict[str, Any] = {
            k: tuple(v) if isinstance(v, list) else v for k, v in row["spec"].items()
        }
        row |= {
            "spec": Spec(**spec),
            "kept": tuple(row["kept"]),
            "types": bytes.fromhex(row["types"]),
        }
        return cls(**row)


@dataclass(frozen=True, slots=True)
class Part:
    """What came of a partition: outcomes counted, or why there is none."""

    number: int
    counts: Mapping[str, int] = field(default_factory=dict)
    error: str = ""


def run_partition(
    part: Partition,
    job: Job,
    sources: Sources,
    ticked: Callable[[int], None] = lambda rows: None,
) -> Part:
    """Read, resolve and write one partition; a part that cannot be read or written is told, never raised.

    The counts are written before the part: what has a part file has both.  Raises CatalogueError alone.
    """
    folder = Path(job.folder)
    target = folder / f"part-{part.number:05d}.{job.form}"
    try:
        rows = _resolved(part, job, sources, ticked)
        counts = write_part(target, rows, job.form, kept_types(job))
        draft = folder / f".draft-counts-{part.number:05d}-{os.getpid()}"
        draft.write_text(json.dumps(counts, sort_keys=True), "utf-8")
        os.replace(draft, folder / f"_part-{part.number:05d}.json")
    except CatalogueError:
        raise
    except CitenormError as error:
        return Part(part.number, error=str(error))
    except OSError as error:
        return Part(part.number, error=f"{target.name}: {(error.strerror or str(error)).lower()}")
    except Exception as error:  # what a library of formats makes of a damaged file
        said = str(error).splitlines()[0][:200] if str(error) else ""
        return Part(part.number, error=f"{part.file}: {type(error).__name__}: {said}")
    return Part(part.number, counts)


def _resolved(
    part: Partition, job: Job, sources: Sources, ticked: Callable[[int], None]
) -> Iterator[dict[str, Any]]:
    rows = rows_of(part, job.column)
    while chunk := list(islice(rows, CHUNK)):
        yield from resolved(chunk, sources, job.prefer)
        ticked(len(chunk))


# ------------------------------------------------------------------ the caller's columns
def kept_types(job: Job) -> dict[str, Any]:
    """The caller's columns → their Arrow types; None where they are text."""
    if not job.types:
        return dict.fromkeys(job.kept)
    import pyarrow as pa

    stated = pa.ipc.read_schema(pa.BufferReader(job.types))
    return {name: stated.field(name).type for name in job.kept}


def kept_columns(part: Partition, column: str) -> tuple[tuple[str, ...], bytes]:
    """The caller's columns as the first partition has them, and for Parquet their types."""
    if part.kind == "parquet":
        import pyarrow as pa

        module: Any = parquet()
        stated = module.read_schema(part.file)
        source = reference_column(stated.names, column, part.file)
        kept = [f.with_name(kept_name(f.name)) for f in stated if f.name not in (source, "csl")]
        return tuple(f.name for f in kept), pa.schema(kept).serialize().to_pybytes()
    first = next((row for row in rows_of(part) if not row.error and row.kept), None)
    return tuple(first.kept) if first is not None else (), b""
