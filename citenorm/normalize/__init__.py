"""A claim as it was read in, the same claim with every value clean and in one form out (``normalize``).

Nothing is looked up and nothing is added that the claim does not say; a value only moves to the field it belongs to.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..late import late
from ..model import Claim
from ..shapes import sound_csl
from .dates import clean_issued
from .fillers import is_filler
from .identifiers import (
    clean_arxiv,
    clean_doi,
    find_acl,
    find_arxiv,
    find_dblp,
    find_doi,
    find_isbn,
    find_issn,
    find_openreview,
    find_pmid,
    find_primary_class,
    linked_doi,
    unreadable,
)
from .latex import to_unicode
from .pages import NOTHING, clean_pages
from .preprint import names_server, placed
from .text import squeeze
from .titles import clean_title

__all__ = ["normalize", "normalize_csl"]

_CONTAINERS = ("container-title", "collection-title", "event-title")
_STRINGS = (
    "publisher",
    "publisher-place",
    "genre",
    "edition",
    "note",
    "version",
    "citation-number",
)
_NUMBERS = ("volume", "issue", "number")
# Fields that may hide an arXiv identifier, the plainest first.
_HIDING = (
    "number",
    "volume",
    "issue",
    "container-title",
    "collection-title",
    "URL",
    "note",
    "archive_location",
    "genre",
    "publisher",
)
_SERVER = re.compile(r"\b(?:arxiv|ar5iv|corr)\b|^computing research repository", re.I)
# All that may stand beside the server's name without being another venue.
_SERVER_TALK = late(
    r"https?://|^arxiv:\s+(?:learning|computation and language|computer vision and pattern recognition|artificial intelligence|machine learning)$"
    r"|(?:abs/)?\d{4}\.\d{4,5}(?:v\d+)?|[a-z-]+(?:\.[a-z]{2})?/\d{7}(?:v\d+)?|\[[a-z.,\s-]{2,40}\]|\b(?:[a-z]{2,5}(?:-[a-z]{2,4})?\.[a-z]{2}|math-ph|quant-ph)\b"
    r"|\b(?:arxiv|ar5iv|corr|org|abs|pdf|e-?prints?|preprints?|available|online|library|repository|server|cornell|university|computing|research|the|of|at|no|id|in|on|as"
    r"|(?:19|20)\d\d)\b",
    re.I,
)
# Types that say little enough to give way to "article" for a preprint.
_LOOSE_TYPES = frozenset(
    (None, "article-journal", "webpage", "document", "post", "report", "manuscript")
)
_ABS = late(r"^(?:arxiv[\s:]*)?abs/|^arxiv\b", re.I)
_ARXIV_PAGE = late(r"^arxiv", re.I)
_ARXIV_DOI = "10.48550/arxiv."
_ET_AL = re.compile(r"et\.?\s*al|(?:and\s+)?others", re.I)
_LATEX = re.compile(r"[\\{}]")
_LABEL = re.compile(
    r"^(?:vol(?:ume)?|no|nr|number|issue|iss|bd|band|heft|ser(?:ies)?)\.?\s*(?=\d)", re.I
)


def is_arxiv(text: str) -> bool:
    """True where a stated container is nothing but arXiv: "arXiv preprint arXiv:1811.03600", "CoRR abs/1811.03600"."""
    if len(text) > 200 or not _SERVER.search(text):
        return False
    return not any(c.isalnum() for c in _SERVER_TALK.sub("", text))


def normalize(claim: Claim) -> Claim:
    """The claim with clean values: see ``normalize_csl``; everything beside its fields stays as it is."""
    csl = _normalized(claim.csl)
    return claim if csl == claim.csl else claim.with_csl(csl)


def _text(value: Any) -> str:
    text = value if isinstance(value, str) else str(value)
    if _LATEX.search(text):
        text = to_unicode(text)
    return squeeze(text)


def normalize_csl(csl: Mapping[str, Any]) -> dict[str, Any]:
    """A CSL item with one form per value.

    Titles without markup, quotation marks and full stop; pages with one hyphen and complete; DOIs bare in lower case;
    what is stated as a DOI or arXiv number and is none, or is one that stands in entries of any work (``fillers``), moves to
    ``custom.unreadable-doi`` or ``custom.unreadable-arxiv``;
    an arXiv identifier that hides in volume, container, address, note or DOI moves to ``custom.arxiv`` (version and
    subject class beside it), and an item whose only container is arXiv becomes type ``article`` without a container;
    one in another preprint server becomes ``article`` too and keeps its container.
    Empty values are left out; unknown fields pass through.
    """
    return _normalized(sound_csl(csl))


def _normalized(csl: Mapping[str, Any]) -> dict[str, Any]:
    """The same of an item whose shape is sound, as a claim's is."""
    item = _stated(csl)
    custom: dict[str, Any] = dict(item["custom"]) if isinstance(item.get("custom"), Mapping) else {}
    _texts(item)
    for key in ("issued", "accessed"):
        if key in item:
            date = clean_issued(item[key])
            item.pop(key) if date is None else item.update({key: date})
    _identifiers(item, custom)
    _fillers(item, custom)
    _arxiv(item, custom)
    _others(item, custom)
    if "page" in item:
        item["page"] = clean_pages(_text(item["page"]))
    item, custom = _stated(item), _stated(custom)
    item.pop("custom", None)
    if custom:
        item["custom"] = custom
    return item


