"""The words that stand in many titles, and how much each tells (``data/title-words.txt``, counted over titles of a catalogue)."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def word_bits() -> dict[str, float]:
    """What each frequent word tells, in bits."""
    lines = (
        files("citenorm").joinpath("data/title-words.txt").read_text(encoding="utf-8").splitlines()
    )
    return {
        word: float(bits)
        for word, _, bits in (line.partition(" ") for line in lines if line[0] != "#")
    }


def frequent(word: str) -> bool:
    """The word stands in many titles."""
    return word in word_bits()
