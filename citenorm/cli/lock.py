"""``citenorm lock``: keep what the references of a repository were found to mean, in ``citenorm.lock``."""

from __future__ import annotations

import argparse
import datetime
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..config import Config
from ..errors import ConfigError
from ..files import update_file
from .options import (
    add_source_options,
    config_of,
    file_names,
    jobs_of,
    parser,
    policy_of,
    read_input,
    read_lock,
    say,
    sources_of,
)

if TYPE_CHECKING:
    from ..lock import Lock
    from ..model import Claim
    from ..sources import Sources


def run(argv: list[str]) -> int:
    made = parser(
        "lock",
        "Keep what the references of these files were found to mean, so that later runs need no network and answer the same.",
    )
    made.add_argument("file", nargs="*", help="reports, lists of references, .bib files")
    made.add_argument(
        "--lock", default=None, metavar="FILE", help="the lock file (default: citenorm.lock)"
    )
    made.add_argument(
        "--check",
        action="store_true",
        help="exit 1 if the lock does not fit the files; write nothing",
    )
    made.add_argument(
        "--prune",
        action="store_true",
        help="these files are all there are: drop decisions that none of them asks for (those by hand stay); with --check: tell them",
    )
    made.add_argument(
        "--update",
        action="store_true",
        help="decide anew what the lock holds already (decisions by hand stay)",
    )
    made.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="KEY=ID",
        help="by hand: this entry (key, FILE:LINE, or FILE:LINE#2 for the second work named there) is that record, doi:… or arXiv:…",
    )
    made.add_argument(
        "--leave",
        action="append",
        default=[],
        metavar="KEY",
        help="by hand: leave this entry alone",
    )
    add_source_options(made)
    args = made.parse_args(argv)
    args.command = "lock"
    config = config_of(args)
    names = file_names(args, args.file)
    path = Path(args.lock or "citenorm.lock")
    from ..lock import Lock, state

    old = read_lock(args, path) if path.exists() else Lock()
    claims = [claim for name in names for claim in claims_of(name)]
    if args.check:
        now = state(old, claims)
        for claim in now.missing:
            say(args, f"{_where(claim)}: no decision in {path}")
        for decision in now.orphans if args.prune else ():
            say(args, f"{path}: nobody asks for {decision.fingerprint} ({decision.cited})")
        return int(bool(now.missing or (args.prune and now.orphans)))
    return _write(args, config, path, old, claims)


def _write(
    args: argparse.Namespace, config: Config, path: Path, old: Lock, claims: Sequence[Claim]
) -> int:
    from ..lock import joined, lock_text, parse_lock, without_orphans

    made = _by_hand(old, claims, args)
    with sources_of(args, config) as sources:
        made = _decided(made, claims, args, config, sources)
    if args.prune:
        made = without_orphans(made, claims)

    def text(present: bytes | None) -> bytes:
        """The file as it is by now, others may have written to it, with what was decided here."""
        nonlocal made
        now = parse_lock((present or b"").decode("utf-8", "replace"), str(path))
        made = joined(now, made, old)
        return lock_text(made).encode("utf-8")

    update_file(path, text)
    known = sum(d.outcome == "matched" for d in made.decisions.values())
    say(args, f"{path}: {len(made.decisions)} decisions, {known} matched")
    return 0


def _decided(
    lock: Lock, claims: Sequence[Claim], args: argparse.Namespace, config: Config, sources: Sources
) -> Lock:
    from ..lock import decide, fingerprint
    from ..pipeline import resolve_iter

    asked = [c for c in claims if args.update or fingerprint(c) not in lock.decisions]
    results = resolve_iter(asked, sources, jobs=jobs_of(args), prefer=policy_of(args, config))
    return decide(lock, results, datetime.date.today().isoformat())


def _by_hand(lock: Lock, claims: Sequence[Claim], args: argparse.Namespace) -> Lock:
    from ..lock import by_hand

    today = datetime.date.today().isoformat()
    for text in args.set:
        key, equals, ident = text.partition("=")
        if not equals or not ident:
            raise ConfigError(f"lock: --set takes KEY=ID, not {text!r}")
        lock = by_hand(lock, _claim_at(claims, key), record=ident, date=today)
    for key in args.leave:
        lock = by_hand(lock, _claim_at(claims, key), leave=True, date=today)
    return lock


def _claim_at(claims: Sequence[Claim], key: str) -> Claim:
    numbered = re.fullmatch(r"(.+)#([1-9]\d?)", key)
    found = [c for c in claims if key in (c.id, _where(c))]
    if not found and numbered:
        found = [c for c in claims if _where(c) == numbered[1]][int(numbered[2]) - 1 :]
    if not found:
        raise ConfigError(f"lock: none of the files has an entry or reference {key!r}")
    return found[0]


def _where(claim: Claim) -> str:
    reference = claim.reference
    return f"{reference.file}:{reference.line}" if reference is not None else claim.id or ""


def claims_of(name: str) -> list[Claim]:
    """The normalized claims of a file, as ``fix`` and ``check`` make them."""
    from ..normalize import normalize

    if Path(name).suffix.lower() in (".bib", ".bibtex"):
        from .. import bib

        return [normalize(c) for c in bib.claims(bib.read(read_input(name), name))]
    from ..pipeline import document_claims
    from ..read import read

    return [normalize(c) for c in document_claims(read(read_input(name), name=name))]
