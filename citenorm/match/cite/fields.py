"""The fields of an item that is printed, and where each may come from."""

from __future__ import annotations

EMITTED = (
    "type", "title", "author", "editor", "translator", "container-title", "collection-title", "volume", "issue", "page", "number",
    "edition", "genre", "issued", "publisher", "publisher-place", "DOI", "ISBN", "ISSN", "URL",
)  # fmt: skip
"""The fields of an emitted item that a record may have."""
FILLED = (
    "container-title",
    "volume",
    "issue",
    "page",
    "number",
    "publisher",
    "publisher-place",
    "DOI",
    "ISBN",
    "ISSN",
    "URL",
    "editor",
    "edition",
)
"""Those that another source of the same version may complete."""
WITNESSED = (
    "title",
    "author",
    "container-title",
    "volume",
    "issue",
    "page",
    "issued",
    "publisher",
    "DOI",
)
"""Those whose value is that of the witnesses that outweigh the others, where they differ."""
IDENTIFIERS = ("arxiv", "primary-class", "dblp", "acl", "pmid", "openreview")
