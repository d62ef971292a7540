"""``citenorm fix``: a report becomes the bibliography it meant; a ``.bib`` file is repaired."""

from __future__ import annotations

import argparse
import difflib
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import ConfigError
from ..files import Change
from .options import (
    add_source_options,
    config_of,
    file_names,
    jobs_of,
    lock_of,
    parser,
    policy_of,
    read_input,
    say,
    sources_of,
    tell_passed,
    write,
    write_output,
)  # fmt: skip

if TYPE_CHECKING:
    from ..bibliography import Bibliography
    from ..match.prefer import Policy
    from ..model import Resolution
    from ..sources import Sources


def run(argv: list[str]) -> int:
    args = _arguments(argv)
    config = config_of(args)
    names = file_names(args, args.file)
    as_text = args.format in ("csl-json", "ris")
    bibs = [n for n in names if _is_bib(n) and not as_text]
    reports = [n for n in names if n not in bibs]
    if args.in_place and reports and not args.rewrite:
        raise ConfigError(
            f"fix: --in-place is for .bib files (or reports with --rewrite); {reports[0]} is a report: use -o OUT"
        )
    if len(bibs) > 1 and not (args.in_place or args.diff or args.check):
        raise ConfigError("fix: several .bib files need --in-place, --diff or --check")
    with sources_of(args, config) as sources:
        would_change = False
        if bibs:
            from .fix_bib import fix_bib_files

            would_change |= fix_bib_files(bibs, args, config, sources)
        if reports:
            would_change |= _fix_reports(reports, args, policy_of(args, config), sources)
    return int(args.check and would_change)


def _arguments(argv: list[str]) -> argparse.Namespace:
    made = parser(
        "fix",
        "A report or list of references becomes a bibliography on standard output; a .bib file is repaired.",
    )
    made.add_argument(
        "file", nargs="*", help="reports, lists of references, .bib files; - for standard input"
    )
    made.add_argument(
        "-o", "--output", metavar="OUT", help="write there instead of standard output"
    )
    made.add_argument(
        "--format",
        choices=("bibtex", "biblatex", "csl-json", "ris"),
        help="default: bibtex; for a .bib file its own dialect",
    )
    made.add_argument(
        "--unicode",
        action="store_true",
        help="letters with accents as they are, not as LaTeX commands",
    )
    made.add_argument(
        "--mentions", action="store_true", help="also works named in bullet lists and headings"
    )
    made.add_argument("--in-place", action="store_true", help="change the .bib files themselves")
    made.add_argument("--diff", action="store_true", help="show what would change, change nothing")
    made.add_argument(
        "--check", action="store_true", help="exit 1 if something would change, write nothing"
    )
    made.add_argument(
        "--rewrite",
        action="store_true",
        help="put the corrected references into the report, as a diff unless --in-place",
    )
    made.add_argument(
        "--style",
        metavar="CSL",
        help="with --rewrite: a CSL style by name, instead of the list's own style",
    )
    made.add_argument(
        "--merge", action="store_true", help="join .bib entries that are the same work"
    )
    made.add_argument(
        "--keys", action="store_true", help="give .bib entries citenorm's keys (writes a key map)"
    )
    made.add_argument(
        "--key-map", metavar="FILE", help="where --keys and --merge write old and new keys (JSON)"
    )
    made.add_argument(
        "--cited-in",
        action="append",
        default=[],
        metavar="FILE",
        help="with --keys or --merge: update the citations of this .tex or .md file",
    )
    made.add_argument(
        "--form-only",
        action="store_true",
        help="mend the form of .bib entries alone; nothing is looked up",
    )
    made.add_argument(
        "--unsafe",
        action="store_true",
        help="make unsafe fixes of .bib entries too (check marks them)",
    )
    made.add_argument(
        "--preprint-note",
        action="store_true",
        help="a note that names the preprint of a published work",
    )
    add_source_options(made)
    args = made.parse_args(argv)
    args.command = "fix"
    return args


def _is_bib(name: str) -> bool:
    return Path(name).suffix.lower() in (".bib", ".bibtex")


