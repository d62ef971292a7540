"""``citenorm match``: reference strings or claims → the works they mean, one JSON object a line (a few lines to read on a terminal)."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ..errors import ConfigError, InputError
from ..jsontext import one_line
from ..model import Claim, Resolution
from ..printable import printable
from .options import (
    add_source_options,
    config_of,
    jobs_of,
    lines_of,
    open_lines,
    parser,
    policy_of,
    say,
    sources_of,
    tell_asked,
)


def run(argv: list[str]) -> int:
    made = parser("match", "Hold references (--lines) or claims (--claims) against the sources.")
    made.add_argument("string", nargs="*", help="references")
    made.add_argument("--lines", metavar="FILE", help="one reference a line; - for standard input")
    made.add_argument(
        "--claims", metavar="FILE", help='JSON lines: CSL-JSON items, or {"id", "csl"}'
    )
    made.add_argument(
        "--format", choices=("jsonl", "text"), help="default: text on a terminal, jsonl elsewhere"
    )
    add_source_options(made)
    args = made.parse_args(argv)
    if bool(args.string) + bool(args.lines) + bool(args.claims) != 1:
        raise ConfigError("match: give reference strings, --lines FILE or --claims FILE")
    config = config_of(args)
    _warn_of_files(args)
    from ..parallel import map_chunks, watched
    from ..report.plain import columns_of
    from ..report.progress import Live

    columns = columns_of(sys.stdout)
    as_text = args.format == "text" or (args.format is None and columns is not None)
    work = _Rows(policy_of(args, config), bool(args.claims), (columns or 100) if as_text else 0)
    counts: dict[str, int] = {}
    with (
        sources_of(args, config) as sources,
        Live(quiet=args.quiet or sys.stdout.isatty()) as live,
        watched(lambda done, of: live.count(done, of, "references")),
    ):
        for rows in map_chunks(work, enumerate(_inputs(args)), sources, jobs_of(args)):
            for outcome, row in rows:
                counts[outcome] = counts.get(outcome, 0) + 1
                sys.stdout.write(row + "\n")
        tell_asked(args, sources)
    total = sum(counts.values())
    say(
        args,
        f"{total} read: "
        + ", ".join(f"{counts.get(k, 0)} {k}" for k in ("matched", "ambiguous", "unmatched")),
    )
    return 0


def _warn_of_files(args: Any) -> None:
    """A file's name given as a reference is most likely a forgotten option."""
    for text in args.string:
        if len(text) < 256 and os.path.isfile(text):
            say(args, printable(f"{text} was read as a reference; for the lines of that file: --lines {text}"))  # fmt: skip


def _inputs(args: Any) -> Iterator[str]:
    if args.string:
        yield from args.string
        return
    name = args.lines or args.claims
    with open_lines(name) as stream:
        for number, line in enumerate(lines_of(stream), 1):
            if args.claims:
                _check_claim(line, name, number)
            yield line


def _check_claim(line: str, name: str, number: int) -> None:
    """A line that is no claim stops the run before its chunk is worked on."""
    if not line.strip():
        return
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{name}:{number}: not JSON: {error}") from error
    if not isinstance(row, dict):
        raise InputError(f"{name}:{number}: a claim is a JSON object")


_NOTHING = Resolution(Claim({}), "unmatched", "unverifiable")
"""The answer to an empty line."""


@dataclass(frozen=True, slots=True)
class _Rows:
    """A chunk of numbered inputs → (outcome, JSON line) each; ``columns``: those of a terminal, where people read it (0: JSON)."""

    prefer: Any
    claims: bool
    columns: int = 0

    def load(self) -> None:
        from ..pipeline import load_tables

        load_tables()
        if not self.claims:
            from ..parse.network import network

            network()

    def __call__(self, chunk: list[tuple[int, str]], sources: Any) -> list[tuple[str, str]]:
        from ..pipeline import resolve_batch

        full = [(i, text) for i, text in chunk if text.strip()]
        claims = (
            [_claim(text) for _, text in full]
            if self.claims
            else _parsed([text for _, text in full])
        )
        answers = dict(
            zip(
                (i for i, _ in full),
                resolve_batch(claims, sources, prefer=self.prefer),
                strict=True,
            )
        )
        return [self._row(i, answers.get(i)) for i, _ in chunk]

    def _row(self, i: int, answer: Resolution | None) -> tuple[str, str]:
        told = answer or _NOTHING
        if self.columns:
            from ..report.brief import brief

            return told.outcome, "\n".join(brief(told, i + 1, self.columns))
        row: dict[str, Any] = {"index": i, **told.to_dict()}
        if answer is None:
            row["raw"] = ""
        return told.outcome, one_line(row)


def _parsed(texts: Iterable[str]) -> list[Claim]:
    from ..parse import parse_many

    return parse_many(list(texts))


def _claim(line: str) -> Claim:
    row = json.loads(line)
    csl = row.get("csl", row)
    ident = row.get("id")
    item = {k: v for k, v in csl.items() if k != "id"} if isinstance(csl, dict) else {}
    return Claim(item, id=None if ident is None else str(ident))
