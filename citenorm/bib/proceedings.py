"""A record that was chosen for an entry and the other records of its version → what these say between the lines.

Catalogues put papers of a conference down as journal articles, and the number of a volume into the title of the proceedings.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..model import Csl, Provenance, Record, year_of
from ..normalize.preprint import is_preprint
from ..normalize.venues import find_venue

_OF_PROCEEDINGS = ("volume", "page", "publisher", "DOI", "URL")
"""What the paper's record has and the article's may lack."""


def completed(
    emitted: Csl, provenance: Mapping[str, Provenance], records: Iterable[Record]
) -> tuple[dict[str, Any], dict[str, Provenance]]:
    """The item and its provenance, with the type of a conference's papers and the volume of its proceedings where a record states them."""
    item, origins = dict(emitted), dict(provenance)
    found = find_venue(str(item.get("container-title") or ""))
    if found is None or found.venue.kind != "conference" or found.part:
        return item, origins
    article = item.get("type") == "article-journal"
    for record in records:
        if (
            is_preprint(record.csl)
            or record.type != "paper-conference"
            or record.year != year_of(item)
        ):
            continue
        theirs = find_venue(str(record.csl.get("container-title") or ""))
        if theirs is None or theirs.venue.id != found.venue.id or theirs.part:
            continue
        if article:
            item["type"], origins["type"] = (
                "paper-conference",
                Provenance("corrected", record.source, record.id),
            )
            for name in _OF_PROCEEDINGS:
                if record.csl.get(name) and not item.get(name):
                    item[name], origins[name] = (
                        record.csl[name],
                        Provenance("filled", record.source, record.id),
                    )
        if theirs.volume is not None and not item.get("volume"):
            item["volume"], origins["volume"] = (
                str(theirs.volume),
                Provenance("filled", record.source, record.id),
            )
    return item, origins
