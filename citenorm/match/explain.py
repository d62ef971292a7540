"""A Resolution in, the rows of its sum out: prior, what each field added, the probability."""

from __future__ import annotations

from dataclasses import dataclass

from ..model import Comparison, Resolution
from .weights import weights


@dataclass(frozen=True, slots=True)
class Step:
    """One row: what was looked at, how it came out, what it added (log2 odds), the sum so far, and both values."""

    field: str
    level: str
    weight: float
    total: float
    probability: float
    claim: str = ""
    record: str = ""


def alone(comparison: Comparison) -> float:
    """A candidate's probability before its rivals are taken into account, by which candidates are shown side by side."""
    if not comparison.evidence:
        return comparison.probability
    return weights().probability(comparison.weight)


def waterfall(resolution: Resolution) -> list[Step]:
    """Prior first, then the evidence in the order of its strength; findings about the whole work (weight 0) are left out.

    ``probability`` is that of the sum so far, before rival works are taken into account; the last row has the resolution's own.
    """
    table = weights()
    total = table.prior
    steps = [Step("prior", "a record found", total, total, table.probability(total))]
    weighed = [e for e in resolution.evidence if e.weight and not e.field.startswith("work.")]
    for e in sorted(weighed, key=lambda e: -abs(e.weight)):
        total += e.weight
        steps.append(
            Step(e.field, e.level, e.weight, total, table.probability(total), e.claim, e.record)
        )
    if resolution.candidates:
        steps.append(
            Step("rivals", f"margin {resolution.margin:.2f}", 0.0, total, resolution.probability)
        )
    return steps
