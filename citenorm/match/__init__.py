"""Claims and records in, evidence and decisions out: compare, choose, group, prefer, judge.  All of it is pure."""

from __future__ import annotations

from .choose import Choice, choose
from .compare import compare, compare_many
from .explain import Step, waterfall
from .prefer import POLICIES, Policy, prefer
from .status import judge, status_of
from .works import group, same_work, work_of

__all__ = [
    "POLICIES", "Choice", "Policy", "Step", "choose", "compare", "compare_many", "group", "judge", "prefer",
    "same_work", "status_of", "waterfall", "work_of",
]  # fmt: skip
