"""Semantic Scholar: where papers were published, by a list of their identifiers in one POST, and what its answers say.

All strangers share one pool there, so that it is asked once or twice a document and may say no at any time; a user's own
key (a header, kept nowhere) makes that rarer.  Trusted for which venue a paper went to and for its identifiers;
its year is often the preprint's (the key of DBLP tells the right one), its names are shortened.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from ..catalogue.formats.people import person
from ..model import Answer, Claim, Record, custom_of
from ..normalize.preprint import is_preprint
from .arxiv import claim_id
from .cache import Reply
from .http import Request
from .rate_limit import Pace
from .replies import answer_of, date_of, listed, mapping, page, pages_of, text, unknown
from .service import Batch, Service, groups

NAME = "semanticscholar"
TITLE = "Semantic Scholar"
AT_ONCE = 100
FIELDS = (
    "externalIds,title,authors,venue,publicationVenue,year,publicationDate,publicationTypes,journal"
)
_OF_JOURNALS = {"JournalArticle", "Review", "CaseReport", "ClinicalTrial", "LettersAndComments"}
_CORR = re.compile(r"(?:arxiv(?:\.org|\s+preprint.*)?|corr)", re.I)


# ------------------------------------------------------------------ what to ask
def by_identifier(claim: Claim, base: str) -> list[Request]:
    """By arXiv, ACL and PubMed numbers; DOIs are Crossref's."""
    custom = custom_of(claim.csl)
    stated = (("ARXIV", claim_id(claim)), ("ACL", custom.get("acl")), ("PMID", custom.get("pmid")))
    return [by_ids([f"{kind}:{value}"], base) for kind, value in stated if value]


def versions(record: Record, base: str) -> list[Request]:
    """Where a preprint of arXiv went."""
    if record.source == NAME or not record.arxiv or not is_preprint(record.csl):
        return []
    return [by_ids([f"ARXIV:{re.sub(r'v[0-9]+$', '', record.arxiv)}"], base)]


def by_ids(ids: Sequence[str], base: str) -> Request:
    """``POST /graph/v1/paper/batch`` with a list of identifiers (``ARXIV:…``, ``ACL:…``, ``PMID:…``)."""
    kind, _, value = ids[0].partition(":")
    return Request(
        NAME,
        f"{base}/graph/v1/paper/batch",
        (("fields", FIELDS),),
        method="POST",
        body=json.dumps({"ids": list(ids)}).encode(),
        headers=(("Content-Type", "application/json"),),
        about=(kind.lower(), value) if len(ids) == 1 else None,
    )


def batches(singles: Iterable[Request]) -> list[Batch]:
    """All lists joined to lists of a hundred."""
    parts: dict[str, Request] = {}
    base = ""
    for request in singles:
        ids = json.loads(request.body)["ids"]
        if len(ids) == 1:
            parts[ids[0]], base = request, request.url.removesuffix("/graph/v1/paper/batch")
    return [
        Batch(by_ids(group, base), {i: parts[i] for i in group}, partial(_split, group))
        for group in groups(sorted(parts), AT_ONCE)
    ]


def suits(claim: Claim) -> float:
    """Not asked by title: that is one request a title, out of a pool that all strangers share."""
    return 0.0


# ------------------------------------------------------------------ what it says
def read(reply: Reply) -> Answer:
    """The papers in a reply: a list, a search's ``data``, or one paper."""
    items = _items(reply)
    return items if isinstance(items, Answer) else answer_of(NAME, items, reply.day, _csl)


def _items(reply: Reply) -> list[Any] | Answer:
    found = page(NAME, TITLE, reply)
    if found.answer is not None:
        return found.answer
    value = found.value
    if isinstance(value, Mapping) and isinstance(value.get("data"), list):
        value = value["data"]
    elif isinstance(value, Mapping) and "paperId" in value:
        value = [value]
    if not isinstance(value, list):
        return unknown(NAME, f"{TITLE}'s answer is not about papers")
    if not all(one is None or "paperId" in mapping(one) for one in value):
        return unknown(NAME, f"{TITLE}'s answer is not about papers")
    return value


