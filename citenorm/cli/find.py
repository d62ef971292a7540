"""``citenorm find``: where documents name works."""

from __future__ import annotations

import argparse

from ..jsontext import one_line
from .inputs import add_input_options, inputs
from .options import parser, say, tell_passed
from .session import Input, Session, entries_of


def run(argv: list[str]) -> int:
    made = parser(
        "find",
        "Tell where documents name works: their references and, with --mentions, works named in lists and headings.",
    )
    add_input_options(made, "reports or lists of references")
    made.add_argument("--format", choices=("text", "jsonl"), default="text")
    made.add_argument(
        "--mentions", action="store_true", help="also works named in bullet lists and headings"
    )
    args = made.parse_args(argv)
    args.command = "find"
    total = 0
    with Session(args) as session:
        for item in inputs(args):
            with session.guard(item.name):
                total += _print(item, args)
    say(args, f"{total} found")
    return session.status(False)


def _print(item: Input, args: argparse.Namespace) -> int:
    """Print what one document names; returns how much that is."""
    from ..find import find, passed_over
    from ..listed import format_of
    from ..printable import printable
    from ..read import read

    total = 0
    if item.is_bib or format_of(item.name, item.data):  # its entries
        claims = entries_of(item)
        references = [c.reference for c in claims if c.reference is not None]
    else:
        document = read(item.data, name=item.name)
        references = find(document, mentions=args.mentions)
        tell_passed(args, item.name, passed_over(document, references))
    for reference in references:
        total += 1
        if args.format == "jsonl":
            print(one_line(reference.to_dict()))
        else:
            kind = "" if reference.kind == "reference" else " (mention)"
            label = f"[{reference.label}] " if reference.label else ""
            print(printable(f"{item.name}:{reference.line}:{kind} {label}{reference.raw}"))
    return total
