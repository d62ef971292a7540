"""A text that is nothing but one identifier or a link with one → the CSL fields that state it; anything else → None."""

from __future__ import annotations

import re
from typing import Any

from ..late import late
from ..model import Csl, custom_of
from .identifiers import (
    RESOLVER,
    clean_arxiv,
    find_acl,
    find_arxiv,
    find_dblp,
    find_doi,
    find_isbn,
    find_openreview,
    find_pmid,
)

ARXIV_DOI = "10.48550/arxiv."
_VERSION = late(r"v\d+$")
_LONGEST = 300
_DOI = late(
    rf"(?:(?:https?://)?(?:www[.-])?{RESOLVER}|(?:https?://)?doi\.acm\.org/)?(?:doi:\s*)?(?P<doi>10\.\d{{4,9}}/\S+)",
    re.I,
)
_ARXIV = late(
    r"(?:https?://)?(?:(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html)/|arxiv:\s*)?"
    r"((?:\d{4}\.\d{4,5}|[a-z][a-z-]*(?:\.[A-Z]{2})?/\d{7})(?:v\d{1,3})?)(?:\.pdf)?/?",
    re.I,
)
_PMID = late(r"(?:PMID[:\s]\s*\d{1,8}|https?://(?:www\.)?(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed)/\d{1,8}/?)", re.I)  # fmt: skip
_ISBN = late(r"(?:ISBN(?:-1[03])?[:\s]\s*)?[\d -]{9,16}[\dXx]", re.I)
_ACL = late(
    r"(?:https?://(?:www\.)?(?:aclanthology\.(?:org|info|coli\.uni-saarland\.de)|(?:anthology\.)?aclweb\.org(?:/anthology(?:-new)?)?|acl\.ldc\.upenn\.edu)/+"
    r"(?:(?:papers|pdf)/)?(?:[A-Z]/(?:[A-Z]\d\d/)?)?)?([\w.-]{8,40}?)(?:\.pdf|\.bib)?(?:/\1)?/?",
    re.I,
)
"""An identifier of the ACL Anthology, or an address of one of the hosts that it has had ("…/anthology-new/P/P04/P04-3031.pdf", "…/papers/P04-3031/p04-3031")."""
_DBLP = late(r"(?:DBLP:|https?://dblp\.(?:uni-trier\.de|org)/rec/)\S+", re.I)
_RFC = late(
    r"(?:RFC\s?(\d{1,5})|https?://(?:www\.rfc-editor\.org|tools\.ietf\.org|datatracker\.ietf\.org)/\S*?rfc(\d{1,5})(?:\.\w+)?/?)",
    re.I,
)


def identified(text: str) -> dict[str, Any] | None:
    """The fields of the work that a DOI, an arXiv, PubMed, ACL, OpenReview, DBLP or RFC number, an ISBN or a link to one names.

    None where the text says anything beside it, or its check digit is wrong.
    """
    text = text.strip().strip("<>").strip()
    if not text or len(text) > _LONGEST or "\n" in text:
        return None
    for reader in (_doi, _arxiv, _rfc, _linked, _isbn):
        found = reader(text)
        if found is not None:
            return found
    return None


def has_identifier(csl: Csl, kind: str, value: str) -> bool:
    """Whether a record states an identifier: ``doi arxiv isbn rfc pmid acl openreview dblp``.

    An arXiv number is the same with and without version, and as the DOI that arXiv gives to it; an ISBN with ten digits and thirteen.
    """
    custom = custom_of(csl)
    doi = str(csl.get("DOI") or "").lower()
    low = value.lower()
    match kind:
        case "doi" if not low.startswith(ARXIV_DOI):
            return doi == low
        case "doi" | "arxiv":
            own = str(custom.get("arxiv") or "").lower() or doi.removeprefix(ARXIV_DOI)
            return _VERSION.sub("", own) == _VERSION.sub("", low.removeprefix(ARXIV_DOI))
        case "isbn":
            wanted = find_isbn(value)
            return any(find_isbn(one) == wanted for one in str(csl.get("ISBN") or "").split())
        case "rfc":
            named = csl.get("genre") == "Request for Comments"
            return named and str(csl.get("number")) == value
    own = str(custom.get(kind) or (csl.get("PMID") if kind == "pmid" else "") or "")
    return own == value or (kind != "openreview" and own.lower() == low)


def identifiers_of(csl: Csl) -> list[tuple[str, str]]:
    """The identifiers that a claim or record states, as kind and value."""
    custom = custom_of(csl)
    stated = [
        ("doi", csl.get("DOI")),
        *(("isbn", one) for one in str(csl.get("ISBN") or "").split()),
    ]
    stated += [(kind, custom.get(kind)) for kind in ("arxiv", "pmid", "acl", "openreview", "dblp")]
    if csl.get("genre") == "Request for Comments":
        stated.append(("rfc", csl.get("number")))
    return [(kind, str(value)) for kind, value in stated if value]


def _doi(text: str) -> dict[str, Any] | None:
    stated = _DOI.fullmatch(text)
    doi = find_doi(stated["doi"]) if stated else ""
    if doi.startswith(ARXIV_DOI):
        return {"type": "article", "custom": {"arxiv": doi[15:]}}
    return {"DOI": doi} if doi else None


def _arxiv(text: str) -> dict[str, Any] | None:
    stated = _ARXIV.fullmatch(text)
    found = (clean_arxiv(stated[1]) or find_arxiv(f"arXiv:{stated[1]}")) if stated else None
    if not found:
        return None
    number, version = found
    custom = {"arxiv": number, **({"arxiv-version": version} if version else {})}
    return {"type": "article", "custom": custom}


def _rfc(text: str) -> dict[str, Any] | None:
    stated = _RFC.fullmatch(text)
    number = (stated[1] or stated[2]).lstrip("0") if stated else ""
    return {"type": "report", "genre": "Request for Comments", "number": number} if number else None


def _linked(text: str) -> dict[str, Any] | None:
    """What has a number of its own kind: PubMed, OpenReview, DBLP, the ACL Anthology."""
    acl = _ACL.fullmatch(text)
    for kind, value in (
        ("pmid", find_pmid(text) if _PMID.fullmatch(text) else ""),
        ("openreview", find_openreview(text) if re.fullmatch(r"https?://\S+", text) else ""),
        ("dblp", find_dblp(text) if _DBLP.fullmatch(text) else ""),
        ("acl", (find_acl(acl[1]) or find_acl(text)) if acl else ""),
    ):
        if value and (kind != "acl" or (acl is not None and value.lower() == acl[1].lower())):
            return {"custom": {kind: value}}
    return None


def _isbn(text: str) -> dict[str, Any] | None:
    isbn = find_isbn(text) if _ISBN.fullmatch(text) else ""
    return {"type": "book", "ISBN": isbn} if isbn else None
