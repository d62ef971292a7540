"""Claims and records in, the folded forms that comparing needs out, each made once.

A view holds what is compared again and again: its title, people, years, numbers and identifiers.  Nothing in here
decides anything.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ..model import Claim, Csl, Name, Record, custom_of, year_of
from ..normalize.identified import identified
from ..normalize.identifiers import find_isbn
from ..normalize.pages import page_range
from ..normalize.preprint import claims_preprint, is_preprint
from ..normalize.text import squash
from .kept import part
from .people_view import Person, people_of
from .title_view import Title, title_view
from .witnesses import damaged_at, ends_short, torn_pages

if TYPE_CHECKING:
    from .works.place import Place

_ARXIV_DOI = "10.48550/arxiv."
_VERSION = re.compile(r"v\d+$")
_KINDS = ("pmid", "acl", "openreview", "dblp")
_BARE = frozenset(("type", "id", "DOI", "ISBN", "URL", "PMID", "custom", "issued", "accessed", "citation-number", "citation-key"))  # fmt: skip
_BARE_CUSTOM = frozenset((*_KINDS, "arxiv", "arxiv-version", "primary-class", "pmcid"))
"""The fields of an item that states identifiers and nothing else but, perhaps, its year."""


class View:
    """A claim or a record made comparable; each part is folded when it is first looked at, and kept."""

    def __init__(self, csl: Csl) -> None:
        self.csl = csl
        self._custom = custom_of(csl)
        self.beside: dict[int, tuple[View, Any]] = {}
        """What was found out of this item beside others: by their ids, each with the other's view."""

    @part
    def place(self) -> Place:
        """Where it stands in its container."""
        from .works.place import place_of

        return place_of(self.csl, self.preprint)

    @part
    def title(self) -> Title:
        return title_view(text(self.csl.get("title")))

    @part
    def people(self) -> tuple[Person, ...]:
        """The authors, else the editors."""
        return tuple([person for person, _ in self._listed])

    @part
    def _listed(self) -> list[tuple[Person, Any]]:
        return people_of(self.csl.get("author")) or people_of(self.csl.get("editor"))

    @part
    def shown_people(self) -> str:
        """The people in one line, the first eight with their initials."""
        shown = [
            p.family if not p.initials else f"{p.family} {p.initials}" for p in self.people[:8]
        ]
        return ", ".join(shown) + (" …" if len(self.people) > 8 else "")

    def name(self, i: int) -> Name:
        """The i-th of the people as the item names them."""
        return Name.from_csl(self._listed[i][1])

    @property
    def names(self) -> list[Name]:
        """All the people as the item names them."""
        return [Name.from_csl(item) for _, item in self._listed]

    @part
    def count(self) -> int:
        """How many authors there are: more than are listed where the source ended the list short."""
        count = self._custom.get("author-count")
        return max(count, len(self.people)) if isinstance(count, int) else len(self.people)

    @part
    def cut(self) -> bool:
        """The source ended the author list short, or may have: its lists become no longer."""
        listed = len(self.people)
        return self.count > listed or ends_short(text(self.csl.get("id")), listed)

    @part
    def others(self) -> bool:
        """The list of authors ends in "et al."."""
        return bool(self._custom.get("others"))

    @part
    def otherwise(self) -> View | None:
        """The same item with the people of the other reading of its author field, where that has two."""
        several = self._custom.get("author-otherwise")
        if not isinstance(several, (list, tuple)):
            return None
        custom = {k: v for k, v in self._custom.items() if k != "author-otherwise"}
        return View({**self.csl, "author": several, "custom": custom})

    @part
    def year(self) -> int | None:
        return year_of(self.csl)

    @part
    def venue(self) -> str:
        return text(self.csl.get("container-title"))

    @part
    def type(self) -> str:
        return text(self.csl.get("type"))

    @part
    def preprint(self) -> bool:
        return is_preprint(self.csl)

    @part
    def claims_preprint(self) -> bool:
        return claims_preprint(self.csl)

    @part
    def volume(self) -> str:
        return squash(text(self.csl.get("volume")))

    @part
    def issue(self) -> str:
        return squash(text(self.csl.get("issue")))

    @part
    def pages(self) -> tuple[str, str]:
        stated = text(self.csl.get("page") or self.csl.get("number"))
        first, last = page_range(stated)
        torn = last == "1" or torn_pages(text(self.csl.get("id")), stated)
        return ("1", "1") if torn else (first, last)  # "131-1": of article 131

    @property
    def first(self) -> str:
        return self.pages[0]

    @property
    def last(self) -> str:
        return self.pages[1]

    @part
    def doi(self) -> str:
        """The DOI, unless it is an arXiv number in other clothes, or of a stretch of its source in which DOIs are wrong."""
        doi = text(self.csl.get("DOI")).lower()
        if not doi or doi.startswith(_ARXIV_DOI):
            return ""
        return "" if damaged_at(text(self.csl.get("id")), self.year, self.venue, "DOI") else doi

    @part
    def arxiv(self) -> str:
        stated = text(self._custom.get("arxiv"))
        doi = text(self.csl.get("DOI")).lower()
        if not stated and doi.startswith(_ARXIV_DOI):
            stated = _VERSION.sub("", doi[len(_ARXIV_DOI) :])
        return stated

    @part
    def numbered(self) -> bool:
        """An e-print is named, and which of its versions ("arXiv:1901.00001v2")."""
        return self.claims_preprint and bool(self._custom.get("arxiv-version"))

    def unreadable(self, kind: str) -> str:
        """What is stated as an identifier (``doi``, ``arxiv``) and cannot be one or is a filler, or as the venue (``container-title``) and is a macro."""
        return text(self._custom.get(f"unreadable-{kind}"))

    @part
    def version_of(self) -> str:
        """The other version that the source states: an arXiv number, a DOI, or a record id."""
        stated = text(self._custom.get("version-of"))
        return stated[6:] if stated.lower().startswith("arxiv:") else stated.lower()

    @part
    def isbn(self) -> str:
        return text(self.csl.get("ISBN")).replace("-", "").split(" ")[0]

    @part
    def identifiers(self) -> frozenset[tuple[str, str]]:
        """All the identifiers of the item as ``(kind, value)``: a DOI, an arXiv number, ISBNs, the numbers of indexes."""
        stated = [("doi", self.doi), ("arxiv", self.arxiv), ("pmid", text(self.csl.get("PMID")))]
        stated += [("isbn", find_isbn(one)) for one in text(self.csl.get("ISBN")).split()]
        stated += [(kind, text(self._custom.get(kind))) for kind in _KINDS]
        return frozenset([(k, v if k == "openreview" else v.lower()) for k, v in stated if v])

    @part
    def bare(self) -> bool:
        """The item states identifiers and nothing else that tells a work; a URL is the link of one of them."""
        known = _BARE.issuperset(self.csl) and _BARE_CUSTOM.issuperset(self._custom)
        if not known or not self.identifiers:
            return False
        url = text(self.csl.get("URL"))
        linked = identified(url) if url else {}
        return linked is not None and self.identifiers >= View(linked).identifiers


def claim_view(claim: Claim) -> View:
    """The claim made comparable."""
    return _kept(claim.csl)


def record_view(record: Record) -> View:
    """The record made comparable."""
    return _kept(record.csl)


_VIEWS: dict[int, View] = {}
_MOST = 4096


def _kept(csl: Csl) -> View:
    """The view of an item, made once as long as the item lives in this table (the view holds it, so its id is its own)."""
    known = _VIEWS.get(id(csl))
    if known is not None and known.csl is csl:
        return known
    view = View(csl)
    if len(_VIEWS) >= _MOST:
        _VIEWS.clear()
    _VIEWS[id(csl)] = view
    return view


def text(value: Any) -> str:
    """A CSL value as a string; a list gives its first item, anything else nothing."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, (list, tuple)) and value:
        return text(value[0])
    return str(value) if isinstance(value, (int, float)) else ""


def dated(venue: str, year: int | None) -> str:
    """A venue and a year as they are told: "ECIR 2019", and the year once where the venue's name has it."""
    return venue if year is None or re.search(rf"\b{year}\b", venue) else f"{venue} {year}".strip()
