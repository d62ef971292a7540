"""citenorm on Spark: a function on DataFrames, and the engine of ``citenorm batch --engine spark``.

No logic of its own: rows are resolved by ``batch.rows``, parts by ``batch.partition``, as on one machine.  Every executor
needs Python with citenorm and pyarrow, and sees the catalogue under the same path (or has it shipped as an archive:
``spark.archives`` unpacks ``catalogue.tar.gz#catalogue`` in the working folder, so the path is ``catalogue``).  It is opened
once in each Python process of an executor.  Works with Spark 4, plain clusters and Spark Connect.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from .batch.partition import Job, Part, run_partition
from .batch.plan import Partition
from .batch.reading import kept_name, reference_column, row_of
from .batch.rows import resolved
from .batch.writing import arrow_row, schema
from .errors import CitenormError, MissingExtraError

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession

    from .match import Policy
    from .sources import Sources, Spec

CHUNK = 192

_opened: dict[Any, Any] = {}
"""The sources of this process, by what they were opened with."""


def match(
    references: DataFrame,
    *,
    catalogues: Sequence[str | os.PathLike[str]] = (),
    column: str = "",
    prefer: Policy = "published",
) -> DataFrame:
    """A DataFrame of references (a column ``raw`` of strings, or ``csl`` of CSL-JSON text) → the columns of ``match`` and ``error``.

    ``catalogues``: folders that every executor sees under these paths (none: the built-in one); ``column``: the column that
    holds the references.  The other columns are kept; one that has the name of an output column becomes ``input_…``.
    ``index`` is null: rows of a DataFrame have no number.  Raises InputError where there is no such column.
    """
    from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema

    from .sources import Spec

    stated = to_arrow_schema(references.schema)
    source = reference_column(stated.names, column, "the DataFrame")
    kept = {kept_name(f.name): f.type for f in stated if f.name not in (source, "csl")}
    shape = schema(kept)
    spec = Spec(tuple(os.fspath(p) for p in catalogues), not catalogues)

    def work(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        import pyarrow as arrow

        sources = sources_here(spec)
        for batch in batches:
            rows = [
                row_of(i, {"raw" if k == source else k: v for k, v in found.items()})
                for i, found in enumerate(batch.to_pylist())
            ]
            for at in range(0, len(rows), CHUNK):
                done = resolved(rows[at : at + CHUNK], sources, prefer)
                made = [{**arrow_row(row, kept), "index": None} for row in done]
                yield arrow.RecordBatch.from_pylist(made, schema=shape)

    return references.mapInArrow(work, from_arrow_schema(shape))


def run_partitions(spark: SparkSession, parts: Sequence[Partition], job: Job) -> Iterator[Part]:
    """Partitions of a batch as Spark tasks; the output folder and the input are seen by every executor under the same path.

    A task that is lost with its executor is run again by Spark; a part is put in place whole, so nothing is there twice.
    Raises CitenormError where Spark gives up.
    """
    if not parts:
        return
    stated = job.to_json()
    rows = [(part.number, json.dumps(asdict(part))) for part in parts]
    tasks = spark.createDataFrame(rows, "number int, part string")
    spread = tasks.repartitionByRange(len(rows), "number")

    def work(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        import pyarrow as arrow

        here = Job.from_json(stated)
        for batch in batches:
            for row in batch.to_pylist():
                done = run_partition(
                    Partition(**json.loads(row["part"])), here, sources_here(here.spec)
                )
                made = {
                    "number": done.number,
                    "counts": json.dumps(done.counts),
                    "error": done.error,
                }
                yield arrow.RecordBatch.from_pylist([made])

    try:
        found = spread.mapInArrow(work, "number long, counts string, error string").collect()
    except Exception as error:
        raise CitenormError(f"spark: {_in_short(error)}") from error
    for row in sorted(found, key=lambda r: r["number"]):
        yield Part(row["number"], json.loads(row["counts"]), row["error"] or "")


def _in_short(error: Exception) -> str:
    """The first and the last line of what Spark says: what happened, and what the Python worker raised."""
    said = [line.strip() for line in str(error).splitlines() if line.strip()]
    ends = dict.fromkeys((said[0], said[-1])) if said else [type(error).__name__]
    return " … ".join(line[:300] for line in ends)


def sources_here(spec: Spec) -> Sources:
    """The sources of this process, opened once."""
    if spec not in _opened:
        from .sources import reopen

        _opened[spec] = reopen(spec)
    found: Sources = _opened[spec]
    return found


def session() -> SparkSession:
    """The session of ``spark-submit`` or of the settings at hand (``SPARK_REMOTE``, ``spark-defaults.conf``)."""
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise MissingExtraError("Spark needs pyspark: pip install 'citenorm[spark]'") from None
    return SparkSession.builder.appName("citenorm batch").getOrCreate()
