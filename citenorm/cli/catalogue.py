"""``citenorm catalogue``: build, extend, look into and check local catalogues."""

from __future__ import annotations

import argparse
import json
import re
import sys
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import ConfigError
from ..jsontext import escaped, one_line
from ..printable import printable
from .options import IndexLine, Parser, say

if TYPE_CHECKING:
    from ..catalogue import Progress, Report
    from ..report.progress import Live


def run(argv: list[str]) -> int:
    made = Parser(
        prog="citenorm catalogue",
        description="Build, extend and look into local catalogues.",
        allow_abbrev=False,
    )
    verbs = made.add_subparsers(dest="verb", metavar="VERB", required=True, parser_class=Parser)
    for verb, what in (
        ("build", "make a catalogue of sources, in place of what DIR held"),
        ("add", "insert or replace the records of sources"),
    ):
        one = _verb(verbs, verb, what)
        one.add_argument(
            "source",
            nargs="+",
            metavar="SOURCE",
            help="FORMAT:PATH, or a path whose format can be told (csl, dblp, crossref, arxiv, openalex, acl, medline, bibtex, ris)",
        )
        one.add_argument("--limit", type=int, metavar="N", help="at most N records in all")
        one.add_argument(
            "--since",
            default="",
            metavar="DAY",
            help="leave out records last changed before that day (YYYY-MM-DD)",
        )
        if verb == "build":
            one.add_argument(
                "--shard",
                default="",
                metavar="I/N",
                help="make only the I-th of N parts, in a folder in DIR; all together are one catalogue",
            )
    _verb(verbs, "remove", "take records out").add_argument("id", nargs="+", metavar="ID")
    _verb(verbs, "get", "print records as CSL-JSON lines").add_argument(
        "id", nargs="+", metavar="ID"
    )
    info = _verb(verbs, "info", "how many records, of which sources, how large", folder=False)
    info.add_argument(
        "dir", metavar="DIR", nargs="?", help="default: all that are asked where none is named"
    )
    get = _verb(verbs, "fetch", "make a catalogue of a public dump, beside your own", folder=False)
    get.add_argument(
        "name", metavar="DUMP", help="dblp, acl, retractions, arxiv, openalex, crossref"
    )
    get.add_argument("--from-file", metavar="FILE", help="the dump, at hand already")
    get.add_argument("--from-url", default="", metavar="URL", help="another address of the dump")
    get.add_argument("--to", metavar="DIR", help="where the catalogue is to be made")
    _verb(
        verbs,
        "verify",
        "read the whole catalogue and tell what is damaged, in its files and in its records",
    )
    args = made.parse_args(argv)
    return {
        "build": _build,
        "add": _build,
        "remove": _remove,
        "get": _get,
        "info": _info,
        "fetch": _fetch,
        "verify": _verify,
    }[args.verb](args)


def _verb(verbs: Any, name: str, what: str, *, folder: bool = True) -> argparse.ArgumentParser:
    one: argparse.ArgumentParser = verbs.add_parser(
        name, help=what, description=what, allow_abbrev=False
    )
    one.add_argument(
        "-q", "--quiet", action="store_true", help="no progress and no summary on standard error"
    )
    if folder:
        one.add_argument("dir", metavar="DIR")
    return one


def _build(args: argparse.Namespace) -> int:
    from .. import catalogue
    from ..report.progress import Live

    if args.limit is not None and args.limit < 0:
        raise ConfigError("catalogue: --limit takes a number of records, 0 or more")
    if args.since and not re.fullmatch(r"\d{4}-\d\d-\d\d", args.since):
        raise ConfigError(f"catalogue: --since takes a day (YYYY-MM-DD), not {args.since!r}")
    with Live(quiet=args.quiet) as live:
        show = partial(_reading, live)
        verb = partial(catalogue.build, shard=args.shard) if args.verb == "build" else catalogue.add
        done = verb(args.dir, args.source, limit=args.limit, since=args.since, show=show)
    _tell(args, done)
    for name, count in done.sources.items():
        say(args, f"{name}: {count:,} records")
    changed = (
        f"{done.added:,} added, {done.replaced:,} replaced"
        if args.verb == "add"
        else f"{done.works:,} works"
    )
    say(
        args,
        f"{args.dir}: {done.records:,} records, {changed}, {done.errors:,} not readable, {done.seconds:.1f} s",
    )
    return 0


