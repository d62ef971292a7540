"""The Retraction Watch table (CSV) in, one record for each retracted work out, with the notice's DOI.

Corrections, expressions of concern and reinstatements are no retractions and are left out.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from .entry import Entry, Fault
from .markup import plain
from .people import person

NATURES = frozenset(("retraction",))
_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_MEETING = re.compile(r"conference abstract|conference paper", re.IGNORECASE)
_LONGEST = 1 << 20
"""So many letters may one cell have: notes are long."""


def read(stream: BinaryIO) -> Iterator[Entry | Fault]:
    """Entries of a table; the columns are found by their names."""
    csv.field_size_limit(_LONGEST)
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="replace", newline="")
    rows = csv.DictReader(text)
    number = 1
    try:
        for number, row in enumerate(rows, 2):
            if str(row.get("RetractionNature") or "").strip().lower() not in NATURES:
                continue
            item = record_from_row(row)
            if item is None:
                yield Fault(f"row {number}", "no title")
            else:
                yield Entry(item, changed=_day(row.get("RetractionDate")))
    except csv.Error as error:
        yield Fault(f"row {number + 1}", f"the rest cannot be read: {error}")
    finally:
        text.detach()


def record_from_row(row: Mapping[str, Any]) -> dict[str, Any] | None:
    """The CSL item of one row, None where it has no title."""

    def cell(name: str) -> str:
        return plain(str(row.get(name) or "")).strip()

    title = cell("Title")
    if not title:
        return None
    meeting = bool(_MEETING.search(cell("ArticleType")))
    item: dict[str, Any] = {
        "id": f"retraction-watch:{cell('Record ID') or title}",
        "type": "paper-conference" if meeting else "article-journal",
        "title": title,
    }
    if people := [found for name in cell("Author").split(";") if (found := person(name.strip()))]:
        item["author"] = people
    for field, name in (("container-title", "Journal"), ("publisher", "Publisher")):
        if value := cell(name):
            item[field] = value
    if date := _DATE.search(cell("OriginalPaperDate")):
        item["issued"] = {"date-parts": [[int(date[3])]]}
    if doi := _doi(cell("OriginalPaperDOI")):
        item["DOI"] = doi
    custom: dict[str, Any] = {"retracted": _doi(cell("RetractionDOI")) or True}
    if custom["retracted"] == item.get("DOI"):
        custom["retracted"] = True  # the publisher put the notice in the place of the work
    pmid = cell("OriginalPaperPubMedID")
    if pmid.isdigit() and pmid != "0":
        custom["pmid"] = pmid
    return item | {"custom": custom}


def _doi(text: str) -> str:
    """A DOI in lower case, "" for "unavailable" and the like."""
    found = text.lower().removeprefix("https://doi.org/")
    return found if found.startswith("10.") and "/" in found else ""


def _day(text: object) -> str:
    """Month/day/year as the table writes it → ISO 8601."""
    date = _DATE.search(str(text or ""))
    return f"{date[3]}-{int(date[1]):02d}-{int(date[2]):02d}" if date else ""
