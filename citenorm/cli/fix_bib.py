"""``citenorm fix`` for ``.bib`` files: each is repaired where it stands, on standard output, or as a diff."""

from __future__ import annotations

import argparse
import difflib
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..files import Change
from .options import read_input, say, write
from .session import Input, Session
from .unchanged import Unchanged

if TYPE_CHECKING:
    from ..model import Csl, Resolution
    from ..repairing import Repaired


def fix_bib_files(items: Sequence[Input], args: argparse.Namespace, session: Session) -> bool:
    """Repair every file; returns whether one changed or would change."""
    changed = False
    results: list[Resolution] = []
    written: list[Csl | None] = []
    done = 0
    for item in items:
        with session.guard():
            memory = session.memory(item.name)
            if args.in_place and memory.knows(item.name, item.data):
                continue
            made = _repaired(item, args, session)
            changed |= made.changed
            _write(item, made, args, memory)
            done += 1
            _tell(made, args)
            results += made.resolutions
            if not args.quiet:
                own = made.changed and made.resolutions
                written += made.written() if own else [r.claim.csl for r in made.resolutions]
    skipped = session.save_memory()
    if skipped:
        say(args, f"{skipped} of {len(items)} files unchanged since the last run")
    if results and not args.quiet:
        from ..report.summary import print_summary

        print_summary(results, table=changed, written=written)
    elif done and not results and not args.form_only:
        say(args, f"{', '.join(i.name for i in items)}: no entries")
    return changed


def _repaired(item: Input, args: argparse.Namespace, session: Session) -> Repaired:
    from .. import bib
    from ..bib.shape import omitted
    from ..repairing import repair

    config = session.config(item.name)
    given = None
    if args.key_map and not args.keys and Path(args.key_map).is_file():
        text = read_input(args.key_map).decode("utf-8", "replace")
        given = bib.read_key_map(text, args.key_map)
    return repair(
        item.data, session.sources(item.name), name=item.name, wanted=session.wanted(item.name),
        form_only=args.form_only, unsafe=args.unsafe or config.unsafe_fixes, prefer=session.policy(item.name),
        lock=session.lock(item.name), jobs=session.jobs, latex=False if args.unicode else None,
        dialect=args.format if args.format in ("bibtex", "biblatex") else None,
        preprint_note=args.preprint_note, lines=args.lines, merge=args.merge, keys=args.keys, key_map=given,
        key_pattern=args.key_pattern, omit=omitted(args.omit), venues=args.venues or "", sort=args.sort or "",
    )  # fmt: skip


def _tell(made: Repaired, args: argparse.Namespace) -> None:
    """What a person has to see to: what no fix mends in the form of the file, and what a merge joined."""
    for line in made.said:
        say(args, f"{made.name}: {line}")
    for d in made.diagnostics:
        if d.fix is None and d.place is not None and d.code.startswith("CN5"):
            at = f"{d.place.file or made.name}:{d.place.line}:{d.place.column}"
            say(args, f"{at}: {d.severity}: {d.code} {d.message}")


def _write(item: Input, made: Repaired, args: argparse.Namespace, memory: Unchanged) -> None:
    """The repaired file where it is wanted; in place, together with the files that go with it."""
    with_it = _with_it(made, args)
    if args.diff:
        _diff(item.name, made.before, made.after)
    elif args.check:
        if made.changed:
            say(args, f"{item.name}: would change")
    elif args.in_place:
        own = [Change(item.source, made.after, made.before)] if made.changed else []
        if own or with_it:
            write(args, *with_it, *own)
    elif args.output and args.output != "-":
        write(args, *with_it, Change(args.output, made.after))
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(made.after)
        sys.stdout.buffer.flush()
        if with_it:
            write(args, *with_it)
    if not made.changed:
        memory.add(item.name, made.before)


def _with_it(made: Repaired, args: argparse.Namespace) -> list[Change]:
    """What is to be written with the file: key map, and the citing files under their new keys; as a diff where nothing is written."""
    from .. import bib

    changes: list[Change] = []
    keys: Mapping[str, str] = made.keys
    if not keys:
        return changes
    writing = not (args.diff or args.check)
    asked = args.key_map or (None if made.name == "-" else f"{made.name}.keys.json")
    target = Path(asked) if asked else None
    applied = args.key_map and not args.keys and target is not None and target.is_file()
    if writing and target is not None and (args.keys or args.merge) and not applied:
        text = bib.key_map_text(dict(keys))
        changes.append(Change(target, text.encode("utf-8", "surrogateescape")))
    for old, new in sorted(keys.items()):
        say(args, f"{made.name}: {old} is now {new}")
    for citing in args.cited_in:
        before = read_input(citing)
        after = bib.recite(before.decode("utf-8", "surrogateescape"), dict(keys), citing).encode(
            "utf-8", "surrogateescape"
        )
        if after != before and writing and args.in_place:
            changes.append(Change(citing, after, before))
        elif after != before and args.diff:
            _diff(citing, before, after)
    return changes


def _diff(name: str, before: bytes, after: bytes) -> None:
    old, new = (data.decode("utf-8", "replace").splitlines(True) for data in (before, after))
    sys.stdout.writelines(difflib.unified_diff(old, new, name, f"{name} (repaired)"))
