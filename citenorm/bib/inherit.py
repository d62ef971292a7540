"""An entry and the entries it refers to by ``crossref`` or ``xdata`` → all its fields, and which of them are its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ..errors import InputError
from ..normalize.venues import find_venue
from .file import BibFile, most_repeated
from .scan import Block, Field

CONTAINERS = ("journal", "journaltitle", "booktitle")
_JOINTS = re.compile(r"[_-]+(?:[A-Za-z][_-]+)*")
"""What parts the words of a macro's name, with the letter that tells its kind ("IEEE_C_")."""
_DEPTH = 5
_EACH = 20
"""What taking a field over counts beside its characters."""
_IN_SOMETHING = frozenset(
    {
        "inproceedings",
        "conference",
        "incollection",
        "inbook",
        "inreference",
        "suppbook",
        "suppcollection",
        "suppperiodical",
    }
)
_TO_CHILD = {"title": "booktitle", "subtitle": "booksubtitle", "titleaddon": "booktitleaddon"}
_STAYS = frozenset({
    "crossref", "xref", "xdata", "keywords", "abstract", "annote", "annotation", "note", "file", "doi", "url", "urldate", "eprint", "pages", "options", "ids",
    "shorttitle", "sorttitle", "label", "timestamp", "owner", "author",
})  # fmt: skip
"""What a part does not take over from the whole."""


@dataclass(frozen=True, slots=True)
class Value:
    """A field's text (still LaTeX) and where it stands; ``own``: in the entry itself; ``macro``: that stands for a venue and cannot be read."""

    text: str
    field: Field
    own: bool
    macro: str = ""


class Parents:
    """The entries of a file by key, as far as another entry refers to one."""

    def __init__(self, bib: BibFile) -> None:
        self.bib = bib
        self._by_key: dict[str, Block] | None = None
        self._left = self._most = most_repeated(bib.text)

    def take(self, theirs: Mapping[str, Value]) -> Mapping[str, Value]:
        """The fields that an entry may take over.  Raises InputError where all entries together take more than a file of this length may say again."""
        self._left -= sum(_EACH + len(value.text) for value in theirs.values())
        if self._left < 0:
            raise InputError(
                f"{self.bib.name or 'input'}: what its entries take from each other (crossref, xdata) comes to more than {self._most:,} characters; write the values out"
            )
        return theirs

    def find(self, key: str) -> Block | None:
        if self._by_key is None:
            self._by_key = {}
            for entry in self.bib.entries:
                self._by_key.setdefault(entry.key.lower(), entry)
        return self._by_key.get(key.strip().lower())


def fields_of(bib: BibFile, entry: Block, parents: Parents, depth: int = 0) -> Mapping[str, Value]:
    """Field name → value; of a field that stands twice the first one counts, as for BibTeX."""
    out: dict[str, Value] = {}
    for found in entry.fields:
        if found.name not in out:
            text, macro = bib.value(found), ""
            if found.name in CONTAINERS and (macros := _undefined(bib, found)):
                name = venue_of_macros(bib, found)
                text, macro = name or text, "" if name else macros
            out[found.name] = Value(text, found, depth == 0, macro)
    if depth >= _DEPTH:
        return out
    if "xdata" in out:
        for key in dict.fromkeys(out["xdata"].text.split(",")):
            parent = parents.find(key)
            if parent is not None and parent is not entry:
                theirs = parents.take(fields_of(bib, parent, parents, depth + 1))
                for name, value in theirs.items():
                    out.setdefault(name, Value(value.text, value.field, False, value.macro))
    if "crossref" in out:
        parent = parents.find(out["crossref"].text)
        if parent is not None and parent is not entry:
            theirs = parents.take(fields_of(bib, parent, parents, depth + 1))
            _take_over(out, theirs, entry.type)
    return out


def venue_of_macros(bib: BibFile, found: Field) -> str:
    """A venue's field in which macros stand that nothing in the file defines, with their names for them, where that names a known venue
    ("pami", "IEEE_C_CVPR", "\\ICML"); else ""."""
    if not _undefined(bib, found):
        return ""
    said = ((bib.undefined(piece), piece) for piece in found.pieces)
    names = (_JOINTS.sub(" ", macro) if macro else bib.of_piece(piece) for macro, piece in said)
    name = " ".join(" ".join(names).split())
    return name if find_venue(name) is not None else ""


def _undefined(bib: BibFile, found: Field) -> str:
    """The macros of a value that nothing in the file defines."""
    return " ".join(filter(None, map(bib.undefined, found.pieces)))


def _take_over(out: dict[str, Value], theirs: Mapping[str, Value], entry_type: str) -> None:
    part = entry_type in _IN_SOMETHING
    if part and "booktitle" not in out and "booktitle" not in theirs:
        for name, mine in _TO_CHILD.items():
            if name in theirs:
                out.setdefault(mine, Value(theirs[name].text, theirs[name].field, False))
    for name, value in theirs.items():
        if name in _STAYS or (part and name in _TO_CHILD):
            continue
        out.setdefault(name, Value(value.text, value.field, False, value.macro))
