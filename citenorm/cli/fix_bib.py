"""``citenorm fix`` for ``.bib`` files: each is repaired where it stands, on standard output, or as a diff."""

from __future__ import annotations

import argparse
import difflib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..config import Config
from .options import jobs_of, lock_of, policy_of, read_input, say, write_file

if TYPE_CHECKING:
    from ..model import Resolution
    from ..sources import Sources


def fix_bib_files(names: Sequence[str], args: argparse.Namespace, config: Config, sources: Sources) -> bool:
    """Repair every file; returns whether one changed or would change."""
    changed = False
    results: list[Resolution] = []
    for name in names:
        before = read_input(name)
        after, mine = repaired(before, name, args, config, sources)
        results += mine
        changed |= after != before
        _write(name, before, after, args)
    if results and not args.quiet:
        from ..report.summary import print_summary

        print_summary(results, table=changed)
    elif not args.form_only:
        say(args, f"{', '.join(names)}: no entries")
    return changed


def repaired(before: bytes, name: str, args: argparse.Namespace, config: Config, sources: Sources) -> tuple[bytes, list[Resolution]]:
    """The file's bytes after the repair, and the resolutions of its entries."""
    from .. import bib
    from ..pipeline import resolve_all

    file = bib.read(before, name)
    policy = policy_of(args, config)
    results = [] if args.form_only else resolve_all(bib.claims(file), sources, jobs=jobs_of(args), prefer=policy, lock=lock_of(args, name))
    options = bib.RepairOptions(
        wanted=lambda code, rule: config.wants(code, rule, name),
        preprint_note=args.preprint_note,
        dialect=args.format if args.format in ("bibtex", "biblatex") else None,
        latex=False if args.unicode else None,
    )
    after, found = bib.repair(file, results, options)
    for d in found:
        if d.fix is None and d.place is not None:
            say(args, f"{d.place.file or name}:{d.place.line}:{d.place.column}: {d.code} {d.message}")
    return after, results


def _write(name: str, before: bytes, after: bytes, args: argparse.Namespace) -> None:
    if args.diff:
        old, new = (data.decode("utf-8", "replace").splitlines(True) for data in (before, after))
        sys.stdout.writelines(difflib.unified_diff(old, new, name, f"{name} (repaired)"))
    elif args.check:
        if after != before:
            say(args, f"{name}: would change")
    elif args.in_place:
        if after != before:
            write_file(Path(name), after)
    elif args.output and args.output != "-":
        write_file(Path(args.output), after)
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(after)
