"""Resolutions or CSL items → a BibTeX or biblatex file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .entry import Dialect, Entry, entry_of
from .items import Emittable, items_of
from .keys import keys_for


def to_bibtex(
    items: Iterable[Emittable],
    *,
    dialect: Dialect = "bibtex",
    latex: bool = True,
    keys: Sequence[str] | None = None,
    preprint_note: str | None = None,
    mark_unverified: bool = True,
) -> str:
    """The entries of ``items`` in their order, a blank line between two.

    ``latex``: accents and symbols as LaTeX commands, else Unicode.  ``keys``: one citation key per item (then nothing is
    joined); else keys are made from author, year and title, and resolutions that print the same entry become one.
    ``preprint_note``: see ``entry_of``.  ``mark_unverified``: an entry that no source confirmed says so in its note.
    Raises ValueError when ``dialect`` is unknown or the number of keys differs from the number of items.
    """
    if dialect not in ("bibtex", "biblatex"):
        raise ValueError(f"unknown dialect {dialect!r} (bibtex or biblatex)")
    found = items_of(items, join=keys is None)
    names = list(keys) if keys is not None else keys_for([item.csl for item in found])
    if len(names) != len(found):
        raise ValueError(f"{len(names)} keys for {len(found)} items")
    written = (
        format_entry(
            entry_of(
                item.csl,
                dialect=dialect,
                latex=latex,
                preprint_note=preprint_note,
                unverified=mark_unverified and not item.verified,
            ),
            key,
        )
        for item, key in zip(found, names, strict=True)
    )
    return "\n".join(written)


def format_entry(entry: Entry, key: str) -> str:
    """One entry as text that ends in a line break."""
    lines = [f"@{entry.type}{{{key},"]
    for name, value in entry.fields.items():
        lines.append(f"  {name} = {value}," if name in entry.bare else f"  {name} = {{{value}}},")
    return "\n".join([*lines, "}", ""])
