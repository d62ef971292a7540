"""The labels that a word of a reference can have, in the order of the model's columns."""

from __future__ import annotations

OTHER = "other"
"""Words that belong to no field: "In", "pp.", "Vol.", "Hrsg.", "accessed"."""

LABELS: tuple[str, ...] = (
    OTHER, "citation-number", "author", "editor", "translator", "title", "container-title", "collection-title", "volume", "issue",
    "page", "number", "date", "edition", "publisher", "publisher-place", "DOI", "arXiv", "ISBN", "ISSN", "URL", "accessed", "genre",
    "note",
)  # fmt: skip
INDEX = {label: i for i, label in enumerate(LABELS)}
