"""Any string in, a key out that ignores case, accents, ligatures and punctuation: ``fold`` with words apart, ``squash`` without."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SHORT = 256
"""Characters of what is folded once and kept: names and titles are met again and again, and long texts are not."""

# Letters that NFKD leaves alone but that readers and keyboards write with ASCII letters.
_LETTERS = {
    "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ŋ": "n", "ŧ": "t", "ı": "i", "ĸ": "k",
    "ə": "e", "ƒ": "f",
}  # fmt: skip
# Characters that no reader sees: soft hyphen, zero-width signs, direction marks, byte order mark.
_UNSEEN = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_TABLE = {ord(k): v for k, v in _LETTERS.items()} | {ord(c): None for c in _UNSEEN}
_IN_TABLE = re.compile(f"[{''.join(_LETTERS)}{_UNSEEN}]")
# Accents of Latin, Greek and Cyrillic letters; marks of other scripts (dakuten, vowel signs) are part of the letter.
_ACCENTS = re.compile("[\u0300-\u036f\u1dc4-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")
_ASCII = bytes(ord(chr(i).lower()) if i < 128 and chr(i).isalnum() else 32 for i in range(256))


def _is_word(char: str) -> bool:
    """A letter, a digit, or a mark of one; not the signs that stand for "^" and for apostrophes and are called letters."""
    if "\u02b9" <= char <= "\u02df":
        return False
    return char.isalnum() or unicodedata.category(char)[0] == "M"


def fold(text: str) -> str:
    """Lower-case words of letters and digits with single spaces between: "Ünïted — Föld" becomes "united fold".

    Accents are taken off Latin, Greek and Cyrillic letters, ligatures and compatibility forms are spelled out
    (NFKD), æ ø ß ł and their like become ASCII; a Greek letter that stands alone, as in formulas, becomes its name
    ("β-decay" is "beta decay"); every run of other characters becomes one space.
    """
    return _fold(text) if len(text) <= _SHORT else " ".join(folded_words(text))


@lru_cache(maxsize=4096)
def _fold(text: str) -> str:
    return " ".join(folded_words(text))


def folded_words(text: str) -> list[str]:
    """The words of ``fold``, one by one."""
    if text.isascii():
        return _plain(text)
    text = _ACCENTS.sub("", unicodedata.normalize("NFKD", text))
    if text.isascii():
        return _plain(text)
    text = text.casefold()
    if _IN_TABLE.search(text):
        text = text.translate(_TABLE)
    text = unicodedata.normalize("NFC", text)
    if text.isascii():
        return _plain(text)
    text = _GREEK_LETTER.sub(lambda m: f" {_GREEK_NAMES[m[0]]} ", text)
    return "".join([c if _is_word(c) else " " for c in text]).split()


def _plain(text: str) -> list[str]:
    """The words of plain ASCII: as bytes they are folded in half the time."""
    return text.encode("ascii").translate(_ASCII).decode("ascii").split()


_GREEK_NAMES = dict(
    zip(
        "αβγδεζηθικλμνξοπρστυφχψω",
        [
            "alpha",
            "beta",
            "gamma",
            "delta",
            "epsilon",
            "zeta",
            "eta",
            "theta",
            "iota",
            "kappa",
            "lambda",
            "mu",
            "nu",
            "xi",
            "omicron",
            "pi",
            "rho",
            "sigma",
            "tau",
            "upsilon",
            "phi",
            "chi",
            "psi",
            "omega",
        ],
        strict=True,
    )
)
_GREEK_LETTER = re.compile(r"(?<![^\W\d_])[α-ρσ-ω](?![^\W\d_])")
_UMLAUTS = str.maketrans(
    {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "Ä": "Ae",
        "Ö": "Oe",
        "Ü": "Ue",
        "ø": "oe",
        "Ø": "Oe",
        "å": "aa",
        "Å": "Aa",
    }
)


def spelled_out(text: str) -> str:
    """Umlauts and their kin as those write them who lack the letters: "Müller" becomes "Mueller"; other accents stay."""
    return text if text.isascii() else unicodedata.normalize("NFC", text).translate(_UMLAUTS)


def squash(text: str) -> str:
    """``fold`` without its spaces: "e-mail", "e mail" and "Email" share a key."""
    return _squash(text) if len(text) <= _SHORT else "".join(folded_words(text))


@lru_cache(maxsize=8192)
def _squash(text: str) -> str:
    return "".join(folded_words(text))


def squeeze(text: str) -> str:
    """The text with every run of white space as one space, none at the ends, and unseen characters gone."""
    if not text.isascii():
        text = text.translate(_GONE)
    return " ".join(text.split())


_GONE = {ord(c): None for c in _UNSEEN}
