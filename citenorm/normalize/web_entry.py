"""A parsed reference to a page of the web that no source knows: what it is, who has it, where it stands.

Such references have a title, a site and an address, and little else; what the labels make of them ("Netilmicin. NICE" a publisher,
"Pledging | Docs" an editor) is put in order here by what stands where.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..late import late
from ..model import Claim
from .venues import find_venue

_EDGES = " \t,.;:–—-|"
_BARE_HOST = late(
    r"(?<![\w@/.-])((?:[a-z\d-]+\.)+(?:org|com|net|io|edu|gov|dev|ai|info|eu|uk|de|fr|es|it|nl|ch|at|jp|cn|br|ca|au)(?:/[^\s,;<>]*)?)(?=[\s,;.)>]|$)"
)
"""An address without its scheme."""
_IN_PRINT = frozenset(("volume", "issue", "page", "ISBN", "ISSN", "edition", "publisher-place", "collection-title", "DOI", "chapter-number"))  # fmt: skip
_UNSURE = frozenset(("book", "article-journal", "chapter", "document", "webpage", "manuscript", "paper-conference"))  # fmt: skip


def on_the_web(csl: dict[str, Any], claim: Claim, ends: Mapping[str, int]) -> None:
    """Put in order what a reference to a page says; one that is printed somewhere stays as it is."""
    _address(csl, claim)
    if not csl.get("URL") or csl.get("type") not in _UNSURE:
        return
    if _IN_PRINT & csl.keys():
        return
    _cut_title(csl, claim, ends)
    _no_title(csl, claim.raw)
    _body_by_date(csl, claim)
    if csl.get("type") == "paper-conference" or find_venue(str(csl.get("container-title") or "")):
        return
    if csl.get("type") != "book" or not csl.get("issued"):
        csl["type"] = "webpage"
    if csl.get("container-title"):
        csl["container-title"] = str(csl["container-title"]).rstrip(" .")


def _address(csl: dict[str, Any], claim: Claim) -> None:
    """An address that holds blanks, or stands without its scheme, is one all the same."""
    if csl.get("URL") or csl.get("DOI"):
        return
    found = None if _IN_PRINT & csl.keys() else _BARE_HOST.search(claim.raw)
    if found is None or found[1] in str(csl.get("title") or ""):
        return
    csl["URL"] = found[1].rstrip(".")
    for field in ("note", "container-title", "publisher"):
        if csl.get(field) and str(csl[field]) in found[1]:
            del csl[field]
    csl["type"] = "webpage"


def _cut_title(csl: dict[str, Any], claim: Claim, ends: Mapping[str, int]) -> None:
    """A title and a "journal" with nothing but a blank or a colon between them are one title."""
    container, end = str(csl.get("container-title") or ""), ends.get("title", -1)
    if not container or end < 0 or csl.get("type") not in ("article-journal", "chapter"):
        return
    for gap in (" ", ": "):
        goes_on = claim.raw.startswith(gap + container, end)
        if goes_on and not find_venue(container):
            csl["title"] = f"{csl['title']}{gap}{csl.pop('container-title')}"


_PEOPLE_AND_YEAR = late(r"\s\((?:19|20)\d\d[a-z]?\)$")


def _no_title(csl: dict[str, Any], raw: str) -> None:
    """Of what was all read as the publisher, the site or people, the first sentence is the title."""
    text = raw[: max(raw.find("http"), 0)].strip(_EDGES)
    read = [f for f in ("publisher", "container-title", "author") if csl.get(f)]
    if csl.get("title") or not read:
        return
    if read[0] != "author":
        text = str(csl[read[0]])
    elif len(read) > 1 or len(text) < 4 or _PEOPLE_AND_YEAR.search(text):
        return
    title, _, rest = text.partition(". ")
    del csl[read[0]]
    csl |= {"title": title} | ({"publisher": rest} if rest else {})


_BY_DATE = late(r"([A-Z][\w&-]+(?: [A-Z][\w&-]+){1,3})\. \((?:(?:19|20)\d\d, [A-Z]|n\.\s?d\.)")


def _body_by_date(csl: dict[str, Any], claim: Claim) -> None:
    """Words in front of a whole date in brackets that no comma parts are a body: people would be "Weir, J."."""
    found = _BY_DATE.match(claim.raw)
    people = csl.get("author") or ()
    if found and len(people) == 1 and csl.get("accessed"):
        csl["author"] = [{"literal": found[1]}]
