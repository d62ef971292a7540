"""Crossref's requests as habanero writes them: a DOI or words in, the request out, not sent.

habanero 2.9 sends with bare calls of its own: no cache, retry, pace or limit could hold for them, and the headers
with the rate are lost.  So it does here what it knows best, names and checks of Crossref's parameters, and the
request goes out under the project's own policy.  Importing this module imports habanero.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any
from urllib.parse import quote

import habanero
from habanero.request_class import Request as HabaneroRequest

from .http import Request

NAME = "crossref"
SELECT = (
    "DOI", "type", "title", "subtitle", "author", "editor", "container-title", "volume", "issue", "page", "article-number",
    "issued", "published", "published-print", "published-online", "posted", "publisher", "publisher-location", "ISBN", "ISSN",
    "event", "relation", "update-to", "updated-by", "URL", "group-title", "degree",
)  # fmt: skip
"""Fields asked for in lists of works: everything a reference needs, not the lists of references and licences."""


class _Written(HabaneroRequest):  # type: ignore[misc]
    """habanero's own request, checked and written down in place of being sent."""

    payload: dict[str, Any]

    def _req(self, payload: dict[str, Any], should_warn: bool) -> None:
        self.payload = dict(payload)

    def written(self) -> Request:
        self.do_request()
        params = tuple((str(k), str(v)) for k, v in self.payload.items())
        return Request(NAME, self._url(), params)


@lru_cache(maxsize=4)
def _crossref(base: str) -> Any:
    return habanero.Crossref(base_url=base)


def _written(base: str, path: str, **options: Any) -> Request:
    client = _crossref(base)
    request = _Written(
        client.mailto,
        client.ua_string,
        client.timeout,
        client.base_url + "/works/",
        path,
        **options,
    )
    return request.written()


def by_doi(doi: str, base: str) -> Request:
    """``/works/DOI``."""
    return replace(_written(base, quote(doi, safe="")), about=("doi", doi))


LISTS = "lists"
"""Lists of works have a rate of their own, below that of single ones."""


def by_dois(dois: Sequence[str], base: str) -> Request:
    """``/works?filter=doi:A,doi:B``: up to a hundred works in one request."""
    made = _written(base, "", filter={"doi": list(dois)}, limit=len(dois), select=list(SELECT))
    return replace(made, lane=LISTS)


def by_words(words: str, base: str, rows: int) -> Request:
    """``/works?query.bibliographic=words``."""
    made = _written(base, "", query_bibliographic=words, limit=rows, select=list(SELECT))
    return replace(made, lane=LISTS)
