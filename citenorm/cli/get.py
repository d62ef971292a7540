"""``citenorm get``: identifiers and links → the entries of the works that they name."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..errors import ConfigError
from ..printable import printable
from .options import add_source_options, parser, say, write_output
from .session import Session

if TYPE_CHECKING:
    from ..model import Resolution


def run(argv: list[str]) -> int:
    made = parser("get", "The entries of the works that identifiers and links name.")
    made.add_argument(
        "identifier",
        nargs="+",
        help="a DOI, an arXiv, PubMed, RFC, ACL, OpenReview or DBLP identifier, an ISBN, or a link with one",
    )
    made.add_argument("-o", "--output", metavar="OUT", help="write there instead of standard output")  # fmt: skip
    made.add_argument(
        "--format",
        choices=("bibtex", "biblatex", "csl-json", "ris"),
        default="bibtex",
        help="default: bibtex",
    )
    made.add_argument("--unicode", action="store_true", help="letters with accents as they are, not as LaTeX commands")  # fmt: skip
    add_source_options(made)
    args = made.parse_args(argv)
    args.command = "get"
    return get_all(args.identifier, args)


def get_all(identifiers: Sequence[str], args: argparse.Namespace) -> int:
    """Print the entries; 1 where one of the identifiers led nowhere."""
    from ..getting import get

    with Session(args) as session:
        results = get(identifiers, session.sources(), prefer=session.policy())
    text = _text([r for r in results if r.matched], args)
    if text:
        write_output(args, args.output, text)
    missed = 0
    for given, result in zip(identifiers, results, strict=True):
        if not result.matched:
            missed = 1
            say(args, printable(f"{given}: {_why(result)}"))
        for found in result.diagnostics:
            if result.matched and found.severity == "error":
                say(args, printable(f"{given}: {found.message} ({found.name})"))
    return missed


def refuse_files(words: Sequence[str], given: Sequence[str]) -> None:
    """Raises ConfigError for a command line of identifiers and files."""
    other = next((word for word in words if word not in given), None)
    if other is not None:
        raise ConfigError(f"fix: {given[0]} is an identifier and {other} a file: one run for each")


def _why(result: Resolution) -> str:
    if result.unasked:
        told = "; ".join(dict.fromkeys(answer.reason for answer in result.unasked))
        return f"not found at hand, and not everybody could be asked: {told}"
    return "no source that was asked holds it"


def _text(results: Sequence[Resolution], args: argparse.Namespace) -> str:
    from ..bibliography import bibliography

    made = bibliography(results)
    if not made.entries:
        return ""
    if args.format == "csl-json":
        return json.dumps(made.to_csl(), ensure_ascii=False, indent=2) + "\n"
    if args.format == "ris":
        return made.to_ris()
    return made.to_bibtex(dialect=args.format or "bibtex", latex=not args.unicode)
