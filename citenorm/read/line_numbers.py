"""The lines of one page of a manuscript go in, and come out without the numbers that count them in a margin.

Two ways, for two kinds of lines.  Those of a PDF come in no sure order, with columns run together: there the numbers of a page
are looked at as a set (``without_line_numbers``).  Those of text stand as they were printed, and a number that counts goes on
from the line before (``without_numbers_in_order``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

_FRONT = re.compile(r"\s*(\d{1,4})(?=\s|$)")
_BACK = re.compile(r"(?:^|(?<=\s))(\d{1,4})\s*$")
FEWEST, SHARE = 12, 0.3
"""So many numbers of a page must follow each other, and they must stand at this share of its lines."""

LOWER = 0.15
"""Of numbered lines of prose this share goes on within a sentence; what labels number begins with capitals."""

PAGE = 70
"""A page has no more lines in a column."""

STEP = 5
"""Some manuscripts number every fifth line alone."""


def without_line_numbers(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """``spans``: the lines of the page as stretches of ``text``; what is left of each, empty where it was a number alone."""
    front: list[tuple[int, bool]] = []
    back: list[int] = []
    for start, end in spans:
        line = text[start:end]
        if match := _FRONT.match(line):
            following = line[match.end() :].lstrip()[:1]
            front.append((int(match[1]), not following or following.islower()))
        if match := _BACK.search(line):
            back.append(int(match[1]))
    before = counting([number for number, _ in front], len(spans))
    going_on = [goes_on for number, goes_on in front if number in before]
    if sum(going_on) < LOWER * len(going_on):
        before = set()
    behind = counting(back, len(spans))
    if before and not behind:  # the right column of a page, or what there is of it
        behind = _near(back, before)
    elif behind and not before:
        before = _near([number for number, _ in front], behind)
    if not before and not behind:
        return list(spans)
    return [_stripped(text, start, end, before, behind) for start, end in spans]


def counting(found: Sequence[int], lines: int) -> set[int]:
    """Those of the numbers at one side of so many lines that count them."""
    numbers = set(found)
    runs = {n for n in numbers if n + 1 in numbers or n - 1 in numbers}
    if len(runs) >= FEWEST and len(runs) >= SHARE * lines:
        return runs
    fifth = {n for n in numbers if n % STEP == 0 and (n + STEP in numbers or n - STEP in numbers)}
    few = len(fifth) < 5 or len(fifth) * STEP < 2 * SHARE * lines
    return set() if few or len(found) > 1.5 * len(fifth) else fifth


def _near(found: Sequence[int], counted: set[int]) -> set[int]:
    """Numbers of the other margin: three in a row at least that the counted ones lead to, or that lead to them."""
    numbers = set(found)
    low, high = min(counted) - PAGE, max(counted) + PAGE
    return {
        n
        for n in numbers
        if low <= n <= high
        and ({n - 1, n + 1} <= numbers or {n + 1, n + 2} <= numbers or {n - 1, n - 2} <= numbers)
    }


def _stripped(
    text: str, start: int, end: int, before: set[int], behind: set[int]
) -> tuple[int, int]:
    while (match := _FRONT.match(text, start, end)) and int(match[1]) in before:
        start = match.end()
    found = _BACK.search(text[start:end])
    if found and int(found[1]) in behind:
        end = start + found.start()
    return start, end


# ------------------------------------------------------------------ lines in order
_NUMBERED = re.compile(r"[ ]{0,8}(\d{1,4})(?:[ ]+|$)")
_TRAILING = re.compile(r"(?<=\S)[ ]{2,}(\d{1,4})[ ]*$")
COUNTED = 10
"""So many lines of a page in order must have numbers that go on."""
Span = tuple[int, int]


def without_numbers_in_order(text: str, spans: Sequence[Span]) -> list[Span]:
    """``spans``: the lines of a page in order; each without the number that counts it, before or behind it or in the gap between columns."""
    page = list(spans)
    front: set[int] = set()
    both = _on_both_sides(text, page)
    for pattern in (_NUMBERED, _TRAILING):
        found = _numbers(text, spans, pattern)
        counted = _going_on({i: number for i, (number, _) in found.items()})
        numbers = {found[i][0] for i in counted}
        leads = bool(front) and sum(n - max(front) in range(1, 70) for n in numbers) >= 3
        if both or leads or _in_the_margin(text, page, found, counted):
            front = front or numbers
            page = [
                _without(span, found[i][1], pattern is _NUMBERED) if i in counted else span
                for i, span in enumerate(page)
            ]
    return page


def _numbers(
    text: str, page: Sequence[Span], pattern: re.Pattern[str]
) -> dict[int, tuple[int, re.Match[str]]]:
    """The lines that have a number at this side, each with it."""
    found = {}
    for i, (start, end) in enumerate(page):
        match = pattern.search(text, start, end)
        if match and (pattern is _TRAILING or match.start() == start):
            found[i] = (int(match[1]), match)
    return found


TWINS = 5
"""So many lines of a page must have the same number before and behind them, for both to count lines."""


def _on_both_sides(text: str, page: Sequence[Span]) -> bool:
    front, back = _numbers(text, page, _NUMBERED), _numbers(text, page, _TRAILING)
    return sum(i in back and back[i][0] == number for i, (number, _) in front.items()) >= TWINS


def _going_on(numbers: dict[int, int]) -> set[int]:
    """The lines whose numbers go on from the one before."""
    rows = sorted(numbers.items())
    return {
        i for (a, first), (b, second) in pairwise(rows) if 0 < second - first <= 3 for i in (a, b)
    }


def _in_the_margin(
    text: str, page: Sequence[Span], found: dict[int, tuple[int, re.Match[str]]], counted: set[int]
) -> bool:
    """True for numbers that count lines, not entries: on nearly every line, also on those that go on in the middle of a sentence."""
    filled = sum(bool(text[start:end].strip()) for start, end in page)
    if len(counted) < COUNTED or len(counted) < SHARE * filled:
        return False
    rests = [text[found[i][1].end() : page[i][1]].strip() for i in counted]
    alone = sum(not rest for rest in rests)
    lower = sum(rest[:1].islower() for rest in rests)
    if found[min(counted)][1].re is _TRAILING:
        return len(counted) >= 0.4 * filled
    return alone >= 0.8 * len(counted) or (
        lower >= LOWER * len(counted) and len(counted) >= 0.5 * filled
    )


def _without(span: Span, match: re.Match[str], leading: bool) -> Span:
    start, end = span
    return (min(match.end(), end), end) if leading else (start, max(start, match.start()))
