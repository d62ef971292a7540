"""A claim's fields and the addresses that its words link to in; the fields with the identifiers in those addresses out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..model import custom_of
from .identifiers import find_acl, find_arxiv, find_doi, find_openreview, find_pmid


def with_links(csl: Mapping[str, Any], links: Sequence[str]) -> Mapping[str, Any]:
    """``csl`` with the identifiers that its links hold, where it states none of that kind.

    Links that disagree (two DOIs, two arXiv numbers) tell nothing: one of them belongs to something else.  An address without
    an identifier becomes the URL where it is the only one and none is stated.
    """
    if not links:
        return csl
    out = dict(csl)
    custom = dict(custom_of(csl))
    doi = _only(find_doi(link) for link in links)
    arxiv = _only(((found := find_arxiv(link)) and found[0]) or "" for link in links)
    if doi and not out.get("DOI") and not doi.startswith("10.48550/arxiv."):
        out["DOI"] = doi
    if arxiv and not custom.get("arxiv"):
        custom["arxiv"] = arxiv
    for key, finder in (("acl", find_acl), ("openreview", find_openreview), ("pmid", find_pmid)):
        value = _only(finder(link) for link in links)
        if value and not custom.get(key):
            custom[key] = value
    if not out.get("URL") and not doi and not arxiv and len(set(links)) == 1:
        out["URL"] = links[0]
    if custom:
        out["custom"] = custom
    return out


def _only(values: Any) -> str:
    """The one value among several that are the same or empty, "" if they differ."""
    found = {value for value in values if value}
    return str(found.pop()) if len(found) == 1 else ""
