"""The options that commands share → an argparse namespace and a Config; input paths → bytes; lines → a stream."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, BinaryIO, NoReturn, cast

from ..config import Config, load_config
from ..errors import ConfigError, InputError
from ..files import Change, write_files
from ..printable import printable, printable_lines

if TYPE_CHECKING:
    from ..catalogue import Progress
    from ..lock import Lock
    from ..match.cite import Policy
    from ..report.progress import Live
    from ..sources import Sources
    from ..sources.http import Policy as Policy_


class Parser(argparse.ArgumentParser):
    """argparse whose complaints are one line, exit status 2, and which takes options and inputs in any order."""

    _mixing = False

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Options may stand between inputs: "check refs.bib --offline report.md".

        A command of several verbs leaves that to them; behind a "--" nothing is an option.
        """
        given = sys.argv[1:] if args is None else list(args)
        if self._mixing or self._subparsers is not None or "--" in given:
            return super().parse_known_args(given, namespace)
        self._mixing = True
        try:
            return self.parse_known_intermixed_args(given, namespace)
        finally:
            self._mixing = False

    def error(self, message: str) -> NoReturn:
        raise ConfigError(
            f"{self.prog.removeprefix('citenorm ')}: {message} (see {self.prog} --help)"
        )


def parser(command: str, description: str, **kwargs: Any) -> Parser:
    """A parser for one command with the options that every command takes."""
    made = Parser(prog=f"citenorm {command}", description=description, allow_abbrev=False, **kwargs)
    made.add_argument(
        "-q", "--quiet", action="store_true", help="no progress and no summary on standard error"
    )
    made.add_argument(
        "--config",
        metavar="FILE",
        help="settings (default: citenorm.toml or pyproject.toml, nearest upwards)",
    )
    return made


def add_catalogue_options(made: argparse.ArgumentParser) -> None:
    """Which catalogues are asked."""
    made.add_argument(
        "--catalogue",
        action="append",
        default=[],
        metavar="DIR",
        help="a local catalogue, asked before the others; may be repeated (searched in order)",
    )
    made.add_argument(
        "--only-catalogue",
        action="store_true",
        help="ask no other catalogue: not the built-in one, data packages, your own",
    )


def add_source_options(made: argparse.ArgumentParser) -> None:
    """Where works are looked up."""
    add_catalogue_options(made)
    made.add_argument(
        "--offline", action="store_true", help="ask no online service: no socket is opened"
    )
    made.add_argument(
        "--max-requests",
        type=_requests,
        metavar="N",
        help="send no more requests to online services than this",
    )
    made.add_argument(
        "--jobs",
        type=_jobs,
        default=None,
        metavar="N",
        help="processes for local work (default: as many as processors)",
    )
    made.add_argument(
        "--prefer",
        choices=("published", "as-cited", "preprint"),
        help="the version to cite (default: published)",
    )


def add_rule_options(made: argparse.ArgumentParser) -> None:
    """Which rules are on; each option may be repeated."""
    made.add_argument(
        "--select",
        action="append",
        default=[],
        metavar="CODES",
        help="only these rules: names, codes or beginnings of codes, separated by commas",
    )
    made.add_argument(
        "--ignore", action="append", default=[], metavar="CODES", help="not these rules"
    )


def add_colour_option(made: argparse.ArgumentParser) -> None:
    made.add_argument(
        "--color",
        choices=("auto", "always", "never"),
        default="auto",
        help="colours (auto: on a terminal, unless NO_COLOR is set)",
    )


def colour_of(args: argparse.Namespace, stream: IO[str]) -> bool:
    """Whether a stream gets colours."""
    if args.color != "auto":
        return bool(args.color == "always")
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb" and stream.isatty()


def _jobs(text: str) -> int:
    try:
        n = int(text)
    except ValueError:
        n = 0
    if n < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of processes (1 or more)")
    return n


def _requests(text: str) -> int:
    if not re.fullmatch(r"\d{1,9}", text, re.ASCII):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of requests (0 or more)")
    return int(text)


def config_of(args: argparse.Namespace) -> Config:
    return load_config(args.config)


def policy_of(args: argparse.Namespace, config: Config) -> Policy:
    return cast("Policy", args.prefer or config.prefer)


def jobs_of(args: argparse.Namespace) -> int:
    if args.jobs:
        return int(args.jobs)
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def sources_of(args: argparse.Namespace, config: Config) -> Sources:
    """The sources that the options and the configuration name, open."""
    from ..sources import open_sources

    offline = args.offline or config.offline
    return open_sources(
        offline=offline,
        catalogues=tuple(args.catalogue) or config.catalogues,
        only=args.only_catalogue or config.only_catalogues,
        policy=None if offline else network_policy(args, config),
        show=IndexLine(args),
    )


def network_policy(args: argparse.Namespace, config: Config) -> Policy_:
    """How the network is used, by the options and the configuration."""
    from ..sources.http import Policy
    from ..sources.online import every_service
    from ..sources.rate_limit import Pace

    asking, most = config.services, args.max_requests
    own = {service.name: service.pace.interval for service in every_service()}
    return Policy.of_user(
        mailto=config.mailto or None,
        without=frozenset(asking.without),
        # A repository's settings may ask a service to be spared, not to be pressed.
        paces={name: Pace(max(seconds, own.get(name, 0.0))) for name, seconds in asking.paces},
        max_requests=asking.max_requests if most is None else most,
        max_seconds=asking.max_seconds,
    )


