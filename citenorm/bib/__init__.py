"""BibTeX files as spans: read, understood as claims, and edited in place with every other byte kept."""

from __future__ import annotations

from .claims import claim_of, claimed, claims
from .file import BibFile, Edit, read, write
from .form import FormResult, check_form, form_edits
from .merge import Merge, merge, same_works
from .places import located
from .rekey import key_map, key_map_text, read_key_map, recite, rekey_edits
from .repair import Plan, RepairOptions, plan, repair, repair_edits, text_edits
from .rows import Changed, changed_entries
from .shape import Shape, shaped

__all__ = [
    "BibFile", "Changed", "Edit", "FormResult", "Merge", "Plan", "RepairOptions", "Shape", "changed_entries", "check_form", "claim_of", "claimed", "claims", "form_edits", "key_map", "key_map_text", "located", "merge", "plan",
    "read", "read_key_map", "recite", "rekey_edits", "repair", "repair_edits", "same_works", "shaped", "text_edits", "write",
]  # fmt: skip
