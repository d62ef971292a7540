"""``citenorm cite``: the citations of a report turned into keys of its bibliography."""

from __future__ import annotations

import argparse
import difflib
import os

from ..errors import ConfigError, InputError
from ..files import Change
from .inputs import add_input_options, inputs
from .options import add_source_options, parser, read_input, say, show, write
from .session import Input, Session


def run(argv: list[str]) -> int:
    args = _arguments(argv)
    with Session(args) as session:
        items = inputs(args)
        _refuse(args, items)
        for item in items:
            with session.guard(item.name):
                _one(item, args, session)
        return session.status(False)


def _arguments(argv: list[str]) -> argparse.Namespace:
    made = parser(
        "cite",
        "Turn [3, 5–7], (Chitta et al., 2019) and Chitta et al. (2019) into [@key] and @key (LaTeX: \\cite, \\citep, \\citet), where one entry is meant; a diff unless -o or --in-place.",
    )
    add_input_options(made, "reports in Markdown, plain text or LaTeX", folders=False)
    made.add_argument(
        "--bib",
        metavar="FILE",
        required=True,
        help="the bibliography; made where it is not there, and given the entries that it lacks",
    )
    made.add_argument(
        "--no-append", action="store_true", help="leave the bibliography as it is: its keys alone"
    )
    made.add_argument(
        "-o", "--output", metavar="OUT", help="write the report there; - for standard output"
    )
    made.add_argument("--in-place", action="store_true", help="change the report itself")
    add_source_options(made)
    args = made.parse_args(argv)
    args.command = "cite"
    return args


def _refuse(args: argparse.Namespace, items: list[Input]) -> None:
    if args.in_place and args.output:
        raise ConfigError("cite: either --in-place or -o OUT")
    if args.in_place and any(i.is_stdin for i in items):
        raise ConfigError("cite: --in-place is for files; standard input goes to -o -")
    if args.output and len(items) > 1:
        raise ConfigError("cite: -o takes one report; for several: --in-place")
    for item in items:
        if not item.is_stdin and args.output and os.path.abspath(args.output) == os.path.abspath(item.source):  # fmt: skip
            raise ConfigError(f"cite: -o {args.output} is the input; use --in-place")
        if os.path.abspath(args.bib) == os.path.abspath(item.source):
            raise ConfigError(f"cite: {args.bib} is an input")
    if args.no_append and not os.path.exists(args.bib):
        raise InputError(f"{args.bib}: no such file (without --no-append it is made)")


def _one(item: Input, args: argparse.Namespace, session: Session) -> None:
    from ..bib import read
    from ..citing import cite

    before = read_input(args.bib) if os.path.exists(args.bib) else None
    made = cite(
        item.data, session.sources(item.name), name=item.name, add=not args.no_append,
        bib=read(before, args.bib) if before is not None else None,
        prefer=session.policy(item.name), lock=session.lock(item.name), jobs=session.jobs,
    )  # fmt: skip
    bibliography = made.bibliography.encode("utf-8", "surrogateescape")
    changes = []
    if bibliography != (before or b""):
        changes.append(Change(args.bib, bibliography, before))
    text = made.text.encode("utf-8", "surrogateescape")
    if args.output in (None, "-") and not args.in_place:
        _show(item, made.before, made.text, args)
        if args.output == "-" and changes:
            write(args, *changes)
    else:
        changes.append(Change(item.source, text, item.data) if args.in_place else Change(args.output, text))  # fmt: skip
        write(args, *changes)
    for left in made.left:
        say(args, f"{item.name}:{left.line}: left as it is: {left.text}: {left.why}")
    verb = "would be " if args.output is None and not args.in_place else ""
    added = (
        f", {len(made.added)} {'entry' if len(made.added) == 1 else 'entries'} {verb}added to {args.bib}"
        if made.added
        else ""
    )
    noun = "citation" if made.turned == 1 else "citations"
    say(args, f"{item.name}: {made.turned} {noun} {verb}turned, {len(made.left)} left{added}")


def _show(item: Input, before: str, after: str, args: argparse.Namespace) -> None:
    if args.output == "-":
        show(after)
        return
    old, new = before.splitlines(True), after.splitlines(True)
    show(*difflib.unified_diff(old, new, item.name, f"{item.name} (cited)"))
