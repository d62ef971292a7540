"""doi.org: a DOI that neither Crossref nor DataCite knows, by content negotiation with whichever agency it belongs to (CSL-JSON → Records).

It is asked last: one DOI a request, and the limits are those of the agency that it leads to.
"""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import quote

from ..model import Answer, Claim, Record
from .cache import Reply
from .http import Request
from .rate_limit import Pace
from .replies import date_of, listed, mapping, text, unknown
from .service import Service

NAME = "doi"
TITLE = "doi.org"
CSL_JSON = "application/vnd.citationstyles.csl+json"
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_TAKEN = ("container-title", "collection-title", "publisher", "publisher-place", "volume", "issue", "page", "edition", "ISSN", "version", "genre")  # fmt: skip
_NAME = ("family", "given", "suffix", "non-dropping-particle", "dropping-particle")
_TYPES = {
    "journal-article": "article-journal", "proceedings-article": "paper-conference", "book-chapter": "chapter", "monograph": "book",
    "posted-content": "article", "dissertation": "thesis",
}  # fmt: skip


# ------------------------------------------------------------------ what to ask
def by_identifier(claim: Claim, base: str) -> list[Request]:
    """``/DOI`` with ``Accept: application/vnd.citationstyles.csl+json``."""
    if not _DOI.fullmatch(claim.doi):
        return []
    about = ("doi", claim.doi)
    return [Request(NAME, f"{base}/{quote(claim.doi, safe='/')}", accept=CSL_JSON, about=about)]


def suits(claim: Claim) -> float:
    return 0.0


# ------------------------------------------------------------------ what it says
def read(reply: Reply) -> Answer:
    """The work in a reply: a page of HTML with status 404 is ``none``; every other page, list or text is ``unknown``."""
    if reply.status == 404:
        return Answer(NAME, "none")
    if reply.status != 200:
        return unknown(NAME, f"{TITLE} answered {reply.status}")
    try:
        item = json.loads(reply.body)
    except (ValueError, RecursionError):
        said = "not JSON" if reply.body.strip() else "empty"
        return unknown(NAME, f"{TITLE}'s answer is {said}")
    doi = text(mapping(item).get("DOI")).lower()
    if not _DOI.fullmatch(doi) or not text(_first(mapping(item).get("title"))):
        return unknown(NAME, f"{TITLE}'s answer is not about a work")
    csl = _csl(mapping(item), doi)
    return Answer(NAME, "found", (Record(csl["id"], csl, NAME, reply.day or None),))


def _csl(item: Any, doi: str) -> dict[str, Any]:
    kind = text(item.get("type")) or "document"
    csl: dict[str, Any] = {
        "id": f"{NAME}:{doi}",
        "type": _TYPES.get(kind, kind),
        "title": text(_first(item.get("title"))),
    }
    for role in ("author", "editor"):
        csl[role] = [found for one in listed(item.get(role)) if (found := _name(mapping(one)))]
    for name in _TAKEN:
        csl[name] = text(_first(item.get(name)))
    csl["issued"] = _issued(item.get("issued"))
    csl["DOI"] = doi
    if arxiv := re.fullmatch(r"10\.48550/arxiv\.(.+)", doi):
        del csl["DOI"]
        csl |= {"type": "article", "publisher": "arXiv", "custom": {"arxiv": arxiv[1]}}
    return {key: value for key, value in csl.items() if value}


def _name(said: Any) -> dict[str, str]:
    """The parts of a name that CSL knows; a group is called ``literal`` by one agency and ``name`` by another."""
    name = {part: text(said.get(part)) for part in _NAME}
    if not name["family"]:
        name = {"literal": text(said.get("literal")) or text(said.get("name")) or name["given"]}
    return {part: value for part, value in name.items() if value}


def _issued(value: Any) -> dict[str, Any] | None:
    parts = listed(_first(mapping(value).get("date-parts")))
    numbers = [part for part in map(text, parts) if part.isdecimal()]
    return date_of("-".join(map(str, numbers)) if numbers else text(mapping(value).get("raw")))


def _first(value: Any) -> Any:
    return value[0] if isinstance(value, list) and value else value


DOI = Service(
    name=NAME,
    title=TITLE,
    base="https://doi.org",
    variable="CITENORM_DOI_URL",
    pace=Pace(interval=0.5, connections=1),
    by_identifier=by_identifier,
    read=read,
    suits=suits,
    late=True,
    extra=True,
)
