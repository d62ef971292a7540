"""How two records stand to each other in, why they are versions of one work out, or "".

Stated relations come first (a common identifier, a source that names another version), then likeness: the same
people under the same or a revised title.  Numbered parts, replies, errata and reviews are works of their own, so is
what stands in another volume or on other pages of one container, and so is anything by other people.

This is asked by grouping, by choosing, by the linking of catalogues, and by nobody in other words.
"""

from __future__ import annotations

from collections.abc import Callable

from ...model import Record
from .pair import Pair, pair_of
from .place import ISSUE, OTHER, SAME

ALIKE_YEARS = 8
"""Versions with one title and the same people appear at most so many years apart; reprints of telling titles come later."""
PART_YEARS = 4
"""The same where one title is a part of the other."""
RETITLED_YEARS = 3
"""The same of a preprint and what it was published as under another title."""
SHORT_YEARS = 4
"""The same of a title that says little, under several people; under one alone it comes again the next year."""
ANY, NONE = 9999, -1
"""Versions may appear however far apart; two such records are no versions at all."""


def same_work(a: Record, b: Record) -> bool:
    """True where two records are versions of one work."""
    return bool(link(a, b))


def link(a: Record, b: Record) -> str:
    """How two records are known to be versions of one work: "identifier", "relation", "similar"; "" where they are not."""
    return "identifier" if a.id == b.id else why_same(pair_of(a, b))


def why_same(pair: Pair) -> str:
    """The decision: "identifier", "relation", "similar" or ""."""
    if pair.stated:
        return pair.stated if _believable(pair) else ""
    return "similar" if pair.years <= _years_apart(pair) else ""


def _believable(pair: Pair) -> bool:
    """Guards against a wrong identifier in an index: a telling title must agree, or the people."""
    if pair.title == "counted":
        return False
    if pair.title in ("same", "alike", "subtitle", "part", "near"):
        return True
    if pair.title in ("short", "retitled") and pair.people == "unstated":
        return True
    known = ("all", "within", "most")
    return pair.people in (known if pair.stated == "identifier" else (*known, "few"))


def _years_apart(pair: Pair) -> int:
    """So many years apart two records that are as alike as these may be versions of one work."""
    if pair.place == OTHER or pair.apart or pair.people in ("none", "unstated"):
        return NONE
    if pair.place == ISSUE and (pair.alone or pair.years or pair.title != "same"):
        return NONE
    if pair.people == "few":  # in one place: an index that names the first author alone
        here = pair.place == SAME or pair.together
        return 0 if here and pair.title in ("same", "alike", "short") else NONE
    decide = _BY_TITLE.get(pair.title)
    return decide(pair) if decide else NONE


def _same(pair: Pair) -> int:
    """Editions and reprints come decades later."""
    return ANY if pair.book or not pair.alone else ALIKE_YEARS


def _alike(pair: Pair) -> int:
    """Of three words, or with a slip: one person alone gives the name of a field to a paper, a talk and a survey."""
    if pair.book or not pair.alone:
        return ANY if pair.book else ALIKE_YEARS
    return PART_YEARS if pair.crossed else 1


def _short(pair: Pair) -> int:
    """A title of a few words, or of a piece of a kind, may come again by itself."""
    if pair.book:
        return ANY if pair.people == "all" else NONE
    if pair.people not in ("all", "within"):
        return NONE
    return 1 if pair.alone else SHORT_YEARS


def _retitled(pair: Pair) -> int:
    """A preprint and what became of it: everybody is there, and the words of the titles are half the same."""
    grown = pair.crossed and pair.people == "all" and pair.after
    return RETITLED_YEARS if grown else NONE


_BY_TITLE: dict[str, Callable[[Pair], int]] = {
    "same": _same,
    "alike": _alike,
    "short": _short,
    "subtitle": lambda pair: PART_YEARS,
    "part": lambda pair: PART_YEARS if pair.crossed else NONE,
    "near": lambda pair: max(1 if pair.together else NONE, _retitled(pair)),
    "retitled": _retitled,
}
