"""An item made of the records of one version, and all records of the work → article or paper: decided here, for reports and ``.bib`` alike.

Catalogues put papers of a conference down as journal articles, and the number of a volume into the title of the proceedings.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ...model import Record, year_of
from ...normalize.preprint import is_preprint
from ...normalize.venues import VenueMatch, find_meeting, find_venue

_PAPER = "paper-conference"
OF_PROCEEDINGS = ("volume", "page", "publisher", "DOI", "URL")
"""What the paper's record has and the article's may lack."""


def as_paper(item: dict[str, Any], origin: dict[str, Record], records: Iterable[Record]) -> None:
    """An article in a conference's proceedings becomes the paper that another record of that venue and year says it is, with
    the volume of the proceedings where a record states it."""
    found = find_venue(str(item.get("container-title") or ""))
    if found is not None and found.venue.kind == "journal" and item.get("type") == _PAPER:
        item["type"] = "article-journal"  # "Proceedings of the IEEE"
    meeting = find_meeting(str(item.get("container-title") or ""))
    if meeting is None:
        return
    year = year_of(item)
    for record in records:
        theirs = _paper_of(record, year)
        if theirs is None or theirs.venue.id != meeting.venue.id:
            continue
        if item.get("type") == "article-journal":
            item["type"], origin["type"] = _PAPER, record
            for name in OF_PROCEEDINGS:
                if record.csl.get(name) and not item.get(name):
                    item[name], origin[name] = record.csl[name], record
        if theirs.volume is not None and not item.get("volume"):
            item["volume"], origin["volume"] = str(theirs.volume), record


def _paper_of(record: Record, year: int | None) -> VenueMatch | None:
    """The meeting of that year at which the record has its paper."""
    if record.type != _PAPER or record.year != year or is_preprint(record.csl):
        return None
    return find_meeting(str(record.csl.get("container-title") or ""))
