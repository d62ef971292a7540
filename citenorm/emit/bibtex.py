"""Resolutions or CSL items → a BibTeX or biblatex file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from ..model import Csl
from .entry import UNVERIFIED, Dialect, Entry, entry_of
from .items import Emittable, Item, items_of
from .keys import keys_for

Mark = Literal["comment", "field", "note", "none"]
MARK = "unverified"
"""The keyword of entries that no source has confirmed, where a field is to say so."""


def to_bibtex(
    items: Iterable[Emittable],
    *,
    dialect: Dialect = "bibtex",
    latex: bool = True,
    keys: Sequence[str] | None = None,
    preprint_note: str | None = None,
    mark_unverified: Mark = "comment",
) -> str:
    """The entries of ``items`` in their order, a blank line between two.

    ``latex``: accents and symbols as LaTeX commands, else Unicode.  ``keys``: one citation key per item (then nothing is
    joined); else keys are made from author, year and title, and resolutions that print the same entry become one.
    ``preprint_note``: see ``entry_of``.  ``mark_unverified``: where an entry that no source
    confirmed says so: in a comment in front of it ("comment"), by the keyword ``unverified``, by which reference managers and
    biblatex sort entries out and which no style prints ("field"), in its note, which styles print ("note"), or nowhere ("none").
    Raises ValueError when ``dialect`` or the mark is unknown or the number of keys differs from the number of items.
    """
    if dialect not in ("bibtex", "biblatex"):
        raise ValueError(f"unknown dialect {dialect!r} (bibtex or biblatex)")
    if mark_unverified not in ("comment", "field", "note", "none"):
        raise ValueError(f"unknown mark {mark_unverified!r} (comment, field, note or none)")
    found = items_of(items, join=keys is None)
    names = list(keys) if keys is not None else keys_for([item.csl for item in found])
    if len(names) != len(found):
        raise ValueError(f"{len(names)} keys for {len(found)} items")
    written = []
    for item, key in zip(found, names, strict=True):
        entry = entry_of(
            _with_keyword(item) if mark_unverified == "field" else item.csl,
            dialect=dialect,
            latex=latex,
            preprint_note=preprint_note,
            unverified=mark_unverified == "note" and not item.verified,
        )
        remark = f"% {UNVERIFIED}\n" if mark_unverified == "comment" and not item.verified else ""
        written.append(remark + format_entry(entry, key))
    return "\n".join(written)


def _with_keyword(item: Item) -> Csl:
    """The item, with the keyword that marks it where no source has confirmed it."""
    words = [w for w in str(item.csl.get("keyword") or "").split(", ") if w]
    return (
        item.csl
        if item.verified or MARK in words
        else {**item.csl, "keyword": ", ".join([*words, MARK])}
    )


def format_entry(entry: Entry, key: str) -> str:
    """One entry as text that ends in a line break."""
    lines = [f"@{entry.type}{{{key},"]
    for name, value in entry.fields.items():
        lines.append(f"  {name} = {value}," if name in entry.bare else f"  {name} = {{{value}}},")
    return "\n".join([*lines, "}", ""])
