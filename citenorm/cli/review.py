"""``citenorm review``: a page on this machine alone on which a person settles what is open; decisions go into ``citenorm.lock``."""

from __future__ import annotations

import argparse
import contextlib
import html
import os
import shutil
import tempfile
import webbrowser
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import ConfigError
from ..files import sweep
from .inputs import add_input_options, inputs
from .options import add_rule_options, add_source_options, lock_path, parser, say
from .session import Input, Session

if TYPE_CHECKING:
    from ..review import Desk


def run(argv: list[str]) -> int:
    made = parser(
        "review",
        "Settle by hand what is open or changed, on a page that this machine alone can reach; decisions go into citenorm.lock.",
    )
    add_input_options(made, "reports, lists of references, .bib files")
    made.add_argument(
        "--lock",
        metavar="FILE",
        help="where decisions are kept (default: the citenorm.lock of the files)",
    )
    made.add_argument(
        "--no-browser", action="store_true", help="print the address; open no browser"
    )
    add_rule_options(made)
    add_source_options(made)
    args = made.parse_args(argv)
    args.command = "review"
    items = inputs(args)
    if any(item.is_stdin for item in items):
        raise ConfigError("review: standard input cannot be reviewed: name a file")
    path = Path(args.lock) if args.lock else _lock(items)
    from ..review import Desk, Material

    with Session(args) as session:
        materials = []
        for item in items:
            with session.guard(item.name):
                made_of = Material(
                    item.name, item.data, session.sources(item.name), session.policy(item.name),
                    session.wanted(item.name), session.jobs,
                )  # fmt: skip
                if made_of.claims:
                    materials.append(made_of)
                else:
                    say(args, f"{item.name}: no references found")
        if not materials:
            return session.status(False)
        for folder in {path.resolve().parent, *(Path(m.name).resolve().parent for m in materials)}:
            sweep(folder)
        say(args, f"looking up {sum(len(m.claims) for m in materials)} references …")
        return session.status(_serve(Desk(materials, path), args))


def _serve(desk: Desk, args: argparse.Namespace) -> bool:
    """Serve until the page or the keyboard ends it."""
    from .. import __version__
    from ..review.server import ReviewServer
    from ..review.view import progress

    server = ReviewServer(desk, __version__)
    with contextlib.ExitStack() as stack:
        stack.callback(server.server_close)
        stack.enter_context(contextlib.suppress(KeyboardInterrupt))
        print(server.url, flush=True)
        say(args, "the page is open until you end the review there, or with Ctrl-C here")
        if not args.no_browser:
            stack.enter_context(_opened(server.url))
        server.serve_forever()
    done, total = progress(desk, desk.cards())
    say(args, f"{done} of {total} decided; decisions are kept in {desk.path}")
    return False


@contextlib.contextmanager
def _opened(url: str) -> Iterator[None]:
    """Open a browser by a file that only this user can read: the address on a command line would tell others the secret."""
    folder = tempfile.mkdtemp(prefix="citenorm-")
    try:
        page = Path(folder) / "review.html"
        shown = html.escape(url)
        page.write_text(
            f'<!DOCTYPE html><meta charset="utf-8"><meta name="referrer" content="no-referrer">'
            f'<meta http-equiv="refresh" content="0; url={shown}"><p><a href="{shown}">citenorm review</a>',
            encoding="utf-8",
        )
        webbrowser.open(page.as_uri())
        yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _lock(items: Sequence[Input]) -> Path:
    """The lock that later runs over these files read.  Raises ConfigError where that is not one."""
    found = {lock_path(item.name) for item in items}
    known = sorted({str(path) for path in found if path is not None})
    if len(known) > 1 or (known and None in found):
        raise ConfigError(
            f"review: these files do not keep their decisions in one lock ({', '.join(known)}): review them one by one, or name one with --lock"
        )
    if known:
        return Path(known[0])
    from ..lock import NAME

    folders = [Path(item.name).resolve().parent for item in items]
    if all(_reaches(folder, Path.cwd()) for folder in folders):
        return Path(NAME)
    return Path(os.path.commonpath(list(map(str, folders)))) / NAME


def _reaches(folder: Path, goal: Path) -> bool:
    """Whether a lock in ``goal`` is the one that files in ``folder`` find: it is looked for upwards, within the repository."""
    for one in (folder, *folder.parents):
        if one == goal:
            return True
        if (one / ".git").exists():
            break
    return False
