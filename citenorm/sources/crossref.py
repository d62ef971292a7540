"""Crossref: what to ask about a claim (by DOI, else by words), and what its answers say (JSON → Records)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any
from urllib.parse import unquote

from ..model import Answer, Claim, Record, custom_of
from ..normalize.preprint import is_preprint
from .cache import Reply
from .http import Request
from .rate_limit import Pace
from .service import Batch, Service, groups

NAME = "crossref"
ROWS = 8
LONGEST = 300
"""Characters of words in one query; beyond, services answer 414 or take the rest for noise."""
AT_ONCE = 40
_OF_ARXIV = re.compile(r"10\.48550/", re.I)
_DOI = re.compile(r"10\.\d{4,9}/\S+")


# ------------------------------------------------------------------ what to ask
def by_identifier(claim: Claim, base: str) -> list[Request]:
    """By DOI where the claim has one of Crossref's."""
    return _lookups([claim.doi], base) if _asks_doi(claim.doi) else []


def by_title(claim: Claim, base: str) -> list[Request]:
    """By the words of title and first author, else of the whole reference."""
    from .crossref_query import by_words

    text = words(claim)
    return [by_words(text, base, ROWS)] if text else []


def words(claim: Claim) -> str:
    """The words to look for, case and punctuation gone so that one work written in two styles is one request; "" for too few."""
    title = _plain(claim.title)
    if len(title) > 3:
        authors = claim.authors
        parts = [title, _plain(authors[0].full_family if authors else "")]
        if title.count(" ") < 3:
            parts += [_plain(str(claim.csl.get("container-title") or "")), str(claim.year or "")]
        return " ".join(part for part in parts if part)[:LONGEST].strip()
    raw = _plain(re.sub(r"https?://\S+", " ", claim.raw))
    return raw[:LONGEST].strip() if raw.count(" ") >= 3 else ""


def suits(claim: Claim) -> float:
    return 0.8 if words(claim) else 0.0


def follow(claim: Claim, records: tuple[Record, ...], base: str) -> list[Request]:
    """The published version that a preprint's own record names, where the answers do not hold it."""
    held = {record.doi for record in records}
    named = [
        doi
        for record in records
        if is_preprint(record.csl)
        for doi in _other_dois(record)
        if doi not in held
    ]
    return _lookups(named[:1], base)


def versions(record: Record, base: str) -> list[Request]:
    """The versions that a record of any source names by DOI."""
    own = [record.doi] if not record.id.startswith(f"{NAME}:") and _asks_doi(record.doi) else []
    # What was published needs no preprint.
    return _lookups([*own, *(_other_dois(record) if is_preprint(record.csl) else ())], base)


def batches(singles: Iterable[Request]) -> list[Batch]:
    """Lookups of DOIs joined to lists; a DOI with a comma cannot stand in one."""
    from .crossref_query import by_dois

    parts: dict[str, Request] = {}
    base = ""
    for request in singles:
        head, mark, tail = request.url.partition("/works/")
        doi = unquote(tail).lower()
        if mark and not request.params and _DOI.fullmatch(doi) and not re.search(r"[,\s]", doi):
            parts[doi], base = request, head
    return [
        Batch(by_dois(group, base), {doi: parts[doi] for doi in group}, partial(_split, group))
        for group in groups(sorted(parts), AT_ONCE)
    ]


def _lookups(dois: Iterable[str], base: str) -> list[Request]:
    from .crossref_query import by_doi

    return [by_doi(doi, base) for doi in dict.fromkeys(dois)]


def _asks_doi(doi: str) -> bool:
    """True for a DOI that may be Crossref's: arXiv's own are another agency's."""
    return bool(_DOI.fullmatch(doi)) and not _OF_ARXIV.match(doi)


