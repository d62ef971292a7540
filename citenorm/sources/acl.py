"""The ACL Anthology: a paper by its identifier, and what its BibTeX says.  It has no search and wants local copies used, so that
it is asked for what nobody else knew."""

from __future__ import annotations

import re
from io import BytesIO

from ..catalogue.formats.entry import Entry
from ..model import Answer, Claim, Record, custom_of
from .cache import Reply
from .http import Request
from .rate_limit import Pace
from .replies import unknown
from .service import Service

NAME = "acl"
TITLE = "the ACL Anthology"
_IDENT = re.compile(r"[A-Z]\d{2}-\d{4,5}|(?:19|20)\d{2}\.[a-z][a-z0-9]*(?:-[a-z0-9]+)+\.\d{1,4}", re.I)  # fmt: skip


# ------------------------------------------------------------------ what to ask
def by_identifier(claim: Claim, base: str) -> list[Request]:
    """``/ID.bib``."""
    ident = str(custom_of(claim.csl).get("acl") or "")
    if not _IDENT.fullmatch(ident):
        return []
    return [Request(NAME, f"{base}/{ident}.bib", accept="text/plain", about=("acl", ident))]


def suits(claim: Claim) -> float:
    return 0.0


# ------------------------------------------------------------------ what it says
def read(reply: Reply) -> Answer:
    """The paper in a reply; every body that is no entry of the Anthology is ``unknown``."""
    from ..catalogue.formats import bibtex
    from ..normalize.identifiers import find_acl

    if reply.status == 404:
        return Answer(NAME, "none")
    if reply.status != 200:
        return unknown(NAME, f"{TITLE} answered {reply.status}")
    if not re.match(rb"\s*@\w+\s*\{", reply.body):
        said = "not BibTeX" if reply.body.strip() else "empty"
        return unknown(NAME, f"{TITLE}'s answer is {said}")
    if not reply.body.rstrip().endswith(b"}"):
        return unknown(NAME, f"{TITLE}'s answer is cut off")
    records = []
    for one in bibtex.read(BytesIO(reply.body)):
        ident = find_acl(str(one.csl.get("URL") or "")) if isinstance(one, Entry) else ""
        if isinstance(one, Entry) and ident:
            csl = {key: value for key, value in one.csl.items() if key not in ("abstract", "note")}
            csl["custom"] = {**custom_of(csl), "acl": ident}
            csl["id"] = f"{NAME}:{ident}"
            records.append(Record(csl["id"], csl, NAME, reply.day or None))
    if not records:
        return unknown(NAME, f"{TITLE}'s answer is not about papers")
    return Answer(NAME, "found", tuple(records))


ACL = Service(
    name=NAME,
    title=TITLE,
    base="https://aclanthology.org",
    variable="CITENORM_ACL_URL",
    pace=Pace(interval=1.0, connections=1),
    by_identifier=by_identifier,
    read=read,
    suits=suits,
    late=True,
)
