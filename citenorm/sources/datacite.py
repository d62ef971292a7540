"""DataCite: data sets, theses, reports and arXiv's own DOIs by DOI or title, and what its answers say (JSON:API → Records).

It is arXiv's other door: what arXiv cannot be asked for is asked here.  Trusted for what a repository deposits: title,
people, year; not for the pages and volumes that some of them put beside it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from ..catalogue.formats.people import named, person
from ..model import Answer, Claim
from .arxiv import claim_id
from .cache import Reply
from .http import Request
from .rate_limit import Pace
from .replies import answer_of, by_words, date_of, listed, mapping, page, text, title_words, unknown
from .service import Batch, Service, groups, only

NAME = "datacite"
TITLE = "DataCite"
ROWS = 5
AT_ONCE = 40
TITLES_AT_ONCE = 10
_DOI = re.compile(r"10\.\d{4,9}/[^\s\"\\,]+")
_ARXIV = re.compile(r"10\.48550/arxiv\.(.+)", re.I)
_TYPES = {
    "Dataset": "dataset", "Software": "software", "Dissertation": "thesis", "Report": "report", "Book": "book", "BookChapter": "chapter",
    "ConferencePaper": "paper-conference", "ConferenceProceeding": "book", "JournalArticle": "article-journal", "DataPaper": "article-journal",
    "Preprint": "article", "PeerReview": "review", "Standard": "standard",
}  # fmt: skip
_BIBTEX = {"phdthesis": "thesis", "article": "article-journal", "inproceedings": "paper-conference", "techreport": "report", "book": "book"}  # fmt: skip
_VERSIONS = (
    "IsVersionOf",
    "IsPreprintOf",
    "IsPreviousVersionOf",
    "IsIdenticalTo",
    "IsVariantFormOf",
)


# ------------------------------------------------------------------ what to ask
def by_identifier(claim: Claim, base: str) -> list[Request]:
    """By any DOI that is not arXiv's: which agency's it is cannot be told from it."""
    return (
        [by_doi([claim.doi], base)]
        if _DOI.fullmatch(claim.doi) and not _ARXIV.match(claim.doi)
        else []
    )


def by_title(claim: Claim, base: str) -> list[Request]:
    """By the words of its title."""
    words = title_words(claim)
    return [_by_words([_query(words)], base)] if words else []


def instead(claim: Claim, base: str) -> list[Request]:
    """What arXiv could not be asked for: the DOI of its number, else the title among arXiv's own."""
    if ident := claim_id(claim):
        return [by_doi([f"10.48550/arxiv.{ident}".lower()], base)]
    words = title_words(claim)
    return [_by_words([f"{_query(words)} AND prefix:10.48550"], base)] if words else []


def suits(claim: Claim) -> float:
    if not title_words(claim):
        return 0.0
    return {"dataset": 0.9, "thesis": 0.4, "report": 0.3}.get(str(claim.csl.get("type")), 0.0)


def by_doi(dois: Sequence[str], base: str) -> Request:
    """``query=doi:("…" OR "…")``."""
    joined = " OR ".join(f'"{doi}"' for doi in dois)
    return replace(_request(base, f"doi:({joined})", len(dois)), about=only("doi", dois))


def batches(singles: Iterable[Request]) -> list[Batch]:
    """Lookups of DOIs joined, searches joined."""
    dois: dict[str, Request] = {}
    queries: dict[str, Request] = {}
    base = ""
    for request in singles:
        base = request.url.removesuffix("/dois")
        query = dict(request.params).get("query", "")
        one = re.fullmatch(r'doi:\("([^"]+)"\)', query)
        if one:
            dois[one[1]] = request
        elif query.startswith("titles.title:"):
            queries[query] = request
    return [
        Batch(by_doi(group, base), {doi: dois[doi] for doi in group}, partial(_split, group))
        for group in groups(sorted(dois), AT_ONCE)
    ] + [
        Batch(_by_words(group, base), {q: queries[q] for q in group}, partial(_split_titles, group))
        for group in groups(list(queries), TITLES_AT_ONCE)
    ]


def _query(words: Sequence[str]) -> str:
    return f"titles.title:({' AND '.join(words)})"


def _by_words(queries: Sequence[str], base: str) -> Request:
    joined = queries[0] if len(queries) == 1 else " OR ".join(f"({one})" for one in queries)
    return _request(base, joined, ROWS * len(queries))


def _request(base: str, query: str, rows: int) -> Request:
    return Request(NAME, f"{base}/dois", (("query", query), ("page[size]", str(rows))))


# ------------------------------------------------------------------ what it says
def read(reply: Reply) -> Answer:
    """The works in a reply, a list or one; ``unknown`` for what is not about DOIs."""
    items = _items(reply)
    return items if isinstance(items, Answer) else answer_of(NAME, items, reply.day, _csl)


