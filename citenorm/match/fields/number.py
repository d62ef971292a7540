"""Two titles in, whether what is counted in them (parts, versions, years) agrees out."""

from __future__ import annotations

from ..title_view import DIVISIONS, NUMERALS, PARTS, STOP, Title
from .level import Level
from .title import TitleLevel

_FIRST = frozenset(("1", "i", "one", "first"))


class NumberLevel(Level):
    """``LEFT_OUT``: with the part of the title that is left out; ``MISSING``: one title has a number and nothing else more."""

    NONE = ""
    SAME = "same"
    LEFT_OUT = "left out"
    MISSING = "missing"
    DIFFER = "differ"

    @classmethod
    def chains(cls) -> tuple[tuple[NumberLevel, ...], ...]:
        return ((cls.SAME, cls.LEFT_OUT, cls.MISSING, cls.DIFFER),)


def number_level(claim: Title, record: Title, level: TitleLevel) -> NumberLevel:
    """Whether the numbers in two titles agree; ``NONE`` where neither has any."""
    if not claim.numbers and not record.numbers:
        return NumberLevel.NONE
    ours, theirs = sorted(claim.numbers), sorted(record.numbers)
    if ours == theirs:
        return NumberLevel.SAME
    if further_part(claim, record):
        return NumberLevel.DIFFER
    nested = set(ours) <= set(theirs) or set(theirs) <= set(ours)
    if level.part and nested and not _only_a_number(claim, record):
        return NumberLevel.LEFT_OUT
    return NumberLevel.DIFFER if ours and theirs else NumberLevel.MISSING


def further_part(claim: Title, record: Title) -> bool:
    """The claim is the record's title and goes on to say that it is a later part of it: "…, Part 2", "… II"."""
    size = len(record.words)
    rest = claim.words[size:]
    if not size or not rest or claim.words[:size] != record.words:
        return False
    if rest[0] in DIVISIONS:
        return (
            len(rest) > 1 and (rest[1].isdigit() or rest[1] in NUMERALS) and rest[1] not in _FIRST
        )
    return len(rest[0]) > 1 and rest[0] in NUMERALS and not rest[0].strip("ivxl")


def _only_a_number(claim: Title, record: Title) -> bool:
    """One title is the other and a number: a part, a version, a year."""
    return all(
        w in STOP or w in PARTS or w in NUMERALS or w.isdigit() for w in claim.bag ^ record.bag
    )