def _stated(item: Mapping[str, Any]) -> dict[str, Any]:
    """What is not empty."""
    return {key: value for key, value in item.items() if value or value not in (None, "", [], {})}


def _texts(item: dict[str, Any]) -> None:
    """Titles, names of containers, numbers: each as clean text."""
    for key in ("title", "title-short", "original-title"):
        if key in item:
            item[key] = clean_title(_text(item[key]))
    for key in _CONTAINERS + _STRINGS:
        if key in item:
            item[key] = _text(item[key])
    for key in _CONTAINERS:
        if key in item:
            item[key] = item[key].strip(" ,;:").removesuffix(" ")
    for key in _NUMBERS:
        if key in item:
            item[key] = _LABEL.sub("", _text(item[key]).strip(" ,;:."))
            if item[key].lower() in NOTHING:
                item[key] = ""


def _others(item: dict[str, Any], custom: dict[str, Any]) -> None:
    """An "et al." or "others" that stands in the list as its last author says that the list goes on."""
    people = item.get("author")
    if (
        not isinstance(people, (list, tuple))
        or len(people) < 2
        or not isinstance(people[-1], Mapping)
    ):
        return
    last = " ".join(str(people[-1].get(part) or "") for part in ("given", "family", "literal"))
    if _ET_AL.fullmatch(last.strip(" .,")) or last.strip() in ("…", "..."):
        item["author"], custom["others"] = list(people[:-1]), True


def _identifiers(item: dict[str, Any], custom: dict[str, Any]) -> None:
    """DOI, ISBN, ISSN in one form; those that only an address names are read from it."""
    url = str(item.get("URL") or "").strip()
    if url:
        item["URL"] = url
    doi = clean_doi(str(item["DOI"])) if "DOI" in item else ""
    if "DOI" in item and not doi:
        custom |= unreadable("doi", str(item["DOI"]))
    if url and not doi:
        doi = linked_doi(url) or (find_doi(url) if "/doi/" in url.lower() else "")
    if "DOI" in item or doi:
        item["DOI"] = doi
    for key, clean in (("ISBN", find_isbn), ("ISSN", find_issn)):
        if key in item:
            item[key] = clean(str(item[key])) or _text(item[key])
    for key, find in (
        ("acl", find_acl),
        ("openreview", find_openreview),
        ("dblp", find_dblp),
        ("pmid", find_pmid),
    ):
        if url and not custom.get(key):
            found = find(url)
            if found:
                custom[key] = found


def _fillers(item: dict[str, Any], custom: dict[str, Any]) -> None:
    """What a reference manager wrote into the fields of identifiers beside any title is told, and identifies nothing."""
    if not item.get("title"):
        return
    if is_filler(str(item.get("DOI") or "")):
        custom |= unreadable("doi", str(item.pop("DOI")))
    if is_filler(str(custom.get("arxiv") or "")):
        number, version = str(custom.pop("arxiv")), str(custom.pop("arxiv-version", ""))
        custom |= unreadable("arxiv", number.removesuffix(version) + version)


def _arxiv(item: dict[str, Any], custom: dict[str, Any]) -> None:
    """Bring the arXiv identifier to ``custom`` from wherever it hides, and make a preprint a preprint."""
    container = item.get("container-title", "")
    server = is_arxiv(container)
    found = _hidden_arxiv(item, custom, server)
    if server:
        custom.setdefault("primary-class", find_primary_class(container))
        _no_place_of_arxiv(item, found[0] if found else "")
        item["type"] = "article"
    elif item.get("type") in _LOOSE_TYPES and (
        names_server(container) or (found and not container and not placed(item))
    ):
        item["type"] = "article"
    if found:
        custom["arxiv"] = found[0]
        if found[1]:
            custom["arxiv-version"] = found[1]
        if is_arxiv(item.get("publisher", "")):
            del item["publisher"]
    elif "arxiv" in custom:
        custom |= unreadable("arxiv", str(custom.pop("arxiv")))


def _hidden_arxiv(
    item: dict[str, Any], custom: dict[str, Any], server: bool
) -> tuple[str, str] | None:
    """Number and version from where they are stated, or from a DOI, a volume, a note …; ``server``: the container is arXiv."""
    found = clean_arxiv(str(custom["arxiv"])) if custom.get("arxiv") else None
    doi = str(item.get("DOI") or "")
    if doi.startswith(_ARXIV_DOI):
        found = found or find_arxiv(doi)
        if found:
            del item["DOI"]
    for key in _HIDING:
        if found or not item.get(key):
            continue
        text = str(item[key])
        number = server and key in _NUMBERS
        found = clean_arxiv(text.removeprefix("abs/")) if number else find_arxiv(text)
        if found and not custom.get("primary-class"):
            custom["primary-class"] = find_primary_class(text)
    return found


def _no_place_of_arxiv(item: dict[str, Any], number: str) -> None:
    """The container arXiv, and volume, number and page where they only say the arXiv number again, go."""
    del item["container-title"]
    for key in ("volume", "number", "issue"):
        if key in item and (_ABS.match(item[key]) or (number and number in item[key])):
            del item[key]
    if _ARXIV_PAGE.match(str(item.get("page", ""))):
        del item["page"]
