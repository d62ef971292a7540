"""PubMed (NCBI's E-utilities): articles by their number where Europe PMC cannot be asked, and what its answers say (XML → Records)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from io import BytesIO
from urllib.parse import parse_qs, urlencode

from ..catalogue.formats.entry import Entry, Fault
from ..model import Answer, Claim, Record, custom_of
from .cache import Reply
from .http import Request
from .rate_limit import Pace
from .replies import unknown
from .service import Batch, Service, groups, only

NAME = "pubmed"
TITLE = "PubMed"
AT_ONCE = 100
_ARTICLE = re.compile(rb"<(Pubmed(?:Book)?Article)[\s>].*?</\1>", re.DOTALL)
_PMID = re.compile(rb"<PMID[^>]*>(\d+)</PMID>")


# ------------------------------------------------------------------ what to ask
def instead(claim: Claim, base: str) -> list[Request]:
    """By the PubMed number."""
    pmid = str(custom_of(claim.csl).get("pmid") or "")
    return [by_pmid([pmid], base)] if re.fullmatch(r"[1-9]\d{0,7}", pmid) else []


def by_pmid(pmids: Sequence[str], base: str) -> Request:
    """``POST efetch.fcgi`` with the numbers; long lists by GET are refused (414)."""
    said = {"db": "pubmed", "retmode": "xml", "tool": "citenorm", "id": ",".join(pmids)}
    return Request(
        NAME, f"{base}/efetch.fcgi", accept="application/xml", method="POST", body=urlencode(said).encode(),
        headers=(("Content-Type", "application/x-www-form-urlencoded"),), about=only("pmid", pmids),
    )  # fmt: skip


def suits(claim: Claim) -> float:
    return 0.0


def batches(singles: Iterable[Request]) -> list[Batch]:
    """Numbers joined."""
    parts: dict[str, Request] = {}
    base = ""
    for request in singles:
        ident = parse_qs(request.body.decode()).get("id", [""])[0]
        if ident and "," not in ident:
            parts[ident], base = request, request.url.removesuffix("/efetch.fcgi")
    return [
        Batch(by_pmid(group, base), {i: parts[i] for i in group}, partial(_split, group))
        for group in groups(sorted(parts), AT_ONCE)
    ]


# ------------------------------------------------------------------ what it says
def read(reply: Reply) -> Answer:
    """The articles and books of a set; every other document is ``unknown``."""
    from ..catalogue.formats import medline

    if reply.status != 200:
        return unknown(NAME, f"{TITLE} answered {reply.status}")
    if not reply.body.strip():
        return unknown(NAME, f"{TITLE}'s answer is empty")
    if b"<PubmedArticleSet" not in reply.body[:4096]:
        return unknown(NAME, f"{TITLE}'s answer is not about articles")
    records = []
    for one in medline.read(BytesIO(reply.body)):
        if isinstance(one, Fault) and one.where == "end of what can be read":
            return unknown(NAME, f"{TITLE}'s answer is cut off")
        if isinstance(one, Entry):
            csl = dict(one.csl)
            records.append(Record(str(csl["id"]), csl, NAME, reply.day or None))
    return Answer(NAME, "found" if records else "none", tuple(records))


def _split(pmids: Sequence[str], reply: Reply) -> dict[str, Reply]:
    """A set → the set that each number alone would have had; what a whole set lacks is not there."""
    if read(reply).kind == "unknown":
        return {}
    held: dict[str, bytes] = {}
    for found in _ARTICLE.finditer(reply.body):
        number = _PMID.search(found[0])
        if number:
            held.setdefault(number[1].decode(), found[0])
    return {
        pmid: replace(reply, body=b"<PubmedArticleSet>" + held.get(pmid, b"") + b"</PubmedArticleSet>")
        for pmid in pmids
    }  # fmt: skip


PUBMED = Service(
    name=NAME,
    title=TITLE,
    base="https://eutils.ncbi.nlm.nih.gov/entrez/eutils",
    variable="CITENORM_PUBMED_URL",
    # Three requests a second for those without a key.
    pace=Pace(interval=0.34, connections=1),
    instead=instead,
    instead_of="europepmc",
    read=read,
    suits=suits,
    batches=batches,
)
