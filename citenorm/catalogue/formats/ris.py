"""RIS in, CSL items out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from .entry import Entry, Fault
from .markup import plain
from .people import named, person

_TYPES = {
    "JOUR": "article-journal", "JFULL": "article-journal", "EJOUR": "article-journal", "MGZN": "article-magazine", "NEWS": "article-newspaper",
    "CONF": "paper-conference", "CPAPER": "paper-conference", "BOOK": "book", "EBOOK": "book", "EDBOOK": "book", "CHAP": "chapter",
    "ECHAP": "chapter", "THES": "thesis", "RPRT": "report", "UNPB": "article", "PREPRINT": "article", "ELEC": "webpage", "BLOG": "webpage",
    "COMP": "software", "DATA": "dataset", "PAT": "patent", "STAND": "standard", "ENCYC": "entry-encyclopedia", "SLIDE": "speech",
}  # fmt: skip
_TAG = re.compile(r"^([A-Z][A-Z0-9]) {1,2}-(?: (.*))?$")
_LONGEST = 1 << 20


def read(stream: BinaryIO) -> Iterator[Entry | Fault]:
    """Entries of a RIS file; lines without a tag go on with the field before."""
    fields: dict[str, list[str]] = {}
    last, start, number, count = "", 0, 0, 0
    for number, raw in enumerate(iter(lambda: stream.readline(_LONGEST), b""), 1):
        line = _decoded(raw).rstrip("\r\n")
        found = _TAG.match(line.lstrip("\ufeff"))
        if not found:
            if fields and last and line.strip():
                fields[last][-1] += " " + line.strip()
            continue
        tag, value = found[1], (found[2] or "").strip()
        if tag in ("TY", "ER"):
            if fields:
                count += 1
                yield _finished(fields, start, count)
            fields, last, start = (
                ({"TY": [value]}, "TY", number) if tag == "TY" else ({}, "", number)
            )
        elif fields:
            fields.setdefault(tag, []).append(value)
            last = tag
    if fields:
        yield _finished(fields, start, count + 1)


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _finished(fields: dict[str, list[str]], line: int, count: int) -> Entry | Fault:
    csl = record_from_fields(fields, count)
    return Entry(csl) if csl.get("title") else Fault(f"line {line}", "no title")


def record_from_fields(fields: dict[str, list[str]], count: int = 1) -> dict[str, Any]:
    """The CSL item of one RIS record."""

    def one(*tags: str) -> str:
        return next((plain(value) for tag in tags for value in fields.get(tag, ()) if value), "")

    kind = _TYPES.get(one("TY").upper(), "document")
    doi = re.sub(
        r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)",
        "",
        one("DO", "M3") if one("DO") or "10." in one("M3") else "",
        flags=re.IGNORECASE,
    ).lower()
    csl: dict[str, Any] = {
        "id": f"ris:{doi or one('ID', 'AN') or count}",
        "type": kind,
        "title": one("TI", "T1", "CT") or (one("BT") if kind == "book" else ""),
    }
    for role, tags in (
        ("author", ("AU", "A1")),
        ("editor", ("ED", "A2") if kind in ("chapter", "paper-conference") else ("ED",)),
    ):
        people = [
            name for tag in tags for value in fields.get(tag, ()) if (name := _person(plain(value)))
        ]
        if people:
            csl[role] = people
    start, end = one("SP"), one("EP")
    pages = start if not end or "-" in start or start == end else f"{start}-{end}"
    values = (
        ("container-title", one("JF", "T2", "JO", "BT", "JA") if kind != "book" else ""), ("collection-title", one("T3")), ("volume", one("VL")),
        ("issue", one("IS")), ("page", re.sub(r"\s*[–—-]+\s*", "-", pages)), ("publisher", one("PB")), ("publisher-place", one("CY", "PP")),
        ("edition", one("ET")), ("DOI", doi), ("URL", one("UR", "L2") if not doi else ""),
    )  # fmt: skip
    csl |= {name: value for name, value in values if value}
    number = one("SN")
    if number:
        csl["ISBN" if len(re.sub(r"[^0-9Xx]", "", number)) >= 10 else "ISSN"] = number
    date = [int(part) for part in re.findall(r"\d{1,9}", one("DA", "PY", "Y1"))[:3]] or [
        int(part) for part in re.findall(r"\d{4}", one("PY"))[:1]
    ]
    if date and 1000 <= date[0] <= 2999:
        csl["issued"] = {"date-parts": [date[:1] + [part for part in date[1:] if 1 <= part <= 31]]}
    return csl


def _person(printed: str) -> dict[str, str] | None:
    """ "Family, Given, Suffix"; a name without a comma is taken as printed."""
    parts = [part.strip() for part in printed.split(",")]
    return named(*parts[:3]) if len(parts) > 1 else person(printed)
