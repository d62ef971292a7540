"""``citenorm parse``: reference strings → fields."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from itertools import count, islice

from ..errors import ConfigError
from ..jsontext import one_line
from ..model import Claim
from .options import lines_of, open_lines, parser, show


def run(argv: list[str]) -> int:
    made = parser("parse", "Turn reference strings into fields.")
    made.add_argument("string", nargs="*", help="references")
    made.add_argument("--lines", metavar="FILE", help="one reference a line; - for standard input")
    made.add_argument("--format", choices=("jsonl", "csl-json", "bibtex"), default="jsonl")
    args = made.parse_args(argv)
    if bool(args.string) == bool(args.lines):
        raise ConfigError("parse: give either reference strings or --lines FILE")
    if args.string:
        return _print(args.string, args.format)
    with open_lines(args.lines) as stream:
        return _print(lines_of(stream), args.format)


def _print(texts: Iterable[str], form: str) -> int:
    if form == "jsonl":
        numbers = count()
        for claims in _claims(texts):
            rows = (
                {
                    "index": next(numbers),
                    **(claim.to_dict() if claim is not None else {"raw": "", "csl": None}),
                }
                for claim in claims
            )
            sys.stdout.write("".join([one_line(row) + "\n" for row in rows]))
        return 0
    from ..emit import to_bibtex, to_csl_json

    items = [dict(c.csl) for claims in _claims(texts) for c in claims if c is not None]
    show(to_csl_json(items) if form == "csl-json" else to_bibtex(items))
    return 0


def _claims(texts: Iterable[str]) -> Iterator[Iterator[Claim | None]]:
    """A claim a line, None for an empty one, ``parse.CHUNK`` at a time."""
    from ..parse import CHUNK, parse_iter

    stream = iter(texts)
    while chunk := list(islice(stream, CHUNK)):
        parsed = parse_iter([t for t in chunk if t.strip()])
        yield (next(parsed) if text.strip() else None for text in chunk)
