"""A printed line goes in; the shape of its first and last words, and how it stands among the lines around it, come out as short names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from .lines import Line

_TOKEN = re.compile(r"\S+")
_KINDS = (
    ("y", re.compile(r"(?:1[6-9]|20)\d\d[a-z]?")),
    ("r", re.compile(r"[A-Z]?\d+[–—-]+[A-Z]?\d+")),
    ("d", re.compile(r"\d+")),
    ("n", re.compile(r"\w*\d\S*")),
    ("u", re.compile(r"(?:https?:|www\.|10\.\d)\S*")),
    ("I", re.compile(r"(?:[A-ZÀ-Þ]\.?-?){1,3}")),
    ("C", re.compile(r"[^\W\d_a-zß-öø-ÿ]{4,}")),
    ("W", re.compile(r"[^\W\d_a-zß-öø-ÿ]\S*")),
    ("w", re.compile(r"[a-zß-öø-ÿ]\S*")),
)
_OPEN, _CLOSE = "([{\"“„«'‘", ")]}\"”»'’"
AROUND = 40
"""Lines on both sides that a line is held against."""


@lru_cache(maxsize=16384)
def shape(token: str) -> str:
    """The kind of a word with the marks around it: "Smith," is "W,", "(2001)." is "(y).", "J." is "I."."""
    head = token[0] if token[0] in _OPEN else ""
    body = token[len(head) :].rstrip(".,:;!?" + _CLOSE)
    tail = token[len(head) + len(body) :][:2]
    kind = next((name for name, pattern in _KINDS if pattern.fullmatch(body)), "x") if body else ""
    return f"{head}{kind}{tail}"


def first_words(text: str, count: int) -> list[str]:
    return [shape(match.group()) for match, _ in zip(_TOKEN.finditer(text[:80]), range(count), strict=False)]  # fmt: skip


def last_words(text: str, count: int) -> list[str]:
    return [shape(token) for token in text[-60:].split()[-count:]]


def right_edges(lines: Sequence[Line]) -> list[float]:
    """How far the usual full line around every line reaches (indentation and width)."""
    blocks = []
    for i in range(0, len(lines), AROUND):
        reach = sorted(line.indent + line.width for line in lines[max(0, i - AROUND) : i + 2 * AROUND])  # fmt: skip
        blocks.append(reach[int(0.85 * (len(reach) - 1))] or 1.0)
    return [blocks[i // AROUND] for i in range(len(lines))]


class Around:
    """What is usual around every line: which shapes lines begin with, and how many lines end as references do."""

    def __init__(self, heads: Sequence[str], ended: Sequence[bool]) -> None:
        self._heads = heads
        self._ended = [0]
        for value in ended:
            self._ended.append(self._ended[-1] + value)
        self._counts: Counter[str] = Counter(heads[: AROUND + 1])
        self._at = 0

    def like(self, i: int) -> float:
        """The share of the lines around line ``i`` that begin with the same shape; ``i`` never falls."""
        while self._at < i:
            self._at += 1
            if self._at + AROUND < len(self._heads):
                self._counts[self._heads[self._at + AROUND]] += 1
            if self._at - AROUND - 1 >= 0:
                self._counts[self._heads[self._at - AROUND - 1]] -= 1
        return (self._counts[self._heads[i]] - 1) / self._span(i)

    def ended(self, i: int) -> float:
        """The share of the lines around line ``i`` that end as references do."""
        low, high = max(0, i - AROUND), min(len(self._heads), i + AROUND + 1)
        return (self._ended[high] - self._ended[low]) / (high - low)

    def _span(self, i: int) -> int:
        return min(len(self._heads), i + AROUND + 1) - max(0, i - AROUND)
