"""Findings about a claim that was read from an entry → the same findings at the field that they are about."""

from __future__ import annotations

from dataclasses import replace

from ..model import Diagnostic
from .claims import FIELDS
from .file import BibFile
from .scan import Block


def located(bib: BibFile, entry: Block, found: Diagnostic) -> Diagnostic:
    """The finding with the place of the field it names; of the entry's key where the entry has no such field.

    A finding that has a column already, or that is about several fields, keeps its line.
    """
    if found.place is not None and found.place.column:
        return found
    for name in FIELDS.get(found.field, ()):
        field = entry.get(name)
        if field is not None:
            return replace(found, place=bib.place(field.start, field.end), key=entry.key)
    return replace(
        found, place=bib.place(entry.key_start, entry.key_start + len(entry.key)), key=entry.key
    )
