"""Two sets of identifiers in, whether one is the other's out."""

from __future__ import annotations

from ..views import View
from .comparison import FieldComparison
from .level import Level

PIECES = frozenset(
    (
        "article-journal",
        "paper-conference",
        "chapter",
        "article-magazine",
        "article-newspaper",
        "entry-encyclopedia",
    )
)
"""What stands in a whole: the ISBN that is stated with it is that of the book."""


class IdentifierLevel(Level):
    ALONE = "same, nothing else stated"
    SAME = "same"
    STATED_VERSION = "stated version"
    UNSTATED = "unstated"
    DOI_DIFFERS = "doi differs"
    ARXIV_DIFFERS = "arxiv differs"

    @classmethod
    def chains(cls) -> tuple[tuple[IdentifierLevel, ...], ...]:
        return (
            (cls.ALONE, cls.SAME, cls.STATED_VERSION, cls.UNSTATED, cls.DOI_DIFFERS),
            (cls.UNSTATED, cls.ARXIV_DIFFERS),
        )


JOINING = frozenset((IdentifierLevel.ALONE, IdentifierLevel.SAME, IdentifierLevel.STATED_VERSION))
"""One identifier is the other's, or the other version's."""


def named_alone(claim: View, record: View) -> bool:
    """Whether a claim that states nothing but identifiers names this record; an ISBN names the book and none of the pieces in it."""
    shared = claim.identifiers & record.identifiers
    return any(kind != "isbn" or record.type not in PIECES for kind, _ in shared)


def identifier_level(claim: View, record: View) -> IdentifierLevel:
    """Whether an identifier of one is an identifier of the other; versions have DOIs of their own, so differing is weak."""
    if (
        (claim.doi and claim.doi == record.doi)
        or (claim.arxiv and claim.arxiv == record.arxiv)
        or (claim.isbn and claim.isbn == record.isbn)
    ):
        return IdentifierLevel.SAME
    if _stated(claim, record) or _stated(record, claim):
        return IdentifierLevel.STATED_VERSION
    if claim.arxiv and record.arxiv and claim.arxiv != record.arxiv:
        return IdentifierLevel.ARXIV_DIFFERS
    if claim.doi and record.doi and claim.doi != record.doi:
        return IdentifierLevel.DOI_DIFFERS
    return IdentifierLevel.UNSTATED


def _stated(one: View, other: View) -> bool:
    return bool(one.version_of) and one.version_of in (other.arxiv, other.doi)


def _shown(ours: View, theirs: View, level: Level) -> tuple[str, str]:
    if level is IdentifierLevel.ALONE:
        same = ", ".join(value for _, value in sorted(ours.identifiers & theirs.identifiers))
        return same, same
    return ours.doi or ours.arxiv, theirs.doi or theirs.arxiv


COMPARISON = FieldComparison(
    "identifier",
    IdentifierLevel,
    lambda ours, theirs, found: identifier_level(ours, theirs),
    _shown,
    rank=9,
)
