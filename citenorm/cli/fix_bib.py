"""``citenorm fix`` for ``.bib`` files: each is repaired where it stands, on standard output, or as a diff."""

from __future__ import annotations

import argparse
import difflib
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..config import Config
from ..errors import ConfigError
from ..files import Change
from .options import jobs_of, lock_of, policy_of, read_input, say, write
from .unchanged import Unchanged

if TYPE_CHECKING:
    from ..bib import BibFile
    from ..match.prefer import Policy
    from ..model import Csl, Resolution
    from ..sources import Sources


def fix_bib_files(
    names: Sequence[str], args: argparse.Namespace, config: Config, sources: Sources
) -> bool:
    """Repair every file; returns whether one changed or would change."""
    changed = False
    results: list[Resolution] = []
    written: list[Csl | None] = []
    memory = Unchanged(args, config)
    for name in names:
        before = read_input(name)
        if args.in_place and memory.knows(name, before):
            continue
        after, mine = repaired(before, name, args, config, sources)
        if not args.quiet:
            written += (
                _written(after, name) if after != before and mine else [r.claim.csl for r in mine]
            )
        with_it: list[Change] = []
        if args.merge or args.keys or args.key_map:
            after, keys = _renamed(after, name, mine, args)
            with_it = _tell_keys(name, keys, args)
        results += mine
        changed |= after != before
        _write(name, before, after, with_it, args)
        if after == before:
            memory.add(name, before)
    memory.save()
    if memory.skipped:
        say(args, f"{memory.skipped} of {len(names)} files unchanged since the last run")
    if results and not args.quiet:
        from ..report.summary import print_summary

        print_summary(results, table=changed, written=written)
    elif not args.form_only and not memory.skipped:
        say(args, f"{', '.join(names)}: no entries")
    return changed


def entries(
    file: BibFile, name: str, args: argparse.Namespace, policy: Policy, sources: Sources
) -> list[Resolution]:
    """The resolutions of a file's entries."""
    from .. import bib
    from ..pipeline import resolve_all

    return resolve_all(
        bib.claims(file), sources, jobs=jobs_of(args), prefer=policy, lock=lock_of(args, name)
    )


def repaired(
    before: bytes, name: str, args: argparse.Namespace, config: Config, sources: Sources
) -> tuple[bytes, list[Resolution]]:
    """The file's bytes after the repair, and the resolutions of its entries."""
    from .. import bib

    file = bib.read(before, name)
    results = [] if args.form_only else entries(file, name, args, policy_of(args, config), sources)
    options = bib.RepairOptions(
        wanted=lambda code, rule: config.wants(code, rule, name),
        preprint_note=args.preprint_note,
        unsafe=args.unsafe or config.unsafe_fixes,
        dialect=args.format if args.format in ("bibtex", "biblatex") else None,
        latex=False if args.unicode else None,
    )
    after, found = bib.repair(file, results, options)
    for d in found:
        if d.fix is None and d.place is not None:
            say(
                args,
                f"{d.place.file or name}:{d.place.line}:{d.place.column}: {d.code} {d.message}",
            )
    return after, results


def _written(data: bytes, name: str) -> list[Csl]:
    """What the entries of a repaired file say."""
    from .. import bib
    from ..normalize import normalize

    return [normalize(claim).csl for claim in bib.claims(bib.read(data, name))]


def _renamed(
    data: bytes, name: str, results: Sequence[Resolution], args: argparse.Namespace
) -> tuple[bytes, dict[str, str]]:
    """Entries of one work joined and keys changed, as asked → the file's bytes, and old key → new key."""
    from .. import bib

    keys: dict[str, str] = {}
    if args.merge:
        if args.form_only:
            raise ConfigError(
                "fix: --merge needs to know which works the entries are, so not with --form-only"
            )
        file = bib.read(data, name)
        joined = bib.merge(file, bib.same_works(file, results))
        data, keys = bib.write(file, joined.edits), dict(joined.keys)
    given = None
    if args.key_map and not args.keys and Path(args.key_map).is_file():
        text = read_input(args.key_map).decode("utf-8", "replace")
        given = {
            old: new for old, new in bib.read_key_map(text, args.key_map).items() if old not in keys
        }
    if args.keys or given is not None:
        file = bib.read(data, name)
        new = bib.key_map(file, given)
        data = bib.write(file, bib.rekey_edits(file, new))
        keys = {old: new.get(kept, kept) for old, kept in keys.items()} | new
    return data, keys


def _tell_keys(name: str, keys: dict[str, str], args: argparse.Namespace) -> list[Change]:
    """What is to be written with the file: key map, and the citing files under their new keys; as a diff where nothing is written."""
    from .. import bib

    changes: list[Change] = []
    if not keys:
        return changes
    writing = args.in_place and not (args.diff or args.check)
    target = Path(args.key_map) if args.key_map else Path(f"{name}.keys.json")
    if (
        writing
        and (args.keys or args.merge)
        and not (args.key_map and not args.keys and target.is_file())
    ):
        changes.append(Change(target, bib.key_map_text(keys).encode("utf-8", "surrogateescape")))
    for old, new in sorted(keys.items()):
        say(args, f"{name}: {old} is now {new}")
    for citing in args.cited_in:
        before = read_input(citing)
        after = bib.recite(before.decode("utf-8", "surrogateescape"), keys, citing).encode(
            "utf-8", "surrogateescape"
        )
        if after != before and writing:
            changes.append(Change(citing, after, before))
        elif after != before and args.diff:
            _diff(citing, before, after)
    return changes


def _diff(name: str, before: bytes, after: bytes) -> None:
    old, new = (data.decode("utf-8", "replace").splitlines(True) for data in (before, after))
    sys.stdout.writelines(difflib.unified_diff(old, new, name, f"{name} (repaired)"))


def _write(
    name: str, before: bytes, after: bytes, with_it: list[Change], args: argparse.Namespace
) -> None:
    """The repaired file where it is wanted; in place, together with the files that go with it."""
    if args.diff:
        _diff(name, before, after)
    elif args.check:
        if after != before:
            say(args, f"{name}: would change")
    elif args.in_place:
        if after != before:
            with_it = [*with_it, Change(name, after, before)]
        if with_it:
            write(args, *with_it)
    elif args.output and args.output != "-":
        write(args, Change(args.output, after, before if _same(args.output, name) else None))
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(after)


def _same(one: str, two: str) -> bool:
    try:
        return os.path.samefile(one, two)
    except OSError:
        return False
