"""The findings about a claim in, the fields of it that are known to be wrong out."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ...model import Evidence

_FIELDS = {
    "title": "title",
    "author": "author",
    "year": "issued",
    "venue": "container-title",
}


def wrong_fields(evidence: Iterable[Evidence], accusing: Iterable[tuple[str, str]]) -> set[str]:
    """CSL fields (``custom.arxiv`` for the arXiv number) that a finding of ``accusing``, pairs of field and level, names."""
    known = frozenset(accusing)
    out: set[str] = set()
    for e in evidence:
        field = e.field.removeprefix("work.")
        if field == e.field or (field, e.level) not in known:
            continue
        if field == "identifier":
            out.add("DOI" if re.search(r"(?<!\d)10\.\d", e.claim) else "custom.arxiv")
        else:
            out.add(_FIELDS[field])
    return out
