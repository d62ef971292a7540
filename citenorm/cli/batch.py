"""``citenorm batch``: very many references → a folder of rows, restartable, on this machine or on a cluster."""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import citenorm

from ..errors import CitenormError, ConfigError
from .options import add_source_options, config_of, jobs_of, parser, policy_of, say, sources_of

if TYPE_CHECKING:
    from ..batch import Job, OutputFolder, Partition


def run(argv: list[str]) -> int:
    args = _arguments(argv)
    config = config_of(args)
    args.offline = (
        True  # a batch asks no service: millions of strings are what local catalogues are for
    )
    from ..batch import Job, OutputFolder
    from ..batch.partition import kept_columns
    from ..batch.plan import input_files

    files = [path.absolute() for path in input_files(args.input)]
    policy = policy_of(args, config)
    with sources_of(args, config) as sources:
        known = [_catalogue_mark(info) for info in sources.info()]
        spec = sources.spec
        if spec is None:
            raise ConfigError("batch: needs local catalogues")
        # Other processes may work in other folders.
        spec = replace(spec, catalogues=tuple(os.path.abspath(c) for c in spec.catalogues))
    folder = OutputFolder(Path(args.output), args.format)
    try:
        settings = {
            "prefer": policy,
            "column": args.column,
            "catalogues": known,
            "version": citenorm.__version__,
        }
        parts = folder.partitions(files, args.partitions, jobs_of(args), settings)
        kept, types = kept_columns(parts[0], args.column) if parts else ((), b"")
        output = str(folder.folder.resolve())
        job = Job(output, args.format, spec, policy, args.column, kept, types)
        return _run(parts, job, folder, args)
    finally:
        folder.close()


def _arguments(argv: list[str]) -> argparse.Namespace:
    made = parser(
        "batch",
        "Very many references → a folder of rows; stopped at any moment, it goes on from there.",
    )
    made.add_argument(
        "input", help="a .txt, .jsonl (each also .gz) or .parquet file, or a folder of them"
    )
    made.add_argument(
        "output", help="a folder for the parts; not made new where it holds some of this run"
    )
    made.add_argument("--engine", choices=("local", "spark"), default="local")
    made.add_argument("--format", choices=("jsonl", "parquet"), default="jsonl")
    made.add_argument(
        "--partitions", type=int, metavar="N", help="about how many parts (default: four a process)"
    )
    made.add_argument(
        "--column",
        metavar="NAME",
        default="",
        help="the column of a Parquet file with the references",
    )
    add_source_options(made)
    args = made.parse_args(argv)
    args.command = "batch"
    if args.partitions is not None and args.partitions < 1:
        raise ConfigError("batch: --partitions takes a number from 1 up")
    return args


def _catalogue_mark(info: dict[str, Any]) -> dict[str, Any]:
    """What tells one state of a catalogue from another."""
    return {k: info[k] for k in sorted(info) if isinstance(info[k], (str, int)) and k != "path"}


def _run(parts: list[Partition], job: Job, folder: OutputFolder, args: argparse.Namespace) -> int:
    todo = [part for part in parts if not folder.is_done(part)]
    counts: Counter[str] = Counter()
    for part in parts:
        if folder.is_done(part):
            counts.update(folder.counts(part.number))
    total = sum(part.rows for part in parts)
    if len(todo) < len(parts):
        say(args, f"{len(parts) - len(todo)} of {len(parts)} parts are there already")
    failed: list[str] = []
    for done in _engine(todo, job, total, sum(counts.values()), args):
        if done.error:
            failed.append(f"part {done.number}: {done.error}")
            say(args, f"citenorm: {failed[-1]}")
        else:
            counts.update(done.counts)
    if failed:
        raise CitenormError(
            f"batch: {len(failed)} of {len(parts)} parts could not be made ({failed[0]}); "
            "the others are kept, run it again for these"
        )
    folder.finish(dict(sorted(counts.items())), len(parts))
    said = ", ".join(f"{n:,} {what}" for what, n in sorted(counts.items()))
    say(args, f"{sum(counts.values()):,} rows in {len(parts)} parts: {said or 'nothing'}")
    return 0


def _engine(
    todo: list[Partition], job: Job, total: int, before: int, args: argparse.Namespace
) -> Any:
    if args.engine == "spark":
        from ..spark import run_partitions, session

        return run_partitions(session(), todo, job)
    from ..batch.local import Rate, run_local

    rate = Rate(total, before)
    shown = not args.quiet and sys.stderr.isatty()

    def told(rows: int) -> None:
        if shown:
            print(f"\r{rate.line(rows)}\x1b[K", end="", file=sys.stderr, flush=True)

    return run_local(todo, job, jobs_of(args), told)
