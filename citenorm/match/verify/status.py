"""A drafted Resolution in, its findings and status out: verified, contradicted, unverifiable, likely-fabricated."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from ...findings import (
    AbsenceFinding,
    AuthorFinding,
    IdentifierFinding,
    TitleFinding,
    UnsureFinding,
    YearFinding,
    accuses,
    finding_of,
)
from ...made_fast import replaced
from ...model import Claim, Comparison, Csl, Described, Evidence, Resolution, Status, Work
from ...normalize.editions import OF_EDITION
from ..views import claim_view, record_view
from ..witnesses import corrects, is_counted
from ..works import described
from .authors import authors
from .case import Case, Holdings
from .identifier import identifier
from .not_found import absence
from .pages import pages
from .sources import sources
from .title import title
from .venue import venue
from .version import version
from .year import year

SUBJECTS: tuple[Callable[[Case], Iterator[Evidence]], ...] = (
    identifier, title, authors, year, venue, pages, version, sources,
)  # fmt: skip
"""What is looked at, in the order in which it is told."""


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
        status: Status = "contradicted" if any(map(accuses, extra)) else "verified"
        return replaced(draft, evidence=(*draft.evidence, *extra), status=status, described=here)
    if draft.outcome == "ambiguous":
        return replaced(draft, status="unverifiable")
    extra = absence(draft.claim, draft.candidates, holdings if not draft.unasked else None)
    return replaced(draft, evidence=(*draft.evidence, *extra), status=_unfound(extra))


def _unfound(extra: Sequence[Evidence]) -> Status:
    """The status of what no record fits: what cannot exist was made up; parts that contradict each other are a mistake."""
    if any(isinstance(finding_of(e), AbsenceFinding) for e in extra):
        return "likely-fabricated"
    return "contradicted" if any(map(accuses, extra)) else "unverifiable"


def findings(
    claim: Claim,
    work: Work,
    here: Described,
    standing: Csl,
    candidates: Sequence[Comparison] = (),
    holdings: Holdings | None = None,
) -> tuple[Evidence, ...]:
    """What the claim's fields say against the work's versions; ``standing`` is the version to be cited, as its sources have it.

    A version that no source knows is held against none of them, unless its venue is known to be a wrong one.
    """
    views = [record_view(r) for r in work.records]
    case = Case(claim, claim_view(claim), work, views, here, standing, candidates, holdings)
    of_venue = list(venue(case))
    if here.unknown and not any(map(accuses, of_venue)):
        case = replace(case, emitted=claim.csl)
    elif here.edition:
        own = {f: claim.csl.get(f) for f in OF_EDITION}
        case = replace(case, emitted={**standing, **own})
    found = tuple(
        e for subject in SUBJECTS for e in (of_venue if subject is venue else subject(case))
    )
    if len({r.source for r in work.records}) > 1:
        return found
    return tuple(told for e in found if (told := _by_one_source(e, work)) is not None)


def _by_one_source(evidence: Evidence, work: Work) -> Evidence | None:
    """What is told of a finding where one source alone says otherwise, which is wrong there as easily as the reference: nothing of letters of a
    name or a title, a plural, an order, and of no identifier where the reference has one; of what would accuse a mere difference, and nothing
    where that source was counted and is not sure of the field: most such differences that were read were slips of its own."""
    finding = finding_of(evidence)
    if finding is None:
        return evidence
    unknown = finding is IdentifierFinding.UNKNOWN and not evidence.record
    if unknown or finding in _SLIPS:
        return evidence if any(corrects(r, finding.csl) for r in work.records) else None
    if not finding.accuses or finding in _PROVEN:
        return evidence
    field = finding.field_of(evidence)
    known = {f.value: f for f in UnsureFinding}
    if field not in known or any(corrects(r, field) for r in work.records):
        return evidence
    if field != "DOI" and all(map(is_counted, work.records)):
        return None
    return known[field].of(evidence.claim, evidence.record)


_SLIPS = frozenset(
    (
        AuthorFinding.MISSPELLED,
        AuthorFinding.OTHER_ORDER,
        AuthorFinding.ORDER_OF_RECORD,
        TitleFinding.SPELLED,
        TitleFinding.MISPHRASED,
    )
)


_PROVEN = frozenset(
    (
        YearFinding.IMPOSSIBLE,
        YearFinding.BEFORE_IDENTIFIER,
        IdentifierFinding.IMPOSSIBLE,
        AuthorFinding.REPEATED,
        AuthorFinding.PLACEHOLDER,
    )
)
"""What is wrong whatever the work's record says."""


def status_of(draft: Resolution, sources: Any = None) -> Status:
    """``judge``, the status alone."""
    return judge(draft, sources).status
