"""Files that an offline run found nothing to do about → left out by the next run with the same settings, catalogues and lock."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from .. import __version__
from ..bib.unchanged_cache import CleanFiles, catalogue_state, settings_digest
from ..config import Config
from ..model import Diagnostic
from .options import lock_path

_NO_PART = frozenset(
    {
        "file",
        "quiet",
        "jobs",
        "config",
        "output",
        "output_format",
        "color",
        "fail_on",
        "exit_zero",
        "statistics",
        "verbose",
        "exclude",
        "baseline",
        "write_baseline",
        "stdin_filename",
        "fix",
    }
)


class Unchanged:
    """The memory of clean files for one run; without ``--offline`` it knows nothing, since sources may say more tomorrow."""

    def __init__(self, args: argparse.Namespace, config: Config) -> None:
        self._memory = (
            CleanFiles(_settings(args, config)) if args.offline or config.offline else None
        )
        self.skipped = 0

    def knows(self, name: str, data: bytes) -> bool:
        """Nothing is to be done about the file: the same bytes were clean before."""
        known = (
            self._memory is not None and name != "-" and self._memory.knows(self._key(name, data))
        )
        self.skipped += known
        return known

    def add(self, name: str, data: bytes) -> None:
        """Nothing was to be done about the file."""
        if self._memory is not None and name != "-":
            self._memory.add(self._key(name, data))

    def findings(self, name: str, data: bytes) -> list[Diagnostic] | None:
        """What an earlier run with the same settings found about the same bytes; None where nothing is known."""
        text = (
            self._memory.findings(self._key(name, data))
            if self._memory is not None and name != "-"
            else None
        )
        if text is None:
            return None
        try:
            rows = json.loads(text)
            return [Diagnostic.from_dict(row) for row in rows]
        except (ValueError, TypeError, KeyError):
            return None  # a damaged memory is none

    def keep(self, name: str, data: bytes, found: Sequence[Diagnostic]) -> None:
        """Remember what was found about the file."""
        if self._memory is not None and name != "-":
            self._memory.keep(self._key(name, data), json.dumps([asdict(d) for d in found]))

    def save(self) -> None:
        if self._memory is not None:
            self._memory.save()

    def _key(self, name: str, data: bytes) -> bytes:
        """What is found may depend on the file's name (per-file rules, its kind) and on the lock above it."""
        lock = lock_path(name)
        return (
            data
            + b"\0"
            + Path(name).as_posix().encode("utf-8", "surrogateescape")
            + b"\0"
            + (lock.read_bytes() if lock is not None else b"")
        )


def _settings(args: argparse.Namespace, config: Config) -> str:
    from ..catalogue.installed import RECORDS, installed
    from ..sources.base import users_catalogues

    options = [(name, value) for name, value in sorted(vars(args).items()) if name not in _NO_PART]
    folders = [*(args.catalogue or config.catalogues), *users_catalogues()]
    rules = (
        config.prefer,
        config.select,
        config.ignore,
        config.unsafe_fixes,
        (config.key_pattern, config.sort, config.omit, config.venues),
        sorted(config.per_file_ignores.items()),
    )
    return settings_digest(
        [
            __version__,
            _package_state(),
            options,
            rules,
            *(catalogue_state(folder) for folder in folders),
            *(catalogue_state(folder, RECORDS) for folder in installed()),
        ]
    )


def _package_state() -> tuple[int, int]:
    """The newest change of the package's own files, and how many there are: another citenorm may find other things."""
    newest = count = 0
    folders = [str(Path(__file__).parent.parent)]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.is_dir():
                    if entry.name != "__pycache__":
                        folders.append(entry.path)
                elif not entry.name.endswith(".pyc"):
                    count += 1
                    newest = max(newest, entry.stat().st_mtime_ns)
    return newest, count
