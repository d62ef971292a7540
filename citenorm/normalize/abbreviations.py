"""Names of journals and proceedings in; their ISO 4 abbreviations out, and whether one name could be short for another.

The words and stems stand in ``abbreviations.toml``.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files

from ..late import late
from .text import fold

# Words that abbreviations leave out (ISO 4, section 4.5): articles, prepositions, conjunctions.
SMALL_WORDS = frozenset({
    "a", "al", "an", "and", "as", "at", "aus", "by", "d", "da", "das", "de", "dei", "del", "della", "den", "der", "des", "di", "die",
    "do", "dos", "du", "e", "ed", "el", "en", "et", "for", "from", "für", "fuer", "i", "il", "im", "in", "into", "its", "l", "la",
    "las", "le", "les", "los", "na", "o", "of", "on", "or", "og", "och", "over", "per", "pour", "sur", "the", "to", "u", "um", "un",
    "und", "upon", "van", "voor", "von", "with", "y", "zu", "zum", "zur", "ber",
})  # fmt: skip

_VOWELS = frozenset("aeiouy")
_WORD = late(r"[^\s:,;()]+")
_ARTICLE = late(r"^(?:the|der|die|das|la|le|les|el|il)\s+", re.I)
_PART = late(r"^(?:[A-Z]|[IVX]+|\d+)$")


@lru_cache(maxsize=1)
def _table() -> tuple[dict[str, str], dict[str, str], int]:
    """Abbreviations of whole words and of stems, and the length of the longest stem."""
    table = tomllib.loads(
        files("citenorm.normalize").joinpath("abbreviations.toml").read_text("utf-8")
    )
    return table["words"], table["stems"], max(map(len, table["stems"]))


def _abbreviate_word(word: str) -> str:
    words, stems, longest = _table()
    key = fold(word)
    if key in words:
        return words[key]
    for length in range(min(len(key), longest), 1, -1):
        short = stems.get(key[:length])
        if short:
            return short if len(short.rstrip(".")) < len(key) else word
    return word


@lru_cache(maxsize=4096)
def abbreviate(name: str) -> str:
    """The ISO 4 abbreviation of a name: "Journal of Machine Learning Research" gives "J. Mach. Learn. Res.".

    Small words fall away; a name of one word, acronyms and words that are not in the list stay whole.
    """
    name = _ARTICLE.sub("", name)
    words = _WORD.findall(name.replace(" & ", " "))
    if len([w for w in words if fold(w) not in SMALL_WORDS]) < 2:
        return name
    out: list[str] = []
    for i, word in enumerate(words):
        acronym = len(word) > 1 and word.upper() == word
        if acronym or _PART.match(word):
            out.append(word)
        elif fold(word) not in SMALL_WORDS or (i == len(words) - 1 and len(word) == 1):
            out.append("-".join(_abbreviate_word(part) for part in word.split("-")))
    return " ".join(out)


def short_for(short: str, word: str) -> bool:
    """True where a folded word can be short for another: a beginning ("mach"), its letters with the last one ("natl"), its consonants ("jpn")."""
    if word.startswith(short):
        return True
    if len(short) < 2 or short[0] != word[0] or len(short) >= len(word):
        return False
    if (
        (len(short) > 2 and not _VOWELS.intersection(short))
        or short[-1] == word[-1]
        or (len(short) > 2 and word.startswith(short[:-1]) and short[-1] in word)
    ):
        letters = iter(word)
        return all(letter in letters for letter in short)
    return False


def could_abbreviate(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """True where every word of a name stands, shortened or whole, in another of the same length in the same order.

    Both are folded words without small words.  At least one word must be whole or have three letters or more.
    """
    if len(short) != len(full) or not short:
        return False
    if not all(short_for(a, b) for a, b in zip(short, full, strict=True)):
        return False
    return any(a == b or len(a) > 2 for a, b in zip(short, full, strict=True))


def could_run(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """True where every word of a name stands, shortened or whole, in another in the same order, or is the initials of several of its words
    ("empirical methods nlp"); at least one of three letters or more stands for one."""
    at, whole = 0, False
    for word in short:
        run = "".join(w[0] for w in full[at : at + len(word)])
        if at < len(full) and short_for(word, full[at]):
            at, whole = at + 1, whole or len(word) > 2
        elif len(word) > 1 and run == word:
            at += len(word)
        else:
            return False
    return whole and at == len(full)
