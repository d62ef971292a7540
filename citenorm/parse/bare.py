"""A string that is one identifier and nothing else → its Claim: "1706.04599", "doi:10.5555/7", "PMID: 30638909", an address."""

from __future__ import annotations

import re
from typing import Any

from ..late import late
from ..model import Claim
from ..normalize.identifiers import clean_arxiv, clean_doi

_ARXIV = late(
    r"(?:arxiv\s*:?\s*)?(\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}|[a-z-]{2,9}(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?(?:\s*\[[\w.-]+\])?", re.I
)  # fmt: skip
_DOI = late(r"(?:doi\s*:?\s*)?10\.\d{4,9}/\S+", re.I)
_PMID = late(r"(?:PubMed\s*)?PMID\s*:?\s*(\d{4,9})", re.I)
_PMCID = late(r"(?:PMCID\s*:?\s*)?(PMC\d{4,9})", re.I)
_URL = late(r"<?(https?://[^\s<>]+)>?", re.I)
_SURE = 0.99
_PIECES = 4
"""Blanks part an identifier from what stands around it into no more: "PubMed PMID : 30638909"."""


def bare_claim(text: str) -> Claim | None:
    """The claim of a string that is an identifier; None for any other, however it begins."""
    bare = text.strip().rstrip(".,;")
    if len(bare) > 300 or len(bare.split(None, _PIECES)) > _PIECES:
        return None
    if not any(map(str.isdigit, bare)) and "/" not in bare:
        return None
    read = _read(bare)
    if read is None:
        return None
    csl, label = read
    start = text.index(bare)
    field = label if label in csl else "custom"
    return Claim(
        csl, raw=text, confidence=_SURE, field_confidence={field: _SURE}, spans=((start, start + len(bare), label),)
    )  # fmt: skip


def _read(bare: str) -> tuple[dict[str, Any], str] | None:
    if _ARXIV.fullmatch(bare) and (found := clean_arxiv(re.sub(r"\s*\[.*", "", bare))):
        version = {"arxiv-version": found[1]} if found[1] else {}
        return {"type": "article", "custom": {"arxiv": found[0], **version}}, "arXiv"
    if _DOI.fullmatch(bare) and (doi := clean_doi(bare)) and not doi.startswith("10.48550/"):
        return {"type": "document", "DOI": doi}, "DOI"
    for pattern, name in ((_PMID, "pmid"), (_PMCID, "pmcid")):
        if found_id := pattern.fullmatch(bare):
            return {"type": "article-journal", "custom": {name: found_id[1].upper()}}, "number"
    url = _URL.fullmatch(bare)
    if url and not re.search(r"doi\.org/|arxiv\.org/", url[1], re.I):
        return {"type": "webpage", "URL": url[1]}, "URL"
    return None
