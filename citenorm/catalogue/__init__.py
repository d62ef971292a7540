"""The local catalogue: records of bibliographic dumps in one directory, found by identifier, title or words."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .changes import Report, add, build, remove
    from .memory import MemoryCatalogue
    from .progress import Progress
    from .search import Catalogue
    from .soundness import inspect, verify

_HOME = {
    "Catalogue": "search", "MemoryCatalogue": "memory", "Progress": "progress", "Report": "changes",
    "add": "changes", "build": "changes", "remove": "changes", "inspect": "soundness", "verify": "soundness",
}  # fmt: skip

__all__ = [
    "Catalogue",
    "MemoryCatalogue",
    "Progress",
    "Report",
    "add",
    "build",
    "inspect",
    "remove",
    "verify",
]


def __getattr__(name: str) -> Any:
    home = _HOME.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{home}", __name__), name)
