"""Claims and records in, evidence and decisions out: compare, choose, group, judge, cite.  All of it is pure."""

from __future__ import annotations

from .choose import Choice, choose
from .cite import (
    POLICIES,
    Policy,
    Standing,
    cite_version,
    prefer,
    provenance,
    standing_version,
    without_foreign,
)
from .compare import compare, compare_many
from .explain import Step, waterfall
from .verify import judge, status_of
from .works import described, group, same_work, work_of

__all__ = [
    "POLICIES",
    "Choice",
    "Policy",
    "Standing",
    "Step",
    "choose",
    "cite_version",
    "compare",
    "compare_many",
    "described",
    "group",
    "judge",
    "prefer",
    "provenance",
    "same_work",
    "standing_version",
    "status_of",
    "waterfall",
    "without_foreign",
    "work_of",
]  # fmt: skip
