"""A .bib file in the form that somebody wants: without some fields, venues short or long, entries in an order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from ..emit.entry import ORDER
from ..errors import ConfigError
from ..model import names_of, year_of
from ..normalize.abbreviations import abbreviate
from ..normalize.text import fold
from ..normalize.venues import find_venue
from .claims import claim_of, decoded
from .file import BibFile, Edit, read, write
from .form import removals
from .inherit import Parents
from .scan import Block
from .style import own_style, replacement, style_of, writes_latex

Order = Literal["", "key", "author", "year", "title"]
"""In which order entries are put; "" leaves them where they are."""
VenueNames = Literal["", "short", "long"]
"""How venues are written; "" leaves them as they are."""
_VENUES = ("journal", "journaltitle", "booktitle")


@dataclass(frozen=True, slots=True)
class Shape:
    """What is wanted: ``omit`` names fields in lower case; ``venues`` and ``sort`` "" leave them as they are."""

    omit: frozenset[str] = frozenset()
    venues: VenueNames = ""
    sort: Order = ""

    def __bool__(self) -> bool:
        return bool(self.omit or self.venues or self.sort)


def shaped(data: bytes, shape: Shape, name: str = "") -> bytes:
    """The file's bytes in the form that is wanted.  Raises ConfigError where entries cannot be sorted."""
    if shape.omit:
        data = write(file := read(data, name), _omitted(file, shape.omit))
    if shape.venues:
        data = write(file := read(data, name), _venues(file, shape.venues == "short"))
    return _sorted(read(data, name), shape.sort) if shape.sort else data


def _omitted(bib: BibFile, names: frozenset[str]) -> list[Edit]:
    out: list[Edit] = []
    for entry in bib.entries:
        if not entry.problem:
            out += removals(entry, [f for f in entry.fields if f.name in names])
    return out


def _venues(bib: BibFile, short: bool) -> list[Edit]:
    """Venues that are known, by their short forms (journals by ISO 4) or their full names; macros stay."""
    from ..emit.latex import encode

    usual, latex, out = style_of(bib, bib.entries[:300]), writes_latex(bib), []
    parents = Parents(bib)
    for entry in bib.entries:
        if entry.problem or entry.type in ("proceedings", "mvproceedings"):
            continue
        for found in entry.fields:
            bare = len(found.pieces) != 1 or found.pieces[0].kind == "bare"
            if found.name not in _VENUES or bare or "@" in bib.raw(found):
                continue
            text = decoded(bib.value(found))
            new = _venue(text, short, year_of(claim_of(bib, entry, parents).csl))
            if new and new != text:
                style = own_style(bib, entry, usual)
                out.append(replacement(bib, found, encode(new, latex=latex), style))
    return out


def _venue(text: str, short: bool, year: int | None) -> str:
    found = find_venue(text)
    if found is None or found.part or found.venue.kind not in ("conference", "journal"):
        return ""
    venue = found.venue
    if not short:
        return venue.full_in(year or found.year)
    if venue.kind == "journal":
        return venue.iso or abbreviate(venue.name)
    return venue.short or ""


def _sorted(bib: BibFile, by: Order) -> bytes:
    """The entries in another order, each with the remarks directly above it; what stands between them stays where it is."""
    entries = [e for e in bib.entries if not e.problem]
    if not entries:
        return write(bib)
    late = [b for b in bib.blocks if b.kind == "string" and b.start > entries[0].start]
    if late:
        line = bib.place(late[0].start).line
        raise ConfigError(
            f"{bib.name or 'input'}:{line}: a macro is defined between entries: put it in front of them to sort"
        )
    parents = {decoded(bib.value(f)).lower() for e in entries for f in e.fields if f.name == "crossref"}  # fmt: skip
    rank = _rank(bib, by)
    wanted = sorted(entries, key=lambda e: (e.key.lower() in parents, *rank(e), e.start))
    slots = [(_top(bib, e), e.end) for e in entries]
    texts = [bib.text[_top(bib, e) : e.end] for e in wanted]
    return write(bib, [Edit(a, b, text) for (a, b), text in zip(slots, texts, strict=True)])


def _rank(bib: BibFile, by: Order) -> Callable[[Block], tuple[object, ...]]:
    parents = Parents(bib)

    def rank(entry: Block) -> tuple[object, ...]:
        if by == "key":
            return (entry.key.lower(),)
        csl = claim_of(bib, entry, parents).csl
        people = names_of(csl) or names_of(csl, "editor")
        who = [fold(f"{n.full_family} {n.given}") for n in people] or [fold(str(csl.get("title") or ""))]  # fmt: skip
        year, title = year_of(csl) or 9999, fold(str(csl.get("title") or ""))
        return {"author": (who, year, title), "year": (year, who, title), "title": (title, who, year)}[by]  # fmt: skip

    return rank


def _top(bib: BibFile, entry: Block) -> int:
    """Where the lines of remarks directly above an entry begin."""
    start = entry.start
    while start > 0 and bib.text[start - 1] == "\n":
        line = bib.text.rfind("\n", 0, start - 1) + 1
        if not bib.text[line:start].startswith("%"):
            break
        start = line
    return start


_KNOWN = frozenset(ORDER) | frozenset(
    ("abstract", "file", "groups", "owner", "timestamp", "bdsk-url-1", "bdsk-url-2", "date-added", "date-modified", "keyword", "comment", "review", "ids", "langid",
     "eprinttype", "eprintclass", "urldate", "articleno", "numpages", "issue_date", "biburl", "bibsource", "copyright", "isbn", "shortjournal", "mendeley-tags")
)  # fmt: skip
"""Fields that may be named although no entry has them."""


def misnamed(names: Iterable[str], files: Iterable[BibFile]) -> list[str]:
    """Of the names of fields those that no entry of the files has and that are none that programs write: slips of the hand."""
    asked = frozenset(names) - _KNOWN
    present = {f.name for file in files for e in file.entries for f in e.fields} if asked else set()
    return sorted(asked - present)


def omitted(words: Sequence[str]) -> frozenset[str]:
    """Names of fields from an option that may be repeated and takes several, separated by commas."""
    return frozenset(w.strip().lower() for text in words for w in text.split(",") if w.strip())
