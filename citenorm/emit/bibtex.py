"""Resolutions or CSL items → a BibTeX or biblatex file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from .entry import UNVERIFIED, Dialect, Entry, entry_of
from .items import Emittable, items_of
from .keys import keys_for

Mark = Literal["comment", "note", "no"]


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
    confirmed says so: in a comment in front of it ("comment"), in its note, which styles print ("note"), or nowhere ("no").
    Raises ValueError when ``dialect`` is unknown or the number of keys differs from the number of items.
    """
    if dialect not in ("bibtex", "biblatex"):
        raise ValueError(f"unknown dialect {dialect!r} (bibtex or biblatex)")
    found = items_of(items, join=keys is None)
    names = list(keys) if keys is not None else keys_for([item.csl for item in found])
    if len(names) != len(found):
        raise ValueError(f"{len(names)} keys for {len(found)} items")
    written = []
    for item, key in zip(found, names, strict=True):
        entry = entry_of(
            item.csl,
            dialect=dialect,
            latex=latex,
            preprint_note=preprint_note,
            unverified=mark_unverified == "note" and not item.verified,
        )
        remark = f"% {UNVERIFIED}\n" if mark_unverified == "comment" and not item.verified else ""
        written.append(remark + format_entry(entry, key))
    return "\n".join(written)


def format_entry(entry: Entry, key: str) -> str:
    """One entry as text that ends in a line break."""
    lines = [f"@{entry.type}{{{key},"]
    for name, value in entry.fields.items():
        lines.append(f"  {name} = {value}," if name in entry.bare else f"  {name} = {{{value}}},")
    return "\n".join([*lines, "}", ""])
