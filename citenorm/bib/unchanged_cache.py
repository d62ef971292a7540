"""Files that a run found nothing to do about → remembered by content and settings, so that the next run need not read them.

The memory is a cache: it holds digests alone, may be deleted at any time, and never changes what is found.
"""

from __future__ import annotations

import datetime
import hashlib
import os
import re
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from ..files import keep_file
from ..folders import cache_folder

_MOST = 20_000
_NAME = "clean-files"
_FINDINGS = "findings"
_MOST_FINDINGS = 2_000
_UNTIL = re.compile(rb"citenorm:[^\r\n]*until[ \t]*=[ \t]*(\d{4})-(\d\d?)(?:-(\d\d?))?", re.I)


def settings_digest(parts: Iterable[object]) -> str:
    """A digest of everything beside a file's content that decides what is found: version, command, rules, catalogues."""
    text = "\x1f".join(str(part) for part in parts)
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=16).hexdigest()


def catalogue_state(folder: str | os.PathLike[str], file: str = "catalogue.json") -> str:
    """What changes when a catalogue is built anew: its path and the time and size of the file that describes it."""
    try:
        told = os.stat(Path(folder) / file)
    except OSError:
        shards = sorted(Path(folder).glob(f"shard-*-of-*/{file}"))
        return "\n".join(catalogue_state(shard.parent, file) for shard in shards) or f"{folder} -"
    return f"{folder} {told.st_mtime_ns} {told.st_size}"


def holds_until(data: bytes, today: datetime.date) -> str:
    """The last day (ISO 8601) on which a remark that silences a rule "until" still holds; "" where time plays no part."""
    days = [
        f"{int(m[1]):04d}-{int(m[2]):02d}-{int(m[3]) if m[3] else 31:02d}"
        for m in _UNTIL.finditer(data)
    ]
    coming = [day for day in days if day >= today.isoformat()]
    return min(coming, default="")


class CleanFiles:
    """The memory of one kind of run; ``folder`` is the cache folder (default: ``CITENORM_CACHE_DIR`` or the user's)."""

    def __init__(
        self,
        settings: str,
        folder: str | os.PathLike[str] | None = None,
        today: datetime.date | None = None,
    ) -> None:
        self.settings, self.today = settings, today or datetime.date.today()
        self.path = Path(folder) / _NAME if folder is not None else None
        self._known: dict[str, str] | None = None
        self._new: dict[str, str] = {}

    def _place(self) -> Path:
        if self.path is None:
            self.path = cache_folder() / _NAME
        return self.path

    def _digest(self, data: bytes) -> str:
        return hashlib.blake2b(data, digest_size=16, key=self.settings.encode()[:64]).hexdigest()

    def knows(self, data: bytes) -> bool:
        """True where a run with the same settings found nothing to do about this content, and no date has passed since."""
        if self._known is None:
            self._known = _read(self._place())
        until = self._known.get(self._digest(data))
        return until is not None and (not until or self.today.isoformat() <= until)

    def add(self, data: bytes) -> None:
        """There was nothing to do about this content."""
        self._new[self._digest(data)] = holds_until(data, self.today)

    def findings(self, data: bytes) -> str | None:
        """What ``keep`` stored about this content with the same settings; None where nothing is known, or a date has passed since."""
        try:
            until, _, text = (
                (self._place().parent / _FINDINGS / self._digest(data))
                .read_text(encoding="utf-8")
                .partition("\n")
            )
        except (OSError, UnicodeDecodeError):
            return None
        return text if text and (not until or self.today.isoformat() <= until) else None

    def keep(self, data: bytes, text: str) -> None:
        """Store what was found about this content, whole or not at all."""
        folder = self._place().parent / _FINDINGS
        path = folder / self._digest(data)
        try:
            kept = f"{holds_until(data, self.today)}\n{text}".encode()
        except UnicodeEncodeError:
            return
        if keep_file(path, kept):
            with suppress(OSError):
                self._prune(folder)

    @staticmethod
    def _prune(folder: Path) -> None:
        """Drop the older half where there are too many."""
        with os.scandir(folder) as found:
            paths = [entry.path for entry in found]
        if len(paths) > _MOST_FINDINGS:
            for path in sorted(paths, key=lambda p: os.stat(p).st_mtime_ns)[: len(paths) // 2]:
                with suppress(OSError):
                    os.unlink(path)

    def save(self) -> None:
        """Write what is new.  A cache that cannot be written is no error; runs side by side lose at most each other's news."""
        if not self._new:
            return
        path = self._place()
        known = {**_read(path), **self._new}
        rows = [f"{digest} {until}".rstrip() for digest, until in list(known.items())[-_MOST:]]
        keep_file(path, ("\n".join(rows) + "\n").encode("ascii"))
        self._known, self._new = None, {}


def _read(path: Path) -> dict[str, str]:
    try:
        text = path.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        return {}
    rows = (line.split(" ") for line in text.splitlines())
    return {row[0]: row[1] if len(row) > 1 else "" for row in rows if len(row[0]) == 32}
