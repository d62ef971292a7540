"""Claims and records in, evidence and decisions out: compare, choose, group, prefer, judge.  All of it is pure."""

from __future__ import annotations

from .choose import Choice, choose
from .compare import compare, compare_many
from .explain import Step, waterfall
from .prefer import POLICIES, Policy, choose_version, cite, prefer
from .status import judge, status_of
from .works import described, group, same_work, work_of

__all__ = [
    "POLICIES", "Choice", "Policy", "Step", "choose", "choose_version", "cite", "compare", "compare_many", "described", "group",
    "judge", "prefer", "same_work", "status_of", "waterfall", "work_of",
]  # fmt: skip
