"""A title's text in, the folded forms that comparing needs out: words, one squashed string, what is counted in it, what kind of piece it is."""

from __future__ import annotations

import re
from functools import lru_cache
from math import fsum

from ..normalize.text import folded_words, squash
from ..normalize.title_words import word_bits
from .kept import part
from .words import patterns, word_set, word_table

STOP = word_set("stop")
PARTS = word_set("parts")
DIVISIONS = word_set("divisions")
_ROMAN = word_table("roman")
_SPELLED = word_table("spelled")
NUMERALS = frozenset((*_ROMAN, *_SPELLED, "i", "v", "x"))
_ONE_LETTER = {"i": "1", "v": "5", "x": "10"}
_GLUED = {**_ROMAN, **_ONE_LETTER}
_GLUED_PART = re.compile(r"part(i{1,3}|iv|v)$")
_MISREAD = str.maketrans("loi", "101")
_DIGITS = re.compile(r"\d+")
_KINDS = patterns("kinds")
"""Pieces of writing *about* a work, told by the words their titles begin or end with."""
KIND_WORDS = word_set("kind-words")
"""The words one of which every one of ``_KINDS`` needs."""
STAMP = re.compile(
    r"\s*\[?(?:(?:retracted|withdrawn)(?: article)?\s*[\]:]+|retracted article\b)\s*", re.I
)
"""What publishers put in front of the title of an article that no longer stands: it is still that article, and no notice about it."""


_SIGN = re.compile(r"(?<=[A-Za-z])[Α-Ωα-ω](?![Α-Ωα-ω])|(?<![Α-Ωα-ω])[Α-Ωα-ω](?=[A-Za-z])")
"""A Greek letter beside a Latin one, a sign of a formula ("ΔS"): a word of its own, as which it is typed elsewhere."""


class Title:
    """A title as ``words``, as one string (``key``), as the different words (``bag``) and what they weigh together (``mass``)."""

    def __init__(self, text: str) -> None:
        self._text = unbroken(text[stamped.end() :] if (stamped := STAMP.match(text)) else text)
        parted = self._text if self._text.isascii() else _SIGN.sub(r" \g<0> ", self._text)
        self.words = tuple(folded_words(parted))
        self.key = "".join(self.words)
        self.bag = frozenset(self.words)
        self.mass = fsum(map(word_weight, self.bag))

    @part
    def said(self) -> str:
        """Its words as one line."""
        return " ".join(self.words)

    @part
    def numbers(self) -> tuple[str, ...]:
        """What is counted in it, in order."""
        if self.key.isalpha() and NUMERALS.isdisjoint(self.bag) and "part" not in self.key:
            return ()
        return _numbers(self.words)

    @part
    def kind(self) -> str:
        """What kind of piece it says it is: a reply, an erratum …; "" for a plain title."""
        return "" if KIND_WORDS.isdisjoint(self.bag) else _kind(self.said)

    @part
    def _cut(self) -> tuple[str, str]:
        head, tail = _split(self._text)
        return (squash(head), squash(tail)) if tail else ("", "")

    @property
    def main(self) -> str:
        """The key of what stands before a colon, "" where there is none."""
        return self._cut[0]

    @property
    def rest(self) -> str:
        """The key of what stands behind a colon, "" where there is none."""
        return self._cut[1]


RARE = 14.0
"""What a word tells (in bits) that stands in no more than one title in ten thousand."""


@lru_cache(maxsize=65536)
def word_weight(word: str) -> float:
    """How much a title word tells (0–1): next to nothing for stop words, little for common ones, 1 for rare ones."""
    if word in STOP:
        return 0.1
    return 0.5 if word.isdigit() else word_bits().get(word, RARE) / RARE


@lru_cache(maxsize=16384)
def title_view(text: str) -> Title:
    """A title's view; the part in front of a colon, question mark or dash is its main part."""
    return Title(text)


_BROKEN = re.compile(r"(?<=[^\W\d_])-\s+(?!(?:and|or|und|oder|et|to|bis)\b)(?=[a-zß-ÿ])")


def unbroken(text: str) -> str:
    """Words joined that a line's end had cut ("str- ucture"); "pre- and post-" stays."""
    return _BROKEN.sub("", text) if "- " in text else text


_BREAK = re.compile(r"(?::|\?|!|\.(?=\s)|\s[-–—]+(?=\s)|—|;)\s*")


def _split(text: str) -> tuple[str, str]:
    found = _BREAK.search(text, 3)
    return (text[: found.start()], text[found.end() :]) if found else (text, "")


def _numbers(words: tuple[str, ...]) -> tuple[str, ...]:
    """What is counted in a title, in order: digits, roman numerals, "part two"."""
    out: list[str] = []
    for i, word in enumerate(words):
        if word in _ROMAN:
            out.append(_ROMAN[word])
        elif (
            word in ("i", "v", "x") and (i == len(words) - 1 or (i and words[i - 1] in PARTS)) and i
        ):
            out.append(_ONE_LETTER[word])
        elif word in _SPELLED and i and words[i - 1] in PARTS:
            out.append(_SPELLED[word])
        elif (word[0].isdigit() or word[-1].isdigit()) and (found := _DIGITS.findall(word)):
            misread = word.translate(_MISREAD)
            out += [
                n.lstrip("0") or "0"
                for n in ([misread] if misread.isdigit() and len("".join(found)) > 1 else found)
            ]
        elif glued := _GLUED_PART.search(word):
            out.append(_GLUED[glued[1]])
    return tuple(out)


def _kind(folded: str) -> str:
    for name, pattern in _KINDS:
        if pattern.search(folded):
            return name
    return ""
