"""Ordinals as printed in ("35th", "thirty-fifth", "XIV"), numbers out, and back."""

from __future__ import annotations

import re

_UNITS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_TEENS = (
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
)
_TENS = ("twent", "thirt", "fort", "fift", "sixt", "sevent", "eight", "ninet")

_WORDS: dict[str, int] = {word: number for number, word in enumerate(_UNITS + _TEENS, 1)}
for _ten, _stem in enumerate(_TENS, 2):
    _WORDS[_stem + "ieth"] = _ten * 10
TENS_WORDS: dict[str, int] = {stem + "y": ten * 10 for ten, stem in enumerate(_TENS, 2)}
"""The words that begin a compound ordinal: "thirty" in "thirty-fifth"."""

_ALL_WORDS = frozenset((*_WORDS, *TENS_WORDS))
_DIGITS = re.compile(r"^(\d{1,3})(?:st|nd|rd|th)$")
_ROMAN = re.compile(r"^(?=[ivxl])(?:xl|l?x{0,4})(?:ix|iv|v?i{0,4})$")
_ROMAN_VALUE = {"i": 1, "v": 5, "x": 10, "l": 50}


def whole_number(text: str) -> int | None:
    """The number that a text writes with at most nine digits, None for any other text: no footnote sign ("²"), no thousands of digits."""
    return int(text) if len(text) <= 9 and text.isdecimal() else None


def ordinal(word: str) -> int | None:
    """The number of one folded word that is an ordinal ("35th", "twelfth", "thirtieth"), None for other words."""
    if not word[0].isdigit():
        return _WORDS.get(word)
    found = _DIGITS.match(word)
    return int(found[1]) if found else None


def roman(word: str) -> int | None:
    """The number of a Roman numeral below 90 in lower case ("xiv" gives 14), None for other words."""
    if not _ROMAN.match(word):
        return None
    values = [_ROMAN_VALUE[sign] for sign in word]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))


def take_ordinals(words: list[str]) -> tuple[list[str], list[int]]:
    """The words without ordinals, and the ordinals in order: "thirty", "fifth" count as one, "35"."""
    if _ALL_WORDS.isdisjoint(words) and not any(map(_DIGITS.match, words)):
        return words, []
    kept: list[str] = []
    found: list[int] = []
    i = 0
    while i < len(words):
        word = words[i]
        tens = TENS_WORDS.get(word)
        unit = _WORDS.get(words[i + 1]) if tens and i + 1 < len(words) else None
        if tens and unit and unit < 10:
            found.append(tens + unit)
            i += 2
            continue
        number = ordinal(word)
        if number is None:
            kept.append(word)
        else:
            found.append(number)
        i += 1
    return kept, found


def as_ordinal(number: int) -> str:
    """The number with its English ending: 1 gives "1st", 12 gives "12th"."""
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{('th', 'st', 'nd', 'rd')[number % 10] if number % 10 < 4 else 'th'}"
