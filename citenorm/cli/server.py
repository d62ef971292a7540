"""``citenorm server``: a language server on standard input and output, for editors."""

from __future__ import annotations

import argparse

from ..errors import MissingExtraError
from .options import add_catalogue_options, parser
from .session import Session


def run(argv: list[str]) -> int:
    made = parser(
        "server",
        "A language server on standard input and output: findings, quick fixes, what is known of a work, from a citation to its entry and back, for .bib, Markdown and LaTeX.",
    )
    add_catalogue_options(made)
    made.add_argument(
        "--online",
        action="store_true",
        help="ask online services too, while you write (default: catalogues alone)",
    )
    made.add_argument("--prefer", choices=("published", "as-cited", "preprint"))
    made.add_argument("--stdio", action="store_true", help="what editors say; always so")
    args = made.parse_args(argv)
    args.command, args.offline, args.jobs = "server", not args.online, 1
    args.max_requests = None
    try:
        from ..server.protocol import serve
    except ImportError as error:
        raise MissingExtraError(
            "server: needs the extra “server”: pip install 'citenorm[server]'"
        ) from error
    with Session(args) as session:
        serve(_analyse(args, session))
    return 0


def _analyse(args: argparse.Namespace, session: Session):  # type: ignore[no-untyped-def]
    from ..errors import CitenormError
    from ..server.analysis import Analysis, Settings, analyse

    def one(text: str, name: str) -> Analysis:
        try:
            settings = Settings(
                session.wanted(name), session.config(name).unsafe_fixes, session.policy(name), session.lock(name)
            )  # fmt: skip
            return analyse(text, name, session.sources(name), settings)
        except CitenormError as error:  # settings or lock that cannot be read
            return Analysis(name, text, problem=str(error))

    return one
