"""A ``.bib`` file and the references of a report → the file with entries for the works that it lacks, and the key of each reference."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from .bibliography import bibliography
from .emit import items_of, keys_for, to_bibtex
from .model import Resolution
from .together import entries_of

if TYPE_CHECKING:
    from .bib import BibFile
    from .emit.bibtex import Mark


@dataclass(frozen=True, slots=True)
class Appended:
    """The file's new text, the keys of the entries that were added, and for each reference the keys of what may be its entry."""

    text: str
    added: tuple[str, ...]
    keys: tuple[tuple[str, ...], ...]


def appended(
    file: BibFile | None,
    entries: Sequence[Resolution],
    results: Sequence[Resolution],
    *,
    add: bool = True,
    mark_unverified: Mark = "comment",
) -> Appended:
    """Put an entry behind the others for each work of the references that the file lacks.

    ``file``: None for a new one; ``entries``: the resolutions of its entries; ``results``: those of the references; ``add``:
    False only tells the keys; ``mark_unverified``: see ``to_bibtex``.  The entries are written in the file's dialect and line ends; every byte that was there stays.
    """
    from .bib.style import dialect_of, writes_latex

    known = [tuple(keys) for keys in entries_of(results, entries)]
    before = file.text if file is not None else ""
    lacking = [i for i, keys in enumerate(known) if not keys and items_of([results[i]])]
    if not lacking or not add:
        return Appended(before, (), tuple(known))
    made = bibliography([results[i] for i in lacking])
    taken = [e.key for e in file.entries] if file is not None else []
    keys = keys_for([e.csl for e in made.entries], taken)
    places = {id(results[i]): i for i in reversed(lacking)}
    printed = []
    for entry, key in zip(made.entries, keys, strict=True):
        for result in entry.resolutions:
            known[places[id(result)]] = (key,)
        printed.append(replace(entry.best, emitted=entry.csl))
    dialect = dialect_of(file) if file is not None else "bibtex"
    latex = writes_latex(file) if file is not None else True
    new = to_bibtex(
        printed, dialect=dialect, latex=latex, keys=keys, mark_unverified=mark_unverified
    )
    newline = file.newline if file is not None else "\n"
    gap = "" if not before.strip() else newline if before.endswith(("\n", "\r")) else newline * 2
    return Appended(before + gap + new.replace("\n", newline), tuple(keys), tuple(known))