def _csl(item: Mapping[str, Any]) -> dict[str, Any] | None:
    ids = mapping(item.get("externalIds"))
    venue, journal = mapping(item.get("publicationVenue")), mapping(item.get("journal"))
    name = text(venue.get("name")) or text(item.get("venue")) or text(journal.get("name"))
    doi, arxiv, dblp = (text(ids.get(kind)) for kind in ("DOI", "ArXiv", "DBLP"))
    preprint = bool(_CORR.fullmatch(name)) or (bool(arxiv) and not name)
    csl: dict[str, Any] = {
        "id": f"{NAME}:{text(item.get('paperId'))}",
        "type": "article" if preprint else _type(item, venue, dblp),
        "title": text(item.get("title")),
        "author": [
            found
            for one in map(mapping, listed(item.get("authors")))
            if (found := person(text(one.get("name"))))
        ],
        "issued": date_of(_year_of_key(dblp) or item.get("year")),
    }
    if not preprint and not _year_of_key(dblp) and _year_of_upload(arxiv) == text(item.get("year")):
        del csl["issued"]  # of the preprint, as like as not
    if preprint:
        csl["publisher"] = "arXiv"
    else:
        csl["container-title"] = name
        csl["page"] = pages_of(journal.get("pages"))
        if csl["type"] == "article-journal":
            # "29 5" is an issue of a volume.
            csl["volume"], _, csl["issue"] = text(journal.get("volume")).partition(" ")
    if doi and not doi.lower().startswith("10.48550/"):
        csl["DOI"] = doi.lower()
    custom = {"arxiv": arxiv, "acl": text(ids.get("ACL")), "pmid": text(ids.get("PubMed"))}
    custom["dblp"] = "" if dblp.startswith("journals/corr") else dblp
    csl["custom"] = {key: value for key, value in custom.items() if value}
    return csl if csl["title"] else None


def _type(item: Mapping[str, Any], venue: Mapping[str, Any], dblp: str) -> str:
    kinds = {text(one) for one in listed(item.get("publicationTypes"))}
    if venue.get("type") == "conference" or dblp.startswith("conf/"):
        return "paper-conference"
    if venue.get("type") == "journal" or dblp.startswith("journals/") or kinds & _OF_JOURNALS:
        return "article-journal"
    if "Conference" in kinds:
        return "paper-conference"
    return "book" if "Book" in kinds else "document"


def _year_of_key(dblp: str) -> str:
    """The year of publication in a key of DBLP ("conf/nips/VaswaniSPUJGKP17"), "" for a key without, or of CoRR."""
    found = re.search(r"[A-Za-z](\d\d)[a-z]{0,2}$", dblp)
    if not found or dblp.startswith("journals/corr"):
        return ""
    return ("19" if int(found[1]) > 50 else "20") + found[1]


def _year_of_upload(arxiv: str) -> str:
    """The year in a number of arXiv ("2304.05376", "cs/0112017"), "" for none."""
    found = re.match(r"(?:[a-z-]+(?:\.[A-Z]{2})?/)?(\d\d)[01]\d", arxiv)
    return (("19" if int(found[1]) > 90 else "20") + found[1]) if found else ""


def _split(ids: Sequence[str], reply: Reply) -> dict[str, Reply]:
    """A list in the order of the identifiers, ``null`` for an unknown one → the reply that each alone would have had."""
    items = _items(reply)
    if isinstance(items, Answer) or len(items) != len(ids):
        return {}
    return {
        ident: replace(reply, body=json.dumps([item]).encode())
        for ident, item in zip(ids, items, strict=True)
    }


SEMANTICSCHOLAR = Service(
    name=NAME,
    title=TITLE,
    base="https://api.semanticscholar.org",
    variable="CITENORM_SEMANTICSCHOLAR_URL",
    # With a key one request a second; the pool of strangers has no figure that holds.
    pace=Pace(interval=1.1, connections=1),
    key="header:x-api-key",
    by_identifier=by_identifier,
    versions=versions,
    read=read,
    suits=suits,
    batches=batches,
    extra=True,
    knows_versions=True,
)
