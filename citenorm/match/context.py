"""An ambiguous choice and the document around the claim in, the choice with the document's evidence out.

A reference that fits two works as it stands may be plain in its document: the same work is cited there once more,
the heading above names the venue and year, or the references beside it are of one venue.  This only decides between
works that fit already; it never makes a match where the reference itself says too little.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from ..model import Comparison, Evidence, Record, Resolution, year_of
from ..normalize.venues import find_venue
from .choose import Choice, choose
from .fields import venues_agree
from .views import text
from .weights import weights
from .works import same_work

CITED, HEADING, BESIDE = 3.0, 3.0, 2.0
"""Log2 odds for a work that the document cites once more, that stands in the heading's venue and year, in its neighbours' venue."""
NEIGHBOURS = 3
"""So many references on either side are neighbours."""
RIVALS = -3.0


def choose_in_context(at: int, results: Sequence[Resolution]) -> Choice:
    """The choice for ``results[at]``, an ambiguous one, with what the other references of its document add to the works it fits."""
    mine = results[at]
    claim = mine.claim
    if weights().probability(mine.candidates[0].weight) < weights().accept:
        return Choice("ambiguous", None, mine.probability, mine.margin, mine.candidates)
    cited = [
        r.work.records
        for i, r in enumerate(results)
        if i != at and r.matched and r.work is not None
    ]
    there = frozenset(record.id for records in cited for record in records)
    beside = _venue_beside(at, results)
    weighed = [
        _weighed(c, claim.context, there, beside) if c.weight > RIVALS else c
        for c in mine.candidates
    ]
    choice = choose(claim, weighed)
    if choice.record is None:
        return choice
    # the document may only pick one of the works that fit, the best or its rival
    rival = next(
        (
            c.record
            for c in mine.candidates[1:]
            if not same_work(c.record, mine.candidates[0].record)
        ),
        None,
    )
    fits = [r for r in (mine.candidates[0].record, rival) if r is not None]
    if any(same_work(choice.record, r) for r in fits):
        return choice
    return Choice("ambiguous", None, mine.probability, mine.margin, mine.candidates)


def _weighed(
    comparison: Comparison, context: object, there: frozenset[str], beside: str
) -> Comparison:
    record = comparison.record
    extra: list[Evidence] = []
    if record.id in there:
        extra.append(Evidence("document", "cited elsewhere", CITED, "", record.title))
    venue = text(record.csl.get("container-title"))
    heading = context if isinstance(context, dict) else {}
    said, year = text(heading.get("container-title")), year_of(heading)
    if year and year == record.year and venues_agree(said, venue) == "same":
        extra.append(
            Evidence(
                "document",
                "venue and year of the heading",
                HEADING,
                said,
                venue,
            )
        )
    if beside and _venue_id(record) == beside:
        extra.append(
            Evidence(
                "document",
                "venue of its neighbours",
                BESIDE,
                beside,
                text(record.csl.get("container-title")),
            )
        )
    if not extra:
        return comparison
    weight = comparison.weight + sum(e.weight for e in extra)
    return replace(
        comparison,
        evidence=(*comparison.evidence, *extra),
        weight=weight,
        probability=weights().probability(weight),
    )


def _venue_beside(at: int, results: Sequence[Resolution]) -> str:
    """The known venue that three or more of the references around it, and nearly all, are of; "" where there is none."""
    around = (*results[max(0, at - NEIGHBOURS) : at], *results[at + 1 : at + 1 + NEIGHBOURS])
    near = [r.record for r in around if r.record is not None]
    venues = Counter(v for r in near if (v := _venue_id(r)))
    if not venues:
        return ""
    venue, count = min(venues.items(), key=lambda pair: (-pair[1], pair[0]))
    return venue if count >= 3 and count >= 0.75 * len(near) else ""


def _venue_id(record: Record) -> str:
    found = (
        find_venue(text(record.csl.get("container-title")))
        if record.csl.get("container-title")
        else None
    )
    return "" if found is None or found.part or found.venue.kind == "series" else found.venue.id
