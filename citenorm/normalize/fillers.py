"""A stated identifier in, whether a reference manager wrote it out: some stand in entries of any work, and say nothing of it."""

from __future__ import annotations

from .identifiers import clean_arxiv, clean_doi

FILLERS = frozenset(
    (
        "1011.1669",  # on orthogonal polynomials; as "arXiv:1011.1669v3"
        "10.1017/cbo9781107415324.004",  # a chapter of a report on the climate
        "10.1007/s13398-014-0173-7.2",  # the DOI of a paper in mathematics with an ending of its own
    )
)
"""Identifiers that Mendeley's catalogue gave to very many works, from which they are exported into bibliographies.

Each was met in five or more unrelated public repositories, beside as many works of others, and in four, two and one of 354 bibliographies; some of
those who keep such lists call them a default of Mendeley.  What was met beside one work alone is a wrong identifier of that work, and not listed.
"""


def is_filler(stated: str) -> bool:
    """Whether a DOI or an arXiv number, in any of its forms, is one of ``FILLERS``."""
    arxiv = clean_arxiv(stated)
    return clean_doi(stated) in FILLERS or (arxiv is not None and arxiv[0] in FILLERS)
