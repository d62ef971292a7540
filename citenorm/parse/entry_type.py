"""The fields read from a reference in, the CSL type of what it names out: told by its container, by its words, by what it states."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from ..normalize.institutions import names_institution

ARXIV_WORD = re.compile(r"^(?:in\s+)?(?:arxiv|corr|computing research repository|ar\s?xiv)\b", re.I)
_MEETING_OF_YEAR = re.compile(r"[A-Z][A-Za-z@/-]*[A-Z](?: (?:19|20)\d\d|(?: ?['’]|-)?\d\d)")
"""The short form of a meeting with its year: "NLPRS 1997", "NLPRS97", "NLPRS'97"."""
# What the lower-cased text of a field or of the reference is searched for; where every branch begins with a letter, not with a \b,
# only the places of these letters are looked at.
_CONFERENCE = re.compile(
    r"proceedings|conference|symposium|workshop|congress|colloquium|tagung|advances in neural|working notes|\b(?:proc(?!\.? suppl)|conf|symp|meeting)\b"
)
_OF_MEETING = re.compile(
    r"\b(?:icml|neurips|nips|iclr|cvpr|iccv|eccv|acl|emnlp|naacl|aaai|ijcai|sigir|kdd|www|chi|sigmod|vldb|icde|icse|siggraph|interspeech|icassp|wsdm|cikm|aistats|uai|colt)\b",
)
_JOURNAL = re.compile(
    r"journal|j\.(?<!\w..)|review|letters|lett\b(?<!\w.{4})|transactions|trans\b(?<!\w.{5})|zeitschrift|annals|bulletin|magazine|revue|revista"
)
_THESIS = re.compile(
    r"thesis|dissertation|thèse|tesis|ph(?<!\w..)\.?\s?d\b|diplomarbeit|magisterarbeit|habilitation|masterarbeit"
)
_REPORT = re.compile(
    r"report|working paper|tech(?<!\w.{4})\. rep|bericht|arbeitspapier|discussion paper|white paper|rfc\b(?<!\w...)|memorandum"
)
_DATA = re.compile(r"\bdata\s?set\b")
_SOFTWARE = re.compile(r"\bsoftware\b|\bcomputer program\b")


# ------------------------------------------------------------------ kind
@lru_cache(maxsize=8192)
def _kinds_of(container: str) -> tuple[bool, bool]:
    """Do its words speak of a meeting, of a journal?"""
    low = container.lower()
    short = "journal" not in low and _OF_MEETING.search(low)  # "The VLDB Journal"
    meeting = _CONFERENCE.search(low) or short or _MEETING_OF_YEAR.fullmatch(container)
    return bool(meeting), bool(_JOURNAL.search(low))


def entry_type(csl: dict[str, Any], on_server: bool, low: str) -> str:
    """The CSL type that the stated fields point to; ``on_server``: they named arXiv as what the work stands in; ``low``: the reference in small letters."""
    genre = csl["genre"].lower() if "genre" in csl else ""
    if genre and _THESIS.search(genre):
        return "thesis"
    if container := csl.get("container-title"):
        return _type_in(container, csl)
    if on_server or "arxiv" in csl.get("custom", ()):
        return "article"
    return _type_by_words(csl, genre, low) or _type_alone(csl)


def _type_in(container: str, csl: dict[str, Any]) -> str:
    """The type of what stands in a container."""
    meeting, journal = _kinds_of(container)
    if meeting:
        return "paper-conference"
    if "editor" in csl or ("publisher" in csl and not journal):
        return "chapter"
    if "publisher-place" in csl and not csl.keys() & {"volume", "issue"}:
        return "chapter"
    return "article-journal"


def _type_by_words(csl: dict[str, Any], genre: str, low: str) -> str:
    """The type that the genre or the whole string names, or the institution that issued it; "" where nothing does."""
    if _REPORT.search(genre) or ({"number", "publisher"} <= csl.keys() and _REPORT.search(low)):
        return "report"
    if "publisher" in csl and not csl.keys() & {"edition", "ISBN"} and _THESIS.search(low):
        return "thesis"
    if _DATA.search(genre):
        return "dataset"
    if _SOFTWARE.search(genre):
        return "software"
    book = csl.keys() & {"edition", "ISBN", "editor", "translator"}
    return "report" if not book and names_institution(str(csl.get("publisher") or "")) else ""


def _type_alone(csl: dict[str, Any]) -> str:
    """The type of what has no container, by the fields that it has."""
    if csl.keys() & {"publisher", "publisher-place", "edition", "ISBN"}:
        return "book"
    if "URL" in csl:
        return "webpage"
    if {"volume", "page"} <= csl.keys():
        return "article-journal"
    series = str(csl.get("collection-title") or "").lower()
    return ("report" if _REPORT.search(series) else "book") if series else "document"
