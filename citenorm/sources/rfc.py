"""The RFC series: a document by its number, and what the RFC Editor says of it (JSON → Records)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..catalogue.formats.people import person
from ..model import Answer, Claim
from .cache import Reply
from .http import Request
from .rate_limit import Pace
from .replies import answer_of, listed, mapping, page, text, unknown
from .service import Service

NAME = "rfc"
TITLE = "the RFC Editor"
_NUMBER = re.compile(r"\b(?:RFC|Request for Comments)[\s:.#/\-]{0,3}(?:No\.?\s*)?(\d{1,5})\b", re.I)
_LINK = re.compile(r"(?:rfc-editor\.org|ietf\.org|10\.17487)/\S*?rfc(\d{1,5})", re.I)
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")  # fmt: skip


# ------------------------------------------------------------------ what to ask
def by_identifier(claim: Claim, base: str) -> list[Request]:
    """``/rfc/rfcN.json`` of the one RFC that a reference names."""
    number = number_of(claim)
    about = ("rfc", number)
    return [Request(NAME, f"{base}/rfc/rfc{number}.json", about=about)] if number else []


def number_of(claim: Claim) -> str:
    """The number of the RFC that a reference is, by its link, DOI, number or title; "" where it names none or several."""
    linked = [text(claim.csl.get("URL")), f"10.17487/{claim.doi.partition('/')[2]}" if claim.doi.startswith("10.17487/") else ""]  # fmt: skip
    said = [text(claim.csl.get(key)) for key in ("number", "genre", "collection-title", "container-title", "note", "title")]  # fmt: skip
    found = {number.lstrip("0") for one in linked for number in _LINK.findall(one)}
    found = found or {number.lstrip("0") for one in said for number in _NUMBER.findall(one)}
    if not found and re.search(r"request for comments|\brfc\b", " ".join(said), re.I):
        number = text(claim.csl.get("number"))
        found = {number} if re.fullmatch(r"[1-9]\d{0,4}", number) else set()
    return found.pop() if len(found) == 1 else ""


def suits(claim: Claim) -> float:
    return 0.0


# ------------------------------------------------------------------ what it says
def read(reply: Reply) -> Answer:
    """The document in a reply."""
    found = page(NAME, TITLE, reply)
    if found.answer is not None:
        return found.answer
    if not re.fullmatch(r"RFC\d{1,5}", text(mapping(found.value).get("doc_id")).replace(" ", "")):
        return unknown(NAME, f"{TITLE}'s answer is not about an RFC")
    return answer_of(NAME, [found.value], reply.day, _csl)


def _csl(item: Mapping[str, Any]) -> dict[str, Any] | None:
    number = re.sub(r"\D", "", text(item.get("doc_id"))).lstrip("0")
    people = []
    for name in listed(item.get("authors")):
        said, _, role = text(name).partition(", ")
        people.append((_name(said), "editor" if role.rstrip(".").lower() in ("ed", "editor") else "author"))  # fmt: skip
    names = [one for one, _ in people if one]
    doi = text(item.get("doi")).lower()
    return {
        "id": f"{NAME}:{number}",
        "type": "report",
        "title": text(item.get("title")),
        "author": names,
        "issued": _issued(text(item.get("pub_date"))),
        "publisher": "RFC Editor",
        "collection-title": "Request for Comments",
        "number": number,
        "genre": "Request for Comments",
        "DOI": doi if doi.startswith("10.") else "",
        "URL": f"https://www.rfc-editor.org/rfc/rfc{number}",
    }


def _name(said: str) -> dict[str, str] | None:
    """People have initials there ("R. Fielding"); what has none is a board or a group ("IAB")."""
    return person(said) if re.match(r"\w+\.", said) or not said else {"literal": said}


def _issued(said: str) -> dict[str, Any] | None:
    """ "June 1999" → year and month."""
    words = said.lower().split()
    year = next((int(word) for word in words if re.fullmatch(r"(?:19|20)\d\d", word)), None)
    month = next((_MONTHS.index(word) + 1 for word in words if word in _MONTHS), None)
    return {"date-parts": [[year, month] if month else [year]]} if year else None


RFC = Service(
    name=NAME,
    title=TITLE,
    base="https://www.rfc-editor.org",
    variable="CITENORM_RFC_URL",
    pace=Pace(interval=1.0, connections=1),
    by_identifier=by_identifier,
    read=read,
    suits=suits,
)
