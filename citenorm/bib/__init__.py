"""BibTeX files as spans: read, understood as claims, and edited in place with every other byte kept."""

from __future__ import annotations

from .claims import claim_of, claimed, claims
from .file import BibFile, Edit, read, write

__all__ = ["BibFile", "Edit", "claim_of", "claimed", "claims", "read", "write"]
