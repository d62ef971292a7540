"""``citenorm lock``: keep what the references of a repository were found to mean, in ``citenorm.lock``."""

from __future__ import annotations

import argparse
import datetime
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import ConfigError
from ..files import update_file
from .inputs import add_input_options, inputs
from .options import (
    add_source_options,
    parser,
    read_lock,
    say,
)
from .session import Input, Session

if TYPE_CHECKING:
    from ..lock import Lock
    from ..model import Claim


def run(argv: list[str]) -> int:
    made = parser(
        "lock",
        "Keep what the references of these files were found to mean, so that later runs need no network and answer the same.",
    )
    add_input_options(made, "reports, lists of references, .bib files")
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
    items = inputs(args)
    path = Path(args.lock or "citenorm.lock")
    from ..lock import Lock, state

    old = read_lock(args, path) if os.path.exists(path) else Lock()
    with Session(args) as session:
        claims: list[Claim] = []
        for item in items:
            with session.guard(item.name):
                claims += claims_of(item)
        if not args.check:
            done = _write(args, session, path, old, claims) if claims or not session.failed else 0
            return session.status(bool(done))
        now = state(old, claims)
        for claim in now.missing:
            say(args, f"{_where(claim)}: no decision in {path}")
        for decision in now.orphans if args.prune else ():
            say(args, f"{path}: nobody asks for {decision.fingerprint} ({decision.cited})")
        return session.status(bool(now.missing or (args.prune and now.orphans)))


def _write(
    args: argparse.Namespace, session: Session, path: Path, old: Lock, claims: Sequence[Claim]
) -> int:
    from ..lock import joined, lock_text, parse_lock, without_orphans

    made = _by_hand(old, claims, args)
    made = _decided(made, claims, args, session)
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
    lock: Lock, claims: Sequence[Claim], args: argparse.Namespace, session: Session
) -> Lock:
    from ..lock import decide, fingerprint
    from ..pipeline import resolve_iter

    asked = [c for c in claims if args.update or fingerprint(c) not in lock.decisions]
    name = args.file[0] if args.file else "-"
    results = resolve_iter(
        asked, session.sources(name), jobs=session.jobs, prefer=session.policy(name)
    )
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


def claims_of(item: Input) -> list[Claim]:
    """The normalized claims of an input, as ``fix`` and ``check`` make them."""
    from ..checking import opened, stated

    return stated(opened(item.data, item.name))