def _items(reply: Reply) -> list[Any] | Answer:
    found = page(NAME, TITLE, reply)
    if found.answer is not None:
        return found.answer
    held = mapping(found.value)
    data = held.get("data")
    if not isinstance(data, (list, Mapping)) or "errors" in held:
        return unknown(NAME, f"{TITLE}'s answer is not about DOIs")
    items = listed(data)
    if any(mapping(item).get("type") not in (None, "dois") for item in items):
        return unknown(NAME, f"{TITLE}'s answer is not about DOIs")
    total = mapping(held.get("meta")).get("total")
    if not items and isinstance(total, int) and total:
        return unknown(NAME, f"{TITLE}'s answer is empty, with {total} hits stated")
    return items


def _csl(item: Mapping[str, Any]) -> dict[str, Any] | None:
    said = mapping(item.get("attributes"))
    doi = text(said.get("doi") or item.get("id")).lower()
    if not _DOI.fullmatch(doi):
        return None
    types = mapping(said.get("types"))
    titles = [one for one in map(mapping, listed(said.get("titles"))) if text(one.get("title"))]
    main = next((t for t in titles if not t.get("titleType")), titles[0] if titles else {})
    csl: dict[str, Any] = {
        "id": f"{NAME}:{doi}",
        "type": _TYPES.get(text(types.get("resourceTypeGeneral")))
        or _BIBTEX.get(text(types.get("bibtex")), "document"),
        "title": text(main.get("title")),
        "author": _people(said.get("creators")),
        "publisher": text(mapping(said.get("publisher")).get("name") or said.get("publisher")),
        "issued": date_of(_day(said, "Issued"), said.get("publicationYear")),
        "version": text(said.get("version")),
    }
    container = mapping(said.get("container"))
    if csl["type"] in ("article-journal", "paper-conference", "chapter"):
        csl["container-title"] = text(container.get("title"))
    custom: dict[str, Any] = {}
    arxiv = _ARXIV.fullmatch(doi)
    if arxiv:
        csl |= {"type": "article", "publisher": "arXiv", "URL": f"https://arxiv.org/abs/{arxiv[1]}"}
        csl["issued"] = date_of(_day(said, "Submitted"), _day(said, "Issued"), said.get("publicationYear"))  # fmt: skip
        csl.pop("version")
        custom["arxiv"] = arxiv[1]
    else:
        csl["DOI"] = doi
    if others := _others(said, doi):
        custom["version-of"] = others[0]
    csl["custom"] = custom
    return csl


def _people(creators: Any) -> list[dict[str, str]]:
    """Creators as CSL names; organisations as literals."""
    found = []
    for one in map(mapping, listed(creators)):
        name = text(one.get("name"))
        if one.get("nameType") == "Organizational":
            found.append({"literal": name} if name else None)
        elif one.get("familyName"):
            found.append(named(text(one.get("familyName")), text(one.get("givenName"))))
        else:
            found.append(person(name))
    return [one for one in found if one]


def _day(said: Mapping[str, Any], kind: str) -> str:
    """The date of a kind ("Issued")."""
    dates = [mapping(one) for one in listed(said.get("dates"))]
    return next((text(one.get("date")) for one in dates if one.get("dateType") == kind), "")


def _others(said: Mapping[str, Any], doi: str) -> list[str]:
    """DOIs of other versions that are named."""
    named_there = [
        text(one.get("relatedIdentifier")).lower().removeprefix("https://doi.org/")
        for one in map(mapping, listed(said.get("relatedIdentifiers")))
        if one.get("relationType") in _VERSIONS and one.get("relatedIdentifierType") == "DOI"
    ]
    return [one for one in named_there if one != doi and _DOI.fullmatch(one)]


def _split(dois: Sequence[str], reply: Reply) -> dict[str, Reply]:
    """A list of DOIs → the reply that each alone would have had; what a whole list lacks is not there."""
    items = _items(reply)
    if isinstance(items, Answer):
        return {}
    held = {text(mapping(item).get("id")).lower(): item for item in items}
    return {doi: _part([held[doi]] if doi in held else [], reply) for doi in dois}


def _split_titles(queries: Sequence[str], reply: Reply) -> dict[str, Reply]:
    items = _items(reply)
    if isinstance(items, Answer):
        return {}
    asked = {query: query.partition("(")[2].partition(")")[0].split(" AND ") for query in queries}
    found = by_words(
        asked, items, lambda item: str(mapping(mapping(item).get("attributes")).get("titles"))
    )
    total = mapping(mapping(json.loads(reply.body)).get("meta")).get("total")
    whole = isinstance(total, int) and total <= len(items)
    return {q: _part(found.get(q, []), reply) for q in queries if q in found or whole}


def _part(items: Sequence[Any], reply: Reply) -> Reply:
    return replace(reply, body=json.dumps({"data": list(items)}).encode())


DATACITE = Service(
    name=NAME,
    title=TITLE,
    base="https://api.datacite.org",
    variable="CITENORM_DATACITE_URL",
    # Five hundred requests in five minutes for a stranger, a thousand for one who gives an address.
    pace=Pace(interval=0.6, connections=1),
    by_identifier=by_identifier,
    by_title=by_title,
    instead=instead,
    instead_of="arxiv",
    read=read,
    suits=suits,
    batches=batches,
    joins=TITLES_AT_ONCE,
)
