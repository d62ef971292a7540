"""A CSL item in, whether it is a preprint out: an upload or a working paper, not yet (or never) published elsewhere.

The servers and series stand in ``venues.toml`` under ``[preprint]``; what a container says in other words is told by
``_SAYS``.  Whoever asks, asks here: for records, for claims and for what is printed.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from ..late import late
from ..model import Csl, custom_of

_SAYS = re.compile(
    r"\b(?:arxiv|corr|openreview|ssrn|nber|[a-z]{2,7}rxiv|e-?prints?|preprints?|working[- ]papers?|discussion[- ]papers?)\b",
    re.I,
)
"""Words by which a container says that it holds uploads and working papers."""
_WORKING_PAPER = late(r"\b(?:working|discussion)[- ]papers?\b|\bpreprint\b|\bnber\b", re.I)
_SERVERS = (
    "10.48550/", "10.3386/", "10.2139/ssrn.", "10.1101/", "10.64898/", "10.31234/", "10.31219/", "10.21203/rs.", "10.20944/preprints", "10.26434/chemrxiv",
    "10.36227/techrxiv", "10.31235/", "10.31222/", "10.7287/peerj.preprints",
)  # fmt: skip
"""arXiv, NBER, SSRN, bioRxiv and medRxiv, PsyArXiv, OSF, Research Square, Preprints.org, ChemRxiv, TechRxiv, SocArXiv, MetaArXiv, PeerJ Preprints."""
_WHOLE = frozenset(("book", "thesis", "chapter", "dataset", "software"))
"""Kinds of which no server makes a preprint."""


def is_preprint(csl: Csl) -> bool:
    """True for CSL's ``article`` outside journals, for what stands in a server of preprints, and for reports of a series of working papers."""
    kind = csl.get("type")
    if kind in _WHOLE:
        return False
    publisher = csl.get("publisher")
    if kind == "article" or (publisher and _text(publisher).lower() == "arxiv"):
        return True
    container = _text(csl.get("container-title"))
    if container:
        return names_server(container)
    if kind not in ("report", "manuscript"):
        return False
    series = " ".join(_text(csl.get(key)) for key in ("genre", "collection-title"))
    return bool(_WORKING_PAPER.search(series))


def placed(csl: Csl) -> bool:
    """It says on which pages of which volume it stands, though not of what: an arXiv number beside that does not make it the upload."""
    return bool(csl.get("page")) and _text(csl.get("volume")).isdigit()


def claims_preprint(csl: Csl) -> bool:
    """The same of what a reference says, where an arXiv number without any venue names the upload too; not beside the pages of a paper or of a volume."""
    if is_preprint(csl):
        return True
    paged = placed(csl) or (csl.get("type") == "paper-conference" and bool(csl.get("page")))
    custom = custom_of(csl)
    venue = _text(csl.get("container-title")) or custom.get("unreadable-container-title")
    return bool(custom.get("arxiv")) and not venue and not paged


@lru_cache(maxsize=65536)
def names_server(container: str) -> bool:
    """Whether a container is a server of preprints or a series of working papers."""
    if not container:
        return False
    from .venues import find_venue  # a table of its own: only where a container is asked about

    found = find_venue(container)
    if found is not None:
        return found.venue.kind == "preprint"
    return bool(_SAYS.search(container))


def of_server(doi: str) -> bool:
    """A DOI that a server of preprints or a series of working papers gave out: that of an upload, not of what it became."""
    return doi.lower().startswith(_SERVERS)


def _text(value: Any) -> str:
    if type(value) is str:
        return value
    if isinstance(value, (list, tuple)) and value:
        value = value[0]
    return value if isinstance(value, str) else ""
