"""``citenorm completion``: what a shell needs to complete commands, options and files."""

from __future__ import annotations

import argparse
from importlib import import_module
from typing import Any, NoReturn

from ..errors import MissingExtraError
from .options import Parser, parser

SHELLS = ("bash", "zsh", "tcsh")


class _Made(Exception):
    """Carries the parser of a command out of it."""

    def __init__(self, made: argparse.ArgumentParser) -> None:
        self.parser = made


def run(argv: list[str]) -> int:
    made = parser(
        "completion",
        'Print what a shell needs to complete commands and options: eval "$(citenorm completion bash)".',
    )
    made.add_argument("shell", choices=SHELLS)
    args = made.parse_args(argv)
    try:
        import shtab
    except ImportError as error:
        raise MissingExtraError(
            "completion: needs the extra “completion”: pip install 'citenorm[completion]'"
        ) from error
    print(shtab.complete(whole_parser(shtab), args.shell))
    return 0


def whole_parser(shtab: Any = None) -> argparse.ArgumentParser:
    """One parser with every command, made of the parsers that the commands use."""
    from . import COMMANDS

    root = argparse.ArgumentParser(prog="citenorm")
    root.add_argument("-V", "--version", action="store_true", help="the version")
    verbs = root.add_subparsers(dest="command")
    for name, what in COMMANDS.items():
        own = command_parser(name)
        one = verbs.add_parser(name, help=what.replace("%", "%%"), parents=[own], add_help=False, conflict_handler="resolve")  # fmt: skip
        for action in one._actions:
            if shtab is not None and _takes_files(action):
                action.complete = shtab.FILE  # type: ignore[attr-defined]
    return root


def _takes_files(action: argparse.Action) -> bool:
    files = ("FILE", "OUT", "FILE.bib", "DIR")
    return action.dest == "file" or action.metavar in files


def command_parser(name: str) -> argparse.ArgumentParser:
    """The parser that a command makes of its own."""

    class Collecting(Parser):
        def parse_args(self, *args: Any, **kwargs: Any) -> NoReturn:  # type: ignore[override]
            raise _Made(self)

    module, options = import_module(f".{name}", __package__), import_module(".options", __package__)
    before = options.Parser, getattr(module, "Parser", None)
    try:
        options.Parser = Collecting  # type: ignore[attr-defined]
        if before[1] is not None:
            module.Parser = Collecting  # type: ignore[attr-defined]
        module.run([])
    except _Made as made:
        return made.parser
    finally:
        options.Parser = before[0]  # type: ignore[attr-defined]
        if before[1] is not None:
            module.Parser = before[1]  # type: ignore[attr-defined]
    raise AssertionError(f"{name} makes no parser")
