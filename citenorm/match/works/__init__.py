"""Records and works: which records are versions of one work, and which of its versions a claim describes."""

from __future__ import annotations

from .described import described
from .group import group, work_of
from .same_work import same_work

__all__ = ["described", "group", "same_work", "work_of"]
