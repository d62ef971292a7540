"""The words of a command line → its inputs: files, standard input, folders and patterns."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from ..config import load_config
from ..errors import ConfigError, InputError
from .ignored import Skip, Tell, stated
from .options import say
from .session import Input

IN_FOLDERS = frozenset(
    {".bib", ".bibtex", ".md", ".markdown", ".rmd", ".qmd", ".rst", ".tex", ".ipynb", ".docx", ".odt"}
)  # fmt: skip
"""What a folder stands for; other formats are taken where they are named or a pattern names them."""
_PASSED_OVER = frozenset({"node_modules", "__pycache__", "venv", "site-packages"})


def add_input_options(made: argparse.ArgumentParser, what: str, *, folders: bool = True) -> None:
    """The positional inputs, and the options about them."""
    more = ", folders, patterns" if folders else ""
    made.add_argument("file", nargs="*", help=f"{what}{more}; - for standard input")
    made.add_argument(
        "--stdin-filename",
        metavar="NAME",
        help="what standard input is called and whose settings and format it has",
    )
    if folders:
        made.add_argument(
            "--exclude",
            action="append",
            default=[],
            metavar="PATTERN",
            help="files that folders and patterns do not stand for (as in .gitignore)",
        )


def identifiers(words: Sequence[str]) -> list[str]:
    """Those words of a command line that name no file but a work: "10.1145/3292500.3330919", "arXiv:1706.03762"."""
    from ..normalize.identified import identified

    return [w for w in words if w != "-" and not os.path.lexists(w) and identified(w) is not None]


def inputs(args: argparse.Namespace) -> list[Input]:
    """The inputs that a command line names, each once, in its order.  Raises ConfigError where there is none."""
    if not args.file:
        raise ConfigError(f"{args.command}: no input file (use - for standard input)")
    if args.stdin_filename and "-" not in args.file:
        raise ConfigError(f"{args.command}: --stdin-filename goes with - (standard input)")
    out: dict[str, Input] = {}
    for word in args.file:
        if word == "-":
            out["-"] = Input(args.stdin_filename or "-", "-")
            continue
        for name in _named(word, args):
            out.setdefault(os.path.normpath(name), Input(name, name))
    return list(out.values())


def _named(word: str, args: argparse.Namespace) -> Iterator[str]:
    """The files that one word stands for."""
    if os.path.isdir(word):
        found = list(_in_folder(word, _excluded(word, args), partial(say, args)))
        if not found:
            raise InputError(f"{word}: the folder holds no file that can be read here")
        yield from found
    elif any(sign in word for sign in "*?[") and not os.path.lexists(word):
        import glob

        skip = _excluded(".", args)
        found = sorted(n for n in glob.glob(word, recursive=True) if os.path.isfile(n))
        if not found:
            raise InputError(f"{word}: no file has a name like this")
        yield from (n for n in found if not skip(n))
    else:
        yield word


def _in_folder(folder: str, skip: Skip, tell: Tell) -> Iterator[str]:
    """The files in a folder; links that lead out of it, or nowhere, are told: only a person may send a command elsewhere."""
    inside = os.path.realpath(folder) + os.sep
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(
            f
            for f in folders
            if not f.startswith(".")
            and f not in _PASSED_OVER
            and not skip(os.path.join(root, f) + "/")
        )
        for name in sorted(files):
            path = os.path.join(root, name)
            if Path(name).suffix.lower() not in IN_FOLDERS or skip(path):
                continue
            if os.path.islink(path) and not os.path.realpath(path).startswith(inside):
                tell(f"{path}: a link out of the folder; it is read where it is named itself")
            elif not os.path.exists(path):
                tell(f"{path}: a link that leads nowhere")
            elif os.path.isfile(path) and os.path.getsize(path):
                yield path.removeprefix("./")


def _excluded(folder: str, args: argparse.Namespace) -> Skip:
    config = load_config(args.config, folder)
    here = Path(os.path.abspath(folder))
    root = next((p for p in (here, *here.parents) if os.path.exists(p / ".git")), here)
    base = config.path.resolve().parent if config.path else here
    own = stated(config.exclude, f"{config.path}: exclude")
    asked = stated(args.exclude, "--exclude")
    return Skip([(base, own), (Path.cwd(), asked)], root, partial(say, args))
