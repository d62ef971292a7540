"""A drafted Resolution in, its findings and status out: verified, contradicted, unverifiable, likely-fabricated."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ..model import Evidence, Resolution, Status
from .findings import ACCUSING, findings
from .not_found import absence
from .works import described


def judge(draft: Resolution, sources: Any = None) -> Resolution:
    """The draft with what its fields say against the work (``work.*`` evidence) and its status.

    ``sources`` may tell how complete they are (``coverage``: a ``Holdings``); without that, nothing counts as made up
    for not being found.  Where a source could not be asked, absence proves nothing at all.
    """
    holdings = getattr(sources, "coverage", None)
    if draft.matched and draft.work is not None:
        here = draft.described or described(draft.claim, draft.work)
        extra = findings(draft.claim, draft.work, here, draft.emitted, draft.candidates, holdings)
        if here.unknown and any(accuses(e) for e in extra if e.field == "work.venue"):
            here = replace(here, unknown=False)
        status: Status = "contradicted" if any(accuses(e) for e in extra) else "verified"
        return replace(draft, evidence=(*draft.evidence, *extra), status=status, described=here)
    if draft.outcome == "ambiguous":
        return replace(draft, status="unverifiable")
    extra = absence(draft.claim, draft.candidates, holdings if not draft.unasked else None)
    return replace(
        draft,
        evidence=(*draft.evidence, *extra),
        status="likely-fabricated" if extra else "unverifiable",
    )


def accuses(evidence: Evidence) -> bool:
    """True for a finding that contradicts the reference."""
    return evidence.field.startswith("work.") and (evidence.field[5:], evidence.level) in ACCUSING


def status_of(draft: Resolution, sources: Any = None) -> Status:
    """``judge``, the status alone."""
    return judge(draft, sources).status
