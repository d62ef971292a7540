"""A word or a gap → the keys (32-bit numbers) under which the model keeps what it learned about such words.

A word's keys: the word itself, its beginning and end, its shape and length; the network adds one for the roles that the word
plays in catalogues (family name, given name, word of a title …).  A gap's keys: the gap itself, its signs, its blanks.
"""

from __future__ import annotations

import re
from functools import lru_cache
from zlib import crc32

_YEAR = re.compile(r"1[4-9]\d\d|20[0-4]\d")
_ROMAN = re.compile(r"[ivxlcdm]+")
_FOLDED = str.maketrans("‘’`´ʼ‐‑‒–—−“”„«»\u00a0\u2009", "''''\u0027------“”„«»  ")
ROLES = ("family", "given", "title", "container", "publisher")
"""What the two-bit levels of a lexicon code stand for, lowest bits first."""


def shape(word: str) -> str:
    """The outline of a word: "X" one capital, "Xx", "XX", "XxX" (McDonald), "x", "c" (no case: CJK, Hebrew …)."""
    if word.islower():
        return "x" if word[0] != word[0].upper() or len(word) > 1 else "c"
    if word.isupper():
        return "X" if len(word) == 1 else "XX" if len(word) < 4 else "XXXX"
    if word[0].isupper():
        return "Xx" if word[1:].islower() else "XxX"
    return "xX" if any(c.isupper() for c in word) else "c"


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
        keys.append(f"#v{0 if value < 13 else 1 if value < 32 else 2 if value < 130 else 3 if value < 400 else 4}")
    return keys


def role_key(code: int) -> int:
    """The key of a lexicon code (0: a word that the lexicon does not know)."""
    return crc32(b"L%d" % code)


def own_keys(keys: list[int], word: str) -> int:
    """How many keys at the start stand for the word itself, not for words like it."""
    return 2 if word.isalpha() and len(keys) > 8 else 1 if word.isdecimal() and len(word) < 5 else 0


def word_keys(word: str) -> list[int]:
    """The keys of a word; of one of letters the first is the key under which the lexicon knows it."""
    first = word[0]
    if first.isdecimal() and word.isdecimal():
        keys = digit_keys(word)
    elif len(word) > 6 and ("/" in word or "." in word):
        low = word.lower()
        kind = "doi" if low.startswith("10.") or "doi.org/" in low else "arxiv" if "arxiv" in low or first.isdecimal() else "url"
        keys = [f"@{kind}", f"@{low[:12]}"]
    elif first.isdecimal():
        keys = ["@arxiv"]
    else:
        low = word.lower()
        outline = shape(word)
        own = f"={low}"
        keys = [own, own + outline, f"s{outline}", f"l{min(len(word), 12)}{outline}", f"<{low[:3]}", f"<{low[:4]}", f">{low[-2:]}", f">{low[-3:]}", f">{low[-4:]}"]
        if _ROMAN.fullmatch(low):
            keys.append("sR")
        if outline == "c":
            keys += [f"u{ord(first) >> 8}", f"<{first}", f">{low[-1]}"]
    return [*map(_key, keys)]


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