def tell_asked(args: argparse.Namespace, sources: Sources) -> None:
    """A line for people about what the online services were asked and gave."""
    from ..report.services import services_line

    if line := services_line(sources.asked()):
        say(args, line)


class IndexLine:
    """How far the index of a data package is: a moving line on a terminal, one line elsewhere."""

    def __init__(self, args: argparse.Namespace) -> None:
        self._args = args
        self._live: Live | None = None

    def __call__(self, now: Progress) -> None:
        if self._live is None:
            from ..report.progress import Live

            self._live = Live(quiet=self._args.quiet)
            if not self._live.live:
                say(self._args, now.stage)
        left = f", about {now.left:.0f} s left" if now.left else ""
        self._live.show(f"{now.stage}: {now.share:.0%}{left}")
        if now.share >= 1:
            self._live.end()


def lock_of(args: argparse.Namespace, name: str) -> Lock | None:
    """The decisions of the ``citenorm.lock`` nearest upwards of a file (of the working folder for standard input)."""
    path = lock_path(name)
    return read_lock(args, path) if path is not None else None


def read_lock(args: argparse.Namespace, path: Path) -> Lock:
    """A lock file's decisions; lines of it that are no decisions are told, once a run."""
    from ..lock import parse_lock

    found = parse_lock(read_input(str(path)).decode("utf-8", "replace"), str(path))
    told: set[Path] = args.__dict__.setdefault("told_locks", set())
    if path not in told:
        told.add(path)
        for line in found.unread:
            say(args, f"{path}:{line.number}: {line.why}")
    return found


def lock_path(name: str) -> Path | None:
    """The ``citenorm.lock`` nearest upwards of a file, within its repository; None where there is none."""
    from ..lock import NAME

    start = Path.cwd() if name == "-" else Path(name).resolve().parent
    for folder in (start, *start.parents):
        if os.path.isfile(folder / NAME):
            return folder / NAME
        if os.path.exists(folder / ".git"):
            break
    return None


def read_input(name: str) -> bytes:
    """The bytes of a file, or of standard input for ``-``.  Raises InputError where they cannot be read, or are beyond the budget."""
    from ..read import load_stream, refuse_pipe

    if name == "-":
        return load_stream(sys.stdin.buffer, "standard input")
    try:
        refuse_pipe(name)
        with open(name, "rb") as file:
            return load_stream(file, name)
    except (OSError, ValueError) as error:
        why = (getattr(error, "strerror", None) or "cannot be read").lower()
        raise InputError(f"{name}: {why}") from error


def open_lines(name: str) -> BinaryIO:
    """A file, or standard input for ``-``, to be read line by line."""
    if name == "-":
        return sys.stdin.buffer
    from ..read import refuse_pipe

    try:
        if Path(name).is_dir():
            raise InputError(f"{name}: is a directory")
        refuse_pipe(name)
        return open(name, "rb")
    except OSError as error:
        raise InputError(f"{name}: {(error.strerror or 'cannot be read').lower()}") from error


def lines_of(stream: BinaryIO) -> Iterator[str]:
    """Lines (cut at line feeds alone) as text; bytes that are no UTF-8 become U+FFFD."""
    first = True
    for line in stream:
        text = line.decode("utf-8", "replace").rstrip("\r\n")
        yield text.removeprefix("\ufeff") if first else text
        first = False


def write_output(args: argparse.Namespace, target: str | None, text: str) -> None:
    """Write to standard output, or whole and at once to a file."""
    if target in (None, "-"):
        show(text)
        return
    write(args, Change(str(target), text.encode("utf-8", "backslashreplace")))


def show(*texts: str) -> None:
    """Texts on standard output: as they are into a file or a pipe, as what steers no terminal on one."""
    on_terminal = sys.stdout.isatty()
    for text in texts:
        sys.stdout.write(printable_lines(text) if on_terminal else text)


def show_bytes(data: bytes) -> None:
    """``show`` for a file whose bytes are to come out as they are."""
    if sys.stdout.isatty():
        show(data.decode("utf-8", "replace"))
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()


def write(args: argparse.Namespace, *changes: Change) -> None:
    """Write these files, all or none."""
    for note in write_files(changes):
        say(args, note)


def say(args: argparse.Namespace, text: str) -> None:
    """A line for people."""
    if not args.quiet:
        print(printable(text), file=sys.stderr)


MOST_PASSED = 20
"""Lines that were not taken, beyond these, are only counted."""


def tell_passed(
    args: argparse.Namespace, name: str, passed: Sequence[tuple[int, int, str]]
) -> None:
    """A line for people for each thing in a list that is no reference: nothing is left out without a word, and with ``-q`` one word for all."""
    if passed and args.quiet:
        many = f"{len(passed)} lines were" if len(passed) > 1 else f"line {passed[0][0]} was"
        print(f"{name}: {many} not taken (without -q they are named)", file=sys.stderr)
        return
    for first, last, text in passed[:MOST_PASSED]:
        where = f"line {first} was" if first == last else f"lines {first}–{last} were"
        short = text if len(text) <= 90 else text[:89] + "…"
        say(args, f"{name}: {where} not taken: {short}")
    if len(passed) > MOST_PASSED:
        say(args, f"{name}: {len(passed) - MOST_PASSED} more lines were not taken")
