"""A plan for very many strings against a very large catalogue, computed from measured rates: disk, memory, machine hours, cost.

    python bench/plan.py [--strings 1.5e9] [--records 1.7e8] [--shard-records 2e7] [--cores 16] [--machines 10] [--price 0.05]

What was measured stands in ``Measured``, with where; what is assumed are the options.  Prints Markdown; ``docs/scale.md`` holds the output of the
command without options (``tests/test_guide.py`` sees to it).
"""

from __future__ import annotations

import argparse
import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Measured:
    """Rates of one core of the bench machine, quiet (docs/accuracy.md), and sizes."""

    build: float = 75e-6
    """Processor seconds a record of a build (94 s for 1.25 million)."""
    pass_over: float = 75e-6 / 7
    """The same for a record of another shard (a seventh, 20,000 records)."""
    disk: float = 327.0
    """Bytes a record of index and records (408 MB for 1.25 million; 320 at ten million)."""
    linking: float = 110.0
    """Bytes a record that linking keeps on disk while a shard is built."""
    held: float = 21.0
    """Bytes of memory that it keeps of a record of the shard."""
    counted: float = 8.0
    """Bytes of memory that the counts of coverage keep of any record."""
    builder: float = 0.6e9
    """Bytes that a builder needs beside these (index writer 0.3 GB, code and tables, the reading process)."""
    ask: float = 1.9e-3
    """Processor seconds a string, parsed, matched and verified, against 1.25 million records (8.0 s for 4,468, and 8 % since)."""
    tenfold: float = 1.35
    """Times this for a catalogue ten times as large (candidates: .21 to .28 ms from 1.25 to 10 million)."""
    process: float = 0.25e9
    """Bytes that a process of a batch needs for itself; the catalogue's pages are shared."""
    row: float = 600.0
    """Bytes of a row of Parquet output (300 rows)."""
    at: float = 1.25e6
    """Records of the catalogue that ``ask`` was measured with."""


def hours(seconds: float) -> str:
    return f"{seconds / 3600:,.1f} h"


def plan(options: argparse.Namespace, rates: Measured) -> list[tuple[str, str]]:
    records, strings = options.records, options.strings
    shards = math.ceil(records / options.shard_records)
    building = records * rates.build + (shards - 1) * records * rates.pass_over
    cores = options.cores * options.machines
    memory = rates.builder + rates.held * records / shards + rates.counted * records
    asking = strings * rates.ask * rates.tenfold ** math.log10(records / rates.at)
    slots = max(1, min(cores // 2, shards))
    rounds = math.ceil(shards / slots)
    disk = records * rates.disk
    build_wall = rounds * building / shards / 2
    total = (building + asking) / 3600
    return [
        ("shards", f"{shards}, of {records / shards / 1e6:,.1f} million records"),
        ("disk of the catalogue", f"{disk / 1e9:,.0f} GB"),
        ("disk beside it while all shards are built", f"{records * rates.linking / 1e9:,.0f} GB"),
        ("memory of a builder", f"{memory / 1e9:,.1f} GB"),
        ("building, processor time", hours(building)),
        ("building, wall (two cores a shard)", hours(build_wall)),
        ("memory of a machine that asks", f"{(disk + options.cores * rates.process) / 1e9:,.0f} GB, most of it pages of the catalogue"),
        ("asking, processor time", f"{hours(asking)} ({asking / strings * 1e3:.2f} ms a string)"),
        ("asking, wall", hours(asking / cores)),
        ("strings a second, all machines", f"{strings / (asking / cores):,.0f}"),
        ("disk of the rows (Parquet)", f"{strings * rates.row / 1e9:,.0f} GB"),
        ("core hours in all", f"{total:,.0f}"),
        ("cost of these", f"{total * options.price:,.0f} at {options.price:.2f} a core hour"),
    ]  # fmt: skip


def main(argv: list[str] | None = None) -> str:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0], epilog=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    parser.add_argument("--strings", type=float, default=1.5e9)
    parser.add_argument("--records", type=float, default=1.7e8)
    parser.add_argument(
        "--shard-records", type=float, default=2e7, help="records of a shard, at most"
    )
    parser.add_argument("--cores", type=int, default=16, help="cores of a machine")
    parser.add_argument("--machines", type=int, default=10)
    parser.add_argument("--price", type=float, default=0.05, help="of a core hour, memory included")
    options = parser.parse_args(argv)
    lines = [
        f"| {options.strings:,.0f} strings, {options.records:,.0f} records, {options.machines} machines of {options.cores} cores | |",
        "|---|---|",
        *(f"| {name} | {value} |" for name, value in plan(options, Measured())),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(main(), end="")
