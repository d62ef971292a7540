"""Whose word weighs more where the sources of one version differ, and whose alone decides nothing.

How far a source can be trusted with a field is measured (``match/witnesses.py``); what a publisher says of its own goes before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import log2
from typing import Any

from ...model import Name, Record, custom_of
from ...normalize.alike import alike
from ...normalize.text import squash
from ...normalize.titles import title_key
from ..witnesses import distance, is_publisher, maker_of, reliability
from .fields import EMITTED

TWICE = 1.0
"""Log2 odds by which a value must be better borne out than that of the best record, to be printed in its place."""


def says_so(records: Iterable[Record], field: str, value: Any) -> bool:
    """The publisher has the value, in a record of its own or one that it deposited."""
    return any(is_publisher(r) and alike(field, r.csl.get(field), value) for r in records)


def outvoted(record: Record, group: Iterable[Record]) -> bool:
    """Alone with its title or its year, where two others or more agree on another: a slip of an index."""
    others = [r for r in group if r is not record]
    votes: tuple[tuple[object, list[object]], ...] = (
        (title_key(record.title), [title_key(r.title) for r in others]),
        (record.year, [r.year for r in others]),
    )
    return any(
        mine not in theirs and any(value and theirs.count(value) > 1 for value in theirs)
        for mine, theirs in votes
    )


def rank(record: Record, outvoted: bool = False) -> tuple[int, bool, float, int, int, str]:
    """Publishers first, then what the others bear out, then the most reliable source; among equals the record with more fields
    and the fuller author list."""
    people = record.csl.get("author")
    names = (
        sum(
            [
                isinstance(p, (dict, Mapping)) and len(str(p.get("given") or "").rstrip(".")) > 1
                for p in people
            ]
        )
        if isinstance(people, (list, tuple))
        else 0
    )
    return (
        distance(record),
        outvoted,
        -reliability(record),
        -sum(map(bool, map(record.csl.get, EMITTED))),
        -names,
        record.id,
    )


def best_borne(records: Sequence[Record], field: str) -> Record | None:
    """The record whose value of a field is printed: the best one's that has any, unless others outweigh it.

    ``records``: those of one version, best first.  Records of one maker are one witness.  What a publisher says is not outweighed; a list
    of authors gives way to none that is shorter, was cut, or stands in the order of the alphabet where it does not itself.
    """
    having = [r for r in records if r.csl.get(field)]
    if len(having) < 2 or is_publisher(having[0]):
        return having[0] if having else None
    best = having[0]
    others = [r for r in having[1:] if not alike(field, r.csl[field], best.csl[field])]
    if not others:
        return best
    mine = weight_of(field, best, having)
    for other in others:
        if weight_of(field, other, having) > mine + TWICE and not _poorer(field, other, best):
            return other
    return best


def weight_of(field: str, record: Record, among: Iterable[Record]) -> float:
    """Log2 odds that the record's value is right, by all makers that have it too, each as far as it can be trusted."""
    trust: dict[str, float] = {}
    for r in among:
        if r is record or alike(field, r.csl.get(field), record.csl[field]):
            maker = maker_of(r)
            trust[maker] = max(trust.get(maker, 0.0), reliability(r, field))
    return sum(log2(p / (1 - p)) for p in trust.values())


def _poorer(field: str, record: Record, than: Record) -> bool:
    if field != "author":
        return False
    mine, theirs = record.authors, than.authors
    cut = bool(custom_of(record.csl).get("author-count"))
    return cut or len(mine) < len(theirs) or (by_alphabet(mine) and not by_alphabet(theirs))


def by_alphabet(people: Sequence[Name]) -> bool:
    """Three people or more in the order of the alphabet, as bibliographies sort them."""
    keys = [squash(n.family or n.literal) for n in people]
    return len(keys) > 2 and keys == sorted(keys)
