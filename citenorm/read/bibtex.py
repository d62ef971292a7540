"""A BibTeX file goes in; its source comes out unchanged, for the part of citenorm that edits such files in place."""

from __future__ import annotations

from ..lines import line_starts
from ..model import Document


def read_bibtex(text: str, name: str, encoding: str) -> Document:
    """Text and file are the same; entries are read by ``citenorm.bib``."""
    return Document(
        name=name,
        format="bibtex",
        text=text,
        runs=((0, 0, len(text)),),
        line_starts=line_starts(text),
        source_text=text,
        encoding=encoding,
    )
