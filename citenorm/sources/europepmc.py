"""Europe PMC: articles of the life sciences by PubMed number, and what its answers say (JSON → Records).

Trusted for identifiers, volume, issue and pages; its journals are abbreviated, its first names initials.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from ..catalogue.formats.people import named
from ..model import Answer, Claim, custom_of
from .cache import Reply
from .http import Request
from .rate_limit import Pace
from .replies import answer_of, date_of, listed, mapping, page, pages_of, text, unknown
from .service import Batch, Service, groups, only

NAME = "europepmc"
TITLE = "Europe PMC"
AT_ONCE = 50
_BY_ID = re.compile(r"\(EXT_ID:(\d+)\) AND SRC:MED")
_INITIALS = re.compile(r"(.+?)\s+([A-Z][A-Z.\-]{0,6})(?:\s+(Jr|Sr|2nd|3rd|4th|I{2,3}|IV))?")
_CUT = re.compile(r",?\s+et al\.?$")


# ------------------------------------------------------------------ what to ask
def by_identifier(claim: Claim, base: str) -> list[Request]:
    """By the PubMed number."""
    pmid = str(custom_of(claim.csl).get("pmid") or "")
    return [by_pmid([pmid], base)] if re.fullmatch(r"[1-9]\d{0,7}", pmid) else []


def by_pmid(pmids: Sequence[str], base: str) -> Request:
    """``query=(EXT_ID:1 OR EXT_ID:2) AND SRC:MED``."""
    joined = " OR ".join(f"EXT_ID:{pmid}" for pmid in pmids)
    params = (("query", f"({joined}) AND SRC:MED"), ("format", "json"), ("resultType", "lite"), ("pageSize", str(len(pmids))))  # fmt: skip
    return Request(NAME, f"{base}/search", params, about=only("pmid", pmids))


def suits(claim: Claim) -> float:
    """Not asked by title: what has a title there has a DOI at Crossref."""
    return 0.0


def batches(singles: Iterable[Request]) -> list[Batch]:
    """Numbers joined by OR."""
    parts: dict[str, Request] = {}
    base = ""
    for request in singles:
        one = _BY_ID.fullmatch(dict(request.params).get("query", ""))
        if one:
            parts[one[1]], base = request, request.url.removesuffix("/search")
    return [
        Batch(by_pmid(group, base), {i: parts[i] for i in group}, partial(_split, group))
        for group in groups(sorted(parts), AT_ONCE)
    ]


# ------------------------------------------------------------------ what it says
def read(reply: Reply) -> Answer:
    """The articles in a reply."""
    items = _items(reply)
    return items if isinstance(items, Answer) else answer_of(NAME, items, reply.day, _csl)


def _items(reply: Reply) -> list[Any] | Answer:
    found = page(NAME, TITLE, reply)
    if found.answer is not None:
        return found.answer
    held = mapping(found.value)
    results = mapping(held.get("resultList")).get("result")
    if not isinstance(results, list) or "hitCount" not in held:
        return unknown(NAME, f"{TITLE}'s answer is not about articles")
    if not results and held.get("hitCount"):
        return unknown(NAME, f"{TITLE}'s answer is empty, with {text(held['hitCount'])} hits stated")  # fmt: skip
    return results


def _csl(item: Mapping[str, Any]) -> dict[str, Any] | None:
    ident, source = text(item.get("id")), text(item.get("source"))
    if not ident or not source:
        return None
    kinds = text(item.get("pubType")).lower()
    preprint = source == "PPR" or "preprint" in kinds
    csl: dict[str, Any] = {
        "id": f"{NAME}:{source}/{ident}",
        "type": "article" if preprint else "book" if source == "NBK" else "article-journal",
        "title": _title(text(item.get("title"))),
        "author": _people(item.get("authorString")),
        "container-title": "" if preprint else text(item.get("journalTitle")),
        "volume": text(item.get("journalVolume")),
        "issue": text(item.get("issue")),
        "page": pages_of(item.get("pageInfo")),
        "issued": date_of(item.get("firstPublicationDate") if preprint else None, item.get("pubYear")),
        "DOI": text(item.get("doi")).lower(),
    }  # fmt: skip
    pmid = text(item.get("pmid")) or (ident if source == "MED" else "")
    custom: dict[str, Any] = {"pmid": pmid, "pmcid": text(item.get("pmcid"))}
    if _CUT.search(text(item.get("authorString"))):
        custom["others"] = True
    if "retracted publication" in kinds:
        custom["retracted"] = True
    csl["custom"] = {key: value for key, value in custom.items() if value}
    return csl


def _title(said: str) -> str:
    """Without the full stop, and without the brackets of a title that was translated."""
    title = said[:-1] if said.endswith(".") and not said.endswith("..") else said
    return title[1:-1] if title.startswith("[") and title.endswith("]") else title


def _people(said: Any) -> list[dict[str, str]]:
    """ "Ralser M, Heeren G Jr, Some Group." → names with initials, groups as literals; "et al." is nobody."""
    found: list[dict[str, str] | None] = []
    for name in _CUT.sub("", text(said)).rstrip(".").split(", "):
        parts = _INITIALS.fullmatch(name)
        if parts:
            initials = " ".join(f"{letter}." for letter in re.findall(r"[A-Z]", parts[2]))
            found.append(named(parts[1], initials, parts[3] or ""))
        else:
            found.append({"literal": name} if name else None)
    return [one for one in found if one]


def _split(pmids: Sequence[str], reply: Reply) -> dict[str, Reply]:
    """A list → the reply that each number alone would have had; what a whole list lacks is not there."""
    items = _items(reply)
    if isinstance(items, Answer):
        return {}
    held = {text(mapping(item).get("id")): item for item in listed(items)}
    return {pmid: _part([held[pmid]] if pmid in held else [], reply) for pmid in pmids}


def _part(items: Sequence[Any], reply: Reply) -> Reply:
    body = {"hitCount": len(items), "resultList": {"result": list(items)}}
    return replace(reply, body=json.dumps(body).encode())


EUROPEPMC = Service(
    name=NAME,
    title=TITLE,
    base="https://www.ebi.ac.uk/europepmc/webservices/rest",
    variable="CITENORM_EUROPEPMC_URL",
    pace=Pace(interval=0.2, connections=1),
    by_identifier=by_identifier,
    read=read,
    suits=suits,
    batches=batches,
)
