"""Two titles in, whether what is counted in them (parts, versions, years) agrees out."""

from __future__ import annotations

from ..in_text import Line
from ..title_view import NUMERALS, PARTS, STOP, Title
from ..views import View
from .comparison import FieldComparison, Found, of_each
from .level import Level
from .title import OF_TEXT, PART, TitleLevel, further_part


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


_COUNTING = STOP | PARTS | NUMERALS


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
    if level in PART and nested:
        # what one has more is not a number alone: a part, a version, a year
        more = (w for w in claim.bag ^ record.bag if w not in _COUNTING)
        if not all(map(str.isdigit, more)):
            return NumberLevel.LEFT_OUT
    return NumberLevel.DIFFER if ours and theirs else NumberLevel.MISSING


def _level(ours: View, theirs: View, found: Found) -> NumberLevel:
    title = found["title"]
    assert isinstance(title, TitleLevel)
    if title is TitleLevel.UNSTATED:
        return NumberLevel.NONE
    return number_level(ours.title, theirs.title, title)


def _in_text(line: Line, ours: View, theirs: View, found: Found) -> NumberLevel:
    """Where the record's title stands in the string as it is, its numbers do."""
    title = found["title"]
    assert isinstance(title, TitleLevel)
    if title not in OF_TEXT:
        level = found["number"]
        assert isinstance(level, NumberLevel)
        return level
    level = number_level(ours.title, theirs.title, title)
    return NumberLevel.SAME if level and title is TitleLevel.WHOLE_IN_TEXT else level


COMPARISON = FieldComparison(
    "number",
    NumberLevel,
    _level,
    of_each(lambda view: " ".join(view.title.numbers)),
    rank=3,
    in_text=_in_text,
)
