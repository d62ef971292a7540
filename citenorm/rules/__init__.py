"""Resolutions in, Diagnostics out: a class per rule, all of them in one table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from ..model import Diagnostic, Resolution
from .base import Rule
from .contradiction import (
    AuthorMismatch,
    AuthorMisspelled,
    OtherValue,
    PagesMismatch,
    SourceConflict,
    TitleMismatch,
    VenueMismatch,
    WrongIdentifier,
    YearMismatch,
)
from .missing import (
    FullerRecord,
    MissingIdentifier,
    MissingPages,
    MissingVenue,
    MissingYear,
    TruncatedAuthors,
)
from .outcome import AmbiguousReference, FabricatedReference, UnverifiableReference
from .reading import (
    CitationWithoutReference,
    CommandInReference,
    LineNotTaken,
    NeverCited,
    UnparsedText,
)
from .work import RetractedWork, SameWorkTwice, SupersededPreprint, TitleVariant

RULES: tuple[type[Rule], ...] = (
    # CN1xx: reading
    NeverCited,
    CitationWithoutReference,
    UnparsedText,
    LineNotTaken,
    CommandInReference,
    # CN2xx: the same work
    SupersededPreprint,
    TitleVariant,
    SameWorkTwice,
    RetractedWork,
    # CN3xx: contradiction with the record
    AuthorMisspelled,
    AuthorMismatch,
    TitleMismatch,
    YearMismatch,
    VenueMismatch,
    PagesMismatch,
    WrongIdentifier,
    UnverifiableReference,
    AmbiguousReference,
    FabricatedReference,
    SourceConflict,
    OtherValue,
    # CN4xx: something missing
    MissingVenue,
    MissingYear,
    MissingPages,
    MissingIdentifier,
    TruncatedAuthors,
    FullerRecord,
)
"""Every rule that looks at resolutions, by code."""


def rule(name: str) -> type[Rule] | None:
    """The rule of a code ("CN201") or a name ("superseded-preprint"), None where there is none."""
    wanted = name.strip().casefold()
    return next((r for r in RULES if wanted in (r.code.casefold(), r.name)), None)


def diagnose(
    resolution: Resolution, rules: Iterable[type[Rule]] | None = None
) -> tuple[Diagnostic, ...]:
    """What the rules find about one reference, in the order of the table; the rules on by default where none are named."""
    chosen = _of_one_reference() if rules is None else [r() for r in rules]
    return tuple([d for r in chosen for d in r.check(resolution)])


@cache
def _of_one_reference() -> tuple[Rule, ...]:
    """The rules on by default that look at single references."""
    return tuple(r() for r in RULES if r.default and r.check is not Rule.check)


def diagnose_document(
    resolutions: Sequence[Resolution], rules: Iterable[type[Rule]] | None = None
) -> list[tuple[Diagnostic, ...]]:
    """What only the whole document shows: for each resolution the further diagnostics."""
    chosen = [r for r in RULES if r.default] if rules is None else list(rules)
    found: list[list[Diagnostic]] = [[] for _ in resolutions]
    for r in chosen:
        for i, diagnostic in r().check_document(resolutions):
            found[i].append(diagnostic)
    return [tuple(ds) for ds in found]


__all__ = ["RULES", "Rule", "diagnose", "diagnose_document", "rule"]
