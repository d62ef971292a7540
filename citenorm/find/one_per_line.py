"""Lines of a list go in; whether its author wrote one reference a line, without ever breaking one, comes out.

Where text is wrapped, a line ends because the next word had no room.  In a list with one reference a line nearly every line ends although
there was room for more.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from .lines import Line
from .reference_score import people

LEAST = 3
"""Fewer lines tell nothing."""

_DATED = re.compile(r"(?<!\d)(?:1[6-9]\d\d|20[0-3]\d)[a-z]?(?!\d)|\barXiv\b|\b10\.\d{4,9}/")
_GOES_ON = re.compile(
    r"[a-zß-öø-ÿ(,;:&)\]]|(?:pp?|[Vv]ol|[Nn]o)\.?\s?\d|In[:\s]|https?:|doi\b|\d{1,4}\s?[(:–-]"
)
_NO_END = re.compile(
    r"(?:[,;:&/(\[-]|\b(?:and|of|the|in|for|on|to|with|by|from|und|der|die|von|[Vv]ol|pp)\.?)$"
)

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+/$")


def one_a_line(lines: Sequence[Line]) -> bool:
    """True where each of ``lines`` (of plain text or of one paragraph) surely is a reference of its own."""
    if (
        len(lines) < LEAST
        or lines[0].kind in ("heading", "code", "table")
        or any(line.gap for line in lines[1:])
        or len({line.indent for line in lines}) > 1
    ):
        return False
    texts = [line.text for line in lines]
    if any(line.width != len(text) for line, text in zip(lines, texts, strict=True)):
        return False  # set in type: letters do not tell how wide a line is
    if any(_GOES_ON.match(text) for text in texts) or any(
        _NO_END.search(text) and not _ADDRESS.search(text) for text in texts[:-1]
    ):
        return False
    width = max(map(len, texts))
    full = sum(len(a) + 1 + len(b.split(None, 1)[0]) > width for a, b in pairwise(texts))
    if full > max(1, 0.15 * (len(texts) - 1)):
        return False
    dated = [bool(_DATED.search(text)) for text in texts]
    named = [people(text) >= 1.2 for text in texts]
    either = sum(map(max, dated, named))
    return (
        2 * sum(dated) >= len(texts)
        and 2 * sum(named) >= len(texts)
        and 4 * either >= 3 * len(texts)
    )
