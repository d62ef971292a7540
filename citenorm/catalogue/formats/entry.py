"""What a format's reader gives: an entry with its CSL item, or a fault with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(slots=True)
class Entry:
    """One record of a source.

    ``line`` is its JSON line where the source has it in just this form; ``changed`` the day (ISO 8601) the source
    last touched it, "" if it does not say; ``link`` two keys of versions of one work where the entry is such a
    statement and no record (``csl`` is empty then).
    """

    csl: dict[str, Any]
    line: bytes | None = None
    changed: str = ""
    link: tuple[str, str] | None = None


@dataclass(slots=True)
class Fault:
    """An entry that cannot be used: where it stands and why."""

    where: str
    reason: str
