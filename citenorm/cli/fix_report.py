"""``citenorm fix`` for reports: one bibliography of all of them, a diff, or the reports with corrected references."""

from __future__ import annotations

import argparse
import difflib
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..files import Change
from ..lines import line_and_column, line_starts
from .options import read_input, say, show, tell_passed, write, write_output
from .session import Input, Session

if TYPE_CHECKING:
    from ..bib import BibFile
    from ..bibliography import Bibliography
    from ..model import Resolution
    from .page import Pages


def fix_reports(
    items: Sequence[Input], args: argparse.Namespace, session: Session, pages: Pages | None = None
) -> bool:
    """Returns whether anything was (or would be) written otherwise than it stands.  ``pages`` gathers what a page shows."""
    from ..pipeline import with_document_rules

    results: list[Resolution] = []
    changed = False
    for item in items:
        with session.guard(item.name):
            mine, rewritten = _one(item, args, session)
            results += mine
            changed |= rewritten
            if pages is not None:
                pages.add(item, mine, [d for r in mine for d in r.diagnostics])
    if len(items) > 1:
        results = with_document_rules(results)
    if not results and not session.failed:
        more = "" if args.mentions else " (--mentions: works that are only named, in headings and lists)"  # fmt: skip
        kept = f"; {args.output} is left as it is" if args.output and not args.check else ""
        say(args, f"{', '.join(i.name for i in items)}: no references found{more}{kept}")
    if args.rewrite:
        from ..report.summary import counts_line

        say(args, counts_line(results))
        return changed
    if session.failed and not results:
        return changed
    if args.append:
        return _append(results, args, session)
    changed |= _written(results, args, session)
    if not args.quiet:
        from ..report.summary import print_summary

        print_summary(results)
    return changed


def _append(results: list[Resolution], args: argparse.Namespace, session: Session) -> bool:
    """Entries for the works that a bibliography lacks; returns whether it lacked any."""
    from ..appending import appended
    from ..bib import read
    from ..checking import entries

    name = args.append
    before = read_input(name) if os.path.exists(name) else None
    file = read(before, name) if before is not None else None
    options: dict[str, Any] = {"jobs": session.jobs, "prefer": session.policy(name), "lock": session.lock(name)}  # fmt: skip
    known = entries(file, session.sources(name), **options) if file is not None else []
    made = appended(file, known, results, mark_unverified=session.mark(name))
    if args.diff:
        old = (file.text if file is not None else "").splitlines(True)
        new = made.text.splitlines(True)
        show(*difflib.unified_diff(old, new, name, f"{name} (with entries)"))
    elif made.added and not args.check:
        write(args, Change(name, made.text.encode("utf-8", "surrogateescape"), before))
    verb = "would be added" if args.diff or args.check else "added"
    names = f": {', '.join(made.added)}" if made.added else ""
    noun = "entry" if len(made.added) == 1 else "entries"
    say(args, f"{name}: {len(made.added)} {noun} {verb}{names}")
    return bool(made.added)


def _one(item: Input, args: argparse.Namespace, session: Session) -> tuple[list[Resolution], bool]:
    """The resolutions of one input; and whether it is (or would be) rewritten, where that is asked."""
    from .. import bib
    from ..checking import entries
    from ..find import passed_over
    from ..listed import format_of, read_list
    from ..pipeline import resolve_all, resolve_document
    from ..read import read

    options: dict[str, Any] = {
        "jobs": session.jobs, "prefer": session.policy(item.name), "lock": session.lock(item.name),
    }  # fmt: skip
    sources = session.sources(item.name)
    if item.is_bib:  # its entries as CSL-JSON or RIS
        file = bib.read(item.data, item.name)
        _tell_unread(file, args)
        return entries(file, sources, whole=True, **options), False
    if format_of(item.name, item.data):
        claims = read_list(item.data, item.name).claims
        return resolve_all(claims, sources, **options), False
    if Path(item.name).suffix.lower() in ("", ".txt", ".md") and len(item.data) < 2**20:
        from ..getting import get, only_identifiers

        given = only_identifiers(item.data.decode("utf-8-sig", "replace"))
        if given and not args.rewrite:
            return get(given, sources, prefer=session.policy(item.name)), False
    document = read(item.data, name=item.name)
    results = resolve_document(document, sources, mentions=args.mentions, **options)
    named = [r.claim.reference for r in results if r.claim.reference is not None]
    tell_passed(args, item.name, passed_over(document, named))
    return results, args.rewrite and _rewrite(item, document, results, args)


