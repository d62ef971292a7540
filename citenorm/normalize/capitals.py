"""A title → the stretches whose capitals must survive a style that writes titles in lower case."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from functools import lru_cache
from importlib.resources import files

MATH = re.compile(
    r"(?<![\\$])\$(?=[^\s$])(?:[^$\\]|\\.)*?(?<=[^\s$])\$(?![\d$])|\\\((?:[^\\]|\\(?![()]))*\\\)"
)
"""A stretch of mathematics: the opening dollar has something behind it, the closing one something before it and no digit behind it."""
_TAG = re.compile(r"<[^<>]*>")
_WORD = re.compile(r"[^\W_]+(?:['’+#][^\W_]+|[+#]+(?![^\W_]))*")
_ELISION = re.compile(r"^(?:[cdjlmnst]|qu)['’](?=[^\W\d_])", re.I)
"""An article or pronoun of French or Italian that has lost its vowel ("l'Assemblée"): the capital behind it begins a word."""
_BEGINS = re.compile(r"[:.?!—–]\s|[“\"(\[]|\s[-–]\s")
"""What stands between two words where a sentence or a part of a title begins."""


@lru_cache(maxsize=1)
def proper_words() -> frozenset[str]:
    """The words of ``capitals.toml``."""
    table = tomllib.loads(files(__package__).joinpath("capitals.toml").read_text(encoding="utf-8"))
    return frozenset(word for words in table.values() for word in words)


def protected_words(title: str, *, proper: bool = True) -> tuple[tuple[int, int], ...]:
    """Spans of the words whose capitals a lower-casing style must keep: acronyms (BERT), mixed case (ImageNet, mRNA),
    single letters (the K of K-means) and proper names, as far as the title or ``capitals.toml`` shows them.

    A title in capitals throughout says nothing about its words: no span.  Without ``proper`` only what the form of a word
    shows: acronyms and mixed case.
    """
    words = list(_WORD.finditer(title))
    for outside in (_spans(MATH, title), _spans(_TAG, title)):
        if outside[0]:
            words = [m for m in words if not _within(m.start(), outside)]
    letters = [m[0] for m in words if len(m[0]) > 1 and m[0].isalpha()]
    if len(letters) > 2 and sum(word.isupper() for word in letters) > 0.7 * len(letters):
        return ()
    if not proper:
        return tuple(
            (m.start(), m.end())
            for m in words
            if _has_capital_inside(m[0]) or (m[0][0].isupper() and any(c.isdigit() for c in m[0]))
        )
    long = [m for m in words if len(m[0]) > 3 and m[0].isalpha() and not _begins(title, m.start())]
    sentence_style = len(long) >= 3 and sum(m[0].islower() for m in long) >= 0.6 * len(long)
    return tuple((m.start(), m.end()) for m in words if _keeps_capital(m, title, sentence_style))


def _keeps_capital(match: re.Match[str], title: str, sentence_style: bool) -> bool:
    word = match[0]
    if word == (lower := word.lower()):
        return False
    if _has_capital_inside(word):
        return True  # BERT, ImageNet, mRNA
    begins = _begins(title, match.start())
    if len(word) == 1:
        if begins and lower == "a":
            return False
        hyphen_after = title[match.end() : match.end() + 1] == "-"
        return hyphen_after or not begins or lower != "i"
    if any(char.isdigit() or char in "+#" for char in word):
        return True  # A3C has two capitals; W8 and C++ have one
    if begins:
        return False
    return word.removesuffix("’s").removesuffix("'s") in proper_words() or (
        sentence_style and title[match.start() - 1 : match.start()] != "-"
    )


def _has_capital_inside(word: str) -> bool:
    inside = (_ELISION.sub("", word) if "'" in word or "’" in word else word)[1:]
    return not inside.islower() and any(char.isupper() for char in inside)


def _begins(title: str, start: int) -> bool:
    """Whether the word at ``start`` begins the title or a part of it: by the signs between it and the word before."""
    gap = start
    while gap and not (title[gap - 1].isalnum() or title[gap - 1] == "_"):
        gap -= 1
    return gap == 0 or bool(_BEGINS.search(title, gap, start))


_Spans = tuple[list[int], list[int]]


def _spans(pattern: re.Pattern[str], text: str) -> _Spans:
    """Starts and ends of a pattern's matches, in order."""
    found = [m.span() for m in pattern.finditer(text)]
    return [start for start, _ in found], [end for _, end in found]


def _within(at: int, spans: _Spans) -> bool:
    i = bisect_right(spans[0], at) - 1
    return i >= 0 and at < spans[1][i]
