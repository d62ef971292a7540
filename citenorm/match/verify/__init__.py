"""A claim beside its work in, what each field says against the work's versions out, and the status that comes of it.

A field is right if *any* version bears it out: a preprint's year, a journal's title, an abbreviated venue are no
faults.  A module each for the findings of one subject; what they are, say and accuse of stands in ``citenorm.findings``.
They do not touch the probability: they are what status and rules go by.
"""

from __future__ import annotations

from .status import judge, status_of

__all__ = ["judge", "status_of"]
