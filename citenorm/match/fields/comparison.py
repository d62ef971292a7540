"""What a comparison of a field consists of: a file of this folder has one, ``COMPARISON``, and needs no other place.

A new field is a new file: its levels and their order, how the level is told, what is shown of the two sides, what the string
itself adds, and weights set by hand until ``bench/matching/train.py`` has measured them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from ..in_text import Line
from ..views import View
from .level import Level

Found = Mapping[str, Level]
"""The levels of the fields so far, by name."""


@dataclass(frozen=True, slots=True)
class FieldComparison:
    """One comparison of a claim with a record.

    ``name``: of the field, as evidence and ``weights.toml`` have it.  ``levels``: what it can come out as; an empty level is no
    evidence.  ``level``: told of claim and record, beside the levels of the fields of a lower rank.  ``shown``: what is shown of
    claim and record, given the level.  ``rank``: where it stands in the evidence.

    ``in_text``: the level where the claim was read from a string, given that string and the levels of all fields, which are in
    ``Found``, its own among them; None where the string adds nothing.  ``start``: log2 odds of the levels that
    ``weights.toml`` does not have yet.
    """

    name: str
    levels: type[Level]
    level: Callable[[View, View, Found], Level]
    shown: Callable[[View, View, Level], tuple[str, str]]
    rank: int = 100
    in_text: Callable[[Line, View, View, Found], Level] | None = None
    start: Mapping[str, float] = field(default_factory=dict)


def of_each(show: Callable[[View], str]) -> Callable[[View, View, Level], tuple[str, str]]:
    """``shown`` of a field of which the same is shown on both sides."""
    return lambda ours, theirs, level: (show(ours), show(theirs))