def _reading(live: Live, now: Progress) -> None:
    left = f", about {now.left:.0f} s left" if now.left is not None else ""
    faults = f", {now.errors:,} not readable" if now.errors else ""
    live.show(f"{now.stage}: {now.records:,} records, {now.rate:,.0f}/s{left}{faults}")


def _tell(args: argparse.Namespace, done: Report) -> None:
    """What could not be read."""
    for line in done.first_errors:
        print(printable(f"citenorm: {line}"), file=sys.stderr)
    if done.errors > len(done.first_errors):
        print(
            f"citenorm: … and {done.errors - len(done.first_errors):,} more records that could not be read",
            file=sys.stderr,
        )


def _remove(args: argparse.Namespace) -> int:
    from .. import catalogue

    done = catalogue.remove(args.dir, args.id)
    for line in done.first_errors:
        print(printable(f"citenorm: {line}"), file=sys.stderr)
    say(args, f"{args.dir}: {done.removed} of {len(args.id)} records removed")
    return 1 if done.errors else 0


def _get(args: argparse.Namespace) -> int:
    from ..catalogue import Catalogue

    with Catalogue.open(args.dir) as cat:
        found = cat.get(args.id)
    for record in found:
        sys.stdout.write(one_line(record.to_csl()) + "\n")
    missing = [i for i in args.id if i not in {r.id for r in found}]
    for ident in missing:
        print(f"citenorm: {args.dir}: no record {ident!r}", file=sys.stderr)
    return 1 if missing else 0


def _info(args: argparse.Namespace) -> int:
    from ..catalogue import Catalogue

    if args.dir is None:
        from ..sources import open_sources

        with open_sources(offline=True, show=IndexLine(args)) as sources:
            for told in sources.info():
                _print_info(told)
        return 0
    with Catalogue.open(args.dir) as cat:
        _print_info(cat.info())
    return 0


def _print_info(told: dict[str, Any]) -> None:
    """One catalogue; with its age where the day is known on which its data were put together."""
    try:
        days = (date.today() - date.fromisoformat(str(told.get("made")))).days
        told = {**told, "age": f"{max(0, days)} days"}
    except ValueError:
        pass
    print(escaped(json.dumps(told, ensure_ascii=False, indent=2)))


def _fetch(args: argparse.Namespace) -> int:
    from ..fetching import fetch
    from ..report.progress import Live

    with Live(quiet=args.quiet) as live:

        def loading(done: int, of: int) -> None:
            size = f" of {of / 1e6:,.1f}" if of else ""
            live.show(f"{args.name}: {done / 1e6:,.1f}{size} MB")

        done = fetch(
            args.name,
            from_file=Path(args.from_file) if args.from_file else None,
            folder=Path(args.to) if args.to else None,
            url=args.from_url,
            show=partial(_reading, live),
            loading=loading,
        )
    _tell(args, done)
    say(args, f"{args.name}: {done.records:,} records, {done.works:,} works, {done.seconds:.1f} s")
    return 0


def _verify(args: argparse.Namespace) -> int:
    from .. import catalogue

    seen = catalogue.inspect(args.dir)
    problems = seen.damage
    for line in (*problems, *seen.remarks):
        print(printable(line))
    say(
        args,
        f"{args.dir}: "
        + (
            f"{len(problems)} problem{'s' * (len(problems) != 1)}"
            if problems
            else "no damage found"
        ),
    )
    return 1 if problems else 0
