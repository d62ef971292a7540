"""A drafted Resolution in, its findings and status out: verified, contradicted, unverifiable, likely-fabricated."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ..model import Evidence, Resolution, Status
from .findings import ACCUSING, findings


def judge(draft: Resolution, sources: Any = None) -> Resolution:
    """The draft with what its fields say against the work (``work.*`` evidence) and its status.

    ``sources`` may tell how complete they are: ``coverage(venue, year) -> float`` (share of the works of a venue and
    year that they hold, 0–1); without it nothing that is not found counts as made up.
    """
    if draft.matched and draft.work is not None:
        extra = findings(draft.claim, draft.work, draft.emitted, draft.candidates)
        status: Status = "contradicted" if any(accuses(e) for e in extra) else "verified"
        return replace(draft, evidence=(*draft.evidence, *extra), status=status)
    return replace(draft, status="unverifiable")


def accuses(evidence: Evidence) -> bool:
    """True for a finding that contradicts the reference."""
    return evidence.field.startswith("work.") and (evidence.field[5:], evidence.level) in ACCUSING


def status_of(draft: Resolution, sources: Any = None) -> Status:
    """``judge``, the status alone."""
    return judge(draft, sources).status
