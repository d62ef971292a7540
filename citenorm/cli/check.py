"""``citenorm check``: what is inconsistent in reports and ``.bib`` files; changes nothing, but for ``--fix``."""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

from ..errors import ConfigError
from ..files import Change
from ..report.diagnostics import FORMATS
from ..report.summary import COUNTED
from .check_together import cites, found_together
from .inputs import add_input_options, inputs
from .options import (
    add_colour_option,
    add_rule_options,
    add_source_options,
    colour_of,
    parser,
    say,
    tell_passed,
    write,
    write_output,
)
from .page import Pages
from .session import Input, Session

if TYPE_CHECKING:
    from ..checking import Checked
    from ..model import Diagnostic


def run(argv: list[str]) -> int:
    args = _arguments(argv)
    found: list[Diagnostic] = []
    texts: dict[str, str] = {}
    with Session(args) as session:
        todo = inputs(args)
        _refuse(args, todo)
        both = any(cites(i) for i in todo) and not args.form_only
        made: dict[str, Checked] = {}
        pages = Pages() if args.output_format == "html" else None
        for item in todo:
            with session.guard(item.name):
                mine = _findings(item, args, session, anew=both or pages is not None)
                if pages is not None:
                    states = (mine.text, mine.repaired) if item.is_bib else None
                    pages.add(item, mine.resolutions, mine.diagnostics, states)
                made[item.name], texts[item.name] = mine, mine.text
                found += mine.diagnostics
        session.save_memory()
        if both:
            found += found_together(todo, made, session)
        return _report(found, texts, args, session, pages)


def _arguments(argv: list[str]) -> argparse.Namespace:
    made = parser("check", "Tell what is inconsistent in reports and .bib files; changes nothing.")
    add_input_options(made, "reports, lists of references, .bib files")
    made.add_argument("--output-format", choices=FORMATS, default="text")
    made.add_argument(
        "-o", "--output", metavar="OUT", help="write there instead of standard output"
    )
    add_rule_options(made)
    made.add_argument(
        "--form-only",
        action="store_true",
        help="the form of .bib entries alone; nothing is looked up",
    )
    made.add_argument(
        "--mentions", action="store_true", help="also works named in bullet lists and headings"
    )
    made.add_argument(
        "--fix",
        action="store_true",
        help="make the safe fixes in the .bib files, then tell what is left",
    )
    made.add_argument(
        "--unsafe", action="store_true", help="count (with --fix: make) unsafe fixes too"
    )
    made.add_argument(
        "--fail-on",
        choices=("error", "warning", "note"),
        help="exit 1 from this severity upwards (default: warning)",
    )
    made.add_argument("--exit-zero", action="store_true", help="exit 0 whatever is found")
    made.add_argument(
        "--statistics", action="store_true", help="how often each rule finds something, no findings"
    )
    made.add_argument(
        "-v",
        "--verbose",
        action="store_true",
        help="also each entry that is in no source, and what its record has beyond each reference",
    )
    made.add_argument("--baseline", metavar="FILE", help="report only what is not in this file")
    made.add_argument(
        "--write-baseline", metavar="FILE", help="write what is found to a baseline, report nothing"
    )
    add_colour_option(made)
    add_source_options(made)
    args = made.parse_args(argv)
    args.command = "check"
    return args


def _refuse(args: argparse.Namespace, todo: list[Input]) -> None:
    """Options that do not go together or do not apply."""
    if args.statistics and args.output_format not in ("text", "json"):
        raise ConfigError("check: --statistics is printed as text or json")
    if args.baseline and args.write_baseline:
        raise ConfigError("check: either --baseline or --write-baseline")
    if args.fix and any(i.is_stdin for i in todo):
        raise ConfigError("check: --fix changes files; for standard input: citenorm fix -")
    if args.output and any(os.path.abspath(args.output) == os.path.abspath(i.source) for i in todo):
        raise ConfigError(f"check: -o {args.output} is one of the inputs")
    missing = [i for i in todo if not i.is_stdin and not os.path.exists(i.source)]
    if args.form_only and not missing and not any(i.is_bib for i in todo):
        raise ConfigError("check: --form-only is for .bib files, and none is named")


