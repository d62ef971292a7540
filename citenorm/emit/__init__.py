"""Resolutions or CSL items → BibTeX, biblatex, CSL-JSON and RIS."""

from __future__ import annotations

from .bibtex import format_entry, to_bibtex
from .csljson import to_csl_json
from .entry import UNVERIFIED, Dialect, Entry, entry_of
from .items import Emittable, Item, items_of
from .keys import base_key, keys_for
from .latex import encode
from .ris import to_ris

__all__ = [
    "UNVERIFIED", "Dialect", "Emittable", "Entry", "Item", "base_key", "encode", "entry_of", "format_entry", "items_of", "keys_for", "to_bibtex",
    "to_csl_json", "to_ris",
]  # fmt: skip
