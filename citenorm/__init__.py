"""citenorm: takes the references people really write and gives back the ones they meant.

>>> import citenorm
>>> made = citenorm.fix("report.md")                        # a Bibliography: made.to_bibtex(), made.to_dicts()
>>> result = citenorm.resolve("Guo et al. On calibration of modern neural networks. 2017.")
>>> result.outcome, result.record.id                        # print(citenorm.explain(result)) says why
('matched', 'arxiv:1706.04599')
>>> citenorm.check("refs.bib")                              # findings: severity, message, place, edits
>>> citenorm.repair("refs.bib").text                        # the file with what was wrong put right
>>> citenorm.cite("report.md", bib="refs.bib").text         # [3] and (Guo et al., 2017) as [@key]

These ask the catalogues at hand; ``with citenorm.open_sources() as sources:`` and ``sources`` as the second argument ask
Crossref, arXiv and other services too.  Importing is cheap: every public name is loaded when it is first used.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .bibliography import Bibliography, to_dicts
    from .checking import check
    from .citing import Cited, cite
    from .emit import to_bibtex
    from .errors import CatalogueError, CitenormError, ConfigError, InputError, MissingExtraError
    from .explaining import explain
    from .find import find
    from .getting import get
    from .model import (
        Answer,
        Claim,
        Diagnostic,
        Document,
        Evidence,
        Name,
        Provenance,
        Record,
        Reference,
        Resolution,
        Work,
    )
    from .parse import parse, parse_many
    from .pipeline import fix, resolve, resolve_all
    from .read import read
    from .repairing import Repaired, repair
    from .sources import Sources, open_sources

__version__ = "0.1.0"

_HOME = {
    "read": "read", "find": "find", "parse": "parse", "parse_many": "parse", "explain": "explaining", "to_dicts": "bibliography",
    "get": "getting", "resolve": "pipeline", "resolve_all": "pipeline", "fix": "pipeline", "Bibliography": "bibliography",
    "check": "checking", "cite": "citing", "Cited": "citing", "repair": "repairing", "Repaired": "repairing",
    "to_bibtex": "emit", "open_sources": "sources", "Sources": "sources",
    "Document": "model", "Reference": "model", "Claim": "model", "Record": "model", "Work": "model",
    "Resolution": "model", "Diagnostic": "model", "Name": "model", "Evidence": "model", "Provenance": "model", "Answer": "model",
    "CitenormError": "errors", "InputError": "errors", "ConfigError": "errors", "CatalogueError": "errors",
    "MissingExtraError": "errors",
}  # fmt: skip

__all__ = [
    "Answer", "Bibliography", "CatalogueError", "Cited", "CitenormError", "Claim", "ConfigError", "Diagnostic", "Document",
    "Evidence", "InputError", "MissingExtraError", "Name", "Provenance", "Record", "Reference", "Repaired", "Resolution",
    "Sources", "Work", "__version__", "check", "cite", "explain", "find", "fix", "get", "open_sources", "parse", "parse_many", "read", "repair", "resolve", "resolve_all", "to_bibtex", "to_dicts",
]  # fmt: skip


class _Package(ModuleType):
    """``citenorm.find`` is the function, also after the room ``citenorm/find/`` has been imported."""

    def __setattr__(self, name: str, value: Any) -> None:
        if not (isinstance(value, ModuleType) and _HOME.get(name) == name):
            super().__setattr__(name, value)


def __getattr__(name: str) -> Any:
    home = _HOME.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f".{home}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)


sys.modules[__name__].__class__ = _Package
