"""The options of ``citenorm fix``, and which of them go with which inputs."""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Sequence

from ..errors import ConfigError
from .inputs import add_input_options
from .options import add_rule_options, add_source_options, parser
from .session import Input

_FOR_BIB = ("merge", "keys", "key_map", "cited_in", "form_only", "preprint_note", "lines")
_FOR_REPORTS = ("mentions", "rewrite", "style", "append", "unverified")


def arguments(argv: list[str]) -> argparse.Namespace:
    made = parser(
        "fix",
        "A report or list of references becomes a bibliography on standard output; a .bib file is repaired.",
    )
    add_input_options(made, "reports, lists of references, .bib files")
    made.add_argument(
        "-o", "--output", metavar="OUT", help="write there instead of standard output"
    )
    made.add_argument(
        "--report",
        metavar="PAGE",
        help="also write a page that shows every reference, what became of it and why",
    )
    made.add_argument(
        "--append",
        metavar="FILE.bib",
        help="put entries for the works that this bibliography lacks behind its own",
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
        "--key-pattern",
        metavar="PATTERN",
        default="",
        help="keys of this form, with --keys or for reports: {author} {authors} {year} {yy} {title} {venue}, {Author} with a capital (default: {author}{year}{title})",
    )
    made.add_argument(
        "--sort",
        choices=("key", "author", "year", "title"),
        help="entries in this order",
    )
    made.add_argument(
        "--omit",
        action="append",
        default=[],
        metavar="FIELDS",
        help="without these fields of BibTeX (abstract,file …); may be repeated",
    )
    made.add_argument(
        "--venues",
        choices=("short", "long"),
        help="known venues by their short forms (ICML, J. Mach. Learn. Res.) or full names",
    )
    made.add_argument(
        "--unverified",
        choices=("comment", "field", "none"),
        help="how entries of reports that no source knows say so: a comment in front (the default), the keyword unverified, or not at all",
    )
    made.add_argument(
        "--cited-in",
        action="append",
        default=[],
        metavar="FILE",
        help="with --keys or --merge: update the citations of this .tex or .md file",
    )
    made.add_argument(
        "--lines",
        type=_lines,
        metavar="A-B",
        help="only the .bib entries that touch these lines",
    )
    made.add_argument(
        "--form-only",
        action="store_true",
        help="mend the form of .bib entries alone; nothing is looked up",
    )
    add_rule_options(made)
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


def _lines(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"(\d{1,9})(?:[-:](\d{1,9}))?", text)
    first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
    if first < 1 or last < first:
        raise argparse.ArgumentTypeError(f"{text!r} is no range of lines (12-30)")
    return first, last


def refuse(args: argparse.Namespace, bibs: Sequence[Input], reports: Sequence[Input]) -> None:
    """Raises ConfigError for options that do not go together, or with none of the inputs."""
    _refuse_together(args)
    if args.key_pattern:
        from ..emit.keys import check_pattern

        check_pattern(args.key_pattern)
    if bibs and args.key_pattern and not args.keys:
        raise ConfigError("fix: --key-pattern goes with --keys for .bib files")
    if not bibs:
        _inapplicable(args, _FOR_BIB, "is for .bib files, and none is named")
    if not reports:
        _inapplicable(args, _FOR_REPORTS, "is for reports, and none is named")
    if args.in_place and reports and not args.rewrite:
        raise ConfigError(
            f"fix: --in-place is for .bib files (or reports with --rewrite); {reports[0].name} is a report: use -o OUT"
        )
    if args.in_place and any(i.is_stdin for i in (*bibs, *reports)):
        raise ConfigError("fix: --in-place is for files; standard input goes to standard output")
    if args.lines and len(bibs) > 1:
        raise ConfigError("fix: --lines is for one .bib file")
    if len(bibs) > 1 and not (args.in_place or args.diff or args.check):
        raise ConfigError("fix: several .bib files need --in-place, --diff or --check")
    if bibs and reports and args.output:
        raise ConfigError("fix: -o takes what comes of reports or of one .bib file, not of both")
    for item in (*bibs, *reports):
        if args.output and not item.is_stdin and _same(args.output, item.source):
            raise ConfigError(
                f"fix: -o {args.output} is one of the inputs{'; use --in-place' if item in bibs else ''}"
            )


def _refuse_together(args: argparse.Namespace) -> None:
    if args.in_place and args.output:
        raise ConfigError("fix: either --in-place or -o OUT")
    if args.append and (args.output or args.format or args.rewrite):
        raise ConfigError(
            "fix: --append writes to that file, in its own form: no -o, --format or --rewrite"
        )
    if args.style and not args.rewrite:
        raise ConfigError("fix: --style goes with --rewrite")
    if args.rewrite and args.output:
        raise ConfigError("fix: --rewrite changes the report (a diff unless --in-place): no -o")
    if args.format in ("csl-json", "ris") and (
        args.sort or args.omit or args.venues or args.unverified
    ):
        raise ConfigError(
            "fix: --sort, --omit, --venues and --unverified are for BibTeX and biblatex"
        )
    if args.cited_in and not (args.keys or args.merge or args.key_map):
        raise ConfigError("fix: --cited-in goes with --keys, --merge or --key-map")
    if args.merge and args.form_only:
        raise ConfigError(
            "fix: --merge needs to know which works the entries are, so not with --form-only"
        )


def _inapplicable(args: argparse.Namespace, names: Sequence[str], why: str) -> None:
    for name in names:
        if getattr(args, name):
            raise ConfigError(f"fix: --{name.replace('_', '-')} {why}")


def _same(one: str, two: str) -> bool:
    try:
        return os.path.samefile(one, two)
    except OSError:
        return os.path.abspath(one) == os.path.abspath(two)
