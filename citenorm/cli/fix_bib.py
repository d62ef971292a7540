"""``citenorm fix`` for ``.bib`` files: each is repaired where it stands, on standard output, or as a diff."""

from __future__ import annotations

import argparse
import difflib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..files import Change
from .options import read_input, say, show, show_bytes, write
from .session import Input, Session
from .unchanged import Unchanged

if TYPE_CHECKING:
    from ..model import Diagnostic, Resolution
    from ..repairing import Repaired
    from .page import Pages


def fix_bib_files(
    items: Sequence[Input], args: argparse.Namespace, session: Session, pages: Pages | None = None
) -> bool:
    """Repair every file; returns whether one changed or would change.  ``pages`` gathers what a page shows."""
    changed = False
    results: list[Resolution] = []
    repaired: list[Repaired] = []
    for item in items:
        with session.guard(item.name):
            memory = session.memory(item.name)
            if pages is None and args.in_place and memory.knows(item.name, item.data):
                continue
            made = _repaired(item, args, session)
            changed |= made.changed
            _write(item, made, args, memory)
            repaired.append(made)
            _tell(made, args)
            results += made.resolutions
            if pages is not None:
                states = (_text(made.before), _text(made.after))
                pages.add(item, made.resolutions, made.diagnostics, states)
    if args.omit and repaired:
        from ..bib import read

        session.tell_misnamed([read(made.before, made.name) for made in repaired])
    skipped = session.save_memory()
    if skipped:
        say(args, f"{skipped} of {len(items)} files unchanged since the last run")
    if not args.quiet and (results or any(made.entries for made in repaired)):
        _summary(repaired, results)
    elif repaired and not results and not args.form_only:
        say(args, f"{', '.join(i.name for i in items)}: no entries")
    return changed


def _text(data: bytes) -> str:
    """Bytes that are not UTF-8 as lone surrogates, as files are read."""
    return data.decode("utf-8", "surrogateescape")


def _summary(repaired: Sequence[Repaired], results: Sequence[Resolution]) -> None:
    """The table of all that is written otherwise, and the counts."""
    from ..report.summary import corrections, print_summary, short_names_of

    short = short_names_of({made.name for made in repaired})
    rows = [
        (f"{short[made.name]}:{entry.line}", *row)
        for made in repaired
        for entry in made.entries
        for row in corrections(entry.rows)
    ]
    print_summary(results, rows=rows, changed=sum(len(made.entries) for made in repaired))


def _repaired(item: Input, args: argparse.Namespace, session: Session) -> Repaired:
    from .. import bib
    from ..repairing import repair

    config, shape = session.config(item.name), session.shape(item.name)
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
        key_pattern=session.key_pattern(item.name), omit=shape.omit, venues=shape.venues, sort=shape.sort,
    )  # fmt: skip


def _tell(made: Repaired, args: argparse.Namespace) -> None:
    """What the table of corrections does not show: what a merge joined, what no fix mends, and how many entries changed."""
    for line in made.said:
        say(args, f"{made.name}: {line}")
    tell_form(made.diagnostics, made.name, args)
    if made.changed:
        form = _form(made, {"safe", "unsafe"} if args.unsafe else {"safe"})
        counted = ", ".join(f"{n} {name}" for name, n in sorted(form.items()))
        asked = args.check or args.diff
        done = []
        if made.said:
            done.append(
                f"{_entries(len(made.said))} {'would be ' if asked else ''}joined into others"
            )
        if made.entries or not made.said:
            done.append(f"{_entries(len(made.entries))} {'would change' if asked else 'changed'}")
        say(args, f"{made.name}: {', '.join(done)}{'; form: ' if form else ''}{counted}")


def _entries(n: int) -> str:
    return f"{n} {'entry' if n == 1 else 'entries'}"


def tell_form(found: Iterable[Diagnostic], name: str, args: argparse.Namespace) -> None:
    """What is wrong with the form of entries and no fix mends, a line each."""
    for d in found:
        if d.place is not None and d.code.startswith("CN5") and d.fix is None:
            at = f"{d.place.file or name}:{d.place.line}:{d.place.column}"
            say(args, f"{at}: {d.severity}: {d.code} {d.message}")


def _form(made: Repaired, fixes: Collection[str]) -> Counter[str]:
    """How often each rule of form mended something."""
    return Counter(
        d.name
        for d in made.diagnostics
        if d.place is not None
        and d.code.startswith("CN5")
        and d.fix in fixes
        and d.name not in _OF_RECORD
    )


_OF_RECORD = frozenset({"incomplete-entry", "differs-from-record"})


def _write(item: Input, made: Repaired, args: argparse.Namespace, memory: Unchanged) -> None:
    """The repaired file where it is wanted; with ``--check`` nowhere."""
    with_it = _with_it(made, args)
    if args.diff:
        _diff(item.name, made.before, made.after)
    elif not args.check:
        _put(item, made, with_it, args)
    if not made.changed:
        memory.add(item.name, made.before)


def _put(item: Input, made: Repaired, with_it: Sequence[Change], args: argparse.Namespace) -> None:
    """In place together with the files that go with it, to a file, or to standard output."""
    if args.in_place:
        own = [Change(item.source, made.after, made.before)] if made.changed else []
        if own or with_it:
            write(args, *with_it, *own)
    elif args.output and args.output != "-":
        write(args, *with_it, Change(args.output, made.after))
    else:
        show_bytes(made.after)
        if with_it:
            write(args, *with_it)


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
    show(*difflib.unified_diff(old, new, name, f"{name} (repaired)"))
