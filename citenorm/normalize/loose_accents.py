"""Text as pages print it in, the same with accents that stand beside their letters put on them: "Saarbr¨ucken", "Ko ¨rner", "Garc´ıa"."""

from __future__ import annotations

import re
from unicodedata import normalize

_ACCENTS = {
    # sign: (combining sign, letters that bear it, the likelier ones in front)
    "¨": ("\u0308", ("aeiouyı",)),
    "´": ("\u0301", ("ı", "aeiouy", "c")),
    "˜": ("\u0303", ("n", "a", "o")),
    "ˇ": ("\u030c", ("e", "cszrn")),
    "˘": ("\u0306", ("ag",)),
    "˚": ("\u030a", ("au",)),
    "˝": ("\u030b", ("ou",)),
    "¸": ("\u0327", ("cst",)),
    "ˆ": ("\u0302", ("aeiouı",)),
}
_LOOSE = re.compile(rf"([^\W\d_]?)( ?)([{''.join(_ACCENTS)}])( ?)([^\W\d_]?)")


def with_accents(text: str) -> str:
    """The text with loose accents on the letters they belong to; one that fits neither neighbour stays."""
    if text.isascii() or not _LOOSE.search(text):
        return text
    return normalize("NFC", _LOOSE.sub(_put, text))


def _put(found: re.Match[str]) -> str:
    before, gap, sign, blank, behind = found.groups()
    combining, groups = _ACCENTS[sign]
    apostrophe = sign == "´" and behind.isupper() and not (gap or blank)  # "O´Brien"
    if apostrophe or (gap and blank):
        return found[0]
    if sign == "´" and behind == "c" and not found.string[found.end() :][:1].isalpha():
        groups = ("c",)  # "Mirkovi´c"
    new_word = gap and behind.isupper()
    for letters in ("".join(groups),) if gap else groups:
        if before and before.lower() in letters and not new_word:
            rest = f" {behind}" if blank and behind.isupper() else behind
            return f"{before.replace('ı', 'i')}{combining}{rest}"
        if behind and behind.lower() in letters:
            lead = f"{before} " if new_word else before
            return f"{lead}{behind.replace('ı', 'i')}{combining}"
    return found[0]
