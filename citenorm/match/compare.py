"""A claim and a record in, a Comparison out: evidence per field, its sum, the probability."""

from __future__ import annotations

from collections.abc import Iterable
from math import fsum

from rapidfuzz.distance import Indel

from ..model import Claim, Comparison, Evidence, Record
from .fields import (
    FIELDS,
    FormLevel,
    IdentifierLevel,
    Level,
    as_meant,
    identifier_level,
    named_alone,
    one_in_other,
    overlap_of,
)
from .fields.identifier import JOINING
from .in_text import Line, line_view, says_identifiers_alone, title_within
from .title_view import word_weight
from .together import in_company
from .views import View, claim_view, record_view
from .weights import Weights, weights


def compare(claim: Claim, record: Record) -> Comparison:
    """Hold one record against a claim.  Pure; the evidence adds up to ``weight`` (log2 odds, prior included)."""
    return compare_many(claim, (record,))[0]


def compare_many(claim: Claim, records: Iterable[Record]) -> list[Comparison]:
    """``compare`` with the claim prepared once."""
    view, line, table = claim_view(claim), line_view(claim.raw) if claim.raw else None, weights()
    if line and view.bare and says_identifiers_alone(line, view):
        line = None
    return [_compared(view, line, record, table) for record in records]


def _compared(ours: View, line: Line | None, record: Record, table: Weights) -> Comparison:
    theirs = record_view(record)
    if _hopeless(ours, line, theirs):
        weight = table.prior + table.of("title", "different") + table.of("author", "none")
        alone = (
            Evidence(
                "title",
                "different",
                weight - table.prior,
                ours.title.said,
                theirs.title.said,
            ),
        )
        return Comparison(record, alone, weight, table.probability(weight))
    evidence = tuple(
        [
            Evidence(field, level, table.of(field, level), said, stated)
            for field, level, said, stated in levels(ours, line, theirs)
        ]
    )
    weight = table.prior + sum([e.weight for e in evidence])
    return Comparison(record, evidence, weight, table.probability(weight))


def _hopeless(ours: View, line: Line | None, theirs: View) -> bool:
    """Nothing in common that could make up for another title: no word to speak of, no identifier, no place, not in the string."""
    if not ours.title.key or overlap_of(ours.title, theirs.title) >= 0.3:
        return False
    if identifier_level(ours, theirs) in JOINING:
        return False
    if ours.first and ours.first == theirs.first:
        return False
    if one_in_other(ours.title, theirs.title):
        return False
    if line is None:
        return True
    said = fsum(map(word_weight, theirs.title.bag & line.words))
    return (
        said < 0.6 * theirs.title.mass
        and theirs.title.key not in line.key
        and not _smeared(ours, line, theirs)
    )


def _smeared(ours: View, line: Line, theirs: View) -> bool:
    """Glued or misread words: the titles have no word in common, but most of their letters."""
    if (
        abs(len(ours.title.key) - len(theirs.title.key)) > 0.25 * len(theirs.title.key)
        and len(ours.title.words) > 2
    ):
        return False
    return (
        bool(title_within(line, theirs))
        or Indel.normalized_similarity(ours.title.key, theirs.title.key, score_cutoff=0.8) > 0
    )


def levels(ours: View, line: Line | None, theirs: View) -> list[tuple[str, str, str, str]]:
    """``(field, level, claimed, recorded)`` for every field that either side states."""
    ours = as_meant(ours, (theirs,))
    found: dict[str, Level] = {}
    for field in FIELDS:
        found[field.name] = field.level(ours, theirs, found)
    if line is not None:
        for field, in_text in _IN_TEXT:
            found[field.name] = in_text(line, ours, theirs, found)
    elif ours.bare and named_alone(ours, theirs):
        # What kind of work it is was guessed from the identifier.
        found["identifier"], found["form"] = IdentifierLevel.ALONE, FormLevel.AGREES
    rows = [
        (field.name, str(level), *field.shown(ours, theirs, level))
        for field in FIELDS
        if (level := found[field.name])
    ]
    return rows + [(field, level, "", "") for field, level in in_company(found, ours, theirs)]


_IN_TEXT = [(field, field.in_text) for field in FIELDS if field.in_text is not None]
