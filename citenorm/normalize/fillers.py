"""A stated identifier in, whether a reference manager wrote it out: some stand in entries of any work, and say nothing of it (``fillers.toml``)."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from .identifiers import clean_arxiv, clean_doi


@cache
def _fillers() -> frozenset[str]:
    table = tomllib.loads(files(__package__).joinpath("fillers.toml").read_text(encoding="utf-8"))
    return frozenset((*table["arxiv"], *table["doi"]))


def is_filler(stated: str) -> bool:
    """Whether a DOI or an arXiv number, in any of its forms, is one of the table's."""
    if not stated:
        return False
    if stated in _fillers():
        return True
    arxiv = clean_arxiv(stated)
    return clean_doi(stated) in _fillers() or (arxiv is not None and arxiv[0] in _fillers())
