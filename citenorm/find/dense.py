"""Lines of printed text without a heading go in; the stretches that are lists of references come out.

Two signs tell such a list: labels that count up in front of stretches that look like references, and lines so full
of years, initials, pages and words of venues that nothing else reads like it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median

from .lines import Line
from .looks import evidence
from .split import Entry, split

WINDOW = 7
"""Lines over which the evidence is averaged."""

ENOUGH = 0.85
"""Average evidence a line inside of a list; running prose has about 0, tables of numbers less than this."""

LEAST = 3
"""So many entries at least make a list without a heading."""


def dense(text: str, lines: Sequence[Line], format: str) -> list[tuple[int, int, list[Entry]]]:
    """Stretches ``(first line, line after the last)`` with their entries."""
    if len(lines) < LEAST:
        return []
    values = [_value(line.text) for line in lines]
    found = []
    for begin, end in _stretches(values, lines):
        part = list(lines[begin:end])
        entries = split(text, part, format)
        good = [e for e in entries if e.score > 1.0]
        if len(good) >= LEAST and len(good) >= 0.6 * len(entries) and median(e.score for e in entries) > 1.2:
            found.append((begin, end, [e for e in entries if e.score > 0.0]))
    return found


def _value(text: str) -> float:
    if len(text) < 3:
        return -0.2
    return evidence(text)


def _stretches(values: Sequence[float], lines: Sequence[Line]) -> list[tuple[int, int]]:
    """Maximal stretches whose average over ``WINDOW`` lines stays high, their ends trimmed to lines with evidence."""
    size = len(values)
    total = [0.0]
    for value in values:
        total.append(total[-1] + value)
    half = WINDOW // 2
    high = []
    for i in range(size):
        a, b = max(0, i - half), min(size, i + half + 1)
        high.append((total[b] - total[a]) / (b - a) >= ENOUGH)
    found: list[tuple[int, int]] = []
    i = 0
    while i < size:
        if not high[i]:
            i += 1
            continue
        j = i
        while j < size and high[j]:
            j += 1
        found.append((i, j))
        i = j
    joined: list[tuple[int, int]] = []
    for a, b in found:
        if joined and a - joined[-1][1] <= 4 and sum(values[joined[-1][1] : a]) >= 0:
            joined[-1] = (joined[-1][0], b)
        else:
            joined.append((a, b))
    return [_trimmed(a, b, values, lines) for a, b in joined if b - a >= LEAST]


def _trimmed(begin: int, end: int, values: Sequence[float], lines: Sequence[Line]) -> tuple[int, int]:
    """Take in what belongs to the list at both ends, leave out what does not."""
    while begin < end - 1 and values[begin] <= 0.3:
        begin += 1
    while end - 1 > begin and values[end - 1] <= 0.0 and not _closes(lines, end - 1):
        end -= 1
    steps = 0
    while begin > 0 and steps < 4 and values[begin - 1] > 0.5 and not lines[begin].gap:
        begin -= 1
        steps += 1
    steps = 0
    while end < len(lines) and steps < 3 and not lines[end].gap and not re.search(r"[.\])]$", lines[end - 1].text):
        end += 1
        steps += 1
    return begin, end


def _closes(lines: Sequence[Line], i: int) -> bool:
    return not lines[i].gap and not re.search(r"[.\])]$", lines[i - 1].text)



