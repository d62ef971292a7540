"""OpenAlex: titles by tens in one search, and what its answers say (JSON → Records).

A stranger has some ten searches a day there, the user's key (a parameter, kept nowhere) a hundred times that; a service
that says no is left alone for the run.  Trusted for identifiers and for the place of publication; its dates and pages
are what it gathered from others, so that Crossref is asked about every DOI that it finds.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from ..model import Answer, Claim
from .cache import Reply
from .http import Request
from .rate_limit import Pace
from .replies import answer_of, by_words, mapping, page, title_words, unknown
from .service import Batch, Service, groups

NAME = "openalex"
TITLE = "OpenAlex"
ROWS = 5
TITLES_AT_ONCE = 10
FIELDS = (
    "id,doi,title,display_name,type,publication_year,publication_date,ids,primary_location,locations,biblio,authorships,"
    "is_retracted,is_paratext"
)
_NO_WORKS = frozenset(("paratext", "grant", "supplementary-materials", "libguides"))
_QUERY = "title.search:"


# ------------------------------------------------------------------ what to ask
def by_title(claim: Claim, base: str) -> list[Request]:
    """By the words of its title."""
    words = title_words(claim)
    return [_search([_query(words)], base)] if words else []


def suits(claim: Claim) -> float:
    return 0.7 if title_words(claim) else 0.0


def batches(singles: Iterable[Request]) -> list[Batch]:
    """Searches joined by OR."""
    queries: dict[str, Request] = {}
    base = ""
    for request in singles:
        query = dict(request.params).get("filter", "").removeprefix(_QUERY)
        if query and " OR " not in query:
            queries[query], base = request, request.url.removesuffix("/works")
    return [
        Batch(_search(group, base), {q: queries[q] for q in group}, partial(_split, group))
        for group in groups(list(queries), TITLES_AT_ONCE)
    ]


def _query(words: Sequence[str]) -> str:
    return f"({' AND '.join(words)})"


def _search(queries: Sequence[str], base: str) -> Request:
    params = (
        ("filter", _QUERY + " OR ".join(queries)),
        ("per_page", str(ROWS * len(queries))),
        ("select", FIELDS),
    )
    return Request(NAME, f"{base}/works", params)


# ------------------------------------------------------------------ what it says
def read(reply: Reply) -> Answer:
    """The works in a reply: a list, or one."""
    items = _items(reply)
    return items if isinstance(items, Answer) else answer_of(NAME, items, reply.day, _csl)


def _items(reply: Reply) -> list[Any] | Answer:
    found = page(NAME, TITLE, reply)
    if found.answer is not None:
        return found.answer
    held = mapping(found.value)
    if _is_work(held):
        return [held]
    items = found.value if isinstance(found.value, list) else held.get("results")
    if not isinstance(items, list) or not all(_is_work(item) for item in items):
        return unknown(NAME, f"{TITLE}'s answer is not about works")
    count = mapping(held.get("meta")).get("count")
    if not items and isinstance(count, int) and count:
        return unknown(NAME, f"{TITLE}'s answer is empty, with {count} hits stated")
    return items


def _is_work(item: Any) -> bool:
    return bool(re.fullmatch(r"https://openalex\.org/W\d+", str(mapping(item).get("id"))))


def _csl(item: Mapping[str, Any]) -> dict[str, Any] | None:
    from ..catalogue.formats.openalex import record_from_item

    if item.get("is_paratext") or str(item.get("type")) in _NO_WORKS:
        return None
    return record_from_item(item)


def _split(queries: Sequence[str], reply: Reply) -> dict[str, Reply]:
    """A list of hits → the list of each search; where all hits were shown, one without any has none."""
    items = _items(reply)
    if isinstance(items, Answer):
        return {}
    asked = {query: query.strip("()").split(" AND ") for query in queries}
    found = by_words(asked, items, lambda item: str(item.get("title") or item.get("display_name")))
    count = mapping(mapping(json.loads(reply.body)).get("meta")).get("count")
    whole = isinstance(count, int) and count <= len(items)
    return {
        q: replace(reply, body=json.dumps({"results": found.get(q, [])}).encode())
        for q in queries
        if q in found or whole
    }


OPENALEX = Service(
    name=NAME,
    title=TITLE,
    base="https://api.openalex.org",
    variable="CITENORM_OPENALEX_URL",
    pace=Pace(interval=0.2, connections=1),
    key="param:api_key",
    by_title=by_title,
    read=read,
    suits=suits,
    batches=batches,
    extra=True,
    joins=TITLES_AT_ONCE,
)
