"""How two records stand to each other in, why they are versions of one work out, or "".

Stated relations come first (a common identifier, a source that names another version), then likeness: the same
people under the same or a revised title.  Numbered parts, replies, errata and reviews are works of their own, so is
what stands in another volume or on other pages of one container, and so is anything by other people.

This is asked by grouping, by choosing, by the linking of catalogues, and by nobody in other words.
"""

from __future__ import annotations

from ...model import Record
from .pair import Pair, pair_of
from .place import OTHER, SAME

ALIKE_YEARS = 8
"""Versions with one title and the same people appear at most so many years apart; reprints of telling titles come later."""
PART_YEARS = 4
"""The same where one title is a part of the other."""
RETITLED_YEARS = 3
"""The same of a preprint and what it was published as under another title."""
SHORT_YEARS = 4
"""The same of a title that says little, under several people; under one alone it comes again the next year."""


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
    return "similar" if _alike(pair) else ""


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


def _alike(pair: Pair) -> bool:
    if pair.place == OTHER or pair.apart or pair.people in ("none", "unstated"):
        return False
    if pair.people == "few":
        return _named_first(pair)
    judge = _BY_TITLE.get(pair.title)
    return judge is not None and judge(pair)


def _named_first(pair: Pair) -> bool:
    """Some of the people under one title in one place: an index that names the first author alone."""
    here = pair.place == SAME or (pair.together and pair.years == 0)
    return here and pair.years == 0 and pair.title in ("same", "alike", "short")


def _same(pair: Pair) -> bool:
    """Editions and reprints come decades later."""
    return pair.years <= ALIKE_YEARS or pair.book or not pair.alone


def _title_alike(pair: Pair) -> bool:
    return pair.years <= ALIKE_YEARS or pair.book


def _short(pair: Pair) -> bool:
    """A title of a few words, or of a piece of a kind, may come again by itself."""
    if pair.book:
        return pair.people == "all"
    return pair.people in ("all", "within") and pair.years <= (1 if pair.alone else SHORT_YEARS)


def _subtitle(pair: Pair) -> bool:
    return pair.years <= PART_YEARS


def _part(pair: Pair) -> bool:
    return pair.crossed and pair.years <= PART_YEARS


def _near(pair: Pair) -> bool:
    return (pair.together and pair.years <= 1) or _retitled(pair)


def _retitled(pair: Pair) -> bool:
    """A preprint and what became of it: everybody is there, and the words of the titles are half the same."""
    return pair.crossed and pair.people == "all" and pair.years <= RETITLED_YEARS and pair.after


_BY_TITLE = {
    "same": _same,
    "alike": _title_alike,
    "short": _short,
    "subtitle": _subtitle,
    "part": _part,
    "near": _near,
    "retitled": _retitled,
}
