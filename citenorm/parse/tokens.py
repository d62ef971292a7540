"""A reference string → its words and the gaps between them: what the model labels, and the glue that it reads.

A word is a run of letters, together with accents that are signs of their own ("Mu¨ller"), a run of digits, or one whole address, DOI or
arXiv number; a gap is whatever stands between two words ("", " ", ". “", " (").  Gaps and words alternate and together are the string,
so no text is lost.
"""

from __future__ import annotations

import re
from itertools import accumulate
from typing import NamedTuple

LONGEST = 6000
"""Characters of one reference that are read; what stands behind is reported as unparsed."""
MOST = 500
"""Words of one reference that are labelled."""

_SPLIT = re.compile(
    r"((?![fhw])[A-Za-z]++(?=[\x00-&(-\x7f]|\Z)"  # a plain word, told at once; f, h and w may begin an address
    r"|(?:https?://|ftp://|www\.)[^\s<>\"“”]*[^\s<>\"“”.,;:)\]}']"  # an address, without the punctuation behind it
    r"|10\.\d{4,9}/[^\s<>\"“”]*[^\s<>\"“”.,;:)\]}']"  # a DOI
    r"|\d{4}\.\d{4,5}(?:v\d+)?(?![\d.])"  # an arXiv number
    r"|\d+"
    r"|[^\W\d_]+(?:(?:['’ʼ]|[\u0300-\u036f\u0591-\u05bd\u064b-\u0652\u0900-\u0903\u093a-\u094f¨´˜ˇ˘˚˝¸ˆ]+)[^\W\d_]+)*[\u0300-\u036f]*)"
)


class Tokens(NamedTuple):
    """``parts``: gap, word, gap, word, …, gap; ``ends``: the offset in the string at which each part ends."""

    parts: list[str]
    ends: list[int]

    @property
    def words(self) -> list[str]:
        return self.parts[1::2]

    @property
    def gaps(self) -> list[str]:
        """The gap in front of each word and, last, the one behind the last word."""
        return self.parts[0::2]

    def start(self, word: int) -> int:
        """Offset of a word's first character."""
        return self.ends[2 * word]

    def end(self, word: int) -> int:
        """Offset behind a word's last character."""
        return self.ends[2 * word + 1]


def tokenize(text: str) -> Tokens:
    """Cut a string; at most ``LONGEST`` characters and ``MOST`` words, the last gap of what is left out being empty."""
    if len(text) > LONGEST:
        text = text[:LONGEST]
    parts = _SPLIT.split(text)
    if len(parts) > 2 * MOST + 1:
        parts = [*parts[: 2 * MOST], ""]
    return Tokens(parts, list(accumulate(map(len, parts))))