def _tell_unread(file: BibFile, args: argparse.Namespace) -> None:
    """The entries that cannot be read, which no other format holds then, and text that looks like fields behind an entry."""
    from ..bib import check_form
    from ..rules.form import MalformedEntry
    from .fix_bib import tell_form

    found = check_form(file, lambda code, name: name == MalformedEntry.name).diagnostics
    tell_form(found, file.name, args)
    unread = sum(bool(b.problem) for b in file.blocks if b.kind in ("entry", "broken"))
    if unread:
        what = "1 entry that cannot be read is" if unread == 1 else f"{unread} entries that cannot be read are"  # fmt: skip
        say(args, f"{file.name}: {what} left out")


def _tell_new_keys(made: Bibliography, args: argparse.Namespace) -> None:
    """The entries of a ``.bib`` file whose key another one has, and what they are called now."""
    for entry, key in zip(made.entries, made.keys(), strict=True):
        reference = entry.best.claim.reference
        if entry.key and key != entry.key and reference is not None:
            at = f"{reference.file}:{reference.line}"
            say(args, f"{at}: the key {entry.key} stands before this entry already; here it is {key}")  # fmt: skip


def _written(results: list[Resolution], args: argparse.Namespace, session: Session) -> bool:
    """Write, show or only compare the bibliography; whether something would change."""
    from ..bibliography import bibliography

    made = bibliography(results)
    _tell_new_keys(made, args)
    text = _text(made, args, session)
    if args.diff:
        from ..emit import to_bibtex

        before = to_bibtex([r.claim.to_csl() for e in made.entries for r in e.resolutions[:1]])
        show(
            *difflib.unified_diff(
                before.splitlines(True), text.splitlines(True), "as written", "corrected"
            )
        )
        return False
    if args.check:
        target = Path(args.output) if args.output else None
        if target is not None and target.exists():
            return target.read_bytes() != text.encode("utf-8")
        return _worth_a_change(results, session)
    if results or args.output is None:
        write_output(args, args.output, text)
    return False


def _worth_a_change(results: list[Resolution], session: Session) -> bool:
    """Something is found that ``check`` would fail for, by the same rules."""
    from ..checking import failing

    def on(d: Any) -> bool:
        name = d.place.file if d.place else "-"
        return session.config(name).wants(d.code, d.name, name)

    found = [d for r in results for d in r.diagnostics if on(d)]
    return bool(failing(found, session.config().fail_on))


def _text(made: Bibliography, args: argparse.Namespace, session: Session) -> str:
    if args.format == "csl-json":
        return json.dumps(made.to_csl(), ensure_ascii=False, indent=2) + "\n"
    if args.format == "ris":
        return made.to_ris()
    from ..bib.shape import shaped

    text = made.to_bibtex(
        dialect=args.format or "bibtex",
        latex=not args.unicode,
        key_pattern=session.key_pattern(),
        mark_unverified=session.mark(),
    )
    shape = session.shape()
    session.tell_misnamed(())
    return shaped(text.encode(), shape).decode() if shape else text


def _rewrite(
    item: Input, document: Any, results: list[Resolution], args: argparse.Namespace
) -> bool:
    from ..emit.rewrite import rewritten

    references = [r.claim.reference for r in results if r.claim.reference is not None]
    edits = rewritten(document, references, results, style=args.style)
    before = document.source_text
    if args.in_place and not (args.diff or args.check):
        return _rewrite_in_place(item, before, edits, args)
    after, at = "", 0
    for start, end, text in edits:
        after += before[at:start] + text
        at = end
    after += before[at:]
    if not args.check:
        show(
            *difflib.unified_diff(
                before.splitlines(True),
                after.splitlines(True),
                item.name,
                f"{item.name} (corrected)",
            )
        )
    return bool(after != before)


def _rewrite_in_place(
    item: Input, text: str, edits: list[tuple[int, int, str]], args: argparse.Namespace
) -> bool:
    """The file with the edits, in its own encoding; a reference that this encoding cannot hold stays and is told."""
    from ..read.encode import edited

    made, left = edited(item.data, edits, item.name)
    starts = line_starts(text) if left else ()
    for (start, _, _), lacks in left:
        line, _ = line_and_column(starts, start)
        say(args, f"{item.name}:{line}: left as it is: the file's encoding has no {' '.join(lacks)}")  # fmt: skip
    if made != item.data:
        write(args, Change(item.source, made, item.data))
    return made != item.data
