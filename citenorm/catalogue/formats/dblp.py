"""DBLP XML (dblp.xml, with the entities of its DTD) in, CSL items out.

Home pages (``www``) and withdrawn records are left out; articles of CoRR become e-prints of arXiv.  What a paper
inherits from its proceedings (``crossref``) is added where the proceedings stand before it in the file.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterator
from typing import Any, BinaryIO
from urllib.parse import unquote

from ...normalize.ordinals import whole_number
from .entry import Entry, Fault
from .people import person
from .xmlstream import BrokenXml, Element, elements, first, text

_RECORDS = frozenset(
    (
        "article",
        "inproceedings",
        "proceedings",
        "book",
        "incollection",
        "phdthesis",
        "mastersthesis",
        "data",
        "www",
    )
)
_TYPES = {
    "article": "article-journal", "inproceedings": "paper-conference", "proceedings": "book", "book": "book",
    "incollection": "chapter", "phdthesis": "thesis", "mastersthesis": "thesis", "data": "dataset",
}  # fmt: skip
_DOI = re.compile(r"https?://(?:dx\.)?doi\.org/(10\.\S+)")
_ARXIV = re.compile(r"https?://arxiv\.org/abs/([\w.\-]+(?:/\d+)?)")
_OPENREVIEW = re.compile(r"https?://openreview\.net/forum\?id=([\w\-]+)")
_ACL = re.compile(r"https?://(?:www\.)?aclanthology\.org/([\w.\-]+?)/?$")
_CORR = re.compile(r"abs[/-](\d{4}[.-]\d{4,5}|[\w\-]+/\d{7})")
_RANGE = re.compile(r"\s*--?\s*|–")
_KEPT = 4096
"""So many proceedings are remembered for the papers that follow them."""


def read(stream: BinaryIO) -> Iterator[Entry | Fault]:
    """Entries of a DBLP file."""
    proceedings: OrderedDict[str, dict[str, str]] = OrderedDict()
    try:
        for element in elements(stream, _RECORDS):
            kind, key = element.tag, element.get("key", "")
            if kind == "www" or "withdrawn" in element.get("publtype", "") or not key:
                continue
            if kind == "proceedings":
                proceedings[key] = _inherited(element)
                if len(proceedings) > _KEPT:
                    proceedings.popitem(last=False)
            csl = record_from_element(element, proceedings.get(first(element, "crossref"), {}))
            if not csl.get("title"):
                yield Fault(key, "no title")
            else:
                yield Entry(csl, changed=element.get("mdate", ""))
    except BrokenXml as error:
        yield Fault("end of what can be read", str(error))


_SAID = frozenset(
    (
        "title",
        "booktitle",
        "journal",
        "volume",
        "number",
        "pages",
        "publisher",
        "series",
        "school",
        "year",
        "isbn",
    )
)
"""Elements whose first text is taken."""
_Told = tuple[dict[str, str], dict[str, list[dict[str, str]]], list[str]]


def _told(element: Element) -> _Told:
    """What of its elements is taken, the people by role, and the electronic editions."""
    said: dict[str, str] = {}
    people: dict[str, list[dict[str, str]]] = {}
    links: list[str] = []
    for child in element:
        tag = child.tag
        if tag in _SAID:
            said.setdefault(tag, text(child))
        elif tag == "author" or tag == "editor":
            if one := person(child.text or "" if not len(child) else text(child)):
                people.setdefault(tag, []).append(one)
        elif tag == "ee":
            links.append(text(child))
    return said, people, links


def record_from_element(
    element: Element, inherited: dict[str, str] | None = None
) -> dict[str, Any]:
    """The CSL item of one record; ``inherited``: fields of its proceedings."""
    key, kind = element.get("key", ""), element.tag
    said, people, links = _told(element)
    tell = said.get
    title = tell("title", "")
    csl: dict[str, Any] = {"id": f"dblp:{key}", "type": _TYPES.get(kind, "document")}
    csl["title"] = title[:-1] if title.endswith(".") and not title.endswith("..") else title
    for role in ("author", "editor"):
        if role in people:
            csl[role] = people[role]
    custom: dict[str, Any] = {"dblp": key}
    _identify(csl, custom, links)
    volume, journal = tell("volume", ""), tell("journal", "")
    corr = _CORR.search(volume) if journal == "CoRR" else None
    if journal == "CoRR" or (journal.startswith("arXiv") and "arxiv" in custom):
        csl["type"], csl["publisher"] = "article", "arXiv"
        if corr and "arxiv" not in custom:
            custom["arxiv"] = corr[1].replace("-", ".") if corr[1][:4].isdigit() else corr[1]
    else:
        _put(csl, "container-title", journal or tell("booktitle"))
        _put(csl, "volume", volume)
        _put(csl, "issue", tell("number"))
        _put(csl, "page", _range(tell("pages", "")))
    if kind in ("proceedings", "book"):
        csl.pop("container-title", None)
    for name, source in _MORE:
        _put(csl, name, tell(source))
    if kind in ("phdthesis", "mastersthesis"):
        csl["genre"] = "PhD thesis" if kind == "phdthesis" else "Master's thesis"
    if (year := whole_number(tell("year", ""))) is not None:
        csl["issued"] = {"date-parts": [[year]]}
    _put(csl, "ISBN", tell("isbn"))
    for name, value in (inherited or {}).items():
        csl.setdefault(name, value)
    csl["custom"] = custom
    return csl


_MORE = (("publisher", "publisher"), ("collection-title", "series"), ("publisher", "school"))


def _range(pages: str) -> str:
    """Pages with one hyphen between, as most have it already."""
    plain = "--" not in pages and " " not in pages and "–" not in pages
    return pages if plain else _RANGE.sub("-", pages)


def _identify(csl: dict[str, Any], custom: dict[str, Any], links: list[str]) -> None:
    """Identifiers out of the electronic editions; the first other address becomes the URL."""
    url = ""
    for link in links:
        if found := _DOI.match(link):
            doi = unquote(found[1]).lower()
            if doi.startswith("10.48550/arxiv."):
                custom.setdefault("arxiv", doi[15:])
            else:
                csl.setdefault("DOI", doi)
        elif arxiv := _ARXIV.match(link):
            custom.setdefault("arxiv", re.sub(r"v\d+$", "", arxiv[1]))
        else:
            forum, anthology = _OPENREVIEW.match(link), _ACL.match(link)
            if forum:
                custom.setdefault("openreview", forum[1])
            if anthology:
                custom.setdefault("acl", anthology[1])
            url = url or link
    if url and "DOI" not in csl and url.startswith("http"):
        csl["URL"] = url


def _inherited(element: Element) -> dict[str, str]:
    """What papers take over from their proceedings."""
    fields = (("publisher", "publisher"), ("collection-title", "series"), ("volume", "volume"))
    return {name: value for name, source in fields if (value := first(element, source))}


def _put(csl: dict[str, Any], name: str, value: str | None) -> None:
    if value:
        csl.setdefault(name, value)
