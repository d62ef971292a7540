"""From the first bytes of a file to the name of its format."""

from __future__ import annotations

import json
import re

_XML = (
    ("dblp", re.compile(rb"<dblp[\s>]|dblp\.dtd")),
    (
        "medline",
        re.compile(rb"<(PubmedArticleSet|PubmedArticle|MedlineCitationSet|PubmedBookArticle)[\s>]"),
    ),
    ("acl", re.compile(rb"<collection\s+id=|<volume\s+id=")),
)
_BIBTEX = re.compile(rb"^\s*@\s*[A-Za-z]+\s*[{(]", re.MULTILINE)
_RIS = re.compile(rb"^TY  - ?", re.MULTILINE)
_SUFFIXES = ((".bib", "bibtex"), (".ris", "ris"), (".jsonl", "csl"), (".json", "csl"))


def format_of(head: bytes, name: str) -> str | None:
    """The format that the beginning of a file shows, else the one that its name says."""
    body = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if body[:1] == b"<":
        return next((kind for kind, mark in _XML if mark.search(body)), None)
    if body[:1] in (b"{", b"["):
        return _json(body)
    if len(head) > 265 and head[257:262] == b"ustar":
        return "crossref"
    if head[:4] == b"PAR1":
        return "arxiv"
    if body[:10] == b"Record ID," and b"RetractionNature" in body.split(b"\n", 1)[0]:
        return "retractions"
    if _RIS.search(body):
        return "ris"
    if _BIBTEX.search(body):
        return "bibtex"
    low = name.lower()
    for packing in (".gz", ".xz", ".zst", ".bz2"):
        low = low.removesuffix(packing)
    return next((kind for suffix, kind in _SUFFIXES if low.endswith(suffix)), None)


def _json(body: bytes) -> str:
    """The kind of JSON by the keys of its first object, which need not be whole."""
    line = body.split(b"\n", 1)[0]
    try:
        keys = set(json.loads(line))
    except (ValueError, TypeError):
        keys = {key.decode() for key in re.findall(rb'"([A-Za-z_-]{2,40})"\s*:', body[:20000])}
    if (
        {"message-type", "message"} <= keys
        or {"DOI", "prefix"} <= keys
        or "items" in keys
        or {"DOI", "indexed"} <= keys
    ):
        return "crossref"
    if "authors_parsed" in keys or {"journal-ref", "abstract", "categories"} <= keys:
        return "arxiv"
    if (
        {"authorships", "ids"} <= keys
        or "abstract_inverted_index" in keys
        or "primary_location" in keys
    ):
        return "openalex"
    return "csl"
