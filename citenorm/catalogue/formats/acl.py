"""ACL Anthology XML (one collection a file) in, CSL items of its papers out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from ...normalize.ordinals import whole_number
from .entry import Entry, Fault
from .people import named
from .xmlstream import BrokenXml, Element, elements, first, text

_MONTHS = {name: number for number, name in enumerate(
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"], 1
)}  # fmt: skip
_WANTED = frozenset(("collection",))


def read(stream: BinaryIO) -> Iterator[Entry | Fault]:
    """Entries of a collection: a volume's papers with what its ``meta`` says of all; front matter is left out."""
    try:
        for element in elements(stream, _WANTED):
            for volume in element.findall("volume"):
                yield from _volume(volume, element.get("id", ""))
    except BrokenXml as error:
        yield Fault("end of what can be read", str(error))


def _volume(volume: Element, collection: str) -> Iterator[Entry | Fault]:
    meta = volume.find("meta")
    shared = meta if meta is not None else Element("meta")
    for paper in volume.findall("paper"):
        ident = anthology_id(collection, volume.get("id", ""), paper)
        if paper.find("removed") is not None:
            continue
        csl = record_from_element(paper, shared, ident)
        if not ident or not csl.get("title"):
            yield Fault(ident or f"{collection}-{volume.get('id')}", "no title or id")
        else:
            yield Entry(csl, changed=paper.get("ingest-date") or volume.get("ingest-date") or "")


def anthology_id(collection: str, volume: str, paper: Element) -> str:
    """The paper's id: its ``url``, else built from collection, volume and number ("P18-1001", "2022.acl-long.1")."""
    url = first(paper, "url").rpartition("/")[2]
    if url:
        return url.removesuffix(".pdf")
    number = paper.get("id", "")
    if not number:
        return ""
    if re.fullmatch(r"[A-Z]\d\d", collection):
        wide = (
            collection[0] == "W"
            or collection == "C69"
            or (collection == "D19" and (whole_number(volume) or 0) >= 5)
        )
        return (
            f"{collection}-{volume.zfill(2)}{number.zfill(2)}"
            if wide
            else f"{collection}-{volume}{number.zfill(3)}"
        )
    return f"{collection}-{volume}.{number}"


def record_from_element(paper: Element, meta: Element, ident: str) -> dict[str, Any]:
    """The CSL item of one paper."""
    journal = first(meta, "journal-title")
    csl: dict[str, Any] = {
        "id": f"acl:{ident}",
        "type": "article-journal" if journal else "paper-conference",
        "title": text(paper.find("title")),
    }
    for role, where in (("author", paper), ("editor", meta)):
        people = [
            name
            for one in where.findall(role)
            if (name := named(first(one, "last"), first(one, "first"), first(one, "suffix")))
        ]
        if people:
            csl[role] = people
    container = journal or first(paper, "booktitle") or first(meta, "booktitle")
    fields = (
        ("container-title", container), ("volume", first(meta, "journal-volume")), ("issue", first(paper, "issue") or first(meta, "journal-issue")),
        ("page", re.sub(r"\s*[–—-]+\s*", "-", first(paper, "pages"))), ("publisher", first(meta, "publisher")),
        ("publisher-place", first(meta, "address")), ("DOI", first(paper, "doi").lower()), ("ISBN", first(meta, "isbn")),
    )  # fmt: skip
    csl |= {name: value for name, value in fields if value}
    year, month = (
        first(paper, "year") or first(meta, "year"),
        first(paper, "month") or first(meta, "month"),
    )
    if (printed := whole_number(year)) is not None:
        number = _MONTHS.get(re.split(r"[\s–-]", month.lower())[0]) if month else None
        csl["issued"] = {"date-parts": [[printed, number] if number else [printed]]}
    csl["URL"] = f"https://aclanthology.org/{ident}"
    custom: dict[str, Any] = {"acl": ident}
    if paper.find("retracted") is not None:
        custom["retracted"] = True
    csl["custom"] = custom
    return csl
