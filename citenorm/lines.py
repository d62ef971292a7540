"""A text → where its lines begin, and an offset → its line and column."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

_LINE_BREAK = re.compile(r"\r\n?|\n")
_LF = re.compile(r"\n")


def line_starts(text: str) -> tuple[int, ...]:
    """Offsets at which the lines begin (ended by LF, CR LF or CR)."""
    breaks = _LINE_BREAK if "\r" in text else _LF
    return (0, *(m.end() for m in breaks.finditer(text)))


def line_and_column(starts: Sequence[int], offset: int) -> tuple[int, int]:
    """1-based line and column of an offset."""
    line = bisect_right(starts, offset)
    return line, offset - starts[line - 1] + 1
