"""CSL items → unique citation keys in ASCII, like ``chitta2022training``."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Collection, Sequence

from ..model import Csl, Name, names_of, year_of

_STOP = frozenset({
    "a", "an", "the", "on", "of", "in", "for", "to", "and", "with", "from", "by", "at", "as", "is", "are", "do", "does", "how", "what", "why", "when",
    "der", "die", "das", "ein", "eine", "le", "la", "les", "un", "une", "el", "los",
})  # fmt: skip
_LETTERS = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "Æ": "ae",
        "ø": "o",
        "Ø": "o",
        "ł": "l",
        "Ł": "l",
        "đ": "d",
        "Đ": "d",
        "œ": "oe",
        "ı": "i",
        "þ": "th",
        "ð": "d",
    }
)


def ascii_word(text: str) -> str:
    """Lower-case ASCII letters and digits of a text; what has no Latin form falls away."""
    flat = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return re.sub(r"[^a-z0-9]+", "", flat.casefold().encode("ascii", "ignore").decode())


def base_key(csl: Csl) -> str:
    """Family name, year and first word of the title that carries meaning, as far as they are known."""
    people: tuple[Name, ...] = names_of(csl) or names_of(csl, "editor")
    family = ""
    if people:
        first = people[0]
        family = (
            ascii_word(first.full_family)
            if not first.literal
            else ascii_word(_first_word(first.literal))
        )
        family = family or ascii_word(first.given)
    year = year_of(csl)
    title = ascii_word(_first_word(str(csl.get("title") or "")))
    key = f"{family}{year if year is not None else ''}{title}"
    return key if key and not key.isdigit() else f"ref{key}"


def _first_word(text: str) -> str:
    words = [
        word
        for word in re.findall(r"[^\W_]+", re.sub(r"<[^>]*>|['’]|\$[^$]*\$", "", text))
        if ascii_word(word)
    ]
    return next((word for word in words if word.lower() not in _STOP), words[0] if words else "")


def keys_for(items: Sequence[Csl], taken: Collection[str] = ()) -> list[str]:
    """One key per item, all different (also without regard to case) and none in ``taken``.

    Items that share a key get a, b, c … in the order of their titles and identifiers, so the same items get the same
    keys in any order.
    """
    bases = [base_key(item) for item in items]
    groups: dict[str, list[int]] = {}
    for index, base in enumerate(bases):
        groups.setdefault(base, []).append(index)
    used = {key.lower() for key in taken}
    keys = [""] * len(items)
    for base in sorted(groups, key=lambda b: (len(groups[b]) > 1, b)):
        members = sorted(groups[base], key=lambda i: (_rank(items[i]), i))
        alone = len(members) == 1 and base not in used
        count = 0
        for index in members:
            key = base
            while not alone and (key == base or key in used):
                key, count = base + suffix(count), count + 1
            keys[index] = key
            used.add(key)
    return keys


def suffix(number: int) -> str:
    """0 → a, 25 → z, 26 → aa …"""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(97 + rest) + letters
    return letters


def _rank(csl: Csl) -> str:
    return json.dumps(
        [csl.get("title"), csl.get("DOI"), csl.get("container-title"), csl],
        ensure_ascii=False,
        sort_keys=True,
        default=str,
    )