def _fix_reports(
    names: list[str], args: argparse.Namespace, policy: Policy, sources: Sources
) -> bool:
    """Returns whether anything was (or would be) written otherwise than it stands."""
    from .. import bib
    from ..bibliography import bibliography
    from ..find import passed_over
    from ..pipeline import resolve_document, with_document_rules
    from ..read import read
    from ..report.summary import print_summary
    from .fix_bib import entries

    results: list[Resolution] = []
    changed = False
    for name in names:
        if _is_bib(name):  # its entries as CSL-JSON or RIS
            results += entries(bib.read(read_input(name), name), name, args, policy, sources)
            continue
        data = read_input(name)
        document = read(data, name=name)
        mine = resolve_document(
            document,
            sources,
            mentions=args.mentions,
            jobs=jobs_of(args),
            prefer=policy,
            lock=lock_of(args, name),
        )
        named = [r.claim.reference for r in mine if r.claim.reference is not None]
        tell_passed(args, name, passed_over(document, named))
        if args.rewrite:
            changed |= _rewrite(name, data, document, mine, args)
        results += mine
    if len(names) > 1:
        results = with_document_rules(results)
    if not results:
        say(
            args,
            f"{', '.join(names)}: no references found{'' if args.mentions else ' (--mentions: works that are only named, in headings and lists)'}",
        )
    if args.rewrite:
        _tell(args, results)
        return changed
    made = bibliography(results)
    text = _text(made, args)
    if args.diff:
        from ..emit import to_bibtex

        before = to_bibtex([r.claim.to_csl() for e in made.entries for r in e.resolutions[:1]])
        sys.stdout.writelines(
            difflib.unified_diff(
                before.splitlines(True), text.splitlines(True), "as written", "corrected"
            )
        )
    elif args.check:
        changed |= any(
            o.how in ("corrected", "filled")
            for r in results
            if r.matched
            for o in r.provenance.values()
        )
        if args.output and Path(args.output).exists():
            changed = Path(args.output).read_bytes() != text.encode("utf-8")
    else:
        write_output(args, args.output, text)
    if not args.quiet:
        print_summary(results)
    return changed


def _text(made: Bibliography, args: argparse.Namespace) -> str:
    if args.format == "csl-json":
        return json.dumps(made.to_csl(), ensure_ascii=False, indent=2) + "\n"
    if args.format == "ris":
        return made.to_ris()
    return made.to_bibtex(dialect=args.format or "bibtex", latex=not args.unicode)


def _rewrite(
    name: str, data: bytes, document: Any, results: list[Resolution], args: argparse.Namespace
) -> bool:
    from ..emit.rewrite import rewritten

    references = [r.claim.reference for r in results if r.claim.reference is not None]
    edits = rewritten(document, references, results, style=args.style)
    before = document.source_text
    if args.in_place and not (args.diff or args.check):
        return _rewrite_in_place(name, data, before, edits, args)
    after, at = "", 0
    for start, end, text in edits:
        after += before[at:start] + text
        at = end
    after += before[at:]
    if not args.check:
        sys.stdout.writelines(
            difflib.unified_diff(
                before.splitlines(True), after.splitlines(True), name, f"{name} (corrected)"
            )
        )
    return bool(after != before)


def _rewrite_in_place(
    name: str, data: bytes, text: str, edits: list[tuple[int, int, str]], args: argparse.Namespace
) -> bool:
    """The file with the edits, in its own encoding; a reference that this encoding cannot hold stays and is told."""
    from ..read.encode import edited

    made, left = edited(data, edits, name)
    for (start, _, _), lacks in left:
        line = text.count("\n", 0, start) + 1
        say(args, f"{name}:{line}: left as it is: the file's encoding has no {' '.join(lacks)}")
    if made != data:
        write(args, Change(name, made, data))
    return made != data


def _tell(args: argparse.Namespace, results: list[Resolution]) -> None:
    from ..report.summary import counts_line

    say(args, counts_line(results))
