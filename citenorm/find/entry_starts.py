"""Lines of a list without labels go in; how surely each of them begins a reference comes out (log-odds)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from statistics import median

from ..normalize.text import fold
from .lines import Line
from .reference_score import people

_YEAR = re.compile(r"(?<!\d)(?:1[6-9]\d\d|20[0-3]\d)[a-z]?(?!\d)")
_DASH = re.compile(r"(?:[-–—―_~]{1,4}|\"|″)[,.&]?\s*(?:[,.(&]|[A-Z\d(])")
_FINISHED = re.compile(
    r"(?:[.!?)\]”\"]|\.\s*\[[^\]]{1,30}\]|https?://\S+|10\.\d{4,}/\S+|\d{1,5}\s?[–-]\s?\d{1,5}[.,;]?|(?:1[6-9]|20)\d\d[a-z]?[.)]*|\]\.?)$"
)
_UNFINISHED = re.compile(
    r"(?:[,:;&/(\[–‐\u00ad\ufffe\x02-]|\b(?:and|of|the|in|for|on|an?|to|with|by|from|und|der|die|des|von|für|In|In:|eds?|pp?|[vV]ol|no|Proc|J|[A-Z]\.|Int|Conf|Trans))\.?$"
)
_CONTINUES = re.compile(
    r"(?:[a-zß-öø-ÿ(,.;:&)\]]|\d{1,4}[\s,.:;–-]|pp?\.|[Vv]ol\.|In[: ]|https?:|www\.|doi|DOI|arXiv|Press|Verlag|Proceedings|Proc\.|University|Journal|IEEE|ACM|Springer|[12]\d{3}\b|ISBN|ISSN|URL|Available|Retrieved)"
)


def begin_scores(lines: Sequence[Line]) -> list[float]:
    """One number a line; above 0 it rather begins a reference than continues one."""
    if not lines:
        return []
    widths = sorted(line.width for line in lines)
    full = widths[int(0.8 * (len(widths) - 1))] or 1.0
    hang, outer = _hanging(lines)
    gaps = [line.gap > 0 for line in lines[1:]]
    spaced = 0.08 < sum(gaps) / max(1, len(gaps)) < 0.95
    scores = [
        _one(line, lines[i - 1] if i else None, full, hang, outer, spaced)
        for i, line in enumerate(lines)
    ]
    return _alphabet(lines, scores)


def _one(
    line: Line, above: Line | None, full: float, hang: float, outer: float, spaced: bool
) -> float:
    text = line.text
    if above is None:
        return 3.0
    total = -2.3
    surely = people(text)
    total += 1.25 * surely
    if _DASH.match(text):
        total += 2.0
    if _CONTINUES.match(text):
        total -= 2.2
    if surely and _YEAR.search(text[:160]):
        total += 0.7
    before = above.text
    if _UNFINISHED.search(before):
        total -= 2.6
    elif _FINISHED.search(before):
        total += 1.3
    else:
        total -= 1.2
    if above.width < 0.82 * full and _FINISHED.search(before):
        total += 1.0
    elif above.width >= 0.93 * full:
        total -= 0.5
    if spaced:
        total += 2.6 if line.gap else -1.3
    if hang:
        total += 2.6 if line.indent <= outer + 0.25 * hang else -3.2
    return total


def _hanging(lines: Sequence[Line]) -> tuple[float, float]:
    """Width of the hanging indent and the left edge of first lines; (0, 0) where all lines begin at one edge."""
    edges = [round(line.indent, 1) for line in lines]
    low = min(edges)
    inner = [edge for edge in edges if edge > low + 0.9]
    share = len(inner) / len(edges)
    if len(edges) < 3 or not 0.2 <= share <= 0.9:
        return 0.0, 0.0
    hang = median(inner) - low
    steady = sum(1 for edge in inner if abs(edge - low - hang) <= 0.35 * hang) / len(inner)
    return (hang, low) if steady >= 0.7 and hang <= 12 else (0.0, 0.0)


def _alphabet(lines: Sequence[Line], scores: list[float]) -> list[float]:
    """Where the sure beginnings stand in alphabetical order, lines that break it lose and lines that keep it gain."""
    keys = [fold(line.text[:40])[:12] for line in lines]
    sure = [i for i, value in enumerate(scores) if value > 1.0 and keys[i] and keys[i][0].isalpha()]
    if len(sure) < 6:
        return scores
    kept = sum(1 for a, b in itertools.pairwise(sure) if keys[a][:3] <= keys[b][:3])
    if kept < 0.75 * (len(sure) - 1):
        return scores
    spine = _longest_rise([(i, keys[i][:4]) for i in sure])
    result = list(scores)
    position = 0
    for i in range(len(lines)):
        while position < len(spine) and spine[position] < i:
            position += 1
        low = keys[spine[position - 1]][:2] if position else ""
        high = keys[spine[position]][:2] if position < len(spine) else "\U0010ffff"
        if keys[i] and keys[i][0].isalpha():
            result[i] += 0.7 if low <= keys[i][:2] <= high else -2.0
    return result


def _longest_rise(items: list[tuple[int, str]]) -> list[int]:
    """Indices of a longest non-falling subsequence."""
    from bisect import bisect_right as where

    tails: list[str] = []
    ends: list[int] = []
    back: list[int] = []
    for n, (_, key) in enumerate(items):
        place = where(tails, key)
        back.append(ends[place - 1] if place else -1)
        if place == len(tails):
            tails.append(key)
            ends.append(n)
        else:
            tails[place] = key
            ends[place] = n
    chain = []
    last = ends[-1] if ends else -1
    while last >= 0:
        chain.append(items[last][0])
        last = back[last]
    return chain[::-1]
