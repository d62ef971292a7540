"""OpenAlex works (JSON lines of the snapshot, REST pages) in, CSL items out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from .entry import Entry, Fault
from .jsonstream import objects
from .markup import plain
from .people import person

_TYPES = {
    "article": "article-journal", "review": "article-journal", "letter": "article-journal", "editorial": "article-journal",
    "erratum": "article-journal", "retraction": "article-journal", "book": "book", "book-chapter": "chapter", "dissertation": "thesis",
    "preprint": "article", "report": "report", "dataset": "dataset", "software": "software", "standard": "standard",
    "reference-entry": "entry-encyclopedia", "peer-review": "review", "conference-paper": "paper-conference",
}  # fmt: skip
_NOT_WORKS = frozenset(("paratext", "grant", "supplementary-materials", "libguides"))
_ARXIV = re.compile(r"arxiv\.org/(?:abs|pdf)/([\w.\-]+(?:/\d{7})?)", re.IGNORECASE)
_NUMBERED = re.compile(r"\s*\(\d+\)$")


def read(stream: BinaryIO) -> Iterator[Entry | Fault]:
    """Entries of an OpenAlex file; front matter, grants and the like are left out."""
    for where, item, _ in objects(stream, ("results",)):
        if isinstance(item, ValueError):
            yield Fault(where, str(item))
        elif not isinstance(item, dict) or "openalex.org/W" not in str(item.get("id")):
            yield Fault(where, "no OpenAlex work: it has no id")
        elif not item.get("is_paratext") and str(item.get("type")) not in _NOT_WORKS:
            csl = record_from_item(item)
            if csl.get("title"):
                yield Entry(csl, changed=str(item.get("updated_date") or "")[:10])
            else:
                yield Fault(csl["id"], "no title")


def record_from_item(item: Mapping[str, Any]) -> dict[str, Any]:
    """The CSL item of one work: its primary location is its venue, its other places give identifiers."""
    ident = str(item["id"]).rpartition("/")[2]
    doi = str(item.get("doi") or "").lower().removeprefix("https://doi.org/")
    csl: dict[str, Any] = {
        "id": f"openalex:{ident}",
        "type": _TYPES.get(str(item.get("type")), "document"),
    }
    csl["title"] = plain(str(item.get("title") or item.get("display_name") or ""))
    people = [found for one in _maps(item.get("authorships")) if (found := _author(one))]
    if people:
        csl["author"] = people
    _venue(csl, item, _map(_map(item.get("primary_location")).get("source")))
    _place(csl, _map(item.get("biblio")))
    if parts := _date(item):
        csl["issued"] = {"date-parts": [parts]}
    custom: dict[str, Any] = {}
    if doi.startswith("10.48550/arxiv."):
        custom["arxiv"] = doi[15:]
    elif doi:
        csl["DOI"] = doi
    if pmid := _map(item.get("ids")).get("pmid"):
        custom["pmid"] = str(pmid).rpartition("/")[2]
    for location in _maps(item.get("locations")):
        address = _ARXIV.search(str(location.get("landing_page_url")))
        if address and "arxiv" not in custom:
            custom["arxiv"] = re.sub(r"v\d+$", "", address[1])
    if item.get("is_retracted"):
        custom["retracted"] = True
    if item.get("is_authors_truncated"):
        custom["others"] = True
    if custom:
        csl["custom"] = custom
    return csl


def _map(value: Any) -> Mapping[str, Any]:
    """An object of the dump; an empty one for anything else."""
    return value if isinstance(value, Mapping) else {}


def _place(csl: dict[str, Any], biblio: Mapping[str, Any]) -> None:
    for name in ("volume", "issue"):
        if biblio.get(name):
            csl[name] = str(biblio[name])
    pages = [str(page) for page in (biblio.get("first_page"), biblio.get("last_page")) if page]
    if pages:
        csl["page"] = "-".join(dict.fromkeys(pages))


def _date(item: Mapping[str, Any]) -> list[int]:
    """Year, month and day; the year alone where the first of January only stands for it."""
    stated = str(item.get("publication_date") or "").split("-")
    date = [int(part) for part in stated if part.isdecimal() and len(part) <= 4]
    year = item.get("publication_year")
    if not date:
        return [year] if isinstance(year, int) else []
    whole = date[1:] != [1, 1] or date[0] != year
    return date if whole else [year if isinstance(year, int) and year else date[0]]


def _venue(csl: dict[str, Any], item: Mapping[str, Any], source: Mapping[str, Any]) -> None:
    name, kind = plain(str(source.get("display_name") or "")), source.get("type")
    if kind == "repository" or csl["type"] == "article":
        if name:
            csl["publisher"] = "arXiv" if name.lower().startswith("arxiv") else name
    elif name:
        csl["container-title"] = name
    if kind == "conference" or item.get("type_crossref") == "proceedings-article":
        csl["type"] = "paper-conference"
    host = source.get("host_organization_name")
    if host and "publisher" not in csl:
        csl["publisher"] = plain(str(host))
    if source.get("issn_l"):
        csl["ISSN"] = str(source["issn_l"])


def _author(authorship: Mapping[str, Any]) -> dict[str, str] | None:
    """The name as printed on the work, else OpenAlex's name of the author; numbers behind it are left out."""
    author = authorship.get("author")
    shown = author.get("display_name") if isinstance(author, Mapping) else ""
    printed = str(authorship.get("raw_author_name") or shown or "")
    return person(_NUMBERED.sub("", plain(printed)))


def _maps(value: Any) -> list[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []
