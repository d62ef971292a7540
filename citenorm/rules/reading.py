"""Rules about how a reference could be read (CN1xx)."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Diagnostic, Resolution
from .base import Rule

MOST = 0.3
"""So much of a string may be left over without a word."""


class UnparsedText(Rule):
    """A large part of the reference could not be read.

    ## What it finds
    References that no source knows and of which a third or more belongs to no field: several references run together,
    a sentence that is no reference, a list that was cut in the wrong place.

    ## Why it matters
    An entry that is written from such a string lacks what was not read.

    ## Example
    `Li, Jia. A study of ponds. 2021. We thank the referees for their careful reading of an earlier version.`

    ## Use instead
    One reference an entry, and remarks outside of the list.

    ## When to ignore
    Where the rest is a remark of your own.

    ## Fix safety
    No fix: what the text was meant to say is not known.
    """

    code, name = "CN103", "unparsed-text"

    def check(self, resolution: Resolution) -> Iterator[Diagnostic]:
        claim = resolution.claim
        left = [claim.raw[start:end].strip() for start, end in claim.unparsed]
        if resolution.matched or not claim.raw or sum(map(len, left)) < MOST * len(claim.raw):
            return
        longest = max(left, key=len)
        yield self.found(resolution, f"this could not be read: “{longest[:80]}”", claim=longest)
