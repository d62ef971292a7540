"""One run of a command over several inputs: settings looked up from each file, sources opened once, a bad file one line."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, cast

from .. import cli
from ..budget import within
from ..config import Config, Rules, load_config
from ..errors import CitenormError, InputError, MissingExtraError
from ..printable import printable
from .options import jobs_of, lock_of, read_input, say, sources_of, tell_asked

if TYPE_CHECKING:
    from ..bib import BibFile
    from ..bib.shape import Order, Shape, VenueNames
    from ..emit.bibtex import Mark
    from ..lock import Lock
    from ..match.cite import Policy
    from ..model import Claim
    from ..sources import Sources
    from .unchanged import Unchanged


@dataclass(frozen=True)
class Input:
    """One input: ``name`` is what messages call it and what tells its format, ``source`` a path or ``-``."""

    name: str
    source: str

    @cached_property
    def data(self) -> bytes:
        """Its bytes, read once.  Raises InputError where it cannot be read."""
        return read_input(self.source)

    @property
    def is_bib(self) -> bool:
        from ..checking import is_bib

        return is_bib(self.name, b"" if Path(self.name).suffix else self.data)

    @property
    def is_stdin(self) -> bool:
        return self.source == "-"


def entries_of(item: Input) -> list[Claim]:
    """What the entries of a ``.bib`` file, or the items of RIS or CSL-JSON, say."""
    from .. import bib
    from ..listed import read_list

    if item.is_bib:
        return bib.claims(bib.read(item.data, item.name))
    return list(read_list(item.data, item.name).claims)


class Session:
    """Settings and sources for the inputs of one run, and whether one of them could not be read."""

    def __init__(self, args: argparse.Namespace) -> None:
        self.args = args
        self.failed = False
        self._stack = ExitStack()
        self._configs: dict[Path, Config] = {}
        self._sources: dict[tuple[object, ...], Sources] = {}
        self._memories: dict[Path | None, Unchanged] = {}
        self._rules = Rules(tuple(_words(args, "select")), tuple(_words(args, "ignore")))
        self._rules.checked(args.command)
        if args.config:
            self.config()

    def __enter__(self) -> Self:
        """How far the run has come is shown on a terminal until its end."""
        from ..parallel import watched
        from ..report.progress import Live

        live = self._stack.enter_context(Live(quiet=self.args.quiet))
        if live.live:
            self._stack.enter_context(watched(lambda done, of: live.count(done, of, "references")))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is None:
            for sources in self._sources.values():
                tell_asked(self.args, sources)
        self._stack.close()

    def config(self, name: str = "-") -> Config:
        """The settings for a file: those of ``--config``, else the nearest upwards of the file; with the options' rules."""
        folder = Path.cwd() if name in ("-", "") else Path(name).resolve().parent
        if self.args.config:
            folder = Path()
        if folder not in self._configs:
            found = load_config(self.args.config, folder)
            self._configs[folder] = replace(
                found,
                select=self._rules.select or found.select,
                ignore=found.ignore + self._rules.ignore,
            )
        return self._configs[folder]

    def wanted(self, name: str) -> Callable[[str, str], bool]:
        """(code, rule) → whether it is on for a file."""
        config = self.config(name)
        return lambda code, rule: config.wants(code, rule, name)

    def sources(self, name: str = "-") -> Sources:
        """The sources for a file, open until the end of the run."""
        config = self.config(name)
        catalogues = tuple(self.args.catalogue) or config.catalogues
        offline = self.args.offline or config.offline
        key = (offline, catalogues, config.only_catalogues, config.mailto, config.services)
        if key not in self._sources:
            self._sources[key] = self._stack.enter_context(sources_of(self.args, config))
        return self._sources[key]

    def memory(self, name: str) -> Unchanged:
        """What earlier runs with a file's settings found nothing to do about."""
        config = self.config(name)
        if config.path not in self._memories:
            from .unchanged import Unchanged

            self._memories[config.path] = Unchanged(self.args, config)
        return self._memories[config.path]

    def save_memory(self) -> int:
        """Write what was found; how many files were passed over."""
        for memory in self._memories.values():
            memory.save()
        return sum(memory.skipped for memory in self._memories.values())

    def policy(self, name: str = "-") -> Policy:
        return cast("Policy", self.args.prefer or self.config(name).prefer)

    def key_pattern(self, name: str = "-") -> str:
        """How keys are made: by ``--key-pattern``, else by the settings for a file.  Raises ConfigError for one that makes none."""
        from ..emit.keys import check_pattern

        config = self.config(name)
        if config.key_pattern and not self.args.key_pattern:
            check_pattern(config.key_pattern, f"{config.path}: key-pattern: ")
        return str(self.args.key_pattern or config.key_pattern)

    def shape(self, name: str = "-") -> Shape:
        """Order, fields and venues that are wanted: by the options, else by the settings for a file."""
        from ..bib.shape import Shape, omitted

        args, config = self.args, self.config(name)
        return Shape(
            omitted(args.omit or config.omit),
            cast("VenueNames", args.venues or config.venues),
            cast("Order", args.sort or config.sort),
        )

    def tell_misnamed(self, files: Iterable[BibFile]) -> None:
        """The fields to be left out that nothing has, and that are none of BibTeX's: nobody would see a slip of the hand."""
        from ..bib.shape import misnamed, omitted

        if self.args.omit:
            for field in misnamed(omitted(self.args.omit), files):
                say(self.args, f"--omit {field}: no entry has a field of this name")

    def mark(self, name: str = "-") -> Mark:
        """How entries that no source knows are marked: by the option, else by the settings for a file."""
        return cast("Mark", self.args.unverified or self.config(name).unverified or "comment")

    def lock(self, name: str) -> Lock | None:
        return lock_of(self.args, name)

    @property
    def jobs(self) -> int:
        return jobs_of(self.args)

    @contextmanager
    def guard(self, name: str) -> Iterator[None]:
        """What is done with one input, within its limits; what cannot be read is one line, and the run goes on and ends with 2."""
        try:
            with within(self.config(name).limits):
                yield
        except (InputError, MissingExtraError) as error:
            self._told(str(error))
        except (CitenormError, OSError):
            raise  # of the run, not of this input
        except MemoryError:
            self._told(f"{self.args.command}: not enough memory for one of the inputs")
        except Exception as error:
            if cli.debug:
                raise
            self._told(f"{self.args.command}: {cli.unexpected(error)}")

    def _told(self, why: str) -> None:
        sys.stdout.flush()
        print(f"citenorm: {printable(why)}", file=sys.stderr)
        self.failed = True

    def status(self, found: bool) -> int:
        """The exit status of the run."""
        return 2 if self.failed else int(found)


def _words(args: argparse.Namespace, name: str) -> list[str]:
    """The words of an option that may be repeated and takes several, separated by commas."""
    stated = getattr(args, name, None) or []
    return [w.strip() for text in stated for w in text.split(",") if w.strip()]
