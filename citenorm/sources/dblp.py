"""DBLP: papers of computer science by title, and what its answers say (JSON → Records).

Trusted for who wrote a paper, in which order, where it appeared, its pages and its year: DBLP takes them from the
tables of contents.  Its first names are as printed there, its venues the short names.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any

from ..catalogue.formats.people import person
from ..model import Answer, Claim
from ..normalize.venues import find_venue
from .cache import Reply
from .http import Request
from .rate_limit import Pace
from .replies import answer_of, date_of, listed, mapping, page, pages_of, text, title_words, unknown
from .service import Service

NAME = "dblp"
TITLE = "DBLP"
HITS = 8
_TYPES = {
    "Conference and Workshop Papers": "paper-conference", "Journal Articles": "article-journal", "Informal and Other Publications": "article",
    "Books and Theses": "book", "Editorship": "book", "Parts in Books or Collections": "chapter", "Reference Works": "entry-encyclopedia",
    "Data and Artifacts": "dataset",
}  # fmt: skip
_NOT_HELD = frozenset(("book", "thesis", "chapter", "report", "dataset", "standard", "patent", "article-magazine", "article-newspaper"))  # fmt: skip
_NO_DOI = (
    "pmlr",
    "curran",
    "openreview",
    "usenix",
    "jmlr",
    "microtome",
    "auai",
    "internet society",
    "bmva",
)
"""Publishers of whose papers Crossref holds few or none."""
_NO_DOI_VENUES = frozenset(
    ("neurips", "icml", "iclr", "jmlr", "tmlr", "colm", "rss", "bmvc", "mlsys", "ismir", "ndss")
)
_CORR = re.compile(r"abs/(.+)")
_OLD_CORR = re.compile(r"([a-z-]+)(?:\.[A-Z]{2})?/(\d{7})")


# ------------------------------------------------------------------ what to ask
def by_title(claim: Claim, base: str) -> list[Request]:
    """By the words of its title and the first author's family name, each of which must be there (``$`` ends a word)."""
    from ..normalize.text import fold

    words = title_words(claim)
    if not words:
        return []
    family = fold(claim.authors[0].family).split()[-1:] if claim.authors else []
    query = " ".join(f"{word}$" for word in [*words, *family])
    params = (("q", query), ("format", "json"), ("h", str(HITS)), ("c", "0"))
    return [Request(NAME, f"{base}/search/publ/api", params)]


def suits(claim: Claim) -> float:
    """Best where Crossref holds nothing of a venue; somewhat for unknown venues or none; not where Crossref holds it all."""
    if not title_words(claim) or claim.csl.get("type") in _NOT_HELD:
        return 0.0
    container = str(claim.csl.get("container-title") or claim.csl.get("event-title") or "")
    found = find_venue(container) if container else None
    if found is None:
        if not container:
            return 0.4
        return 0.2 if claim.csl.get("type") == "paper-conference" else 0.0
    venue = found.venue
    if venue.kind == "preprint":
        return 0.5
    lone = venue.id in _NO_DOI_VENUES or venue.publisher.lower().startswith(_NO_DOI)
    return 0.9 if lone else 0.0


# ------------------------------------------------------------------ what it says
def read(reply: Reply) -> Answer:
    """The hits in a reply."""
    found = page(NAME, TITLE, reply)
    if found.answer is not None:
        return found.answer
    value = found.value
    if isinstance(value, list):
        hits: list[Any] = value
    else:
        held = mapping(mapping(mapping(value).get("result")).get("hits"))
        if "@total" not in held:
            return unknown(NAME, f"{TITLE}'s answer is not about publications")
        hits = listed(held.get("hit"))
        if not hits and text(held.get("@total")) not in ("", "0"):
            return unknown(NAME, f"{TITLE}'s answer is empty, with {text(held['@total'])} hits stated")  # fmt: skip
    if not all(isinstance(mapping(hit).get("info"), Mapping) for hit in hits):
        return unknown(NAME, f"{TITLE}'s answer is not about publications")
    return answer_of(NAME, (hit["info"] for hit in hits), reply.day, _csl)


def _csl(info: Mapping[str, Any]) -> dict[str, Any] | None:
    key = text(info.get("key"))
    if not key or text(info.get("type")) not in _TYPES:
        return None
    title = html.unescape(text(info.get("title")))
    csl: dict[str, Any] = {
        "id": f"{NAME}:{key}",
        "type": "thesis" if key.startswith("phd/") else _TYPES[text(info.get("type"))],
        "title": title[:-1] if title.endswith(".") and not title.endswith("..") else title,
        "author": _people(mapping(info.get("authors")).get("author")),
        "issued": date_of(info.get("year")),
    }
    venue = html.unescape(text(next(iter(listed(info.get("venue"))), "")))
    custom = {"dblp": key}
    if venue == "CoRR":
        csl |= {"type": "article", "publisher": "arXiv"}
        custom["arxiv"] = _arxiv(text(info.get("volume")))
    else:
        csl["volume"], csl["issue"] = text(info.get("volume")), text(info.get("number"))
        csl["page"] = pages_of(info.get("pages"))
        if csl["type"] in ("book", "thesis"):
            csl["publisher"] = html.unescape(text(info.get("publisher") or info.get("school")))
        else:
            csl["container-title"] = venue
    doi = text(info.get("doi")).lower()
    if doi and not doi.startswith("10.48550/"):
        csl["DOI"] = doi
    elif venue != "CoRR":
        csl["URL"] = text(next(iter(listed(info.get("ee"))), ""))
    csl["custom"] = {name: value for name, value in custom.items() if value}
    return csl


def _arxiv(volume: str) -> str:
    """The number in a volume of CoRR: "abs/1706.03762", "cs.LG/0112017"; "" for none."""
    new, old = _CORR.fullmatch(volume), _OLD_CORR.fullmatch(volume)
    return new[1] if new else f"{old[1]}/{old[2]}" if old else ""


def _people(authors: Any) -> list[dict[str, str]]:
    """One author is an object or a string, several are a list of such; numbers that tell homonyms apart go."""
    names = [
        mapping(one).get("text") if isinstance(one, Mapping) else one for one in listed(authors)
    ]
    found = [person(html.unescape(text(name))) for name in names]
    return [one for one in found if one]


DBLP = Service(
    name=NAME,
    title=TITLE,
    base="https://dblp.org",
    variable="CITENORM_DBLP_URL",
    # Its own words: at least one or two seconds between two requests.
    pace=Pace(interval=2.0, connections=1),
    by_title=by_title,
    read=read,
    suits=suits,
)