def _findings(item: Input, args: argparse.Namespace, session: Session, anew: bool) -> Checked:
    """The findings about one input and its text; ``anew``: what earlier runs found does not do, the works are asked for too."""
    from ..checking import Checked, checked

    data, memory = item.data, session.memory(item.name)
    in_bib = item.is_bib
    if not anew:
        if memory.knows(item.name, data):
            return Checked(item.name, "", ())
        known = memory.findings(item.name, data) if in_bib and not args.fix else None
        if known is not None:
            return Checked(item.name, data.decode("utf-8", "surrogateescape"), tuple(known))
    config = session.config(item.name)
    options: dict[str, Any] = {
        "wanted": session.wanted(item.name), "form_only": args.form_only, "prefer": session.policy(item.name),
        "unsafe": args.unsafe or config.unsafe_fixes, "lock": session.lock(item.name), "jobs": session.jobs,
    }  # fmt: skip
    sources = session.sources(item.name)
    if args.fix and in_bib:
        data = _mended(item, data, sources, options, args)
    mine = checked(data, sources, name=item.name, mentions=args.mentions, **options)
    tell_passed(args, item.name, mine.passed)
    if not mine.diagnostics:
        memory.add(item.name, data)
    elif in_bib:
        memory.keep(item.name, data, mine.diagnostics)
    return mine


def _mended(
    item: Input, data: bytes, sources: Any, options: dict[str, Any], args: argparse.Namespace
) -> bytes:
    """The file with its fixes made."""
    from ..repairing import repair

    made = repair(data, sources, name=item.name, **options)
    if made.changed:
        write(args, Change(item.source, made.after, made.before))
        say(args, f"{item.name}: fixed")
    return made.after


def _report(
    found: list[Diagnostic],
    texts: dict[str, str],
    args: argparse.Namespace,
    session: Session,
    pages: Pages | None,
) -> int:
    from .. import __version__
    from ..checking import failing
    from ..report import baseline, render
    from ..report.plain import columns_of

    if args.write_baseline:
        baseline.write(args.write_baseline, found)
        say(args, f"{len(found)} findings written to {args.write_baseline}")
        return session.status(False)
    if args.baseline:
        found = baseline.without(args.baseline, found)
    shown, counted = found, Counter[str]()
    if args.output_format in ("text", "concise") and not args.verbose:
        shown = [d for d in found if d.name not in COUNTED]
        counted = Counter(d.name for d in found if d.name in COUNTED)
    if args.statistics:
        text = _statistics(found, args.output_format)
    elif pages is not None:
        text = pages.text(session, args.output, found)
    else:
        on_screen = args.output in (None, "-")
        colour = colour_of(args, sys.stdout) and on_screen
        columns = columns_of(sys.stdout) if on_screen else None
        text = render(
            shown, args.output_format, texts, version=__version__, colour=colour, columns=columns
        )
    write_output(args, args.output, text)
    if args.output_format in ("text", "concise"):
        _tell(args, shown, counted, len(texts))
    worth = failing(found, args.fail_on or session.config().fail_on)
    return session.status(bool(worth) and not args.exit_zero)


def _tell(
    args: argparse.Namespace, shown: list[Diagnostic], counted: Counter[str], files: int
) -> None:
    for name, (one, several) in COUNTED.items():
        if n := counted[name]:
            say(args, f"{n} {one if n == 1 else several}; --verbose lists them")
    by = Counter(d.severity for d in shown)
    parts = [_count(by[s], s) for s in ("error", "warning", "note") if by[s]]
    mends = sum(d.fix == "safe" for d in shown)
    said = f" ({', '.join(parts)})" if parts else ""
    fixable = f"; {mends} fixable with citenorm fix" if mends else ""
    say(args, f"{_count(len(shown), 'finding')}{said} in {_count(files, 'file')}{fixable}")


def _count(n: int, noun: str, plural: str = "") -> str:
    return f"{n} {noun if n == 1 else plural or noun + 's'}"


def _statistics(found: list[Diagnostic], form: str) -> str:
    """How often each rule found something, most often first."""
    import json

    counts = Counter((d.code, d.name, d.severity) for d in found)
    fixable = Counter((d.code, d.name, d.severity) for d in found if d.fix == "safe")
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    if form == "json":
        rows = [
            {"code": c, "name": n, "severity": s, "count": k, "fixable": fixable[c, n, s]}
            for (c, n, s), k in ordered
        ]
        return json.dumps(rows, indent=2) + "\n"
    width = max((len(str(k)) for _, k in ordered), default=1)
    return "".join(
        f"{k:>{width}}  {c}  {s:<7}  {n}{f' ({fixable[c, n, s]} fixable)' if fixable[c, n, s] else ''}\n"
        for (c, n, s), k in ordered
    )
