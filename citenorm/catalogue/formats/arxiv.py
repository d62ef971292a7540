"""arXiv's metadata snapshot (JSON lines) in, CSL items of its e-prints out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from email.utils import parsedate
from typing import Any, BinaryIO

from .entry import Entry, Fault
from .jsonstream import objects
from .parquet import is_parquet, rows
from .people import named, person

_WITHDRAWN = re.compile(
    r"\b(?:paper|article|submission|manuscript|work|preprint|version)?\s*(?:has been|is|was) withdrawn\b|^withdrawn\b",
    re.IGNORECASE,
)
COLUMNS = ("id", "title", "authors", "authors_parsed", "versions", "categories", "doi", "journal-ref", "report-no", "comments", "update_date")  # fmt: skip
"""What is read of a Parquet file."""
_OLD_YEAR = re.compile(r"(?:/|^)(\d\d)(\d\d)\d*")


def read(stream: BinaryIO) -> Iterator[Entry | Fault]:
    """Entries of a snapshot, in JSON lines or Parquet."""
    for where, item in rows(stream, COLUMNS) if is_parquet(stream) else _lines(stream):
        if isinstance(item, ValueError):
            yield Fault(where, str(item))
        elif (
            not isinstance(item, dict)
            or not isinstance(item.get("id"), str)
            or not isinstance(item.get("title"), str)
        ):
            yield Fault(where, "no arXiv record: it has no id or title")
        else:
            yield Entry(record_from_item(item), changed=str(item.get("update_date") or "")[:10])


def _lines(stream: BinaryIO) -> Iterator[tuple[str, Any]]:
    return ((where, item) for where, item, _ in objects(stream))


def record_from_item(item: Mapping[str, Any]) -> dict[str, Any]:
    """The CSL item of one e-print: dated by its first version, LaTeX decoded, the published version named by its DOI."""
    from ...normalize.latex import to_unicode

    ident = str(item["id"]).strip()
    csl: dict[str, Any] = {
        "id": f"arxiv:{ident}",
        "type": "article",
        "title": to_unicode(" ".join(str(item.get("title") or "").split())),
    }
    people = _people(item)
    if people:
        csl["author"] = people
    csl["publisher"] = "arXiv"
    stated = item.get("versions")
    versions = (
        [one for one in stated if isinstance(one, Mapping)] if isinstance(stated, list) else []
    )
    date = _first_day(versions, ident)
    if date:
        csl["issued"] = {"date-parts": [date]}
    custom: dict[str, Any] = {"arxiv": ident}
    if versions and isinstance(versions[-1].get("version"), str):
        custom["arxiv-version"] = versions[-1]["version"]
    classes = str(item.get("categories") or "").split()
    if classes:
        custom["primary-class"] = classes[0]
    doi = str(item.get("doi") or "").split()
    if doi:
        custom["version-of"] = doi[0].lower()
    journal = item.get("journal-ref")
    if isinstance(journal, str) and journal.strip():
        custom["journal-ref"] = to_unicode(" ".join(journal.split()))
    report = item.get("report-no")
    if isinstance(report, str) and report.strip():
        csl["number"] = " ".join(report.split())
    if _WITHDRAWN.search(" ".join(str(item.get("comments") or "").split())):
        custom["retracted"] = True
    csl["custom"] = custom
    return csl


def _people(item: Mapping[str, Any]) -> list[dict[str, str]]:
    from ...normalize.latex import to_unicode

    parsed = item.get("authors_parsed")
    found = []
    if isinstance(parsed, list):
        for one in parsed:
            parts = [to_unicode(str(part)) for part in one[:3]] if isinstance(one, list) else []
            name = named(*parts) if parts else None
            if name:
                found.append(name)
    elif isinstance(item.get("authors"), str):
        printed = re.sub(r"\([^()]*\)", "", to_unicode(" ".join(item["authors"].split())))
        found = [
            name for one in re.split(r",\s*(?:and\s+)?|\s+and\s+", printed) if (name := person(one))
        ]
    return found


def _first_day(versions: list[Mapping[str, Any]], ident: str) -> list[int]:
    """Year, month and day of the first version; year and month of the identifier where it is not dated."""
    stamp = parsedate(str(versions[0].get("created"))) if versions else None
    if stamp:
        return list(stamp[:3])
    found = _OLD_YEAR.search(ident)
    if not found or not 1 <= int(found[2]) <= 12:
        return []
    year = int(found[1])
    return [(1900 if year >= 91 else 2000) + year, int(found[2])]
