"""A word or a gap → the keys (32-bit numbers) under which the model keeps what it learned about such words.

A word's keys: the word itself, its beginning and end, its shape and length; the network adds one for the roles that the word
plays in catalogues (family name, given name, word of a title …).  A gap's keys: the gap itself, its signs, its blanks.
"""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import normalize
from zlib import crc32

_YEAR = re.compile(r"1[4-9]\d\d|20[0-4]\d")
_ROMAN = re.compile(r"[ivxlcdm]+")
_ACCENTS = str.maketrans("¨´˜ˇ˘˚˝¸ˆ", "\u0308\u0301\u0303\u030c\u0306\u030a\u030b\u0327\u0302")
_FOLDED = str.maketrans("‘’`´ʼ‐‑‒–—−“”„«»\u00a0\u2009", "''''\u0027------“”„«»  ")
ROLES = ("family", "given", "title", "container", "publisher")
"""What the two-bit levels of a lexicon code stand for, lowest bits first."""


_OWN = crc32(b"=")


def shape(word: str) -> str:
    """The outline of a word: "X" one capital, "Xx", "XX", "XxX" (McDonald), "x", "c" (no case: CJK, Hebrew …)."""
    if word.islower():
        return "x" if len(word) > 1 or word[0] != word[0].upper() else "c"
    if word.isupper():
        return "X" if len(word) == 1 else "XX" if len(word) < 4 else "XXXX"
    if word[0].isupper():
        return "Xx" if word[1:].islower() else "XxX"
    return "xX" if any(c.isupper() for c in word) else "c"


_OUTLINES = {
    outline: (
        crc32(outline.encode()),
        [crc32(b"%d" % n, crc32(outline.encode())) for n in range(13)],
    )
    for outline in ("X", "Xx", "XX", "XXXX", "XxX", "xX", "x", "c")
}


def digit_keys(word: str) -> list[str]:
    """The keys of a run of digits."""
    size = len(word)
    keys = [f"={word}", f"#{size}"] if size < 5 else [f"#{min(size, 9)}"]
    if word[0] == "0":
        keys.append("#0")
    if size == 4 and _YEAR.fullmatch(word):
        keys += ["#y", f"#y{word[:3]}"]
    elif size < 4:
        value = int(word)
        keys.append(
            f"#v{0 if value < 13 else 1 if value < 32 else 2 if value < 130 else 3 if value < 400 else 4}"
        )
    return keys


def is_lettered(word: str) -> bool:
    """Is it a word of letters, apostrophes and accents, and so one that may be in the lexicon?"""
    return word.isalpha() or (word[:1].isalpha() and "/" not in word and "." not in word)


def role_key(code: int) -> int:
    """The key of a lexicon code (0: a word that the lexicon does not know)."""
    return crc32(b"L%d" % code)


def own_keys(keys: list[int], word: str) -> int:
    """How many keys at the start stand for the word itself, not for words like it."""
    return (
        2 if is_lettered(word) and len(keys) > 8 else 1 if word.isdecimal() and len(word) < 5 else 0
    )


def _composed(word: str) -> str:
    """Accents that are signs of their own on their letters: "Mu\u0308ller" and "Mu¨ller" are "Müller"."""
    return normalize("NFC", word.translate(_ACCENTS))


def _sign_keys(word: str) -> list[int]:
    """The keys of a number or an address; none for any other word."""
    first = word[0]
    if first.isdecimal() and word.isdecimal():
        return [*map(_key, digit_keys(word))]
    if len(word) > 6 and ("/" in word or "." in word):
        low = word.lower()
        kind = (
            "doi"
            if low.startswith("10.") or "doi.org/" in low
            else "arxiv"
            if "arxiv" in low or first.isdecimal()
            else "url"
        )
        return [_key(f"@{kind}"), _key(f"@{low[:12]}")]
    return [_key("@arxiv")] if first.isdecimal() else []


def word_keys(word: str) -> list[int]:
    """The keys of a word; of one of letters the first is the key under which the lexicon knows it."""
    if not word.isalpha() and (keys := _sign_keys(word)):
        return keys
    first = word[0]
    if not word.isascii():
        word = _composed(word)
    low = word.lower()
    outline = shape(word)
    number, lengths = _OUTLINES[outline]
    size = len(word)
    letters = low.encode("utf-8", "surrogatepass")
    keys = [
        crc32(letters, _OWN), crc32(letters, number), number, lengths[size if size < 12 else 12],
        crc32(letters[:3], 3), crc32(letters[:4], 4), crc32(letters[-2:], 12), crc32(letters[-3:], 13), crc32(letters[-4:], 14),
    ]  # fmt: skip
    if size < 6 and _ROMAN.fullmatch(low):
        keys.append(_key("sR"))
    if outline == "c":
        keys += [_key(f"u{ord(first) >> 8}"), _key(f"<{first}"), _key(f">{low[-1]}")]
    return keys


@lru_cache(maxsize=40_000)
def _key(key: str) -> int:
    return crc32(key.encode("utf-8", "surrogatepass"))


def gap_keys(gap: str) -> list[int]:
    """The keys of a gap between two words."""
    folded = gap.translate(_FOLDED)
    signs = folded.replace(" ", "")
    keys = [f"g{folded[:10]}", f"G{signs[:8]}", f"gb{folded[:1] == ' '}{folded[-1:] == ' '}"]
    keys += [f"gc{sign}" for sign in dict.fromkeys(signs[:24])]
    if signs:
        keys += [f"g<{signs[0]}", f"g>{signs[-1]}"]
    return [*map(_key, keys)]
