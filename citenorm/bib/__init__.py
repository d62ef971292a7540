"""BibTeX files as spans: read, understood as claims, and edited in place with every other byte kept."""

from __future__ import annotations

from .claims import claim_of, claimed, claims
from .file import BibFile, Edit, read, write
from .form import FormResult, check_form, form_edits
from .repair import RepairOptions, repair, repair_edits

__all__ = ["BibFile", "Edit", "FormResult", "RepairOptions", "check_form", "claim_of", "claimed", "claims", "form_edits", "read", "repair", "repair_edits", "write"]
