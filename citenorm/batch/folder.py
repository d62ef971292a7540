"""The folder of one run: which parts it will have, which are done, and that nobody else writes there."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ..errors import CitenormError, ConfigError, InputError
from .plan import Partition, partitions_of
from .writing import DRAFT, OutputFormat

RUN, DONE = "_run.json", "_done.json"


class OutputFolder:
    """Holds the lock on a folder until it is closed; knows the parts of its run.

    A folder that holds parts of the same run (same input, options, catalogue and version) is gone on with; one that holds
    another run's is refused, so that rows of two runs never stand beside each other.
    """

    def __init__(self, folder: Path, form: OutputFormat) -> None:
        self.folder, self.form = folder, form
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._lock = open(folder / "_lock", "a+b")  # noqa: SIM115
        except OSError as error:
            raise InputError(
                f"{folder}: {(error.strerror or 'cannot be written').lower()}"
            ) from error
        _lock_or_refuse(self._lock, folder)

    def partitions(
        self, files: Sequence[Path], wanted: int | None, jobs: int, settings: Mapping[str, Any]
    ) -> list[Partition]:
        """The partitions of this run: those that the folder began with, else newly cut ones."""
        stated = {"input": [_state(path) for path in files], "format": self.form, **settings}
        mark = hashlib.sha256(json.dumps(stated, sort_keys=True).encode()).hexdigest()
        known = self._known()
        if known is not None:
            if known["mark"] != mark or (wanted and wanted != known["wanted"]):
                raise ConfigError(
                    f"{self.folder}: holds the parts of another run (other input, catalogue, options or version of citenorm); "
                    "give an empty folder"
                )
            parts = [Partition(**row) for row in known["partitions"]]
        elif any(self.folder.glob("part-*")):
            raise ConfigError(f"{self.folder}: holds parts that no run of this program began")
        else:
            parts = partitions_of(files, wanted, jobs)
            rows = [asdict(part) for part in parts]
            self._write(RUN, {"mark": mark, "wanted": wanted, **stated, "partitions": rows})
        self._sweep()
        return parts

    def path(self, number: int) -> Path:
        return self.folder / f"part-{number:05d}.{self.form}"

    def counts_path(self, number: int) -> Path:
        return self.folder / f"_part-{number:05d}.json"

    def is_done(self, part: Partition) -> bool:
        return self.path(part.number).is_file() and self.counts_path(part.number).is_file()

    def counts(self, number: int) -> dict[str, int]:
        """Outcomes of a finished part."""
        found = json.loads(self.counts_path(number).read_text("utf-8"))
        return {str(k): int(v) for k, v in found.items()}

    def finish(self, counts: Mapping[str, int], parts: int) -> None:
        """Say that every part is there; what processes that were killed left half written goes."""
        self._sweep()
        self._write(DONE, {"parts": parts, "rows": sum(counts.values()), "outcomes": dict(counts)})

    def close(self) -> None:
        self._lock.close()

    def _sweep(self) -> None:
        for draft in self.folder.glob(f"{DRAFT}*"):
            draft.unlink(missing_ok=True)

    def _known(self) -> dict[str, Any] | None:
        path = self.folder / RUN
        if not path.is_file():
            return None
        try:
            found = json.loads(path.read_text("utf-8"))
            return {
                "mark": found["mark"],
                "wanted": found["wanted"],
                "partitions": found["partitions"],
            }
        except (ValueError, KeyError, TypeError) as error:
            raise InputError(f"{path}: damaged; give an empty folder") from error

    def _write(self, name: str, value: Mapping[str, Any]) -> None:
        draft = self.folder / f"{DRAFT}{name}"
        try:
            draft.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", "utf-8")
            os.replace(draft, self.folder / name)
        except OSError as error:
            raise InputError(
                f"{self.folder}: {(error.strerror or 'cannot be written').lower()}"
            ) from error


def _state(path: Path) -> list[Any]:
    info = path.stat()
    return [str(path.resolve()), info.st_size, info.st_mtime_ns]


def _lock_or_refuse(stream: Any, folder: Path) -> None:
    try:
        import fcntl
    except ImportError:  # no such locks on this system
        return
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise CitenormError(f"{folder}: another run writes there") from error
