"""Text → lines that fit a number of columns: words are never broken, scripts without blanks between any two characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from .plain import width

_PIECES = re.compile(r"\s+")


def fold(text: str, columns: int) -> list[str]:
    """The text in lines of at most so many columns, as a terminal counts them; a word that is wider stands in a line of its own."""
    lines = [""]
    room = columns
    for blank, piece in _pieces(text):
        needed = width(piece) + blank
        if needed > room and lines[-1]:
            lines.append(piece)
            room = columns - width(piece)
        else:
            lines[-1] += " " * (blank and bool(lines[-1])) + piece
            room -= needed
    return lines


def hung(text: str, columns: int, first: str, rest: str = "") -> list[str]:
    """The text behind ``first``, its further lines behind ``rest`` (blanks as wide as ``first`` by default)."""
    hang = rest or " " * width(first)
    lines = fold(text, max(columns - max(width(first), width(hang)), 12))
    return [(first if i == 0 else hang) + line for i, line in enumerate(lines)]


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """(1 where a blank stands in front, piece) of what may not be broken."""
    for n, word in enumerate(w for w in _PIECES.split(text) if w):
        blank = int(n > 0)
        start = 0
        for i in range(1, len(word)):
            if _wide(word[i]) and _wide(word[i - 1]):
                yield blank, word[start:i]
                blank, start = 0, i
        yield blank, word[start:]


def _wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF" and char.isalnum()