def _other_dois(record: Record) -> list[str]:
    custom = custom_of(record.csl)
    others = custom.get("other-versions")
    named = [custom.get("version-of"), *(others if isinstance(others, list) else ())]
    dois = [one.lower().removeprefix(f"{NAME}:") for one in named if isinstance(one, str)]
    return [doi for doi in dois if _asks_doi(doi)]


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold().replace("_", " ")))


# ------------------------------------------------------------------ what it says
def read(reply: Reply) -> Answer:
    """The works in a reply; 404 is ``none``, every body that is not Crossref's JSON about works ``unknown``."""
    if reply.status == 404:
        return Answer(NAME, "none")
    if reply.status != 200:
        return _unknown(f"Crossref answered {reply.status}")
    items = _items(reply.body)
    if isinstance(items, str):
        return _unknown(items)
    records = tuple(record for item in items if (record := _record(item, reply.day)) is not None)
    records = _marked(records, items)
    return Answer(NAME, "found" if records else "none", records)


def _items(body: bytes) -> list[Mapping[str, Any]] | str:
    """The work items in a body, or why there are none to be read."""
    try:
        page = json.loads(body)
    except (ValueError, RecursionError):
        return "Crossref's answer is not JSON" if body.strip() else "Crossref's answer is empty"
    message = page.get("message") if isinstance(page, dict) else None
    if not isinstance(message, dict) or page.get("message-type", "work") not in (
        "work",
        "work-list",
    ):
        return "Crossref's answer is not about works"
    if "items" not in message:
        return [message] if "DOI" in message else "Crossref's answer is not about works"
    items = message["items"]
    if not isinstance(items, list):
        return "Crossref's answer is not about works"
    if not items and message.get("total-results") not in (0, None):
        return f"Crossref's answer is empty, with {message['total-results']} hits stated"
    return [item for item in items if isinstance(item, dict)]


def _marked(records: tuple[Record, ...], items: Iterable[Mapping[str, Any]]) -> tuple[Record, ...]:
    """The records, those marked as retracted that a notice in the same answer retracts."""
    from ..catalogue.formats.crossref import retracted_by

    notices = {doi: notice for item in items for doi, notice in retracted_by(item).items()}
    if not notices:
        return records
    return tuple(
        replace(r, csl={**r.csl, "custom": {**custom_of(r.csl), "retracted": notices[r.doi]}})
        if r.doi in notices
        else r
        for r in records
    )


def _record(item: Mapping[str, Any], day: str) -> Record | None:
    from ..catalogue.formats.crossref import NOT_WORKS, record_from_item

    if (
        not isinstance(item.get("DOI"), str)
        or not item["DOI"].strip()
        or str(item.get("type")) in (*NOT_WORKS, "peer-review")
    ):
        return None
    csl = record_from_item(item)
    return Record(csl["id"], csl, NAME, day or None) if csl.get("title") else None


def _split(dois: Sequence[str], reply: Reply) -> dict[str, Reply]:
    """A list of works → the reply that each DOI alone would have had; the list is whole, so what it lacks is not there."""
    items = _items(reply.body)
    if not isinstance(items, list):
        return {}
    found = dict.fromkeys(dois, Reply(404, b"", "text/plain", reply.day))
    for item in items:
        if isinstance(item.get("DOI"), str):
            page = {"status": "ok", "message-type": "work", "message": item}
            found[item["DOI"].lower()] = Reply(
                200, json.dumps(page).encode(), "application/json", reply.day
            )
    return found


def _unknown(reason: str) -> Answer:
    return Answer(NAME, "unknown", reason=reason)


CROSSREF = Service(
    name=NAME,
    title="Crossref",
    base="https://api.crossref.org",
    variable="CITENORM_CROSSREF_URL",
    # Until its headers state the rate: within the slowest pool that has been seen.
    pace=Pace(interval=0.25, connections=1),
    lanes={"lists": Pace(interval=0.5, connections=1)},
    by_identifier=by_identifier,
    by_title=by_title,
    read=read,
    suits=suits,
    follow=follow,
    versions=versions,
    batches=batches,
    deposited=True,
)
