"""A parsed reference to a page of the web that no source knows: what it is, who has it, where it stands.

Such references have a title, a site and an address, and little else; what the labels make of them ("Netilmicin. NICE" a publisher,
"Pledging | Docs" an editor) is put in order here by what stands where.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..model import Claim
from .dates import parse_date
from .names import split_names
from .one_name import names_body
from .venues import find_venue

_EDGES = " \t,.;:–—-|"
_BARE_HOST = re.compile(
    r"(?<![\w@/.-])((?:[a-z\d-]+\.)+(?:org|com|net|io|edu|gov|dev|ai|info|eu|uk|de|fr|es|it|nl|ch|at|jp|cn|br|ca|au)(?:/[^\s,;<>]*)?)(?=[\s,;.)>]|$)"
)
"""An address without its scheme."""
_ADDRESS_ALONE = re.compile(r"https?://\S+(?: \S+){0,6}")
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})[./](\d{1,2})[./]((?:19|20)\d\d)(?!\d)")
_IN_PRINT = frozenset(("volume", "issue", "page", "ISBN", "ISSN", "edition", "publisher-place", "collection-title", "DOI", "chapter-number"))  # fmt: skip
_UNSURE = frozenset(("book", "article-journal", "chapter", "document", "webpage", "manuscript", "paper-conference"))  # fmt: skip


def on_the_web(csl: dict[str, Any], claim: Claim, ends: Mapping[str, int]) -> None:
    """Put in order what a reference to a page says; one that is printed somewhere stays as it is."""
    _address(csl, claim)
    if not csl.get("URL") or csl.get("type") not in _UNSURE:
        return
    _seen(csl, claim)
    _named_in_brackets(csl, claim)
    if _IN_PRINT & csl.keys():
        return
    _cut_title(csl, claim, ends)
    _no_title(csl, claim.raw)
    _body_first(csl)
    _person_and_year(csl)
    _site_behind_title(csl)
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
    if _ADDRESS_ALONE.fullmatch(claim.raw.strip()):
        for field in csl.keys() - {"type"}:
            del csl[field]
        csl |= {"type": "webpage", "URL": claim.raw.strip().replace(" ", "%20")}
        return
    found = None if _IN_PRINT & csl.keys() else _BARE_HOST.search(claim.raw)
    if found is None or found[1] in str(csl.get("title") or ""):
        return
    csl["URL"] = found[1].rstrip(".")
    for field in ("note", "container-title", "publisher"):
        if csl.get(field) and str(csl[field]) in found[1]:
            del csl[field]
    csl["type"] = "webpage"


def _seen(csl: dict[str, Any], claim: Claim) -> None:
    """The day on which a page was seen, where it is written day first: "Acesso em: 15/03/2010"."""
    parts = (csl.get("accessed") or {}).get("date-parts") or [[]]
    found = _DAY_FIRST.search(claim.raw, claim.raw.find(str(csl["URL"])) + 1)
    if len(parts[0]) == 1 and found and int(found[3]) == parts[0][0]:
        day = parse_date(f"{found[3]}-{int(found[2]):02d}-{int(found[1]):02d}")
        csl["accessed"] = day or csl["accessed"]


def _cut_title(csl: dict[str, Any], claim: Claim, ends: Mapping[str, int]) -> None:
    """A title and a "journal" with nothing but a blank or a colon between them are one title."""
    container, end = str(csl.get("container-title") or ""), ends.get("title", -1)
    if not container or end < 0 or csl.get("type") not in ("article-journal", "chapter"):
        return
    for gap in (" ", ": "):
        goes_on = claim.raw.startswith(gap + container, end)
        if goes_on and not find_venue(container):
            csl["title"] = f"{csl['title']}{gap}{csl.pop('container-title')}"


_PEOPLE_AND_YEAR = re.compile(r"\s\((?:19|20)\d\d[a-z]?\)$")


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


_IN_BRACKETS = re.compile(
    r"(.{4,200}?) \(([A-Z][a-zà-ÿ]+(?:-[A-Z][a-zà-ÿ]+)?(?: (?:van|von|de|der|den|di|[A-Z][\w.]*)){0,3} [A-Z][\w’'-]+)\)[\s.,]*<?https?:"
)


def _named_in_brackets(csl: dict[str, Any], claim: Claim) -> None:
    """ "Explicit Scoping (draft) (Jo Weir) https://…": who wrote the page stands in brackets behind its title."""
    found = None if csl.get("author") else _IN_BRACKETS.match(claim.raw)
    if found is None or str(csl.get("publisher") or "") not in found[2]:
        return
    csl["author"] = [n.to_csl() for n in split_names(found[2]).names]
    csl["title"] = found[1].strip(_EDGES)
    for name in ("publisher", "publisher-place", "editor"):
        if str(csl.get(name)) in found[2] or name == "editor":
            csl.pop(name, None)


def _body_first(csl: dict[str, Any]) -> None:
    """A body in front of the first full stop of a page's title, where nobody is named, has made it: "Pond Software Foundation. Weirs"."""
    if csl.get("author") or csl.get("editor") or not csl.get("title"):
        return
    body, stop, title = str(csl["title"]).partition(". ")
    words = body.split()
    capital = all(w[:1].isupper() or len(w) < 4 for w in words)
    if stop and len(title) > 5 and 1 < len(words) < 8 and capital and names_body(body):
        csl["author"], csl["title"] = [{"literal": body}], title


_PERSON_AND_YEAR = re.compile(r"([A-ZÀ-Þ][a-zà-ÿ]+ (?:[A-Z]\. )?[A-ZÀ-Þ][\w’'-]+)\. (?:19|20)\d\d")


def _person_and_year(csl: dict[str, Any]) -> None:
    """A person and the year between the title of a page and its address is who wrote it, no publisher: "Ponds. Jo Weir. 2016. https://…"."""
    found = _PERSON_AND_YEAR.fullmatch(str(csl.get("publisher") or ""))
    if found and not csl.get("author") and not names_body(found[1]):
        csl["author"] = [n.to_csl() for n in split_names(found[1]).names]
        del csl["publisher"]


_WHOLE_WORD = re.compile(r"[^\W_]{3}\W?$")
"""No initial in front of a name: "Letter to G.W. Brook"."""


def _site_behind_title(csl: dict[str, Any]) -> None:
    """The site behind the full stop of a title, where the day on which the page was seen, or written, shows that it is one."""
    title, stop, site = str(csl.get("title") or "").rpartition(". ")
    words = site.split()
    dated = csl.get("accessed") or len(((csl.get("issued") or {}).get("date-parts") or [[]])[0]) > 2
    if not stop or not dated or csl.keys() & {"container-title", "publisher"}:
        return
    named = 0 < len(words) <= 5 and all(w[:1].isupper() or len(w) < 4 for w in words)
    if named and len(title.split()) > 1 and _WHOLE_WORD.search(title) and words[0][:1].isupper():
        csl["title"], csl["container-title"] = title, site


_BY_DATE = re.compile(
    r"([A-Z][\w&-]+(?: [A-Z][\w&-]+){1,3})\. \((?:(?:19|20)\d\d, [A-Z]|n\.\s?d\.)"
)


def _body_by_date(csl: dict[str, Any], claim: Claim) -> None:
    """Words in front of a whole date in brackets that no comma parts are a body: people would be "Weir, J."."""
    found = _BY_DATE.match(claim.raw)
    people = csl.get("author") or ()
    if found and len(people) == 1 and csl.get("accessed"):
        csl["author"] = [{"literal": found[1]}]
